"""Fit the reader: the lower layers of all-mpnet-base-v2 and our heads, to annotated clauses.

All kinds of examples teach it: gold rows, annotated and written passages (is it a row, which act, which side) and
labelled clauses on other matters (is it a stance at all, which act, which side). The word vectors stay as they are.
Needs what `requirements-reader.lock` pins (`make reader`); nothing of it is needed to read.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from spacegov.errors import MissingPiece
from spacegov.extract.judge import reading_of
from spacegov.extract.reader import HEADS, Cutter, Piece
from spacegov.learn.examples import Example
from spacegov.learn.shares import share_of, target_labels
from spacegov.model import ACTS, POLARITIES

FIRST_TARGET: Final = len(HEADS) + len(ACTS) + len(POLARITIES)
"""Column of the first target among the heads."""
RARE: Final = -4.0
"""Log odds that a target starts from."""
LEAST_ROWS: Final = 8
"""Rows that a target needs before the reader learns it."""
TARGET_SHARE: Final = 0.1
"""Of the loss over all targets of a row, beside the loss of its act."""


@dataclass(frozen=True, kw_only=True)
class Pass:
    """How often the examples are gone through in a row, and which of them."""

    rate: float
    """Highest learning rate of the encoder (AdamW, warm-up of 6 %, then falling)."""
    head_rate: float = 1e-3
    epochs: int = 1
    frozen: int = 0
    """Lowest layers that learn no more."""
    kept: Mapping[str, tuple[float, float]] = field(default_factory=dict)
    """By source, the share of the clauses with a row that is kept, and of those without: elsewhere all are."""
    times: Mapping[str, int] = field(default_factory=dict)
    """By source, how often an example stands in an epoch: elsewhere once."""
    share: float = 1.0
    """Share of the state after it in the weights, the rest being the state before it: a mean of two such points reads
    texts of another kind better than either (Izmailov et al. 2018)."""


@dataclass(frozen=True, kw_only=True)
class Recipe:
    """How the reader is fitted."""

    passes: tuple[Pass, ...] = (
        Pass(rate=6e-5, epochs=2, kept={"written": (1.0, 0.2), "clauses": (0.5, 0.15)}),
        Pass(rate=4e-5, head_rate=5e-4, frozen=2, kept={"written": (1.0, 0.6)}, times={"gold": 2}, share=0.6),
        Pass(
            rate=3e-5, head_rate=3e-4, frozen=2, kept={"written": (1.0, 0.25), "clauses": (0.4, 0.1)},
            times={"gold": 2}, share=0.6,
        ),
    )  # fmt: skip
    """First what teaches most in the time, then nearly all, then passages on space again, with the lowest layers as
    they are."""
    budget: int = 2048
    """Word pieces of a batch."""
    seed: int = 0
    layers: int = 8
    """Lowest layers of the encoder that are kept: of twelve, each costs the same time and the top ones give least."""
    target_rows: int = LEAST_ROWS


@dataclass(frozen=True)
class Item:
    """One input of the encoder, with the example of its clause."""

    piece: Piece
    example: Example


def items(examples: Sequence[Example], tokenizer: Any) -> list[Item]:
    """The inputs of the encoder for examples in reading order, as the extractor would make them."""
    sentences: dict[tuple[str, int, int], list[Example]] = {}
    for example in examples:
        clause = example.candidate.clause
        sentences.setdefault((example.group, clause.block, clause.sentence.start_char), []).append(example)
    made = []
    cutter = Cutter(tokenizer)
    for group in sentences.values():
        reading = reading_of([e.candidate for e in group], group[0].document)
        made += [Item(piece, group[piece.clause]) for piece in cutter.cut(reading)]
    return made


def batches(inputs: Sequence[Item], budget: int, order: random.Random) -> Iterator[list[Item]]:
    """Inputs of like length together, at most so many pieces in a batch, in a new order each time."""
    queue = sorted(inputs, key=lambda item: len(item.piece.ids) + order.random() * 12)
    made: list[list[Item]] = [[]]
    for item in queue:
        if made[-1] and len(item.piece.ids) * (len(made[-1]) + 1) > budget:
            made.append([])
        made[-1].append(item)
    order.shuffle(made)
    return iter(made)


def fit_reader(
    examples: Sequence[Example], base: Path, known: frozenset[str], say: Callable[[str], None],
    recipe: Recipe | None = None, after: Callable[[Any, int], None] | None = None,
) -> Any:  # fmt: skip
    """The fitted network, on the CPU; `after` is called with it after each epoch, to look at it or to keep it.

    `known` are the ids that a target may have; `base` is the folder of the encoder (safetensors and tokenizer.json).

    Raises:
        MissingPiece: torch or transformers is not installed.
    """
    torch, tokenizer = network_library(), tokenizer_of(base)
    recipe = recipe or Recipe()
    torch.manual_seed(recipe.seed)
    order = random.Random(recipe.seed)
    network = _network(base, target_labels(examples, known, recipe.target_rows), recipe.layers)
    for parameter in network.encoder.embeddings.parameters():
        parameter.requires_grad = False
    epoch = 0
    for stage in recipe.passes:
        before = {name: value.clone() for name, value in network.state_dict().items()}
        inputs = items(chosen(examples, stage, order), tokenizer)
        for layer in network.encoder.encoder.layer[: stage.frozen]:
            layer.requires_grad_(False)
        for loss in _epochs(network, inputs, stage, recipe.budget, order, say):
            epoch += 1
            say(f"epoch {epoch}: loss {loss:.3f}")
            if after is not None:
                after(network, epoch)
        if stage.share < 1:
            network.load_state_dict(mixed(before, network.state_dict(), stage.share))
    return network


def mixed(before: Mapping[str, Any], after: Mapping[str, Any], share: float) -> dict[str, Any]:
    """Weights between two states of one network; what is no number with a fraction is that of `after`."""
    return {
        name: before[name] * (1 - share) + value * share if value.is_floating_point() else value
        for name, value in after.items()
    }


def chosen(examples: Sequence[Example], stage: Pass, order: random.Random) -> list[Example]:
    """The examples of one epoch, in reading order."""
    kept = [e for e in examples if order.random() < stage.kept.get(e.source, (1.0, 1.0))[e.row is None]]
    return [e for e in kept for _ in range(stage.times.get(e.source, 1))]


def _epochs(
    network: Any, inputs: Sequence[Item], stage: Pass, budget: int, order: random.Random, say: Callable[[str], None]
) -> Iterator[float]:
    """Go through the inputs; gives the mean loss after each epoch, with the network ready to be looked at."""
    torch = network_library()
    body = [p for p in network.encoder.encoder.parameters() if p.requires_grad]
    heads = list(network.heads.parameters())
    groups = [{"params": body, "lr": stage.rate}, {"params": heads, "lr": stage.head_rate}]
    optimiser = torch.optim.AdamW(groups, weight_decay=0.01)
    steps = stage.epochs * sum(1 for _ in batches(inputs, budget, random.Random(0)))
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimiser, lambda step: min(1.0, (step + 1) / (0.06 * steps)) * max(0.02, 1 - step / steps)
    )
    say(f"{len(inputs)} inputs, {sum(len(i.piece.ids) for i in inputs)} word pieces, {steps} steps")
    for _ in range(stage.epochs):
        network.train()
        total = count = 0.0
        for batch in batches(inputs, budget, order):
            with torch.autocast("cpu", dtype=torch.bfloat16):
                values = network(*tensors(batch))
            loss = _loss(values.float(), [item.example for item in batch], network.targets)
            optimiser.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
            optimiser.step()
            schedule.step()
            total, count = total + float(loss), count + 1
        network.eval()
        yield total / count


def network_library() -> Any:
    """torch, where it is installed with transformers.

    Raises:
        MissingPiece: one of them is not.
    """
    try:
        import torch
        import transformers  # noqa: F401
    except ImportError as error:
        raise MissingPiece("fitting the reader needs torch and transformers: run 'make reader'") from error
    return torch


def tokenizer_of(base: Path) -> Any:
    """The tokenizer of a folder, without padding or a limit of its own."""
    from tokenizers import Tokenizer

    tokenizer: Any = Tokenizer.from_file(str(base / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    return tokenizer


def _network(base: Path, targets: Sequence[str], layers: int) -> Any:
    torch = network_library()
    from transformers import AutoModel

    class Network(torch.nn.Module):  # type: ignore[misc, name-defined]
        """Encoder, and linear heads over the marks of clause and governing word and the mean of all."""

        def __init__(self) -> None:
            super().__init__()
            self.encoder = AutoModel.from_pretrained(str(base), local_files_only=True)
            self.encoder.encoder.layer = self.encoder.encoder.layer[:layers]
            self.targets = tuple(targets)
            self.dropout = torch.nn.Dropout(0.15)
            width = self.encoder.config.hidden_size
            self.heads = torch.nn.Linear(3 * width, FIRST_TARGET + len(targets))
            torch.nn.init.constant_(self.heads.bias[FIRST_TARGET:], RARE)

        def forward(self, ids: Any, mask: Any, marks: Any) -> Any:
            hidden = self.encoder(input_ids=ids, attention_mask=mask).last_hidden_state
            shares = mask.to(hidden.dtype)
            whole = (hidden * shares.unsqueeze(-1)).sum(1) / shares.sum(1, keepdim=True)
            rows = torch.arange(len(ids))
            seen = torch.cat([hidden[rows, marks[:, 0]], hidden[rows, marks[:, 1]], whole], -1)
            return self.heads(self.dropout(seen).float())

    return Network()


def tensors(batch: Sequence[Item]) -> tuple[Any, Any, Any]:
    """Ids and mask (inputs x pieces), and the places of the two marks (inputs x 2)."""
    torch = network_library()
    width = max(len(item.piece.ids) for item in batch)
    ids = torch.zeros(len(batch), width, dtype=torch.long)
    mask = torch.zeros(len(batch), width, dtype=torch.long)
    for row, item in enumerate(batch):
        ids[row, : len(item.piece.ids)] = torch.tensor(item.piece.ids)
        mask[row, : len(item.piece.ids)] = 1
    return ids, mask, torch.tensor([(item.piece.opening, item.piece.governing) for item in batch])


def _loss(values: Any, examples: Sequence[Example], targets: Sequence[str]) -> Any:
    """Row, stance, act, side and targets, each over the examples that can teach it; the act counts most."""
    torch = network_library()
    functions = torch.nn.functional
    weights = torch.tensor([e.weight for e in examples])
    truth = torch.tensor([float(e.row is not None) for e in examples])
    domain = [n for n, e in enumerate(examples) if e.of_domain]
    stance = [n for n, e in enumerate(examples) if not e.of_domain or e.row is not None]
    rows = [(n, e.row) for n, e in enumerate(examples) if e.row is not None]
    total = values.sum() * 0.0
    for column, chosen, share in ((0, domain, 1.0), (1, stance, 0.5)):
        if chosen:
            losses = functions.binary_cross_entropy_with_logits(values[chosen, column], truth[chosen], reduction="none")
            total = total + share * (losses * weights[chosen]).mean()
    if rows:
        chosen, first = [n for n, _ in rows], len(HEADS)
        acts = torch.tensor([ACTS.index(row.act) for _, row in rows])
        sides = torch.tensor([POLARITIES.index(row.polarity) for _, row in rows])
        for logits, classes, share, smoothing in (
            (values[chosen, first : first + len(ACTS)], acts, 1.0, 0.05),
            (values[chosen, first + len(ACTS) : FIRST_TARGET], sides, 0.7, 0.0),
        ):
            losses = functions.cross_entropy(logits, classes, reduction="none", label_smoothing=smoothing)
            total = total + share * (losses * weights[chosen]).mean()
    named = [(n, row) for n, row in rows if row.targets and examples[n].of_domain]
    if named and targets:
        chosen = [n for n, _ in named]
        wanted = torch.tensor([[share_of(t, row) for t in targets] for _, row in named])
        losses = functions.binary_cross_entropy_with_logits(values[chosen, FIRST_TARGET:], wanted, reduction="none")
        total = total + TARGET_SHARE * (losses.sum(1) * weights[chosen]).mean()
    return total
