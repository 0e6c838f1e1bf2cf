"""Judgements through every door of a desk: listings, words, analyses, SQL, search; undone at will, and kept over re-runs."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pyarrow as pa
import pytest
from typer.testing import CliRunner

from communique.cli.app import app
from communique.errors import UsageError
from communique.merge.corrections import read_changes
from communique.merge.judgements import judge
from communique.query.desk import OpenDesk
from communique.store import judgements
from communique.store.tables import SCHEMAS, rows_of
from communique.types.incidents import Anchor
from communique.types.record import build

from .conftest import FIRST, SECOND, reports

A, B = FIRST[:12], SECOND[:12]
NOON = datetime(2024, 4, 1, 12, tzinfo=UTC)
MET, REOPEN, KILLED = "CONSULT", "AGREE", "ASSAULT"


@pytest.fixture
def say(lake, analysis):
    """Judges the event of a type in a report, by its words; gives the judgement."""
    minutes = iter(range(1000))
    texts = {FIRST: "x1", SECOND: "x2"}

    def anchor(document, plover):
        trigger = next(e.trigger for e in analysis.events if e.plover == plover)
        return Anchor(texts[document], trigger.start, trigger.end)

    def said(kind, document=None, plover=None, *changes, by="ann", other=None, undoes=None, why="as I read it"):
        on = anchor(document, plover) if document else None
        two = anchor(*other) if other else None
        change = read_changes(changes) if changes else ()
        made = judge(kind, by, NOON + timedelta(minutes=next(minutes)), why, on, two, change, undoes)
        judgements.keep(lake, made)
        return made

    return said


def ids(relation):
    return [row["id"] for row in relation.ordered().rows()]


def by_id(desk, id):
    (row,) = [row for row in desk.events().rows() if row["id"] == id]
    return row


def test_without_judgements_nothing_is_marked(desk):
    assert {(tuple(r["corrected_by"]), tuple(r["confirmed_by"])) for r in desk.events().rows()} == {((), ())}
    assert desk.view.rejected == frozenset()


def test_what_is_rejected_is_gone_from_every_door_but_by_its_id(desk, say):
    made = say("reject", FIRST, KILLED, why="a quote")
    assert desk.refresh()
    assert f"{A}/e3" not in ids(desk.events()) and f"{B}/e3" in ids(desk.events())
    assert desk.show(A).members == (f"{A}/e1", f"{A}/e2")
    assert (
        sum(desk.series("year", False, status=["happened", "ongoing", "planned", "uncertain", "denied"])["events"].to_pylist())
        == 5
    )
    assert desk.sql("SELECT count(*) AS n FROM events").rows() == [{"n": 5}]
    assert desk.sql("SELECT count(*) AS n FROM coded_events").rows() == [{"n": 6}]
    assert [h.id for h in desk.search("soldiers", ["event"])] == [f"{B}/e3"]
    shown = desk.show(f"{A}/e3")
    assert shown.judgements == (made,) and shown.fields["plover"] == KILLED
    assert shown.to_dict()["judgements"][0] | {"made": 0} == {
        "id": made.id, "kind": "reject", "by": "ann", "made": 0, "why": "a quote", "change": {},
    }  # fmt: skip


def test_search_finds_what_is_no_longer_rejected(desk, say):
    made = say("reject", FIRST, KILLED)
    desk.refresh()
    desk.search("soldiers")
    say("undo", undoes=made.id)
    desk.refresh()
    assert [h.id for h in desk.search("soldiers", ["event"])] == [f"{A}/e3", f"{B}/e3"]


def test_a_correction_sets_fields_and_what_depends_on_them(desk, say):
    say("correct", FIRST, MET, "plover=ASSAULT", "actor=Sudria; Germany; Dunes Ltd", "recipient=Ana Sol", "place=Dunwick")
    more = ("status=denied", "when=2020-01-05/2020-01-07", "denied_by=France [state:FRA]", "killed=10+")
    say("correct", FIRST, MET, *more, by="bob")
    desk.refresh()
    row = by_id(desk, f"{A}/e1")
    assert (row["plover"], row["mode"], row["quad"], row["cameo"], row["status"]) == ("ASSAULT", None, 4, "190", "denied")
    assert row["goldstein"] < 0
    assert row["actor_names"] == ["Sudria", "Germany", "Dunes Ltd"] and row["actor"] == ["a2", "a4", "a5"]
    assert row["actor_countries"] == ["SDR", "DEU"] and row["actor_entries"] == ["state:DEU"]
    assert (row["recipient"], row["recipient_countries"], row["recipient_sectors"]) == (["a1"], ["NRL"], ["GOV"])
    assert (row["place"], row["place_name"], row["place_country"], row["latitude"]) == (None, "Dunwick", None, None)
    assert (row["when_start"], row["when_end"]) == (date(2020, 1, 5), date(2020, 1, 8))
    assert (row["denied_by"], row["denied_names"]) == (["a6"], ["France"])
    assert [(a["kind"], a["low"], a["high"], a["words"]) for a in row["amounts"]] == [("killed", 10.0, None, "10+")]
    assert row["corrected_by"] == ["ann", "bob"] and row["evidence"][0]["text"].startswith("Premier")
    added = [(r["id"], r["name"], r["kind"], r["entry"]) for r in desk.actors(document=A).rows()][3:]
    assert added == [
        (f"{A}/a4", "Germany", "state", "state:DEU"),
        (f"{A}/a5", "Dunes Ltd", "group", None),
        (f"{A}/a6", "France", "state", "state:FRA"),
    ]


def test_filters_and_analyses_take_what_was_corrected(desk, say):
    say("correct", FIRST, MET, "actor=Germany", "recipient=France [state:FRA]", "plover=ACCUSE")
    desk.refresh()
    for filters in ({"actor": "DEU"}, {"dyad": ("Germany", "FRA")}, {"actor": "state:DEU", "type": "ACCUSE"}, {"quad": 3}):
        assert ids(desk.events(**filters)) == [f"{A}/e1"], filters
    assert ids(desk.events(type="CONSULT")) == [f"{B}/e1"]
    (row,) = desk.series(actor="DEU").to_pylist()
    assert (row["source"], row["target"], row["verbal_conflict"]) == ("DEU", "FRA", 1)
    assert [(e["source"], e["target"]) for e in desk.network(actor="DEU").to_pylist()] == [("DEU", "FRA")]


def test_places_and_actors_of_the_report_are_known_by_their_names(desk, say):
    say("correct", FIRST, KILLED, "status=happened")
    say("correct", FIRST, KILLED, "place=lisbon", "actor=norland radio")
    desk.refresh()
    row, there = by_id(desk, f"{A}/e3"), by_id(desk, f"{A}/e1")
    for column in ("place", "place_country", "latitude", "longitude"):
        assert row[column] == there[column] is not None
    assert (row["actor"], row["actor_names"], row["actor_countries"]) == (["a3"], ["Norland Radio"], ["NRL"])


def test_what_was_not_corrected_stays(desk, say):
    before = by_id(desk, f"{A}/e1")
    say("correct", FIRST, MET, "status=uncertain")
    desk.refresh()
    assert by_id(desk, f"{A}/e1") == before | {"status": "uncertain", "corrected_by": ["ann"]}
    say("correct", FIRST, MET, "status=planned")
    desk.refresh()
    assert by_id(desk, f"{A}/e1")["cameo"] == "036"


def test_confirmed_by_whom(desk, say):
    before = by_id(desk, f"{A}/e2")
    for by in ("ann", "bob", "ann"):
        say("confirm", FIRST, REOPEN, by=by)
    desk.refresh()
    assert by_id(desk, f"{A}/e2") == before | {"confirmed_by": ["ann", "bob"]}
    assert desk.sql("SELECT id FROM events WHERE len(confirmed_by) > 0").rows() == [{"id": "e2"}]
    assert len(desk.show(f"{A}/e2").judgements) == 3


def test_incidents_are_split_and_merged(desk, say):
    split = say("split", SECOND, MET, why="another day")
    desk.refresh()
    assert sorted(row["members"] for row in desk.incidents().rows()) == [[f"{A}/e1"], [f"{B}/e1"]]
    alone = next(row["id"] for row in desk.incidents().rows() if row["members"] == [f"{B}/e1"])
    assert desk.show(alone).judgements == (split,) and ids(desk.events(incident=alone)) == [f"{B}/e1"]
    (row,) = desk.sql("SELECT likeness, why FROM incidents WHERE document = ?", (SECOND,)).rows()
    assert row == {"likeness": None, "why": "split off by ann: another day"}
    say("merge", FIRST, MET, other=(SECOND, MET))
    desk.refresh()
    assert [row["members"] for row in desk.incidents().rows()] == [[f"{A}/e1", f"{B}/e1"]]
    assert desk.sql("SELECT DISTINCT incident FROM coded_incidents").rows() == [{"incident": "i77"}]


def test_an_incident_lacks_what_was_rejected(desk, say):
    say("reject", FIRST, MET)
    desk.refresh()
    (row,) = desk.incidents().rows()
    assert row["members"] == [f"{B}/e1"] and desk.sql("SELECT count(*) AS n FROM incidents").rows() == [{"n": 1}]


def test_as_coded(lake, desk, say):
    before = desk.events().ordered().arrow()
    say("correct", FIRST, MET, "status=denied")
    say("reject", FIRST, KILLED)
    say("split", SECOND, MET)
    with OpenDesk(lake.place, as_coded=True) as coded:
        assert coded.events().ordered().arrow() == before
        assert [row["id"] for row in coded.incidents().rows()] == ["i77"]
        assert coded.show(f"{A}/e1").judgements == () and len(coded.search("soldiers", ["event"])) == 2


def test_undone_it_was_never_said(desk, say):
    tables = ("events", "actors", "incidents")
    before = {t: desk.sql(f"SELECT * FROM {t} ORDER BY ALL").arrow() for t in tables}
    made = [
        say("correct", FIRST, MET, "actor=Germany"),
        say("reject", FIRST, KILLED),
        say("confirm", SECOND, MET),
        say("split", SECOND, MET),
    ]
    desk.refresh()
    assert all(desk.sql(f"SELECT * FROM {t} ORDER BY ALL").arrow() != before[t] for t in tables)
    undone = [say("undo", undoes=j.id) for j in made]
    desk.refresh()
    assert all(desk.sql(f"SELECT * FROM {t} ORDER BY ALL").arrow() == before[t] for t in tables)
    say("undo", undoes=undone[1].id)
    desk.refresh()
    assert f"{A}/e3" not in ids(desk.events())


def test_judgements_hold_when_a_newer_coder_reads_the_report_anew(lake, desk, say, analysis):
    say("correct", FIRST, MET, "status=denied")
    say("reject", FIRST, KILLED)
    first, _ = reports(analysis)
    met, _, killed = first.events
    wider = replace(killed, id="e1", trigger=replace(killed.trigger, start=killed.trigger.start - 5))
    renamed = replace(analysis, document=first.document, events=(wider, replace(met, id="e3")), statements=())
    rows = rows_of(build(renamed), "r2")
    whole = pa.Table.from_pylist(rows.pop("documents"), schema=SCHEMAS["documents"])
    for name, new in rows.items():
        lake.append(name, new)
    lake.put_documents(lake.writable("documents"), whole, replace=True)
    desk.refresh()
    (row,) = desk.events(document=A).rows()
    assert (row["id"], row["run"], row["status"], row["corrected_by"]) == (f"{A}/e3", "r2", "denied", ["ann"])


def test_reprints_of_the_words_are_judged_with_them(lake, desk, say, analysis):
    first, _ = reports(analysis)
    reprint = replace(analysis, document=replace(first.document, id="cccc" + "0" * 60))
    for name, rows in rows_of(build(reprint), "r1").items():
        lake.append(name, rows)
    say("correct", FIRST, MET, "status=denied")
    desk.refresh()
    assert sorted(ids(desk.events(type=MET, status="denied"))) == [f"{A}/e1", "cccc00000000/e1"]


def test_words_that_tell_of_nothing_any_more_change_nothing(lake, desk):
    before = desk.events().ordered().arrow()
    for text, start in (("x1", 0), ("x9", 49)):
        judgements.keep(lake, judge("reject", "ann", NOON, "gone", Anchor(text, start, start + 2)))
    assert desk.refresh()
    assert desk.events().ordered().arrow() == before and desk.view.rejected == frozenset()


def test_an_event_that_never_was_is_told_as_before(desk, say):
    say("reject", FIRST, KILLED)
    desk.refresh()
    with pytest.raises(UsageError, match="no such event"):
        desk.show(f"{A}/e9")


def test_show_prints_judgements(lake, say):
    made = say("correct", FIRST, MET, "status=denied", why="as the army says")
    say("confirm", FIRST, MET, by="bob")
    run = lambda *more: CliRunner().invoke(app, ["show", f"{A}/e1", "--desk", lake.place, *more])
    told = run().output
    assert f"judged: correct status=denied by ann, 2024-04-01 12:00: as the army says ({made.id})" in told
    assert "judged: confirm by bob" in told and "status: denied" in told
    coded = run("--as-coded").output
    assert "judged" not in coded and "status: happened" in coded
    found = json.loads(run("--format", "json").output)
    assert [j["by"] for j in found["judgements"]] == ["ann", "bob"]


@pytest.mark.parametrize("command", ["events", "series"])
def test_commands_can_be_asked_for_what_was_coded(lake, say, command):
    say("correct", FIRST, MET, "plover=AID", "actor=Germany", "recipient=France")
    asked = [command, "--type", "AID", "--desk", lake.place, "--format", "jsonl"]
    assert "DEU" in CliRunner().invoke(app, asked).stdout
    assert CliRunner().invoke(app, [*asked, "--as-coded"]).stdout == ""
