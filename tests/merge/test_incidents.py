"""Incidents: events of many reports that are one happening, told apart from what only looks like it."""

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta
from random import Random
from time import process_time

import pytest
from tests.merge.happenings import reports

from communique.merge.incidents import gather, incident_of, incidents_of
from communique.merge.reasons import compare, score
from communique.merge.traits import traits_of
from communique.types.incidents import EventTold, Figure, Party
from communique.types.text import Interval, Span

NORLAND, SUDRIA, VESTRIA = (Party(n, f"state:{c}", c) for n, c in (("Norland", "NRL"), ("Sudria", "SDR"), ("Vestria", "VST")))
HELD_OUT = range(11, 17)  # weights were chosen on the seeds before


def days(first, count=1):
    day = date.fromisoformat(first)
    return Interval(day, day + timedelta(days=count))


def told(document, published="2024-03-16", **fields):
    """An attack of Norland on Sudria in Port Sud on 16 March 2024, unless said otherwise."""
    given = {
        "event": "e1",
        "text_id": f"t-{document}",
        "trigger": Span(10, 17),
        "words": "shelled",
        "plover": "ASSAULT",
        "status": "happened",
        "group": document,
        "actor": (NORLAND,),
        "recipient": (SUDRIA,),
        "when": days("2024-03-16"),
        "place": "Port Sud",
        "place_country": "SDR",
        "place_precision": "city",
        "latitude": 41.3,
        "longitude": 12.9,
        "evidence": "Norland shelled the grain harbour of Port Sud with howitzers",
    }
    return EventTold(document=document, published=days(published), **(given | fields))


def parts(events):
    return {frozenset(t.event.document for t in tellings) for tellings in gather(events)}


def scores(truth, groups):
    """Pairwise F1, and B³ F1 (Bagga & Baldwin 1998)."""
    found = {d: n for n, group in enumerate(groups) for d in group}
    both = Counter((truth[d], found[d]) for d in truth)
    true, made = Counter(truth.values()), Counter(found.values())
    pairs = [sum(n * (n - 1) for n in counts.values()) for counts in (both, made, true)]
    precision = sum(both[truth[d], found[d]] / made[found[d]] for d in truth) / len(truth)
    recall = sum(both[truth[d], found[d]] / true[truth[d]] for d in truth) / len(truth)
    return 2 * pairs[0] / (pairs[1] + pairs[2]), 2 * precision * recall / (precision + recall)


def test_made_reports_find_together():
    """On made reports only, so it says that the parts work together, not how well real reports are merged; 0.921 and 0.944
    when this was written."""
    made = [reports(seed) for seed in HELD_OUT]
    found = [scores(truth, parts(events)) for events, truth in made]
    assert all(len(set(truth.values())) >= 40 for _, truth in made)
    assert sum(pairwise for pairwise, _ in found) / len(found) >= 0.91
    assert sum(b_cubed for _, b_cubed in found) / len(found) >= 0.94


def test_the_order_of_reports_changes_nothing():
    events, _ = reports(3)
    first = incidents_of(events)
    for seed in range(3):
        Random(seed).shuffle(events)
        assert incidents_of(events) == first


def test_every_telling_is_kept_once():
    events, _ = reports(4)
    kept = [t.event for i in incidents_of(events) for t in i.tellings]
    assert Counter(e.document for e in kept) == Counter(e.document for e in events)


@pytest.mark.parametrize(
    "other",
    [
        {"actor": (Party("Ana Sol", "person:ana-sol", "NRL"),), "words": "fired"},
        {"actor": (Party("gunmen"),)},
        {"actor": ()},
        {"when": None, "published": "2024-03-17"},
        {"when": days("2024-03-11", 7)},
        {"figures": (Figure("killed", 12, 12),)},
        {"place": None, "place_country": None, "place_precision": None, "latitude": None, "longitude": None},
        {"status": "planned", "published": "2024-03-10"},
        {"status": "denied", "attributed_to": ("Norland",)},
        {"actor": (SUDRIA,), "recipient": (NORLAND,)},
    ],
)
def test_what_is_one(other):
    assert parts([told("a", figures=(Figure("killed", 3, 3),)), told("b", **other)]) == {frozenset("ab")}


@pytest.mark.parametrize(
    "other",
    [
        {"plover": "CONSULT"},
        {"when": days("2024-03-23"), "published": "2024-03-24"},
        {"recipient": (VESTRIA,), "place": "Westburg", "place_country": "VST", "latitude": 47.9, "longitude": 2.2},
        {"place": "Dunwick", "latitude": 44.0, "evidence": "Norland shelled a monastery roof, killing two monks at prayer"},
        {"status": "planned", "when": None, "published": "2024-03-20"},
        {"when": None, "published": "2024-05-02"},
    ],
)
def test_what_is_another(other):
    assert parts([told("a"), told("b", **other)]) == {frozenset("a"), frozenset("b")}


def test_groups_do_not_chain():
    """Each of a row of days is next to the following one, yet the first and the last are no one happening."""
    row = [told(f"d{n}", when=days(f"2024-03-{10 + n}"), published=f"2024-03-{10 + n}") for n in range(9)]
    for group in parts(row):
        shown = sorted(int(d[1:]) for d in group)
        assert shown[-1] - shown[0] <= 3


def test_verbatim_reprints_are_one_even_where_nothing_is_known():
    bare = told("a", actor=(), recipient=(), when=None, place=None, evidence="")
    assert parts([bare, replace(bare, document="b", publisher="Echo")]) == {frozenset("ab")}


BARE = {"actor": (), "recipient": (), "when": None, "place": None, "place_country": None, "latitude": None}
RECALLED = {"plover": "SANCTION", "words": "recalled", "place": None, "place_country": None, "latitude": None}
CLOSED = RECALLED | {"event": "e2", "words": "closed", "trigger": Span(40, 46)}


def grouped(events):
    return {frozenset(t.event.shown for t in tellings) for tellings in gather(events)}


def test_a_sentence_is_found_again_in_copies_even_where_nothing_is_known():
    bare = told("a", evidence="This attack will not go unanswered", words="attack", **BARE)
    copy = replace(bare, document="b", text_id="t-b", group="a", trigger=Span(30, 36))
    assert grouped([bare, copy]) == {frozenset(("a/e1", "b/e1"))}


def test_two_acts_of_one_sentence_stay_two_in_its_copies():
    both = "Norland recalled its envoy on Saturday and closed the Velm bridge to lorries"
    first = [told(d, evidence=both[:40], group="a", **RECALLED) for d in "ab"]
    second = [told(d, evidence=both, group="a", **CLOSED) for d in "ab"]
    assert grouped([*first, *second]) == {frozenset(("a/e1", "b/e1")), frozenset(("a/e2", "b/e2"))}


def test_acts_of_other_types_in_one_report_are_two():
    met = told("a", plover="CONSULT", words="met", evidence="Norland met Sudria in Port Sud and signed a fishing deal")
    signed = replace(met, event="e2", plover="AGREE", words="signed", trigger=Span(30, 36))
    assert len(grouped([met, signed])) == 2


def test_reasons_are_the_same_either_way_and_sum_to_the_score():
    events, _ = reports(5, 12)
    traits = [traits_of(e) for e in events]
    for a in traits:
        for b in traits:
            assert compare(a, b) == compare(b, a)
            assert score(a, b) == round(10 * sum(r.weight for r in compare(a, b)))


def test_reprints_count_as_one_source_and_reports_give_first_and_last():
    a, b, c = told("a"), told("b", published="2024-03-18", group="a"), told("c", published="2024-03-17")
    (incident,) = incidents_of([c, b, a])
    assert (incident.sources, len(incident.tellings)) == (2, 3)
    assert (incident.first, incident.last) == (date(2024, 3, 16), date(2024, 3, 18))


def test_the_id_stays_as_reports_are_added():
    (before,) = incidents_of([told("a")])
    (after,) = incidents_of([told("b", published="2024-03-18"), told("a")])
    assert before.id == after.id and before.id.startswith("i") and len(before.id) == 13


def test_an_incident_needs_a_telling():
    with pytest.raises(ValueError, match="at least one"):
        incident_of([])


def test_many_tellings_of_one_day_are_no_quadratic_step():
    """Twice the tellings of one happening in about twice the time: only the next ones by day are weighed."""
    took = []
    for number in (1000, 2000):
        events = [told(f"d{n}", words=f"word{n}") for n in range(number)]
        start = process_time()
        assert len(gather(events)) <= number / 100
        took.append(process_time() - start)
    assert took[1] < 3.2 * took[0]
