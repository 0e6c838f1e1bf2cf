"""`communique codebook check` and `communique read --codebook`: tables, JSON, exit codes. All sentences are made up."""

import json
from pathlib import Path

EXAMPLES = Path(__file__).parents[2] / "examples"
BOOK = EXAMPLES / "pressure.codebook.yaml"
THIN = """types:
  SWAP:
    definition: Gives back people for people.
    examples:
    - "Norland [swapped|t] prisoners with Westland."
    not:
    - "Norland [exchanged|t] envoys with Westland."
    patterns:
    - {verb: [exchange], both: [subj, with], example: "[Norland|b] [exchanged|t] prisoners with [Westland|b]."}
    - {verb: [release], object: [spy], example: "Norland [released|t] a prisoner."}
"""


def test_a_good_codebook(run):
    done = run("codebook", "check", BOOK)
    assert done.code == 0 and done.err == ""
    for part in ("PRISONER_SWAP", "nearest to it", "examples (0.9", "nothing wrong with the file"):
        assert part in done.out


def test_json_has_every_figure(run):
    done = run("codebook", "check", BOOK, "--format", "json")
    found = json.loads(done.out)
    assert done.code == 0 and found["errors"] == [] and found["accuracy"] > 0.85
    kinds = {t["type"]: t for t in found["types"]}
    assert kinds["CYBER_ATTACK"]["examples"] == 5 and kinds["CYBER_ATTACK"]["patterns"] == 2
    assert sum(t["right"] for t in found["types"]) == round(found["accuracy"] * len(found["examples"]))
    assert all(e["nearest_wrong_example"] and 0 <= e["score"] <= 1 for e in found["examples"])


def test_what_is_worth_a_look_is_told_and_is_no_error(run, tmp_path):
    file = tmp_path / "thin.yaml"
    file.write_text(THIN, encoding="utf-8")
    done = run("codebook", "check", file, "--format", "json")
    warnings = {(w["line"], w["part"]): w["what"] for w in json.loads(done.out)["warnings"]}
    assert done.code == 0
    assert warnings[10, "SWAP patterns 2"].startswith("never fires on its own example “Norland released a prisoner.”")
    assert warnings[7, "SWAP not"].startswith("a pattern fires on “Norland exchanged envoys")
    assert warnings[5, "SWAP examples"].startswith("only 1; likeness needs 3")
    assert (9, "SWAP patterns 1") not in warnings


def test_a_codebook_that_is_wrong(run, tmp_path):
    file = tmp_path / "bad.yaml"
    file.write_text(THIN.replace("[swapped|t]", "swapped"), encoding="utf-8")
    done = run("codebook", "check", file)
    assert done.code == 1 and f"{file}:5: error: SWAP examples 1: no trigger marked" in " ".join(done.out.split())
    read = run("read", EXAMPLES / "pressure.txt", "--codebook", file)
    assert read.code == 1 and read.out == "" and f"{file}:5: SWAP examples 1: no trigger marked" in read.err


def test_a_codebook_that_is_not_there(run, tmp_path):
    assert run("codebook", "check", tmp_path / "none.yaml").code == 2
    assert run("read", EXAMPLES / "pressure.txt", "--codebook", tmp_path / "none.yaml").code == 2


def test_reading_with_one(run, monkeypatch):
    shown = run("read", EXAMPLES / "pressure.txt", "--codebook", BOOK)
    assert shown.code == 0 and "Codings" in shown.out and "BORDER_CLOSURE  Russia → Finland" in shown.out
    monkeypatch.setenv("COMMUNIQUE_CODEBOOK", str(BOOK))
    found = json.loads(run("read", EXAMPLES / "pressure.txt", "--format", "jsonl").out)
    assert {c["type"] for c in found["codings"]} >= {"BORDER_CLOSURE", "CYBER_ATTACK"}
