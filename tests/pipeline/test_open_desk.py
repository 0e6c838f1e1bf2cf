"""A desk opened from Python does what the commands do."""

import csv
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

import communique
from communique.errors import UsageError
from communique.merge.judgements import judge
from communique.pipeline.incidents import merge_incidents
from communique.store.judgements import keep
from communique.store.lake import Lake
from communique.store.writer import Coder, Writer
from communique.types.incidents import Anchor
from communique.types.record import build


@pytest.fixture
def lake(tmp_path, analysis):
    """A desk that was merged, its report read by two versions."""
    lake = Lake(tmp_path / "desk")
    for version in ("1", "2"):
        with Writer(lake, Coder(version, "{}")) as writer:
            writer.add(build(analysis))
    merge_incidents(lake)
    return lake


@pytest.fixture
def desk(lake):
    with communique.open_desk(lake.place) as opened:
        yield opened


def test_a_part_of_it_is_exported(desk, tmp_path):
    loss = desk.export("csv", tmp_path / "talks.csv", type="CONSULT", safe=True)
    assert (loss.events, loss.documents, loss.lost) == (1, 1, {})
    with (tmp_path / "talks.csv").open(encoding="utf-8") as lines:
        assert [row["id"] for row in csv.DictReader(lines)] == ["e1"]
    with pytest.raises(UsageError, match="there are: "):
        desk.export("paper", str(tmp_path / "x"))


def test_plans_contradictions_and_judgements(desk, lake, analysis):
    assert [(row["plover"], row["kind"]) for row in desk.plans().to_pylist()] == [("AGREE", "plan")]
    assert desk.plans(as_of=date(2019, 6, 4)).num_rows == 1 and desk.contradictions().column_names[0] == "incident"
    trigger = analysis.events[0].trigger
    made = judge("confirm", "ann", datetime.now(UTC), "seen", Anchor("x1", trigger.start, trigger.end))
    keep(lake, made)
    (found,) = desk.judgements()
    assert (found.judgement.id, found.state) == (made.id, "holds")


def test_plans_and_contradictions_are_chosen_as_incidents_are(desk, lake, analysis):
    for asked, found in (({"actor": "Ana Sol"}, 1), ({"country": ["SDR"]}, 0), ({"since": "2019-06-04"}, 0)):
        assert desk.plans(**asked).num_rows == found == desk.incidents(status="planned", **asked).count()
        assert desk.contradictions(**asked).num_rows == 0
    with pytest.raises(UsageError, match="colour"):
        desk.plans(colour="red")
    trigger = analysis.events[1].trigger
    keep(lake, judge("reject", "ann", datetime.now(UTC), "no plan", Anchor("x1", trigger.start, trigger.end)))
    desk.refresh()
    assert desk.plans().num_rows == 0
    with communique.open_desk(lake.place, as_coded=True) as coded:
        assert coded.plans().num_rows == 1


def test_it_is_judged_and_merged(tmp_path, analysis):
    place = tmp_path / "judged"
    with Writer(Lake(place), Coder("1", "{}")) as writer:
        writer.add(build(replace(analysis, document=replace(analysis.document, id="abcd" * 8))))
    with communique.open_desk(place) as desk:
        judge_and_merge(desk)


def judge_and_merge(desk):
    (event,) = (row["id"] for row in desk.events(type="CONSULT").rows())
    (made,) = desk.judge("correct", event, why="as the envoys say", by="ann", status="denied")
    assert desk.events(type="CONSULT").rows()[0]["status"] == "denied"
    desk.judge("undo", made.id, why="a slip")
    assert desk.events(type="CONSULT").rows()[0]["status"] == "happened"
    desk.judge("reject", event, why="no talks")
    assert desk.events(type="CONSULT").count() == 0
    stories, incidents = desk.merge(anew=True)
    assert (stories.documents, incidents.events, desk.stories().count()) == (1, 3, 1)
    for kind, what, change in (
        ("correct", [event], {}), ("reject", [event], {"status": "denied"}), ("confirm", [event, event], {}),
        ("merge", [event], {}), ("split", [], {}), ("praise", [event], {}),
    ):  # fmt: skip
        with pytest.raises(UsageError):
            desk.judge(kind, *what, why="x", **change)
    assert len(desk.judgements()) == 3


def test_a_sample_has_the_words(desk, analysis):
    drawn = desk.sample(2, seed=3)
    assert len({one.anchor for one in drawn}) == 2
    assert all(one.document["text"] == analysis.document.text for one in drawn)
    assert [one.anchor for one in desk.sample(2, seed=3)] == [one.anchor for one in drawn]


def test_what_changed_between_runs(desk, lake):
    runs = sorted(lake.rows("runs", ["id", "version"]).to_pylist(), key=lambda run: run["version"])
    found = desk.diff(*(run["id"] for run in runs))
    assert (found.documents, found.changes) == (("d1",), ())


def test_who_a_name_means():
    (answer,) = communique.who("Angela Merkel", on="2015-01-01")
    assert answer.decision.candidates


def test_plans_stand_as_of_the_end_of_the_days_asked_for(desk, monkeypatch):
    monkeypatch.setattr("communique.pipeline.desk.plans_on", lambda view, filters, as_of: as_of)
    asked = (None, date(2019, 6, 4), "2019-06-04", "2019-06", "2019")
    assert [desk.plans(as_of=day) for day in asked] == [None, *[date(2019, 6, 4)] * 2, date(2019, 6, 30), date(2019, 12, 31)]
    with pytest.raises(UsageError, match="write it as 2019-06-03"):
        desk.plans(as_of="tomorrow")
