"""CAMEO codes of actors."""

from datetime import date

import pytest

from communique.ontology.cameo_actors import actor_code
from communique.ontology.tables import read_rows
from communique.ontology.world import load_world

DAY = date(2020, 5, 1)


@pytest.mark.parametrize(
    ("actor", "code"),
    [
        (("state", "RUS", (), "state:RUS"), "RUS"),
        (("person", "USA", ("GOV",), None), "USAGOV"),
        (("military", "DEU", ("MIL",), None), "DEUMIL"),
        (("military", "DEU", (), None), "DEUMIL"),
        (("person", "FRA", (), None), "FRACVL"),
        (("person", "FRA", ("JRN",), None), "FRAMED"),
        (("person", "FRA", ("MED", "EDU"), None), "FRAHLHEDU"),
        (("organization", None, ("IGO",), "org:un"), "IGOUNO"),
        (("bloc", None, ("IGO",), "org:eu"), "IGOEUREEC"),
        (("organization", None, ("IGO",), "org:world-bank"), "IGOUNODEVWBK"),
        (("organization", None, ("NGO", "MED"), "org:icrc"), "NGOHLHIRC"),
        (("organization", None, ("IGO", "JUD"), None), "IGOJUD"),
        (("company", None, ("MNC", "BUS"), None), "MNCBUS"),
        (("group", None, ("REB",), None), "REB"),
        (("group", None, (), None), ""),
        (("group", "PSE", ("REB", "PTY"), "group:hamas"), "PSEREBHMS"),
        (("state", "XKX", (), None), "KSV"),
        (("person", "NRL", ("GOV",), None), "GOV"),
    ],
)
def test_actors_have_the_codes_of_the_code_book(actor, code):
    assert str(actor_code(*actor, DAY)) == code


def test_parts_are_told_apart():
    nato = actor_code("organization", None, ("IGO", "MIL"), "org:nato", DAY)
    assert (nato.country, nato.group, nato.types) == ("WST", "NAT", ("IGO",))


def test_former_states_have_the_code_of_their_day():
    assert str(actor_code("state", "SUN", (), None, date(1980, 1, 1))) == "SUN"


def test_every_organisation_of_the_table_is_in_the_registry():
    world = load_world()
    assert [row[0] for row in read_rows("cameo_actors.tsv") if world.entry(row[0]) is None] == []
