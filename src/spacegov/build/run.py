"""The steps of a build, in their order."""

from __future__ import annotations

import time
from collections.abc import Iterable, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from pyoxigraph import NamedNode, Quad, Store

from spacegov import __version__, resources
from spacegov.build import folder as output
from spacegov.build.authorless import REMARK
from spacegov.build.cache import Found
from spacegov.build.documents import Broken, Settings, Ticker, load_vocabulary, read_all
from spacegov.errors import FindingsError, InputError, VocabularyError
from spacegov.model import Stance, Vocabulary
from spacegov.namespaces import INFERRED_GRAPH, document_graph, iri, kind_of, slug
from spacegov.rdf.shipped import ontology_quads, reference_quads
from spacegov.rdf.writer import Kinds, document_quads
from spacegov.reason import Closure, Inconsistency, infer, load_rules
from spacegov.score.built import checked_files, compare
from spacegov.stances import in_order
from spacegov.validate import Finding, at_or_above, check, sort_findings
from spacegov.validate.rules import BUILT_IN

if TYPE_CHECKING:
    from collections.abc import Iterator

PLAUSIBILITY: Final = "DIP-"
"""Rules of diplomatic logic: what they find in a stance is a misreading, not a fault of the graph."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BuildReport:
    """What a build made, and what it has to say."""

    out: Path
    documents: tuple[Found, ...]
    broken: tuple[Broken, ...]
    implausible: tuple[Broken, ...] = ()
    """Stances that break a rule of diplomatic logic: misreadings, kept out of the graph."""
    stances: tuple[Stance, ...]
    findings: tuple[Finding, ...]
    asserted: int
    inferred: int
    seconds: dict[str, float] = field(default_factory=dict)
    words: int = 0


class Violations(FindingsError):
    """A build that was stopped by what validation found."""

    def __init__(self, message: str, findings: Sequence[Finding]) -> None:
        super().__init__(message)
        self.findings = tuple(findings)


def build(
    paths: Sequence[Path],
    out: Path,
    *,
    jobs: int = 1,
    settings: Settings | None = None,
    gold: Sequence[Path] = (),
    tick: Ticker = lambda done, total, label: None,
) -> BuildReport:
    """Texts to a finished graph in a folder.

    Args:
        paths: files and folders of texts.
        out: the folder to make; one that an earlier build made is replaced.
        jobs: processes; 0 lets the number of documents decide (a script that asks for several must have
            the usual guard `if __name__ == "__main__"`).
        gold: files or folders of gold rows; `review.html` then says what was missed and what nobody said.
        tick: told of each document that is done.

    Raises:
        InputError: there is no text, or none that could be read; or the gold rows cannot be used.
        OutputError: the folder cannot be written, or holds something that no build made.
        Violations: validation or reasoning found a violation; nothing was put in place.
        MissingPiece: the language model is not there.
    """
    from spacegov.sources import find_documents

    clock = _Clock()
    files = find_documents(list(paths))
    if not files:
        raise InputError(f"{', '.join(map(str, paths))}: no texts here (txt, md, html, pdf or docx)")
    place = out.resolve()  # neither '.' nor a link can be renamed
    output.check_place(place)
    gold_files = checked_files(gold) if gold else []
    with clock("vocabulary"):
        vocabulary = load_vocabulary()
    with clock("extract"):
        results = read_all(files, vocabulary, settings or Settings(), jobs=jobs, tick=tick)
    found, broken = _sort_out(results)
    with clock("write"):
        written = _write(found, broken, vocabulary)
        if not found:  # an empty graph must not take the place of a good one
            raise InputError(_why_nothing(broken))
        shipped = _shipped()
    with clock("validate"):
        findings = _findings(shipped, written, found)
        implausible = _put_aside(findings, found, written, vocabulary)
        if implausible:
            findings = _findings(shipped, written, found)
        _stop_on_violation(findings, out)
    with clock("reason"):
        asserted = _all(shipped, written)
        closure = _reason(asserted)
        findings = sort_findings([*findings, *map(_as_finding, closure.inconsistencies)])
        _stop_on_violation(findings, out)
    report = BuildReport(
        out=out,
        documents=tuple(found),
        broken=tuple(broken),
        implausible=tuple(implausible),
        stances=tuple(in_order(s for document in found for s in document.stances)),
        findings=tuple(findings),
        asserted=len(asserted),
        inferred=len(closure.quads),
        words=sum(document.words for document in found),
    )
    with output.fresh_folder(place) as fresh:
        with clock("store"):
            output.write(fresh, report.stances, asserted, closure.quads, [*broken, *implausible])
        report = replace(report, seconds=clock.seconds)
        output.write_report(fresh, report, vocabulary.hash)
        compared = compare(gold_files, _sources(found), report.stances) if gold_files else None
        output.write_review(fresh, report, vocabulary, compared)
    return report


def _sort_out(results: Iterable[Found | Broken]) -> tuple[list[Found], list[Broken]]:
    """Documents and what was put aside; of two documents under one id, the second is put aside."""
    found: dict[str, Found] = {}
    broken: list[Broken] = []
    for result in results:
        if isinstance(result, Broken):
            broken.append(result)
            continue
        first = found.setdefault(result.metadata.doc, result)
        if first is not result:
            reason = (
                f"{result.path}: the id {result.metadata.doc!r} is that of {first.path} too: "
                f"give one of them another 'doc' in its sidecar"
            )
            broken.append(Broken(path=result.path, error="MetadataError", reason=reason))
    return sorted(found.values(), key=lambda f: f.metadata.doc), broken


def _why_nothing(broken: Sequence[Broken]) -> str:
    if len(broken) == 1:
        return broken[0].reason
    return f"none of {len(broken)} texts could be read; the first: {broken[0].reason}"


def _shipped() -> list[Quad]:
    """The ontology and the reference data."""
    ontology = ontology_quads(resources.folder("ontology"))
    return [*ontology, *reference_quads(resources.folder("data") / "reference")]


def _write(found: list[Found], broken: list[Broken], vocabulary: Vocabulary) -> dict[str, list[Quad]]:
    """The quads of each document; one whose ids do not fit the vocabulary moves from `found` to `broken`."""
    kinds = Kinds(vocabulary)
    written = {}
    for document in list(found):
        try:
            written[document.metadata.doc] = _quads(document, vocabulary, kinds)
        except VocabularyError as error:
            found.remove(document)
            broken.append(Broken(path=document.path, error="VocabularyError", reason=str(error)))
    return written


def _quads(document: Found, vocabulary: Vocabulary, kinds: Kinds) -> list[Quad]:
    return document_quads(
        document.metadata,
        document.stances,
        vocabulary,
        sha256=document.sha256,
        version=__version__,
        kinds=kinds,
    )


def _all(shipped: list[Quad], written: dict[str, list[Quad]]) -> list[Quad]:
    return [*shipped, *(quad for quads in written.values() for quad in quads)]


def _findings(shipped: list[Quad], written: dict[str, list[Quad]], found: Sequence[Found]) -> list[Finding]:
    return [*check(_all(shipped, written), sources=_sources(found)), *_remarks(found)]


def _sources(found: Iterable[Found]) -> dict[str, str]:
    return {document.metadata.doc: document.source for document in found}


def _remarks(found: Iterable[Found]) -> list[Finding]:
    """What was passed over in reading, as findings on the documents."""
    return [
        Finding(
            rule=card.id,
            severity=card.severity,
            focus=iri("document", document.metadata.doc),
            message=f"{remark[:1].upper()}{remark[1:]}",
            focus_label=document.metadata.title or document.metadata.doc,
            why=card.why,
            fix=card.fix,
            file=document.path,
            graph=document_graph(document.metadata.doc),
            stage=card.stage,
        )
        for document in found
        for remark in document.remarks
        for card in [BUILT_IN["REF-009" if remark.startswith(REMARK) else "REF-008"]]
    ]


def _put_aside(
    findings: Iterable[Finding], found: list[Found], written: dict[str, list[Quad]], vocabulary: Vocabulary
) -> list[Broken]:
    """Take the stances out that cannot have been: a text was misread, and that must not stop a build.

    Only rules of diplomatic logic count here (DIP-…), and only stances that nobody has reviewed. A violation
    of form is a mistake of ours, and one in a document's metadata a mistake of its keeper: both stop the build.
    """
    reasons = {
        slug(finding.focus): f"{finding.rule}: {finding.message}"
        for finding in at_or_above(findings, "violation")
        if finding.rule.startswith(PLAUSIBILITY) and kind_of(finding.focus) == "stance"
    }
    kinds = Kinds(vocabulary)
    aside = []
    for place, document in enumerate(found):
        wrong = [s for s in document.stances if s.id in reasons and s.review == "unreviewed"]
        if wrong:
            kept = tuple(stance for stance in document.stances if stance not in wrong)
            found[place] = replace(document, stances=kept)
            written[document.metadata.doc] = _quads(found[place], vocabulary, kinds)
            aside += [Broken(path=document.path, error="Implausible", reason=reasons[s.id], stance=s.id) for s in wrong]
    return aside


def _reason(asserted: Iterable[Quad]) -> Closure:
    store = Store()
    store.bulk_extend(asserted)
    return infer(store, rules=load_rules(resources.folder("queries") / "rules"))


def _as_finding(inconsistency: Inconsistency) -> Finding:
    return Finding(
        rule=f"OWL-{inconsistency.rule}",
        severity="violation",
        focus=inconsistency.focus.strip("<>"),
        message=inconsistency.message,
        value=inconsistency.other,
        graph=NamedNode(INFERRED_GRAPH).value,
    )


def _stop_on_violation(findings: Sequence[Finding], out: Path) -> None:
    violations = at_or_above(findings, "violation")
    if violations:
        left = "the old graph stays" if out.exists() else "nothing was written"
        count = "1 violation" if len(violations) == 1 else f"{len(violations)} violations"
        message = f"{count}: {left} (first: {violations[0].rule} {violations[0].message})"
        raise Violations(message, findings)


class _Clock:
    """Seconds of each step."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}

    @contextmanager
    def __call__(self, step: str) -> Iterator[None]:
        start = time.perf_counter()
        yield
        self.seconds[step] = round(time.perf_counter() - start, 3)
