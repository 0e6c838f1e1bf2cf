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
from communique.models.language import LanguageModel


def uds(path: Path, model: LanguageModel) -> dict[str, float]:
    """Pearson's r of the network's value at each target's word (the last of its span; in UDS it is the only one) and the label.

    Raises DataError where the file has another form or less than two targets.
    """
    try:
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            sentences = [(item["text"].split(), item["targets"]) for item in map(json.loads, lines)]
        targets = [[(t["span1"][1] - 1, float(t["label"])) for t in found] for _, found in sentences]
    except (OSError, ValueError, KeyError, TypeError, IndexError) as error:
        raise DataError(f"{path}: no lines of JSON with text and targets ({error}); give the file as it is published") from None
    parts = [part for words, _ in sentences for part in cut(model, words)]
    values = iter(np.concatenate([scores.factuality for scores in model.read(parts)]).tolist() if parts else [])
    said: list[float] = []
    gold: list[float] = []
    for (words, _), own in zip(sentences, targets, strict=True):
        found = [next(values) for _ in words]
        said += [found[word] for word, _ in own]
        gold += [label for _, label in own]
    if len(gold) < 2:
        raise DataError(f"{path}: {len(gold)} targets, too few to measure a correlation")
    return {"factuality_uds_pearson": float(np.corrcoef(said, gold)[0, 1])}
