"""Write a fitted reader: its encoder in eight bits, its heads as text, its tokenizer.

The weights of the encoder stand beside its graph in files of at most 24 MB each, which git and its hosts take gladly.
"""

from __future__ import annotations

from collections.abc import Sequence
from copy import deepcopy
from pathlib import Path
from typing import Any, Final

from spacegov.extract.reader import HEADS, LAYERS, TARGETS
from spacegov.files import write_atomically
from spacegov.learn.eight_bits import soften
from spacegov.learn.reader import FIRST_TARGET, Item, network_library, tokenizer_of
from spacegov.model import ACTS, POLARITIES

OPSET: Final = 17
LARGEST: Final = 24 * 2**20
"""Bytes of a file of weights."""
LEAST: Final = 1024
"""Bytes of a tensor below which it stays in the graph."""


def write_reader(network: Any, base: Path, folder: Path, sample: Sequence[Item]) -> None:
    """Write `encoder.onnx` with `encoder-N.bin` (weights in eight bits), `tokenizer.json` and `heads.tsv`.

    `sample` are inputs of texts on space: the scales of the eight bits are chosen by them. Heads of targets that were
    fitted to another encoder go.
    """
    from onnxruntime.quantization import QuantType, quantize_dynamic

    folder.mkdir(parents=True, exist_ok=True)
    (folder / TARGETS).unlink(missing_ok=True)
    whole, eight = folder / "encoder.fp32.onnx", folder / "encoder.whole.onnx"
    ready = deepcopy(network)
    soften(ready, sample)
    _export(ready.encoder, whole)
    # seven bits of the eight: on processors without VNNI the eighth would overflow and change the answer
    quantize_dynamic(whole, eight, weight_type=QuantType.QInt8, reduce_range=True, per_channel=True)
    whole.unlink()
    _split(eight, folder / "encoder.onnx")
    eight.unlink()
    tokenizer_of(base).save(str(folder / "tokenizer.json"), pretty=False)
    write_atomically(folder / "heads.tsv", _heads(network).encode())


def _export(encoder: Any, place: Path) -> None:
    torch = network_library()

    class Encoder(torch.nn.Module):  # type: ignore[misc, name-defined]
        def __init__(self, inner: Any) -> None:
            super().__init__()
            self.inner = inner

        def forward(self, ids: Any, mask: Any) -> Any:
            layers = self.inner(input_ids=ids, attention_mask=mask, output_hidden_states=True).hidden_states
            return layers[-1], layers[len(layers) // 2], layers[0]

    example = torch.ones(2, 12, dtype=torch.long)
    axes = {0: "inputs", 1: "pieces"}
    torch.onnx.export(
        Encoder(encoder), (example, example), str(place), input_names=["ids", "mask"], output_names=list(LAYERS),
        dynamic_axes=dict.fromkeys(("ids", "mask", *LAYERS), axes), dynamo=False, opset_version=OPSET,
    )  # fmt: skip


def _split(source: Path, target: Path) -> None:
    """Put the weights of a network beside its graph, in as many files as needed."""
    import onnx
    from onnx.external_data_helper import set_external_data

    for old in target.parent.glob(f"{target.stem}-*.bin"):
        old.unlink()
    graph = onnx.load(str(source))
    number = filled = 0
    for tensor in graph.graph.initializer:
        size = len(tensor.raw_data)
        if size < LEAST:
            continue
        if number == 0 or filled + size > LARGEST:
            number, filled = number + 1, 0
        filled += size
        set_external_data(tensor, f"{target.stem}-{number}.bin")
    onnx.save(graph, str(target))


def _heads(network: Any) -> str:
    """Heads of rows, acts and sides; those of the targets were a help in fitting, and are fitted anew by `subjects`."""
    weights = network.heads.weight.detach().numpy().T[:, :FIRST_TARGET]
    bias = network.heads.bias.detach().numpy()[:FIRST_TARGET]
    width = len(weights) // 3
    names = [f"{part}:{n}" for part in ("clause", "governing", "all") for n in range(width)]
    return heads_table((*HEADS, *ACTS, *POLARITIES), names, weights, bias)


def heads_table(classes: Sequence[str], names: Sequence[str], weights: Any, bias: Any) -> str:
    """Linear heads as text: a line a dimension, a column a class, the bias last."""
    lines = ["\t".join(("dimension", *classes))]
    for name, row in zip([*names, "bias"], [*weights, bias], strict=True):
        lines.append("\t".join((name, *(f"{float(w):.4f}" for w in row))))
    return "\n".join(lines) + "\n"
