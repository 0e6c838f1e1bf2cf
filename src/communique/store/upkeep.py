"""Looks after a desk: what it holds, whether it is whole, and what belongs to nothing removed."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

import duckdb
import pyarrow as pa

from communique.errors import DataError, UsageError
from communique.store.compaction import tried
from communique.store.lake import Lake
from communique.store.tables import CHILDREN, OF_DOCUMENTS, SCHEMAS
from communique.store.writer import LONGEST

_AT_ONCE = 500
_COUNTED = ("actors", "places", "times", "events", "statements", "facts")
_KEPT = "(SELECT id AS document, run FROM documents UNION SELECT id, run FROM superseded)"


@dataclass(frozen=True, slots=True)
class Run:
    """One reading of reports, and how many documents stand by it now."""

    id: str
    version: str
    settings: str
    started: datetime
    documents: int


@dataclass(frozen=True, slots=True)
class Size:
    """Rows of a table that count, rows that do not (of older runs, or of no document), files and bytes."""

    rows: int
    hidden: int
    files: int
    bytes: int


@dataclass(frozen=True, slots=True)
class Account:
    """What a desk holds: its tables, its runs (the newest first), and the days of publication, the first and the last."""

    place: str
    tables: dict[str, Size]
    runs: tuple[Run, ...]
    first: date | None
    last: date | None


@contextmanager
def opened(lake: Lake) -> Iterator[duckdb.DuckDBPyConnection]:
    """A connection with all tables of a desk, all rows of them. Documents are looked up first, so that what each of them needs
    is there. Raises UsageError where there is no desk."""
    lake.check_there()
    with duckdb.connect() as connection:
        found = lake.tables()  # documents stand first
        for name in SCHEMAS:
            files = lake.paths(found[name]) if name in found else []
            # pyarrow can't look into the folder of a table that a desk of an older version lacks
            connection.register(name, lake.dataset(name, files) if files else SCHEMAS[name].empty_table())
        try:
            yield connection
        except duckdb.Error as error:
            said = " ".join(str(error).split())
            raise DataError(f"{lake.place}: a file of the desk can't be read ({said}); look who removed it") from None


def account(lake: Lake) -> Account:
    """What the desk holds."""
    with opened(lake) as tables:
        runs = tables.execute(
            "SELECT r.id, version, settings, started, count(d.id) FROM runs r LEFT JOIN documents d ON d.run = r.id "
            "GROUP BY ALL ORDER BY started DESC, r.id"
        ).fetchall()
        first, last = _row(tables, "SELECT min(published_start), max(published_end) FROM documents")
        sizes = {name: _size(lake, tables, name) for name in SCHEMAS}
    return Account(lake.place, sizes, tuple(Run(*row) for row in runs), first, last - timedelta(days=1) if last else None)


def _size(lake: Lake, tables: duckdb.DuckDBPyConnection, name: str) -> Size:
    (rows,) = _row(tables, f"SELECT count(*) FROM {name}")
    counted = rows
    if name in OF_DOCUMENTS:
        by = "SEMI JOIN documents d ON t.document = d.id AND t.run = d.run"
        (counted,) = _row(tables, f"SELECT count(*) FROM {name} t {by}")
    table = lake.table(name)
    sizes = pa.table(table.get_add_actions(flatten=True))["size_bytes"].to_pylist() if table is not None else []
    return Size(counted, rows - counted, len(sizes), sum(sizes))


def troubles(lake: Lake) -> list[str]:
    """What is wrong with the desk, a line each: documents or rows that are there twice, documents without their run, and those
    whose rows are not those that their record has."""
    found = []
    with opened(lake) as tables:
        twice = "SELECT id FROM documents GROUP BY id HAVING count(*) > 1"
        found += _lines(tables, twice, "document {} is there more than once")
        strange = "SELECT DISTINCT run FROM documents WHERE run NOT IN (SELECT id FROM runs)"
        found += _lines(tables, strange, "run {} of documents is not among the runs")
        tables.execute(
            f"CREATE TEMP TABLE due AS SELECT DISTINCT ON (id, run) id AS document, run, {_due()} "
            "FROM (SELECT id, run, record FROM documents UNION ALL SELECT id, run, record FROM superseded)"
        )
        for name in CHILDREN:
            again = f"SELECT DISTINCT document FROM {name} SEMI JOIN due USING (document, run) GROUP BY document, run, id"
            found += _lines(tables, f"{again} HAVING count(*) > 1", f"{name} of document {{}} are there more than once")
        for name in _COUNTED:
            there = f"(SELECT document, run, count(*) AS n FROM {name} GROUP BY ALL) c"
            asked = f"SELECT document FROM due LEFT JOIN {there} USING (document, run) WHERE coalesce(n, 0) <> due.{name}"
            found += _lines(tables, asked, f"{name} of document {{}} are not as many as its record has")
    return found


def _due() -> str:
    return ", ".join(f"coalesce(json_array_length(record, '$.{name}'), 0) AS {name}" for name in _COUNTED)


def _lines(tables: duckdb.DuckDBPyConnection, command: str, form: str) -> list[str]:
    return [form.format(what) for (what,) in tables.execute(f"{command} ORDER BY 1").fetchall()]


def _row(tables: duckdb.DuckDBPyConnection, command: str) -> tuple[Any, ...]:
    row = tables.execute(command).fetchone()
    assert row is not None  # each asks for one row
    return row


def vacuum(lake: Lake, hours: int) -> tuple[int, int]:
    """Remove rows without a document, and files that no table needs; how many of each. What is younger than `hours` is left
    alone: a writer may be at work on it, or a reader. Raises UsageError where that is less than a writer may take."""
    lake.check_there()
    if hours * 3600 < 2 * LONGEST:
        raise UsageError(f"hours: {hours} is too short for writers and readers that are at work; give 1 or more")
    old = datetime.now(UTC) - timedelta(hours=hours)
    rows = sum(_remove(lake, name, old) for name in CHILDREN)
    files = 0
    for name in SCHEMAS:
        table = lake.table(name)
        if table is not None:
            with lake.writing():
                files += len(table.vacuum(hours, dry_run=False, enforce_retention_duration=False, full=True))
    return rows, files


def _remove(lake: Lake, name: str, old: datetime) -> int:
    removed = 0
    orphans = _orphans(lake, name, old)
    for run, documents in orphans.items():
        for start in range(0, len(documents), _AT_ONCE):
            some = ", ".join(_quoted(d) for d in documents[start : start + _AT_ONCE])
            where = f"run = {_quoted(run)} AND document IN ({some})"
            removed += tried(lake, name, lambda table, where=where: table.delete(where))["num_deleted_rows"]  # type: ignore[misc]
    return removed


def _orphans(lake: Lake, name: str, old: datetime) -> dict[str, list[str]]:
    """Documents by run that rows in files older than that moment speak of, and that no such run entered. The rows are looked
    up before the documents."""
    table = lake.table(name)
    if table is None:
        return {}
    files = pa.table(table.get_add_actions()).select(["path", "modification_time"]).to_pylist()
    paths = [file["path"] for file in files if file["modification_time"] <= old.timestamp() * 1000]
    rows = lake.read_files(name, paths, ["document", "run"])
    found: dict[str, list[str]] = {}
    with opened(lake) as tables:
        tables.register("old_rows", rows)
        asked = f"SELECT DISTINCT run, document FROM old_rows ANTI JOIN {_KEPT} USING (document, run) ORDER BY ALL"
        for run, document in tables.execute(asked).fetchall():
            found.setdefault(run, []).append(document)
    return found


def _quoted(word: str) -> str:
    return "'" + word.replace("'", "''") + "'"
