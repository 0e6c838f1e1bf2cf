"""Windows of one or several consecutive units, padded into batches of tensors.

Everything that a loss needs is laid out here, in the loader's workers, so that a step on the device never waits for Python.
"""

from __future__ import annotations

import random
from typing import Any

import torch
from torch import Tensor
from torch.utils.data import DataLoader, Dataset

WORDS, PIECES = 160, 320
CLS, SEP = 101, 102
TYPES, ROLES = 16, 5
PER_WORD = ("upos", "xpos", "feats", "lemma", "entity", "rel")


def windows(units: list[dict[str, Any]], rng: random.Random | None, size: int = 110) -> list[list[dict[str, Any]]]:
    """Group consecutive units of a document; sizes are drawn when `rng` is given, else full windows are made."""
    out: list[list[dict[str, Any]]] = []
    limit = 0
    for unit in units:
        words = len(unit["pieces"])
        if out and out[-1][0]["doc"] == unit["doc"] and sum(len(u["pieces"]) for u in out[-1]) + words <= limit:
            out[-1].append(unit)
        else:
            out.append([unit])
            limit = size if rng is None else rng.choice([0, 0, 45, 75, 110, 140])
    return [
        w for w in out if sum(len(p) for u in w for p in u["pieces"]) <= PIECES and sum(len(u["pieces"]) for u in w) <= WORDS
    ]


def packs(groups: list[list[dict[str, Any]]], budget: int, rng: random.Random | None) -> list[list[list[dict[str, Any]]]]:
    """Packs of windows of like length, at most `budget` words with padding."""
    key = lambda w: sum(len(u["pieces"]) for u in w)
    noise = (lambda: rng.uniform(-8, 8)) if rng is not None else (lambda: 0.0)
    out: list[list[list[dict[str, Any]]]] = []
    longest = 0
    for group in sorted(groups, key=lambda w: key(w) + noise()):
        longest = max(key(group), longest)
        if out and longest * (len(out[-1]) + 1) <= budget:
            out[-1].append(group)
        else:
            out.append([group])
            longest = key(group)
    if rng is not None:
        rng.shuffle(out)
    return out


class Batches(Dataset[dict[str, Any]]):
    """The packs as a data set whose members are whole batches."""

    def __init__(self, content: list[list[list[dict[str, Any]]]]) -> None:
        self.content = content

    def __len__(self) -> int:
        return len(self.content)

    def __getitem__(self, index: int) -> dict[str, Any]:
        return collate(self.content[index])


def loader(content: list[list[list[dict[str, Any]]]], workers: int) -> DataLoader[dict[str, Any]]:
    """Batches in order, made by `workers` processes (0: in this one)."""
    return DataLoader(
        Batches(content), batch_size=None, num_workers=workers, pin_memory=workers > 0, prefetch_factor=8 if workers else None
    )


def move(batch: dict[str, Any], device: torch.device) -> dict[str, Any]:
    """The batch with its tensors on the device."""
    return {k: v.to(device, non_blocking=True) if isinstance(v, Tensor) else v for k, v in batch.items()}


def collate(pack: list[list[dict[str, Any]]]) -> dict[str, Any]:
    """Tensors of a batch; labels that are not known are -100. `unit` tells which words may be linked.

    `rows` holds (batch, word) of each trigger word, `row_*` its labels; `cue_rows` and `cue_*` likewise for cues;
    `has` names what is labelled at all.
    """
    n = len(pack)
    words = max(sum(len(u["pieces"]) for u in w) for w in pack)
    length = 2 + max(sum(len(p) for u in w for p in u["pieces"]) for w in pack)
    full = lambda *shape, value=-100: torch.full(shape, value, dtype=torch.long)
    batch: dict[str, Any] = {"pieces": full(n, length, value=0), "shapes": full(n, length, value=0)}
    batch |= {name: full(n, words, value=0) for name in ("first", "last")}
    batch |= {name: full(n, words) for name in (*PER_WORD, "sent", "head", "unit", "plover", "cue")}
    triggers: list[tuple[Any, ...]] = []
    cues: list[tuple[Any, ...]] = []
    for b, window in enumerate(pack):
        _fill(batch, b, window, triggers, cues)
    _event_rows(batch, triggers)
    _cue_rows(batch, cues)
    batch["has"] = {name for name in (*PER_WORD, "sent", "head", "plover", "cue") if bool((batch[name] >= 0).any())}
    batch["triggers"], batch["cues"] = triggers, cues
    return batch


def _event_rows(batch: dict[str, Any], triggers: list[tuple[Any, ...]]) -> None:
    words = batch["plover"].shape[1]
    batch["plover_target"] = torch.nn.functional.one_hot(batch["plover"].clamp(min=0), TYPES).float()
    rows = [(b, begin + i, begin, end, e) for b, begin, end, e in triggers for i in e["words"]]
    batch["rows"] = torch.tensor([r[:2] for r in rows], dtype=torch.long).reshape(-1, 2)
    for name in ("status", "mode"):
        batch[f"row_{name}"] = torch.tensor([r[4][name] for r in rows], dtype=torch.long)
    gold, inside = torch.zeros(len(rows), ROLES, words), torch.zeros(len(rows), 1, words)
    for k, (b, word, begin, end, event) in enumerate(rows):
        kinds = event["types"]
        batch["plover_target"][b, word] = 0
        for j, kind in enumerate(kinds):
            batch["plover_target"][b, word, kind] = 1.0 if len(kinds) == 1 else 0.7 if j == 0 else 0.3 / (len(kinds) - 1)
        inside[k, :, begin:end] = 1
        for role, spans in event["arguments"].items():
            for span in spans:
                gold[k, role, [begin + i for i in span]] = 1
    batch["row_gold"], batch["row_inside"] = gold, inside


def _cue_rows(batch: dict[str, Any], cues: list[tuple[Any, ...]]) -> None:
    words = batch["cue"].shape[1]
    rows = [(b, begin + i, begin, end, s) for b, begin, end, s in cues for i in s["cue"]]
    batch["cue_rows"] = torch.tensor([r[:2] for r in rows], dtype=torch.long).reshape(-1, 2)
    inside, speaker = torch.zeros(len(rows), words, dtype=torch.bool), torch.zeros(len(rows), words)
    edges = torch.zeros(2, len(rows), dtype=torch.long)
    for k, (b, word, begin, end, said) in enumerate(rows):
        batch["cue"][b, word] = 1
        inside[k, begin:end] = True
        speaker[k, [begin + i for i in said["speaker"]]] = 1
        edges[0, k], edges[1, k] = begin + said["content"][0], begin + said["content"][-1]
    batch["cue_inside"], batch["cue_speaker"], batch["cue_edges"] = inside, speaker, edges


def _fill(batch: dict[str, Any], b: int, window: list[dict[str, Any]], triggers: list[Any], cues: list[Any]) -> None:
    batch["pieces"][b, 0] = CLS
    word, piece = 0, 1
    for k, unit in enumerate(window):
        count = len(unit["pieces"])
        for i, (cut, shape) in enumerate(zip(unit["pieces"], unit["shape"], strict=True)):
            batch["pieces"][b, piece : piece + len(cut)] = torch.tensor(cut)
            batch["shapes"][b, piece : piece + len(cut)] = shape
            batch["first"][b, word + i], batch["last"][b, word + i] = piece, piece + len(cut) - 1
            piece += len(cut)
        here = slice(word, word + count)
        for name in PER_WORD:
            if name in unit:
                batch[name][b, here] = torch.tensor(unit[name])
        batch["unit"][b, here] = k
        if "head" in unit:
            heads = torch.tensor(unit["head"])
            batch["head"][b, here] = torch.where(heads == 0, 0, heads + word)
            batch["sent"][b, here] = 0
            batch["sent"][b, word] = 1
        if "events" in unit:
            batch["plover"][b, here], batch["cue"][b, here] = 0, 0
            triggers += [(b, word, word + count, e) for e in unit["events"]]
            cues += [(b, word, word + count, s) for s in unit["statements"]]
        word += count
    batch["pieces"][b, piece] = SEP
