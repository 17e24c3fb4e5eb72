"""How fast `spacegov validate` judges, beside plain pySHACL on the same triples, and as graphs grow.

    python bench/validate.py                    the race at 15,000 triples, then 25k, 163k and 1.5M triples
    python bench/validate.py --sizes 1000       other numbers of stances
    python bench/validate.py --limit 120        seconds that pySHACL is given for each part of the race

Both sides get the same triples, all shipped shapes and all shipped check queries that SHACL allows as
constraints (for pySHACL, of those nodes that have the property with which the query begins). Each
measurement runs in a process of its own; what is timed begins with parsed files in memory and ends with the
findings. The findings are compared, and the ratio is printed.
"""

from __future__ import annotations

import argparse
import hashlib
import multiprocessing
import random
import re
import resource
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from spacegov.namespaces import ID, PREFIXES, SG, document_graph
from spacegov.resources import folder
from spacegov.validate.checks import CheckQuery, load_checks, run_checks
from spacegov.validate.graph import Graph, store_of
from spacegov.validate.run import read_folder
from spacegov.validate.shacl import findings_of, judge
from spacegov.validate.shape_reader import read_shapes

RACE = 650
"""Stances that, with the things they name, make about 15,000 triples."""
SIZES = (1_180, 7_950, 73_400)
"""Stances that make about 25k, 163k and 1.5M triples."""
PER_DOCUMENT = 10
ACTORS, FORUMS, INSTRUMENTS = 60, 10, 100
XSD = PREFIXES["xsd"]


# --- a graph like the real one, with a few faults ---------------------------------------------------------


def synthetic(stances: int, *, faults: int = 20, seed: int = 7) -> Iterator[str]:
    """Lines of N-Quads: things, documents, stances with evidence; `faults` stances are broken each in a way."""
    dice = random.Random(seed)
    yield from _things()
    broken = set(dice.sample(range(stances), min(faults, stances)))
    for number in range(stances):
        yield from _stance(number, dice, fault=number % 4 if number in broken else None)


def _things() -> Iterator[str]:
    graph = f"<{PREFIXES['sg'].removesuffix('ontology#')}graph/reference>"
    for number in range(ACTORS):
        node = f"<{ID}actor/land-{number}>"
        yield from _lines(node, graph, {
            "a": _sg("Organisation"), "skos:prefLabel": f'"Land {number}"@en', "dcterms:source": '"made up"',
            "sg:hasTrust": _sg("knowledge"), "sg:actorKind": '"organisation"',
        })  # fmt: skip
    for number in range(FORUMS):
        node = f"<{ID}forum/forum-{number}>"
        yield from _lines(node, graph, {
            "a": _sg("Forum"), "skos:prefLabel": f'"Forum {number}"@en', "dcterms:source": '"made up"',
            "sg:hasTrust": _sg("knowledge"), "sg:forumKind": '"committee"', "sg:mandate": '"talks"@en',
            "sg:from": f'"1959"^^<{XSD}gYear>',
        })  # fmt: skip
    for number in range(INSTRUMENTS):
        node = f"<{ID}instrument/text-{number}>"
        yield from _lines(node, graph, {
            "a": _sg("WorkingPaper"), "skos:prefLabel": f'"Text {number}"@en', "dcterms:source": '"made up"',
            "sg:hasTrust": _sg("knowledge"), "sg:instrumentKind": '"working paper"',
            "sg:symbol": f'"A/AC.105/{number}"', "sg:status": '"tabled"',
        })  # fmt: skip


def _stance(number: int, dice: random.Random, *, fault: int | None) -> Iterator[str]:
    doc = f"doc-{number // PER_DOCUMENT}"
    graph, document = f"<{document_graph(doc)}>", f"<{ID}document/{doc}>"
    sha = f'"{hashlib.sha256(doc.encode()).hexdigest()}"'
    run = f"<{ID}run/{doc}-run>"
    if number % PER_DOCUMENT == 0:
        yield from _lines(document, graph, {
            "a": _sg("Document"), "dcterms:title": f'"Text {doc}"', "dcterms:language": '"en"',
            "sg:sourceHash": sha, "sg:documentKind": '"statement"', **_dated("2014-06-10"),
            "sg:hasAuthor": f"<{ID}actor/land-0>",
        })  # fmt: skip
        yield from _lines(run, graph, {
            "a": _sg("Run"), "prov:used": document, "sg:extractorName": '"frames"',
            "sg:softwareVersion": '"0.1.0"', "sg:vocabularyHash": sha,
        })  # fmt: skip
    start = 100 * (number % PER_DOCUMENT)
    words = f"We support text {number}."
    evidence = f"<{ID}evidence/{doc}-{start}-{start + len(words)}>"
    stance = f"<{ID}stance/{doc}-{number:016x}>"
    holder = dice.randrange(1, ACTORS)
    said = {
        "a": _sg("Stance"), "sg:hasAct": f"<{ID}act/supports>", "sg:hasPolarity": _sg("for"),
        "sg:hasConfidence": f'"0.{dice.randrange(5, 10)}"^^<{XSD}decimal>',
        "sg:hasReviewStatus": _sg("unreviewed"), "sg:isEvidencedBy": evidence, "prov:wasGeneratedBy": run,
        "sg:isHeldBy": f"<{ID}actor/land-{holder}>",
        "sg:hasTarget": f"<{ID}instrument/text-{dice.randrange(INSTRUMENTS)}>",
        "sg:isMadeIn": f"<{ID}forum/forum-{dice.randrange(FORUMS)}>", **_dated("2014-06-10"),
    }  # fmt: skip
    if fault == 0:
        del said["sg:isHeldBy"]
    elif fault == 1:
        said["sg:hasConfidence"] = f'"1.5"^^<{XSD}decimal>'
    elif fault == 2:
        said["sg:earliest"] = f'"2014-02-30"^^<{XSD}date>'
    elif fault == 3:
        said["sg:isHeldBy"] = f"<{ID}forum/forum-1>"
    yield from _lines(stance, graph, said)
    yield from _lines(evidence, graph, {
        "a": _sg("Evidence"), "sg:isFoundIn": document, "oa:start": f'"{start}"^^<{XSD}integer>',
        "oa:end": f'"{start + len(words)}"^^<{XSD}integer>', "sg:sourceHash": sha, "oa:exact": f'"{words}"',
    })  # fmt: skip


def _dated(day: str) -> dict[str, str]:
    literal = f'"{day}"^^<{XSD}date>'
    return {"sg:onDate": literal, "sg:earliest": literal, "sg:latest": literal}


def _sg(name: str) -> str:
    return f"<{SG}{name}>"


def _lines(subject: str, graph: str, said: dict[str, str]) -> Iterator[str]:
    for name, value in said.items():
        prefix, _, local = ("rdf", "", "type") if name == "a" else name.partition(":")
        yield f"{subject} <{PREFIXES[prefix]}{local}> {value} {graph} .\n"


# --- the two sides ----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Timing:
    """What one measurement gave."""

    seconds: float
    megabytes: int
    triples: int
    findings: frozenset[tuple[str, str]]
    """(rule, focus node)"""


def ours(path: Path) -> Timing:
    """Shapes and checks as `spacegov validate` runs them."""
    checks = _checks()
    ontology, shapes = read_folder(folder("ontology")), read_folder(folder("shapes"))
    data = list(ox.parse(path=path))
    start = time.perf_counter()
    graph = Graph(store_of([*data, *ontology]))
    read = read_shapes(Graph(store_of(shapes)))
    found = list(findings_of(judge(graph, read), graph, read))
    found += run_checks(graph, checks)
    seconds = time.perf_counter() - start
    return Timing(seconds, _memory(), len(data), frozenset((f.rule, f.focus) for f in found))


def loaded_and_judged(path: Path) -> Timing:
    """All shapes and all checks, from the file on: reading included, nothing kept but the store."""
    checks = load_checks(folder("queries") / "checks")
    start = time.perf_counter()
    store = ox.Store()
    store.bulk_load(path=path)
    triples = len(store)
    store.bulk_extend(read_folder(folder("ontology")))
    graph = Graph(store)
    read = read_shapes(Graph(store_of(read_folder(folder("shapes")))))
    found = [(f.rule, f.focus) for f in findings_of(judge(graph, read), graph, read)]
    found += [(f.rule, f.focus) for f in run_checks(graph, checks)]
    return Timing(time.perf_counter() - start, _memory(), triples, frozenset(found))


def plain_pyshacl(path: Path, *, sparql: bool) -> Timing:
    """pySHACL as people run it: one call, the rules in SPARQL as constraints of shapes."""
    import logging

    import pyshacl
    import rdflib

    from spacegov.rdf.convert import to_graph

    logging.disable(logging.CRITICAL)
    shapes = to_graph(read_folder(folder("shapes")))
    if sparql:
        for check in _checks():
            shapes.parse(data=_as_shape(check), format="turtle")
    parsed = list(ox.parse(path=path))
    # the ontology inside the data: as ont_graph pySHACL takes a part of it only, and thirty times as long
    data = to_graph([*parsed, *read_folder(folder("ontology"))])
    start = time.perf_counter()
    _, report, _ = pyshacl.validate(data, shacl_graph=shapes, inference="none", inplace=True)
    seconds = time.perf_counter() - start
    sh = rdflib.Namespace(PREFIXES["sh"])
    assert isinstance(report, rdflib.Graph), report
    named = {}
    for quad in read_shapes(Graph(store_of(read_folder(folder("shapes"))))).shapes.values():
        named[str(quad.node).strip("<>")] = quad.identifier
    found = {
        (named.get(str(report.value(r, sh.sourceShape)), str(report.value(r, sh.sourceShape)).rsplit("#", 1)[-1]),
         str(report.value(r, sh.focusNode)))
        for r in report.objects(None, sh.result)
    }  # fmt: skip
    return Timing(seconds, _memory(), len(parsed), frozenset(found))


def _checks() -> list[CheckQuery]:
    """The check queries that pySHACL can run too."""
    return [check for check in load_checks(folder("queries") / "checks") if _begins(check)]


def _begins(check: CheckQuery) -> str | None:
    """The target of a check as a shape: the class, or else the property, with which it begins."""
    # SHACL sees one graph and forbids VALUES, MINUS and nested SELECTs of other nodes
    if re.search(r"\b(GRAPH|VALUES|MINUS)\b", check.text) or check.text.count("SELECT") > 1:
        return None
    if match := re.search(r"\?focus\s+a\s+(sg:\w+)", check.text):
        return f"sh:targetClass {match[1]}"
    if match := re.search(r"\?focus\s+((?:sg|oa|prov|skos|rdfs|owl):\w+)", check.text):
        return f"sh:targetSubjectsOf {match[1]}"
    return None


def _as_shape(check: CheckQuery) -> str:
    body = re.sub(r"[?$]focus\b", "$this", check.text)
    prefixes = "\n".join(f"@prefix {name}: <{iri}> ." for name, iri in PREFIXES.items())
    declared = "\n".join(f"PREFIX {name}: <{iri}>" for name, iri in PREFIXES.items() if f"PREFIX {name}:" not in body)
    return f"""{prefixes}
<http://bench/#{check.rule.id}> a sh:NodeShape ; {_begins(check)} ;
    sh:sparql [ sh:message "x" ; sh:select '''{declared}
{body}''' ] .
"""


def _memory() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


# --- running and printing -------------------------------------------------------------------------------------


def in_process(function: Any, *arguments: Any, limit: float | None = None, **named: Any) -> Timing | None:
    """The result of a call in a fresh process; None where it takes longer than `limit` seconds."""
    context = multiprocessing.get_context("spawn")
    mine, theirs = context.Pipe(duplex=False)
    process = context.Process(target=_send, args=(theirs, function, arguments, named))
    process.start()
    answered = mine.poll(limit)
    answer = mine.recv() if answered else None
    if not answered:
        process.terminate()
    process.join()
    if isinstance(answer, str):
        raise SystemExit(f"{function.__name__}: {answer}")
    return answer


def _send(pipe: Any, function: Any, arguments: tuple[Any, ...], named: dict[str, Any]) -> None:
    try:
        pipe.send(function(*arguments, **named))
    except BaseException as error:  # the parent must hear of it, whatever it is
        pipe.send(f"{type(error).__name__}: {error}")


def race(work: Path, limit: float) -> None:
    """Both sides on the same triples."""
    path = work / "race.nq"
    path.write_text("".join(synthetic(RACE)), encoding="utf-8")
    mine = in_process(ours, path)
    assert mine is not None
    checks = len(_checks())
    print(f"{mine.triples:,} triples, all shapes, {checks} rules in SPARQL:")
    print(f"  spacegov validate          {mine.seconds:8.2f} s  {mine.megabytes:5} MB  {len(mine.findings)} findings")
    sys.stdout.flush()
    for name, sparql in (("pySHACL, core alone", False), ("pySHACL, with the rules", True)):
        theirs = in_process(plain_pyshacl, path, sparql=sparql, limit=limit)
        if theirs is None:
            print(f"  {name:<26}  over {limit:.0f} s: at least {limit / mine.seconds:.0f} times slower")
            continue
        print(
            f"  {name:<26} {theirs.seconds:8.2f} s  {theirs.megabytes:5} MB  {len(theirs.findings)} findings: "
            f"{theirs.seconds / mine.seconds:.0f} times slower"
        )
        if sparql:
            _compare(mine, theirs)


def _compare(mine: Timing, theirs: Timing) -> None:
    if mine.findings == theirs.findings:
        print("  the same findings")
        return
    print(f"  only ours: {sorted(mine.findings - theirs.findings)[:5]}")
    print(f"  only pySHACL's: {sorted(theirs.findings - mine.findings)[:5]}")


def growth(work: Path, sizes: tuple[int, ...]) -> None:
    """Seconds and memory as the graph grows, reading included."""
    print("stances    triples      seconds   MB   findings  microseconds a triple")
    for size in sizes:
        path = work / f"{size}.nq"
        with path.open("w", encoding="utf-8") as stream:
            stream.writelines(synthetic(size))
        timing = in_process(loaded_and_judged, path)
        assert timing is not None
        each = timing.seconds / timing.triples * 1e6
        print(
            f"{size:7,}  {timing.triples:9,}  {timing.seconds:9.2f}  {timing.megabytes:5}  "
            f"{len(timing.findings):6}  {each:6.1f}"
        )
        sys.stdout.flush()
        path.unlink()


def main() -> None:
    """Run and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", type=int, nargs="*", default=list(SIZES))
    parser.add_argument("--limit", type=float, default=300.0)
    parser.add_argument("--race", action=argparse.BooleanOptionalAction, default=True)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as work:
        if given.race:
            race(Path(work), given.limit)
        if given.sizes:
            growth(Path(work), tuple(given.sizes))


if __name__ == "__main__":
    main()
