"""Follows places: finds what is new or changed at addresses and in folders, and remembers in the desk's journal what it saw.

A place is remembered as seen only when all its reports were taken, so whoever is killed sees them again.
"""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

from communique.errors import InputError, UsageError
from communique.sources.doors import open_file, walk
from communique.sources.inputs import Input, Link, Options
from communique.sources.opener import ADDRESS, Opener, over
from communique.sources.web.fetcher import Barred, Busy, Fetcher, Manners, Unchanged, Validator
from communique.store.journal import Journal, Place
from communique.types.analysis import Failed
from communique.types.text import Document

_FIRST_PAUSE = 60.0
_LONGEST_PAUSE = 6 * 3600.0
_LONGEST_ASKED = 7 * 86400.0
_FOLLOWED = 14 * 86400.0
_TEMPORARY = re.compile(r"(?i).*\.(?:part|partial|crdownload|download|draft|filepart|tmp|temp|sw[px])|.*~|[~#].*")


@dataclass(frozen=True, slots=True)
class Found:
    """A report, and where it stands: its address or path, or the part of one."""

    report: str
    document: Document


@dataclass(slots=True)
class _Reading:
    """A place while it is read: its name, what its input is called, and the places that it was seen to lead to."""

    name: str
    called: str
    met: set[str]


class Follower:
    """Looks at places. `every` is how many seconds lie between two looks at a feed or page."""

    def __init__(
        self,
        journal: Journal,
        options: Options,
        every: float,
        clock: Callable[[], float],
        sleep: Callable[[float], None],
        manners: Manners | None = None,
        aside: Path | None = None,
    ) -> None:
        self._journal = journal
        self._options = options
        self._every = every
        self._clock = clock
        self._seen: dict[str, Validator] = {}
        self._fetcher = Fetcher(options, self._seen, manners, sleep=sleep)
        self._opener = Opener(options, self._follow)
        self._aside = aside
        self._now = clock()
        self._asked: set[str] = set()
        self._above: list[_Reading] = []
        self._still: dict[str, str] = {}
        self._unsettled: dict[Path, dict[Path, str]] = {}

    def address(self, url: str) -> Iterator[Found | Failed]:
        """What is new at an address: a page, or what the feeds there lead to."""
        self._begin()
        yield from map(self._found, self._opener.open(url))

    def folder(self, root: Path) -> Iterator[Found | Failed]:
        """What is new in a folder and below, or in one file. Files are read when two looks find them the same."""
        self._begin()
        before = self._unsettled.get(root, {})
        unsettled = self._unsettled[root] = {}
        try:
            for path in self._files(root):
                state = _state(path)
                if state is None or self._still.get(str(path)) == state:
                    continue
                known = self._journal.place(str(path)) or Place(str(path), str(root), first=self._now)
                if state != known.state and before.get(path) != state:
                    unsettled[path] = state
                else:
                    yield from map(self._found, self._file(path, known, state))
        except InputError as error:
            known = self._journal.place(str(root)) or Place(str(root), first=self._now)
            self._journal.note(self._missed(known, error))
            yield Failed(str(root), "source", error)
        else:
            if root.is_dir() and self.pause(str(root)) is not None:
                self._journal.note(Place(str(root), first=self._now))

    def unsettled(self, root: Path) -> tuple[Path, ...]:
        """The files that were new or changed when the folder was last looked at, and wait for the next look."""
        return tuple(self._unsettled.get(root, ()))

    def pause(self, name: str) -> tuple[str, float] | None:
        """Why a place could not be had the last time, and before when it is not to be tried again."""
        known = self._journal.place(name)
        return (known.error or "", known.next or 0.0) if known is not None and known.failures else None

    def close(self) -> None:
        """Close all connections."""
        self._fetcher.close()

    def _begin(self) -> None:
        self._now = self._clock()
        self._asked.clear()

    def _files(self, root: Path) -> Iterator[Path]:
        try:
            if root.is_file():
                yield root
                return
            os.scandir(root).close()
        except OSError as error:
            raise InputError(f"{root}: can't be looked into ({error.strerror}); check the path and the permissions") from None
        aside = self._aside
        if aside is not None and aside.is_relative_to(root.resolve()):
            aside = root / aside.relative_to(root.resolve())
        for path in walk(root):
            if not _TEMPORARY.fullmatch(path.name) and (aside is None or not path.is_relative_to(aside)):
                yield path

    def _file(self, path: Path, known: Place, state: str) -> Iterator[Document | Failed]:
        """What a file holds, if it is not what it was or leads to places that are due."""
        due = known.lists and self._journal.has_due(known.name, self._now)
        if state == known.state and not due and (not known.failures or (known.next or 0.0) > self._now):
            if not known.lists and not known.failures:
                self._still[known.name] = state
            return
        known = replace(known, state=state)
        try:
            given = open_file(path)
            digest = given.digest()
        except (InputError, OSError) as error:
            said = f"{path}: can't be read ({error}); check the disk"
            failed = error if isinstance(error, InputError) else InputError(said)
            self._journal.note(self._missed(known, failed))
            yield Failed(known.name, "source", failed)
            return
        if _state(path) != state:  # written to just now: the next look finds it changed
            given.stream.close()
        elif digest == known.hash and not due:
            given.stream.close()
            self._journal.note(replace(known, failures=0, error=None, next=None))
        else:
            yield from self._read(replace(known, hash=digest), given, None)

    def _follow(self, link: Link) -> Iterator[Document | Failed]:
        """What is new at an address; where it can't be had, what its list had of it."""
        parent = self._above[-1].name if self._above else None
        if self._above:
            self._above[-1].met.add(link.url)
        told = hashlib.sha256(repr((link.given, link.instead)).encode("utf-8", "replace")).hexdigest()
        known = self._journal.place(link.url) or Place(link.url, first=self._now, next=self._now)
        if link.url in self._asked or (parent is not None and not self._is_due(known, parent, told)):
            return
        self._asked.add(link.url)
        instead = link.instead if known.hash is None else None  # never in the stead of a page that was had once
        known = replace(known, parent=parent, told=told)
        try:
            known, given = self._fetch(known)
        except UsageError:
            raise
        except Exception as error:
            self._journal.note(self._missed(known, error))
            yield instead or Failed(link.url, "source", error)
            return
        if given is None:
            self._journal.note(self._had(known))
        else:
            yield from self._read(known, replace(given, given=over(given.given, link.given)), instead)

    def _is_due(self, known: Place, parent: str, told: str) -> bool:
        """Whether a place that a list leads to is to be looked at: its time has come, or the list says something else of it."""
        if known.failures:
            return (known.next or 0.0) <= self._now
        return (known.parent == parent and known.told != told) or (known.next is not None and known.next <= self._now)

    def _fetch(self, known: Place) -> tuple[Place, Input | None]:
        """What stands at an address, and what is known of it then; nothing where it is as it was. A list is read also then,
        where it leads to places that are due."""
        due = known.lists and self._journal.has_due(known.name, self._now)
        self._seen.clear()
        if known.answered and not due:
            self._seen[known.answered] = Validator(known.etag, known.modified)
        try:
            given = self._fetcher.fetch(known.name)
        except Unchanged:
            return known, None
        by = self._seen.get(given.name)
        answered, etag, modified = (given.name, by.etag, by.modified) if by else (None, None, None)
        digest = given.digest()
        same = digest == known.hash and not due
        if same:
            given.stream.close()
        known = replace(known, hash=digest, answered=answered, etag=etag, modified=modified)
        return known, None if same else given

    def _read(self, known: Place, given: Input, instead: Document | None) -> Iterator[Document | Failed]:
        """The reports of a place that has changed. When all are taken, it is noted as seen, and the places that it leads to
        no longer are left alone."""
        reading = _Reading(known.name, given.name, set())
        self._above.append(reading)
        broken, lists = False, known.lists
        try:
            for found in self._opener.read(given):
                failed, whole = isinstance(found, Failed), found.source == given.name
                broken = broken or (failed and whole)
                lists = lists or not whole
                yield instead if failed and instead is not None else found
        finally:
            self._above.pop()
        if not broken:
            self._journal.drop(self._journal.children(known.name) - reading.met)
        self._journal.note(self._had(replace(known, lists=lists or bool(reading.met))))

    def _had(self, known: Place) -> Place:
        """A place that was looked at. Lists are looked at in each round; the pages that they lead to less and less, because
        reports change most in their first hours."""
        age = self._now - known.first
        following: float | None = self._now + (self._every if known.lists else max(self._every, age / 2))
        if known.state is not None or (age > _FOLLOWED and known.parent is not None and not known.lists):
            following = None
        return replace(known, failures=0, error=None, next=following)

    def _missed(self, known: Place, error: Exception) -> Place:
        """A place that could not be had: each time it is left alone twice as long, or for as long as its host asks."""
        if isinstance(error, Barred):  # by our own doing: it is asked as soon as it is allowed
            return replace(known, failures=0, error=None, next=self._now)
        pause = min(_LONGEST_PAUSE, _FIRST_PAUSE * 2 ** min(known.failures, 20))
        if isinstance(error, Busy):
            pause = max(pause, min(error.pause, _LONGEST_ASKED))
        said = " ".join(str(error).split())
        return replace(known, failures=known.failures + 1, error=said, next=self._clock() + pause)

    def _found(self, found: Document | Failed) -> Found | Failed:
        return found if isinstance(found, Failed) else Found(self._report(found), found)

    def _report(self, document: Document) -> str:
        """Where a report stands. Parts that only have a number are told apart by their address, or else by their text: in the
        next issue of a feed the same number is another report."""
        place = self._above[-1]
        if document.source == place.called:
            return place.name
        part = document.source.rpartition("#")[2]
        if ADDRESS.match(part):
            return part
        if not part.isdigit():
            return document.source
        return document.url or f"{place.name}#{document.text_id}"


def _state(path: Path) -> str | None:
    """By what a file tells that it was written to; none when it is gone."""
    with suppress(OSError):
        found = path.stat()
        return f"{found.st_size} {found.st_mtime_ns} {found.st_ctime_ns}"
    return None
