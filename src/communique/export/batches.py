"""Arrow batches as rows, and exports that are made of the batches of one table."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice, pairwise
from typing import Any, BinaryIO

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from communique.export.exports import ASPECTS, Loss, Row, Rows
from communique.store.judgements import schema_of

_BATCH = 20_000
_COLUMNS = {
    "type": "plover",
    "mode": "mode",
    "contexts": "contexts",
    "status": "status",
    "auxiliary": "auxiliary",
    "attribution": "attributed_to",
    "denial": "denied_by",
    "amounts": "amounts",
    "interval": "when_end",
    "place": "place_name",
    "tellings": "tellings",
    "evidence": "evidence",
    "confidence": "confidence",
}
ASPECT_COLUMNS = frozenset({*_COLUMNS.values(), "when_start"})
"""The columns of `events` that `count_aspects` looks at."""


class TableExport(ABC):
    """An export that needs `columns` of a single table and no row of it twice: it takes them in Arrow batches, a tenth of the
    work of taking them document by document."""

    name: str
    carries: frozenset[str]
    table: str
    columns: Sequence[str]

    @property
    def needs(self) -> frozenset[str]:
        """The tables that it reads."""
        return frozenset({"documents", self.table})

    def write(self, documents: Iterable[Rows], out: BinaryIO) -> Loss:
        """Write the documents; see `exports.Export`."""
        loss = Loss(self.name)
        return self.write_batches(self._batches(documents, loss), out, loss)

    @abstractmethod
    def write_batches(self, batches: Iterable[pa.RecordBatch], out: BinaryIO, loss: Loss) -> Loss:
        """Write the rows, which have `columns`, and count what is written and lost; who gives them counts the documents."""

    def _batches(self, documents: Iterable[Rows], loss: Loss) -> Iterator[pa.RecordBatch]:
        schema = pa.schema([schema_of(self.table).field(name) for name in self.columns])
        rows = self._rows(documents, loss)
        while batch := list(islice(rows, _BATCH)):
            yield pa.RecordBatch.from_pylist(batch, schema=schema)

    def _rows(self, documents: Iterable[Rows], loss: Loss) -> Iterator[dict[str, Any]]:
        for rows in documents:
            loss.documents += 1
            yield from ({name: row.get(name) for name in self.columns} for row in rows.get(self.table, ()))


def count_aspects(events: pa.RecordBatch, carries: frozenset[str]) -> Counter[str]:
    """How many events of a batch have what a format can't carry, by the words of `ASPECTS`, as `Loss.take` counts it."""
    found = {ASPECTS[aspect]: int(has_aspect(events, aspect).sum()) for aspect in ASPECTS.keys() - carries}
    return Counter({words: number for words, number in found.items() if number})


def has_aspect(events: pa.RecordBatch, aspect: str) -> np.ndarray[Any, np.dtype[np.bool_]]:
    """Which events of a batch have one of `ASPECTS`."""
    column = events.column(_COLUMNS[aspect])
    if pa.types.is_list(column.type):
        has = pc.greater(pc.list_value_length(column), 0)
    elif aspect == "status":
        has = pc.not_equal(column, "happened")
    elif aspect == "interval":
        has = pc.greater(pc.days_between(events.column("when_start"), column), 1)
    elif aspect == "tellings":
        has = pc.greater(column, 1)
    elif aspect == "confidence":
        has = pc.is_valid(column)
    else:
        has = pc.greater(pc.utf8_length(column), 0)
    return as_mask(has)


def as_mask(has: pa.Array) -> np.ndarray[Any, np.dtype[np.bool_]]:
    """An array of truth values for numpy; what is not known is not so."""
    mask: np.ndarray[Any, np.dtype[np.bool_]] = has.fill_null(False).to_numpy(zero_copy_only=False)
    return mask


def rows_of_batch(batch: pa.RecordBatch) -> list[Row]:
    """The rows of a batch, as its `to_pylist` gives them in twice the time."""
    names = batch.schema.names
    return [dict(zip(names, row, strict=True)) for row in zip(*map(values_of, batch.columns), strict=True)]


def values_of(array: pa.Array) -> list[Any]:
    """The values of an array, as its `to_pylist` gives them."""
    kind = array.type
    if pa.types.is_string(kind) or pa.types.is_date32(kind):
        return list(array.to_numpy(zero_copy_only=False).tolist())
    found: list[Any]
    if pa.types.is_list(kind):
        values = values_of(array.values)
        found = [values[start:end] for start, end in pairwise(array.offsets.to_numpy().tolist())]
    elif pa.types.is_struct(kind):
        names, parts = [field.name for field in kind], [values_of(array.field(n)) for n in range(kind.num_fields)]
        found = [dict(zip(names, row, strict=True)) for row in zip(*parts, strict=True)]
    elif pa.types.is_integer(kind) or pa.types.is_floating(kind):
        found = array.fill_null(0).to_numpy().tolist()
    else:
        return list(array.to_pylist())
    if array.null_count:
        for n in np.flatnonzero(array.is_null().to_numpy(zero_copy_only=False)).tolist():
            found[n] = None
    return found
