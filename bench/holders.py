"""How often the holder is right where the act is known: the rules for holders alone, on our made-up passages.

    python bench/holders.py [WORDS]    also list wrong ones of the files whose names hold WORDS

The passages ship with the project (`data/annotations/written/`), and no holder is learnt from them. They are more
artful than real texts, so this is a tool for finding faults, not a figure to expect of a speech.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from spacegov.build.authorless import is_authorless, with_stand_in
from spacegov.extract import slots
from spacegov.extract.pipeline import Extractor
from spacegov.extract.whose import historical
from spacegov.learn.examples import examples
from spacegov.learn.sources import written_passages
from spacegov.model import Vocabulary
from spacegov.rdf.vocabulary import load_vocabulary
from spacegov.resources import folder

WRITTEN: Final = folder("data") / "annotations" / "written"
SHOWN: Final = 40


@dataclass(frozen=True, slots=True)
class Found:
    """A row, who holds it, and whom the rules take for the holder."""

    passage: str
    act: str
    holders: frozenset[str]
    taken: frozenset[str]
    source: str
    quote: str


def labels(path: Path) -> dict[tuple[str, int, str], frozenset[str]]:
    """Annotated holders by passage, place and act; a row that was added without a holder is left out."""
    lines: Iterator[dict[str, Any]] = (json.loads(line) for line in path.read_text(encoding="utf-8").splitlines())
    return {
        (e["id"], e["text"].find(r["quote"]), r["act"]): frozenset(r["holders"]) for e in lines for r in e["rows"]
        if r.get("holders")
    }  # fmt: skip


def found(vocabulary: Vocabulary) -> Iterator[tuple[str, Found]]:
    """Every row that a clause was found for, with the name of its file."""
    extractor = Extractor(vocabulary)
    posts = {p.of: p.at for p in vocabulary.posts}
    known = {key: (path.stem, who) for path in sorted(WRITTEN.glob("*.jsonl")) for key, who in labels(path).items()}
    for document, rows, _ in written_passages(WRITTEN):
        name = document.metadata.doc
        text = with_stand_in(document, vocabulary) if is_authorless(document.metadata) else document
        for example in examples(extractor, text, rows, 1.0):
            row, c = example.row, example.candidate
            if row is None:
                continue
            filler = slots.holders(
                c.clause, c.scope, row.act, c.mentions, c.context, vocabulary.entries,  # type: ignore[arg-type]
                last_actor=c.last_actor, near=c.near, posts=posts,
            )  # fmt: skip
            taken = frozenset(historical(h, document.metadata.date, vocabulary) for h in filler.value)
            if (name, row.start, row.act) not in known:
                continue
            file, who = known[name, row.start, row.act]
            quote = " ".join(document.source[row.start : row.end].split())
            yield file, Found(name, row.act, who, taken, filler.source, quote)


def main(words: str | None) -> None:
    """Print the table, and wrong ones where they are asked for."""
    table = list(found(load_vocabulary()))
    right = Counter(file for file, f in table if f.holders == f.taken)
    everything = Counter(file for file, _ in table)
    print("| passages | rows | holders right |\n| --- | ---: | ---: |")
    for file, number in sorted(everything.items()):
        print(f"| {file} | {number} | {right[file] / number:.2f} |")
    print(f"| all | {len(table)} | {right.total() / len(table):.3f} |")
    wrong = [f for file, f in table if words and words in file and f.holders != f.taken]
    for f in wrong[:SHOWN]:
        print(f"{f.passage} {f.act}: {sorted(f.holders)}, taken {sorted(f.taken)} ({f.source}): {f.quote[:110]}")


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else None)
