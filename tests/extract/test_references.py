"""What 'the Accords', 'this draft', 'such a commitment' stand for."""

from __future__ import annotations

import pytest

from spacegov.extract.mentions import Gazetteer
from spacegov.extract.references import NEAR, references
from spacegov.model import Vocabulary


@pytest.fixture
def refer(gazetteer: Gazetteer, vocabulary: Vocabulary):  # type: ignore[no-untyped-def]
    """Short references of a text: what they say and what they stand for."""

    def find(text: str, title: str = "") -> list[tuple[str, str]]:
        found = references(text, gazetteer.find(text), vocabulary.entries, in_title=gazetteer.find(title))
        return [(m.text, m.id) for m in found]

    return find


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("Fiji joined the Artemis Accords. The Accords are open to all.", ("The Accords", "artemis-accords")),
        ("The Artemis Accords grow. Peru signed the Accords on behalf of us.", ("the Accords", "artemis-accords")),
        ("We honour the Moon Agreement. That agreement has few parties.", ("That agreement", "moon-agreement")),
        ("The Outer Space Treaty is old. This new treaty binds us.", ("This new treaty", "outer-space-treaty")),
        # a draft answers to its kind, whatever its title says
        ("The PPWT was tabled. The draft deserves a reading.", ("The draft", "ppwt-2014")),
        # the one named last of those that fit, not the last of all
        ("The Moon Agreement and the Outer Space Treaty age. The Treaty holds.", ("The Treaty", "outer-space-treaty")),
        ("The Outer Space Treaty and the Moon Agreement age. The Treaty holds.", ("The Treaty", "outer-space-treaty")),
        # between them it is only said again
        ("The Outer Space Treaty serves all. The Treaty's friends are many.", ("The Treaty", "outer-space-treaty")),
        # a commitment by what it forbids
        ("Peru tests no anti-satellite weapons. This commitment binds us.", ("This commitment", "da-asat-pledge-us")),
    ],
)  # fmt: skip
def test_a_short_reference_stands_for_what_was_named_before(refer, text: str, meant: tuple[str, str]) -> None:  # type: ignore[no-untyped-def]
    assert refer(text) == [meant]


@pytest.mark.parametrize(
    "text",
    [
        "The Treaty holds. We cherish the Outer Space Treaty.",  # named only behind it
        "We cherish the Artemis Accords. The Treaty holds.",  # another kind
        "We cherish the Outer Space Treaty. The treaty on fisheries holds.",  # it says which
        "We cherish the Outer Space Treaty. The Treaty Section of the office works.",  # part of another name
        "We cherish the Outer Space Treaty and, as a party, the NPT. The Treaty holds.",
        "We cherish the Outer Space Treaty and the Tlatelolco Treaty. The Treaty holds.",  # another, unknown, since
        "The PPWT was tabled. We agreed that agreement should be reached.",  # no noun with an article
        "Peru will build satellites. This commitment binds us.",  # no commitment about that
        "We know the LTS Guidelines. The Minister said guidelines alone would not do.",  # a verb of speech
        "We know the Rescue Agreement. We regret that agreement has not been reached.",  # a conjunction
        "We know the Rescue Agreement. The agreement with India is good.",  # another one
        "We know the Outer Space Treaty. The order of the day is peace.",
    ],
)
def test_a_reference_stands_for_nothing_where_nothing_fits(refer, text: str) -> None:  # type: ignore[no-untyped-def]
    assert refer(text) == []


def test_a_noun_in_small_letters_reaches_less_far(refer) -> None:  # type: ignore[no-untyped-def]
    between = "Peace is dear. " * (NEAR // 15 + 1)
    assert refer(f"We cherish the Outer Space Treaty. {between}The treaty holds.") == []
    assert refer(f"We cherish the Outer Space Treaty. {between}The Treaty holds.") == [
        ("The Treaty", "outer-space-treaty")
    ]


def test_a_text_speaks_of_itself_by_its_title(refer) -> None:  # type: ignore[no-untyped-def]
    text = "Recalling the Rescue Agreement, States Parties to this Agreement shall share. The Agreement is open."
    assert refer(text, title="Moon Agreement") == [
        ("this Agreement", "moon-agreement"),
        ("The Agreement", "rescue-agreement"),
    ]
    assert refer("The Accords are open.", title="Chad signs the Artemis Accords") == [
        ("The Accords", "artemis-accords")
    ]
    assert refer("The accords are open.", title="Chad signs the Artemis Accords") == []


def test_a_reference_said_again_stands_for_the_same(refer) -> None:  # type: ignore[no-untyped-def]
    found = refer("We joined the Outer Space Treaty. The Treaty has served us. All should join the Treaty.")
    assert [meant for _, meant in found] == ["outer-space-treaty", "outer-space-treaty"]


def test_a_hostile_text_is_read(refer) -> None:  # type: ignore[no-untyped-def]
    found = refer("Outer Space Treaty, " * 3000 + "the Treaty, " * 3000)
    assert len(found) > 1000
    assert set(found) == {("the Treaty", "outer-space-treaty")}
    assert refer("Outer Space Treaty. " + "A" * 15_000 + " the Treaty.") == [("the Treaty", "outer-space-treaty")]
