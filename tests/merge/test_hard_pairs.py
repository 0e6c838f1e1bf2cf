"""Pairs of reports that are hard to tell: two acts of one day and town, one act in other words."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.merge.test_incidents import NORLAND, SUDRIA, days, parts, told

from communique.merge.incidents import gather
from communique.merge.relations import apart_modes, apart_sectors, beside_types, pairs_of
from communique.ontology.plover import plover_types, sectors
from communique.types.incidents import Figure, Party
from communique.types.text import Span

GUNMEN = Party("gunmen", kind="group", sectors=("UAF",))
MILITANTS = Party("militants", kind="group", sectors=("UAF",))
POLICE = Party("police patrol", None, "SDR", "person", ("COP",))
SOLDIERS = Party("soldiers", None, "SDR", "military", ("MIL",))
FORCES = Party("security forces", None, "SDR", "government", ("COP",))
TEACHERS = Party("teachers", None, "SDR", "group", ("EDU",))
SMUGGLERS = Party("smugglers", None, "SDR", "group", ("CRM",))
WORKERS = Party("dock workers", None, "SDR", "group", ("LAB",))
PRESIDENT, KING = (Party(n, f"person:{n.lower()}", c) for n, c in (("Ana Sol", "NRL"), ("Cosmo Dell", "SDR")))
GENERAL, ADMIRAL = (Party(n, f"person:{n.lower()}", c) for n, c in (("Bertil Krag", "NRL"), ("Dora Pike", "SDR")))
ENVOYS, OTHERS = (Party(f"{s} diplomats", None, c, "group", ("GOV",)) for s, c in (("Sudrian", "SDR"), ("Norlandic", "NRL")))
TWO = {"figures": (Figure("killed", 2, 2),)}
DUNWICK = {"place": "Dunwick", "latitude": 44.0}


def report(words, evidence, mode=None, killed=None, **fields):
    figures = (Figure("killed", killed, killed),) if killed else ()
    return {"words": words, "evidence": evidence, "mode": mode, "figures": figures, "story": "s"} | fields


def met(evidence, *sides, **fields):
    return report("met", evidence, "meet", plover="CONSULT", actor=sides, recipient=sides, **fields)


SHOT = report(
    "opened fire", "gunmen opened fire on a police patrol from motorcycles", "firearms", 4, actor=(GUNMEN,), recipient=(POLICE,)
)
ARREST = {"plover": "COERCE", "actor": (Party("police", "inst:SDR:police", "SDR", "government", ("COP",)),)}
SUMMIT = met("the two presidents met in the palace", PRESIDENT, KING)
RAID = report("bombed", "Norland bombed a house in Port Sud, killing seven people, medics said", "explosives", 7)
EXPELLED = {"plover": "SANCTION", "place": None, "place_country": None, "latitude": None}
FIRED = report("hit", "missiles of Norland hit a warehouse in Port Sud", "heavy-weapons")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (SHOT, report("attacked", "militants attacked security forces", killed=4, actor=(MILITANTS,), recipient=(FORCES,))),
        (RAID, report("hit", "a house in Port Sud was hit by warplanes of Norland; nine died", "aerial", 9)),
        (RAID, RAID | {"when": days("2024-03-17"), "published": "2024-03-17"}),
        (SUMMIT, met("Norland and Sudria held talks on grain", NORLAND, SUDRIA)),
        (SUMMIT, met("the presidents met, with their generals", PRESIDENT, KING, GENERAL, ADMIRAL)),
        (FIRED, FIRED | {"actor": (SUDRIA,), "recipient": (NORLAND,), "attributed_to": ("Norland",)}),
    ],
)
def test_one_act_in_other_words_is_one(one, other):
    assert parts([told("a", **one), told("b", **other)]) == {frozenset("ab")}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (SHOT, report("exploded", "a bomb exploded by an army truck", "explosives", 3, actor=(), recipient=(SOLDIERS,))),
        (SHOT, SHOT | {"recipient": (WORKERS,), "evidence": "gunmen opened fire on a crane"} | TWO),
        (
            SHOT | {"recipient": (WORKERS,)},
            SHOT | {"actor": (POLICE,), "recipient": (WORKERS,), "evidence": "shots at a quay"} | TWO,
        ),
        (
            report(
                "arrested", "police arrested 14 teachers after a strike over pay", "arrest", recipient=(TEACHERS,), **ARREST
            ),
            report("arrested", "police arrested smugglers of rifles", "arrest", recipient=(SMUGGLERS,), **ARREST),
        ),
        (FIRED, FIRED | DUNWICK | {"evidence": "missiles of Norland hit a school in Dunwick"}),
        (RAID, RAID | TWO | {"evidence": "Norland bombed a bakery", "when": days("2024-03-17"), "published": "2024-03-17"}),
        (SUMMIT, met("Bertil Krag met Dora Pike", GENERAL, ADMIRAL)),
        (SUMMIT, met("both signed a deal on tanks", NORLAND, SUDRIA) | {"plover": "AGREE", "mode": None, "words": "signed"}),
        (
            report("expelled", "Norland expelled 12 diplomats of Sudria", recipient=(ENVOYS,), **EXPELLED),
            report("expelled", "Sudria expelled 12 of Norland", actor=(SUDRIA,), recipient=(OTHERS,), **EXPELLED),
        ),
    ],
)
def test_two_acts_of_one_day_and_place_are_two(one, other):
    assert parts([told("a", **one), told("b", **other)]) == {frozenset("a"), frozenset("b")}


def test_who_is_told_of_the_story_in_other_words_is_no_reason_to_part():
    """The outlet's source and the toll are told of every attack; nor does the adjective of a side tell one from another."""
    one = told("a", evidence="Norland shelled Port Sud, killing three, the Sudrian governor said", attributed_to=("governor",))
    other = replace(one, document="b", text_id="t-b", group="b", evidence="rescuers: Norland shelled Port Sud; 12 wounded")
    assert parts([one, other]) == {frozenset("ab")}


POUNDED = report("pounded", "artillery of Norland pounded a market in Port Sud", "heavy-weapons", story=None)
AGAIN = POUNDED | {"event": "e2", "trigger": Span(90, 101), "words": "bombardment", "when": None, "text_id": "t-a"}


@pytest.mark.parametrize(
    ("again", "one"),
    [
        ({"evidence": "bombardment killed six people", "figures": (Figure("killed", 6, 6),)}, True),
        ({"evidence": "bombardment of the market killed six people"}, True),
        ({"evidence": "bombardment of a granary and a mill"}, False),
        ({"evidence": "bombardment", "when": days("2024-03-17")}, False),
        ({"evidence": "bombardment", "mode": "aerial"}, False),
        ({"evidence": "bombardment", "actor": (SUDRIA,), "recipient": (NORLAND,)}, False),
        ({"evidence": "bombardment", "place": "Dunwick", "latitude": 44.0}, False),
    ],
)
def test_an_act_that_a_report_tells_again_without_a_day_is_one(again, one):
    events = [told("a", **POUNDED), replace(told("a", **(AGAIN | again)), group="a")]
    assert len(gather(events)) == (1 if one else 2)


def test_tables_name_what_there_is():
    types = plover_types()
    for plover, one, other in pairs_of("apart_modes"):
        assert {one, other} <= set(types[plover].modes) and apart_modes(plover, one, other) and one != other
    for one, other in pairs_of("beside_types"):
        assert {one, other} <= set(types) and beside_types(one, other)
    for one, other in pairs_of("near_sectors"):
        assert {one, other} <= set(sectors()) and one != other and not apart_sectors(frozenset((one,)), frozenset((other,)))
    assert apart_sectors(frozenset(("COP",)), frozenset(("UAF",)))
