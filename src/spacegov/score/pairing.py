"""Which extracted row answers which gold row, and how far it is right."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum

from spacegov.score.rows import GoldRow


class Level(IntEnum):
    """How far a pair agrees; each level needs the one before."""

    SPAN = 1
    ACT = 2
    HOLDER = 3
    STANCE = 4


@dataclass(frozen=True, slots=True)
class Pair:
    """A gold row with the extracted row that answers it."""

    gold: GoldRow
    found: GoldRow
    level: Level


def pair_rows(gold: Sequence[GoldRow], found: Sequence[GoldRow]) -> list[Pair]:
    """Rows of one document paired one to one, best first.

    Best is the highest level, then the same act, then the larger share of words, then the earlier rows.
    """
    ranked = []
    for i, one in enumerate(gold):
        for j, other in enumerate(found):
            share = shared_words(one.span, other.span)
            if share > 0:
                ranked.append((level_of(one, other), one.act == other.act, share, -i, -j))
    pairs, used_gold, used_found = [], set(), set()
    for level, _, _, i, j in sorted(ranked, reverse=True):
        if i not in used_gold and j not in used_found:
            used_gold.add(i)
            used_found.add(j)
            pairs.append(Pair(gold[-i], found[-j], level))
    return pairs


def shared_words(one: tuple[int, int] | None, other: tuple[int, int] | None) -> float:
    """The shared part of the longer span; nothing below half of the shorter or a fifth of the longer.

    >>> shared_words((0, 10), (5, 15)), shared_words((0, 10), (9, 100))
    (0.5, 0.0)
    """
    if one is None or other is None:
        return 0.0
    shared = min(one[1], other[1]) - max(one[0], other[0])
    shorter, longer = sorted((one[1] - one[0], other[1] - other[0]))
    return shared / longer if shared >= shorter / 2 and shared >= longer / 5 else 0.0


def level_of(gold: GoldRow, found: GoldRow) -> Level:
    """How far the extracted row is right."""
    if not same_act(gold, found):
        return Level.SPAN
    if not same_holders(gold, found):
        return Level.ACT
    return Level.STANCE if shared_target(gold, found) else Level.HOLDER


def same_act(gold: GoldRow, found: GoldRow) -> bool:
    """Act and polarity are those of the gold row."""
    return (gold.act, gold.polarity) == (found.act, found.polarity)


def same_holders(gold: GoldRow, found: GoldRow) -> bool:
    """The holders are exactly those of the gold row."""
    return gold.holders == found.holders


def shared_target(gold: GoldRow, found: GoldRow) -> bool:
    """A target is one of the gold row, or one that it accepts."""
    return bool((gold.targets | gold.also_right) & found.targets)


def same_forum(gold: GoldRow, found: GoldRow) -> bool:
    return gold.forum == found.forum


def same_date(gold: GoldRow, found: GoldRow) -> bool:
    """A date is right where either is the start of the other, and both name the year."""
    if gold.date is None or found.date is None:
        return False
    return found.date.startswith(gold.date) or (len(found.date) >= 4 and gold.date.startswith(found.date))


def whole_proposal(pair: Pair) -> bool:
    """A proposal with holders, a target, forum and year all right, where the gold row has them."""
    gold, found = pair.gold, pair.found
    return (
        pair.level == Level.STANCE
        and gold.act == "proposes"
        and gold.forum in (None, found.forum)
        and (gold.date is None or gold.date[:4] == (found.date or "")[:4])
    )
