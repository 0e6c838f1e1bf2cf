"""Relations are asked when their rows are wanted; sorted and paged without loss; written in every form."""

import csv
import io
import json

import pyarrow.parquet as pq
import pytest

from communique.errors import UsageError
from communique.query.formats import check_form, save, write

from .conftest import FIRST, SECOND, keep


def test_pages_hold_every_row_once(desk):
    events = desk.events().sort("status")
    whole = [row["id"] for row in events.rows()]
    assert len(set(whole)) == events.count() == 6
    assert [row["id"] for at in range(0, 6, 2) for row in events.page(2, at).rows()] == whole
    assert events.page(2).count() == 6


def test_without_another_order_the_latest_report_comes_first_and_events_as_told(desk):
    a, b = FIRST[:12], SECOND[:12]
    assert [row["id"] for row in desk.events().ordered().rows()] == [f"{d}/e{n}" for d in (b, a) for n in (1, 2, 3)]
    assert [row["id"] for row in desk.documents().page(5).rows()] == [b, a]


def test_rows_without_a_value_come_last_both_ways(desk):
    for key in ("when_start", "-when_start"):
        assert [row["when_start"] is None for row in desk.events().sort(key).rows()] == [False] * 2 + [True] * 4


def test_a_relation_is_lazy(desk, lake, analysis):
    from dataclasses import replace

    from communique.types.record import build

    events = desk.events(type="CONSULT")
    keep(lake, build(replace(analysis, document=replace(analysis.document, id="dddd" + "0" * 60, text_id="x4"))), "r2")
    assert events.count() == 2
    desk.refresh()
    assert events.count() == 3 == len(events.df()) == events.arrow().num_rows


def test_unknown_columns_and_pages_that_are_none_are_refused(desk):
    with pytest.raises(UsageError, match="no such column"):
        desk.events().sort('status" DESC; --')
    with pytest.raises(UsageError, match="no such column"):
        desk.events().pick("text")
    with pytest.raises(UsageError, match="counts"):
        desk.events().page(-1)


def test_every_form_holds_the_same_rows(desk, tmp_path):
    events = desk.events().pick("id", "status", "actor_names", "when_start", "evidence").ordered()
    ids = [row["id"] for row in events.rows()]
    texts = {}
    for form in ("json", "jsonl", "csv"):
        file = io.StringIO()
        write(events, form, file)
        texts[form] = file.getvalue()
    rows = json.loads(texts["json"])
    assert rows == [json.loads(line) for line in texts["jsonl"].splitlines()]
    assert [row["id"] for row in rows] == ids and rows[0]["when_start"] == "2019-06-03"
    first, *_ = cells = list(csv.DictReader(io.StringIO(texts["csv"])))
    assert [row["id"] for row in cells] == ids and first["actor_names"] == "Ana Sol; Sudria"
    assert json.loads(first["evidence"])["start"] == 22
    save(events, "parquet", tmp_path / "events.parquet")
    assert pq.read_table(tmp_path / "events.parquet").to_pylist() == events.rows()


def test_no_rows_are_a_whole_file_too(desk, tmp_path):
    none = desk.events(type="AID")
    for form, empty in (("json", "[]\n"), ("jsonl", ""), ("csv", ",".join(none.columns) + "\n")):
        save(none, form, tmp_path / "none")
        assert (tmp_path / "none").read_text() == empty
    save(none, "parquet", tmp_path / "none")
    assert pq.read_table(tmp_path / "none").schema.names == list(none.columns)


def test_a_file_is_as_it_was_where_the_rows_can_not_be_had(desk, tmp_path):
    (tmp_path / "rows.csv").write_text("before")
    for form in ("csv", "parquet"):
        with pytest.raises(UsageError):
            save(desk.sql("SELECT CAST(id AS INTEGER) AS x FROM events"), form, tmp_path / "rows.csv")
    assert [p.name for p in tmp_path.glob("*rows*")] == ["rows.csv"] and (tmp_path / "rows.csv").read_text() == "before"


def test_what_is_no_number_is_none_in_json(desk):
    file = io.StringIO()
    write(desk.sql("SELECT 'nan'::DOUBLE AS a, 'infinity'::DOUBLE AS b, 1.50::DECIMAL(9, 2) AS c"), "json", file)
    assert json.loads(file.getvalue()) == [{"a": None, "b": None, "c": "1.50"}]


def test_forms_that_do_not_fit_are_refused(tmp_path):
    with pytest.raises(UsageError, match="--out"):
        check_form("parquet", None)
    with pytest.raises(UsageError, match="terminal"):
        check_form("table", tmp_path / "x")
