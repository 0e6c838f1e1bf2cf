"""Feeds in XML and JSON: each report once, with its full text or its address; broken and hostile ones told."""

import io
import json
import random
import time
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from communique.errors import InputError
from communique.sources.entries import day_of
from communique.sources.feed import FEED
from communique.sources.inputs import Given, Input, Limits, Link, Options
from communique.sources.jsonfeed import JSON_FEED
from communique.sources.opener import Opener
from communique.types.analysis import Failed
from communique.types.text import Detail, Document

SENTENCE = "Norland and Sudria agreed on Monday to reopen the bridge over the river Dorva, their ministers said. "
LONG = "".join(f"<p>{SENTENCE}Minister {name} told reporters that trade would follow. {SENTENCE}</p>" for name in "ABCDE")
TEASER = SENTENCE * 3
SPACES = (
    'xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/" '
    'xmlns:media="http://search.yahoo.com/mrss/" xmlns:atom="http://www.w3.org/2005/Atom"'
)


def rss(*items, head="<title>Norland Herald</title><link>https://herald.example/</link>", version="2.0"):
    body = "".join(f"<item>{item}</item>" for item in items)
    return f'<?xml version="1.0"?>\n<rss version="{version}" {SPACES}><channel>{head}{body}</channel></rss>'.encode()


def atom(*entries, head="<title>Norland Herald</title>", base=""):
    body = "".join(f"<entry>{entry}</entry>" for entry in entries)
    return f'<feed xmlns="http://www.w3.org/2005/Atom" {base}>{head}{body}</feed>'.encode()


def json_feed(*items, **others):
    feed = {"version": "https://jsonfeed.org/version/1.1", "title": "Norland Herald", "items": items}
    return json.dumps(feed | others).encode()


def read(data, url="https://herald.example/feed", kind=FEED, charset=None, **options):
    feed = Input("feed.xml", io.BytesIO(data), charset=charset, given=Given(url=url))
    return list(kind.read(feed, Options(**options)))


def day(found):
    return found.given.published and found.given.published.interval.start.isoformat()


def escaped(text):
    return text.replace("&", "&amp;").replace("<", "&lt;")


# what is recognised


@pytest.mark.parametrize(
    "head",
    [
        rss(),
        rss(version="0.91"),
        b"\xef\xbb\xbf<!-- made by hand -->\n" + rss()[22:],
        rss().decode().replace("?>", ' encoding="utf-16"?>', 1).encode("utf-16"),
        b'<!DOCTYPE rss PUBLIC "-//Netscape Communications//DTD RSS 0.91//EN" "http://my.netscape.com/rss-0.91.dtd">'
        + rss()[22:],
        atom(),
        b'<atom:feed xmlns:atom="http://www.w3.org/2005/Atom"></atom:feed>',
        b'<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"></rdf:RDF>',
        b'<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://my.netscape.com/rdf/simple/0.9/"/>',
    ],
)
def test_feeds_are_recognised(head):
    assert FEED.recognises(head, "x", None) > 0.9


@pytest.mark.parametrize(
    "head",
    [
        b"",
        b"<html><body><rss></body></html>",
        b"rss feed of Norland",
        b'<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"/>',
        b"<opml/>",
        b"{}",
        b"\xff\xfe",
    ],
)
def test_what_is_no_feed_is_not(head):
    assert FEED.recognises(head, "x", None) == 0
    assert JSON_FEED.recognises(head, "x", None) == 0


def test_json_feeds_are_recognised():
    assert JSON_FEED.recognises(json_feed(), "x", None) > 0.9
    assert JSON_FEED.recognises(json_feed().replace(b"/", rb"\/"), "x", None) > 0.9
    assert FEED.recognises(b"Warning: line 3\n" + rss(), "x.rss", None) == 0.7


# what entries give


def test_full_text_is_an_input_with_what_is_given():
    item = (
        "<title>Bridge &amp;amp; border</title><link>https://herald.example/1</link><guid>1</guid>"
        "<pubDate>Mon, 03 Jun 2019 23:30:00 -0500</pubDate><dc:creator>Ana Sol</dc:creator><category>Borders</category>"
        f"<description>{TEASER[:90]}</description><content:encoded><![CDATA[{LONG}]]></content:encoded>"
    )
    (found,) = read(rss(item))
    assert isinstance(found, Input)
    assert (found.name, found.media, found.charset, found.depth) == ("feed.xml#1", "text/html", "utf-8", 1)
    assert found.given == Given(
        "https://herald.example/1",
        "Bridge & border",
        "Norland Herald",
        day_of("2019-06-03"),
        ("Ana Sol",),
        details=(Detail("keyword", "Borders"),),
    )
    page = found.read(1 << 20).decode()
    assert LONG in page
    assert "<h1>Bridge &amp; border</h1>" in page


def test_an_entry_with_a_summary_is_an_address_with_that_instead():
    item = (
        "<title>Bridge reopened</title><link>/1?a=1&amp;b=2</link><pubDate>3 Jun 2019</pubDate>"
        f"<description>{TEASER}</description>"
    )
    (found,) = read(rss(item))
    assert isinstance(found, Link)
    assert found.url == found.given.url == "https://herald.example/1?a=1&b=2"
    instead = found.instead
    assert instead is not None
    assert instead.text == f"Bridge reopened\n\n{TEASER.strip()}"
    assert (instead.format, instead.title, instead.url) == ("feed", "Bridge reopened", found.url)
    assert instead.source == "feed.xml#1"
    assert instead.published.interval.start == date(2019, 6, 3)


@pytest.mark.parametrize(
    "text",
    [
        f"<p>{SENTENCE}</p>",
        f"<p>{SENTENCE * 6} […]</p>",
        f"<p>{SENTENCE * 6}</p><p><a href='/1'>Continue reading Bridge reopened</a></p>"
        if False
        else f"<p>{SENTENCE * 6}...</p>",
        f"<p>{SENTENCE * 6} <a href='/1'>Read more »</a></p>",
    ],
)
def test_the_beginning_of_a_report_is_not_the_report(text):
    (found,) = read(rss(f"<link>https://herald.example/1</link><content:encoded>{escaped(text)}</content:encoded>"))
    assert isinstance(found, Link)


def test_a_long_description_is_the_report():
    (found,) = read(rss(f"<link>https://herald.example/1</link><description>{escaped(LONG)}</description>"))
    assert isinstance(found, Input)


def test_a_short_summary_gives_only_the_address():
    (found,) = read(rss("<title>Bridge</title><link>https://herald.example/1</link><description>Soon.</description>"))
    assert found.instead is None
    assert read(rss(f"<link>https://herald.example/1</link><description>{TEASER}</description>"))[0].instead.title is None


def test_what_only_leads_on_is_no_part_of_the_summary():
    more = "<p><a href='/1'>Read more</a></p><p>The post <a>Bridge</a> appeared first on <a>Norland Herald</a>.</p>"
    text = f"<p>{TEASER}</p>{more}"
    (found,) = read(rss(f"<title>Bridge</title><link>/1</link><description>{escaped(text)}</description>"))
    assert found.instead.text == f"Bridge\n\n{TEASER.strip()}"


def test_an_entry_without_address_gives_its_text_or_fails():
    found = read(rss(f"<description>{SENTENCE}</description>", "<title>Bridge</title>", "<link>javascript:x()</link>"))
    assert [type(f) for f in found] == [Input, Failed, Failed]
    assert "#2: has neither text nor address" in str(found[1].error)
    assert found[0].given.url is None


def test_sound_and_film_without_text_fail_and_with_a_page_do_not():
    sound = '<enclosure url="https://herald.example/1.mp3" type="audio/mpeg" length="9"/>'
    found = read(
        rss(
            f"<title>Talk</title><link>https://herald.example/1.mp3</link>{sound}<description>{SENTENCE}</description>",
            f"<title>Talk</title><link>https://herald.example/2</link>{sound}",
            f"<title>Talk</title>{sound}<description>{TEASER}</description>",
        )
    )
    assert [type(f) for f in found] == [Failed, Link, Input]
    assert "sound or film without a text" in str(found[0].error)


def test_repeated_entries_come_once():
    found = read(
        rss(
            "<link>https://herald.example/1</link><guid isPermaLink='false'>a</guid>",
            "<link>https://herald.example/2</link><guid isPermaLink='false'>a</guid>",
            "<link>https://herald.example/1#comments</link><guid isPermaLink='false'>b</guid>",
            "<link>https://herald.example/3</link>",
            "<link>https://herald.example/3</link>",
        )
    )
    assert [f.url for f in found] == ["https://herald.example/1", "https://herald.example/3"]


def test_entries_of_a_ticker_stay():
    item = "<link>https://herald.example/live</link><guid isPermaLink='false'>{}</guid><content:encoded>{}</content:encoded>"
    found = read(
        rss(item.format("a", escaped(LONG)), item.format("b", escaped(LONG + "<p>More.</p>")), item.format("c", escaped(LONG)))
    )
    assert [f.name for f in found] == ["feed.xml#1", "feed.xml#2"]


def test_pictures_and_mail_addresses_do_not_show_as_titles_and_names():
    item = (
        "<title>Bridge</title><link>/1</link><author>ana@herald.example (Ana Sol)</author>"
        "<media:content url='/i.jpg'><media:title>Photo</media:title>"
        "<media:description>Caption</media:description></media:content>"
    )
    (found,) = read(rss(item))
    assert (found.given.title, found.given.byline) == ("Bridge", ("Ana Sol",))
    (found,) = read(rss("<link>/2</link><author>desk@herald.example</author>"))
    assert found.given.byline == ()


def test_the_outlet_of_a_collected_entry_is_its_own():
    (found,) = read(rss("<link>/1</link><source url='https://s.example/rss'>Sudria Post</source>"))
    assert found.given.publisher == "Sudria Post"
    (found,) = read(rss("<link>/1</link>", head=""))
    assert found.given.publisher is None


def test_an_entry_that_leads_back_to_its_feed_has_no_page():
    (found,) = read(rss("<title>Bridge</title><link>https://herald.example/feed</link>"))
    assert isinstance(found, Failed)


# the kinds of feeds


def test_atom_with_full_text_in_each_of_its_forms():
    forms = [
        f'<content type="html">{escaped(LONG)}</content>',
        f'<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">{LONG}</div></content>',
        f"<content type='html'><![CDATA[{LONG}]]></content>",
    ]
    entries = [f'<id>urn:{n}</id><link href="https://h.example/{n}"/>{form}' for n, form in enumerate(forms)]
    found = read(atom(*entries, f'<id>urn:9</id><link href="https://h.example/9"/><content>{SENTENCE * 5}</content>'))
    assert [f.media for f in found] == ["text/html"] * 3 + ["text/plain"]
    assert all(SENTENCE.strip() in f.read(1 << 20).decode() for f in found)


def test_atom_bases_dates_and_authors():
    entry = (
        '<id>tag:1</id><link rel="alternate" href="2019/a.html"/><link rel="enclosure" href="x.jpg"/>'
        '<title type="html">A &lt;b&gt;B&lt;/b&gt;</title>'
        "<author><name>Ana Sol</name><email>ana@h.example</email></author><author><name>Piet Mar</name></author>"
        "<published>2019-06-03T23:30:00-05:00</published><updated>2019-06-07T10:00:00Z</updated>"
    )
    (found,) = read(atom(entry, base='xml:base="https://h.example/news/"'))
    assert found.url == "https://h.example/news/2019/a.html"
    assert (found.given.title, found.given.byline, day(found)) == ("A B", ("Ana Sol", "Piet Mar"), "2019-06-03")
    assert found.given.details == (Detail("modified", "2019-06-07"),)


def test_atom_content_that_lies_elsewhere():
    (found,) = read(atom('<id>tag:1</id><content type="text/html" src="https://h.example/a"/>'))
    assert (found.url, found.given.published) == ("https://h.example/a", None)


def test_rdf():
    data = f"""<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
      xmlns:dc="http://purl.org/dc/elements/1.1/"><channel rdf:about="https://h.example/"><title>Sudria Post</title>
      <link>https://h.example/</link></channel><item rdf:about="https://h.example/1"><title>Bridge</title>
      <link>https://h.example/1</link><description>{TEASER}</description><dc:date>2019-06-03T10:00+02:00</dc:date></item></rdf:RDF>"""
    (found,) = read(data.encode())
    assert (found.url, day(found), found.given.publisher) == ("https://h.example/1", "2019-06-03", "Sudria Post")


@pytest.mark.parametrize("version", ["0.91", "0.92", "1.0", "2.0", "9"])
def test_each_version_of_rss(version):
    (found,) = read(rss("<title>Bridge</title><link>https://herald.example/1</link>", version=version))
    assert (found.url, found.given.title) == ("https://herald.example/1", "Bridge")


def test_json():
    items = [
        {
            "id": 7,
            "url": "/1",
            "title": "Bridge",
            "content_html": LONG,
            "date_published": "2019-06-03T23:30:00-05:00",
            "tags": ["a", 3],
        },
        {"id": "7", "url": "/again"},
        {
            "external_url": "https://s.example/2",
            "summary": TEASER,
            "authors": [{"name": "Ana Sol"}, 5],
            "date_modified": "2019-06-04",
        },
        {"content_text": SENTENCE},
        {"url": "/4.mp3", "attachments": [{"url": "https://h.example/4.mp3", "mime_type": "audio/mpeg"}]},
        [],
        {"id": "9", "content_text": "half \ud800 " + SENTENCE},
    ]
    found = read(json_feed(*items, home_page_url="https://h.example/"), kind=JSON_FEED)
    assert [type(f) for f in found] == [Input, Link, Input, Failed, Failed, Failed]
    assert found[0].given == Given(
        "https://h.example/1", "Bridge", "Norland Herald", day_of("2019-06-03"), details=(Detail("keyword", "a"),)
    )
    assert (found[1].url, found[1].given.byline, day(found[1])) == ("https://s.example/2", ("Ana Sol",), "2019-06-04")
    assert found[1].instead.format == "jsonfeed"
    assert found[2].media == "text/plain"
    assert "surrogate" in str(found[5].error)


# dates


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("Mon, 03 Jun 2019 10:00:00 GMT", "2019-06-03"),
        ("Mon, 3 Jun 19 10:00 EST", "2019-06-03"),
        ("03 Jun 2019", "2019-06-03"),
        ("Monday, 03 June 2019 10:00:00 +0200", "2019-06-03"),
        ("2019-06-03", "2019-06-03"),
        ("2019-06-03T23:59:59.123-11:00", "2019-06-03"),
        ("2019-06-03 10:00", "2019-06-03"),
        ("20190603T100000Z", "2019-06-03"),
        ("Thu, 01 Jan 1970 00:00:00 GMT", None),
        ("Fri, 99 Foo 2019", None),
        ("0001-01-01T00:00:00Z", None),
        ("soon", None),
        ("", None),
    ],
)
def test_dates(said, expected):
    (found,) = read(rss(f"<link>/1</link><pubDate>{said}</pubDate>"))
    assert day(found) == expected


def test_a_missing_date_is_missing():
    (found,) = read(rss("<link>/1</link>", head="<pubDate>Mon, 03 Jun 2019 10:00:00 GMT</pubDate>"))
    assert found.given.published is None


# broken and hostile feeds


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


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"{}", "without items"),
        (b"[]", "without items"),
        (b'{"items": {}}', "without items"),
        (b'{"items": [', "JSON"),
        (b"\xff", "UTF-8"),
        (b"[" * 100_000, "JSON"),
        (b'{"items": [' + b"9" * 5000 + b"]}", "JSON"),
    ],
)
def test_json_that_can_t_be_read_is_told(data, words):
    with pytest.raises(InputError, match=words):
        read(data, kind=JSON_FEED)


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


def test_the_opener_reads_feeds(tmp_path):
    path = tmp_path / "feed"
    path.write_bytes(
        rss(
            "<title>Bridge</title><link>https://h.example/1</link><pubDate>3 Jun 2019</pubDate>"
            f"<content:encoded>{escaped(LONG)}</content:encoded>",
            f"<title>Border</title><link>http://127.0.0.1:1/2</link><description>{TEASER}</description>",
        )
    )
    whole, instead = Opener().open(path)
    assert (whole.title, whole.publisher, whole.url) == ("Bridge", "Norland Herald", "https://h.example/1")
    assert whole.text.count(SENTENCE.strip()) == 10
    assert whole.source == f"{path}#1"
    assert instead.text == f"Border\n\n{TEASER.strip()}"


def test_more_entries_than_a_feed_has_are_refused():
    with pytest.raises(InputError, match="more than 10,000 entries"):
        read(rss("</item><item>".join(["<link>https://herald.example/1</link>"] * 10_001)))
