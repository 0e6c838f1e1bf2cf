"""Reads the corpora that the language model is trained on into one form: units (sentences or short items) with labels.

A unit is a dict with `source`, `doc`, `words` and, where the corpus has them, `tags`, `arcs`, `entities`, `events`,
`statements`.
"""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any
from zlib import crc32

import chains
from names import ENTITY_OF, TITLES, gum_names

Unit = dict[str, Any]


def conllu(path: Path, source: str) -> Iterator[Unit]:
    """Universal Dependencies in CoNLL-U (gzip): tags, lemmas, arcs; for GUM also named entities and mentions from MISC."""
    doc, name, rows = "", "", []
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            if line.startswith("# newdoc id"):
                doc = line.partition("=")[2].strip()
            elif line.startswith("# sent_id"):
                name = line.partition("=")[2].strip()
            elif line.startswith("#"):
                continue
            elif line.strip():
                columns = line.rstrip("\n").split("\t")
                if columns[0].isdigit():
                    rows.append(columns)
            elif rows:
                yield _conllu_unit(rows, source, doc) | {"id": name}
                rows = []


def _conllu_unit(rows: list[list[str]], source: str, doc: str) -> Unit:
    unit: Unit = {
        "source": source,
        "doc": f"{source}:{doc}",
        "words": [r[1] for r in rows],
        "tags": [(r[3], r[4], r[5], r[2]) for r in rows],
        "arcs": [(int(r[6]), r[7]) for r in rows],
    }
    if source == "gum":
        unit["entities"] = gum_names(rows)
        unit |= chains.gum(rows)
    return unit


def columns(path: Path, source: str) -> Iterator[Unit]:
    """Entity corpora with a word and its tag on each line, a blank line between sentences."""
    words, tags = [], []
    for line in [*path.read_text(encoding="utf-8").splitlines(), ""]:
        parts = line.split("\t") if "\t" in line else line.rsplit(" ", 1)
        if len(parts) == 2 and parts[0].strip():
            words.append(parts[0].strip())
            tags.append(parts[1].strip())
        elif words:
            yield {"source": source, "doc": f"{source}:{crc32(repr(words).encode())}", "words": words, "entities": _bio(tags)}
            words, tags = [], []


def _bio(tags: list[str]) -> list[str]:
    out, before = [], "O"
    for tag in tags:
        if tag == "O" or "-" not in tag:
            out.append("O")
        else:
            mark, _, kind = tag.partition("-")
            label = ENTITY_OF[kind]
            begins = mark == "B" or before == "O" or before[2:] != kind
            out.append(("B-" if begins else "I-") + label)
        before = tag
    return out


def re3d(folder: Path, tokenizer: Any) -> Iterator[Unit]:
    """re3d (Dstl): documents with character spans; the BBC part is not used, its licence is non-commercial."""
    for part in sorted(p for p in folder.iterdir() if p.is_dir() and "BBC" not in p.name):
        texts = {d["_id"]: d["text"] for d in _jsonl(part / "documents.json")}
        spans: dict[str, list[tuple[int, int, str]]] = {}
        for e in _jsonl(part / "entities.json"):
            if e["type"] in ENTITY_OF and re.search("[A-Z]", e["value"]) and e.get("confidence", 1) > 0:
                spans.setdefault(e["documentId"], []).append((e["begin"], e["end"], ENTITY_OF[e["type"]]))
        for key, text in texts.items():
            doc = tokenizer(text)
            tokens = [t for t in doc if not t.is_space]
            labels = ["?" if t.text[:1].isupper() else "O" for t in tokens]
            for begin, end, label in sorted(spans.get(key, []), key=lambda s: s[0] - s[1]):
                inside = [i for i, t in enumerate(tokens) if t.idx >= begin and t.idx + len(t) <= end]
                inside = _name_only([(i, tokens[i].text) for i in inside], label)
                for n, i in enumerate(inside):
                    labels[i] = ("I-" if n else "B-") + label
            for begin in range(0, len(tokens), 60):
                words = [t.text for t in tokens[begin : begin + 60]]
                yield {"source": "re3d", "doc": f"re3d:{key}", "words": words, "entities": labels[begin : begin + 60]}


def _name_only(words: list[tuple[int, str]], label: str) -> list[int]:
    """The indices of a name without what stands before it: lower-case words, and for people titles and whom they are of."""
    last = (
        max((k for k, (_, w) in enumerate(words) if w.lower() in TITLES or w in ("of", "for", "the")), default=-1)
        if label == "PERSON"
        else -1
    )
    rest = words[last + 1 :]
    while rest and not rest[0][1][:1].isupper():
        rest = rest[1:]
    return [i for i, _ in rest]


def communique_events(path: Path, tokenizer: Any) -> Iterator[Unit]:
    """Annotated sentences with events and statements; character spans become word indices of our tokenizer."""
    for item in _jsonl(path):
        doc = "wce:" + item["id"] if not item["id"].startswith("wn-") else "wn:" + item["id"].split("#")[0]
        yield events_unit(item | {"doc": doc}, tokenizer)


def events_unit(item: dict[str, Any], tokenizer: Any) -> Unit:
    """A unit of one annotated sentence: `text`, `doc`, `events`, `statements` in the form of communique-events."""
    tokens = [t for t in tokenizer(item["text"]) if not t.is_space]
    inside = lambda s: [i for i, t in enumerate(tokens) if s and t.idx < s[1] and t.idx + len(t) > s[0]]
    events = []
    for e in item["events"]:
        roles = (("actor", "actor"), ("recipient", "recipient"), ("source", "attributed_to"))
        arguments = {role: [inside(s) for s in e.get(key, [])] for role, key in roles}
        arguments |= {k: [inside(e[k])] for k in ("where", "when") if e.get(k)}
        event = {k: e.get(k) for k in ("status", "mode")}
        events.append(
            event | {"words": inside(e["trigger"]), "types": [e["plover"], *e.get("alternatives", [])], "arguments": arguments}
        )
    statements = [{k: inside(s.get(k)) for k in ("cue", "speaker", "content")} for s in item["statements"]]
    words = [t.text for t in tokens]
    return {"source": "events", "doc": item["doc"], "words": words, "events": events, "statements": statements}


def _jsonl(path: Path) -> Iterable[Any]:
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.strip():
            yield json.loads(line)
