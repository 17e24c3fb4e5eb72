"""From stance records to quads: the one place where a record becomes triples.

Everything said about one document stands in one named graph. There are no blank nodes, and every
literal is written in its canonical form, so that stores and libraries hand back what they were given.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from difflib import get_close_matches
from typing import Final

from pyoxigraph import Literal, NamedNode, Quad

from spacegov.dates import date_range
from spacegov.errors import VocabularyError
from spacegov.model import Evidence, Metadata, Stance, Vocabulary
from spacegov.namespaces import PREFIXES, SG, document_graph, iri

ACTOR: Final = ("actor",)
FORUM: Final = ("forum", "meeting")
ADDRESSEE: Final = ("actor", "forum")
TARGET: Final = ("instrument", "topic", "actor", "forum", "programme")
CANDIDATE: Final = "new:"

_XSD: Final = PREFIXES["xsd"]
_TYPE: Final = NamedNode(PREFIXES["rdf"] + "type")

Term = NamedNode | Literal


class Kinds:
    """Which kinds of thing a vocabulary holds under each id."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        kinds: dict[str, set[str]] = {}
        for entry in vocabulary.entries.values():
            kinds.setdefault(entry.id, set()).add(entry.kind)
        self._kinds: Mapping[str, set[str]] = kinds
        self._forum_of = {entry.id: entry.forum for entry in vocabulary.entries.values() if entry.kind == "meeting"}

    def iri(self, identifier: str, role: str, allowed: Sequence[str]) -> NamedNode:
        """The IRI of an id in a role; where an id names things of two kinds ('arf'), the role decides.

        Raises:
            VocabularyError: the reference data hold no such thing.
        """
        known = self._kinds.get(identifier, set())
        for kind in allowed:
            if kind in known:
                return NamedNode(iri(kind, identifier))
        raise VocabularyError(self._complaint(identifier, role, allowed, known))

    def forum_of_meeting(self, identifier: str) -> str | None:
        """The forum whose meeting this is; None for anything but a meeting."""
        return self._forum_of.get(identifier)

    def has(self, identifier: str, kind: str) -> bool:
        """Whether the id names a thing of this kind."""
        return kind in self._kinds.get(identifier, set())

    def _complaint(self, identifier: str, role: str, allowed: Sequence[str], known: set[str]) -> str:
        wanted = " or ".join(allowed)
        if known:
            return f"{role}: {identifier!r} is known as {' and '.join(sorted(known))}; {wanted} is needed"
        pool = sorted(name for name, kinds in self._kinds.items() if kinds & set(allowed))
        near = get_close_matches(identifier, pool, n=1)
        hint = f" (did you mean {near[0]!r}?)" if near else ""
        return f"{role}: unknown {wanted} {identifier!r}{hint}; add it to data/reference or correct the id"


def document_quads(
    metadata: Metadata,
    stances: Iterable[Stance],
    vocabulary: Vocabulary,
    *,
    sha256: str,
    version: str,
    include_text: bool = True,
    kinds: Kinds | None = None,
) -> list[Quad]:
    """Everything that the graph says about one document, sorted and without repetition.

    Args:
        sha256: hash of the source text in which the evidence counts.
        version: of the software, part of the run's identity.
        include_text: False leaves the sources' words out and keeps offsets and hashes.
        kinds: the index of `vocabulary`, where a caller writes many documents.

    Raises:
        VocabularyError: an id of the metadata or of a stance is not in the vocabulary.
    """
    graph = NamedNode(document_graph(metadata.doc))
    writer = _Writer(metadata, kinds or Kinds(vocabulary), sha256, version, vocabulary.hash)
    triples = set(writer.document())
    for stance in stances:
        triples.update(writer.stance(stance, include_text=include_text))
    quads = (Quad(subject, predicate, value, graph) for subject, predicate, value in triples)
    return sorted(quads, key=str)


Triple = tuple[NamedNode, NamedNode, Term]


class _Writer:
    """The triples of one document, kind of thing by kind of thing."""

    def __init__(self, metadata: Metadata, kinds: Kinds, sha256: str, version: str, vocabulary_hash: str) -> None:
        self.metadata = metadata
        self.kinds = kinds
        self.sha256 = sha256
        self.version = version
        self.vocabulary_hash = vocabulary_hash
        self.node = NamedNode(iri("document", metadata.doc))

    def document(self) -> Iterator[Triple]:
        """The document itself: what it is, whose, where, when."""
        metadata, node = self.metadata, self.node
        yield node, _TYPE, _sg("Document")
        yield node, _sg("sourceHash"), Literal(self.sha256)
        yield node, _dcterms("language"), Literal(metadata.language.lower())
        for predicate, text in (
            (_dcterms("title"), metadata.title or metadata.doc),
            (_sg("symbol"), metadata.symbol),
            (_sg("documentKind"), metadata.kind),
            (_sg("restsOn"), metadata.basis),
        ):
            if text:
                yield node, predicate, Literal(text)
        if metadata.address:
            yield node, _sg("address"), _typed(metadata.address, "anyURI")
        for author in metadata.authors:
            yield node, _sg("hasAuthor"), self._iri(author, "author", ACTOR)
        if metadata.speaker:
            yield node, _sg("hasSpeaker"), NamedNode(iri("person", metadata.speaker))
            yield from self._person(metadata.speaker)
        if metadata.forum:
            yield node, _sg("isDeliveredIn"), self._forum(metadata.forum)
        yield from _date(node, metadata.date)

    def stance(self, stance: Stance, *, include_text: bool) -> Iterator[Triple]:
        """A stance with its evidence, its run, and the things that only it names."""
        node = NamedNode(iri("stance", stance.id))
        run = self._run(stance.extractor)
        yield node, _TYPE, _sg("Stance")
        yield node, _sg("hasAct"), NamedNode(iri("act", stance.act))
        yield node, _sg("hasPolarity"), _sg(stance.polarity)
        yield node, _sg("hasConfidence"), _decimal(stance.confidence)
        yield node, _sg("hasReviewStatus"), _sg(stance.review)
        yield node, _sg("isEvidencedBy"), self._passage(stance.evidence)
        yield node, NamedNode(PREFIXES["prov"] + "wasGeneratedBy"), run
        for holder in stance.holders:
            yield node, _sg("isHeldBy"), self._iri(holder, f"holder of {stance.id}", ACTOR)
        for target in stance.targets:
            yield node, _sg("hasTarget"), self._target(target, stance.id)
            yield from _candidate(target)
        for addressee in stance.addressees:
            yield node, _sg("isAddressedTo"), self._iri(addressee, f"addressee of {stance.id}", ADDRESSEE)
        if stance.forum:
            yield node, _sg("isMadeIn"), self._iri(stance.forum, f"forum of {stance.id}", FORUM)
        if stance.speaker:
            yield node, _sg("isUtteredBy"), NamedNode(iri("person", stance.speaker))
            yield from self._person(stance.speaker)
        if stance.on_behalf_of:
            group = self._iri(stance.on_behalf_of, f"group of {stance.id}", ACTOR)
            yield node, _sg("onBehalfOf"), group
        if stance.condition and include_text:
            yield node, _sg("condition"), Literal(stance.condition)
        yield from self._allusions(node, stance)
        yield from _date(node, stance.date)
        yield from self._evidence(stance.evidence, include_text=include_text)
        yield from self._generation(run, stance.extractor)

    def _allusions(self, node: NamedNode, stance: Stance) -> Iterator[Triple]:
        for actor, _ in stance.may_allude:
            yield node, _sg("mayAllude"), self._iri(actor, f"allusion of {stance.id}", ACTOR)
        if stance.may_allude:
            surest = max(confidence for _, confidence in stance.may_allude)
            yield node, _sg("allusionConfidence"), _decimal(surest)

    def _evidence(self, evidence: Evidence, *, include_text: bool) -> Iterator[Triple]:
        node = self._passage(evidence)
        yield node, _TYPE, _sg("Evidence")
        yield node, _sg("isFoundIn"), self.node
        yield node, _oa("start"), _typed(str(evidence.start), "integer")
        yield node, _oa("end"), _typed(str(evidence.end), "integer")
        yield node, _sg("sourceHash"), Literal(evidence.sha256 or self.sha256)
        if include_text:
            for name, text in (
                ("exact", evidence.exact),
                ("prefix", evidence.prefix),
                ("suffix", evidence.suffix),
            ):
                if text:
                    yield node, _oa(name), Literal(text)

    def _generation(self, run: NamedNode, extractor: str) -> Iterator[Triple]:
        yield run, _TYPE, _sg("Run")
        yield run, NamedNode(PREFIXES["prov"] + "used"), self.node
        yield run, _sg("extractorName"), Literal(extractor)
        yield run, _sg("softwareVersion"), Literal(self.version)
        if self.vocabulary_hash:
            yield run, _sg("vocabularyHash"), Literal(self.vocabulary_hash)

    def _person(self, person: str) -> Iterator[Triple]:
        """A speaker whom only this text names: persons are too many for the reference data."""
        if self.kinds.has(person, "person"):
            return
        node = NamedNode(iri("person", person))
        name = " ".join(part.capitalize() for part in person.split("-"))
        yield node, _TYPE, _sg("Person")
        yield node, NamedNode(PREFIXES["skos"] + "prefLabel"), Literal(name, language="en")
        yield node, _dcterms("source"), Literal(f"named in document {self.metadata.doc}")
        yield node, _sg("hasTrust"), _sg("knowledge")

    def _passage(self, evidence: Evidence) -> NamedNode:
        # stances on the same words share their passage
        return NamedNode(iri("evidence", f"{self.metadata.doc}-{evidence.start}-{evidence.end}"))

    def _run(self, extractor: str) -> NamedNode:
        said = "\n".join((self.sha256, extractor, self.version, self.vocabulary_hash))
        digest = hashlib.sha256(said.encode()).hexdigest()[:16]
        return NamedNode(iri("run", f"{self.metadata.doc}-{digest}"))

    def _target(self, target: str, stance: str) -> NamedNode:
        if target.startswith(CANDIDATE):
            return NamedNode(iri("topic", target))
        return self._iri(target, f"target of {stance}", TARGET)

    def _forum(self, identifier: str) -> NamedNode:
        """The forum of a document; one that names a meeting was delivered in the meeting's forum."""
        forum = None if self.kinds.has(identifier, "forum") else self.kinds.forum_of_meeting(identifier)
        return self._iri(forum or identifier, "forum", ("forum",))

    def _iri(self, identifier: str, role: str, allowed: Sequence[str]) -> NamedNode:
        return self.kinds.iri(identifier, f"{self.metadata.doc}: {role}", allowed)


def _candidate(target: str) -> Iterator[Triple]:
    """A topic that no scheme holds yet, with the phrase that named it."""
    if target.startswith(CANDIDATE):
        node = NamedNode(iri("topic", target))
        phrase = target.removeprefix(CANDIDATE).replace("-", " ")
        yield node, _TYPE, _sg("CandidateTopic")
        yield node, NamedNode(PREFIXES["skos"] + "prefLabel"), Literal(phrase, language="en")


def _date(node: NamedNode, said: str | None) -> Iterator[Triple]:
    """The date as said, and the days that it may mean as plain dates for comparing."""
    if said is None:
        return
    days = date_range(said)
    yield node, _sg("onDate"), _typed(said, days.datatype)
    yield node, _sg("earliest"), _typed(days.earliest, "date")
    yield node, _sg("latest"), _typed(days.latest, "date")


def _decimal(number: float) -> Literal:
    """Canonical form: no trailing zeros, else stores would change it."""
    text = f"{number:.4f}".rstrip("0").rstrip(".")
    return _typed(text, "decimal")


def _typed(text: str, datatype: str) -> Literal:
    return Literal(text, datatype=NamedNode(_XSD + datatype))


def _sg(name: str) -> NamedNode:
    return NamedNode(SG + name)


def _oa(name: str) -> NamedNode:
    return NamedNode(PREFIXES["oa"] + name)


def _dcterms(name: str) -> NamedNode:
    return NamedNode(PREFIXES["dcterms"] + name)
