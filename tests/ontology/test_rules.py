"""The CONSTRUCT rules add what OWL 2 RL cannot say, and nothing else."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
import pytest

from spacegov.namespaces import PREFIXES

RULES = Path(__file__).resolve().parent.parent.parent / "queries" / "rules"
FACTS = """
@prefix sg: <https://w3id.org/spacegov/ontology#> .
@prefix ex: <https://example.org/> .
ex:a sg:isMadeIn ex:forum ; sg:hasTarget ex:topic .
ex:b sg:isMadeIn ex:meeting ; sg:hasTarget ex:draft .
ex:forum a sg:Forum .
ex:meeting a sg:Meeting .
ex:topic a sg:Topic .
ex:draft a sg:DraftTreaty .
"""


def constructed(rule: str) -> list[str]:
    store = ox.Store()
    store.load(FACTS.encode(), format=ox.RdfFormat.TURTLE)
    triples = store.query((RULES / f"{rule}.rq").read_text(encoding="utf-8"))
    assert isinstance(triples, ox.QueryTriples)
    return sorted(
        f"{str(t.subject)[-2:-1]} {str(t.predicate).removeprefix('<' + PREFIXES['sg'])[:-1]} {str(t.object)[21:-1]}"
        for t in triples
    )


def test_a_stance_made_in_a_forum_and_not_in_a_meeting_gets_its_forum() -> None:
    assert constructed("made-in-forum") == ["a isMadeInForum forum"]


def test_a_stance_concerns_the_topic_and_not_the_draft_that_is_its_target() -> None:
    assert constructed("concerns-topic") == ["a concerns topic"]


@pytest.mark.parametrize("path", sorted(RULES.glob("*.rq")), ids=lambda path: path.stem)
def test_a_rule_says_what_it_adds_and_why(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert f"# id: {path.stem}\n" in text
    assert "# says: " in text
    assert "# why: " in text
