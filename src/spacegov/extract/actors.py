"""Whom a noun phrase stands for: named actors, states without names, companies.

Companies are `private-sector` (guideline 23), whatever state's adjective stands before the word. Most have no
entry, so a name is known from what the document calls it ('the Kenyan company Acme Orbit') or from its end ('Inc').
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from spacegov.extract.clauses import subjects
from spacegov.extract.frames import lemma_of
from spacegov.extract.records import Mention
from spacegov.extract.whose import SPEAKING, stands_for
from spacegov.model import Entry

if TYPE_CHECKING:
    from spacy.tokens import Token

GENERIC: Final = {"GenericActor", "UnnamedActor"}
PRIVATE: Final = "private-sector"
CROWD: Final = "unnamed-states"
ONE: Final = "unnamed-state"
EVERY_STATE: Final = "all-states"
COUNTED: Final = frozenset(
    [
        "country", "nation", "state", "states", "signatory", "member", "power", "delegation", "government",
        "participant", "minister", "delegate", "representative", "speaker", "expert", "colleague",
    ]
)  # fmt: skip
"""'States' with a capital is a proper noun to the parser, which has no singular."""
QUANTITY: Final = frozenset(
    ["many", "several", "some", "other", "others", "more", "most", "few", "number", "majority", "various"]
)
_BARE: Final = frozenset(["some", "others", "many", "several"])
_OFFICES: Final = frozenset(
    [
        "delegation", "government", "side", "union", "administration", "president", "minister", "ministry",
        "representative", "leader", "leaders", "leadership", "authority", "ambassador", "envoy", "delegate",
        "spokesman", "spokeswoman", "spokesperson", "diplomat", "official", "secretary", "premier", "chancellor",
        "head", "mission", "republic", "kingdom", "parliament", "congress", "agency", "regime", "negotiator",
        "cabinet", "embassy", "consulate", "counterpart", "participant", "speaker", "lawyer", "counsel", "regulator",
        "adviser", "advisor", "aide", "expert", "scientist", "engineer", "academician", "astronomer", "academy",
        "commander", "general", "admiral", "marshal", "colonel", "commissioner", "chief", "director", "senator",
        "parliamentarian", "deputy", "monarch", "king", "queen", "prince", "office", "officer", "department", "bureau",
        "legislator", "lawmaker", "manager",
    ]
)  # fmt: skip
_FIRMS: Final = frozenset(
    [
        "company", "companies", "firm", "corporation", "enterprise", "startup", "start-up", "insurer", "manufacturer",
        "operator", "contractor", "vendor", "supplier", "industry", "business",
    ]
)  # fmt: skip
_GROUPS: Final = {"group", "movement", "union", "alliance", "league", "organization", "organisation", "association"}
_NAME: Final = r"[A-Z][\w&’'-]*(?: (?:[A-Z][\w&’'-]*|&)){0,4}"
_KIND_OF_FIRM: Final = r"(?:company|firm|start-?up|operator|manufacturer|contractor|insurer|provider)"
_INCORPORATED: Final = re.compile(
    rf"({_NAME}),? (?:Inc|LLC|Ltd|Limited|PBC|Corp|Corporation|GmbH|PLC|plc|Pty|Technologies)\b"
)
_INTRODUCED: Final = re.compile(rf"\b{_KIND_OF_FIRM},? ([A-Z][\w&-]*(?: [A-Z][\w&-]*){{0,3}})")
_EXPLAINED: Final = re.compile(
    rf"\b([A-Z][\w&-]+(?: [A-Z][\w&-]+){{0,3}}), (?:an?|the) (?:[\w-]+ ){{0,4}}{_KIND_OF_FIRM}\b"
)
_BREATH: Final = re.compile(
    r"[\s,]*(?:(?:and|as well as|the|our|its|their|those|that|delegations?|Governments?|Republic|Kingdom|of)\s+)*"
)
"""What stands between two names of a list: ', the delegation of '."""
_SHORT: Final = 4
"""Letters that the first word of a company's name needs to stand for it alone."""


@dataclass(frozen=True, slots=True)
class Names:
    """The names in and around a clause, and what is known of them."""

    mentions: tuple[Mention, ...]
    entries: Mapping[str, Entry]
    posts: Mapping[str, str]
    firms: frozenset[str]
    groups: tuple[str, ...] = ()
    """Groups and organisations named in and around the clause, in reading order."""

    @classmethod
    def of(
        cls,
        text: str,
        block: str,
        mentions: Sequence[Mention],
        entries: Mapping[str, Entry],
        posts: Mapping[str, str] | None = None,
    ) -> Names:
        """The actors and persons among mentions of a block; those of other blocks (other offsets) are left out."""
        here = (m for m in mentions if m.kind in {"actor", "person"} and block[m.start : m.end] == m.text)
        groups = tuple(m.id for m in mentions if m.kind == "actor" and entries[m.id].type in {"Bloc", "Organisation"})
        return cls(tuple(here), entries, posts or {}, firm_names(text), groups)

    def at(self, token: Token) -> str | None:
        """The actor whose name a word stands in."""
        for mention in self.mentions:
            if mention.start <= token.idx < mention.end and not mention.adjective:
                return self.actor(mention)
        return None

    def short(self, token: Token) -> tuple[str, ...]:
        """The group that 'the Movement', 'the Group' stands for: the last one named that has the word."""
        if token.lower_ not in _GROUPS or not any(c.lower_ in {"the", "this", "that"} for c in token.children):
            return ()
        found = [g for g in self.groups if token.lower_ in self.entries[g].label.lower().split()]
        return tuple(found[-1:])

    def actor(self, mention: Mention) -> str | None:
        """The actor of a mention: the state of an agency or of the person who holds an office."""
        found = stands_for(mention.id, self.entries, self.posts)
        return mention.id if found is None and self.is_generic(mention.id) else found

    def within(self, low: int, high: int, *, generic: bool = False) -> tuple[str, ...]:
        """Actors named between two offsets, adjectives of theirs too."""
        found = [self.actor(m) for m in self.mentions if low <= m.start < high]
        return tuple(dict.fromkeys(a for a in found if a and (generic or self.entries[a].type in SPEAKING)))

    def last_before(self, place: int) -> tuple[str, ...]:
        """The actor named last before an offset of the block (of an adjective too); nobody where none is."""
        before = [m for m in self.mentions if m.end <= place]
        found = (self.actor(m) for m in sorted(before, key=lambda m: -m.start))
        return next(((a,) for a in found if a and self.entries[a].type in SPEAKING), ())

    def in_one_breath(self, text: str, place: int, end: int) -> tuple[str, ...]:
        """The actors of a list between two offsets, from the first on: 'Chad, Fiji and the Kingdom of Tonga'."""
        found = []
        for mention in sorted((m for m in self.mentions if place <= m.start < end), key=lambda m: m.start):
            if not _BREATH.fullmatch(text, place, mention.start):
                break
            found.append(self.actor(mention))
            place = mention.end
        return tuple(dict.fromkeys(a for a in found if a and self.entries[a].type in SPEAKING))

    def particular(self, actors: Iterable[str]) -> tuple[str, ...]:
        """Those of some actors that have names of their own."""
        return tuple(a for a in actors if not self.is_generic(a))

    def is_generic(self, actor: str) -> bool:
        """Whether an actor is a kind of actors ('developing countries'), not one with a name."""
        return self.entries[actor].type in GENERIC if actor in self.entries else False


@lru_cache(maxsize=16)
def firm_names(text: str) -> frozenset[str]:
    """Names that a document calls companies, and the first words of them.

    >>> sorted(firm_names("The Kenyan company Acme Orbit signed. Orbex Launch Ltd. did not."))
    ['Acme', 'Acme Orbit', 'Orbex', 'Orbex Launch']
    """
    found = {m.group(1) for form in (_INCORPORATED, _INTRODUCED, _EXPLAINED) for m in form.finditer(text)}
    first = {name.split()[0] for name in found}
    return frozenset(found | {word for word in first if len(word) >= _SHORT and word.lower() not in _TOO_COMMON})


_TOO_COMMON: Final = {"space", "united", "national", "international", "global", "china", "russia", "japan", "india"}


def subject_actors(head: Token, names: Names) -> tuple[str, ...]:
    """The actors that do what a verb says, by its grammatical subjects; empty where none is an actor."""
    found: list[str] = []
    for token in subjects(head):
        if head.dep_ == "relcl" and token.i > head.i:
            continue
        found.extend(noun_actors(token, names))
    return tuple(dict.fromkeys(found))


def noun_actors(token: Token, names: Names) -> tuple[str, ...]:
    """The actors that a noun with what hangs on it stands for."""
    if is_firm(token, names):
        return (PRIVATE,)
    named = names.at(token)
    if named:
        return (crowd_of(token) if named == EVERY_STATE else ()) or (named,)  # 'some Member States'
    if lemma_of(token) in _OFFICES or token.lower_ in _OFFICES or token.pos_ == "PROPN":
        inside = {t.i for t in own_words(token)}
        spots = {t.idx for t in token.subtree if t.i in inside}
        found = [
            actor
            for m in names.mentions
            if any(m.start <= at < m.end for at in spots) and (actor := names.actor(m)) and not names.is_generic(actor)
        ]
        return tuple(dict.fromkeys(found))
    return ()


def is_official(token: Token) -> bool:
    """Whether a noun is a person in office: 'its minister', 'Foreign Minister Okafor', 'the delegation'."""
    return any(t.lower_ in _OFFICES for t in (token, *(c for c in token.children if c.dep_ == "compound")))


def for_whom(verb: Token, names: Names) -> tuple[str, ...]:
    """The state that an official acts for: 'Minister Okafor signed for Nigeria'."""
    objects = (o for c in verb.children if c.lower_ == "for" for o in c.children if o.dep_ == "pobj")
    return names.particular(a for o in objects for a in noun_actors(o, names))[:1]


def own_words(token: Token) -> Iterator[Token]:
    """A noun phrase without its conjuncts, its relative clauses and what else tells more of it."""
    yield token
    for child in token.children:
        if child.dep_ not in {"relcl", "acl", "advcl", "conj", "cc", "ccomp", "parataxis", "appos"}:
            yield from own_words(child) if child.dep_ != "pobj" else child.subtree
        elif child.dep_ == "appos":
            yield child
            yield from (t for t in child.children if t.dep_ in {"compound", "amod", "nmod"})


def is_firm(token: Token, names: Names) -> bool:
    """Whether a noun is a company: by its own word, or by a name that the document calls one."""
    if lemma_of(token) in _FIRMS or token.lower_ in _FIRMS:
        return True
    if lemma_of(token) in QUANTITY:  # 'a number of companies'
        return any(is_firm(o, names) for c in token.children if c.lower_ == "of" for o in c.children)
    if token.pos_ != "PROPN":
        return False
    if any(c.lower_ in _FIRMS and c.dep_ in {"compound", "nmod", "amod"} for c in token.children):
        return True  # 'Kenyan company Acme'
    words = [t for t in own_words(token) if t.dep_ != "prep"]
    phrase = " ".join(t.text for t in sorted(words, key=lambda t: t.i))
    return any(re.search(rf"\b{re.escape(name)}\b", phrase) for name in names.firms) and names.at(token) is None


def bare_crowd(token: Token) -> tuple[str, ...]:
    """'Others fear that …', 'some object': states without a noun, where the verb is one of a holder."""
    if token.lower_ in _BARE and not any(c.lower_ == "of" for c in token.children):
        return (CROWD,)
    return ()


def crowd_of(token: Token) -> tuple[str, ...]:
    """'36 other countries', 'many States', 'one delegation': states without names."""
    before = [t for t in token.subtree if t.i <= token.i]
    if lemma_of(token) in COUNTED:
        if any(t.lower_ == "one" and t.head.i == token.i for t in before):
            return (ONE,)
        if any(t.pos_ == "NUM" or t.lower_ in QUANTITY for t in before):
            return (CROWD,)
    if token.lower_ in {"many", "several", "some", "others", "most", "number", "majority"} and any(
        lemma_of(t) in COUNTED for t in token.subtree
    ):
        return (CROWD,)
    return ()
