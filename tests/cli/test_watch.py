"""`communique watch`: lines, exit codes, the lock, and a stop by signal, with a house of known content behind it."""

import os
import signal
import subprocess
import sys

import pytest

from communique.cli.watching import show
from communique.config import load
from communique.pipeline import run as running
from communique.pipeline import watch as watching
from communique.pipeline.keeping import coder_of
from communique.store.desk import Desk
from communique.store.journal import Version
from communique.store.writer import Coder
from communique.types.record import build

CODER = Coder("0.0.0", "{}")


@pytest.fixture
def folder(tmp_path):
    path = tmp_path / "in"
    path.mkdir()
    return path


@pytest.fixture
def quick(monkeypatch, stage, fake_house):
    """A stage that finds nothing, and no wait between two looks."""
    monkeypatch.setattr(
        running, "make", lambda settings: (stage("coding", frozenset(), frozenset(), lambda analysis: analysis),)
    )
    monkeypatch.setattr(watching, "_SETTLING", 0.0)


@pytest.mark.usefixtures("quick")
def test_a_line_for_each_report_and_the_version_of_a_changed_one(run, tmp_path, folder):
    file = folder / "a.txt"
    file.write_text("\nNorland meets Sudria\x1b[31m\n\nNorland met Sudria.", encoding="utf-8")
    done = run("watch", folder, "--desk", tmp_path / "desk", "--once")
    assert done.code == 0 and done.err == ""
    assert done.out.endswith(f"  {file}  Norland meets Sudria [31m  0 events, 0 statements\n") and done.out.count("\n") == 1
    assert run("watch", folder, "--desk", tmp_path / "desk", "--once").out == ""
    file.write_text("Norland met Sudria twice.", encoding="utf-8")
    assert run("watch", folder, "--desk", tmp_path / "desk", "--once").out.endswith("0 statements, version 2\n")


@pytest.mark.usefixtures("quick")
def test_what_cannot_be_read_is_told_in_one_line_and_ends_with_one(run, tmp_path, folder):
    (folder / "a.txt").write_bytes(b"")
    (folder / "b.txt").write_text("Norland met Sudria.", encoding="utf-8")
    done = run("watch", folder, "--desk", tmp_path / "desk", "--once")
    assert done.code == 1 and "b.txt" in done.out
    assert f"{folder / 'a.txt'}: empty" in done.err and done.err.count("\n") == 1


def test_counts_are_those_of_the_record(analysis, capsys):
    show(watching.Kept(0.0, build(analysis), Version("sample.txt", 1, "x1", "d1", "sample.txt", None, 0.0)))
    assert capsys.readouterr().out.endswith("met envoys from Sudria in Lisb…  3 events, 1 statement\n")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["watch", "x.txt"], "Missing option"),
        (["watch", "none.txt", "--desk", "desk", "--once"], "communique: none.txt: nothing that can be followed"),
        (["watch", "desk", "--desk", "desk", "--once"], "communique: desk: lies on the desk itself"),
        (["watch", ".", "--desk", "desk", "--every", "0"], "Invalid value for '--every'"),
        (["watch", ".", "--desk", "desk", "--columns", "x"], "communique: columns"),
    ],
)
@pytest.mark.usefixtures("quick")
def test_a_request_that_cannot_be_met_ends_with_two(run, tmp_path, monkeypatch, arguments, said):
    monkeypatch.chdir(tmp_path)
    done = run(*arguments)
    assert done.code == 2 and done.out == "" and said in done.err


@pytest.mark.usefixtures("quick")
def test_a_desk_that_is_watched_already_ends_with_two(run, tmp_path, folder):
    with Desk(tmp_path / "desk", CODER):
        done = run("watch", folder, "--desk", tmp_path / "desk", "--once")
    assert done.code == 2 and "is being watched already" in done.err and done.err.count("\n") == 1


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_stops_it_cleanly(tmp_path, folder, number):
    (folder / "a.txt").write_text("The mayor of Norland met the envoy on Monday.", encoding="utf-8")
    code = "import sys; from communique.cli import main; main()"
    command = [sys.executable, "-c", code, "watch", folder, "--desk", tmp_path / "desk"]
    environment = os.environ | {"COMMUNIQUE_THREADS": "1"}
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment)
    assert b"a.txt" in process.stdout.readline()
    process.send_signal(number)
    out, err = process.communicate(timeout=60)
    assert (process.returncode, out, err) == (0, b"", b"")
    with Desk(tmp_path / "desk", coder_of(load())) as desk:
        (version,) = desk.journal.versions(str(folder / "a.txt"))
        assert desk.record(version.document).document.text.startswith("The mayor")
