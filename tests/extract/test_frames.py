"""The grammar of frame forms: neighbours, gaps, alternatives, word classes."""

from __future__ import annotations

import pytest

from conftest import Parse
from spacegov.extract.frames import FrameMatcher, compile_form, lemma_of
from spacegov.model import Frame


def frame(form: str, pos: str = "construction", identifier: str | None = None) -> Frame:
    return Frame(
        id=identifier or form,
        form=form,
        pos=pos,  # type: ignore[arg-type]
        role="act",
        act="supports",
        effect="for",
    )


def hits(parse: Parse, sentence: str, *frames: Frame) -> list[str]:
    return [h.frame.id for h in FrameMatcher(frames).match(list(parse(sentence)))]


@pytest.mark.parametrize(
    ("form", "sentence", "found"),
    [
        ("support", "We support the text.", True),
        ("support", "He supported the text.", True),
        ("support", "We read the text.", False),
        ("attach importance to", "We attach great importance to it.", True),
        ("attach importance to", "We attach importance to it.", True),
        ("attach importance to", "We attach to it no importance.", False),
        ("attach importance to", "We attach a letter of importance to it.", False),
        ("attach … importance to", "We attach in this matter the importance to it.", True),
        ("attach … importance", "We attach one two three four five six seven importance.", False),
        ("attach importance|value to", "We attach value to it.", True),
        ("attach importance|value to", "We attach weight to it.", False),
        ("vote against", "They voted firmly against it.", True),
        ("submit <num> draft", "They submitted two drafts.", True),
        ("submit <num> draft", "They submitted a draft.", False),
        ("call on <actor>", "We call on Brazil to act.", True),
        ("do not accept", "We don't accept it.", True),
    ],
)
def test_a_form_matches_as_its_grammar_says(parse: Parse, form: str, sentence: str, found: bool) -> None:
    assert bool(hits(parse, sentence, frame(form))) is found


def test_a_verb_frame_of_one_word_needs_a_verb(parse: Parse) -> None:
    verb, noun = frame("support", "verb", "verb"), frame("support", "noun", "noun")
    assert hits(parse, "We support the text.", verb, noun) == ["verb"]
    assert hits(parse, "The support of all is needed.", verb, noun) == ["noun"]


def test_of_forms_that_start_at_one_word_the_longest_is_kept(parse: Parse) -> None:
    short, long = frame("call"), frame("call for")
    assert hits(parse, "We call for talks.", short, long) == ["call for"]
    assert hits(parse, "We call the members.", short, long) == ["call"]


def test_a_hit_knows_its_first_and_last_word(parse: Parse) -> None:
    sentence = parse("We attach great importance to it.")
    (hit,) = FrameMatcher([frame("attach importance to")]).match(list(sentence))
    assert (sentence.doc[hit.anchor].text, sentence.doc[hit.last].text) == ("attach", "to")


def test_hits_stand_in_reading_order(parse: Parse) -> None:
    assert hits(parse, "We welcome and support it.", frame("support"), frame("welcome")) == ["welcome", "support"]


def test_an_empty_form_matches_nothing(parse: Parse) -> None:
    assert compile_form("") == ()
    assert hits(parse, "We support it.", frame("")) == []


def test_a_gap_is_compiled_into_the_place_behind_it() -> None:
    assert [slot.gap for slot in compile_form("attach … importance to")] == [False, True, False]
    assert compile_form("a … b") == compile_form("a ... b")


def test_a_short_not_is_a_not(parse: Parse) -> None:
    assert [lemma_of(t) for t in parse("We don't.")][2] == "not"
