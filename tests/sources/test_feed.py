"""Feeds in XML: each report once, with its full text or its address."""

from datetime import date

import pytest
from tests.sources.feeds import LONG, SENTENCE, TEASER, atom, day, escaped, read, rss

from communique.sources.feeds.entries import day_of
from communique.sources.feeds.feed import FEED
from communique.sources.feeds.jsonfeed import JSON_FEED
from communique.sources.inputs import Given, Input, Link
from communique.sources.opener import Opener
from communique.types.analysis import Failed
from communique.types.text import Detail


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
        f"<p>{SENTENCE * 6}...</p>",
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
