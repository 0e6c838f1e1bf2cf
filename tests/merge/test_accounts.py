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
        ((12, 12), (30, 30), "2024-03-18", "contradicted"),
        ((30, 30), (12, 12), "2024-03-18", "contradicted"),
        ((None, 5), (9, None), "2024-03-16", "contradicted"),
    ],
)
def test_numbers(one, other, published, verdict):
    found = field("killed", told("a", **killed(*one)), told("b", published, **killed(*other)))
    assert found.verdict == verdict
    assert {e for account in found.accounts for e in account.events} == {"a/e1", "b/e1"}


@pytest.mark.parametrize("voice", [{"attributed_to": ("Sudria",)}, {"publisher": "Port Sud Courier"}])
def test_a_number_that_the_same_voice_raises_later_is_no_contradiction(voice):
    first, later = told("a", **killed(12, 12), **voice), told("b", "2024-03-18", **killed(30, 30), **voice)
    assert field("killed", first, later).verdict == "changed"
    lower = told("b", "2024-03-18", **killed(9, 9), **voice)
    assert field("killed", first, lower).verdict == "contradicted"


def test_only_numbers_that_cannot_be_true_together_contradict():
    events = told("a", **killed(3, None)), told("b", **killed(8, 8)), told("c", "2024-03-17", **killed(11, 11))
    accounts = field("killed", *events).accounts
    assert {a.value: a.contradicts for a in accounts} == {"at least 3": False, "8": True, "11": True}


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
    assert field("where", told("a"), told("b", place_country="VST", latitude=44.0)).verdict == "finer"


def test_one_source_agrees_with_nobody():
    assert field("who", told("a"), told("b", group="a")).verdict == "single"


def test_whether_it_happened():
    denied = field("happened", told("a", denied_by=("Norland",)))
    assert denied.verdict == "contradicted"
    assert [(a.value, a.attributed_to) for a in denied.accounts] == [("denied", ("Norland",)), ("happened", ())]
    assert field("happened", told("a", "2024-03-01", status="planned"), told("b")).verdict == "changed"


def test_who_denies_is_told_and_is_no_witness():
    accused = told("a", attributed_to=("Sudria",))
    rejects = {"evidence": "Norland rejected the account that it had shelled Port Sud", "denied_by": ("Norland",)}
    for status in ("happened", "denied"):
        found = field("happened", accused, told("b", status=status, **rejects))
        sides = [(a.value, a.events, a.attributed_to) for a in found.accounts]
        assert sides == [("denied", ("b/e1",), ("Norland",)), ("happened", ("a/e1",), ("Sudria",))]
    both = field("happened", told("b", attributed_to=("Sudria",), **rejects))
    assert [a.value for a in both.accounts] == ["denied", "happened"]


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


def put_off(published, **fields):
    words = "the trip to Port Sud was postponed from 16 to 23 March"
    return told("q", published, status="denied", evidence=words, **fields)


def test_a_plan_that_is_put_off_stands_as_such_until_it_is_carried_out():
    plan, moved = (told("p", "2024-03-01", status="planned", when=days(day)) for day in ("2024-03-16", "2024-03-23"))
    held = told("a", "2024-03-23", when=days("2024-03-23"))
    assert outcome_of([plan, put_off("2024-03-12")], date(2024, 4, 1)) == "postponed"
    assert outcome_of([plan, put_off("2024-03-12"), held], None) == "happened"
    assert field("happened", plan, put_off("2024-03-12"), held).verdict == "changed"
    assert outcome_of([plan, put_off("2024-03-12"), moved], date(2024, 3, 20)) == "planned"
    assert outcome_of([plan, put_off("2024-03-12"), moved], date(2024, 4, 1)) == "no report of it"
    assert outcome_of([plan, put_off("2024-03-24"), held], None) == "disputed"


def test_what_is_told_after_its_days_revives_no_plan():
    off = told("q", "2024-03-12", status="denied")
    told_after = told("p", "2024-03-20", status="planned")
    assert outcome_of([off, told_after], None) == "called off"


def test_the_words_of_a_denial_are_no_report_of_what_is_denied():
    rejects = {"evidence": "Norland rejected the account that it had shelled Port Sud", "denied_by": ("Norland",)}
    alone = told("a", **rejects, **killed(12, 12))
    assert outcome_of([alone], None) == "denied"
    assert [step.status for step in incident(told("b"), alone).history] == ["happened", "denied"]
    assert [a.events for a in field("killed", alone, told("b", **killed(9, 9))).accounts] == [("b/e1",)]
    assert [a.value for a in field("killed", alone).accounts] == ["12"]


def test_who_vouches_and_who_denies():
    events = told("a", attributed_to=("Sudria", "Vestria")), told("b", attributed_to=("Sudria",), denied_by=("Norland",))
    assert [(a.value, a.sources) for a in field("vouched by", *events).accounts] == [("Sudria", 2), ("Vestria", 1)]
    assert [a.value for a in field("denied by", *events).accounts] == ["Norland"]
