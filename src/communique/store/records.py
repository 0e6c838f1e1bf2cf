"""Records as files: `AA/ID.json` below one folder, AA being the first two digits of the document's id."""

from __future__ import annotations

import os
from pathlib import Path

from communique.types.record import Record

_DRAFT = ".draft"


class RecordFolder:
    """A folder of records, each whole or not there: written as a draft, flushed to the disk, then given its name.

    One writer at a time. Raises OSError where the folder can't be written.
    """

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.folder = folder

    def path(self, document: str) -> Path:
        """Where the record of the document with that id is, or would be."""
        return self.folder / document[:2] / f"{document}.json"

    def write(self, record: Record) -> bool:
        """Whether the record is new. One that is there stays: the id is a hash of all that it was read from."""
        path = self.path(record.document.id)
        if path.exists():
            return False
        path.parent.mkdir(exist_ok=True)
        draft = path.with_suffix(_DRAFT)
        with draft.open("w", encoding="utf-8") as file:
            file.write(record.to_json() + "\n")
            file.flush()
            os.fsync(file.fileno())
        draft.replace(path)
        _flush(path.parent)
        return True

    def read(self, document: str) -> Record:
        """The record of a document. Raises OSError where there is none, DataError where the file holds something else."""
        return Record.from_json(self.path(document).read_text(encoding="utf-8"))

    def tidy(self) -> None:
        """Remove drafts that a writer left behind when it was killed."""
        for draft in self.folder.glob(f"*/*{_DRAFT}"):
            draft.unlink()


def _flush(folder: Path) -> None:
    """Names too reach the disk only when told, so that a journal is never ahead of its records after a power cut."""
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
