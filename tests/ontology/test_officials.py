"""The tables of terms of office: known titles, known states, terms that begin before they end, none twice in a table."""

from collections import Counter

import pytest

from communique.ontology.tables import day, day_after, read_rows
from communique.ontology.world import World, load_world

TABLES = ("officials.tsv", "officials_west.tsv", "officials_east.tsv")


@pytest.fixture(scope="module")
def world() -> World:
    return load_world()


@pytest.mark.parametrize("table", TABLES)
def test_every_term_is_of_a_known_title_in_a_known_state_or_body(world: World, table: str) -> None:
    rows = read_rows(table)
    assert rows
    assert [row[:3] for row in rows if world.title(row[2]) is None] == []
    assert [row[:3] for row in rows if world.state(row[1]) is None and world.entry(row[1]) is None] == []


@pytest.mark.parametrize("table", TABLES)
def test_terms_begin_before_they_end(table: str) -> None:
    ended = [(row, day(row[3]), day_after(row[4])) for row in read_rows(table)]
    assert [row[:5] for row, begin, end in ended if begin and end and begin >= end] == []


@pytest.mark.parametrize("table", TABLES)
def test_no_term_is_told_twice(table: str) -> None:
    terms = Counter(tuple(row[:5]) for row in read_rows(table))
    assert [term for term, times in terms.items() if times > 1] == []


@pytest.mark.parametrize(
    ("title_class", "of", "on", "name"),
    [
        ("foreign-minister", "POL", "2015-06-01", "Grzegorz Schetyna"),
        ("defence-minister", "UKR", "2014-05-01", "Mykhailo Koval"),
        ("secretary-general", "org:oas", "2003-01-01", "César Gaviria"),
        ("prime-minister", "PER", "2019-05-01", "Salvador del Solar"),
        ("central-bank-governor", "GBR", "2016-06-24", "Mark Carney"),
    ],
)
def test_one_person_at_a_time(world: World, title_class: str, of: str, on: str, name: str) -> None:
    found = {office.holder.name for office in world.offices(title_class, of, day(on))}
    assert found == {name}
