"""Exports of a part of a desk, chosen by the filters that listings have."""

import csv
import json
from dataclasses import replace
from datetime import date

import pyarrow.parquet as pq
import pytest

from communique.errors import UsageError
from communique.pipeline.exporting import export_desk, export_records
from communique.pipeline.incidents import merge_incidents
from communique.pipeline.judging import judge_on
from communique.pipeline.merging import merge_stories
from communique.query.desk import OpenDesk
from communique.store.lake import Lake
from communique.store.writer import Coder, Writer
from communique.types.record import build
from communique.types.text import Interval


@pytest.fixture
def desk(tmp_path, analysis) -> str:
    """Reports of two outlets and days that tell the same."""
    place = tmp_path / "desk"
    with Writer(Lake(str(place)), Coder("0", "{}")) as writer:
        for n, outlet in ((1, "Norland Herald"), (2, "Sudria Post")):
            day = replace(analysis.document.published, interval=Interval(date(2019, 6, n), date(2019, 6, n + 1)))
            writer.add(
                build(replace(analysis, document=replace(analysis.document, id=f"d{n}xx", publisher=outlet, published=day)))
            )
    return str(place)


@pytest.fixture
def exported(desk, tmp_path):
    def export(format, **asked):
        loss = export_desk(format, desk, tmp_path / "out", **asked)
        return loss, (tmp_path / "out").read_text(encoding="utf-8")

    return export


FILTERS = [
    {},
    {"type": "CONSULT"},
    {"actor": "Ana Sol", "status": ["planned", "happened"]},
    {"dyad": ("NRL", "SDR"), "both_ways": True},
    {"attributed": False, "outlet": "Sudria Post"},
    {"since": "2019-06", "confidence": 0.6},
    {"text": "no such words"},
]


@pytest.mark.parametrize("filters", FILTERS)
@pytest.mark.parametrize("format", ["csv", "geojson"])
def test_events_are_those_that_are_listed(desk, exported, filters, format):
    with OpenDesk(desk) as opened:
        listed = sorted(opened.events(**filters).arrow()["id"].to_pylist())
    loss, text = exported(format, **filters)
    if format == "csv":
        found = [f"{row['document']}/{row['id']}" for row in csv.DictReader(text.splitlines())]
    else:
        found = [feature["id"] for feature in json.loads(text)["features"]]
    assert sorted(found) == listed
    assert (loss.events, loss.documents) == (len(listed), len({one.partition("/")[0] for one in listed}))


def test_a_format_that_is_one_table_takes_the_filters_of_that_table(desk, exported, tmp_path):
    assert exported("csv", table="statements", actor="Ana Sol", kind="quote")[0].written == 2
    assert exported("csv", table="facts", predicate="allied_with")[0].written == 0
    assert exported("csv", table="documents", outlet="Sudria Post")[0].written == 1
    loss, _ = exported("csv", table="places", outlet="Sudria Post")
    assert (loss.written, loss.documents) == (1, 1)
    export_desk("parquet", desk, tmp_path / "p", table="documents", text="reopen", published_until="2019-06-01")
    assert pq.read_table(tmp_path / "p")["id"].to_pylist() == ["d1xx"]
    with pytest.raises(UsageError, match="kind: events have no such filter"):
        exported("csv", kind="quote")
    with pytest.raises(UsageError, match="type: documents have no such filter"):
        exported("csv", table="places", type="CONSULT")


def test_stories_and_incidents_are_exported_whole_by_what_belongs_to_them(desk, exported, tmp_path):
    lake = Lake(desk)
    merge_stories(lake)
    merge_incidents(lake)
    rows = list(csv.DictReader(exported("csv", table="incidents")[1].splitlines()))
    assert [(row["document"], row["event"]) for row in rows] == [(f"d{d}xx", f"e{e}") for d in (1, 2) for e in (1, 2, 3)]
    assert len({row["incident"] for row in rows}) == 3
    loss, text = exported("csv", table="incidents", type="AGREE", outlet="Sudria Post")
    assert [(row["document"], row["event"]) for row in csv.DictReader(text.splitlines())] == [("d1xx", "e2"), ("d2xx", "e2")]
    assert (loss.written, loss.documents, loss.events) == (2, 2, 0)
    export_desk("parquet", desk, tmp_path / "p", table="stories", outlet="Sudria Post")
    assert pq.read_table(tmp_path / "p").select(["document", "copy_of"]).to_pylist() == [
        {"document": "d1xx", "copy_of": None}, {"document": "d2xx", "copy_of": "d1xx"},
    ]  # fmt: skip
    (tmp_path / "records.jsonl").write_text("")
    with pytest.raises(UsageError, match="stories: come from a merge; keep the records on a desk"):
        export_records("csv", tmp_path / "records.jsonl", None, table="stories")


def test_tables_of_events_say_who_judged(desk, exported, tmp_path):
    for kind, event, by, changes in (("confirm", "e1", "ann", ()), ("correct", "e3", "bea", ["status=happened"])):
        judge_on(Lake(desk), kind, f"d1xx/{event}", by, "seen", changes)
    rows = {row["id"]: row for row in csv.DictReader(exported("csv", document="d1xx")[1].splitlines())}
    assert [rows[e]["confirmed_by"] for e in ("e1", "e2", "e3")] == ["ann", "", ""]
    assert (rows["e3"]["corrected_by"], rows["e3"]["status"]) == ("bea", "happened")
    for as_coded, by in ((False, ["ann"]), (True, [])):
        export_desk("parquet", desk, tmp_path / "p", as_coded, type="CONSULT", document="d1xx")
        assert pq.read_table(tmp_path / "p")["confirmed_by"].to_pylist() == [by]


def test_statements_and_facts_are_chosen_where_they_have_the_filters(exported):
    def motives(**filters):
        text = exported("annotation", **filters)[1]
        return sorted(a["body"][0]["value"].partition(" (")[0] for a in json.loads(text)["items"])

    fact, said = "Ana Sol holds_office Premier of Norland", "Ana Sol: told"
    assert motives(outlet="Sudria Post") == sorted(["AGREE", "ASSAULT", "CONSULT", fact, said])
    assert motives(published_until="2019-06-01", actor="Ana Sol") == sorted(["AGREE", "CONSULT", fact, said])
    assert motives(type="AGREE", outlet="Sudria Post") == ["AGREE"]
    # those without a day by their report
    assert motives(since="2019-06", document="d1xx") == sorted(["AGREE", "ASSAULT", "CONSULT", said])


def test_filters_are_for_desks(tmp_path, desk, exported):
    (tmp_path / "records.jsonl").write_text("")
    with pytest.raises(UsageError, match="actor: filters choose from a desk"):
        export_records("cameo", tmp_path / "records.jsonl", None, actor="NRL")
    with pytest.raises(UsageError, match="status: there is no 'done'"):
        exported("cameo", status="done")
    with pytest.raises(UsageError, match="cameo: has no option zeros"):
        exported("cameo", zeros=True, actor="NRL")
