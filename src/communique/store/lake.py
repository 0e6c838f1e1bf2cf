"""The tables of a desk as Delta tables in a folder or a bucket: any Delta or Parquet reader can open them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

import pyarrow as pa
from deltalake import DeltaTable, write_deltalake

from communique.errors import UsageError
from communique.store.tables import SCHEMAS, Row


class Lake:
    """The tables of the desk at `place`: a folder, or the address of a bucket (`s3://…`), with `options` for its storage."""

    def __init__(self, place: str | Path, options: Mapping[str, str] | None = None) -> None:
        self.place = str(place).rstrip("/")
        self.options = dict(options or {})

    def at(self, name: str) -> str:
        """Where a table lies. Raises UsageError where desks have no such table."""
        if name not in SCHEMAS:
            raise UsageError(f"{name}: desks have no such table; there are {', '.join(SCHEMAS)}")
        return f"{self.place}/{name}"

    def table(self, name: str) -> DeltaTable | None:
        """A table as it is now; none where nothing was ever written to it."""
        path = self.at(name)
        if not DeltaTable.is_deltatable(path, self.options or None):
            return None
        return DeltaTable(path, storage_options=self.options or None)

    def append(self, name: str, rows: Iterable[Row]) -> None:
        """Add rows in one commit, which is seen whole or not at all."""
        data = pa.Table.from_pylist(list(rows), schema=SCHEMAS[name])
        write_deltalake(self.at(name), data, mode="append", storage_options=self.options or None)

    def files(self, name: str) -> list[str]:
        """The Parquet files that make up a table now."""
        table = self.table(name)
        return table.file_uris() if table is not None else []
