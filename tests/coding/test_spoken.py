"""What is asked for or threatened is no act beside the request or the threat."""

from __future__ import annotations

import pytest
from tests.coding.trees import tree

from communique.coding.patterns import propose
from communique.coding.spoken import is_only_spoken_of, is_refusal

URGED = """
    Peru NNP 2 nsubj
    urged/urge VBD 0 root
    Chile NNP 2 obj
    to/to TO 5 mark
    free/free VB 2 xcomp
    men/man NNS 5 obj
    who/who WP 8 nsubj
    attacked/attack VBD 6 acl:relcl
    Lima NNP 8 obj"""

AFTER = """
    Peru NNP 2 nsubj
    urged/urge VBD 0 root
    calm/calm NN 2 obj
    after/after IN 6 case
    the/the DT 6 det
    attack/attack NN 2 obl"""


@pytest.mark.parametrize(("above", "spoken"), [("REQUEST", True), ("THREATEN", True), ("AGREE", False), ("ACCUSE", False)])
def test_the_content_of_a_request_is_only_spoken_of(above: str, spoken: bool) -> None:
    assert is_only_spoken_of(tree(URGED), 4, {1: above, 4: "RETREAT"}) is spoken


def test_a_relative_clause_in_it_tells_what_happened() -> None:
    assert not is_only_spoken_of(tree(URGED), 7, {1: "REQUEST"})
    assert not is_only_spoken_of(tree(URGED), 7, {1: "REQUEST", 4: "RETREAT", 7: "ASSAULT"})


def test_what_went_before_a_request_is_not_asked_for() -> None:
    assert not is_only_spoken_of(tree(AFTER), 5, {1: "REQUEST"})
    assert not is_only_spoken_of(tree(AFTER.replace("after/after", "while/while")), 5, {1: "REQUEST"})
    assert is_only_spoken_of(tree(AFTER.replace("after/after", "for/for")), 5, {1: "REQUEST"})


def test_the_nearest_act_above_decides() -> None:
    assert not is_only_spoken_of(tree(URGED), 5, {1: "REQUEST", 4: "AGREE"})
    assert not is_only_spoken_of(tree(URGED), 1, {1: "REQUEST"})


WILL_NOT = """
    Peru NNP 4 nsubj
    will/will MD 4 aux
    not/not RB 4 advmod
    meet/meet VB 0 root
    Chile NNP 4 obj"""


def test_what_its_doer_will_not_do_is_refused() -> None:
    assert is_refusal(tree(WILL_NOT), 3)
    assert not is_refusal(tree(WILL_NOT.replace("not/not", "soon/soon")), 3)
    assert not is_refusal(tree(WILL_NOT.replace("will/will", "did/do")), 3)
    assert not is_refusal(tree(WILL_NOT.replace("nsubj", "nsubj:pass").replace("5 obj", "4 obl:agent")), 3)
    (found,) = propose(tree(WILL_NOT))
    assert found.types[0][0] == "REJECT"
    assert [(c.label, c.first) for c in found.arguments] == [("actor", 0), ("recipient", 4)]
