"""Our own annotations of events and statements, in the form of communique-events.

`annotated/wikipedia.jsonl` and `annotated/wikinews.jsonl` hold spans only; the sentences that they stand on are read from
wikipedia-current-events and QANom and recognised by checksum. `annotated/own.jsonl` holds sentences of our own wording.
"""

from __future__ import annotations

import csv
import io
import json
import re
import tarfile
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from zlib import crc32

import corpora
from rolesets import WRITTEN

SOURCE = {"source": "annotated"}
FOLDER = Path(__file__).with_name("annotated")
_OUTLET = re.compile(r"\s*\[\((?:[^\[\]]|\[[^\]]*\])*?\)\]\((?:[^()\s]|\([^)]*\))*\)")
_LINK = re.compile(r"\[([^\]]*)\]\((?:[^()\s]|\([^)]*\))*(?: \"[^\"]*\")?\)")
_ITEM = re.compile(r"\s*\* (.*)")


def read(data: Path, tokenizer: Any) -> Iterator[dict[str, Any]]:
    """The annotated sentences as units. Raises ValueError where a corpus lacks one that annotations stand on."""
    texts = {
        "wikipedia": wikipedia(data / "wikipedia-current-events/posts-2025.tar.gz"),
        "wikinews": wikinews(data / "QANom/qanom_dataset.zip"),
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
