"""The loss of each head on a batch."""

from __future__ import annotations

from typing import Any

import torch
from torch import Tensor
from torch.nn import functional as F

Output = dict[str, Tensor]
FAR = -1e4


def losses(network: Any, out: Output, batch: dict[str, Any]) -> dict[str, Tensor]:
    """Mean loss of each head over the words or links that have labels; heads without labels in the batch are left out."""
    found = {}
    for name in ("sent", "upos", "xpos", "feats", "lemma", "entity"):
        if name in batch["has"]:
            found[name] = F.cross_entropy(out[name].flatten(0, 1).float(), batch[name].flatten(), ignore_index=-100)
    if "head" in batch["has"]:
        found |= _parse(network, out, batch)
    if "plover" in batch["has"]:
        found |= _events(network, out, batch)
        found |= _statements(network, out, batch)
    return found


def same_unit(batch: dict[str, Any]) -> Tensor:
    """`[batch, words, words]`: whether both words stand in the same unit."""
    unit = batch["unit"]
    return (unit[:, :, None] == unit[:, None, :]) & (unit[:, :, None] >= 0)


def masked_arcs(out: Output, batch: dict[str, Any]) -> Tensor:
    """Arc scores with heads outside the sentence, and the word itself, out of reach; column 0 is the root."""
    inside = same_unit(batch)
    inside &= ~torch.eye(inside.shape[1], dtype=torch.bool, device=inside.device)
    inside = F.pad(inside, (1, 0), value=True)
    return out["arc"].float().masked_fill(~inside, FAR)


def _parse(network: Any, out: Output, batch: dict[str, Any]) -> dict[str, Tensor]:
    arcs = masked_arcs(out, batch)
    head = batch["head"]
    arc = F.cross_entropy(arcs.flatten(0, 1), head.flatten(), ignore_index=-100)
    b, w = torch.nonzero((head >= 0) & (batch["rel"] >= 0), as_tuple=True)
    child, governor = out["rel_child"][b, w], out["rel_head"][b, head[b, w]]
    scores = pair_scores(network.rels.weight, child, governor)
    return {"arc": arc, "rel": F.cross_entropy(scores, batch["rel"][b, w])}


def pair_scores(weight: Tensor, left: Tensor, right: Tensor) -> Tensor:
    """Biaffine scores `[pairs, out]` of matched rows of two projections."""
    left = torch.cat([left, torch.ones_like(left[:, :1])], -1).float()
    right = torch.cat([right, torch.ones_like(right[:, :1])], -1).float()
    return torch.einsum("pi,oij,pj->po", left, weight.float(), right)


def _events(network: Any, out: Output, batch: dict[str, Any]) -> dict[str, Tensor]:
    known = batch["plover"] >= 0
    logs = F.log_softmax(out["plover"].float(), -1)
    found = {"plover": -((batch["plover_target"] * logs).sum(-1) * known).sum() / known.sum() * 2}
    if not len(batch["rows"]):
        return found
    b, w = batch["rows"].unbind(1)
    for name in ("status", "mode"):
        each = F.cross_entropy(out[name][b, w].float(), batch[f"row_{name}"], ignore_index=-100, reduction="sum")
        found[name] = each / (batch[f"row_{name}"] >= 0).sum().clamp(min=1) * 0.3
    scores = row_scores(network.roles.weight, out["trigger"][b, w], out["argument"][b])
    loss = F.binary_cross_entropy_with_logits(scores, batch["row_gold"], reduction="none") * batch["row_inside"]
    found["role"] = loss.sum() / len(batch["rows"]) * 0.25
    return found


def row_scores(weight: Tensor, row: Tensor, columns: Tensor) -> Tensor:
    """Biaffine scores `[rows, out, words]` of one state a row with all words of its window."""
    row = torch.cat([row, torch.ones_like(row[:, :1])], -1).float()
    columns = torch.cat([columns, torch.ones_like(columns[..., :1])], -1).float()
    return torch.einsum("noj,ncj->noc", torch.einsum("ni,oij->noj", row, weight.float()), columns)


def _statements(network: Any, out: Output, batch: dict[str, Any]) -> dict[str, Tensor]:
    found = {"cue": F.cross_entropy(out["cue"].flatten(0, 1).float(), batch["cue"].flatten(), ignore_index=-100)}
    if not len(batch["cue_rows"]):
        return found
    b, w = batch["cue_rows"].unbind(1)
    scores = row_scores(network.parts.weight, out["cue_state"][b, w], out["part"][b])
    inside = batch["cue_inside"]
    who = F.binary_cross_entropy_with_logits(scores[:, 0], batch["cue_speaker"], reduction="none") * inside
    found["speaker"] = who.sum() / len(b) * 0.25
    for k, name in ((1, "content_begin"), (2, "content_end")):
        found[name] = F.cross_entropy(scores[:, k].masked_fill(~inside, FAR), batch["cue_edges"][k - 1]) * 0.3
    return found
