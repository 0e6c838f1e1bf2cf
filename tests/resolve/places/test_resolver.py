"""Places: which words name one, and which of the places of that name it is."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from tests.resolve.readings import analysis

from communique.ontology.entries import Toponym
from communique.ontology.gazetteer import load_gazetteer
from communique.resolve.places.resolver import PlaceResolver
from communique.resolve.places.toponyms import place_words
from communique.types.analysis import Failed
from communique.types.reading import Reading
from communique.types.text import Span

TOPONYMS = (
    Toponym("Sweden", "SWE", 62.0, 15.0, "country"),
    Toponym("Canada", "CAN", 60.0, -95.0, "country"),
    Toponym("London", "GBR", 51.5, -0.1, "city", 1, population=8_900_000),
    Toponym("London", "CAN", 43.0, -81.2, "city", 2, population=380_000),
    Toponym("Ontario", "CAN", 50.0, -85.0, "admin1", 3),
    Toponym("Ontario", "USA", 34.1, -117.7, "city", 4, population=170_000),
    Toponym("Visby", "SWE", 57.6, 18.3, "city", 5, population=24_000),
    Toponym("Malmo", "SWE", 55.6, 13.0, "city", 7, population=350_000),
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


TEXTS = {
    "a short form tells the division": ("Crowds met in Springfield, Ill., and in Peoria.", ("Springfield", "USA", 39.8, -89.6)),
    "a division that is named tells of its towns": ("Texas was hot. It hailed in Paris, Texas.", ("Paris", "USA", 33.7, -95.6)),
    "a country's adjective ahead": ("The Cuban city of Trinidad was dark.", ("Trinidad", "CUB", 21.8, -80.0)),
    "places around": (
        "Flights left Toronto, Hamilton and Kitchener for London.",
        ("London", "CAN", 43.0, -81.2),
    ),
    "a county": ("Fires spread in Kent County, Michigan.", ("Kent County", "USA", 43.0, -85.5)),
    "what stands in front comes off": ("It rained in northern Mali.", ("northern Mali", "MLI", 17.0, -4.0)),
    "a people is of its country": ("The Danish queen sailed.", ("Danish", "DNK", 56.0, 10.0)),
    "the most people where nothing tells": ("It rained in Paris.", ("Paris", "FRA", 48.9, 2.4)),
    "an airport": ("It landed at Oslo airport.", ("Oslo airport", "NOR", 59.9, 10.7)),
}


@pytest.mark.parametrize("case", TEXTS)
def test_places_of_given_spans(case: str) -> None:
    text, (name, country, latitude, longitude) = TEXTS[case]
    words = ("Toronto", "Hamilton", "Kitchener", "Texas", "Springfield", "Peoria", "Michigan", name)
    spans = [Span(m.start(), m.end()) for w in words for m in re.finditer(re.escape(w), text)]
    blank = analysis("It PRON 1 root")
    given = replace(blank, document=replace(blank.document, text=text), reading=Reading((), ()))
    last = max((s for s in spans if s.of(text) == name), key=lambda s: s.start)
    (place,) = [p for p in PlaceResolver().resolve(given, spans) if last in p.mentions]
    assert place.country == country
    assert (place.latitude, place.longitude) == (pytest.approx(latitude, abs=0.7), pytest.approx(longitude, abs=0.7))
    assert place.precision in ("city", "country", "admin2") and place.why


@pytest.mark.parametrize("case", TEXTS)
def test_there_is_never_a_point_without_a_precision(case: str) -> None:
    text = TEXTS[case][0]
    blank = analysis("It PRON 1 root")
    given = replace(blank, document=replace(blank.document, text=text), reading=Reading((), ()))
    spans = [Span(m.start(), m.end()) for m in re.finditer(r"\w+", text)]
    places = PlaceResolver().resolve(given, spans)
    assert sorted(s for p in places for s in p.mentions) == spans
    for place in places:
        assert (place.latitude is None) == (place.longitude is None) == (place.precision == "unknown") == (place.why == "")


def test_what_is_elsewhere_a_place_is_one_here_too(resolver: PlaceResolver) -> None:
    table = (
        "Rain NOUN 2 nsubj\nhit/hit VERB 0 root\nVisby PROPN 2 obj LOC\n. PUNCT 2 punct\n\n"
        "It PRON 2 nsubj\nleft/leave VERB 0 root\nVisby PROPN 2 obj LOC\n. PUNCT 2 punct\n\n"
        "Visby PROPN 2 nsubj PERSON\nslept/sleep VERB 0 root\n. PUNCT 2 punct"
    )
    (place,) = resolver.places(analysis(table))
    assert (place.name, len(place.mentions)) == ("Visby", 3)


def test_a_modifier_that_only_the_gazetteer_knows_is_a_place(resolver: PlaceResolver) -> None:
    table = (
        "The DET 3 det\nMalmo PROPN 3 compound\ntalks/talk NOUN+ 4 nsubj\nended/end VERB 0 root\n"
        "in ADP 6 case\nVisby PROPN 4 obl LOC"
    )
    places = resolver.places(analysis(table))
    assert [(p.name, p.country) for p in places] == [("Malmo", "SWE"), ("Visby", "SWE")]


def test_a_village_needs_a_reason() -> None:
    village = Toponym("Nore", "SWE", 60.0, 15.0, "city", 9, population=700)

    class Village(Atlas):
        def lookup(self, name: str) -> tuple[Toponym, ...]:
            return (village,) if name == "Nore" else super().lookup(name)

    found = PlaceResolver(gazetteer=Village())
    alone = "It PRON 2 nsubj\nrained/rain VERB 0 root\nin ADP 4 case\nNore PROPN 2 obl LOC"
    (place,) = found.places(analysis(alone))
    assert (place.latitude, place.precision) == (None, "unknown")
    places = {p.name: p for p in found.places(analysis(f"{alone}\n, PUNCT 6 punct\nSweden PROPN 4 appos LOC"))}
    assert (places["Nore"].latitude, places["Nore"].precision) == (60.0, "city")


@pytest.mark.parametrize(("people", "place"), place_words()["peoples"].items())
def test_every_region_of_a_people_is_in_the_gazetteer(people: str, place: str) -> None:
    assert load_gazetteer().lookup(place), people
