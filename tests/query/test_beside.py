"""Series of other data sets beside ours, from made event files in the layouts that are published."""

from datetime import UTC, date, datetime

import pytest
from typer.testing import CliRunner

from communique.cli.app import app
from communique.errors import UsageError
from communique.ontology.crosswalk import act_of_cameo, act_of_plover, states_of
from communique.ontology.datasets import DATASETS
from communique.pipeline.importing import import_events
from communique.query.beside import series_beside
from communique.query.desk import OpenDesk
from communique.query.plots import plot_series
from communique.store.lake import Lake

ICEWS = [
    {"Event_Date": day, "CAMEO_Code": code, "Source_Country": who, "Target_Country": whom, "Story_ID": story, "Country": where}
    for day, code, who, whom, story, where in (
        ("2019-05-03", "042", "Russian Federation", "Norway", "1", "Norway"),
        ("2019-05-20", "42", "Russian Federation", "Norway", "2", "Sweden"),
        ("2019-05-20", "112", "Norway", "Russian Federation", "2", "Norway"),
        ("2019-06-07", "190", "Russian Federation", "Norway", "3", "Norway"),
        ("2019-06-07", "020", "Russian Federation", "Norway", "3", "Norway"),
    )
]
GDELT = [
    {"SQLDATE": "20190504", "EventCode": "043", "Actor1CountryCode": "RUS", "Actor2CountryCode": "NOR", "SOURCEURL": "u1"},
    {"SQLDATE": "20190712", "EventCode": "084", "Actor1CountryCode": "ROM", "Actor2CountryCode": "NOR", "SOURCEURL": "u2"},
]
POLECAT = [
    {"Event_Date": "2019-05-05", "Event_Type": "CONSULT", "Event_Mode": "visit", "Actor_Country": "RUS;NOR;None"}
    | {"Recipient_Country": "NOR;RUS"},
    {"Event_Date": "2019-05-05", "Event_Type": "HEADLINE", "Actor_Country": "RUS", "Recipient_Country": "NOR"},
]
WANTING = {"text": "", "whole": "1", "number": "1.5", "day": "2019-05-01"}


def write(path, dataset, rows):
    columns = DATASETS[dataset]
    lines = [[row.get(name.replace(" ", "_"), WANTING[kind]) for name, kind in columns.items()] for row in rows]
    if dataset != "gdelt":
        lines.insert(0, list(columns))
    path.write_text("".join("\t".join(line) + "\n" for line in lines), encoding="utf-8")
    return path


def ours(n, start, **more):
    of = {"document": "d1", "text_id": "t1", "run": "r1", "id": f"e{n}", "published_start": date(2019, 6, 2)}
    told = {"plover": "CONSULT", "quad": 1, "goldstein": 1.0, "confidence": 0.8, "status": "happened"}
    days = {"when_start": start, "when_end": date.fromordinal(start.toordinal() + 1)}
    return of | told | days | {"actor_countries": ["RUS"], "recipient_countries": ["NOR"]} | more


@pytest.fixture
def desk(tmp_path):
    lake = Lake(tmp_path / "desk")
    lake.create()
    days = [date(2019, 5, 4), date(2019, 5, 9), date(2019, 6, 7), date(2019, 6, 8), date(2019, 8, 1)]
    lake.append("events", [ours(n, day) for n, day in enumerate(days)] + [ours(9, date(2019, 6, 9), status="denied")])
    read = {"run": "r1", "text": "x", "record": "{}", "read_at": datetime(2019, 6, 3, tzinfo=UTC)}
    lake.append("documents", [read | {"id": "d1", "text_id": "t1", "published_start": date(2019, 6, 2)}])
    for dataset, rows in (("icews", ICEWS), ("gdelt", GDELT), ("polecat", POLECAT)):
        import_events(write(tmp_path / f"{dataset}.tab", dataset, rows), lake, print)
    with OpenDesk(tmp_path / "desk") as desk:
        yield desk


def counted(beside):
    return {
        (r["dataset"], r["source"], r["target"], r["period"].month): (r["events"], r["goldstein"], r["reports"])
        for r in beside.found.to_pylist()
    }


def beside(desk, datasets, spliced=False, **filters):
    return series_beside(desk.view, filters, desk.events(**filters).counted(), datasets, spliced=spliced)


def test_four_series_stand_in_one_table(desk):
    found = beside(desk, ["icews", "gdelt", "polecat"])
    assert counted(found) == {
        ("icews", "RUS", "NOR", 5): (2, pytest.approx(1.9), 2),
        ("icews", "NOR", "RUS", 5): (1, -2, 2),
        ("icews", "RUS", "NOR", 6): (1, -10, 1),
        ("gdelt", "RUS", "NOR", 5): (1, pytest.approx(2.8), 1),
        ("gdelt", "ROU", "NOR", 7): (1, 7, 1),
        ("polecat", "RUS", "NOR", 5): (1, pytest.approx(1.9), None),
        ("polecat", "NOR", "RUS", 5): (1, pytest.approx(1.9), None),
        ("ours", "RUS", "NOR", 5): (2, 1, None),
        ("ours", "RUS", "NOR", 6): (2, 1, 1),
        ("ours", "RUS", "NOR", 8): (1, 1, None),
    }
    june = next(r for r in found.found.to_pylist() if r["dataset"] == "icews" and r["period"].month == 6)
    assert june["material_conflict"] == 1 and june["per_1000_reports"] == 1000
    assert june["expected"] is None and june["low"] is None and june["high"] is None


def test_the_notes_say_what_is_counted_and_how_it_agrees(desk):
    notes = "\n".join(beside(desk, ["icews", "gdelt", "polecat"]).notes)
    assert "icews: 2019-05-03 to 2019-06-07; a dyad counts for each sentence of a story" in notes
    assert "icews: 1 events of codes that PLOVER has no type for left out" in notes
    assert "polecat: 1 events of codes" in notes and "gdelt: 1 events" not in notes
    assert "ours: an event counts for each report that tells it\n" in notes
    assert "icews: 2 counts in common, ours 1.33 times theirs" in notes
    assert "of no state" not in notes


def test_the_notes_say_how_counts_go_together(desk, tmp_path):
    days = ("2019-05-01", "2019-06-01", "2019-06-02", "2019-06-03", "2019-08-01")
    sides = {"Source_Country": "Russian Federation", "Target_Country": "Norway", "CAMEO_Code": "042", "Country": "Atlantis"}
    write(tmp_path / "more.tab", "icews", [sides | {"Event_Date": day} for day in days])
    import_events(tmp_path / "more.tab", Lake(tmp_path / "desk"), print)
    desk.refresh()
    notes = beside(desk, ["icews"]).notes
    # ours 2, 2, 1 and theirs 3, 4, 1
    assert "icews: 3 counts in common, ours 0.62 times theirs; they go together with r = 0.94" in notes
    assert "icews: 1 names of countries are of no state of ISO 3166, as Atlantis" in notes


def test_a_series_goes_on_where_theirs_ends(desk):
    found = beside(desk, ["gdelt", "icews"], spliced=True, dyad=("RUS", "NOR"))
    assert [(r["dataset"], r["period"], r["events"]) for r in found.found.to_pylist()] == [
        ("icews", date(2019, 5, 1), 2),
        ("icews", date(2019, 6, 1), 1),
        ("ours", date(2019, 8, 1), 1),
    ]


def test_four_series_stand_in_one_plot(desk, tmp_path, monkeypatch):
    matplotlib = pytest.importorskip("matplotlib")
    monkeypatch.setitem(matplotlib.rcParams, "svg.fonttype", "none")
    plot_series(beside(desk, ["icews", "gdelt"]).found, tmp_path / "plot.svg")
    drawn = (tmp_path / "plot.svg").read_text(encoding="utf-8")
    assert all(f"RUS → NOR, {name}" in drawn for name in ("icews", "gdelt", "ours")) and "ROU" not in drawn


def test_the_command_shows_all_and_says_how_they_differ(desk, tmp_path):
    asked = ["series", "--desk", str(tmp_path / "desk"), "--beside", "icews", "--beside", "gdelt", "--total", "--format", "csv"]
    done = CliRunner().invoke(app, [*asked, "--plot", str(tmp_path / "plot.png")])
    assert done.exit_code == 0 and (tmp_path / "plot.png").exists()
    rows = [line.split(",")[:3] for line in done.stdout.splitlines()]
    assert rows[0] == ["dataset", "period", "events"]
    assert rows[1:4] == [["gdelt", "2019-05-01", "1.0"], ["icews", "2019-05-01", "3.0"], ["ours", "2019-05-01", "2.0"]]
    assert "ours: an event counts for each report" in done.stderr and "icews: 2019-05-03 to 2019-06-07" in done.stderr
    refused = CliRunner().invoke(app, [*asked, "--parties", "name"])
    assert isinstance(refused.exception, UsageError) and "leave out --parties" in str(refused.exception)


def test_filters_are_put_to_all(desk):
    assert {key[:3] for key in counted(beside(desk, ["icews", "gdelt"], actor=["NOR"]))} == {("icews", "NOR", "RUS")}
    assert set(counted(beside(desk, ["icews"], quad=["4"]))) == {("icews", "RUS", "NOR", 6)}
    places = counted(beside(desk, ["icews"], place_country=["SWE"]))
    assert places == {("icews", "RUS", "NOR", 5): (1, pytest.approx(1.9), 2)}
    since = counted(beside(desk, ["icews"], since="2019-06", status=["happened"]))
    assert {key: value[0] for key, value in since.items()} == {
        ("icews", "RUS", "NOR", 6): 1,
        ("ours", "RUS", "NOR", 6): 2,
        ("ours", "RUS", "NOR", 8): 1,
    }


def test_what_cannot_be_asked_of_others_is_told(desk, tmp_path):
    with pytest.raises(UsageError, match="outlet can't be asked of other data sets"):
        beside(desk, ["icews"], outlet=["Herald"])
    for who in ("Ana Sol", "GOV", "RUS/MIL"):
        with pytest.raises(UsageError, match="asked by countries alone"):
            beside(desk, ["icews"], actor=[who])
    with pytest.raises(UsageError, match="there is no data set 'acled'"):
        beside(desk, ["acled"])
    Lake(tmp_path / "other").create()
    with OpenDesk(tmp_path / "other") as other, pytest.raises(UsageError, match="no events of icews; take them in"):
        beside(other, ["icews"])


def test_codes_come_to_one_ontology():
    assert act_of_cameo("042") == act_of_cameo("42") == ("CONSULT", 1, 1.9)
    assert act_of_cameo("311") == act_of_cameo("0311") == ("AGREE", 1, 5.2)
    assert act_of_cameo("14") is act_of_cameo("014") is None
    assert act_of_cameo("141") == ("PROTEST", 4, -6.5) and act_of_cameo("085") == ("RETREAT", 2, 7.0)
    assert act_of_cameo("---") is act_of_cameo("") is act_of_plover("HEADLINE", None) is None
    assert act_of_plover("assault", None).quad == 4 and act_of_plover("CONSULT", "visit").goldstein == 1.9


@pytest.mark.parametrize(
    ("cell", "states"),
    [
        ("Russian Federation", ("RUS",)),
        ("Congo", ("COG",)),
        ("Democratic Republic of Congo", ("COD",)),
        ("Micronesia, Federated States of", ("FSM",)),
        ("Jordan", ("JOR",)),
        ("ROM", ("ROU",)),
        ("RS", ("RUS",)),
        ("RUS;None;UKR;RUS", ("RUS", "UKR")),
        ("AFR", ()),
        ("nowhere", ()),
    ],
)
def test_states(cell, states):
    assert states_of(cell) == states
