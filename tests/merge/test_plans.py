"""Plans and promises with what came of them."""

from datetime import date

import pytest
from tests.merge.test_incidents import days, told

from communique.merge.incidents import incident_of, incidents_of
from communique.merge.plans import Promise, plans_of, promises_of
from communique.types.incidents import Voice


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
