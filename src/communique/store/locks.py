"""Locks for what one process at a time may do to a desk: in a folder SQLite's own, in a bucket an entry in a log."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from deltalake import CommitProperties, DeltaTable, Transaction, write_deltalake
from deltalake.exceptions import CommitFailedError

from communique.errors import UsageError
from communique.store.lake import Lake
from communique.store.tables import SCHEMAS

LEASE = 3600  # seconds
_HELD = "lease"


def lock(path: Path, busy: str) -> sqlite3.Connection:
    """The lock that a file stands for, held until it is closed or the process ends, however it does. Raises UsageError, which
    says `busy`, where another process holds it, and where there can be no such file."""
    held = sqlite3.connect(path, timeout=0, isolation_level=None)
    try:
        held.execute("BEGIN EXCLUSIVE")
    except sqlite3.Error as error:
        held.close()
        if error.sqlite_errorcode == sqlite3.SQLITE_BUSY:
            raise UsageError(f"{path.parent}: {busy}") from None
        raise UsageError(f"{path.parent}: the desk can't be locked ({error}); check the path and the permissions") from None
    return held


@contextmanager
def lease(lake: Lake, busy: str) -> Iterator[None]:
    """Holds a desk in a bucket, for an hour at most: a process that is killed leaves it so. Raises UsageError, which says
    `busy` and until when, where another process holds it.

    Until when stands as the version of a transaction in the log of `runs`. Two that enter one at once conflict.
    """
    table = lake.writable("runs")
    now = int(time.time())
    until = table.transaction_version(_HELD) or 0
    if until > now or not _entered(lake, table, now + LEASE):
        latest = datetime.fromtimestamp(max(until, now + LEASE), UTC)
        raise UsageError(f"{lake.place}: {busy}, by {latest:%H:%M} UTC at the latest")
    try:
        yield
    finally:
        _entered(lake, table, 0)


def _entered(lake: Lake, table: DeltaTable, until: int) -> bool:
    """Whether it is entered until when the desk is held; not where others entered something since the table was looked at."""
    held = CommitProperties(app_transactions=[Transaction(_HELD, until)])
    with lake.writing():
        try:
            write_deltalake(table, SCHEMAS["runs"].empty_table(), mode="append", commit_properties=held)
        except CommitFailedError:
            return False
    return True
