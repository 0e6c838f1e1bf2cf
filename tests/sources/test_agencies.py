"""The agencies' formats: a sample of each standard gives exactly what stands beside it, and no bytes do harm."""

import io
import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.sources.expected import told

from communique.errors import InputError
from communique.sources.inputs import Input, Link, Options
from communique.sources.opener import Opener
from communique.sources.wires.newsml import NEWSML
from communique.sources.wires.ninjs import NINJS
from communique.sources.wires.nitf import NITF
from communique.types.analysis import Failed
from communique.types.text import Document

SAMPLES = sorted(p for p in (Path(__file__).parent / "samples").iterdir() if p.name.startswith(("newsml", "ninjs", "nitf")))
EXPECTED = {p.name: p.with_name(f"{p.name}.expected.json") for p in SAMPLES if not p.name.endswith(".expected.json")}
FORMATS = (NEWSML, NINJS, NITF)


@pytest.mark.parametrize("name", EXPECTED)
def test_a_sample_gives_what_stands_beside_it(name):
    found = [told(d) for d in Opener().open(str(EXPECTED[name].with_name(name)))]
    assert found == json.loads(EXPECTED[name].read_text("utf-8"))


@pytest.mark.parametrize("name", EXPECTED)
def test_each_report_is_dated_by_what_the_source_says_and_has_its_own_hash(name):
    found = list(Opener().open(str(EXPECTED[name].with_name(name))))
    assert {d.published.origin for d in found} == {"metadata"}
    assert len({d.raw for d in found}) == len({d.id for d in found}) == len(found)


@pytest.mark.parametrize("name", EXPECTED)
def test_a_sample_is_recognised_by_its_content_alone(name):
    head = EXPECTED[name].with_name(name).read_bytes()
    scores = {f.name: f.recognises(head, "x", None) for f in FORMATS}
    assert max(scores, key=scores.__getitem__) == name.split("-")[0].split(".")[0]
    assert sorted(scores.values())[:2] == [0.0, 0.0]


@pytest.mark.parametrize(
    "head",
    [
        b"",
        b"<html><body><nitf/></body></html>",
        b'{"a": 1}',
        b'{"uri": "x", "headline": "y"}',
        b"A report on newsItem.",
        b"<rss/>",
        b"<newsItem/>",
    ],
)
def test_what_is_of_no_agency_is_left_to_others(head):
    assert [f.recognises(head, "x.xml", "application/nitf+xml") for f in FORMATS] == [0.0, 0.0, 0.0]


SEEDS = [p.read_bytes() for p in SAMPLES if not p.name.endswith(".expected.json")]


@st.composite
def mutated(draw: st.DrawFn) -> bytes:
    """A sample with pieces cut out, doubled or overwritten."""
    data = bytearray(draw(st.sampled_from(SEEDS)))
    for _ in range(draw(st.integers(1, 4))):
        at = draw(st.integers(0, len(data)))
        end = min(len(data), at + draw(st.integers(0, 300)))
        data[at:end] = draw(st.one_of(st.binary(max_size=12), st.just(bytes(data[at:end]) * 2), st.just(b"")))
    return bytes(data)


@pytest.mark.parametrize("form", FORMATS, ids=lambda f: f.name)
@settings(max_examples=120, deadline=2000)
@given(data=st.one_of(st.binary(max_size=200), mutated()))
def test_any_bytes_give_reports_or_a_clear_error(form, data):
    assert 0.0 <= form.recognises(data, "x", None) <= 1.0
    try:
        for found in form.read(Input("x", io.BytesIO(data)), Options()):
            assert isinstance(found, (Document, Input, Link, Failed))
            if isinstance(found, Document):
                assert found.text.strip()
                json.dumps([found.title, *found.byline, *(d.value for d in found.details)]).encode()
    except InputError as error:
        assert str(error).startswith("x")


@settings(max_examples=60, deadline=2000)
@given(data=mutated())
def test_a_broken_sample_never_breaks_the_batch(data):
    for found in Opener().read(Input("x", io.BytesIO(data))):
        assert isinstance(found, Document) or isinstance(found.error, InputError)
