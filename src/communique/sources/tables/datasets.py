"""Event files of others: ICEWS, POLECAT and GDELT, tab-separated, also in a ZIP or gzip file.

Some POLECAT files have headers that do not fit their lines: names of columns that are not there ("Headline"), stray tabs
(andybeger.com, 2024-05-21). Each line is read in the first layout that its number of cells and its values fit.
"""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, cast
from zipfile import BadZipFile, ZipFile

import numpy as np
import pyarrow as pa

from communique.errors import InputError
from communique.ontology.datasets import DATASETS, GDELT, column_of
from communique.sources.tables.event_columns import read_column, split_cells

Layout = tuple[str | None, ...]

_BLOCK = 2 << 20
_LONGEST = 4_000_000
_BROKEN = (OSError, EOFError, BadZipFile, zlib.error, RuntimeError)  # zipfile says with the last that it lacks a password
_FIRST_GDELT = tuple(name for name in GDELT if not name.endswith("ADM2Code"))  # GDELT 1.0; before April 2013 without address


@dataclass(frozen=True, slots=True, order=True)
class BadLine:
    """A line that can't be read, by its number from 1, and what is wrong with it."""

    line: int
    why: str


class EventFile:
    """An event file that is open: which data set it is of, and its rows; `failed` is why it broke off, where it did."""

    def __init__(self, path: Path, lines: IO[bytes]) -> None:
        self.failed: InputError | None = None
        self._path = path
        self._lines = lines
        self._first = lines.readline(_LONGEST).removeprefix(b"\xef\xbb\xbf")
        self.dataset, self._layouts, self._headed = _told(path, self._first)
        self._longest, self._shortest = max(map(len, self._layouts)), min(map(len, self._layouts))

    def batches(self, complain: Callable[[BadLine], None]) -> Iterator[dict[str, pa.Array]]:
        """The rows, some thousand at a time: `line`, the number of each in the file, and the columns that the file has, by
        their names in a desk. `complain` is told each line that has no row. Raises InputError where the file breaks off, or
        has none."""
        empty = True
        for number, lines in self._blocks():
            found, bad = self._read(number, lines)
            for each in sorted(bad):
                complain(each)
            for columns in found:
                if len(columns["line"]):
                    empty = False
                    yield columns
        if empty:
            self.failed = InputError(f"{self._path}: has no line that can be read; check that it is the file as published")
            raise self.failed

    def _blocks(self) -> Iterator[tuple[int, list[bytes]]]:
        """Whole lines with the number of the first of them; of one that is too long no more than shows that it is."""
        number, rest = (2, b"") if self._headed else (1, self._first)
        while chunk := self._chunk():
            *lines, rest = (rest + chunk).split(b"\n")
            rest = rest[: _LONGEST + 1]
            yield number, lines
            number += len(lines)
        yield number, rest.split(b"\n")

    def _chunk(self) -> bytes:
        try:
            return self._lines.read(_BLOCK)
        except _BROKEN as error:
            self.failed = _broken(self._path, error)
            raise self.failed from None

    def _read(self, number: int, lines: Sequence[bytes]) -> tuple[list[dict[str, pa.Array]], list[BadLine]]:
        """The rows of some lines, and those that are bad."""
        groups: dict[int, tuple[list[int], list[bytes]]] = {}
        bad: list[BadLine] = []
        for at, line in enumerate(lines, number):
            if not line.strip():
                continue
            checked = self._checked(line)
            if isinstance(checked, str):
                bad.append(BadLine(at, checked))
                continue
            width, line = checked
            numbers, alike = groups.setdefault(width, ([], []))
            numbers.append(at)
            alike.append(line)
        found = [rows for width, group in groups.items() for rows in self._rows(width, *group, bad)]
        return found, bad

    def _checked(self, line: bytes) -> tuple[int, bytes] | str:
        """How many cells a line has, and the line without empty ones that no layout has at the end; or why it can't be read."""
        if len(line) > _LONGEST:
            return f"has more than {_LONGEST:,} bytes"
        if not line.isascii():
            try:
                line.decode()
            except UnicodeDecodeError:
                return "is no UTF-8"
        width = line.count(b"\t") + 1
        if width > self._longest:
            cells = line.split(b"\t")
            if any(cell.strip(b'" \r') for cell in cells[self._longest :]):
                return self._misfit(width)
            return self._longest, b"\t".join(cells[: self._longest])
        return (width, line) if width >= self._shortest else self._misfit(width)

    def _misfit(self, width: int) -> str:
        return f"has {width} cells, not {len(self._layouts[0])}"

    def _rows(self, width: int, numbers: list[int], lines: list[bytes], bad: list[BadLine]) -> Iterator[dict[str, pa.Array]]:
        """The rows of lines with as many cells each, those that a layout fits together; the others are bad."""
        why: dict[int, str] = {}
        line, cells = pa.array(numbers, pa.int64()), split_cells(lines, width)
        for layout in self._layouts:
            if len(layout) > width or not len(line):
                continue
            columns, wrong = self._columns(layout, cells)
            fits = np.ones(len(line), bool)
            for beyond in cells[len(layout) :]:
                fits &= beyond.is_null().to_numpy(zero_copy_only=False)
            for place, said in wrong.items():
                if fits[place]:
                    why.setdefault(line[place].as_py(), said)
                    fits[place] = False
            rows = {"line": line, **columns}
            if fits.all():
                yield rows
                return
            yield {name: column.filter(pa.array(fits)) for name, column in rows.items()}
            line, *cells = (column.filter(pa.array(~fits)) for column in (line, *cells))
        bad += (BadLine(n, why.get(n) or self._misfit(width)) for n in line.to_pylist())

    def _columns(self, layout: Layout, cells: Sequence[pa.Array]) -> tuple[dict[str, pa.Array], dict[int, str]]:
        """The columns of a layout, and what is wrong first with those rows that have a cell of another kind, by place."""
        columns: dict[str, pa.Array] = {}
        wrong: dict[int, str] = {}
        for name, column in zip(layout, cells, strict=False):
            if name is not None:
                columns[column_of(name)], found = read_column(name, DATASETS[self.dataset][name], column)
                wrong = found | wrong
        return columns, wrong


@contextmanager
def open_events(path: Path) -> Iterator[EventFile]:
    """Open an event file. Raises InputError when it is missing, damaged, or of none of the data sets."""
    with ExitStack() as stack:
        try:
            file = EventFile(path, stack.enter_context(_opened(path)))
        except _BROKEN as error:
            raise _broken(path, error) from None
        yield file


def _broken(path: Path, error: BaseException) -> InputError:
    said = getattr(error, "strerror", None) or error
    return InputError(f"{path}: can't be read ({said}); check the name and that it is whole")


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


def _told(path: Path, first: bytes) -> tuple[str, tuple[Layout, ...], bool]:
    """The data set by its first line, the layouts that its lines may have, and whether the first line is a header."""
    cells = [cell.strip().strip('"') for cell in first.decode("utf-8", "replace").rstrip("\r\n").split("\t")]
    named = {name.casefold() for name in cells}
    for dataset, telling in (("icews", {"event id", "cameo code"}), ("polecat", {"event id", "event type", "quad code"})):
        if telling <= named:
            known = {name.casefold(): name for name in DATASETS[dataset]}
            header = tuple(known.get(name.casefold()) for name in cells)
            unnamed = tuple(name for name, cell in zip(header, cells, strict=True) if cell)
            only = tuple(name for name in header if name)
            if len(set(only)) < len(only):
                raise InputError(f"{path}: has a column twice in its header; mend the header")
            return dataset, tuple(dict.fromkeys((header, unnamed, only))), True
    for layout in (tuple(GDELT), _FIRST_GDELT, _FIRST_GDELT[:-1]):
        if len(cells) == len(layout) and cells[0].isdecimal() and len(cells[1]) == 8 and cells[1].isdecimal():
            return "gdelt", (layout,), False
    raise InputError(f"{path}: no event file of ICEWS, POLECAT or GDELT; tab-separated lines as they publish them are read")
