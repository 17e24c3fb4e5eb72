"""Find the lexicon's frames in a clause.

A form is a row of lemmas in reading order (docs/lexicon.md): neighbours may have adverbs, determiners,
adjectives and negations between them, '…' allows a gap of five words, 'a|b' alternatives, and
'<num> <noun> <verb> <prep> <actor> <adv>' a word of that class.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from spacegov.extract.records import FrameHit
from spacegov.model import Frame

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from spacy.tokens import Token

GAP: Final = 5
"""Words that '…' may stand for."""
SKIP: Final = 3
"""Words of a skipped class between neighbours."""
_SKIPPED: Final = {"ADV", "DET", "ADJ", "PART", "PUNCT", "AUX"}
_CLASSES: Final = {
    "<num>": {"NUM"}, "<noun>": {"NOUN", "PROPN"}, "<verb>": {"VERB", "AUX"}, "<prep>": {"ADP"},
    "<actor>": {"PROPN", "PRON"}, "<adv>": {"ADV"}, "<adj>": {"ADJ"},
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Slot:
    """One place of a form: the lemmas or the word class that fill it, and the gap before it."""

    lemmas: frozenset[str]
    classes: frozenset[str]
    gap: bool


@lru_cache(maxsize=4096)
def compile_form(form: str) -> tuple[Slot, ...]:
    """Slots of a form.

    >>> [sorted(s.lemmas) for s in compile_form("attach … importance to")]
    [['attach'], ['importance'], ['to']]
    """
    slots: list[Slot] = []
    gap = False
    for word in form.split():
        if word in {"…", "..."}:
            gap = True
            continue
        options = word.split("|")
        classes: set[str] = set()
        for option in options:
            classes |= _CLASSES.get(option, set())
        slots.append(Slot(frozenset(o for o in options if o not in _CLASSES), frozenset(classes), gap))
        gap = False
    return tuple(slots)


class FrameMatcher:
    """The lexicon, indexed by the first lemma of each form."""

    def __init__(self, frames: Iterable[Frame]) -> None:
        self._by_lemma: dict[str, list[tuple[Frame, tuple[Slot, ...]]]] = defaultdict(list)
        for frame in frames:
            slots = compile_form(frame.form)
            if not slots:
                continue
            for lemma in slots[0].lemmas:
                self._by_lemma[lemma].append((frame, slots))

    def match(self, tokens: Sequence[Token]) -> tuple[FrameHit, ...]:
        """Hits in reading order; of hits that start at one word the longest forms are kept."""
        hits: list[FrameHit] = []
        for place, token in enumerate(tokens):
            entries = self._by_lemma.get(lemma_of(token))
            if not entries:
                continue
            here: list[tuple[int, FrameHit]] = []
            for frame, slots in entries:
                if not _fits_class(frame, token, len(slots)):
                    continue
                last = _walk(tokens, place, slots)
                if last is not None:
                    here.append((len(slots), FrameHit(frame=frame, anchor=token.i, last=tokens[last].i)))
            if here:
                longest = max(n for n, _ in here)
                hits.extend(hit for n, hit in here if n == longest)
        return tuple(hits)


def lemma_of(token: Token) -> str:
    """The lemma as forms write it: lower case, 'cannot' and 'n't' as 'not'."""
    return "not" if token.lower_ in {"n't", "n’t"} else token.lemma_.lower()


def _fits_class(frame: Frame, token: Token, length: int) -> bool:
    """A one-word verb frame needs a verb, a noun frame a noun: 'the support of' is no 'we support'."""
    if length > 1:
        return True
    if frame.pos == "verb":
        return token.pos_ in {"VERB", "AUX"} or token.tag_.startswith("VB")
    if frame.pos == "noun":
        return token.pos_ in {"NOUN", "PROPN"}
    return True


def _walk(tokens: Sequence[Token], place: int, slots: tuple[Slot, ...]) -> int | None:
    at = place
    for slot in slots[1:]:
        limit = GAP if slot.gap else SKIP
        step = at + 1
        while step < len(tokens) and step - at <= limit + 1:
            token = tokens[step]
            if _fills(slot, token):
                break
            if not slot.gap and token.pos_ not in _SKIPPED and token.tag_ != "PRP$":
                return None
            step += 1
        else:
            return None
        if step >= len(tokens) or step - at > limit + 1:
            return None
        at = step
    return at


def _fills(slot: Slot, token: Token) -> bool:
    return lemma_of(token) in slot.lemmas or token.lower_ in slot.lemmas or token.pos_ in slot.classes
