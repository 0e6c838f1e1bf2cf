"""The desk: records whole or not there, a journal that outlives its writer, one watcher at a time."""

import sqlite3
import subprocess
import sys

import pytest

from communique.errors import DataError, UsageError
from communique.store.desk import Desk
from communique.store.journal import Journal, Place
from communique.store.records import RecordFolder
from communique.types.record import build


def test_a_record_is_written_once_and_read_back(tmp_path, analysis):
    records, record = RecordFolder(tmp_path / "records"), build(analysis)
    assert records.write(record) is True
    assert records.path("d1") == tmp_path / "records" / "d1" / "d1.json"
    assert records.read("d1") == record
    before = records.path("d1").stat().st_mtime_ns
    assert records.write(record) is False and records.path("d1").stat().st_mtime_ns == before


def test_a_write_that_breaks_off_leaves_no_record_and_its_draft_is_removed(tmp_path, analysis, monkeypatch):
    records = RecordFolder(tmp_path)

    def full(_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(OSError, match="No space"):
        records.write(build(analysis))
    assert [p.name for p in tmp_path.rglob("*") if p.is_file()] == ["d1.draft"]
    records.tidy()
    assert [p for p in tmp_path.rglob("*") if p.is_file()] == []


def test_versions_are_counted_and_name_what_they_supersede(tmp_path, analysis):
    from dataclasses import replace

    with Desk(tmp_path / "desk") as desk:
        first = desk.keep(build(analysis), "sample.txt", 10.0)
        changed = replace(analysis.document, id="d2", text_id="x2")
        second = desk.keep(build(replace(analysis, document=changed)), "sample.txt", 20.0)
    assert (first.number, first.supersedes) == (1, None) and (second.number, second.supersedes) == (2, "d1")
    with Desk(tmp_path / "desk") as desk:
        assert desk.journal.versions("sample.txt") == (first, second)
        assert desk.journal.has("sample.txt", "x1") and not desk.journal.has("other.txt", "x1")
        assert desk.records.path("d1").exists() and desk.records.path("d2").exists()


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
        Desk(tmp_path)
    (tmp_path / "watch.sqlite").unlink()
    Desk(tmp_path).__exit__(None, None, None)
    sqlite3.connect(tmp_path / "watch.sqlite", isolation_level=None).execute("PRAGMA user_version = 7")
    with pytest.raises(DataError, match="another version of Communique"):
        Desk(tmp_path)


def test_a_desk_has_one_watcher_and_opens_again_when_that_is_killed(tmp_path):
    code = (
        "import sys, time; from pathlib import Path; from communique.store.desk import Desk\n"
        "desk = Desk(Path(sys.argv[1])); print('open', flush=True); time.sleep(60)"
    )
    other = subprocess.Popen([sys.executable, "-c", code, tmp_path], stdout=subprocess.PIPE)
    assert other.stdout.readline() == b"open\n"
    with pytest.raises(UsageError, match="is being watched already"):
        Desk(tmp_path)
    other.kill()
    other.wait()
    with Desk(tmp_path), pytest.raises(UsageError, match="is being watched already"):
        Desk(tmp_path)
    with Desk(tmp_path):
        pass


def test_a_desk_that_cannot_be_written_is_refused(tmp_path):
    (tmp_path / "file").write_text("x")
    with pytest.raises(UsageError, match="no desk can be kept there"):
        Desk(tmp_path / "file")
