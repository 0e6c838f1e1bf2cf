"""Tables in JSON: one object a line (JSON Lines, NDJSON), an array of objects, objects that follow each other; and records
of our own, which are read again from their document's text."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import chain
from typing import Any, cast

from communique.errors import DataError, InputError
from communique.sources.inputs import HEAD, Input, Options
from communique.sources.tables.tabular import Columns, find_columns, flat, report
from communique.sources.text import extracted, identify
from communique.sources.values import values
from communique.types import codec
from communique.types.analysis import Failed
from communique.types.text import Document, Published

_BOM = b"\xef\xbb\xbf"
_OBJECT = re.compile(rb'\s*(?:(?:\[\s*)?\{\s*(?:"(?:[^"\\]|\\.)*"\s*:|\}|$)|\[\s*\]\s*$)')
_OURS = re.compile(rb'\s*(?:\[\s*)?\{\s*"communique"\s*:\s*"[^"]*"\s*,\s*"document"\s*:\s*\{')
_HALF = re.compile("[\ud800-\udfff]")
_ESCAPED_HALF = re.compile(rb"\\u[dD][89a-fA-F]")
_KNOWN_ROWS = 100
_KNOWN_BYTES = 1 << 20
_TAKEN_AGAIN = ("url", "publisher", "title", "byline", "syndicated_from", "format", "raw", "details")
_SAID = ("given", "metadata")

Row = tuple[int, "dict[str, Any] | InputError"]


class JsonRows:
    """Objects of which each is a report, or a record that Communique wrote."""

    name = "json"

    def recognises(self, head: bytes, name: str, media: str | None) -> float:
        """By an object, or an array that begins with one; surely where it is a record of ours."""
        head = _utf8(head)
        if _OURS.match(head):
            return 0.95
        if not _OBJECT.match(head):
            return 0.0
        return 0.8 if by_lines(head) or head.lstrip().startswith(b"[") else 0.7

    def read(self, given: Input, options: Options) -> Iterator[Document | Failed]:
        """A report for each object, or the record's; the failure of one names its row (which counts from 1, empty lines left
        out) and does not stop the others. Raises InputError when the first rows have no text, or when it breaks off."""
        lined = by_lines(_utf8(given.head(HEAD)))
        form = "jsonl" if lined else self.name
        rows = _lines(given, options) if lined else _values(given)
        first, size = [], 0
        for row, length in rows:
            first.append(row)
            size += length
            if len(first) >= _KNOWN_ROWS or size > _KNOWN_BYTES:
                break
        else:
            first = _unwrapped(first, options)
        if not first:
            raise InputError(f"{given.name}: JSON without an object; give an array or lines of objects, one for each report")
        columns = _columns(given.name, first, options)
        for number, found in chain(first, (row for row, _ in rows)):
            yield _report(given.name, number, found, columns, form)


JSON = JsonRows()


def by_lines(head: bytes) -> bool:
    """Whether the first line is a whole object, or an object that goes on beyond what is seen of it."""
    line, end, _ = head.lstrip().partition(b"\n")
    if not line.startswith(b"{"):
        return False
    if not end and len(head) >= HEAD - len(_BOM):
        return True
    try:
        return isinstance(json.loads(line), dict)
    except (ValueError, RecursionError):
        return False


def _utf8(head: bytes) -> bytes:
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return head[: len(head) & ~1].decode("utf-16", "replace").encode()
    return head.removeprefix(_BOM)


def _lines(given: Input, options: Options) -> Iterator[tuple[Row, int]]:
    """Numbered objects of lines, with the length of each; of a line that is none, the error."""
    given.stream.seek(0)
    wide = given.head(2) in (b"\xff\xfe", b"\xfe\xff")
    if wide:
        yield from _values(given)
        return
    number = at = 0
    while line := given.stream.readline(options.limits.report + 1):
        at += 1
        if len(line) > options.limits.report:
            raise InputError(f"{given.name}: line {at} is longer than {options.limits.report >> 20} MB; split it")
        line = line.removeprefix(_BOM).strip()
        if line:
            number += 1
            yield (number, _object(line, f"{given.name}#{number}", f"line {at}")), len(line)


def _values(given: Input) -> Iterator[tuple[Row, int]]:
    """Numbered objects of an array, or that follow each other."""
    for number, (value, _) in enumerate(values(given), 1):
        yield (number, _object(value.removeprefix(_BOM), f"{given.name}#{number}", f"object {number}")), len(value)


def _object(data: bytes, name: str, place: str) -> dict[str, Any] | InputError:
    try:
        found = json.loads(data.decode("utf-8"))
    except UnicodeDecodeError as error:
        return InputError(f"{name}: {place} is no UTF-8 from byte {error.start} on; save it as UTF-8")
    except (ValueError, RecursionError) as error:
        return InputError(f"{name}: {place} is no sound JSON ({error}); write it anew or take it out")
    if not isinstance(found, dict):
        return InputError(f"{name}: {place} is no object; give one object with named values for each report")
    if _ESCAPED_HALF.search(data):
        found = json.loads(_HALF.sub("\ufffd", json.dumps(found, ensure_ascii=False)))
    return found if _document(found) else flat(found)


def _unwrapped(rows: list[Row], options: Options) -> list[Row]:
    """The rows of the only list of objects in a single object that is itself no report, as searches answer."""
    if len(rows) != 1 or not isinstance(rows[0][1], dict) or _document(rows[0][1]):
        return rows
    only = rows[0][1]
    lists = [v for v in only.values() if isinstance(v, list) and v and all(isinstance(o, dict) for o in v)]
    try:
        find_columns("", list(only), options)
    except InputError:
        if len(lists) == 1:
            return [(number, flat(row)) for number, row in enumerate(lists[0], 1)]
    return rows


def _columns(name: str, rows: list[Row], options: Options) -> Columns | None:
    """What is read from which name in the rows; none where they are records of ours. Raises the rows' own error where all are
    unsound."""
    objects = [row for _, row in rows if isinstance(row, dict)]
    if not objects:
        raise cast("InputError", rows[0][1])
    tables = [row for row in objects if not _document(row)]
    names = dict.fromkeys(key for row in tables for key in row)
    return find_columns(name, list(names), options) if tables else None


def _report(table: str, number: int, row: dict[str, Any] | InputError, columns: Columns | None, form: str) -> Document | Failed:
    name = f"{table}#{number}"
    if isinstance(row, InputError):
        return Failed(name, "source", row)
    if _document(row):
        return _again(name, row["document"])
    if columns is None:
        return Failed(name, "source", InputError(f"{name}: no record as those before it; keep tables and records apart"))
    return report(table, number, row, columns, form)


def _document(row: dict[str, Any]) -> bool:
    return isinstance(row.get("communique"), str) and isinstance(row.get("document"), dict)


def _again(name: str, found: dict[str, Any]) -> Document | Failed:
    """The document of a record, before anything was found in its text: what its source said of it stays."""
    text = found.get("text")
    try:
        if not isinstance(text, str):
            raise InputError(f"{name}: a record without document.text; give it whole")
        document = extracted(text, codec.load(str, found.get("source", name), text, "document.source"))
        known = {key: found[key] for key in _TAKEN_AGAIN if key in found}
        loaded = codec.load(
            Document, {"id": "", "text_id": document.text_id, "source": document.source, "text": text} | known, text
        )
        published = codec.load(Published, found.get("published", {}), text, "document.published")
        if published.origin in _SAID:
            loaded = replace(loaded, published=published)
        return identify(loaded)
    except DataError as error:
        return Failed(name, "source", InputError(f"{name}: no sound record, for {error}; take it as it was written"))
    except InputError as error:
        return Failed(name, "source", error)
