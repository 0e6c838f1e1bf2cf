"""`communique who`: the candidates for a name as a table and as JSON. All reports are made up."""

import json

import pytest


@pytest.fixture
def report(tmp_path):
    file = tmp_path / "report.txt"
    file.write_text("LIMA, 8 April 2024 – Macron met Ana Quispe in Lima on Monday. It rained there.\n", encoding="utf-8")
    return file


def test_the_table_opens_on_the_reports_words(run, report):
    done = run("who", "Macron", "--report", report)
    assert done.code == 0 and done.err == ""
    lines = done.out.splitlines()
    assert lines[0] == "Emmanuel Macron" and "Macron met Ana Quispe" in lines[1]
    for part in ("+1.50 surname 'Macron'", "president of FRA", "offices on 2024-04-08", "the only candidate, weighs"):
        assert part in done.out


def test_json_holds_every_candidate_with_its_reasons(run, report):
    done = run("who", "Macron", "--report", report, "--format", "json")
    (answer,) = json.loads(done.out)["answers"]
    assert answer["taken"] == "person:emmanuel-macron"
    assert answer["candidates"][0]["reasons"][0] == {"why": "surname 'Macron' of Emmanuel Macron", "weight": 1.5}


def test_the_registry_alone_answers_by_day(run):
    done = run("who", "Biden", "--on", "2010-05-01")
    assert done.code == 0 and "vice president of USA" in done.out and "offices on 2010-05-01" in done.out
    assert "nobody of this name" in run("who", "Xyzzy Plugh").out


def test_who_the_report_does_not_name_and_what_can_not_be_read(run, report, tmp_path):
    assert run("who", "Berg", "--report", report).out == "the report names nobody as Berg\n"
    missing = run("who", "Berg", "--report", tmp_path / "none.txt")
    assert missing.code == 1 and "no such file" in missing.err
    assert run("who", "Berg", "--on", "yesterday").code == 2


def test_states_and_organisations_are_shown_with_what_is_known_of_them(run) -> None:
    told = run("who", "NATO", "--on", "2020-05-01").out
    assert "members on 2020-05-01" in told and "NOR" in told and "FIN" not in told
    told = run("who", "Norway", "--format", "json").out
    assert '"cow": "385"' in told
