"""A watch whose stage finds nothing, on a clock that only sleeping moves."""

from contextlib import closing
from pathlib import Path

import pytest

from communique.pipeline.following import Follower
from communique.pipeline.run import Pipeline
from communique.pipeline.stopping import Stop, Stopped
from communique.pipeline.watch import Kept, Missed, Watch
from communique.sources.inputs import Options
from communique.sources.web.fetcher import Manners
from communique.store.desk import Desk
from communique.store.writer import Coder

MINUTE = 60.0
CODER = Coder("0.0.0", "{}")


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
        self.private = True

        def coder(analysis):
            self.read.append(analysis.document.text)
            return change(analysis)

        self.pipeline = Pipeline([stage("coding", frozenset(), frozenset(), coder)], lambda source: ())

    def watch(self, roots, minutes=15):
        options = Options(private=self.private)
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

    @staticmethod
    def kept(results):
        """The names and versions of reports that were kept."""
        return [(Path(one.record.document.source).name, one.version.number) for one in results if isinstance(one, Kept)]

    @staticmethod
    def missed(results):
        return [one for one in results if isinstance(one, Missed)]


@pytest.fixture
def watching_of(stage):
    """What makes a watch for a desk, with a stage of its own."""
    return lambda desk, change: Watching(desk, stage, change)


@pytest.fixture
def watching(tmp_path, stage):
    with Desk(tmp_path / "desk", CODER) as desk:
        found = Watching(desk, stage)
        yield found
        found.follower.close()


@pytest.fixture
def folder(tmp_path):
    path = tmp_path / "in"
    path.mkdir()
    return path
