"""Names as people type them."""

from __future__ import annotations

import pytest

from spacegov.model import Entry, Name, Vocabulary
from spacegov.rdf.names import resolve_name, suggest


def entry(identifier: str, kind: str, label: str, *others: str, acronym: str = "", symbol: str | None = None) -> Entry:
    names = [Name(text=label, preferred=True), *(Name(text=other) for other in others)]
    if acronym:
        names.append(Name(text=acronym, acronym=True))
    return Entry(id=identifier, kind=kind, type="Thing", label=label, names=tuple(names), symbol=symbol)


ENTRIES = (
    entry("arms-race-in-outer-space", "topic", "Arms race in outer space", acronym="PAROS"),
    entry("series-paros", "instrument", "Prevention of an arms race in outer space", "PAROS"),
    entry("cd", "forum", "Conference on Disarmament", acronym="CD"),
    entry("turkiye", "actor", "Türkiye", "Turkey"),
    entry("united-states", "actor", "United States of America", acronym="U.S.A."),
    entry("a-res-75-36", "instrument", "Reducing space threats", symbol="A/RES/75/36"),
)
VOCABULARY = Vocabulary(entries={item.id: item for item in ENTRIES}, frames=())


def found(text: str, *kinds: str) -> list[str]:
    return [item.id for item in resolve_name(VOCABULARY, text, kinds)]


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("cd", "cd"),
        ("CD", "cd"),
        ("the Conference on Disarmament", "cd"),
        ("conference on disarmament", "cd"),
        ("Turkiye", "turkiye"),
        ("TURKEY", "turkiye"),
        ("USA", "united-states"),
        ("united states of america", "united-states"),
        ("a-res-75-36", "a-res-75-36"),
        ("A/RES/75/36", "a-res-75-36"),
        ("75/36", "a-res-75-36"),
        ("arms race in outer space", "arms-race-in-outer-space"),
    ],
)
def test_label_alias_acronym_symbol_and_id_are_known(typed: str, expected: str) -> None:
    assert found(typed) == [expected]


def test_an_acronym_outranks_another_name() -> None:
    assert found("PAROS") == ["arms-race-in-outer-space", "series-paros"]


def test_the_kind_narrows_the_choice() -> None:
    assert found("PAROS", "instrument") == ["series-paros"]


@pytest.mark.parametrize("typed", ["", "  ", "…", "disarmament", "Atlantis"])
def test_what_nothing_bears_gives_nothing(typed: str) -> None:
    assert found(typed) == []


def test_a_slip_of_the_fingers_gets_a_suggestion() -> None:
    assert suggest(VOCABULARY, "Conferance on Disarmament") == ["Conference on Disarmament"]


def test_a_name_far_from_all_gets_none() -> None:
    assert suggest(VOCABULARY, "photosynthesis") == []
