"""The network as an ONNX graph for one window, written node by node.

Without a batch there is no padding and no mask; the scale of attention is folded into weights. Integer products are those of
`quantise.py`: unsigned activations with one range for the window, signed 7-bit weights with a scale for each output.
"""

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt
import onnx
from network import ATTENTION_HEADS, GRAPH_TAGS, HIDDEN, PROJECTIONS, SINGLE, WORD_TAGS, Network
from onnx import TensorProto, helper, numpy_helper
from quantise import WEIGHT_LEVELS

Floats = npt.NDArray[np.float32]
MOST_PIECES = 322
BEST = ("upos", "xpos", "feats", "lemma")
CHANCES = ("sent", "cue", "predicate")
SHARES = ("entity", "mention", "plover", "status", "mode")
KEPT = tuple(k for k in PROJECTIONS if not k.startswith("arc") and k != "rel_child")
OUTPUTS = (*BEST, *CHANCES, *SHARES, "factuality", "arc", "rel_left", "meaning", "lexical", *KEPT)


class Builder:
    """Collects nodes and weights; a method that adds one output returns its name."""

    def __init__(self, network: Network, quantised: bool) -> None:
        self.state = {k: v.detach().float().numpy() for k, v in network.state_dict().items()}
        self.quantised = quantised
        self.nodes: list[onnx.NodeProto] = []
        self.weights: list[onnx.TensorProto] = []

    def weight(self, name: str, value: npt.NDArray[np.generic]) -> str:
        """A constant of the graph."""
        self.weights.append(numpy_helper.from_array(np.ascontiguousarray(value), name))
        return name

    def add(self, kind: str, inputs: list[str], name: str, outputs: int = 1, own: bool = False, **attributes: object) -> str:
        """A node; `own` for the runtime's operators beside ONNX's. Several outputs are named `name.0`, `name.1` …"""
        out = [name] if outputs == 1 else [f"{name}.{i}" for i in range(outputs)]
        domain = "com.microsoft" if own else ""
        self.nodes.append(helper.make_node(kind, inputs, out, name=f"{name}/{kind}", domain=domain, **attributes))
        return name

    def product(self, x: str, name: str, weight: Floats, bias: Floats | None = None) -> str:
        """`x` times `weight` `[in, out]`, in integers when the graph is quantised."""
        if not self.quantised:
            out = self.add("MatMul", [x, self.weight(f"{name}.weight", weight)], f"{name}.product")
            return out if bias is None else self.add("Add", [out, self.weight(f"{name}.bias", bias)], name)
        scale = np.maximum(np.abs(weight).max(0), 1e-8) / WEIGHT_LEVELS
        values = [
            self.weight(f"{name}.weight", np.rint(weight / scale).astype(np.int8)),
            self.weight(f"{name}.scale", scale.astype(np.float32)),
            self.weight(f"{name}.zero", np.zeros(weight.shape[1], np.int8)),
        ]
        more = [] if bias is None else [self.weight(f"{name}.bias", bias)]
        return self.add("DynamicQuantizeMatMul", [x, *values, *more], name, own=True)

    def linear(self, name: str) -> tuple[Floats, Floats]:
        """Weight `[in, out]` and bias of a layer."""
        return self.state[f"{name}.weight"].T, self.state[f"{name}.bias"]

    def norm(self, name: str, x: str) -> str:
        """Layer normalisation; that of a sum is faster as two operators than as the runtime's SkipLayerNormalization."""
        pair = [self.weight(f"{name}.{part}", self.state[f"{name}.{part}"]) for part in ("weight", "bias")]
        return self.add("LayerNormalization", [x, *pair], name, axis=-1, epsilon=1e-12 if "encoder" in name else 1e-5)

    def embed(self) -> str:
        """Embedded pieces, shapes and places; the pieces' table is in 8 bits, a scale for each row, in the float form too."""
        table = self.state["encoder.pieces.weight"]
        scale = np.maximum(np.abs(table).max(1, keepdims=True), 1e-8) / 127
        small = self.weight("pieces.table", np.rint(table / scale).astype(np.int8))
        rows = self.add("Cast", [self.add("Gather", [small, "pieces"], "pieces.rows")], "pieces.float", to=TensorProto.FLOAT)
        scales = self.add("Gather", [self.weight("pieces.scale", scale.astype(np.float32)), "pieces"], "pieces.scales")
        x = self.add("Mul", [rows, scales], "lexical")
        shapes = self.add(
            "Gather", [self.weight("shapes.table", self.state["encoder.shapes.weight"]), "shapes"], "shapes.states"
        )
        places = self.weight("places.table", self.state["encoder.places.weight"][:MOST_PIECES])
        size = self.add("Shape", ["pieces"], "pieces.size")
        here = self.add("Slice", [places, self.weight("zero", np.zeros(1, np.int64)), size], "places.states")
        return self.norm("encoder.norm", self.add("Add", [x, self.add("Add", [shapes, here], "places.shapes")], "pieces.sum"))

    def layer(self, name: str, x: str) -> str:
        """One transformer layer on states `[pieces, 384]`."""
        weight, bias = self.linear(f"{name}.qkv")
        fold = np.ones(3 * HIDDEN, np.float32)
        fold[:HIDDEN] = 1 / math.sqrt(HIDDEN // ATTENTION_HEADS)
        qkv = self.product(x, f"{name}.qkv", weight * fold, bias * fold)
        parts = self.add("Reshape", [qkv, "one.window"], f"{name}.window")
        self.add("Split", [parts], f"{name}.part", outputs=3, axis=-1, num_outputs=3)
        mixed = self.add(
            "MultiHeadAttention",
            [f"{name}.part.{i}" for i in range(3)],
            f"{name}.mixed",
            own=True,
            num_heads=ATTENTION_HEADS,
            scale=1.0,
        )
        mixed = self.add("Reshape", [mixed, "join"], f"{name}.joined")
        mixed = self.product(mixed, f"{name}.mix", *self.linear(f"{name}.mix"))
        x = self.norm(f"{name}.norm1", self.add("Add", [x, mixed], f"{name}.sum1"))
        weight, bias = self.linear(f"{name}.up")
        wide = self.add(
            "FastGelu", [self.product(x, f"{name}.up", weight), self.weight(f"{name}.up.bias", bias)], f"{name}.wide", own=True
        )
        down = self.product(wide, f"{name}.down", *self.linear(f"{name}.down"))
        return self.norm(f"{name}.norm2", self.add("Add", [x, down], f"{name}.sum2"))

    def words(self, x: str) -> str:
        """Word states `[words, 384]` from the states of each word's first and last piece."""
        parts = []
        for name in ("first", "last"):
            rows = self.add("Gather", [x, name], f"{name}.states")
            parts.append(self.add("Mul", [rows, self.weight(f"{name}.factor", self.state[name])], f"{name}.part"))
        return self.norm("norm", self.add("Add", parts, "words.sum"))

    def heads(self, x: str, widths: dict[str, int]) -> None:
        """The outputs for words; the heads that read the word states are one product."""
        names = ("tags", "graph_hidden", "project")
        sizes = [self.state[f"{n}.weight"].shape[0] for n in names]
        weight = np.concatenate([self.state[f"{n}.weight"] for n in names]).T
        every = self.product(x, "heads", weight, np.concatenate([self.state[f"{n}.bias"] for n in names]))
        self.cut(every, ["tags", "hidden", "projected"], sizes)
        hidden = self.add("FastGelu", ["hidden"], "meaning", own=True)
        weight, bias = self.linear("graph")
        self.cut("tags", [f"{k}.raw" for k in WORD_TAGS], [widths[k] for k in WORD_TAGS])
        self.cut(self.product(hidden, "graph", weight, bias), [f"{k}.raw" for k in GRAPH_TAGS], [widths[k] for k in GRAPH_TAGS])
        for name in BEST:
            self.add(
                "Cast", [self.add("ArgMax", [f"{name}.raw"], f"{name}.best", axis=-1, keepdims=0)], name, to=TensorProto.INT32
            )
        for name in SHARES:
            self.add("Softmax", [f"{name}.raw"], name, axis=-1)
        one = self.weight("last.axis", np.array([1], np.int64))
        for name in SINGLE:
            flat = self.add("Squeeze", [f"{name}.raw", one], name if name == "factuality" else f"{name}.flat")
            if name in CHANCES:
                self.add("Sigmoid", [flat], name)
        self.projections()

    def projections(self) -> None:
        """The outputs for pairs of words, and the scores of arcs."""
        states = self.add("FastGelu", ["projected"], "projections", own=True)
        rooted = [k for k in PROJECTIONS if f"root.{k}" in self.state]
        self.cut(states, [f"{k}.words" if k in rooted else k for k in PROJECTIONS], list(PROJECTIONS.values()))
        for name in rooted:
            root = self.weight(f"{name}.root", self.state[f"root.{name}"][None])
            self.add("Concat", [root, f"{name}.words"], name, axis=0)
        # What depends on the dependent alone changes neither its best governor nor the best tree.
        weight = self.state["pairs.arcs.weight"][0]
        left = [self.weight("arcs.weight", weight[:-1, :-1]), self.weight("arcs.bias", weight[-1, :-1])]
        child = self.add("Gemm", ["arc_child", *left], "arcs.left")
        self.add("FusedMatMul", [child, "arc_head"], "arc", own=True, transB=1)
        weight = self.state["pairs.rels.weight"].transpose(1, 0, 2).reshape(PROJECTIONS["rel_child"] + 1, -1)
        self.product("rel_child", "rel_left", weight[:-1], weight[-1])

    def cut(self, x: str, names: list[str], sizes: list[int]) -> None:
        """`x` split along its last axis into outputs of these sizes."""
        split = self.weight(f"{x}.sizes", np.array(sizes, np.int64))
        self.nodes.append(helper.make_node("Split", [x, split], names, name=f"{x}/Split", axis=-1))


def build(network: Network, quantised: bool) -> onnx.ModelProto:
    """From `pieces`, `shapes` `[pieces]` and `first`, `last` `[words]` to `OUTPUTS`: rows are words, of `lexical` pieces."""
    builder = Builder(network, quantised)
    builder.weight("one.window", np.array([1, -1, 3 * HIDDEN], np.int64))
    builder.weight("join", np.array([-1, HIDDEN], np.int64))
    x = builder.embed()
    for i in range(network.sizes.layers):
        x = builder.layer(f"encoder.layers.{i}", x)
    builder.heads(builder.words(x), network.widths)
    ints = lambda name, size: helper.make_tensor_value_info(name, TensorProto.INT64, [size])
    inputs = [ints("pieces", "pieces"), ints("shapes", "pieces"), ints("first", "words"), ints("last", "words")]
    kind = lambda name: TensorProto.INT32 if name in BEST else TensorProto.FLOAT
    outputs = [helper.make_tensor_value_info(name, kind(name), None) for name in OUTPUTS]
    graph = helper.make_graph(builder.nodes, "language", inputs, outputs, builder.weights)
    sets = [helper.make_opsetid("", 18), helper.make_opsetid("com.microsoft", 1)]
    return helper.make_model(graph, opset_imports=sets, ir_version=8)
