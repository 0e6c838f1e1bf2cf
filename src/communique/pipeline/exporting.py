"""Exports a desk, or records in a file, in the formats of others."""

from __future__ import annotations

import gc
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from itertools import groupby
from pathlib import Path
from types import MappingProxyType
from typing import Any, BinaryIO

import pyarrow as pa

from communique.config import load
from communique.errors import DataError, UsageError
from communique.export.batches import TableExport, rows_of_batch
from communique.export.exports import Export, Loss, Row, Rows, write_file
from communique.export.exports import load as load_export
from communique.query.conditions import Condition
from communique.query.filters import conditions
from communique.query.known import unmerged
from communique.query.questions import FILTERS, MADE_OF, filters_of
from communique.query.view import View
from communique.store.lake import Lake
from communique.store.tables import SCHEMAS, rows_of
from communique.types.record import Record

_BATCH = 10_000
_AT_ONCE = 10_000  # documents
_CLAIMS = ("events", "statements", "facts")
_UNFILTERED = ("mentions", "places", "times")
_ORDER = {"incidents": ", length(t.event), t.event", "stories": ""}
_ANY, _NONE = Condition("true"), Condition("false")
Chosen = Mapping[str, Condition]
"""What the rows `t` of some tables must hold; of other tables all are exported."""
Select = tuple[str, tuple[object, ...]]


def export_desk(
    format: str, place: str, out: Path | None, as_coded: bool = False, all_versions: bool = False, **asked: Any
) -> Loss:
    """Write what the desk at a place holds, `as_coded` without what people judged, with `all_versions` older versions of
    reports too; see `export_view`. Raises UsageError where there is none."""
    with View(Lake(place), load().threads, as_coded, all_versions=all_versions) as view:
        return export_view(format, view, out, **asked)


def export_view(format: str, view: View, out: Path | None, **asked: Any) -> Loss:
    """Write what a desk holds as a format of the group `communique.exports`, to a file or to the standard output; gives the
    loss. What is asked for are options of the format, and filters.

    Filters are those of events. They hold for statements and facts too, which are left out where they have not all of them;
    documents are those that have any of what is left. A format that is one table takes the filters of this table, or those of
    documents. Raises UsageError where there is no such format, option or filter, or no file can be written; DataError where the
    desk can't be read.
    """
    export = load_export(format, **{name: value for name, value in asked.items() if name not in FILTERS})
    filters = {name: value for name, value in asked.items() if name in FILTERS and value not in (None, (), [])}
    chosen = _chosen(export, filters) if filters else {}
    if isinstance(export, TableExport):
        loss = Loss(export.name)
        if export.table in MADE_OF:
            loss.drop("reports newer than the last merge left out", unmerged(view))
        batches = _batches(view, export, chosen, loss)
        return _write(lambda file: export.write_batches(batches, file, loss), out)
    return _write(lambda file: export.write(documents_of(view, export.needs, chosen), file), out)


def export_records(format: str, records: Path, out: Path | None, **options: Any) -> Loss:
    """The same for records in a file, one JSON object a line, as `communique read --format jsonl` prints them, without filters.
    Raises DataError naming the line that is no record."""
    if filters := sorted(options.keys() & FILTERS.keys()):
        raise UsageError(f"{filters[0]}: filters choose from a desk; keep the records on one with communique read --desk")
    export = load_export(format, **options)
    if isinstance(export, TableExport) and export.table in MADE_OF:
        raise UsageError(f"{export.table}: come from a merge; keep the records on a desk, and export that with --desk")
    return _write(lambda file: export.write(_records(records), file), out)


def documents_of(view: View, tables: Iterable[str], chosen: Chosen = MappingProxyType({})) -> Iterator[Rows]:
    """The rows of each document of a desk by table, in order of the documents' ids, looked up some thousand documents at a time
    so that memory stays bounded. `documents` is without its column `record`."""
    columns = {name: [c for c in SCHEMAS[name].names if c != "record"] for name in sorted({*tables, "documents"})}
    selected = {name: _select(name, own, chosen) for name, own in columns.items()}
    of_documents = selected.pop("documents")
    for ids in _ids(view, chosen):
        children = {name: _Following(_rows(view, select, ids)) for name, select in selected.items()}
        for document in _rows(view, of_documents, ids):
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


def _chosen(export: Export, filters: Mapping[str, Any]) -> Chosen:
    """What filters come down to for the tables that a format tells."""
    if isinstance(export, TableExport):
        table = "documents" if export.table in _UNFILTERED else export.table
        if table in MADE_OF:
            return {table: _members(table, filters)}
        return {table: conditions(table, filters) or _ANY}
    tables = [name for name in _CLAIMS if name in export.needs]
    has = {name: {f.name for f in filters_of(name)} for name in tables[1:]}
    others = {name: conditions(name, filters) or _ANY if filters.keys() <= known else _NONE for name, known in has.items()}
    return {tables[0]: conditions(tables[0], filters) or _ANY, **others}


def _members(table: str, filters: Mapping[str, Any]) -> Condition:
    """What rows of `stories` or `incidents` must hold: that of what they belong to, one has what is asked for."""
    whole = {"stories": "story", "incidents": "incident"}[table]
    condition = conditions(MADE_OF[table], filters) or _ANY
    of = {
        "stories": "stories AS m JOIN documents AS t ON t.id = m.document",
        "incidents": "incidents AS m JOIN events AS t ON t.document = m.document AND t.id = m.event",
    }[table]
    return Condition(f"t.{whole} IN (SELECT m.{whole} FROM {of} WHERE {condition.sql})", condition.values)


def _ids(view: View, chosen: Chosen) -> Iterator[list[str]]:
    """The ids of the documents to export, in order, some thousand at a time."""
    held = [f"SELECT t.{_key(table)} FROM {table} AS t WHERE {condition.sql}" for table, condition in chosen.items()]
    where = f"WHERE id IN ({' UNION '.join(held)})" if held else ""
    values = [value for condition in chosen.values() for value in condition.values]
    ids = view.ask(f"SELECT id FROM documents {where} ORDER BY id", values).column("id")
    for n in range(0, len(ids), _AT_ONCE):
        yield ids.slice(n, _AT_ONCE).to_pylist()


def _select(table: str, columns: Iterable[str], chosen: Chosen, order: str = "") -> Select:
    """The rows of a table that belong to documents whose ids are the first value, in order of these, and the other values."""
    condition, key = chosen.get(table, _ANY), f"t.{_key(table)}"
    of = f"{table} AS t SEMI JOIN (SELECT unnest(?::VARCHAR[]) AS id) AS asked ON {key} = asked.id"
    shown = ", ".join(f't."{name}"' for name in columns)
    return f"SELECT {shown} FROM {of} WHERE {condition.sql} ORDER BY {key}{order}", condition.values


def _key(table: str) -> str:
    return "id" if table == "documents" else "document"


def _batches(view: View, export: TableExport, chosen: Chosen, loss: Loss) -> Iterator[pa.RecordBatch]:
    """The rows of a table, in the order of their documents and records, whose documents are counted."""
    query, values = _select(export.table, export.columns, chosen, _ORDER.get(export.table, ", length(t.id), t.id"))
    for ids in _ids(view, chosen):
        loss.documents += len(ids)
        yield from view.stream(query, (ids, *values), _BATCH)


def _rows(view: View, select: Select, ids: list[str]) -> Iterator[Row]:
    query, values = select
    for batch in view.stream(query, (ids, *values), _BATCH):
        yield from rows_of_batch(batch)


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


def _write(write: Callable[[BinaryIO], Loss], out: Path | None) -> Loss:
    with _uncollected():
        if out is not None:
            return write_file(write, out)
        loss = write(sys.stdout.buffer)
        sys.stdout.buffer.flush()
        return loss


@contextmanager
def _uncollected() -> Iterator[None]:
    """Rows hold no cycles, and looking for some among millions of them takes half of the time."""
    running = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if running:
            gc.enable()
