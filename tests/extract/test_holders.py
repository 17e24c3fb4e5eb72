"""Whose position a clause is, where it is not plainly the author's or the subject's (see test_slots.py for those)."""

from __future__ import annotations

import pytest
from test_slots import Reader, read  # noqa: F401 - a fixture

from spacegov.model import Act


@pytest.mark.parametrize(
    ("sentence", "kind", "act", "holders"),
    [
        # an elided subject is that of the verb before
        ("Peru has published a roadmap and intends to invest in satellites.", "conj", "commits", {"peru"}),
        ("Fiji signed the Accords and pledged to share its data.", "conj", "commits", {"fiji"}),
        ("We published a roadmap and intend to invest in satellites.", "conj", "commits", {"brazil"}),
        ("Peru signed and we plan to follow.", "conj", "commits", {"brazil"}),
        # a participle clause has the subject of its main clause
        ("Affirming its commitment to peace in space, Fiji became a party.", "participle", "commits", {"fiji"}),
        ("Citing the debris, Ghana submitted a draft.", "participle", "proposes", {"ghana"}),
        ("Affirming our commitment to peace in space, we became a party.", "participle", "commits", {"brazil"}),
        # what the author knows of another is the other's, what he hopes of it his own
        ("We know that Peru is ready to share its data.", "ccomp", "commits", {"peru"}),
        ("We note that the Government of Ghana is willing to share its data.", "ccomp", "commits", {"ghana"}),
        ("We are aware that Fiji supports the ban.", "ccomp", "supports", {"fiji"}),
        ("We hope that Peru will share its data.", "ccomp", "commits", {"brazil"}),
        ("We expect that Ghana will support the ban.", "ccomp", "supports", {"brazil"}),
        ("We believe that Fiji will share its data.", "ccomp", "commits", {"brazil"}),
        # what another says should be done is the other's
        ("Peru said that all States should register their objects.", "ccomp", "calls-for", {"peru"}),
        ("Some delegations said that the draft should be revised.", "ccomp", "calls-for", {"unnamed-states"}),
        ("We said that all States should register their objects.", "ccomp", "calls-for", {"brazil"}),
        ("The view was expressed that debris should be removed.", "ccomp", "calls-for", {"unnamed-state"}),
        ("Peru regretted that the draft had been weakened.", "ccomp", "criticises", {"peru"}),
        ("Others doubted that the draft would stop anybody.", "ccomp", "criticises", {"unnamed-states"}),
        ("We regret that the draft has been weakened.", "ccomp", "criticises", {"brazil"}),
    ],
)
def test_a_clause_takes_its_holder_from_the_clause_above(
    read: Reader,  # noqa: F811
    sentence: str,
    kind: str,
    act: Act,
    holders: set[str],
) -> None:
    assert set(read(sentence, kind=kind).holders(act)) == holders


@pytest.mark.parametrize(
    ("sentence", "act", "holders"),
    [
        # in whose eyes it stands
        ("The Soviet draft enjoys the full support of the Government of Ghana.", "supports", {"ghana"}),
        ("The plan met with the approval of Peru.", "supports", {"peru"}),
        ("The draft is unacceptable to many countries.", "opposes", {"unnamed-states"}),
        ("The draft was welcomed by Fiji.", "supports", {"fiji"}),
        ("The draft enjoys the support of the text.", "supports", {"brazil"}),
        ("The draft enjoys our full support.", "supports", {"brazil"}),
        # an agent that is a thing acts for nobody
        ("The ban is backed by the terms of the treaty with Peru.", "supports", {"brazil"}),
        # lists
        ("The other signatories are Peru, Fiji and Ghana.", "reports", {"peru", "fiji", "ghana"}),
        ("Signatories include Peru and Fiji.", "reports", {"peru", "fiji"}),
        ("The other topics are Peru, Fiji and Ghana.", "reports", {"brazil"}),
        # with others
        (
            "Our ministers, together with their French counterparts, opened the station.", "reports",
            {"brazil", "france"},
        ),
        ("We tabled a draft, together with our Chinese partners.", "proposes", {"brazil", "china"}),
        ("We submitted, jointly with China, Fiji and Peru, a draft.", "proposes", {"brazil", "china", "fiji", "peru"}),
        ("Ghana tabled a draft together with Fiji.", "proposes", {"ghana", "fiji"}),
        ("Ghana tabled a draft together with a report on Fiji.", "proposes", {"ghana"}),
        ("We tabled a draft together with Fiji, and Ghana rejected it.", "proposes", {"brazil", "fiji"}),
        ("We proposed that a study be made together with Fiji.", "proposes", {"brazil"}),
        ("We work together with China.", "commits", {"brazil"}),
        # companies
        ("Kenyan companies have launched four satellites.", "reports", {"private-sector"}),
        ("Japan and Orbex Launch Ltd have signed a contract.", "reports", {"japan", "private-sector"}),
        ("Companies should remove their satellites.", "calls-for", {"brazil"}),
        ("Companies threaten the dark sky.", "criticises", {"brazil"}),
        # able to do and unable to accept
        ("Peru cannot support the draft.", "opposes", {"peru"}),
        ("Peru could do more for the ban.", "proposes", {"brazil"}),
        # kinds of actors, where the verb says that they hold it
        ("The developing countries have endorsed the ban.", "supports", {"developing-countries"}),
        ("The developing countries lack satellites.", "supports", {"brazil"}),
        ("A number of Japanese companies have launched satellites.", "reports", {"private-sector"}),
        ("The Kenyan insurer Acme announced a satellite.", "reports", {"private-sector"}),
        # whose event it is
        ("A seminar on debris hosted by Fiji and Peru was opened in Suva.", "reports", {"fiji", "peru"}),
        ("A seminar on debris described by Peru was opened in Suva.", "reports", {"brazil"}),
        # the deed of another that the author knows of
        ("We know that Ghana has signed the Accords.", "reports", {"ghana"}),
        ("We know that Ghana has signed the Accords.", "supports", {"brazil"}),
        # as reports write
        ("The view was expressed that the text was premature.", "opposes", {"unnamed-state"}),
        ("The text was expressed in six languages.", "supports", {"brazil"}),
        # others without a noun, where the verb is one of saying or wishing
        ("Some fear a flood of small satellites.", "expresses-concern", {"unnamed-states"}),
        ("Others pointed to the cost of the ban.", "criticises", {"unnamed-states"}),
        ("Some of the satellites fear no collision.", "expresses-concern", {"brazil"}),
        ("Others drift without control.", "reports", {"brazil"}),
        # what somebody is praised for is not what somebody holds
        ("Peru and Fiji have shown us the way to a ban.", "supports", {"brazil"}),
        ("The plans that Peru has laid before us meet this need.", "supports", {"brazil"}),
        ("Peru seems to us the natural home of the agency.", "supports", {"brazil"}),
        ("Peru welcomed the way to a ban.", "supports", {"peru"}),
        ("Peru prefers a ban.", "supports", {"peru"}),
    ],
)  # fmt: skip
def test_a_clause_may_have_its_holder_beside_the_subject(
    read: Reader,  # noqa: F811
    sentence: str,
    act: Act,
    holders: set[str],
) -> None:
    assert set(read(sentence).holders(act)) == holders


@pytest.mark.parametrize(
    ("sentence", "act", "holders"),
    [
        ("Reference was made to the proposal of the Government of Peru to found an agency.", "proposes", {"peru"}),
        ("We noted the proposals of Ghana now before us.", "proposes", {"ghana"}),
        ("The growing concern of the developing countries over the race is justified.", "expresses-concern",
         {"developing-countries"}),
        ("We deplore the refusal of Fiji to register its objects.", "opposes", {"fiji"}),
        ("We deplore Peru's insistence that the ban be partial.", "calls-for", {"peru"}),
        ("We regret its refusal to register objects.", "opposes", {"brazil"}),
        # a pronoun beside an act of the author's own is whoever was named before
        ("Peru spoke last week, and we share its view that tests must end.", "calls-for", {"peru"}),
        ("Peru spoke last week, and my Government shares its view that tests must end.", "calls-for", {"peru"}),
        ("We share its view that tests must end.", "calls-for", {"brazil"}),
        # praise of a proposal is the author's, unless the clause says whose support it has
        ("We like the proposal of the Government of Peru to found an agency.", "supports", {"brazil"}),
        ("We like the proposal by Peru, which enjoys the support of Ghana.", "supports", {"ghana"}),
    ],
)  # fmt: skip
def test_a_noun_of_position_has_a_holder_of_its_own(
    read: Reader,  # noqa: F811
    sentence: str,
    act: Act,
    holders: set[str],
) -> None:
    assert set(read(sentence, kind="nominal").holders(act)) == holders


def test_its_refusal_is_that_of_the_actor_of_the_sentence_before(read: Reader) -> None:  # noqa: F811
    found = read("We regret its refusal to register objects.", kind="nominal")
    assert found.holders("opposes", last=("peru",)) == ("peru",)


@pytest.mark.parametrize("subject", ["The two sides", "Both countries", "Our countries"])
def test_the_two_are_the_authors_of_a_joint_document_or_whom_the_sentence_before_named(
    read: Reader,  # noqa: F811
    subject: str,
) -> None:
    sentence = f"{subject} support the ban."
    assert set(read(sentence, authors=("brazil", "peru")).holders("supports")) == {"brazil", "peru"}
    assert set(read(sentence).holders("supports", last=("peru", "fiji"))) == {"peru", "fiji"}


@pytest.mark.parametrize(
    ("sentence", "holders"),
    [
        ("Peru met Fiji, and both states support the ban.", {"peru", "fiji"}),
        ("Peru met Fiji and Ghana, and both states support the ban.", {"brazil"}),
    ],
)
def test_both_states_are_the_two_that_were_named_before(
    read: Reader,  # noqa: F811
    sentence: str,
    holders: set[str],
) -> None:
    assert set(read(sentence, kind="conj").holders("supports")) == holders


def test_many_countries_are_not_the_two(read: Reader) -> None:  # noqa: F811
    found = read("Many countries support the ban.", authors=("brazil", "peru"))
    assert found.holders("supports") == ("unnamed-states",)


@pytest.mark.parametrize(
    ("sentence", "kind", "act", "holders"),
    [
        # what a subject blames or would do is its own, where only a reporter tells it
        ("Peru's regulator judged the ban weak.", "root", "criticises", {"peru"}),
        ("The French delegation would not have a charter.", "root", "opposes", {"france"}),
        # and what it does is no criticism of its own
        ("Peru launched a satellite that wrecks the orbits of all.", "root", "criticises", set()),
    ],
)
def test_in_a_text_without_an_author_those_who_are_named_hold_it(
    read: Reader,  # noqa: F811
    sentence: str,
    kind: str,
    act: Act,
    holders: set[str],
) -> None:
    assert set(read(sentence, kind=kind, authors=()).holders(act)) == holders
    assert set(read(sentence, kind=kind).holders(act)) == {"brazil"}, "an author keeps what nobody else holds"


@pytest.mark.parametrize(
    ("sentence", "doc_kind", "holders"),
    [
        ("Peru spoke, and debris must be removed.", "news", {"peru"}),
        ("Peru spoke to Fiji, and debris must be removed.", "news", set()),
        ("Peru spoke, and we must remove debris.", "news", set()),
        ("Peru spoke, and debris must be removed.", "statement", set()),
    ],
)
def test_what_nobody_is_said_to_hold_in_a_report_is_of_the_one_actor_named_before(
    read: Reader,  # noqa: F811
    sentence: str,
    doc_kind: str,
    holders: set[str],
) -> None:
    found = read(sentence, kind="conj", authors=(), doc_kind=doc_kind)
    assert set(found.holders("calls-for")) == holders
