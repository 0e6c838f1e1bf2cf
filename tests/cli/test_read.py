"""`communique read`: forms of output, exit codes and complaints, with a house of known content behind it."""

import json
import os
import subprocess
import sys

import pytest

from communique.types.record import Record, build

pytestmark = pytest.mark.usefixtures("fake_house")


@pytest.fixture
def report(tmp_path):
    file = tmp_path / "one.txt"
    file.write_text("anything", encoding="utf-8")
    return file


def test_json_is_one_object_for_each_report(run, report, analysis):
    done = run("read", report, "--format", "json")
    assert done.code == 0 and done.err == ""
    assert Record.from_json(done.out).events == build(analysis).events
    decoder, rest, count = json.JSONDecoder(), run("read", report, report, "--format", "json").out, 0
    while rest.strip():
        _, end = decoder.raw_decode(rest)
        rest, count = rest[end:].lstrip(), count + 1
    assert count == 2


def test_jsonl_is_one_line_for_each_report_in_order(run, tmp_path):
    files = [tmp_path / f"{name}.txt" for name in "cab"]
    for file in files:
        file.write_text("x", encoding="utf-8")
    done = run("read", *files, "--format", "jsonl")
    assert [json.loads(line)["document"]["source"] for line in done.out.splitlines()] == [str(f) for f in files]
    assert done.code == 0 and done.err == ""


def test_one_bad_report_in_the_middle_stops_nothing(run, report, tmp_path):
    none = tmp_path / "none.txt"
    done = run("read", report, none, report, "--format", "jsonl")
    assert done.code == 1 and len(done.out.splitlines()) == 2
    assert done.err == f"{none}: no such file; check the name\n"


def test_standard_input_is_a_dash(run):
    done = run("read", "-", "--format", "jsonl", stdin=b"anything")
    assert done.code == 0 and json.loads(done.out)["document"]["source"] == "-"


def test_the_account_shows_everything_with_its_evidence(run, report):
    done = run("read", report, "--explain")
    assert done.code == 0
    for part in (
        "published 2019-06-03 (dateline) by “3 June 2019”",
        "dropped as advertisement: Advertisement: read on.",
        "Ana Sol  person · NRL · GOV · Premier of NRL · aged 51",
        "● CONSULT meet  Ana Sol, Sudria",
        "happened · 2019-06-03 · in Lisbon",
        "“Premier Ana Sol of Norland met envoys from Sudria in Lisbon on Monday”",
        "○ AGREE  Ana Sol",
        "✗ ASSAULT  nobody named → Sudria",
        "according to Norland Radio",
        "disputed by Sudria",
        "also told: “Sudria denies that”",
        "why: trigger 'met' is a CONSULT at 0.90",
        "Ana Sol told (in Norland Radio): “We will reopen the border”",
        "Ana Sol holds office Premier of Norland from 2018",
        "COERCE border  0.20  a thing, not an act",
    ):
        assert part in done.out, part


def test_without_explain_nothing_is_explained(run, report):
    out = run("read", report).out
    assert "why:" not in out and "Rejected" not in out


def test_the_table_has_a_line_for_each_event(run, report):
    out = run("read", report, "--format", "table").out
    for part in ("CONSULT meet", "planned", "Ana Sol, Sudria", "2019-06-03", "Lisbon", "killed"):
        assert part in out, part


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["read"], "Missing argument"),
        (["read", "x.txt", "--published", "15 May"], "communique: published: '15 May' is no day; write it as YYYY-MM-DD"),
        (["read", "x.txt", "--format", "xml"], "'xml' is not one of"),
        (["read", "x.txt", "--loud"], "No such option"),
        (["digest"], "No such command"),
        (["evaluate", "reports", "--data", "none"], "none"),
    ],
)
def test_a_request_that_cannot_be_met_ends_with_two(run, arguments, said):
    done = run(*arguments)
    assert done.code == 2 and done.out == "" and said in done.err


def test_an_unexpected_error_is_told_in_one_line(run, report, monkeypatch, stage):
    from communique.pipeline import run as running

    def change(analysis):
        raise KeyError("a\nb")

    monkeypatch.setattr(running, "make", lambda settings: (stage("coding", frozenset(), frozenset(), change),))
    done = run("read", report)
    assert done.code == 1 and done.out == ""
    assert done.err.startswith(f"{report}: coding failed with KeyError") and done.err.count("\n") == 1


def test_version_and_schema(run):
    from communique.types.record import schema, version

    assert run("--version").out == f"communique {version()}\n"
    assert json.loads(run("schema").out) == schema()


def test_control_characters_never_reach_the_terminal():
    from communique.cli.views import words

    assert words("a\x1b[31mb\x07\n\tc\x9b") == "a [31mb c"


def test_output_is_utf8_whatever_the_locale_and_a_closed_pipe_is_quiet():
    environment = os.environ | {"LC_ALL": "C", "PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"}
    code = "import sys; from communique.cli import main; sys.argv = ['communique', 'schema']; main()"
    done = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True)
    assert done.returncode == 0 and json.loads(done.stdout.decode("utf-8"))
    reading, writing = os.pipe()
    os.close(reading)
    done = subprocess.run([sys.executable, "-c", code], stdout=writing, stderr=subprocess.PIPE)
    os.close(writing)
    assert done.stderr == b""


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="the system has no /dev/full")
def test_a_full_disk_is_told_in_one_line():
    code = "import sys; from communique.cli import main; sys.argv = ['communique', 'schema']; main()"
    with open("/dev/full", "wb") as full:
        done = subprocess.run([sys.executable, "-c", code], stdout=full, stderr=subprocess.PIPE, text=True)
    assert done.returncode == 1
    assert done.stderr.startswith("communique: No space left") and done.stderr.count("\n") == 1


@pytest.mark.parametrize("both", [False, True], ids=["output to a file", "output to the terminal"])
def test_progress_on_a_terminal_takes_no_output(tmp_path, both):
    pty = pytest.importorskip("pty")
    files = [tmp_path / f"{name}.txt" for name in "ab"]
    for file in files:
        file.write_text("The mayor met the envoy on Monday.", encoding="utf-8")
    code = "import sys; from communique.cli import main; main()"
    command = [sys.executable, "-c", code, "read", *map(str, files), str(tmp_path / "none.txt"), "--format", "jsonl"]
    outer, inner = pty.openpty()
    with (tmp_path / "out").open("wb") as out:
        process = subprocess.Popen(command, stdout=inner if both else out, stderr=inner, env=os.environ | {"TERM": "xterm"})
        os.close(inner)
        shown = b"".join(iter(lambda: _read(outer), b"")).decode()
    assert process.wait() == 1 and "reading" in shown
    written = shown if both else (tmp_path / "out").read_text(encoding="utf-8")
    # what an erasure of the bar stands before is all that is seen of a line
    lines = [line.rsplit("\x1b[2K", 1)[-1] for line in written.splitlines() if '"document"' in line]
    assert [json.loads(line)["document"]["source"] for line in lines] == [str(f) for f in files]


def _read(terminal: int) -> bytes:
    try:
        return os.read(terminal, 65536)
    except OSError:  # Linux says so when the other end is closed
        return b""
