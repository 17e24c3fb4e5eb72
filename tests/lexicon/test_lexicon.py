"""The stance lexicon as data: complete entries, forms that parse, examples that the matcher finds."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

import pytest
from spacy.tokens import Doc

from spacegov.extract.frames import FrameMatcher
from spacegov.extract.language_model import load_model
from spacegov.model import Frame, Vocabulary
from spacegov.namespaces import PREFIXES
from spacegov.rdf.turtle import parse_file
from spacegov.rdf.vocabulary import load_vocabulary

LEAST = 350
"""Frames that the lexicon holds at least."""
_WORD = r"(?:[a-z'’]+(?:-[a-z]+)*|-|<(?:num|noun|verb|adj|adv|prep|actor)>)"
_FORM = re.compile(rf"{_WORD}(?:\|{_WORD})*(?: (?:… )?{_WORD}(?:\|{_WORD})*)*")
_LONGEST = 200
"""An example longer than this is a paragraph of somebody else's."""


@lru_cache(maxsize=1)
def vocabulary() -> Vocabulary:
    return load_vocabulary()


@pytest.fixture(scope="module")
def frames() -> tuple[Frame, ...]:
    return vocabulary().frames


def grammar_faults(form: str) -> list[str]:
    """What is wrong with a form; empty for a good one."""
    faults = [] if _FORM.fullmatch(form) else ["does not parse"]
    for place in form.split():
        options = place.split("|")
        if len(set(options)) != len(options):
            faults.append(f"'{place}' names a word twice")
    if form.startswith("<"):
        faults.append("starts with a class: the first place must be a word")
    return faults


def parse(texts: Iterable[str]) -> dict[str, Doc]:
    """The texts by themselves, parsed together: one by one takes three times as long."""
    wanted = sorted(set(texts))
    return dict(zip(wanted, load_model().pipe(wanted, batch_size=256, disable=["ner"]), strict=True))


def not_found(frames: tuple[Frame, ...]) -> list[str]:
    """Frames with an example in which the matcher does not find them."""
    parsed = parse(text for frame in frames for text in frame.examples)
    return [
        f"{frame.id}: {text}"
        for frame in frames
        for text in frame.examples
        if not FrameMatcher([frame]).match(list(parsed[text]))
    ]


def clashes(frames: tuple[Frame, ...]) -> list[tuple[str, ...]]:
    """Entries that say different things of one form, part of speech, role and subject."""
    by_form: dict[tuple[str, ...], list[Frame]] = defaultdict(list)
    for frame in frames:
        by_form[(frame.form, frame.pos, frame.role, frame.subject)].append(frame)
    return [tuple(frame.id for frame in group) for group in by_form.values() if len(group) > 1]


def test_the_lexicon_is_large_enough(frames: tuple[Frame, ...]) -> None:
    assert len(frames) >= LEAST


def test_every_act_and_role_has_frames(frames: tuple[Frame, ...]) -> None:
    acts = Counter(frame.act for frame in frames if frame.act)
    roles = Counter(frame.role for frame in frames)
    assert min(acts.values()) >= 50 and len(acts) == 8, acts
    assert min(roles.values()) >= 10 and len(roles) == 7, roles


def test_every_form_parses(frames: tuple[Frame, ...]) -> None:
    assert [(frame.id, grammar_faults(frame.form)) for frame in frames if grammar_faults(frame.form)] == []


@pytest.mark.parametrize(
    "form",
    [
        "attach  importance", "… importance", "attach …", "attach ... importance", "Attach importance",
        "<noun> - free", "play … key|key role", "play … |role", "hold <thing>",
    ],
)  # fmt: skip
def test_a_form_that_cannot_be_matched_is_refused(form: str) -> None:
    assert grammar_faults(form) != []


def test_acts_and_roles_go_together(frames: tuple[Frame, ...]) -> None:
    without = [f.id for f in frames if f.role in {"act", "modal", "evaluation"} and f.act is None]
    idle = [f.id for f in frames if f.role in {"shifter", "hedge", "condition", "reporting"} and f.act is not None]
    assert (without, idle) == ([], [])


def test_evaluations_support_criticise_or_worry(frames: tuple[Frame, ...]) -> None:
    acts = {frame.act for frame in frames if frame.role == "evaluation"}
    assert acts == {"supports", "criticises", "expresses-concern"}


def test_weights_are_one_or_one_half(frames: tuple[Frame, ...]) -> None:
    assert {frame.weight for frame in frames} == {1.0, 0.5}


def test_no_two_entries_contradict_each_other(frames: tuple[Frame, ...]) -> None:
    assert clashes(frames) == []


def test_a_contradiction_is_seen() -> None:
    one = Frame(id="a", form="note", pos="verb", role="act", act="supports", effect="keep")
    two = Frame(id="b", form="note", pos="verb", role="act", act="criticises", effect="against")
    assert clashes((one, two)) == [("a", "b")]


def test_every_frame_has_an_example_and_a_counter_example(frames: tuple[Frame, ...]) -> None:
    assert [frame.id for frame in frames if not frame.examples or not frame.counter_examples] == []


def test_examples_are_short_and_no_two_frames_share_one(frames: tuple[Frame, ...]) -> None:
    said = Counter((text, frame.form) for frame in frames for text in frame.examples)
    texts = Counter(text for text, _ in said)
    assert [text for text, count in texts.items() if count > 1 or len(text) > _LONGEST] == []


def test_no_example_is_its_own_counter_example(frames: tuple[Frame, ...]) -> None:
    assert [frame.id for frame in frames if set(frame.examples) & set(frame.counter_examples)] == []


def test_the_matcher_finds_each_frame_in_its_examples(frames: tuple[Frame, ...]) -> None:
    assert not_found(frames) == []


def test_an_example_without_the_words_is_noticed() -> None:
    frame = Frame(
        id="a", form="attach … importance to", pos="verb", role="act", act="supports", effect="keep",
        examples=("We welcome the draft.",),
    )  # fmt: skip
    assert not_found((frame,)) == ["a: We welcome the draft."]


def test_counter_examples_use_a_word_of_the_form(frames: tuple[Frame, ...]) -> None:
    parsed = parse(text for frame in frames for text in frame.counter_examples)
    strangers = []
    for frame in frames:
        words = {word for place in frame.form.split() for word in place.split("|")}
        for text in frame.counter_examples:
            seen = {w for token in parsed[text] for w in (token.lemma_.lower(), token.lower_)}
            if not words & seen:
                strangers.append(f"{frame.id}: {text}")
    assert strangers == []


def test_every_entry_says_where_it_was_read(root: Path) -> None:
    source, form = PREFIXES["dcterms"] + "source", PREFIXES["sg"] + "frameForm"
    lacking = []
    for path in sorted((root / "data" / "lexicon").glob("*.ttl")):
        quads = parse_file(path)
        entries = {quad.subject for quad in quads if quad.predicate.value == form}
        lacking += [str(s) for s in entries - {quad.subject for quad in quads if quad.predicate.value == source}]
    assert lacking == []


def test_no_verb_is_both_a_shifter_and_an_act_that_flips(frames: tuple[Frame, ...]) -> None:
    # two flips on one word would cancel each other
    shifters = {frame.form for frame in frames if frame.role == "shifter"}
    assert [f.id for f in frames if f.role != "shifter" and f.effect == "flip" and f.form in shifters] == []


def test_the_examples_are_not_sentences_of_the_shared_texts(frames: tuple[Frame, ...], shared: Path) -> None:
    texts = " ".join(
        " ".join(path.read_text(encoding="utf-8", errors="replace").split())
        for path in sorted((shared / "corpus").rglob("*.txt"))
    )
    own = [text for frame in frames for text in (*frame.examples, *frame.counter_examples) if len(text) > 30]
    assert [text for text in own if text.rstrip(".;,") in texts] == []
