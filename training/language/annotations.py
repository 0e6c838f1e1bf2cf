"""Our own annotations of events and statements, in the form of communique-events.

`annotated/wikipedia.jsonl`, `wikinews.jsonl` and `treebanks.jsonl` hold spans only; the sentences that they stand on are read
from wikipedia-current-events, from QANom and QASRL-GS, and from UD English EWT and GUM, and recognised by checksum.
`own.jsonl` holds sentences of our own wording, `ewt-names.jsonl` names in sentences of EWT, as words `[begin, end)`.
"""

from __future__ import annotations

import csv
import gzip
import io
import json
import re
import tarfile
import zipfile
from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import Path
from typing import Any
from zlib import crc32

import corpora
from rolesets import WRITTEN

SOURCE = {"source": "annotated"}
FOLDER = Path(__file__).with_name("annotated")
GOLD_WIKINEWS = tuple(f"QASRL-GS/wikinews.{split}.sentences.csv.gz" for split in ("dev", "test"))
TREEBANKS = ("UD_English-EWT/en_ewt-ud-train.conllu.gz", "UD_English-GUM/en_gum-ud-train.conllu.gz")
NAME_LABELS = {"PER": "PERSON", "ORG": "ORG", "LOC": "LOC"}
_OUTLET = re.compile(r"\s*\[\((?:[^\[\]]|\[[^\]]*\])*?\)\]\((?:[^()\s]|\([^)]*\))*\)")
_LINK = re.compile(r"\[([^\]]*)\]\((?:[^()\s]|\([^)]*\))*(?: \"[^\"]*\")?\)")
_ITEM = re.compile(r"\s*\* (.*)")


def read(data: Path, tokenizer: Any) -> Iterator[dict[str, Any]]:
    """The annotated sentences as units. Raises ValueError where a corpus lacks one that annotations stand on."""
    texts = {
        "wikipedia": wikipedia(data / "wikipedia-current-events/posts-2025.tar.gz"),
        "wikinews": chain(wikinews(data / "QANom/qanom_dataset.zip"), *(gold_wikinews(data / f) for f in GOLD_WIKINEWS)),
        "treebanks": chain.from_iterable(treebank(data / f) for f in TREEBANKS),
    }
    for name, found in texts.items():
        known = {crc32(text.encode()): (key, text) for key, text in found}
        for item in map(json.loads, (FOLDER / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()):
            if item["crc"] not in known:
                raise ValueError(
                    f"{FOLDER / name}.jsonl: {item['id']}: its sentence is not in {data}; get the corpora as README.md says"
                )
            _, text = known[item["crc"]]
            yield corpora.events_unit(item | {"text": text, "doc": f"{name}:{item['crc']}"}, tokenizer) | SOURCE
    for item in map(json.loads, (FOLDER / "own.jsonl").read_text(encoding="utf-8").splitlines()):
        yield corpora.events_unit(item | {"doc": f"own:{crc32(item['text'].encode())}"}, tokenizer) | SOURCE


def wikipedia(path: Path) -> Iterator[tuple[str, str]]:
    """The sourced items of the Current Events portal, with their day, without marks and outlets."""
    with tarfile.open(path) as archive:
        for member in archive:
            day = re.search(r"\d{4}-\d\d-\d\d", member.name)
            file = archive.extractfile(member) if day and member.name.endswith(".md") else None
            for line in file.read().decode("utf-8").splitlines() if file else ():
                item = _ITEM.match(line)
                if item and ")](http" in item[1]:
                    text = _LINK.sub(r"\1", _OUTLET.sub("", item[1]))
                    yield day[0], re.sub(r"[*_]{1,3}", "", text).strip()


def wikinews(path: Path) -> Iterator[tuple[str, str]]:
    """The sentences of QANom's training and development files that are from Wikinews, words parted by blanks."""
    texts: dict[str, str] = {}
    with zipfile.ZipFile(path) as archive:
        for split in ("train", "dev"):
            with archive.open(f"annot.{split}.csv") as file:
                for row in csv.DictReader(io.TextIOWrapper(file, "utf-8", newline="")):
                    if ":wikinews:" in row["qasrl_id"]:
                        texts.setdefault(row["qasrl_id"], row["sentence"])
    for key, text in texts.items():
        yield key, " ".join(WRITTEN.get(w, w) for w in text.split())


def gold_wikinews(path: Path) -> Iterator[tuple[str, str]]:
    """The sentences of a file of QASRL-GS, words parted by blanks."""
    with gzip.open(path, "rt", encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            yield row["qasrl_id"], " ".join(WRITTEN.get(w, w) for w in row["tokens"].split())


def treebank(path: Path) -> Iterator[tuple[str, str]]:
    """The sentences of a treebank, words parted by blanks."""
    for unit in corpora.conllu(path, "ewt"):
        yield unit["id"], " ".join(unit["words"])


def attach_names(units: Iterable[dict[str, Any]], path: Path = FOLDER / "ewt-names.jsonl") -> int:
    """Give units of EWT their names as `entities`, by `id` and a checksum of their words; how many were given.

    Names that are no person, organisation or place, and adjectives with a capital, are left open ("?"). Raises ValueError
    where a unit has other words than were annotated.
    """
    known = {item["id"]: item for item in map(json.loads, path.read_text(encoding="utf-8").splitlines())}
    given = 0
    for unit in units:
        item = known.get(unit.get("id", ""))
        if item is None:
            continue
        if item["crc"] != crc32(" ".join(unit["words"]).encode()):
            raise ValueError(f"{path}: {item['id']}: its words are others in the corpus; get the corpora as README.md says")
        unit["entities"] = _name_labels(unit, item["names"])
        given += 1
    return given


def _name_labels(unit: dict[str, Any], names: Iterable[tuple[int, int, str]]) -> list[str]:
    opens = lambda i: unit["tags"][i][0] == "ADJ" and unit["words"][i][:1].isupper()
    labels = ["?" if opens(i) else "O" for i in range(len(unit["words"]))]
    for begin, end, kind in names:
        label = NAME_LABELS.get(kind)
        labels[begin:end] = [f"B-{label}"] + [f"I-{label}"] * (end - begin - 1) if label else ["?"] * (end - begin)
    return labels
