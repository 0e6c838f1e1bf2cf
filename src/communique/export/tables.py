"""Tables of a desk as CSV (RFC 4180) or Parquet: `events` unless another is asked for."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable
from typing import Any, BinaryIO

import pyarrow as pa
import pyarrow.parquet as pq

from communique.errors import UsageError
from communique.export.batches import TableExport, count_aspects, values_of
from communique.export.exports import ASPECTS, Loss
from communique.store.judgements import schema_of
from communique.store.tables import CHILDREN

_JSON = json.JSONEncoder(ensure_ascii=False, default=str)
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")


MERGED = ("stories", "incidents")
"""The tables that only desks have: documents by their stories, events by their incidents."""

TABLES = ("documents", *CHILDREN, *MERGED)


class _Whole(TableExport):
    """What both formats share: which table, with all its columns."""

    carries = frozenset(ASPECTS) - {"tellings"}

    def __init__(self, table: str = "events") -> None:
        if table not in TABLES:
            raise UsageError(f"{table}: no such table; there are {', '.join(TABLES)}")
        self.table = table
        self.columns = tuple(schema_of(table).names)

    def _count(self, batch: pa.RecordBatch, loss: Loss) -> None:
        loss.written += len(batch)
        if self.table == "events":
            loss.events += len(batch)
            loss.lost.update(count_aspects(batch, self.carries))


class Csv(_Whole):
    """CSV in UTF-8 with a header. Lists are joined by "; ", lists of more than words are JSON. With `safe`, words that a
    spreadsheet would take for a formula have an apostrophe before them (OWASP, "CSV Injection")."""

    name = "csv"

    def __init__(self, table: str = "events", safe: bool = False) -> None:
        super().__init__(table)
        self.safe = safe

    def write_batches(self, batches: Iterable[pa.RecordBatch], out: BinaryIO, loss: Loss) -> Loss:
        """Write the rows; see `batches.TableExport`."""
        text = io.TextIOWrapper(out, encoding="utf-8", errors="backslashreplace", newline="", write_through=True)
        writer = csv.writer(text)
        writer.writerow(self.columns)
        for batch in batches:
            self._count(batch, loss)
            writer.writerows(zip(*map(self._cells, batch.columns), strict=True))
        text.detach()
        return loss

    def _cells(self, column: pa.Array) -> list[Any]:
        values, kind = values_of(column), column.type
        if pa.types.is_list(kind):
            told = "; ".join if pa.types.is_string(kind.value_type) else _JSON.encode
            values = [told(value) if value else "" for value in values]
        elif not pa.types.is_string(kind):
            return values
        return ["'" + value if value and value.startswith(_FORMULA) else value for value in values] if self.safe else values


class Parquet(_Whole):
    """Parquet with the columns and types that the table has in the desk."""

    name = "parquet"

    def write_batches(self, batches: Iterable[pa.RecordBatch], out: BinaryIO, loss: Loss) -> Loss:
        """Write the rows; see `batches.TableExport`."""
        schema = schema_of(self.table)
        with pq.ParquetWriter(_Counted(out), schema, compression="zstd") as writer:
            for batch in batches:
                self._count(batch, loss)
                writer.write_batch(batch.cast(schema))
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
