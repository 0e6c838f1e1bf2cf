"""ninjs: versions told by their keys, objects one after the other, and JSON that would do harm refused."""

import io
import json

import pytest

from communique.errors import InputError
from communique.sources.inputs import Input, Options
from communique.sources.opener import Opener
from communique.sources.values import LARGEST, values
from communique.sources.wires.ninjs import MEDIA, NINJS

NEWS = {"uri": "urn:x", "type": "text", "versioncreated": "2026-06-01T10:00:00Z", "pubstatus": "usable"}


INSIDE = "<body.content><p>Norland votes.</p></body.content>"


def nitf(body: str) -> dict[str, str]:
    return {"contentType": "application/nitf+xml", "value": body}


def read(data: bytes) -> list:
    return list(Opener().read(Input("news.json", io.BytesIO(data), media=MEDIA)))


def one(**fields: object):
    (document,) = read(json.dumps(NEWS | fields).encode())
    return document


def details(key: str, **fields: object) -> list[str]:
    return [d.value for d in one(headline="Norland votes", **fields).details if d.key == key]


@pytest.mark.parametrize(
    "fields",
    [
        {"body_text": "Norland votes.", "headline": "Vote"},
        {"body_xhtml": "<p>Norland votes.</p>", "headline": "Vote"},
        {"body_html": "<div>Norland <i>votes</i>.</div>", "headline": "Vote"},
        {"bodies": [{"contenttype": "text/plain", "value": "Norland votes."}], "headlines": [{"value": "Vote"}]},
        {"bodies": [nitf(f"<nitf><body>{INSIDE}</body></nitf>")], "headlines": [{"role": "main", "value": "Vote"}]},
        {"bodies": [nitf(INSIDE)], "title": "Vote"},
        {"description_text": "Norland votes.", "headline": "Vote"},
    ],
)
def test_the_text_of_every_version(fields):
    document = one(**fields)
    assert (document.text, document.title) == ("Vote\n\nNorland votes.", "Vote")


def test_the_fullest_body_is_read():
    short = {"role": "summary", "contenttype": "text/html", "value": "<p>Votes.</p>"}
    whole = {"role": "main", "contenttype": "text/plain", "value": "Norland votes.\n\nPolls open\nat six."}
    assert one(bodies=[short, whole]).text == "Norland votes.\n\nPolls open\nat six."


@pytest.mark.parametrize(
    ("key", "fields", "expected"),
    [
        ("status", {"pubstatus": "withheld"}, ["withheld"]),
        ("status", {}, []),
        ("embargo", {"embargoed": "2026-06-02T00:00:00Z"}, ["2026-06-02T00:00:00Z"]),
        ("embargo", {"embargoedUntil": "2026-06-02T00:00:00Z"}, ["2026-06-02T00:00:00Z"]),
        ("embargo-reason", {"embargoedreason": "Held"}, ["Held"]),
        ("urgency", {"urgency": 2}, ["2"]),
        ("person", {"people": [{"name": "Mara Lind"}, {"literal": "p:2"}, "odd"]}, ["Mara Lind", "p:2"]),
        ("person", {"people": "odd"}, []),
        ("ticker", {"organisation": [{"name": "x", "symbols": [{"ticker": "NR", "exchange": "NHX"}, 3]}]}, ["NHX:NR"]),
        ("associated", {"associations": {"a": {"type": "picture", "headline": "A map"}, "b": 7}}, ["picture: A map"]),
        ("planned", {"type": "event", "eventdetails": {"dates": {"startdate": "2026-06-09"}}}, ["2026-06-09"]),
    ],
)
def test_details(key, fields, expected):
    assert details(key, **fields) == expected


@pytest.mark.parametrize("wrong", [None, 7, True, [], {}, [[]], {"a": []}, "", [None, 1], {"value": {}}])
@pytest.mark.parametrize(
    "key",
    "uri type headline headlines body_text bodies byline by bylines located versioncreated embargoed pubstatus infosources "
    "people subjects associations renditions eventdetails plannedcoverage language title keywords urgency".split(),
)
def test_what_is_of_a_wrong_type_is_passed_over(key, wrong):
    fields = {"body_text": "Norland votes.", "headline": "Vote", key: wrong}
    other = {"bodies": [{"value": "Norland votes."}]} if key == "body_text" else {}
    assert one(**fields, **other).text.endswith("Norland votes.")


def test_texts_of_an_array_are_reports_of_their_own_and_go_down():
    inner = {**NEWS, "name": "earlier", "headline": "Before", "body_text": "Norland voted."}
    middle = {**NEWS, "name": "box", "headline": "Box", "body_text": "Norland.", "associations": [inner]}
    document = {**NEWS, "headline": "Vote", "body_text": "Norland votes.", "associations": [middle]}
    found = read(json.dumps(document).encode())
    assert [d.source for d in found] == ["news.json", "news.json#box", "news.json#box#earlier"]


def test_a_composite_without_a_text_of_its_own_gives_what_goes_with_it():
    inner = {**NEWS, "headline": "Vote", "body_text": "Norland votes."}
    (found,) = read(json.dumps({"uri": "urn:y", "type": "composite", "associations": {"main": inner}}).encode())
    assert (found.source, found.title) == ("news.json#main", "Vote")


def test_associations_without_end_are_left():
    news: dict = {**NEWS, "name": "a", "body_text": "Norland votes."}
    for _ in range(20):
        news = {**NEWS, "name": "a", "body_text": "Norland votes.", "associations": [news]}
    *found, failed = read(json.dumps(news).encode())
    assert len(found) == 5
    assert isinstance(failed.error, InputError)


@pytest.mark.parametrize("between", [b"\n", b"\r\n", b" ", b"", b"\n\n"])
def test_objects_one_after_the_other(between):
    lines = [json.dumps({**NEWS, "headline": f'{{Vote}} \\ " {n}'}).encode() for n in range(3)]
    found = read(between.join(lines))
    assert [(d.source, d.title) for d in found] == [(f"news.json#{n + 1}", f'{{Vote}} \\ " {n}') for n in range(3)]
    assert found == read(b"\xef\xbb\xbf" + between.join(lines))


def test_what_is_no_object_in_an_array_leaves_the_others():
    found = read(json.dumps([{**NEWS, "headline": "One"}, [1], 7, {**NEWS, "headline": "Two"}, {"uri": "x"}]).encode())
    assert [getattr(d, "title", "failed") for d in found] == ["One", "failed", "Two", "failed"]


def test_values_are_cut_alike_wherever_a_chunk_ends(monkeypatch):
    data = json.dumps([{"a": 'x\\"{'}, {"b": ["}", "\\\\"]}]).encode()
    for size in range(1, len(data)):
        monkeypatch.setattr("communique.sources.values._CHUNK", size)
        cut = [v for v, _ in values(Input("x", io.BytesIO(data)))]
        assert [json.loads(v) for v in cut] == json.loads(data)


def test_utf_16_is_read():
    (document,) = read(json.dumps({**NEWS, "headline": "Vøte"}, ensure_ascii=False).encode("utf-16"))
    assert document.title == "Vøte"


def test_a_lone_surrogate_in_the_text_is_an_error_and_in_a_detail_is_replaced():
    (failed,) = read(json.dumps({**NEWS, "body_text": "a\ud800"}).encode())
    assert "surrogate" in str(failed.error)
    assert details("slugline", slugline="a\ud800b\0") == ["a\ufffdb\ufffd"]


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"{" * 1000, "nested"),
        (b"[" * 1000, "nested"),
        (b'{"uri": "x"', "breaks off"),
        (b'{"uri": "x]', "breaks off"),
        (b'{"uri": }', "no sound JSON"),
        (b'{"uri": "x"]', "no sound JSON"),
        (b'{"uri": ' + b"9" * 5000 + b"}", "no sound JSON"),
        (b'{"uri": "\xff"}', "not UTF-8 from byte 9"),
        (b"}", "a bracket of the JSON closes"),
        (b"[]", "without a news object"),
        (b'{"a": [' + b"[]," * 1_100_000 + b"1]}", "lists and objects"),
        (b'{"a": "' + b"x" * (LARGEST + 100_000), "16 MB"),
        (b"\xff\xfe{\x00\xd8", "utf-16"),
    ],
)
def test_hostile_json_is_refused_with_its_name(data, words):
    with pytest.raises(InputError, match=rf"news\.json.*{words}"):
        list(NINJS.read(Input("news.json", io.BytesIO(data)), Options()))


def test_lines_beyond_what_one_report_may_be_are_streamed():
    line = json.dumps({**NEWS, "body_text": "Norland votes. " * 1000}).encode() + b"\n"
    found = NINJS.read(Input("news.json", io.BytesIO(line * (2 * LARGEST // len(line)))), Options())
    assert sum(1 for _ in found) == 2 * LARGEST // len(line)
