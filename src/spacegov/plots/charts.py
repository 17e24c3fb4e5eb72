"""The charts, each made of plain records; what a chart shows stands in its function's first line."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Final

from spacegov.analysis.alignment import Agreement
from spacegov.analysis.polarisation import Split
from spacegov.analysis.sponsors import Tie
from spacegov.plots.draw import GRID, INK, SERIES, altair
from spacegov.query.stances import StanceFacts

Name = Callable[[str], str]
"""Label of an IRI or id."""
_WIDTH: Final = 640
_POLARITY: Final = ("for", "against", "neutral")
_DIVERGING: Final = ["#d4690f", "#e9e6e1", "#0969da"]
"""Against, undecided, for: interpolated in RGB, or the middle turns pink."""


def stance_timeline(stances: Iterable[StanceFacts], name: Name, *, most: int = 14) -> Any:
    """When an actor spoke for and against what: a dot a day and target, larger for more stances."""
    alt = altair()
    dated = [stance for stance in stances if stance.earliest]
    often = Counter(target for stance in dated for target in stance.targets)
    kept = [target for target, _ in sorted(often.items(), key=lambda item: (-item[1], item[0]))[:most]]
    cells = Counter(
        (stance.earliest, target, stance.polarity) for stance in dated for target in stance.targets if target in kept
    )
    rows = [
        {"date": day, "target": shorten(name(target)), "polarity": polarity, "stances": count}
        for (day, target, polarity), count in sorted(cells.items())
    ]
    return (
        alt.Chart(alt.Data(values=rows), width=_WIDTH, height=max(60, 26 * len(kept)))
        .mark_circle(opacity=0.75, stroke=GRID, strokeWidth=0.5)
        .encode(
            x=_time(alt, "date"),
            y=alt.Y("target:N", title=None, sort=[shorten(name(target)) for target in kept]),
            yOffset=alt.YOffset("polarity:N", sort=list(_POLARITY)),
            size=alt.Size("stances:Q", scale=alt.Scale(range=[40, 320]), legend=_counts(alt, cells.values())),
            color=_polarity(alt),
        )
    )


def _counts(alt: Any, counts: Iterable[int], title: str = "stances") -> Any:
    """A legend of whole numbers; none where all are one."""
    values = sorted(set(counts))
    return (
        alt.Legend(title=title, values=values[:: max(1, len(values) // 4)], format="d", symbolFillColor=GRID)
        if values[1:]
        else None
    )


def _time(alt: Any, field: str) -> Any:
    """A time axis with room on both sides, years where the span is long."""
    return alt.X(f"{field}:T", title=None, scale=alt.Scale(padding=14), axis=alt.Axis(tickCount=10, labelOverlap=True))


def _diverging(alt: Any, low: float, high: float) -> Any:
    return alt.Scale(domain=[low, (low + high) / 2, high], range=_DIVERGING, interpolate="rgb")


def _polarity(alt: Any) -> Any:
    scale = alt.Scale(domain=list(_POLARITY), range=[SERIES[key] for key in _POLARITY])
    return alt.Color("polarity:N", title="polarity", scale=scale)


def topic_heat_map(stances: Iterable[StanceFacts], name: Name, *, most: int = 20, first: str = "") -> Any:
    """Who speaks how on what: the mean polarity of each actor on each target, with the number of stances."""
    alt = altair()
    told = list(stances)
    often = Counter(holder for s in told for holder in s.holders)
    actors = [first, *_most(often, most)] if first else _most(often, most)
    actors = list(dict.fromkeys(actors))[:most]
    targets = _most(Counter(target for s in told for target in s.targets), most)
    sums: defaultdict[tuple[str, str], list[int]] = defaultdict(list)
    for stance in told:
        for actor in set(stance.holders) & set(actors):
            for target in set(stance.targets) & set(targets):
                sums[actor, target].append(stance.sign)
    rows = [
        {
            "actor": shorten(name(actor)),
            "target": shorten(name(target)),
            "mean": sum(signs) / len(signs),
            "stances": len(signs),
        }
        for (actor, target), signs in sorted(sums.items())
    ]
    base = alt.Chart(alt.Data(values=rows)).encode(
        x=alt.X("target:N", title=None, sort=[shorten(name(t)) for t in targets], axis=alt.Axis(labelAngle=-40)),
        y=alt.Y("actor:N", title=None, sort=[shorten(name(a)) for a in actors]),
    )
    legend = alt.Legend(title="against … for", values=[-1, 0, 1])
    cells = base.mark_rect().encode(color=alt.Color("mean:Q", scale=_diverging(alt, -1, 1), legend=legend))
    # dark figures on the pale middle of the scale, white ones on its ends
    ends = "abs(datum.mean) > 0.6"
    colour = {"condition": {"test": ends, "value": "white"}, "value": "#24292f"}
    figures = base.mark_text(fontSize=11).encode(text="stances:Q", color=colour)
    return (cells + figures).properties(width=_step(targets), height=_step(actors))


def _most(often: Counter[str], most: int) -> list[str]:
    return [key for key, _ in sorted(often.items(), key=lambda item: (-item[1], item[0]))[:most]]


def _step(items: Sequence[str]) -> int:
    return max(60, 28 * len(items))


def alignment_heat_map(pairs: Sequence[Agreement], order: Sequence[str], name: Name, *, most: int = 24) -> Any:
    """How often each two actors took the same side, those that agree side by side; figures are shared targets."""
    alt = altair()
    known = Counter(actor for pair in pairs for actor in (pair.actor, pair.other) for _ in range(pair.shared))
    kept = set(_most(known, most))
    order = [actor for actor in order if actor in kept]
    labels = [shorten(name(actor)) for actor in order]
    rows = []
    for pair in pairs:
        for one, two in ((pair.actor, pair.other), (pair.other, pair.actor)):
            if one in order and two in order:
                rows.append(
                    {
                        "one": shorten(name(one)),
                        "two": shorten(name(two)),
                        "share": pair.share,
                        "shared": pair.shared,
                    }
                )
    base = alt.Chart(alt.Data(values=rows)).encode(
        x=alt.X("two:N", title=None, sort=labels, axis=alt.Axis(labelAngle=-40)),
        y=alt.Y("one:N", title=None, sort=labels),
    )
    legend = alt.Legend(title="same side", format=".0%")
    cells = base.mark_rect().encode(color=alt.Color("share:Q", scale=_diverging(alt, 0, 1), legend=legend))
    colour = {"condition": {"test": "abs(datum.share - 0.5) > 0.3", "value": "white"}, "value": "#24292f"}
    figures = base.mark_text(fontSize=10).encode(text="shared:Q", color=colour)
    return (cells + figures).properties(width=_step(labels), height=_step(labels))


def life_lines(events: Sequence[Mapping[str, str]], *, most: int = 20) -> Any:
    """The lives of proposals: a line from the first to the last event of each, a mark an event.

    Args:
        events: records with `instrument` (its name), `date` (ISO) and `event`.
    """
    alt = altair()
    spans: defaultdict[str, list[str]] = defaultdict(list)
    for event in events:
        spans[shorten(event["instrument"])].append(event["date"])
    order = sorted(spans, key=lambda title: (min(spans[title]), title))[:most]
    lines = [{"instrument": key, "first": min(spans[key]), "last": max(spans[key])} for key in order]
    rows = [
        {"instrument": shorten(e["instrument"]), "date": e["date"], "event": e["event"]}
        for e in events
        if shorten(e["instrument"]) in order
    ]
    y = alt.Y("instrument:N", title=None, sort=order)
    rule = (
        alt.Chart(alt.Data(values=lines))
        .mark_rule(color=GRID, strokeWidth=2)
        .encode(x=_time(alt, "first"), x2="last:T", y=y)
    )
    palette = ["#0969da", "#d4690f", "#1a7f64", "#8250df", "#bf3989", "#9a6700", "#57606a"]
    marks = (
        alt.Chart(alt.Data(values=rows))
        .mark_point(size=90, filled=True, opacity=0.9)
        .encode(
            x=_time(alt, "date"),
            y=y,
            color=alt.Color("event:N", title="event", scale=alt.Scale(range=palette)),
            shape=alt.Shape("event:N", title="event"),
        )
    )
    return (rule + marks).properties(width=_WIDTH, height=max(60, 30 * len(order)))


def polarisation_lines(splits: Sequence[Split], name: Name) -> Any:
    """How many actors spoke for and against a topic each year, stacked on both sides of zero."""
    alt = altair()
    rows = []
    for split in splits:
        for polarity, count in (("for", split.in_favour), ("against", -split.against)):
            if count:
                rows.append({"year": split.year, "topic": name(split.topic), "polarity": polarity, "actors": count})
    scale = alt.Scale(domain=list(_POLARITY[:2]), range=[SERIES[key] for key in _POLARITY[:2]])
    return (
        alt.Chart(alt.Data(values=rows), width=_WIDTH, height=220)
        .mark_bar()
        .encode(
            x=alt.X("year:Q", title=None, axis=alt.Axis(format="d", tickMinStep=1)),
            y=alt.Y("sum(actors):Q", title="actors against | for", axis=alt.Axis(tickMinStep=1)),
            color=alt.Color("polarity:N", scale=scale, title="polarity"),
        )
    )


def sponsor_network(ties: Sequence[Tie], name: Name, *, most: int = 26) -> Any:
    """Who sponsored proposals with whom: thicker lines for more proposals, larger dots for more partners."""
    alt = altair()
    import networkx as nx

    from spacegov.analysis.sponsors import network

    graph = network(ties)
    strength = dict(graph.degree(weight="weight"))
    # by closeness, not by number of ties: a text of sixty sponsors would push all others out
    graph = graph.subgraph(sorted(strength, key=lambda node: (-strength[node], node))[:most])
    # Kamada and Kawai's layout has no chance in it: the same network looks the same
    places = nx.kamada_kawai_layout(nx.Graph(sorted(graph.edges))) if graph.number_of_edges() else {}
    dots = [
        {"x": float(places[n][0]), "y": float(places[n][1]), "actor": shorten(name(n), 24), "partners": graph.degree(n)}
        for n in sorted(places)
    ]
    lines = [
        {
            "x": float(places[a][0]), "y": float(places[a][1]),
            "x2": float(places[b][0]), "y2": float(places[b][1]), "times": data["times"],
        }
        for a, b, data in sorted(graph.edges(data=True), key=lambda edge: (edge[0], edge[1]))
    ]  # fmt: skip
    times = [tie["times"] for tie in lines]
    x, y = alt.X("x:Q", axis=None, scale=alt.Scale(padding=40)), alt.Y("y:Q", axis=None, scale=alt.Scale(padding=40))
    edges = alt.Chart(alt.Data(values=lines)).mark_rule(color=GRID, opacity=0.6).encode(
        x=x, y=y, x2="x2:Q", y2="y2:Q",
        strokeWidth=alt.StrokeWidth("times:Q", scale=alt.Scale(range=[1, 6]), legend=_counts(alt, times, "together")),
    )  # fmt: skip
    base = alt.Chart(alt.Data(values=dots))
    nodes = base.mark_circle(color=SERIES["for"], opacity=0.9).encode(
        x=x, y=y, size=alt.Size("partners:Q", scale=alt.Scale(range=[60, 400]), legend=None)
    )
    names = base.mark_text(dy=-13, fontSize=11, color=INK).encode(x=x, y=y, text="actor:N")
    return (edges + nodes + names).properties(width=_WIDTH, height=460)


def shorten(text: str, most: int = 40) -> str:
    """A label that leaves room for the picture.

    >>> shorten("a" * 60, 10)
    'aaaaaaaaa…'
    """
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"
