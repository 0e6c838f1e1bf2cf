"""Whether what a predicate tells took place: the network's values against UDS-IH2 (White et al. 2016; Rudinger et al. 2018).

The file is JSON lines (gzip) in the form of Jiang and de Marneffe (2021): `text`, words parted by blanks, and `targets` with
`span1` (words, end exclusive) and `label` in [-3, 3].
"""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import numpy as np

from communique.annotate.words import cut
from communique.errors import DataError
from communique.models.language import LanguageModel, load_language

# Above this a predicate counts as having taken place. Chosen on the training data (best are 1.25 on UDS dev, 2.25 on MEANTIME).
HAPPENED = 1.75


def uds(path: Path, model: LanguageModel) -> dict[str, float]:
    """Pearson's r of the network's value at each target's word (the last of its span; in UDS it is the only one) and the label.

    Raises DataError where the file has another form or less than two targets.
    """
    said, gold = values(path, model)
    if len(gold) < 2:
        raise DataError(f"{path}: {len(gold)} targets, too few to measure a correlation")
    return {"factuality_uds_pearson": float(np.corrcoef(said, gold)[0, 1])}


def happened(folder: Path) -> dict[str, float]:
    """Balanced accuracy of telling what took place (label above 0) from what did not, on the dev and test part together of a
    folder with `dev.jsonl.gz` and `test.jsonl.gz`: made for the news of Lee et al. (2015, EMNLP)."""
    pairs = [values(folder / f"{part}.jsonl.gz", load_language()) for part in ("dev", "test")]
    said, gold = (np.array([x for pair in pairs for x in pair[side]]) for side in (0, 1))
    took_place = gold > 0
    if took_place.all() or not took_place.any():
        raise DataError(f"{folder}: all labels lie on one side of 0, so that there is nothing to tell apart")
    hits = said > HAPPENED
    return {
        "happened_balanced_accuracy": float((hits[took_place].mean() + (~hits[~took_place]).mean()) / 2),
        "happened_pearson": float(np.corrcoef(said, gold)[0, 1]),
        "happened_targets": float(len(gold)),
    }


def values(path: Path, model: LanguageModel) -> tuple[list[float], list[float]]:
    """The network's value and the label of each target. Raises DataError where the file has another form."""
    try:
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            sentences = [(item["text"].split(), item["targets"]) for item in map(json.loads, lines)]
        targets = [[(t["span1"][1] - 1, float(t["label"])) for t in found] for _, found in sentences]
    except (OSError, ValueError, KeyError, TypeError, IndexError) as error:
        raise DataError(f"{path}: no lines of JSON with text and targets ({error}); give the file as it is published") from None
    parts = [part for words, _ in sentences for part in cut(model, words)]
    scored = iter(np.concatenate([scores.factuality for scores in model.read(parts)]).tolist() if parts else [])
    said: list[float] = []
    gold: list[float] = []
    for (words, _), own in zip(sentences, targets, strict=True):
        found = [next(scored) for _ in words]
        said += [found[word] for word, _ in own]
        gold += [label for _, label in own]
    return said, gold
