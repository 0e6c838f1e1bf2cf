"""Lemma rules: what a form and its lemma teach holds for them and for others of their kind."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from communique.errors import DataError
from communique.models.lemmas import LemmaTable, apply_rule, lemma_of, rule_of


@pytest.mark.parametrize(
    ("form", "lemma", "rule"),
    [
        ("went", "go", "l|4|go"),
        ("visited", "visit", "l|2|"),
        ("cities", "city", "l|3|y"),
        ("Cities", "city", "l|3|y"),
        ("Paris", "Paris", "k|0|"),
        ("Senators", "Senator", "k|1|"),
        ("in", "in", "l|0|"),
    ],
)
def test_rules(form: str, lemma: str, rule: str) -> None:
    assert rule_of(form, lemma) == rule
    assert apply_rule(rule, form) == lemma


def test_a_rule_serves_other_forms() -> None:
    assert apply_rule(rule_of("cities", "city"), "parties") == "party"
    assert apply_rule(rule_of("Paris", "Paris"), "Lima") == "Lima"
    assert apply_rule(rule_of("visited", "visit"), "Attacked") == "attack"


@pytest.mark.parametrize(("rule", "form", "lemma"), [("l|5|x", "At", "at"), ("k|5|x", "At", "At"), ("l|2|", "at", "at")])
def test_a_form_too_short_for_the_rule_is_its_own_lemma(rule: str, form: str, lemma: str) -> None:
    assert apply_rule(rule, form) == lemma


@given(st.text(min_size=1, max_size=12), st.text(min_size=1, max_size=12))
def test_round_trip(form: str, lemma: str) -> None:
    """Whatever the two are, bars among them too."""
    assert apply_rule(rule_of(form, lemma), form) == lemma


@given(st.text(alphabet="abz|éİßA'", min_size=1, max_size=8), st.text(alphabet="abz|éİßA'", min_size=1, max_size=8))
def test_round_trip_of_forms_alike(form: str, lemma: str) -> None:
    assert apply_rule(rule_of(form, lemma), form) == lemma


@pytest.mark.parametrize(
    ("form", "upos", "xpos", "rule", "lemma"),
    [
        ("denied", "VERB", "VBD", "l|1|", "deny"),  # a rule that English inflection does not allow
        ("announced", "VERB", "VBD", "l|2|", "announce"),
        ("clashes", "NOUN", "NNS", "l|1|", "clash"),
        ("planned", "VERB", "VBN", "l|2|", "plan"),
        ("hoping", "VERB", "VBG", "l|3|", "hope"),
        ("re-elected", "VERB", "VBN", "l|0|", "re-elect"),
        ("underwent", "VERB", "VBD", "l|0|", "undergo"),
        ("left", "VERB", "VBD", "l|0|", "leave"),
        ("left", "ADJ", "JJ", "l|0|", "left"),
        ("zorbling", "VERB", "VBG", "l|3|", "zorble"),
        ("bigger", "ADJ", "JJR", "l|2|", "big"),
        ("iranian", "ADJ", "JJ", "l|0|", "Iranian"),
        ("Americans", "PROPN", "NNPS", "k|1|", "American"),
        ("NORLAND", "PROPN", "NNP", "k|0|", "Norland"),
        ("UN", "PROPN", "NNP", "k|0|", "UN"),
        ("Reeves", "PROPN", "NNP", "k|1|", "Reeves"),
        ("walk", "NOUN", "NN", "l|1|", "walk"),  # what does not inflect keeps its letters
        ("looting", "VERB", "NN", "l|0|", "loot"),  # tags that disagree: the part of speech goes first
        ("fled", "VERB", "JJ", "l|1|", "flee"),
        ("charges", "NOUN", "VBZ", "l|0|", "charge"),
        ("Press", "NOUN", "NNP", "k|0|", "press"),
        ("abduct", "VERB", "VB", "l|2|", "abduct"),
        ("x2s", "NOUN", "NNS", "l|0|", "x2s"),
    ],
)
def test_lemma_follows_table_inflection_and_rule(form: str, upos: str, xpos: str, rule: str, lemma: str) -> None:
    assert lemma_of(form, upos, xpos, rule) == lemma


def test_table_goes_before_the_rule(tmp_path: Path) -> None:
    path = tmp_path / "lemmas.tsv"
    path.write_text("# words\nNOUN NNS\tblorps\tblorpsum\nverb\tglimse\n", encoding="utf-8")
    table = LemmaTable.load(path)
    assert lemma_of("Blorps", "NOUN", "NNS", "l|1|", table) == "blorpsum"
    assert lemma_of("glimsed", "VERB", "VBD", "l|2|", table) == "glimse"
    with pytest.raises(DataError):
        LemmaTable.load(tmp_path / "none.tsv")
