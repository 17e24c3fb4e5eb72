"""Ready an encoder for sums in eight bits: what stands out of a layer's input is scaled down, its weights up as much.

An input in eight bits has one scale for all its dimensions, set by the largest value. A few dimensions of an encoder
are ten to fifty times as large as the rest, which then keeps three or four bits (Dettmers and others 2022). The scaling
is that of SmoothQuant (Xiao and others 2023), but of those dimensions alone: to even out all of them costs the weights
more than it gives the inputs.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Any, Final

import numpy as np

from spacegov.extract.reader import HEADS, Reader
from spacegov.learn.examples import Example
from spacegov.learn.reader import Item, items, network_library, tensors, tokenizer_of
from spacegov.model import ACTS

OUTSTANDING: Final = 3.0
"""Times the median of all dimensions' largest values, beyond which a dimension is scaled down to it."""

SAMPLE: Final = 160
"""Examples by which the scales are chosen, and as many to see what the eight bits cost."""


def samples(examples: Sequence[Example], base: Path) -> tuple[list[Item], list[Item]]:
    """Inputs of texts on space to choose the scales by, and others to judge them; `base` is the encoder's folder."""
    of_domain = [e for e in examples if e.of_domain]
    picked = random.Random(0).sample(of_domain, min(2 * SAMPLE, len(of_domain)))
    tokenizer = tokenizer_of(base)
    return items(picked[:SAMPLE], tokenizer), items(picked[SAMPLE:], tokenizer)


def soften(network: Any, sample: Sequence[Item]) -> None:
    """Put a scale before each linear layer of the encoder and its inverse into the weights: the sums stay the same.

    `sample` are inputs as the reader will see them: how large each dimension gets is measured on them.
    """
    for linear, largest in _largest_inputs(network, sample).items():
        scale = (largest / (OUTSTANDING * largest.median())).clamp(min=1.0)
        linear.weight.data *= scale
        linear.register_forward_pre_hook(partial(_scaled, 1 / scale))


def _scaled(inverse: Any, _linear: Any, inputs: tuple[Any]) -> tuple[Any]:
    return (inputs[0] * inverse,)


def as_before(network: Any, reader: Reader, sample: Sequence[Item]) -> float:
    """Share of the inputs for which the reader in eight bits says the same act as the network that it was made of."""
    torch = network_library()
    columns = slice(len(HEADS), len(HEADS) + len(ACTS))
    network.eval()
    with torch.no_grad():
        whole = [int(network(*tensors([item]))[0, columns].argmax()) for item in sample]
    eight = [int(np.argmax(reader.judgement(item.piece).acts)) for item in sample]
    return float(np.mean([a == b for a, b in zip(whole, eight, strict=True)]))


def _largest_inputs(network: Any, sample: Sequence[Item]) -> dict[Any, Any]:
    """By linear layer, the largest size of each dimension of its inputs."""
    torch = network_library()
    found: dict[Any, Any] = {}

    def note(linear: Any, inputs: tuple[Any]) -> None:
        size = inputs[0].abs().flatten(0, -2).amax(0)
        found[linear] = torch.maximum(found[linear], size) if linear in found else size

    layers = [m for m in network.encoder.encoder.modules() if isinstance(m, torch.nn.Linear)]
    hooks = [layer.register_forward_pre_hook(note) for layer in layers]
    network.eval()
    with torch.no_grad():
        for item in sample:
            network(*tensors([item]))
    for hook in hooks:
        hook.remove()
    return found
