"""Known words get their lemma back by their form."""

from __future__ import annotations

import pytest
from tests.coding.trees import tree

from communique.coding.forms import mended, noun_forms, verb_forms


@pytest.mark.parametrize(
    ("form", "tag", "wrong", "lemma"),
    [
        ("denied", "VBD", "denie", "deny"),
        ("withdrew", "VBD", "withdrew", "withdraw"),
        ("travelled", "VBD", "travell", "travel"),
        ("announcing", "VBG", "announc", "announce"),
        ("banned", "VBN", "bann", "ban"),
        ("allies", "NNS", "allie", "ally"),
        ("clashes", "NNS", "clashe", "clash"),
    ],
)
def test_wrong_lemma_of_a_known_word_is_mended(form: str, tag: str, wrong: str, lemma: str) -> None:
    assert mended(tree(f"{form}/{wrong} {tag} 0 root")).tokens[0].lemma == lemma


def test_a_verb_that_a_hyphen_joins_to_the_word_before_is_one_with_it_where_the_tables_know_them_so() -> None:
    rows = """
        {}/test NN 3 compound
        - . 3 punct
        fired/fire VBD 0 root"""
    assert [mended(tree(rows.format(word))).tokens[2].lemma for word in ("Test", "rest")] == ["test-fire", "fire"]


def test_right_and_unknown_lemmas_stay() -> None:
    reading = tree("""
        found/found VBD 0 root
        zorbled/zorbl VBN 1 xcomp""")
    assert [t.lemma for t in mended(reading).tokens] == ["find", "zorbl"]
    right = tree("struck/strike VBD 0 root")
    assert mended(right) is right


def test_forms() -> None:
    assert {"carries", "carried", "carrying"} <= set(verb_forms("carry"))
    assert {"agrees", "agreed", "agreeing"} <= set(verb_forms("agree"))
    assert "stopped" in set(verb_forms("stop"))
    assert list(noun_forms("boss")) == ["bosses"]
