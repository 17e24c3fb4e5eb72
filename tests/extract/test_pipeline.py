"""From a document to its stances: quotes that stand in the text, the same ones every time, and often none."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from spacegov.build.documents import Settings, load_vocabulary, read_all
from spacegov.extract import Extractor
from spacegov.extract.judge import FAR_THRESHOLD
from spacegov.model import ACTS, Document, Metadata, Stance, Vocabulary
from spacegov.sources.document import document_from_text
from spacegov.stances import stance_id

STATEMENT = (
    "1. We support the Outer Space Treaty.\n\n2. We oppose the weap-\nonization of   outer space.\n\n"
    "3. All States should register their space objects."
)


def document(text: str, **fields: object) -> Document:
    return document_from_text(text, Metadata(doc="d1", authors=("brazil",), date="2019-10-22", **fields))  # type: ignore[arg-type]


def check_evidence(stance: Stance, source: Document) -> None:
    evidence = stance.evidence
    assert evidence.exact == source.source[evidence.start : evidence.end]
    assert evidence.exact.strip()
    assert source.source[: evidence.start].endswith(evidence.prefix)
    assert source.source[evidence.end :].startswith(evidence.suffix)
    assert evidence.sha256 == source.sha256


# --- no invented quote -----------------------------------------------------------------------------------

WORDS = (
    "we China Russia Brazil the outer space treaty draft resolution weapons satellites debris Moon orbit "
    "support oppose should must not propose condemn will all States an arms race in of and to said that "
    "which 2008 submitted prevention ban on peaceful uses "
)
ODD = (
    "“", "”", "’", "—", ";", ",", ".", "?", "(", ")", "é", "ﬁ", "e\u0301", "\u00a0", "\u200b", "👩\u200d🚀",
    "\n", "\n\n", "•", "1.", "(a)", "-\n",
)  # fmt: skip
SENTENCES = ("We support the Outer Space Treaty.", "Cuba opposes weapons in outer space.", "China said:")
TEXTS = st.lists(st.sampled_from((*WORDS.split(), *ODD, *SENTENCES)), max_size=60).map(" ".join)
KINDS = st.sampled_from(["statement", "news", "resolution", "fact-sheet", None])


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=TEXTS, kind=KINDS)
def test_every_quote_stands_letter_by_letter_in_the_source(extractor: Extractor, text: str, kind: str | None) -> None:
    source = document(text, kind=kind)
    for stance in extractor.extract(source):
        check_evidence(stance, source)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(max_size=200).map(lambda t: f"We support the Outer Space Treaty. {t}"))
def test_no_text_of_any_characters_breaks_extraction(extractor: Extractor, text: str) -> None:
    source = document(text)
    for stance in extractor.extract(source):
        check_evidence(stance, source)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=TEXTS)
def test_every_stance_is_whole(extractor: Extractor, vocabulary: Vocabulary, text: str) -> None:
    for stance in extractor.extract(document(text)):
        assert stance.act in ACTS
        assert stance.holders
        assert stance.targets
        assert all(t in vocabulary.entries or t.startswith("new:") for t in stance.targets)
        assert all(h in vocabulary.entries for h in stance.holders)
        assert 0 < stance.confidence < 1
        assert stance.id == stance_id(
            doc="d1", start=stance.evidence.start, end=stance.evidence.end, holders=stance.holders,
            act=stance.act, polarity=stance.polarity, targets=stance.targets,
        )  # fmt: skip


def test_a_quote_over_a_broken_line_is_the_sources_own_letters(extractor: Extractor) -> None:
    source = document(STATEMENT)
    exact = [s.evidence.exact for s in extractor.extract(source)]
    assert "We oppose the weap-\nonization of   outer space" in exact


# --- the same every time ---------------------------------------------------------------------------------


def test_the_same_text_gives_the_same_stances(extractor: Extractor) -> None:
    first = extractor.extract(document(STATEMENT))
    extractor.extract(document("China and Russia submitted a draft treaty on outer space in 2008."))
    assert extractor.extract(document(STATEMENT)) == first
    assert len(first) >= 2


def test_stances_stand_in_reading_order_under_ids_of_their_own(extractor: Extractor) -> None:
    found = extractor.extract(document(STATEMENT))
    assert [s.evidence.start for s in found] == sorted(s.evidence.start for s in found)
    assert len({s.id for s in found}) == len(found)


def test_two_workers_find_what_one_finds(tmp_path: Path) -> None:
    paths = []
    for number in range(4):
        path = tmp_path / f"text{number}.txt"
        path.write_text(f"Statement of Brazil, 2 May 201{number}\n\n{STATEMENT}\n", encoding="utf-8")
        paths.append(path)
    vocabulary = load_vocabulary()
    one, two = (read_all(paths, vocabulary, Settings(fresh=True), jobs=jobs) for jobs in (1, 2))
    assert one == two
    assert all(getattr(found, "stances", ()) for found in one)


# --- nothing where nothing is ----------------------------------------------------------------------------


@pytest.mark.parametrize("text", ["", " ", "\n\n\n", "\u200b", "…", "12.", "(a)\n\n(b)"])
def test_no_words_hold_no_stance(extractor: Extractor, text: str) -> None:
    assert extractor.extract(document(text)) == []


@pytest.mark.parametrize(
    "text",
    [
        "We strongly support the reform of the Security Council. All States should pay their dues in full.",
        "The rain in May was heavy. We condemn the occupation, and we call upon all sides to stop the fighting.",
        "Our fishermen must be protected. The price of coffee has fallen, which we deplore.",
    ],
)
def test_positions_on_other_matters_are_no_stances(extractor: Extractor, text: str) -> None:
    assert extractor.extract(document(text)) == []


def test_a_heading_holds_no_stance(extractor: Extractor) -> None:
    source = document("Prevention of an Arms Race in Outer Space\n\nThe meeting was opened in the morning.")
    assert extractor.extract(source) == []


# --- the rules alone -------------------------------------------------------------------------------------


def test_without_weights_the_rules_decide_alone(vocabulary: Vocabulary) -> None:
    found = Extractor(vocabulary).extract(document(STATEMENT))
    assert {s.extractor for s in found} == {"frames"}
    assert ("opposes", "against") in {(s.act, s.polarity) for s in found}


def test_a_higher_threshold_never_finds_more(vocabulary: Vocabulary) -> None:
    counts = [len(Extractor(vocabulary, row_threshold=t).extract(document(STATEMENT))) for t in (0.1, 0.5, 0.9, 1.1)]
    assert counts == sorted(counts, reverse=True)
    assert counts[-1] == 0


@pytest.mark.parametrize(
    ("around", "score", "found"),
    [
        ("Orbits and satellites are on our agenda.", FAR_THRESHOLD - 0.1, {"cubes", "It"}),
        ("Farms and schools are on our agenda. " * 20, FAR_THRESHOLD - 0.1, {"cubes"}),
        ("Farms and schools are on our agenda. " * 20, FAR_THRESHOLD, {"cubes", "It"}),
    ],
)
def test_a_sentence_beside_one_on_space_is_asked_for_more_where_a_document_is_on_other_matters(
    monkeypatch: pytest.MonkeyPatch, vocabulary: Vocabulary, around: str, score: float, found: set[str]
) -> None:
    extractor = Extractor(vocabulary)
    text = f"{around}\n\nSatellites the size of cubes serve us. It deserves praise.\n"
    monkeypatch.setattr(extractor.judge, "row", lambda c: score if c.clause.block else 0.0)
    quotes = [s.evidence.exact for s in extractor.extract(document(text))]
    assert {word for word in ("cubes", "It") if any(word in q for q in quotes)} == found


def test_a_stance_is_explained_by_named_checks(extractor: Extractor) -> None:
    for stance in extractor.extract(document(STATEMENT)):
        names = [check.name for check in stance.checks]
        assert names
        assert len(names) == len(set(names))


@pytest.mark.parametrize(
    ("kind", "text", "act"),
    [
        ("treaty", "A State that launches an object into outer space is liable for its fragments.", "supports"),
        ("treaty", "Each State bears responsibility for what its companies do in outer space.", "supports"),
        ("treaty", "Each State shall bear responsibility for what its companies do in outer space.", "calls-for"),
    ],
)
def test_what_a_norm_declares_in_the_present_it_upholds(extractor: Extractor, kind: str, text: str, act: str) -> None:
    document = document_from_text(text, Metadata(doc="n1", kind=kind, authors=("un",), date="1980"))
    (stance,) = extractor.extract(document)
    assert stance.act == act
