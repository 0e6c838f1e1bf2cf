"""Arcs and relations of a window, chosen together.

An arc counts by its chance and the chance of its best relation, so that a governor that nothing fits loses to the next one.
A clause has one subject and one object (Universal Dependencies v2, "core arguments"): where the best tree gives a word two, the
one that loses least takes its next relation or governor, and the tree is sought again. Arcs cross only where that is much
likelier than the best tree without crossing arcs, and a mark rather hangs on the unit that it parts off (record 0036).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np

from communique.annotate.marks import parted_off
from communique.annotate.projective import crosses, projective_tree
from communique.annotate.trees import best_tree
from communique.models.language import Floats, Ints, LanguageModel, Scores

CHANCE_LEAST = 0.02  # of an arc whose relation is looked at
UNSEEN = 4.0  # what the other arcs lose for a relation, in log chance
ONCE = {"nsubj": "subject", "nsubj:pass": "subject", "csubj": "subject", "csubj:pass": "subject", "obj": "object"}
TRIES = 2  # how often doubles are looked for
PARTED = 1.0  # in log chance, what an arc gains from a mark to the unit that it parts off
ENCLOSING = frozenset({"``", "''", "-LRB-", "-RRB-"})  # tags of marks that belong to what they enclose
CROSSING_LEAST = 3.0  # in log chance, what a tree with crossing arcs must have more than the best one without
NEVER = -1e4


@dataclass(frozen=True, slots=True)
class Tree:
    """Of a window's words: governors (the word's own index at a root) and relations."""

    heads: tuple[int, ...]
    deps: tuple[str, ...]


def parse(model: LanguageModel, scores: Scores, bounds: Sequence[tuple[int, int]]) -> Tree:
    """The trees of a window's sentences `[begin, end)`, which cover it."""
    arcs = _Arcs(model, scores, bounds)
    heads, deps = list[int](), list[str]()
    for begin, end in bounds:
        found = arcs.tree(begin, end)
        heads += [row - 1 if row else begin + i for i, row in enumerate(found)]
        deps += [arcs.relation(begin + i, row) for i, row in enumerate(found)]
    return Tree(tuple(heads), tuple(deps))


def likely_tree(scores: Floats) -> list[int]:
    """The best tree of a sentence, one without crossing arcs unless these are worth it; as `best_tree` takes and gives it."""
    found = best_tree(scores)
    if not crosses(found):
        return found
    straight = projective_tree(scores)
    words = np.arange(len(scores))
    gain = scores[words, found].sum() - scores[words, straight].sum()
    return found if gain >= CROSSING_LEAST else straight


@cache
def _kinds(names: tuple[str, ...]) -> dict[int, Ints]:
    """For each relation that a governor has once, the relations of its kind."""
    own = {k: ONCE[name] for k, name in enumerate(names) if name in ONCE}
    return {k: np.array([other for other in own if own[other] == kind]) for k, kind in own.items()}


class _Arcs:
    """Log chances of arcs and relations. A row is 0 for the root, else 1 + a word's index."""

    def __init__(self, model: LanguageModel, scores: Scores, bounds: Sequence[tuple[int, int]]) -> None:
        self._names = model.labels["rel"]
        self._marks = scores.upos == model.labels["upos"].index("PUNCT")
        self._parting = self._marks & ~np.isin(scores.xpos, [k for k, x in enumerate(model.labels["xpos"]) if x in ENCLOSING])
        self._kinds = _kinds(tuple(self._names))
        self._chances = _chances(scores.arc, bounds)
        likely = self._chances > np.log(CHANCE_LEAST)
        likely[np.arange(len(likely)), self._chances.argmax(1)] = True
        words, rows = np.nonzero(likely)
        self._rels = _log_softmax(model.relations(scores.rel_left, scores.rel_head[rows], words))
        self._rels[:, self._names.index("root")] = NEVER
        self._place = {pair: k for k, pair in enumerate(zip(words.tolist(), rows.tolist(), strict=True))}
        self._full = self._chances - UNSEEN
        self._full[words, rows] = self._chances[words, rows] + np.where(rows, self._rels.max(1), 0)

    def tree(self, begin: int, end: int) -> list[int]:
        """The governors' rows of a sentence."""
        found = self._sought(begin, end)
        if self._part_off(begin, found):
            found = self._sought(begin, end)
        for _ in range(TRIES):
            doubles = list(self._doubles(begin, found))
            if not doubles:
                break
            for word, row, label in doubles:
                self._forbid(word, row, label)
            found = self._sought(begin, end)
        return found

    def _sought(self, begin: int, end: int) -> list[int]:
        columns = [0, *range(begin + 1, end + 1)]
        return [columns[head] for head in likely_tree(self._full[begin:end][:, columns])]

    def _part_off(self, begin: int, rows: Sequence[int]) -> bool:
        """Raise the arcs from marks to the units that they part off; whether any mark hangs elsewhere."""
        own = slice(begin, begin + len(rows))
        heads = [row - begin if row else 0 for row in rows]
        units = list(parted_off(heads, self._marks[own].tolist(), self._parting[own].tolist()))
        for mark, unit in units:
            self._full[begin + mark, 1 + begin + unit] += PARTED
        return any(heads[mark] != 1 + unit for mark, unit in units)

    def relation(self, word: int, row: int) -> str:
        """The best relation of an arc."""
        if not row:
            return "root"
        label = self._label(word, row)
        return "dep" if label is None else self._names[label]

    def _label(self, word: int, row: int) -> int | None:
        place = self._place.get((word, row)) if row else None
        return None if place is None else int(self._rels[place].argmax())

    def _doubles(self, begin: int, rows: Iterable[int]) -> Iterable[tuple[int, int, int]]:
        """Arcs that are to give way, with their relations: of two that a governor may have one of, the one that loses less."""
        seen: dict[tuple[int, int], tuple[int, int, int]] = {}
        for word, row in enumerate(rows, begin):
            label = self._label(word, row)
            if label is None or label not in self._kinds:
                continue
            key, arc = (row, int(self._kinds[label][0])), (word, row, label)
            if key in seen:
                first, second = sorted((seen[key], arc), key=lambda x: self._loss(*x))
                yield first
                seen[key] = second
            else:
                seen[key] = arc

    def _loss(self, word: int, row: int, label: int) -> float:
        others = self._full[word].copy()
        others[row] = self._chances[word, row] + np.delete(self._rels[self._place[word, row]], self._kinds[label]).max()
        return float(self._full[word, row] - others.max())

    def _forbid(self, word: int, row: int, label: int) -> None:
        own = self._rels[self._place[word, row]]
        own[self._kinds[label]] = NEVER
        self._full[word, row] = self._chances[word, row] + own.max()


def _chances(arcs: Floats, bounds: Sequence[tuple[int, int]]) -> Floats:
    """Log chances of the arcs from the root and within sentences; no word governs itself."""
    n = len(arcs)
    sentence = np.repeat(np.arange(len(bounds)), [end - begin for begin, end in bounds])
    open_ = np.ones((n, n + 1), bool)
    open_[:, 1:] = sentence[:, None] == sentence
    open_[np.arange(n), np.arange(1, n + 1)] = False
    return _log_softmax(np.where(open_, arcs, np.float32(NEVER)))


def _log_softmax(values: Floats) -> Floats:
    lowered = values - values.max(1, keepdims=True)
    result: Floats = lowered - np.log(np.exp(lowered).sum(1, keepdims=True))
    return result
