"""The documents of a desk go to stories, which stay, and copies are named with what they were made from."""

from __future__ import annotations

import shutil
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from random import Random

import pytest
from tests.merge.conftest import PAIRS, read_happening

from communique.errors import UsageError
from communique.evaluation.stories import b_cubed
from communique.merge.sketches import sketch
from communique.pipeline.incidents import merge_incidents
from communique.pipeline.merging import merge_stories
from communique.store.lake import Lake
from communique.store.merged import told_documents
from communique.store.tables import rows_of
from communique.types.analysis import Analysis
from communique.types.record import build
from communique.types.text import Document, Dropped, Interval, Published, Span

TALKS = """Envoys of Norland and Sudria meet in Lisbon

Envoys of Norland and Sudria met in Lisbon on Monday to talk about the bridge at Velm, which a flood swept away in March.

Premier Ana Sol said that engineers would begin in June and that both states would pay half of the 40 million crowns.
"""
FIRE = """Fire destroys market in Oshen

A fire destroyed the old market of Oshen during the night, and 12 traders lost all that they had, the mayor said on Sunday.

Bakar Yun promised stalls on the square by Friday and asked Tavara's government for a loan without interest.
"""
SHIPS = """Ships collide off Brenn

Two ships collided off Brenn in fog on Tuesday, and one of them sank with its cargo of timber.
"""
NOW = datetime(2026, 11, 26, tzinfo=UTC)


def add(lake, number, text, day, run="r1", dropped=()):
    days = Interval(day, day + timedelta(days=1))
    document = Document(
        f"{number:032x}",
        f"t{hash(text)}",
        f"{number}.txt",
        text,
        publisher=f"Outlet {number}",
        published=Published(days, "given"),
    )
    record = build(Analysis(replace(document, dropped=dropped)))
    for name, rows in rows_of(record, run, NOW + timedelta(minutes=number)).items():
        lake.append(name, rows)


def stories(lake):
    return {
        row["document"][-1]: row
        for row in lake.rows("stories", ["story", "document", "run", "copy_of", "copy_kind"]).to_pylist()
    }


@pytest.fixture(scope="module")
def happenings():
    return {path.stem: read_happening(path) for path in sorted(PAIRS.glob("*.txt"))}


@pytest.fixture
def lake(tmp_path):
    lake = Lake(tmp_path / "desk")
    lake.create()
    add(lake, 1, TALKS, date(2024, 4, 8))
    add(lake, 2, TALKS, date(2024, 4, 9))
    add(lake, 3, FIRE, date(2024, 4, 9))
    return lake


def test_documents_go_to_stories_and_copies_are_named(lake):
    merged = merge_stories(lake)
    assert (merged.documents, merged.new, merged.stories, merged.copies) == (3, 3, 2, 1)
    found = stories(lake)
    assert found["1"]["story"] == found["2"]["story"] != found["3"]["story"]
    assert (found["2"]["copy_of"][-1], found["2"]["copy_kind"], found["1"]["copy_of"]) == ("1", "exact", None)


def test_merging_again_changes_nothing_and_new_documents_join(lake):
    merge_stories(lake)
    before, version = stories(lake), lake.table("stories").version()
    assert merge_stories(lake).new == 0
    assert lake.table("stories").version() == version
    add(lake, 4, TALKS.partition("\n")[2].strip() + "\n", date(2024, 4, 10))
    assert merge_stories(lake).new == 1
    after = stories(lake)
    assert {name: after[name] for name in before} == before
    assert after["4"]["story"] == before["1"]["story"]
    assert after["4"]["copy_of"][-1] == "1"


def test_an_earlier_report_that_comes_later_is_the_first(lake):
    merge_stories(lake)
    add(lake, 5, TALKS, date(2024, 4, 1))
    merge_stories(lake)
    found = stories(lake)
    assert [found[n]["copy_of"] and found[n]["copy_of"][-1] for n in "125"] == ["5", "5", None]


def test_the_rest_of_the_desk_stays_as_it_is(lake):
    merge_stories(lake)
    before = stories(lake)
    add(lake, 6, SHIPS, date(2025, 4, 9))
    merge_stories(lake)
    after = stories(lake)
    assert {name: after[name] for name in before} == before
    assert after["6"]["story"] not in {row["story"] for row in before.values()}


def test_a_text_that_is_printed_again_is_a_copy_however_much_later(lake):
    merge_stories(lake)
    before = stories(lake)
    add(lake, 6, FIRE, date(2025, 4, 9))
    merge_stories(lake)
    found = stories(lake)
    assert (found["6"]["copy_of"][-1], found["6"]["story"]) == ("3", before["3"]["story"])
    merge_stories(lake, anew=True)
    assert stories(lake) == found


def test_texts_are_worded_once(lake, monkeypatch):
    merge_stories(lake)
    add(lake, 7, SHIPS, date(2024, 4, 9))
    asked = []

    def counted(told):
        asked.append(told.document)
        return sketch(told)

    monkeypatch.setattr("communique.pipeline.sketches.sketch", counted)
    merge_stories(lake)
    merge_stories(lake, anew=True)
    assert [document[-1] for document in asked] == ["7"]


def test_what_a_record_drops_is_blanked_and_offsets_stay(lake):
    text = FIRE + "Subscribe to our letter."
    start = len(FIRE)
    add(lake, 7, text, date(2024, 4, 9), dropped=(Dropped(Span(start, len(text)), "advertisement"),))
    (told,) = told_documents(lake, {f"{7:032x}"})
    assert told.text == FIRE + " " * (len(text) - start)


@pytest.mark.parametrize("seed", range(3))
def test_merging_step_by_step_gives_what_merging_at_once_gives(tmp_path, happenings, seed):
    reports = [(f"{name}-{kind}", one) for name, kinds in happenings.items() for kind, one in kinds.items()]
    Random(seed).shuffle(reports)
    lake = Lake(tmp_path / "desk")
    lake.create()
    names = {}
    for number, (name, one) in enumerate(reports, 10):
        add(lake, number, one.text, one.published.start)
        names[f"{number:032x}"] = name
        if number % 25 == 0:
            merge_stories(lake)
    merge_stories(lake)
    columns = ["document", "story", "copy_of"]
    step = {row["document"]: row for row in lake.rows("stories", columns).to_pylist()}
    merge_stories(lake, anew=True)
    once = {row["document"]: row for row in lake.rows("stories", columns).to_pylist()}
    assert step.keys() == once.keys() == names.keys()
    assert sum(step[d]["copy_of"] == once[d]["copy_of"] for d in names) >= 0.95 * len(names)
    groups = {}
    for document, row in step.items():
        groups.setdefault(row["story"], []).append(document)
    assert b_cubed(list(groups.values()), {d: row["story"] for d, row in once.items()})["f1"] >= 0.97


def test_where_there_is_no_desk(tmp_path):
    with pytest.raises(UsageError, match="nowhere"):
        merge_stories(Lake(tmp_path / "nowhere"))


def supersede(lake, *numbers):
    rows = [{"report": "page", "number": n, "document": f"{d:032x}"} for n, d in enumerate(numbers, 1)]
    lake.append("versions", rows)


def test_a_new_version_takes_the_place_of_the_older_one(lake):
    merge_stories(lake)
    before = stories(lake)
    assert before["2"]["copy_of"] == f"{1:032x}" and before["2"]["story"] == before["1"]["story"]
    add(lake, 9, TALKS.replace("40 million", "45 million"), date(2024, 4, 8))
    supersede(lake, 1, 9)
    found = merge_stories(lake)
    after = stories(lake)
    assert (found.documents, found.new) == (len(before), 1) and after.keys() == before.keys() - {"1"} | {"9"}
    assert after["9"]["story"] == after["2"]["story"] == before["1"]["story"], "the story is the same"
    assert after["2"]["copy_of"] == f"{9:032x}" and after["9"]["copy_of"] is None
    assert after["3"] == before["3"]


def test_a_story_of_one_report_stays_the_same_when_that_changes(lake):
    merge_stories(lake)
    (fire,) = (row["story"] for d, row in stories(lake).items() if d == "3")
    add(lake, 9, SHIPS + "Divers found the wreck.", date(2024, 4, 9))
    supersede(lake, 3, 9)
    merge_stories(lake)
    assert stories(lake)["9"]["story"] == fire


def test_versions_that_were_merged_side_by_side_are_told_apart_afterwards(lake):
    add(lake, 9, TALKS, date(2024, 4, 10))
    merge_stories(lake)
    assert stories(lake)["9"]["copy_of"] == stories(lake)["2"]["copy_of"] == f"{1:032x}"
    supersede(lake, 1, 9)
    assert merge_stories(lake).new == 0
    after = stories(lake)
    assert "1" not in after and after["9"]["copy_of"] is None and after["2"]["copy_of"] == f"{9:032x}"


def test_a_desk_of_an_older_version_is_merged(lake):
    """It lacks the tables that are new since."""
    for name in ("versions", "sketches", "stories", "incidents"):
        shutil.rmtree(lake.at(name))
    older = Lake(lake.place)
    assert merge_stories(older).stories == 2 and merge_incidents(older).events == 0
