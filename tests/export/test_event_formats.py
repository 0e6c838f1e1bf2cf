"""ICEWS, POLECAT, PLOVER and CAMEO dyads: their columns and fields, and whole files against golden ones."""

import csv
import io
import json
from pathlib import Path

import pytest

from communique.export.exports import load

GOLDEN = Path(__file__).parent / "golden"
ICEWS = (
    "Event ID|Event Date|Source Name|Source Sectors|Source Country|Event Text|CAMEO Code|Intensity|Target Name|Target Sectors|"
    "Target Country|Story ID|Sentence Number|Publisher|City|District|Province|Country|Latitude|Longitude"
).split("|")
POLECAT = (
    "Event ID|Event Date|Event Type|Event Mode|Intensity|Quad Code|Contexts|Actor Name|Actor Country|Actor COW|"
    "Primary Actor Sector|Actor Sectors|Actor Title|Actor Name Raw|Wikipedia Actor ID|Recipient Name|Recipient Country|"
    "Recipient COW|Primary Recipient Sector|Recipient Sectors|Recipient Title|Recipient Name Raw|Wikipedia Recipient ID|"
    "Placename|City|District|Province|Country|Latitude|Longitude|GeoNames ID|Raw Placename|Feature Type|Source|"
    "Publication Date|Story People|Story Organizations|Story Locations|Language|Version"
).split("|")
PLOVER = set(
    "id has_event date time enddate endtime actor recipient event event_loc event_text quad_code event_scale mode context link "
    "text text_info size cite_info coder coded_date coded_time comment".split()
)


def written(name, rows, **options):
    out = io.BytesIO()
    return load(name, **options).write([rows], out), out.getvalue().decode()


def table(name, rows):
    loss, text = written(name, rows)
    return loss, list(csv.DictReader(io.StringIO(text), delimiter="\t", quoting=csv.QUOTE_NONE))


def lines(rows):
    loss, text = written("plover", rows)
    return loss, {line["id"].partition("/")[2]: line for line in map(json.loads, text.splitlines())}


@pytest.mark.parametrize("name", ["gdelt", "gdelt-mentions", "icews", "polecat", "plover", "cameo", "panel"])
def test_a_report_is_written_as_the_golden_file_has_it(name, rows):
    loss, text = written(name, rows)
    told = text + "\n" + "\n".join(loss.lines()) + "\n"
    assert told == (GOLDEN / f"{name}.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize(("name", "columns", "number"), [("icews", ICEWS, 20), ("polecat", POLECAT, 40)])
def test_columns_are_those_of_the_published_files(name, columns, number, rows):
    _, found = table(name, rows)
    assert len(columns) == number
    assert list(found[0]) == columns
    assert all(None not in line and None not in line.values() for line in found)


def test_icews_tells_dyads_in_words(rows):
    loss, found = table("icews", rows)
    visit = next(line for line in found if line["CAMEO Code"] == "036")
    assert (visit["Event Text"], visit["Intensity"]) == ("Express intent to meet or negotiate", "4.0")
    assert (visit["Source Name"], visit["Source Sectors"], visit["Source Country"]) == ("Ana Sol", "Government", "Norway")
    assert (visit["Target Name"], visit["Target Country"], visit["Sentence Number"]) == ("Sudria", "Sweden", "3")
    assert len({line["Event ID"] for line in found}) == len(found) == loss.written
    assert len({line["Story ID"] for line in found}) == 1


def test_polecat_makes_the_collapses_of_the_manual(rows):
    loss, found = table("polecat", rows)
    told = {line["Event ID"].partition("/")[2]: line for line in found}
    assert (told["e2"]["Event Type"], told["e2"]["Event Mode"], told["e2"]["Event Date"]) == ("AGREE", "", "2024-03-04")
    assert (told["e6"]["Event Type"], told["e6"]["Intensity"]) == ("THREATEN", "-3.5")
    assert not {"e3", "e5", "e10"} & told.keys()
    assert loss.lost["planned events that PLOVER has no agreement or threat for left out"] == 1
    assert told["e1"]["Event Mode"] == "multilateral"


def test_polecat_keeps_lists_of_a_side_in_step(rows):
    _, (met, *_) = table("polecat", rows)
    columns = ("Actor Name", "Actor Country", "Actor COW", "Primary Actor Sector", "Actor Title")
    assert list(zip(*(met[column].split(";") for column in columns), strict=True)) == [
        ("Ana Sol", "NOR", "385", "GOV", "Premier"),
        ("Sudria", "SWE", "380", "None", "None"),
        ("Westria", "FIN", "375", "None", "None"),
    ]


@pytest.mark.parametrize(
    ("plover", "mode", "status", "auxiliary", "told"),
    [
        ("CONSULT", "visit", "planned", [], ("AGREE", None)),
        ("SUPPORT", None, "planned", [], ("AGREE", None)),
        ("COOPERATE", None, "planned", [], ("AGREE", None)),
        ("AID", None, "planned", [], ("AGREE", None)),
        ("RETREAT", "withdraw", "planned", [], ("CONCEDE", None)),
        ("AGREE", None, "planned", [], ("AGREE", ["future"])),
        ("PROTEST", "demo", "planned", [], ("PROTEST", ["demo", "future"])),
        ("ASSAULT", "aerial", "happened", ["hypothetical"], ("THREATEN", None)),
        ("ASSAULT", "aerial", "denied", ["hypothetical"], ("ASSAULT", ["aerial", "negation", "hypothetical"])),
        ("AID", None, "happened", ["hypothetical"], ("AID", ["hypothetical"])),
        ("CONSULT", "visit", "denied", [], ("CONSULT", ["visit", "negation"])),
        ("CONSULT", "visit", "uncertain", [], ("CONSULT", ["visit", "hypothetical"])),
        ("CONSULT", "talk", "ongoing", [], ("CONSULT", ["phone"])),
        ("CONSULT", "mediate", "happened", [], ("CONSULT", ["third-party"])),
        ("CONSULT", "negotiate", "happened", [], ("CONSULT", None)),
    ],
)
def test_plover_tells_statuses_as_the_manual_does(plover, mode, status, auxiliary, told, rows):
    event = rows["events"][0] | {"plover": plover, "mode": mode, "status": status, "auxiliary": auxiliary}
    _, found = lines(rows | {"events": [event]})
    assert (found["e1"]["event"], found["e1"].get("mode")) == ([told[0]], told[1])


def test_plover_has_the_fields_of_the_manual(rows):
    loss, found = lines(rows)
    assert all({"id", "date", "actor", "event"} <= line.keys() <= PLOVER for line in found.values())
    assert (found["e4"]["date"], found["e4"]["enddate"]) == ("2024-03-02", "2024-03-03")
    assert found["e4"]["size"] == {"dead": 12.0, "injured": 30.0}
    assert found["e7"]["actor"] == [{"code": "UNO", "entity_text": "United Nations"}]
    assert found["e11"]["actor"] == []
    info = found["e1"]["text_info"]
    assert rows["documents"][0]["text"][info["start"] : info["end"]] == found["e1"]["event_text"] == "met"
    assert loss.written == loss.events == 11


def test_plover_leaves_out_only_events_of_no_day(undated):
    loss, found = lines(undated)
    assert set(found) == {"e1", "e4", "e7", "e8"}
    assert loss.lost["events of no known day left out"] == 7


def test_cameo_dyads_have_the_codes_of_the_code_book(rows):
    loss, text = written("cameo", rows)
    found = [line.split("\t") for line in text.splitlines()]
    assert ["20240304", "NORGOV", "SWE", "036", "Express intent to meet or negotiate", "d1f0a5c3b9d2/e2"] in found
    assert ["20240201", "IGOUNO", "FIN", "070", "Provide aid", "d1f0a5c3b9d2/e7"] in found
    assert not [line for line in found if line[5].endswith("/e9")]
    assert loss.lost["events of actors without a CAMEO code, or with one and the same, left out"] == 1


def test_tabs_and_line_breaks_stay_within_their_cell(rows):
    (document,) = rows["documents"]
    _, found = table("icews", rows | {"documents": [document | {"publisher": "The\tNorland\r\nHerald"}]})
    assert {line["Publisher"] for line in found} == {"The Norland  Herald"}
