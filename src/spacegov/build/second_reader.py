"""A language model as second reader of documents that the rules have read (`spacegov extract --llm`)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from spacegov.build.cache import Found
from spacegov.build.documents import Broken, Ticker, with_pages
from spacegov.extract.ensemble import combine
from spacegov.extract.llm_records import LlmReading
from spacegov.model import Document, Vocabulary
from spacegov.sources import read_document

if TYPE_CHECKING:
    from spacegov.extract.llm import LlmExtractor


def open_reader(
    vocabulary: Vocabulary, name: str, url: str | None, *, budget_tokens: int, cache: Path | None
) -> LlmExtractor:
    """The extractor that asks the model of that name.

    Raises:
        InputError: the address is none.
        MissingPiece: the extra `[llm]` or a key is missing.
    """
    from spacegov.extract.llm import LlmExtractor, open_model

    return LlmExtractor(vocabulary, open_model(name, url), budget_tokens=budget_tokens, cache_dir=cache)


def read_again(
    results: Sequence[Found | Broken],
    vocabulary: Vocabulary,
    read: Callable[[Document], LlmReading],
    *,
    tick: Ticker = lambda done, total, label: None,
) -> tuple[list[Found | Broken], list[LlmReading]]:
    """The same results, their stances weighed by what the model reads, and what it read in each document.

    Raises:
        MissingPiece: the model does not answer.
    """
    weighed: list[Found | Broken] = []
    readings: list[LlmReading] = []
    for number, result in enumerate(results, 1):
        if isinstance(result, Found):
            document = read_document(Path(result.path), metadata=result.metadata, vocabulary=vocabulary)
            reading = read(document)
            readings.append(reading)
            weighed.append(replace(result, stances=tuple(with_pages(combine(result.stances, reading), document))))
        else:
            weighed.append(result)
        tick(number, len(results), Path(result.path).name)
    return weighed, readings


def account(readings: Sequence[LlmReading]) -> list[str]:
    """What the model was asked and what was not believed, in lines for people."""
    rows = sum(len(r.stances) for r in readings)
    calls, kept, tokens = (sum(getattr(r, name) for r in readings) for name in ("calls", "kept", "tokens"))
    lines = [f"language model: {rows} rows borne out; {calls} questions asked, {kept} answers kept, {tokens} tokens"]
    why = Counter(dropped.reason for r in readings for dropped in r.dropped)
    lines += [f"language model: dropped {n} times: {reason}" for reason, n in why.most_common(5)]
    if len(why) > 5:
        lines.append(f"language model: dropped for {len(why) - 5} other reasons: {sum(why.values())} times in all")
    stopped = [r.stopped for r in readings if r.stopped]
    if stopped:
        lines.append(f"language model: {stopped[0]} (in {len(stopped)} documents)")
    return lines
