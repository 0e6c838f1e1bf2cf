"""The commands that ask a desk."""

import json

import pytest

from communique.store.lake import Lake
from communique.store.tables import rows_of
from communique.types.record import build


@pytest.fixture
def place(tmp_path, analysis):
    lake = Lake(tmp_path / "desk")
    lake.create()
    for name, rows in rows_of(build(analysis), "r1").items():
        lake.append(name, rows)
    return lake.place


def test_listings_take_filters_and_give_every_form(run, place, tmp_path):
    done = run("events", "--desk", place, "--dyad", "SDR", "NRL", "--vouched", "--since", "2019-06")
    assert done.code == 0 and "d1/e1" in done.out and "CONSULT" in done.out and "d1/e2" not in done.out
    rows = run("events", "--desk", place, "--status", "planned", "--status", "denied", "--format", "json", "--sort", "-id").out
    assert [row["id"] for row in json.loads(rows)] == ["d1/e3", "d1/e2"]
    assert (
        run("actors", "--desk", place, "--columns", "id,name", "--format", "csv", "--limit", "1").out
        == "id,name\nd1/a1,Ana Sol\n"
    )
    out = tmp_path / "said.jsonl"
    assert run("statements", "--desk", place, "--format", "jsonl", "--out", out).out == ""
    assert json.loads(out.read_text(encoding="utf-8"))["content"] == "We will reopen the border"
    for listing in ("documents", "facts", "stories", "incidents"):
        assert run(listing, "--desk", place).code == 0


def test_what_came_after_the_last_merge_is_told(run, place):
    told = "1 report is newer than the last merge, and in no story or incident; communique merge brings them in"
    assert told in run("incidents", "--desk", place).err and told not in run("events", "--desk", place).err
    assert run("merge", "--desk", place).code == 0
    done = run("incidents", "--desk", place, "--format", "csv")
    assert told not in done.err and told not in done.out


def test_a_table_says_what_it_leaves_out(run, place):
    done = run("events", "--desk", place, "--limit", "1")
    assert "1 of 3 rows" in done.err and "d1/e2" not in done.out


def test_sql_search_and_show(run, place):
    assert json.loads(run("sql", "SELECT count(*) AS n FROM events", "--desk", place, "--format", "json").out) == [{"n": 3}]
    assert "reopen the «border»" in run("search", "border", "--desk", place).out
    assert run("search", "harbour", "--desk", place).out == "nothing found\n"
    assert (
        json.loads(run("search", '"the border"', "--kind", "event", "--desk", place, "--format", "json").out)[0]["id"]
        == "d1/e2"
    )
    shown = run("show", "d1/e1", "--desk", place).out
    assert "«Premier Ana Sol of Norland met envoys" in shown and "status: happened" in shown
    assert json.loads(run("show", "d1/e1", "--desk", place, "--format", "json").out)["fields"]["when_start"] == "2019-06-03"


def test_what_can_not_be_asked_ends_with_two(run, place, tmp_path):
    for arguments in (
        ("events", "--desk", tmp_path / "none"),
        ("events", "--desk", place, "--type", "TALK"),
        ("events", "--desk", place, "--format", "parquet"),
        ("sql", "SELECT * FROM read_text('/etc/passwd')", "--desk", place),
        ("sql", "DROP VIEW events", "--desk", place),
        ("show", "x", "--desk", place),
        ("search", "...", "--desk", place),
    ):
        done = run(*arguments)
        assert done.code == 2 and done.err.startswith("communique: ") and done.out == "", arguments


def test_an_empty_answer_says_why(run, place):
    told = "place: nothing on the desk fits 'Lisbn'; it has Lisbon"
    for words in (("events",), ("incidents",), ("series",), ("plans",), ("search", "border")):
        done = run(*words, "--desk", place, "--place", "Lisbn")
        assert done.code == 0 and told in done.err, words
        assert told not in run(*words, "--desk", place, "--place", "Lisbon").err
    assert "nothing" not in run("search", "harbour", "--desk", place).err


def test_events_that_stand_on_the_day_of_their_report_are_told(run, place):
    told = "2 events without days of their own stand on those of the report"
    assert told in run("events", "--desk", place, "--since", "2019-06").err
    assert "stand on" not in run("events", "--desk", place).err + run("events", "--desk", place, "--until", "2018").err
