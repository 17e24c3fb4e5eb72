"""The neural reader: how sentences are cut for it, what it gives, and how it is heard."""

from __future__ import annotations

import math
import sys
from pathlib import Path

import numpy as np
import pytest
from tokenizers import Tokenizer

from spacegov import resources
from spacegov.build.documents import make_extractor
from spacegov.errors import MissingPiece
from spacegov.extract import slots
from spacegov.extract.judge import reading_of
from spacegov.extract.learned import FUSION, load_models
from spacegov.extract.mentions import Gazetteer
from spacegov.extract.occlusion import telling_words
from spacegov.extract.pipeline import Extractor
from spacegov.extract.reader import LONGEST, TARGETS, Cutter, Piece, Reader, Reading, load_reader, subject
from spacegov.model import Metadata, Vocabulary
from spacegov.sources.document import document_from_text

FOLDER = resources.folder("data") / "weights" / "reader"


def reading(sentence: str, clause: str, head: str) -> Reading:
    start = sentence.index(clause)
    return Reading(
        sentence=sentence, before="", genre="speech",
        clauses=((start, start + len(clause), sentence.index(head, start)),),
    )  # fmt: skip


@pytest.fixture(scope="module")
def reader() -> Reader:
    found = load_reader(FOLDER)
    assert found is not None
    return found


@pytest.fixture(scope="module")
def tokenizer() -> Tokenizer:
    return Tokenizer.from_file(str(FOLDER / "tokenizer.json"))


def test_the_clause_and_its_governing_word_are_marked(tokenizer: Tokenizer) -> None:
    (piece,) = Cutter(tokenizer).cut(reading("Peru agrees and Fiji objects loudly.", "Fiji objects", "objects"))
    tokens = [tokenizer.id_to_token(i) for i in piece.ids]
    assert " ".join(tokens) == (
        "<s> speech </s> peru agrees and [unused1] fiji [unused2] objects [unused3] loudly . </s>"
    )
    assert (tokens[piece.opening], tokens[piece.governing]) == ("[unused1]", "[unused2]")
    assert tokens[piece.closing] == "[unused3]"


def test_a_long_sentence_is_cut_around_its_clause(tokenizer: Tokenizer) -> None:
    long = "We met and " * 200 + "Fiji objects" + " and we met" * 200 + "."
    (piece,) = Cutter(tokenizer).cut(reading(long, "Fiji objects", "objects"))
    tokens = [tokenizer.id_to_token(i) for i in piece.ids]
    assert len(tokens) == LONGEST + 7  # start, genre, end, three marks, end
    assert "fiji" in tokens and tokens[piece.governing] == "[unused2]" and "[unused3]" in tokens


def test_a_clause_longer_than_all_that_is_read_keeps_its_marks(tokenizer: Tokenizer) -> None:
    long = "Fiji " + "very " * 300 + "loudly objects"
    (piece,) = Cutter(tokenizer).cut(reading(long, long, "objects"))
    assert piece.opening < piece.governing < piece.closing < len(piece.ids)


@pytest.mark.parametrize(
    ("sentence", "head", "act", "side"),
    [
        ("We firmly reject the testing of anti-satellite weapons.", "reject", "opposes", "against"),
        ("All States must refrain from placing weapons in orbit.", "refrain", "calls-for", "against"),
        ("My delegation warmly welcomes the guidelines.", "welcomes", "supports", "for"),
        ("We are deeply worried about the growing amount of debris.", "worried", "expresses-concern", "against"),
    ],
)
def test_plain_sentences_are_read_rightly(reader: Reader, sentence: str, head: str, act: str, side: str) -> None:
    ((judgement,),) = reader.read([reading(sentence, sentence.rstrip("."), head)])
    assert reader.acts[int(np.argmax(judgement.acts))] == act
    assert reader.sides[int(np.argmax(judgement.polarities))] == side
    assert judgement.stance > 0
    assert math.isclose(sum(map(math.exp, judgement.acts)), 1, abs_tol=1e-4)


def test_what_stands_before_is_read_across_paragraphs(vocabulary: Vocabulary) -> None:
    text = "Fiji urges all States in space:\n\n- to share data on orbits with all."
    document = document_from_text(text, Metadata(doc="x", date="2020", authors=("fiji",), kind="statement"))
    item = [c for c in Extractor(vocabulary).candidates(document) if "share" in c.clause.head.text]
    assert reading_of(item, document).before.strip().startswith("Fiji urges all States in space:")


def test_a_target_is_read_off_the_words(reader: Reader) -> None:
    ((judgement,),) = reader.read(
        [reading("We must clear the orbits of wreckage.", "We must clear the orbits of wreckage", "clear")]
    )
    assert len(judgement.targets) == len(reader.targets) > 50
    best = sorted(reader.targets, key=lambda t: -judgement.targets[reader.targets.index(t)])[:3]
    assert {"space-debris", "debris-mitigation", "debris-remediation"} & set(best)


def test_targets_are_read_off_the_clause_in_each_layer() -> None:
    layers = [np.full((6, 2), n, dtype=np.float32) for n in (1, 2, 3)]
    for n, layer in enumerate(layers):
        layer[2:4] = 10 * (n + 1)  # between the marks at 1 and 4
    piece = Piece(ids=[0] * 6, clause=0, opening=1, governing=2, closing=4)
    assert subject(layers, piece).tolist() == [4, 4, 10, 10, 20, 20, 30, 30]


def test_a_reader_without_heads_of_targets_judges_acts_alone(tmp_path: Path) -> None:
    for place in FOLDER.iterdir():
        if place.name != TARGETS:
            (tmp_path / place.name).symlink_to(place)
    bare = Reader(tmp_path)
    ((judgement,),) = bare.read([reading("We firmly reject it.", "We firmly reject it", "reject")])
    assert (bare.targets, judgement.targets) == ((), ())
    assert bare.acts[int(np.argmax(judgement.acts))] == "opposes"


def test_the_same_readings_give_the_same_judgements(reader: Reader) -> None:
    some = [reading(f"We welcome the {n} guidelines.", f"We welcome the {n} guidelines", "welcome") for n in range(40)]
    assert reader.read(some) == reader.read(some)
    assert reader.read(some[3:4]) == reader.read(some)[3:4], "a clause is judged alike in any company"


def test_nothing_to_read_gives_nothing(reader: Reader) -> None:
    assert reader.read([]) == []


def test_a_folder_without_an_encoder_has_no_reader(tmp_path: Path) -> None:
    assert load_reader(tmp_path) is None


def test_what_the_reader_lacks_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "onnxruntime", None)
    with pytest.raises(MissingPiece, match=r"onnxruntime is not installed.*--no-reader"):
        Reader(FOLDER)


def test_the_words_that_an_act_hangs_on_are_found_by_masking(reader: Reader) -> None:
    sentence = "We firmly reject the draft."
    words = telling_words(reader, reading(sentence, "We firmly reject the draft", "reject"), 0, "opposes")
    assert words[0][0] == "reject" and words[0][1] > 0.5


TEXT = document_from_text(
    "We see no merit in the testing of anti-satellite weapons in outer space.",
    Metadata(doc="x", date="2020", authors=("fiji",), forum="cd", kind="statement"),
)


def test_the_reader_is_heard_beside_rules_and_features(vocabulary: Vocabulary) -> None:
    (with_it,) = make_extractor(vocabulary).extract(TEXT)
    assert with_it.extractor == "frames+learnt+reader"
    assert all(s.extractor == "frames+learnt" for s in make_extractor(vocabulary, neural=False).extract(TEXT))


def test_without_weights_for_it_the_reader_is_not_heard(vocabulary: Vocabulary, reader: Reader) -> None:
    models = {n: m for n, m in load_models(FOLDER.parent).items() if n != FUSION}
    extractor = Extractor(vocabulary, models=models, reader=reader)
    assert extractor.judge.reader is None
    assert all(c.judgement is None for c in extractor.heard(TEXT))


def test_a_criticism_has_those_whom_it_blames_as_targets(vocabulary: Vocabulary, gazetteer: Gazetteer) -> None:
    names = gazetteer.find("Russia and some countries test weapons near Fiji.")
    assert slots.blamed("criticises", names, ("fiji",), vocabulary.entries)[0] == "russia"
    assert slots.blamed("supports", names, ("fiji",), vocabulary.entries) == ()
    assert "fiji" not in slots.blamed("criticises", names, ("fiji",), vocabulary.entries)
