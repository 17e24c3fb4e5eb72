"""Which instrument 'the Accords', 'this draft', 'such a commitment' speak of: one that the text named before.

A short reference is a definite noun without a name of its own. It stands for the instrument named last before it
whose title or kind has that noun; where the text has named none, for the only such one in the document's title.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from spacegov.extract.records import Mention
from spacegov.model import Entry

_REFERENCE: Final = re.compile(
    r"\b(?P<which>the|this|that|these|those|said|such an?|such)\s"
    r"(?P<kind>(?:(?:same|new|latter|very|present|important|proposed|above|historic|landmark|joint|voluntary|draft"
    r"|general|updated|revised|international|legal|political|national)\s){0,2})"
    r"(?P<noun>treaty|convention|agreement|accords?|principles|guidelines|code(?: of conduct)?|declaration|resolution"
    r"|pledge|commitment|moratorium|charter|order|directive|draft|strategy|framework|regulations|constitution)\b"
    r"(?!\s(?:on(?!\sbehalf)|of|for|governing|between|among|against|concerning|regarding|relating|banning|prohibiting|to|that|in)\b)(?!\s(?-i:[A-Z]))"
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
_VERBAL: Final = re.compile(r"\s(?:should|must|be|can|could|may|will|would|is|was)\b")
NEAR: Final = 1200
"""Characters within which a noun in small letters may point back."""


def references(
    text: str, mentions: Sequence[Mention], entries: Mapping[str, Entry], *, in_title: Sequence[Mention] = ()
) -> list[Mention]:
    """Short references of a text as mentions of what they stand for, in reading order.

    `mentions` are the names in the text; those in the document's title stand before all of it.
    """
    named = [m for m in mentions if m.kind == "instrument" and not m.cue]
    taken = {(m.start, m.end) for m in named}
    found = []
    for match in _REFERENCE.finditer(text):
        if any(start < match.end() and match.start("noun") < end for start, end in taken):
            continue
        title = _of_title(match, in_title, entries)
        before = _meant(match, text, named, entries) or _undertaken(match, mentions, entries)
        meant = title or before if _OWN.match(match.group()) else before or title
        if meant is not None:
            place = {"start": match.start(), "end": match.end(), "text": match.group()}
            found.append(Mention(id=meant, kind="instrument", **place))  # type: ignore[arg-type]
    return found


def _meant(match: re.Match[str], text: str, named: Sequence[Mention], entries: Mapping[str, Entry]) -> str | None:
    """The instrument named last before a reference that answers to its noun, best one that was called by it."""
    reach = match.start() if match["noun"][0].isupper() else NEAR
    before = [m for m in reversed(named) if m.start < match.start() and match.start() - m.end <= reach]
    fitting = [m for m in before if _answers_to(match, entries.get(m.id))]
    called = [m for m in fitting if match["noun"].lower() in m.text.lower()]
    last = next(iter(called or fitting), None)
    if last is None or _names_another(match, text[last.end : match.start()]):
        return None
    return last.id


def _of_title(match: re.Match[str], named: Sequence[Mention], entries: Mapping[str, Entry]) -> str | None:
    """The only instrument of the title that answers to a noun with a capital."""
    fitting = {m.id for m in named if m.kind == "instrument" and not m.cue and _answers_to(match, entries.get(m.id))}
    return min(fitting) if len(fitting) == 1 and match["noun"][0].isupper() else None


def _undertaken(match: re.Match[str], mentions: Sequence[Mention], entries: Mapping[str, Entry]) -> str | None:
    """The one commitment about a matter that was named shortly before: '… will not test them. This pledge …'."""
    if match["noun"].lower() not in _UNDERTAKING:
        return None
    near = {m.id for m in mentions if m.kind == "topic" and not m.cue and 0 < match.start() - m.end <= NEAR}
    made = [e for e in entries.values() if e.type == "PoliticalCommitment" and _answers_to(match, e)]
    own = Counter(topic for entry in made for topic in entry.about)
    fitting = [e.id for e in made if any(own[topic] == 1 and topic in near for topic in e.about)]
    return fitting[0] if len(fitting) == 1 else None


def _answers_to(match: re.Match[str], entry: Entry | None) -> bool:
    wanted = {_singular(match["noun"].lower().split()[0])}
    if "draft" in match["kind"].lower():
        wanted.add("draft")
    if entry is None or (match["which"].lower() == "that" and _VERBAL.match(match.string, match.end())):
        return False  # 'agreed that agreement should be reached'
    return wanted <= set(_answers(entry))


def _names_another(match: re.Match[str], between: str) -> bool:
    """Whether a text of the same kind that nobody knows is named in between: 'the Delhi Declaration'."""
    noun = re.escape(match["noun"])
    return re.search(rf"[A-Z][\w-]+ {noun}\b|\b{noun} (?:on|for|concerning|against)\b", between) is not None


def _answers(entry: Entry) -> Iterator[str]:
    """The nouns that an instrument answers to: of a name the first one counts, and what a draft is of."""
    yield from _BY_TYPE.get(entry.type, ())
    for name in entry.names:
        nouns = [w for w in map(_singular, re.findall(r"[a-z]+", name.text.lower())) if w in _NOUNS]
        yield from nouns[: 2 if nouns[:1] == ["draft"] else 1]


def _singular(word: str) -> str:
    return word.removesuffix("s") if word != "accords" else "accord"
