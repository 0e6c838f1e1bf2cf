"""How a host is treated: robots.txt obeyed, visits apart, busy hosts left alone, nothing asked for that has not changed."""

from http.server import BaseHTTPRequestHandler

import pytest
from tests.hosts import PAGE, Time
from tests.sources.fetching import fetching, refused

from communique.errors import InputError
from communique.sources.web.fetcher import Manners, Unchanged, Validator


def test_what_robots_txt_forbids_is_not_read(host):
    host.robots("User-agent: *\nDisallow: /\nAllow: /open")
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
    host.robots("", status)
    if reads:
        with fetching() as fetcher:
            fetcher.fetch(host.url())
    else:
        assert "can't be had" in refused(host.url())
        assert host.paths() == ["/robots.txt"]


def test_robots_txt_is_asked_again_after_a_day_or_soon_where_it_failed(host):
    host.robots("", 500)
    time = Time()
    with fetching(clock=time.clock, sleep=time.sleep) as fetcher:
        for _ in range(2):
            with pytest.raises(InputError, match="can't be had"):
                fetcher.fetch(host.url())
        host.robots("User-agent: *\nDisallow: /x")
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
    host.robots("User-agent: *\nDisallow: /x\n" + "# and so on\n" * 100_000 + "Disallow: /\n")
    with fetching() as fetcher:
        fetcher.fetch(host.url())
        with pytest.raises(InputError, match="forbids"):
            fetcher.fetch(host.url("/x"))


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
    host.robots("User-agent: *\nCrawl-delay: 7")
    time = Time()
    with fetching(manners=Manners(patience=10), clock=time.clock, sleep=time.sleep) as fetcher:
        fetcher.fetch(host.url())
        fetcher.fetch(host.url())
    assert time.slept == [7.0]
    host.robots("User-agent: *\nCrawl-delay: 700")
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
