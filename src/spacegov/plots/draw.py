"""From a chart to a file. vl-convert draws with an engine of its own: no browser, no network."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from spacegov.errors import MissingPiece, OutputError
from spacegov.files import write_atomically

if TYPE_CHECKING:
    import altair as alt

INK: Final = "#1b1f24"
"""Colour of text and axes; a page replaces it by its own, so that one picture fits light and dark."""
GRID: Final = "#8c959f"
_MARGIN: Final = 36
SERIES: Final = {"for": "#0969da", "against": "#d4690f", "neutral": "#7d8590"}
"""Blue, orange and grey: apart for colour-blind eyes, and on white and on near-black alike."""


def altair() -> Any:
    """The altair module.

    Raises:
        MissingPiece: the extra `plots` is not installed.
    """
    try:
        import altair
        import vl_convert  # noqa: F401 - what draws must be there too
    except ImportError:
        raise MissingPiece("altair and vl-convert are not installed: pip install 'spacegov[plots]'") from None
    return altair


def styled(chart: alt.TopLevelMixin) -> dict[str, Any]:
    """The Vega-Lite of a chart in our colours, without a background of its own."""
    text = {"labelColor": INK, "titleColor": INK, "labelFontSize": 12, "titleFontSize": 12}
    specification: dict[str, Any] = json.loads(chart.to_json())
    specification["config"] = {
        "background": "transparent",
        "font": "Arial, Liberation Sans, Helvetica, sans-serif",
        "view": {"stroke": None},
        "axis": {**text, "gridColor": GRID, "gridOpacity": 0.25, "domainColor": GRID, "tickColor": GRID,
                 "labelLimit": 320, "titleFontWeight": "normal"},
        "legend": {**text, "titleFontWeight": "normal"},
        "header": {"labelColor": INK, "titleColor": INK},
        "title": {"color": INK, "anchor": "start", "fontSize": 14},
        "text": {"color": INK},
        "aria": True,
    }  # fmt: skip
    return specification


def to_svg(chart: alt.TopLevelMixin, *, description: str, identifier: str = "plot") -> str:
    """A chart as SVG for a page: as wide as its place, text in the colour of the page, read out by `description`.

    Raises:
        MissingPiece: the extra `plots` is not installed.
    """
    altair()
    import vl_convert

    svg: str = vl_convert.vegalite_to_svg(styled(chart))
    svg = re.sub(re.escape(INK), "currentColor", svg)
    # Vega counts its ids up for as long as the process lives; on a page they must not meet each other
    numbers: dict[str, str] = {}

    def own(match: re.Match[str]) -> str:
        number = numbers.setdefault(match[2], f"{identifier}-{len(numbers) + 1}")
        return match[1] + number

    svg = re.sub(r'(\bid="|url\(#|href="#)([\w-]+)', own, svg)
    # a browser without these fonts writes wider letters than vl-convert measured
    return re.sub(
        r"<svg\b[^>]*?\bviewBox=\"([^\"]*)\"[^>]*>",
        lambda m: _opening(m[1], description),
        svg,
        count=1,
    )


def _opening(view_box: str, description: str) -> str:
    x, y, width, height = map(float, view_box.split())
    wide, high = width + 2 * _MARGIN, height + _MARGIN
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{x - _MARGIN:g} {y:g} {wide:g} {high:g}" role="img" '
        f'style="max-width:{wide:g}px" aria-label="{_attribute(description)}">'
    )


def to_png(chart: alt.TopLevelMixin, *, scale: float = 2) -> bytes:
    """A chart as PNG on white.

    Raises:
        MissingPiece: the extra `plots` is not installed.
    """
    altair()
    import vl_convert

    specification = styled(chart)
    specification["config"]["background"] = "white"
    png: bytes = vl_convert.vegalite_to_png(specification, scale=scale)
    return png


def save(chart: alt.TopLevelMixin, path: Path, *, description: str = "") -> None:
    """Write a chart to a .png or .svg file.

    Raises:
        OutputError: another ending, or the place cannot be written.
        MissingPiece: the extra `plots` is not installed.
    """
    if path.suffix == ".png":
        write_atomically(path, to_png(chart))
    elif path.suffix == ".svg":
        svg = to_svg(chart, description=description or path.stem)
        write_atomically(path, svg.replace("currentColor", INK))
    else:
        raise OutputError(f"{path}: a picture ends in .png or .svg")


def _attribute(text: str) -> str:
    return text.replace("&", "&amp;").replace('"', "&quot;").replace("<", "&lt;")
