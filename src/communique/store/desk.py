"""A desk that is being watched: its tables, its journal, and the lock that keeps other watchers away."""

from __future__ import annotations

from pathlib import Path
from types import TracebackType

import pyarrow.compute as pc

from communique.errors import DataError, UsageError
from communique.store.journal import Journal, Version
from communique.store.lake import Lake
from communique.store.locks import lock
from communique.store.versions import row_of
from communique.store.writer import Coder, Writer
from communique.types.record import Record
from communique.types.text import Document

_BUSY = "the desk is being watched already; stop that watcher, or name another desk"


class Desk:
    """The desk in a folder, made where there is none, with the coder that reads for it; used in a `with` statement. Others may
    read it and write its tables meanwhile.

    Raises UsageError when it is being watched already, lies in a bucket, or can't be written; DataError when its journal can't
    be read.
    """

    def __init__(self, place: str | Path, coder: Coder) -> None:
        self.lake = Lake(place)
        if self.lake.folder is None:
            raise UsageError(f"{place}: what was seen is remembered in a folder; name one, and send the reports on with `read`")
        try:
            self.lake.folder.mkdir(parents=True, exist_ok=True)
            self.folder = self.lake.folder.resolve()
            self._lock = lock(self.folder / "watch.lock", _BUSY)
        except OSError as error:
            said = f"no desk can be kept there ({error.strerror or error}); check the path and the permissions"
            raise UsageError(f"{place}: {said}") from None
        try:
            self.writer = Writer(self.lake, coder, most=1)
            self.journal = Journal(self.folder / "watch.sqlite")
            rows = self.lake.rows("versions", ["report", "number"]).to_pylist()
            self._entered = {(row["report"], row["number"]) for row in rows}
            self._enter_changed()  # whoever was killed before that left it to be done
        except (DataError, UsageError):
            self._lock.close()
            raise

    def __enter__(self) -> Desk:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        try:
            self.writer.close()
        finally:
            self.journal.close()
            self._lock.close()

    def record(self, document: str) -> Record | None:
        """The record of a document as this coder reads it, if the desk has it."""
        if not self.writer.known([document]):
            return None
        return Record.from_json(self.lake.rows("documents", ["record"], pc.field("id") == document)["record"][0].as_py())

    def keep(self, record: Record, report: str, now: float) -> Version:
        """Keep the record of a report as a new version of it: first the record, then its line in the journal, so that
        whoever is killed between the two finds the record there. One that is there as this coder reads it stays as it is."""
        self.writer.add(record)
        return self.enter(record.document, report, now)

    def enter(self, document: Document, report: str, now: float) -> Version:
        """Enter a document whose record is kept as a new version of the report."""
        before = self.journal.versions(report)
        supersedes = before[-1].document if before else None
        version = Version(report, len(before) + 1, document.text_id, document.id, document.source, supersedes, now)
        self.journal.add(version)
        if supersedes is not None:
            self._enter_changed()
        return version

    def _enter_changed(self) -> None:
        """Enter in the table `versions` what the journal has of reports that changed, and the table lacks."""
        new = [v for v in self.journal.changed() if (v.report, v.number) not in self._entered]
        if new:
            self.lake.append("versions", map(row_of, new))
            self._entered.update((v.report, v.number) for v in new)
