"""A desk opened for asking: DuckDB in memory, with a view for each table that has the rows that count."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import PurePosixPath
from tempfile import TemporaryDirectory
from threading import Lock
from types import TracebackType
from typing import Any, Protocol

import duckdb
import pyarrow as pa

from communique.errors import DataError, UsageError
from communique.merge.judgements import standing
from communique.query.judged import CODED, Key, apply_judgements
from communique.store.judgements import judgement_of
from communique.store.lake import Lake
from communique.store.places import cause
from communique.store.tables import OF_DOCUMENTS, SCHEMAS
from communique.store.versions import KEY, successors
from communique.types.incidents import Judgement

# documents come first: rows of the other tables were written before theirs, so that none of them is missing then; versions
# tell which of them count
TABLES = ("documents", "versions", *(name for name in SCHEMAS if name not in ("documents", "versions")))
_ALL = "every_document"


class _Table(Protocol):
    def version(self) -> int: ...
    def metadata(self) -> Any: ...
    def file_uris(self) -> list[str]: ...
    def to_pyarrow_dataset(self) -> Any: ...


class View:
    """The tables of a desk as they were when it was opened, or last refreshed, read-only.

    Queries see views with the names and columns of `store.tables.SCHEMAS`; a table that is not there is empty. A row counts
    only where `documents` has its document with its run, and of watched reports only the newest version counts, or each with
    `all_versions`. The judgements that hold are applied to events, actors and incidents,
    all but those `ignored`, or none with `as_coded`; `events` has also who corrected and who confirmed each, and
    `coded_events`, `coded_actors` and `coded_incidents` are without judgements. Nothing else can be read or written from SQL:
    access to files is shut off but for those of the tables, and the settings are locked. `threads` is how many a query may use
    (none: as many as there are cores). Several threads may ask at once. Raises UsageError where there is no desk.
    """

    def __init__(
        self,
        lake: Lake,
        threads: int | None = None,
        as_coded: bool = False,
        ignored: Callable[[Judgement], bool] = lambda judgement: False,
        all_versions: bool = False,
    ) -> None:
        lake.check_there()
        self.lake = lake
        self.all_versions = all_versions
        self._asked = threads, as_coded, ignored
        self._spill = TemporaryDirectory(prefix="communique-")
        self._lock = Lock()
        self._open(self._tables())

    def __enter__(self) -> View:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the tables."""
        self._connection.close()
        self._spill.cleanup()

    @property
    def versions(self) -> dict[str, int]:
        """The Delta version of each table that is there."""
        return dict(self._versions)

    @property
    def identity(self) -> str:
        """What tells this desk from one that is made in its place."""
        return self._identity

    @property
    def older(self) -> frozenset[str]:
        """The documents that are older versions of reports, whether they count or not."""
        return self._older

    @property
    def rejected(self) -> frozenset[Key]:
        """The events that were coded and are rejected, by document and id."""
        return self._rejected

    def judgements_on(self, document: str, event: str) -> tuple[Judgement, ...]:
        """The judgements on an event that are applied, in the order that they were made in."""
        return self._judged.get((document, event), ())

    def refresh(self) -> bool:
        """Show the tables as they are now; whether any changed."""
        tables = self._tables()
        if {name: table.version() for name, table in tables.items()} == self._versions:
            return False
        with self._lock:
            self._connection.close()
            self._open(tables)
        return True

    def ask(self, query: str, values: Sequence[object] = ()) -> pa.Table:
        """All rows of a query. Raises UsageError saying what is wrong with it, DataError where the desk can't be read."""
        with self._asking(query, values) as answer:
            table: pa.Table = answer.to_arrow_table()
            return table

    def stream(self, query: str, values: Sequence[object] = (), rows: int = 10_000) -> Iterator[pa.RecordBatch]:
        """The same, in batches of so many rows at most."""
        with self._asking(query, values) as answer:
            yield from answer.to_arrow_reader(rows)

    def _tables(self) -> dict[str, _Table]:
        return dict(self.lake.tables(TABLES))

    def _open(self, tables: dict[str, _Table]) -> None:
        self._versions = {name: table.version() for name, table in tables.items()}
        self._identity = str(tables["documents"].metadata().id)
        self._registered: dict[str, object] = {}
        self._connection = duckdb.connect(config=self._settings())
        self._parts: list[str] = []
        for name in TABLES:
            own = self._files(name, tables[name]) if name in tables else []
            self._parts += own or []
            self._show(name, own, tables.get(name))
            if name == "versions":
                self._count_documents()
        self._connection.execute("SET TimeZone = 'UTC'")
        made = map(judgement_of, self._connection.sql("SELECT * FROM judgements").to_arrow_table().to_pylist())
        _, as_coded, ignored = self._asked
        held = () if as_coded else (judgement for judgement in standing(made) if not ignored(judgement))
        self._judged = apply_judgements(self._connection, held)
        self._rejected = frozenset(key for key, on in self._judged.items() if any(j.kind == "reject" for j in on))
        self._connection.execute(f"SET allowed_paths = {_list(self._parts)}")
        self._connection.execute("SET enable_external_access = false")
        self._connection.execute("SET lock_configuration = true")

    def with_older(self) -> View:
        """The same desk as it is now, with older versions of reports."""
        return View(self.lake, *self._asked, all_versions=True)

    def _count_documents(self) -> None:
        """Make the view of the documents that count."""
        ids = self._connection.sql(f"SELECT id FROM {_ALL}").to_arrow_table()["id"].to_pylist()
        versions = self._connection.sql(f"SELECT {', '.join(KEY)} FROM versions").to_arrow_table().to_pylist()
        self._older = frozenset(successors(versions, set(ids)) if versions else ())
        where = "WHERE id NOT IN (SELECT id FROM older)" if self._older and not self.all_versions else ""
        self._register("older", pa.table({"id": pa.array(self._older, pa.string())}))
        self._connection.execute(f"CREATE VIEW documents AS SELECT * FROM {_ALL} {where}")
        self._connection.execute("CREATE TABLE counted AS SELECT id, run FROM documents")

    def _show(self, name: str, files: list[str] | None, table: _Table | None) -> None:
        """Make the view of a table, of its files or, where these are none, of what Delta reads for it."""
        # an empty table beside gives columns that older files lack, with their types
        self._register(f"no_{name}", SCHEMAS[name].empty_table())
        parts = [f"SELECT * FROM no_{name}"]
        if files:
            parts.append(f"SELECT * FROM read_parquet({_list(files)}, union_by_name = true)")
        elif files is None and table is not None:
            self._register(f"all_{name}", table.to_pyarrow_dataset())
            parts.append(f"SELECT * FROM all_{name}")
        columns = ", ".join(f't."{column}"' for column in SCHEMAS[name].names)
        query = f"SELECT {columns} FROM ({' UNION ALL BY NAME '.join(parts)}) AS t"
        if name in OF_DOCUMENTS:
            query += " SEMI JOIN counted AS c ON t.document = c.id AND t.run = c.run"
        shown = _ALL if name == "documents" else f"coded_{name}" if name in CODED else name
        self._connection.execute(f"CREATE VIEW {shown} AS {query}")

    def _settings(self) -> dict[str, str | bool | int | float | list[str]]:
        settings: dict[str, str | bool | int | float | list[str]] = {
            "python_enable_replacements": False,  # names in a query are never taken for the caller's variables
            "autoinstall_known_extensions": False,
            "autoload_known_extensions": False,
            "temp_directory": self._spill.name,
        }
        threads = self._asked[0]
        return settings | ({"threads": threads} if threads else {})

    def _files(self, name: str, table: _Table) -> list[str] | None:
        """The files of a table for DuckDB to read by itself; none in a bucket, which it has no access to."""
        folder = self.lake.folder
        if folder is None:
            return None
        # addresses of files are quoted (`%20`), and files lie in the folder of their table
        return [str(folder.resolve() / name / PurePosixPath(uri).name) for uri in table.file_uris()]

    def _register(self, name: str, rows: object) -> None:
        self._registered[name] = rows
        self._connection.register(name, rows)

    @contextmanager
    def _asking(self, query: str, values: Sequence[object]) -> Iterator[duckdb.DuckDBPyRelation]:
        with self._lock:
            cursor = self._connection.cursor()
        try:
            for name, rows in self._registered.items():
                cursor.register(name, rows)
            cursor.execute("BEGIN TRANSACTION READ ONLY")
            yield cursor.sql(query, params=list(values))
        except duckdb.Error as error:
            # the latter is how DuckDB tells of what pyarrow can't read in a bucket
            unread = isinstance(error, duckdb.IOException) or "reading the stream registered" in str(error)
            if unread or not all(map(os.path.exists, self._parts)):
                said = f"{self.lake.place}: a file of the desk can't be read ({_first(error)})"
                raise DataError(f"{said}; open the desk anew, as files may have been removed, or check the disk") from None
            raise UsageError(f"the query can't be answered: {_first(error)}; change it, or see docs/asking.md") from None
        finally:
            cursor.close()


def _list(texts: list[str]) -> str:
    return "[" + ", ".join("'" + text.replace("'", "''") + "'" for text in texts) + "]"


def _first(error: Exception) -> str:
    return cause(str(error).split("\n\n")[0])
