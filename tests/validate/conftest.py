"""A small world of its own for tests of validation: ontology, shapes, a check, good data."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from spacegov.validate.context import Settings
from spacegov.validate.findings import Finding
from spacegov.validate.pipeline import validate_paths

WORLD = Path(__file__).resolve().parent / "world"


@pytest.fixture
def world() -> Settings:
    """Settings that know the small world only."""
    return Settings(
        shapes=WORLD / "shapes.ttl", ontology=WORLD / "ontology.ttl", checks=WORLD / "checks", background=False
    )


@pytest.fixture
def good() -> str:
    """Data in which nothing is wrong."""
    return (WORLD / "good.ttl").read_text(encoding="utf-8")


Found = Callable[..., list[Finding]]


@pytest.fixture
def found(tmp_path: Path, world: Settings) -> Found:
    """Writes a file and gives its findings, those that tell of shapes without a target left out."""

    def run(text: str | bytes, *, name: str = "data.ttl", settings: Settings | None = None) -> list[Finding]:
        path = tmp_path / name
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        report = validate_paths([path], settings or world)
        return [finding for finding in report.findings if finding.rule != "SHP-001"]

    return run
