"""From scores to frames, with scores written by hand; the search against trying all label sequences."""

from __future__ import annotations

from itertools import product
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from communique.annotate.frames import ARGUMENT_LEAST, ARGUMENTS_LEAST, PREDICATE_LEAST, arguments, frames
from communique.types.reading import Frame

LABELS = ("O", "B-ARG0", "B-ARG1", "B-ARGM-MOD", "I-ARG0", "I-ARG1")
SHUFFLED = ("O", "B-ARG0", "I-ARG0", "B-ARG1", "I-ARG1", "B-ARGM-MOD")


def spoken(*rows: str, labels: tuple[str, ...] = LABELS, sure: float = 4.0) -> np.ndarray:
    """Scores `[predicates, labels, words]` that say the labels of each row (`0` for `B-ARG0`, `0+` for `I-ARG0`, `.`, `m`)."""
    names = {".": "O", "0": "B-ARG0", "0+": "I-ARG0", "1": "B-ARG1", "1+": "I-ARG1", "m": "B-ARGM-MOD"}
    table = np.zeros((len(rows), len(labels), len(rows[0].split())), np.float32)
    for p, row in enumerate(rows):
        for i, mark in enumerate(row.split()):
            table[p, labels.index(names[mark]), i] = sure
    return table


def read(
    table: np.ndarray, chances: list[float], predicates: list[int] | None, labels: tuple[str, ...] = LABELS, **more: Any
) -> list[Frame]:
    """Frames of a network whose links are the table's rows, one for each word that is asked for."""

    def links(kind: str, rows: np.ndarray, columns: np.ndarray) -> np.ndarray:
        assert kind == "frames" and len(columns) == len(chances)
        return table[: len(rows)]

    n = np.zeros((len(chances), 2), np.float32)
    scores = SimpleNamespace(predicate=np.array(chances, np.float32), frame_row=n, frame_column=n)
    model: Any = SimpleNamespace(labels={"frame": list(labels)}, links=links)
    return frames(model, scores, predicates, **more)  # type: ignore[arg-type]


def found(frame: Frame) -> list[tuple[int, int, str]]:
    return [(c.first, c.last, c.label) for c in frame.arguments]


@pytest.mark.parametrize("labels", [LABELS, SHUFFLED])
def test_arguments_of_a_predicate(labels: tuple[str, ...]) -> None:
    (frame,) = read(spoken("0 0+ m . 1 1+ 1+", labels=labels), [0, 0, 0, 0.9, 0, 0, 0], None, labels)
    assert frame.word == 3 and frame.score == pytest.approx(0.9)
    assert found(frame) == [(0, 2, "ARG0"), (2, 3, "ARGM-MOD"), (4, 7, "ARG1")]
    sure = np.exp(4) / (np.exp(4) + 5)
    on = 1 / (np.exp(4) + 5)  # that a span goes on
    assert frame.arguments[0].score == pytest.approx(sure * (1 - on))
    assert [c.score for c in frame.arguments[1:]] == pytest.approx([sure, sure])  # one label has no I-, one ends the sentence


def test_an_argument_that_is_not_sure_is_left_out() -> None:
    """A doubtful end leaves it in, a doubtful label as well leaves it out."""
    table = spoken("0 0+ . . 1 . .")
    chances = [0.0, 0.0, 0.0, 0.9, 0.0, 0.0, 0.0]
    table[0, 0, 5], table[0, LABELS.index("I-ARG1"), 5] = 2.0, 1.9
    (frame,) = read(table, chances, None)
    assert found(frame) == [(0, 2, "ARG0"), (4, 5, "ARG1")]
    assert ARGUMENT_LEAST < frame.arguments[1].score < frame.arguments[0].score
    table[0, LABELS.index("B-ARG0"), 4] = 3.5
    assert found(read(table, chances, None)[0]) == [(0, 2, "ARG0")]
    assert found(read(table, chances, None, least=0.0)[0]) == [(0, 2, "ARG0"), (4, 5, "ARG1")]


def test_predicates_by_their_probability_or_as_asked() -> None:
    low = PREDICATE_LEAST - 0.01
    table = spoken("0 . . 1")
    assert [f.word for f in read(table, [0.0, PREDICATE_LEAST, low, 0.0], None)] == [1]
    assert read(table, [0.0, low, 0.0, 0.0], None) == []
    assert [found(f) for f in read(table, [0.0, low, 0.0, 0.0], [1])] == [[(0, 1, "ARG0"), (3, 4, "ARG1")]]


def test_a_word_that_is_surely_no_predicate_has_no_arguments() -> None:
    first, second = read(spoken("0 . ."), [0.0, ARGUMENTS_LEAST, ARGUMENTS_LEAST / 2], [2, 1])
    assert (first.word, first.arguments) == (2, ()) and (second.word, found(second)) == (1, [(0, 1, "ARG0")])


def test_arguments_stand_in_the_sentence_of_the_predicate_and_leave_it_out() -> None:
    table = spoken("1 1+ 0 0+ . 1 1+", "m 1 . . 0 0+ .")
    chances = [0.0, 0.9, 0.0, 0.0, 0.0, 0.9, 0.0]
    first, second = read(table, chances, None, bounds=[(0, 3), (3, 7)])
    assert found(first) == [(0, 1, "ARG1"), (2, 3, "ARG0")]
    assert found(second) == [(4, 5, "ARG0")]


def test_a_numbered_argument_occurs_once() -> None:
    """The worse of two takes its next best label, none when that is O; other labels may come again."""
    table = spoken("1 1+ . 1 m . m")
    table[0, LABELS.index("B-ARG1"), 3] = 1.0
    table[0, LABELS.index("B-ARG0"), 3] = 0.5
    chances = [0.0, 0.0, 0.9, 0.0, 0.0, 0.0, 0.0]
    (frame,) = read(table, chances, None, least=0.0)
    assert found(frame) == [(0, 2, "ARG1"), (3, 4, "ARG0"), (4, 5, "ARGM-MOD"), (6, 7, "ARGM-MOD")]
    table[0, 0, 3] = 0.75
    (frame,) = read(table, chances, None, least=0.0)
    assert found(frame) == [(0, 2, "ARG1"), (4, 5, "ARGM-MOD"), (6, 7, "ARGM-MOD")]


def test_what_replaces_a_second_argument_is_not_itself_one_too_many() -> None:
    table = spoken("1 . . 1 0 0+ .")
    table[0, LABELS.index("B-ARG0"), 3] = 3.5
    table[0, LABELS.index("B-ARG1"), 3] = 3.9
    table[0, LABELS.index("B-ARGM-MOD"), 3] = 3.0
    (frame,) = read(table, [0.0, 0.9, 0.0, 0.0, 0.0, 0.0, 0.0], None, least=0.0)
    assert found(frame) == [(0, 1, "ARG1"), (3, 4, "ARGM-MOD"), (4, 6, "ARG0")]


def test_no_predicates() -> None:
    assert read(spoken(". ."), [0.1, 0.2], None) == []


PLAIN = ("O", "B-ARGM-TMP", "B-ARGM-LOC", "I-ARGM-TMP", "I-ARGM-LOC")


def best_by_trial(scores: np.ndarray, word: int) -> float:
    """The best total of any sequence in which I- follows its own, O at the predicate."""
    total = -np.inf
    for path in product(range(len(PLAIN)), repeat=len(scores)):
        follows = all(k < 3 or (i > 0 and path[i - 1] in (k, k - 2)) for i, k in enumerate(path))
        if follows and path[word] == 0:
            total = max(total, float(sum(scores[i, k] for i, k in enumerate(path))))
    return total


@given(hnp.arrays(np.float32, (4, 2, len(PLAIN)), elements=st.integers(-40, 40).map(lambda x: x / 8)), st.integers(0, 3))
def test_the_search_finds_the_best_sequence(scores: np.ndarray, word: int) -> None:
    got = arguments(scores, np.array([4, 4]), np.array([word, word]), PLAIN, least=0.0)
    for row in range(2):
        path = [0] * 4
        for own, chunk in got:
            if own == row:
                kind = PLAIN.index(f"B-{chunk.label}")
                path[chunk.first : chunk.last] = [kind, *[kind + 2] * (chunk.last - chunk.first - 1)]
        assert sum(scores[i, row, k] for i, k in enumerate(path)) == pytest.approx(best_by_trial(scores[:, row], word))
