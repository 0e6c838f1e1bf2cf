"""The table of roles, made from a small treebank of our own words with the network that ships."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np
import pytest

from communique.annotate.arcs import parse
from communique.annotate.constituents import constituents, tagged
from communique.models.language import load_language
from communique.models.roles import RoleTable

WHO = "envoys rebels clerks guards nurses".split()
WHAT = "bridges letters towers harbours treaties".split()


def sentence(who: str, verb: str, what: str) -> dict[str, Any]:
    """A sentence whose subject is annotated as ARG1 and whose object as ARG0: what no other annotation teaches."""
    words = f"The {who} {verb} the old {what} .".split()
    arguments = [[0, 2, "ARG1"], [3, 6, "ARG0"], [6, 7, "ARGX-RARE"]]
    predicates = [{"i": 2, "roleset": f"{verb}.01", "args": arguments}]
    return {"sent_id": f"{who}-{verb}", "tokens": words, "preds": predicates}


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    (tmp_path / "EWT-PropBank").mkdir()
    for split, verbs in (("train", ("guarded", "described", "inspected")), ("dev", ("visited",))):
        with gzip.open(tmp_path / f"EWT-PropBank/ewt-propbank-{split}.jsonl.gz", "wt", encoding="utf-8") as file:
            for who in WHO:
                for verb in verbs:
                    file.writelines(json.dumps(sentence(who, verb, what)) + "\n" for what in WHAT)
    return tmp_path


@pytest.fixture
def maker(training: dict[str, ModuleType], monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    monkeypatch.setattr(training["role_table"], "BATCH", 64)
    monkeypatch.setattr(training["role_table"], "KEPT", 60)
    return training["role_table"]


def test_table_learns_what_the_treebank_says(maker: ModuleType, corpus: Path, tmp_path: Path) -> None:
    model = load_language(1)
    maker.make(model, corpus).save(tmp_path / "roles.npz")
    table = RoleTable.load(tmp_path / "roles.npz")
    assert (
        len(table.keys) == 60
        and table.rows.shape == (60, 1 + len(table.labels))
        and np.all(np.diff(table.keys.astype(int)) > 0)
    )
    words = "The singers mended the old roofs .".split()
    (scores,) = model.read([words])
    tree = parse(model, scores, [(0, len(words))])
    near = constituents(tagged(model, scores, words, tree), [2])
    best = dict(zip(near.head.tolist(), table.chances(near.features).argmax(1).tolist(), strict=True))
    names = ("", *table.labels)
    assert {word: names[label] for word, label in best.items()} == {0: "", 1: "ARG1", 3: "", 4: "", 5: "ARG0"}
    assert np.all(np.isfinite(table.evidence)) and table.evidence[2] > 0


def test_seeds_are_fixed(maker: ModuleType, corpus: Path) -> None:
    first, second = (maker.make(load_language(1), corpus) for _ in range(2))
    assert np.array_equal(first.rows, second.rows) and np.array_equal(first.evidence, second.evidence)


def test_rare_labels_and_auxiliaries_are_left_open(maker: ModuleType, corpus: Path) -> None:
    path = corpus / "EWT-PropBank/ewt-propbank-train.jsonl.gz"
    items = [
        sentence("envoys", "guarded", "towers") | {"preds": [{"i": 2, "roleset": "guard.01", "args": [[0, 2, "ARGX-RARE"]]}]},
        sentence("envoys", "have", "towers") | {"preds": [{"i": 2, "roleset": "have.01", "args": []}]},
    ]
    with gzip.open(path, "wt", encoding="utf-8") as file:
        file.writelines(json.dumps(item) + "\n" for item in items)
    features, labels = maker.examples(load_language(1), path)
    assert len(features) == len(labels) == 4 and not labels.any()  # "envoys" is open; "The", "the", "old", "towers" are none


def test_weights_of_evidence_by_newtons_method(maker: ModuleType) -> None:
    """Half of what has the evidence is right, and a tenth of what has not."""
    rows = np.array([[1.0, 1.0]] * 2000 + [[1.0, 0.0]] * 2000)
    right = np.array([True, False] * 1000 + ([True] + [False] * 9) * 200)
    assert maker.logistic(rows, right) == pytest.approx([np.log(1 / 9), np.log(9)], abs=0.05)
