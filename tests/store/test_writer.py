"""Writing: a report is in or it is not, once, whoever else writes and whoever is killed."""

import os
import random
import signal
import subprocess
import sys
import time
from dataclasses import replace

import duckdb
import pyarrow as pa
import pytest
from deltalake import DeltaTable

from communique.errors import DataError, UsageError
from communique.store.lake import Lake
from communique.store.tables import CHILDREN, SCHEMAS
from communique.store.upkeep import troubles
from communique.store.writer import Coder, Writer
from communique.types.record import Record

OLD, NEW = Coder("0.0.1", "{}"), Coder("0.0.2", "{}")


def counted(lake, name):
    """How many rows of a table count."""
    return duckdb.execute(f"SELECT count(*) FROM ({lake.visible(name).select()})").fetchone()[0]


def runs_of(lake):
    rows = lake.rows("documents", ["id", "run"]).to_pylist()
    return {row["id"]: row["run"] for row in rows}


def test_a_record_comes_back_and_its_rows_lead_to_its_run(lake, record):
    one = record(1)
    with Writer(lake, OLD) as writer:
        writer.add(one)
    (row,) = lake.rows("documents", ["record", "run"]).to_pylist()
    assert Record.from_json(row["record"]) == one
    for name in CHILDREN:
        rows = lake.rows(name, ["document", "run"]).to_pylist()
        assert rows and all(r == {"document": "d1", "run": row["run"]} for r in rows)
    (run,) = lake.rows("runs", ["id", "version", "settings"]).to_pylist()
    assert run == {"id": row["run"], "version": "0.0.1", "settings": "{}"}
    assert troubles(lake) == []


def test_batches_are_full_or_old(lake, record, monkeypatch):
    now = [0.0]
    monkeypatch.setattr("communique.store.writer.time.monotonic", lambda: now[0])
    with Writer(lake, OLD, most=3, seconds=10.0) as writer:
        assert [writer.add(record(n)) for n in range(3)] == [False, False, True]
        assert len(runs_of(lake)) == 3
        assert not writer.add(record(3))
        now[0] = 11.0
        assert writer.add(record(4)) and len(runs_of(lake)) == 5
        writer.add(record(5))
    assert len(runs_of(lake)) == 6 and len(lake.rows("runs", ["id"])) == 1


def test_reading_twice_changes_nothing(lake, record):
    with Writer(lake, OLD) as writer:
        writer.add(record(1))
        assert writer.known(["d1", "d2"]) == {"d1"}  # with the next batch
    versions = {name: DeltaTable(lake.at(name)).version() for name in SCHEMAS}
    with Writer(lake, OLD) as writer:
        assert writer.known(["d1", "d2"]) == {"d1"}
        writer.add(record(1))
    assert {name: DeltaTable(lake.at(name)).version() for name in SCHEMAS} == versions


@pytest.mark.parametrize("coder", [NEW, Coder("0.0.1", '{"published": "2019-06-03"}')])
def test_another_coder_takes_the_place_and_the_older_run_stays(lake, record, coder):
    def later(analysis):
        return replace(analysis, events=analysis.events[:2])

    with Writer(lake, OLD) as writer:
        writer.add(record(1))
        writer.add(record(2))
    with Writer(lake, coder) as writer:
        assert writer.known(["d1"]) == set()
        writer.add(record(1, later))
        writer.add(record(3, later))
    runs = runs_of(lake)
    assert runs["d1"] == runs["d3"] != runs["d2"]
    assert counted(lake, "events") == 2 + 3 + 2 and len(lake.rows("events", ["id"])) == 10
    (older,) = lake.rows("superseded", ["id", "run", "record"]).to_pylist()
    assert (older["id"], older["run"]) == ("d1", runs["d2"]) and Record.from_json(older["record"]) == record(1)
    assert troubles(lake) == []


def test_a_third_coder_takes_the_place_of_the_second(lake, record):
    for coder in (OLD, NEW, Coder("0.0.3", "{}")):
        with Writer(lake, coder) as writer:
            writer.add(record(1))
    assert runs_of(lake) == {"d1": writer.run()} and len(lake.rows("superseded", ["run"])) == 2
    assert counted(lake, "events") == 3 and troubles(lake) == []


def test_of_two_writers_with_the_same_report_the_first_counts(lake, record):
    first, second = Writer(lake, OLD), Writer(lake, OLD)
    first.add(record(1))
    second.add(record(1))
    second.known(["d1"])  # it has looked before the first writes
    put, asked = second._lake.put_documents, []

    def late(table, rows, replace):
        if not asked:
            asked.append(True)
            first.flush()
        put(table, rows, replace)

    second._lake = Lake(lake.place)
    second._lake.put_documents = late
    second.flush()
    assert runs_of(lake) == {"d1": first.run()}
    assert counted(lake, "events") == 3 and len(lake.rows("events", ["id"])) == 6


def test_a_writer_with_a_newer_coder_that_comes_second_counts(lake, record):
    first, second = Writer(lake, OLD), Writer(lake, NEW)
    first.add(record(1))
    second.add(record(1))
    put = second._lake.put_documents
    second._lake = Lake(lake.place)
    second._lake.put_documents = lambda table, rows, replace: (first.flush(), put(table, rows, replace))
    second.flush()
    assert runs_of(lake) == {"d1": second.run()}
    assert lake.rows("superseded", ["run"]).to_pylist() == [{"run": first.run()}]


def test_what_breaks_off_is_not_seen_and_is_written_whole_the_next_time(lake, record, monkeypatch):
    writer = Writer(lake, OLD)
    writer.add(record(1))

    def full(table, rows, replace):
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(lake, "put_documents", full)
        with pytest.raises(DataError, match=r"desk: the desk can't be written \(.*No space left"):
            writer.flush()
    assert runs_of(lake) == {} and counted(lake, "events") == 0 and len(lake.rows("events", ["id"])) == 3
    writer.flush()
    assert counted(lake, "events") == 3 and len(lake.rows("events", ["id"])) == 6 and troubles(lake) == []


def test_a_writer_that_others_never_let_write_says_so(lake, record, monkeypatch):
    monkeypatch.setattr("communique.store.writer._TRIES", 8)
    pauses = []
    writer, other = Writer(lake, OLD, sleep=pauses.append), Writer(Lake(lake.place), OLD, most=1)
    writer.add(record(0))
    put, numbers = lake.put_documents, iter(range(1, 100))
    lake.put_documents = lambda table, rows, replace: (other.add(record(next(numbers))), put(table, rows, replace))
    with pytest.raises(DataError, match="others keep writing"):
        writer.flush()
    assert len(pauses) == 8 and max(pauses) > 0.1 and "d0" not in runs_of(lake)


def test_many_small_files_are_put_together(lake, record, monkeypatch):
    monkeypatch.setattr("communique.store.writer._MANY", 4)
    with Writer(lake, OLD, most=1) as writer:
        for number in range(9):
            writer.add(record(number))
    assert len(lake.files("events")) < 5 and len(runs_of(lake)) == 9 and troubles(lake) == []


def test_a_desk_by_an_address_of_a_file_and_what_is_none(tmp_path, record):
    with Writer(Lake(f"file://{tmp_path}/a%20desk"), OLD) as writer:
        writer.add(record(1))
    assert len(runs_of(Lake(tmp_path / "a desk"))) == 1
    (tmp_path / "file").write_text("x")
    with pytest.raises(UsageError, match="no desk can be kept there"):
        Writer(Lake(tmp_path / "file"), OLD)
    with pytest.raises(UsageError, match="no such table"):
        Lake(tmp_path).at("../events")
    with pytest.raises(UsageError, match="no desk; name the place"):
        Lake(tmp_path).check_there()


def test_columns_that_an_older_desk_lacks_are_made(lake, record):
    short = pa.schema([f for f in SCHEMAS["events"] if f.name != "confidence"])
    DeltaTable.create(lake.at("events"), short)
    with Writer(lake, OLD) as writer:
        writer.add(record(1))
    assert lake.rows("events", ["confidence"])["confidence"].to_pylist() == [0.9, 0.5, 0.5]


PARENT = """
import os, sys
from contextlib import suppress
from dataclasses import replace
sys.path.insert(0, sys.argv[2])
from conftest import sample
from communique.errors import UsageError
from communique.store.compaction import compact
from communique.store.lake import Lake
from communique.store.writer import Coder, Writer
from communique.types.record import build

analysis = sample()

def record(number):
    return build(replace(analysis, document=replace(analysis.document, id=f"d{number}", text_id=f"x{number}")))

def write(first, last):
    lake = Lake(sys.argv[1])
    with Writer(lake, Coder("0", "{}"), most=5) as writer:
        print("open", flush=True)
        for number in range(first, last):
            if not writer.known([f"d{number}"]) and writer.add(record(number)):
                print("written", number, flush=True)
        writer.flush()
        with suppress(UsageError):  # the other does it
            compact(lake, 20)
    print("done", flush=True)

for line in sys.stdin:
    child = os.fork()
    if child == 0:
        print("child", os.getpid(), flush=True)
        write(*map(int, line.split()))
        os._exit(0)
    os.waitpid(child, 0)
    print("ended", flush=True)
"""


def parent_of(place):
    """A process that has loaded all modules, and whose children write."""
    command = [sys.executable, "-c", PARENT, str(place), os.path.dirname(os.path.dirname(__file__))]
    return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="the system has no fork")
def test_killed_at_any_moment_with_two_writers_nothing_is_lost_or_doubled(lake):
    chance = random.Random(5)
    lake.create()
    parents = [parent_of(lake.place) for _ in range(2)]
    claimed = set()
    for attempt in range(50):
        children = []
        for parent in parents:  # both write the same reports
            print(2 * attempt, 2 * attempt + 40, file=parent.stdin, flush=True)
            children.append(int(parent.stdout.readline().split()[1]))
        for child, parent in zip(children, parents, strict=True):
            lines = [parent.stdout.readline() for _ in range(chance.choice((0, 1, 1, 2)))]
            time.sleep(chance.uniform(0.0, 0.1))
            os.kill(child, signal.SIGKILL)
            lines += iter(parent.stdout.readline, "ended\n")
            claimed |= {int(line.split()[1]) for line in lines if line.startswith("written")}
    orphans = len(lake.rows("events", ["id"])) - counted(lake, "events")
    assert len(claimed) > 10 and orphans > 0
    assert {f"d{number}" for number in claimed} <= runs_of(lake).keys()
    for parent in parents:
        print(0, 140, file=parent.stdin, flush=True)
    for parent in parents:
        out, _ = parent.communicate(timeout=120)
        assert out.splitlines()[-2:] == ["done", "ended"]
    ids = lake.rows("documents", ["id"])["id"].to_pylist()
    assert len(ids) == len(set(ids)) == 140 and set(ids) == {f"d{n}" for n in range(140)}
    assert troubles(lake) == []
    assert counted(lake, "events") == 3 * 140 and counted(lake, "statements") == 140
