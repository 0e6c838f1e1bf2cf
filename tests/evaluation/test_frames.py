"""Arguments counted by hand on sentences of our own, with a network that says what it is told to."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from communique.errors import DataError
from communique.evaluation.frames import evaluate, joined
from communique.models.roles import RoleTable

LABELS = ["O", "B-ARG0", "B-ARG1", "B-C-ARG1", "I-ARG0", "I-ARG1"]
FIRST = "The rebels have left Norland today .".split()
SECOND = "He , they say , won .".split()
ITEMS: list[dict[str, Any]] = [
    {
        "sent_id": "1",
        "tokens": FIRST,
        "preds": [
            {"i": 2, "lemma": "have", "roleset": "have.01", "args": []},
            {"i": 3, "lemma": "leave", "roleset": "leave.01", "args": [[0, 2, "ARG0"], [4, 5, "ARG1"], [5, 6, "ARGM-TMP"]]},
        ],
    },
    {
        "sent_id": "2",
        "tokens": SECOND,
        "preds": [
            {"i": 3, "lemma": "say", "roleset": "say.01", "args": [[0, 1, "ARG1"], [2, 3, "ARG0"], [5, 6, "C-ARG1"]]},
            {"i": 5, "lemma": "win", "roleset": "win.01", "args": [[0, 1, "ARG0"]]},
        ],
    },
]


class Told:
    """A network that finds the given arguments of each predicate, by sentence."""

    labels = {  # noqa: RUF012
        "frame": LABELS,
        "upos": ["NOUN", "PUNCT"],
        "xpos": ["NN"],
        "feats": ["_"],
        "lemma": ["l|0|"],
        "rel": ["root", "dep"],
    }

    def __init__(self, *answers: dict[int, list[tuple[int, int, str]]], chance: float = 0.9) -> None:
        self.answers = dict(zip((tuple(FIRST), tuple(SECOND)), answers, strict=True))
        self.chance = chance

    def fits(self, words: Sequence[str]) -> bool:
        return len(words) <= 160

    def read(self, windows: Sequence[Sequence[str]]) -> Iterator[Any]:
        for words in windows:
            answer = self.answers[tuple(words)]
            table = np.zeros((len(words), len(LABELS), len(words)), np.float32)
            for word, arguments in answer.items():
                for begin, end, label in arguments:
                    table[word, LABELS.index(f"B-{label}"), begin] = 5
                    if end - begin > 1:
                        table[word, LABELS.index(f"I-{label}"), begin + 1 : end] = 5
            table[:, 0] += 1
            chances = np.array([self.chance * (i in answer) for i in range(len(words))])
            rows, tags = np.arange(len(words))[:, None], np.zeros(len(words), np.int64)
            arcs = np.zeros((len(words), len(words) + 1), np.float32)
            arcs[:, 1] = arcs[0, 0] = 9  # all are under the first word
            heads = np.zeros((len(words) + 1, 1), np.float32)
            yield SimpleNamespace(
                predicate=chances, frame_row=rows, frame_column=table, arc=arcs, rel_left=heads[1:], rel_head=heads,
                upos=tags, xpos=tags, feats=tags, lemma=tags,
            )  # fmt: skip

    def relations(self, left: np.ndarray, head: np.ndarray, words: np.ndarray) -> np.ndarray:
        return np.zeros((len(words), 2), np.float32)

    def links(self, kind: str, rows: np.ndarray, columns: np.ndarray) -> np.ndarray:
        found: np.ndarray = columns[rows[:, 0]]
        return found


@pytest.fixture(autouse=True)
def indifferent(monkeypatch: pytest.MonkeyPatch) -> None:
    """A table of roles that knows nothing: what the network says counts alone."""
    names, evidence = ("ARG0", "ARG1", "C-ARG1"), np.array([2, 2, 0, 0], np.float32)
    zeros = np.zeros((1, 4), np.int8)
    table = RoleTable(np.zeros(1, np.uint32), zeros, 1.0, zeros[0].astype(np.float32), names, evidence)
    monkeypatch.setattr("communique.annotate.frames.load_roles", lambda: table)


def corpus(folder: Path) -> Path:
    path = folder / "split.jsonl.gz"
    with gzip.open(path, "wt", encoding="utf-8") as file:
        file.writelines(json.dumps(item) + "\n" for item in ITEMS)
    return path


def test_all_right_but_what_has_no_label_in_training(tmp_path: Path) -> None:
    told: Any = Told(
        {3: [(0, 2, "ARG0"), (4, 5, "ARG1")]}, {3: [(0, 1, "ARG1"), (2, 3, "ARG0"), (5, 6, "C-ARG1")], 5: [(0, 1, "ARG0")]}
    )
    figures = evaluate(corpus(tmp_path), told)
    assert figures["frames_ewt_precision"] == 1 and figures["frames_ewt_recall"] == pytest.approx(5 / 6)
    assert figures["frames_ewt_f1"] == pytest.approx(10 / 11) and figures["frames_ewt_predicates_f1"] == 1


def test_wrong_spans_labels_parts_and_auxiliaries_count(tmp_path: Path) -> None:
    """Of six arguments one is found: two boundaries and a continuation are wrong, the auxiliary has one too many."""
    told: Any = Told(
        {2: [(0, 2, "ARG0")], 3: [(1, 2, "ARG0"), (4, 6, "ARG1")], 4: []},
        {3: [(0, 1, "ARG1"), (2, 3, "ARG0")]},
    )
    figures = evaluate(corpus(tmp_path), told)
    assert figures["frames_ewt_recall"] == pytest.approx(1 / 6)
    assert figures["frames_ewt_precision"] == pytest.approx(1 / 5)
    assert figures["frames_ewt_f1"] == pytest.approx(2 / 11)
    assert figures["frames_ewt_predicates_f1"] == pytest.approx(2 * 2 / (3 + 3))


def test_continuations_are_part_of_what_they_continue() -> None:
    spans = [(6, 8, "C-ARG1"), (0, 1, "ARG1"), (3, 4, "R-ARG1"), (4, 5, "C-V"), (8, 9, "C-ARG2"), (9, 11, "C-ARG1")]
    assert joined(spans) == {("ARG1", ((0, 1), (6, 8), (9, 11))): 1, ("R-ARG1", ((3, 4),)): 1, ("ARG2", ((8, 9),)): 1}


def test_another_form(tmp_path: Path) -> None:
    path = tmp_path / "x.jsonl.gz"
    path.write_text("{}")
    with pytest.raises(DataError, match=r"x\.jsonl\.gz: not EWT-PropBank's form"):
        evaluate(path, Told({}, {}))  # type: ignore[arg-type]
    with gzip.open(path, "wt") as file:
        file.write('{"tokens": []}\n')
    with pytest.raises(DataError):
        evaluate(path, Told({}, {}))  # type: ignore[arg-type]
