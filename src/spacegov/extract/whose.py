"""Whose document it is, and on which day and in which forum it speaks, from its title, metadata and first lines."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise
from typing import Final

from spacegov.extract.dates import FULL_DAY, find_dates
from spacegov.extract.records import Mention
from spacegov.model import Document, Entry, Vocabulary

Finder = Callable[[str], list[Mention]]
"""Finds the names in a text: the gazetteer's `find`."""

SPEAKING: Final = {"State", "HistoricalState", "Organisation", "Bloc", "StateAgency"}
_NORMATIVE: Final = {"resolution", "treaty", "guidelines", "law"}
_WITH: Final = re.compile(r"\b(?:Readout|Joint|(?:Meeting|Call|Engagement|Dialogue|Talks)s? with)\b")
PAIR: Final = 2
FIRST: Final = 400
"""Characters of a readout in which the other side is named."""
OPENING: Final = 1500
"""Characters of a report in which the day of the remarks is looked for."""
_JOINT: Final = re.compile(
    r"\b(?:joint|readout|meeting|dialogue|bilateral|call with|partnership|cooperation)\b|U\.S\.-", re.IGNORECASE
)
_US_OFFICES: Final = re.compile(
    r"\b(?:Office of the Spokesperson|Department of State|State Department|White House|NASA)\b", re.IGNORECASE
)


def forum_of_title(document: Document, find: Finder) -> str | None:
    """A summit or conference that the title names ('G7 Leaders' Communiqué')."""
    title = document.metadata.title or ""
    for mention in find(title):
        if mention.kind == "forum":
            return mention.id
    return None


def forum_of_group(authors: Sequence[str], vocabulary: Vocabulary) -> str | None:
    """The summit of the group whose leaders speak ('G7 summit' of the G7), where the group has one."""
    for author in authors:
        entry = vocabulary.entries.get(author)
        if entry is None or entry.type != "Bloc":
            continue
        wanted = {f"{n.text} summit".lower() for n in entry.names} | {f"{entry.label} summit".lower()}
        for forum in vocabulary.entries.values():
            if forum.kind == "forum" and forum.label.lower() in wanted:
                return forum.id
    return None


def partners_of(
    document: Document, mentions: Sequence[Mention], vocabulary: Vocabulary, find: Finder
) -> tuple[str, ...]:
    """The states in the title of a readout, dialogue or joint statement, or joined by a dash in any title.

    A readout without them ('Meeting with President Tuvuki') names the other one in its first sentences.
    """
    title = (document.metadata.title or "").replace("-", "–")  # a name begins behind a dash, not a hyphen
    found = [
        m for m in find(title)
        if m.kind == "actor" and vocabulary.entries[m.id].type in {"State", "Organisation", "HistoricalState"}
    ]  # fmt: skip
    named = tuple(dict.fromkeys(m.id for m in found))
    dashed = any(title[a.end : b.start].strip() in {"–", "and"} for a, b in pairwise(found))
    if not _JOINT.search(title) and not dashed:
        return ()
    if len(named) < PAIR and _WITH.search(title):
        first = {
            m.id for m in mentions
            if m.kind == "actor" and m.start < FIRST and vocabulary.entries[m.id].type == "State" and not m.adjective
        }  # fmt: skip
        both = {*document.metadata.authors, *named} | first
        named = tuple(sorted(both)) if len(both) == PAIR else named
    return named


def leading_actors(
    document: Document, mentions: Sequence[Mention], vocabulary: Vocabulary, find: Finder
) -> tuple[str, ...]:
    """Whose document it is, where the metadata do not say."""
    meta, posts = document.metadata, {p.of: p.at for p in vocabulary.posts}
    if meta.kind == "record":
        return ("un",)
    if meta.kind in _NORMATIVE:
        return ("un",) if meta.forum is None or meta.forum.startswith(("un", "copuos")) else (meta.forum,)
    partners = partners_of(document, mentions, vocabulary, find)
    if _US_OFFICES.search(document.text[:400]) or "state.gov" in document.text[-600:]:
        return tuple(dict.fromkeys(("united-states", *partners)))
    counts: Counter[str] = Counter()
    for mention in mentions:
        entry = vocabulary.entries.get(mention.id)
        if mention.kind == "actor" and entry and entry.type in {"State", "StateAgency", "HistoricalState"}:
            counts[state_of(mention.id, vocabulary.entries)] += 3 if mention.start < 300 else 1
        elif mention.kind == "person" and mention.id in posts:
            counts[posts[mention.id]] += 2
    if not counts:
        return ("un",) if meta.forum else ()
    best = max(counts.values())
    return (next(a for a, n in counts.items() if n == best),)


def day_of_remarks(document: Document) -> str | None:
    """The day that a news report tells of ('on Monday'), else the document's own date."""
    meta = document.metadata
    if meta.kind == "news" and meta.date and len(meta.date) == FULL_DAY:
        days = (d.value for d in find_dates(document.text[:OPENING], meta.date) if d.relative)
        return next((d for d in days if len(d) == FULL_DAY), meta.date)
    return meta.date


def state_of(actor: str, entries: Mapping[str, Entry]) -> str:
    """A state's agency counts as the state (guideline 22); any other actor as itself."""
    entry = entries.get(actor)
    if entry and entry.type == "StateAgency":
        for broader in entry.broader:
            above = entries.get(broader)
            if above and above.type in {"State", "HistoricalState"}:
                return broader
    return actor


def stands_for(named: str, entries: Mapping[str, Entry], posts: Mapping[str, str]) -> str | None:
    """The state or body that an actor or a person with a post (`posts`, by person) speaks for; None for other names."""
    if named in posts:
        return state_of(posts[named], entries)
    entry = entries.get(named)
    return state_of(named, entries) if entry and entry.type in SPEAKING else None


def historical(actor: str, date: str | None, vocabulary: Vocabulary) -> str:
    """The historical state that sat in a state's seat at a date (the Soviet Union in 1984).

    Where several fit (two German states before 1990), the one that bears the state's name is taken,
    else the state itself.
    """
    if not date:
        return actor
    modern = vocabulary.entries.get(actor)
    fitting = [
        e for e in vocabulary.historical_states
        if e.successors[:1] == (actor,) and e.until and date[:4] < e.until[:4]
        and (not e.since or date[:4] >= e.since[:4])
    ]  # fmt: skip
    if len(fitting) == 1:
        return fitting[0].id
    named = [e for e in fitting if modern and e.id.startswith((actor, f"{actor}-"))]
    return named[0].id if len(named) == 1 else actor
