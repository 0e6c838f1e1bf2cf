"""Which run each document of a desk stands by, kept in memory and brought up to date file by file."""

from __future__ import annotations

from collections.abc import Iterable

from deltalake import DeltaTable

from communique.store.lake import Lake


class Standing:
    """The documents of a desk, as they stood at the last `look`."""

    def __init__(self, lake: Lake) -> None:
        self._lake = lake
        self._table: DeltaTable | None = None
        self._runs: dict[str, dict[str, str]] = {}

    def look(self) -> DeltaTable:
        """Look again, and give the table that was looked at. Only files that are new are read. Raises DataError where the table
        can't be read."""
        if self._table is None:
            self._table = self._lake.writable("documents")
        else:
            with self._lake.reading():
                self._table.update_incremental()
        there = self._lake.paths(self._table)
        self._runs = {path: self._runs.get(path) or self._read(path) for path in there}
        return self._table

    def runs(self, documents: Iterable[str]) -> dict[str, str]:
        """The runs that those of the documents stand by that are there."""
        wanted = set(documents)
        return {d: runs[d] for runs in self._runs.values() for d in wanted & runs.keys()}

    def _read(self, path: str) -> dict[str, str]:
        rows = self._lake.read_files("documents", [path], ["id", "run"])
        return dict(zip(rows["id"].to_pylist(), rows["run"].to_pylist(), strict=True))
