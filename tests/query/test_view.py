"""What a view shows, and what it shuts off."""

import threading

import pytest

from communique.errors import DataError, UsageError
from communique.query.view import View
from communique.store.lake import Lake
from communique.store.tables import SCHEMAS

from .conftest import FIRST, keep, reports


def test_rows_without_their_document_and_run_do_not_count(lake):
    with View(lake) as view:
        for name in ("actors", "mentions", "events", "statements", "facts"):
            assert view.ask(f"SELECT DISTINCT run FROM {name}").to_pylist() == [{"run": "r1"}], name
        assert view.ask("SELECT count(*) AS n FROM events")["n"].to_pylist() == [6]


def test_every_table_has_a_view_with_its_columns_also_where_nothing_was_written(tmp_path, analysis):
    lake = Lake(tmp_path / "desk")
    with pytest.raises(UsageError, match="no desk"):
        View(lake)
    lake.create()
    with View(lake) as view:
        for name, schema in SCHEMAS.items():
            marks = ["corrected_by", "confirmed_by"] if name == "events" else []
            assert view.ask(f"SELECT * FROM {name}").schema.names == schema.names + marks, name


def test_a_view_shows_what_was_written_since_only_when_it_is_refreshed(tmp_path, analysis):
    lake = Lake(tmp_path / "desk")
    lake.create()
    count = "SELECT count(*) AS n FROM events"
    with View(lake) as view:
        keep(lake, reports(analysis)[0], "r1")
        assert view.ask(count)["n"].to_pylist() == [0]
        assert view.refresh() and not view.refresh()
        assert view.ask(count)["n"].to_pylist() == [3]


def test_a_bucket_is_read_through_delta(lake, monkeypatch):
    there = Lake(lake.place)
    with View(there) as view:
        by_duckdb = view.ask("SELECT * FROM events ORDER BY document, id").to_pylist()
    monkeypatch.setattr(Lake, "folder", None)  # as for an address that is no folder
    with View(there) as view:
        assert view.ask("SELECT * FROM events ORDER BY document, id").to_pylist() == by_duckdb != []
        assert view.ask("SELECT name FROM actors WHERE document = ? AND id = 'a1'", (FIRST,)).num_rows == 1


def test_a_file_that_is_gone_is_told_and_not_taken_for_no_rows(lake):
    with View(lake) as view:
        for file in (lake.folder / "events").glob("*.parquet"):
            file.unlink()
        with pytest.raises(DataError, match="open the desk anew"):
            view.ask("SELECT trigger FROM events")


def test_several_threads_ask_at_once(lake):
    answers = []
    with View(lake) as view:
        ask = lambda: answers.extend(view.ask("SELECT count(*) AS n FROM statements")["n"].to_pylist())
        threads = [threading.Thread(target=ask) for _ in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert answers == [2] * 8
