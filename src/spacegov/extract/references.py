"""Which instrument 'the Accords', 'this draft', 'such a commitment' speak of: one that the text named before.

A short reference is a definite noun without a name of its own. It stands for the instrument named last before it
whose title or kind has that noun; where the text has named none, for the only such one in the document's title.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from spacegov.extract.records import Mention
from spacegov.model import Entry

_REFERENCE: Final = re.compile(
    r"\b(?P<which>the(?: said)?|this|that|these|those|such an?|such)\s"
    r"(?P<kind>(?:(?:same|new|latter|very|present|important|proposed|above|historic|landmark|joint|voluntary|draft"
    r"|general|updated|revised)\s){0,2})"
    r"(?P<noun>treaty|convention|agreement|accords?|principles|guidelines|code(?: of conduct)?|declaration|resolution"
    r"|pledge|commitment|moratorium|charter|order|directive|draft|strategy|framework|regulations|constitution)\b"
    r"(?!\s(?:on(?!\sbehalf)|of|for|governing|between|among|against|concerning|regarding|relating|banning|prohibiting|to|that|in|with|by|from|reached|made|signed"
    r"|concluded|adopted)\b)(?!\s(?-i:[A-Z]))"
    r"(?!\s[a-z]+ly\s(?:on|of|for|to)\b)",
    re.IGNORECASE,
)  # fmt: skip
_BY_TYPE: Final[Mapping[str, frozenset[str]]] = {
    "DraftTreaty": frozenset(("treaty", "draft", "agreement")),
    "DraftResolution": frozenset(("draft", "resolution")),
    "Resolution": frozenset(("resolution",)),
    "PoliticalCommitment": frozenset(("commitment", "pledge")),
}
"""Nouns that a kind of instrument answers to, beside those of its title."""
_UNDERTAKING: Final = frozenset(("commitment", "pledge", "moratorium"))
_NOUNS: Final = frozenset((
    "treaty", "convention", "agreement", "accord", "principle", "guideline", "code", "declaration", "resolution",
    "pledge", "commitment", "moratorium", "charter", "order", "directive", "draft", "strategy", "framework",
    "regulation", "constitution",
))  # fmt: skip
_OWN: Final = re.compile(r"(?:this|these|the present)\s", re.IGNORECASE)
"""How a treaty or resolution speaks of itself."""
_VERBAL: Final = re.compile(
    r"\s(?:should|must|be|can(?:not)?|could|may|will|shall|would|is|was|were|has|have|had|alone)\b"
)
_MASS: Final = frozenset(("agreement", "commitment", "order", "guidelines", "principles", "regulations"))
"""Nouns that need no article, so that 'that' before them may be a conjunction."""
_GENERIC: Final = frozenset(
    ("framework", "order", "strategy", "directive", "regulations", "constitution", "principles", "guidelines")
)
"""What 'the' with a small letter may well not point back with."""
_OTHER_TREATIES: Final = re.compile(r"\b(?:NPT|CTBT|TPNW|FMCT|SALT|START|INF|CFE|BWC|CWC|UNCLOS|MTCR)\b")
"""Treaties on other matters, by the names that have no noun in them."""
NEAR: Final = 1200
"""Characters within which a noun in small letters may point back …"""
FAR: Final = 20_000
"""… and one with a capital."""
KEPT: Final = 300
"""Names before a reference that are looked at."""


def references(
    text: str, mentions: Sequence[Mention], entries: Mapping[str, Entry], *, in_title: Sequence[Mention] = ()
) -> list[Mention]:
    """Short references of a text as mentions of what they stand for, in reading order.

    `mentions` are the names in the text; those in the document's title stand before all of it.
    """
    named = sorted((m for m in mentions if m.kind == "instrument" and not m.cue), key=lambda m: m.start)
    starts = [m.start for m in named]
    nouns = {i: frozenset(_answers(entries[i])) for i in {m.id for m in (*named, *in_title)} if i in entries}
    commitments = [e for e in entries.values() if e.type == "PoliticalCommitment"]
    found = []
    for match in _REFERENCE.finditer(text):
        before = named[max(0, (n := bisect_left(starts, match.start())) - KEPT) : n]
        if _is_named(match, before, named[n:]) or _is_verbal(match) or _is_vague(match):
            continue
        title = _of_title(match, in_title, nouns)
        last = _meant(match, text, before, nouns) or _undertaken(match, mentions, commitments)
        meant = title or last if _OWN.match(match.group()) else last or title
        if meant is not None:
            place = {"start": match.start(), "end": match.end(), "text": match.group()}
            found.append(Mention(id=meant, kind="instrument", **place))  # type: ignore[arg-type]
    return found


def _is_named(match: re.Match[str], before: Sequence[Mention], after: Sequence[Mention]) -> bool:
    """Whether the noun is part of a name: 'the Outer Space Treaty'."""
    beside = (*before[-1:], *after[:1])
    return any(m.start < match.end() and match.start("noun") < m.end for m in beside)


def _is_verbal(match: re.Match[str]) -> bool:
    """'We agreed that agreement should be reached'."""
    bare = match["which"] == "that" and match["noun"] in _MASS
    return bare and _VERBAL.match(match.string, match.end()) is not None


def _is_vague(match: re.Match[str]) -> bool:
    """'The framework', 'the order of the day'."""
    return match["noun"] in _GENERIC and match["which"].lower() == "the" and "draft" not in match["kind"].lower()


def _meant(
    match: re.Match[str], text: str, before: Sequence[Mention], nouns: Mapping[str, frozenset[str]]
) -> str | None:
    """The instrument named last before a reference that answers to its noun, best one that was called by it."""
    reach = FAR if match["noun"][0].isupper() else NEAR
    fitting = [
        m for m in reversed(before) if match.start() - m.end <= reach and _answers_to(match, nouns.get(m.id))
    ]  # fmt: skip
    called = [m for m in fitting if match["noun"].lower() in m.text.lower()]
    last = next(iter(called or fitting), None)
    if last is None or _names_another(match, text[last.end : match.start()]):
        return None
    return last.id


def _of_title(match: re.Match[str], named: Sequence[Mention], nouns: Mapping[str, frozenset[str]]) -> str | None:
    """The only instrument of the title that answers to a noun with a capital."""
    fitting = {m.id for m in named if m.kind == "instrument" and not m.cue and _answers_to(match, nouns.get(m.id))}
    return min(fitting) if len(fitting) == 1 and match["noun"][0].isupper() else None


def _undertaken(match: re.Match[str], mentions: Sequence[Mention], commitments: Sequence[Entry]) -> str | None:
    """The one commitment about a matter that was named shortly before: '… will not test them. This pledge …'."""
    if match["noun"].lower() not in _UNDERTAKING:
        return None
    near = {m.id for m in mentions if m.kind == "topic" and not m.cue and 0 < match.start() - m.end <= NEAR}
    made = [e for e in commitments if _answers_to(match, frozenset(_answers(e)))]
    own = Counter(topic for entry in made for topic in entry.about)
    fitting = [e.id for e in made if any(own[topic] == 1 and topic in near for topic in e.about)]
    return fitting[0] if len(fitting) == 1 else None


def _answers_to(match: re.Match[str], nouns: frozenset[str] | None) -> bool:
    wanted = {_singular(match["noun"].lower().split()[0])}
    if "draft" in match["kind"].lower():
        wanted.add("draft")
    return nouns is not None and wanted <= nouns


def _names_another(match: re.Match[str], between: str) -> bool:
    """Whether a text of the same kind that nobody knows is named in between: 'the Delhi Declaration'."""
    noun = re.escape(match["noun"])
    if match["noun"].lower() in {"treaty", "convention", "agreement"} and _OTHER_TREATIES.search(between):
        return True
    another = (
        rf"(?<![\w-])(?!(?:The|This|That|These|Those|Such|Said|Our|Its|Their)\b)[A-Z][\w-]{{1,40}} {noun}\b"
        rf"|\b{noun} (?:on|for|concerning|against)\b"
    )
    return re.search(another, between) is not None


def _answers(entry: Entry) -> Iterator[str]:
    """The nouns that an instrument answers to: of a name the first one counts, and what a draft is of."""
    yield from _BY_TYPE.get(entry.type, ())
    for name in entry.names:
        nouns = [w for w in map(_singular, re.findall(r"[a-z]+", name.text.lower())) if w in _NOUNS]
        yield from nouns[: 2 if nouns[:1] == ["draft"] else 1]


def _singular(word: str) -> str:
    return word.removesuffix("s")
