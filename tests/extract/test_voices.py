"""Passages that are another's words: quotations, and the turns of a record."""

from __future__ import annotations

import pytest

from spacegov.extract.discourse import Discourse
from spacegov.extract.language_model import load_model
from spacegov.extract.mentions import Gazetteer
from spacegov.extract.voices import quotations, turns
from spacegov.model import Metadata, Vocabulary
from spacegov.sources.document import document_from_text


def heard(text: str, names: dict[str, str]) -> list[tuple[str, str]]:
    """The quoted passages of a text with whose they are; `names` are the only names known."""
    document = document_from_text(text, Metadata(doc="d1"))

    def resolve(start: int, end: int) -> tuple[tuple[str, ...], None] | None:
        found = next((a for n, a in names.items() if n in document.text[start:end]), None)
        return ((found,), None) if found else None

    return [(document.text[p.start : p.end], p.voice[0][0]) for p in quotations(document, resolve)]


LONG = "Outer space is no place for any weapon, and we shall place none there"
NAMES = {"Fiji": "fiji", "Peru": "peru", "Ghana": "ghana"}


@pytest.mark.parametrize(
    ("text", "whose"),
    [
        (f"The Prime Minister of Fiji said in May: “{LONG}.”", "fiji"),
        (f"In the words of the Minister for Foreign Affairs of Peru: “{LONG}.”", "peru"),
        (f'President Osei of Ghana stated: "{LONG}."', "ghana"),
        (f"“{LONG}”, said the Minister of Peru.", "peru"),
        (f"“{LONG},” the envoy of Ghana added.", "ghana"),
    ],
)
def test_a_quotation_is_his_who_introduces_it(text: str, whose: str) -> None:
    assert [voice for _, voice in heard(text, NAMES)] == [whose]


@pytest.mark.parametrize(
    "text",
    [
        f"A newspaper of Fiji had this headline: “{LONG}.”",
        f"An article in Peru declared: “{LONG}.”",
        f"We said in Ghana: “{LONG}.”",
        f"Fiji is far away. “{LONG}.”",
        "The envoy of Peru spoke of a “peace zone” and of “Star Wars”.",
        f"The preamble that Ghana signed says: “{LONG}.”",
    ],
)
def test_headlines_terms_and_ones_own_words_are_no_voice(text: str) -> None:
    assert heard(text, NAMES) == []


def test_a_quotation_runs_over_paragraphs_that_open_anew_until_it_closes() -> None:
    text = f"The Prime Minister of Fiji said:\n\n“{LONG}.\n\n“We ask all States to do likewise.”\n\nWe agree with Peru."
    ((quoted, whose),) = heard(text, NAMES)
    assert whose == "fiji"
    assert quoted.endswith("We ask all States to do likewise.")


def test_a_quotation_that_is_never_closed_ends_with_its_paragraph() -> None:
    ((quoted, _),) = heard(f'The envoy of Peru said: "{LONG}.\n\nFiji did not answer.', NAMES)
    assert quoted == f"{LONG}."


RECORD = """The Chair: We come to the draft.

Mr. Turaga (Fiji): We shall vote in favour.

It is a good text.

Ms. Quispe (Peru), also on behalf of Ghana: We shall abstain.

A recorded vote was taken."""


def test_a_turn_lasts_until_the_next_speaker() -> None:
    document = document_from_text(RECORD, Metadata(doc="d1"))

    def resolve(start: int, end: int) -> tuple[tuple[str, ...], None] | None:
        found = next((a for n, a in NAMES.items() if n in document.text[start:end]), None)
        return ((found,), None) if found else None

    found = [
        (p.voice[0], document.text[p.start : p.end].strip()[-12:]) for p in turns(document, resolve, (("un",), None))
    ]
    assert found == [
        (("un",), "o the draft."),
        (("fiji",), "a good text."),
        (("peru", "ghana"), "all abstain."),
        (("un",), "te was taken."[1:]),
    ]


def test_one_name_in_brackets_makes_no_record() -> None:
    document = document_from_text("Mr. Turaga (Fiji) was elected.", Metadata(doc="d1"))
    assert list(turns(document, lambda *_: (("fiji",), None), (("un",), None))) == []


def test_the_sentences_of_a_statement_that_are_quoted_are_anothers(
    gazetteer: Gazetteer, vocabulary: Vocabulary
) -> None:
    text = f"We want peace. The Prime Minister of Fiji told the United Nations: “{LONG}. It must stay so.” We agree."
    document = document_from_text(text, Metadata(doc="d1", authors=("brazil",), kind="statement"))
    mentions = gazetteer.find(document.text)
    discourse = Discourse(document, vocabulary, mentions, gazetteer.find)
    voices = [discourse.of_sentence(s, 0, mentions).holders for s in load_model()(document.text).sents]
    assert voices[0] == voices[-1] == ("brazil",)
    assert ("fiji",) in voices[1:-1]
    assert ("un",) not in voices


@pytest.mark.parametrize(
    ("said", "day"),
    [("said on 19 September 1963", "1963-09-19"), ("said this morning", "1963-10"), ("said", "1963-10")],
)
def test_a_quotation_is_of_the_day_on_which_it_is_said_to_have_been_spoken(
    gazetteer: Gazetteer, vocabulary: Vocabulary, said: str, day: str
) -> None:
    text = f"The Minister of Ghana {said}: “{LONG}, now and ever. It must stay so, for all of us.” We agree."
    document = document_from_text(text, Metadata(doc="d1", authors=("brazil",), date="1963-10", kind="statement"))
    mentions = gazetteer.find(document.text)
    discourse = Discourse(document, vocabulary, mentions, gazetteer.find)
    contexts = [discourse.of_sentence(s, 0, mentions) for s in load_model()(document.text).sents]
    assert {c.date for c in contexts if c.holders == ("ghana",)} == {day}
