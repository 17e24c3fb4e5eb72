"""The shipped rules and their good and bad files, judged by every engine and by the command."""

from __future__ import annotations

import logging
from pathlib import Path

import pytest

from spacegov.resources import folder
from spacegov.validate.context import Background, Rules, Settings
from spacegov.validate.graph import Graph, store_of
from spacegov.validate.inputs import find_files, load
from spacegov.validate.packs import try_file
from spacegov.validate.rule_pages import all_rules
from spacegov.validate.run import read_folder
from spacegov.validate.shacl import ENGINES, judge
from spacegov.validate.shape_reader import read_shapes

from .test_engines import rows

PAIRS = Path(__file__).resolve().parents[1] / "shapes"


@pytest.mark.slow
def test_the_engines_agree_on_every_good_and_bad_file() -> None:
    logging.disable(logging.CRITICAL)
    # each file has a namespace of its own, so that all can stand in one graph
    quads = [*load(find_files([PAIRS])).store, *read_folder(folder("ontology"))]
    data = Graph(store_of(quads))
    shapes = read_shapes(Graph(store_of(read_folder(folder("shapes")))))
    found = {engine: rows(judge(data, shapes, engine=engine).results) for engine in ENGINES}
    assert len(found["fast"]) > 300
    assert found["fast"] == found["every-node"] == found["pyshacl"]


def test_the_command_agrees_with_what_the_files_say_of_themselves() -> None:
    files = sorted(PAIRS.glob("invalid/*.ttl"))[::23]
    assert files
    settings = Settings(background=False)
    rules, background = Rules(settings), Background(settings, lean=True)
    problems = {file.name: try_file(file, settings, rules, background) for file in files}
    assert {name: said for name, said in problems.items() if said} == {}


def test_every_rule_says_what_is_wrong_why_it_matters_and_what_to_do() -> None:
    rules = all_rules(Rules(Settings()))
    assert len(rules) >= 60
    assert [rule.id for rule in rules if not (rule.message and rule.why and rule.fix)] == []


def test_no_shipped_shape_needs_the_slow_engine() -> None:
    rules = Rules(Settings())
    assert [shape.iri for shape in rules.shapes.shapes.values() if shape.foreign] == []
