"""Reports: one module for each family of formats, all from the same findings."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from spacegov.validate.formats import ci, human, machine, rdf, web
from spacegov.validate.report import Report

FORMATS: Final[dict[str, Callable[[Report], str]]] = {
    "human": human.render,
    "json": machine.as_json,
    "csv": machine.as_csv,
    "sarif": ci.as_sarif,
    "junit": ci.as_junit,
    "github": ci.as_github,
    "turtle": rdf.as_turtle,
    "html": web.as_html,
}
