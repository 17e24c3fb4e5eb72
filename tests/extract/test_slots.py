"""Whose position a clause is, who is asked, in which forum, and when."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from conftest import Clauses
from spacegov.extract import slots
from spacegov.extract.dates import find_dates
from spacegov.extract.mentions import Gazetteer
from spacegov.extract.records import Clause, Context, DateMention, Mention, Scope
from spacegov.extract.scope import scope_of
from spacegov.model import Act, Metadata, Vocabulary
from spacegov.sources.document import document_from_text

DAY = "2015-10-20"


@dataclass(frozen=True)
class Read:
    """One clause of a sentence, with everything that slots are filled from."""

    clause: Clause
    scope: Scope
    mentions: list[Mention]
    near: list[Mention]
    dates: list[DateMention]
    context: Context
    vocabulary: Vocabulary

    def holders(self, act: Act, last: tuple[str, ...] = ()) -> tuple[str, ...]:
        entries = self.vocabulary.entries
        filler = slots.holders(
            self.clause, self.scope, act, self.mentions, self.context, entries, last_actor=last, near=self.near
        )
        return filler.value

    def forum(self, act: Act) -> tuple[str, ...]:
        entries = self.vocabulary.entries
        return slots.forum(self.clause, act, self.mentions, (), self.context, entries).value

    def date(self, act: Act) -> tuple[str, ...]:
        return slots.date(self.clause, self.scope, act, self.dates, self.context).value

    def addressees(self, act: Act) -> tuple[str, ...]:
        return slots.addressees(self.clause, self.scope, act, self.mentions).value


@dataclass(frozen=True)
class Reader:
    """Reads a clause of a sentence in a document of Brazil's."""

    clauses: Clauses
    gazetteer: Gazetteer
    vocabulary: Vocabulary

    def __call__(
        self,
        sentence: str,
        kind: str = "root",
        forum: str | None = None,
        day: str | None = DAY,
        authors: tuple[str, ...] = ("brazil",),
        doc_kind: str | None = None,
    ) -> Read:
        clause = next(c for c in self.clauses(sentence) if c.kind == kind)
        found = self.gazetteer.find(sentence)
        mentions = [m for m in found if clause.start <= m.start < clause.end]
        near = [m for m in found if m not in mentions]
        document = document_from_text(sentence, Metadata(doc="d1", kind=doc_kind))
        context = Context(document=document, holders=authors, forum=forum, date=day)
        return Read(clause, scope_of(clause), mentions, near, find_dates(sentence, day), context, self.vocabulary)


@pytest.fixture
def read(clauses: Clauses, gazetteer: Gazetteer, vocabulary: Vocabulary) -> Reader:
    return Reader(clauses, gazetteer, vocabulary)


@pytest.mark.parametrize(
    ("sentence", "act", "holders"),
    [
        # the author
        ("We support the treaty.", "supports", {"brazil"}),
        ("My delegation supports the treaty.", "supports", {"brazil"}),
        ("The treaty is the cornerstone of space law.", "supports", {"brazil"}),
        ("Brazil supports the treaty.", "supports", {"brazil"}),
        # another actor as subject
        ("Cuba supports the treaty.", "supports", {"cuba"}),
        ("China and Russia submitted a draft.", "proposes", {"china", "russia"}),
        ("NASA signed an agreement.", "reports", {"united-states"}),
        ("The Government of Chile signed the treaty.", "reports", {"chile"}),
        # what is asked of another, or blamed on one, is the author's
        ("Cuba should support the treaty.", "calls-for", {"brazil"}),
        ("Cuba must not test such weapons.", "calls-for", {"brazil"}),
        ("Cuba threatens peace in space.", "criticises", {"brazil"}),
        # but who condemns holds it
        ("Cuba condemned the test.", "criticises", {"cuba"}),
        # the agent of a passive
        ("The draft was submitted by Cuba.", "proposes", {"cuba"}),
        ("The draft was submitted by China and Russia.", "proposes", {"china", "russia"}),
        ("The draft was submitted last year.", "proposes", {"brazil"}),
        ("The draft was backed by many States.", "supports", {"unnamed-states"}),
        ("The draft was backed by some Member States.", "supports", {"unnamed-states"}),
        # for others, or with them
        ("The minister signed the treaty on behalf of Cuba.", "reports", {"cuba"}),
        ("Together with Cuba, we support the treaty.", "supports", {"brazil", "cuba"}),
        # states without names
        ("Many countries support the treaty.", "supports", {"unnamed-states"}),
        ("Thirty-six other States signed the treaty.", "reports", {"unnamed-states"}),
        # bodies of the United Nations
        ("The General Assembly adopted the resolution.", "reports", {"un"}),
        ("The Committee has endorsed the guidelines.", "supports", {"un"}),
    ],
)
def test_the_holder_is_whose_position_it_is(read: Reader, sentence: str, act: Act, holders: set[str]) -> None:
    assert set(read(sentence).holders(act)) == holders


@pytest.mark.parametrize(
    ("sentence", "holders"),
    [
        ("We welcome the Soviet proposal.", {"ussr"}),
        ("We welcome the proposal of Cuba to ban such weapons.", {"cuba"}),
        ("We welcome the draft submitted by China and Russia.", {"china", "russia"}),
    ],
)
def test_a_noun_of_position_is_held_by_its_actor(read: Reader, sentence: str, holders: set[str]) -> None:
    assert set(read(sentence, kind="nominal").holders("proposes")) == holders
    assert set(read(sentence).holders("supports")) == {"brazil"}


def test_a_pronoun_stands_for_the_actor_of_the_sentence_before(read: Reader) -> None:
    assert read("It signed the treaty.").holders("reports", last=("cuba",)) == ("cuba",)
    assert read("It signed the treaty.").holders("reports") == ("brazil",)


def test_the_next_pronoun_can_stand_for_another_actor_only(read: Reader) -> None:
    entries = read.vocabulary.entries

    def carried(sentence: str, last: tuple[str, ...]) -> tuple[str, ...]:
        found = read(sentence)
        return slots.actor_of(found.clause, found.mentions, entries, found.context, last)

    assert carried("Cuba signed the treaty.", ()) == ("cuba",)
    assert carried("Brazil signed the treaty.", ("cuba",)) == ()
    assert carried("It signed the treaty.", ("cuba",)) == ("cuba",)
    assert carried("The treaty works.", ("cuba",)) == ()


@pytest.mark.parametrize(
    ("sentence", "addressees"),
    [
        ("All States should register their objects.", {"all-states"}),
        ("Cuba should register its objects.", {"cuba"}),
        ("We urge Cuba to register its objects.", {"cuba"}),
        ("We call upon all States to register their objects.", {"all-states"}),
        ("The Conference on Disarmament must begin its work.", {"cd"}),
        ("Objects must be registered.", set()),
    ],
)
def test_who_is_asked_is_the_addressee(read: Reader, sentence: str, addressees: set[str]) -> None:
    assert set(read(sentence).addressees("calls-for")) == addressees


def test_only_a_demand_has_addressees(read: Reader) -> None:
    assert read("Cuba registers its objects.").addressees("supports") == ()


def test_a_text_is_submitted_in_the_forum_that_is_named(read: Reader) -> None:
    found = read("We submitted a draft to the Conference on Disarmament.", forum="unga")
    assert found.forum("proposes") == ("cd",)


def test_a_forum_that_is_only_praised_is_not_where_it_was_said(read: Reader) -> None:
    assert read("We support the Conference on Disarmament.", forum="unga").forum("supports") == ("unga",)


def test_without_any_forum_there_is_none(read: Reader) -> None:
    assert read("We support the treaty.").forum("supports") == ()


@pytest.mark.parametrize(
    ("sentence", "act", "date"),
    [
        ("We submitted a draft in 2008.", "proposes", "2008"),
        ("We signed the treaty on 3 May 2010.", "reports", "2010-05-03"),
        ("We support the treaty of 1967.", "supports", DAY),
        ("We support the treaty.", "supports", DAY),
        ("In 2014 we supported the treaty.", "supports", "2014"),
        ("We will launch a satellite in 2030.", "commits", DAY),
        ("We signed the treaty for the years to 2040.", "reports", DAY),
    ],
)
def test_a_deed_has_its_own_date_and_what_is_said_has_the_documents(
    read: Reader, sentence: str, act: Act, date: str
) -> None:
    assert read(sentence).date(act) == (date,)


def test_an_undated_document_dates_nothing(read: Reader) -> None:
    assert read("We support the treaty.", day=None).date("supports") == ()


def test_a_body_older_than_its_founding_is_the_body_itself_where_none_is_named_alike(vocabulary: Vocabulary) -> None:
    assert slots.at_date("copuos", "1900", vocabulary.entries) == "copuos"
    assert slots.at_date("copuos", None, vocabulary.entries) == "copuos"


@pytest.mark.parametrize(
    ("year", "forum"),
    [("1963", "eighteen-nation-committee-on-disarmament"), ("1985", "cd"), ("1972", "cd"), ("1950", "cd")],
)
def test_the_committee_on_disarmament_is_the_one_of_its_day(vocabulary: Vocabulary, year: str, forum: str) -> None:
    assert slots.at_date("cd", year, vocabulary.entries) == forum


@pytest.mark.parametrize(
    ("sentence", "act", "day"),
    [
        ("In 2007 my Minister noted the danger of such tests.", "expresses-concern", "2007"),
        ("The test of 2007 left much debris.", "criticises", DAY),
    ],
)
def test_a_worry_has_the_day_on_which_it_was_said_and_not_that_of_the_deed(
    read: Reader, sentence: str, act: Act, day: str
) -> None:
    assert read(sentence).date(act) == (day,)
