"""Web pages: the main text as simple Markdown, without what a reader of the page does not see."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any, Final

from spacegov.sources.reading import Reading, refuse

_HIDING: Final = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)|opacity\s*:\s*0(?:\.0+)?\s*(?:;|$|!)"
    r"|font-size\s*:\s*0(?:\.0+)?(?:px|pt|em|rem|%)?\s*(?:;|$|!)|text-indent\s*:\s*-\d{3,}",
    re.IGNORECASE,
)
_HIDING_CLASS: Final = re.compile(
    r"\.([\w-]{1,60})\s*\{[^{}]{0,500}?(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.I
)
_NOT_TEXT: Final = ("script", "style", "template", "noscript", "iframe", "object", "svg", "form", "select")
_TITLES: Final = (
    "//meta[@property='og:title']/@content",
    "//meta[translate(@name,'DCT','dct')='dc.title' or @name='citation_title']/@content",
    "//title/text()",
)
_DATES: Final = (
    "//meta[@property='article:published_time']/@content",
    "//meta[@name='date' or @name='pubdate' or @name='publishdate' or @name='DC.date']/@content",
    "//article//time[@datetime]/@datetime",
)


def read_html(data: bytes, path: Path) -> Reading:
    """A web page. Nothing is fetched, neither pictures nor linked pages.

    Raises:
        UnreadableDocument: no text is left when menus and hidden parts are taken away.
    """
    import lxml.etree
    import lxml.html
    import trafilatura

    try:
        tree = lxml.html.document_fromstring(data, parser=lxml.html.HTMLParser(encoding=_encoding(data)))
    except (lxml.etree.LxmlError, ValueError) as error:
        raise refuse(path, f"no web page ({' '.join(str(error).split())[:80]})", "leave it out") from None
    found = _said_in_the_head(tree)
    _drop_hidden(tree)
    text = trafilatura.extract(
        tree, output_format="markdown", include_formatting=True, include_comments=False, favor_recall=True
    )
    if not text:
        raise refuse(path, "no main text in the page", "save its text as .txt")
    return Reading(text=text, markdown=True, found=found)


def _encoding(data: bytes) -> str:
    """What the page says of its encoding; UTF-8 where its bytes are; Windows-1252 for the rest."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    try:
        data.decode("utf-8")
        return "utf-8"
    except UnicodeDecodeError:
        declared = re.search(rb"charset\s*=\s*[\"']?([\w-]{2,20})", data[:4096], re.IGNORECASE)
    name = declared[1].decode("ascii").lower() if declared else "cp1252"
    try:
        data.decode("cp1252" if name in ("utf-8", "utf8", "iso-8859-1", "latin-1") else name, "replace")
    except LookupError:
        return "cp1252"
    return "cp1252" if name in ("utf-8", "utf8", "iso-8859-1", "latin-1") else name


def _drop_hidden(tree: Any) -> None:
    classes = {name for style in tree.iter("style") for name in _HIDING_CLASS.findall(style.text or "")}
    hidden = [
        element
        for element in tree.iter()
        if element.tag in _NOT_TEXT
        or not isinstance(element.tag, str)
        or "hidden" in element.attrib
        or _HIDING.search(element.get("style") or "")
        or (classes and not classes.isdisjoint((element.get("class") or "").split()))
    ]
    for element in hidden:
        if element.getparent() is not None:
            element.drop_tree()


def _said_in_the_head(tree: Any) -> dict[str, tuple[str, str]]:
    found: dict[str, tuple[str, str]] = {}
    for field, places in (("title", _TITLES), ("date", _DATES)):
        for place in places:
            values = [" ".join(str(value).split()) for value in tree.xpath(place)]
            value = next((value for value in values if value), "")
            if field == "date":
                match = re.match(r"\d{4}-\d{2}-\d{2}", value)
                value = match[0] if match else ""
            if value:
                found[field] = (value[:300], "found: head of the page")
                break
    return found
