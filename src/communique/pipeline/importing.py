"""Event files of others into tables of a desk, beside its own."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from hashlib import file_digest
from itertools import chain, islice
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from communique.errors import InputError
from communique.ontology.datasets import table_of
from communique.sources.datasets import BadLine, EventFile, open_events
from communique.store.lake import Lake
from communique.store.tables import SCHEMAS

_BATCH = 20_000


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
    or not at all; a file whose bytes are there already changes nothing. `complain` is told each line that can't be read.

    The desk is made where there is none. Raises InputError when the file is none of these or has no line that can be read.
    """
    with open_events(path) as file:
        with path.open("rb") as whole:
            digest = file_digest(whole, "sha256").hexdigest()
        done, name = Imported(file.dataset), table_of(file.dataset)
        lake.create()
        if lake.rows(name, ["file"], pc.field("file") == digest).num_rows:
            done.known = True
            return done
        batches = _batches(file, {"file": digest, "file_name": path.name}, SCHEMAS[name], done, complain)
        first = next(batches, None)
        if first is None:
            raise InputError(f"{path}: has no line that can be read; check that it is the file as published")
        try:
            lake.append_table(name, pa.RecordBatchReader.from_batches(SCHEMAS[name], chain([first], batches)))
        except Exception:
            if file.failed is not None:  # the writer tells of a file that breaks off as of a failure of its own
                raise file.failed from None
            raise
    return done


def _batches(
    file: EventFile, source: dict[str, str], schema: pa.Schema, done: Imported, complain: Callable[[BadLine], None]
) -> Iterator[pa.RecordBatch]:
    def good() -> Iterator[dict[str, object]]:
        for row in file.rows():
            if isinstance(row, BadLine):
                done.bad += 1
                complain(row)
            else:
                done.rows += 1
                yield source | row

    rows = good()
    while batch := list(islice(rows, _BATCH)):
        yield pa.RecordBatch.from_pylist(batch, schema=schema)
