"""Lines of tab-separated event files as columns of values, many lines at a time."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from communique.ontology.datasets import Kind

_TYPES: Mapping[Kind, pa.DataType] = {"text": pa.string(), "whole": pa.int64(), "number": pa.float64(), "day": pa.date32()}
_NOTHING = pa.array(["NA", "NULL", "None"])


def split_cells(lines: Sequence[bytes], width: int) -> list[pa.Array]:
    """The cells of lines that have `width` each, by column, without quotation marks and white space around; empty
    ones are null. Raises ArrowInvalid where a line is no UTF-8."""
    texts = pc.ascii_rtrim(pa.array(lines, pa.string()), characters="\r")
    cells = pc.list_flatten(pc.split_pattern(texts, "\t"))
    quoted = pc.and_(pc.starts_with(cells, '"'), pc.match_like(cells, '"%"'))
    if pc.any(quoted).as_py():
        inner = pc.replace_substring(pc.utf8_slice_codeunits(cells, 1, -1), '""', '"')
        cells = pc.if_else(quoted, inner, cells)
    cells = pc.utf8_trim_whitespace(cells)
    cells = pc.if_else(pc.equal(cells, ""), None, cells)
    places = pa.array(range(0, len(cells), width), pa.int64())
    return [cells.take(pc.add(places, column)) for column in range(width)]


def read_column(name: str, kind: Kind, cells: pa.Array) -> tuple[pa.Array, dict[int, str]]:
    """The values of a column, and what is wrong with those cells that have none, by their places."""
    if kind == "text":
        return cells, {}
    given = pc.if_else(pc.is_in(cells, value_set=_NOTHING), None, cells)
    plain = _plain(kind, given)
    return (plain, {}) if plain is not None else _one_by_one(name, kind, given)


def _plain(kind: Kind, cells: pa.Array) -> pa.Array | None:
    """All values at once; none where a cell is not written plainly."""
    if kind == "day":
        return None
    try:
        values = pc.cast(cells, _TYPES[kind])
    except pa.ArrowInvalid:
        return None
    # pyarrow reads hexadecimals, and what is not finite
    odd = pc.match_substring(cells, "x", ignore_case=True) if kind == "whole" else pc.invert(pc.is_finite(values))
    return None if pc.any(odd).as_py() else values


def _one_by_one(name: str, kind: Kind, cells: pa.Array) -> tuple[pa.Array, dict[int, str]]:
    """The same, each different cell by itself."""
    coded = cells.dictionary_encode()
    values: list[Any] = []
    wrong: dict[int, str] = {}
    for code, cell in enumerate(coded.dictionary.to_pylist()):
        try:
            values.append(_READ[kind](cell))
        except ValueError:
            values.append(None)
            wrong[code] = f"{name}: {cell[:40]!r} is no {kind if kind == 'day' else 'number'}"
    places = pc.is_in(coded.indices, value_set=pa.array(wrong, pa.int32())) if wrong else None
    at = pc.indices_nonzero(places).to_pylist() if places is not None else []
    codes = coded.indices.take(pa.array(at, pa.int64())).to_pylist()
    return pa.array(values, _TYPES[kind]).take(coded.indices), {i: wrong[code] for i, code in zip(at, codes, strict=True)}


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
