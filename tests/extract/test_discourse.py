"""Who is speaking, sentence by sentence."""

from __future__ import annotations

import pytest

from spacegov.extract.discourse import Discourse
from spacegov.extract.language_model import load_model
from spacegov.extract.mentions import Gazetteer
from spacegov.extract.records import Context
from spacegov.extract.whose import historical, state_of
from spacegov.model import Metadata, Vocabulary
from spacegov.sources.document import document_from_text

Voices = list[Context]


@pytest.fixture
def contexts(gazetteer: Gazetteer, vocabulary: Vocabulary):  # type: ignore[no-untyped-def]
    """The context of each sentence of a text of one paragraph."""

    def listen(
        text: str,
        *,
        authors: tuple[str, ...] = (),
        kind: str | None = "statement",
        date: str | None = "2020-01-01",
        title: str | None = None,
        forum: str | None = None,
    ) -> Voices:
        metadata = Metadata(doc="d1", authors=authors, kind=kind, date=date, title=title, forum=forum)
        document = document_from_text(text, metadata)
        mentions = gazetteer.find(document.text)
        discourse = Discourse(document, vocabulary, mentions, gazetteer.find)
        return [discourse.of_sentence(sentence, 0, mentions) for sentence in load_model()(document.text).sents]

    return listen


def holders(voices: Voices) -> list[tuple[str, ...]]:
    return [voice.holders for voice in voices]


def test_a_statements_author_speaks_throughout(contexts) -> None:  # type: ignore[no-untyped-def]
    voices = contexts("We support it. Cuba said that it objects.", authors=("brazil",))
    assert holders(voices) == [("brazil",), ("brazil",)]


def test_in_news_whom_the_person_represents_speaks(contexts) -> None:  # type: ignore[no-untyped-def]
    (voice,) = contexts("Li Song pointed out that space is for peace.", kind="news", date="2025-05-06")
    assert (voice.holders, voice.speaker) == (("china",), "li-song")


def test_in_news_an_actor_that_says_something_speaks(contexts) -> None:  # type: ignore[no-untyped-def]
    voices = contexts("Cuba said that it objects. Peru added that it agrees.", kind="news")
    assert holders(voices) == [("cuba",), ("peru",)]


def test_a_surname_stands_for_whom_its_bearer_spoke(contexts) -> None:  # type: ignore[no-untyped-def]
    voices = contexts(
        "Nigerian agency chief Ada Okafor said that debris is everybody's burden. "
        "According to Okafor, the rules are too soft. Okafor added that she would say so in Vienna.",
        kind="news",
        authors=("fiji",),
    )
    assert holders(voices) == [("nigeria",)] * 3


def test_he_said_stands_for_the_official_who_acted_before(contexts) -> None:  # type: ignore[no-untyped-def]
    voices = contexts(
        "The Peruvian minister defended the launch. He said that it was safe. He wants a rule for all.",
        kind="news", authors=("fiji",),
    )  # fmt: skip
    assert holders(voices) == [("fiji",), ("peru",), ("peru",)]


def test_he_is_not_the_last_speaker_behind_somebody_new(contexts) -> None:  # type: ignore[no-untyped-def]
    voices = contexts(
        "The Peruvian minister said that it was safe. A farmer said that it was not. He added that he was afraid.",
        kind="news", authors=("fiji",),
    )  # fmt: skip
    assert holders(voices) == [("peru",), ("fiji",), ("fiji",)]


def test_he_carries_the_last_speaker_on(contexts) -> None:  # type: ignore[no-untyped-def]
    voices = contexts("Li Song said that space is for peace. He added that it must stay so.", kind="news")
    assert [v.speaker for v in voices] == ["li-song", "li-song"]


def test_a_surname_is_the_person_named_in_full_before(contexts) -> None:  # type: ignore[no-untyped-def]
    voices = contexts("Li Song said that space is for peace. Li added that it must stay so.", kind="news")
    assert [v.speaker for v in voices] == ["li-song", "li-song"]


def test_a_quotation_that_runs_on_is_still_the_speakers(contexts) -> None:  # type: ignore[no-untyped-def]
    text = "Cuba said: “Space is for peace. It must stay so.” Peru launched a rocket."
    assert holders(contexts(text, kind="news"))[:2] == [("cuba",), ("cuba",)]


def test_the_leading_actor_stands_in_where_nobody_is_named(contexts) -> None:  # type: ignore[no-untyped-def]
    text = "Cuba launched a satellite. Cuba built it. Peru watched."
    assert set(holders(contexts(text, kind="news"))) == {("cuba",)}


def test_a_norm_without_author_is_the_united_nations(contexts) -> None:  # type: ignore[no-untyped-def]
    assert holders(contexts("States shall register their objects.", kind="treaty")) == [("un",)]


def test_a_groups_statement_is_the_groups(contexts) -> None:  # type: ignore[no-untyped-def]
    assert holders(contexts("We support it.", authors=("indonesia", "nam"))) == [("nam",)]


def test_who_speaks_on_behalf_of_a_group_speaks_for_it_from_then_on(contexts) -> None:  # type: ignore[no-untyped-def]
    text = "I am speaking on behalf of the African Group. We support it."
    voices = contexts(text, authors=("nigeria",))
    assert holders(voices) == [("african-group",), ("african-group",)]
    assert voices[0].on_behalf_of == "african-group"


def test_a_partner_in_the_title_of_a_readout_holds_it_too(contexts) -> None:  # type: ignore[no-untyped-def]
    title = "Readout of the bilateral meeting with New Zealand"
    (voice,) = contexts("We will share data.", authors=("united-states",), kind="readout", title=title)
    assert set(voice.holders) == {"united-states", "new-zealand"}


def test_a_forum_in_the_title_is_where_it_was_said(contexts) -> None:  # type: ignore[no-untyped-def]
    (voice,) = contexts("We support it.", authors=("g7",), title="G7 Summit communiqué")
    assert voice.forum == "g7-summit"


@pytest.mark.parametrize(("author", "forum"), [("g7", "g7-summit"), ("g77", None), ("peru", None)])
def test_the_leaders_of_a_group_speak_at_its_summit(contexts, author: str, forum: str | None) -> None:  # type: ignore[no-untyped-def]
    (voice,) = contexts("We welcome it.", authors=(author,), kind="joint-statement")
    assert voice.forum == forum


def test_the_documents_own_forum_wins(contexts) -> None:  # type: ignore[no-untyped-def]
    (voice,) = contexts("We support it.", authors=("g7",), title="G7 Summit communiqué", forum="unga")
    assert voice.forum == "unga"


@pytest.mark.parametrize(
    ("actor", "date", "then"),
    [
        ("russia", "1984", "ussr"),
        ("russia", "1984-10-02", "ussr"),
        ("russia", "1992-01-01", "russia"),
        ("russia", None, "russia"),
        ("brazil", "1984", "brazil"),
        ("czechia", "1984", "czechoslovakia"),
    ],
)
def test_a_historical_state_is_itself(vocabulary: Vocabulary, actor: str, date: str | None, then: str) -> None:
    assert historical(actor, date, vocabulary) == then


def test_a_document_of_an_agency_is_its_states(contexts) -> None:  # type: ignore[no-untyped-def]
    assert holders(contexts("We launch it.", authors=("nasa",))) == [("united-states",)]


def test_a_document_of_1984_by_russia_is_the_soviet_unions(contexts) -> None:  # type: ignore[no-untyped-def]
    assert holders(contexts("We support it.", authors=("russia",), date="1984-10-02")) == [("ussr",)]


@pytest.mark.parametrize(
    ("actor", "state"), [("nasa", "united-states"), ("cnsa", "china"), ("brazil", "brazil"), ("eu", "eu"), ("x", "x")]
)
def test_a_states_agency_counts_as_the_state(vocabulary: Vocabulary, actor: str, state: str) -> None:
    assert state_of(actor, vocabulary.entries) == state


FACTS = "Peru signed the Accords. Our two countries will share data. We launch a satellite."


@pytest.mark.parametrize(
    ("kind", "title", "found"),
    [
        # a fact sheet of two states is both's throughout, a speech only where it says 'our two countries'
        ("fact-sheet", "United States–Peru Space Cooperation", [2, 2, 2]),
        ("readout", "Readout of the Space Dialogue with Peru", [2, 2, 2]),
        ("statement", "United States-Peru Space Day", [1, 2, 1]),
        ("statement", "Remarks on the launch", [1, 1, 1]),
        ("statement", "Remarks on Peru", [1, 1, 1]),
        ("fact-sheet", "Fact sheet on space", [1, 1, 1]),
    ],
)
def test_two_states_in_a_title_are_both_the_plural_self(  # type: ignore[no-untyped-def]
    contexts, kind: str, title: str, found: list[int]
) -> None:
    voices = contexts(FACTS, authors=("united-states",), kind=kind, title=title)
    assert [len(v.holders) for v in voices] == found


@pytest.mark.parametrize(
    ("text", "kind", "found"),
    [
        # two that act together are 'we' until one of them acts alone
        ("The United States and Peru met. We agreed on data. The United States will build it. We pay.", "fact-sheet",
         [1, 2, 1, 1]),
        ("The United States and Peru met. The text is long. We agreed on data.", "press-release", [1, 1, 2]),
        ("Peru and Fiji met. We welcome it.", "fact-sheet", [1, 1]),
        ("The United States met Peru. We welcome it.", "fact-sheet", [1, 1]),
        ("The United States and Peru met. We agreed on data.", "statement", [1, 1]),
    ],
)  # fmt: skip
def test_two_that_act_together_are_we(contexts, text: str, kind: str, found: list[int]) -> None:  # type: ignore[no-untyped-def]
    voices = contexts(text, authors=("united-states",), kind=kind)
    assert [len(v.holders) for v in voices] == found


def test_the_other_side_of_a_readout_may_stand_in_its_first_sentence(contexts) -> None:  # type: ignore[no-untyped-def]
    title = "Readout of the President's Meeting with President Osei"
    (voice,) = contexts(
        "The President received the President of Ghana.", authors=("brazil",), kind="readout", title=title
    )
    assert set(voice.holders) == {"brazil", "ghana"}


def test_each_speaker_of_a_record_speaks_for_his_state(contexts) -> None:  # type: ignore[no-untyped-def]
    text = "Mr. Turaga (Fiji) said that it was time. It could wait no longer.\nMs. Quispe (Peru) agreed."
    assert holders(contexts(text, kind="record")) == [("fiji",), ("fiji",), ("peru",)]
