"""Counts by document, the figures that follow from them, and how sure they are."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from spacegov.score.pairing import Level, Pair, pair_rows, same_date, same_forum, whole_proposal
from spacegov.score.rows import GoldRow

LEVELS: Final = ("span", "act", "holder", "stance")
RATIOS: Final = (*LEVELS, "targets", "proposals")
SHARES: Final = ("forum", "date")
MEASURES: Final = (*LEVELS, "targets", "forum", "date", "proposals")
DRAWS: Final = 1000

Counts = Counter[str]
"""Named counts of one document or of several: '<measure> hit', '<measure> found', '<measure> gold'."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ratio:
    """Precision, recall and F1 from hits."""

    hit: int
    found: int
    gold: int

    @property
    def precision(self) -> float:
        return self.hit / self.found if self.found else 0.0

    @property
    def recall(self) -> float:
        return self.hit / self.gold if self.gold else 0.0

    @property
    def f1(self) -> float:
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Scores:
    """The counts of every document, and what they amount to."""

    by_document: Mapping[str, Counts]
    groups: Mapping[str, Mapping[str, Ratio]] = field(default_factory=dict)
    """Stance level by 'act', 'actor', 'genre' and 'decade'."""
    pairs: tuple[Pair, ...] = ()
    missed: tuple[GoldRow, ...] = ()
    false: tuple[GoldRow, ...] = ()

    @property
    def total(self) -> Counts:
        return total(self.by_document.values())

    def ratio(self, measure: str) -> Ratio:
        return ratio_of(self.total, measure)

    def f1(self, measure: str) -> float:
        """F1 of a measure; for forum and date the share of gold rows that got it right."""
        return figure(self.total, measure)

    def interval(self, measure: str, draws: int = DRAWS) -> tuple[float, float]:
        """The middle 95 % of the figure over samples of documents drawn with replacement.

        The seed is fixed: the same rows give the same interval.
        """
        documents = [self.by_document[name] for name in sorted(self.by_document)]
        chance = random.Random(0)
        drawn = sorted(figure(total(chance.choices(documents, k=len(documents))), measure) for _ in range(draws))
        return drawn[int(draws * 0.025)], drawn[min(draws - 1, int(draws * 0.975))]


def total(counts: Iterable[Counts]) -> Counts:
    summed: Counts = Counter()
    for one in counts:
        summed.update(one)
    return summed


def ratio_of(counts: Counts, measure: str) -> Ratio:
    return Ratio(hit=counts[f"{measure} hit"], found=counts[f"{measure} found"], gold=counts[f"{measure} gold"])


def figure(counts: Counts, measure: str) -> float:
    ratio = ratio_of(counts, measure)
    return ratio.recall if measure in SHARES else ratio.f1


def score(
    gold: Sequence[GoldRow],
    found: Sequence[GoldRow],
    documents: Iterable[str],
    *,
    facts: Mapping[str, Mapping[str, str]] | None = None,
) -> Scores:
    """Compare extracted rows with gold rows.

    Args:
        documents: those that are scored, the ones without any gold row included.
        facts: 'genre' and 'decade' of each document, where known.
    """
    by_document: dict[str, Counts] = {}
    all_pairs: list[Pair] = []
    for doc in sorted(set(documents)):
        rows = [row for row in gold if row.doc == doc]
        answers = [row for row in found if row.doc == doc]
        pairs = pair_rows(rows, [row for row in answers if row.span])
        by_document[doc] = _count(rows, answers, pairs)
        all_pairs += pairs
    paired = {id(row) for pair in all_pairs for row in (pair.gold, pair.found)}
    return Scores(
        by_document=by_document,
        groups=_groups(gold, found, all_pairs, facts or {}),
        pairs=tuple(all_pairs),
        missed=tuple(row for row in gold if id(row) not in paired),
        false=tuple(row for row in found if id(row) not in paired),
    )


def _count(gold: Sequence[GoldRow], found: Sequence[GoldRow], pairs: Sequence[Pair]) -> Counts:
    counts: Counts = Counter()
    counts["invented"] = sum(row.span is None for row in found)
    for level, name in zip(Level, LEVELS, strict=True):
        counts[f"{name} hit"] = sum(pair.level >= level for pair in pairs)
        counts[f"{name} found"], counts[f"{name} gold"] = len(found), len(gold)
    counts["targets hit"] = sum(len(pair.found.targets & pair.gold.targets) for pair in pairs)
    counts["targets found"] = sum(len(pair.found.targets) for pair in pairs)
    counts["targets gold"] = sum(len(pair.gold.targets) for pair in pairs)
    counts["forum gold"] = sum(row.forum is not None for row in gold)
    counts["forum hit"] = sum(pair.gold.forum is not None and same_forum(pair.gold, pair.found) for pair in pairs)
    counts["date gold"] = sum(row.date is not None for row in gold)
    counts["date hit"] = sum(same_date(pair.gold, pair.found) for pair in pairs)
    counts["proposals hit"] = sum(map(whole_proposal, pairs))
    counts["proposals found"] = sum(row.act == "proposes" for row in found)
    counts["proposals gold"] = sum(row.act == "proposes" for row in gold)
    return counts


def _groups(
    gold: Sequence[GoldRow],
    found: Sequence[GoldRow],
    pairs: Sequence[Pair],
    facts: Mapping[str, Mapping[str, str]],
) -> dict[str, dict[str, Ratio]]:
    ways: dict[str, Callable[[GoldRow], Iterable[str]]] = {
        "act": lambda row: (row.act,),
        "actor": lambda row: row.holders,
        "genre": lambda row: (facts.get(row.doc, {}).get("genre", "unknown"),),
        "decade": lambda row: (facts.get(row.doc, {}).get("decade", "unknown"),),
    }
    right = [pair.gold for pair in pairs if pair.level == Level.STANCE]
    return {name: _by(way, gold, found, right) for name, way in ways.items()}


def _by(
    way: Callable[[GoldRow], Iterable[str]],
    gold: Sequence[GoldRow],
    found: Sequence[GoldRow],
    right: Sequence[GoldRow],
) -> dict[str, Ratio]:
    counted = [Counter(group for row in rows for group in way(row)) for rows in (right, found, gold)]
    names = sorted({*counted[1], *counted[2]}, key=lambda name: (-counted[2][name], name))
    return {name: Ratio(hit=counted[0][name], found=counted[1][name], gold=counted[2][name]) for name in names}
