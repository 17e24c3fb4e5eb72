from __future__ import annotations

from pathlib import Path

import pytest
from oracle import EX, ours, store_of, theirs
from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, parse, serialize

from spacegov.errors import InputError
from spacegov.namespaces import INFERRED_GRAPH
from spacegov.reason import infer, load_rules

# name: (ontology, data, rule, word of the message)
CONTRADICTIONS = {
    "disjoint classes": (":A owl:disjointWith :B .", ":a a :A , :B .", "cax-dw", "disjoint"),
    "disjoint through a superclass": (
        ":A owl:disjointWith :B . :C rdfs:subClassOf :B .",
        ":a a :A , :C .",
        "cax-dw",
        "disjoint",
    ),
    "disjoint through a range": (
        ":A owl:disjointWith :B . :p rdfs:range :B .",
        ":a a :A . :b :p :a .",
        "cax-dw",
        "disjoint",
    ),
    "a list of disjoint classes": (
        "[] a owl:AllDisjointClasses ; owl:members ( :A :B :C ) .",
        ":a a :A , :C .",
        "cax-dw",
        "disjoint",
    ),
    "complement": (":A rdfs:subClassOf [ owl:complementOf :B ] .", ":a a :A , :B .", "cls-com", "complement"),
    "nothing": (":A rdfs:subClassOf owl:Nothing .", ":a a :A .", "cls-nothing2", "Nothing"),
    "irreflexive": (":p a owl:IrreflexiveProperty .", ":a :p :a .", "prp-irp", "itself"),
    "asymmetric": (":p a owl:AsymmetricProperty .", ":a :p :b . :b :p :a .", "prp-asyp", "both directions"),
    "disjoint properties": (
        ":p owl:propertyDisjointWith :q .",
        ":a :p :b ; :q :b .",
        "prp-pdw",
        "exclude each other",
    ),
    "negative assertion": (
        "[] a owl:NegativePropertyAssertion ; owl:sourceIndividual :a ; owl:assertionProperty :p ; "
        "owl:targetIndividual :b .",
        ":a :p :b .",
        "prp-npa1",
        "asserted not to hold",
    ),
    "none allowed": (
        ":A rdfs:subClassOf [ a owl:Restriction ; owl:onProperty :p ; "
        "owl:maxCardinality '0'^^xsd:nonNegativeInteger ] .",
        ":a a :A ; :p :b .",
        "cls-maxc1",
        "may have none",
    ),
    "the same and different": (
        ":p a owl:FunctionalProperty .",
        ":a :p :b , :c . :b owl:differentFrom :c .",
        "eq-diff1",
        "different",
    ),
}


@pytest.mark.parametrize("name", CONTRADICTIONS)
def test_a_contradiction_is_reported_by_the_name_of_its_rule(name: str) -> None:
    ontology, data, rule, word = CONTRADICTIONS[name]
    _, closure = ours(ontology, data)
    found = [i for i in closure.inconsistencies if i.rule == rule]
    assert found
    assert found[0].focus.startswith(f"<{EX}")
    assert word in found[0].message


@pytest.mark.parametrize("name", CONTRADICTIONS)
def test_owlrl_finds_the_same_data_inconsistent(name: str) -> None:
    ontology, data, _, _ = CONTRADICTIONS[name]
    _, errors = theirs(ontology, data)
    assert errors


@pytest.mark.parametrize("name", CONTRADICTIONS)
def test_without_the_ontology_the_same_data_contradict_nothing(name: str) -> None:
    _, data, _, _ = CONTRADICTIONS[name]
    if "differentFrom" in data:
        data = data.split(". :b")[0] + "."
    assert ours("", data)[1].inconsistencies == ()


def test_two_literals_of_a_functional_property_contradict_each_other() -> None:
    _, closure = ours(":p a owl:FunctionalProperty .", ":a :p 1 , 2 . :b :p 1 .")
    assert [(i.rule, i.focus) for i in closure.inconsistencies] == [("prp-fp", f"<{EX}a>")]


def test_every_key_counts_the_last_one_too() -> None:
    """owlrl 7.6.2 leaves the last key out of its comparison and calls these two the same."""
    facts, _ = ours(":A owl:hasKey ( :k :l ) .", ":a a :A ; :k 1 ; :l 1 . :b a :A ; :k 1 ; :l 2 .")
    assert not any("sameAs" in predicate for _, predicate, _ in facts)


def test_nothing_asserted_is_repeated_and_all_new_facts_stand_in_the_inferred_graph() -> None:
    _, closure = ours(":A rdfs:subClassOf :B .", ":a a :A , :B . :b a :A .")
    assert [(str(q.subject), str(q.graph_name)) for q in closure.quads] == [(f"<{EX}b>", f"<{INFERRED_GRAPH}>")]


def test_the_store_is_left_as_it_was() -> None:
    store = store_of(":A rdfs:subClassOf :B .", ":a a :A .")
    before = set(store)
    infer(store)
    assert set(store) == before


def test_a_literal_never_becomes_a_subject() -> None:
    _, closure = ours(":p rdfs:range :A . :p owl:inverseOf :q . :p a owl:SymmetricProperty .", ":a :p 'x' .")
    assert closure.quads == ()


def test_the_closure_is_valid_rdf_and_the_same_in_every_run() -> None:
    ontology = ":p a owl:TransitiveProperty ; rdfs:domain :A ; rdfs:range :A ."
    data = " ".join(f":n{i} :p :n{i + 1} ." for i in range(12))
    one, other = ours(ontology, data)[1].quads, ours(ontology, data)[1].quads
    assert one == other
    again = list(parse(serialize(one, format=RdfFormat.N_QUADS) or b"", format=RdfFormat.N_QUADS))
    assert again == list(one)
    assert sum(q.predicate.value == EX + "p" for q in one) == 12 * 13 // 2 - 12


def test_a_blank_node_written_as_an_iri_is_still_no_class_of_its_own() -> None:
    """The stored ontology has IRIs in place of blank nodes; members of those classes are not written down."""
    genid = f"<{EX}.well-known/genid/r1>"
    ontology = f":A owl:equivalentClass {genid} . {genid} owl:onProperty :p ; owl:hasValue :v ."
    _, closure = ours(ontology, ":a :p :v . :b a :A .")
    assert {(q.subject.value, str(q.object)) for q in closure.quads} == {
        (EX + "a", f"<{EX}A>"),
        (EX + "b", f"<{EX}v>"),
    }


def test_an_axiom_outside_the_profile_is_named() -> None:
    ontology = (
        ":A rdfs:subClassOf [ a owl:Restriction ; owl:onProperty :p ; "
        "owl:maxCardinality '2'^^xsd:nonNegativeInteger ] ."
    )
    _, closure = ours(ontology, ":a a :A .")
    assert len(closure.unsupported) == 1
    assert "at most 2" in closure.unsupported[0]


@pytest.mark.parametrize("count", ["many", "2.0", ""])
def test_a_count_that_is_no_number_is_named_and_the_other_axioms_work(count: str) -> None:
    ontology = f":A rdfs:subClassOf :B , [ owl:onProperty :p ; owl:maxCardinality '{count}' ] ."
    facts, closure = ours(ontology, ":a a :A .")
    assert [message.partition(": ")[2] for message in closure.unsupported] == [
        f"a restriction on <{EX}p> that is not in OWL 2 RL"
    ]
    assert (EX + "a", EX + "B") in {(subject.strip("<>"), value.strip("<>")) for subject, _, value in facts}


@pytest.mark.parametrize("expression", ["owl:onProperty :p ; owl:hasValue [ :q 1 ]", "owl:oneOf ( [ :q 1 ] )"])
def test_a_blank_node_in_an_axiom_is_named_and_matches_nothing(expression: str) -> None:
    facts, closure = ours(f":A owl:equivalentClass [ {expression} ] .", ":a :p :b .")
    assert any("with a blank node" in message for message in closure.unsupported)
    assert not any(value.strip("<>") == EX + "A" for _, _, value in facts)


# --- rules as files -----------------------------------------------------------------------------------


def test_a_rule_file_takes_part_in_the_fixpoint(tmp_path: Path) -> None:
    (tmp_path / "grandparent.rq").write_text(
        f"PREFIX : <{EX}> CONSTRUCT {{ ?a :q ?c }} WHERE {{ ?a :p ?b . ?b :p ?c }}", encoding="utf-8"
    )
    store = store_of(":q rdfs:domain :A .", ":a :p :b . :b :p :c .")
    closure = infer(store, rules=load_rules(tmp_path))
    facts = {(q.subject.value, q.predicate.value) for q in closure.quads}
    assert (EX + "a", EX + "q") in facts
    assert Quad(
        NamedNode(EX + "a"),
        NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type"),
        NamedNode(EX + "A"),
        NamedNode(INFERRED_GRAPH),
    ) in closure.quads  # fmt: skip


def test_a_rule_may_look_into_named_graphs(tmp_path: Path) -> None:
    (tmp_path / "r.rq").write_text(
        f"PREFIX : <{EX}> CONSTRUCT {{ ?a :q true }} WHERE {{ GRAPH <{EX}graph/data> {{ ?a :p ?b }} }}",
        encoding="utf-8",
    )
    closure = infer(store_of("", ":a :p :b ."), rules=load_rules(tmp_path))
    assert [q.object for q in closure.quads] == [Literal(True)]


@pytest.mark.parametrize("text", ["SELECT * WHERE { ?s ?p ?o }", "CONSTRUCT { ?s ?p } WHERE"])
def test_a_rule_file_that_is_no_construct_is_refused_with_its_name(tmp_path: Path, text: str) -> None:
    (tmp_path / "wrong.rq").write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=r"wrong\.rq: ") as caught:
        load_rules(tmp_path)
    assert "\n" not in str(caught.value)


def test_no_folder_means_no_rules(tmp_path: Path) -> None:
    assert load_rules(tmp_path / "missing") == []
