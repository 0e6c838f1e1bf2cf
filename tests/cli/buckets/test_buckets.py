"""A desk in a bucket: every command does there what it does in a folder, and says soon what is wrong."""

from __future__ import annotations

import json
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from secrets import token_hex

import pytest

from communique.errors import UsageError
from communique.ontology.datasets import ICEWS
from communique.pipeline import keeping
from communique.pipeline import run as pipeline
from communique.query.view import View
from communique.store import compaction, locks
from communique.store.compaction import compact
from communique.store.lake import Lake
from communique.store.upkeep import troubles
from communique.store.writer import Coder, Writer
from communique.types.record import build

ID = "d1e2f3a4b5c6"
DESK = "s3://news/a desk/2024"


@pytest.fixture
def desk(server, run, fake_house, analysis, tmp_path, monkeypatch):
    """A desk with one report."""
    (tmp_path / "a.txt").write_text("x")
    told = replace(analysis.document, id=ID, source="a.txt")
    monkeypatch.setattr(pipeline, "reader_of", lambda settings: lambda source: [told])
    monkeypatch.chdir(tmp_path)
    done = run("read", "a.txt", "--desk", DESK)
    assert (done.code, done.err) == (0, "") and done.out.endswith("  3 events, 1 statement\n")
    return DESK


def lines(done):
    assert done.code == 0, done.err
    return done.out.splitlines()


def test_reading_again_changes_nothing_and_another_coder_is_compared(desk, run, monkeypatch):
    before = {name: table.version() for name, table in Lake(desk).tables().items()}
    done = run("read", "a.txt", "--desk", desk + "/")
    assert (done.code, done.out, done.err) == (0, "", "1 report of these the desk had already\n")
    assert {name: table.version() for name, table in Lake(desk).tables().items()} == before
    monkeypatch.setattr(keeping, "version", lambda: "9")
    run("read", "a.txt", "--desk", desk)
    new, old = (r["id"] for r in json.loads(run("desk", "info", desk, "--format", "json").out)["runs"])
    assert "1 document read in both runs" in lines(run("diff", old, new, "--desk", desk))[0]
    assert lines(run("desk", "check", desk)) == ["the desk is whole"]


def test_a_bucket_is_looked_after(desk, run, monkeypatch):
    monkeypatch.setattr(keeping, "version", lambda: "9")
    run("read", "a.txt", "--desk", desk)
    assert lines(run("desk", "compact", desk))[0].startswith("8 files fewer")
    assert lines(run("desk", "compact", desk))[0].startswith("0 files fewer")
    assert lines(run("desk", "vacuum", desk, "--hours", "1"))[0].startswith("removed 0 rows without a document and 0 files")
    assert "events" in run("desk", "info", desk).out
    assert lines(run("desk", "check", desk)) == ["the desk is whole"]
    done = run("watch", "a.txt", "--desk", desk)
    assert done.code == 2 and "remembered in a folder" in done.err


def test_listings_pages_and_sql(desk, run):
    listed = ("--desk", desk, "--format", "csv", "--columns")
    assert lines(run("documents", *listed, "id,title")) == ["id,title", f"{ID},"]
    assert lines(run("events", *listed, "id", "--type", "CONSULT")) == ["id", f"{ID}/e1"]
    paged = ("--sort", "-id", "--limit", "1", "--offset", "1")
    assert lines(run("events", *listed, "id", *paged)) == ["id", f"{ID}/e2"]
    assert lines(run("statements", *listed, "id", "--text", "border")) == ["id", f"{ID}/s1"]
    assert len(lines(run("facts", *listed, "id"))) == 2 and len(lines(run("actors", *listed, "id"))) == 4
    counted = run("sql", "SELECT plover, count(*) AS n FROM events GROUP BY ALL ORDER BY 1", "--desk", desk, "--format", "csv")
    assert lines(counted) == ["plover,n", "AGREE,1", "ASSAULT,1", "CONSULT,1"]
    for barred in ("s3://news/a desk/2024/events/*.parquet", "/etc/passwd"):
        done = run("sql", f"SELECT * FROM read_parquet('{barred}')", "--desk", desk)
        assert done.code == 2 and "disabled by configuration" in done.err
    assert lines(run("series", "--desk", desk, "--format", "csv"))[0].startswith("source,target,period,events")
    assert "“We will reopen the border,” Sol" in run("show", f"{ID}/s1", "--desk", desk).out.replace("«", "").replace("»", "")


def test_search_keeps_its_index_in_the_cache(desk, run, tmp_path):
    for again in ((), ("--rebuild",)):
        assert lines(run("search", "soldiers", "--kind", "event", "--desk", desk, *again))[0].startswith(f"{ID}/e3  event")
    (index,) = (tmp_path / "cache" / "communique").glob("*/search.sqlite")
    index.write_bytes(b"broken")
    assert lines(run("search", "soldiers", "--kind", "event", "--desk", desk))[0].startswith(f"{ID}/e3  event")


def test_merging_judging_exporting_importing(desk, run, tmp_path):
    assert lines(run("merge", "--desk", desk))[:2] == ["documents: 1, 1 of them new", "stories: 1"]
    assert len(lines(run("stories", "--desk", desk, "--format", "jsonl"))) == 1
    assert len(lines(run("incidents", "--desk", desk, "--format", "jsonl"))) == 3
    assert lines(run("judge", "confirm", f"{ID}/e1", "--desk", desk, "--why", "seen", "--by", "me"))[0].endswith("  confirm")
    (judged,) = json.loads(run("judgements", "--desk", desk, "--format", "json").out)
    assert (judged["event"], judged["state"]) == (f"{ID}/e1", "holds")
    lines(run("export", "plover", "--desk", desk, "--out", "events.jsonl"))
    assert len((tmp_path / "events.jsonl").read_text().splitlines()) == 3
    line = ["7", "2024-03-04", "Ana Sol", "GOV", "Norland", "Make a visit", "042", "1.9", "Sudria", *[""] * 10, "10.7"]
    (tmp_path / "events.tab").write_text("\n".join(map("\t".join, (ICEWS, line))) + "\n")
    assert "1 rows into imported_icews" in run("import", "events.tab", "--desk", desk).out
    assert "nothing changed" in run("import", "events.tab", "--desk", desk).out


def record(analysis, number):
    """The sample as another document."""
    return build(replace(analysis, document=replace(analysis.document, id=f"d{number}", text_id=f"x{number}")))


def test_two_writers_at_once_double_nothing(server, analysis):
    def write(order):
        with Writer(Lake("s3://news/desk"), Coder("0", "{}"), most=2) as writer:
            for number in order:
                writer.add(record(analysis, number))

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(write, (range(9), range(10, 0, -1))))
    lake = Lake("s3://news/desk")
    assert sorted(lake.rows("documents", ["id"])["id"].to_pylist()) == sorted(f"d{n}" for n in range(11))
    assert len(lake.rows("runs", ["id"])) == 2 and troubles(lake) == []


def test_one_at_a_time_compacts_and_one_that_is_killed_holds_it_for_an_hour(server, analysis, monkeypatch):
    lake = Lake("s3://news/desk")
    with Writer(lake, Coder("0", "{}"), most=1) as writer:
        for number in range(3):
            writer.add(record(analysis, number))

    def killed(table):
        with pytest.raises(UsageError, match=r"is being compacted already; .*, by \d\d:\d\d UTC at the latest"):
            compact(Lake("s3://news/desk"))
        patched.setattr(locks, "_entered", lambda *_: False)  # nothing is entered at the end
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(compaction, "_compact", killed)
        with pytest.raises(KeyboardInterrupt):
            compact(lake)
    with pytest.raises(UsageError, match="is being compacted already"):
        compact(lake)
    later = time.time() + locks.LEASE + 1
    monkeypatch.setattr(locks.time, "time", lambda: later)
    assert compact(lake) > 0 and troubles(lake) == []


def words():
    """Much evidence, none of it twice."""
    return [{"start": n, "end": n + 1, "text": token_hex(200)} for n in range(100)]


def test_only_columns_and_files_that_are_asked_for_are_read(server, analysis):
    lake = Lake("s3://news/desk")
    lake.create()
    for year in (2001, 2002):
        row = {"run": "r", "id": "e1", "when_start": date(year, 1, 1), "trigger": "met"}
        ids = [f"{year}{n}" for n in range(20)]
        lake.append("events", [row | {"document": i, "evidence": words()} for i in ids])
        lake.append("documents", [{"id": i, "run": "r"} for i in ids])
    sizes = [size for path, size in server.tell(list=True).items() if "/events/part" in path]
    with View(lake) as view:
        server.tell()
        found = view.ask("SELECT trigger FROM events WHERE when_start >= DATE '2002-01-01'")
        read = {path: size for path, size in server.tell().items() if "/events/part" in path}
    assert found.num_rows == 20 and len(sizes) == 2 and len(read) == 1
    assert sum(read.values()) < max(sizes) / 2


@pytest.mark.parametrize("command", [("events",), ("read", "a.txt"), ("desk", "info")])
@pytest.mark.parametrize(
    ("bucket", "endpoint", "said"),
    [
        ("none", None, "(NoSuchBucket)"),
        ("closed", None, "(AccessDenied)"),
        ("news", "http://127.0.0.1:1", "refused"),
    ],
)
def test_what_cannot_be_reached_is_told_soon(server, run, fake_house, monkeypatch, command, bucket, endpoint, said):
    server.tell(new="closed", closed=["closed"])
    if endpoint is not None:
        monkeypatch.setenv("AWS_ENDPOINT_URL", endpoint)
    place = f"s3://{bucket}/desk"
    began = time.monotonic()
    done = run(*command, *([place] if command[0] == "desk" else ["--desk", place]))
    assert time.monotonic() - began < 20 and done.code in (1, 2) and done.out == ""
    assert done.err.startswith(f"communique: {place}: ") and said in done.err and len(done.err.splitlines()) == 1
    assert "; check the address, the credentials and the network" in done.err


def test_a_bucket_that_closes_meanwhile(desk, server, run):
    server.tell(sealed=["news"])
    assert "can't be written (AccessDenied)" in run("judge", "confirm", f"{ID}/e1", "--desk", desk, "--why", "seen").err
    with View(Lake(desk)) as view:
        server.tell(closed=["news"])
        with pytest.raises(Exception, match=r"a file of the desk can't be read \(AccessDenied\)"):
            view.ask("SELECT * FROM events")
