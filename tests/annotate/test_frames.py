"""From scores and trees to frames, with scores written by hand; the search against trying all label sequences."""

from __future__ import annotations

from itertools import combinations, product
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from communique.annotate.arcs import Tree
from communique.annotate.constituents import constituents, tagged
from communique.annotate.frames import (
    ARGUMENTS_LEAST,
    CORE,
    FLOOR,
    PREDICATE_LEAST,
    UNPLACED,
    candidates,
    frames,
    scheme,
    spans_of,
)
from communique.models.roles import RoleTable
from communique.types.reading import Frame

LABELS = ("O", "B-ARG0", "B-ARG1", "B-ARGM-MOD", "I-ARG0", "I-ARG1")
SHUFFLED = ("O", "B-ARG0", "I-ARG0", "B-ARG1", "I-ARG1", "B-ARGM-MOD")
NAMES = ("ARG0", "ARG1", "ARGM-MOD")
# What the network says counts alone, and half a chance is enough.
NETWORK = np.array([2 * np.log(2), 2, 0, 0], np.float32)


def indifferent(evidence: np.ndarray = NETWORK) -> RoleTable:
    """A table that knows nothing."""
    zeros = np.zeros(4, np.float32)
    return RoleTable(np.zeros(1, np.uint32), np.zeros((1, 4), np.int8), 1.0, zeros, NAMES, evidence)


def spoken(*rows: str, labels: tuple[str, ...] = LABELS, sure: float = 4.0) -> np.ndarray:
    """Scores `[predicates, labels, words]` that say the labels of each row (`0` for `B-ARG0`, `0+` for `I-ARG0`, `.`, `m`)."""
    names = {".": "O", "0": "B-ARG0", "0+": "I-ARG0", "1": "B-ARG1", "1+": "I-ARG1", "m": "B-ARGM-MOD"}
    table = np.zeros((len(rows), len(labels), len(rows[0].split())), np.float32)
    for p, row in enumerate(rows):
        for i, mark in enumerate(row.split()):
            table[p, labels.index(names[mark]), i] = sure
    return table


def under(head: int, begin: int, end: int) -> tuple[int, ...]:
    """A sentence in which every word is under one, with no words under it."""
    assert begin <= head < end
    return (head,) * (end - begin)


class Network:
    """A network whose links are the table's rows, one for each word that is asked for; every word is a noun."""

    def __init__(self, table: np.ndarray, chances: list[float], labels: tuple[str, ...] = LABELS) -> None:
        self.table, n = table, len(chances)
        tags = np.zeros(n, np.int64)
        self.labels = {"frame": list(labels), "upos": ["NOUN"], "xpos": ["NN"], "feats": ["_"], "lemma": ["l|0|"]}
        own = np.zeros((n, 2), np.float32)
        self.scores: Any = SimpleNamespace(
            predicate=np.array(chances, np.float32),
            frame_row=own,
            frame_column=own,
            upos=tags,
            xpos=tags,
            feats=tags,
            lemma=tags,
        )
        self.words = [f"w{i}" for i in range(n)]

    def links(self, kind: str, rows: np.ndarray, columns: np.ndarray) -> np.ndarray:
        assert kind == "frames" and len(columns) == len(self.words)
        return self.table[: len(rows)]


def read(
    told: np.ndarray,
    chances: list[float],
    predicates: list[int] | None,
    labels: tuple[str, ...] = LABELS,
    heads: tuple[int, ...] = (),
    **more: Any,
) -> list[Frame]:
    """Frames of a network; without `heads`, all words are under the likeliest predicate."""
    network: Any = Network(told, chances, labels)
    heads = heads or under(int(np.argmax(chances)), 0, len(chances))
    tree = Tree(heads, tuple("root" if head == word else "dep" for word, head in enumerate(heads)))
    return frames(network, network.scores, network.words, tree, predicates, **{"table": indifferent(), **more})


def found(frame: Frame) -> list[tuple[int, int, str]]:
    return [(c.first, c.last, c.label) for c in frame.arguments]


@pytest.mark.parametrize("labels", [LABELS, SHUFFLED])
def test_arguments_of_a_predicate(labels: tuple[str, ...]) -> None:
    (frame,) = read(spoken("0 0+ m . 1 1+ 1+", labels=labels), [0, 0, 0, 0.9, 0, 0, 0], None, labels)
    assert frame.word == 3 and frame.score == pytest.approx(0.9)
    assert found(frame) == [(0, 2, "ARG0"), (2, 3, "ARGM-MOD"), (4, 7, "ARG1")]
    sure = np.exp(4) / (np.exp(4) + 5)
    on = 1 / (np.exp(4) + 5)  # that a span goes on
    odds = [4 * (sure * (1 - on)) ** 2, 4 * sure**2, 4 * sure**2]  # one label has no I-, one ends the sentence
    assert [c.score for c in frame.arguments] == pytest.approx([x / (1 + x) for x in odds])


def test_an_argument_that_is_not_sure_is_left_out() -> None:
    table = spoken("0 0+ . . 1 . .")
    chances = [0.0, 0.0, 0.0, 0.9, 0.0, 0.0, 0.0]
    (frame,) = read(table, chances, None)
    assert found(frame) == [(0, 2, "ARG0"), (4, 5, "ARG1")]
    table[0, LABELS.index("B-ARG0"), 4] = table[0, LABELS.index("B-ARGM-MOD"), 4] = 3.9
    assert found(read(table, chances, None)[0]) == [(0, 2, "ARG0")]
    assert found(read(table, chances, None, least=0.2)[0]) == [(0, 2, "ARG0"), (4, 5, "ARG1")]


def test_what_the_table_knows_outweighs_what_the_network_doubts() -> None:
    """The network holds nothing to be an argument; by its place in the tree, all under a word is one."""
    table = spoken(". . . .", sure=1.0)
    chances = [0.0, 0.0, 0.0, 0.9]
    heads = (1, 3, 1, 3)
    assert found(read(table, chances, None, heads=heads)[0]) == []
    network: Any = Network(table, chances)
    near = constituents(tagged(network, network.scores, network.words, Tree(heads, ("dep", "dep", "dep", "root"))), [3])
    key = near.features[near.head == 1][0, :1]
    known = RoleTable(
        key,
        np.array([[0, 0, 9, 0]], np.int8),
        1.0,
        np.array([3, 0, 0, 0], np.float32),
        NAMES,
        np.array([3, 1, 1, 1], np.float32),
    )
    (frame,) = read(table, chances, None, heads=heads, table=known)
    assert found(frame) == [(0, 3, "ARG1")]
    # a label that the table was not made for is as unlikely as can be
    other = RoleTable(key, known.rows, 1.0, known.bias, ("ARG0", "ARG9", "ARGM-MOD"), known.evidence)
    assert found(read(table, chances, None, heads=heads, table=other)[0]) == []


def test_what_speaks_for_a_span() -> None:
    """Constituents, and the network's own span that is none; with no head near the predicate it is placed nowhere."""
    network: Any = Network(spoken(". . . . . 1 1+ ."), [0.9, *[0.0] * 7])
    heads = (0, 0, 1, 2, 3, 4, 4, 0)
    tree = Tree(heads, ("root", *["dep"] * 7))
    spans = candidates(network, network.scores, network.words, tree, np.array([0]), indifferent())
    rows = dict(zip(zip(spans.first.tolist(), spans.last.tolist(), strict=True), spans.evidence, strict=True))
    assert rows.keys() == {(1, 7), (2, 7), (3, 7), (4, 7), (7, 8), (5, 7)}
    one, told, known, whole = rows[5, 7].T
    assert np.all(one == 1) and np.all(known == UNPLACED) and np.all(whole == 0)
    sure, rest = np.log(np.exp(4) / (np.exp(4) + 5)), np.log(1 / (np.exp(4) + 5))
    assert told == pytest.approx([rest + np.log(1 - np.exp(rest)), sure + np.log(1 - np.exp(rest)), FLOOR], rel=1e-4)
    one, told, known, whole = rows[7, 8].T
    assert known == pytest.approx([np.log(0.25)] * 3) and np.all(whole == 1) and told == pytest.approx([rest] * 3)


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
    first, second = read(table, chances, None, heads=under(1, 0, 3) + under(5, 3, 7))
    assert found(first) == [(0, 1, "ARG1"), (2, 3, "ARG0")]
    assert found(second) == [(4, 5, "ARG0")]


def test_a_numbered_argument_occurs_once() -> None:
    """The less sure of two takes its next best label where that is sure enough; other labels may come again."""
    table = spoken("1 1+ . 1 m . m")
    table[0, LABELS.index("B-ARG1"), 3], table[0, LABELS.index("B-ARG0"), 3] = 3.0, 2.9
    chances = [0.0, 0.0, 0.9, 0.0, 0.0, 0.0, 0.0]
    (frame,) = read(table, chances, None, least=0.4)
    assert found(frame) == [(0, 2, "ARG1"), (3, 4, "ARG0"), (4, 5, "ARGM-MOD"), (6, 7, "ARGM-MOD")]
    table[0, LABELS.index("B-ARG0"), 3] = 0.0
    (frame,) = read(table, chances, None, least=0.4)
    assert found(frame) == [(0, 2, "ARG1"), (4, 5, "ARGM-MOD"), (6, 7, "ARGM-MOD")]


def test_no_predicates() -> None:
    assert read(spoken(". ."), [0.1, 0.2], None) == []


@given(
    hnp.arrays(np.float32, (2, len(LABELS), 6), elements=st.integers(-40, 40).map(lambda x: x / 8)),
    st.lists(st.integers(0, 5), min_size=4, max_size=4),
    st.sampled_from([0.0, 0.3]),
)
def test_arguments_never_overlap_and_keep_to_their_sentence(scores: np.ndarray, drawn: list[int], least: float) -> None:
    """Whatever the scores and the tree: the first four words are a sentence, the last two another."""
    heads = (0, *(drawn[k] % k for k in (1, 2, 3)), 4, 4)
    for frame in read(scores, [0, 0.9, 0, 0, 0, 0.9], None, heads=heads, least=least):
        begin, end = (0, 4) if frame.word < 4 else (4, 6)
        for c in frame.arguments:
            assert begin <= c.first < c.last <= end and not c.first <= frame.word < c.last and c.score >= least
        for a, b in combinations(frame.arguments, 2):
            assert a.last <= b.first
            assert a.label != b.label or a.label not in CORE


PLAIN = ("O", "B-ARGM-TMP", "B-ARGM-LOC", "I-ARGM-TMP", "I-ARGM-LOC")


def best_by_trial(scores: np.ndarray) -> tuple[int, ...]:
    """The best sequence in which I- follows its own."""
    paths = (
        path
        for path in product(range(len(PLAIN)), repeat=len(scores))
        if all(k < 3 or (i > 0 and path[i - 1] in (k, k - 2)) for i, k in enumerate(path))
    )
    return max(paths, key=lambda path: sum(scores[i, k] for i, k in enumerate(path)))


@given(st.integers(0, 10**6))
def test_the_search_finds_the_best_sequence(seed: int) -> None:
    scores = np.random.default_rng(seed).normal(size=(4, 2, len(PLAIN))).astype(np.float32)
    got = spans_of(scores.copy(), scheme(PLAIN))
    for row in range(2):
        path = [*best_by_trial(scores[:, row]), 0]
        begins = [i for i, k in enumerate(path) if k in (1, 2)]
        ends = [next(j for j in range(i + 1, 5) if path[j] < 3) for i in begins]
        assert [(a, b) for r, a, b in got if r == row] == list(zip(begins, ends, strict=True))
