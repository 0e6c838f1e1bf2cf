"""Exports a desk, or records in a file, in the formats of others."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from itertools import groupby
from pathlib import Path
from typing import Any

from communique.errors import DataError, UsageError
from communique.export.exports import Export, Loss, Rows, load, write_file
from communique.query.view import View
from communique.store.lake import Lake
from communique.store.tables import SCHEMAS, Row, rows_of
from communique.types.record import Record

_BATCH = 2_000
_AT_ONCE = 5_000  # documents


def export_desk(format: str, place: str, out: Path | None, **options: Any) -> Loss:
    """Write what a desk holds as a format of the group `communique.exports`, to a file or to the standard output; gives the
    loss. Raises UsageError where there is no such format, no desk, or no file can be written; DataError where the desk can't
    be read."""
    export = load(format, **options)
    with View(Lake(place)) as view:
        return _write(export, documents_of(view, export.needs), out)


def export_records(format: str, records: Path, out: Path | None, **options: Any) -> Loss:
    """The same for records in a file, one JSON object a line, as `communique read --format jsonl` prints them. Raises DataError
    naming the line that is no record."""
    return _write(load(format, **options), _records(records), out)


def documents_of(view: View, tables: Iterable[str]) -> Iterator[Rows]:
    """The rows of each document of a desk by table, in order of the documents' ids, looked up some thousand documents at a time
    so that memory stays bounded. `documents` is without its column `record`."""
    ids = view.ask("SELECT id FROM documents ORDER BY id").column("id")
    columns = ", ".join(name for name in SCHEMAS["documents"].names if name != "record")
    names = sorted(set(tables) - {"documents"})
    for n in range(0, len(ids), _AT_ONCE):
        some = ids.slice(n, _AT_ONCE)
        ends = (some[0].as_py(), some[-1].as_py())
        children = {
            name: _Following(_rows(view, f"SELECT * FROM {name} WHERE document BETWEEN ? AND ? ORDER BY document", ends))
            for name in names
        }
        for document in _rows(view, f"SELECT {columns} FROM documents WHERE id BETWEEN ? AND ? ORDER BY id", ends):
            yield {name: rows.of(document["id"]) for name, rows in children.items()} | {"documents": [document]}


class _Following:
    """Rows of a table that come in the order of their documents, and are asked for in that order."""

    def __init__(self, rows: Iterator[Row]) -> None:
        self._groups = groupby(rows, key=lambda row: str(row["document"]))
        self._document = ""
        self._rows: list[Row] = []

    def of(self, document: str) -> list[Row]:
        """The rows of a document, in the order of the record."""
        while self._document < document:
            self._document, group = next(self._groups, ("\U0010ffff", iter(())))
            self._rows = sorted(group, key=lambda row: (len(row["id"]), row["id"]))
        return self._rows if self._document == document else []


def _rows(view: View, query: str, ends: tuple[str, str]) -> Iterator[Row]:
    for batch in view.stream(query, ends, _BATCH):
        yield from batch.to_pylist()


def _records(path: Path) -> Iterator[Rows]:
    try:
        with path.open(encoding="utf-8") as lines:
            for number, line in enumerate(lines, 1):
                if line.strip():
                    yield rows_of(_record(line, f"{path}:{number}"), "")
    except UnicodeDecodeError:
        raise DataError(f"{path}: is no text in UTF-8; give what `communique read --format jsonl` printed") from None
    except OSError as error:
        raise UsageError(f"{path}: {error.strerror or error}; check the name") from None


def _record(line: str, where: str) -> Record:
    try:
        return Record.from_json(line)
    except DataError as error:
        raise DataError(f"{where}: {error}; give what `communique read --format jsonl` printed") from None


def _write(export: Export, documents: Iterable[Rows], out: Path | None) -> Loss:
    if out is not None:
        return write_file(export, documents, out)
    loss = export.write(documents, sys.stdout.buffer)
    sys.stdout.buffer.flush()
    return loss
