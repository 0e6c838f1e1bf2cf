"""Trees from arc scores: always one tree with one root, and the best one there is."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from communique.annotate.trees import best_tree


def is_tree(heads: list[int]) -> bool:
    """Whether exactly one word hangs on the root and every word leads there."""
    if heads.count(0) != 1:
        return False
    for word in range(1, len(heads) + 1):
        seen = set()
        while word:
            if word in seen:
                return False
            seen.add(word)
            word = heads[word - 1]
    return True


def total(scores: np.ndarray, heads: list[int] | tuple[int, ...]) -> float:
    return float(sum(scores[i, head] for i, head in enumerate(heads)))


def matrices(least: int, most: int) -> st.SearchStrategy[np.ndarray]:
    values = st.floats(-40, 40, width=32)
    return st.integers(least, most).flatmap(lambda n: hnp.arrays(np.float32, (n, n + 1), elements=values))


@given(matrices(1, 9))
def test_always_a_tree_with_one_root(scores: np.ndarray) -> None:
    assert is_tree(best_tree(scores))


@given(matrices(1, 4))
def test_the_best_of_all_trees(scores: np.ndarray) -> None:
    n = len(scores)
    best = max(total(scores, heads) for heads in product(range(n + 1), repeat=n) if is_tree(list(heads)))
    found = best_tree(scores)
    assert is_tree(found)
    assert total(scores, found) == pytest.approx(best, abs=1e-3)


def test_a_cycle_is_broken_where_it_costs_least() -> None:
    """Words 1 and 2 each want the other; the root takes 2 for less than 1."""
    scores = np.array([[0, 0, 9, 0], [4, 9, 0, 0], [0, 2, 5, 0]], np.float32)
    assert best_tree(scores) == [2, 0, 2]


def test_a_second_root_is_hung_below_the_first() -> None:
    scores = np.array([[9, 0, 1, 0], [8, 3, 0, 0], [0, 5, 1, 0]], np.float32)
    assert best_tree(scores) == [0, 1, 1]


def test_the_root_may_be_one_that_the_root_column_likes_least() -> None:
    """Only word 4 can hold the others together."""
    scores = np.full((4, 5), -30, np.float32)
    scores[:, 0] = [9, 9, 9, 8]
    scores[:3, 4] = 5
    assert best_tree(scores) == [4, 4, 4, 0]


def test_a_long_sentence() -> None:
    scores = np.random.default_rng(3).normal(0, 20, (160, 161)).astype(np.float32)
    assert is_tree(best_tree(scores))


def test_one_word_is_the_root() -> None:
    assert best_tree(np.array([[-50, 3]], np.float32)) == [0]
