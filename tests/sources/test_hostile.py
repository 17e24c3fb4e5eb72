"""Texts made to be slow are read in time that grows with their length, no faster."""

from __future__ import annotations

import gc
import time
from pathlib import Path

import pytest

from spacegov.errors import UnreadableDocument
from spacegov.model import Metadata
from spacegov.sources import document_from_text, read_document

_UNITS = [
    "the draft treaty ", "a   \t ", "\n", "a\n\n", "*", "[", "[a](", "<a ", "&amp", "a-\n", "_", "A B C ", "Mr. A ",
    ". ", "1.", "((", "1. a\n", "(a) x\n", "a\u00ad ", "e\u0301", '"(', "- a\n", "- - -", "\r", "[1208th meeting ",
    "word4 ", "Annex. A ", "# ", "> ", "a\f", "A.", "23Treaty\n", "A: ", "a:\nb;\nc;\n", "x", "\u00a0\n", "• a\n",
    "Q: a\n",
]  # fmt: skip


SHORT = 2_500
TIMES = 16
NOISE = 4.0
"""A quarter of what growth with the square would give: no pause of a busy machine makes so much."""


def seconds(source: str, runs: int) -> float:
    """The quickest of some runs, without the collector's pauses."""
    times = []
    gc.disable()
    try:
        for _ in range(runs):
            start = time.process_time()
            document_from_text(source, Metadata(doc="d"))
            times.append(time.process_time() - start)
    finally:
        gc.enable()
    return min(times)


@pytest.mark.parametrize("unit", _UNITS, ids=repr)
def test_sixteen_times_the_text_takes_nowhere_near_the_square_of_it(unit: str) -> None:
    short, long = (unit * (times * SHORT // len(unit) + 1) for times in (1, TIMES))
    assert seconds(long, 2) < NOISE * TIMES * seconds(short, 5)


def test_100_000_nested_elements_are_refused_in_good_time(tmp_path: Path) -> None:
    path = tmp_path / "deep.html"
    path.write_bytes(b"<html><body>" + b"<div>" * 100_000 + b"<p>We support it.</p>" + b"</div>" * 100_000)
    start = time.perf_counter()
    with pytest.raises(UnreadableDocument, match="no main text"):
        read_document(path)
    assert time.perf_counter() - start < 20


def test_a_page_of_a_megabyte_is_read_in_good_time(tmp_path: Path) -> None:
    path = tmp_path / "long.html"
    paragraphs = "".join(
        f"<p>The delegation of State {number} said that it would support the draft guidelines in any case.</p>\n"
        for number in range(10_000)
    )
    path.write_text(f"<html><body><article>{paragraphs}</article></body></html>", "utf-8")
    start = time.perf_counter()
    document = read_document(path)
    assert len(document.blocks) == 10_000
    assert time.perf_counter() - start < 30
