"""Fetching from a host of our own on this machine: pages, redirects, answers that are broken, slow or too large."""

import gzip
import time
import zlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.hosts import PAGE, Host
from tests.sources.fetching import fetching, refused

from communique.errors import InputError
from communique.sources.inputs import Limits, Options
from communique.sources.opener import Opener
from communique.sources.web.fetcher import Manners, agent


def test_a_page_comes_with_its_address_and_type(host):
    with fetching() as fetcher:
        found = fetcher.fetch(host.url("/#part"))
    assert found.read(1 << 20) == PAGE
    assert (found.name, found.given.url, found.media, found.charset) == (host.url(), host.url(), "text/html", "utf-8")
    lines = host.asked[-1][1]
    assert lines["Host"] == f"127.0.0.1:{host.port}"
    assert lines["User-Agent"] == agent()
    assert agent().startswith("Communique/")


def test_a_wrong_type_is_handed_on_as_it_was_said(host):
    host.pages["/wrong"] = (200, {"Content-Type": "IMAGE/Png"}, PAGE)
    host.pages["/none"] = (200, {}, PAGE)
    with fetching() as fetcher:
        assert fetcher.fetch(host.url("/wrong")).media == "image/png"
        assert fetcher.fetch(host.url("/none")).media is None


def test_the_opener_reads_addresses(host):
    host.pages["/a.txt"] = (200, {"Content-Type": "text/plain"}, b"Norland reopened its border on Monday.")
    opener = Opener(Options(private=True))
    (found,) = opener.open(host.url("/a.txt"))
    assert (found.text, found.url, found.source) == ("Norland reopened its border on Monday.", *[host.url("/a.txt")] * 2)
    (failed,) = opener.open("ftp" + host.url()[4:])
    assert "begin with http" in str(failed.error)


def test_the_opener_follows_feeds(host):
    said = "Norland and Sudria agreed on Monday to reopen the bridge over the river Dorva, their ministers said. " * 3
    items = "".join(f"<item><title>{n}</title><link>{n}</link><description>{said}</description></item>" for n in "abc")
    host.pages["/feed"] = (200, {}, f"<rss version='2.0'><channel><title>Herald</title>{items}</channel></rss>".encode())
    host.pages["/a"] = (200, {"Content-Type": "text/plain"}, b"The whole report of the reopened bridge.")
    host.pages["/c"] = (200, {"Content-Type": "text/plain"}, b"")
    found = list(Opener(Options(private=True)).open(host.url("/feed")))
    assert [f.format for f in found] == ["text", "feed", "feed"]
    assert [f.url for f in found] == [host.url(f"/{n}") for n in "abc"]
    assert [f.title for f in found] == ["a", "b", "c"]
    assert {f.publisher for f in found} == {"Herald"}
    assert found[0].text == "The whole report of the reopened bridge."


def test_redirects_are_followed_and_relative_ones_resolved(host):
    host.leads("/a", "b?x=1", 301)
    host.leads("/b?x=1", f"//127.0.0.1:{host.port}/c", 308)
    host.leads("/c", "/")
    with fetching() as fetcher:
        assert fetcher.fetch(host.url("/a")).name == host.url("/")
    assert host.paths() == ["/robots.txt", "/a", "/b?x=1", "/c", "/"]


def test_circles_and_endless_redirects_are_told(host):
    host.leads("/a", "/b")
    host.leads("/b", "/a")
    assert "in a circle" in refused(host.url("/a"))
    host.asked.clear()
    for n in range(30):
        host.leads(f"/{n}", f"/{n + 1}")
    assert "more than 10 redirects" in refused(host.url("/0"))
    assert len(host.asked) == 12


def test_a_redirect_to_nowhere_is_told(host):
    host.pages["/a"] = (302, {}, b"")
    assert "leads on to no address" in refused(host.url("/a"))
    host.leads("/a", "http://[::1")
    assert "leads on to no address" in refused(host.url("/a"))


def test_a_site_that_asks_for_its_cookie_back(host):
    def page(request):
        if "seen=1" in request.headers.get("Cookie", ""):
            return 200, {}, PAGE
        return 302, {"Location": "/", "Set-Cookie": "seen=1"}, b""

    host.pages["/"] = page
    with fetching() as fetcher:
        fetcher.fetch(host.url())
        fetcher.fetch(host.url())
    assert [lines.get("Cookie") for path, lines in host.asked if path == "/"] == [None, "seen=1"] * 2


@pytest.mark.parametrize(
    ("status", "words"),
    [
        (204, "empty"),
        (304, "304"),
        (401, "login"),
        (403, "refuses"),
        (404, "no such page"),
        (410, "gone"),
        (500, "500"),
        (503, "503"),
    ],
)
def test_answers_without_a_page_are_told(host, status, words):
    host.pages["/a"] = (status, {}, b"")
    said = refused(host.url("/a"))
    assert said.startswith(host.url("/a"))
    assert words in said
    assert "; " in said


def test_answers_that_break_off_or_are_none(host):
    def rubbish(request):
        request.wfile.write(b"SSH-2.0-norland\r\n\r\n")

    host.pages["/short"] = (200, {"Content-Length": "5000"}, PAGE)
    host.pages["/short"] = lambda request: (
        request.__setattr__("close_connection", True),
        (200, {"Content-Length": "5000"}, PAGE),
    )[1]
    host.pages["/rubbish"] = rubbish
    host.pages["/gone"] = lambda request: None
    for path in ("/short", "/rubbish", "/gone"):
        assert "breaks off" in refused(host.url(path))


SOUND = (
    b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nSet-Cookie: a=1\r\nContent-Encoding: gzip\r\n\r\n"
    + gzip.compress(PAGE)
)
LEADING = b"HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:1/a\r\nRetry-After: 1\r\nContent-Length: 0\r\n\r\n"


@settings(max_examples=60, deadline=None)
@given(st.sampled_from([SOUND, LEADING, b"HTTP/1.1 "]), st.integers(0, 250), st.integers(0, 20), st.binary(max_size=20))
def test_any_answer_gives_a_page_or_an_error(answer, at, cut, put):
    with Host() as host, fetching(manners=Manners(delay=0, silence=0.3, whole=1)) as fetcher:
        host.pages["/"] = lambda request: request.wfile.write(answer[:at] + put + answer[at + cut :]) and None
        try:
            assert isinstance(fetcher.fetch(host.url()).read(1 << 20), bytes)
        except InputError as error:
            assert host.url() in str(error)


def test_large_pages_are_refused(host):
    host.pages["/large"] = (200, {}, bytes(3 << 20))
    assert "larger than 2 MB" in refused(host.url("/large"), limits=Limits(report=2 << 20))


def test_packed_pages_are_unpacked_within_the_limit(host):
    host.pages["/gz"] = (200, {"Content-Encoding": "gzip"}, gzip.compress(PAGE))
    bomb = zlib.compressobj(9, wbits=31)
    host.pages["/bomb"] = (200, {"Content-Encoding": "gzip"}, bomb.compress(bytes(64 << 20)) + bomb.flush())
    host.pages["/br"] = (200, {"Content-Encoding": "br"}, b"\x0b\x00\x80x\x03")
    with fetching() as fetcher:
        assert fetcher.fetch(host.url("/gz")).read(1000) == PAGE
    assert "larger than 2 MB" in refused(host.url("/bomb"), limits=Limits(report=2 << 20))
    assert "not asked for" in refused(host.url("/br"))


def drip(before):
    """Bytes one after the other, for a long time, each in good time."""

    def answer(request):
        request.wfile.write(before)
        for _ in range(200):
            try:
                request.wfile.write(b"x")
            except OSError:
                return
            time.sleep(0.05)

    return answer


@pytest.mark.parametrize("before", [b"HTTP/1.1 200 OK\r\n\r\n", b"HTTP/1.1 200 OK\r\nX-Long: "])
def test_what_drips_is_given_up(host, before):
    host.pages["/drip"] = drip(before)
    begun = time.monotonic()
    assert "not done within 0.4 s" in refused(host.url("/drip"), manners=Manners(delay=0, whole=0.4))
    assert time.monotonic() - begun < 2


def test_what_is_silent_is_given_up(host):
    host.pages["/silent"] = lambda request: time.sleep(1)
    assert "no answer within 0.2 s" in refused(host.url("/silent"), manners=Manners(delay=0, silence=0.2))
