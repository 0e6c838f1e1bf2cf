"""The loss of each head on a batch: against labels, and against the scores of teachers (distil.py).

All shapes are fixed and nothing waits for a value, so that a whole step can be replayed on a GPU. A mean is over what is
labelled.
"""

from __future__ import annotations

from typing import Any

import torch
from torch import Tensor
from torch.nn import functional as F
from windows import OUTSIDE, ROLES, UNKNOWN

Output = dict[str, Tensor]
Batch = dict[str, Tensor]
FAR = -1e4


def losses(network: Any, out: Output, batch: Batch) -> dict[str, Tensor]:
    """Mean loss of each head over the words or links that have labels; 0 where the batch has none."""
    found = {name: labels_loss(out[name], batch[name]) for name in ("upos", "xpos", "feats", "lemma", "entity", "mention")}
    found |= {name: yes_no(out[name], batch[name]) for name in ("sent", "cue", "predicate")}
    found |= _parse(network, out, batch) | _events(network, out, batch) | _statements(network, out, batch)
    known = batch["factuality"] > UNKNOWN + 1
    found["factuality"] = mean(F.smooth_l1_loss(out["factuality"].float(), batch["factuality"], reduction="none"), known)
    found["frame"] = _frames(network, out, batch)
    found["coref"] = _coref(network, out, batch)
    return found


def total(found: dict[str, Tensor], weights: dict[str, float]) -> Tensor:
    """The sum of the losses by their weights."""
    return torch.stack([value * weights[name] for name, value in found.items()]).sum()


def mean(values: Tensor, known: Tensor) -> Tensor:
    """Mean of the known values, 0 if there is none."""
    known = known.to(values.dtype)
    return (values * known).sum() / known.sum().clamp(min=1)


def labels_loss(scores: Tensor, gold: Tensor) -> Tensor:
    """Cross-entropy of scores `[batch, words, labels]`, mean over the words whose label is known."""
    each = F.cross_entropy(scores.flatten(0, 1).float(), gold.flatten(), ignore_index=UNKNOWN, reduction="none")
    return mean(each, gold.flatten() >= 0)


def yes_no(scores: Tensor, gold: Tensor) -> Tensor:
    """Binary cross-entropy of scores `[batch, words]`, mean over the words whose label is known."""
    each = F.binary_cross_entropy_with_logits(scores.float(), gold.clamp(min=0).float(), reduction="none")
    return mean(each, gold >= 0)


def same_unit(batch: Batch) -> Tensor:
    """`[batch, words, words]`: whether both words stand in the same unit."""
    unit = batch["unit"]
    return (unit[:, :, None] == unit[:, None, :]) & (unit[:, :, None] >= 0)


def masked_arcs(out: Output, batch: Batch) -> Tensor:
    """Arc scores with heads outside the sentence, and the word itself, out of reach; column 0 is the root."""
    inside = same_unit(batch) & ~torch.eye(batch["unit"].shape[1], dtype=torch.bool, device=batch["unit"].device)
    return out["arc"].float().masked_fill(~F.pad(inside, (1, 0), value=True), FAR)


def rel_scores(network: Any, out: Output, heads: Tensor) -> Tensor:
    """Scores `[batch, words, relations]` of each word's relation to its governor, given as column of the arcs."""
    governor = torch.gather(out["rel_head"], 1, heads[..., None].expand(-1, -1, out["rel_head"].shape[-1]))
    scores: Tensor = network.pairs["rels"].pairs(out["rel_child"], governor)
    return scores


def _parse(network: Any, out: Output, batch: Batch) -> dict[str, Tensor]:
    head = batch["head"]
    found = {"arc": labels_loss(masked_arcs(out, batch), head)}
    found["rel"] = labels_loss(rel_scores(network, out, head.clamp(min=0)), batch["rel"])
    return found


def _events(network: Any, out: Output, batch: Batch) -> dict[str, Tensor]:
    known, rows = batch["plover"] >= 0, batch["plover"] > 0
    logs = F.log_softmax(out["plover"].float(), -1)
    found = {"plover": mean(-(batch["plover_target"] * logs).sum(-1), known)}
    found |= {name: labels_loss(out[name], batch[name]) for name in ("status", "mode")}
    scores = network.pairs["roles"](out["trigger"], out["argument"]).float()
    bits = torch.arange(ROLES, device=scores.device)
    gold = (batch["links"][:, :, None, :].long() >> bits[None, None, :, None]) & 1
    found["role"] = row_loss(scores, gold.float(), rows, same_unit(batch))
    return found


def row_loss(scores: Tensor, gold: Tensor, rows: Tensor, inside: Tensor) -> Tensor:
    """Sum over the columns of a row's unit, mean over the rows that count; scores `[batch, rows, out, columns]`."""
    each = F.binary_cross_entropy_with_logits(scores, gold, reduction="none") * inside[:, :, None, :]
    return mean(each.sum((-1, -2)), rows)


def _statements(network: Any, out: Output, batch: Batch) -> dict[str, Tensor]:
    inside = same_unit(batch)
    scores = network.pairs["parts"](out["cue_state"], out["part"]).float()
    gold = ((batch["links"].long() >> ROLES) & 1).float()
    found = {"speaker": row_loss(scores[:, :, :1], gold[:, :, None], batch["cue"] > 0, inside)}
    for k, name in ((1, "begin"), (2, "end")):
        found[name] = labels_loss(scores[:, :, k].masked_fill(~inside, FAR), batch[name])
    return found


def _frames(network: Any, out: Output, batch: Batch) -> Tensor:
    rows, columns, gold = out["frame_row"], out["frame_column"], batch["frames"]
    if gold.device.type == "cpu":
        # Few words are predicates: without fixed shapes to keep, the others' scores, a fifth of a step, are left out.
        window, row = (gold != OUTSIDE).any(-1).nonzero(as_tuple=True)
        if not len(row):
            return rows.sum() * 0
        rows, columns, gold = rows[window, row][:, None], columns[window], gold[window, row][:, None]
    return frame_loss(network.pairs["frames"](rows, columns), gold)


def frame_loss(scores: Tensor, gold: Tensor) -> Tensor:
    """Cross-entropy of the words' labels summed over a predicate's unit, mean over predicates."""
    gold = gold.long()
    known = gold != OUTSIDE
    logs = F.log_softmax(scores.float(), 2)
    each = -torch.gather(logs, 2, gold.masked_fill(~known, 0)[:, :, None])[:, :, 0] * known
    return mean(each.sum(-1), known.any(-1))


def _coref(network: Any, out: Output, batch: Batch) -> Tensor:
    """Marginal likelihood of all right antecedents (Lee et al. 2017, arXiv:1707.07045)."""
    scores = network.pairs["coref"](out["coref_row"], out["coref_column"])[:, :, 0].float()
    may, right = batch["coref"] > 0, batch["coref"] > 1
    rows = right.any(-1)
    every = torch.logsumexp(scores.masked_fill(~may, FAR), -1)
    each = every - torch.logsumexp(scores.masked_fill(~right, FAR), -1)
    return mean(each, rows)
