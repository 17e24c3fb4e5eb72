"""The reference data, the topics and the lexicon as plain records: all that extraction knows of the world.

Turtle is the home of every name and every stance expression. It is read here once, by pyoxigraph, into
`model.Vocabulary`, and kept in the user's cache folder under a hash of the files (`vocabulary_cache`).
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import Any, Final

import pyoxigraph as ox

from spacegov import resources
from spacegov.errors import InputError, VocabularyError
from spacegov.model import ACTS, Act, Entry, Frame, Name, Tenure, Vocabulary
from spacegov.namespaces import ID, PREFIXES, SG, kind_of, slug
from spacegov.rdf import vocabulary_cache
from spacegov.rdf.turtle import parse_file

__all__ = ["load_vocabulary"]

SKIPPED: Final = frozenset({"ballots", "treaty-status", "votes", "artemis"})
"""Files of data/reference/ that say what states did, and name nothing."""
ENTRY_KINDS: Final = ("actor", "forum", "instrument", "topic", "person", "meeting", "programme")
"""Where two kinds share an id ('arf' is a body and a forum), the first has the plain key."""
PROPOSING: Final = frozenset(
    {
        "adopted as EU draft", "introduced", "proposed", "signed", "signed as founding signatories",
        "sponsored", "submitted", "tabled", "updated",
    }
)  # fmt: skip
"""Acts of a submission whose actors stand behind the text; the others answer it, or block it."""

_FRAME_VALUES: Final[Mapping[str, frozenset[str]]] = {
    "framePos": frozenset({"verb", "noun", "adjective", "adverb", "construction"}),
    "frameRole": frozenset({"act", "modal", "reporting", "shifter", "hedge", "condition", "evaluation"}),
    "frameEffect": frozenset({"for", "against", "keep", "flip"}),
    "frameSubject": frozenset({"holder", "other", "thing", "any"}),
}
_GENERAL_TYPES: Final = frozenset({"Actor", "Instrument", "State"})
_ACRONYM: Final = re.compile(r"[A-Z0-9][A-Z0-9.+\-]{1,9}s?")
_SKOS: Final = PREFIXES["skos"]
_DCTERMS: Final = PREFIXES["dcterms"]


def load_vocabulary(data: Path | None = None, ontology: Path | None = None, *, cache: Path | None = None) -> Vocabulary:
    """Everything that extraction knows: entries, stance frames, posts and memberships.

    Args:
        data: folder with `reference/` and, if there is one, `lexicon/`; default: the shipped one.
        ontology: folder with `topics.ttl`; default: the shipped one.
        cache: folder for the cache; default: the user's cache folder.

    Raises:
        VocabularyError: a file breaks the syntax, or what it says does not fit together (with file and line).
    """
    data = data or resources.folder("data")
    files = _files(data, ontology or resources.folder("ontology"))
    digest = _hash(files)
    kept = vocabulary_cache.read(digest, cache)
    if kept is None:
        kept = _Reader(files).vocabulary(digest)
        vocabulary_cache.write(kept, cache)
    return kept


def _files(data: Path, ontology: Path) -> list[Path]:
    reference = [file for file in sorted(data.glob("reference/*.ttl")) if file.stem not in SKIPPED]
    files = [ontology / "topics.ttl", *reference, *sorted(data.glob("lexicon/*.ttl"))]
    if not reference:
        raise VocabularyError(f"{data}: no reference/*.ttl in this folder; give the folder that holds reference/")
    return files


def _hash(files: list[Path]) -> str:
    digest = hashlib.sha256()
    for file in files:
        try:
            content = file.read_bytes()
        except OSError as error:
            raise VocabularyError(f"{file}: cannot be read ({error.strerror or error})") from None
        digest.update(f"{file.parent.name}/{file.name}".encode() + b"\0" + hashlib.sha256(content).digest())
    return digest.hexdigest()


class _Reader:
    """The facts of all files, by subject, and the records that are made of them."""

    def __init__(self, files: list[Path]) -> None:
        self._facts: dict[str, dict[str, list[Any]]] = {}
        self._file: dict[str, Path] = {}
        for file in files:
            self._add(file)

    def vocabulary(self, digest: str) -> Vocabulary:
        """All records, sorted by id."""
        return Vocabulary(
            entries=self._entries(),
            frames=tuple(self._frame(node) for node in self._having(SG + "frameForm")),
            posts=tuple(self._tenures("isPostOf", "represents", "roleTitle")),
            memberships=tuple(self._tenures("isMembershipOf", "isMembershipIn", "hasRole")),
            hash=digest,
        )

    def _add(self, file: Path) -> None:
        try:
            quads = parse_file(file)
        except InputError as error:
            raise VocabularyError(str(error)) from None
        for quad in quads:
            if isinstance(quad.subject, ox.NamedNode):
                facts = self._facts.setdefault(quad.subject.value, {})
                facts.setdefault(quad.predicate.value, []).append(quad.object)
                self._file.setdefault(quad.subject.value, file)

    # --- entries ---

    def _entries(self) -> dict[str, Entry]:
        submissions = self._submissions()
        found = [
            self._entry(node, kind, submissions.get(node, []))
            for node in self._facts
            if (kind := kind_of(node)) in ENTRY_KINDS and kind is not None
        ]
        found.sort(key=lambda entry: (ENTRY_KINDS.index(entry.kind), entry.id))
        entries: dict[str, Entry] = {}
        for entry in found:
            key = entry.id if entry.id not in entries else f"{entry.kind}/{entry.id}"
            entries[key] = entry
        return dict(sorted(entries.items()))

    def _entry(self, node: str, kind: str, submissions: list[str]) -> Entry:
        ids = partial(self._ids, node)
        names = tuple(self._names(node))
        forums = [
            *ids(SG + "isMeetingOf"), *ids(SG + "isAdoptedIn"),
            *(forum for act in submissions for forum in self._ids(act, SG + "isSubmittedIn")),
        ]  # fmt: skip
        sponsors = [
            actor
            for act in submissions
            if self._text(act, SG + "submissionAct") in PROPOSING
            for actor in self._ids(act, SG + "isSubmittedBy")
        ]
        return Entry(
            id=slug(node),
            kind=kind,
            type=self._type(node),
            label=names[0].text,
            names=names,
            broader=(*ids(_SKOS + "broader"), *ids(SG + "isPartOf")),
            since=self._since(node, submissions),
            until=self._text(node, SG + "until") or self._text(node, SG + "endDate"),
            symbol=self._text(node, SG + "symbol"),
            supersedes=ids(SG + "supersedes"),
            about=ids(_DCTERMS + "subject"),
            forum=forums[0] if forums else None,
            sponsors=tuple(dict.fromkeys((*ids(SG + "isIssuedBy"), *sponsors))),
            demonyms=tuple(self._texts(node, SG + "demonym")),
            capitals=tuple(self._texts(node, SG + "capital")),
            successors=ids(SG + "isSucceededBy"),
        )

    def _names(self, node: str) -> Iterator[Name]:
        """The label first, then other names and acronyms, sorted."""
        labels = self._all(node, _SKOS + "prefLabel")
        english = [label for label in labels if label.language in (None, "en")]
        if len(english) != 1:
            count = "no" if not english else "more than one"
            raise self._error(node, f"{count} English skos:prefLabel; give exactly one")
        yield _name(english[0], preferred=True)
        others = {*labels, *self._all(node, _SKOS + "altLabel")} - {english[0]}
        # a name without a letter ('1979') would be found everywhere
        yield from (_name(other) for other in sorted(others, key=str) if re.search(r"[^\W\d_]", other.value))
        for acronym in self._texts(node, SG + "acronym"):
            yield Name(text=acronym, acronym=True)
        for cue in self._texts(node, SG + "cue"):
            yield Name(text=cue, cue=True)

    def _type(self, node: str) -> str:
        types = {slug(value.value) for value in self._all(node, PREFIXES["rdf"] + "type") if value.value.startswith(SG)}
        special = types - _GENERAL_TYPES or types
        if not special:
            raise self._error(node, "no class of the ontology; give it an rdf:type such as sg:State")
        return min(special)

    def _since(self, node: str, submissions: list[str]) -> str | None:
        for name in ("from", "startDate", "adoptedOn", "openedOn", "onDate"):
            if date := self._text(node, SG + name):
                return date
        if self._text(node, SG + "status") == "proposed":
            return None  # a treaty that is only wished for is spoken of before anybody submits it
        dates = [date for act in submissions if (date := self._text(act, SG + "onDate"))]
        return min(dates, default=None)

    def _submissions(self) -> dict[str, list[str]]:
        """Submissions by what they submit, oldest first."""
        found: dict[str, list[str]] = {}
        for node in self._having(SG + "submits"):
            self._ids(node, SG + "submits")  # raises where it names what no file describes
            for thing in self._all(node, SG + "submits"):
                found.setdefault(thing.value, []).append(node)
        for acts in found.values():
            acts.sort(key=lambda node: (self._text(node, SG + "onDate") or "9999", node))
        return found

    # --- tenures and frames ---

    def _tenures(self, of: str, at: str, role: str) -> Iterator[Tenure]:
        for node in self._having(SG + of):
            members, groups = self._ids(node, SG + of), self._ids(node, SG + at)
            if len(members) != 1 or len(groups) != 1:
                raise self._error(node, f"sg:{of} and sg:{at} need one value each")
            yield Tenure(
                of=members[0],
                at=groups[0],
                role=self._text(node, SG + role) or "",
                since=self._text(node, SG + "from"),
                until=self._text(node, SG + "until"),
            )

    def _frame(self, node: str) -> Frame:
        values: dict[str, Any] = {name: self._choice(node, name) for name in _FRAME_VALUES}
        return Frame(
            id=slug(node),
            form=self._text(node, SG + "frameForm") or "",
            pos=values["framePos"],
            role=values["frameRole"],
            act=self._act(node),
            effect=values["frameEffect"],
            subject=values["frameSubject"],
            weight=self._weight(node),
            examples=tuple(self._texts(node, _SKOS + "example")),
            counter_examples=tuple(self._texts(node, SG + "counterExample")),
        )

    def _act(self, node: str) -> Act | None:
        acts = sorted(slug(value.value) for value in self._all(node, SG + "frameAct"))
        if not acts:
            return None
        if len(acts) > 1 or acts[0] not in ACTS:
            raise self._error(node, f"sg:frameAct is {' and '.join(acts)}; give one of {', '.join(ACTS)}")
        return acts[0]

    def _weight(self, node: str) -> float:
        weight = self._text(node, SG + "frameWeight") or "1"
        if not re.fullmatch(r"\d+(\.\d+)?", weight):
            raise self._error(node, f"sg:frameWeight is {weight!r}; write a decimal number such as 0.5")
        return float(weight)

    def _choice(self, node: str, name: str) -> str:
        value = self._text(node, SG + name) or ("any" if name == "frameSubject" else "")
        if value not in _FRAME_VALUES[name]:
            known = ", ".join(sorted(_FRAME_VALUES[name]))
            raise self._error(node, f"sg:{name} is {value!r}; use one of {known}")
        return value

    # --- facts ---

    def _having(self, predicate: str) -> list[str]:
        return sorted(node for node, facts in self._facts.items() if predicate in facts)

    def _all(self, node: str, predicate: str) -> list[Any]:
        return self._facts[node].get(predicate, [])

    def _texts(self, node: str, predicate: str) -> list[str]:
        return sorted(value.value for value in self._all(node, predicate))

    def _text(self, node: str, predicate: str) -> str | None:
        return min(self._texts(node, predicate), default=None)

    def _ids(self, node: str, predicate: str) -> tuple[str, ...]:
        """Slugs of the things that a property points to, each of which some file must describe."""
        nodes = self._texts(node, predicate)
        for other in nodes:
            if other not in self._facts or not other.startswith(ID):
                raise self._error(node, f"{slug(predicate)} points to {other}, which no file describes")
        return tuple(slug(other) for other in nodes)

    def _error(self, node: str, complaint: str) -> VocabularyError:
        """The complaint with the file and the line on which the node's block begins."""
        file = self._file[node]
        start = re.compile(rf"<{re.escape(node)}>\s|[\w-]*:{re.escape(node.rpartition('/')[2])}\s")
        lines = file.read_text(encoding="utf-8").splitlines()
        line = next((number for number, text in enumerate(lines, 1) if start.match(text)), 1)
        return VocabularyError(f"{file}:{line}: {slug(node)}: {complaint}")


def _name(literal: Any, *, preferred: bool = False) -> Name:
    text: str = literal.value
    acronym = bool(_ACRONYM.fullmatch(text)) and sum(c.isupper() for c in text) > 1
    return Name(text=text, language=literal.language or "en", preferred=preferred, acronym=acronym)
