"""Agreement and contradiction field by field, and the history of an incident."""

from datetime import date

import pytest
from tests.merge.test_incidents import NORLAND, VESTRIA, days, told

from communique.merge.history import outcome_of
from communique.merge.incidents import incident_of
from communique.types.incidents import Figure, Party, Voice


def incident(*events, as_of=None):
    return incident_of([Voice(e) for e in events], as_of)


def field(name, *events):
    return next(f for f in incident(*events).fields if f.name == name)


def killed(low, high=None):
    return {"figures": (Figure("killed", low, high),)}


@pytest.mark.parametrize(
    ("one", "other", "published", "verdict"),
    [
        ((12, 12), (12, 12), "2024-03-16", "agreed"),
        ((10, None), (12, 12), "2024-03-16", "finer"),
        ((12, 12), (30, 30), "2024-03-16", "contradicted"),
        ((12, 12), (30, 30), "2024-03-18", "changed"),
        ((30, 30), (12, 12), "2024-03-18", "contradicted"),
        ((None, 5), (9, None), "2024-03-16", "contradicted"),
    ],
)
def test_numbers(one, other, published, verdict):
    found = field("killed", told("a", **killed(*one)), told("b", published, **killed(*other)))
    assert found.verdict == verdict
    assert {e for account in found.accounts for e in account.events} == {"a/e1", "b/e1"}


def test_accounts_lie_side_by_side_with_who_says_so():
    found = field(
        "killed",
        told("a", **killed(12, 12), attributed_to=("Sudria",)),
        told("b", **killed(12, 12)),
        told("c", **killed(40, None), attributed_to=("Vestria",)),
    )
    assert [(a.value, a.events, a.sources, a.attributed_to) for a in found.accounts] == [
        ("12", ("a/e1", "b/e1"), 2, ("Sudria",)),
        ("at least 40", ("c/e1",), 1, ("Vestria",)),
    ]


@pytest.mark.parametrize(
    ("other", "verdict"),
    [
        ((NORLAND,), "agreed"),
        ((Party("Ana Sol", "person:ana-sol", "NRL"),), "finer"),
        ((Party("gunmen"),), "finer"),
        ((VESTRIA,), "contradicted"),
    ],
)
def test_who_did_it(other, verdict):
    assert field("who", told("a"), told("b", actor=other)).verdict == verdict


def test_days_and_places():
    assert field("when", told("a"), told("b", when=days("2024-03-11", 7))).verdict == "finer"
    assert field("when", told("a"), told("b", when=days("2024-03-14"))).verdict == "contradicted"
    planned = told("p", "2024-03-01", when=days("2024-03-14"), status="planned")
    assert field("when", planned, told("a")).verdict == "changed"
    assert field("where", told("a"), told("b", place="the harbour", latitude=41.35)).verdict == "finer"
    assert field("where", told("a"), told("b", place="Dunwick", latitude=44.0)).verdict == "contradicted"


def test_one_source_agrees_with_nobody():
    assert field("who", told("a"), told("b", group="a")).verdict == "single"


def test_whether_it_happened():
    denied = field("happened", told("a", denied_by=("Norland",)))
    assert denied.verdict == "contradicted"
    assert [(a.value, a.attributed_to) for a in denied.accounts] == [("denied", ("Norland",)), ("happened", ())]
    assert field("happened", told("a", "2024-03-01", status="planned"), told("b")).verdict == "changed"


def test_a_plan_and_its_fulfilment_are_one_history():
    found = incident(
        told("c"),
        told("d", "2024-03-17", status="denied", attributed_to=("Norland",)),
        told("a", "2024-03-02", status="planned", when=days("2024-03-01", 31)),
        told("b", "2024-03-14", status="planned"),
        told("b2", "2024-03-15", status="planned", group="b"),
    )
    steps = [(s.status, s.first, s.last, s.sources) for s in found.history]
    assert steps == [
        ("planned", date(2024, 3, 2), date(2024, 3, 2), 1),
        ("planned", date(2024, 3, 14), date(2024, 3, 15), 1),
        ("happened", date(2024, 3, 16), date(2024, 3, 16), 1),
        ("denied", date(2024, 3, 17), date(2024, 3, 17), 1),
    ]
    assert found.outcome == "disputed"


@pytest.mark.parametrize(
    ("statuses", "as_of", "outcome"),
    [
        (["happened"], None, "happened"),
        (["ongoing", "happened"], None, "happened"),
        (["happened", "ongoing"], None, "ongoing"),
        (["planned", "happened"], None, "happened"),
        (["planned"], date(2024, 3, 16), "planned"),
        (["planned"], date(2024, 3, 17), "no report of it"),
        (["planned", "denied"], date(2024, 3, 20), "called off"),
        (["denied", "planned"], date(2024, 3, 10), "planned"),
        (["denied"], None, "denied"),
        (["uncertain"], None, "uncertain"),
        (["happened", "denied"], None, "disputed"),
    ],
)
def test_how_it_stands(statuses, as_of, outcome):
    events = [told(f"d{n}", f"2024-03-0{n + 1}", status=s) for n, s in enumerate(statuses)]
    assert outcome_of(events, as_of) == outcome


def test_who_vouches_and_who_denies():
    events = told("a", attributed_to=("Sudria", "Vestria")), told("b", attributed_to=("Sudria",), denied_by=("Norland",))
    assert [(a.value, a.sources) for a in field("vouched by", *events).accounts] == [("Sudria", 2), ("Vestria", 1)]
    assert [a.value for a in field("denied by", *events).accounts] == ["Norland"]
