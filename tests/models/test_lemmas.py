"""Lemma rules: what a form and its lemma teach holds for them and for others of their kind."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from communique.models.lemmas import apply_rule, rule_of


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
