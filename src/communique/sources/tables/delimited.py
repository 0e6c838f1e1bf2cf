"""Tables in delimited text (CSV after RFC 4180, with commas, semicolons, tabs or bars): told from prose by a heading of
column names and rows that agree with it."""

from __future__ import annotations

import codecs
import contextlib
import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass

from communique.errors import InputError
from communique.sources.inputs import Input, Options
from communique.sources.tables.tabular import check_names, find_columns, holds, report
from communique.types.analysis import Failed
from communique.types.text import Document

_SIGNS = ",;\t|"
_NAMES = (".csv", ".tsv", ".tab", ".psv")
_MEDIA = ("csv", "tab-separated")
_BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_TOLD = re.compile(r"sep=(.)\r?\n")
_SIMPLE = re.compile(r"[A-Za-z_][\w.-]{0,40}")
_MOST_COLUMNS = 2000
_LONGEST_NAME = 80
_LARGEST_ROW = 16 << 20
_CHUNK = 1 << 20


@dataclass(frozen=True, slots=True)
class Dialect:
    """What parts columns, how sure it is that these are a table, and whether a first line tells the sign (`sep=;`)."""

    sign: str
    sure: float
    told: bool = False


class Delimited:
    """Rows of delimited text, each a report; the first row names the columns."""

    name = "csv"

    def recognises(self, head: bytes, name: str, media: str | None) -> float:
        """By column names that are known, and rows of as many columns; name and media type help where the names aren't."""
        wide = head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
        if head.lstrip().startswith((b"<", b"{", b"[", b"%PDF")) or (b"\0" in head and not wide):
            return 0.0
        labelled = name.lower().endswith(_NAMES) or any(m in (media or "") for m in _MEDIA)
        return tell(_seen(head), labelled).sure

    def read(self, given: Input, options: Options) -> Iterator[Document | Failed]:
        """A report for each row below the heading; the failure of one names its row (which counts from 1). Raises InputError
        when no column is known to hold the text, and where a row is larger than any report, as after a quotation mark that
        never closes."""
        dialect = tell(_seen(given.head()), True)
        # the limit is the process's own; it is only ever raised
        csv.field_size_limit(max(csv.field_size_limit(), _LARGEST_ROW))
        encoding = encoding_of(given)
        given.stream.seek(0)
        text = io.TextIOWrapper(given.stream, encoding, "replace", newline="")
        try:
            yield from _reports(_Lines(given.name, text), dialect, options)
        finally:
            # a wrapper that is thrown away closes its stream, which the hash is still taken from
            with contextlib.suppress(ValueError):
                text.detach()


DELIMITED = Delimited()


def _reports(lines: _Lines, dialect: Dialect, options: Options) -> Iterator[Document | Failed]:
    if dialect.told:
        next(lines)
    rows = csv.reader(lines, delimiter=dialect.sign)
    names = _tidy(_next(rows, lines) or [])
    check_names(lines.name, names)
    columns = find_columns(lines.name, names, options)
    lines.row = 1
    while (cells := _next(rows, lines)) is not None:
        if any(cell.strip() for cell in cells):
            yield report(lines.name, lines.row, dict(zip(names, cells, strict=False)), columns, Delimited.name)
            lines.row += 1
    if lines.row == 1:
        raise InputError(f"{lines.name}: a heading of columns without rows; give one row for each report")


def tell(seen: str, labelled: bool) -> Dialect:
    """The dialect of the beginning of some text; how sure is 0 where it is no table. `labelled`: its name or sender calls it
    one."""
    told = _TOLD.match(seen)
    if told:
        return Dialect(told[1], 0.9, True)
    return max((_dialect(seen, sign, labelled) for sign in _SIGNS), key=lambda d: d.sure)


def _dialect(seen: str, sign: str, labelled: bool) -> Dialect:
    rows = _rows(seen, sign)
    names = _tidy(rows[0]) if rows else []
    if not _heads(names):
        return Dialect(sign, 0.0)
    # the last row may be cut off
    whole = rows[1:-1] if len(rows) > 2 else rows[1:]
    agreeing = sum(len(row) == len(names) for row in whole)
    known = {key for name in names if (key := holds(name))}
    if len(names) == 1:
        quoted = '"' in seen[len(names[0]) : len(names[0]) + 5]
        single = "text" in known and whole and agreeing == len(whole) and (labelled or quoted)
        return Dialect(sign, 0.7 if single else 0.0)
    if agreeing < 0.8 * len(whole):
        return Dialect(sign, 0.0)
    spaced = all(name.startswith(" ") for name in rows[0][1:])
    if "text" in known and len(known) > 1 and (agreeing or not spaced):
        return Dialect(sign, 0.9 + 0.001 * len(names))
    simple = all(_SIMPLE.fullmatch(name) or not name for name in rows[0])
    if ("text" in known and agreeing and (labelled or simple)) or (labelled and (agreeing or not spaced)):
        return Dialect(sign, 0.8)
    return Dialect(sign, 0.5 if simple and len(names) > 2 and agreeing > 1 else 0.0)


def _heads(names: list[str]) -> bool:
    """Whether these may be the names of columns: short, each its own, no sentence."""
    if not names or len(names) > _MOST_COLUMNS or not any(names):
        return False
    filled = [n for n in names if n]
    return (
        len(filled) >= len(names) - 1
        and len({n.casefold() for n in filled}) == len(filled)
        and all(len(n) <= _LONGEST_NAME and len(n.split()) <= 6 and n[-1] not in '.!?:…”"' and not n.isdigit() for n in filled)
    )


def _rows(seen: str, sign: str) -> list[list[str]]:
    """The rows of the beginning, at most a hundred; what can't be read as rows is none."""
    rows: list[list[str]] = []
    try:
        for row in csv.reader(io.StringIO(seen, newline=""), delimiter=sign):
            if any(cell.strip() for cell in row):
                rows.append(row)
            if len(rows) > 100:
                break
    except csv.Error:
        return []
    return rows


def _tidy(names: list[str]) -> list[str]:
    return [" ".join(name.replace("\ufeff", "").split()) for name in names]


def _seen(head: bytes) -> str:
    for mark, encoding in _BOMS:
        if head.startswith(mark):
            return head[: len(head) & ~1 if encoding == "utf-16" else None].decode(encoding, "ignore")
    return head.decode("utf-8", "replace")


def encoding_of(given: Input) -> str:
    """The encoding of a text of any length, in constant memory: by byte order mark, UTF-8 where most of it is, else
    Windows-1252, as spreadsheets write."""
    head = given.head(4)
    for mark, encoding in _BOMS:
        if head.startswith(mark):
            return encoding
    decoder = codecs.getincrementaldecoder("utf-8")("replace")
    given.stream.seek(0)
    broken = beyond = 0
    while chunk := given.stream.read(_CHUNK):
        text = decoder.decode(chunk)
        if not text.isascii():
            broken += text.count("\ufffd")
            beyond += len(text) - len(text.encode("ascii", "ignore"))
    return "utf-8" if broken <= 0.5 * beyond else "cp1252"


class _Lines:
    """The lines of a stream as text, with a bound on those of one row."""

    def __init__(self, name: str, text: io.TextIOWrapper) -> None:
        self.name = name
        self._text = text
        self._taken = 0
        self.row = 0

    def begin(self) -> None:
        """A new row begins."""
        self._taken = 0

    def __iter__(self) -> _Lines:
        return self

    def __next__(self) -> str:
        line = self._text.readline(_LARGEST_ROW + 1)
        if not line:
            raise StopIteration
        self._taken += len(line)
        if self._taken > _LARGEST_ROW:
            said = f"a row of more than {_LARGEST_ROW >> 20} million characters"
            raise InputError(f"{self.name}#{self.row}: {said}; look for a quotation mark that never closes")
        return line


def _next(rows: Iterator[list[str]], lines: _Lines) -> list[str] | None:
    lines.begin()
    try:
        return next(rows, None)
    except csv.Error as error:
        raise InputError(f"{lines.name}#{lines.row}: no row of a table ({error}); save it as CSV anew") from None
