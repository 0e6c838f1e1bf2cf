"""Plots are files of the kind that their name says, and show what they are given."""

from datetime import date

import pyarrow as pa
import pytest

from communique.errors import UsageError
from communique.query.plots import plot_map, plot_network, plot_series, plot_timeline

pytest.importorskip("matplotlib")

MEASURES = {"events": 2.0, "expected": 1.6, "low": 0.4, "high": 2.8}
SERIES = [{"source": "NOR", "target": "SUD", "period": date(2019, m, 1)} | MEASURES for m in (1, 2, 3)]
EDGES = [
    {"source": "NOR", "target": "SUD", "events": 3, "expected": 2.4, "cooperation": 1, "conflict": 2},
    {"source": "ZUN", "target": "NOR", "events": 1, "expected": 0.8, "cooperation": 1, "conflict": 0},
]
EVENT = {
    "plover": "CONSULT", "quad": 1, "status": "planned", "confidence": 0.8, "actor_names": ["Ana Sol"],
    "recipient_names": ["Sudria"], "when_start": date(2019, 6, 3), "when_end": date(2019, 6, 4),
    "latitude": 38.7, "longitude": -9.1,
}  # fmt: skip
DRAWN = {
    "series": (lambda path: plot_series(pa.Table.from_pylist(SERIES), path), "NOR → SUD"),
    "network": (lambda path: plot_network(pa.Table.from_pylist(EDGES), path), "ZUN"),
    "timeline": (lambda path: plot_timeline([EVENT, EVENT | {"when_start": None}], path), "Ana Sol CONSULT Sudria"),
    "map": (lambda path: plot_map([EVENT, EVENT | {"latitude": None}], path), "verbal cooperation"),
}


@pytest.fixture
def words(monkeypatch):
    """Text as text, which SVG else has as shapes."""
    import matplotlib

    monkeypatch.setitem(matplotlib.rcParams, "svg.fonttype", "none")


@pytest.mark.parametrize("name", DRAWN)
def test_a_plot_shows_what_it_is_given(name, words, tmp_path):
    draw, shown = DRAWN[name]
    draw(tmp_path / "plot.svg")
    found = (tmp_path / "plot.svg").read_text(encoding="utf-8")
    assert "<svg" in found and shown in found
    draw(tmp_path / "plot.png")
    assert (tmp_path / "plot.png").read_bytes().startswith(b"\x89PNG")
    assert {p.name for p in tmp_path.iterdir()} == {"plot.svg", "plot.png"}


def test_a_period_without_a_row_has_no_events():
    rows = [SERIES[0], SERIES[2]]
    (line,) = plot_series(pa.Table.from_pylist(rows), None).axes[0].lines
    assert line.get_ydata().tolist() == [1.6, 0, 1.6] and line.get_xdata()[1] == date(2019, 2, 1)


def test_what_lies_far_from_all_else_does_not_stretch_the_axis():
    rows = [SERIES[0] | {"period": date(2019, m, 1), "events": 5.0} for m in range(1, 7)]
    old, late = SERIES[0] | {"period": date(1914, 7, 1), "events": 1.0}, SERIES[0] | {"period": date(2050, 1, 1), "events": 1.0}
    axes = plot_series(pa.Table.from_pylist([old, *rows, late]), None).axes[0]
    (line,) = axes.lines
    assert line.get_xdata().tolist() == [row["period"] for row in rows]
    assert axes.get_xlabel() == "not drawn: events 1 before 2019-01-01, 1 after 2019-06-01"
    for kept in ([old, *rows[:1]], [SERIES[0] | {"period": date(2017, 6, 1), "events": 1.0}, *rows][1:]):
        axes = plot_series(pa.Table.from_pylist(kept), None).axes[0]
        assert axes.get_xlabel() == "" and axes.lines[0].get_xdata()[0] == kept[0]["period"]


def test_a_timeline_leaves_out_what_lies_far_from_all_else():
    told = [EVENT | {"when_start": date(2019, 6, day), "when_end": date(2019, 6, day + 1)} for day in range(1, 13)]
    old = EVENT | {"when_start": date(1914, 7, 1), "when_end": date(1914, 7, 2), "confidence": 1.0}
    axes = plot_timeline([old, *told], None).axes[0]
    assert len(axes.texts) == 12 and axes.get_xlabel() == "not drawn: events 1 before 2019-06-01"


def test_few_days_are_marked_by_days(words, tmp_path):
    rows = [row | {"period": date(2019, 3, day)} for day, row in zip((3, 5), SERIES, strict=False)]
    plot_series(pa.Table.from_pylist(rows), tmp_path / "plot.svg", "day")
    drawn = (tmp_path / "plot.svg").read_text(encoding="utf-8")
    assert all(f">2019-03-0{n}<" in drawn for n in (3, 4, 5)) and "03-03 " not in drawn


@pytest.mark.parametrize("name", DRAWN)
def test_another_ending_is_refused(name, tmp_path):
    with pytest.raises(UsageError, match=r"plot\.gif: plots are written as \.png or \.svg"):
        DRAWN[name][0](tmp_path / "plot.gif")


def test_nothing_is_half_written(tmp_path):
    with pytest.raises(UsageError, match="can't be written"):
        plot_map([EVENT], tmp_path / "none" / "plot.png")


def test_events_draw_themselves(desk, words, tmp_path):
    talks = desk.events(type="CONSULT").sort("-confidence").page(1)
    assert talks.count() == 2
    for kind, shown in (
        ("series", "NRL → SDR"),
        ("network", "SDR"),
        ("timeline", "Ana Sol, Sudria CONSULT"),
        ("map", "longitude"),
    ):
        figure = talks.plot(kind, tmp_path / f"{kind}.svg")
        assert shown in (tmp_path / f"{kind}.svg").read_text(encoding="utf-8")
        assert figure.axes
    assert [line.get_label() for line in talks.plot("series", by="year", dyads=False).axes[0].lines] == ["all"]
    assert len(talks.plot("timeline").axes[0].texts) == 1
    with pytest.raises(UsageError, match="'pie' is no kind of plot"):
        talks.plot("pie")
