"""A desk that is being written: its records, its journal, and the lock that keeps others from writing it too."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from types import TracebackType

from communique.errors import DataError, UsageError
from communique.store.journal import Journal, Version
from communique.store.records import RecordFolder
from communique.types.record import Record
from communique.types.text import Document


class Desk:
    """The desk in a folder, made where there is none; used in a `with` statement.

    Raises UsageError when it is being watched already, or can't be written; DataError when its journal can't be read.
    """

    def __init__(self, folder: Path) -> None:
        try:
            folder.mkdir(parents=True, exist_ok=True)
            self.folder = folder.resolve()
            self._lock = _lock(self.folder)
            self.records = RecordFolder(self.folder / "records")
            self.records.tidy()
        except OSError as error:
            said = f"no desk can be kept there ({error.strerror or error}); check the path and the permissions"
            raise UsageError(f"{folder}: {said}") from None
        try:
            self.journal = Journal(self.folder / "watch.sqlite")
        except DataError:
            self._lock.close()
            raise

    def __enter__(self) -> Desk:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.journal.close()
        self._lock.close()

    def keep(self, record: Record, report: str, now: float) -> Version:
        """Keep the record of a report as a new version of it: first the record, then its line in the journal, so that
        whoever is killed between the two writes the same again."""
        self.records.write(record)
        return self.enter(record.document, report, now)

    def enter(self, document: Document, report: str, now: float) -> Version:
        """Enter a document whose record is kept as a new version of the report."""
        before = self.journal.versions(report)
        supersedes = before[-1].document if before else None
        version = Version(report, len(before) + 1, document.text_id, document.id, document.source, supersedes, now)
        self.journal.add(version)
        return version


def _lock(folder: Path) -> sqlite3.Connection:
    """A lock that ends with the process, however that ends: SQLite's own, which every system has."""
    lock = sqlite3.connect(folder / "watch.lock", timeout=0, isolation_level=None)
    try:
        lock.execute("BEGIN EXCLUSIVE")
    except sqlite3.Error as error:
        lock.close()
        if error.sqlite_errorcode == sqlite3.SQLITE_BUSY:
            raise UsageError(f"{folder}: the desk is being watched already; stop that watcher, or name another desk") from None
        raise UsageError(f"{folder}: the desk can't be locked ({error}); check the path and the permissions") from None
    return lock
