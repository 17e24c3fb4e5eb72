"""Why a stance was read: passage, parse, frames, scope, rule, learnt reasons, slots, targets, checks.

The text is read again and the same extractor runs over it, so what is shown is what happened. A place
where no stance was found is explained too: how the clause scored, and what was taken in its stead.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from spacegov.errors import InputError, UnknownName
from spacegov.extract.candidate import Candidate
from spacegov.extract.confidence import confidence_features
from spacegov.extract.judge import Judge, polarity_features, reading_of
from spacegov.extract.learned import LinearModel, sigmoid
from spacegov.extract.occlusion import telling_words
from spacegov.extract.pipeline import Extractor, Outcome
from spacegov.extract.reader import Reader
from spacegov.model import Act, Document, Vocabulary
from spacegov.sources import find_documents, read_document
from spacegov.stances import fold, iter_jsonl

if TYPE_CHECKING:
    from spacy.tokens import Token

DEPTH: Final = 3
"""Levels of the parse that are shown."""
WIDTH: Final = 60
"""Characters of a stretch of text in the parse."""
REASONS: Final = 6
"""Features shown for each learnt model."""


@dataclass(frozen=True, slots=True)
class Section:
    """A heading with its lines."""

    title: str
    lines: tuple[str, ...]


# --- finding the text ---------------------------------------------------------------------------------


def document_of(stance: str, rows: Path) -> str:
    """The document of a stance of a built graph.

    Raises:
        UnknownName: no row has that id.
        RowError: the rows cannot be read.
    """
    near = ""
    for _, row in iter_jsonl(rows):
        if row.get("id") == stance:
            return str(row["doc"])
        if not near and str(row.get("id", "")).startswith(stance):
            near = f"; did you mean {row['id']}?"
    raise UnknownName(f"{rows}: no stance {stance!r}{near or '; take an id from the column id'}")


def text_of(doc: str, folders: Sequence[Path], vocabulary: Vocabulary) -> Document:
    """The text of a document, looked for in files named like it first, then in all others.

    Raises:
        InputError: none of the files is that document.
    """
    files = find_documents(folders)
    likely = [f for f in files if f.stem.lower() == doc.lower()]
    for path in (*likely, *(f for f in files if f not in likely)):
        sidecar = path.with_name(f"{path.stem}.meta.json")
        if path in likely or sidecar.is_file() or path.suffix.lower() in {".md", ".html", ".htm"}:
            document = read_document(path, vocabulary=vocabulary)
            if document.metadata.doc == doc:
                return document
    places = ", ".join(str(f) for f in folders)
    raise InputError(f"{places}: no text of the document {doc!r}; name its folder with --texts")


# --- explaining ---------------------------------------------------------------------------------------


def explain_stance(document: Document, stance: str, extractor: Extractor) -> list[Section]:
    """What led to a stance.

    Raises:
        UnknownName: the extractor does not make that stance from that text (any more).
    """
    for outcome in extractor.explain(document):
        if outcome.stance.id == stance:
            return _all_of(outcome, document, extractor.judge)
    raise UnknownName(
        f"{document.metadata.doc}: the extractor as it is now makes no stance {stance!r}; build the graph again"
    )


def _all_of(outcome: Outcome, document: Document, judge: Judge) -> list[Section]:
    return [
        *_result(outcome),
        *_reading(outcome.candidate, judge),
        *_read(outcome.candidate, document, judge.reader, outcome.stance.act),
        *_decided(outcome, judge),
    ]


def explain_place(document: Document, offset: int, extractor: Extractor) -> list[Section]:
    """What was made of the words at an offset of the source text: a stance, or a clause that is none.

    Raises:
        InputError: the offset lies outside the text, or in a passage that is not parsed.
    """
    if not 0 <= offset < len(document.source):
        raise InputError(f"{document.metadata.doc}: no character {offset}; it has {len(document.source)}")
    outcomes = [o for o in extractor.explain(document) if o.stance.evidence.start <= offset < o.stance.evidence.end]
    if outcomes:
        # the shortest one: a noun of position may stand inside the clause that welcomes it
        chosen = min(outcomes, key=lambda o: (o.stance.evidence.end - o.stance.evidence.start, o.stance.id))
        return _all_of(chosen, document, extractor.judge)
    here = [c for c in extractor.heard(document) if _covers(c, document, offset)]
    if not here:
        raise InputError(
            f"{document.metadata.doc}: nothing is parsed at {offset}: a heading or label, or no word of space near it"
        )
    judge = extractor.judge
    best = max(here, key=lambda c: (judge.row(c), -c.clause.start))
    score = judge.row(best)
    if score < judge.threshold:
        why = f"no stance: the clause scores {score:.2f}, below {judge.threshold:.2f}"
    else:
        why = f"no stance of its own ({score:.2f}): a better clause has the same words, or nobody holds it"
    read = _read(best, document, judge.reader, best.decision.act)
    return [Section("Result", (why,)), *_reading(best, judge), *read]


def _covers(candidate: Candidate, document: Document, offset: int) -> bool:
    block = document.blocks[candidate.clause.block].start
    low, high = document.source_span(block + candidate.clause.start, block + candidate.clause.end)
    return low <= offset < high


def _result(outcome: Outcome) -> Iterator[Section]:
    stance = outcome.stance
    yield Section(
        "Stance",
        (
            stance.id,
            f"{', '.join(stance.holders)} {stance.act} ({stance.polarity}) {', '.join(stance.targets)}",
            f"confidence {stance.confidence:.2f}, made by {stance.extractor}",
        ),
    )


def _reading(candidate: Candidate, judge: Judge) -> Iterator[Section]:
    """What was found about a clause before anything was decided."""
    clause, scope, decision = candidate.clause, candidate.scope, candidate.decision
    yield Section("Passage", (fold(clause.sentence.text),))
    text = clause.words
    yield Section("Clause", (fold(text), f"kind {clause.kind}, subject {candidate.subject}"))
    yield Section("Parse", tuple(parse_tree(clause.head, {t.i for t in clause.tokens})))
    yield Section("Frames", tuple(_frames(candidate)) or ("no entry of the lexicon",))
    yield Section("Scope", scope.steps or ("no negation, modality or condition around the governing word",))
    named = [f"{m.text!r} is {m.kind} {m.id}{' (hint)' if m.cue else ''}" for m in candidate.mentions]
    named += [f"{m.text!r} refers back to {m.kind} {m.id}" for m in candidate.referring]
    yield Section("Names in the clause", tuple(named) or ("none",))
    rule = f"{decision.act} ({decision.polarity}) by rule '{decision.rule}', strength {decision.strength:.2f}"
    told = [f"tells of a proposal of {', '.join(candidate.proposer)}: a row of its own"] if candidate.proposer else []
    yield Section("Rules", (rule, *told))
    model = judge.models.get("row")
    if model is not None:
        chance = f"chance {judge.linear_row(candidate):.2f}"
        yield Section("Learnt: is it a stance?", (chance, *_reasons(model, candidate.features, "row")))


def _read(candidate: Candidate, document: Document, reader: Reader | None, act: Act) -> Iterator[Section]:
    """What the neural reader makes of the clause, and the words of it that an act hangs on."""
    judgement = candidate.judgement
    if reader is None or judgement is None:
        return
    acts = sorted(zip(judgement.acts, reader.acts, strict=True), reverse=True)[:3]
    sides = zip(judgement.polarities, reader.sides, strict=True)
    aims = sorted(zip(judgement.targets, reader.targets, strict=True), reverse=True)[:3]
    words = telling_words(reader, reading_of([candidate], document), 0, act)
    yield Section(
        "Reader: what does the sentence say?",
        (
            f"chance of a row {sigmoid(judgement.row):.2f}",
            "act: " + ", ".join(f"{name} {math.exp(share):.2f}" for share, name in acts),
            "side: " + ", ".join(f"{name} {math.exp(share):.2f}" for share, name in sides),
            "target: " + ", ".join(f"{name} {sigmoid(odds):.2f}" for odds, name in aims),
            *(f"-{loss:.2f} for {act} without {word!r}" for word, loss in words),
        ),
    )


def _decided(outcome: Outcome, judge: Judge) -> Iterator[Section]:
    """How the slots were filled, and how sure that is."""
    candidate, stance = outcome.candidate, outcome.stance
    act, sign, target = (judge.models.get(name) for name in ("act", "polarity", "target"))
    if act is not None and stance.act in act.classes:
        lines = _reasons(act, candidate.features, stance.act)
        yield Section(f"Learnt: why {stance.act}?", (f"share {outcome.sureness:.2f}", *lines))
    if sign is not None:
        features = polarity_features(candidate, stance.act)
        chance = sigmoid(judge.side_odds(candidate, stance.act))
        yield Section("Learnt: against its target?", (f"chance {chance:.2f}", *_reasons(sign, features, "against")))
    slots = {
        "holders": outcome.holders, "addressees": outcome.addressees, "forum": outcome.forum, "date": outcome.date,
    }  # fmt: skip
    yield Section("Slots", tuple(f"{n}: {', '.join(f.value) or '-'} ({f.source})" for n, f in slots.items()))
    aims: list[str] = []
    for one in outcome.targets:
        aims.append(f"{one.id}: {one.score:.2f} ({one.source})")
        if target is not None and one.id in target.classes:
            aims += [f"  {line}" for line in _reasons(target, candidate.target_features, one.id)]
    added = [t for t in stance.targets if t not in {one.id for one in outcome.targets}]
    yield Section("Targets", (*aims, *(f"{t}: the unnamed culprit of the passage" for t in added)))
    yield Section(
        "Checks",
        tuple(f"{'yes' if c.passed else 'no '} {c.name}{f': {c.note}' if c.note else ''}" for c in stance.checks),
    )
    yield Section("Confidence", tuple(_confidence(outcome, judge.models.get("confidence"))))


def _confidence(outcome: Outcome, model: LinearModel | None) -> Iterator[str]:
    row, stance = outcome.candidate.row_score, outcome.stance
    yield f"{stance.confidence:.2f} from row score {row:.2f} and share of the act {outcome.sureness:.2f}"
    if model is None:
        yield "not calibrated: row score times 0.4 + 0.6 share"
        return
    features = confidence_features(row, outcome.sureness, stance.act, stance.checks)
    for name, part in model.reasons(features, model.classes[0], most=20):
        yield f"{part:+.2f} {name}"


def _frames(candidate: Candidate) -> Iterator[str]:
    for hit in candidate.clause.frames:
        frame = hit.frame
        words = candidate.clause.sentence.doc[hit.anchor : hit.last + 1].text
        what = f"{frame.role}, {frame.act or 'no act'}, {frame.effect}, weight {frame.weight:g}"
        yield f"{frame.id}: {words!r} fits {frame.form!r} ({what})"


def _reasons(model: LinearModel, features: Sequence[tuple[str, float]], label: str) -> tuple[str, ...]:
    return tuple(f"{part:+.2f} {name}" for name, part in model.reasons(features, label, most=REASONS))


def parse_tree(head: Token, inside: set[int], depth: int = DEPTH) -> Iterator[str]:
    """The governing word with what hangs on it, a line each, three levels deep."""
    yield f"{head.text} ({head.pos_}, {head.dep_})"
    yield from _branches(head, inside, depth, "")


def _branches(head: Token, inside: set[int], depth: int, indent: str) -> Iterator[str]:
    children = [c for c in head.children if c.i in inside and not c.is_punct]
    for child in children:
        last = child is children[-1]
        text = child.doc[child.left_edge.i : child.right_edge.i + 1].text
        short = text if len(text) <= WIDTH else f"{text[: WIDTH - 1]}…"
        rest = "" if text == child.text else f": {short}"
        yield f"{indent}{'└' if last else '├'}─ {child.dep_} {child.text}{rest}"
        if depth > 1:
            yield from _branches(child, inside, depth - 1, indent + ("   " if last else "│  "))
