"""What 'opposed-or-silent' says of an actor that said nothing on a topic and voted on it."""

from __future__ import annotations

from pathlib import Path

import pytest
from pyoxigraph import NamedNode, Quad, RdfFormat, Store, parse

from spacegov.namespaces import SG, iri
from spacegov.query.formats import to_csv
from spacegov.query.run import run

DATA = Path(__file__).parent / "opposed-or-silent" / "data.trig"
CASES = [
    ({"yes": 4, "abstain": 1}, "voted in favour"),
    ({"no": 4, "abstain": 1}, "voted against"),
    ({"yes": 9, "no": 2, "abstain": 1}, "mostly voted in favour"),
    ({"yes": 2, "no": 9, "abstain": 1}, "mostly voted against"),
    ({"yes": 3, "no": 5, "abstain": 9}, "voted both ways"),
    ({"yes": 2, "no": 2}, "voted both ways"),
    ({"yes": 1, "abstain": 3}, "voted in favour or abstained"),
    ({"no": 1, "abstain": 3}, "voted against or abstained"),
    ({"abstain": 3}, "abstained"),
    ({}, "silent in the documents we hold"),
]


def _with_ballots(counts: dict[str, int]) -> Store:
    """The question's own graph, with these ballots of Brazil in place of those it holds."""
    store = Store()
    brazil, cast_by = NamedNode(iri("actor", "brazil")), NamedNode(SG + "isCastBy")
    store.extend(
        quad
        for quad in parse(DATA.read_bytes(), format=RdfFormat.TRIG)
        if not (quad.predicate == cast_by and quad.object == brazil)
    )
    vote = NamedNode(iri("vote", "v1"))
    for choice, count in counts.items():
        for number in range(count):
            ballot = NamedNode(iri("ballot", f"{choice}-{number}"))
            store.add(Quad(ballot, NamedNode(SG + "isCastIn"), vote))
            store.add(Quad(ballot, cast_by, brazil))
            store.add(Quad(ballot, NamedNode(SG + "hasChoice"), NamedNode(SG + choice)))
    return store


@pytest.mark.parametrize(("counts", "verdict"), CASES)
def test_the_verdict_tells_the_prevailing_vote(counts: dict[str, int], verdict: str) -> None:
    answer = to_csv(run(_with_ballots(counts), "opposed-or-silent", actor="brazil", topic="weapons"))
    votes = ",".join(str(counts.get(choice, 0)) for choice in ("yes", "no", "abstain"))
    assert answer.splitlines()[1] == f"brazil,weapons,{verdict},0,0,0,{votes},2,1"
