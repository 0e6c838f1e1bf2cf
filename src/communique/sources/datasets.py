"""Event files of others: ICEWS, POLECAT and GDELT, tab-separated, also in a ZIP or gzip file.

Some POLECAT files have headers that do not fit their lines: names of columns that are not there ("Headline"), stray tabs
(andybeger.com, 2024-05-21). Each line is read in the first layout that its number of cells and its values fit.
"""

from __future__ import annotations

import gzip
import math
import zlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import IO, Any, cast
from zipfile import BadZipFile, ZipFile

from communique.errors import InputError
from communique.ontology.datasets import DATASETS, GDELT, Kind, column_of

Layout = tuple[str | None, ...]

_LONGEST = 4_000_000
_BROKEN = (OSError, EOFError, BadZipFile, zlib.error)
_FIRST_GDELT = tuple(name for name in GDELT if not name.endswith("ADM2Code"))  # GDELT 1.0; before April 2013 without address


@dataclass(frozen=True, slots=True)
class BadLine:
    """A line that can't be read, by its number from 1, and what is wrong with it."""

    line: int
    why: str


class EventFile:
    """An event file that is open: which data set it is of, and its rows; `failed` is why it broke off, where it did."""

    def __init__(self, path: Path, lines: IO[bytes]) -> None:
        self.failed: Exception | None = None
        self._lines = lines
        self._first = lines.readline(_LONGEST)
        cells = _cells(self._first.removeprefix(b"\xef\xbb\xbf"))
        self.dataset, self._layouts, self._headed = _told(path, cells or [])

    def rows(self) -> Iterator[dict[str, Any] | BadLine]:
        """A row for each line, with the number of its line and all columns of its data set; what is wrong where it has none."""
        kinds = DATASETS[self.dataset]
        number, line = 1, self._first
        while line:
            if not (number == 1 and self._headed) and line.strip():
                row = self._row(line, kinds)
                yield BadLine(number, row) if isinstance(row, str) else row | {"line": number}
            number += 1
            line = self._next()

    def _next(self) -> bytes:
        try:
            return self._lines.readline(_LONGEST)
        except _BROKEN as error:
            self.failed = error
            raise

    def _row(self, line: bytes, kinds: Mapping[str, Kind]) -> dict[str, Any] | str:
        cells = _cells(line)
        if cells is None:
            return "is no UTF-8"
        wrong = ""
        for layout in self._layouts:
            told = cells if len(cells) <= len(layout) else _without_end(cells, len(layout))
            if len(told) != len(layout):
                continue
            try:
                found = {name: _value(name, cell, kinds[name]) for name, cell in zip(layout, told, strict=True) if name}
            except ValueError as error:
                wrong = wrong or str(error)
                continue
            return {column_of(name): found.get(name) for name in kinds}
        return wrong or f"has {len(cells)} cells, not {len(self._layouts[0])}"


@contextmanager
def open_events(path: Path) -> Iterator[EventFile]:
    """Open an event file. Raises InputError when it is missing, damaged, or of none of the data sets."""
    try:
        with _opened(path) as lines:
            yield EventFile(path, lines)
    except _BROKEN as error:
        said = getattr(error, "strerror", None) or error
        raise InputError(f"{path}: can't be read ({said}); check the name and that it is whole") from None


@contextmanager
def _opened(path: Path) -> Iterator[IO[bytes]]:
    with path.open("rb") as file:
        start = file.read(4)
        file.seek(0)
        if start == b"PK\x03\x04":
            with ZipFile(file) as archive:
                members = [m for m in archive.infolist() if not m.is_dir() and not m.filename.startswith("__MACOSX/")]
                if len(members) != 1:
                    raise InputError(f"{path}: holds {len(members)} files, not one; unpack it and name one of them")
                with archive.open(members[0]) as lines:
                    yield lines
        elif start[:2] == b"\x1f\x8b":
            with gzip.open(file) as packed:
                yield cast("IO[bytes]", packed)
        else:
            yield file


def _told(path: Path, cells: Sequence[str]) -> tuple[str, tuple[Layout, ...], bool]:
    """The data set by its first line, the layouts that its lines may have, and whether the first line is a header."""
    named = {name.strip().casefold() for name in cells}
    for dataset, telling in (("icews", {"event id", "cameo code"}), ("polecat", {"event id", "event type", "quad code"})):
        if telling <= named:
            known = {name.casefold(): name for name in DATASETS[dataset]}
            header = tuple(known.get(name.strip().casefold()) for name in cells)
            unnamed = tuple(name for name, cell in zip(header, cells, strict=True) if cell.strip())
            only = tuple(name for name in header if name)
            if len(set(only)) < len(only):
                raise InputError(f"{path}: has a column twice in its header; mend the header")
            return dataset, tuple(dict.fromkeys((header, unnamed, only))), True
    for layout in (tuple(GDELT), _FIRST_GDELT, _FIRST_GDELT[:-1]):
        if len(cells) == len(layout) and cells[0].isdecimal() and len(cells[1]) == 8 and cells[1].isdecimal():
            return "gdelt", (layout,), False
    raise InputError(f"{path}: no event file of ICEWS, POLECAT or GDELT; tab-separated lines as they publish them are read")


def _cells(line: bytes) -> list[str] | None:
    try:
        text = line.decode().rstrip("\r\n")
    except UnicodeDecodeError:
        return None
    return [_unquoted(cell) for cell in text.split("\t")]


def _unquoted(cell: str) -> str:
    whole = len(cell) > 1 and cell[0] == cell[-1] == '"'
    return cell[1:-1].replace('""', '"') if whole else cell


def _without_end(cells: list[str], length: int) -> list[str]:
    return cells if any(cell.strip() for cell in cells[length:]) else cells[:length]


def _value(name: str, cell: str, kind: Kind) -> Any:
    cell = cell.strip()
    if kind == "text":
        return cell or None
    if not cell or cell in ("NA", "NULL", "None"):
        return None
    try:
        return _READ[kind](cell)
    except ValueError:
        raise ValueError(f"{name}: {cell[:40]!r} is no {kind if kind == 'day' else 'number'}") from None


def _number(cell: str) -> float:
    value = float(cell)
    if not math.isfinite(value):
        raise ValueError
    return value


def _whole(cell: str) -> int:
    value = int(cell) if cell.lstrip("-").isdecimal() else int(cell.removesuffix(".0"))
    if not -(2**63) <= value < 2**63:
        raise ValueError
    return value


_READ = {"day": date.fromisoformat, "number": _number, "whole": _whole}
