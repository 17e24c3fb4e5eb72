from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from pyoxigraph import Store

from spacegov.analysis.coalitions import coalitions
from spacegov.errors import MissingPiece
from spacegov.export.flat import to_xlsx
from spacegov.extras import needed
from spacegov.graph import Graph
from spacegov.query.run import run


def test_a_module_that_is_there_is_given() -> None:
    assert needed("json", extra="analysis") is sys.modules["json"]


@pytest.mark.parametrize(
    ("module", "extra", "use"),
    [
        ("polars", "analysis", lambda: Graph(Store()).stances()),
        ("polars", "analysis", lambda: run(Store(), "who-proposed").to_polars()),
        ("pandas", "analysis", lambda: run(Store(), "who-proposed").to_pandas()),
        ("networkx", "analysis", lambda: coalitions([])),
        ("openpyxl", "excel", lambda: to_xlsx(Graph(Store()))),
    ],
)
def test_what_an_extra_brings_is_named_where_it_is_missing(
    module: str, extra: str, use: Callable[[], object], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, module, None)
    with pytest.raises(MissingPiece) as caught:
        use()
    assert str(caught.value) == f"{module} is not installed: pip install 'spacegov[{extra}]'"
    assert caught.value.exit_code == 3


def test_each_guard_of_a_single_module_is_the_shared_one(root: Path) -> None:
    sources = [f.read_text(encoding="utf-8") for f in (root / "src" / "spacegov").rglob("*.py")]
    for module in ("polars", "pandas", "networkx", "openpyxl"):
        assert not any(f"{module} is not installed: pip" in text for text in sources), module
