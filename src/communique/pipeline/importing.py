"""Event files of others into tables of a desk, beside its own."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from hashlib import file_digest
from pathlib import Path

import pyarrow as pa

from communique.ontology.datasets import table_of
from communique.sources.tables.datasets import BadLine, EventFile, open_events
from communique.store.lake import Lake
from communique.store.tables import SCHEMAS


@dataclass(slots=True)
class Imported:
    """What came of a file: its data set, how many rows were taken and how many lines could not be read; `known` when the same
    bytes were taken before, so that nothing was to do."""

    dataset: str
    rows: int = 0
    bad: int = 0
    known: bool = False


def import_events(path: Path, lake: Lake, complain: Callable[[BadLine], None]) -> Imported:
    """Take an event file of ICEWS, POLECAT or GDELT into its table (`imported_icews` …) in one commit: it is there whole
    or not at all; a file whose bytes are there already changes nothing, also where two take it in at once. `complain` is
    told each line that can't be read.

    The desk is made where there is none. Raises InputError when the file is none of these or has no line that can be read.
    """
    with open_events(path) as file:
        with path.open("rb") as whole:
            digest = file_digest(whole, "sha256").hexdigest()
        done, name = Imported(file.dataset), table_of(file.dataset)
        lake.create()
        batches = _batches(file, {"file": digest, "file_name": path.name}, SCHEMAS[name], done, complain)
        try:
            taken = lake.append_once(name, pa.RecordBatchReader.from_batches(SCHEMAS[name], batches), digest)
        except Exception:
            if file.failed is not None:  # the writer tells of a file that breaks off as of a failure of its own
                raise file.failed from None
            raise
        return done if taken else Imported(file.dataset, known=True)


def _batches(
    file: EventFile, source: dict[str, str], schema: pa.Schema, done: Imported, complain: Callable[[BadLine], None]
) -> Iterator[pa.RecordBatch]:
    def count(bad: BadLine) -> None:
        done.bad += 1
        complain(bad)

    for columns in file.batches(count):
        rows = len(columns["line"])
        done.rows += rows
        columns |= {name: pa.repeat(value, rows) for name, value in source.items()}
        yield pa.record_batch([columns.get(f.name, pa.nulls(rows, f.type)) for f in schema], schema=schema)
