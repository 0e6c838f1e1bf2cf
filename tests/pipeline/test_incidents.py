"""Incidents of a desk: what new reports bring is weighed against what it meets; the rest stays."""

from __future__ import annotations

from datetime import timedelta
from random import Random

import pytest
from tests.merge.happenings import reports

from communique.pipeline.incidents import merge_incidents, read_incidents
from communique.store.lake import Lake


def put(lake, events, run="r1"):
    """Put events on the desk, each in a document of its own."""
    rows = {"documents": [], "actors": [], "places": [], "events": []}
    for e in events:
        days = {"published_start": e.published.start, "published_end": e.published.end}
        common = {"document": e.document, "text_id": e.text_id, "run": run, "publisher": e.publisher} | days
        rows["documents"].append({"id": e.document, "text_id": e.text_id, "run": run, "publisher": e.publisher} | days)
        parties = list(dict.fromkeys((*e.actor, *e.recipient)))
        ids = {p: f"a{n}" for n, p in enumerate(parties)}
        rows["actors"] += [common | {"id": i, "name": p.name, "entry": p.entry, "country": p.country} for p, i in ids.items()]
        if e.place:
            rows["places"].append(common | {"id": "p1", "name": e.place, "precision": e.place_precision})
        sides = {
            f"{side}{column}": [value for p in told if (value := of(p))]
            for side, told in (("actor", e.actor), ("recipient", e.recipient))
            for column, of in (
                ("", ids.get),
                ("_names", lambda p: p.name),
                ("_entries", lambda p: p.entry),
                ("_countries", lambda p: p.country),
            )
        }
        same = ("plover", "mode", "status", "place_country", "latitude", "longitude", "confidence")
        when = {"when_start": e.when.start, "when_end": e.when.end} if e.when else {}
        row = common | {name: getattr(e, name) for name in same} | sides | when
        row |= {"id": e.event, "place": "p1" if e.place else None, "place_name": e.place, "trigger": e.words}
        row |= {"trigger_start": e.trigger.start, "trigger_end": e.trigger.end, "attributed_names": [], "denied_names": []}
        row |= {"evidence": [{"start": 0, "end": 1, "text": e.evidence}]}
        row |= {"amounts": [{"kind": f.kind, "low": f.low, "high": f.high, "unit": f.unit, "words": ""} for f in e.figures]}
        rows["events"].append(row)
    for name, some in rows.items():
        lake.append(name, some)


def groups(lake):
    found = {}
    for row in lake.rows("incidents", ["incident", "document"]).to_pylist():
        found.setdefault(row["incident"], set()).add(row["document"])
    return {name: frozenset(documents) for name, documents in found.items()}


def shifted(events, days):
    """The same at another time."""
    step = timedelta(days=days)

    def moved(interval):
        return type(interval)(interval.start + step, interval.end + step) if interval else None

    return [
        type(e)(**{n: getattr(e, n) for n in e.__slots__} | {"published": moved(e.published), "when": moved(e.when)})
        for e in events
    ]


@pytest.fixture
def lake(tmp_path):
    lake = Lake(tmp_path / "desk")
    lake.create()
    return lake


@pytest.mark.parametrize("seed", range(3))
def test_merging_what_is_new_gives_nearly_what_merging_all_gives(lake, seed):
    """Nearly: an event that would rather go to an incident that no new event is linked with stays where it is."""
    events, _ = reports(seed + 20, 50)
    Random(seed).shuffle(events)
    cut = len(events) * 9 // 10
    put(lake, events[:cut])
    merge_incidents(lake)
    put(lake, events[cut:])
    found = merge_incidents(lake)
    assert (found.events, found.new) == (len(events), len(events) - cut)
    step = groups(lake)
    merge_incidents(lake, anew=True)
    whole = groups(lake)
    assert len(set(step.items()) & set(whole.items())) >= 0.95 * len(whole)


def test_ids_stay_as_later_reports_come(lake):
    events = sorted(reports(24, 50)[0], key=lambda e: e.published.start)
    cut = len(events) * 3 // 4
    put(lake, events[:cut])
    merge_incidents(lake)
    before = groups(lake)
    put(lake, events[cut:])
    merge_incidents(lake)
    assert len(before.keys() & groups(lake).keys()) >= 0.95 * len(before)


def test_what_no_new_report_touches_stays_row_for_row(lake):
    events, _ = reports(31, 20)
    put(lake, events)
    merge_incidents(lake)
    columns = ["incident", "document", "event", "likeness", "why"]
    rows = lambda: {(r["document"], r["event"]): r for r in lake.rows("incidents", columns).to_pylist()}
    before = rows()
    later = shifted(reports(32, 10)[0], 900)
    put(lake, later)
    assert merge_incidents(lake).new == len(later)
    after = rows()  # files of a table are read in any order
    assert {key: after[key] for key in before} == before
    assert len(after) == len(before) + len(later)


def test_nothing_new_writes_nothing(lake):
    put(lake, reports(33, 10)[0])
    first = merge_incidents(lake)
    version = lake.table("incidents").version()
    again = merge_incidents(lake)
    assert (again.events, again.new, again.incidents) == (first.events, 0, first.incidents)
    assert lake.table("incidents").version() == version


def test_a_document_that_is_read_anew_takes_the_place_of_what_it_was(lake):
    events, _ = reports(34, 20)
    put(lake, events)
    merge_incidents(lake)
    again = events[0].document
    lake.table("documents").delete(f"id = '{again}'")
    put(Lake(lake.place), events[:1], "r2")
    assert merge_incidents(lake).new == 1
    rows = [r for r in lake.rows("incidents", ["document", "run"]).to_pylist() if r["document"] == again]
    assert [r["run"] for r in rows] == ["r2"]
    assert sum(len(i.tellings) for i in read_incidents(lake)) == len(events)
