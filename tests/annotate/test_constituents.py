"""Constituents around predicates of a sentence with a tree drawn by hand."""

from __future__ import annotations

import numpy as np

from communique.annotate.arcs import Tree
from communique.annotate.constituents import TEMPLATES, Constituents, Tagged, constituents

#       0     1      2   3     4   5     6       7      8  9   10     11
FORMS = "The envoy , who left Norland early , was told by clerks".split()
UPOS = "DET NOUN PUNCT PRON VERB PROPN ADV PUNCT AUX VERB ADP NOUN".split()
HEADS = (1, 9, 4, 4, 1, 4, 4, 4, 9, 9, 11, 9)
DEPS = "det nsubj:pass punct nsubj acl:relcl obj advmod punct aux:pass root case obl:agent".split()


def told(forms: list[str] = FORMS, heads: tuple[int, ...] = HEADS, deps: list[str] = DEPS, upos: list[str] = UPOS) -> Tagged:
    lemmas = tuple(form.lower() for form in forms)
    return Tagged(tuple(forms), lemmas, tuple(upos), tuple(upos), ("_",) * len(forms), Tree(heads, tuple(deps)))


def spans(found: Constituents, row: int) -> dict[int, tuple[int, int]]:
    own = found.row == row
    return dict(
        zip(found.head[own].tolist(), zip(found.first[own].tolist(), found.last[own].tolist(), strict=True), strict=True)
    )


def features(found: Constituents, row: int, head: int) -> dict[str, int]:
    (own,) = found.features[(found.row == row) & (found.head == head)]
    return dict(zip(map(" ".join, TEMPLATES), own.tolist(), strict=True))


def test_words_stand_for_what_is_under_them_but_for_marks_and_the_predicate() -> None:
    found = constituents(told(), [9, 4])
    assert spans(found, 0) == {
        0: (0, 1), 1: (0, 7), 3: (3, 4), 4: (3, 7), 5: (5, 6), 6: (6, 7), 8: (8, 9), 10: (10, 11), 11: (10, 12),
    }  # fmt: skip
    # what is above the predicate stops before what is under it
    own = spans(found, 1)
    assert own[1] == (0, 2) and own[5] == (5, 6) and own[11] == (10, 12) and own[9] == (8, 12)
    assert 4 not in own and 2 not in own
    assert found.features.shape == (len(found.row), len(TEMPLATES))


def test_reach_ends_after_four_arcs() -> None:
    chain = told(list("abcdefg"), (0, 0, 1, 2, 3, 4, 5), ["root", *["dep"] * 6], ["NOUN"] * 7)
    assert spans(constituents(chain, [0, 3]), 0).keys() == {1, 2, 3, 4}
    assert spans(constituents(chain, [6]), 0) == {2: (2, 3), 3: (3, 4), 4: (4, 5), 5: (5, 6)}


def test_predicates_together_are_as_each_alone() -> None:
    both, alone = constituents(told(), [4, 9]), constituents(told(), [9])
    assert np.array_equal(both.features[both.row == 1], alone.features)
    assert spans(both, 1) == spans(alone, 0)


def test_features_tell_what_differs_and_nothing_else() -> None:
    here = features(constituents(told(), [9]), 0, 11)
    other = features(constituents(told([*FORMS[:11], "rebels"]), [9]), 0, 11)
    assert {name for name in here if here[name] != other[name]} == {
        "way lemma", "way lemma predicate", "case lemma", "lemma tag", "way last",
    }  # fmt: skip
    active = features(constituents(told(deps=[dep.removesuffix(":pass") for dep in DEPS]), [9]), 0, 11)
    voiced = {" ".join(template) for template in TEMPLATES if "voice" in template}
    assert voiced == {name for name in here if here[name] != active[name]}


def test_sides_and_distances() -> None:
    left = features(constituents(told(["Envoys", "leave"], (1, 1), ["nsubj", "root"], ["NOUN", "VERB"]), [1]), 0, 0)
    right = features(constituents(told(["Leave", "envoys"], (0, 0), ["root", "nsubj"], ["VERB", "NOUN"]), [0]), 0, 1)
    assert left["path"] != right["path"] and left["lemma tag"] == right["lemma tag"]
    three = told(["leave", "Norland", "early"], (0, 0, 0), ["root", "advmod", "advmod"], ["VERB", "ADV", "ADV"])
    near, far = (features(constituents(three, [0]), 0, head) for head in (1, 2))
    assert {name for name in near if near[name] != far[name] and "lemma" not in name} == {
        "way far", "way past", "way first", "way last", "first case predicate",
    }  # fmt: skip


def test_no_predicates_and_nothing_around() -> None:
    assert len(constituents(told(), []).row) == 0
    assert constituents(told(["Leave"], (0,), ["root"], ["VERB"]), [0]).features.shape == (0, len(TEMPLATES))
