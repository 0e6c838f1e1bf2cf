"""Tables of a desk as CSV (RFC 4180) or Parquet: `events` unless another is asked for."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any, BinaryIO

import pyarrow as pa
import pyarrow.parquet as pq

from communique.errors import UsageError
from communique.export.exports import ASPECTS, Loss, Row, Rows
from communique.store.tables import CHILDREN, SCHEMAS

_BATCH = 20_000
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")


class _Table:
    """What both formats share: which table, and its rows, counted."""

    name: str
    carries = frozenset(ASPECTS) - {"tellings"}

    def __init__(self, table: str = "events") -> None:
        if table not in (*CHILDREN, "documents"):
            raise UsageError(f"{table}: no table of documents; there are documents, {', '.join(CHILDREN)}")
        self.table = table
        self.needs = frozenset({"documents", table})
        self.schema = SCHEMAS[table]

    def rows(self, documents: Iterable[Rows], loss: Loss) -> Iterator[Row]:
        """The rows of the table, in order."""
        for rows in documents:
            loss.documents += 1
            for row in rows.get(self.table, ()):
                if self.table == "events":
                    loss.take(row, self.carries)
                loss.written += 1
                yield row


class Csv(_Table):
    """CSV in UTF-8 with a header. Lists are joined by "; ", lists of more than words are JSON. With `safe`, words that a
    spreadsheet would take for a formula have an apostrophe before them (OWASP, "CSV Injection")."""

    name = "csv"

    def __init__(self, table: str = "events", safe: bool = False) -> None:
        super().__init__(table)
        self.safe = safe

    def write(self, documents: Iterable[Rows], out: BinaryIO) -> Loss:
        """Write the documents; see `exports.Export`."""
        loss = Loss(self.name)
        text = io.StringIO(newline="")
        writer = csv.writer(text)
        writer.writerow(self.schema.names)
        for row in self.rows(documents, loss):
            writer.writerow([self._cell(row.get(name)) for name in self.schema.names])
            if text.tell() > _BATCH:
                _flush(text, out)
        _flush(text, out)
        return loss

    def _cell(self, value: Any) -> Any:
        if isinstance(value, list):
            words = all(isinstance(one, str) for one in value)
            value = "; ".join(value) if words else json.dumps(value, ensure_ascii=False, default=str)
        if self.safe and isinstance(value, str) and value.startswith(_FORMULA):
            return "'" + value
        return value


class Parquet(_Table):
    """Parquet with the columns and types that the table has in the desk."""

    name = "parquet"

    def write(self, documents: Iterable[Rows], out: BinaryIO) -> Loss:
        """Write the documents; see `exports.Export`."""
        loss = Loss(self.name)
        rows = self.rows(documents, loss)
        with pq.ParquetWriter(_Counted(out), self.schema, compression="zstd") as writer:
            while batch := list(islice(rows, _BATCH)):
                writer.write_table(pa.Table.from_pylist(batch, schema=self.schema))
        return loss


class _Counted(io.RawIOBase):
    """A stream that knows how much was written to it, which a pipe does not."""

    def __init__(self, out: BinaryIO) -> None:
        self._out = out
        self._written = 0

    def writable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._written

    def write(self, block: Any) -> int:
        self._out.write(block)
        self._written += len(block)
        return len(block)


def _flush(text: io.StringIO, out: BinaryIO) -> None:
    out.write(text.getvalue().encode("utf-8", "backslashreplace"))
    text.seek(0)
    text.truncate()
