from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spacegov.errors import OutputError, RowError
from spacegov.model import ACTS, POLARITIES, Check, Stance
from spacegov.row_checks import COLUMNS
from spacegov.stances import (
    evidence_at,
    fold,
    from_row,
    in_order,
    jsonl,
    neutralised,
    read_jsonl,
    read_pages,
    stance_id,
    to_csv,
    to_row,
    with_id,
    write_csv,
    write_jsonl,
)

SOURCE = "The delegation of Utopia said that it fully\nsupported  the draft treaty of 2008."


def stance(**changes: Any) -> Stance:
    """Utopia supports a treaty, in the second half of SOURCE."""
    start = SOURCE.index("it fully")
    made = Stance(
        id="",
        evidence=evidence_at(SOURCE, start, len(SOURCE), doc="utopia-2009", sha256="ab" * 32),
        holders=("utopia",),
        act="supports",
        polarity="for",
        targets=("ppwt-2008",),
        date="2009-03",
        confidence=0.8125,
    )
    return with_id(replace(made, **changes))


# --- ids ----------------------------------------------------------------------------------------------


def test_an_id_is_the_document_and_sixteen_hex_digits() -> None:
    doc, digits = stance().id.rsplit("-", 1)
    assert doc == "utopia-2009"
    assert len(digits) == 16
    assert int(digits, 16) >= 0


@pytest.mark.parametrize(
    "change",
    [
        {"holders": ("utopia", "erewhon")},
        {"act": "opposes"},
        {"polarity": "against"},
        {"targets": ("ppwt-2014",)},
        {"evidence": evidence_at(SOURCE, 0, 30, doc="utopia-2009", sha256="ab" * 32)},
    ],
)
def test_another_holder_act_polarity_target_or_span_is_another_stance(change: dict[str, Any]) -> None:
    assert stance(**change).id != stance().id


def test_the_id_depends_on_neither_order_nor_confidence_nor_date() -> None:
    one = stance(holders=("china", "russia"), confidence=0.2, date="2008")
    other = stance(holders=("russia", "china"), confidence=0.9, date=None)
    assert one.id == other.id


def test_an_id_never_changes_between_versions() -> None:
    assert (
        stance_id(doc="d", start=0, end=9, holders=["china"], act="supports", polarity="for", targets=["paros"])
        == "d-867071f334aa46f5"
    )


# --- rows ---------------------------------------------------------------------------------------------


def test_a_row_has_exactly_the_columns_in_their_order() -> None:
    assert tuple(to_row(stance())) == COLUMNS


def test_the_quote_is_the_slice_with_white_space_folded() -> None:
    row = to_row(stance())
    assert row["quote"] == "it fully supported the draft treaty of 2008."
    assert fold(SOURCE[row["start"] : row["end"]]) == row["quote"]


def test_absent_values_are_null_and_empty_lists() -> None:
    row = to_row(stance(date=None))
    assert (row["speaker"], row["forum"], row["date"], row["addressees"]) == (None, None, None, [])


def test_a_row_read_with_its_source_gives_back_the_whole_stance() -> None:
    made = stance(
        speaker="li-song",
        addressees=("all-states",),
        condition="only if verifiable",
        may_allude=(("erewhon", 0.4),),
        checks=(Check(name="quote", passed=True, note="found once"),),
        review="accepted",
    )
    assert from_row(to_row(made), source=SOURCE, sha256="ab" * 32) == made


def test_ids_written_as_iris_are_read_as_slugs() -> None:
    row = to_row(stance()) | {"holders": ["https://w3id.org/spacegov/id/actor/utopia"]}
    assert from_row(row).holders == ("utopia",)


def test_a_row_of_before_there_were_pages_is_still_a_row() -> None:
    row = to_row(stance())
    del row["page"]
    assert from_row(row) == from_row(to_row(stance()))


def test_the_pages_of_rows_are_read_without_the_rows_that_have_none(tmp_path: Path) -> None:
    paged = stance(act="opposes", evidence=replace(stance().evidence, page=2))
    write_jsonl([stance(), paged], tmp_path / "stances.jsonl")
    assert read_pages(tmp_path / "stances.jsonl") == {paged.id: 2}
    assert paged.id == stance(act="opposes").id, "the page is no part of what a stance is"


def test_a_row_without_an_id_gets_the_one_that_its_content_gives() -> None:
    row = to_row(stance())
    row["id"] = None
    assert from_row(row).id == stance().id


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"act": "endorses"}, "act is 'endorses'"),
        ({"polarity": "pro"}, "polarity is 'pro'"),
        ({"review": "done"}, "review is 'done'"),
        ({"holders": []}, "at least one holder"),
        ({"holders": "china"}, "holders is 'china'"),
        ({"targets": [""]}, r"targets is \[''\]"),
        ({"start": 9, "end": 9}, "start 9, end 9"),
        ({"start": True}, "start True"),
        ({"start": 1.0}, "start 1.0"),
        ({"confidence": 1.5}, "confidence is 1.5"),
        ({"date": "May 2024"}, "not a date"),
        ({"date": 2024}, "date is 2024"),
        ({"forum": ["cd"]}, "forum is"),
        ({"holder": ["china"]}, "unknown column 'holder'"),
        ({"may_allude": ["usa"]}, "may_allude holds 'usa'"),
        ({"may_allude": 1}, "may_allude is 1: write a list"),
        ({"checks": [{"nam": "x"}]}, "checks holds"),
        ({"checks": 5}, "checks is 5: write a list"),
        ({"quote": 7}, "quote is '7': write two strings"),
        ({"page": 0}, "page is 0: a whole number from 1"),
        ({"page": True}, "page is True"),
        ({"page": "2"}, "page is '2'"),
    ],
)
def test_a_wrong_value_is_refused_and_named(change: dict[str, Any], said: str) -> None:
    with pytest.raises(RowError, match=said):
        from_row(to_row(stance()) | change)


def test_a_missing_column_is_named() -> None:
    row = to_row(stance())
    del row["targets"]
    with pytest.raises(RowError, match="no targets"):
        from_row(row)


slugs = st.from_regex(r"[a-z][a-z0-9-]{0,12}", fullmatch=True)
texts = st.text(st.characters(codec="utf-8"), min_size=1, max_size=60)
shares = st.integers(0, 10_000).map(lambda number: number / 10_000)
checks = st.builds(Check, name=slugs, passed=st.booleans(), note=texts)


@st.composite
def stances(draw: st.DrawFn) -> tuple[Stance, str]:
    source = draw(texts)
    start = draw(st.integers(0, len(source) - 1))
    end = draw(st.integers(start + 1, len(source)))
    some = st.lists(slugs, min_size=1, max_size=3, unique=True).map(tuple)
    maybe = st.none() | slugs
    evidence = evidence_at(source, start, end, doc=draw(slugs), sha256="00")
    made = Stance(
        id="",
        evidence=replace(evidence, page=draw(st.none() | st.integers(1, 3000))),
        holders=draw(some),
        act=draw(st.sampled_from(ACTS)),
        polarity=draw(st.sampled_from(POLARITIES)),
        targets=draw(some),
        addressees=draw(st.lists(slugs, max_size=2).map(tuple)),
        speaker=draw(maybe),
        forum=draw(maybe),
        date=draw(st.none() | st.dates().map(lambda day: day.isoformat())),
        on_behalf_of=draw(maybe),
        condition=draw(st.none() | texts),
        may_allude=draw(st.lists(st.tuples(slugs, shares), max_size=2).map(tuple)),
        confidence=draw(shares),
        checks=draw(st.lists(checks, max_size=2).map(tuple)),
        extractor=draw(slugs),
    )
    return with_id(made), source


@given(stances())
def test_every_stance_survives_the_way_through_a_line_of_json(made: tuple[Stance, str]) -> None:
    stance, source = made
    line = jsonl([stance])
    assert line.count("\n") == 1
    assert from_row(json.loads(line), source=source, sha256="00") == stance


@given(stances())
def test_no_cell_of_the_csv_starts_a_formula_and_every_line_has_all_columns(made: tuple[Stance, str]) -> None:
    rows = list(csv.reader(io.StringIO(to_csv([made[0]]))))
    assert [len(row) for row in rows] == [len(COLUMNS)] * 2
    assert not any(cell.startswith(("=", "+", "-", "@", "\t", "\r")) for cell in rows[1])


# --- files --------------------------------------------------------------------------------------------


def test_rows_are_sorted_by_document_and_place_and_each_stands_once(tmp_path: Path) -> None:
    first = stance(evidence=evidence_at(SOURCE, 0, 10, doc="a-text", sha256="00"))
    second = stance()
    write_jsonl([second, first, second], tmp_path / "stances.jsonl")
    assert [s.id for s in read_jsonl(tmp_path / "stances.jsonl")] == [first.id, second.id]


def test_the_order_of_the_input_does_not_change_a_byte() -> None:
    several = [stance(act=act) for act in ACTS]
    assert jsonl(several) == jsonl(reversed(several))
    assert in_order(several) == in_order(reversed(several))


def test_a_broken_line_is_reported_with_its_number(tmp_path: Path) -> None:
    file = tmp_path / "rows.jsonl"
    file.write_text(jsonl([stance()]) + "\n{broken\n", encoding="utf-8")
    with pytest.raises(RowError, match=r"rows\.jsonl:3: not JSON"):
        read_jsonl(file)


def test_a_line_that_is_no_object_is_reported(tmp_path: Path) -> None:
    file = tmp_path / "rows.jsonl"
    file.write_text("[1, 2]\n", encoding="utf-8")
    with pytest.raises(RowError, match=r"rows\.jsonl:1: a row is a JSON object"):
        read_jsonl(file)


def test_a_binary_file_is_no_row_file(tmp_path: Path) -> None:
    file = tmp_path / "rows.jsonl"
    file.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(RowError, match="cannot be read as UTF-8"):
        read_jsonl(file)


def test_a_formula_in_a_quotation_is_neutralised(tmp_path: Path) -> None:
    source = '=HYPERLINK("http://bad","x") we support it'
    made = stance(evidence=evidence_at(source, 0, len(source), doc="d", sha256="00"))
    write_csv([made], tmp_path / "stances.csv")
    row = next(csv.DictReader((tmp_path / "stances.csv").open(encoding="utf-8", newline="")))
    assert row["quote"].startswith("'=HYPERLINK")
    assert neutralised("support") == "support"


def test_lists_in_csv_are_parted_by_semicolons(tmp_path: Path) -> None:
    write_csv([stance(holders=("china", "russia"))], tmp_path / "stances.csv")
    row = next(csv.DictReader((tmp_path / "stances.csv").open(encoding="utf-8", newline="")))
    assert row["holders"] == "china; russia"


def test_a_place_that_is_no_folder_is_an_output_error_and_leaves_nothing(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x", encoding="utf-8")
    with pytest.raises(OutputError, match="cannot be written"):
        write_jsonl([stance()], tmp_path / "file" / "stances.jsonl")
    assert [p.name for p in tmp_path.iterdir()] == ["file"]
