"""The network: MiniLM-L6-H384 (Wang et al. 2020, arXiv:2002.10957) with word shapes, and heads on its word states.

Arcs and relations are deep biaffine (Dozat and Manning 2017, arXiv:1611.01734); the event graph and statements use the
same form.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import torch
from torch import Tensor, nn
from torch.nn import functional as F

HIDDEN, LAYERS, ATTENTION_HEADS, INNER = 384, 6, 12, 1536


@dataclass(frozen=True)
class Sizes:
    """How many pieces, shapes and labels there are, and how wide the heads' projections are."""

    vocabulary: int
    shapes: int
    upos: int
    xpos: int
    feats: int
    lemma: int
    rel: int
    entity: int
    plover: int
    status: int
    mode: int
    role: int
    arc_width: int = 256
    rel_width: int = 128
    graph_width: int = 192


class Layer(nn.Module):
    """One transformer layer of BERT's form (normalisation after the sum)."""

    def __init__(self, dropout: float) -> None:
        super().__init__()
        self.query, self.key, self.value, self.mix = (nn.Linear(HIDDEN, HIDDEN) for _ in range(4))
        self.up, self.down = nn.Linear(HIDDEN, INNER), nn.Linear(INNER, HIDDEN)
        self.norm1, self.norm2 = nn.LayerNorm(HIDDEN, eps=1e-12), nn.LayerNorm(HIDDEN, eps=1e-12)
        self.dropout = nn.Dropout(dropout)

    def forward(self, x: Tensor, bias: Tensor) -> Tensor:
        batch, length, _ = x.shape
        split = lambda t: t.view(batch, length, ATTENTION_HEADS, HIDDEN // ATTENTION_HEADS).transpose(1, 2)
        q, k, v = split(self.query(x)), split(self.key(x)), split(self.value(x))
        weights = torch.softmax(q @ k.transpose(-1, -2) / math.sqrt(HIDDEN // ATTENTION_HEADS) + bias, dim=-1)
        attended = (self.dropout(weights) @ v).transpose(1, 2).reshape(batch, length, HIDDEN)
        x = self.norm1(x + self.dropout(self.mix(attended)))
        return self.norm2(x + self.dropout(self.down(F.gelu(self.up(x)))))


class Encoder(nn.Module):
    """Pieces and shapes to piece states `[batch, pieces, 384]`."""

    def __init__(self, sizes: Sizes, dropout: float = 0.1) -> None:
        super().__init__()
        self.pieces = nn.Embedding(sizes.vocabulary, HIDDEN)
        self.places = nn.Embedding(512, HIDDEN)
        self.shapes = nn.Embedding(sizes.shapes, HIDDEN)
        nn.init.zeros_(self.shapes.weight)
        self.norm, self.dropout = nn.LayerNorm(HIDDEN, eps=1e-12), nn.Dropout(dropout)
        self.layers = nn.ModuleList(Layer(dropout) for _ in range(LAYERS))

    def forward(self, pieces: Tensor, shapes: Tensor) -> Tensor:
        known = (pieces != 0).to(torch.float32)
        bias = (1.0 - known)[:, None, None, :] * -1e4
        place = torch.arange(pieces.shape[1], device=pieces.device)[None, :]
        x = self.dropout(self.norm(self.pieces(pieces) + self.places(place) + self.shapes(shapes)))
        bias = bias.to(x.dtype)
        for layer in self.layers:
            x = layer(x, bias)
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
            "query": "attention.self.query",
            "key": "attention.self.key",
            "value": "attention.self.value",
            "mix": "attention.output.dense",
            "norm1": "attention.output.LayerNorm",
            "up": "intermediate.dense",
            "down": "output.dense",
            "norm2": "output.LayerNorm",
        }
        for n, layer in enumerate(self.layers):
            for ours, theirs in names.items():
                for part in ("weight", "bias"):
                    getattr(getattr(layer, ours), part).data.copy_(at(f"encoder.layer.{n}.{theirs}.{part}"))


def projection(width: int, dropout: float) -> nn.Sequential:
    """A hidden layer before a biaffine form."""
    return nn.Sequential(nn.Linear(HIDDEN, width), nn.GELU(), nn.Dropout(dropout))


class Biaffine(nn.Module):
    """Scores `[batch, out, rows, columns]` of pairs from two projections, with bias terms for each side."""

    def __init__(self, width: int, out: int) -> None:
        super().__init__()
        self.weight = nn.Parameter(torch.zeros(out, width + 1, width + 1))
        nn.init.normal_(self.weight, std=0.01)

    def forward(self, rows: Tensor, columns: Tensor) -> Tensor:
        one = torch.ones_like(rows[..., :1])
        rows, columns = torch.cat([rows, one], -1), torch.cat([columns, torch.ones_like(columns[..., :1])], -1)
        return torch.einsum("bri,oij,bcj->borc", rows, self.weight, columns)


class Network(nn.Module):
    """Encoder and heads. `forward` gives every head's scores for words; `relations` and the graphs take pairs."""

    def __init__(self, sizes: Sizes, dropout: float = 0.25) -> None:
        super().__init__()
        self.encoder = Encoder(sizes)
        self.dropout = nn.Dropout(dropout)
        self.fuse = nn.Linear(2 * HIDDEN, HIDDEN)
        with torch.no_grad():
            self.fuse.weight.copy_(torch.cat([torch.eye(HIDDEN), torch.eye(HIDDEN)], 1) / 2)
            self.fuse.bias.zero_()
        self.norm = nn.LayerNorm(HIDDEN)
        single = {
            "sent": 2,
            "upos": sizes.upos,
            "xpos": sizes.xpos,
            "feats": sizes.feats,
            "lemma": sizes.lemma,
            "entity": sizes.entity,
        }
        self.tags = nn.ModuleDict({name: nn.Linear(HIDDEN, n) for name, n in single.items()})
        graph = {"plover": sizes.plover, "status": sizes.status, "mode": sizes.mode, "cue": 2}
        self.graph_hidden = projection(HIDDEN, dropout)
        self.graph = nn.ModuleDict({name: nn.Linear(HIDDEN, n) for name, n in graph.items()})
        self.root = nn.Parameter(torch.randn(HIDDEN) * 0.02)
        self.arc_child, self.arc_head = projection(sizes.arc_width, dropout), projection(sizes.arc_width, dropout)
        self.arcs = Biaffine(sizes.arc_width, 1)
        self.rel_child, self.rel_head = projection(sizes.rel_width, dropout), projection(sizes.rel_width, dropout)
        self.rels = Biaffine(sizes.rel_width, sizes.rel)
        self.trigger, self.argument = projection(sizes.graph_width, dropout), projection(sizes.graph_width, dropout)
        self.roles = Biaffine(sizes.graph_width, sizes.role)
        self.cue, self.part = projection(sizes.graph_width, dropout), projection(sizes.graph_width, dropout)
        self.parts = Biaffine(sizes.graph_width, 3)
        for scores in (self.roles, self.parts):
            scores.weight.data[:, -1, -1] = -4.0

    def words(self, pieces: Tensor, shapes: Tensor, first: Tensor, last: Tensor) -> Tensor:
        """Word states from the states of each word's first and last piece."""
        states = self.encoder(pieces, shapes)
        take = lambda index: torch.gather(states, 1, index[..., None].expand(-1, -1, HIDDEN))
        return self.dropout(self.norm(self.fuse(torch.cat([take(first), take(last)], -1))))

    def forward(self, pieces: Tensor, shapes: Tensor, first: Tensor, last: Tensor) -> dict[str, Tensor]:
        """All scores and projections; pieces `[batch, pieces]`, first and last piece of each word `[batch, words]`."""
        x = self.words(pieces, shapes, first, last)
        out = {name: head(x) for name, head in self.tags.items()}
        g = self.graph_hidden(x)
        out |= {name: head(g) for name, head in self.graph.items()}
        heads = torch.cat([self.root.to(x.dtype).expand(x.shape[0], 1, -1), x], 1)
        out["arc"] = self.arcs(self.arc_child(x), self.arc_head(heads))[:, 0]
        out["rel_child"], out["rel_head"] = self.rel_child(x), self.rel_head(heads)
        out["trigger"], out["argument"] = self.trigger(x), self.argument(x)
        out["cue_state"], out["part"] = self.cue(x), self.part(x)
        return out
