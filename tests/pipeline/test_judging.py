"""Incidents of a desk, and judgements on them by the ids that users see."""

from dataclasses import replace

import pytest
from tests.conftest import sample
from typer.testing import CliRunner

from communique.cli.app import app
from communique.errors import UsageError
from communique.merge.incidents import incidents_of
from communique.pipeline.incidents import merge_incidents, read_incidents, told_events
from communique.pipeline.judging import all_judgements, judge_on, merge_on, split_on, undo_on
from communique.store.lake import Lake
from communique.store.writer import Coder, Writer
from communique.types.events import Amount
from communique.types.record import build

A, B, C = ("aaaaaaaaaaaaa111", "bbbbbbbbbbbbb222", "ccccccccccccc333")


def record(document, text_id=None, killed=2):
    told = sample()
    events = tuple(replace(e, amounts=tuple(Amount(a.kind, a.span, killed, killed) for a in e.amounts)) for e in told.events)
    own = replace(told.document, id=document, text_id=text_id or f"t{document[0]}")
    return build(replace(told, document=own, events=events))


@pytest.fixture
def lake(tmp_path):
    """Two reports of one day, one of them reprinted word for word, as they were merged."""
    lake = Lake(tmp_path / "desk")
    with Writer(lake, Coder("1", "{}")) as writer:
        for one in (record(A), record(B, killed=3), record(C, "ta")):
            writer.add(one)
    lake.append("stories", [{"story": "s1", "document": C, "run": "r", "copy_of": A, "copy_kind": "exact", "likeness": 1.0}])
    merge_incidents(lake)
    return lake


def incident(lake, event):
    return next(i for i in read_incidents(lake) if event in {t.event.shown for t in i.tellings})


def test_events_of_a_desk_are_told_with_their_parties_places_and_sources(lake):
    met, _, killed = sorted((e for e in told_events(lake) if e.document == C), key=lambda e: e.event)
    assert [(p.name, p.country) for p in met.actor] == [("Ana Sol", "NRL"), ("Sudria", "SDR")]
    assert (met.place, met.place_precision, met.group, met.story, met.words) == ("Lisbon", "city", A, "s1", "met")
    assert (killed.denied_by, killed.attributed_to, killed.figures[0].low) == (("Sudria",), ("Norland Radio",), 2)
    assert {e.document for e in told_events(lake, [B])} == {B}


def test_the_table_gives_the_incidents_that_the_events_give(lake):
    read, made = read_incidents(lake), incidents_of(told_events(lake))
    shape = [(i.id, i.outcome, i.fields, i.history, [(t.event, t.likeness) for t in i.tellings]) for i in read]
    assert shape == [(i.id, i.outcome, i.fields, i.history, [(t.event, t.likeness) for t in i.tellings]) for i in made]
    assert incident(lake, "aaaaaaaaaaaa/e1").sources == 2
    assert incident(lake, "aaaaaaaaaaaa/e3") == incident(lake, "bbbbbbbbbbbb/e3")
    toll = next(f for f in incident(lake, "aaaaaaaaaaaa/e3").fields if f.name == "killed")
    assert (toll.verdict, [a.value for a in toll.accounts]) == ("contradicted", ["2", "3"])


def test_merging_again_changes_nothing(lake):
    before = read_incidents(lake)
    found = merge_incidents(lake)
    assert (found.events, found.incidents) == (9, len(before))
    assert read_incidents(lake) == before


def test_judgements_are_kept_applied_and_undone(lake):
    before = read_incidents(lake)
    (split,) = split_on(lake, ["bbbbbbbbbbbb/e1"], "ann", "another meeting")
    assert len(incident(lake, "bbbbbbbbbbbb/e1").tellings) == 1
    (merge,) = merge_on(lake, [incident(lake, "aaaaaaaaaaaa/e1").id, "bbbbbbbbbbbb/e1"], "bob", "no, the same")
    assert len(incident(lake, "bbbbbbbbbbbb/e1").tellings) == 3
    (reject,) = judge_on(lake, "reject", "bbbbbbbbbbbb/e2", "ann", "a quote")
    assert "bbbbbbbbbbbb/e2" not in {t.event.shown for i in read_incidents(lake) for t in i.tellings}
    judge_on(lake, "correct", "bbbbbbbbbbbb/e3", "ann", "misread", ["killed=2"])
    merge_incidents(lake)
    toll = next(f for f in incident(lake, "aaaaaaaaaaaa/e3").fields if f.name == "killed")
    assert toll.verdict == "agreed"
    for made in list(all_judgements(lake)):
        undo_on(lake, made.judgement.id, "ann", "enough")
    assert read_incidents(lake) == before
    states = {s.judgement.id: (s.state, s.event) for s in all_judgements(lake)}
    assert states[split.id] == ("undone", "bbbbbbbbbbbb/e1") and states[reject.id][0] == states[merge.id][0] == "undone"


def test_a_merge_with_an_event_of_a_report_that_nothing_else_judges_holds(lake):
    (merge,) = merge_on(lake, ["bbbbbbbbbbbb/e1", "aaaaaaaaaaaa/e2"], "ann", "the same")
    (standing,) = all_judgements(lake)
    assert (standing.judgement, standing.state, standing.event) == (merge, "holds", "bbbbbbbbbbbb/e1")


def test_several_events_are_split_off_together(lake):
    split_on(lake, ["bbbbbbbbbbbb/e1", "aaaaaaaaaaaa/e1"], "ann", "both are of another day")
    assert len(incident(lake, "bbbbbbbbbbbb/e1").tellings) == 3


@pytest.mark.parametrize("what", ["e1", "aaaaaaaaaaaa", "aaaaaaaaaaaa/e9", "eeeeeeeeeeee/e1", "aaaa/", "i0123456789ab"])
def test_ids_that_the_desk_lacks(lake, what):
    with pytest.raises(UsageError, match=what):
        merge_on(lake, [what, "bbbbbbbbbbbb/e1"], "ann", "one")
    with pytest.raises(UsageError):
        judge_on(lake, "reject", what, "ann", "none")


def test_what_cannot_be_undone_or_has_no_desk(lake, tmp_path):
    with pytest.raises(UsageError, match="j404"):
        undo_on(lake, "j404", "ann", "gone")
    with pytest.raises(UsageError, match="no desk"):
        merge_incidents(Lake(tmp_path / "nowhere"))
    assert all_judgements(lake) == []


def test_commands(lake):
    run = CliRunner()
    desk = ["--desk", lake.place, "--by", "ann"]
    made = run.invoke(app, ["judge", "correct", "bbbbbbbbbbbb/e3", "status=happened", *desk, "--why", "others saw it"])
    assert made.exit_code == 0 and made.output.startswith("j")
    id = made.output.split()[0]
    for command in (
        ["merge", "aaaaaaaaaaaa/e2", "bbbbbbbbbbbb/e2"],
        ["split", "aaaaaaaaaaaa/e2"],
        ["confirm", "aaaaaaaaaaaa/e1"],
    ):
        assert run.invoke(app, ["judge", *command, *desk, "--why", "so"]).exit_code == 0
    assert run.invoke(app, ["judge", "reject", "aaaaaaaaaaaa/e1", *desk, "--why", "no"]).exit_code == 0
    assert run.invoke(app, ["judge", "undo", id, *desk, "--why", "they did not"]).exit_code == 0
    shown = run.invoke(app, ["judgements", "--desk", lake.place])
    assert shown.exit_code == 0 and "status=happened" in shown.output and "undone" in shown.output
    told = run.invoke(app, ["judgements", "--desk", lake.place, "--format", "json"])
    assert told.exit_code == 0 and '"others saw it"' in told.output
    assert run.invoke(app, ["judge", "reject", "aaaaaaaaaaaa/e1", "--desk", lake.place]).exit_code == 2


def test_a_judgement_stays_on_the_version_that_it_was_made_on(lake):
    made = judge_on(lake, "confirm", f"{B[:12]}/e1", "ann", "seen")
    newer = "dddddddddddddd444"
    with Writer(lake, Coder("1", "{}")) as writer:
        writer.add(record(newer, "td"))
    lake.append("versions", [{"report": "page", "number": n, "document": d} for n, d in ((1, B), (2, newer))])
    merge_incidents(lake)
    assert {t.event.document for i in read_incidents(lake) for t in i.tellings} == {A, C, newer}
    (found,) = all_judgements(lake)
    assert (found.judgement.id, found.state) == (made[0].id, "on an older version of the report")
