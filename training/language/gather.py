"""Which corpora the language model is trained on, and what is joined to what."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import annotations
import chains
import corpora
import factuality
import propbank
import qasrl
import speech

from communique.annotate.tokens import english

GUM_OPEN = ("academic", "bio", "conversation", "court", "interview", "news", "speech", "textbook", "vlog", "voyage")
Units = list[dict[str, Any]]


def read_all(data: Path) -> dict[str, Units]:
    """Every unit of the corpora by split: train, dev, test."""
    tokenizer = english().tokenizer
    splits = {split: [*_treebanks(data, split)] for split in ("train", "dev", "test")}
    for split, units in splits.items():
        ewt = [u for u in units if u["source"] == "ewt"]
        held = [u for other, us in splits.items() if other != split for u in us if u["source"] == "ewt"]
        propbank.attach(ewt, propbank.read(data / f"EWT-PropBank/ewt-propbank-{split}.jsonl.gz"))
        factuality.attach(ewt, factuality.read(data / f"factuality/UDS_IH2/{split}.jsonl.gz"), held)
    gum = [u for u in splits["train"] if u["source"] == "gum"]
    own, held = ([u for s in part for u in splits[s] if u["source"] == "ewt"] for part in (["train"], ["dev", "test"]))
    annotations.attach_names(own)
    speech.attach(own, speech.propbank(data / "EWT-PropBank/ewt-propbank-train.jsonl.gz", own))
    speech.attach(gum, speech.gum(data / "UD_English-GUM/en_gum-ud-train.conllu.gz", gum))
    _add_names(data, tokenizer, splits)
    splits["train"] += qasrl.open_units(data, own, held)
    splits["train"] += factuality.meantime(data / "factuality/MEANTIME/train.jsonl.gz")
    splits["train"] += chains.gap(data / "GAP/gap-development.tsv.gz", tokenizer)
    for split in ("train", "dev"):
        splits[split] += corpora.communique_events(data / f"communique-events/{split}.jsonl", tokenizer)
    splits["train"] += annotations.read(data, tokenizer)
    return splits


def _treebanks(data: Path, split: str) -> Iterator[dict[str, Any]]:
    yield from corpora.conllu(data / f"UD_English-EWT/en_ewt-ud-{split}.conllu.gz", "ewt")
    for unit in corpora.conllu(data / f"UD_English-GUM/en_gum-ud-{split}.conllu.gz", "gum"):
        if unit["doc"].split("_")[1] in GUM_OPEN:
            yield unit


def _add_names(data: Path, tokenizer: Any, splits: dict[str, Units]) -> None:
    crossner = list(corpora.columns(data / "CrossNER/politics/dev.txt", "crossner"))
    splits["train"] += corpora.columns(data / "CrossNER/politics/train.txt", "crossner")
    splits["train"] += crossner[120:]
    splits["dev"] += crossner[:120]
    splits["test"] += corpora.columns(data / "CrossNER/politics/test.txt", "crossner")
    splits["train"] += corpora.columns(data / "wikigold/wikigold.conll.txt", "wikigold")
    splits["train"] += corpora.columns(data / "WNUT17/wnut17train.conll", "wnut")
    splits["train"] += corpora.re3d(data / "re3d", tokenizer)
