"""Series, networks, change points and voices over a desk of a few made rows."""

from datetime import UTC, date, datetime
from math import sqrt

import networkx as nx
import pytest

from communique.errors import UsageError
from communique.query.breaks import after, breaks, segments
from communique.query.counting import counted, notes
from communique.query.listings import listed
from communique.query.networks import centralities, edges, graph
from communique.query.relations import Relation
from communique.query.series import series
from communique.query.view import View
from communique.query.voices import voices
from communique.store.lake import Lake


def event(n, who, whom, start=None, end=None, **more):
    fields = {"plover": "CONSULT", "quad": 1, "goldstein": 2.0, "confidence": 0.8, "status": "happened"} | more
    names = {"actor_names": [f"{c} leader" for c in who], "recipient_names": [f"{c} leader" for c in whom]}
    of = {"document": "d1", "text_id": "t1", "run": "r1", "id": f"e{n}", "published_start": date(2019, 6, 2)}
    return of | fields | names | {"actor_countries": who, "recipient_countries": whom, "when_start": start, "when_end": end}


def told(n, *sides, **more):
    fields = {"document": "d2", "text_id": "t2", "published_start": date(2019, 7, 6), "published_end": date(2019, 7, 8)}
    return event(n, *sides, **fields | more)


EVENTS = [
    event(1, ["NOR"], ["SUD"], date(2019, 5, 31), date(2019, 6, 1)),
    event(2, ["NOR"], ["SUD"], date(2019, 5, 31), date(2019, 6, 2), goldstein=-4.0, quad=3, plover="ACCUSE"),
    event(3, ["SUD", "NOR"], ["SUD", "NOR"], date(2019, 6, 10), date(2019, 6, 11)),
    event(4, ["ZUN"], ["NOR"]),
    event(5, ["ZUN"], ["NOR"], date(2017, 1, 1), date(2019, 1, 1)),
    # a second report: one incident told twice, and what is no count of what happened
    told(1, ["NOR"], ["SUD"], date(2019, 7, 1), date(2019, 7, 2), quad=4, goldstein=-9.0),
    told(2, ["NOR"], [], confidence=0.9),
    told(3, ["NOR"], ["SUD"], date(2019, 7, 5), date(2019, 7, 6), status="planned"),
    told(4, ["NOR"], ["SUD"], date(2019, 7, 5), date(2019, 7, 6), status="denied"),
    told(5, ["NOR"], ["SUD"], date(2019, 7, 5), date(2019, 7, 6), auxiliary=["hypothetical"]),
    told(6, ["SUD"], ["SUD"], date(2019, 7, 5), date(2019, 7, 6)),
    told(7, ["NOR"], ["SUD"], date(1951, 1, 1), date(1952, 1, 1)),
    told(8, ["NOR"], ["SUD"], auxiliary=["historical"]),
    told(9, ["NOR"], ["SUD"], date(2019, 7, 1), date(2019, 7, 2), quad=4, goldstein=-9.0, document="d3", text_id="t3"),
    told(10, ["SUD"], ["NOR"], date(2019, 7, 1), date(2019, 7, 2), status="ongoing", document="d3", text_id="t3"),
]
LATER = "SELECT * FROM events WHERE published_start = '2019-07-06'"


@pytest.fixture
def view(tmp_path):
    lake = Lake(tmp_path)
    lake.create()
    read = {"run": "r1", "text": "x", "record": "{}", "read_at": datetime(2019, 6, 3, tzinfo=UTC)}
    lake.append("events", EVENTS)
    said = {"document": "d1", "text_id": "t1", "run": "r1", "published_start": date(2019, 6, 2)}
    lake.append(
        "statements",
        [
            said
            | {
                "id": "s1",
                "speaker_name": "Ana Sol",
                "speaker_country": "NOR",
                "content": "they met us",
                "events": ["e1", "e3"],
            }
        ],
    )
    days = (date(2019, 6, 2), date(2019, 7, 6), date(2019, 7, 6))
    lake.append(
        "documents",
        [read | {"id": f"d{n}", "text_id": f"t{n}", "published_start": day} for n, day in enumerate(days, 1)],
    )
    members = [("d2", "e1"), ("d2", "e2"), ("d3", "e9"), ("d2", "e6")]
    incidents = ["i1", "i1", "i1", "i2"]
    lake.append(
        "incidents",
        [{"incident": i, "document": d, "run": "r1", "event": e} for i, (d, e) in zip(incidents, members, strict=True)],
    )
    with View(lake, threads=1) as view:
        yield view


@pytest.fixture
def events(view):
    return Relation(view, "SELECT * FROM events WHERE id <> ? AND published_start = '2019-06-02'", ("e99",))


def test_days_share_an_event(events):
    found = {(r["source"], r["target"], r["period"].month): r for r in series(events, dated=True).to_pylist()}
    assert set(found) == {("NOR", "SUD", 5), ("NOR", "SUD", 6), ("SUD", "NOR", 6)}
    may = found["NOR", "SUD", 5]
    assert may["events"] == 1.5 and may["expected"] == pytest.approx(1.2)
    spread = 1.96 * sqrt(0.8 * 0.2 + 0.4 * 0.6)
    assert (may["low"], may["high"]) == (pytest.approx(max(0, 1.2 - spread)), 1.5)
    assert 1.2 + spread > 1.5  # no more can be right than there are
    assert may["cooperation"] == 2 and may["conflict"] == 2 and may["goldstein"] == 0
    assert may["verbal_conflict"] == 0.5 and may["reports"] is None
    june = found["NOR", "SUD", 6]
    assert june["events"] == 1.5 and june["reports"] == 1 and june["per_1000_reports"] == 1500


@pytest.mark.parametrize(
    ("by", "periods"),
    [
        ("day", [date(2019, 5, 31), date(2019, 6, 1), date(2019, 6, 10)]),
        ("week", [date(2019, 5, 27), date(2019, 6, 10)]),
        ("quarter", [date(2019, 4, 1)]),
        ("year", [date(2019, 1, 1)]),
    ],
)
def test_periods(events, by, periods):
    found = series(events, by, dyads=False, dated=True).to_pylist()
    assert [r["period"] for r in found] == periods
    assert sum(r["events"] for r in found) == pytest.approx(3)


def test_what_has_no_day_is_of_the_day_of_its_report(events):
    found = series(events, "day").to_pylist()
    assert [(r["source"], r["period"], r["events"]) for r in found if r["source"] == "ZUN"] == [("ZUN", date(2019, 6, 2), 1)]
    assert notes(events, "day", dyads=False) == [
        "left out: 1 dated to more than 31 days",
        "1 events without a day of their own stand on that of their report (--dated leaves them out)",
    ]
    assert notes(events, "day", dyads=False, dated=True) == ["left out: 1 without a day, 1 dated to more than 31 days"]


def test_what_happened_counts(view):
    later = Relation(view, LATER)
    found = series(counted(later), "year", domestic=True).to_pylist()
    assert [(r["source"], r["target"], r["period"].year, r["events"]) for r in found] == [
        ("NOR", "SUD", 1951, 1), ("NOR", "SUD", 2019, 2), ("SUD", "NOR", 2019, 1), ("SUD", "SUD", 2019, 1),
    ]  # fmt: skip
    assert notes(later, "year", asked=("actor",)) == [
        "left out: 1 denied, 1 imagined (--auxiliary hypothetical counts them), 1 planned (choose others by --status), "
        "1 without a day, 1 with a side of no country, 1 within one country (--domestic counts them)"
    ]
    assert counted(later, asked=("status",)).count() == 9 and counted(later, asked=("status", "auxiliary")).count() == 10


def test_a_vague_day_does_not_stretch_a_series(view):
    later = counted(Relation(view, LATER))
    assert series(later, "month", dyads=False)["period"].to_pylist() == [date(2019, 7, 1)]
    assert breaks(later, "day")["start"].to_pylist()[0] == date(2019, 7, 1)


def test_a_network_has_what_a_series_by_year_has(view):
    for events in (Relation(view, LATER), Relation(view, "SELECT * FROM events")):
        for domestic in (False, True):
            sums = {}
            for row in series(events, "year", domestic=domestic).to_pylist():
                pair = row["source"], row["target"]
                sums[pair] = sums.get(pair, 0) + row["events"]
            found = edges(events, domestic=domestic).to_pylist()
            assert {(r["source"], r["target"]): r["events"] for r in found} == pytest.approx(sums) and sums


def test_an_incident_counts_once_as_who_knows_most_tells_it(view):
    later = Relation(view, LATER)
    found = series(counted(later, "incidents"), "month", domestic=True).to_pylist()
    assert [(r["source"], r["target"], r["events"], r["conflict"]) for r in found] == [
        ("NOR", "SUD", 1, 9), ("SUD", "NOR", 1, 0), ("SUD", "SUD", 1, 0),
    ]  # fmt: skip
    assert found[0]["expected"] == pytest.approx(0.9)  # that of the surest telling, which names no recipient
    assert notes(later, "month", count="incidents")[-2:] == [
        "7 events are 5 incidents",
        "3 events came after the last merge and count each by itself; bring them in by communique merge",
    ]
    with pytest.raises(UsageError, match="count events or incidents"):
        counted(later, "reports")


def test_incidents_of_a_desk_that_was_never_merged(tmp_path):
    lake = Lake(tmp_path / "bare")
    lake.create()
    with View(lake, threads=1) as view, pytest.raises(UsageError, match="never merged, so that it has no incidents"):
        counted(Relation(view, "SELECT * FROM events"), "incidents")


def test_parties_by_name(events):
    assert {r["source"] for r in series(events, parties="name").to_pylist()} == {"NOR leader", "SUD leader", "ZUN leader"}
    for wrong in ({"by": "decade"}, {"parties": "sector"}):
        with pytest.raises(UsageError, match="series: by is one of day"):
            series(events, **wrong)


def test_the_edges_of_a_network(events):
    found = edges(events).to_pylist()
    assert [(r["source"], r["target"], r["events"]) for r in found] == [("NOR", "SUD", 3), ("SUD", "NOR", 1), ("ZUN", "NOR", 1)]
    assert (found[0]["cooperation"], found[0]["conflict"], found[0]["first"]) == (2, 1, date(2019, 5, 31))
    with pytest.raises(UsageError, match="network: parties"):
        edges(events, "quad")


def test_centralities(events):
    found = edges(events)
    rows = centralities(found).to_pylist()
    assert [r["party"] for r in rows] == ["NOR", "SUD", "ZUN"]
    assert rows[0]["received"] == pytest.approx(1.6) and rows[0]["partners"] == 2
    network = graph(found)
    assert nx.is_weakly_connected(network) and rows[0]["betweenness"] == 0.5 and rows[2]["betweenness"] == 0
    assert sum(r["pagerank"] for r in rows) == pytest.approx(1)
    assert centralities(found.slice(0, 0)).num_rows == 0


def test_who_says_what_about_whom(view):
    found = voices(Relation(view, "SELECT * FROM statements")).to_pylist()
    assert {(r["speaker"], r["about"], r["times"]) for r in found} == {
        ("Ana Sol", "NOR leader", 2),
        ("Ana Sol", "SUD leader", 2),
    }
    assert found[0]["latest"] == "s1" and found[0]["words"] == "they met us" and found[0]["country"] == "NOR"


def months(first, counts):
    days = [first]
    while len(days) < len(counts):
        days.append(after(days[-1], "month"))
    return days


def test_a_rise_is_a_change_point():
    counts = [2, 3, 2, 1, 3, 2, 2, 3, 14, 12, 15, 13, 12, 14]
    found = segments(months(date(2018, 11, 1), counts), counts, "month")
    assert [(s.start, s.periods) for s in found] == [(date(2018, 11, 1), 8), (date(2019, 7, 1), 6)]
    assert found[0].mean == 2.25 and found[0].end == found[1].start and found[1].end == date(2020, 1, 1)


def test_no_change_without_one():
    counts = [5, 6, 4, 5, 7, 5, 4, 6, 5, 5, 6, 4]
    assert len(segments(months(date(2019, 1, 1), counts), counts, "month")) == 1
    assert segments([], [], "day") == ()


def test_periods_without_a_row_count_as_zero():
    (one,) = segments([date(2019, 1, 1), date(2019, 1, 3)], [1, 1], "day", penalty=9)
    assert one.periods == 3 and one.mean == pytest.approx(2 / 3)
    with pytest.raises(UsageError, match="in order"):
        segments([date(2019, 1, 3), date(2019, 1, 1)], [1, 1], "day")


def test_pruning_changes_nothing():
    """The bounds are those of the plain recursion over all places."""
    import numpy as np

    from communique.query.breaks import _cost, _partition

    values = np.random.default_rng(7).poisson([1] * 20 + [6] * 15 + [2] * 25).astype(float)
    sums = np.concatenate([[0.0], values.cumsum()])
    best, last = [-5.0], [0]
    for end in range(1, len(values) + 1):
        costs = [best[a] + float(_cost(np.array([sums[end] - sums[a]]), np.array([end - a]))[0]) for a in range(end)]
        best.append(min(costs) + 5.0)
        last.append(int(np.argmin(costs)))
    bounds = [len(values)]
    while bounds[-1]:
        bounds.append(last[bounds[-1]])
    assert _partition(values, 5.0) == bounds[::-1] and len(bounds) > 3


@pytest.mark.parametrize(
    ("asked", "periods"),
    [
        ({}, ["2019-05-27", "2019-06-03"]),
        ({"since": "2019-06-03"}, ["2019-06-03"]),
        ({"since": "2019-06-02"}, ["2019-05-27", "2019-06-03"]),
        ({"until": date(2019, 6, 2)}, ["2019-05-27"]),
        ({"since": "2019-06-07", "until": "2019-06"}, ["2019-06-03"]),
    ],
)
def test_a_series_has_the_periods_that_were_asked_about(view, asked, periods):
    week = event(30, ["NOR"], ["SUD"], date(2019, 6, 1), date(2019, 6, 9), document="d1", text_id="t1", mode="week")
    view.lake.append("events", [week])
    view.refresh()
    found = series(counted(listed(view, "events", {"mode": "week"} | asked)), "week", dyads=False)
    assert [str(day) for day in found["period"].to_pylist()] == periods
    assert sum(found["events"].to_pylist()) == pytest.approx(sum(1 / 4 if p == "2019-05-27" else 3 / 4 for p in periods))
