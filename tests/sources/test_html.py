"""Pages: what is taken for one, what is read of it, and what hostile ones come to."""
# ruff: noqa: E501  # markup reads best on one line

import time
from datetime import date, timedelta
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from communique.errors import InputError
from communique.sources.inputs import Given, Input, Options
from communique.sources.opener import Opener
from communique.sources.pages.html import HTML
from communique.types.text import Detail, Document, Interval, Published

HEADLINE = "Norland reopens border with Sudria"
FIRST = "Norland opened its border with Sudria to lorries on Monday, eleven months after a dispute over tolls."
SECOND = "The first trucks passed at six in the morning, the Interior Ministry said in a short note."
BODY = f"<h1>{HEADLINE}</h1><p>{FIRST}</p><p>{SECOND}</p>"
TEXT = f"{HEADLINE}\n\n{FIRST}\n\n{SECOND}"


def read(data: bytes | str, charset: str | None = None, url: str | None = None) -> Document:
    content = data if isinstance(data, bytes) else data.encode()
    (document,) = HTML.read(
        Input("page", BytesIO(content), charset=charset, given=Given(url=url)),
        Options(),
    )
    return document


@pytest.mark.parametrize(
    "start",
    [
        "<!DOCTYPE html><html>",
        "\ufeff  <html lang=en>",
        '<?xml version="1.0"?>\n<!DOCTYPE html PUBLIC "x"><html xmlns="http://www.w3.org/1999/xhtml">',
        "<!-- saved --><!doctype HTML>",
        '<html ⚡ lang="en">',
    ],
)
def test_a_page_is_told_by_its_root(start):
    assert HTML.recognises(start.encode(), "x", None) == 0.9
    assert HTML.recognises(start.removeprefix("\ufeff").encode("utf-16"), "x", "text/plain") == 0.9


@pytest.mark.parametrize(
    ("head", "name", "media"),
    [
        ("<p>Norland voted.</p>", "x", None),
        ("Norland voted.<br>Sudria did not.", "x", "text/html"),
        ("Norland &amp; Sudria voted.", "x", "text/html"),
        ("<div class=a>Norland<div>Sudria</div></div>", "x", None),
        ("Norland<p>Sudria<p>Lagona", "report.html", None),
        ("<table><tr><td>Norland</td></tr></table>", "x", None),
    ],
)
def test_a_piece_of_a_page_is_told_by_its_markup_and_by_what_is_said_of_it(head, name, media):
    assert HTML.recognises(head.encode(), name, media) >= 0.5


@pytest.mark.parametrize(
    "head",
    [
        "If a < b and c > d, the vote <of Norland> is void. <p> is a tag.",
        "Dear all,\n> we met\n> and parted\n<b>Yes</b>",
        '<?xml version="1.0"?><rss version="2.0"><channel><description>&lt;p&gt;x&lt;/p&gt;</description>',
        "<feed xmlns='http://www.w3.org/2005/Atom'><content type='xhtml'><div><p>x</p></div></content></feed>",
        "<newsItem><contentSet><inlineXML><html><body><p>x</p></body></html></inlineXML></contentSet></newsItem>",
        "<nitf><body><body.content><p>x</p></body.content></body></nitf>",
        "<opml version='2.0'>",
        '{"text": "<p>x</p><p>y</p><p>z</p><p>a</p>"}',
        "",
        "\0\0\0",
    ],
)
@pytest.mark.parametrize("media", [None, "text/plain"])
def test_other_things_are_no_pages(head, media):
    assert HTML.recognises(head.encode(), "x.txt", media) == 0.0


@pytest.mark.parametrize("root", ["rss", "feed", "nitf", "newsItem"])
def test_other_xml_is_no_page_even_if_it_is_said_to_be(root):
    assert HTML.recognises(f"<{root}><p>x</p><p>y</p></{root}>".encode(), "x.html", "text/html") == 0.0


@given(
    st.binary(max_size=300),
    st.text(max_size=20),
    st.sampled_from([None, "text/html", "text/plain"]),
)
def test_recognising_never_fails(head, name, media):
    assert 0.0 <= HTML.recognises(head, name, media) <= 0.9


def test_a_page_is_opened_by_its_content(tmp_path):
    path = tmp_path / "report.txt"
    path.write_text(f"<html lang=en><title>{HEADLINE}</title><body>{BODY}</body></html>")
    (document,) = Opener().open(path)
    assert isinstance(document, Document)
    assert (document.format, document.title, document.text) == ("html", HEADLINE, TEXT)
    assert document.raw is not None


LINKED = f"""<html><head><base href="https://times.example/"><title>{HEADLINE} - Norland Times</title>
<link rel="canonical" href="/2019/border"><script type="application/ld+json">// <![CDATA[
{{"@context": "https://schema.org", "@graph": [{{"@type": "WebSite", "name": "NT"}}, {{"@type": "Person", "@id": "#a", "name": "Ana Sol"}},
{{"@type": "NewsArticle", "headline": "Ferry stopped", "datePublished": "2010-01-01", "url": "https://times.example/2010/ferry"}},
{{"@type": ["ReportageNewsArticle"], "headline": "{HEADLINE}", "url": "https://times.example/2019/border",
"datePublished": "2019-06-03T23:30:00.000-05:00", "dateModified": "2019-06-04T10:00Z", "inLanguage": "en-GB",
"author": [{{"@id": "#a"}}, {{"@type": "NewsMediaOrganization", "name": "Sudrian Press Agency"}}],
"publisher": {{"@type": "Organization", "name": "Norland Times"}}, "articleSection": ["World", "Trade"], "keywords": "border, tolls",
"correction": "An earlier version gave a wrong date.", "dateline": "HARN", "contentLocation": {{"@type": "Place", "name": "Harn"}},
"isAccessibleForFree": false}},]}}
// ]]></script></head><body>{BODY}</body></html>"""


def test_linked_data_of_the_right_article():
    document = read(LINKED)
    assert (document.title, document.url) == (
        HEADLINE,
        "https://times.example/2019/border",
    )
    assert (document.publisher, document.byline, document.language) == (
        "Norland Times",
        ("Ana Sol",),
        "en",
    )
    assert document.published == Published(Interval(date(2019, 6, 3), date(2019, 6, 4)), "metadata")
    assert document.syndicated_from == ("Sudrian Press Agency",)
    assert document.details == (
        Detail("section", "World"),
        Detail("section", "Trade"),
        Detail("keyword", "border"),
        Detail("keyword", "tolls"),
        Detail("dateline", "HARN"),
        Detail("place", "Harn"),
        Detail("correction", "An earlier version gave a wrong date."),
        Detail("revised", "2019-06-04"),
        Detail("access", "paid"),
    )


def test_open_graph_and_meta_tags():
    document = read(
        f"""<head><meta property="og:title" content="{HEADLINE} | Norland Times"><meta property="og:site_name" content="Norland Times">
        <meta name="author" content="By Ana Sol and Per van Rude, Norland Times"><meta name="news_keywords" content="border;tolls">
        <meta property="article:published_time" content="Mon, 03 Jun 2019 10:00:00 GMT"><meta property="article:section" content="World">
        <meta name="syndication-source" content="Sudrian Press Agency"><meta property="og:locale" content="de_DE">
        <meta property="og:url" content="https://times.example/"></head>{BODY}""",
        url="https://times.example/2019/border",
    )
    assert (document.title, document.publisher, document.language) == (
        HEADLINE,
        "Norland Times",
        "de",
    )
    assert document.url is None, "the front page is not the report's address"
    assert document.byline == ("Ana Sol", "Per van Rude")
    assert document.syndicated_from == ("Sudrian Press Agency",)
    assert document.published.interval == Interval(date(2019, 6, 3), date(2019, 6, 4))
    assert document.details == (
        Detail("section", "World"),
        Detail("keyword", "border"),
        Detail("keyword", "tolls"),
    )


def test_microdata():
    document = read(
        f"""<div itemscope itemtype="https://schema.org/NewsArticle"><span itemprop="author" itemscope><b itemprop="name">Ana Sol</b></span>
        <time itemprop="datePublished" datetime="2019-06-03">3 June</time><div itemprop="articleBody">{BODY}</div></div>"""
    )
    assert (document.byline, document.published.interval) == (
        ("Ana Sol",),
        Interval(date(2019, 6, 3), date(2019, 6, 4)),
    )
    assert document.text == TEXT


def test_shown_author_and_the_time_in_the_head_of_the_report():
    document = read(
        f"""<aside><time datetime="2022-01-01">1</time></aside><article><p class="byline">By Ana Sol, Harn correspondent</p>
        <time datetime="2019-06-03T12:00">3 June</time>{BODY}</article><time datetime="2020-01-01">2</time>"""
    )
    assert (document.byline, document.published.interval) == (
        ("Ana Sol",),
        Interval(date(2019, 6, 3), date(2019, 6, 4)),
    )
    assert document.text == TEXT


def test_times_of_other_reports_are_not_the_reports():
    assert read(f"{BODY}<time datetime='2019-01-01'>a</time><time datetime='2020-01-01'>b</time>").published == Published()


@pytest.mark.parametrize(
    "linked",
    [
        '{"@type": "NewsArticle", "author": [[[1]], null, {"name": {"a": 1}}], "publisher": 7, "datePublished": {"x": []}, "url": [1]}',
        '{"@type": {"a": 1}, "headline": 3}',
        '[{"@type": ["NewsArticle", 4], "headline": ["\\ud800"], "articleBody": ["\\udfff"], "keywords": {"a": 2}, "genre": [true]}]',
        '{"@type": "NewsArticle", "datePublished": 1e400, "author": "\\ud800", "mainEntityOfPage": {"@id": 3}}',
        '{"@type": "LiveBlogPosting", "liveBlogUpdate": {"a": 1}}',
        "{not json",
        "[" * 100_000,
        '{"@graph": ' * 50_000,
        "[" + "9" * 5000 + "]",
    ],
)
def test_wrong_types_in_linked_data_do_no_harm(linked):
    document = read(f'<script type="application/ld+json">{linked}</script>{BODY}')
    assert document.text == TEXT
    assert "\ud800" not in repr(document.title)


@pytest.mark.parametrize("url", ["http://[bad", "javascript:alert(1)", "http://", "//", "data:text/html,x"])
def test_addresses_that_are_none(url):
    assert read(f'<link rel="canonical" href="{url}">{BODY}').url is None


UMLAUTS = (
    "Premier Köhler of Norland met the café owners of Málaga on Monday, “for once”, she said – at noon in the old town hall."
)


@pytest.mark.parametrize(
    ("encoding", "said", "charset"),
    [
        ("utf-8", "utf-8", None),
        ("utf-8", "iso-8859-1", None),
        ("utf-8", "x-none", "latin-1"),
        ("utf-8-sig", "windows-1252", None),
        ("utf-16", "utf-8", None),
        ("utf-16-le", "utf-8", None),
        ("utf-16-be", "utf-16", None),
        ("cp1252", "iso-8859-1", None),
        ("cp1252", "utf-8", "windows-1252"),
        ("cp1252", "", None),
        ("mac-roman", "", "macintosh"),
    ],
)
def test_encodings_are_told_by_mark_soundness_sender_and_page(encoding, said, charset):
    page = f'<html><head><meta charset="{said}"></head><body><h1>{HEADLINE}</h1><p>{UMLAUTS}</p><p>{UMLAUTS[::-1]}</p></body></html>'
    assert read(page.encode(encoding), charset).text == f"{HEADLINE}\n\n{UMLAUTS}\n\n{UMLAUTS[::-1]}"


def test_cyrillic_and_shifting_encodings():
    russian = "Премьер Норландии встретилась в понедельник с министрами соседней страны и подписала договор о границе."
    assert (
        russian
        in read(f'<meta http-equiv="Content-Type" content="text/html; charset=koi8-r"><p>{russian}</p>'.encode("koi8-r")).text
    )
    japanese = "ノルランドの首相は月曜日に隣国の大臣と会談し、国境に関する協定に署名した。" * 2
    assert japanese in read(f"<p>{japanese}</p>".encode("iso-2022-jp"), "iso-2022-jp").text


@pytest.mark.parametrize(
    "charset",
    [
        "idna",
        "punycode",
        "zip",
        "rot13",
        "unicode_escape",
        "utf-7",
        "é",
        "",
        "a" * 1000,
        "\0",
    ],
)
def test_names_of_encodings_that_no_page_is_in(charset):
    assert UMLAUTS in read(f"<p>{UMLAUTS}</p>".encode("cp1252"), charset).text


def test_null_bytes_and_controls():
    assert (
        read(BODY.replace("lorries", "lor\0ries\x01&#0;&#1;").encode()).text.replace("\ufffd", "").replace("\x01", "") == TEXT
    )


BOMBS = {
    "divisions": "<div>" * 90_000 + BODY,
    "more divisions": "<div>" * 1_000_000 + BODY,
    "fonts": f"<h1>{HEADLINE}</h1>" + "<font><b>" * 3_000 + f"<p>{FIRST}</p><p>{SECOND}</p>",
    "lists": "<ul><li>" * 20_000 + BODY,
    "tables": "<table><tr><td>" * 20_000 + BODY,
    "an attribute": f"<p title='{'a' * 20_000_000}'></p>" + BODY,
    "a class": f"<div class='{'ad ' * 2_000_000}'>{BODY}</div>",
    "attributes": f"<p {'a ' * 500_000}></p>" + BODY,
    "tags": "<b>x</b>" * 1_000_000,
    "angle brackets": "<" * 10_000_000,
    "comments": "<!--" * 50_000 + BODY,
    "spaces": "<p>" + " " * 5_000_000 + f"</p>{BODY}",
    "blank lines": "<pre>" + "   \n" * 100_000 + f"</pre>{BODY}",
    "title": f"<title>{'a - ' * 500_000}</title>{BODY}",
    "authors": f"<meta name=author content='{'Ana Sol and ' * 100_000}'>{BODY}",
    "sections": CDATA + BODY if (CDATA := "<![CDATA[" * 20_000) else "",
    "entities": f"<!DOCTYPE html [<!ENTITY a '{'b' * 1000}'><!ENTITY c '{'&a;' * 1000}'>]><p>{'&c;' * 1000}</p>{BODY}",
    "files": f"<!DOCTYPE html [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><p>&x;</p>{BODY}",
}


@pytest.mark.parametrize("kind", BOMBS)
def test_bombs_are_bounded(kind):
    start = time.process_time()
    try:
        document = read(BOMBS[kind])
    except InputError as error:
        assert "page" in str(error)
    else:
        assert len(document.text) < 6_000_000
        assert "root:" not in document.text
    assert time.process_time() - start < 20


def test_unclosed_formatting_loses_nothing():
    assert read(BOMBS["fonts"]).text == TEXT


@pytest.mark.parametrize(
    "page",
    [
        "<html></html>",
        "<p> </p>",
        "<script>render()</script><div id=root></div>",
        "<!-- x -->",
        "<frameset><frame src=a></frameset>",
        "<div>Loading…</div><script src=a.js></script><noscript>Please run scripts</noscript>",
    ],
)
def test_a_page_without_text_is_named(page):
    with pytest.raises(InputError, match="page: a page without report text"):
        read(page)


def test_a_short_piece_is_a_report():
    assert read("<p>Norland voted.</p>").text == "Norland voted."
    assert read("Shares of Harn Steel halted<br>").text == "Shares of Harn Steel halted"


def test_a_page_larger_than_a_report_may_be_is_named():
    with pytest.raises(InputError, match="page: larger than"):
        read(b"<p>" + b"a" * (64 << 20))


PIECES = st.sampled_from(
    [
        "<p>", "</p>", "<div class='share'>", "</div>", "<table>", "<tr>", "<td>", "</table>", "<h1>", "</h1>", "<br>", "<pre>", "<article>",
        "<noscript>", "<template shadowrootmode=open>", "<script type='application/ld+json'>", "</script>", '{"@type": "NewsArticle", "articleBody": "<p>x',
        "<q>", "<a href='//[x'>", "<base href='http://['>", "<link rel=canonical href='http://[x'>", "<time datetime='9999-12-31'>", "<!--", "-->",
        "<![CDATA[", "<x:y z>", "<title>", "<meta name=date content=0>", "&#0;", "&#xd800;", "\ud800".encode("utf-8", "surrogatepass").decode("latin-1"),
        "\0", "\u200f", FIRST, "By Ana Sol", "<li>", "<figure><figcaption>", "<sup>[1]</sup>", "<summary>", "<svg>", "<math>", "<html xmlns='http://www.w3.org/1999/xhtml'>", "<div/>",
    ]
)  # fmt: skip


@settings(max_examples=60, deadline=timedelta(seconds=5))
@given(st.lists(PIECES, max_size=30).map("".join))
def test_any_markup_is_a_document_or_an_input_error(page):
    try:
        assert read(page).text.strip()
    except InputError as error:
        assert "page" in str(error)


@settings(max_examples=40, deadline=timedelta(seconds=5))
@given(
    st.binary(max_size=400),
    st.integers(0, len(LINKED)),
    st.sampled_from([None, "utf-8", "utf-16", "gbk", "big5", "shift_jis"]),
)
def test_any_bytes_in_a_page_are_a_document_or_an_input_error(data, at, charset):
    for page in (data, LINKED[:at].encode() + data + LINKED[at:].encode()):
        try:
            assert read(page, charset).text.strip()
        except InputError as error:
            assert "page" in str(error)


@pytest.mark.parametrize("control", ["\f", "&#12;", "&#xC;", "&#1;", "&#x1F;", "&#65535;", "&#\x011;", "&#&#1;1;"])
def test_controls_beside_what_is_taken_out(control):
    page = f"<div>{control}<p>{FIRST}</p><aside>Read more</aside>{control}<p>{SECOND}</p></div>"
    assert read(page).text.replace("&# 1;", "").split() == f"{FIRST} {SECOND}".split()


def test_more_tags_than_a_report_has_are_refused():
    with pytest.raises(InputError, match="page: more than 100,000 tags"):
        read("<p>x</p>" * 50_001)
