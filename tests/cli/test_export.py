"""`communique export`."""

import os
import signal
import time
from pathlib import Path

import pytest

from communique.store.lake import Lake
from communique.store.writer import Coder, Writer
from communique.types.record import build


@pytest.fixture
def records(tmp_path, analysis) -> Path:
    file = tmp_path / "records.jsonl"
    file.write_text(build(analysis).to_json() + "\n", encoding="utf-8")
    return file


def test_a_file_of_records_is_exported_and_its_loss_told(tmp_path, records, run):
    out = tmp_path / "panel.csv"
    done = run("export", "panel", "--records", records, "--out", out, "--zeros")
    assert done.code == 0
    assert out.read_text().splitlines()[1].startswith("2019-06,NRL,,,SDR,,,1,1,0,0,0,0,1,")
    assert "1 denied events left out" in done.err


def test_filters_choose_from_a_desk(tmp_path, analysis, run):
    with Writer(Lake(tmp_path / "desk"), Coder("0", "{}")) as writer:
        writer.add(build(analysis))
    out = tmp_path / "events.csv"
    done = run("export", "csv", "--desk", tmp_path / "desk", "--out", out, "--dyad", "NRL", "SDR", "--vouched", "--undenied")
    assert (done.code, done.err) == (0, "csv: 1 rows from 1 events of 1 documents; nothing lost\n")
    assert ",CONSULT," in out.read_text(encoding="utf-8").splitlines()[1]
    done = run("export", "csv", "--desk", tmp_path / "desk", "--out", out, "--kind", "quote")
    assert done.code == 2 and "kind: events have no such filter" in done.err


@pytest.mark.parametrize("given", [(), ("--records", "r.jsonl", "--desk", "desk")])
def test_one_thing_is_exported(given, tmp_path, run):
    done = run("export", "cameo", "--out", tmp_path / "out", *given)
    assert done.code == 2
    assert "either a desk with --desk, or a file of records" in done.err


def test_being_told_to_stop_leaves_nothing_half_written(tmp_path, records, run, monkeypatch):
    class Slow:
        name = "slow"

        def write(self, documents, out):
            out.write(b"half")
            os.kill(os.getpid(), signal.SIGTERM)
            time.sleep(30)

    monkeypatch.setattr("communique.pipeline.exporting.load_export", lambda format: Slow())
    before = signal.getsignal(signal.SIGTERM)
    assert run("export", "slow", "--records", records, "--out", tmp_path / "out").code == 128 + signal.SIGTERM
    assert list(tmp_path.iterdir()) == [records] and signal.getsignal(signal.SIGTERM) is before


def test_a_format_that_is_none_is_told(records, run):
    done = run("export", "paper", "--records", records, "--out", "-")
    assert done.code == 2
    assert "there are: " in done.err
