"""Offices and relations that hold over time."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from tests.coding.examples import Analysis, Example, analysis_of, named, read_all, unmarked

from communique import read
from communique.coding.codebook import read_table
from communique.coding.facts import facts, office_name
from communique.types.entities import Actor, ActorKind, Role
from communique.types.text import Span

RELATIONS = read_table("relations.yaml")


@pytest.mark.parametrize(
    ("role", "name"),
    [
        (Role("President", "RUS", ()), "President of Russia"),
        (Role("Prime Minister", "GBR", ()), "Prime Minister of the United Kingdom"),
        (Role("CEO", "Gazprom", ()), "CEO of Gazprom"),
        (Role("Lieutenant Colonel", None, ()), "Lieutenant Colonel"),
        (Role("Governor of Peru", "PER", ()), "Governor of Peru"),
        (Role("ANC deputy leader", "African National Congress", ()), "ANC deputy leader"),
    ],
)
def test_office_is_named_in_full(role: Role, name: str) -> None:
    assert office_name(role) == name


def test_role_with_evidence_is_a_fact() -> None:
    text = "President Ana Ruiz spoke."
    roles = (Role("President", "PER", (Span(0, 9),)), Role("mayor", None, ()))
    found = facts(analysis_of(text, actors=[replace(named(text, "Ana Ruiz")[0], roles=roles)]))
    assert [(f.id, f.subject, f.predicate, f.object, f.evidence) for f in found] == [
        ("f1", "a1", "holds_office", "President of Peru", (Span(0, 9),))
    ]


def _kind(row: dict[str, Any], code: str, example: Example) -> ActorKind:
    if row["predicate"] in ("travels_with", "holds_office") or example.span(code).of(example.text) == "Ana Ruiz":
        return "person"
    return "organization" if row.get("kinds", ["organization"]) != ["state"] else "state"


@pytest.mark.parametrize("row", RELATIONS, ids=lambda r: r["example"][:45])
def test_table_examples(row: dict[str, Any], examples: dict[str, Analysis]) -> None:
    example = unmarked(row["example"])
    codes = "x" if "words" in row else "xy"
    spans = {code: example.span(code) for code in codes}
    actors = tuple(Actor(c, s.of(example.text), _kind(row, c, example), None, (s,)) for c, s in spans.items())
    found = [f for f in facts(replace(examples[example.text], actors=actors)) if f.predicate == row["predicate"]]
    assert len(found) == 1
    if "words" in row:
        assert found[0].object == " ".join(filter(None, [row.get("as"), example.span("y").of(example.text)]))
    else:
        assert {found[0].subject, found[0].object} == {"x", "y"}
        assert found[0].subject == "x" or row["predicate"] in ("allied_with", "rival_of", "trades_with", "borders")
    assert all(s.of(example.text) for s in found[0].evidence)


REPORTS = (
    "Peru is not a rival of Chile.",
    "Peru is a rival of Chile. Chile is a rival of Peru.",
    "Peru views Chile as a rival of Bolivia.",
    "Peru is the main ally of Chile and its largest supplier.",
    "Ana Ruiz took office in May.",
    "Peru sees Chile as its main ally and Bolivia as its main rival.",
    "The Andean Community (consisting of Peru, Chile and Bolivia) and Brazil met in Lima.",
    "The rebels who support Chile left the city.",
)


@pytest.fixture(scope="module")
def told() -> dict[str, Analysis]:
    return read_all(REPORTS)


def test_negation_states_no_relation(told: dict[str, Analysis]) -> None:
    text = REPORTS[0]
    assert facts(replace(told[text], actors=named(text, "Peru", "Chile", kind="state"))) == ()


def test_same_relation_told_from_both_sides_is_one(told: dict[str, Analysis]) -> None:
    text = REPORTS[1]
    found = facts(replace(told[text], actors=named(text, "Peru", "Chile", kind="state")))
    assert [(f.subject, f.predicate, f.object, len(f.evidence)) for f in found] == [("a1", "rival_of", "a2", 2)]


def test_view_is_attributed(told: dict[str, Analysis]) -> None:
    text = REPORTS[2]
    found = facts(replace(told[text], actors=named(text, "Peru", "Chile", "Bolivia", kind="state")))
    assert [(f.subject, f.object, f.attributed_to) for f in found] == [("a2", "a3", ("a1",))]


def test_possessive_of_a_second_predicate_is_the_other_side(told: dict[str, Analysis]) -> None:
    text = REPORTS[3]
    peru, chile = named(text, "Peru", "Chile", kind="state")
    its = text.index("its")
    found = facts(replace(told[text], actors=(replace(peru, mentions=(*peru.mentions, Span(its, its + 3))), chile)))
    assert {(f.subject, f.predicate, f.object) for f in found} == {("a1", "allied_with", "a2"), ("a1", "supplies", "a2")}


def test_taking_office_is_evidence_of_the_office(told: dict[str, Analysis]) -> None:
    text = REPORTS[4]
    office = Role("President", "PER", (Span(0, 3),))
    found = facts(replace(told[text], actors=(replace(named(text, "Ana Ruiz")[0], roles=(office,)),)))
    assert [s.of(text) for s in found[0].evidence] == ["Ana", "took office"]


def test_a_possessive_of_a_view_is_the_viewers(told: dict[str, Analysis]) -> None:
    text = REPORTS[5]
    found = facts(replace(told[text], actors=named(text, "Peru", "Chile", "Bolivia", kind="state")))
    assert {(f.subject, f.predicate, f.object) for f in found} == {("a2", "allied_with", "a1"), ("a3", "rival_of", "a1")}


def test_what_stands_in_brackets_tells_of_the_word_before(told: dict[str, Analysis]) -> None:
    text = REPORTS[6]
    (bloc,) = named(text, "Andean Community", kind="organization")
    states = named(text, "Peru", "Chile", "Bolivia", "Brazil", kind="state")
    found = facts(replace(told[text], actors=(replace(bloc, id="b"), *states)))
    assert {(f.subject, f.predicate, f.object) for f in found} == {(a, "member_of", "b") for a in ("a1", "a2", "a3")}


def test_a_present_tense_without_an_ending_lasts(told: dict[str, Analysis]) -> None:
    text = REPORTS[7]
    found = facts(replace(told[text], actors=(*named(text, "rebels", "Chile", kind="organization"),)))
    assert [(f.subject, f.predicate, f.object) for f in found] == [("a1", "supports", "a2")]


def test_who_is_known_by_an_office_alone_tells_no_fact() -> None:
    assert [f for f in read("A teacher said the school was closed.").facts if f.predicate == "holds_office"] == []
