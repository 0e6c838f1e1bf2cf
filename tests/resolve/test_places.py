"""Places: which words name one, and which of the places of that name it is."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.resolve.readings import analysis

from communique.ontology.entries import Toponym
from communique.resolve.places import PlaceResolver
from communique.types.analysis import Failed

TOPONYMS = (
    Toponym("Sweden", "SWE", 62.0, 15.0, "country"),
    Toponym("Canada", "CAN", 60.0, -95.0, "country"),
    Toponym("London", "GBR", 51.5, -0.1, "city", 1, population=8_900_000),
    Toponym("London", "CAN", 43.0, -81.2, "city", 2, population=380_000),
    Toponym("Ontario", "CAN", 50.0, -85.0, "admin1", 3),
    Toponym("Ontario", "USA", 34.1, -117.7, "city", 4, population=170_000),
    Toponym("Visby", "SWE", 57.6, 18.3, "city", 5, population=24_000),
    Toponym("Stockholm", "SWE", 59.3, 18.1, "city", 6, population=1_500_000),
)


class Atlas:
    """A gazetteer of a few places."""

    def lookup(self, name: str) -> tuple[Toponym, ...]:
        return tuple(t for t in TOPONYMS if t.name == name)

    def abbreviated(self, short: str) -> tuple[Toponym, ...]:
        return tuple(t for t in TOPONYMS if short == "Ont." and t.precision == "admin1")


@pytest.fixture(scope="module")
def resolver() -> PlaceResolver:
    return PlaceResolver(gazetteer=Atlas())


CONTAINED = """
Police NOUN 2 nsubj
met/meet VERB 0 root
in ADP 4 case
London PROPN 2 obl LOC
, PUNCT 6 punct
Ontario PROPN 4 appos LOC*
, PUNCT 4 punct
and CCONJ 10 cc
in ADP 10 case
Visby PROPN 4 conj LOC
, PUNCT 12 punct
Sweden PROPN 10 appos LOC*
. PUNCT 2 punct
"""


def test_what_contains_a_place_tells_which_it_is(resolver: PlaceResolver) -> None:
    found = {p.name: p for p in resolver.places(analysis(CONTAINED))}
    assert (found["London"].country, found["London"].geonames) == ("CAN", 2)
    assert (found["Ontario"].country, found["Ontario"].precision) == ("CAN", "admin1")
    assert (found["Visby"].country, found["Visby"].latitude) == ("SWE", 57.6)
    assert [p.id for p in resolver.places(analysis(CONTAINED))] == ["p1", "p2", "p3", "p4"]


def test_the_larger_place_wins_without_context(resolver: PlaceResolver) -> None:
    (place,) = resolver.places(analysis("It PRON 2 nsubj\nrained/rain VERB 0 root\nin ADP 4 case\nLondon PROPN 2 obl LOC"))
    assert (place.country, place.mentions[0].start) == ("GBR", 13)


def test_governments_and_adjectives_are_no_places(resolver: PlaceResolver) -> None:
    table = (
        "Stockholm PROPN 2 nsubj LOC\nwarned/warn VERB 0 root\nthe DET 5 det\nSwedish ADJ 5 amod LOC\n"
        "navy NOUN 2 obj\n. PUNCT 2 punct\n\n"
        "Ships/ship NOUN+ 2 nsubj\nleft/leave VERB 0 root\nStockholm PROPN 2 obj LOC\n. PUNCT 2 punct"
    )
    (place,) = resolver.places(analysis(table))
    assert place.name == "Stockholm" and len(place.mentions) == 1


def test_a_place_that_nothing_knows_stays(resolver: PlaceResolver) -> None:
    table = (
        "Fighting NOUN 2 nsubj\nbegan/begin VERB 0 root\nin ADP 4 case\nQarrat PROPN 2 obl LOC\n"
        "in ADP 6 case\nSweden PROPN 4 nmod LOC"
    )
    unknown, sweden = resolver.places(analysis(table))
    assert (unknown.name, unknown.country, unknown.precision, unknown.geonames) == ("Qarrat", "SWE", "unknown", None)
    assert sweden.precision == "country"


def test_a_report_that_was_not_read_fails(resolver: PlaceResolver) -> None:
    (failed,) = resolver([replace(analysis(CONTAINED), reading=None)])
    assert isinstance(failed, Failed) and failed.stage == "resolve.places"
