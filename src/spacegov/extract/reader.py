"""The reader: a small neural encoder that reads a sentence and judges each of its clauses.

The encoder is the lower two thirds of all-mpnet-base-v2 (Apache-2.0; Song and others 2020, Reimers and Gurevych 2019),
fitted to our rows by `learn.reader` and stored in eight bits; on top of it stand linear heads in plain text
(`data/weights/reader/heads.tsv` and `targets.tsv`). What it says is one more voice beside the named features of
`learned`: how much it counts is in `fusion.tsv`, and `spacegov explain` shows what each of the two said.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Final, TypeAlias

import numpy as np

from spacegov.errors import MissingPiece

LONGEST: Final = 90
"""Word pieces of a sentence that are read; of longer ones the part around the clause."""
LEAD: Final = 20
"""Pieces kept before a clause where the sentence is cut."""
BEFORE: Final = 56
"""Pieces of the text before the sentence that are read with it: what a list item stands under, whom 'they' means."""
BEFORE_CHARACTERS: Final = 420
"""Characters of that text that a reading brings."""
START: Final = "<s>"
END: Final = "</s>"
MASK: Final = "<mask>"
HEADS: Final = ("row", "stance")
TARGETS: Final = "targets.tsv"
"""Heads of the targets, beside `heads.tsv`."""
LAYERS: Final = ("top", "middle", "words")
"""What the encoder gives of each piece: its last layer, the one half-way, and the words before any layer."""


Layers: TypeAlias = list[Any]
"""One array (pieces x width) for each of `LAYERS`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """A sentence to read: its words, what stands before it, and its clauses (start, end, governing word)."""

    sentence: str
    before: str
    genre: str
    clauses: tuple[tuple[int, int, int], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """What the reader makes of one clause: log odds, and log shares in the order of `Reader.classes`."""

    row: float
    stance: float
    acts: tuple[float, ...]
    polarities: tuple[float, ...]
    targets: tuple[float, ...] = ()
    """Log odds of each target of `Reader.targets`."""


@dataclass(frozen=True, slots=True)
class Piece:
    """One input of the encoder: a sentence with one of its clauses marked."""

    ids: list[int]
    clause: int
    """Which clause of the reading it is."""
    opening: int
    """Where the mark before the clause stands …"""
    governing: int
    """… and the one before its governing word: the heads look at these two, and at the mean of all."""
    closing: int
    """Where the mark behind it stands, or the end where the sentence was cut before: targets are read between."""


class Cutter:
    """Cuts readings into inputs: start, genre, text before, end; sentence with marks, end."""

    def __init__(self, tokenizer: Any) -> None:
        self._tokenizer = tokenizer
        self._cls, self._sep = tokenizer.token_to_id(START), tokenizer.token_to_id(END)
        self._open, self._head, self._close = (tokenizer.token_to_id(f"[unused{n}]") for n in (1, 2, 3))

    def cut(self, reading: Reading) -> Iterator[Piece]:
        """An input for each clause, in order."""
        before = self._tokenizer.encode(reading.before, add_special_tokens=False).ids[-BEFORE:]
        genre = self._tokenizer.encode(reading.genre, add_special_tokens=False).ids
        lead = [self._cls, *genre, *before, self._sep]
        sentence = self._tokenizer.encode(reading.sentence, add_special_tokens=False)
        for number, clause in enumerate(reading.clauses):
            start, end, head = _span(sentence.offsets, *clause)
            low = max(0, min(start - LEAD, len(sentence.ids) - LONGEST))
            high = low + LONGEST
            ids = sentence.ids
            till = [*lead, *ids[low:start], self._open, *ids[start:head], self._head, *ids[head : min(end, high)]]
            yield Piece(
                ids=[*till, self._close, *ids[end:high], self._sep], clause=number,
                opening=len(lead) + start - low, governing=len(lead) + head - low + 1, closing=len(till),
            )  # fmt: skip


def _span(offsets: Sequence[tuple[int, int]], start: int, end: int, head: int) -> tuple[int, int, int]:
    """First and last-but-one piece of a clause, and the first piece of its governing word."""
    inside = [i for i, (a, b) in enumerate(offsets) if a < end and b > start]
    low, high = (inside[0], inside[-1] + 1) if inside else (0, len(offsets))
    at = next((i for i in range(low, high) if offsets[i][1] > head), low)
    return low, high, min(at, low + LONGEST - LEAD - 1)


def position(layers: Layers, piece: Piece) -> Any:
    """What act and side are read from: the two marks and the mean over everything, three vectors in one."""
    top = layers[0]
    return np.concatenate([top[piece.opening], top[piece.governing], top.mean(0)])


def subject(layers: Layers, piece: Piece) -> Any:
    """What targets are read from: the mean over everything, and that of the clause in each layer, four vectors in one.

    The lower layers know the words of a clause still, where the last one has turned to what it does with them.
    """
    inside = slice(piece.opening + 1, piece.closing)
    return np.concatenate([layers[0].mean(0), *(layer[inside].mean(0) for layer in layers)])


class Reader:
    """The encoder with its heads, loaded once.

    Raises:
        MissingPiece: onnxruntime or tokenizers is not installed.
    """

    def __init__(self, folder: Path) -> None:
        try:
            import onnxruntime
            from tokenizers import Tokenizer
        except ImportError as error:
            raise MissingPiece(
                f"{error.name} is not installed, and the neural reader needs it: "
                "install spacegov with its dependencies, or extract with --no-reader"
            ) from error
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        options.log_severity_level = 3
        self._session: Any = onnxruntime.InferenceSession(
            str(folder / "encoder.onnx"), options, providers=["CPUExecutionProvider"]
        )
        self._cutter = Cutter(Tokenizer.from_file(str(folder / "tokenizer.json")))
        self.classes, self._heads, self._bias = _read_heads(folder / "heads.tsv")
        self._first_side = self.classes.index("for")
        self.acts = self.classes[len(HEADS) : self._first_side]
        self.sides = self.classes[self._first_side :]
        self.targets: tuple[str, ...] = ()
        self._subjects: Any = None
        self._rarity: Any = None
        if (folder / TARGETS).is_file():
            self.targets, self._subjects, self._rarity = _read_heads(folder / TARGETS)

    def read(self, readings: Sequence[Reading]) -> list[list[Judgement]]:
        """A judgement for each clause of each reading; the same readings give the same judgements."""
        return [[self.judgement(piece) for piece in self._cutter.cut(reading)] for reading in readings]

    def judgement(self, piece: Piece) -> Judgement:
        """What is made of one input."""
        layers = self._encode(piece.ids)
        values = position(layers, piece) @ self._heads + self._bias
        acts, sides = values[len(HEADS) : self._first_side], values[self._first_side :]
        about = [] if self._subjects is None else (subject(layers, piece) @ self._subjects + self._rarity).tolist()
        return Judgement(
            row=float(values[0]), stance=float(values[1]),
            acts=tuple(_log_shares(acts)), polarities=tuple(_log_shares(sides)), targets=tuple(about),
        )  # fmt: skip

    def subject_of(self, reading: Reading) -> Any:
        """What the targets of the first clause of a reading are read from (4 x width): to fit `targets.tsv` to."""
        piece = next(self._cutter.cut(reading))
        return subject(self._encode(piece.ids), piece)

    def _encode(self, ids: Sequence[int]) -> Layers:
        """Vectors of one input, layer by layer (pieces x width each).

        One at a time: the eight-bit sums are scaled by the largest value of what is read together, so in company the
        same clause would be judged a little differently; and nothing is padded, which makes it faster as well.
        """
        one = np.array([ids], dtype=np.int64)
        return [layer[0] for layer in self._session.run(list(LAYERS), {"ids": one, "mask": np.ones_like(one)})]


def _log_shares(values: Any) -> Any:
    shifted = values - values.max()
    return shifted - np.log(np.exp(shifted).sum())


def _read_heads(path: Path) -> tuple[tuple[str, ...], Any, Any]:
    """Classes, weights (dimensions x classes) and bias of a table of heads."""
    lines = path.read_text(encoding="utf-8").splitlines()
    classes = tuple(lines[0].split("\t")[1:])
    table = np.array([[float(v) for v in line.split("\t")[1:]] for line in lines[1:]], dtype=np.float32)
    return classes, table[:-1], table[-1]


@lru_cache(maxsize=2)
def load_reader(folder: Path) -> Reader | None:
    """The reader of a folder of weights, or None where the folder holds none."""
    return Reader(folder) if has_reader(folder) else None


def has_reader(folder: Path) -> bool:
    """Whether a folder of weights holds a reader."""
    return (folder / "encoder.onnx").is_file()
