"""Is a clause a stance, which act, and for or against: rules, named features and the reader in one decision.

Each voice speaks in log odds or log shares; the weights with which they are added are in
`data/weights/fusion.tsv`, fitted on documents that none of the voices had seen.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from spacegov.extract.candidate import Candidate
from spacegov.extract.decide import DECLARED
from spacegov.extract.features import Place, genre_of
from spacegov.extract.gate import announces
from spacegov.extract.learned import FUSION, LinearModel, chances, log_softmax, sigmoid, softmax
from spacegov.extract.reader import BEFORE_CHARACTERS, Reader, Reading
from spacegov.model import Act, Document, Polarity

BARE_THRESHOLD: Final = 0.75
"""Row score asked for in a block that never names the domain."""
FAR_THRESHOLD: Final = 0.55
"""… and in a block that does, away from the sentences that do; in a sparse document beside them too."""
SPARSE: Final = 1.0
"""Words of the domain for each 600 characters of a document below which it is on other matters as well."""
TRUST: Final = 1.5
"""What a plain frame adds to the score of its act by named features."""
OWN_KINDS: Final = frozenset(("conj", "participle", "advcl", "relcl"))
"""Clauses that may be a row inside another's words: what a verb of speech introduces is one row with it."""
OWN_ROW: Final = 0.7
"""Row score asked of such a clause."""
LEAST_REST: Final = 20
"""Characters that must be left of the outer clause."""
TOLD_ROW: Final = 0.6
"""Row score of a noun that tells of another's proposal, at least."""
TOLD_SHARE: Final = 0.85
"""Share of *proposes* there: so many of such nouns in training documents are rows with that act."""
WORTH_READING: Final = 0.16
"""Chance of a row by named features below which a clause is not given to the reader."""


class Judge:
    """Decides on candidates with whatever voices it was given; rules alone where there are no weights."""

    def __init__(
        self, models: Mapping[str, LinearModel], reader: Reader | None, *, row_threshold: float, trust: float
    ) -> None:
        self.models = models
        self.threshold = row_threshold
        self.reader = reader if FUSION in models else None
        self._trust = trust
        self._shared = shared_targets(models["target"], reader) if "target" in models and reader else ([], [])

    @property
    def name(self) -> str:
        """What the extractor calls itself in provenance."""
        if not self.models:
            return "frames"
        return "frames+learnt" if self.reader is None else "frames+learnt+reader"

    def hear(self, candidates: Sequence[Candidate], document: Document) -> None:
        """Let the reader judge every clause that may be a stance."""
        if self.reader is None:
            return
        sentences: dict[tuple[int, int], list[Candidate]] = {}
        for candidate in candidates:
            if self.linear_row(candidate) >= WORTH_READING:
                key = (candidate.clause.block, candidate.clause.sentence.start_char)
                sentences.setdefault(key, []).append(candidate)
        groups = list(sentences.values())
        for group, judgements in zip(groups, self.reader.read([reading_of(g, document) for g in groups]), strict=True):
            for candidate, judgement in zip(group, judgements, strict=True):
                candidate.judgement = judgement

    def select(self, candidates: list[Candidate]) -> list[Candidate]:
        """The clauses that hold a stance: best first, never two for the same words."""
        for candidate in candidates:
            candidate.row_score = self.row(candidate)
        chosen: list[Candidate] = []
        taken: dict[int, list[Candidate]] = {}
        for candidate in sorted(candidates, key=lambda c: (-c.row_score, c.clause.block, c.clause.start)):
            if candidate.row_score < self.threshold:
                break
            if candidate.row_score < self._threshold_at(candidate.place) or announces(candidate.clause.words):
                continue
            same = taken.setdefault(candidate.clause.block, [])
            if any(_same_words(candidate, other) and not _two_rows(candidate, other) for other in same):
                continue
            same.append(candidate)
            chosen.append(candidate)
        return chosen

    def _threshold_at(self, place: Place) -> float:
        """A row is asked for more where nothing around it names the domain.

        The weights were learnt from passages about space; whole speeches speak of everything else too.
        """
        beside = place.before or place.after
        if place.about or (beside and place.density >= SPARSE):
            return self.threshold
        return FAR_THRESHOLD if beside or place.share else BARE_THRESHOLD

    def row(self, candidate: Candidate) -> float:
        """Chance that a clause is a row, by the learnt models or, without them, by rule."""
        if candidate.proposer:
            return max(TOLD_ROW, self._row(candidate))
        return self._row(candidate)

    def _row(self, candidate: Candidate) -> float:
        if "row" not in self.models:
            return _row_by_rule(candidate)
        judgement = candidate.judgement
        if judgement is None:
            return self.linear_row(candidate)
        odds = self.row_odds(candidate)
        voices = [("bias", 1.0), ("linear", odds), ("reader", judgement.row), ("stance", judgement.stance)]
        return sigmoid(self._fused(voices, "row"))

    def linear_row(self, candidate: Candidate) -> float:
        """Chance of a row by named features alone."""
        return sigmoid(self.row_odds(candidate))

    def row_odds(self, candidate: Candidate) -> float:
        """The same in log odds."""
        return float(self.models["row"].scores(candidate.features)[0])

    def act(self, candidate: Candidate) -> tuple[Act, Polarity, float]:
        """Act, polarity, and the share of the act among the eight."""
        decision = candidate.decision
        if "act" not in self.models or "polarity" not in self.models:
            return "proposes" if candidate.proposer else decision.act, decision.polarity, decision.strength
        if candidate.proposer:
            return "proposes", self.side(candidate, "proposes"), TOLD_SHARE
        if decision.rule == DECLARED:
            return decision.act, self.side(candidate, decision.act), decision.strength
        shares = softmax(self._act_scores(candidate))
        if candidate.judgement is None and _plain(candidate):
            return decision.act, decision.polarity, decision.strength
        best = int(shares.argmax())
        act: Act = self.models["act"].classes[best]  # type: ignore[assignment]
        return act, self.side(candidate, act), float(shares[best])

    def _act_scores(self, candidate: Candidate) -> NDArray[np.float32]:
        named = self.named_acts(candidate)
        if candidate.judgement is None or self.reader is None:
            return named
        fusion = self.models[FUSION]
        read = self.read_acts(candidate)
        return log_softmax(named) * _weight(fusion, "linear", "act") + read * _weight(fusion, "reader", "act")

    def named_acts(self, candidate: Candidate) -> NDArray[np.float32]:
        """Scores of the acts by named features and rules, in the order of the model's classes."""
        model, decision = self.models["act"], candidate.decision
        scores = model.scores(candidate.features)
        if decision.hit is not None and decision.act in model.classes:
            scores[model.classes.index(decision.act)] += self._trust * decision.strength
        return scores

    def read_acts(self, candidate: Candidate) -> NDArray[np.float32]:
        """Log shares of the acts by the reader, in the order of the model's classes."""
        judgement = candidate.judgement
        assert judgement is not None and self.reader is not None
        shares = dict(zip(self.reader.acts, judgement.acts, strict=True))
        return np.array([shares[name] for name in self.models["act"].classes], dtype=np.float32)

    def side(self, candidate: Candidate, act: Act) -> Polarity:
        """For, against or neutral."""
        odds = self.side_odds(candidate, act)
        judgement = candidate.judgement
        if judgement is None:
            return "against" if odds >= 0 or act in {"opposes", "criticises"} else "for"
        pro, contra, neutral = judgement.polarities
        if neutral > max(pro, contra):
            return "neutral"
        if act in {"opposes", "criticises"}:
            return "against"
        return "against" if self._fused([("linear", odds), ("reader", contra - pro)], "polarity") >= 0 else "for"

    def side_odds(self, candidate: Candidate, act: Act) -> float:
        """Log odds of *against* by named features alone."""
        return float(self.models["polarity"].scores(polarity_features(candidate, act))[0])

    def targets(self, candidate: Candidate) -> dict[str, float]:
        """Chance of each learnt target, by the words of the clause and, where it was heard, by the reader."""
        model = self.models.get("target")
        if model is None:
            return {}
        odds = model.scores(candidate.target_features).astype(np.float64)
        if candidate.judgement is not None and self.reader is not None:
            mine, theirs = self._shared
            read = np.array(candidate.judgement.targets)[theirs]
            odds[mine] = self._fused([("bias", 1.0), ("linear", odds[mine]), ("reader", read)], "target")
        return dict(zip(model.classes, chances(odds).tolist(), strict=True))

    def _fused(self, voices: Sequence[tuple[str, Any]], decision: str) -> Any:
        """The voices added up, each a number or many side by side."""
        fusion = self.models[FUSION]
        return sum(_weight(fusion, name, decision) * value for name, value in voices)


def shared_targets(model: LinearModel, reader: Reader) -> tuple[list[int], list[int]]:
    """Columns of the targets that both know, in the order of the reader: the model's, and the reader's."""
    columns = {target: n for n, target in enumerate(model.classes)}
    both = [(columns[t], n) for n, t in enumerate(reader.targets) if t in columns]
    return [mine for mine, _ in both], [theirs for _, theirs in both]


def _weight(fusion: LinearModel, voice: str, decision: str) -> float:
    vector = fusion.weights.get(voice)
    return 0.0 if vector is None else float(vector[fusion.classes.index(decision)])


def reading_of(group: Sequence[Candidate], document: Document) -> Reading:
    """A sentence with its clauses, for the reader."""
    clause = group[0].clause
    sentence, low = clause.sentence, clause.sentence.start_char
    at = document.blocks[clause.block].start + low
    return Reading(
        sentence=sentence.text, before=document.text[max(0, at - BEFORE_CHARACTERS) : at],
        genre=genre_of(document.metadata.kind),
        clauses=tuple((c.clause.start - low, c.clause.end - low, c.clause.head.idx - low) for c in group),
    )  # fmt: skip


def _row_by_rule(candidate: Candidate) -> float:
    names = {n for n, _ in candidate.features}
    topical = "m:space:True" in names or bool({"m:topic", "m:instrument"} & names)
    strong = candidate.decision.strength
    if candidate.clause.kind in {"relcl", "advcl", "participle", "ccomp"}:
        strong -= 0.35
    return min(1.0, strong + 0.3) if topical else max(0.0, strong - 0.45)


def _plain(candidate: Candidate) -> bool:
    """The governing word itself proposes or opposes: acts too rare for the named features to tell."""
    decision = candidate.decision
    if decision.act not in {"proposes", "opposes"} or decision.strength < 0.6:
        return False
    if candidate.scope.negated and not (decision.act == "opposes" and decision.rule.startswith("negated")):
        return False
    if candidate.clause.kind == "nominal" or (decision.hit is None and decision.act == "proposes"):
        return True
    return decision.hit is not None and decision.hit.anchor == candidate.clause.head.i


def polarity_features(candidate: Candidate, act: Act) -> list[tuple[str, float]]:
    """Features of the polarity model: the clause's own, and what the act makes of shifters and names."""
    scope, decision = candidate.scope, candidate.decision
    shifters = sum(1 for h in candidate.clause.frames if h.frame.role == "shifter")
    extra = [
        (f"pa:{act}", 1.0),
        (f"pa:{act}|negated:{scope.negated}", 1.0),
        (f"pa:{act}|shifters:{min(shifters, 2)}", 1.0),
        (f"pa:{act}|rule:{decision.polarity}", 1.0),
        (f"p:shifters:{min(shifters, 2)}|negated:{scope.negated}", 1.0),
    ]
    named = sorted({m.id for m in candidate.mentions if m.kind in {"topic", "instrument"} and not m.cue})
    extra += [(f"pm:{i}|shifted:{shifters % 2}", 1.0) for i in named]
    return [*(f for f in candidate.features if f[0][:2] not in {"he", "su", "r:", "ta", "ki"}), *extra]


def _two_rows(a: Candidate, b: Candidate) -> bool:
    """Whether one of two clauses stands inside the other and yet is a row of its own: another verb, and sure of it."""
    inner, outer = sorted((a, b), key=lambda c: c.clause.end - c.clause.start)
    rest = max(inner.clause.start - outer.clause.start, outer.clause.end - inner.clause.end)
    return (
        inner.clause.kind in OWN_KINDS and inner.row_score >= OWN_ROW and rest >= LEAST_REST and is_inside(inner, outer)
    )


def is_inside(inner: Candidate, outer: Candidate) -> bool:
    """Whether a clause stands inside another one and does not govern it."""
    a, b = inner.clause, outer.clause
    if a.block != b.block or a is b or not (b.start <= a.start and a.end <= b.end):
        return False
    return (a.start, a.end) != (b.start, b.end) and not a.start <= b.head.idx < a.end


def _same_words(a: Candidate, b: Candidate) -> bool:
    """Two clauses that a reader would call one: most of the shorter lies in the other, and sizes are near.

    A noun of position ('the Soviet proposal to …') may stand inside the clause that welcomes it.
    """
    if {a.clause.kind, b.clause.kind} & {"nominal"} and a.clause.kind != b.clause.kind:
        return False
    shared = min(a.clause.end, b.clause.end) - max(a.clause.start, b.clause.start)
    if shared <= 0:
        return False
    lengths = sorted((a.clause.end - a.clause.start, b.clause.end - b.clause.start))
    return shared >= lengths[0] / 2 and shared >= lengths[1] / 5
