"""Every example in a docstring gives what it says."""

from __future__ import annotations

import doctest
import importlib
import pkgutil

import pytest

import spacegov

MODULES = sorted(m.name for m in pkgutil.walk_packages(spacegov.__path__, "spacegov."))


@pytest.mark.parametrize("name", MODULES)
def test_the_examples_of_a_module_hold(name: str) -> None:
    assert doctest.testmod(importlib.import_module(name)).failed == 0


def test_there_are_examples() -> None:
    found = [t for n in MODULES for t in doctest.DocTestFinder().find(importlib.import_module(n)) if t.examples]
    assert len(found) > 20
