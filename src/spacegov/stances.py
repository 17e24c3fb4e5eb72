"""Stances as rows: their ids, and `stances.jsonl` in and out.

The columns are those of the row format (DESIGN, section 5) in its order, and after them `condition`,
`may_allude` and `checks`, which carry the rest of a `Stance`, so that rows lose nothing that the
graph holds. The last one, `page`, stands in rows only: it is known while the document is at hand, and
the graph counts in characters. Rows are sorted by document, start, end and id; the same stances give the same bytes.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, Final, cast

from spacegov.errors import RowError
from spacegov.files import write_atomically
from spacegov.model import Act, Check, Evidence, Polarity, Review, Stance
from spacegov.namespaces import slug
from spacegov.row_checks import COLUMNS, check_row

CONTEXT: Final = 32
"""Characters of prefix and suffix kept with a quotation, enough to tell repeated sentences apart."""

_FORMULA_STARTS: Final = ("=", "+", "-", "@", "\t", "\r")

Row = dict[str, Any]


# --- ids and evidence ---------------------------------------------------------------------------------


def stance_id(
    *,
    doc: str,
    start: int,
    end: int,
    holders: Iterable[str],
    act: str,
    polarity: str,
    targets: Iterable[str],
) -> str:
    """The slug of a stance: its document's, and 16 hex digits of the hash of what it says where.

    Holders and targets are sets here: their order changes nothing.

    >>> content = {"holders": ["china"], "act": "supports", "polarity": "for", "targets": ["paros"]}
    >>> stance_id(doc="d", start=0, end=9, **content)
    'd-867071f334aa46f5'
    """
    content = {
        "act": act,
        "document": doc,
        "holders": sorted(set(holders)),
        "polarity": polarity,
        "span": [start, end],
        "targets": sorted(set(targets)),
    }
    canonical = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return f"{doc}-{hashlib.sha256(canonical.encode()).hexdigest()[:16]}"


def with_id(stance: Stance) -> Stance:
    """The same stance under the id that its content gives."""
    evidence = stance.evidence
    return replace(
        stance,
        id=stance_id(
            doc=evidence.doc,
            start=evidence.start,
            end=evidence.end,
            holders=stance.holders,
            act=stance.act,
            polarity=stance.polarity,
            targets=stance.targets,
        ),
    )


def evidence_at(source: str, start: int, end: int, *, doc: str, sha256: str) -> Evidence:
    """The evidence for a span of a source text, its quotation and surroundings letter by letter."""
    return Evidence(
        doc=doc,
        start=start,
        end=end,
        exact=source[start:end],
        prefix=source[max(0, start - CONTEXT) : start],
        suffix=source[end : end + CONTEXT],
        sha256=sha256,
    )


def fold(text: str) -> str:
    """A text with every run of white space as one blank.

    >>> fold("peaceful\\n   uses ")
    'peaceful uses'
    """
    return " ".join(text.split())


def in_order(stances: Iterable[Stance]) -> list[Stance]:
    """Stances by document and place, each id once."""
    unique = {stance.id: stance for stance in stances}
    return sorted(unique.values(), key=lambda s: (s.evidence.doc, s.evidence.start, s.evidence.end, s.id))


# --- rows ---------------------------------------------------------------------------------------------


def to_row(stance: Stance) -> Row:
    """A stance as a row: ids as slugs, absent as None or an empty list."""
    evidence = stance.evidence
    return {
        "id": stance.id,
        "doc": evidence.doc,
        "start": evidence.start,
        "end": evidence.end,
        "quote": fold(evidence.exact),
        "holders": list(stance.holders),
        "speaker": stance.speaker,
        "act": stance.act,
        "polarity": stance.polarity,
        "targets": list(stance.targets),
        "addressees": list(stance.addressees),
        "forum": stance.forum,
        "date": stance.date,
        "on_behalf_of": stance.on_behalf_of,
        "confidence": round(stance.confidence, 4),
        "review": stance.review,
        "extractor": stance.extractor,
        "condition": stance.condition,
        "may_allude": [[actor, round(confidence, 4)] for actor, confidence in stance.may_allude],
        "checks": [{"name": c.name, "passed": c.passed, "note": c.note} for c in stance.checks],
        "page": evidence.page,
    }


def from_row(row: Mapping[str, Any], *, source: str | None = None, sha256: str = "", where: str = "row") -> Stance:
    """The stance of a row.

    A row keeps its quotation folded and without surroundings. With the source text, the evidence is
    whole again; without it, `exact` is the folded quotation and `prefix`, `suffix` are empty.

    Raises:
        RowError: a column is missing, unknown or holds what it cannot hold; the line says which.
    """
    check_row(row, where)
    start, end, doc = row["start"], row["end"], row["doc"]
    if source is None:
        evidence = Evidence(doc=doc, start=start, end=end, exact=row["quote"], prefix="", suffix="", sha256=sha256)
    else:
        evidence = evidence_at(source, start, end, doc=doc, sha256=sha256)
    stance = Stance(
        id=row.get("id") or "",
        evidence=replace(evidence, page=row.get("page")),
        holders=_slugs(row["holders"]),
        act=cast("Act", row["act"]),
        polarity=cast("Polarity", row["polarity"]),
        targets=_slugs(row["targets"]),
        addressees=_slugs(row.get("addressees") or []),
        speaker=_slug(row.get("speaker")),
        forum=_slug(row.get("forum")),
        date=row.get("date"),
        on_behalf_of=_slug(row.get("on_behalf_of")),
        condition=row.get("condition"),
        may_allude=tuple((slug(actor), float(share)) for actor, share in row.get("may_allude") or []),
        confidence=float(row.get("confidence", 0.5)),
        checks=tuple(Check(**check) for check in row.get("checks") or []),
        review=cast("Review", row.get("review") or "unreviewed"),
        extractor=row.get("extractor") or "unknown",
    )
    return stance if stance.id else with_id(stance)


def _slug(identifier: str | None) -> str | None:
    return None if identifier is None else slug(identifier)


def _slugs(identifiers: Iterable[str]) -> tuple[str, ...]:
    return tuple(slug(identifier) for identifier in identifiers)


# --- files --------------------------------------------------------------------------------------------


def iter_jsonl(path: Path) -> Iterator[tuple[str, Row]]:
    """The objects of a JSON Lines file, each with its `file:line`; empty lines are passed over.

    Raises:
        RowError: the file cannot be read, or a line is no JSON object.
    """
    try:
        lines = path.read_text(encoding="utf-8").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise RowError(f"{path}: cannot be read as UTF-8 text ({error})") from None
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        where = f"{path}:{number}"
        try:
            row = json.loads(line)
        except ValueError as error:
            raise RowError(f"{where}: not JSON ({error})") from None
        if not isinstance(row, dict):
            raise RowError(f"{where}: a row is a JSON object, this is {line.strip()[:40]!r}")
        yield where, row


def read_pages(path: Path) -> dict[str, int]:
    """Stance id -> page on which its passage begins, for the rows of a `stances.jsonl` that have one.

    Raises:
        RowError: the file cannot be read, or a line is no JSON object.
    """
    return {str(row.get("id")): row["page"] for _, row in iter_jsonl(path) if isinstance(row.get("page"), int)}


def read_jsonl(path: Path) -> list[Stance]:
    """The stances of a `stances.jsonl`, in the order of the file.

    Raises:
        RowError: with file and line of the first row that is no stance.
    """
    return [from_row(row, where=where) for where, row in iter_jsonl(path)]


def jsonl(stances: Iterable[Stance]) -> str:
    """Stances as JSON Lines, in order, keys in the order of the columns."""
    return "".join(json.dumps(to_row(stance), ensure_ascii=False) + "\n" for stance in in_order(stances))


def write_jsonl(stances: Iterable[Stance], path: Path) -> None:
    """Write `stances.jsonl`.

    Raises:
        OutputError: the place cannot be written.
    """
    write_atomically(path, jsonl(stances))


def to_csv(stances: Iterable[Stance]) -> str:
    """The same rows as CSV; lists are parted by '; ', a spreadsheet runs no cell as a formula."""
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(COLUMNS)
    for stance in in_order(stances):
        row = to_row(stance)
        row["may_allude"] = [f"{actor} {share}" for actor, share in row["may_allude"]]
        row["checks"] = [_check_as_text(check) for check in stance.checks]
        writer.writerow(neutralised(_cell(row[column])) for column in COLUMNS)
    return stream.getvalue()


def write_csv(stances: Iterable[Stance], path: Path) -> None:
    """Write `stances.csv`.

    Raises:
        OutputError: the place cannot be written.
    """
    write_atomically(path, to_csv(stances))


def neutralised(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula (OWASP: CSV injection).

    >>> neutralised("=1+1"), neutralised("1+1")
    ("'=1+1", '1+1')
    """
    return f"'{cell}" if cell.startswith(_FORMULA_STARTS) else cell


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, list):
        return "; ".join(fold(str(item)) for item in value)
    return fold(str(value))


def _check_as_text(check: Check) -> str:
    verdict = "yes" if check.passed else "no"
    return f"{check.name}={verdict} ({check.note})" if check.note else f"{check.name}={verdict}"
