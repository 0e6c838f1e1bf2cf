"""Feeds that are broken or hostile: mended, or told in the one error."""

import random
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.sources.feeds import LONG, TEASER, atom, escaped, json_feed, read, rss

from communique.errors import InputError
from communique.sources.feeds.feed import FEED
from communique.sources.feeds.jsonfeed import JSON_FEED
from communique.sources.inputs import Input, Limits, Link
from communique.types.analysis import Failed
from communique.types.text import Document


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "iso-8859-1", "windows-1252"])
def test_encodings(encoding):
    data = rss("<title>Zoë – “Brücke”</title><link>/1</link>").decode().replace("–", "-").replace("“", "«").replace("”", "»")
    data = data.replace("?>", f' encoding="{encoding.removesuffix("-sig")}"?>', 1)
    assert read(data.encode(encoding))[0].given.title == "Zoë - «Brücke»"


def test_an_encoding_that_lies():
    data = rss("<title>Zoë</title><link>/1</link>").decode()
    assert read(data.replace("?>", ' encoding="iso-8859-1"?>', 1).encode())[0].given.title == "Zoë"
    assert read(data.replace("?>", ' encoding="x-none"?>', 1).encode("cp1252"), charset="klingon")[0].given.title == "Zoë"


def test_broken_xml_is_mended():
    data = rss(
        "<title>A & B &nbsp; C &eacute;</title><link>https://herald.example/1?a=1&b=2</link>",
        "<title>D\x00\x0b</title><link>/2</link><foo:bar>x</foo:bar>",
    )
    found = read(b"Warning: something\n" + data.replace(b"</rss>", b""))
    assert found[0].given.title == "A & B C é"
    assert found[0].url == "https://herald.example/1?a=1&b=2"
    assert found[1].given.title == "D"


@pytest.mark.parametrize(
    "reference", ["&#0;", "&#xD800;", "&#xdfff;", "&#55296;", "&#x110000;", "&#99999999999;", "&#8;", "&#xFFFF;"]
)
def test_references_to_no_character_are_left_out(reference):
    (found,) = read(rss(f"<title x='{reference}'>A{reference}B &#xe9;&#233;</title><link>/1</link>"))
    assert found.given.title == "AB éé"


def test_a_dtd_in_the_midst_is_left_out():
    data = rss("<title>A</title><link>/1</link>").replace(b"<channel>", b"<!DOCTYPE<channel>")
    assert read(data)[0].given.title == "A"


def test_prefixes_that_were_not_declared():
    item = (
        "<item><link>https://h.example/1</link><dc:creator>Ana Sol</dc:creator>"
        f"<content:encoded>{escaped(LONG)}</content:encoded></item>"
    )
    data = f"<rss><channel>{item}</channel></rss>"
    (found,) = read(data.encode())
    assert isinstance(found, Input)
    assert found.given.byline == ("Ana Sol",)


def test_a_feed_that_breaks_off_gives_what_there_is():
    data = rss("<title>A</title><link>/1</link>", "<title>B</title><link>/2</link>")
    found = read(data[: data.index(b"<title>B")])
    assert [type(f) for f in found] == [Link, Failed]
    assert found[0].url == "https://herald.example/1"


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "no feed"),
        (b"<html></html>", "no feed"),
        (b"<rss", "no feed"),
        (rss(), "without entries"),
        (b'<!DOCTYPE rss [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>' + rss("<title>&b;</title>")[22:], "declares entities"),
        (b'<!DOCTYPE rss [<!ENTITY a SYSTEM "file:///etc/passwd">]>' + rss("<title>&a;</title>")[22:], "declares entities"),
        (
            '<?xml version="1.0" encoding="utf-16"?><!DOCTYPE rss [<!ENTITY a "b">]><rss/>'.encode("utf-16"),
            "declares entities",
        ),
        (rss("<a/>" * 1_000_001), "marks"),
        (rss("&" * 1_000_001), "references"),
        (rss("x" * (17 << 20)), "more than 16 MB"),
    ],
)
def test_what_can_t_be_read_is_told(data, words):
    with pytest.raises(InputError, match=words) as error:
        read(data)
    assert str(error.value).startswith("feed.xml: ")
    assert "; " in str(error.value)


def test_a_feed_larger_than_a_report_may_be():
    with pytest.raises(InputError, match="larger than 0 MB"):
        read(rss("<link>/1</link>"), limits=Limits(report=100))


def test_external_dtds_are_not_fetched(monkeypatch):
    monkeypatch.setattr("socket.socket.connect", lambda *_: pytest.fail("asked the network"))
    data = b'<!DOCTYPE rss PUBLIC "-//N//DTD" "http://127.0.0.1:1/rss.dtd">' + rss("<link>https://h.example/1</link>")[22:]
    assert len(read(data)) == 1


@pytest.mark.parametrize(
    "inner",
    [
        "<a>" * 50_000,
        "<" * 200_000,
        "<description>" + "&lt;" * 80_000 + "</description><link>/1</link>",
        "<description><![CDATA[" + "<b " * 80_000 + "]]></description><link>/1</link>",
        "<title>" + "&" * 300_000 + "</title><link>/1</link>",
        "<pubDate>" + "1" * 300_000 + "</pubDate><link>/1</link>",
        "<pubDate>" + "1:" * 150_000 + "</pubDate><link>/1</link>",
        "<author>" + "a@" * 150_000 + "</author><link>/1</link>",
        "<dc:creator>" + "a(" * 150_000 + "</dc:creator><link>/1</link>",
        "<link>" + "http://" + "a/../" * 60_000 + "</link>",
        "<description>" + "The post " * 30_000 + "</description><link>/1</link>",
        "<description>" + "read more " * 30_000 + "</description><link>/1</link>",
        "<title>" + escaped("<b>" * 100_000) + "</title><link>/1</link>",
        "<x " + " ".join(f'a{n}="1"' for n in range(100_000)) + "/><link>/1</link>",
        "".join(f"<p{n}:x/>" for n in range(100_000)),
    ],
)
def test_hostile_feeds_take_no_time(inner):
    begun = time.monotonic()
    try:
        list(read(rss(inner)))
    except InputError as error:
        assert "feed.xml" in str(error)
    assert time.monotonic() - begun < 10


SOUND_FEEDS = (
    rss(
        "<title>Bridge</title><link>/1</link><guid>a</guid><pubDate>Mon, 03 Jun 2019 10:00:00 GMT</pubDate>"
        f"<content:encoded><![CDATA[{LONG}]]></content:encoded>",
        f"<title>B</title><description>{TEASER}</description><author>a@h.example (Ana)</author>"
        "<enclosure url='/a.mp3' type='audio/mpeg'/>",
    ),
    atom(
        f'<id>1</id><link href="/1"/><content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">{LONG}</div></content>'
        "<updated>2019-06-03T10:00:00Z</updated><source><title>S</title></source>",
        base='xml:base="https://h.example/" xml:lang="en"',
    ),
    json_feed(
        {"id": "1", "url": "/1", "content_html": LONG, "date_published": "2019-06-03", "attachments": [{"url": "x"}]}, {}
    ),
)


@settings(max_examples=200, deadline=None)
@given(st.sampled_from(SOUND_FEEDS), st.randoms(use_true_random=False), st.integers(0, 12), st.binary(max_size=30))
def test_mutated_feeds_give_what_they_should_or_the_one_error(data, chance: random.Random, times, put):
    feed = bytearray(data)
    for _ in range(times):
        at = chance.randrange(len(feed) + 1)
        piece = put if chance.random() < 0.3 else bytes(feed[(b := chance.randrange(len(feed) + 1)) : b + chance.randrange(80)])
        feed[at : at + chance.randrange(40)] = piece
    for kind in (FEED, JSON_FEED):
        kind.recognises(bytes(feed), "x.rss", None)
        try:
            assert all(isinstance(f, Document | Input | Link | Failed) for f in read(bytes(feed), kind=kind))
        except InputError as error:
            assert "feed.xml" in str(error)


@settings(max_examples=200, deadline=None)
@given(
    st.binary(max_size=200),
    st.sampled_from([b"", b"<rss>", b"<feed xmlns='http://www.w3.org/2005/Atom'><entry>", b'{"items":[']),
)
def test_any_bytes_give_what_they_should_or_the_one_error(data, before):
    for kind in (FEED, JSON_FEED):
        assert 0 <= kind.recognises(before + data, "x", None) <= 1
        try:
            assert all(isinstance(f, Document | Input | Link | Failed) for f in read(before + data, kind=kind))
        except InputError as error:
            assert "feed.xml" in str(error)


def test_more_entries_than_a_feed_has_are_refused():
    with pytest.raises(InputError, match="more than 10,000 entries"):
        read(rss("</item><item>".join(["<link>https://herald.example/1</link>"] * 10_001)))
