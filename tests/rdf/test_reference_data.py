"""The shipped reference data: whole, sourced, without blank nodes, and in its one stable order."""

from __future__ import annotations

import csv
import json
from collections import Counter, defaultdict
from pathlib import Path

import pyoxigraph as ox
import pytest

from spacegov.namespaces import ID, PREFIXES, SG, iri, kind_of, slug
from spacegov.rdf.turtle import parse_file, serialize

TYPE = PREFIXES["rdf"] + "type"
ROOT = Path(__file__).resolve().parents[2]
FILES = sorted((ROOT / "data" / "reference").glob("*.ttl"))
TABLES = {
    "states": ("actor", "states"),
    "historical_states": ("actor", "historical-states"),
    "organisations": ("actor", "organisations"),
    "memberships": ("membership", "memberships"),
    "forums": ("forum", "forums"),
    "meetings": ("meeting", "meetings"),
    "instruments": ("instrument", "instruments"),
    "proposals": ("submission", "submissions"),
    "votes": ("vote", "votes"),
    "votes_by_state": ("ballot", "ballots"),
    "treaty_status": ("treaty-status", "treaty-status"),
    "artemis_signatories": ("treaty-status", "artemis"),
    "persons": ("person", "persons"),
    "programmes": ("programme", "programmes"),
}
"""Fact table -> kind of thing, and the file that is its home now."""
ADDED = {"organisations": 4, "forums": 2, "persons": 44, "proposals": 4}
"""Things of own knowledge that no fact table has."""
NOTED = {"votes": {"vote-a-res-80-20"}}
"""Rows too thin for a thing of their own (a vote without totals): a note of the thing that they are about."""


Facts = dict[str, list[tuple[str, str, ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple]]]
"""File -> its facts: subject, predicate, object."""


def triples(file: Path) -> list[tuple[str, str, ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple]]:
    return [(str(quad.subject).strip("<>"), quad.predicate.value, quad.object) for quad in parse_file(file)]


@pytest.fixture(scope="module")
def facts() -> Facts:
    return {file.stem: triples(file) for file in FILES}


@pytest.fixture(scope="module")
def described(facts: Facts) -> set[str]:
    """Everything that the reference data or the topics say something about."""
    nodes = {subject for of_file in facts.values() for subject, _, _ in of_file}
    return nodes | {subject for subject, _, _ in triples(ROOT / "ontology" / "topics.ttl")}


def test_all_files_are_there() -> None:
    assert {file.stem for file in FILES} == {home for _, home in TABLES.values()}


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_writing_a_file_again_gives_the_same_bytes(file: Path) -> None:
    header = file.read_text().split("\n", 1)[0].removeprefix("# ")

    assert "CC BY 4.0" in header
    assert serialize(parse_file(file), header=header) == file.read_bytes()


def test_there_are_no_blank_nodes(facts: Facts) -> None:
    every = [fact for of_file in facts.values() for fact in of_file]

    assert not [fact for fact in every if fact[0].startswith("_:") or isinstance(fact[2], ox.BlankNode)]


def test_every_thing_has_one_type_one_source_and_one_trust(facts: Facts) -> None:
    seen: dict[str, Counter[str]] = defaultdict(Counter)
    for of_file in facts.values():
        for subject, predicate, _ in of_file:
            seen[subject][predicate] += 1
    needed = (TYPE, PREFIXES["dcterms"] + "source", SG + "hasTrust")

    assert not {node: [seen[node][p] for p in needed] for node in seen if any(seen[node][p] != 1 for p in needed)}


def test_everything_pointed_to_is_described(facts: Facts, described: set[str]) -> None:
    pointed = {value.value for of_file in facts.values() for *_, value in of_file if isinstance(value, ox.NamedNode)}

    assert not {node for node in pointed if node.startswith(ID)} - described


def test_every_term_is_of_the_ontology(facts: Facts) -> None:
    defined = {subject for file in (ROOT / "ontology").glob("*.ttl") for subject, _, _ in triples(file)}
    used = {predicate for of_file in facts.values() for _, predicate, _ in of_file}
    used |= {value.value for of_file in facts.values() for *_, value in of_file if isinstance(value, ox.NamedNode)}

    assert not {term for term in used if term.startswith(SG)} - defined


def test_labels_are_unique_among_things_of_a_kind(facts: Facts) -> None:
    labels = Counter(
        (kind_of(subject), str(value))
        for of_file in facts.values()
        for subject, predicate, value in of_file
        if predicate == PREFIXES["skos"] + "prefLabel"
    )

    assert not [name for name, count in labels.items() if count > 1]


def test_the_ballots_of_a_vote_add_up_to_its_totals(facts: Facts) -> None:
    """A record that names only those against has no ballots in favour: such choices are passed over."""
    ballots: dict[str, dict[str, str]] = defaultdict(dict)
    for subject, predicate, value in facts["ballots"]:
        if isinstance(value, ox.NamedNode):
            ballots[subject][slug(predicate)] = slug(value.value)
    cast = Counter((ballot["isCastIn"], ballot["hasChoice"]) for ballot in ballots.values())
    totals = {
        (slug(subject), slug(predicate).removesuffix("Count")): int(value.value)
        for subject, predicate, value in facts["votes"]
        if predicate.endswith("Count") and isinstance(value, ox.Literal)
    }

    assert {key: (totals[key], count) for key, count in cast.items() if totals.get(key, count) != count} == {}


@pytest.mark.shared
@pytest.mark.parametrize("table", TABLES)
def test_every_row_of_a_fact_table_is_there_under_its_id(table: str, shared: Path, facts: Facts) -> None:
    kind, home = TABLES[table]
    with (shared / "reference" / f"{table}.csv").open(encoding="utf-8", newline="") as stream:
        rows = {row["id"] for row in csv.DictReader(stream)} - NOTED.get(table, set())
    nodes = {slug(subject) for subject, _, _ in facts[home] if kind_of(subject) == kind}

    assert rows <= nodes
    assert len(nodes) == len(rows) + ADDED.get(table, 0)


@pytest.mark.shared
def test_every_id_of_the_gold_rows_is_known(shared: Path, described: set[str]) -> None:
    things = ("instrument", "topic", "actor", "forum", "programme")
    kinds = {
        "holders": ("actor",),
        "targets": things,
        "also_right": things,
        "addressees": ("actor", "forum"),
        "forum": ("forum", "meeting"),
    }
    named = {
        (field, name)
        for file in (shared / "gold").glob("*/*.jsonl")
        for line in file.read_text(encoding="utf-8").splitlines()
        for field in kinds
        for name in _ids(json.loads(line)[field])
    }

    assert not {
        (field, name) for field, name in named if not any(iri(kind, name) in described for kind in kinds[field])
    }


def _ids(value: list[str] | str | None) -> list[str]:
    """The ids in a field; 'new:' marks a candidate, which the reference data need not know."""
    ids = [value] if isinstance(value, str) else value or []
    return [name for name in ids if not name.startswith("new:")]


def test_the_page_on_reference_data_names_every_file() -> None:
    page = (ROOT / "docs" / "reference-data.md").read_text(encoding="utf-8")

    assert not [file.name for file in FILES if f"`{file.name}`" not in page]


def test_no_capital_stands_for_two_states() -> None:
    capitals = [
        value.value for file in FILES for _, predicate, value in triples(file)
        if predicate == SG + "capital" and isinstance(value, ox.Literal)
    ]  # fmt: skip
    assert len(capitals) > 150
    assert [name for name, count in Counter(capitals).items() if count > 1] == []
