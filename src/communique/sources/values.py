"""JSON values one after the other: of an object, of an array, of lines and of values that merely follow each other, each taken
out as bytes without the ones beside it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from communique.errors import InputError
from communique.sources.inputs import Input

LARGEST = 16 << 20
MARKS = 250_000
_DEEPEST = 200
_CHUNK = 1 << 16
_OUTSIDE = re.compile(rb'["{}\[\]]')
_INSIDE = re.compile(rb'["\\]')
_WIDE = {b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}


def values(given: Input) -> Iterator[tuple[bytes, bool]]:
    """Each object of an input, with whether it stands in an array; an array in the outermost one is one value, and what else
    stands between values is passed over. Raises InputError when one is larger than a report may be, nested too deeply or
    not closed."""
    scan = _Scan(given.name)
    given.stream.seek(0)
    wide = _WIDE.get(given.head(2))
    if wide:
        yield from scan.feed(_narrow(given, wide))
    else:
        while chunk := given.stream.read(_CHUNK):
            yield from scan.feed(chunk)
    if scan.depth:
        raise InputError(f"{given.name}: the JSON breaks off after byte {scan.passed}; ask its sender for the whole of it")


def load(data: bytes, name: str) -> Any:
    """What a piece of JSON says. Raises InputError when it is none."""
    try:
        return json.loads(data.decode("utf-8"))
    except UnicodeDecodeError as error:
        raise InputError(f"{name}: not UTF-8 from byte {error.start} on; save it as UTF-8") from None
    except (ValueError, RecursionError) as error:
        raise InputError(f"{name}: no sound JSON ({error}); ask its sender for a sound copy") from None


def _narrow(given: Input, encoding: str) -> bytes:
    try:
        return given.read(LARGEST).decode(encoding).encode()
    except UnicodeError as error:
        raise InputError(f"{given.name}: begins as {encoding} but is not so throughout ({error}); save it as UTF-8") from None


class _Scan:
    """Finds where values begin and end; keeps the bytes of the one that is open."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.passed = self.depth = self.marks = 0
        self.quoted = self.listed = False
        self.kept: bytearray | None = None
        self.escaped = False

    def feed(self, chunk: bytes) -> Iterator[tuple[bytes, bool]]:
        """The values that end in this chunk."""
        at = begin = 0
        if self.escaped:
            at, self.escaped = 1, False
        while found := (_INSIDE if self.quoted else _OUTSIDE).search(chunk, at):
            at = found.end()
            mark = found[0]
            if mark == b"\\":
                self.escaped = at >= len(chunk)
                at += 1
            elif mark == b'"':
                self.quoted = not self.quoted
            elif mark in b"{[":
                if self._opens(mark):
                    begin = found.start()
            elif self._closes() and self.kept is not None:
                yield bytes(self.kept + chunk[begin:at]), self.listed
                self.kept = None
        if self.kept is not None:
            self.kept += chunk[begin:]
            if len(self.kept) > LARGEST:
                raise InputError(f"{self.name}: one report of more than {LARGEST >> 20} MB; split it")
        self.passed += len(chunk)

    def _opens(self, mark: bytes) -> bool:
        """Whether a value begins here."""
        self.depth += 1
        if self.depth > _DEEPEST:
            raise InputError(f"{self.name}: JSON nested more than {_DEEPEST} deep; no report is so made")
        if self.depth == 1:
            self.listed = mark == b"["
        self.marks += 1
        if self.marks > MARKS:
            raise InputError(f"{self.name}: one report with more than {MARKS:,} lists and objects; split it")
        begins = self.kept is None and (self.depth == 2 or mark == b"{")
        if begins:
            self.kept, self.marks = bytearray(), 1
        return begins

    def _closes(self) -> bool:
        """Whether a value ends here."""
        if not self.depth:
            raise InputError(f"{self.name}: a bracket of the JSON closes that none opened, near byte {self.passed}")
        self.depth -= 1
        return self.depth == (1 if self.listed else 0)
