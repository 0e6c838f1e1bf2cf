"""Last step: the trained network as int8 ONNX with its vocabulary, labels and pair weights, where the reader looks for them.

    python training/language/export.py --work .train/language --out src/communique/models/language

Linear layers and embeddings become 8-bit integers (dynamic quantisation per channel). The second layer of each
feed-forward block,
whose inputs have outliers that 8 bits can't hold, keeps 8-bit weights but computes in float32; the weights of relations,
roles and
statement parts, which are applied to few pairs, stay in half precision in `pairs.npz`.
"""

from __future__ import annotations

import argparse
import shutil
import tempfile
from pathlib import Path

import numpy as np
import onnx
import torch
from network import Network
from onnx import helper, numpy_helper
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import Tensor, nn
from train import sizes_of

INPUTS = ("pieces", "shapes", "first", "last")
OUTPUTS = (
    "sent",
    "upos",
    "xpos",
    "feats",
    "lemma",
    "entity",
    "plover",
    "status",
    "mode",
    "cue",
    "arc",
    "rel_child",
    "rel_head",
    "trigger",
    "argument",
    "cue_state",
    "part",
)


class Exported(nn.Module):
    """The network with labels where one label is all that is asked for, and probabilities elsewhere."""

    def __init__(self, network: Network) -> None:
        super().__init__()
        self.network = network

    def forward(self, pieces: Tensor, shapes: Tensor, first: Tensor, last: Tensor) -> tuple[Tensor, ...]:
        out = self.network(pieces, shapes, first, last)
        for name in ("upos", "xpos", "feats", "lemma"):
            out[name] = out[name].argmax(-1).to(torch.int32)
        for name in ("sent", "cue"):
            out[name] = torch.softmax(out[name], -1)[..., 1]
        for name in ("entity", "plover", "status", "mode"):
            out[name] = torch.softmax(out[name], -1)
        return tuple(out[name] for name in OUTPUTS)


def export(work: Path, out: Path) -> None:
    """Write `network.onnx` (int8), `pairs.npz`, `labels.json` and `vocab.txt` to `out`; `work/network.onnx` keeps float32."""
    network = Network(sizes_of(work))
    network.load_state_dict({k: v.float() for k, v in torch.load(work / "network.pt", map_location="cpu").items()})
    network.eval()
    out.mkdir(parents=True, exist_ok=True)
    pieces = torch.randint(1000, 20000, (2, 12))
    pieces[1, 9:] = 0
    words = torch.tensor([[1, 2, 4, 7], [1, 3, 5, 6]])
    axes = {name: {0: "batch", 1: "pieces" if name in INPUTS[:2] else "words"} for name in INPUTS}
    axes |= {name: {0: "batch", 1: "words"} for name in OUTPUTS}
    axes["arc"] = {0: "batch", 1: "words", 2: "heads"}
    axes["rel_head"] = {0: "batch", 1: "heads"}
    full = work / "network.onnx"
    torch.onnx.export(
        Exported(network),
        (pieces, torch.ones_like(pieces), words, words),
        str(full),
        input_names=list(INPUTS),
        output_names=list(OUTPUTS),
        dynamic_axes=axes,
        opset_version=17,
        dynamo=False,
    )
    with tempfile.TemporaryDirectory() as folder:
        small = Path(folder) / "network.onnx"
        model = onnx.load(full)
        wide = [n.name for n in model.graph.node if n.op_type == "MatMul" and "/down/" in n.name]
        quantize_dynamic(
            full,
            small,
            per_channel=True,
            weight_type=QuantType.QUInt8,
            op_types_to_quantize=["MatMul", "Gather"],
            nodes_to_exclude=wide,
        )
        model = onnx.load(small)
        store_small(model, set(wide))
        onnx.save(model, out / "network.onnx")
    half = lambda weights: weights.detach().numpy().astype(np.float16)
    np.savez_compressed(
        out / "pairs.npz", rels=half(network.rels.weight), roles=half(network.roles.weight), parts=half(network.parts.weight)
    )
    for name in ("labels.json", "vocab.txt"):
        shutil.copy(work / name, out / name)
    print({p.name: round(p.stat().st_size / 1e6, 2) for p in sorted(out.iterdir())}, "MB")


def store_small(model: onnx.ModelProto, names: set[str]) -> None:
    """Store the weights of these products as 8-bit integers with a scale a column; the runtime unpacks them when it loads."""
    weights = {w.name: w for w in model.graph.initializer}
    for node in [n for n in model.graph.node if n.name in names]:
        weight = weights[node.input[1]]
        values = numpy_helper.to_array(weight)
        scale = np.abs(values).max(0) / 127
        small = np.rint(values / scale).astype(np.int8)
        model.graph.initializer.remove(weight)
        stored = (
            numpy_helper.from_array(small, weight.name + "_stored"),
            numpy_helper.from_array(scale.astype(np.float32), weight.name + "_scale"),
        )
        model.graph.initializer.extend(stored)
        unpack = helper.make_node(
            "DequantizeLinear", [stored[0].name, stored[1].name], [weight.name], name=node.name + "_unpack", axis=1
        )
        model.graph.node.insert(0, unpack)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--work", type=Path, required=True)
    parser.add_argument("--out", type=Path, default=Path("src/communique/models/language"))
    args = parser.parse_args()
    export(args.work, args.out)


if __name__ == "__main__":
    main()
