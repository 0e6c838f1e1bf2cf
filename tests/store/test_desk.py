"""The desk that is watched: records in its tables, a journal that outlives its writer, one watcher at a time."""

import sqlite3
import subprocess
import sys
from dataclasses import replace

import pytest

from communique.errors import DataError, UsageError
from communique.store.desk import Desk
from communique.store.journal import Journal, Place
from communique.store.writer import Coder
from communique.types.record import build

CODER = Coder("0.0.0", "{}")


def test_a_record_is_kept_once_and_read_back(tmp_path, analysis):
    record = build(analysis)
    with Desk(tmp_path / "desk", CODER) as desk:
        assert desk.record("d1") is None
        desk.keep(record, "sample.txt", 10.0)
        desk.keep(record, "copy.txt", 20.0)
        assert desk.record("d1") == record
        assert len(desk.lake.rows("events", ["id"])) == len(record.events)
    with Desk(tmp_path / "desk", Coder("0.0.1", "{}")) as desk:
        assert desk.record("d1") is None


def test_a_bucket_is_refused():
    with pytest.raises(UsageError, match="remembered in a folder"):
        Desk("s3://bucket/desk", CODER)


def test_versions_are_counted_and_name_what_they_supersede(tmp_path, analysis):
    with Desk(tmp_path / "desk", CODER) as desk:
        first = desk.keep(build(analysis), "sample.txt", 10.0)
        changed = replace(analysis.document, id="d2", text_id="x2")
        second = desk.keep(build(replace(analysis, document=changed)), "sample.txt", 20.0)
    assert (first.number, first.supersedes) == (1, None) and (second.number, second.supersedes) == (2, "d1")
    with Desk(tmp_path / "desk", CODER) as desk:
        assert desk.journal.versions("sample.txt") == (first, second)
        assert desk.journal.has("sample.txt", "x1") and not desk.journal.has("other.txt", "x1")
        assert desk.record("d1").document.text_id == "x1" and desk.record("d2").document.text_id == "x2"


def test_places_come_back_as_they_were_noted(tmp_path):
    journal = Journal(tmp_path / "j.sqlite")
    place = Place("a", "feed", "told", "hash", "a/", '"tag"', "Mon", "1 2 3", True, 1.5, 2, "why", 99.0)
    journal.note(place)
    journal.note(Place("b", "feed", first=1.0))
    assert journal.place("a") == place and journal.place("none") is None
    assert journal.has_due("feed", 99.0) and not journal.has_due("feed", 98.0)
    assert journal.children("feed") == {"a"}
    journal.drop({"a"})
    assert journal.children("feed") == set() and not journal.has_due("feed", 1e9)
    journal.close()


def test_a_journal_that_is_none_is_named(tmp_path):
    (tmp_path / "watch.sqlite").write_bytes(b"nothing of the kind" * 100)
    with pytest.raises(DataError, match=r"watch\.sqlite: no journal that can be read"):
        Desk(tmp_path, CODER)
    (tmp_path / "watch.sqlite").unlink()
    Desk(tmp_path, CODER).__exit__(None, None, None)
    sqlite3.connect(tmp_path / "watch.sqlite", isolation_level=None).execute("PRAGMA user_version = 7")
    with pytest.raises(DataError, match="another version of Communique"):
        Desk(tmp_path, CODER)


def test_a_desk_has_one_watcher_and_opens_again_when_that_is_killed(tmp_path):
    code = (
        "import sys, time; from pathlib import Path; from communique.store.desk import Desk\n"
        "from communique.store.writer import Coder\n"
        "desk = Desk(Path(sys.argv[1]), Coder('0', '{}')); print('open', flush=True); time.sleep(60)"
    )
    other = subprocess.Popen([sys.executable, "-c", code, tmp_path], stdout=subprocess.PIPE)
    assert other.stdout.readline() == b"open\n"
    with pytest.raises(UsageError, match="is being watched already"):
        Desk(tmp_path, CODER)
    other.kill()
    other.wait()
    with Desk(tmp_path, CODER), pytest.raises(UsageError, match="is being watched already"):
        Desk(tmp_path, CODER)
    with Desk(tmp_path, CODER):
        pass


def test_a_desk_that_cannot_be_written_is_refused(tmp_path):
    (tmp_path / "file").write_text("x")
    with pytest.raises(UsageError, match="no desk can be kept there"):
        Desk(tmp_path / "file", CODER)
