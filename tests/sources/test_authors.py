"""Whose text it is: strong signs make an author, talk of a state never does."""

from __future__ import annotations

from pathlib import Path

import pytest

from spacegov.errors import InputError
from spacegov.model import Entry, Name, Tenure, Vocabulary
from spacegov.sources import actor_named, read_document
from spacegov.sources.speakers import only_speaker

BODY = "We stand ready to work on this matter with all delegations, and we are of the view that it is of the essence."


def actor(identifier: str, label: str, kind: str = "State", *names: str, broader: tuple[str, ...] = ()) -> Entry:
    shown = tuple(Name(text=text, acronym=text.isupper()) for text in names)
    return Entry(id=identifier, kind="actor", type=kind, label=label, names=shown, broader=broader)


ENTRIES = (
    actor("cuba", "Cuba"),
    actor("peru", "Peru"),
    actor("india", "India"),
    actor("united-states", "United States of America", "State", "United States", "U.S."),
    actor("nasa", "NASA", "StateAgency", broader=("united-states",)),
    actor("g7", "Group of Seven", "Bloc", "G7"),
    actor("g77", "Group of 77 and China", "Bloc", "Group of 77"),
    actor("all-states", "all States", "GenericActor"),
    Entry(id="ana-diaz", kind="person", type="Person", label="Ana Díaz"),
    Entry(id="cd", kind="forum", type="Forum", label="Conference on Disarmament"),
)


@pytest.fixture(scope="module")
def vocabulary() -> Vocabulary:
    """Some states, two groups, an agency and a person who speaks for Peru."""
    posts = (Tenure(of="ana-diaz", at="peru", role="Permanent Representative"),)
    return Vocabulary(entries={e.id: e for e in ENTRIES}, frames=(), posts=posts)


def authors(folder: Path, text: str, vocabulary: Vocabulary, given: tuple[str, ...] = ()) -> tuple[str, ...]:
    (folder / "a.txt").write_text(text, "utf-8")
    return read_document(folder / "a.txt", vocabulary=vocabulary, authors=given).metadata.authors


@pytest.mark.parametrize(
    ("text", "whose"),
    [
        (f"Statement by the delegation of Cuba\n\n{BODY}", ("cuba",)),
        (f"Permanent Mission of Cuba to the United Nations\n\nThe United States deploys weapons. {BODY}", ("cuba",)),
        (f"EMBASSY\n\nMinistry of Foreign Affairs of Peru\n\n{BODY}", ("peru",)),
        (f"Cuba: statement in the general debate\n\n{BODY}", ("cuba",)),
        (f"U.S.-India Joint Statement\n\n{BODY}", ("united-states", "india")),
        (f"Office of the Spokesperson\n\n{BODY}", ("united-states",)),
        (f"{BODY}\n\nFor more, write to press@state.gov", ("united-states",)),
        (f"We, the Leaders of Peru and India, condemn the acts of Cuba. {BODY}", ("peru", "india")),
        (f"We, the G7 Leaders, condemn the acts of Cuba. {BODY}", ("g7",)),
        (f"I have the honour to speak on behalf of the Group of 77. The United States is wrong. {BODY}", ("g77",)),
        (f"On behalf of Peru, I thank you. {BODY}", ("peru",)),
        (f"The United States and Cuba disagree. My country, Peru, has a part in it. {BODY}", ("peru",)),
        (f"The delegation of Peru aligns itself with what was said. {BODY}", ("peru",)),
        (f"Mr. Diaz (Peru):\n\nThe United States is wrong. {BODY}", ("peru",)),
    ],
)
def test_a_strong_sign_makes_an_author(
    text: str, whose: tuple[str, ...], tmp_path: Path, vocabulary: Vocabulary
) -> None:
    assert authors(tmp_path, text, vocabulary) == whose


@pytest.mark.parametrize(
    "text",
    [
        "The United States deploys weapons. The United States opposes the treaty, and we condemn it.",
        "The Government of the United States wishes to express its will in space.",
        "The Government of the United States threatens peace",
        "The White House lies about space",
        "Response to the statement by the United States",
        "Comments on the draft treaty submitted by the United States",
        "Comments on the proposal of the United States",
        "Cuba and Peru on the U.S.-India Joint Statement",
        "I would like to thank Cuba for the statement made on behalf of the Group of 77.",
        "We regret that the United States spoke on behalf of Peru.",
        "In my country, Cuba is held in esteem.",
        "One delegate said: “My country, Cuba, is in favour.”",
        "I am here to speak on behalf of all States.",
    ],
)
def test_a_state_that_is_named_or_accused_or_answered_is_no_author(
    text: str, tmp_path: Path, vocabulary: Vocabulary
) -> None:
    assert authors(tmp_path, f"{text}\n\n{BODY}", vocabulary) == ()


def test_what_a_report_quotes_makes_no_author(tmp_path: Path, vocabulary: Vocabulary) -> None:
    text = f"GENEVA, May 6 (Xinhua) -- My country, Peru, is in favour, he said. {BODY}"
    assert authors(tmp_path, text, vocabulary) == ()


def test_a_given_author_counts_more_than_a_sign_and_less_than_the_sidecar(
    tmp_path: Path, vocabulary: Vocabulary
) -> None:
    text = f"Statement by the delegation of Cuba\n\n{BODY}"
    assert authors(tmp_path, text, vocabulary, given=("peru",)) == ("peru",)
    (tmp_path / "a.meta.json").write_text('{"author": "india"}', "utf-8")
    assert authors(tmp_path, text, vocabulary, given=("peru",)) == ("india",)


def test_the_post_of_a_speaker_who_was_given_names_the_author_but_not_of_a_report(
    tmp_path: Path, vocabulary: Vocabulary
) -> None:
    (tmp_path / "a.meta.json").write_text('{"speaker": "ana-diaz"}', "utf-8")
    assert authors(tmp_path, BODY, vocabulary) == ("peru",)
    (tmp_path / "a.meta.json").write_text('{"speaker": "ana-diaz", "kind": "news"}', "utf-8")
    assert authors(tmp_path, BODY, vocabulary) == ()


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("Ana Díaz said that Cuba was wrong. She told how.", "peru"),
        ("Ana Díaz, head of the delegation, stressed it. “So it is,” added Peru.", "peru"),
        ("The head of NASA spoke. NASA said it would go.", "united-states"),
        ("Ana Díaz said that it was so. Cuba said that it was not.", None),
        ("The United States deploys weapons. The United States has no answer.", None),
    ],
)
def test_a_report_has_one_speaker_or_none(text: str, who: str | None, vocabulary: Vocabulary) -> None:
    assert only_speaker(text, None, vocabulary) == who


@pytest.mark.parametrize("typed", ["united-states", "United States", "the United States", " U.S. "])
def test_an_actor_is_known_by_id_and_by_name(typed: str, vocabulary: Vocabulary) -> None:
    assert actor_named(typed, vocabulary) == "united-states"


@pytest.mark.parametrize("typed", ["Cubba", "cuba and peru", "ana-diaz", ""])
def test_who_is_no_actor_is_refused(typed: str, vocabulary: Vocabulary) -> None:
    with pytest.raises(InputError, match="no one actor is named"):
        actor_named(typed, vocabulary)
