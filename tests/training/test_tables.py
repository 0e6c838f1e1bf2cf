"""The commands that build the tables of actors: gaps in chains of offices, names and offices out of linked words."""

from __future__ import annotations

import sys
from datetime import date
from importlib import util
from pathlib import Path
from types import ModuleType

import pytest

from communique.evaluation.current_events import Item
from communique.ontology.entries import Entry, Office
from communique.ontology.gather import Gatherer
from communique.ontology.world import World, load_world
from communique.types.text import Span

FOLDER = Path(__file__).parents[2] / "training" / "tables"


def script(name: str) -> ModuleType:
    spec = util.spec_from_file_location(name, FOLDER / f"{name}.py")
    assert spec is not None and spec.loader is not None
    module = util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


check_heads, build_linked = script("check_heads"), script("build_linked")


def office(name: str, begin: date | None, end: date | None) -> Office:
    return Office(Entry(f"person:{name}", name, "person", "NRL"), "president", "NRL", begin, end, "")


def test_a_gap_lies_between_two_holders() -> None:
    terms = [
        office("A", None, date(2018, 1, 1)),
        office("B", date(2018, 3, 1), date(2024, 1, 1)),
        office("C", date(2024, 1, 4), None),
    ]
    assert list(check_heads.gaps(terms, 7)) == [(date(2018, 1, 1), date(2018, 3, 1), "between A and B")]
    assert [why for *_, why in check_heads.gaps(terms[:1], 7)] == ["after A"]


def test_two_holders_of_one_office_overlap() -> None:
    terms = [office("A", date(2016, 1, 1), None), office("B", date(2018, 3, 1), date(2024, 1, 1))]
    assert [(begin, end) for begin, end, _ in check_heads.overlaps(terms, 7)] == [(date(2018, 3, 1), date(2024, 1, 1))]


def test_the_chains_of_heads_are_nearly_whole() -> None:
    world, missing, wanted = load_world(), 0, check_heads.offices_wanted()
    for state, roles in wanted.items():
        for classes in roles:
            missing += sum((end - begin).days for begin, end, _ in check_heads.gaps(check_heads.held(world, state, classes), 7))
    assert len(wanted) == 197
    assert missing < 0.01 * 2 * len(wanted) * (check_heads.END - check_heads.FIRST).days


@pytest.fixture(scope="module")
def world() -> World:
    return World(Gatherer(linked=False).registry)


@pytest.mark.parametrize(
    ("article", "office"),
    [
        ("Prime Minister of Israel", ("prime minister", "ISR")),
        ("U.S. President", ("president", "USA")),
        ("Foreign Secretary (India)", ("foreign secretary", "IND")),
        ("President of Nowhere", None),
        ("Israel", None),
        ("List of prime ministers of Somalia", None),
    ],
)
def test_an_office_is_read_off_its_article(world: World, article: str, office: tuple[str, str] | None) -> None:
    assert build_linked.office_of(world, article) == office


WORDS = ("Former", "Oslo's", "Deputy")
PERSON = build_linked.Actor("person:ola-normann", "Ola Normann", "person", "NOR", "GOV")
ARMY = build_linked.Actor("inst:NOR:ruritanian-guard", "Ruritanian Guard", "military", "NOR", "MIL")


@pytest.mark.parametrize(
    ("words", "actor", "is_name"),
    [
        ("Ola K. Normann", PERSON, True),
        ("Normann", PERSON, False),
        ("President Normann", PERSON, False),
        ("the Normann family", PERSON, False),
        ("Ruritanian Royal Guard", ARMY, True),
        ("Norwegian", ARMY, False),
        ("soldiers", ARMY, False),
        ("National Guard", ARMY, False),
    ],
)
def test_linked_words_are_a_name_or_not(world: World, words: str, actor: object, is_name: bool) -> None:
    assert build_linked.is_name(words, actor, 2, world) == is_name


def test_an_office_beside_a_person_is_a_term(world: World) -> None:
    titles = build_linked.Titles(world)
    titles.actors[PERSON.key] = PERSON
    titles._of["Ola Normann"] = PERSON
    links = ((Span(7, 31), "Minister of the Interior (Norway)"), (Span(32, 43), "Ola Normann"))
    items = [
        Item(date(2025, 1, day), f"{word} minister of the interior Ola Normann", links) for day, word in enumerate(WORDS, 1)
    ]
    assert list(build_linked.offices(titles, items)) == [(PERSON.key, "minister of the interior", "NOR", "2025-01-02")]
