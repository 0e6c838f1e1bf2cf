"""Writes records to a desk so that each is in or is not: rows of the child tables first, its document last."""

from __future__ import annotations

import random
import secrets
import time
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from types import TracebackType

import pyarrow as pa
import pyarrow.compute as pc
from deltalake.exceptions import CommitFailedError

from communique.errors import DataError, UsageError
from communique.store.compaction import compact
from communique.store.lake import Lake
from communique.store.standing import Standing
from communique.store.tables import CHILDREN, SCHEMAS, Row, rows_of
from communique.types.record import Record

# seconds; whoever removes rows without a document leaves alone what is younger than twice this
LONGEST = 1800.0
_PAUSE, _LONGEST_PAUSE, _TRIES = 0.02, 5.0, 40
_AT_ONCE = 4
_MANY = 100  # files of a table

Tables = Mapping[str, pa.Table]


@dataclass(frozen=True, slots=True)
class Coder:
    """What reads reports: the version of Communique, and the settings that its records depend on, as JSON."""

    version: str
    settings: str


class Writer:
    """Keeps records by one coder, in batches of `most` records, or of those that came within `seconds`; used in a `with`
    statement, whose end writes the last batch.

    Several writers may write one desk at once. The first commit makes a row of `runs`, with an id that no other writer has:
    rows of children that lead to no document, left by a writer that was killed or came second, are thus never taken for those
    of another. Raises UsageError where no desk can be kept; DataError where it can't be written, and then the batch is kept
    for the next try.
    """

    def __init__(
        self, lake: Lake, coder: Coder, most: int = 100, seconds: float = 10.0, sleep: Callable[[float], None] = time.sleep
    ) -> None:
        lake.create()
        self._lake = lake
        self._standing = Standing(lake)
        self._coder = coder
        self._most = most
        self._seconds = seconds
        self._sleep = sleep
        self._batch: dict[str, Record] = {}
        self._began = 0.0
        self._run: str | None = None
        self._coders: dict[str, Coder] = {}
        self._written = 0

    def __enter__(self) -> Writer:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Write the last batch."""
        self.flush()
        if self._written:
            self._compact()

    def known(self, ids: Iterable[str]) -> set[str]:
        """The ids of those documents that stand on the desk as this coder reads them, or will with the next batch."""
        wanted = set(ids)
        self._standing.look()
        return self._same(wanted) | wanted & self._batch.keys()

    def add(self, record: Record) -> bool:
        """Take a record into the batch; whether that was written, being full or old."""
        if not self._batch:
            self._began = time.monotonic()
        self._batch.setdefault(record.document.id, record)
        if len(self._batch) < self._most and time.monotonic() - self._began < self._seconds:
            return False
        self.flush()
        return True

    def flush(self) -> None:
        """Write the batch. What stands there as this coder reads it stays as it is."""
        if self._batch:
            self._standing.look()
        if fresh := self._batch.keys() - self._same(self._batch):
            rows: dict[str, list[Row]] = {name: [] for name in (*CHILDREN, "documents")}
            now, run = datetime.now(UTC), self.run()
            for document in fresh:
                for name, more in rows_of(self._batch[document], run, now).items():
                    rows[name].extend(more)
            self.write({name: pa.Table.from_pylist(some, schema=SCHEMAS[name]) for name, some in rows.items()})
            if self._written % _MANY == 0:
                self._compact()
        self._batch.clear()

    def _compact(self) -> None:
        """Every batch adds files; many of them make reading slow."""
        with suppress(DataError, UsageError):  # others do it, or will
            compact(self._lake, _MANY)

    def run(self) -> str:
        """The id of the run that rows written next belong to; its row is in `runs`."""
        if self._run is None:
            run = secrets.token_hex(8)
            row = {"id": run, "started": datetime.now(UTC)}
            self._lake.append("runs", [row | {"version": self._coder.version, "settings": self._coder.settings}])
            self._coders[run] = self._coder
            self._run = run
        return self._run

    def write(self, tables: Tables) -> None:
        """Write rows of `run()` by table, with their documents, which must not stand there as this coder reads them. After an
        error they belong to nothing, and can be written again only as rows of the next run."""
        began = time.monotonic()
        try:
            with self._lake.writing():
                with ThreadPoolExecutor(_AT_ONCE) as pool:
                    parts = [(name, rows) for name, rows in tables.items() if name in CHILDREN and len(rows)]
                    list(pool.map(lambda part: self._lake.append_table(*part), parts))
                self._enter(tables["documents"], began)
            self._written += 1
        except BaseException:
            self._run = None
            raise

    def _enter(self, documents: pa.Table, began: float) -> None:
        """Put in the documents whose other rows are written, unless another writer with the same coder was first; in place of
        what another coder read."""
        for attempt in range(_TRIES):
            if time.monotonic() - began > LONGEST:
                break
            table = self._standing.look()
            ids = documents["id"].to_pylist()
            same = self._same(ids)
            older = self._standing.runs(ids).keys() - same
            rows = documents.filter(pc.invert(pc.is_in(documents["id"], pa.array(same, pa.string()))))
            if not len(rows):
                return
            if older:
                self._lake.append_table("superseded", self._rows_of(older))
            try:
                self._lake.put_documents(table, rows, replace=bool(older))
                return
            except CommitFailedError:
                self._sleep(random.uniform(0, min(_LONGEST_PAUSE, _PAUSE * 2**attempt)))
        raise DataError(f"{self._lake.place}: others keep writing to the desk; try again, or let fewer write at once")

    def _same(self, ids: Iterable[str]) -> set[str]:
        """Those of the documents that stood, at the last look, as this coder reads them."""
        return {document for document, run in self._standing.runs(ids).items() if self._coder_of(run) == self._coder}

    def _coder_of(self, run: str) -> Coder | None:
        if run not in self._coders:
            for row in self._lake.rows("runs", ["id", "version", "settings"]).to_pylist():
                self._coders[row["id"]] = Coder(row["version"], row["settings"])
        return self._coders.get(run)

    def _rows_of(self, ids: set[str]) -> pa.Table:
        names = SCHEMAS["documents"].names
        return self._lake.rows("documents", names, pc.field("id").isin(list(ids)))
