"""The commands that analyse a desk, over one that was filled with made rows."""

import json
from datetime import UTC, date, datetime

import pytest
from typer.testing import CliRunner

import communique
from communique.cli.app import app
from communique.errors import UsageError
from communique.store.lake import Lake
from communique.store.tables import rows_of

EVENT = {"document": "d1", "text_id": "t1", "run": "r1", "published_start": date(2019, 6, 2), "published_end": date(2019, 6, 3)}
CALM = {"plover": "CONSULT", "quad": 1, "goldstein": 2.0, "confidence": 0.8, "status": "happened"}


def event(n, day):
    sides = {
        "actor_countries": ["NOR"],
        "recipient_countries": ["SWE"],
        "actor_names": ["Norway"],
        "recipient_names": ["Sweden"],
    }
    point = {"latitude": 59.9, "longitude": 10.7}
    when = {"when_start": day, "when_end": day and date.fromordinal(day.toordinal() + 1)}
    return EVENT | CALM | sides | point | when | {"id": f"e{n}"}


@pytest.fixture
def desk(tmp_path):
    lake = Lake(tmp_path / "desk")
    lake.create()
    lake.append("events", [event(1, date(2019, 5, 31)), event(2, date(2019, 6, 1)), event(3, None)])
    said = {"id": "s1", "speaker_name": "Ana Sol", "content": "they met", "events": ["e1"]}
    lake.append("statements", [EVENT | said])
    lake.append("actors", [EVENT | {"id": "a1", "name": "Ana Sol", "kind": "person"}])
    document = {"id": "d1", "text_id": "t1", "run": "r1", "text": "x", "record": "{}", "published_start": date(2019, 6, 2)}
    lake.append("documents", [document | {"read_at": datetime(2019, 6, 3, tzinfo=UTC)}])
    return str(tmp_path / "desk")


@pytest.fixture
def told(tmp_path, analysis):
    """A desk with the sample report, read as two outlets have it, of which one knows more dead."""
    from dataclasses import replace

    from communique.types.record import build

    lake = Lake(tmp_path / "told")
    lake.create()
    record = build(analysis)
    for publisher in ("The Courier", "The Herald"):
        document = replace(record.document, publisher=publisher, id=publisher, text_id=publisher)
        for name, rows in rows_of(replace(record, document=document), publisher).items():
            lake.append(name, rows)
    return str(tmp_path / "told")


def ask(*words):
    done = CliRunner().invoke(app, words)
    assert done.exit_code == 0, done.output
    return done


def rows(*words):
    return [json.loads(line) for line in ask(*words, "--format", "jsonl").stdout.splitlines()]


def test_a_series_with_filters(desk):
    found = rows("series", "--desk", desk, "--country", "NOR", "--by", "month", "--dated")
    assert [(r["source"], r["target"], r["period"], r["events"]) for r in found] == [
        ("NOR", "SWE", "2019-05-01", 1), ("NOR", "SWE", "2019-06-01", 1),
    ]  # fmt: skip
    assert rows("series", "--desk", desk, "--country", "FRA") == []
    assert [r["events"] for r in rows("series", "--desk", desk, "--total", "--by", "year")] == [3]
    assert "left out: 1 without a day" in ask("series", "--desk", desk, "--dated").stderr
    assert "1 events without a day of their own stand on that of their report" in ask("series", "--desk", desk).stderr
    assert "cooperation" in ask("series", "--desk", desk).stdout


def test_what_did_not_happen_counts_when_it_is_asked_for(desk):
    Lake(desk).append("events", [event(4, date(2019, 6, 3)) | {"status": "planned"}])
    for command in (("series", "--total", "--by", "year"), ("network",), ("breaks", "--by", "year")):
        counts = [rows(*command, "--desk", desk, *more) for more in ((), ("--status", "planned"))]
        assert [row.get("events", row.get("mean")) for (row,) in counts] == [3, 1]
        assert "left out: 1 planned (choose others by --status)" in ask(*command, "--desk", desk).stderr
        assert "planned" not in ask(*command, "--desk", desk, "--status", "planned").stderr
    with communique.open_desk(desk) as opened:
        assert opened.network()["events"].to_pylist() == [3]
        assert opened.network(status="planned")["events"].to_pylist() == [1]


def test_incidents_count_once_after_a_merge(told):
    refused = CliRunner().invoke(app, ["series", "--desk", told, "--count", "incidents"])
    assert "never merged" in str(refused.exception)
    ask("merge", "--desk", told)
    tellings, incidents = (rows("network", "--desk", told, "--count", count) for count in ("events", "incidents"))
    assert [r["events"] for r in tellings] == [2 * r["events"] for r in incidents] and incidents
    assert "events are" in ask("breaks", "--desk", told, "--count", "incidents").stderr
    with communique.open_desk(told) as opened:
        assert opened.network(count="incidents")["events"].to_pylist() == [r["events"] for r in incidents]


def test_change_points(desk):
    assert rows("breaks", "--desk", desk, "--by", "day", "--dated") == [
        {"start": "2019-05-31", "end": "2019-06-02", "periods": 2, "mean": 1}
    ]


def test_a_network_and_its_parties(desk):
    assert [(r["source"], r["events"]) for r in rows("network", "--desk", desk)] == [("NOR", 3)]
    assert [(r["source"], r["events"]) for r in rows("network", "--desk", desk, "--dated", "--domestic")] == [("NOR", 2)]
    assert {r["party"] for r in rows("network", "--desk", desk, "--parties", "name", "--parties-only")} == {"Norway", "Sweden"}


@pytest.mark.parametrize("words", [("series", "--plot"), ("network", "--plot"), ("plot", "timeline"), ("plot", "map")])
def test_drawings(desk, tmp_path, words):
    pytest.importorskip("matplotlib")
    ask(*words, str(tmp_path / "drawn.svg"), "--desk", desk)
    assert "<svg" in (tmp_path / "drawn.svg").read_text(encoding="utf-8")


def test_python_asks_the_same(desk, tmp_path):
    pytest.importorskip("matplotlib")
    with communique.open_desk(desk) as opened:
        assert opened.series(by="year", dyads=False)["events"].to_pylist() == [3]
        assert opened.breaks(by="day").num_rows == 1 and opened.network(country="FRA").num_rows == 0
        assert opened.voices()["about"].to_pylist() == ["Norway", "Sweden"]
        for kind in ("series", "network", "timeline", "map"):
            opened.plot(kind, tmp_path / f"{kind}.png", country="NOR")
            assert (tmp_path / f"{kind}.png").read_bytes().startswith(b"\x89PNG")
        with pytest.raises(UsageError, match="'pie' is no kind of plot"):
            opened.plot("pie", tmp_path / "pie.png")


def test_rows_are_written_to_a_file(desk, tmp_path):
    ask("network", "--desk", desk, "--format", "csv", "--out", str(tmp_path / "n.csv"))
    assert (tmp_path / "n.csv").read_text(encoding="utf-8").splitlines()[0].startswith("source,target,events,expected")
    ask("network", "--desk", desk, "--format", "parquet", "--out", str(tmp_path / "n.parquet"))
    assert (tmp_path / "n.parquet").read_bytes().startswith(b"PAR1")


def test_who_says_what(desk):
    found = rows("voices", "--desk", desk, "--actor", "Ana Sol")
    assert [(r["speaker"], r["about"], r["words"]) for r in found] == [
        ("Ana Sol", "Norway", "they met"), ("Ana Sol", "Sweden", "they met"),
    ]  # fmt: skip
    assert rows("voices", "--desk", desk, "--actor", "Rui Paz") == []


def test_plans_and_contradictions(told):
    ask("merge", "--desk", told)
    found = rows("plans", "--desk", told)
    assert [(r["kind"], r["outcome"]) for r in found if r["kind"] == "plan"]
    asked = ("--actor", "Ana Sol", "--until", "2019-06-03")
    assert {r["plover"] for r in rows("plans", "--desk", told, *asked)} == {"AGREE"}
    assert rows("plans", "--desk", told, "--since", "2020") == rows("contradictions", "--desk", told, "--type", "AID") == []
    assert "merge" not in ask("plans", "--desk", told).stderr


def test_plans_tell_which_reports_they_are_without(told):
    for command in ("plans", "contradictions"):
        assert "2 reports are newer than the last merge" in ask(command, "--desk", told).stderr
