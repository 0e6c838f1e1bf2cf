"""Each filter lets through what it says and keeps back the rest."""

import re
from dataclasses import replace
from datetime import date

import pytest

from communique.errors import UsageError
from communique.query.desk import OpenDesk
from communique.query.filters import _TABLES
from communique.query.questions import FILTERS, LISTED, MADE_OF, NEEDS, filters_of
from communique.types.record import build

from .conftest import FIRST, SECOND, keep

A, B = FIRST[:12], SECOND[:12]


def parts(desk, listing="events", **asked):
    return [row["id"].removeprefix(f"{A}/") for row in getattr(desk, listing)(document=A, **asked).sort("id").rows()]


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"actor": "Ana Sol"}, ["e1", "e2"]),
        ({"actor": "SOL"}, ["e1", "e2"]),
        ({"actor": "So"}, []),
        ({"actor": "NRL"}, ["e1", "e2"]),
        ({"actor": "GOV"}, ["e1", "e2"]),
        ({"actor": "NRL/GOV"}, ["e1", "e2"]),
        ({"actor": "NRL/MIL"}, []),
        ({"actor": ["Sudria", "Nobody"]}, ["e1"]),
        ({"recipient": "Sudria"}, ["e1", "e3"]),
        ({"party": "SDR"}, ["e1", "e3"]),
        ({"dyad": ("NRL", "SDR")}, ["e1"]),
        ({"dyad": ("NRL", "NRL")}, ["e1"]),
        ({"dyad": ("GOV", "Nobody"), "both_ways": True}, []),
        ({"country": "nrl"}, ["e1", "e2"]),
        ({"country": "prt"}, []),
        ({"sector": "gov"}, ["e1", "e2"]),
        ({"type": "consult"}, ["e1"]),
        ({"type": ["CONSULT", "AGREE"]}, ["e1", "e2"]),
        ({"quad": 1}, ["e1"]),
        ({"mode": "meet"}, ["e1"]),
        ({"context": "diplomatic"}, ["e1"]),
        ({"status": "planned"}, ["e2"]),
        ({"auxiliary": "none"}, ["e1", "e2", "e3"]),
        ({"auxiliary": "historical"}, []),
        ({"attributed": True}, ["e3"]),
        ({"attributed": False}, ["e1", "e2"]),
        ({"denied": True}, ["e3"]),
        ({"denied": False}, ["e1", "e2"]),
        ({"place": "lisbon"}, ["e1"]),
        ({"place": "Lisb"}, []),
        ({"place": "Lisbon", "radius": 20}, ["e1"]),
        ({"place": "38.7, -8.1", "radius": 87}, ["e1"]),
        ({"place": "38.7, -8.1", "radius": 86}, []),
        ({"place_country": "prt"}, ["e1"]),
        ({"since": "2019-06-03"}, ["e1", "e2", "e3"]),
        ({"since": "2019-06-04"}, []),
        ({"until": "2019-06-02"}, []),
        ({"since": "2019", "until": date(2019, 6, 3)}, ["e1", "e2", "e3"]),
        ({"published_since": "2019-06-04"}, []),
        ({"published_until": "2019-06"}, ["e1", "e2", "e3"]),
        ({"outlet": "norland herald"}, ["e1", "e2", "e3"]),
        ({"outlet": "Herald"}, []),
        ({"confidence": 0.6}, ["e1"]),
        ({"text": "the BORDER"}, ["e2"]),
        ({"text": "border the"}, []),
        ({"story": "s77"}, ["e1", "e2", "e3"]),
        ({"incident": "i77"}, ["e1"]),
        ({"actor": "Sol", "status": "planned", "type": None, "mode": []}, ["e2"]),
    ],
)
def test_events(desk, asked, found):
    assert parts(desk, **asked) == found


def test_the_distance_is_that_of_the_great_circle(desk):
    # one degree along the parallel of 38.7 degrees: 111.195 km times its cosine, 86.78 km
    assert parts(desk, place="38.7,-8.1", radius=86.79) == ["e1"] and parts(desk, place="38.7,-8.1", radius=86.77) == []


def test_an_agency_is_found_where_it_is_credited(lake, analysis):
    document = replace(analysis.document, id="cccc" + "0" * 60, text_id="x3", syndicated_from=("Radio Sudria",))
    keep(lake, build(replace(analysis, document=document)), "r1")
    with OpenDesk(lake.place) as desk:
        for found in (desk.documents(outlet="radio sudria"), desk.events(outlet=["Nobody", "Radio Sudria"])):
            assert {row["id"][:4] for row in found.rows()} == {"cccc"}


def test_an_entry_of_the_registry_finds_only_what_it_was_resolved_to(desk):
    assert [row["id"] for row in desk.events(party="state:SDR").sort("id").rows()] == [f"{B}/e1", f"{B}/e3"]


def test_a_name_that_the_registry_knows_finds_its_entry_under_any_name(lake, analysis):
    document = replace(analysis.document, id="cccc" + "0" * 60, text_id="x3")
    named = replace(analysis.actors[1], name="Lisbon government", entry="state:PRT", country="PRT")
    actors = (analysis.actors[0], named, analysis.actors[2])
    keep(lake, build(replace(analysis, document=document, actors=actors)), "r1")
    with OpenDesk(lake.place) as desk:
        assert [row["id"] for row in desk.events(recipient="Portugal").sort("id").rows()] == [
            "cccc00000000/e1",
            "cccc00000000/e3",
        ]
        assert desk.events(recipient="PRT").count() == 2


@pytest.mark.parametrize(
    ("listing", "asked", "found"),
    [
        ("statements", {"actor": "Ana Sol"}, ["s1"]),
        ("statements", {"actor": "Sudria"}, []),
        ("statements", {"country": "NRL", "sector": "GOV", "kind": "quote", "text": "reopen"}, ["s1"]),
        ("statements", {"kind": "indirect"}, []),
        ("statements", {"since": "2019-06-03", "until": "2019-06-03"}, ["s1"]),
        ("statements", {"since": "2019-06-04"}, []),
        ("facts", {"predicate": "holds_office", "actor": "Sol"}, ["f1"]),
        ("facts", {"party": "Sol", "text": "premier ana"}, ["f1"]),
        ("facts", {"predicate": "allied_with"}, []),
        ("actors", {"actor": "NRL"}, ["a1", "a3"]),
        ("actors", {"kind": "company"}, ["a3"]),
    ],
)
def test_other_listings(desk, listing, asked, found):
    assert parts(desk, listing, **asked) == found


def test_stories_and_incidents_are_whole_where_one_of_them_is_asked_for(desk):
    (story,) = desk.stories(outlet="Sudria Post").rows()
    assert (story["id"], story["documents"], story["members"], story["title"]) == ("s77", 2, [A, B], "Talks in Lisbon")
    assert (story["first"], story["last"]) == (date(2019, 6, 3), date(2019, 6, 5))
    (incident,) = desk.incidents(status="ongoing").rows()
    assert (incident["id"], incident["tellings"], incident["members"]) == ("i77", 2, [f"{A}/e1", f"{B}/e1"])
    assert incident["statuses"] == ["happened", "ongoing"] and incident["confidence"] == 0.95
    assert desk.stories(text="nowhere").rows() == desk.incidents(type="ASSAULT").rows() == []


@pytest.mark.parametrize(
    "asked",
    [
        {"colour": "red"},
        {"predicate": "holds_office"},
        {"type": "TALK"},
        {"status": "done"},
        {"quad": 5},
        {"context": "x"},
        {"sector": "XXX"},
        {"country": "Norland"},
        {"auxiliary": "x"},
        {"since": "yesterday"},
        {"until": "2019-13"},
        {"confidence": 2},
        {"radius": 5},
        {"both_ways": True},
        {"dyad": "NRL"},
        {"dyad": ("NRL",)},
        {"actor": " "},
        {"text": ""},
        {"document": ""},
        {"place": "Nowhere at all", "radius": 5},
        {"place": "91,0", "radius": 5},
        {"radius": 0, "place": "Lisbon"},
    ],
)
def test_what_can_not_be_asked_is_said(desk, asked):
    with pytest.raises(
        UsageError, match=next(iter(asked)).split("_")[0] if "until" not in asked and "since" not in asked else "date"
    ):
        desk.events(**asked)


@pytest.mark.parametrize(("first", "last"), [("since", "until"), ("published_since", "published_until")])
def test_a_period_that_ends_before_it_begins_is_refused(desk, first, last):
    with pytest.raises(UsageError, match=f"{first}: 2019-07 comes after {last} 2019-06-30, .* exchange them"):
        desk.events(**{first: "2019-07", last: "2019-06-30"})
    assert desk.events(**{first: "2019-06-03", last: "2019"}).count() > 0
    assert desk.events(**{first: "2019-06-05", last: date(2019, 6, 5)}).count() > 0


def test_values_are_never_taken_for_sql(desk):
    value = "x' OR 1 = 1 --"
    for name in ("actor", "text", "outlet", "place"):
        assert desk.events(**{name: value}).rows() == [], name
    for name in ("mode", "document", "story", "incident"):
        with pytest.raises(UsageError, match=name):
            desk.events(**{name: value})


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"mode": "vist"}, "mode: there is no 'vist'; use visit or "),
        ({"type": "ASAULT"}, "type: there is no 'ASAULT'; use ASSAULT or "),
        ({"country": "NRX"}, "country: there is no 'NRX'; use NR"),
        ({"country": "Portugal"}, "country: 'Portugal' is no code of a country; use PRT for Portugal"),
        ({"place_country": "prx"}, "place_country: there is no 'PRX'; use PR"),
        ({"document": "aaaa1111222z"}, "document: the desk has no 'aaaa1111222z'; use aaaa11112222 or "),
        ({"story": "s78"}, "story: the desk has no 's78'; use s77 or an id that `communique stories` shows"),
        ({"incident": ["i77", "nope"]}, "incident: the desk has no 'nope'; use an id that `communique incidents` shows"),
    ],
)
def test_what_nobody_knows_is_said_with_what_is_most_like_it(desk, asked, said):
    with pytest.raises(UsageError, match=re.escape(said)):
        desk.events(**asked)
    assert desk.events(mode="Visit").rows() == [], "known, though the desk has none"


@pytest.mark.parametrize("small", ["prt", "mil", "prt/mil"])
def test_codes_may_be_written_small_and_names_are_found_as_well(lake, analysis, small):
    document = replace(analysis.document, id="cccc" + "0" * 60, text_id="x3")
    army = replace(analysis.actors[1], name="Lisbon army", entry=None, country="PRT", sectors=("MIL",))
    keep(lake, build(replace(analysis, document=document, actors=(analysis.actors[0], army, analysis.actors[2]))), "r1")
    named = replace(army, name="MIL Prt Group", country="SDR", sectors=())
    document = replace(document, id="dddd" + "0" * 60, text_id="x4")
    keep(lake, build(replace(analysis, document=document, actors=(analysis.actors[0], named, analysis.actors[2]))), "r1")
    with OpenDesk(lake.place) as desk:
        found = [row["id"][:4] for row in desk.actors(actor=small).sort("id").rows()]
        assert found == ["cccc"] if "/" in small else found == ["cccc", "dddd"]
        assert [row["id"][:4] for row in desk.actors(actor=small.upper()).rows()] == ["cccc"]


def test_each_filter_that_a_listing_tells_is_made_of_something():
    for listing in LISTED:
        told = {f.name for f in filters_of(listing)} - NEEDS.keys()
        assert told == set(_TABLES[MADE_OF.get(listing, listing)]), listing
    assert set(FILTERS) == {f.name for listing in LISTED for f in filters_of(listing)}
