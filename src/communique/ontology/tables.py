"""Reading the data files of this layer: tab-separated tables with `#` comments, plain or gzipped."""

from __future__ import annotations

import gzip
from datetime import date
from importlib import resources

from communique.errors import DataError


def read_bytes(name: str) -> bytes:
    """The bytes of a data file of this layer; a name that ends in `.gz` is unpacked. Raises `DataError` when it is missing."""
    try:
        raw = resources.files("communique.ontology").joinpath("data", name).read_bytes()
    except OSError as error:
        raise DataError(f"ontology/data/{name}: the data file is missing; install the package again") from error
    return gzip.decompress(raw) if name.endswith(".gz") else raw


def read_text(name: str) -> str:
    """The text of a data file of this layer, as `read_bytes` has it."""
    return read_bytes(name).decode("utf-8")


def read_rows(name: str) -> list[list[str]]:
    """The rows of a table without its comments and its head; every row is padded to the head's width."""
    lines = [line for line in read_text(name).split("\n") if line and line[0] != "#"]
    if not lines:
        raise DataError(f"ontology/data/{name}: no head line; install the package again")
    width = lines[0].count("\t") + 1
    rows = []
    for line in lines[1:]:
        row = line.split("\t")
        if len(row) > width:
            raise DataError(f"ontology/data/{name}: {len(row)} cells where the head has {width}: {line[:80]!r}")
        row.extend("" for _ in range(width - len(row)))
        rows.append(row)
    return rows


def day(text: str) -> date | None:
    """A date written `2024-05-15`, `2024-05` or `2024` (then its first day); none for an empty cell."""
    if not text:
        return None
    if len(text) == 10:
        return date.fromisoformat(text)
    year, _, month = text.partition("-")
    return date(int(year), int(month or 1), 1)


def covers(begin: date | None, end: date | None, on: date | None) -> bool:
    """Whether `[begin, end)` holds a day, None being open; with no day, whether it has not ended."""
    if on is None:
        return end is None
    return (begin is None or begin <= on) and (end is None or on < end)


def day_after(text: str) -> date | None:
    """The end of a term, half-open: a day as written, else the first day after the month or year written."""
    if len(text) == 10 or not text:
        return day(text)
    year, _, month = text.partition("-")
    return date(int(year), int(month) + 1, 1) if month and month != "12" else date(int(year) + 1, 1, 1)
