"""Trees without crossing arcs: always a tree, never a crossing, and the best of all such trees."""

from __future__ import annotations

from itertools import product

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from tests.annotate.test_trees import is_tree, matrices, total

from communique.annotate.arcs import CROSSING_LEAST, likely_tree
from communique.annotate.projective import crosses, projective_tree
from communique.annotate.trees import best_tree

# Four words; the first hangs on the third and the second on the fourth, which is the root: two arcs that cross.
CROSSED = np.array([[0, 0, 0, 9, 5], [0, 0, 0, 4, 9], [0, 0, 0, 0, 9], [9, 0, 0, 0, 0]], np.float32)


@given(matrices(1, 9))
def test_always_a_tree_without_crossing_arcs(scores: np.ndarray) -> None:
    found = projective_tree(scores)
    assert is_tree(found)
    assert not crosses(found)


@given(matrices(1, 5))
def test_the_best_of_all_trees_without_crossing_arcs(scores: np.ndarray) -> None:
    n = len(scores)
    trees = [list(heads) for heads in product(range(n + 1), repeat=n)]
    best = max(total(scores, heads) for heads in trees if is_tree(heads) and not crosses(heads))
    assert np.isclose(total(scores, projective_tree(scores)), best, atol=1e-3)


def test_arcs_that_cross() -> None:
    assert crosses([3, 4, 4, 0])
    assert not crosses([2, 4, 4, 0])
    assert crosses([3, 0, 2])  # the root's own arc is crossed too
    assert not crosses([0])


@given(st.integers(2, 40))
def test_a_chain_crosses_nothing(size: int) -> None:
    assert not crosses([*range(2, size + 1), 0])
    assert not crosses([0, *range(1, size)])


def test_arcs_cross_only_where_it_is_worth_it() -> None:
    assert best_tree(CROSSED) == likely_tree(CROSSED) == [3, 4, 4, 0]
    unsure = CROSSED.copy()
    unsure[0, 4] = 9 - CROSSING_LEAST + 0.5
    assert best_tree(unsure) == [3, 4, 4, 0]
    assert likely_tree(unsure) == [4, 4, 4, 0]
