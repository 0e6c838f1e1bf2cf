"""The tables of a desk as Delta tables in a folder or a bucket: any Delta or Parquet reader can open them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.dataset as ds
from deltalake import CommitProperties, DeltaTable, Schema, Transaction, WriterProperties, write_deltalake
from deltalake.exceptions import CommitFailedError, DeltaError, TableNotFoundError
from deltalake.fs import DeltaStorageHandler
from pyarrow.fs import FileSystem, LocalFileSystem, PyFileSystem, SubTreeFileSystem

from communique.errors import DataError, UsageError
from communique.store.places import IMPATIENT, in_bucket, place_of, told
from communique.store.tables import OF_DOCUMENTS, SCHEMAS, Row

GUARDED = "documents"
_AT_ONCE = 8
_PACKED = WriterProperties(compression="ZSTD", compression_level=1)
# groups of a million rows, as is usual, are held in memory until they are full
_STREAMED = WriterProperties(compression="ZSTD", compression_level=1, max_row_group_size=1 << 16)


@dataclass(frozen=True, slots=True)
class Visible:
    """The Parquet files of a table and, where its rows count only with their document, those of `documents`; none: all
    its rows count."""

    files: tuple[str, ...]
    documents: tuple[str, ...] | None

    def select(self) -> str:
        """A SELECT of DuckDB that gives the rows that count. Raises UsageError where the table has no files: it is empty."""
        if not self.files:
            raise UsageError("the table is empty; ask for its columns instead")
        rows = f"SELECT t.* FROM {_parquet(self.files)} AS t"
        if self.documents is None:
            return rows
        if not self.documents:
            return f"{rows} WHERE false"
        return f"{rows} SEMI JOIN {_parquet(self.documents)} AS d ON t.document = d.id AND t.run = d.run"


class Lake:
    """The tables of the desk at `place`: a folder, or the address of a bucket (`s3://…`, `gs://…`, `az://…`, `file://…`), with
    `options` for its storage besides what the environment says (`AWS_…`, `GOOGLE_…`, `AZURE_…`). Raises UsageError where no
    desk can lie."""

    def __init__(self, place: str | Path, options: Mapping[str, str] | None = None) -> None:
        self.place = place_of(str(place))
        self.options = dict(options or {})
        self._appended: dict[str, DeltaTable] = {}

    @property
    def folder(self) -> Path | None:
        """The folder that the desk lies in; none in a bucket."""
        return None if in_bucket(self.place) else Path(self.place)

    def at(self, name: str) -> str:
        """Where a table lies. Raises UsageError where desks have no such table."""
        if name not in SCHEMAS:
            raise UsageError(f"{name}: desks have no such table; there are {', '.join(SCHEMAS)}")
        return f"{self.place}/{name}"

    def create(self) -> None:
        """Make the tables that are not there yet. Raises UsageError where none can be
        kept."""
        try:
            if self.folder is not None:
                self.folder.mkdir(parents=True, exist_ok=True)
            else:
                self._is_there()  # what can't be reached is told at once, not when delta-rs has tried for minutes
            there = self.tables()
            with ThreadPoolExecutor(_AT_ONCE) as pool:
                list(pool.map(self._make, (name for name in SCHEMAS if name not in there)))
        except (OSError, DeltaError) as error:
            raise UsageError(f"{self.place}: no desk can be kept there ({told(error)}); check {self._checked}") from None

    def check_there(self) -> None:
        """Raise a UsageError where there is no desk."""
        with self.reading():
            if not self._is_there():
                raise UsageError(f"{self.place}: no desk; name the place that `communique read … --desk` or `watch` wrote to")

    def table(self, name: str) -> DeltaTable | None:
        """A table as it is now; none where there is none yet. Raises DataError where it can't be read."""
        with self.reading():
            return self._look(name, self.options)

    def tables(self, names: Iterable[str] = tuple(SCHEMAS)) -> dict[str, DeltaTable]:
        """Those of several tables that are there, as they are now. The first is looked at before all others. Raises DataError
        where one can't be read."""
        first, *others = names
        with ThreadPoolExecutor(_AT_ONCE) as pool:  # each asks a bucket several times
            found = [(first, self.table(first)), *zip(others, pool.map(self.table, others), strict=True)]
        return {name: table for name, table in found if table is not None}

    def writable(self, name: str) -> DeltaTable:
        """A table to write to, with the columns that an older desk lacks. Raises DataError where there is none."""
        table = self.table(name)
        if table is None:
            raise DataError(f"{self.at(name)}: the table is gone; look who removed it")
        there = set(pa.schema(table.schema().to_arrow()).names)
        if missing := [column for column in SCHEMAS[name] if column.name not in there]:
            table.alter.add_columns(Schema.from_arrow(pa.schema(missing)).fields)
        return table

    def append(self, name: str, rows: Iterable[Row]) -> None:
        """Add rows in one commit, which is seen whole or not at all."""
        self.append_table(name, pa.Table.from_pylist(list(rows), schema=SCHEMAS[name]))

    def append_table(self, name: str, rows: pa.Table) -> None:
        """The same for rows that have the table's schema already."""
        if name not in self._appended:
            self._appended[name] = self.writable(name)
        with self.writing():
            write_deltalake(self._appended[name], rows, mode="append", writer_properties=_PACKED)

    def append_once(self, name: str, rows: pa.RecordBatchReader, key: str) -> bool:
        """Add rows in one commit under a key, as they come; whether they were: not where some are there under it, which
        others may have added meanwhile."""
        table = self.writable(name)
        if table.transaction_version(key) is not None:
            return False
        once = CommitProperties(app_transactions=[Transaction(key, 0)])
        with self.writing():
            try:
                write_deltalake(table, rows, mode="append", writer_properties=_STREAMED, commit_properties=once)
            except CommitFailedError:
                if self.writable(name).transaction_version(key) is None:
                    raise
                return False
        return True

    def put_documents(self, table: DeltaTable, rows: pa.Table, replace: bool) -> None:
        """Add documents to `documents` as it stands in `table`, in place of those of the same id where `replace`. Raises
        CommitFailedError where anybody else did since.

        A MERGE reads the whole table, which takes seconds in a large desk. Where it would find no row to replace it comes down
        to an append, and the transaction that all writers of documents name makes that conflict as a MERGE does.
        """
        guard = CommitProperties(app_transactions=[Transaction(GUARDED, table.version() + 1)], max_commit_retries=0)
        if not replace:
            write_deltalake(table, rows, mode="append", writer_properties=_PACKED, commit_properties=guard)
            return
        merge = table.merge(
            rows,
            "target.id = source.id",
            source_alias="source",
            target_alias="target",
            writer_properties=_PACKED,
            commit_properties=guard,
        )
        merge.when_matched_update_all().when_not_matched_insert_all().execute()

    def files(self, name: str) -> list[str]:
        """The Parquet files that make up a table now."""
        table = self.table(name)
        return self.files_of(name, table) if table is not None else []

    def files_of(self, name: str, table: DeltaTable) -> list[str]:
        """The same of a table as it was looked at."""
        return [f"{self.at(name)}/{path}" for path in self.paths(table)]

    def visible(self, name: str) -> Visible:
        """What of a table counts now."""
        return next(self.all_visible((name,)))[1]

    def all_visible(self, names: Iterable[str] = tuple(SCHEMAS)) -> Iterator[tuple[str, Visible]]:
        """What of several tables counts, all by the same documents. These are looked up first: their rows were written
        before them, so they are there."""
        asked = tuple(names)
        tables = self.tables(dict.fromkeys(("documents", *asked)))
        found = {name: tuple(self.files_of(name, table)) for name, table in tables.items()}
        documents = found.get("documents", ())
        for name in asked:
            files = found.get(name, ())
            yield name, Visible(files, documents if name in OF_DOCUMENTS else None)

    def rows(self, name: str, columns: list[str], where: pc.Expression | None = None) -> pa.Table:
        """Columns of all rows of a table, also of those that do not count; only of those for which a condition of pyarrow
        holds, where one is given."""
        table = self.table(name)
        return self.read_files(name, self.paths(table) if table is not None else [], columns, where)

    def read_files(self, name: str, paths: list[str], columns: list[str], where: pc.Expression | None = None) -> pa.Table:
        """The same of some of a table's files; none are read of a desk of an older version, which lacks the table."""
        with self.reading():
            asked = [c for c in SCHEMAS[name].names if where is not None and re.search(rf"\b{c}\b", str(where))]
            schema = pa.schema([SCHEMAS[name].field(c) for c in dict.fromkeys([*columns, *asked])])
            parts = [schema.empty_table()]
            # a MERGE of delta-rs writes string views, which pyarrow compares with strings only when they are cast before
            for batch in self.dataset(name, paths).to_batches(columns=schema.names) if paths else ():
                part = pa.table(batch).cast(schema)
                parts.append(part if where is None else part.filter(where))
            return pa.concat_tables(parts).select(columns)

    def dataset(self, name: str, paths: list[str]) -> ds.Dataset:
        """Files of a table as a pyarrow dataset with all columns of its schema. Nothing is read before rows are asked for."""
        if self.folder is not None:
            # of files that Python opens Arrow's threads may let go after Python has ended, which aborts the process
            storage: FileSystem = SubTreeFileSystem(str(self.folder / name), LocalFileSystem())
        else:
            storage = PyFileSystem(DeltaStorageHandler(self.at(name), self.options or None))
        return ds.FileSystemDataset.from_paths(paths, schema=SCHEMAS[name], format=ds.ParquetFileFormat(), filesystem=storage)

    @staticmethod
    def paths(table: DeltaTable) -> list[str]:
        """The files that make up a table, by their names below it."""
        return [str(path) for path in pa.table(table.get_add_actions())["path"].to_pylist()]

    def _make(self, name: str) -> None:
        try:
            DeltaTable.create(self.at(name), SCHEMAS[name], mode="ignore", storage_options=self.options or None)
        except DeltaError:
            if self.table(name) is None:  # else another process made it meanwhile
                raise

    @contextmanager
    def reading(self) -> Iterator[None]:
        """Says of a desk that can't be read within which it is, and what to do, as a DataError."""
        try:
            yield
        except (OSError, DeltaError) as error:
            raise DataError(f"{self.place}: the desk can't be read ({told(error)}); check {self._checked}") from None

    @contextmanager
    def writing(self) -> Iterator[None]:
        """The same of one that can't be written."""
        try:
            yield
        except (OSError, DeltaError) as error:
            raise DataError(f"{self.place}: the desk can't be written ({told(error)}); check {self._checked}") from error

    @property
    def _checked(self) -> str:
        """What a user should look at when the desk can't be read or written."""
        return "the path, the disk and the permissions" if self.folder else "the address, the credentials and the network"

    def _is_there(self) -> bool:
        return self._look("documents", self.options if self.folder is not None else {**IMPATIENT, **self.options}) is not None

    def _look(self, name: str, options: dict[str, str]) -> DeltaTable | None:
        try:
            return DeltaTable(self.at(name), storage_options=options or None)
        except TableNotFoundError:
            return None


def _parquet(files: Iterable[str]) -> str:
    quoted = ", ".join("'" + name.replace("'", "''") + "'" for name in files)
    return f"read_parquet([{quoted}], union_by_name = true)"
