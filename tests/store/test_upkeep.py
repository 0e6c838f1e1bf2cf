"""Upkeep: what a desk holds, what is wrong with it, what belongs to nothing; and what a newer run changed."""

import os
import shutil
import time
from dataclasses import replace

import pytest
from deltalake import DeltaTable

from communique.errors import UsageError
from communique.store.changes import compare
from communique.store.compaction import compact
from communique.store.locks import lock
from communique.store.upkeep import account, troubles, vacuum
from communique.store.writer import Coder, Writer
from communique.types.text import Span

OLD, NEW = Coder("0.0.1", "{}"), Coder("0.0.2", "{}")


def later(analysis):
    """The sample as a coder sees it that misses one event, finds another and tells a third otherwise; who hears a statement
    longer, of somebody else, and takes an office for an alliance."""
    met, reopen, killed = analysis.events
    moved = replace(killed, id="e1", trigger=analysis.statements[0].cue, plover="ACCUSE")
    events = (moved, replace(reopen, status="happened"), replace(met, id="e3"))
    (said,), (office,) = analysis.statements, analysis.facts
    longer = replace(said, speaker="a3", content=Span(said.content.start - 1, said.content.end))
    return replace(analysis, events=events, statements=(longer,), facts=(replace(office, predicate="allied_with"),))


@pytest.fixture
def two_runs(lake, record):
    """The runs of two coders; the second reads `d1` again."""
    with Writer(lake, OLD) as writer:
        writer.add(record(1))
        writer.add(record(2))
        first = writer.run()
    with Writer(lake, NEW) as writer:
        writer.add(record(1, later))
        second = writer.run()
    return first, second


def test_an_account_of_a_desk(lake, two_runs):
    found = account(lake)
    assert (found.tables["events"].rows, found.tables["events"].hidden, found.tables["events"].files) == (6, 3, 2)
    assert [(run.id, run.documents) for run in found.runs] == [(two_runs[1], 1), (two_runs[0], 1)]
    assert str(found.first) == str(found.last) == "2019-06-03" and found.tables["events"].bytes > 1000


def test_a_desk_of_an_older_version_lacks_tables_that_are_new(lake, two_runs):
    for name in ("versions", "sketches"):
        shutil.rmtree(lake.at(name))
    found = account(lake).tables
    assert (found["versions"].rows, found["versions"].files) == (0, 0) and found["events"].rows == 6
    assert troubles(lake) == [] and vacuum(lake, 1) == (0, 0)


def test_changes_are_found_by_their_words(lake, two_runs):
    found = compare(lake, two_runs[0][:9], two_runs[1])
    told = [(c.kind, c.id, c.type, c.words, [(f.field, f.before, f.after) for f in c.fields]) for c in found.changes]
    words = "We will reopen the border"
    speaker = [("speaker_name", "Ana Sol", "Norland Radio"), ("content", words, f"“{words}")]
    assert told == [
        ("changed", "e2", "AGREE", "reopen", [("status", "planned", "happened")]),
        ("lost", "e3", "ASSAULT", "killed", []),
        ("gained", "e1", "ACCUSE", "told", []),
        ("changed", "s1", "quote", f"“{words}", speaker),
        ("lost", "f1", "holds_office", "Ana Sol holds_office Premier of Norland", []),
        ("gained", "f1", "allied_with", "Ana Sol allied_with Premier of Norland", []),
    ]
    assert [c.told for c in found.changes] == ["event"] * 3 + ["statement", "fact", "fact"]
    assert found.documents == ("d1",)


def test_runs_that_cannot_be_compared(lake, two_runs, record):
    with Writer(lake, NEW) as writer:
        writer.add(record(7))
        third = writer.run()
    for one, other, said in (
        ("", third, "no such run"),
        ("x", third, "no such run"),
        (two_runs[0], third, "no document was read"),
    ):
        with pytest.raises(UsageError, match=said):
            compare(lake, one, other)


def test_what_is_lost_or_doubled_is_found(lake, two_runs):
    assert troubles(lake) == []
    DeltaTable(lake.at("facts")).delete("document = 'd2'")
    lake.append("statements", lake.rows("statements", ["document", "run", "id"]).slice(0, 1).to_pylist())
    lake.append("documents", [{"id": "d2", "run": "none", "record": "{}"}])
    found = "\n".join(troubles(lake))
    for said in (
        "document d2 is there more than once",
        "run none of",
        "facts of document d2 are not",
        "statements of document d",
    ):
        assert said in found


def test_compacting_keeps_every_row(lake, record):
    with Writer(lake, OLD, most=1) as writer:
        for number in range(4):
            writer.add(record(number))
    before = lake.rows("events", ["document", "id"]).sort_by([("document", "ascending"), ("id", "ascending")])
    assert compact(lake) > 20 and len(lake.files("events")) == 1
    assert lake.rows("events", ["document", "id"]).sort_by([("document", "ascending"), ("id", "ascending")]) == before
    assert compact(lake) == 0


def test_one_at_a_time_compacts(lake, two_runs):
    held = lock(lake.folder / "compact.lock", "busy")
    with pytest.raises(UsageError, match="is being compacted already"):
        compact(lake)
    held.close()
    assert compact(lake) > 0


def test_vacuum_removes_what_belongs_to_nothing_once_it_is_old(lake, two_runs, monkeypatch):
    lake.append("events", [{"document": "d9", "run": two_runs[0], "id": "e1"}, {"document": "d2", "run": "gone", "id": "e1"}])
    assert vacuum(lake, 1) == (0, 0)
    with pytest.raises(UsageError, match="too short"):
        vacuum(lake, 0)
    rows = len(lake.rows("events", ["id"]))
    monkeypatch.setattr("communique.store.upkeep.datetime", Later)
    assert vacuum(lake, 1)[0] == 2
    assert len(lake.rows("events", ["id"])) == rows - 2 and troubles(lake) == []


class Later:
    """A clock that is two hours ahead."""

    @staticmethod
    def now(zone):
        from datetime import datetime, timedelta

        return datetime.now(zone) + timedelta(hours=2)


def test_vacuum_removes_files_that_no_table_has(lake, two_runs):
    stray = lake.folder / "events" / "part-00000-stray-c000.zstd.parquet"
    stray.write_bytes(b"cut off")
    os.utime(stray, (time.time() - 7200,) * 2)
    assert vacuum(lake, 1) == (0, 1) and not stray.exists()
    assert troubles(lake) == []
