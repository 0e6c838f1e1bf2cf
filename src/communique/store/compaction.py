"""Large files in place of many small ones, while others go on reading and writing."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from typing import TypeVar

from deltalake import DeltaTable
from deltalake.exceptions import CommitFailedError

from communique.errors import DataError
from communique.store.lake import Lake
from communique.store.locks import lease, lock

_TRIES = 5
_BUSY = "the desk is being compacted already; wait until that is done"
_T = TypeVar("_T")


def compact(lake: Lake, more_than: int = 1) -> int:
    """Put small files together to large ones, in tables of more files than `more_than`; how many fewer there are. The old files
    stay until `vacuum`. Raises UsageError where the desk is being compacted already, DataError where writers never leave time.

    Two at once would double the rows: delta-rs 1.6 does not see that they conflict with each other, as it does that either
    conflicts with a MERGE or DELETE.
    """
    many = [name for name, table in lake.tables().items() if len(lake.paths(table)) > more_than]
    if not many:
        return 0
    with closing(lock(lake.folder / "compact.lock", _BUSY)) if lake.folder is not None else lease(lake, _BUSY):
        return sum(tried(lake, name, _compact) for name in many)


def _compact(table: DeltaTable) -> int:
    figures = table.optimize.compact()
    return int(figures["numFilesRemoved"] - figures["numFilesAdded"])


def tried(lake: Lake, name: str, act: Callable[[DeltaTable], _T]) -> _T:
    """Do something to a table as it is, again where others changed it meanwhile. Raises DataError where they always do."""
    for _ in range(_TRIES):
        table = lake.table(name)
        if table is None:
            raise DataError(f"{lake.at(name)}: the table is gone; look who removed it")
        with lake.writing():
            try:
                return act(table)
            except CommitFailedError:
                continue
    raise DataError(f"{lake.place}: others keep writing to the desk; try again when they are done")
