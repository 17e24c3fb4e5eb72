"""Reports on an actor and on a topic, as one HTML page that asks nothing of any other host."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

from pyoxigraph import NamedNode

from spacegov import __version__, plots
from spacegov.analysis.alignment import Agreement, alignment
from spacegov.analysis.coalitions import ordered
from spacegov.analysis.polarisation import Split, polarisation
from spacegov.analysis.sides import sides
from spacegov.analysis.sponsors import proposals, ties
from spacegov.errors import InputError
from spacegov.graph import Graph
from spacegov.namespaces import PREFIXES, slug
from spacegov.query.run import Answer
from spacegov.query.stances import StanceFacts
from spacegov.report import content
from spacegov.report.content import Cell, Names, Section, Table
from spacegov.report.html import render

_FEW: Final = 12


def actor_report(graph: Graph, actor: str) -> str:
    """A page on what an actor says, proposes, how it votes, and with whom it agrees.

    Args:
        actor: by label, alias, acronym or id.

    Raises:
        UnknownName: nothing in the graph bears the name.
        InputError: the graph holds no stance of it.
        MissingPiece: an extra is not installed.
    """
    identifier = graph.find("actor", actor)
    names = Names(graph)
    own = [stance for stance in graph.facts if identifier in stance.holders]
    if not own:
        raise InputError(f"no stance of {names(identifier)} in this graph: 'spacegov ask coverage' shows of whom")
    name, ident = names(identifier), slug(identifier)
    sections = [
        Section(
            id="time",
            title="Over time",
            note="A dot is a day on which the actor spoke on a matter; larger dots are more stances.",
            svg=_svg(plots.stance_timeline(own, names), f"Timeline of the stances of {name}, by target", "time"),
            table=content.stance_table(f"Stances of {name}", own, graph, names),
        ),
        *_matrix(names, _neighbours(graph, own), name, first=identifier),
        *_agreement(graph, names, identifier),
        *_proposals(graph, graph.ask("who-proposed", actor=ident), f"Proposals of {name}"),
        *_partners(graph, names, ident),
        *_table_section(graph, "votes", "Word and vote", "Stances beside recorded votes on the same text. "
                        "‘differ’ marks a contradiction, ‘unverified’ a vote that was not seen in a source.",
                        graph.ask("word-and-vote", actor=ident)),
        *_table_section(graph, "treaties", "Treaty status", "As the fact tables hold it; most of it was not seen in a "
                        "source and is marked so.", graph.ask("treaty-status", actor=ident)),
        *_table_section(graph, "groups", "Said through its groups", "What its groups said on matters on which it said "
                        "nothing itself. None of this counts as its own stance.",
                        graph.ask("held-through-group", actor=ident)),
    ]  # fmt: skip
    return _render(graph, names, name, "actor", own, sections)


def topic_report(graph: Graph, topic: str) -> str:
    """A page on who says what on a topic and its sub-topics, and what was proposed.

    Args:
        topic: by label, alias, acronym or id.

    Raises:
        UnknownName: nothing in the graph bears the name.
        InputError: the graph holds no stance on it.
        MissingPiece: an extra is not installed.
    """
    identifier = graph.find("topic", topic)
    names = Names(graph)
    within = _with_narrower(graph, identifier)
    told = [stance for stance in graph.facts if within & set(stance.targets)]
    if not told:
        raise InputError(f"no stance on {names(identifier)} in this graph: try a broader topic")
    name, ident = names(identifier), slug(identifier)
    # as if sub-topics were the topic: an actor counts once a year for all of them
    splits = polarisation([replace(stance, targets=(identifier,)) for stance in told], targets=[identifier])
    sections = [
        Section(
            id="years",
            title="For and against, year by year",
            note="How many actors mostly spoke for (above) and against (below) in each year. Polarisation runs from "
            "0 (all say the same) to 1 (half against half); it is given where at least three actors spoke.",
            svg=_svg(plots.polarisation_lines(splits, names), f"Actors for and against {name} by year", "years"),
            table=_years(splits),
        ),
        *_matrix(names, told, name),
        Section(
            id="stances",
            title="Who said what",
            note="Every stance on the topic and its sub-topics, oldest first.",
            table=content.stance_table(f"Stances on {name}", told, graph, names),
        ),
        *_proposals(graph, graph.ask("who-proposed", topic=ident), f"Proposals on {name}"),
        *_table_section(
            graph,
            "votes",
            "Word and vote",
            "Contradictions between words and recorded votes, on texts of any topic.",
            _only(graph.ask("voted-against-own-words"), told),
        ),
    ]
    return _render(graph, names, name, "topic", told, sections)


# --- sections ----------------------------------------------------------------------------------------


def _years(splits: Sequence[Split]) -> Table:
    rows = tuple(
        (
            Cell(text=str(s.year)),
            Cell(text=str(s.in_favour)),
            Cell(text=str(s.against)),
            Cell(text=str(s.neutral)),
            Cell(text="" if s.polarisation is None else f"{s.polarisation:.2f}"),
        )
        for s in splits
    )
    return Table(caption="Actors by year", header=("year", "for", "against", "neutral", "polarisation"), rows=rows)


def _svg(chart: Any, description: str, identifier: str) -> str:
    return plots.to_svg(chart, description=description, identifier=identifier)


def _matrix(names: Names, stances: Sequence[StanceFacts], name: str, first: str = "") -> list[Section]:
    pairs = sum(len(stance.holders) * len(stance.targets) for stance in stances)
    if pairs < 2:  # one square is no map
        return []
    return [
        Section(
            id="matrix",
            title="Who speaks how on what",
            note="Colour: mean polarity, from against (orange) to for (blue). Figure: number of stances.",
            svg=_svg(
                plots.topic_heat_map(stances, names, most=_FEW, first=first),
                f"Heat map of actors and targets: {name}",
                "matrix",
            ),
        )
    ]


def _neighbours(graph: Graph, own: Sequence[StanceFacts]) -> list[StanceFacts]:
    """What others said on the targets on which the actor spoke, with its own words."""
    targets = {target for stance in own for target in stance.targets}
    return [s for s in graph.facts if targets & set(s.targets)]


def _agreement(graph: Graph, names: Names, identifier: str) -> list[Section]:
    pairs = alignment(sides(graph.facts))
    mine = sorted((p for p in pairs if identifier in (p.actor, p.other)), key=lambda p: (-p.shared, p.actor, p.other))
    if not mine:
        return []
    near = {identifier} | {_partner(p, identifier) for p in mine[: 2 * _FEW]}
    shown = [p for p in pairs if p.actor in near and p.other in near]
    rows = tuple(
        (
            Cell(text=names(_partner(p, identifier))), Cell(text=str(p.shared)), Cell(text=str(p.agree)),
            Cell(text=f"{p.share:.0%}"), Cell(text=f"{p.low:.0%} – {p.high:.0%}"),
        )
        for p in mine[: content.ROWS_SHOWN]
    )  # fmt: skip
    return [
        Section(
            id="agreement",
            title="With whom it agrees",
            note="Over targets on which both took a side, at least three. The interval is Wilson’s at 95 %: with few "
            "shared targets a share says little.",
            svg=_svg(
                plots.alignment_heat_map(shown, ordered(shown), names),
                "Heat map of agreement between actors, those that agree side by side",
                "agreement",
            ),
            table=Table(
                caption="Agreement with others",
                header=("actor", "shared targets", "same side", "share", "interval"),
                rows=rows,
            ),
        )
    ]


def _partner(pair: Agreement, identifier: str) -> str:
    return pair.other if pair.actor == identifier else pair.actor


def _proposals(graph: Graph, answer: Answer, caption: str) -> list[Section]:
    if not answer.rows:
        return []
    events = _events(graph, answer)
    svg = _svg(plots.life_lines(events), "Proposals over time, with their events", "proposals") if events else ""
    note = "Facts of the tables and passages of texts, kept apart by ‘basis’; ‘unverified’ was not seen in a source."
    table = _answers(graph, caption, answer, without=("basis",) if not events else ())
    return [Section(id="proposals", title="Proposals", note=note, svg=svg, table=table)]


def _events(graph: Graph, answer: Answer) -> list[Mapping[str, str]]:
    """The dated events in the lives of the proposals of an answer."""
    instruments = {term: None for row in answer.rows if row["basis"] == "reference" for term in row.terms["instrument"]}
    events: list[Mapping[str, str]] = []
    for instrument in list(instruments)[: 2 * _FEW]:
        if "/instrument/" not in str(instrument):
            continue
        for row in graph.ask("life-of-a-proposal", instrument=instrument):
            own = row.terms["instrument"] == (instrument,)
            if own and row["basis"] == "reference" and row["earliest"] != "undated":
                date, event = str(row["earliest"]), str(row["event"])
                events.append({"instrument": graph.label(instrument), "date": date, "event": event})
    return events


def _partners(graph: Graph, names: Names, ident: str) -> list[Section]:
    mine = {key: found for key, found in proposals(graph.store).items() if ident in found}
    found = ties(mine)
    if not found:
        return []
    answer = graph.ask("co-sponsors", actor=ident)
    return [
        Section(
            id="partners",
            title="With whom it proposes",
            note="Actors that sponsored the same texts; thicker lines stand for more of them.",
            svg=_svg(plots.sponsor_network(found, names), "Network of co-sponsors", "partners"),
            table=_answers(graph, "Co-sponsors", answer, without=("actor",)),
        )
    ]


def _table_section(graph: Graph, identifier: str, title: str, note: str, answer: Answer) -> list[Section]:
    if not answer.rows:
        return []
    return [Section(id=identifier, title=title, note=note, table=_answers(graph, title, answer))]


def _answers(graph: Graph, caption: str, answer: Answer, without: tuple[str, ...] = ()) -> Table:
    passages = {stance.id: stance.passages[0] for stance in graph.facts if stance.passages}
    return content.answer_table(caption, answer, without=without, passages=passages)


def _only(answer: Answer, stances: Sequence[StanceFacts]) -> Answer:
    """The rows of an answer that rest on these stances."""
    ids = {stance.id for stance in stances}
    return replace(answer, rows=tuple(row for row in answer.rows if row["stance"] in ids))


def _with_narrower(graph: Graph, topic: str) -> set[str]:
    """The topic with all below it."""
    found, pending = {topic}, [topic]
    broader = NamedNode(PREFIXES["skos"] + "broader")
    while pending:
        for quad in graph.store.quads_for_pattern(None, broader, NamedNode(pending.pop()), None):
            narrower = getattr(quad.subject, "value", "")
            if narrower not in found:
                found.add(narrower)
                pending.append(narrower)
    return found


# --- the page ----------------------------------------------------------------------------------------


def _quoted(graph: Graph, stances: Sequence[StanceFacts], sections: Sequence[Section]) -> list[StanceFacts]:
    """The stances of the page, and those of others whose words a table quotes."""
    linked = {cell.anchor for section in sections if section.table for row in section.table.rows for cell in row}
    own = {stance.id for stance in stances}
    return [
        stance
        for stance in graph.facts
        if stance.id in own or any(content.anchor(passage) in linked for passage in stance.passages)
    ]


def _render(
    graph: Graph, names: Names, name: str, kind: str, stances: Sequence[StanceFacts], sections: Sequence[Section]
) -> str:
    documents = content.documents(_quoted(graph, stances, sections), graph, names)
    days = sorted(stance.earliest for stance in stances if stance.earliest)
    print_ = content.fingerprint(graph.facts)
    return render(
        "page.html.jinja",
        name=name,
        kind=kind,
        sections=sections,
        documents=documents,
        stances=len(stances),
        span=f"{days[0][:4]} to {days[-1][:4]}" if days else "undated",
        citation=f"spacegov {__version__}: positions of record, {kind} ‘{name}’; graph {print_} of {len(graph.facts)} "
        f"stances in {len(graph.documents)} documents. Data CC BY 4.0; quotations belong to their sources.",
    )
