"""From arc scores to one tree a sentence: greedy where that is a tree, else the maximum spanning arborescence
(Chu and Liu 1965, Edmonds 1967) with a single root (as UD asks; Zmigrod, Vieira and Cotterell 2020)."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]
Indices = npt.NDArray[np.int64]
FAR = -1e9
DEAR = 1e5  # more than the arcs of the longest sentence can differ by


def best_tree(scores: Floats) -> list[int]:
    """Heads of the words of a sentence: 0 for the root, else 1 + the governor. `scores` is `[n, n + 1]`, column 0 the root."""
    n = len(scores)
    full = np.full((n + 1, n + 1), FAR, np.float64)
    full[1:] = scores
    np.fill_diagonal(full, FAR)
    # Each word's best governor, but the root for the word that loses least by it: no tree with one root can be better.
    heads: Indices = 1 + full[:, 1:].argmax(1)
    root = 1 + int((full[1:, 0] - full[1:, 1:].max(1)).argmax())
    heads[0] = heads[root] = 0
    if not _cycle(heads):
        return [int(h) for h in heads[1:]]
    # With each arc from the root as dear as this, the best tree has as few of them as it can: one.
    full[1:, 0] -= DEAR
    return [int(h) for h in _arborescence(full)[1:]]


def _cycle(heads: Indices) -> list[int]:
    state = [0] * len(heads)
    state[0] = 2
    for start in range(1, len(heads)):
        path, node = [], start
        while state[node] == 0:
            state[node] = 1
            path.append(node)
            node = int(heads[node])
        if state[node] == 1:
            return path[path.index(node) :]
        for seen in path:
            state[seen] = 2
    return []


def _arborescence(scores: npt.NDArray[np.float64]) -> Indices:
    heads: Indices = scores.argmax(1)
    heads[0] = 0
    cycle = np.array(_cycle(heads), np.int64)
    if not len(cycle):
        return heads
    inside = np.zeros(len(scores), bool)
    inside[cycle] = True
    rest = np.flatnonzero(~inside)
    own = scores[cycle, heads[cycle]]
    # The cycle becomes one node, the last; what enters it replaces the arc that it breaks.
    small = np.full((len(rest) + 1, len(rest) + 1), FAR)
    small[:-1, :-1] = scores[np.ix_(rest, rest)]
    enter = scores[np.ix_(cycle, rest)] - own[:, None]
    leave = scores[np.ix_(rest, cycle)]
    small[-1, :-1], small[:-1, -1] = enter.max(0), leave.max(1)
    small[-1, -1] = FAR
    found = _arborescence(small)
    result = heads.copy()
    for k, node in enumerate(rest):
        if node:
            result[node] = cycle[int(leave[k].argmax())] if found[k] == len(rest) else rest[found[k]]
    broken = cycle[int(enter[:, found[-1]].argmax())]
    result[broken] = rest[found[-1]]
    return result
