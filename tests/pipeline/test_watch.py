"""Following folders, pages and feeds: each report once, changes as versions, errors with back-off, nothing half-written."""

import os
import random
import signal
import subprocess
import sys
import threading
import time
from contextlib import closing
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from communique.errors import InputError, UsageError
from communique.pipeline.following import Follower
from communique.pipeline.run import Pipeline
from communique.pipeline.stopping import Stop, Stopped
from communique.pipeline.watch import Kept, Missed, Watch, root_of
from communique.sources.inputs import Options
from communique.sources.web import Manners
from communique.store.desk import Desk

MINUTE = 60.0
SENTENCE = "Norland and Sudria agreed on Monday to reopen the bridge over the river Dorva, their ministers said. "


class Time:
    """A clock that only sleeping moves; what is planned for a moment is done when it has come."""

    def __init__(self):
        self.now = 1_700_000_000.0
        self.began = self.now
        self.plans = []
        self.stop = Stop()
        self.end = float("inf")

    def clock(self):
        return self.now

    def at(self, seconds, act):
        self.plans.append((self.began + seconds, act))

    def sleep(self, seconds):
        self.now += max(seconds, 0.001)
        for plan in [p for p in self.plans if p[0] <= self.now]:
            self.plans.remove(plan)
            plan[1]()
        if self.now >= self.end:
            self.stop.ask()


class Watching:
    """A watch with a stage that finds nothing, on the clock above."""

    def __init__(self, desk, stage, change=lambda analysis: analysis):
        self.time = Time()
        self.desk = desk
        self.read = []

        def coder(analysis):
            self.read.append(analysis.document.text)
            return change(analysis)

        self.pipeline = Pipeline([stage("coding", frozenset(), frozenset(), coder)], lambda source: ())

    def watch(self, roots, minutes=15):
        options = Options(private=True)
        clock, sleep, every = self.time.clock, self.time.sleep, minutes * MINUTE
        self.follower = Follower(self.desk.journal, options, every, clock, sleep, Manners(delay=0), self.desk.folder)
        return Watch(self.desk, self.pipeline, self.follower, roots, every, self.time.stop, clock, sleep)

    def once(self, *roots):
        self.time.stop = Stop()
        self.time.end = float("inf")
        return list(self.watch(roots).once())

    def collect(self, *roots, seconds, minutes=15):
        """What came in, each with the seconds since the beginning."""
        self.time.stop = Stop()
        self.time.end = self.time.began + seconds
        found = []
        with pytest.raises(Stopped), closing(self.watch(roots, minutes).follow()) as results:
            found.extend((one.when - self.time.began, one) for one in results)
        return found


@pytest.fixture
def watching(tmp_path, stage):
    with Desk(tmp_path / "desk") as desk:
        found = Watching(desk, stage)
        yield found
        found.follower.close()


@pytest.fixture
def folder(tmp_path):
    path = tmp_path / "in"
    path.mkdir()
    return path


def kept(results):
    return [(Path(one.record.document.source).name, one.version.number) for one in results if isinstance(one, Kept)]


def missed(results):
    return [one for one in results if isinstance(one, Missed)]


# folders


def test_each_file_is_read_once_and_a_changed_one_is_a_new_version(watching, folder):
    (folder / "a.txt").write_text("Norland met Sudria.")
    (folder / "b.txt").write_text("Sudria met Norland.")
    assert kept(watching.once(folder)) == [("a.txt", 1), ("b.txt", 1)]
    assert watching.once(folder) == []
    (folder / "a.txt").write_text("Norland met Sudria twice.")
    (second,) = watching.once(folder)
    assert (second.version.number, second.record.document.text) == (2, "Norland met Sudria twice.")
    first, _ = watching.desk.journal.versions(str(folder / "a.txt"))
    assert second.version.supersedes == first.document
    assert watching.desk.records.read(first.document).document.text == "Norland met Sudria."
    assert len(watching.read) == 3


def test_a_touched_file_and_one_that_comes_back_are_not_read_again(watching, folder):
    file = folder / "a.txt"
    file.write_text("Norland met Sudria.")
    watching.once(folder)
    os.utime(file, (1, 1))
    assert watching.once(folder) == []
    file.unlink()
    (folder / "b.txt").write_text("Sudria met Norland.")
    assert kept(watching.once(folder)) == [("b.txt", 1)]
    file.write_text("Norland  met Sudria.\n")
    assert watching.once(folder) == []
    file.write_text("Norland left Sudria.")
    assert kept(watching.once(folder)) == [("a.txt", 2)]
    file.write_text("Norland met Sudria.")
    assert watching.once(folder) == []
    assert len(watching.read) == 3


def test_files_that_are_still_written_wait(watching, folder):
    file = folder / "a.txt"

    def grow(text):
        with file.open("a") as opened:
            opened.write(text)

    for second in range(1, 8):
        watching.time.at(second, lambda second=second: grow(f"Part {second} of the report. "))
    (found,) = watching.collect(folder, seconds=60)
    assert found[0] >= 9 and found[1].record.document.text.count("Part") == 7


def test_one_look_names_what_is_still_written(watching, folder):
    file = folder / "a.txt"
    file.write_text("Norland")
    watching.time.at(1, lambda: file.write_text("Norland met"))
    (found,) = watching.once(folder)
    assert "still being written" in str(found.failed.error) and watching.read == []


def test_temporary_names_hidden_files_and_the_desk_are_left_aside(watching, tmp_path):
    for name in ("a.txt.part", "b.tmp", "~$c.docx", "d.txt~", "e.crdownload", ".f.txt", "#g.txt#"):
        (tmp_path / name).write_text("Norland met Sudria.")
    assert watching.once(tmp_path) == []
    (tmp_path / "b.tmp").rename(tmp_path / "b.txt")
    assert kept(watching.once(tmp_path)) == [("b.txt", 1)]
    assert watching.once(tmp_path) == []


def test_new_files_come_within_seconds(watching, folder):
    watching.time.at(100, lambda: (folder / "a.txt").write_text("Norland met Sudria."))
    (found,) = watching.collect(folder, seconds=200)
    assert 100 < found[0] < 115


def test_a_bad_file_is_told_once_and_tried_again_when_it_changes(watching, folder):
    file = folder / "a.txt"
    file.write_bytes(b"")
    (folder / "b.txt").write_text("Sudria met Norland.")
    found = watching.once(folder)
    assert kept(found) == [("b.txt", 1)] and "empty" in str(missed(found)[0].failed.error)
    assert watching.once(folder) == []
    file.write_text("Norland met Sudria.")
    assert kept(watching.once(folder)) == [("a.txt", 1)]


def test_a_folder_that_goes_away_is_told_and_comes_back(watching, folder):
    away = folder.with_name("away")
    (folder / "a.txt").write_text("Norland met Sudria.")
    watching.time.at(50, lambda: folder.rename(away))
    watching.time.at(500, lambda: (away.rename(folder), (folder / "b.txt").write_text("Sudria met Norland.")))
    found = watching.collect(folder, seconds=2000)
    errors = [(second, one.again - one.when) for second, one in found if isinstance(one, Missed)]
    assert [wait for _, wait in errors] == [60, 120, 240, 480][: len(errors)] and len(errors) in (3, 4)
    assert kept([one for _, one in found]) == [("a.txt", 1), ("b.txt", 1)]


def test_a_file_that_cannot_be_opened_is_tried_again_though_it_stays_the_same(watching, folder, monkeypatch):
    file = folder / "a.txt"
    file.write_text("Norland met Sudria.")

    def refused(path):
        raise InputError(f"{path}: can't be read (Permission denied); check the path and the permissions")

    with monkeypatch.context() as patched:
        patched.setattr("communique.pipeline.following.open_file", refused)
        (found,) = watching.once(folder)
        assert found.again - found.when == 60
    assert watching.once(folder) == []
    watching.time.now += 61
    assert kept(watching.once(folder)) == [("a.txt", 1)]


def test_the_desk_is_left_aside_below_a_link_too(watching, tmp_path, folder):
    (tmp_path / "a.txt").write_text("Norland met Sudria.")
    link = tmp_path.with_name(tmp_path.name + "-link")
    link.symlink_to(tmp_path)
    assert kept(watching.once(link)) == [("a.txt", 1)]
    assert watching.once(link) == []
    link.unlink()


def test_a_row_of_a_table_that_is_added_or_changed(watching, folder):
    table = folder / "a.csv"
    table.write_text("title,text\nOne,Norland met Sudria.\nTwo,Sudria met Norland.\n")
    assert kept(watching.once(folder)) == [("a.csv#1", 1), ("a.csv#2", 1)]
    table.write_text("title,text\nZero,Norland met nobody.\nOne,Norland met Sudria.\nTwo,Sudria met Norland.\n")
    assert kept(watching.once(folder)) == [("a.csv#1", 1)]


def test_a_stage_that_fails_costs_no_other_report(tmp_path, folder, stage):
    def change(analysis):
        if "bad" in analysis.document.text:
            raise InputError("in another language; translate it")
        return analysis

    for name, text in {"a": "Norland met Sudria.", "b": "a bad one", "c": "Sudria met Norland."}.items():
        (folder / f"{name}.txt").write_text(text)
    with Desk(tmp_path / "desk") as desk:
        watching = Watching(desk, stage, change)
        found = watching.once(folder)
        assert kept(found) == [("a.txt", 1), ("c.txt", 1)] and len(missed(found)) == 1
        assert watching.once(folder) == []


def test_what_can_be_followed(tmp_path):
    desk = tmp_path / "desk"
    (desk / "records").mkdir(parents=True)
    assert root_of("https://herald.example/feed", desk) == "https://herald.example/feed"
    assert root_of(str(tmp_path), desk) == tmp_path
    for name, said in {"-": "nothing that can", "": "nothing that can", "ftp://a.example": "nothing that can"}.items():
        with pytest.raises(UsageError, match=said):
            root_of(name, desk)
    for own in (desk, desk / "records"):
        with pytest.raises(UsageError, match="lies on the desk"):
            root_of(str(own), desk)


# addresses


class Host:
    """A web server on this machine; pages are served with an ETag and answered with 304 where that is known."""

    def __init__(self):
        self.pages = {}
        self.lines = {}
        self.answers = []
        host = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self):
                status, body = host.pages.get(self.path, (404, b""))
                tag = f'"{hash(body)}"'
                if status == 200 and self.headers.get("If-None-Match") == tag:
                    status, body = 304, b""
                if self.path != "/robots.txt":
                    host.answers.append((self.path, status))
                self.send_response(status)
                for name, value in ({"Content-Length": str(len(body)), "ETag": tag} | host.lines.get(self.path, {})).items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_):
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        threading.Thread(target=self.server.serve_forever, daemon=True, kwargs={"poll_interval": 0.01}).start()

    def url(self, path):
        return f"http://127.0.0.1:{self.server.server_address[1]}{path}"

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

    def asked(self):
        found, self.answers = self.answers, []
        return found


@pytest.fixture
def host():
    found = Host()
    yield found
    found.server.shutdown()
    found.server.server_close()


def report(name):
    return f"Minister {name} told reporters that trade would follow. {SENTENCE}"


def test_a_page_is_asked_for_conditionally_and_its_change_is_a_version(watching, host):
    host.put("/a.txt", report("Ode"))
    host.lines["/a.txt"] = {"Content-Type": "text/plain"}
    watching.time.at(40 * MINUTE, lambda: host.put("/a.txt", report("Ruhl")))
    found = watching.collect(host.url("/a.txt"), seconds=70 * MINUTE)
    assert [(round(second / MINUTE), one.version.number) for second, one in found] == [(0, 1), (45, 2)]
    assert host.asked() == [("/a.txt", status) for status in (200, 304, 304, 200, 304)]


def test_a_feed_gives_each_report_once(watching, host):
    for name in "abc":
        host.put(f"/{name}", report(name))
    host.feed("/feed", "/a", "/b")
    assert kept(watching.once(host.url("/feed"))) == [("a", 1), ("b", 1)]
    host.asked()
    assert watching.once(host.url("/feed")) == []
    assert host.asked() == [("/feed", 304)]
    host.feed("/feed", "/c", "/a", "/b")
    (found,) = watching.once(host.url("/feed"))
    assert found.record.document.publisher == "Norland Herald" and found.record.document.title == "c"
    assert host.asked() == [("/feed", 200), ("/c", 200)]


def test_pages_of_a_feed_are_looked_at_again_less_and_less(watching, host):
    host.put("/a", report("a"))
    host.feed("/feed", "/a")
    watching.time.at(100 * MINUTE, lambda: host.put("/a", report("Corrected")))
    found = watching.collect(host.url("/feed"), seconds=24 * 60 * MINUTE)
    assert [one.version.number for _, one in found] == [1, 2]
    looks = [status for path, status in host.asked() if path == "/a"]
    assert 8 <= len(looks) <= 14 and looks.count(200) == 2


def test_a_page_of_which_the_feed_says_something_else_is_looked_at_at_once(watching, host):
    host.put("/a", report("a"))
    host.feed("/feed", "/a")
    watching.once(host.url("/feed"))
    host.put("/a", report("Corrected"))
    host.pages["/feed"] = (200, host.pages["/feed"][1].replace(b"<title>a<", b"<title>Correction: a<"))
    assert kept(watching.once(host.url("/feed"))) == [("a", 2)]


def test_full_texts_of_a_feed_that_have_no_address_are_told_apart_by_their_text(watching, host):
    first, second = (report(name) * 5 for name in ("Ode", "Ruhl"))
    host.feed("/feed", first)
    assert len(kept(watching.once(host.url("/feed")))) == 1
    host.feed("/feed", second, first)
    (found,) = watching.once(host.url("/feed"))
    assert "Ruhl" in found.record.document.text and found.version.number == 1


def test_a_page_that_a_feed_has_no_longer_is_left_alone(watching, host):
    for name in "ab":
        host.put(f"/{name}", report(name))
    host.feed("/feed", "/a")
    watching.time.at(5 * MINUTE, lambda: host.feed("/feed", "/b"))
    watching.collect(host.url("/feed"), seconds=20 * MINUTE)
    host.asked()
    watching.time.now += 3600
    assert watching.once(host.url("/feed")) == []
    assert ("/a", 304) not in host.asked()


def test_a_list_of_feeds_is_followed_from_a_file_too(watching, host, folder):
    for name in "ab":
        host.put(f"/{name}", report(name))
    host.feed("/feed", "/a")
    lists = folder / "feeds.opml"
    lists.write_text(f'<opml version="2.0"><body><outline type="rss" text="N" xmlUrl="{host.url("/feed")}"/></body></opml>')
    watching.time.at(20 * MINUTE, lambda: host.feed("/feed", "/a", "/b"))
    found = watching.collect(lists, seconds=40 * MINUTE)
    assert [(round(second / MINUTE), Path(one.record.document.source).name) for second, one in found] == [(0, "a"), (30, "b")]
    assert [path for path, _ in host.asked()].count("/feed") == 3


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
    assert kept([one for _, one in found]) == [("a", 1)]
    assert watching.desk.journal.place(url).failures == 0


def test_a_host_is_left_alone_as_long_as_it_asks_also_by_the_next_watcher(watching, host):
    host.put("/feed", "", 429)
    host.lines["/feed"] = {"Retry-After": "7200"}
    (found,) = watching.once(host.url("/feed"))
    assert found.again - found.when == 7200
    host.asked()
    watching.time.now += 3600
    (again,) = watching.once(host.url("/feed"))
    assert again.again == found.again and host.asked() == []


def test_a_page_that_fails_is_tried_again_though_its_feed_stays_the_same(watching, host):
    host.put("/a", report("a"))
    host.put("/b", "", 500)
    host.feed("/feed", "/a", "/b")
    watching.time.at(20 * MINUTE, lambda: host.put("/b", report("b")))
    found = watching.collect(host.url("/feed"), seconds=60 * MINUTE)
    assert kept([one for _, one in found]) == [("a", 1), ("b", 1)]
    assert len(missed(one for _, one in found)) == 1  # the second time it says the same


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
    assert kept(watching.once(host.url("/feed"))) == [("b", 1)]


# stopping


def test_a_signal_while_a_report_is_in_work_lets_it_be_finished(tmp_path, folder, stage):
    def change(analysis):
        os.kill(os.getpid(), signal.SIGTERM)
        return analysis

    for name in "ab":
        (folder / f"{name}.txt").write_text(f"Norland met {name}.")
    before = signal.getsignal(signal.SIGTERM)
    with Desk(tmp_path / "desk") as desk:
        watching = Watching(desk, stage, change)
        found = []
        with pytest.raises(Stopped), watching.time.stop:
            found.extend(watching.watch([folder]).follow())
        assert kept(found) == [("a.txt", 1)]
        assert len(list(desk.records.folder.rglob("*.json"))) == 1 and not list(desk.folder.rglob("*.draft"))
    assert signal.getsignal(signal.SIGTERM) == before


def test_a_signal_while_nothing_is_in_work_stops_at_once():
    with pytest.raises(Stopped), Stop():
        threading.Timer(0.05, os.kill, (os.getpid(), signal.SIGINT)).start()
        time.sleep(30)


def test_a_second_signal_stops_what_is_in_work():
    stop = Stop()
    with pytest.raises(Stopped), stop, stop.working():
        signal.raise_signal(signal.SIGINT)
        signal.raise_signal(signal.SIGINT)
        pytest.fail("went on")


def test_a_record_without_its_line_in_the_journal_is_taken_again(watching, folder, monkeypatch):
    (folder / "a.txt").write_text("Norland met Sudria.")

    def killed(version):
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(watching.desk.journal, "add", killed)
        with pytest.raises(KeyboardInterrupt):
            watching.once(folder)
    assert len(list(watching.desk.records.folder.rglob("*.json"))) == 1
    assert kept(watching.once(folder)) == [("a.txt", 1)]
    assert len(list(watching.desk.records.folder.rglob("*.json"))) == 1


PARENT = """
import os, sys, time
from pathlib import Path
from communique.pipeline.following import Follower
from communique.pipeline.run import Pipeline
from communique.pipeline.stopping import Stop
from communique.pipeline.watch import Watch
from communique.sources.inputs import Options
from communique.sources.opener import load_formats
from communique.store.desk import Desk

class Stage:
    name, requires, provides = "coding", frozenset(), frozenset()
    def __call__(self, analyses):
        for analysis in analyses:
            time.sleep(0.002)
            yield analysis

def watch():
    desk = Desk(Path(sys.argv[1]))
    follower = Follower(desk.journal, Options(), 900.0, time.time, time.sleep)
    pipeline = Pipeline([Stage()], lambda source: ())
    print("child", os.getpid(), flush=True)
    for one in Watch(desk, pipeline, follower, [Path(sys.argv[2])], 900.0, Stop(), settling=0.0).once():
        print("kept", one.version.report, one.version.number, flush=True)
    print("done", flush=True)

load_formats()
for _ in sys.stdin:
    child = os.fork()
    if child == 0:
        watch()
        os._exit(0)
    os.waitpid(child, 0)
    print("ended", flush=True)
"""


@pytest.mark.skipif(not hasattr(os, "fork"), reason="the system has no fork")
def test_killed_at_any_moment_nothing_is_lost_or_doubled(tmp_path, folder):
    chance = random.Random(7)
    desk = tmp_path / "desk"
    for number in range(300):
        (folder / f"{number:03}.txt").write_text(f"Norland met envoy {number} of Sudria.")
    told = []
    # the modules are loaded once, and each watcher is a child of that process
    parent = subprocess.Popen(
        [sys.executable, "-c", PARENT, desk, folder], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    for attempt in range(21):
        (folder / f"{chance.randrange(300):03}.txt").write_text(f"Norland met an envoy of Sudria at {attempt}.")
        print("go", file=parent.stdin, flush=True)
        child = int(parent.stdout.readline().split()[1])
        lines = []
        if attempt < 20:
            lines += [parent.stdout.readline() for _ in range(chance.randrange(6))]
            time.sleep(chance.uniform(0.0, 0.02))
            os.kill(child, signal.SIGKILL)
        lines += iter(parent.stdout.readline, "ended\n")
        assert attempt == 20 or lines[-1:] != ["done\n"]
        told += [line for line in lines if line.startswith("kept ")]
    parent.communicate()
    assert lines[-1] == "done\n" and len(set(told)) == len(told) and len(told) - len(lines) > 20
    with Desk(desk) as opened:
        assert not list(desk.rglob("*.draft"))
        for file in folder.iterdir():
            versions = opened.journal.versions(str(file))
            texts = [opened.records.read(v.document).document.text for v in versions]
            assert file.read_text() in texts and len(set(texts)) == len(texts) == versions[-1].number
