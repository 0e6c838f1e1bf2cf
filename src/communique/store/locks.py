"""Locks that end with the process, however that ends: SQLite's own, which every system has."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from communique.errors import UsageError


def lock(path: Path, busy: str) -> sqlite3.Connection:
    """The lock that a file stands for, held until it is closed. Raises UsageError, which says `busy`, where another process
    holds it, and where there can be no such file."""
    held = sqlite3.connect(path, timeout=0, isolation_level=None)
    try:
        held.execute("BEGIN EXCLUSIVE")
    except sqlite3.Error as error:
        held.close()
        if error.sqlite_errorcode == sqlite3.SQLITE_BUSY:
            raise UsageError(f"{path.parent}: {busy}") from None
        raise UsageError(f"{path.parent}: the desk can't be locked ({error}); check the path and the permissions") from None
    return held
