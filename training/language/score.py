"""Dev figures in training: greedy arcs within gold sentences, word-level scores of the event graph. For choices, not for
publication."""

from __future__ import annotations

from collections import Counter
from typing import Any

import torch
from losses import masked_arcs, pair_scores, row_scores
from network import Network
from windows import loader, move, packs, windows


@torch.no_grad()
def figures(network: Network, dev: list[dict[str, Any]], device: torch.device) -> dict[str, float]:
    """Percentages by head and source."""
    tally: Counter[str] = Counter()
    for source in ("ewt", "gum", "crossner", "events"):
        units = [u for u in dev if u["source"] == source]
        content = packs(windows(units, None, 80 if source != "events" else 0), 6000, None)
        for batch in loader(content, 4 if device.type == "cuda" else 0):
            batch = move(batch, device)
            with torch.autocast(device.type, dtype=torch.bfloat16, enabled=device.type == "cuda"):
                out = network(batch["pieces"], batch["shapes"], batch["first"], batch["last"])
            if source in ("ewt", "gum"):
                _parse(network, out, batch, tally, source)
            if source == "crossner":
                _entities(out, batch, tally)
            if source == "events":
                _events(network, out, batch, tally)
                _statements(network, out, batch, tally)
    share = {}
    for key in [k[:-5] for k in tally if k.endswith(":gold")]:
        hits, gold, got = tally[f"{key}:hit"], tally[f"{key}:gold"], tally.get(f"{key}:got", 0) if f"{key}:f" in tally else None
        share[key] = 100 * hits / max(gold, 1) if got is None else 200 * hits / max(gold + got, 1)
    return share


def _parse(network: Network, out: Any, batch: Any, tally: Counter[str], source: str) -> None:
    known = batch["head"] >= 0
    for name in ("upos", "xpos", "feats", "lemma"):
        tally[f"{source}_{name}:hit"] += int(((out[name].argmax(-1) == batch[name]) & known).sum())
        tally[f"{source}_{name}:gold"] += int(known.sum())
    heads = masked_arcs(out, batch).argmax(-1)
    right = (heads == batch["head"]) & known
    b, w = torch.nonzero(known, as_tuple=True)
    rels = pair_scores(network.rels.weight, out["rel_child"][b, w], out["rel_head"][b, heads[b, w]]).argmax(-1)
    tally[f"{source}_uas:hit"] += int(right.sum())
    tally[f"{source}_uas:gold"] += int(known.sum())
    tally[f"{source}_las:hit"] += int((right[b, w] & (rels == batch["rel"][b, w])).sum())
    tally[f"{source}_las:gold"] += int(known.sum())
    said, gold = out["sent"].argmax(-1)[:, 1:], batch["sent"][:, 1:]
    key = f"{source}_sent"
    tally[f"{key}:f"] += 1
    tally[f"{key}:hit"] += int(((said == 1) & (gold == 1)).sum())
    tally[f"{key}:gold"] += int((gold == 1).sum())
    tally[f"{key}:got"] += int(((said == 1) & (gold >= 0)).sum())


def spans_of(labels: list[int]) -> set[tuple[int, int, int]]:
    """Spans (begin, end, kind) of a BIO sequence where odd labels begin and even ones go on."""
    found, begin, kind = set(), None, 0
    for i, label in enumerate([*labels, 0]):
        if begin is not None and not (label > 0 and label % 2 == 0 and label // 2 == kind + 1):
            found.add((begin, i, kind))
            begin = None
        if label > 0 and (label % 2 == 1 or begin is None):
            begin, kind = i, (label - 1) // 2
    return found


def _entities(out: Any, batch: Any, tally: Counter[str]) -> None:
    said = out["entity"].argmax(-1)
    for b in range(said.shape[0]):
        n = int((batch["unit"][b] >= 0).sum())
        gold, got = spans_of(batch["entity"][b, :n].tolist()), spans_of(said[b, :n].tolist())
        tally["entity:f"] += 1
        tally["entity:hit"] += len(gold & got)
        tally["entity:gold"] += len(gold)
        tally["entity:got"] += len(got)


def _events(network: Network, out: Any, batch: Any, tally: Counter[str]) -> None:
    kinds = out["plover"].argmax(-1)
    gold = {(b, begin + i): e for b, begin, _, e in batch["triggers"] for i in e["words"]}
    got = {(int(b), int(w)) for b, w in torch.nonzero((kinds > 0) & (batch["plover"] >= 0))}
    runs = {(b, w) for b, w in got if (b, w - 1) not in got or kinds[b, w] != kinds[b, w - 1]}
    hits = [
        e
        for b, begin, _, e in batch["triggers"]
        if any((b, begin + i) in got and int(kinds[b, begin + i]) in e["types"] for i in e["words"])
    ]
    tally["type:f"] += 1
    tally["type:hit"] += len(hits)
    tally["type:gold"] += len(batch["triggers"])
    tally["type:got"] += len(runs)
    both = [(b, w) for b, w in got if (b, w) in gold]
    if not both:
        return
    b = torch.tensor([x[0] for x in both], device=kinds.device)
    w = torch.tensor([x[1] for x in both], device=kinds.device)
    scores = row_scores(network.roles.weight, out["trigger"][b, w], out["argument"][b]) > 0
    status = out["status"][b, w].argmax(-1).tolist()
    starts = {(b, begin + i): begin for b, begin, _, e in batch["triggers"] for i in e["words"]}
    for n, place in enumerate(both):
        event, begin = gold[place], starts[place]
        odd_gold, odd_got = event["status"] != 0, status[n] != 0
        tally["status:hit"] += status[n] == event["status"]
        tally["status:gold"] += 1
        tally["status_other:f"] += 1
        tally["status_other:hit"] += odd_gold and status[n] == event["status"]
        tally["status_other:gold"] += odd_gold
        tally["status_other:got"] += odd_got
        for role, name in enumerate(("actor", "recipient", "where", "when", "source")):
            want = {begin + i for span in event["arguments"].get(role, []) for i in span}
            said = {int(i) for i in torch.nonzero(scores[n, role])[:, 0]}
            tally[f"{name}:f"] += 1
            tally[f"{name}:hit"] += len(want & said)
            tally[f"{name}:gold"] += len(want)
            tally[f"{name}:got"] += len(said)


def _statements(network: Network, out: Any, batch: Any, tally: Counter[str]) -> None:
    said = out["cue"].argmax(-1)
    gold = {(b, begin + i) for b, begin, _, s in batch["cues"] for i in s["cue"]}
    got = {(int(b), int(w)) for b, w in torch.nonzero((said == 1) & (batch["cue"] >= 0))}
    tally["cue:f"] += 1
    tally["cue:hit"] += len(gold & got)
    tally["cue:gold"] += len(gold)
    tally["cue:got"] += len(got)
    rows = [(b, begin + s["cue"][0], begin, end, s) for b, begin, end, s in batch["cues"]]
    if not rows:
        return
    device = said.device
    b = torch.tensor([r[0] for r in rows], device=device)
    w = torch.tensor([r[1] for r in rows], device=device)
    scores = row_scores(network.parts.weight, out["cue_state"][b, w], out["part"][b])
    for n, (_, _, begin, end, s) in enumerate(rows):
        a, z = int(scores[n, 1, begin:end].argmax()), int(scores[n, 2, begin:end].argmax())
        want = set(range(s["content"][0], s["content"][-1] + 1))
        have = set(range(a, z + 1))
        tally["content:hit"] += 2 * len(want & have) >= len(want | have)
        tally["content:gold"] += 1
        who = {int(i) for i in torch.nonzero(scores[n, 0, begin:end] > 0)[:, 0]}
        tally["speaker:hit"] += bool(who & set(s["speaker"]))
        tally["speaker:gold"] += 1
