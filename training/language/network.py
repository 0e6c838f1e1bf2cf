"""The network: MiniLM-L6-H384 (Wang et al. 2020, arXiv:2002.10957) with word shapes, and heads on its word states.

Arcs and relations are deep biaffine (Dozat and Manning 2017, arXiv:1611.01734); the event graph, statements, semantic roles
and antecedents use the same form. `quantised` makes every product compute as the 8-bit network will (quantise.py).
"""

from __future__ import annotations

from dataclasses import dataclass

import torch
from quantise import fake_activation, fake_weight
from torch import Tensor, nn
from torch.nn import functional as F

HIDDEN, ATTENTION_HEADS = 384, 12
# Projections of word states before the biaffine forms, with their widths.
PROJECTIONS = {
    "arc_child": 192, "arc_head": 192, "rel_child": 96, "rel_head": 96, "trigger": 128, "argument": 128, "cue_state": 128,
    "part": 128, "frame_row": 128, "frame_column": 128, "coref_row": 64, "coref_column": 64,
}  # fmt: skip
GRAPH_HIDDEN = 256
WORD_TAGS = ("upos", "xpos", "feats", "lemma", "entity", "mention", "sent")
GRAPH_TAGS = ("plover", "status", "mode", "cue", "predicate", "factuality")
SINGLE = ("sent", "cue", "predicate", "factuality")  # one score a word


@dataclass(frozen=True)
class Sizes:
    """How many pieces, shapes and labels of each head there are, and how deep and wide the encoder is."""

    vocabulary: int
    shapes: int
    labels: dict[str, int]
    layers: int = 6
    inner: int = 1536


class Dense(nn.Linear):
    """A linear layer that can compute as its 8-bit form; `keep` marks the places that count for the range of its input."""

    quantised = False

    def forward(self, x: Tensor, keep: Tensor | None = None) -> Tensor:
        if not self.quantised:
            return F.linear(x, self.weight, self.bias)
        return F.linear(fake_activation(x, keep), fake_weight(self.weight), self.bias)


class Layer(nn.Module):
    """One transformer layer of BERT's form (normalisation after the sum)."""

    def __init__(self, inner: int, dropout: float) -> None:
        super().__init__()
        self.qkv, self.mix = Dense(HIDDEN, 3 * HIDDEN), Dense(HIDDEN, HIDDEN)
        self.up, self.down = Dense(HIDDEN, inner), Dense(inner, HIDDEN)
        self.norm1, self.norm2 = nn.LayerNorm(HIDDEN, eps=1e-12), nn.LayerNorm(HIDDEN, eps=1e-12)
        self.dropout = nn.Dropout(dropout)

    def forward(self, x: Tensor, bias: Tensor, keep: Tensor) -> Tensor:
        batch, length, _ = x.shape
        split = lambda t: t.view(batch, length, ATTENTION_HEADS, HIDDEN // ATTENTION_HEADS).transpose(1, 2)
        q, k, v = map(split, self.qkv(x, keep).chunk(3, -1))
        drop = self.dropout.p if self.training else 0.0
        attended = F.scaled_dot_product_attention(q, k, v, attn_mask=bias.to(q.dtype), dropout_p=drop)
        attended = attended.transpose(1, 2).reshape(batch, length, HIDDEN)
        x = self.norm1(x + self.dropout(self.mix(attended, keep)))
        return self.norm2(x + self.dropout(self.down(F.gelu(self.up(x, keep), approximate="tanh"), keep)))


class Encoder(nn.Module):
    """Pieces and shapes to piece states `[batch, pieces, 384]`."""

    def __init__(self, sizes: Sizes, dropout: float = 0.1) -> None:
        super().__init__()
        self.pieces = nn.Embedding(sizes.vocabulary, HIDDEN)
        self.places = nn.Embedding(512, HIDDEN)
        self.shapes = nn.Embedding(sizes.shapes, HIDDEN)
        nn.init.zeros_(self.shapes.weight)
        self.norm, self.dropout = nn.LayerNorm(HIDDEN, eps=1e-12), nn.Dropout(dropout)
        self.layers = nn.ModuleList(Layer(sizes.inner, dropout) for _ in range(sizes.layers))

    def forward(self, pieces: Tensor, shapes: Tensor) -> Tensor:
        known = (pieces != 0).to(torch.float32)
        bias = (1.0 - known)[:, None, None, :] * -1e4
        place = torch.arange(pieces.shape[1], device=pieces.device)[None, :]
        x = self.dropout(self.norm(self.pieces(pieces) + self.places(place) + self.shapes(shapes)))
        for layer in self.layers:
            x = layer(x, bias, known[..., None])
        return x

    def load_bert(self, state: dict[str, Tensor]) -> None:
        """Take the weights of a BERT checkpoint (Hugging Face names); the type embedding of segment 0 goes into the places."""
        at = lambda name: state[name].float()
        self.pieces.weight.data.copy_(at("embeddings.word_embeddings.weight"))
        self.places.weight.data.copy_(
            at("embeddings.position_embeddings.weight") + at("embeddings.token_type_embeddings.weight")[0]
        )
        self.norm.weight.data.copy_(at("embeddings.LayerNorm.weight"))
        self.norm.bias.data.copy_(at("embeddings.LayerNorm.bias"))
        names = {
            "mix": "attention.output.dense",
            "norm1": "attention.output.LayerNorm",
            "up": "intermediate.dense",
            "down": "output.dense",
            "norm2": "output.LayerNorm",
        }
        for n, layer in enumerate(self.layers):
            for part in ("weight", "bias"):
                rows = [at(f"encoder.layer.{n}.attention.self.{name}.{part}") for name in ("query", "key", "value")]
                getattr(layer.qkv, part).data.copy_(torch.cat(rows))
                for ours, theirs in names.items():
                    getattr(getattr(layer, ours), part).data.copy_(at(f"encoder.layer.{n}.{theirs}.{part}"))


class Biaffine(nn.Module):
    """Scores of pairs from two projections, with bias terms for each side: weight `[out, left + 1, right + 1]`."""

    def __init__(self, left: int, right: int, out: int, bias: float = 0.0) -> None:
        super().__init__()
        self.weight = nn.Parameter(torch.zeros(out, left + 1, right + 1))
        nn.init.normal_(self.weight, std=0.01)
        self.weight.data[:, -1, -1] = bias

    def forward(self, rows: Tensor, columns: Tensor) -> Tensor:
        """`[batch, rows, left]` and `[batch, columns, right]` to `[batch, rows, out, columns]`."""
        left = torch.einsum("bri,oij->broj", with_one(rows), self.weight)
        return torch.einsum("broj,bcj->broc", left, with_one(columns))

    def pairs(self, rows: Tensor, columns: Tensor) -> Tensor:
        """Matched rows `[..., left]` and `[..., right]` to `[..., out]`."""
        left = torch.einsum("...i,oij->...oj", with_one(rows), self.weight)
        return torch.einsum("...oj,...j->...o", left, with_one(columns))


def with_one(states: Tensor) -> Tensor:
    """The states with a last column of ones, which carries the bias terms."""
    return torch.cat([states, torch.ones_like(states[..., :1])], -1)


class Network(nn.Module):
    """Encoder and heads; `forward` gives every head's scores for words and the projections that the biaffine forms take."""

    def __init__(self, sizes: Sizes, dropout: float = 0.25) -> None:
        super().__init__()
        self.sizes = sizes
        self.encoder = Encoder(sizes)
        self.dropout = nn.Dropout(dropout)
        self.first, self.last = (nn.Parameter(torch.full((HIDDEN,), 0.5)) for _ in range(2))
        self.norm = nn.LayerNorm(HIDDEN)
        labels = sizes.labels
        self.widths = {k: labels.get(k, 1) for k in (*WORD_TAGS, *GRAPH_TAGS)}
        self.tags = Dense(HIDDEN, sum(self.widths[k] for k in WORD_TAGS))
        self.graph_hidden = Dense(HIDDEN, GRAPH_HIDDEN)
        self.graph = Dense(GRAPH_HIDDEN, sum(self.widths[k] for k in GRAPH_TAGS))
        self.project = Dense(HIDDEN, sum(PROJECTIONS.values()))
        root = {k: PROJECTIONS[k] for k in ("arc_head", "rel_head", "coref_column")}
        self.root = nn.ParameterDict({k: nn.Parameter(torch.randn(n) * 0.05) for k, n in root.items()})
        form = lambda left, right, n, bias=0.0: Biaffine(PROJECTIONS[left], PROJECTIONS[right], n, bias)
        self.pairs = nn.ModuleDict(
            {
                "arcs": form("arc_child", "arc_head", 1),
                "rels": form("rel_child", "rel_head", labels["rel"]),
                "roles": form("trigger", "argument", labels["role"], -4.0),
                "parts": form("cue_state", "part", 3, -4.0),
                "frames": form("frame_row", "frame_column", labels["frame"]),
                "coref": form("coref_row", "coref_column", 1),
            }
        )

    def words(self, pieces: Tensor, shapes: Tensor, first: Tensor, last: Tensor) -> Tensor:
        """Word states from the states of each word's first and last piece."""
        states = self.encoder(pieces, shapes)
        take = lambda index: torch.gather(states, 1, index[..., None].expand(-1, -1, HIDDEN))
        return self.dropout(self.norm(take(first) * self.first + take(last) * self.last))

    def forward(
        self, pieces: Tensor, shapes: Tensor, first: Tensor, last: Tensor, known: Tensor | None = None
    ) -> dict[str, Tensor]:
        """Pieces `[batch, pieces]`, first and last piece of each word `[batch, words]`; `known` marks words, not padding.

        Projections of governors and antecedents have the root (no antecedent) as their row 0.
        """
        x = self.words(pieces, shapes, first, last)
        keep = None if known is None else known.to(torch.float32)[..., None]
        cut = lambda scores, names: dict(zip(names, scores.split([self.widths[k] for k in names], -1), strict=True))
        out = cut(self.tags(x, keep), WORD_TAGS)
        g = self.dropout(F.gelu(self.graph_hidden(x, keep), approximate="tanh"))
        out |= cut(self.graph(g, keep), GRAPH_TAGS)
        projected = self.dropout(F.gelu(self.project(x, keep), approximate="tanh")).split(list(PROJECTIONS.values()), -1)
        out |= dict(zip(PROJECTIONS, projected, strict=True))
        for name, root in self.root.items():
            out[name] = torch.cat([root.to(x.dtype).expand(x.shape[0], 1, -1), out[name]], 1)
        out |= {name: out[name][..., 0] for name in SINGLE}
        out["arc"] = self.pairs["arcs"](out["arc_child"], out["arc_head"])[:, :, 0]
        return out

    def quantise(self, on: bool) -> None:
        """Whether every linear layer computes as its 8-bit form."""
        for module in self.modules():
            if isinstance(module, Dense):
                module.quantised = on
