"""Stopping cleanly: what is in work is finished first, what is only waited for is given up."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType, TracebackType
from typing import Any


class Stopped(BaseException):
    """Somebody asked to stop. No Exception, so that nothing that goes on after failures takes it for one."""


class Stop:
    """Listens to SIGINT and SIGTERM within a `with` statement. They raise Stopped at once, or at the next `check` where
    something is in work; a second one raises it at once in any case."""

    def __init__(self) -> None:
        self._asked = False
        self._working = False
        self._before: dict[signal.Signals, Any] = {}

    def __enter__(self) -> Stop:
        self._before = {number: signal.signal(number, self._hear) for number in (signal.SIGINT, signal.SIGTERM)}
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        for number, before in self._before.items():
            signal.signal(number, before)

    def ask(self) -> None:
        """Ask to stop at the next check."""
        self._asked = True

    def check(self) -> None:
        """Raise Stopped if somebody asked to stop."""
        if self._asked:
            raise Stopped

    @contextmanager
    def working(self) -> Iterator[None]:
        """Something is in work that is to be finished."""
        self._working = True
        self.check()
        try:
            yield
        finally:
            self._working = False

    def _hear(self, number: int, frame: FrameType | None) -> None:
        again = self._asked
        self._asked = True
        if again or not self._working:
            raise Stopped
