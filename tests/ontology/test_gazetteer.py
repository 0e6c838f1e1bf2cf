"""Places by name."""

import pytest

from communique.ontology.gazetteer import load_gazetteer
from communique.ontology.tables import read_rows

PRECISIONS = {"city", "admin1", "admin2", "country", "region", "sea", "river", "building", "continent"}


@pytest.mark.parametrize(
    ("name", "country", "precision", "latitude", "longitude"),
    [
        ("Beijing", "CHN", "city", 39.9, 116.4),
        ("Kiev", "UKR", "city", 50.45, 30.5),
        ("Falluja", "IRQ", "city", 33.35, 43.8),
        ("Georgia", "GEO", "country", 42, 43.5),
        ("Texas", "USA", "admin1", 31, -99),
        ("Helmand province", "AFG", "admin1", 31, 64),
        ("Gaza Strip", "PSE", "region", 31.4, 34.4),
        ("the Black Sea", None, "sea", 43.3, 34.3),
        ("Strait of Hormuz", None, "sea", 26.6, 56.3),
        ("Donbas", "UKR", "region", 48.2, 38),
        ("Kremlin", "RUS", "building", 55.75, 37.6),
        ("Danube", None, "river", 45, 25),
        ("Africa", None, "continent", 7, 21),
        ("Rapides Parish", "USA", "admin2", 31.2, -92.5),
        ("Kent", "USA", "city", 47.4, -122.2),
    ],
)
def test_the_most_prominent_place_comes_first(
    name: str, country: str | None, precision: str, latitude: float, longitude: float
) -> None:
    place = load_gazetteer().lookup(name)[0]
    assert (place.country, place.precision) == (country, precision)
    assert place.latitude == pytest.approx(latitude, abs=1)
    assert place.longitude == pytest.approx(longitude, abs=1)


def test_places_of_one_name_are_sorted() -> None:
    populations = [p.population for p in load_gazetteer().lookup("Birmingham") if p.precision == "city"]
    assert len(populations) > 1
    assert populations == sorted(populations, reverse=True)


@pytest.mark.parametrize("text", ["reading", "nice", "Ruritania", ""])
def test_a_word_is_no_place(text: str) -> None:
    assert load_gazetteer().lookup(text) == ()


def test_cities_carry_their_geonames_id() -> None:
    assert load_gazetteer().lookup("Beijing")[0].geonames == 1816670


def test_cities_carry_their_division() -> None:
    divisions = {p.admin for p in load_gazetteer().lookup("Springfield") if p.country == "USA"}
    assert {"Illinois", "Missouri", "Massachusetts", "Oregon"} <= divisions


@pytest.mark.parametrize(
    ("short", "name", "country"),
    [
        ("Miss.", "Mississippi", "USA"),
        ("PA", "Pennsylvania", "USA"),
        ("Ont.", "Ontario", "CAN"),
        ("NSW", "New South Wales", "AUS"),
    ],
)
def test_divisions_are_found_by_their_short_forms(short: str, name: str, country: str) -> None:
    (place,) = load_gazetteer().abbreviated(short)
    assert (place.name, place.country, place.precision) == (name, country, "admin1")


def test_every_short_form_is_that_of_a_division() -> None:
    for _, _, short in read_rows("divisions.tsv"):
        assert all(load_gazetteer().abbreviated(form) for form in short.split("|")), short


def test_villages_are_not_well_known() -> None:
    gazetteer = load_gazetteer()
    assert {p.population >= 15_000 for p in gazetteer.well_known("Paris") if p.precision == "city"} == {True}
    assert len(gazetteer.well_known("Paris")) < len(gazetteer.lookup("Paris"))
    assert gazetteer.well_known("Srebrenica")


def test_a_word_of_no_place_is_no_short_form() -> None:
    assert load_gazetteer().abbreviated("Mister") == ()


def test_places_of_our_own_are_on_the_globe_and_found() -> None:
    states = {row[0] for row in read_rows("states.tsv")}
    for name, precision, country, latitude, longitude, _ in read_rows("places.tsv"):
        assert precision in PRECISIONS
        assert not country or country in states
        assert -90 <= float(latitude) <= 90
        assert -180 <= float(longitude) <= 180
        assert any(p.precision == precision for p in load_gazetteer().lookup(name)), name


def test_towns_called_without_their_arabic_article() -> None:
    found = load_gazetteer().lookup("Salt")
    assert {"JOR", "ESP"} <= {t.country for t in found}
    assert not any(t.name.startswith("Al ") for t in load_gazetteer().lookup("Paris"))


def test_former_states_are_places_of_their_own() -> None:
    found = load_gazetteer().lookup
    assert [p.country for p in found("East Germany")] == ["DDR"]
    assert (found("Zaire")[0].precision, found("Zaire")[0].country) == ("country", "ZAR")
    assert found("Georgia")[0].country == "GEO"
