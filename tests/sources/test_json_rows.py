"""Reports as JSON objects: rows, answers of a search, records of our own."""

import json
from dataclasses import replace

import pytest
from tests.sources.rows import ROWS, lines, opened, read

from communique.errors import InputError
from communique.sources.inputs import Limits
from communique.sources.tables.json_rows import JSON
from communique.types.analysis import Failed
from communique.types.record import build
from communique.types.text import Detail, Document


def test_objects_within_rows_have_names_of_their_own():
    row = {"source": {"name": "Star"}, "author": [{"name": "Ana Sol"}, "By Ivo Bek"], "body": ["Envoys met.", "They left."]}
    (found,) = read(JSON, json.dumps([row]).encode())
    assert (found.publisher, found.byline, found.text) == ("Star", ("Ana Sol", "Ivo Bek"), "Envoys met.\n\nThey left.")
    deep = json.dumps([{"fields": {"trail": {"words": "Envoys met."}}}]).encode()
    assert read(JSON, deep, [("text", "fields.trail.words")])[0].text == "Envoys met."


def test_a_broken_line_stops_no_other():
    data = lines(ROWS[:1]) + b'\n\n{"text": "Envoys\n[1, 2]\n{"text": "\xff"}\n' + b"[" * 100_000 + b"\n" + lines(ROWS[1:])
    found = read(JSON, data)
    assert [d.text for d in found if isinstance(d, Document)] == [row["text"] for row in ROWS]
    said = [str(f.error) for f in found if isinstance(f, Failed)]
    assert [s.split(":")[0] for s in said] == ["table.x#2", "table.x#3", "table.x#4", "table.x#5"]
    assert "line 3 is no sound JSON" in said[0]
    assert "no object" in said[1]
    assert "no UTF-8" in said[2]


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"[]", "without an object"),
        (b'[{"text": "Envoys met."}, {"text": "They le', "breaks off"),
        (b'{"a": 1}', r"text=NAME \(columns: a\)"),
        (b'[{"text": ' + b"[" * 5000, "nested"),
    ],
)
def test_json_that_holds_no_reports_says_why(data, words):
    with pytest.raises(InputError, match=words):
        read(JSON, data)


def test_half_of_a_surrogate_pair_is_mended_wherever_it_stands():
    row = b'{"text": "Envoys \\ud83d met \\ud83d\\ude00.", "title": "\\ude00", "desk \\ud83d": "x"}'
    (found,) = read(JSON, row)
    assert (found.text, found.title) == ("Envoys \ufffd met \U0001f600.", "\ufffd")
    json.dumps([d.key for d in found.details], ensure_ascii=False).encode()


@pytest.mark.parametrize("value", [5, None, True, {"a": 1}, [], [[]], [1], 1.5])
def test_text_of_another_kind_fails_its_row(value):
    found = read(
        JSON, json.dumps([{"text": "Envoys met."}, {"text": value, "title": value, "date": value, "author": value}]).encode()
    )
    assert [type(f) for f in found] == [Document, Failed]


def test_the_standards_of_others_are_left_to_them():
    feed = b'{"version": "https://jsonfeed.org/version/1.1", "items": [{"content_text": "Envoys met."}]}'
    ninjs = b'{"uri": "urn:x", "type": "text", "versioncreated": "2024-05-15T10:00:00Z", "body_text": "Envoys met."}'
    assert all(0 < JSON.recognises(data, "x.json", "application/json") < 0.9 for data in (feed, ninjs))


def test_a_record_is_read_again_from_its_text(analysis, tmp_path):
    record = build(analysis)
    document = replace(
        record.document,
        raw="ab" * 32,
        format="html",
        url="https://star.example/1",
        title="Envoys",
        details=(Detail("place", "Dorva"),),
    )
    data = replace(record, document=document).to_json()
    for written in (f"{data}\n{data}\n", json.dumps(json.loads(data), indent=2)):
        found = opened(tmp_path, written.encode())[0]
        kept = ("text", "source", "raw", "format", "url", "title", "details", "syndicated_from", "text_id")
        assert [getattr(found, k) for k in kept[:-1]] == [getattr(document, k) for k in kept[:-1]]
        assert found.dropped == ()
        assert found.published.interval is None  # the dateline in the text says it again
    given = json.loads(data)
    given["document"]["published"] |= {"origin": "given"}
    (found,) = opened(tmp_path, json.dumps(given).encode())
    assert found.published.interval == document.published.interval


def test_a_record_that_is_none_is_named():
    found = read(
        JSON, lines([{"communique": "1", "document": d} for d in ({}, {"text": "Envoys met.", "byline": "Ana"}, {"text": ""})])
    )
    assert [str(f.error).split(";")[0] for f in found] == [
        "table.x#1: a record without document.text",
        "table.x#2: no sound record, for record.byline should be a list",
        "table.x#3: empty",
    ]


def test_a_line_without_end_is_refused():
    with pytest.raises(InputError, match="line 2 is longer than 1 MB"):
        read(JSON, lines(ROWS[:1]) + b'\n{"text": "' + b"x" * (2 << 20), limits=Limits(report=1 << 20))
