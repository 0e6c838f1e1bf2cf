"""What a watcher has seen: places that reports come from, and the versions of each report. One SQLite file.

Moments are seconds since 1970 in UTC, so that `datetime(next, 'unixepoch')` shows them in any SQLite shell.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable
from dataclasses import astuple, dataclass, fields
from pathlib import Path

from communique.errors import DataError

_FORM = 2  # since records are kept in tables; what an older journal has seen is in none
_TABLES = """
CREATE TABLE places (
  name TEXT PRIMARY KEY, parent TEXT, told TEXT, hash TEXT, answered TEXT, etag TEXT, modified TEXT, state TEXT,
  lists INTEGER NOT NULL, first REAL NOT NULL, failures INTEGER NOT NULL, error TEXT, next REAL
);
CREATE INDEX places_by_parent ON places (parent, next);
CREATE TABLE versions (
  report TEXT NOT NULL, number INTEGER NOT NULL, text_id TEXT NOT NULL, document TEXT NOT NULL, source TEXT NOT NULL,
  supersedes TEXT, first REAL NOT NULL, PRIMARY KEY (report, number), UNIQUE (report, text_id)
);
CREATE INDEX versions_by_document ON versions (document);
"""


@dataclass(frozen=True, slots=True)
class Place:
    """An address or a file as it was when it was last looked at.

    `parent` is the list that led there, `told` a hash of what that said of it; `hash` the SHA-256 of its bytes; `answered`
    the address that a page was found at in the end, with the lines ETag and Last-Modified of that answer; `state` size and
    times of a file; `lists` whether it leads to other places; `first` when it was first met; `failures` how often in a row it
    could not be had, and why; `next` before when it is not to be looked at again, none: not by the clock.
    """

    name: str
    parent: str | None = None
    told: str | None = None
    hash: str | None = None
    answered: str | None = None
    etag: str | None = None
    modified: str | None = None
    state: str | None = None
    lists: bool = False
    first: float = 0.0
    failures: int = 0
    error: str | None = None
    next: float | None = None


@dataclass(frozen=True, slots=True)
class Version:
    """One text of a report. `report` is where it stands (address, path, or part of one); `number` counts its texts from 1;
    `document` is the id of the record, `supersedes` that of the version before."""

    report: str
    number: int
    text_id: str
    document: str
    source: str
    supersedes: str | None
    first: float


_NAMES = tuple(f.name for f in fields(Place))
_VERSION = tuple(f.name for f in fields(Version))


class Journal:
    """Places and versions, each change in one transaction. Raises DataError where the file is no journal."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._file = sqlite3.connect(path, isolation_level=None)
        try:
            self._file.execute("PRAGMA journal_mode = WAL")
            (form,) = self._file.execute("PRAGMA user_version").fetchone()
            if form == 0:
                self._file.executescript(f"BEGIN; {_TABLES} PRAGMA user_version = {_FORM}; COMMIT;")
            elif form != _FORM:
                raise DataError(
                    f"{path}: a journal of another version of Communique; follow with that version, or another desk"
                )
        except sqlite3.DatabaseError as error:
            self._file.close()
            raise DataError(
                f"{path}: no journal that can be read ({error}); move it away, and what is there is read anew"
            ) from None
        except DataError:
            self._file.close()
            raise

    def close(self) -> None:
        """Close the file."""
        self._file.close()

    def place(self, name: str) -> Place | None:
        """What is known of a place."""
        row = self._do(f"SELECT {', '.join(_NAMES)} FROM places WHERE name = ?", (name,)).fetchone()
        return Place(**(dict(zip(_NAMES, row, strict=True)) | {"lists": bool(row[_NAMES.index("lists")])})) if row else None

    def note(self, place: Place) -> None:
        """Keep what is known of a place, in the stead of what was."""
        marks = ", ".join("?" * len(_NAMES))
        self._do(f"INSERT OR REPLACE INTO places ({', '.join(_NAMES)}) VALUES ({marks})", astuple(place))

    def has_due(self, parent: str, now: float) -> bool:
        """Whether a list leads to a place that is to be looked at again by now."""
        found = self._do("SELECT 1 FROM places WHERE parent = ? AND next <= ? LIMIT 1", (parent, now))
        return found.fetchone() is not None

    def children(self, parent: str) -> set[str]:
        """The places that a list leads to and that are to be looked at again."""
        return {name for (name,) in self._do("SELECT name FROM places WHERE parent = ? AND next NOT NULL", (parent,))}

    def drop(self, names: set[str]) -> None:
        """Look at places no more by the clock: their list does not have them any longer."""
        self._do("UPDATE places SET next = NULL WHERE name IN (SELECT value FROM json_each(?))", (json.dumps(sorted(names)),))

    def versions(self, report: str) -> tuple[Version, ...]:
        """The versions of a report, the oldest first."""
        asked = f"SELECT {', '.join(_VERSION)} FROM versions WHERE report = ? ORDER BY number"
        return tuple(Version(*row) for row in self._do(asked, (report,)))

    def changed(self) -> tuple[Version, ...]:
        """All versions of reports that have several, and of those that have a document in common with one of these."""
        several = "SELECT document FROM versions WHERE report IN (SELECT report FROM versions WHERE number > 1)"
        asked = f"SELECT {', '.join(_VERSION)} FROM versions WHERE document IN ({several}) ORDER BY report, number"
        return tuple(Version(*row) for row in self._do(asked))

    def has(self, report: str, text_id: str) -> bool:
        """Whether a text was seen where a report stands."""
        found = self._do("SELECT 1 FROM versions WHERE report = ? AND text_id = ?", (report, text_id))
        return found.fetchone() is not None

    def has_document(self, document: str) -> bool:
        """Whether a document stands anywhere, perhaps at another address."""
        return self._do("SELECT 1 FROM versions WHERE document = ?", (document,)).fetchone() is not None

    def add(self, version: Version) -> None:
        """Keep a version. Its record must be on the disk already."""
        marks = ", ".join("?" * len(_VERSION))
        self._do(f"INSERT INTO versions ({', '.join(_VERSION)}) VALUES ({marks})", astuple(version))

    def _do(self, command: str, values: Iterable[object] = ()) -> sqlite3.Cursor:
        try:
            return self._file.execute(command, tuple(values))
        except sqlite3.Error as error:
            raise DataError(f"{self._path}: the journal can't be read or written ({error}); check the disk") from None
