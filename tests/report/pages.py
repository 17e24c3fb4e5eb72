"""A page, taken apart for tests."""

from __future__ import annotations

from html.parser import HTMLParser


class Page(HTMLParser):
    """What the tests ask of a page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.links: list[str] = []
        self.sources: list[str] = []
        self.tags: list[str] = []
        self.tables: dict[str, list[list[str]]] = {}
        """Caption -> rows of cells, the header first."""
        self._into: list[str] | None = None
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        if tag == "caption":
            self._into = [""]
        elif tag == "tr":
            self.tables[next(reversed(self.tables))].append([])
        elif tag in ("td", "th"):
            self._into = self.tables[next(reversed(self.tables))][-1]
            self._into.append("")
        for name, value in attrs:
            if name == "id" and value:
                self.ids.append(value)
            if name == "href" and value and tag == "a":
                self.links.append(value)
            if value and (name in ("src", "xlink:href", "srcset", "data") or (name == "href" and tag != "a")):
                self.sources.append(value)

    def handle_data(self, data: str) -> None:
        if self._into is not None:
            self._into[-1] += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "caption" and self._into is not None:
            self.tables[self._into[0]] = []
        if tag in ("caption", "td", "th"):
            self._into = None

    @property
    def asks(self) -> list[str]:
        """What the page would fetch by itself."""
        return [source for source in self.sources if not source.startswith("#")]
