"""Following pages and feeds: asked conditionally, each report once, changes as versions, errors with back-off."""

from pathlib import Path

import pytest
from tests.hosts import Host

from communique.pipeline.watch import Missed

MINUTE = 60.0
SENTENCE = "Norland and Sudria agreed on Monday to reopen the bridge over the river Dorva, their ministers said. "


class Site(Host):
    """A host that serves pages with an ETag and answers with 304 where that is known."""

    def __init__(self):
        self.lines = {}
        self.answers = []
        super().__init__()
        self.pages.clear()

    def answer(self, request):
        status, body = self.pages.get(request.path, (404, b""))
        tag = f'"{hash(body)}"'
        if status == 200 and request.headers.get("If-None-Match") == tag:
            status, body = 304, b""
        if request.path != "/robots.txt":
            self.answers.append((request.path, status))
        return status, {"ETag": tag} | self.lines.get(request.path, {}), body

    def put(self, path, text, status=200):
        self.pages[path] = (status, text.encode())

    def feed(self, path, *entries):
        """A feed of entries, each an address or a full text."""
        items = "".join(
            f"<item><title>{e[1:]}</title><link>{self.url(e)}</link></item>"
            if e.startswith("/")
            else f"<item><title>Full</title><guid>{hash(e)}</guid><description>{e}</description></item>"
            for e in entries
        )
        self.put(path, f'<?xml version="1.0"?><rss version="2.0"><channel><title>Norland Herald</title>{items}</channel></rss>')

    def answered(self):
        """What was asked for since the last call, with the status of each answer."""
        found, self.answers = self.answers, []
        return found


@pytest.fixture
def host():
    with Site() as found:
        yield found


def report(name):
    return f"Minister {name} told reporters that trade would follow. {SENTENCE}"


def test_a_page_is_asked_for_conditionally_and_its_change_is_a_version(watching, host):
    host.put("/a.txt", report("Ode"))
    host.lines["/a.txt"] = {"Content-Type": "text/plain"}
    watching.time.at(40 * MINUTE, lambda: host.put("/a.txt", report("Ruhl")))
    found = watching.collect(host.url("/a.txt"), seconds=70 * MINUTE)
    assert [(round(second / MINUTE), one.version.number) for second, one in found] == [(0, 1), (45, 2)]
    assert host.answered() == [("/a.txt", status) for status in (200, 304, 304, 200, 304)]


def test_a_feed_gives_each_report_once(watching, host):
    for name in "abc":
        host.put(f"/{name}", report(name))
    host.feed("/feed", "/a", "/b")
    assert watching.kept(watching.once(host.url("/feed"))) == [("a", 1), ("b", 1)]
    host.answered()
    assert watching.once(host.url("/feed")) == []
    assert host.answered() == [("/feed", 304)]
    host.feed("/feed", "/c", "/a", "/b")
    (found,) = watching.once(host.url("/feed"))
    assert found.record.document.publisher == "Norland Herald" and found.record.document.title == "c"
    assert host.answered() == [("/feed", 200), ("/c", 200)]


def test_pages_of_a_feed_are_looked_at_again_less_and_less(watching, host):
    host.put("/a", report("a"))
    host.feed("/feed", "/a")
    watching.time.at(100 * MINUTE, lambda: host.put("/a", report("Corrected")))
    found = watching.collect(host.url("/feed"), seconds=24 * 60 * MINUTE)
    assert [one.version.number for _, one in found] == [1, 2]
    looks = [status for path, status in host.answered() if path == "/a"]
    assert 8 <= len(looks) <= 14 and looks.count(200) == 2


def test_a_page_of_which_the_feed_says_something_else_is_looked_at_at_once(watching, host):
    host.put("/a", report("a"))
    host.feed("/feed", "/a")
    watching.once(host.url("/feed"))
    host.put("/a", report("Corrected"))
    host.pages["/feed"] = (200, host.pages["/feed"][1].replace(b"<title>a<", b"<title>Correction: a<"))
    assert watching.kept(watching.once(host.url("/feed"))) == [("a", 2)]


def test_full_texts_of_a_feed_that_have_no_address_are_told_apart_by_their_text(watching, host):
    first, second = (report(name) * 5 for name in ("Ode", "Ruhl"))
    host.feed("/feed", first)
    assert len(watching.kept(watching.once(host.url("/feed")))) == 1
    host.feed("/feed", second, first)
    (found,) = watching.once(host.url("/feed"))
    assert "Ruhl" in found.record.document.text and found.version.number == 1


def test_a_page_that_a_feed_has_no_longer_is_left_alone(watching, host):
    for name in "ab":
        host.put(f"/{name}", report(name))
    host.feed("/feed", "/a")
    watching.time.at(5 * MINUTE, lambda: host.feed("/feed", "/b"))
    watching.collect(host.url("/feed"), seconds=20 * MINUTE)
    host.answered()
    watching.time.now += 3600
    assert watching.once(host.url("/feed")) == []
    assert ("/a", 304) not in host.answered()


def test_a_list_of_feeds_is_followed_from_a_file_too(watching, host, folder):
    for name in "ab":
        host.put(f"/{name}", report(name))
    host.feed("/feed", "/a")
    lists = folder / "feeds.opml"
    lists.write_text(f'<opml version="2.0"><body><outline type="rss" text="N" xmlUrl="{host.url("/feed")}"/></body></opml>')
    watching.time.at(20 * MINUTE, lambda: host.feed("/feed", "/a", "/b"))
    found = watching.collect(lists, seconds=40 * MINUTE)
    assert [(round(second / MINUTE), Path(one.record.document.source).name) for second, one in found] == [(0, "a"), (30, "b")]
    assert [path for path, _ in host.answered()].count("/feed") == 3


def test_the_same_report_by_two_feeds_is_read_once(watching, host):
    host.put("/a", report("a"))
    host.feed("/one", "/a")
    host.feed("/two", "/a")
    assert len(watching.once(host.url("/one"), host.url("/two"))) == 1 and len(watching.read) == 1


def test_errors_are_tried_again_after_growing_pauses(watching, host):
    url = host.url("/feed")
    host.put("/feed", "", 500)
    watching.time.at(30 * MINUTE, lambda: (host.put("/a", report("a")), host.feed("/feed", "/a")))
    found = watching.collect(url, seconds=70 * MINUTE)
    errors = [one for _, one in found if isinstance(one, Missed)]
    assert [round(one.again - one.when) for one in errors] == [60, 120, 240, 480, 960]
    assert all(str(one.failed.error).startswith(f"{url}: the host answers 500") for one in errors)
    assert watching.kept([one for _, one in found]) == [("a", 1)]
    assert watching.desk.journal.place(url).failures == 0


def test_a_host_is_left_alone_as_long_as_it_asks_also_by_the_next_watcher(watching, host):
    host.put("/feed", "", 429)
    host.lines["/feed"] = {"Retry-After": "7200"}
    (found,) = watching.once(host.url("/feed"))
    assert found.again - found.when == 7200
    host.answered()
    watching.time.now += 3600
    (again,) = watching.once(host.url("/feed"))
    assert again.again == found.again and host.answered() == []


def test_a_private_address_is_asked_as_soon_as_that_is_allowed(watching, host):
    host.put("/a", report("a"))
    host.feed("/feed", "/a")
    watching.private = False
    for _ in range(2):
        (found,) = watching.once(host.url("/feed"))
        assert str(found.failed.error).startswith(f"{host.url('/feed')}: 127.0.0.1 is no public address; allow that")
        assert found.again is None and host.answered() == []
    watching.private = True
    assert watching.kept(watching.once(host.url("/feed"))) == [("a", 1)]


def test_a_page_that_fails_is_tried_again_though_its_feed_stays_the_same(watching, host):
    host.put("/a", report("a"))
    host.put("/b", "", 500)
    host.feed("/feed", "/a", "/b")
    watching.time.at(20 * MINUTE, lambda: host.put("/b", report("b")))
    found = watching.collect(host.url("/feed"), seconds=60 * MINUTE)
    assert watching.kept([one for _, one in found]) == [("a", 1), ("b", 1)]
    assert len(watching.missed(one for _, one in found)) == 1  # the second time it says the same


def test_a_summary_gives_way_to_the_page_and_never_the_other_way(watching, host):
    url = host.url("/feed")
    item = f"<item><title>A</title><link>{host.url('/a')}</link><description>{SENTENCE * 3}…</description></item>"
    host.put("/feed", f'<?xml version="1.0"?><rss version="2.0"><channel><title>N</title>{item}</channel></rss>')
    host.put("/a", "", 500)
    (first,) = watching.once(url)
    assert first.record.document.format == "feed"
    host.put("/a", report("a"))
    watching.time.now += 3600
    (second,) = watching.once(url)
    assert second.version.number == 2 and "Minister" in second.record.document.text
    host.put("/a", "", 500)
    watching.time.now += 24 * 3600
    (failed,) = watching.once(url)
    assert isinstance(failed, Missed)


def test_nothing_is_noted_of_a_feed_whose_reports_were_not_all_taken(watching, host):
    for name in "ab":
        host.put(f"/{name}", report(name))
    host.feed("/feed", "/a", "/b")
    results = watching.watch([host.url("/feed")]).once()
    next(results)
    results.close()
    assert watching.kept(watching.once(host.url("/feed"))) == [("b", 1)]


def test_feeds_that_lead_in_a_circle_are_asked_once_in_a_look(watching, host):
    host.feed("/one", "/two", "/a")
    host.feed("/two", "/one", "/a")
    host.put("/a", report("a"))
    (failed, found) = watching.once(host.url("/one"))
    assert "is a circle" in str(failed.failed.error) and watching.kept([found]) == [("a", 1)]
    assert sorted(path for path, _ in host.answered()) == ["/a", "/one", "/two"]
