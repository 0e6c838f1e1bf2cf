"""Dev figures in training: greedy arcs within gold sentences, word-level scores of the event graph.

For choices, not for publication: `communique evaluate language` decodes as the reader does.
"""

from __future__ import annotations

from collections import Counter
from typing import Any

import numpy as np
import torch
from losses import masked_arcs, rel_scores
from network import Network
from windows import OUTSIDE, ROLES, Unit, collate, packs, shapes, windows

Array = Any
NAMES = ("actor", "recipient", "where", "when", "source")


@torch.no_grad()
def figures(network: Network, dev: list[Unit], labels: dict[str, list[str]]) -> dict[str, float]:
    """Percentages by head and source; `labels` are those of `labels.json`."""
    tally: Counter[str] = Counter()
    values: list[tuple[float, float]] = []
    device = next(network.parameters()).device
    for source in ("ewt", "gum", "crossner", "events"):
        units = [u for u in dev if u["source"] == source]
        for shape, pack in packs(windows(units, None, 80 if source != "events" else 0), shapes(6000), None):
            gold = collate(pack, shape)
            batch = {k: v.to(device) for k, v in gold.items()}
            with torch.autocast(device.type, torch.bfloat16, enabled=device.type == "cuda"):
                out = network(batch["pieces"], batch["shapes"], batch["first"], batch["last"], batch["unit"] >= 0)
                said = _said(network, out, batch)
            have = {k: v.numpy() for k, v in gold.items()}
            if source in ("ewt", "gum"):
                _parse(said, have, tally, source)
                _frames(said, have, tally, labels["frame"])
                known = have["factuality"] > -50
                values += zip(said["factuality"][known], have["factuality"][known], strict=True)
            if source == "gum":
                _mentions(said, have, tally)
            if source == "crossner":
                _entities(said, have, tally, labels["entity"])
            if source == "events":
                _events(said, have, pack, tally)
    share = {}
    for key in [k[:-5] for k in tally if k.endswith(":gold")]:
        hits, wanted = tally[f"{key}:hit"], tally[f"{key}:gold"]
        share[key] = 200 * hits / max(wanted + tally[f"{key}:got"], 1) if f"{key}:f" in tally else 100 * hits / max(wanted, 1)
    if len(values) > 2:
        share["factuality"] = 100 * float(np.corrcoef(np.array(values).T)[0, 1])
    return share


def _said(network: Network, out: Any, batch: Any) -> dict[str, Array]:
    heads = masked_arcs(out, batch).argmax(-1)
    pairs = network.pairs
    said = {k: out[k].argmax(-1) for k in ("upos", "xpos", "feats", "lemma", "entity", "mention", "plover", "status", "mode")}
    said |= {k: out[k] > 0 for k in ("sent", "cue", "predicate")} | {"factuality": out["factuality"].float()}
    said |= {"heads": heads, "rels": rel_scores(network, out, heads).argmax(-1)}
    said["roles"] = pairs["roles"](out["trigger"], out["argument"]) > 0
    parts = pairs["parts"](out["cue_state"], out["part"]).float()
    same = batch["unit"][:, :, None] == batch["unit"][:, None, :]
    said["speaker"] = (parts[:, :, 0] > 0) & same
    said["edges"] = parts[:, :, 1:].masked_fill(~same[:, :, None], -1e4).argmax(-1)
    said["frames"] = pairs["frames"](out["frame_row"], out["frame_column"]).argmax(2)
    coref = pairs["coref"](out["coref_row"], out["coref_column"])[:, :, 0].float()
    said["coref"] = coref.masked_fill(batch["coref"] == 0, -1e4).argmax(-1)
    return {k: v.cpu().numpy() for k, v in said.items()}


def _count(tally: Counter[str], key: str, hit: int, gold: int, got: int | None = None) -> None:
    tally[f"{key}:hit"] += int(hit)
    tally[f"{key}:gold"] += int(gold)
    if got is not None:
        tally[f"{key}:f"] += 1
        tally[f"{key}:got"] += int(got)


def _sets(tally: Counter[str], key: str, gold: Array, got: Array) -> None:
    """F1 of two boolean arrays."""
    _count(tally, key, (gold & got).sum(), gold.sum(), got.sum())


def _parse(said: Any, gold: Any, tally: Counter[str], source: str) -> None:
    known = gold["head"] >= 0
    for name in ("upos", "xpos", "feats", "lemma"):
        _count(tally, f"{source}_{name}", ((said[name] == gold[name]) & known).sum(), known.sum())
    right = (said["heads"] == gold["head"]) & known
    _count(tally, f"{source}_uas", right.sum(), known.sum())
    _count(tally, f"{source}_las", (right & (said["rels"] == gold["rel"])).sum(), known.sum())
    later = gold["sent"][:, 1:]
    _sets(tally, f"{source}_sent", later == 1, said["sent"][:, 1:] & (later >= 0))


def spans_of(labels: list[str]) -> set[tuple[int, int, str]]:
    """Spans (begin, end, kind) of a BIO sequence; an `I-` that goes on with nothing begins a span."""
    found, begin, kind = set(), 0, ""
    for i, label in enumerate([*labels, "O"]):
        if kind and label != f"I-{kind}":
            found.add((begin, i, kind))
            kind = ""
        if label != "O" and not kind:
            begin, kind = i, label[2:]
    return found


def _span_sets(tally: Counter[str], key: str, gold: Array, got: Array, names: list[str]) -> None:
    want, have = spans_of([names[i] for i in gold]), spans_of([names[i] for i in got])
    _count(tally, key, len(want & have), len(want), len(have))


def _frames(said: Any, gold: Any, tally: Counter[str], names: list[str]) -> None:
    _sets(tally, "predicate", gold["predicate"] == 1, said["predicate"] & (gold["predicate"] >= 0))
    for b, row in np.argwhere((gold["frames"] != OUTSIDE).any(-1)):
        here = gold["frames"][b, row] != OUTSIDE
        _span_sets(tally, "frame", gold["frames"][b, row][here], said["frames"][b, row][here], names)


def _mentions(said: Any, gold: Any, tally: Counter[str]) -> None:
    known = gold["mention"] >= 0
    _sets(tally, "mention", (gold["mention"] > 0), (said["mention"] > 0) & known)
    b, w = np.nonzero((gold["coref"] > 1).any(-1))
    right = gold["coref"][b, w, said["coref"][b, w]] > 1
    linked = gold["coref"][b, w, 0] < 2
    _count(tally, "coref", right.sum(), len(right))
    _count(tally, "coref_linked", right[linked].sum(), linked.sum())


def _entities(said: Any, gold: Any, tally: Counter[str], names: list[str]) -> None:
    for b in range(len(gold["unit"])):
        n = int((gold["unit"][b] >= 0).sum())
        _span_sets(tally, "entity", np.maximum(gold["entity"][b, :n], 0), said["entity"][b, :n], names)


def _events(said: Any, gold: Any, pack: Any, tally: Counter[str]) -> None:
    known, kinds = gold["plover"] >= 0, said["plover"]
    for b, window in enumerate(pack):
        events = [e for u in window for e in u.get("events", ())]
        hits = [e for e in events if any(int(kinds[b, i]) in e["types"] for i in e["words"])]
        row = np.where(known[b], kinds[b], 0)
        runs = sum(bool(row[i]) and (i == 0 or row[i] != row[i - 1]) for i in range(len(row)))
        _count(tally, "type", len(hits), len(events), runs)
    both = (gold["plover"] > 0) & (kinds > 0)
    status, own = gold["status"][both], said["status"][both]
    _count(tally, "status", (status == own).sum(), len(status))
    _count(tally, "status_other", ((status == own) & (status > 0)).sum(), (status > 0).sum(), (own > 0).sum())
    inside = (gold["unit"] >= 0)[:, None, :] & both[:, :, None]
    for r in range(ROLES):
        _sets(tally, NAMES[r], ((gold["links"] >> r) & 1 > 0) & inside, said["roles"][:, :, r] & inside)
    cues = gold["cue"] == 1
    _sets(tally, "cue", cues, said["cue"] & (gold["cue"] >= 0))
    for b, w in np.argwhere(cues & ~np.roll(cues, 1, 1)):
        want = set(range(gold["begin"][b, w], gold["end"][b, w] + 1))
        have = set(range(said["edges"][b, w, 0], said["edges"][b, w, 1] + 1))
        _count(tally, "content", 2 * len(want & have) >= len(want | have), 1)
        _count(tally, "speaker", bool((said["speaker"][b, w] & (gold["links"][b, w] >> ROLES > 0)).any()), 1)
