"""Losses against teachers: a network learns the scores that a group of trained ones gives, on every word of every corpus.

Hinton et al. 2015 (arXiv:1503.02531). It carries what each corpus taught over to the texts of all others, and to texts
without labels.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import torch
from losses import FAR, Batch, Output, masked_arcs, mean, rel_scores, same_unit
from torch import Tensor
from torch.nn import functional as F

LABELS = ("upos", "xpos", "feats", "lemma", "entity", "mention", "plover", "status", "mode")
CHANCES = ("sent", "cue", "predicate")


@torch.no_grad()
def opinion(teachers: Sequence[Any], batch: Batch) -> Output:
    """The mean of the teachers' probabilities; relations are those to the governors that they hold likeliest together."""
    outs = [t(batch["pieces"], batch["shapes"], batch["first"], batch["last"], batch["unit"] >= 0) for t in teachers]
    each = [probabilities(t, out, batch, logs=False) for t, out in zip(teachers, outs, strict=True)]
    taught = {name: torch.stack([own[name] for own in each]).mean(0) for name in each[0]}
    heads = taught["arc"].argmax(-1)
    rels = [torch.softmax(rel_scores(t, out, heads).float(), -1) for t, out in zip(teachers, outs, strict=True)]
    return taught | {"heads": heads, "rel": torch.stack(rels).mean(0)}


def probabilities(network: Any, out: Output, batch: Batch, logs: bool) -> Output:
    """Probabilities of every head, or with `logs` their logarithms where a loss wants these."""
    soft = torch.log_softmax if logs else torch.softmax
    found = {name: soft(out[name].float(), -1) for name in LABELS}
    found |= {name: out[name].float() if logs else torch.sigmoid(out[name].float()) for name in CHANCES}
    found["arc"] = soft(masked_arcs(out, batch), -1)
    roles = network.pairs["roles"](out["trigger"], out["argument"]).float()
    parts = network.pairs["parts"](out["cue_state"], out["part"]).float()
    links = torch.cat([roles, parts[:, :, :1]], 2)
    found["links"] = links if logs else torch.sigmoid(links)
    found["edges"] = soft(parts[:, :, 1:].masked_fill(~same_unit(batch)[:, :, None], FAR), -1)
    found["frames"] = soft(network.pairs["frames"](out["frame_row"], out["frame_column"]).float(), 2)
    found["factuality"] = out["factuality"].float()
    return found


def soft_losses(network: Any, out: Output, batch: Batch, taught: Output) -> dict[str, Tensor]:
    """The distance of each head from the teachers' opinion, named as in `losses.losses`."""
    own = probabilities(network, out, batch, logs=True)
    words, inside = batch["unit"] >= 0, same_unit(batch)
    against = lambda name: -(taught[name] * own[name]).sum(-1)
    found = {name: mean(against(name), words) for name in (*LABELS[:7], "arc")}
    acts = (1 - taught["plover"][..., 0]) * words
    found |= {name: mean(against(name), acts) for name in ("status", "mode")}
    for name in CHANCES:
        found[name] = mean(F.binary_cross_entropy_with_logits(own[name], taught[name], reduction="none"), words)
    logs = F.log_softmax(rel_scores(network, out, taught["heads"]).float(), -1)
    found["rel"] = mean(-(taught["rel"] * logs).sum(-1), words)
    each = F.binary_cross_entropy_with_logits(own["links"], taught["links"], reduction="none") * inside[:, :, None]
    found["role"] = mean(each[:, :, :-1].sum((-1, -2)), acts)
    cues = taught["cue"] * words
    found["speaker"] = mean(each[:, :, -1].sum(-1), cues)
    edges = -(taught["edges"] * own["edges"]).sum(-1)
    found["begin"], found["end"] = mean(edges[..., 0], cues), mean(edges[..., 1], cues)
    each = -(taught["frames"] * own["frames"]).sum(2) * inside
    found["frame"] = mean(each.sum(-1), taught["predicate"] * words)
    wanted = taught["predicate"] * words
    found["factuality"] = mean(F.smooth_l1_loss(own["factuality"], taught["factuality"], reduction="none"), wanted)
    return found
