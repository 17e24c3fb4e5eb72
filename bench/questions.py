"""How long each question of the catalogue takes at 100,000 stances, beside plain rdflib on the same data.

    python bench/queries.py [--stances N] [--runs N] [--rdflib-stances N]

Every question is asked with the parameters of its example (names of the made-up graph, see synthetic.py), of an
on-disk store, as `spacegov ask` does. rdflib is asked the same text with the same bindings at a smaller size,
where it still ends; the ratio compares the two engines at that size.
"""

from __future__ import annotations

import argparse
import multiprocessing
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent))

from pyoxigraph import NamedNode, RdfFormat, Store, parse, serialize
from synthetic import quads

from spacegov.query.catalogue import Question, catalogue
from spacegov.query.params import Resolver
from spacegov.query.run import ask
from spacegov.store import build_store, open_store

NAMES = {
    "actor": "actor-50", "other": "actor-60", "group": "actor-3", "topic": "topic-50", "forum": "forum-33",
    "instrument": "instrument-4", "document": "document-7", "stance": "document-7-0000000000000003",
    "since": "2025-06", "until": "2025",
}  # fmt: skip
LIMIT = 1.0
"""Seconds that a question may take at the median."""


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--stances", type=int, default=100_000)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--rdflib-stances", type=int, default=500, help="0 leaves rdflib out")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder) / "store"
        build_store(quads(options.stances), place)
        store = open_store(place)
        ours = {q.id: _ours(store, q, options.runs) for q in catalogue().values()}
    theirs = _compared(options.rdflib_stances) if options.rdflib_stances else {}
    return _report(ours, theirs, options.stances, options.rdflib_stances)


def _params(question: Question) -> dict[str, str]:
    names = set(question.example) | {param.name for param in question.params if param.required}
    if not names and question.params:
        names = {question.params[0].name}
    return {name: NAMES[name] for name in names}


def _ours(store: Store, question: Question, runs: int) -> tuple[float, int]:
    terms = Resolver(store).bind(question, _params(question))
    times, rows = [], 0
    for _ in range(runs):
        start = time.perf_counter()
        rows = len(ask(store, question, terms))
        times.append(time.perf_counter() - start)
    return statistics.median(times), rows


def _compared(size: int) -> Mapping[str, tuple[float, float | None]]:
    """Seconds of pyoxigraph and of rdflib on the same small graph; None where rdflib took over 20 s."""
    data = serialize(quads(size), format=RdfFormat.N_QUADS)
    store = Store()
    store.load(data, format=RdfFormat.N_QUADS)
    resolver = Resolver(store)
    graph = _rdflib_graph(data)
    found = {}
    for question in catalogue().values():
        terms = resolver.bind(question, _params(question))
        start = time.perf_counter()
        ask(store, question, terms)
        mine = time.perf_counter() - start
        bound = {question.param(n).variable: t.value for n, t in terms.items()}  # type: ignore[union-attr]
        iris = {name for name, term in terms.items() if isinstance(term, NamedNode)}
        found[question.id] = (mine, _timed(_rdflib, graph, question.sparql(terms), bound, iris, question))
    return found


def _rdflib_graph(data: bytes) -> Any:
    """One graph, as the union of all is for us; loaded once, each process that asks it gets a copy (fork)."""
    import rdflib

    graph = rdflib.Graph()
    for quad in parse(data, format=RdfFormat.N_QUADS):
        triple = (quad.subject, quad.predicate, quad.object)
        graph.add(tuple(_rdflib_term(term) for term in triple))
    return graph


def _rdflib_term(term: Any) -> Any:
    import rdflib

    if isinstance(term, NamedNode):
        return rdflib.URIRef(term.value)
    if term.language or term.datatype.value.endswith("#string"):
        return rdflib.Literal(term.value, lang=term.language)
    return rdflib.Literal(term.value, datatype=rdflib.URIRef(term.datatype.value))


def _rdflib(graph: Any, text: str, bound: Mapping[str, str], iris: set[str], question: Question) -> float:
    import rdflib

    bindings: dict[str, Any] = {
        param.variable: rdflib.URIRef(bound[param.variable])
        if param.name in iris
        else rdflib.Literal(bound[param.variable], datatype=rdflib.XSD.date)
        for param in question.params
        if param.variable in bound
    }
    start = time.perf_counter()
    list(graph.query(text, initBindings=bindings))
    return time.perf_counter() - start


def _timed(work: Callable[..., float], *arguments: Any, limit: float = 20) -> float | None:
    """The seconds that a function reports, run in a process of its own that is ended after a while."""
    receiver, sender = multiprocessing.Pipe(duplex=False)

    process = multiprocessing.get_context("fork").Process(target=_send, args=(sender, work, arguments))
    process.start()
    seconds: float | None = receiver.recv() if receiver.poll(limit) else None
    process.terminate()
    process.join()
    return seconds if seconds is not None and seconds >= 0 else None


def _send(sender: Any, work: Callable[..., float], arguments: tuple[Any, ...]) -> None:
    try:
        sender.send(work(*arguments))
    except Exception:  # rdflib refuses some valid SPARQL 1.1; that is a result too
        sender.send(-1.0)


def _report(
    ours: Mapping[str, tuple[float, int]],
    theirs: Mapping[str, tuple[float, float | None]],
    size: int,
    small: int,
) -> int:
    print(f"{'question':28}{'median s':>10}{'rows':>8}   at {small} stances: ours s, rdflib s, ratio")
    ratios, slow = [], []
    for name, (seconds, rows) in ours.items():
        line = f"{name:28}{seconds:10.3f}{rows:8}"
        if name in theirs:
            mine, rdflib_seconds = theirs[name]
            if rdflib_seconds is None:
                line += f"   {mine:8.4f}   over 20 s or refused"
            else:
                ratios.append(rdflib_seconds / mine)
                line += f"   {mine:8.4f}{rdflib_seconds:10.3f}{rdflib_seconds / mine:9.0f}x"
        if seconds > LIMIT:
            slow.append(name)
            line += "   TOO SLOW"
        print(line)
    times = [seconds for seconds, _ in ours.values()]
    print(f"\n{size} stances: median {statistics.median(times):.3f} s, slowest {max(times):.3f} s, limit {LIMIT} s")
    if ratios:
        middle, least, most = statistics.median(ratios), min(ratios), max(ratios)
        print(f"rdflib takes {middle:.0f} times as long (median; {least:.0f} to {most:.0f})")
    return 1 if slow else 0


if __name__ == "__main__":
    sys.exit(main())
