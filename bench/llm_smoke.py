"""A real language model, without the network, through the whole chain of the extra `[llm]`.

    make llm-smoke

The model is SmolLM2-135M, which comes inside a package. It is far too small for the task, and that is its use here:
what it offers is mostly wrong, and must be refused. Printed are the rows that it offered, what became of each, and
what became of six rows written by hand (one right, five wrong in one way each), so that nobody need take a chain
that refuses everything for one that works.

Exit code 0: the chain ran and every kept row passed all checks; 1: not so; 3: the packages are missing.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from threading import Thread
from typing import Any, Final, Literal

from llm_bridge import Bridge, Complete, Exchange, small_model
from pydantic_ai.messages import ModelMessage, ModelResponse, ToolCallPart
from pydantic_ai.models.function import AgentInfo, FunctionModel

from spacegov import __version__
from spacegov.build.documents import load_vocabulary
from spacegov.errors import MissingPiece, SpacegovError
from spacegov.extract.evidence_check import stands
from spacegov.extract.llm import LlmExtractor, open_model
from spacegov.extract.llm_records import LlmReading
from spacegov.model import Document, Metadata, Stance, Vocabulary
from spacegov.namespaces import kind_of, slug
from spacegov.rdf.shipped import ontology_quads, reference_quads
from spacegov.rdf.writer import document_quads
from spacegov.resources import folder
from spacegov.sources import document_from_text
from spacegov.validate.findings import Finding, at_or_above
from spacegov.validate.run import check

PASSAGE: Final = (
    "China supports the updated draft treaty on the prevention of the placement of weapons in outer space. "
    "The Russian Federation calls on all States, as it has done since 2007, to refrain from testing "
    "anti-satellite weapons in orbit."
)
"""Made up: nobody said it."""
METADATA: Final = Metadata(
    doc="llm-smoke", title="A made-up statement", date="2024-05-06", authors=("china",), kind="statement"
)

Stage = Literal["form", "evidence", "vocabulary", "shapes", "repeated", "kept"]
STAGES: Final[dict[Stage, str]] = {
    "form": "refused: not the form of a row",
    "evidence": "refused by the evidence check",
    "vocabulary": "refused by the vocabulary check",
    "shapes": "refused by the shapes and check queries",
    "repeated": "the same row once more",
    "kept": "kept",
}
"""In the order of the checks: a row counts at the first one that refuses it."""

_RIGHT: Final = {
    "quote": "China supports the updated draft treaty", "act": "supports", "polarity": "for", "holders": ["china"],
    "targets": ["ppwt-2014"],
}  # fmt: skip
BY_HAND: Final[tuple[tuple[str, dict[str, Any], Stage], ...]] = (
    ("a right row", _RIGHT, "kept"),
    ("an act that is none", _RIGHT | {"act": "endorses"}, "form"),
    ("an invented quotation", _RIGHT | {"quote": "China opposes the updated draft treaty"}, "evidence"),
    ("an unknown holder", _RIGHT | {"holders": ["atlantis"]}, "vocabulary"),
    ("a holder whom the passage does not name", _RIGHT | {"holders": ["cuba"]}, "vocabulary"),
    ("a draft of 2014 praised in 2007", _RIGHT | {"date": "2007"}, "shapes"),
)

Judge = Callable[[Sequence[Stance]], list[Finding]]
"""Stances to the violations that the graph would have with them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fate:
    """What became of one row."""

    row: Any
    stage: Stage
    reason: str = ""
    stance: Stance | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """One run: what was said, what became of it, and what is wrong with the chain itself."""

    exchanges: tuple[Exchange, ...]
    fates: tuple[Fate, ...]
    by_hand: tuple[tuple[str, Fate], ...]
    faults: tuple[str, ...]


class Chain:
    """The checks of the product for the rows of one passage, one row at a time."""

    def __init__(self, vocabulary: Vocabulary, document: Document, judge: Judge) -> None:
        self.document = document
        self.judge = judge
        self._row: Any = None
        model = FunctionModel(self._reply, model_name="one-by-one")
        self._extractor = LlmExtractor(vocabulary, model, budget_tokens=10**9)

    def fates(self, rows: Iterable[Any]) -> list[Fate]:
        """The fate of each row, in their order."""
        fates = _once([self._borne_out(row) for row in rows])
        kept = _kept(fates)
        if not kept:
            return fates
        found = {slug(f.focus): f for f in self.judge(kept) if kind_of(f.focus) == "stance"}
        return [_refused(fate, found) for fate in fates]

    def unproven(self, kept: Sequence[Stance]) -> list[str]:
        """What a kept row fails, asked once more of the rows themselves; empty where all is well."""
        wrong = [f"{s.id}: its words do not stand at its place" for s in kept if not stands(self.document, s.evidence)]
        return wrong + [f"{finding.rule}: {finding.message}" for finding in self.judge(kept)]

    def _reply(self, _: list[ModelMessage], info: AgentInfo) -> ModelResponse:
        return ModelResponse(parts=[ToolCallPart(info.output_tools[0].name, {"rows": [self._row]})])

    def _borne_out(self, row: Any) -> Fate:
        self._row = row
        reading = self._extractor.read(self.document)
        reasons = "; ".join(dropped.reason for dropped in reading.dropped)
        if reading.stances:
            return Fate(row=row, stage="kept", reason=reasons, stance=reading.stances[0])
        return Fate(row=row, stage=stage_of(reading), reason=reasons)


def stage_of(reading: LlmReading) -> Stage:
    """Which check of the extractor refused the one row of a reading."""
    if any(dropped.reason.startswith("the quotation") for dropped in reading.dropped):
        return "evidence"
    # what is not the form of a row has no quotation that could be told
    return "vocabulary" if any(dropped.quote for dropped in reading.dropped) else "form"


def _kept(fates: Iterable[Fate]) -> list[Stance]:
    return [fate.stance for fate in fates if fate.stance is not None]


def _once(fates: Iterable[Fate]) -> list[Fate]:
    seen: set[str] = set()
    result = []
    for fate in fates:
        again = fate.stance is not None and fate.stance.id in seen
        result.append(replace(fate, stage="repeated", stance=None) if again else fate)
        seen |= {fate.stance.id} if fate.stance else set()
    return result


def _refused(fate: Fate, found: dict[str, Finding]) -> Fate:
    finding = found.get(fate.stance.id) if fate.stance else None
    if finding is None:
        return fate
    return replace(fate, stage="shapes", reason=f"{finding.rule}: {finding.message}", stance=None)


def graph_judge(vocabulary: Vocabulary, document: Document) -> Judge:
    """Violations by everything that `spacegov build` checks, with the shipped ontology and reference data."""
    shipped = [*ontology_quads(folder("ontology")), *reference_quads(folder("data") / "reference")]

    def judge(stances: Sequence[Stance]) -> list[Finding]:
        written = document_quads(
            document.metadata, stances, vocabulary, sha256=document.sha256, version=__version__
        )  # fmt: skip
        sources = {document.metadata.doc: document.source}
        return at_or_above(check([*shipped, *written], sources=sources), "violation")

    return judge


@contextmanager
def served(complete: Complete) -> Iterator[Bridge]:
    """The model behind its address, for as long as it is needed."""
    with Bridge(complete) as bridge:
        thread = Thread(target=bridge.serve_forever, daemon=True)
        thread.start()
        yield bridge
        bridge.shutdown()
        thread.join()


def run(complete: Complete, vocabulary: Vocabulary, chain: Chain) -> Outcome:
    """Ask the model for the rows of the passage, through its address, and follow each row to its end."""
    with served(complete) as bridge:
        reading = LlmExtractor(vocabulary, open_model("smoke", bridge.url)).read(chain.document)
    exchanges = tuple(bridge.exchanges)
    rows = [row for exchange in exchanges for row in exchange.rows or []]
    fates = chain.fates(rows)
    by_hand = [(name, chain.fates([row])[0], expected) for name, row, expected in BY_HAND]
    faults = [*_broken_links(reading, exchanges), *chain.unproven(_kept(fates))]
    alone = sum(fate.stage in {"kept", "shapes"} for fate in fates)
    if alone != len(reading.stances):
        faults.append(f"one by one {alone} rows are borne out, together {len(reading.stances)}")
    faults += [f"{name}: {fate.stage}, not {expected}" for name, fate, expected in by_hand if fate.stage != expected]
    return Outcome(
        exchanges=exchanges, fates=tuple(fates), by_hand=tuple((name, fate) for name, fate, _ in by_hand),
        faults=tuple(faults),
    )  # fmt: skip


def _broken_links(reading: LlmReading, exchanges: Sequence[Exchange]) -> Iterator[str]:
    if reading.calls != 1 or len(exchanges) != 1:
        yield f"the model was asked {reading.calls} times and answered {len(exchanges)} times, not once"
    for exchange in exchanges:
        if exchange.error:
            yield f"the model failed: {exchange.error}"
        elif exchange.rows is None:
            yield f"the answer is no list of rows: {_short(exchange.content)}"
    if not reading.read:
        yield "no answer was read: " + "; ".join(dropped.reason for dropped in reading.dropped)


def summary(name: str, outcome: Outcome) -> Iterator[str]:
    """The run in lines for people."""
    asked, answered = (sum(getattr(e, side) for e in outcome.exchanges) for side in ("asked", "answered"))
    yield f"{name} on a made-up passage of two sentences"
    yield f"tokens: {asked} asked, {answered} answered; {sum(e.seconds for e in outcome.exchanges):.0f} seconds"
    yield f"\n{len(outcome.fates):3} rows offered by the model"
    counted = Counter(fate.stage for fate in outcome.fates)
    yield from (f"{counted[stage]:3} {words}" for stage, words in STAGES.items())
    yield from ("\nthe model's rows" if outcome.fates else "", *map(_line, outcome.fates))
    yield "\nrows written by hand"
    yield from (f"* {name}: {fate.stage}{_why(fate)}" for name, fate in outcome.by_hand)
    yield ""
    yield from (f"FAULT: {fault}" for fault in outcome.faults)
    if not outcome.faults:
        yield f"the chain ran, and every row that was kept ({counted['kept']}) passed all checks"


def _line(fate: Fate) -> str:
    return f"* {fate.stage}{_why(fate)}\n  {_short(json.dumps(fate.row, ensure_ascii=False), 230)}"


def _why(fate: Fate) -> str:
    return f" ({fate.reason})" if fate.reason else ""


def _short(text: str, most: int = 120) -> str:
    return text if len(text) <= most else text[: most - 1] + "…"


def main() -> None:
    """Run, print, and say by the exit code whether the chain holds."""
    try:
        name, complete = small_model()
    except MissingPiece as error:
        print(error, file=sys.stderr)
        raise SystemExit(error.exit_code) from None
    vocabulary = load_vocabulary()
    document = document_from_text(PASSAGE, METADATA)
    try:
        outcome = run(complete, vocabulary, Chain(vocabulary, document, graph_judge(vocabulary, document)))
    except SpacegovError as error:
        print(f"FAULT: {error}")
        raise SystemExit(1) from None
    print("\n".join(summary(name, outcome)))
    raise SystemExit(1 if outcome.faults else 0)


if __name__ == "__main__":
    main()
