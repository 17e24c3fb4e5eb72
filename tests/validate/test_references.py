"""References: quotations in their sources, symbols, dates; and rows of stances."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from spacegov.stances import stance_id
from spacegov.validate.context import Settings
from spacegov.validate.findings import Finding
from spacegov.validate.pipeline import validate_paths

from .conftest import Found

TEXT = "Mr. Chairman,\n\nUtopia supports the draft.\n"
QUOTE = "Utopia supports the draft."
START = TEXT.index(QUOTE)
HASH = hashlib.sha256(TEXT.encode()).hexdigest()


def evidence(*, start: int = START, end: int = START + len(QUOTE), exact: str = QUOTE, sha256: str = HASH) -> str:
    return f"""
    @prefix oa: <http://www.w3.org/ns/oa#> . @prefix dcterms: <http://purl.org/dc/terms/> .
    <https://w3id.org/spacegov/id/evidence/speech-1> a sg:Evidence ; oa:start {start} ; oa:end {end} ;
        oa:exact "{exact}" ; sg:sourceHash "{sha256}" ; sg:isFoundIn <https://w3id.org/spacegov/id/document/speech> .
    <https://w3id.org/spacegov/id/document/speech> dcterms:title "A speech" .
    """


@pytest.fixture
def with_text(found: Found, tmp_path: Path, world: Settings, good: str) -> Any:
    def run(more: str) -> list[Finding]:
        texts = tmp_path / "texts"
        texts.mkdir()
        (texts / "speech.txt").write_text(TEXT)
        (texts / "speech.meta.json").write_text(json.dumps({"doc": "speech"}))
        return found(good + more, settings=replace(world, texts=texts))

    return run


def test_a_quotation_at_its_place_is_right(with_text: Any) -> None:
    assert with_text(evidence()) == []


def test_a_quotation_at_another_place_is_told_with_the_right_one(with_text: Any) -> None:
    (finding,) = with_text(evidence(start=0, end=len(QUOTE)))
    assert (finding.rule, finding.fix) == ("REF-001", f"Write oa:start {START} and oa:end {START + len(QUOTE)}.")


def test_a_quotation_that_is_nowhere_is_told_with_what_stands_there(with_text: Any) -> None:
    (finding,) = with_text(evidence(exact="Utopia opposes  the draft."))
    assert finding.rule == "REF-001"
    assert "it says 'Utopia supports the draft.'" in finding.message


def test_another_version_of_the_source_is_told_once(with_text: Any) -> None:
    (finding,) = with_text(evidence(sha256="0" * 64, exact="Utopia opposes  the draft."))
    assert finding.rule == "REF-002"


def test_offsets_that_do_not_fit_the_quotation_need_no_source(found: Found, good: str) -> None:
    (finding,) = found(good + evidence(end=START + 5))
    assert (finding.rule, finding.stage) == ("REF-006", "references")


@pytest.mark.parametrize(
    "symbol", ["A/RES/78/72", "CD/1839", "A/AC.105/C.2/L.301", "S/2024/302", "L.4", "WP.228 (Rev. 1)"]
)
def test_symbols_as_organisations_write_them_are_right(found: Found, good: str, symbol: str) -> None:
    assert found(good + f'\nforum:assembly sg:symbol "{symbol}" .') == []


@pytest.mark.parametrize("symbol", ["", " CD/1839", "see the annex", "cd/1839"])
def test_other_symbols_are_doubted(found: Found, good: str, symbol: str) -> None:
    assert [f.rule for f in found(good + f'\nforum:assembly sg:symbol "{symbol}" .')] == ["REF-004"]


@pytest.mark.parametrize(
    ("date", "rules"), [("1967-01-27", []), ("0967-01-27", ["LOG-001", "REF-005"]), ("2967-01-27", ["REF-005"])]
)
def test_a_date_outside_history_is_doubted(found: Found, good: str, date: str, rules: list[str]) -> None:
    assert [f.rule for f in found(good.replace("2020-05-06", date))] == rules


@pytest.mark.parametrize(
    ("written", "told"),
    [("0.90", "0.90"), ("+1", "+1"), ("01", "01"), ("0.9", None), ("'2020-01-01T00:00:00.000Z'^^xsd:dateTime", "2020")],
)
def test_a_literal_that_stores_rewrite_is_told(found: Found, good: str, written: str, told: str | None) -> None:
    findings = [f for f in found(good + f"\nforum:assembly sg:onDate {written} .") if f.rule == "REF-007"]
    assert [f.line for f in findings] == ([22] if told else [])
    assert all(told in f.message for f in findings if told)


def test_a_property_that_is_rewritten_throughout_is_told_once(found: Found, good: str) -> None:
    findings = found(good + "\nforum:assembly sg:onDate 01 , 02 , 03 .")
    assert [(f.rule, f.severity) for f in findings] == [("REF-007", "info")]


# --- rows ------------------------------------------------------------------------------------------------


def row(**other: Any) -> dict[str, Any]:
    said: dict[str, Any] = {
        "doc": "a-speech", "start": 0, "end": 4, "quote": "Yes.", "holders": ["china"], "act": "supports",
        "polarity": "for", "targets": ["unga"], "date": "2020-05-06", "confidence": 0.9,
    } | other  # fmt: skip
    content = {name: said[name] for name in ("doc", "start", "end", "holders", "act", "polarity", "targets")}
    return {"id": stance_id(**content)} | said if "act" in said and said["act"] == "supports" else said


def from_rows(tmp_path: Path, *rows: dict[str, Any] | str) -> list[Finding]:
    path = tmp_path / "stances.jsonl"
    path.write_text("".join((each if isinstance(each, str) else json.dumps(each)) + "\n" for each in rows))
    return [f for f in validate_paths([path]).findings if f.severity == "violation"]


def test_rows_are_validated_line_by_line(tmp_path: Path) -> None:
    findings = from_rows(tmp_path, row(), row(act="praises"), "{nonsense", row(holders=["chinna"]), row(start=9, end=3))
    assert [(f.rule, f.line) for f in findings] == [("SYN-004", 2), ("SYN-004", 3), ("SYN-004", 5), ("REF-003", 4)]
    assert "china" in findings[3].message


def test_an_id_that_does_not_follow_from_the_row_is_told(tmp_path: Path) -> None:
    (finding,) = from_rows(tmp_path, row() | {"id": "a-speech-0123456789abcdef"})
    assert (finding.rule, finding.line) == ("SYN-004", 1)


def test_good_rows_are_right_and_nothing_is_asked_of_their_document(tmp_path: Path) -> None:
    assert from_rows(tmp_path, row()) == []
