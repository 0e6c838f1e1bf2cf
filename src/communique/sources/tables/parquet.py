"""Tables in Apache Parquet, each row a report; read in batches, so that a file of any length takes little memory."""

from __future__ import annotations

import io
from collections.abc import Iterator
from itertools import count
from typing import Any

from communique.errors import InputError
from communique.sources.inputs import Input, Options
from communique.sources.tables.tabular import Columns, check_names, find_columns, flat, report
from communique.types.analysis import Failed
from communique.types.text import Document

_MAGIC = b"PAR1"
_LOCKED = b"PARE"
# few, since a value that is stored once and repeated takes its place in each
_ROWS = 32
_BUFFER = 1 << 20
_LEAST_PACKED = 1 << 20


class Parquet:
    """Rows of a Parquet file."""

    name = "parquet"

    def recognises(self, head: bytes, name: str, media: str | None) -> float:
        """By its magic bytes and the beginning of the Thrift structure that follows them."""
        return 0.95 if head.startswith((_MAGIC + b"\x15", _LOCKED)) else 0.0

    def read(self, given: Input, options: Options) -> Iterator[Document | Failed]:
        """A report for each row; the failure of one names its row (which counts from 1). Raises InputError when the file is
        encrypted, broken or unpacks to far more than it holds, and when no column is known to hold the text."""
        import pyarrow  # large libraries, which other formats don't need
        import pyarrow.parquet

        if given.head(4) == _LOCKED:
            raise InputError(f"{given.name}: an encrypted Parquet file; store it without encryption")
        given.stream.seek(0)
        try:
            source = pyarrow.PythonFile(given.stream, mode="r")
            file = pyarrow.parquet.ParquetFile(source, buffer_size=_BUFFER, pre_buffer=False)
            _refuse_bomb(given, file.metadata, options)
            schema = file.schema_arrow
            check_names(given.name, schema.names)
            shown = [f.name for f in schema if _readable(f.type)]
            columns = find_columns(given.name, list(_names(schema, shown)), options)
            numbers = count(1)
            for batch in file.iter_batches(_ROWS, columns=[n for n in shown if _wanted(n, columns)], use_threads=False):
                yield from _reports(given.name, batch, columns, numbers)
        except (pyarrow.ArrowException, OSError, ValueError, OverflowError, KeyError) as error:
            said = " ".join(str(error).split())[:200]
            raise InputError(f"{given.name}: a broken Parquet file ({said}); get a sound copy") from None
        if next(numbers) == 1:
            raise InputError(f"{given.name}: a Parquet file without rows; give one row for each report")


PARQUET = Parquet()


def _reports(table: str, batch: Any, columns: Columns, numbers: Iterator[int]) -> Iterator[Document | Failed]:
    for at in range(batch.num_rows):
        row = {name: _cell(column, at) for name, column in zip(batch.schema.names, batch.columns, strict=True)}
        yield report(table, next(numbers), flat(row), columns, PARQUET.name)


def _cell(column: Any, at: int) -> Any:
    """The value of a cell; none where Python has no such date, or the words no encoding."""
    import pyarrow

    value = column[at]
    if pyarrow.types.is_timestamp(value.type) and value.type.unit == "ns":
        value = value.cast(pyarrow.timestamp("us", value.type.tz), safe=False)
    try:
        return value.as_py()
    except (ValueError, OverflowError):
        return None


def _readable(kind: Any) -> bool:
    """Whether a column may hold something of a report: words, numbers, dates, lists of words, a structure."""
    from pyarrow import types

    if types.is_dictionary(kind):
        return _readable(kind.value_type)
    if types.is_list(kind) or types.is_large_list(kind):
        kind = kind.value_type
        return bool(types.is_string(kind) or types.is_large_string(kind) or types.is_struct(kind))
    return bool(types.is_struct(kind) or not types.is_nested(kind))


def _names(schema: Any, shown: list[str]) -> Iterator[str]:
    """The names that rows will have once they are flat."""
    from pyarrow import types

    for name in shown:
        kind = schema.field(name).type
        empty = {kind.field(i).name: None for i in range(kind.num_fields)} if types.is_struct(kind) else None
        yield from flat({name: empty})


def _wanted(name: str, columns: Columns) -> bool:
    known = (*columns.of.values(), *columns.others)
    return any(n == name or n.startswith(f"{name}.") for n in known)


def _refuse_bomb(given: Input, metadata: Any, options: Options) -> None:
    """Raises InputError where the rows are said to unpack to more than the limits allow. (The groups of rows are asked, not
    their columns: a column of broken metadata ends the whole program, as Arrow 26 does not catch its own exception there.)"""
    packed = given.stream.seek(0, io.SEEK_END)
    unpacked = sum(metadata.row_group(group).total_byte_size for group in range(metadata.num_row_groups))
    if unpacked > options.limits.ratio * max(packed, _LEAST_PACKED) or unpacked > options.limits.unpacked:
        raise InputError(f"{given.name}: {packed} bytes unpack to {unpacked}; no table of reports is so made")
