"""Relations: questions that are answered when their rows are asked for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any, Self

import pyarrow as pa

from communique.errors import UsageError
from communique.query.view import View

if TYPE_CHECKING:
    import pandas


@dataclass(frozen=True, slots=True)
class Relation:
    """The rows of a query of a desk, sorted and paged; a new relation is made by each method that narrows it.

    `keys` are the columns that rows are sorted by, those that end in ` DESC` from the highest down; `ties` decides between
    rows that are equal by them, and is the order of pages where nothing else is asked for. `shown` are the columns that a
    table for people has. `within` are the days that were asked about, the first and the one after the last; none: open.
    """

    view: View
    query: str
    values: tuple[object, ...] = ()
    ties: tuple[str, ...] = ()
    shown: tuple[str, ...] = ()
    picked: tuple[str, ...] = ()
    keys: tuple[str, ...] = ()
    limit: int | None = None
    offset: int = 0
    within: tuple[date | None, date | None] = (None, None)

    @property
    def columns(self) -> tuple[str, ...]:
        """The names of the columns."""
        return tuple(self.view.ask(f"SELECT * FROM ({self.query}\n) LIMIT 0", self.values).column_names)

    def sort(self, *columns: str) -> Self:
        """Sorted by columns, the first one first; `-confidence` from the highest down. Rows without a value come last. Raises
        UsageError where there is no such column."""
        known = self._known(*(c.removeprefix("-") for c in columns))
        keys = tuple(f"{quoted(name)}{' DESC' if c.startswith('-') else ''}" for name, c in zip(known, columns, strict=True))
        return replace(self, keys=keys)

    def ordered(self) -> Self:
        """In the order of pages, where nothing else was asked for."""
        return replace(self, keys=self.keys or self.ties)

    def page(self, limit: int | None = None, offset: int = 0) -> Self:
        """At most so many rows, after leaving out so many."""
        if offset < 0 or (limit is not None and limit < 0):
            raise UsageError("page: limit and offset are counts of rows; give numbers from 0 on")
        return replace(self, limit=limit, offset=offset)

    def pick(self, *columns: str) -> Self:
        """Only these columns, in this order, after sorting. Raises UsageError where there is no such column."""
        return replace(self, picked=self._known(*columns))

    def count(self) -> int:
        """How many rows there are in all, whatever the page."""
        found = self.view.ask(f"SELECT count(*) AS n FROM ({self.query}\n)", self.values)
        return int(found["n"][0].as_py())

    def arrow(self) -> pa.Table:
        """The rows as an Arrow table."""
        return self.view.ask(*self._whole())

    def batches(self, rows: int = 10_000) -> Iterator[pa.RecordBatch]:
        """The same in batches of so many rows at most."""
        return self.view.stream(*self._whole(), rows)

    def rows(self) -> list[dict[str, Any]]:
        """The rows as dicts by column: days as `date`, moments as `datetime` in UTC."""
        found: list[dict[str, Any]] = self.arrow().to_pylist()
        return found

    def df(self) -> pandas.DataFrame:
        """The rows as a pandas table. Raises UsageError where pandas is not installed."""
        try:
            import pandas  # noqa: F401
        except ImportError:
            raise UsageError("df() needs pandas; install it with: pip install 'communique[frames]'") from None
        frame: pandas.DataFrame = self.arrow().to_pandas()
        return frame

    def _whole(self) -> tuple[str, tuple[object, ...]]:
        query = f"SELECT {', '.join(map(quoted, self.picked)) or '*'} FROM ({self.query}\n)"
        paged = self.limit is not None or self.offset > 0
        if self.keys or paged:
            # without a whole order, a row could stand on two pages or on none
            order = [f"{key} NULLS LAST" for key in (*self.keys, *self.ties)]
            query += f" ORDER BY {', '.join(order)}" if order else ""
        query += f" LIMIT {self.limit:d}" if self.limit is not None else ""
        query += f" OFFSET {self.offset:d}" if self.offset else ""
        return query, self.values

    def _known(self, *names: str) -> tuple[str, ...]:
        columns = self.columns
        for name in names:
            if name not in columns:
                raise UsageError(f"{name}: there is no such column; there are {', '.join(columns)}")
        return names


def quoted(name: str) -> str:
    """A column's name as SQL has it."""
    return '"' + name.replace('"', '""') + '"'
