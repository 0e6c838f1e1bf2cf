"""Following folders, pages and feeds: each report once, changes as versions, errors with back-off, nothing half-written."""

import os
import random
import signal
import subprocess
import sys
import threading
import time

import pytest

import communique
from communique.errors import InputError, UsageError
from communique.pipeline.stopping import Stop, Stopped
from communique.pipeline.watch import Missed, root_of
from communique.store.desk import Desk
from communique.store.writer import Coder

CODER = Coder("0.0.0", "{}")
MINUTE = 60.0
SENTENCE = "Norland and Sudria agreed on Monday to reopen the bridge over the river Dorva, their ministers said. "


def test_each_file_is_read_once_and_a_changed_one_is_a_new_version(watching, folder):
    (folder / "a.txt").write_text("Norland met Sudria.")
    (folder / "b.txt").write_text("Sudria met Norland.")
    assert watching.kept(watching.once(folder)) == [("a.txt", 1), ("b.txt", 1)]
    assert watching.once(folder) == []
    (folder / "a.txt").write_text("Norland met Sudria twice.")
    (second,) = watching.once(folder)
    assert (second.version.number, second.record.document.text) == (2, "Norland met Sudria twice.")
    first, _ = watching.desk.journal.versions(str(folder / "a.txt"))
    assert second.version.supersedes == first.document
    assert watching.desk.record(first.document).document.text == "Norland met Sudria."
    assert len(watching.read) == 3
    for all_versions, count in ((False, 2), (True, 3)):
        with communique.open_desk(watching.desk.folder, all_versions=all_versions) as asked:
            assert asked.documents().count() == count


def test_a_touched_file_and_one_that_comes_back_are_not_read_again(watching, folder):
    file = folder / "a.txt"
    file.write_text("Norland met Sudria.")
    watching.once(folder)
    os.utime(file, (1, 1))
    assert watching.once(folder) == []
    file.unlink()
    (folder / "b.txt").write_text("Sudria met Norland.")
    assert watching.kept(watching.once(folder)) == [("b.txt", 1)]
    file.write_text("Norland  met Sudria.\n")
    assert watching.once(folder) == []
    file.write_text("Norland left Sudria.")
    assert watching.kept(watching.once(folder)) == [("a.txt", 2)]
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
    assert watching.kept(watching.once(tmp_path)) == [("b.txt", 1)]
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
    assert watching.kept(found) == [("b.txt", 1)] and "empty" in str(watching.missed(found)[0].failed.error)
    assert watching.once(folder) == []
    file.write_text("Norland met Sudria.")
    assert watching.kept(watching.once(folder)) == [("a.txt", 1)]


def test_a_folder_that_goes_away_is_told_and_comes_back(watching, folder):
    away = folder.with_name("away")
    (folder / "a.txt").write_text("Norland met Sudria.")
    watching.time.at(50, lambda: folder.rename(away))
    watching.time.at(500, lambda: (away.rename(folder), (folder / "b.txt").write_text("Sudria met Norland.")))
    found = watching.collect(folder, seconds=2000)
    errors = [(second, one.again - one.when) for second, one in found if isinstance(one, Missed)]
    assert [wait for _, wait in errors] == [60, 120, 240, 480][: len(errors)] and len(errors) in (3, 4)
    assert watching.kept([one for _, one in found]) == [("a.txt", 1), ("b.txt", 1)]


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
    assert watching.kept(watching.once(folder)) == [("a.txt", 1)]


def test_the_desk_is_left_aside_below_a_link_too(watching, tmp_path, folder):
    (tmp_path / "a.txt").write_text("Norland met Sudria.")
    link = tmp_path.with_name(tmp_path.name + "-link")
    link.symlink_to(tmp_path)
    assert watching.kept(watching.once(link)) == [("a.txt", 1)]
    assert watching.once(link) == []
    link.unlink()


def test_a_row_of_a_table_that_is_added_or_changed(watching, folder):
    table = folder / "a.csv"
    table.write_text("title,text\nOne,Norland met Sudria.\nTwo,Sudria met Norland.\n")
    assert watching.kept(watching.once(folder)) == [("a.csv#1", 1), ("a.csv#2", 1)]
    table.write_text("title,text\nZero,Norland met nobody.\nOne,Norland met Sudria.\nTwo,Sudria met Norland.\n")
    assert watching.kept(watching.once(folder)) == [("a.csv#1", 1)]


def test_a_stage_that_fails_costs_no_other_report(tmp_path, folder, watching_of):
    def change(analysis):
        if "bad" in analysis.document.text:
            raise InputError("in another language; translate it")
        return analysis

    for name, text in {"a": "Norland met Sudria.", "b": "a bad one", "c": "Sudria met Norland."}.items():
        (folder / f"{name}.txt").write_text(text)
    with Desk(tmp_path / "desk", CODER) as desk:
        watching = watching_of(desk, change)
        found = watching.once(folder)
        assert watching.kept(found) == [("a.txt", 1), ("c.txt", 1)] and len(watching.missed(found)) == 1
        assert watching.once(folder) == []


def test_what_can_be_followed(tmp_path):
    desk = tmp_path / "desk"
    (desk / "events").mkdir(parents=True)
    assert root_of("https://herald.example/feed", desk) == "https://herald.example/feed"
    assert root_of(str(tmp_path), desk) == tmp_path
    for name, said in {"-": "nothing that can", "": "nothing that can", "ftp://a.example": "nothing that can"}.items():
        with pytest.raises(UsageError, match=said):
            root_of(name, desk)
    for own in (desk, desk / "events"):
        with pytest.raises(UsageError, match="lies on the desk"):
            root_of(str(own), desk)


# stopping


def test_a_signal_while_a_report_is_in_work_lets_it_be_finished(tmp_path, folder, watching_of):
    def change(analysis):
        os.kill(os.getpid(), signal.SIGTERM)
        return analysis

    for name in "ab":
        (folder / f"{name}.txt").write_text(f"Norland met {name}.")
    before = signal.getsignal(signal.SIGTERM)
    with Desk(tmp_path / "desk", CODER) as desk:
        watching = watching_of(desk, change)
        found = []
        with pytest.raises(Stopped), watching.time.stop:
            found.extend(watching.watch([folder]).follow())
        assert watching.kept(found) == [("a.txt", 1)]
        assert len(desk.lake.rows("documents", ["id"])) == 1
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


def test_a_record_without_its_line_in_the_journal_is_told_and_not_read_again(watching, folder, monkeypatch):
    (folder / "a.txt").write_text("Norland met Sudria.")

    def killed(version):
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(watching.desk.journal, "add", killed)
        with pytest.raises(KeyboardInterrupt):
            watching.once(folder)
    assert watching.kept(watching.once(folder)) == [("a.txt", 1)]
    assert len(watching.desk.lake.rows("documents", ["id"])) == 1 and len(watching.read) == 1


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
from communique.store.writer import Coder

class Stage:
    name, requires, provides = "coding", frozenset(), frozenset()
    def __call__(self, analyses):
        for analysis in analyses:
            time.sleep(0.002)
            yield analysis

def watch():
    desk = Desk(Path(sys.argv[1]), Coder("0.0.0", "{}"))
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
    for number in range(40):
        (folder / f"{number:03}.txt").write_text(f"Norland met envoy {number} of Sudria.")
    told = []
    # the modules are loaded once, and each watcher is a child of that process
    parent = subprocess.Popen(
        [sys.executable, "-c", PARENT, desk, folder], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    for attempt in range(11):
        (folder / f"{chance.randrange(40):03}.txt").write_text(f"Norland met an envoy of Sudria at {attempt}.")
        print("go", file=parent.stdin, flush=True)
        child = int(parent.stdout.readline().split()[1])
        lines = []
        if attempt < 10:
            lines += [parent.stdout.readline() for _ in range(chance.randrange(4))]
            time.sleep(chance.uniform(0.0, 0.1))
            os.kill(child, signal.SIGKILL)
        lines += iter(parent.stdout.readline, "ended\n")
        assert attempt == 10 or lines[-1:] != ["done\n"]
        told += [line for line in lines if line.startswith("kept ")]
    parent.communicate()
    assert lines[-1] == "done\n" and len(set(told)) == len(told) and len(told) - len(lines) > 5
    with Desk(desk, CODER) as opened:
        for file in folder.iterdir():
            versions = opened.journal.versions(str(file))
            texts = [opened.record(v.document).document.text for v in versions]
            assert file.read_text() in texts and len(set(texts)) == len(texts) == versions[-1].number
