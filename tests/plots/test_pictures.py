from __future__ import annotations

import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

from spacegov import plots
from spacegov.analysis.alignment import alignment
from spacegov.analysis.coalitions import ordered
from spacegov.analysis.polarisation import polarisation
from spacegov.analysis.sponsors import ties
from spacegov.errors import OutputError
from spacegov.plots.draw import INK
from spacegov.query.stances import StanceFacts


def stance(holder: str, polarity: str, target: str, year: str) -> StanceFacts:
    return StanceFacts(
        id=f"{holder}-{target}-{year}", holders=(holder,), act="supports", polarity=polarity,
        targets=(target,), addressees=(), forum="", date=year, earliest=f"{year}-01-01",
        latest=f"{year}-12-31", speaker="", on_behalf_of="", condition="", may_allude=(), confidence=0.9,
        review="unreviewed", passages=(),
    )  # fmt: skip


STANCES = [
    stance(holder, polarity, f"target {n}", str(2000 + n))
    for holder, polarity in (("Aland", "for"), ("Beland", "against"), ("Celand", "for"))
    for n in range(4)
]


def _texts(svg: str) -> set[str]:
    root = ET.fromstring(svg)
    return {element.text or "" for element in root.iter("{http://www.w3.org/2000/svg}text")}


def test_a_timeline_names_its_targets_and_says_what_it_is() -> None:
    svg = plots.to_svg(plots.stance_timeline(STANCES, str), description='Aland & "others"')
    assert {"target 0", "target 3", "for", "against"} <= _texts(svg)
    assert ET.fromstring(svg).get("aria-label") == 'Aland & "others"'


def test_a_heat_map_has_the_count_of_stances_in_each_cell_and_the_chosen_actor_first() -> None:
    chart = plots.topic_heat_map([*STANCES, STANCES[0]], str, first="Celand")
    assert {"Aland", "Beland", "Celand", "target 1", "2"} <= _texts(plots.to_svg(chart, description="d"))
    assert chart.to_dict()["layer"][0]["encoding"]["y"]["sort"][0] == "Celand"


def test_an_alignment_map_stands_in_the_given_order() -> None:
    taken = {h: {f"t{n}": sign for n in range(3)} for h, sign in (("a", 1), ("b", -1), ("c", 1))}
    pairs = alignment(taken)
    chart = plots.alignment_heat_map(pairs, ordered(pairs), str)
    order = chart.to_dict()["layer"][0]["encoding"]["y"]["sort"]
    assert abs(order.index("a") - order.index("c")) == 1


def test_a_life_line_runs_from_the_first_to_the_last_event() -> None:
    events = [
        {"instrument": "draft", "date": "2008-02-12", "event": "submitted"},
        {"instrument": "draft", "date": "2014-06-10", "event": "updated"},
    ]
    data = plots.life_lines(events).to_dict()["layer"][0]["data"]["values"]
    assert data == [{"instrument": "draft", "first": "2008-02-12", "last": "2014-06-10"}]


def test_against_stands_below_zero() -> None:
    splits = polarisation(STANCES, targets=["target 1"])
    values = plots.polarisation_lines(splits, str).to_dict()["data"]["values"]
    assert {(v["polarity"], v["actors"]) for v in values} == {("for", 2), ("against", -1)}


def test_the_same_network_looks_the_same() -> None:
    found = ties({"p1": ("a", "b"), "p2": ("b", "c"), "p3": ("a", "b")})
    first, again = (plots.to_svg(plots.sponsor_network(found, str), description="d") for _ in range(2))
    assert first == again
    assert {"a", "b", "c"} <= _texts(first)


def test_a_picture_takes_the_colour_of_its_page_and_its_ids_meet_no_others() -> None:
    svg = plots.to_svg(plots.stance_timeline(STANCES, str), description="d", identifier="one")
    assert INK not in svg and "currentColor" in svg
    ids = {element.get("id") for element in ET.fromstring(svg).iter() if element.get("id")}
    assert all(str(identifier).startswith("one-") for identifier in ids)


def test_pictures_are_saved_as_png_or_svg_and_nothing_else(tmp_path: Path) -> None:
    chart = plots.stance_timeline(STANCES, str)
    plots.save(chart, tmp_path / "a.png")
    plots.save(chart, tmp_path / "a.svg")
    assert (tmp_path / "a.png").read_bytes().startswith(b"\x89PNG")
    assert (tmp_path / "a.svg").read_text().startswith("<svg")
    with pytest.raises(OutputError, match=r"\.png or \.svg"):
        plots.save(chart, tmp_path / "a.jpg")
