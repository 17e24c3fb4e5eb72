from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
from pyoxigraph import RdfFormat, Store, serialize

from spacegov.errors import InputError
from spacegov.model import Document, Entry, Metadata, Stance, Vocabulary
from spacegov.rdf.writer import document_quads
from spacegov.stances import evidence_at, with_id
from spacegov.verify import read_positions, restored_quads, verify

TEXT = "Utopia supports the treaty."
SHA = hashlib.sha256(TEXT.encode()).hexdigest()
VOCABULARY = Vocabulary(
    entries={
        "utopia": Entry(id="utopia", kind="actor", type="State", label="Utopia"),
        "ost": Entry(id="ost", kind="instrument", type="Treaty", label="OST"),
    },
    frames=(),
)


def document(text: str = TEXT) -> Document:
    return Document(
        metadata=Metadata(doc="d"),
        source=text,
        sha256=hashlib.sha256(text.encode()).hexdigest(),
        text=text,
        offsets=tuple(range(len(text) + 1)),
        blocks=(),
    )


def positions(*, start: int = 0, end: int = 15, include_text: bool = False) -> Store:
    stance = Stance(
        id="",
        evidence=evidence_at(TEXT, start, end, doc="d", sha256=SHA),
        holders=("utopia",),
        act="supports",
        polarity="for",
        targets=("ost",),
    )
    store = Store()
    store.extend(
        document_quads(
            Metadata(doc="d"),
            [with_id(stance)],
            VOCABULARY,
            sha256=SHA,
            version="0",
            include_text=include_text,
        )
    )
    return store


def test_a_local_text_with_the_recorded_hash_gives_the_words_back() -> None:
    verdict = verify(positions(), [document("another text"), document()])
    assert [p.exact for p in verdict.restored] == ["Utopia supports"]
    assert verdict.absent == ()


def test_a_text_that_differs_in_one_letter_is_not_the_source() -> None:
    verdict = verify(positions(), [document(TEXT.replace("treaty", "Treaty"))])
    assert verdict.restored == []
    assert verdict.absent == ("https://w3id.org/spacegov/id/document/d",)


def test_offsets_beyond_the_end_are_a_fault() -> None:
    verdict = verify(positions(end=99), [document()])
    assert [p.fault for p in verdict.faults] == ["its offsets lie outside of the text, which has 27 characters"]


def test_a_quotation_that_the_text_does_not_have_is_a_fault() -> None:
    store = positions(include_text=True)
    store.update(
        "PREFIX oa: <http://www.w3.org/ns/oa#> DELETE { GRAPH ?g { ?e oa:exact ?x } } "
        'INSERT { GRAPH ?g { ?e oa:exact "Utopia opposes" } } WHERE { GRAPH ?g { ?e oa:exact ?x } }'
    )
    verdict = verify(store, [document()])
    assert [p.fault for p in verdict.faults] == ["its quotation is not what the text has there"]
    assert verdict.restored == []


def test_the_restored_graph_is_the_one_that_was_written_with_words() -> None:
    store = positions()
    restored = set(restored_quads(store, verify(store, [document()])))
    missing = set(positions(include_text=True)) - restored
    assert set(store) < restored
    assert {str(q.predicate) for q in missing} <= {"<http://www.w3.org/ns/oa#suffix>"}


def test_positions_are_read_from_turtle_and_a_folder_without_any_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no positions"):
        read_positions([tmp_path])
    triples = [q.triple for q in positions()]
    (tmp_path / "d.ttl").write_bytes(serialize(triples, format=RdfFormat.TURTLE) or b"")
    assert len(verify(read_positions([tmp_path]), [document()]).restored) == 1


def test_a_file_that_is_not_turtle_is_named(tmp_path: Path) -> None:
    (tmp_path / "d.ttl").write_text("<a> <b>", encoding="utf-8")
    with pytest.raises(InputError, match=r"d\.ttl:1:.*not Turtle"):
        read_positions([tmp_path / "d.ttl"])
