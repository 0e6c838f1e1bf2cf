"""Fetching from a host of our own on this machine, which is polite, hostile, slow or broken."""

import gzip
import itertools
import socket
import threading
import time
import zlib
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from communique.errors import InputError
from communique.sources.inputs import Limits, Options
from communique.sources.opener import Opener
from communique.sources.web import Fetcher, Manners, Unchanged, Validator, agent

PAGE = b"<html><body><p>Norland reopened its border with Sudria on Monday.</p></body></html>"
QUICK = Manners(delay=0)


class Host:
    """A web server on this machine: `pages` maps paths to what answers them, `asked` lists the requests."""

    def __init__(self):
        self.pages = {"/": (200, {"Content-Type": "text/html; charset=UTF-8"}, PAGE)}
        self.asked = []
        host = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self):
                host.asked.append((self.path, self.headers))
                answer = host.pages.get(self.path, (404, {}, b""))
                if callable(answer):
                    answer = answer(self)
                if answer is None:
                    self.close_connection = True
                    return
                status, lines, body = answer
                self.send_response(status)
                for name, value in ({"Content-Length": str(len(body))} | lines).items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_):
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.server.handle_error = lambda *_: None  # clients that hang up are what these tests are about
        self.port = self.server.server_address[1]
        threading.Thread(target=self.server.serve_forever, daemon=True, kwargs={"poll_interval": 0.01}).start()

    def url(self, path="/", name="127.0.0.1"):
        return f"http://{name}:{self.port}{path}"

    def leads(self, path, to, status=302, **lines):
        self.pages[path] = (status, {"Location": to} | lines, b"")

    def paths(self):
        return [path for path, _ in self.asked]


class Time:
    """A clock that only sleeping moves."""

    def __init__(self):
        self.now = 1000.0
        self.slept = []

    def clock(self):
        return self.now

    def sleep(self, seconds):
        self.slept.append(seconds)
        self.now += seconds


@pytest.fixture
def host():
    found = Host()
    yield found
    found.server.shutdown()
    found.server.server_close()


@contextmanager
def fetching(private=True, limits=None, manners=QUICK, **others):
    fetcher = Fetcher(Options(private=private, limits=limits or Limits()), manners=manners, **others)
    try:
        yield fetcher
    finally:
        fetcher.close()


def refused(url, **others):
    """What the error says."""
    with fetching(**others) as fetcher, pytest.raises(InputError) as error:
        fetcher.fetch(url)
    return str(error.value)


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


# what is no address


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("ftp://norland.example/a", "begin with http"),
        ("file:///etc/passwd", "begin with http"),
        ("http://", "begin with http"),
        ("http:///a", "begin with http"),
        ("norland.example", "begin with http"),
        ("http://[::1", "no address"),
        ("http://norland.example:99999/", "begin with http"),
        ("http://norland.example:0/", "begin with http"),
        ("http://a\x00b/", "no address"),
        ("http://norland.example/\ud800", "no address"),
        ("http://" + "a" * 70000, "no address"),
        ("http://" + "a" * 200 + ".example/", "not known"),
    ],
)
def test_what_is_no_address_is_told(url, words):
    said = refused(url)
    assert words in said
    assert len(said) < 600


def test_a_password_is_refused_and_not_repeated(host):
    said = refused(f"http://ana:secret@127.0.0.1:{host.port}/")
    assert "password" in said
    assert "secret" not in said
    host.leads("/to", f"http://ana:secret@127.0.0.1:{host.port}/")
    said = refused(host.url("/to"))
    assert "password" in said
    assert "secret" not in said
    assert host.paths() == ["/robots.txt", "/to"]


# private addresses


@pytest.mark.parametrize("name", ["127.0.0.1", "localhost", "[::1]", "[::ffff:127.0.0.1]", "2130706433", "0x7f.1", "0.0.0.0"])
def test_private_addresses_are_not_asked(host, name):
    said = refused(host.url(name=name), private=False)
    assert "no public address" in said or "not known" in said
    assert host.asked == []


def test_one_private_address_among_public_ones_is_enough(host):
    said = refused(host.url(name="norland.example"), private=False, resolver=lambda name, port: ["93.184.216.34", "127.0.0.1"])
    assert "norland.example is 127.0.0.1" in said
    assert host.asked == []


def test_the_checked_address_is_the_one_connected_to(host, monkeypatch):
    """A name service that first says a public and then a private address is asked once for a connection, and its first
    answer is where the connection goes."""
    answers = itertools.chain([["93.184.216.34"]], itertools.repeat(["127.0.0.1"]))
    looked_up, connected = [], []

    def resolver(name, port):
        looked_up.append(name)
        return next(answers)

    def connect(address, *_, **__):
        connected.append(address)
        raise OSError("kept here")

    monkeypatch.setattr(socket, "create_connection", connect)
    assert "no connection" in refused(host.url(name="norland.example"), private=False, resolver=resolver)
    assert looked_up == ["norland.example"]
    assert connected == [("93.184.216.34", host.port)]


def public_here(monkeypatch):
    """Take what this machine is called for public, and everything else for what it is."""
    from communique.sources import wire

    right = wire.is_public
    monkeypatch.setattr(wire, "is_public", lambda address: address == "127.0.0.1" or right(address))


def test_rebinding_after_the_first_connection_is_caught(host, monkeypatch):
    public_here(monkeypatch)
    host.pages["/"] = lambda request: (200, {"Connection": "close"}, PAGE)
    answers = itertools.chain([["127.0.0.1"], ["127.0.0.1"]], itertools.repeat(["10.0.0.1"]))
    with fetching(private=False, resolver=lambda name, port: next(answers)) as fetcher:
        fetcher.fetch(host.url(name="norland.example"))
        time.sleep(0.1)
        with pytest.raises(InputError, match=r"norland\.example is 10\.0\.0\.1"):
            for _ in range(3):
                fetcher.fetch(host.url(name="norland.example"))
                time.sleep(0.1)


def test_redirects_to_private_addresses_are_not_followed(host, monkeypatch):
    public_here(monkeypatch)
    for to in ("http://169.254.169.254/latest", "http://[::1]:80/", "http://10.1.2.3/", "//192.168.0.1/"):
        host.leads("/to", to)
        said = refused(host.url("/to"), private=False)
        assert "no public address" in said
        assert said.startswith(f"{host.url('/to')}, which leads to http://")


def test_redirects_to_other_kinds_of_address_are_not_followed(host):
    for to in ("file:///etc/passwd", "gopher://127.0.0.1/", "javascript:alert(1)", "data:text/plain,x"):
        host.leads("/to", to)
        assert "begin with http" in refused(host.url("/to"))


def test_the_host_line_holds_the_name(host):
    with fetching(resolver=lambda name, port: ["127.0.0.1"]) as fetcher:
        assert fetcher.fetch(host.url(name="norland.example")).name == host.url(name="norland.example")
    assert {lines["Host"] for _, lines in host.asked} == {f"norland.example:{host.port}"}


def test_the_name_for_tls_is_that_of_the_host():
    """A host that ends the handshake after the first message, in which the name stands."""
    heard = []
    with socket.create_server(("127.0.0.1", 0)) as server:

        def listen():
            connection, _ = server.accept()
            heard.append(connection.recv(4096))
            connection.close()

        listening = threading.Thread(target=listen)
        listening.start()
        said = refused(f"https://norland.example:{server.getsockname()[1]}/", resolver=lambda name, port: ["127.0.0.1"])
        listening.join(5)
    assert "no connection" in said
    assert b"norland.example" in heard[0]


def test_proxies_of_the_environment_are_not_used(host, monkeypatch):
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9/")
    monkeypatch.setenv("ALL_PROXY", "http://127.0.0.1:9/")
    with fetching() as fetcher:
        assert fetcher.fetch(host.url()).read(1000) == PAGE


def test_the_second_address_is_tried(host):
    with fetching(resolver=lambda name, port: ["127.9.9.9", "127.0.0.1"]) as fetcher:
        assert fetcher.fetch(host.url(name="norland.example")).read(1000) == PAGE


def test_what_is_not_there_is_told(host):
    def unknown(name, port):
        raise socket.gaierror(-2, "Name or service not known")

    assert "not known to the name service" in refused("http://norland.example/", resolver=unknown)
    assert "no address" in refused("http://norland.example/", resolver=lambda name, port: [])
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    assert "no connection" in refused(f"http://127.0.0.1:{port}/")


# redirects


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


# answers


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
    host = Host()
    try:
        host.pages["/"] = lambda request: request.wfile.write(answer[:at] + put + answer[at + cut :]) and None
        with fetching(manners=Manners(delay=0, silence=0.3, whole=1)) as fetcher:
            try:
                assert isinstance(fetcher.fetch(host.url()).read(1 << 20), bytes)
            except InputError as error:
                assert host.url() in str(error)
    finally:
        host.server.shutdown()
        host.server.server_close()


# limits


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


# robots.txt


def robots(host, text, status=200, **lines):
    host.pages["/robots.txt"] = (status, {"Content-Type": "text/plain"} | lines, text.encode())


def test_what_robots_txt_forbids_is_not_read(host):
    robots(host, "User-agent: *\nDisallow: /\nAllow: /open")
    host.pages["/open"] = (200, {}, PAGE)
    host.leads("/open/to", "/")
    with fetching() as fetcher:
        assert fetcher.fetch(host.url("/open")).read(1000) == PAGE
        for path in ("/", "/open/to"):
            with pytest.raises(InputError, match=r"robots\.txt forbids it"):
                fetcher.fetch(host.url(path))
    assert host.paths() == ["/robots.txt", "/open", "/open/to"]


@pytest.mark.parametrize(("status", "reads"), [(404, True), (403, True), (410, True), (500, False), (503, False), (429, False)])
def test_a_robots_txt_that_is_not_there(host, status, reads):
    robots(host, "", status)
    if reads:
        with fetching() as fetcher:
            fetcher.fetch(host.url())
    else:
        assert "can't be had" in refused(host.url())
        assert host.paths() == ["/robots.txt"]


def test_robots_txt_is_asked_again_after_a_day_or_soon_where_it_failed(host):
    robots(host, "", 500)
    time = Time()
    with fetching(clock=time.clock, sleep=time.sleep) as fetcher:
        for _ in range(2):
            with pytest.raises(InputError, match="can't be had"):
                fetcher.fetch(host.url())
        robots(host, "User-agent: *\nDisallow: /x")
        time.now += 601
        fetcher.fetch(host.url())
        time.now += 23 * 3600
        fetcher.fetch(host.url())
        time.now += 3601
        fetcher.fetch(host.url())
    assert host.paths().count("/robots.txt") == 3


def test_a_robots_txt_elsewhere_is_followed_five_times(host):
    host.leads("/robots.txt", "/1")
    for n in range(1, 5):
        host.leads(f"/{n}", f"/{n + 1}")
    host.pages["/5"] = (200, {}, b"User-agent: *\nDisallow: /")
    assert "forbids" in refused(host.url())
    host.leads("/5", "/6")
    with fetching() as fetcher:
        fetcher.fetch(host.url())


def test_a_huge_robots_txt_is_cut(host):
    robots(host, "User-agent: *\nDisallow: /x\n" + "# and so on\n" * 100_000 + "Disallow: /\n")
    with fetching() as fetcher:
        fetcher.fetch(host.url())
        with pytest.raises(InputError, match="forbids"):
            fetcher.fetch(host.url("/x"))


# politeness


def test_a_host_is_left_a_while_between_two_visits(host):
    time = Time()
    host.leads("/to", "/")
    with fetching(manners=Manners(delay=2), clock=time.clock, sleep=time.sleep) as fetcher:
        fetcher.fetch(host.url("/to"))
        fetcher.fetch(host.url())
        time.now += 1.5
        fetcher.fetch(host.url())
    assert time.slept == [2.0, 0.5]


def test_the_delay_that_a_host_asks_for_is_kept_up_to_our_patience(host):
    robots(host, "User-agent: *\nCrawl-delay: 7")
    time = Time()
    with fetching(manners=Manners(patience=10), clock=time.clock, sleep=time.sleep) as fetcher:
        fetcher.fetch(host.url())
        fetcher.fetch(host.url())
    assert time.slept == [7.0]
    robots(host, "User-agent: *\nCrawl-delay: 700")
    with fetching(manners=Manners(patience=10), clock=time.clock, sleep=time.sleep) as fetcher:
        fetcher.fetch(host.url())
        with pytest.raises(InputError, match="left alone for 700 s"):
            fetcher.fetch(host.url())


def busy(lines, status=503):
    answers = iter([(status, lines, b""), (200, {}, PAGE)])
    return lambda request: next(answers)


@pytest.mark.parametrize("status", [429, 503])
@pytest.mark.parametrize(
    "lines",
    [
        {"Retry-After": "5"},
        {"Retry-After": "Mon, 03 Jun 2019 10:00:05 GMT", "Date": "Mon, 03 Jun 2019 10:00:00 GMT"},
    ],
)
def test_a_busy_host_is_asked_once_more_when_it_says(host, monkeypatch, status, lines):
    monkeypatch.setattr(BaseHTTPRequestHandler, "date_time_string", lambda *_: lines.get("Date", "never"))
    host.pages["/"] = busy({k: v for k, v in lines.items() if k != "Date"}, status)
    time = Time()
    with fetching(clock=time.clock, sleep=time.sleep) as fetcher:
        assert fetcher.fetch(host.url()).read(1000) == PAGE
    assert time.slept == [5.0]


def test_a_host_that_stays_busy_is_not_asked_for_ever(host):
    host.pages["/"] = (429, {"Retry-After": "5"}, b"")
    time = Time()
    assert "429" in refused(host.url(), clock=time.clock, sleep=time.sleep)
    assert host.paths() == ["/robots.txt", "/", "/"]


def test_a_host_that_is_busy_for_long_is_left_alone(host):
    host.pages["/"] = busy({"Retry-After": "3600"})
    time = Time()
    with fetching(clock=time.clock, sleep=time.sleep) as fetcher:
        for words in ("busy", "left alone for 3600 s more"):
            with pytest.raises(InputError, match=words):
                fetcher.fetch(host.url())
    assert time.slept == []
    assert host.paths() == ["/robots.txt", "/"]


@pytest.mark.parametrize("line", ["soon", "-5", "99999999999999999999", "Mon, 99 Jun 2019 10:00:05 GMT", ""])
def test_an_answer_that_does_not_say_when_is_final(host, line):
    host.pages["/"] = busy({"Retry-After": line})
    assert "503" in refused(host.url())


# conditional requests


def test_what_has_not_changed_is_told_apart(host):
    def page(request):
        lines = {"ETag": '"a1"', "Last-Modified": "Mon, 03 Jun 2019 10:00:00 GMT"}
        same = request.headers.get("If-None-Match") == '"a1"'
        return (304, lines, b"") if same else (200, lines, PAGE)

    host.pages["/"] = page
    host.leads("/to", "/")
    seen = {}
    with fetching(seen=seen) as fetcher:
        fetcher.fetch(host.url("/to"))
        assert seen == {host.url(): Validator('"a1"', "Mon, 03 Jun 2019 10:00:00 GMT")}
        with pytest.raises(Unchanged, match="not changed"):
            fetcher.fetch(host.url("/to"))
    assert host.asked[-1][1]["If-Modified-Since"] == "Mon, 03 Jun 2019 10:00:00 GMT"
    with fetching() as fetcher:
        fetcher.fetch(host.url())
        assert fetcher.fetch(host.url()).read(1000) == PAGE


def test_a_page_without_validators_is_forgotten(host):
    seen = {host.url(): Validator("old")}
    with fetching(seen=seen) as fetcher:
        fetcher.fetch(host.url())
    assert seen == {}
