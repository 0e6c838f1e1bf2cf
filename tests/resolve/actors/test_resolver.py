"""Actors: the stage, their order, and capitals that act. All reports are made up."""

from __future__ import annotations

from dataclasses import replace

from tests.resolve.readings import QUOTE, VISIT, actors, analysis

from communique.errors import StageError
from communique.resolve.actors.resolver import ActorResolver
from communique.types.analysis import Analysis, Failed
from communique.types.entities import Place
from communique.types.text import Span


def test_ids_follow_first_mentions(resolver: ActorResolver) -> None:
    found = resolver.actors(analysis(VISIT))
    assert [a.id for a in found] == [f"a{i}" for i in range(1, len(found) + 1)]
    assert [a.mentions[0].start for a in found] == sorted(a.mentions[0].start for a in found)


CAPITALS = """
Oslo PROPN 2 nsubj LOC
warned/warn VERB 0 root
against ADP 4 case
talks/talk NOUN+ 2 obl
between ADP 6 case
Madrid PROPN 4 nmod LOC
and CCONJ 8 cc
Lisbon PROPN 6 conj LOC
. PUNCT 2 punct

A DET 2 det
hotel NOUN 5 nsubj
in ADP 4 case
Helsinki PROPN 2 nmod LOC
burned/burn VERB 0 root
. PUNCT 5 punct

Envoys/envoy NOUN+ 2 nsubj
flew/fly VERB 0 root
to ADP 4 case
Vienna PROPN 2 obl LOC
. PUNCT 2 punct
"""


def test_capitals_act_or_are_places(resolver: ActorResolver) -> None:
    found = actors(resolver, CAPITALS)
    assert {"Norway", "Spain", "Portugal"} <= set(found)
    assert "Finland" not in found
    assert "Austria" in found, "the host of a journey is an actor"


def test_without_entities_proper_nouns_and_the_registry_do(resolver: ActorResolver) -> None:
    read = analysis(VISIT)
    assert read.reading is not None
    bare = replace(read, reading=replace(read.reading, entities=()))
    assert {"Ana Quispe", "Luis Rojas", "Chile"} <= {a.name for a in resolver.actors(bare)}


def test_a_report_that_was_not_read_fails_alone(resolver: ActorResolver) -> None:
    unread = replace(analysis(QUOTE), reading=None)
    first, second, third = resolver([unread, Failed("x", "y", ValueError()), analysis(QUOTE)])
    assert isinstance(first, Failed) and isinstance(first.error, StageError)
    assert isinstance(second, Failed) and second.source == "x"
    assert isinstance(third, Analysis) and third.actors


def test_a_namesake_of_a_capital_counts_for_its_own_country(resolver: ActorResolver) -> None:
    read = analysis("It PRON 2 nsubj\nrained/rain VERB 0 root\nin ADP 4 case\nParis PROPN 2 obl LOC\n. PUNCT 2 punct")
    assert dict(resolver.found(read).countries) == {"FRA": 1}
    texas = Place("p1", "Paris", "USA", (Span(read.document.text.index("Paris"), read.document.text.index("Paris") + 5),))
    assert dict(resolver.found(replace(read, places=(texas,))).countries) == {"USA": 1}
