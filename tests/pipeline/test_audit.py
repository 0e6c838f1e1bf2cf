"""Events are drawn alike whenever they are drawn, answers are kept as judgements, and precision follows from them."""

from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from communique.cli.auditing import audit
from communique.errors import UsageError
from communique.merge.judgements import judge
from communique.pipeline.audit import QUESTIONS, Precision, answered, draw, precision, record, wilson
from communique.store.judgements import keep, kept
from communique.store.lake import Lake
from communique.store.tables import rows_of
from communique.types.record import build

NOW = datetime(2026, 11, 26, 12, 30, tzinfo=UTC)


def add(lake, analysis, number, run="r1", text=None):
    """One more report with the events of the sample, under ids of its own."""
    document = replace(analysis.document, id=f"{number:040x}", text_id=text or f"x{number}")
    for name, rows in rows_of(build(replace(analysis, document=document)), run, NOW).items():
        lake.append(name, rows)


@pytest.fixture
def lake(tmp_path, analysis):
    lake = Lake(tmp_path / "desk")
    lake.create()
    for number in range(12):
        add(lake, analysis, number)
    return lake


def keys(drawn):
    return [(d.event["document"], d.event["id"]) for d in drawn]


def answering(*given):
    """An `ask` that gives these answers in turn, and what it was asked."""
    left, asked = list(given), []

    def ask(prompt):
        asked.append(prompt)
        return left.pop(0)

    return ask, asked


def test_a_draw_is_the_same_again_larger_ones_contain_it_and_seeds_differ(lake):
    five, ten = draw(lake, 5, 1, False), draw(lake, 10, 1, False)
    assert keys(five) == keys(draw(lake, 5, 1, False)) == keys(ten)[:5]
    assert len(set(keys(ten))) == 10 and keys(ten) != keys(draw(lake, 10, 2, False))
    assert len(draw(lake, 100, 1, False)) == 36
    for drawn in ten:
        anchor = drawn.anchor
        assert drawn.document["text"][anchor.start : anchor.end] == drawn.event["trigger"]


def test_a_stratified_draw_has_as_many_of_each_type(lake, analysis):
    few = replace(analysis, events=analysis.events[:1], statements=())
    for number in range(100, 130):
        add(lake, few, number)
    assert Counter(d.event["plover"] for d in draw(lake, 30, 1, True)) == {"AGREE": 10, "ASSAULT": 10, "CONSULT": 10}
    assert Counter(d.event["plover"] for d in draw(lake, 40, 1, True)) == {"AGREE": 12, "ASSAULT": 12, "CONSULT": 16}


def test_what_does_not_count_and_reprints_are_not_drawn(lake, analysis):
    lake.append("events", rows_of(build(analysis), "r9", NOW)["events"])  # no document of that run
    add(lake, analysis, 50, text="x1")  # the words of another
    assert len(draw(lake, 100, 1, False)) == 36


def test_answers_are_judgements_with_the_anchor_of_the_event(lake, capsys):
    first, second, third = draw(lake, 3, 1, False)
    ask, asked = answering("y", "n", "x", "?", "n", "Q")
    audit(lake.place, 3, "ana", 1, False, ask)
    assert [p.split(":")[0] for p in asked] == ["type", "sides", "status", "status", "type", "type"]
    made = {j.anchor: (j.kind, j.by, j.why) for j in kept(lake)}
    assert made == {
        first.anchor: ("confirm", "ana", "audit: type yes, sides no, status unsure"),
        second.anchor: ("reject", "ana", "audit: type no, sides unsure, status unsure"),
    }
    assert third.anchor not in made
    said = capsys.readouterr().out
    assert "3 events drawn, 0 answered by ana before" in said and "stopped" in said
    assert first.event["trigger"] in said


def test_an_audit_goes_on_where_it_stopped_for_each_who_judges(lake, capsys):
    audit(lake.place, 4, "ana", 1, False, answering("y", "y", "y", "?", "q")[0])
    ask, asked = answering(*"yyy" * 3)
    audit(lake.place, 4, "ana", 1, False, ask)
    assert len(asked) == 9  # one was answered; one that could not be told is asked again
    ask, asked = answering()
    audit(lake.place, 4, "ana", 1, False, ask)
    assert asked == [] and "4 answered by ana before" in capsys.readouterr().out
    ask, asked = answering("q")
    audit(lake.place, 4, "ben", 1, False, ask)
    assert len(asked) == 1


def test_the_end_of_the_input_stops_it(lake, capsys):
    def ask(prompt):
        raise EOFError

    audit(lake.place, 2, "ana", 1, False, ask)
    assert "stopped" in capsys.readouterr().out and kept(lake) == []


def test_what_was_undone_is_asked_again(lake):
    (drawn,) = draw(lake, 1, 1, False)
    record(lake, drawn, dict.fromkeys(QUESTIONS, True), "ana")
    assert answered(lake, "ana") == {drawn.anchor: dict.fromkeys(QUESTIONS, True)}
    keep(lake, judge("undo", "ana", datetime.now(UTC), "a slip", undoes=kept(lake)[0].id))
    assert answered(lake, "ana") == {}


def test_events_are_drawn_as_judged_but_for_answers(lake):
    first, second, third = draw(lake, 3, 1, False)
    for drawn in (first, second):
        record(lake, drawn, {"type": drawn is first, "sides": None, "status": None}, "ana")
    assert keys(draw(lake, 3, 1, False)) == keys([first, second, third])
    keep(lake, judge("reject", "ben", datetime.now(UTC), "a quote", third.anchor))
    keep(lake, judge("correct", "ben", datetime.now(UTC), "misread", first.anchor, change=(("plover", "AID"),)))
    again = draw(lake, 3, 1, False)
    assert keys(again)[:2] == keys([first, second]) and keys([third])[0] not in keys(again)
    assert again[0].event["plover"] == "AID" and set(answered(lake, "ana")) == {second.anchor}


def test_precision_by_type_counts_what_was_told_alone(lake, capsys):
    sample = draw(lake, 36, 1, False)
    wrong = {"AGREE": 3, "ASSAULT": 6, "CONSULT": 0}
    for drawn in sample:
        is_right = wrong[drawn.event["plover"]] <= 0
        wrong[drawn.event["plover"]] -= 1
        record(lake, drawn, {"type": is_right, "sides": True if is_right else None, "status": None}, "ana")
    found = precision(sample, answered(lake, "ana"), "type")
    counts = [(name, p.right, p.judged) for name, p in found.items()]
    assert counts == [("AGREE", 9, 12), ("ASSAULT", 6, 12), ("CONSULT", 12, 12), ("all", 27, 36)]
    assert precision(sample, answered(lake, "ana"), "sides")["all"].judged == 27
    assert precision(sample, answered(lake, "ana"), "status") == {}
    audit(lake.place, 36, "ana", 1, False, answering()[0])
    assert "27/36" in capsys.readouterr().out
    audit(lake.place, 36, "ana", 1, True, answering()[0])
    said = capsys.readouterr().out
    assert "27/36" not in said and "9/12" in said


def test_intervals_are_those_of_wilson():
    # Newcombe, Statistics in Medicine 17 (1998), table I, method 3
    assert wilson(81, 263) == Precision(81, 263, pytest.approx(0.2553, abs=1e-4), pytest.approx(0.3662, abs=1e-4))
    assert wilson(0, 20) == Precision(0, 20, pytest.approx(0.0, abs=1e-9), pytest.approx(0.1611, abs=1e-4))
    assert wilson(29, 29).high == pytest.approx(1.0)


def test_a_place_without_a_desk_is_told(tmp_path):
    with pytest.raises(UsageError, match="no desk"):
        audit(str(tmp_path), 3, "ana", 1, False, answering()[0])
