"""Plans and promises with what came of them."""

from dataclasses import replace
from datetime import date

import pytest
from tests.merge.test_incidents import NORLAND, SUDRIA, days, told

from communique.merge.incidents import incident_of, incidents_of
from communique.merge.plans import Promise, plans_of, promises_of
from communique.types.incidents import Party, Voice
from communique.types.text import Span


def plan(*events, as_of=date(2024, 4, 1)):
    (found,) = plans_of([incident_of([Voice(e) for e in events], as_of)])
    return found.outcome, found.kept


def announced(**fields):
    return told("p", "2024-03-01", status="planned", **fields)


@pytest.mark.parametrize(
    ("others", "came"),
    [
        ([], ("no report of it", None)),
        ([told("a")], ("happened", "as planned")),
        ([told("a", when=days("2024-03-18"))], ("happened", "on another day")),
        ([told("a", when=None)], ("happened", "day not told")),
        ([told("a", "2024-03-10", status="denied")], ("called off", None)),
        (
            [told("a", "2024-03-10", status="denied"), told("b", "2024-03-20", when=days("2024-03-20"))],
            ("happened", "on another day"),
        ),
        ([told("a", denied_by=("Norland",))], ("disputed", "as planned")),
    ],
)
def test_what_came_of_a_plan(others, came):
    assert plan(announced(), *others) == came


def test_the_last_days_that_were_named_count():
    moved = told("q", "2024-03-12", status="planned", when=days("2024-03-18"))
    assert plan(announced(), moved, told("a", when=days("2024-03-18"))) == ("happened", "as planned")
    (found,) = plans_of([incident_of([Voice(e) for e in (announced(), moved)])])
    assert (found.days, found.moved_from) == (days("2024-03-18"), days("2024-03-16"))
    (found,) = plans_of([incident_of([Voice(announced())])])
    assert found.moved_from is None
    assert plans_of(incidents_of([told("a")])) == ()


def test_what_came_of_a_promise():
    words = {"words": "pledged", "plover": "AGREE", "evidence": "Norland pledged tents and pumps for the flooded valley"}
    aid = {"words": "sent", "plover": "AID", "evidence": "Norland sent the tents and the first pumps by rail"}
    pledge = told("p", "2024-01-10", when=days("2024-01-10"), **words)
    sent = told("a", "2024-03-16", **aid)
    other = told("b", "2024-06-01", when=days("2024-06-01"), **(aid | {"evidence": "Norland sent vaccines against measles"}))
    before = told("c", "2023-12-01", when=days("2023-12-01"), **aid)
    late = told("d", "2025-06-01", when=days("2025-06-01"), **aid)
    found = incidents_of([pledge, sent, other, before, late])
    ids = {i.tellings[0].event.document: i.id for i in found}
    assert len(found) == 5
    assert promises_of(found) == (Promise(ids["p"], (ids["a"],)),)
    assert promises_of(incidents_of([pledge])) == (Promise(ids["p"], ()),)


VISIT = {"plover": "CONSULT", "mode": "visit", "words": "visit", "place": "Sudria", "place_precision": "country"}
TRIP = VISIT | {"status": "planned", "when": days("2024-03-28"), "evidence": "Norland's minister will visit Sudria on 28 March"}
OFF = VISIT | {"status": "denied", "when": days("2024-03-20"), "evidence": "Norland called off the visit on Wednesday"}
MOVED = TRIP | {"when": days("2024-04-05"), "evidence": "Norland postponed the visit to 5 April"}
DEED = VISIT | {"words": "visited", "when": days("2024-04-05"), "evidence": "Norland's minister visited Sudria on Friday"}


@pytest.mark.parametrize(
    ("later", "came"),
    [
        ([told("b", "2024-03-20", **OFF)], [("called off", None, None)]),
        ([told("b", "2024-03-20", **(OFF | {"when": None}))], [("called off", None, None)]),
        ([told("b", "2024-03-20", **MOVED)], [("no report of it", None, date(2024, 3, 28))]),
        ([told("b", "2024-03-20", **MOVED), told("c", "2024-04-05", **DEED)], [("happened", "as planned", date(2024, 3, 28))]),
        ([told("b", "2024-03-20", **(TRIP | {"when": days("2024-04-15")}))], [("no report of it", None, None)] * 2),
        ([told("b", "2024-03-28", **(DEED | {"when": days("2024-03-28")}))], [("happened", "as planned", None)]),
    ],
)
def test_plans_are_found_again_when_they_are_called_off_or_moved(later, came):
    """What is called off is told with the day of that; another journey of the same sides is a plan of its own."""
    found = plans_of(incidents_of([told("a", "2024-03-10", **TRIP), *later], date(2024, 5, 1)))
    assert [(p.outcome, p.kept, p.moved_from and p.moved_from.start) for p in found] == came


MINISTER = Party("Bertil Krag", "person:bertil-krag", "NRL")
LOAN = {"plover": "AID", "words": "gave", "when": days("2024-05-02"), "evidence": "Norland gave Sudria a loan of 300 million"}


@pytest.mark.parametrize(
    ("deed", "kept"),
    [
        (LOAN, True),
        (LOAN | {"recipient": ()}, True),
        (LOAN | {"actor": (Party("state bank", None, "NRL"),), "recipient": (SUDRIA, Party("farmers"))}, True),
        (LOAN | {"actor": (SUDRIA,), "recipient": (NORLAND,)}, False),
        (LOAN | {"recipient": (Party("Vestria", "state:VST", "VST"),)}, False),
        (LOAN | {"evidence": "Norland gave Sudria two ferries"}, False),
        (LOAN | {"actor": ()}, False),
    ],
)
def test_a_promise_is_kept_by_whoever_acts_for_the_state(deed, kept):
    words = "Bertil Krag promised on 3 January to give Sudria a loan of 300 million"
    pledge = told(
        "p", "2024-01-03", plover="AGREE", words="promised", evidence=words, actor=(MINISTER,), when=days("2024-01-03")
    )
    (found,) = promises_of(incidents_of([pledge, told("d", "2024-05-03", **deed)]))
    assert bool(found.deeds) == kept


def test_a_promise_is_kept_by_what_it_names():
    words = {"evidence": "Norland pledged to send pumps", "published": "2024-01-10"}
    pledge = told("p", plover="AGREE", words="pledged", when=days("2024-01-10"), **words)
    ahead = told("p", plover="AID", words="send", event="e2", trigger=Span(20, 24), status="planned", when=None, **words)
    sent = told("a", "2024-01-20", plover="AID", words="sent", evidence="Norland sent two pumps", when=days("2024-01-20"))
    for made in (pledge, replace(pledge, words="agreed", evidence="Norland pledged")):
        (found,) = promises_of(incidents_of([made, ahead, sent]))
        assert len(found.deeds) == 1


@pytest.mark.parametrize(
    ("words", "evidence", "promised"),
    [
        ("agreed", "Norland agreed on Monday to lift the blockade", True),
        ("signed a deal", "Norland signed a deal with Sudria that will open the border", True),
        ("vowed", "Norland vowed retaliation", True),
        ("agreed", "Norland agreed on Monday to a ceasefire", False),
        ("agreed", "Norland agreed to talks", False),
        ("signed", "the president of Norland signed the law on fisheries", False),
        ("accepted", "Norland accepted the offer. It is to sail on Friday", False),
    ],
)
def test_only_what_binds_to_an_act_to_come_is_a_promise(words, evidence, promised):
    agreed = told("p", plover="AGREE", words=words, evidence=evidence)
    assert len(promises_of(incidents_of([agreed]))) == promised
    (only_planned,) = incidents_of([told("p", plover="AGREE", words=words, evidence=evidence, status="planned")])
    assert promises_of([only_planned]) == ()
