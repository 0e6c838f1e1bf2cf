"""Arcs and relations chosen together, with chances written by hand."""

from __future__ import annotations

from typing import cast

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from communique.annotate.arcs import PARTED, Tree, parse
from communique.models.language import LanguageModel, Scores

NAMES = ["root", "nsubj", "obj", "obl", "nsubj:pass"]


class HandMade:
    """Stands for the network: `table[word, row, relation]`, row 0 for the root."""

    def __init__(self, table: np.ndarray) -> None:
        self.labels = {"rel": NAMES, "upos": ["NOUN", "PUNCT"], "xpos": ["NN", ",", "-LRB-"]}
        self.table = table

    def relations(self, child: np.ndarray, head: np.ndarray, words: np.ndarray) -> np.ndarray:
        return self.table[child[words, 0].astype(int), head[:, 0].astype(int)]


def read(arc: np.ndarray, table: np.ndarray, bounds: list[tuple[int, int]] | None = None, marks: str = "") -> Tree:
    """The trees by these scores; `marks` has a comma or a bracket in the place of a word that is one."""
    n = len(arc)
    values = dict.fromkeys(Scores.__dataclass_fields__, np.zeros(n, np.float32))
    tags = np.array([" ,(".index(mark) for mark in marks.ljust(n)])
    values |= {"upos": np.minimum(tags, 1), "xpos": tags}
    values |= {"arc": arc, "rel_left": np.arange(n)[:, None], "rel_head": np.arange(n + 1)[:, None]}
    return parse(cast(LanguageModel, HandMade(table)), Scores(**values), bounds or [(0, n)])


def arcs(*heads: int) -> np.ndarray:
    """Arc scores that favour these governors, counted from 1; 0 is the root."""
    table = np.zeros((len(heads), len(heads) + 1), np.float32)
    table[np.arange(len(heads)), heads] = 10
    return table


def table(n: int, **scores: float) -> np.ndarray:
    """Relations' scores: `w0r2_obj=3` for word 0 under row 2."""
    found = np.zeros((n, n + 1, len(NAMES)), np.float32)
    for name, score in scores.items():
        place, _, relation = name.partition("_")
        word, row = place[1:].split("r")
        found[int(word), int(row), NAMES.index(relation)] = score
    return found


def test_the_governor_that_a_relation_fits_wins_over_one_that_none_fits() -> None:
    arc = arcs(3, 3, 0)
    arc[0, 2] = arc[0, 3] + 0.5
    assert read(arc, table(3, w1r3_nsubj=9, w0r3_obl=9)).heads == (2, 2, 2)
    assert read(arc, table(3, w1r3_nsubj=9, w0r3_obl=9, w0r2_obl=9)).heads == (1, 2, 2)


def test_of_two_subjects_the_one_that_loses_less_gives_way() -> None:
    found = read(arcs(2, 0, 2), table(3, w0r2_nsubj=9, w2r2_nsubj=5, w2r2_obl=4))
    assert found == Tree((1, 1, 1), ("nsubj", "root", "obl"))
    passive = {"w0r2_nsubj": 5, "w0r2_obj": 4, "w2r2_nsubj:pass": 9}
    assert read(arcs(2, 0, 2), table(3, **passive)).deps == ("obj", "root", "nsubj:pass")


def test_sentences_do_not_reach_into_each_other() -> None:
    found = read(arcs(2, 0, 2, 3), table(4, w2r0_nsubj=9, w3r3_obj=9), [(0, 2), (2, 4)])
    assert found.heads == (1, 1, 2, 2) and found.deps[2:] == ("root", "obj")


def test_no_word_but_the_root_is_called_root() -> None:
    assert read(arcs(2, 0), table(2, w0r2_root=9, w0r2_obj=3)).deps == ("obj", "root")


sizes = st.integers(1, 7)
floats = st.floats(-20, 20, width=32)


@given(st.data(), sizes)
def test_a_tree_whatever_the_scores(data: st.DataObject, n: int) -> None:
    arc = data.draw(hnp.arrays(np.float32, (n, n + 1), elements=floats))
    rels = data.draw(hnp.arrays(np.float32, (n, n + 1, len(NAMES)), elements=floats))
    found = read(arc, rels)
    assert [i for i, head in enumerate(found.heads) if head == i] == [i for i, dep in enumerate(found.deps) if dep == "root"]
    assert found.deps.count("root") == 1


def test_a_mark_rather_hangs_on_the_unit_that_it_parts_off() -> None:
    arc = arcs(4, 4, 4, 0)  # word 2 is a mark between word 1, which is below word 4, and the rest
    arc[1, 1] = arc[1, 4] - PARTED / 2
    assert read(arc, table(4)).heads == (3, 3, 3, 3)
    assert read(arc, table(4), marks=" ,").heads == (3, 0, 3, 3)
    assert read(arc, table(4), marks=" (").heads == (3, 3, 3, 3)
    arc[1, 1] = arc[1, 4] - PARTED * 2
    assert read(arc, table(4), marks=" ,").heads == (3, 3, 3, 3)


def test_marks_of_the_second_sentence() -> None:
    arc = np.full((6, 7), -9, np.float32)
    arc[[0, 1, 2, 3, 4, 5], [0, 1, 6, 6, 6, 0]] = 10
    arc[3, 3] = arc[3, 6] - PARTED / 2
    assert read(arc, table(6), [(0, 2), (2, 6)], marks="   ,").heads == (0, 0, 5, 2, 5, 5)
