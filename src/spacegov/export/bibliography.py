"""The documents as a bibliography: BibTeX, and RIS for Zotero and its like."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from pyoxigraph import NamedNode

from spacegov.dates import date_range
from spacegov.query.labels import Labels
from spacegov.query.stances import DocumentFacts
from spacegov.stances import fold

_LATEX: Final = str.maketrans(
    {
        "\\": r"\textbackslash{}", "{": r"\{", "}": r"\}", "&": r"\&", "%": r"\%", "$": r"\$", "#": r"\#",
        "_": r"\_", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}",
    }
)  # fmt: skip
_RIS_TYPES: Final = {
    "news": "NEWS", "report": "RPRT", "law": "STAT", "treaty": "LEGAL", "resolution": "GOVDOC",
    "working-paper": "GOVDOC", "press-briefing": "PRESS", "fact-sheet": "GOVDOC",
}  # fmt: skip
_MONTHS: Final = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


def to_bibtex(documents: Iterable[DocumentFacts], label: Labels) -> str:
    """One `@misc` a document, its id as key.

    Institutions stand in double braces, or BibTeX would take 'United States' for a first and a last name.
    """
    return "\n".join(_entry(document, label) for document in documents)


def _entry(document: DocumentFacts, label: Labels) -> str:
    authors = " and ".join("{" + _latex(label(NamedNode(author))) + "}" for author in document.authors)
    year, month, day = _parts(document.date)
    fields = {
        "author": authors,
        "title": "{" + _latex(document.title or document.id) + "}",
        "year": year,
        "month": "",
        "number": _latex(document.symbol),
        "howpublished": _latex(label(NamedNode(document.forum))) if document.forum else "",
        "type": _latex(document.kind),
        "language": document.language,
        "url": _url(document.address),
        "note": f"spacegov document {_latex(document.id)}",
    }
    lines = [f"  {name} = {{{value}}}," for name, value in fields.items() if value]
    if month:
        # months are macros, and a day is joined to one with #
        lines.insert(3, f"  month = {_MONTHS[int(month) - 1]}{f' # {chr(34)}~{int(day)}{chr(34)}' if day else ''},")
    key = "".join(c for c in document.id if c.isalnum() or c in "-_:.") or "document"
    return f"@misc{{{key},\n" + "\n".join(lines) + "\n}\n"


def _latex(text: str) -> str:
    return fold(text).translate(_LATEX)


def _url(address: str) -> str:
    # braces and backslashes would end the field
    return address.replace("\\", "%5C").replace("{", "%7B").replace("}", "%7D")


def to_ris(documents: Iterable[DocumentFacts], label: Labels) -> str:
    """One record a document; an institution's name ends in a comma, which keeps Zotero from splitting it."""
    return "\n".join(_record(document, label) for document in documents)


def _record(document: DocumentFacts, label: Labels) -> str:
    year, month, day = _parts(document.date)
    lines = [("TY", _RIS_TYPES.get(document.kind, "GEN"))]
    lines += [("AU", f"{label(NamedNode(author))},") for author in document.authors]
    lines += [
        ("TI", document.title or document.id),
        ("PY", year),
        ("DA", f"{year}/{month}/{day}/" if year else ""),
        ("M1", document.symbol),
        ("T2", label(NamedNode(document.forum)) if document.forum else ""),
        ("LA", document.language),
        ("UR", document.address),
        ("ID", document.id),
    ]
    text = "".join(f"{tag}  - {fold(value)}\n" for tag, value in lines if value)
    return f"{text}ER  - \n"


def _parts(date: str) -> tuple[str, str, str]:
    """Year, month and day of a partial date, empty where unknown.

    >>> _parts("2008-02"), _parts("")
    (('2008', '02', ''), ('', '', ''))
    """
    try:
        date_range(date)
    except ValueError:
        return "", "", ""
    year, month, day = (*date.split("-"), "", "")[:3]
    return year, month, day
