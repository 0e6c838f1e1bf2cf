"""Relations as JSON, JSON lines, CSV and Parquet, written batch by batch."""

from __future__ import annotations

import csv
import json
import math
import os
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Protocol, TextIO

import pyarrow as pa
import pyarrow.parquet as pq

from communique.errors import UsageError

Row = Mapping[str, Any]


class Answer(Protocol):
    """What is written: a relation, or rows that were made from one."""

    @property
    def picked(self) -> tuple[str, ...]:
        """The columns that were asked for by name, none where all are meant."""
        ...

    @property
    def columns(self) -> tuple[str, ...]:
        """The names of the columns, in order."""
        ...

    def page(self, limit: int | None = None, offset: int = 0) -> Answer:
        """At most `limit` rows, after leaving out `offset`."""
        ...

    def arrow(self) -> pa.Table:
        """All rows at once."""
        ...

    def batches(self, rows: int = 10_000) -> Iterator[pa.RecordBatch]:
        """The rows in batches of at most `rows`."""
        ...


@dataclass(frozen=True, slots=True)
class Found:
    """Rows that are there as an Arrow table, as an answer."""

    table: pa.Table
    picked: tuple[str, ...] = ()

    @property
    def columns(self) -> tuple[str, ...]:
        """The names of the columns."""
        return tuple(self.table.column_names)

    def page(self, limit: int | None = None, offset: int = 0) -> Found:
        """At most so many rows, after leaving out so many."""
        return Found(self.table.slice(offset, limit))

    def arrow(self) -> pa.Table:
        """The rows."""
        return self.table

    def batches(self, rows: int = 10_000) -> Iterator[pa.RecordBatch]:
        """The rows in batches of so many at most."""
        yield from self.table.to_batches(max_chunksize=rows)


def write(relation: Answer, form: str, file: TextIO) -> None:
    """Write the rows to a text file as `json` (one array), `jsonl` or `csv`. In CSV several values stand in one cell with
    semicolons between them."""
    _WRITERS[form](relation, file)


def save(relation: Answer, form: str, path: Path) -> None:
    """Write the rows to a file, which is there whole or as it was before; as for `write`, or as `parquet`. Raises OSError where
    it can't be written."""
    draft = path.with_name(f".{path.name}.{os.getpid()}.draft")
    try:
        if form == "parquet":
            _parquet(relation, draft)
        else:
            with draft.open("w", encoding="utf-8", newline="") as file:
                write(relation, form, file)
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)


def check_form(form: str, path: Path | None) -> None:
    """Raise a UsageError where rows can't be written so."""
    if form == "parquet" and path is None:
        raise UsageError("parquet: is no text; name a file for it with --out")
    if form == "table" and path is not None:
        raise UsageError(f"{path}: tables are for the terminal; write json, jsonl, csv or parquet to a file, with --format")


def plain(value: Any) -> Any:
    """A value as JSON has it: days and moments in ISO 8601, none for what is no number."""
    if isinstance(value, Mapping):
        return {name: plain(part) for name, part in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(part) for part in value]
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if value is None or isinstance(value, (bool, int, str)):
        return value
    return value.isoformat() if isinstance(value, date) else str(value)


def cell(value: Any, between: str = "; ") -> str:
    """A value in one cell: several with something between them, objects as JSON."""
    if value is None:
        return ""
    if isinstance(value, (list, tuple)):
        return between.join(cell(part) for part in value)
    shown = plain(value)
    return shown if isinstance(shown, str) else json.dumps(shown, ensure_ascii=False)


def _rows(relation: Answer) -> Iterator[Row]:
    for batch in relation.batches():
        yield from batch.to_pylist()


def _json(relation: Answer, file: TextIO) -> None:
    before = "["
    for row in _rows(relation):
        file.write(f"{before}\n{json.dumps(plain(row), ensure_ascii=False)}")
        before = ","
    file.write("[]\n" if before == "[" else "\n]\n")


def _jsonl(relation: Answer, file: TextIO) -> None:
    for row in _rows(relation):
        file.write(json.dumps(plain(row), ensure_ascii=False) + "\n")


def _csv(relation: Answer, file: TextIO) -> None:
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(relation.picked or relation.columns)
    for row in _rows(relation):
        writer.writerow([cell(value) for value in row.values()])


def _parquet(relation: Answer, path: Path) -> None:
    with pq.ParquetWriter(path, relation.page(0).arrow().schema, compression="zstd") as writer:
        for batch in relation.batches(100_000):
            writer.write_batch(batch)


_WRITERS: dict[str, Callable[[Answer, TextIO], None]] = {"json": _json, "jsonl": _jsonl, "csv": _csv}
