"""Whom an unnamed culprit may be: a guess from shared rare words, never more."""

from __future__ import annotations

import pytest

from spacegov.extract import Extractor
from spacegov.extract.allusions import CEILING, UNNAMED, Passage, allusions, culprits
from spacegov.extract.records import Mention
from spacegov.model import Entry, Frame, Metadata, Name, Stance, Vocabulary
from spacegov.sources import document_from_text

COMMON = Passage(place=900, words=frozenset({"space", "peaceful"}), states=())


def sentence(place: int, words: str, *states: str) -> Passage:
    return Passage(place=place, words=frozenset(words.split()), states=states)


def test_a_state_named_in_the_same_rare_words_may_be_meant() -> None:
    unnamed = sentence(0, "space constellation launch dangerous")
    found = allusions(unnamed, [unnamed, sentence(80, "constellation dangerous approach", "freedonia"), COMMON], ())
    assert [a.actor for a in found] == ["freedonia"]
    assert 0 < found[0].confidence <= CEILING < 0.5
    assert "80" in found[0].reason
    assert "constellation" in found[0].reason


def test_words_that_the_whole_document_uses_tell_nothing() -> None:
    passages = [sentence(n, "space peaceful", "freedonia") for n in range(0, 1000, 100)]
    assert allusions(passages[0], passages, ()) == ()


def test_one_shared_word_is_not_enough() -> None:
    unnamed = sentence(0, "constellation launch")
    assert allusions(unnamed, [unnamed, sentence(80, "constellation", "freedonia"), COMMON], ()) == ()


def test_the_holder_is_never_alluded_to() -> None:
    unnamed = sentence(0, "constellation dangerous")
    passages = [unnamed, sentence(80, "constellation dangerous", "freedonia"), COMMON]
    assert allusions(unnamed, passages, ("freedonia",)) == ()


def test_several_states_in_one_passage_share_the_guess() -> None:
    unnamed = sentence(0, "constellation dangerous")
    alone = allusions(unnamed, [unnamed, sentence(80, "constellation dangerous", "freedonia"), COMMON], ())
    shared = allusions(unnamed, [unnamed, sentence(80, "constellation dangerous", "freedonia", "sylvania"), COMMON], ())
    assert len(shared) == 2
    assert shared[0].confidence < alone[0].confidence


@pytest.mark.parametrize(
    ("act", "expected"),
    [("criticises", ("debris", UNNAMED)), ("opposes", ("debris", UNNAMED)), ("supports", ("debris",))],
)
def test_only_blame_has_a_culprit(act: str, expected: tuple[str, ...]) -> None:
    mention = Mention(start=0, end=11, id=UNNAMED, kind="actor", text="one country")
    assert culprits(("debris",), act, ("fiji",), [mention]) == expected  # type: ignore[arg-type]


def test_an_unnamed_holder_is_not_its_own_culprit() -> None:
    mention = Mention(start=0, end=11, id=UNNAMED, kind="actor", text="one country")
    assert culprits(("debris",), "criticises", (UNNAMED,), [mention]) == ("debris",)


# --- in the pipeline ----------------------------------------------------------------------------------


def entry(identifier: str, kind: str, type_: str, *names: str) -> Entry:
    return Entry(
        id=identifier, kind=kind, type=type_, label=names[0], names=tuple(Name(text=name) for name in names)
    )  # fmt: skip


VOCABULARY = Vocabulary(
    entries={
        e.id: e
        for e in (
            entry("fiji", "actor", "State", "Fiji"),
            entry("russia", "actor", "State", "Russia"),
            entry(UNNAMED, "actor", "UnnamedActor", "one country"),
            entry("space-debris", "topic", "Topic", "space debris"),
        )
    },
    frames=(
        Frame(id="condemn", form="condemn", pos="verb", role="act", act="criticises", effect="against"),
        Frame(id="destroy", form="destroy", pos="verb", role="act", act="reports", effect="keep"),
    ),
)  # fmt: skip
BLAME = "We condemn that one country blasted a weather satellite and made space debris of it."
NAMED = "In 2021 Russia destroyed a weather satellite and blasted space debris into every orbit."


def stances(text: str) -> list[Stance]:
    meta = Metadata(doc="fj", authors=("fiji",), date="2022", kind="statement")
    return Extractor(VOCABULARY, models={}).extract(document_from_text(text, meta))


def test_the_culprit_stays_unnamed_and_the_guess_says_why() -> None:
    blame = next(s for s in stances(f"{BLAME}\n\n{NAMED}") if s.act == "criticises")
    assert UNNAMED in blame.targets
    assert "russia" not in {*blame.targets, *blame.holders}
    assert [actor for actor, _ in blame.may_allude] == ["russia"]
    assert all(sure < 0.5 for _, sure in blame.may_allude)
    assert next(c.note for c in blame.checks if c.name == "may-allude").startswith("russia is named at 86 ")


def test_a_culprit_whom_nothing_betrays_has_no_guess() -> None:
    blame = next(s for s in stances(f"{BLAME}\n\nRussia and Fiji talk about space.") if s.act == "criticises")
    assert UNNAMED in blame.targets
    assert blame.may_allude == ()
