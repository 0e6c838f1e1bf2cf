"""EWT-PropBank's form, on sentences of our own: frames by sentence id, the label inventory, labels word by word."""

from __future__ import annotations

import gzip
import importlib
import json
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

WORDS = ["Norland", "has", "called", "the", "vote", "off", "."]
CALLED = {"i": 2, "lemma": "call", "roleset": "call.06", "args": [[3, 5, "ARG1"], [5, 6, "C-V"], [0, 1, "ARG0"]]}
HAS = {"i": 1, "lemma": "have", "roleset": "have.01", "args": []}
VOTE = {"i": 4, "lemma": "vote", "roleset": "vote.01", "args": []}


@pytest.fixture(scope="module")
def propbank(training: dict[str, ModuleType]) -> ModuleType:
    return importlib.import_module("propbank")


def annotated(propbank: ModuleType, folder: Path, *predicates: dict[str, Any]) -> dict[str, Any]:
    path = folder / "propbank.jsonl.gz"
    with gzip.open(path, "wt", encoding="utf-8") as file:
        file.write(json.dumps({"sent_id": "a-1", "tokens": WORDS, "preds": predicates}) + "\n")
    found: dict[str, Any] = propbank.read(path)
    return found


def test_frames_in_order_without_parts_of_the_verb(propbank: ModuleType, tmp_path: Path) -> None:
    words, frames = annotated(propbank, tmp_path, HAS, CALLED, VOTE)["a-1"]
    assert words == WORDS
    assert frames == [
        {"word": 1, "arguments": [], "roleset": "have.01", "auxiliary": True},
        {"word": 2, "arguments": [(0, 1, "ARG0"), (3, 5, "ARG1")], "roleset": "call.06"},
        {"word": 4, "arguments": [], "roleset": "vote.01"},
    ]


def test_frames_only_where_the_words_are_the_same(propbank: ModuleType, tmp_path: Path) -> None:
    units: list[dict[str, Any]] = [
        {"id": "a-1", "words": WORDS},
        {"id": "a-1", "words": [*WORDS[:-1], "!"]},
        {"id": "a-2", "words": WORDS},
        {"words": WORDS},
    ]
    count = propbank.attach(units, annotated(propbank, tmp_path, CALLED))
    assert count == {"annotated": 1, "differ": 1, "missing": 2}
    assert [f["word"] for f in units[0]["frames"]] == [2]
    assert all("frames" not in u for u in units[1:])


def test_inventory_leaves_out_rare_labels_and_those_of_open_units(propbank: ModuleType) -> None:
    often = {"word": 1, "arguments": [(0, 1, "ARG0"), (2, 4, "ARG1"), (4, 5, "ARGM-MOD")]}
    once = {"word": 1, "arguments": [(2, 4, "ARG1"), (5, 6, "ARG5")]}
    units = [{"frames": [often, once]}, {"frames": [often]}, {}, {"frames": [once] * 9, "frames_open": True}]
    assert propbank.inventory(units, 2) == ["O", "B-ARG1", "B-ARG0", "B-ARGM-MOD", "I-ARG1"]
    assert "B-ARG5" in propbank.inventory(units, 1)


def test_labels_word_by_word(propbank: ModuleType) -> None:
    """Rare labels and words that nobody judged are not known; of two arguments that overlap the first counts."""
    labels = {"O": 0, "B-ARG0": 1, "B-ARG1": 2, "I-ARG1": 3}
    arguments = [(1, 3, "ARG1"), (2, 5, "ARG1"), (5, 6, "ARG0"), (6, 8, "ARG5")]
    assert propbank.bio({"word": 0, "arguments": arguments, "unknown": [5, 8]}, 10, labels) == [
        *(0, 2, 3, 0, 0, 1),
        *(-100, -100, -100, 0),
    ]
