"""A graph of any size with the shape of the real one: the same terms, made-up stances.

The proportions are those of the fact tables (200 actors, 70 forums, 260 instruments, 140 topics, 100
recorded votes with 150 ballots each); a document holds 15 stances. The seed is fixed: the same size
gives the same quads.
"""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

from pyoxigraph import Literal, NamedNode, Quad

from spacegov.namespaces import PREFIXES, REFERENCE_GRAPH, SG, document_graph, iri

ACTS = (
    "proposes",
    "supports",
    "opposes",
    "calls-for",
    "criticises",
    "expresses-concern",
    "commits",
    "reports",
)
ACTORS, FORUMS, INSTRUMENTS, TOPICS, VOTES, BLOCS = 200, 70, 260, 140, 100, 10

Term = NamedNode | Literal


def sg(name: str) -> NamedNode:
    return NamedNode(SG + name)


def term(prefix: str, name: str) -> NamedNode:
    return NamedNode(PREFIXES[prefix] + name)


def thing(kind: str, number: int | str) -> NamedNode:
    return NamedNode(iri(kind, f"{kind}-{number}" if isinstance(number, int) else number))


def typed(text: str, datatype: str) -> Literal:
    return Literal(text, datatype=term("xsd", datatype))


def quads(stances: int) -> Iterator[Quad]:
    """The whole graph: reference facts, then documents with their stances."""
    chance = Random(20261122)
    reference = NamedNode(REFERENCE_GRAPH)
    for triple in facts(chance):
        yield Quad(*triple, reference)
    per_document = 15
    for number in range(max(1, stances // per_document)):
        graph = NamedNode(document_graph(f"document-{number}"))
        for triple in document(number, per_document, chance):
            yield Quad(*triple, graph)


def facts(chance: Random) -> Iterator[tuple[NamedNode, NamedNode, Term]]:
    """Actors, forums, topics, instruments, submissions, votes, memberships, treaty status."""
    rdf_type = term("rdf", "type")
    for kind, count, cls in (
        ("actor", ACTORS, "State"), ("forum", FORUMS, "Forum"), ("topic", TOPICS, "Topic"),
        ("instrument", INSTRUMENTS, "Instrument"),
    ):  # fmt: skip
        for n in range(count):
            node = thing(kind, n)
            label = f"{kind} {n}"
            is_bloc = kind == "actor" and n < BLOCS
            yield node, rdf_type, sg("Bloc" if is_bloc else cls)
            yield node, term("skos", "prefLabel"), Literal(label, language="en")
            yield node, term("dcterms", "source"), Literal("made up")
            yield node, sg("hasTrust"), sg("verified")
            if kind == "actor":
                yield node, sg("actorKind"), Literal("bloc" if is_bloc else "state")
            if kind == "topic" and n >= 6:
                yield node, term("skos", "broader"), thing("topic", chance.randrange(n // 3 + 1))
            if kind == "forum" and n >= 5:
                yield node, sg("isPartOf"), thing("forum", chance.randrange(5))
    yield from instruments(chance, rdf_type)
    yield from memberships(chance, rdf_type)


def instruments(chance: Random, rdf_type: NamedNode) -> Iterator[tuple[NamedNode, NamedNode, Term]]:
    """Subjects, submissions, versions, votes, ballots and treaty status."""
    for n in range(INSTRUMENTS):
        node = thing("instrument", n)
        yield node, term("dcterms", "subject"), thing("topic", chance.randrange(TOPICS))
        yield node, sg("status"), Literal(chance.choice(("adopted", "draft", "rejected", "in force")))
        yield node, sg("symbol"), Literal(f"A/RES/{n}")
        if n % 3 == 0 and n:
            yield node, sg("supersedes"), thing("instrument", n - 3)
        if n % 2:
            fact = thing("submission", n)
            yield fact, rdf_type, sg("Submission")
            yield fact, sg("submits"), node
            yield fact, sg("isSubmittedIn"), thing("forum", chance.randrange(FORUMS))
            yield fact, sg("onDate"), typed(str(1960 + n % 64), "gYear")
            yield fact, sg("submissionAct"), Literal("submitted")
            yield fact, sg("hasTrust"), sg("verified")
            yield fact, term("dcterms", "source"), Literal("made up")
            for actor in chance.sample(range(BLOCS, ACTORS), 1 + n % 4):
                yield fact, sg("isSubmittedBy"), thing("actor", actor)
    for n in range(VOTES):
        vote = thing("vote", n)
        yield vote, rdf_type, sg("RecordedVote")
        yield vote, sg("isVoteOn"), thing("instrument", n * 2)
        yield vote, sg("takesPlaceIn"), thing("forum", 0)
        yield vote, sg("onDate"), typed(f"{1960 + n % 64}-12-01", "date")
        yield vote, sg("hasTrust"), sg("verified")
        for actor in range(BLOCS, BLOCS + 150):
            ballot = thing("ballot", f"ballot-{n}-{actor}")
            yield ballot, rdf_type, sg("Ballot")
            yield ballot, sg("isCastIn"), vote
            yield ballot, sg("isCastBy"), thing("actor", actor)
            yield ballot, sg("hasChoice"), sg(chance.choice(("yes", "yes", "yes", "no", "abstain")))
            yield ballot, sg("hasTrust"), sg("verified")
    for treaty in range(6):
        yield thing("instrument", treaty), rdf_type, sg("Treaty")
        for actor in range(BLOCS, ACTORS):
            fact = thing("treaty-status", f"status-{treaty}-{actor}")
            yield fact, rdf_type, sg("TreatyStatus")
            yield fact, sg("isStatusOf"), thing("actor", actor)
            yield fact, sg("isStatusUnder"), thing("instrument", treaty)
            yield fact, sg("hasTreatyStatus"), sg(chance.choice(("party", "signatory", "notParty")))
            yield fact, sg("hasTrust"), sg("knowledge")
            yield fact, term("dcterms", "source"), Literal("made up")


def memberships(chance: Random, rdf_type: NamedNode) -> Iterator[tuple[NamedNode, NamedNode, Term]]:
    """Twenty members in each bloc."""
    for bloc in range(BLOCS):
        for actor in chance.sample(range(BLOCS, ACTORS), 20):
            fact = thing("membership", f"mem-{bloc}-{actor}")
            yield fact, rdf_type, sg("Membership")
            yield fact, sg("isMembershipOf"), thing("actor", actor)
            yield fact, sg("isMembershipIn"), thing("actor", bloc)
            yield fact, sg("hasRole"), Literal("member")
            yield fact, sg("hasTrust"), sg("knowledge")


def document(number: int, count: int, chance: Random) -> Iterator[tuple[NamedNode, NamedNode, Term]]:
    """One document of one actor in one year, with its stances."""
    rdf_type = term("rdf", "type")
    node, author = thing("document", number), thing("actor", chance.randrange(ACTORS))
    day = f"{chance.randrange(1960, 2026)}-{chance.randrange(1, 13):02}-{chance.randrange(1, 29):02}"
    forum = thing("forum", chance.randrange(FORUMS))
    yield node, rdf_type, sg("Document")
    yield node, term("dcterms", "title"), Literal(f"Statement {number}")
    yield node, sg("symbol"), Literal(f"A/C.1/{number}")
    yield node, sg("hasAuthor"), author
    yield node, sg("isDeliveredIn"), forum
    yield from dated(node, day)
    for place in range(count):
        evidence = thing("evidence", f"document-{number}-{place * 100}-{place * 100 + 80}")
        stance = thing("stance", f"document-{number}-{place:016x}")
        yield evidence, rdf_type, sg("Evidence")
        yield evidence, sg("isFoundIn"), node
        yield evidence, term("oa", "start"), typed(str(place * 100), "integer")
        yield evidence, term("oa", "end"), typed(str(place * 100 + 80), "integer")
        yield evidence, term("oa", "exact"), Literal(f"passage {place} of document {number}")
        yield stance, rdf_type, sg("Stance")
        yield stance, sg("isHeldBy"), author
        if chance.random() < 0.1:
            yield stance, sg("isHeldBy"), thing("actor", chance.randrange(ACTORS))
        act = chance.choice(ACTS)
        yield stance, sg("hasAct"), NamedNode(iri("act", act))
        yield stance, sg("hasPolarity"), sg(chance.choice(("for", "for", "against", "neutral")))
        for _ in range(chance.choice((1, 1, 2))):
            kind, size = chance.choice((("topic", TOPICS), ("topic", TOPICS), ("instrument", INSTRUMENTS)))
            yield stance, sg("hasTarget"), thing(kind, chance.randrange(size))
        if act == "criticises":
            yield stance, sg("hasTarget"), thing("actor", chance.randrange(ACTORS))
        if act == "calls-for":
            yield stance, sg("isAddressedTo"), thing("actor", chance.randrange(ACTORS))
        if chance.random() < 0.05:
            yield stance, sg("condition"), Literal("if it can be verified")
        if chance.random() < 0.02:
            yield stance, sg("mayAllude"), thing("actor", chance.randrange(ACTORS))
            yield stance, sg("allusionConfidence"), typed("0.5", "decimal")
        yield stance, sg("isMadeIn"), forum
        yield stance, sg("hasConfidence"), typed("0.7", "decimal")
        yield stance, sg("hasReviewStatus"), sg("unreviewed")
        yield stance, sg("isEvidencedBy"), evidence
        yield from dated(stance, day)


def dated(node: NamedNode, day: str) -> Iterator[tuple[NamedNode, NamedNode, Term]]:
    yield node, sg("onDate"), typed(day, "date")
    yield node, sg("earliest"), typed(day, "date")
    yield node, sg("latest"), typed(day, "date")
