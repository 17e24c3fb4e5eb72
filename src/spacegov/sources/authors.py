"""Whose text it is, where nobody said so: from strong signs only.

A heading with 'by', a letterhead, 'We, the Leaders of …', 'on behalf of …', 'my country, …', the label of the one
who speaks. That a state is named often, or first, or accused, is no sign: most texts name their rivals more often
than themselves.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from spacegov.model import Metadata, Vocabulary
from spacegov.sources.names import Hit, Names

CONTACT: Final = 600
"""Characters at the end of a text in which its publisher may give an address."""

_BY: Final = re.compile(
    r"""\b(?:statement|remarks|speech|address|intervention|explanation\ of\ vote|paper|submission|proposal
    |views|letter|communication|contribution|comments|draft\ resolution|draft\ treaty|delivered|submitted
    |tabled|presented|introduced|prepared|readout)\b
    (?P<between>[^.;\n]{0,60}?)\b(?:by|of|from|on\ behalf\ of)\ (?P<names>[^;:\n]{2,200})""",
    re.IGNORECASE | re.VERBOSE,
)
# 'Comments on the draft treaty submitted by X', 'Response to the proposal of X': X wrote what is commented on
_ANOTHERS: Final = re.compile(
    r"\b(?:on|to|about|against|regarding|concerning)\b.*\b(?:submitted|tabled|presented|introduced|proposed|sponsored"
    r"|put forward|proposal|initiative|views|position)\s*$",
    re.IGNORECASE,
)
_REPLY: Final = re.compile(r"\b(?:response|reply|reaction|answer|objections?)\b.{0,40}\bto\b", re.IGNORECASE)
_OWNER: Final = re.compile(
    r"(?P<names>(?:[^.;:\n]|(?<=[A-Z])\.){2,60}?)['’]s? (?:[A-Z]\w+ )?"
    r"(?:Perspective|Position|Views?|Statement|Comments)\b"
)
_ENTITLED: Final = re.compile(
    r"(?P<names>[^.;:\n]{2,80}): .*\b(?:statement|intervention|explanation of vote|remarks|general debate)\b",
    re.IGNORECASE,
)
_JOINT: Final = re.compile(
    r"(?P<names>(?:[^.;:\n]|(?<=[A-Z])\.){2,120}?) [Jj]oint (?:[A-Z]\w+ )?(?:[Ss]tatement|[Dd]eclaration|[Cc]ommuniqu)"
)
_LATER: Final = re.compile(
    r"\b(?:at|on|in|to|before|during|entitled|under|pursuant|concerning|regarding|with|for|as)\b",
    re.IGNORECASE,
)

_OFFICE: Final = (
    r"(?:Permanent |Observer )?(?:Mission|Representative|Delegation|Representation|Embassy)"
    r"|Ministry (?:of|for) [A-Z][\w ,]{2,40}?|delegation"
)
_LETTERHEAD: Final = re.compile(rf"(?:The )?(?:{_OFFICE}|Government) of (?P<names>[^;:\n]{{2,120}})")
_MISSION: Final = re.compile(r"(?P<names>[^.;:\n]{2,60}?) (?:Permanent )?(?:Mission|Delegation) to the \b")
_US_OFFICE: Final = re.compile(
    r"(?:the )?(?:White House|(?:U\.S\. )?Department of State|Office of the Spokesperson)"
    r"(?:,? (?:Washington|Office|Bureau)\b[\w ,.]*)?",
    re.IGNORECASE,
)
_US_CONTACT: Final = re.compile(r"@(?:[\w-]+\.)*(?:state|nasa|who\.eop)\.gov\b", re.IGNORECASE)
# a note verbale, or a delegation that speaks of itself in the third person; never 'The Government of X wishes …',
# with which an accusation may begin as well
_THIRD_PERSON: Final = re.compile(
    rf"(?:The )?(?:{_OFFICE}) of (?P<names>[^.;:\n]{{2,120}}?) (?:to [^.;:\n]{{2,80}} )?"
    r"(?:presents its compliments|has the honou?r|aligns itself|associates itself"
    r"|(?:wishes|would like) to (?:thank|congratulate|express|state|stress|reiterate|underline|make))\b"
)
_WE_THE: Final = re.compile(r"We, (?P<names>(?:the )?[^.;:\n]{2,400})")
_COLLECTIVE: Final = re.compile(
    r"\b(?:[Ll]eaders|Heads|Ministers|Presidents?|Governments?|Representatives|[Mm]embers)\b"
)
# 'I thank Egypt for the statement made on behalf of …' is another's statement
_BEHALF: Final = re.compile(
    r"\b(?:I|[Ww]e|[Mm]y delegation|[Oo]ur delegation) (?:am|are|have|has|wish|wishes|would like|should like|speak"
    r"|speaks|take|make|deliver|address|want)\b(?:(?!thank|align|associat|endors|that\b|who\b|which\b)[^.;“”\"]){0,120}?"
    r"\b[Oo]n behalf of (?P<names>[^.;:\n]{2,120})"
    r"|(?:^|(?<=[.!?] ))(?:Speaking on|On) behalf of (?P<later>[^.;:\n]{2,120}?), "
    r"(?:(?:please )?(?:allow|let|may) )?(?:I|we|my|our|me|us)\b"
)
_MINE: Final = re.compile(
    r"\b(?:[Mm]y|[Oo]ur) (?:own )?(?:country|nation|[Gg]overnment|delegation, (?:that|the delegation) of),?"
    r" (?P<names>(?:the )?[A-Z][^,.;:\n]{1,60})(?=[,.;])"
)
_LABEL: Final = re.compile(r"\((?P<names>[^()\n]{2,60})\)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Beginning:
    """What a text shows of itself."""

    title: str | None
    lines: Sequence[str]
    """The title, and lines that read like those of a title page."""
    paragraphs: Sequence[str]
    """The first blocks."""
    labels: Sequence[str]
    """All labels of speakers."""
    text: str


Found = dict[str, tuple[object, str]]


def authors_and_speaker(metadata: Metadata, shows: Beginning, names: Names, vocabulary: Vocabulary) -> Found:
    """Authors and speaker, each with a note where the text shows them; nothing where no sign is strong."""
    found = _in_headings(metadata, shows.lines, names, vocabulary)
    if "authors" in found:
        return found
    # of a report only the publisher can be the author, never the one whom it quotes
    reported = metadata.kind in {"news", "press-release", "report", "press-briefing"}
    speaker = metadata.speaker or next((str(value) for field, (value, _) in found.items() if field == "speaker"), None)
    if speaker and not reported and (actors := represented(speaker, metadata.date, vocabulary)):
        return {**found, "authors": (tuple(actors), "found: post of the speaker")}
    for actors, note in _signs(shows, names, vocabulary, reported=reported):
        if actors:
            return {**found, "authors": (tuple(dict.fromkeys(actors)), f"found: {note}")}
    return found


def _in_headings(metadata: Metadata, lines: Sequence[str], names: Names, vocabulary: Vocabulary) -> Found:
    found: Found = {}
    for line in lines:
        hits = _named_as_author(line, names)
        persons = [hit.id for hit in hits if hit.kind == "person"]
        actors = [hit.id for hit in hits if hit.kind == "actor"]
        if persons and "speaker" not in found:
            found["speaker"] = (persons[0], "found: 'by' in a heading")
            actors = actors or represented(persons[0], metadata.date, vocabulary)
        if actors and "authors" not in found:
            found["authors"] = (tuple(dict.fromkeys(actors)), "found: 'by' in a heading")
    return found


def _named_as_author(line: str, names: Names) -> list[Hit]:
    if _REPLY.search(line) is None:
        for match in (_BY.search(line), _OWNER.search(line)):
            if match is None or _ANOTHERS.search(match.groupdict().get("between") or ""):
                continue
            if hits := _hits(match["names"], names):
                return hits
    return []


def _signs(
    shows: Beginning, names: Names, vocabulary: Vocabulary, *, reported: bool
) -> Iterator[tuple[list[str], str]]:
    """The signs one after another, the strongest first."""

    def named(match: re.Match[str] | None, rest: str = ".*") -> list[str]:
        return _known(_first_names(match, names, rest), vocabulary)

    for pattern in (_ENTITLED, _JOINT):
        yield named(pattern.match(shows.title or ""), rest=""), "title"
    for line in shows.lines:
        if _US_OFFICE.fullmatch(line):
            yield _known(["united-states"], vocabulary), "letterhead"
        for pattern in (_LETTERHEAD, _MISSION):
            yield named(pattern.match(line), rest=_BEHIND_A_LETTERHEAD), "letterhead"
    if _US_CONTACT.search(shows.text[-CONTACT:]):
        yield _known(["united-states"], vocabulary), "address of its publisher"
    if reported:
        return  # 'we' and 'my country' are those of somebody whom a reporter quotes
    for paragraph in shows.paragraphs:
        if (we := _WE_THE.match(paragraph)) and _COLLECTIVE.search(we["names"].split(",")[0]):
            yield named(we), "'We, the …'"
        yield named(_THIRD_PERSON.match(paragraph)), "a delegation speaks of itself"
        for match in _BEHALF.finditer(paragraph):
            if not _in_quotation(paragraph, match.start()):
                yield named(match), "'on behalf of'"
    yield _one_speaker(shows.labels, names, vocabulary), "label of the speaker"
    for match in _MINE.finditer(shows.text):
        if not _in_quotation(shows.text, match.start()):
            yield named(match, rest=""), "'my country'"


_BEHIND_A_LETTERHEAD: Final = r"(?:[ ,]*(?:\(|[–—-]|to |in |at |[A-Z]).*)?"
_BEFORE_A_NAME: Final = (
    r"(?:the |The )?(?:(?:[A-Z][\w’'-]*|governments?|peoples?|delegations?|members?|states|countries|leaders|ministers"
    r"|heads|representatives|of|and|for|the|my|own|country|delegation),? )*"
)
_BETWEEN_NAMES: Final = rf"[’']?s?,?(?: and| &| as well as)?,? {_BEFORE_A_NAME}"


def _first_names(match: re.Match[str] | None, names: Names, rest: str) -> list[str]:
    """The actors that a match begins with, one beside the other, if what stands behind them looks like `rest`.

    'Cuba and Peru, which …' are two; 'a study on Cuba' is none; 'the G7 Ministers, condemn the acts of Cuba' is one.
    """
    if match is None:
        return []
    phrase = next(part for part in (match.groupdict().get("later"), match["names"]) if part)
    phrase, hits = _parted(phrase, names)
    if not hits or not re.fullmatch(_BEFORE_A_NAME, phrase[: hits[0].start]):
        return []
    together = [hits[0]]
    for hit in hits[1:]:
        if not re.fullmatch(_BETWEEN_NAMES, phrase[together[-1].end : hit.start]):
            break
        together.append(hit)
    if not re.fullmatch(rest, phrase[together[-1].end :]):
        return []
    return [hit.id for hit in together if hit.kind == "actor"]


def _actors(text: str, names: Names, vocabulary: Vocabulary) -> list[str]:
    return _known([hit.id for hit in names.find(text) if hit.kind == "actor"], vocabulary)


def _known(actors: Sequence[str], vocabulary: Vocabulary) -> list[str]:
    """Without 'all States', 'developing countries' and the like, which write no texts."""
    entries = (vocabulary.entries.get(actor) for actor in actors)
    return [entry.id for entry in entries if entry is not None and entry.type not in {"GenericActor", "UnnamedActor"}]


def _hits(phrase: str, names: Names) -> list[Hit]:
    later = _LATER.search(phrase)
    return _parted(phrase[: later.start()] if later else phrase, names)[1]


def _parted(phrase: str, names: Names) -> tuple[str, list[Hit]]:
    """The names in a phrase, and the phrase in which they stand: 'U.S.-India' is parted, 'Asia-Pacific' is not."""
    parted = re.sub(r"(?<=[\w.])[-–—](?=[A-Z])", " ", phrase)
    one, other = list(names.find(phrase)), list(names.find(parted))
    return (parted, other) if len(other) >= len(one) else (phrase, one)


def _one_speaker(labels: Sequence[str], names: Names, vocabulary: Vocabulary) -> list[str]:
    """The actor of all labels, 'Mr. Li (China):', if there is but one."""
    found = [_actors(match["names"], names, vocabulary) for label in labels if (match := _LABEL.search(label))]
    actors = {actor for one in found for actor in one}
    return sorted(actors) if len(actors) == 1 else []


def _in_quotation(text: str, place: int) -> bool:
    before = text[max(0, place - 2000) : place]
    return before.count("“") > before.count("”") or before.count('"') % 2 == 1


def represented(person: str, date: str | None, vocabulary: Vocabulary) -> list[str]:
    """The actor for whom a person spoke at a date; nothing where that is open."""
    posts = [post for post in vocabulary.posts if post.of == person]
    if date:
        posts = [
            post
            for post in posts
            if (post.since or "")[: len(date)] <= date and (post.until is None or date <= post.until + "~")
        ] or posts
    actors = {post.at for post in posts}
    return sorted(actors) if len(actors) == 1 else []
