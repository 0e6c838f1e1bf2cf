"""Watches feeds, pages and folders: each report is read once and kept on the desk, each change of it as a new version."""

from __future__ import annotations

import time
from collections.abc import Callable, Generator, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from communique.config import Settings
from communique.errors import InputError, UsageError
from communique.pipeline.following import Follower, Found
from communique.pipeline.run import Pipeline, build, options_of
from communique.pipeline.stopping import Stop
from communique.sources.opener import ADDRESS
from communique.store.desk import Desk
from communique.store.journal import Version
from communique.types.analysis import Failed
from communique.types.record import Record

_FOLDERS = 10.0
_SETTLING = 2.0
_MOST_TOLD = 10_000

Root = str | Path


@dataclass(frozen=True, slots=True)
class Kept:
    """A report that was read and kept, and when."""

    when: float
    record: Record
    version: Version


@dataclass(frozen=True, slots=True)
class Missed:
    """What could not be read, when, and before when it is not tried again; none: not before it changes."""

    when: float
    failed: Failed
    again: float | None


class Watch:
    """Follows roots (addresses, or absolute paths of folders and files) for a desk."""

    def __init__(
        self,
        desk: Desk,
        pipeline: Pipeline,
        follower: Follower,
        roots: Sequence[Root],
        every: float,
        stop: Stop,
        clock: Callable[[], float] = time.time,
        sleep: Callable[[float], None] = time.sleep,
        settling: float | None = None,
    ) -> None:
        self._desk = desk
        self._pipeline = pipeline
        self._follower = follower
        self._roots = roots
        self._every = every
        self._stop = stop
        self._clock = clock
        self._sleep = sleep
        self._settling = _SETTLING if settling is None else settling
        self._told: set[str] = set()

    def once(self) -> Generator[Kept | Missed, None, None]:
        """Look at each root once, at files that are new twice. What was missed before and is to be left alone for now, and
        files that are still being written, are told as missed."""
        for root in self._roots:
            pause = self._follower.pause(str(root))
            if pause is not None and pause[1] > self._clock():
                yield Missed(self._clock(), Failed(str(root), "source", InputError(pause[0])), pause[1])
                continue
            yield from self._look(root)
            if isinstance(root, Path) and self._follower.unsettled(root):
                self._sleep(self._settling)
                yield from self._look(root)
                for path in self._follower.unsettled(root):
                    error = InputError(f"{path}: still being written; it is read when two looks find it the same")
                    yield Missed(self._clock(), Failed(str(path), "source", error), self._clock())

    def follow(self) -> Generator[Kept | Missed, None, None]:
        """Look at the roots again and again: at feeds and pages every so often, at folders more often, at what was missed as
        soon as may be. Ends only by Stopped."""
        due = {root: pause[1] if (pause := self._follower.pause(str(root))) else self._clock() for root in self._roots}
        while True:
            for root in self._roots:
                self._stop.check()
                began = self._clock()
                if due[root] <= began:
                    yield from self._look(root)
                    due[root] = self._next(root, began)
            # the clock may be set back meanwhile
            self._sleep(min(max(0.0, min(due.values()) - self._clock()), self._every))

    def _next(self, root: Root, began: float) -> float:
        pause = self._follower.pause(str(root))
        if pause is not None:
            return pause[1]
        if isinstance(root, str):
            return began + self._every
        return self._clock() + (self._settling if self._follower.unsettled(root) else min(_FOLDERS, self._every))

    def _look(self, root: Root) -> Iterator[Kept | Missed]:
        found = self._follower.folder(root) if isinstance(root, Path) else self._follower.address(root)
        for one in found:
            result = one if isinstance(one, Failed) else self._take(one)
            if isinstance(result, Failed):
                yield from self._tell(result, root)
            elif result is not None:
                yield result
            self._stop.check()

    def _take(self, found: Found) -> Kept | Failed | None:
        """Read a report, unless the desk has it, and keep it, unless this text was seen there before."""
        document, journal = found.document, self._desk.journal
        if journal.has(found.report, document.text_id):
            return None
        with self._stop.working():
            if journal.has_document(document.id):  # the same report by another address
                self._desk.enter(document, found.report, self._clock())
                return None
            result = self._desk.record(document.id) or self._pipeline.read_one(document)
            if isinstance(result, Failed):
                return result
            now = self._clock()
            return Kept(now, result, self._desk.keep(result, found.report, now))

    def _tell(self, failed: Failed, root: Root) -> Iterator[Missed]:
        """What was missed; of what a root leads to the same is told once."""
        said = f"{failed.source}\0{failed.error}"
        if said in self._told and failed.source != str(root):
            return
        if len(self._told) >= _MOST_TOLD:
            self._told.clear()
        self._told.add(said)
        pause = self._follower.pause(failed.source)
        yield Missed(self._clock(), failed, pause[1] if pause else None)


def make(what: Sequence[str], desk: Desk, settings: Settings, minutes: float, stop: Stop) -> Watch:
    """What follows `what` for a desk. Raises UsageError for what can't be followed or a setting that can't be met."""
    roots = [root_of(name, desk.folder) for name in dict.fromkeys(what)]
    pipeline = build(settings)
    every = minutes * 60
    follower = Follower(desk.journal, options_of(settings), every, time.time, time.sleep, aside=desk.folder)
    return Watch(desk, pipeline, follower, roots, every, stop)


def root_of(name: str, desk: Path) -> Root:
    """An address as it is, a file or folder by its absolute path. Raises UsageError for what is neither, and for the desk."""
    if ADDRESS.match(name):
        return name
    path = Path(name).absolute()
    try:
        if name and name != "-" and path.exists():
            if path.resolve().is_relative_to(desk):
                raise UsageError(f"{name}: lies on the desk itself; follow another folder, or name another desk")
            return path
    except (OSError, ValueError):
        pass
    raise UsageError(
        f"{name}: nothing that can be followed; give a file, a folder, or an address that begins with http:// or https://"
    )
