"""The ontology is well-formed, says what it should, and lets follow what must follow and no more."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import owlrl
import pyoxigraph as ox
import pytest
import rdflib
from rdflib.namespace import (
    DCTERMS,
    FOAF,
    ORG,
    OWL,
    PROV,
    RDF,
    RDFS,
    SDO,
    SH,
    SKOS,
    VANN,
    DefinedNamespace,
)  # fmt: skip

from spacegov.namespaces import PREFIXES

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT / "tests" / "shapes"))

import shape_pairs as pairs  # noqa: E402  (the folder above has to be on the path first)

SG = rdflib.Namespace(pairs.SG)
ACT = rdflib.Namespace("https://w3id.org/spacegov/id/act/")
TOPIC = rdflib.Namespace("https://w3id.org/spacegov/id/topic/")
EX = rdflib.Namespace("https://example.org/")
ERROR = rdflib.URIRef("http://www.daml.org/2002/03/agents/agent-ont#error")
ACTS = {
    "Proposal": "proposes", "Support": "supports", "Opposition": "opposes", "Call": "calls-for",
    "Criticism": "criticises", "Concern": "expresses-concern", "Pledge": "commits", "Deed": "reports",
}  # fmt: skip
FILES = sorted((ROOT / "ontology").glob("*.ttl"))


@pytest.fixture(scope="module")
def ontology() -> rdflib.Graph:
    graph = rdflib.Graph()
    for path in FILES:
        graph.parse(path)
    return graph


@pytest.fixture(scope="module")
def axioms() -> rdflib.Graph:
    """The ontology without topics, words and alignments, which take part in no inference asked about here."""
    graph = rdflib.Graph()
    for path in FILES:
        if path.stem not in ("topics", "alignments"):
            graph.parse(path)
    for triple in list(graph):
        if isinstance(triple[2], rdflib.Literal) or str(triple[1]).startswith((str(DCTERMS), PREFIXES["schema"])):
            graph.remove(triple)
    return graph


def closure(axioms: rdflib.Graph, facts: str) -> rdflib.Graph:
    """Everything that follows from the ontology and some facts by OWL 2 RL."""
    graph = rdflib.Graph()
    graph += axioms
    prefixes = "".join(f"@prefix {name}: <{iri}> .\n" for name, iri in PREFIXES.items())
    graph.parse(data=f"{prefixes}@prefix ex: <{EX}> .\n{facts}", format="turtle")
    owlrl.DeductiveClosure(owlrl.OWLRL_Semantics).expand(graph)
    return graph


def contradictions(graph: rdflib.Graph) -> list[str]:
    return [str(words) for words in graph.objects(None, ERROR)]


# --- form ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", [*FILES, *sorted((ROOT / "shapes").glob("*.ttl"))], ids=lambda path: path.name)
def test_a_file_is_strict_turtle_with_its_licence(path: Path) -> None:
    assert len(list(ox.parse(path=str(path)))) > 20
    assert "CC BY 4.0" in path.read_text(encoding="utf-8")


def test_the_root_imports_every_module(ontology: rdflib.Graph) -> None:
    root = rdflib.URIRef(PREFIXES["sg"].rstrip("#"))
    modules = {rdflib.URIRef(f"{root}/{path.stem}") for path in FILES if path.stem != "spacegov"}
    assert set(ontology.objects(root, OWL.imports)) == modules
    assert set(ontology.subjects(RDF.type, OWL.Ontology)) == modules | {root}


def test_shapes_and_modules_come_in_pairs() -> None:
    assert {path.stem for path in FILES} - {"alignments"} == {path.stem for path in (ROOT / "shapes").glob("*.ttl")} - {
        "ontology"
    }


def test_the_ontology_keeps_its_own_shapes(ontology: rdflib.Graph) -> None:
    found = pairs.shape_findings(ontology, pairs.shapes_graph(), pairs.ontology_classes())
    assert found == {}


def test_the_ontology_passes_every_check() -> None:
    store = ox.Store()
    for path in FILES:
        store.extend(ox.parse(path=str(path)))
    found = {}
    for check in pairs.checks():
        rows = store.query(check.text)
        assert isinstance(rows, ox.QuerySolutions)
        found[check.id] = [str(row["focus"]) for row in rows if check.severity != "sh:Info"]
    assert {rule: rows for rule, rows in found.items() if rows} == {}


def test_a_term_of_ours_that_is_used_is_defined(ontology: rdflib.Graph) -> None:
    defined = {term for term in ontology.subjects(RDFS.isDefinedBy) if str(term).startswith(pairs.SG)}
    used = set()
    files = [*FILES, *(ROOT / "shapes").glob("*.ttl"), *(ROOT / "data").rglob("*.ttl")]
    for path in files:
        for quad in ox.parse(path=str(path)):
            for term in (quad.subject, quad.predicate, quad.object, getattr(quad.object, "datatype", None)):
                if isinstance(term, ox.NamedNode) and term.value.startswith(pairs.SG):
                    used.add(rdflib.URIRef(term.value))
    for path in (ROOT / "queries").rglob("*.rq"):
        used |= {SG[name] for name in re.findall(r"(?<![\w/:])sg:(\w+)", path.read_text(encoding="utf-8"))}
    assert used - defined == set()


@pytest.mark.parametrize(
    "namespace",
    [OWL, SKOS, PROV, SH, ORG, FOAF, SDO, DCTERMS, VANN, RDFS, RDF],
    ids=lambda namespace: namespace.__name__,
)
def test_a_term_of_others_exists(namespace: type[DefinedNamespace], ontology: rdflib.Graph) -> None:
    graph = ontology + pairs.shapes_graph()
    used = {
        str(term).removeprefix(str(namespace))
        for triple in graph
        for term in triple
        if isinstance(term, rdflib.URIRef) and str(term).startswith(str(namespace))
    }
    assert {name for name in used if name and name not in namespace} == set()


def test_a_term_of_web_annotation_exists(ontology: rdflib.Graph) -> None:
    # rdflib has no list of this vocabulary; these are the terms of the W3C Recommendation that we use
    known = {"start", "end", "exact", "prefix", "suffix", "Annotation", "SpecificResource", "hasTarget", "hasSource"}
    terms = {str(t) for triple in ontology + pairs.shapes_graph() for t in triple}
    oa = PREFIXES["oa"]
    assert {term.removeprefix(oa) for term in terms if term.startswith(oa)} <= known


def test_a_misspelt_term_of_others_would_be_seen() -> None:
    assert "minCnt" not in SH
    assert "minCount" in SH


# --- what there is ------------------------------------------------------------------------------------------


def test_there_are_eight_acts_and_each_defines_one_kind_of_stance(ontology: rdflib.Graph) -> None:
    assert set(ontology.subjects(RDF.type, SG.Act)) == {ACT[slug] for slug in ACTS.values()}
    for name, slug in ACTS.items():
        restriction = ontology.value(SG[name], OWL.equivalentClass)
        assert ontology.value(restriction, OWL.onProperty) == SG.hasAct
        assert ontology.value(restriction, OWL.hasValue) == ACT[slug]


def test_every_topic_of_the_fact_table_is_there(ontology: rdflib.Graph, shared: Path) -> None:
    import csv

    with (shared / "reference" / "topics.csv").open(encoding="utf-8", newline="") as lines:
        wanted = {TOPIC[row["id"]] for row in csv.DictReader(lines)}
    assert set(ontology.subjects(RDF.type, SG.Topic)) >= wanted


def test_from_every_topic_a_top_concept_is_reached(ontology: rdflib.Graph) -> None:
    tops = set(ontology.objects(SG.topicScheme, SKOS.hasTopConcept))
    assert tops
    for topic in ontology.subjects(RDF.type, SG.Topic):
        assert tops & {topic, *ontology.transitive_objects(topic, SKOS.broader)}, topic


# --- what must follow, and what must not ----------------------------------------------------------------------


def test_the_ontology_is_consistent(ontology: rdflib.Graph) -> None:
    assert contradictions(closure(ontology, "")) == []


@pytest.fixture(scope="module")
def example(axioms: rdflib.Graph) -> rdflib.Graph:
    """One group proposes an instrument in a session; a state is a member of the group."""
    return closure(
        axioms,
        """
        ex:stance sg:hasAct act:proposes ; sg:isHeldBy ex:group ; sg:onBehalfOf ex:group ; sg:hasPolarity sg:against ;
            sg:hasTarget ex:draft ; sg:isMadeIn ex:session ; sg:isUtteredBy ex:speaker ; sg:mayAllude ex:rival .
        ex:session sg:isMeetingOf ex:subcommittee .
        ex:subcommittee sg:isPartOf ex:committee .
        ex:committee sg:isPartOf ex:organisation .
        ex:membership sg:isMembershipOf ex:member ; sg:isMembershipIn ex:group .
        ex:draft dcterms:subject ex:narrow .
        ex:narrow skos:broader ex:broad .
        ex:new sg:supersedes ex:draft .
        """,
    )


def test_a_stance_that_proposes_is_a_proposal_and_nothing_else(example: rdflib.Graph) -> None:
    kinds = {name for name in ACTS if (EX.stance, RDF.type, SG[name]) in example}
    assert kinds == {"Proposal"}
    assert (EX.stance, RDF.type, SG.Stance) in example


def test_a_proposal_has_the_act_of_proposing(axioms: rdflib.Graph) -> None:
    graph = closure(axioms, "ex:stance a sg:Proposal .")
    assert list(graph.objects(EX.stance, SG.hasAct)) == [ACT.proposes]


def test_a_meeting_places_a_stance_in_its_forum_and_all_that_holds_it(example: rdflib.Graph) -> None:
    assert set(example.objects(EX.stance, SG.isMadeInForum)) == {EX.subcommittee}
    assert set(example.objects(EX.stance, SG.isMadeWithin)) == {
        EX.session, EX.subcommittee, EX.committee, EX.organisation,
    }  # fmt: skip


def test_parts_of_parts_are_parts(example: rdflib.Graph) -> None:
    assert (EX.subcommittee, SG.isPartOf, EX.organisation) in example
    assert (EX.organisation, SG.isPartOf, EX.subcommittee) not in example


def test_a_stance_concerns_the_subject_of_its_target_and_what_is_broader(example: rdflib.Graph) -> None:
    assert set(example.objects(EX.stance, SG.concerns)) == {EX.narrow, EX.broad}


def test_a_concern_is_no_target(example: rdflib.Graph) -> None:
    assert set(example.objects(EX.stance, SG.hasTarget)) == {EX.draft}


def test_a_groups_stance_is_not_its_members(example: rdflib.Graph) -> None:
    assert set(example.objects(EX.stance, SG.isHeldBy)) == {EX.group}


def test_neither_the_speaker_nor_the_alluded_actor_holds_the_stance(example: rdflib.Graph) -> None:
    holders = set(example.objects(EX.stance, SG.isHeldBy))
    assert not holders & {EX.speaker, EX.rival}
    assert (EX.speaker, RDF.type, SG.Actor) not in example


def test_a_stance_on_a_draft_is_no_stance_on_its_later_version(example: rdflib.Graph) -> None:
    assert (EX.stance, SG.hasTarget, EX.new) not in example


@pytest.mark.parametrize(
    "facts",
    [
        "ex:x a sg:State , sg:UnnamedActor .",
        "ex:x a sg:HistoricalState , sg:GenericActor .",
        "ex:x a sg:Forum , sg:Organisation .",
        "ex:x a sg:Treaty , sg:DraftTreaty .",
        "ex:x a sg:Topic , sg:CandidateTopic .",
        "ex:s sg:isHeldBy ex:x . ex:x a sg:Person .",
        "ex:x sg:hasAct act:supports , act:opposes .",
        "ex:x sg:hasPolarity sg:for , sg:against .",
        "ex:x a sg:Proposal , sg:Support .",
    ],
)
def test_a_contradiction_is_found(axioms: rdflib.Graph, facts: str) -> None:
    assert contradictions(closure(axioms, facts))


@pytest.mark.parametrize(
    "facts",
    [
        "ex:x a sg:Organisation , sg:Bloc .",
        "ex:x a sg:HistoricalState , sg:State .",
        "ex:x a sg:Resolution , sg:Declaration .",
        "ex:s sg:hasTarget ex:x ; sg:isAddressedTo ex:x . ex:x a sg:Forum .",
    ],
)
def test_what_may_go_together_is_no_contradiction(axioms: rdflib.Graph, facts: str) -> None:
    assert contradictions(closure(axioms, facts)) == []
