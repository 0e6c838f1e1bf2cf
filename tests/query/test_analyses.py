"""Series, networks, change points and voices over a desk of a few made rows."""

from datetime import UTC, date, datetime
from math import sqrt

import networkx as nx
import pytest

from communique.errors import UsageError
from communique.query.breaks import after, segments
from communique.query.networks import centralities, edges, graph
from communique.query.relations import Relation
from communique.query.series import left_out, series
from communique.query.view import View
from communique.query.voices import voices
from communique.store.lake import Lake


def event(n, who, whom, start=None, end=None, **more):
    fields = {"plover": "CONSULT", "quad": 1, "goldstein": 2.0, "confidence": 0.8, "status": "happened"} | more
    names = {"actor_names": [f"{c} leader" for c in who], "recipient_names": [f"{c} leader" for c in whom]}
    of = {"document": "d1", "text_id": "t1", "run": "r1", "id": f"e{n}", "published_start": date(2019, 6, 2)}
    return of | fields | names | {"actor_countries": who, "recipient_countries": whom, "when_start": start, "when_end": end}


EVENTS = [
    event(1, ["NOR"], ["SUD"], date(2019, 5, 31), date(2019, 6, 1)),
    event(2, ["NOR"], ["SUD"], date(2019, 5, 31), date(2019, 6, 2), goldstein=-4.0, quad=3, plover="ACCUSE"),
    event(3, ["SUD", "NOR"], ["SUD", "NOR"], date(2019, 6, 10), date(2019, 6, 11)),
    event(4, ["ZUN"], ["NOR"]),
    event(5, ["ZUN"], ["NOR"], date(2017, 1, 1), date(2019, 1, 1)),
]


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
    lake.append("documents", [read | {"id": "d1", "text_id": "t1", "published_start": date(2019, 6, 2)}])
    with View(lake, threads=1) as view:
        yield view


@pytest.fixture
def events(view):
    return Relation(view, "SELECT * FROM events WHERE id <> ?", ("e99",))


def test_days_share_an_event(events):
    found = {(r["source"], r["target"], r["period"].month): r for r in series(events).to_pylist()}
    assert set(found) == {("NOR", "SUD", 5), ("NOR", "SUD", 6), ("SUD", "NOR", 6)}
    may = found["NOR", "SUD", 5]
    assert may["events"] == 1.5 and may["expected"] == pytest.approx(1.2)
    spread = 1.96 * sqrt(0.8 * 0.2 + 0.4 * 0.6)
    assert (may["low"], may["high"]) == (pytest.approx(max(0, 1.2 - spread)), pytest.approx(1.2 + spread))
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
    found = series(events, by, dyads=False).to_pylist()
    assert [r["period"] for r in found] == periods
    assert sum(r["events"] for r in found) == pytest.approx(3)


def test_what_has_no_day_is_left_out_and_counted(events):
    assert left_out(events) == 2 and left_out(events, undated=True) == 1
    found = series(events, "month", undated=True).to_pylist()
    assert [(r["source"], r["period"], r["events"]) for r in found if r["source"] == "ZUN"] == [("ZUN", date(2019, 6, 1), 1)]


def test_parties_by_name(events):
    assert {r["source"] for r in series(events, parties="name").to_pylist()} == {"NOR leader", "SUD leader"}
    for wrong in ({"by": "decade"}, {"parties": "sector"}):
        with pytest.raises(UsageError, match="series: by is one of day"):
            series(events, **wrong)


def test_the_edges_of_a_network(events):
    found = edges(events).to_pylist()
    assert [(r["source"], r["target"], r["events"]) for r in found] == [("NOR", "SUD", 3), ("ZUN", "NOR", 2), ("SUD", "NOR", 1)]
    assert (found[0]["cooperation"], found[0]["conflict"], found[0]["first"]) == (2, 1, date(2019, 5, 31))
    with pytest.raises(UsageError, match="network: parties"):
        edges(events, "quad")


def test_centralities(events):
    found = edges(events)
    rows = centralities(found).to_pylist()
    assert [r["party"] for r in rows] == ["NOR", "SUD", "ZUN"]
    assert rows[0]["received"] == pytest.approx(2.4) and rows[0]["partners"] == 2
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
