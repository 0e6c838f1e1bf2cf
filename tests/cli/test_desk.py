"""`communique read --desk`, `desk` and `diff`: what they print and how they end."""

import json

import pytest

from communique.pipeline import keeping


@pytest.fixture
def desk(run, tmp_path, fake_house, monkeypatch):
    """A desk with one report, read by a house of known content."""
    (tmp_path / "a.txt").write_text("x")
    monkeypatch.chdir(tmp_path)
    done = run("read", "a.txt", "--desk", "desk")
    assert (done.code, done.err) == (0, "")
    assert done.out.startswith("a.txt  LISBON, 3 June 2019") and done.out.endswith("  3 events, 1 statement\n")
    return tmp_path / "desk"


def test_what_the_desk_has_is_passed_over(run, desk):
    done = run("read", "a.txt", "none.txt", "--desk", "desk")
    assert (done.code, done.out) == (1, "")
    assert "none.txt: no such file" in done.err and "1 report of these the desk had already" in done.err


def test_a_format_shows_the_records_too(run, desk, monkeypatch):
    monkeypatch.setattr(keeping, "version", lambda: "9")
    done = run("read", "a.txt", "--desk", "desk", "--format", "jsonl")
    assert json.loads(done.out)["document"]["source"] == "a.txt" and done.err == ""
    found = json.loads(run("desk", "info", "desk", "--format", "json").out)
    assert found["runs"][0]["version"] == "9" and found["tables"]["events"] | {"bytes": 0} == {
        "rows": 3,
        "hidden": 3,
        "files": 2,
        "bytes": 0,
    }
    new, old = (r["id"] for r in found["runs"])
    done = run("diff", old, new, "--desk", "desk")
    none = "0 gained, 0 lost, 0 changed"
    assert done.code == 0
    assert done.out.splitlines() == ["1 document read in both runs", f"events: {none}", f"statements: {none}", f"facts: {none}"]


def test_a_desk_is_looked_after(run, desk):
    assert "events" in run("desk", "info", "desk").out
    assert run("desk", "check", "desk").out == "the desk is whole\n"
    assert run("desk", "compact", "desk").out.startswith("0 files fewer")
    assert run("desk", "vacuum", "desk").out.startswith("removed 0 rows without a document and 0 files")
    for name in ("info", "check", "compact", "vacuum"):
        done = run("desk", name, "elsewhere")
        assert done.code == 2 and "elsewhere: no desk" in done.err
