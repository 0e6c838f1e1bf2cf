"""Windows of one or several consecutive units, laid out in batches of a few fixed shapes.

Fixed shapes let a GPU replay a whole training step without waiting for Python; everything that a loss needs is laid out
here, in the loader's workers.
"""

from __future__ import annotations

import gzip
import pickle
import random
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor
from torch.utils.data import DataLoader, IterableDataset, get_worker_info

Unit = dict[str, Any]
Window = list[Unit]
CLS, SEP = 101, 102
TYPES, ROLES = 16, 5
SPEAKER = 1 << ROLES
UNKNOWN, OUTSIDE = -100, 255
PER_WORD = ("upos", "xpos", "feats", "lemma", "entity", "rel")
LABELS = (*PER_WORD, "sent", "head", "plover", "status", "mode", "cue", "begin", "end", "predicate", "mention")


@dataclass(frozen=True)
class Shape:
    """A batch's size: windows, words and pieces of a window."""

    windows: int
    words: int
    pieces: int


def shapes(words_per_batch: int) -> list[Shape]:
    """The shapes that windows are sorted into."""
    return [Shape(max(1, words_per_batch // w), w, p) for w, p in ((32, 46), (60, 82), (104, 140), (160, 216))]


def load_units(work: Path, split: str) -> list[Unit]:
    """The units of a split as `prepare.py` wrote them, with arrays for lists of numbers."""
    with gzip.open(work / f"{split}.pickle.gz", "rb") as file:
        units: list[Unit] = pickle.load(file)
    for unit in units:
        unit["sizes"] = np.array([len(p) for p in unit["pieces"]])
        unit["pieces"] = np.array([i for p in unit["pieces"] for i in p])
        for name in ("shape", "head", *PER_WORD):
            if name in unit:
                unit[name] = np.array(unit[name])
        if "frames" in unit:
            unit["frames"] = [(word, np.array(labels)) for word, labels in unit["frames"]]
    return units


def windows(units: list[Unit], rng: random.Random | None, size: int = 110) -> list[Window]:
    """Group consecutive units of a document; sizes are drawn when `rng` is given, else full windows are made."""
    out: list[Window] = []
    limit = held = 0
    for unit in units:
        words = len(unit["sizes"])
        if out and out[-1][0]["doc"] == unit["doc"] and held + words <= limit:
            out[-1].append(unit)
            held += words
        else:
            out.append([unit])
            held = words
            limit = size if rng is None else rng.choice([0, 0, 45, 75, 102, 140])
    return out


def packs(groups: list[Window], sorts: list[Shape], rng: random.Random | None) -> list[tuple[Shape, list[Window]]]:
    """Packs of windows by the smallest shape that holds them; what fits none is left out."""
    fits: dict[Shape, list[Window]] = {s: [] for s in sorts}
    for window in groups:
        words, pieces = sum(len(u["sizes"]) for u in window), 2 + sum(len(u["pieces"]) for u in window)
        shape = next((s for s in sorts if words <= s.words and pieces <= s.pieces), None)
        if shape is not None:
            fits[shape].append(window)
    out = []
    for shape, members in fits.items():
        if rng is not None:
            rng.shuffle(members)
        out += [(shape, members[i : i + shape.windows]) for i in range(0, len(members), shape.windows)]
    if rng is not None:
        rng.shuffle(out)
    return out


class Stream(IterableDataset[tuple[Shape, dict[str, Tensor]]]):
    """Batches without end; each worker draws whole epochs of its own, so that the device never waits for an epoch's end."""

    def __init__(self, units: list[Unit], repeat: dict[str, float], sorts: list[Shape], seed: int) -> None:
        self.units, self.repeat, self.sorts, self.seed = units, repeat, sorts, seed

    def __iter__(self) -> Iterator[tuple[Shape, dict[str, Tensor]]]:
        worker = get_worker_info()
        first, step = (worker.id, worker.num_workers) if worker else (0, 1)
        for epoch in count(first, step):
            rng = random.Random(self.seed * 100003 + epoch)
            for shape, pack in packs(windows(repeated(self.units, self.repeat, rng), rng), self.sorts, rng):
                yield shape, collate(pack, shape)

    def loader(self, workers: int) -> DataLoader[Any]:
        """The batches, made by `workers` processes (0: in this one)."""
        pin = workers > 0 and torch.cuda.is_available()
        return DataLoader(self, None, num_workers=workers, pin_memory=pin, prefetch_factor=12 if workers else None)


def repeated(units: list[Unit], repeat: dict[str, float], rng: random.Random) -> list[Unit]:
    """The units with each source as often as its repeat says, in document order; a part of a time is a share of documents."""
    out = [u for u in units if repeat.get(u["source"], 1) >= 1]
    for source, times in repeat.items():
        own = [u for u in units if u["source"] == source]
        for _ in range(int(times) - 1):
            out += own
        documents = list(dict.fromkeys(u["doc"] for u in own))
        drawn = set(rng.sample(documents, int((times % 1) * len(documents))))
        out += [u for u in own if u["doc"] in drawn]
    return out


def collate(pack: list[Window], shape: Shape) -> dict[str, Tensor]:
    """Tensors of a batch; labels that are not known are -100 (255 in `frames`).

    `unit` numbers the unit of each word, -1 at padding. Rows are words: `links[b, i, j]` has a bit for each role that word j
    has for trigger i, and one for the speaker of cue i; `frames[b, i, j]` is the label of word j for predicate i;
    `coref[b, i, k]` is 1 where word k - 1 may be the antecedent of word i, 2 where it is one, column 0 standing for none.
    """
    n, w = shape.windows, shape.words
    batch: dict[str, Any] = {name: np.full((n, w), UNKNOWN, np.int64) for name in LABELS}
    batch |= {name: np.zeros((n, shape.pieces), np.int64) for name in ("pieces", "shapes")}
    batch |= {name: np.zeros((n, w), np.int64) for name in ("first", "last")}
    batch["unit"] = np.full((n, w), -1, np.int64)
    batch["factuality"] = np.full((n, w), UNKNOWN, np.float32)
    batch["plover_target"] = np.zeros((n, w, TYPES), np.float32)
    batch["links"] = np.zeros((n, w, w), np.uint8)
    batch["frames"] = np.full((n, w, w), OUTSIDE, np.uint8)
    batch["coref"] = np.zeros((n, w, w + 1), np.uint8)
    for b, window in enumerate(pack):
        _fill(batch, b, window)
    return {k: torch.from_numpy(v) for k, v in batch.items()}


def _fill(batch: dict[str, Any], b: int, window: Window) -> None:
    sizes = np.concatenate([u["sizes"] for u in window])
    ends = sizes.cumsum()
    words, last = len(sizes), int(ends[-1])
    batch["pieces"][b, 0], batch["pieces"][b, last + 1] = CLS, SEP
    batch["pieces"][b, 1 : last + 1] = np.concatenate([u["pieces"] for u in window])
    batch["shapes"][b, 1 : last + 1] = np.repeat(np.concatenate([u["shape"] for u in window]), sizes)
    batch["first"][b, :words], batch["last"][b, :words] = ends - sizes + 1, ends
    at, chains = 0, []
    for k, unit in enumerate(window):
        here = slice(at, at + len(unit["sizes"]))
        batch["unit"][b, here] = k
        for name in PER_WORD:
            if name in unit:
                batch[name][b, here] = unit[name]
        if "head" in unit:
            batch["head"][b, here] = np.where(unit["head"] == 0, 0, unit["head"] + at)
            batch["sent"][b, here] = 0
            batch["sent"][b, at] = 1
        _events({k: v[b] for k, v in batch.items()}, unit, here)
        _frames({k: v[b] for k, v in batch.items()}, unit, here)
        chains += [(at + word, chain, learns) for word, _, chain, learns in unit.get("mentions", ())]
        at = here.stop
    _antecedents(batch["coref"][b], chains)


def _events(row: dict[str, Any], unit: Unit, here: slice) -> None:
    """Labels of one unit's events and statements; `row` is one window of the batch."""
    at = here.start
    if "events" in unit:
        row["plover"][here] = 0
        row["plover_target"][here, 0] = 1
    for event in unit.get("events", ()):
        kinds, words = event["types"], [at + i for i in event["words"]]
        row["plover"][words], row["status"][words], row["mode"][words] = kinds[0], event["status"], event["mode"]
        row["plover_target"][words] = 0
        for j, kind in enumerate(kinds):
            row["plover_target"][words, kind] = 1.0 if len(kinds) == 1 else 0.7 if j == 0 else 0.3 / (len(kinds) - 1)
        for role, spans in event["arguments"].items():
            for span in spans:
                row["links"][np.ix_(words, [at + i for i in span])] |= 1 << role
    if "statements" in unit:
        row["cue"][here] = 0
    for said in unit.get("statements", ()):
        words = [at + i for i in said["cue"]]
        row["cue"][words] = 1
        row["links"][np.ix_(words, [at + i for i in said["speaker"]])] |= SPEAKER
        row["begin"][words], row["end"][words] = at + said["content"][0], at + said["content"][-1]


def _frames(row: dict[str, Any], unit: Unit, here: slice) -> None:
    at = here.start
    if "frames" in unit:
        if not unit.get("frames_open"):
            row["predicate"][here] = 0
        for word, labels in unit["frames"]:
            row["predicate"][at + word] = 1
            row["frames"][at + word, here] = np.where(labels < 0, OUTSIDE, labels)
    for word, value in unit.get("factuality", ()):
        row["factuality"][at + word] = value
    if "mentions" in unit:
        row["mention"][here] = 0
        for word, kind, *_ in unit["mentions"]:
            row["mention"][at + word] = kind
    for word, right, wrong in unit.get("links", ()):
        row["coref"][at + word, 0] = 1
        row["coref"][at + word, [1 + at + i for i in wrong]] = 1
        row["coref"][at + word, [1 + at + i for i in right]] = 2


def _antecedents(coref: Any, chains: list[tuple[int, str, bool]]) -> None:
    before: list[tuple[int, str]] = []
    for word, chain, learns in sorted(chains):
        if learns:
            coref[word, [1 + i for i, _ in before]] = 1
            same = [1 + i for i, other in before if other == chain]
            coref[word, 0] = 1 if same else 2
            coref[word, same] = 2
        before.append((word, chain))
