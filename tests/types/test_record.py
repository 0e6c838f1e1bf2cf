"""The record: JSON in and out without loss, and nothing in it that the text does not show."""

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from communique.errors import DataError, UsageError
from communique.types import codec
from communique.types.record import Record, build, schema
from communique.types.text import Interval, Span

SCHEMA = Path(__file__).parents[2] / "docs/record.schema.json"


def test_json_round_trip_is_lossless(analysis):
    for explain in (False, True):
        record = build(analysis, explain)
        assert Record.from_json(record.to_json()) == record
        assert Record.from_dict(record.to_dict()) == record
        assert Record.from_json(record.to_json(indent=2)) == record


def test_keys_are_those_of_the_contract(analysis):
    form = build(analysis).to_dict()
    kinds = {"actors", "places", "times", "events", "statements", "facts", "codings"}
    assert set(form) == {"communique", "document", *kinds}
    assert form["actors"][0]["roles"][0] == {
        "title": "Premier",
        "of": "NRL",
        "from": "2018-01-01",
        "to": None,
        "evidence": [{"start": 22, "end": 37, "text": "Premier Ana Sol"}],
    }
    assert form["facts"][0]["from"] == "2018" and form["facts"][0]["to"] is None
    assert form["document"]["published"]["interval"] == ["2019-06-03", "2019-06-04"]
    assert form["document"]["dropped"] == [
        {"start": 93, "end": 116, "text": "Advertisement: read on.", "reason": "advertisement"}
    ]
    assert {"id", "start", "end", "text", "timex", "interval", "precision", "part_of_day"} <= set(form["times"][0])
    amount = form["events"][2]["amounts"][0]
    assert amount["text"] == "two" and amount["low"] == 2 and amount["unit"] is None
    assert form["events"][0]["where"] == {"name": "Lisbon", "place": "p1"}


def test_explain_is_there_only_when_asked_for(analysis):
    assert "explain" not in build(analysis).to_dict()
    explain = build(analysis, explain=True).to_dict()["explain"]
    assert explain["events"] == [{"event": "e1", "why": "trigger 'met' is a CONSULT at 0.90"}]
    assert explain["rejected"][0]["trigger"]["text"] == "border"


def test_every_span_has_the_words_of_the_document(analysis):
    form = build(analysis, explain=True).to_dict()
    spans, stack = 0, [form]
    while stack:
        part = stack.pop()
        if isinstance(part, dict):
            if "start" in part and "end" in part:
                assert part["text"] == form["document"]["text"][part["start"] : part["end"]]
                spans += 1
            stack.extend(part.values())
        elif isinstance(part, list):
            stack.extend(part)
    assert spans > 20


def _with_event(analysis, **changes):
    return replace(analysis, events=(replace(analysis.events[0], **changes), *analysis.events[1:]))


def _with_role(analysis, **changes):
    actor = analysis.actors[0]
    return replace(analysis, actors=(replace(actor, roles=(replace(actor.roles[0], **changes),)), *analysis.actors[1:]))


BROKEN = {
    "span beyond the text": (lambda a: _with_event(a, evidence=(Span(0, 10_000),)), r"events\[0\].evidence\[0\] \[0, 10000\)"),
    "empty span": (lambda a: _with_event(a, trigger=Span(5, 5)), r"events\[0\].trigger"),
    "negative span": (lambda a: _with_role(a, evidence=(Span(-4, 5),)), r"actors\[0\].roles\[0\].evidence"),
    "long trigger": (lambda a: _with_event(a, trigger=Span(0, 41)), "event e1: trigger .* longer than 40"),
    "unknown actor": (lambda a: _with_event(a, actor=("a9",)), "event e1: actor refers to 'a9'"),
    "unknown voucher": (lambda a: _with_event(a, attributed_to=("a9",)), "event e1: attributed_to refers to 'a9'"),
    "unknown time": (lambda a: replace(a, times=()), "event e1: when refers to 't1'"),
    "unknown place": (lambda a: replace(a, places=()), "event e1: where refers to 'p1'"),
    "unknown statement": (lambda a: replace(a, statements=()), "event e2: statement refers to 's1'"),
    "event without evidence": (lambda a: _with_event(a, evidence=()), "event e1 has no evidence"),
    "role without evidence": (lambda a: _with_role(a, evidence=()), "actor a1: role 'Premier' has no evidence"),
    "fact without evidence": (lambda a: replace(a, facts=(replace(a.facts[0], evidence=()),)), "fact f1 has no evidence"),
    "same id twice": (lambda a: replace(a, events=(a.events[0], a.events[0])), "events has the id 'e1' twice"),
    "confidence of two": (lambda a: _with_event(a, confidence=2.0), "event e1: confidence"),
    "speaker": (
        lambda a: replace(a, statements=(replace(a.statements[0], speaker="x"),)),
        "statement s1: speaker refers to 'x'",
    ),
    "backward time": (
        lambda a: replace(a, times=(replace(a.times[0], interval=Interval(date(2019, 6, 4), date(2019, 6, 4))),)),
        r"times\[0\].interval",
    ),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_record_that_does_not_hold_is_refused(analysis, name):
    change, message = BROKEN[name]
    with pytest.raises(DataError, match=message):
        build(change(analysis))


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda f: f["events"][0].pop("trigger"), r"record.events\[0\].trigger is missing"),
        (lambda f: f["events"][0].update(status="perhaps"), r"record.events\[0\].status should be one of happened"),
        (lambda f: f["events"][0].update(confidence="high"), r"record.events\[0\].confidence should be a value of type number"),
        (lambda f: f["events"][0]["trigger"].update(text="left"), "says 'left', but the document has 'met'"),
        (lambda f: f["actors"][0].update(age=True), r"age should be a value of type integer"),
        (lambda f: f.update(events={}), "record.events should be a list"),
        (
            lambda f: f["document"]["published"].update(interval=["2019-06-03", "June"]),
            "should be an ISO 8601 date, not 'June'",
        ),
        (lambda f: f["document"].pop("text"), "an object with document.text"),
    ],
)
def test_json_of_another_form_is_refused_by_name(analysis, change, message):
    form = build(analysis).to_dict()
    change(form)
    with pytest.raises(DataError, match=message):
        Record.from_dict(form)


def test_what_is_no_json_is_refused():
    with pytest.raises(DataError, match="not a record"):
        Record.from_json("{")
    with pytest.raises(DataError, match=r"document.text"):
        Record.from_json("[]")


def test_keys_of_a_newer_version_are_passed_over(analysis):
    form = build(analysis).to_dict()
    form["events"][0]["mood"] = "tense"
    assert Record.from_dict(form) == build(analysis)


@given(st.text(min_size=1), st.data())
def test_spans_survive_any_text(text, data):
    start = data.draw(st.integers(0, len(text) - 1))
    span = Span(start, data.draw(st.integers(start + 1, len(text))))
    form = json.loads(json.dumps(codec.dump(span, text)))
    assert codec.load(Span, form, text) == span


def test_frame_has_one_row_for_each_event(analysis):
    frame = build(analysis).to_frame()
    assert list(frame["event"]) == ["e1", "e2", "e3"]
    assert frame.loc[0, "actor"] == ["Ana Sol", "Sudria"] and frame.loc[0, "start"] == date(2019, 6, 3)
    empty = build(replace(analysis, events=(), statements=())).to_frame()
    assert list(empty.columns) == list(frame.columns) and len(empty) == 0


def test_frame_without_pandas_says_what_to_install(analysis, monkeypatch):
    import sys

    monkeypatch.setitem(sys.modules, "pandas", None)
    with pytest.raises(UsageError, match=r"communique\[frames\]"):
        build(analysis).to_frame()


def test_published_schema_is_up_to_date():
    assert json.loads(SCHEMA.read_text(encoding="utf-8")) == schema(), "run: communique schema > docs/record.schema.json"


def test_records_validate_against_the_schema(analysis):
    jsonschema.Draft202012Validator.check_schema(schema())
    validator = jsonschema.Draft202012Validator(schema(), format_checker=jsonschema.FormatChecker())
    for explain in (False, True):
        validator.validate(build(analysis, explain).to_dict())
    broken = build(analysis).to_dict()
    del broken["events"][0]["evidence"]
    assert not validator.is_valid(broken)
