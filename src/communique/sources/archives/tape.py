"""A WARC file as its reader wants it: unpacked, from any record on; and where the next record begins once one is damaged."""

from __future__ import annotations

import io
import re
from collections import deque

from communique.errors import InputError
from communique.sources.archives.unpacking import (
    GZIP,
    Broken,
    Forward,
    Metered,
    Readable,
    Unpacker,
    beginning,
    magic_of,
    unpacker,
)
from communique.sources.inputs import Input, Options

WARC = re.compile(rb"WARC/[01]\.\d{1,2}\r?\n")
_LENGTH = re.compile(rb"(?im)^content-length:[ \t]*(\d{1,18})[ \t]*\r?$")
_STEP = 1 << 20
_HEADER = 1 << 16
_LAP = 32
_PEEK = 4096
_MOST_TRIES = 100_000


class Tape:
    """A file from byte `at` on, unpacked where it is packed. Raises Broken and Exceeded as what unpacks it does."""

    def __init__(self, given: Input, options: Options, at: int = 0) -> None:
        magic = magic_of(given.head(16))
        self._size = 0
        self._starts = deque([(0, at)])
        self.plain = magic is None
        self.packed: Unpacker | None = None
        source: Readable
        if magic is None:
            source = Forward(given.stream, at)
        elif magic == GZIP:
            source = self.packed = Unpacker(given.stream, magic, at)
        else:
            source = unpacker(given.stream, magic)
        self._source = source if magic is None else Metered(source, given.name, given, options.limits)

    def read(self, size: int = -1, /) -> bytes:
        """At most `size` bytes, unpacked; none at the end."""
        found = self._source.read(size)
        if self.packed is not None and self.packed.member != self._starts[-1][1]:
            self._starts.append((self._size, self.packed.member))
        self._size += len(found)
        return found

    def tell(self) -> int:
        """How much was read, unpacked."""
        return self._size

    def place(self, position: int) -> int:
        """The byte of the file at which the record begins that begins at `position` of what was read; where it is packed,
        the byte at which its gzip member does. To be asked in rising order."""
        while len(self._starts) > 1 and self._starts[1][0] <= position:
            self._starts.popleft()
        return self._starts[0][1] + (position if self.plain else 0)


def end_of(given: Input, options: Options, at: int) -> tuple[int, bool]:
    """The byte after the record that begins at byte `at`, and whether the record is whole as far as that can be told: where
    its gzip member ends and is sound, or by the length that it states. Else the next byte."""
    magic = magic_of(given.head(16))
    if magic is None:
        given.stream.seek(at)
        header, _, rest = given.stream.read(_HEADER).partition(b"\r\n\r\n")
        length = _LENGTH.search(header) if rest else None
        return (at + len(header) + 4 + int(length[1]), True) if length else (at + 1, False)
    if magic != GZIP:
        return given.stream.seek(0, io.SEEK_END), True
    tape = Tape(given, options, at)
    assert tape.packed is not None
    try:
        while tape.packed.member == at and tape.read(_STEP):
            pass
    except Broken:
        if tape.packed.member == at:
            return at + 1, False
    return tape.packed.member if tape.packed.member > at else tape.packed.tell(), True


def next_record(given: Input, start: int) -> int | None:
    """The first byte from `start` on at which a record begins; None when there is none."""
    packed = magic_of(given.head(16)) is not None
    sought, tries = re.compile(re.escape(GZIP)) if packed else WARC, 0
    at = start
    while True:
        given.stream.seek(max(0, at - 1))
        before = min(1, at)
        block = given.stream.read(_STEP + before)
        for hit in sought.finditer(block, before):
            place = at - before + hit.start()
            tries += 1
            if tries > _MOST_TRIES:
                raise InputError(f"{given.name}: damaged from byte {start:,} on; get it once more")
            if _begins(given, place) if packed else (place == start or block[hit.start() - 1 : hit.start()] == b"\n"):
                return place
        if len(block) < _STEP + before:
            return None
        at += _STEP - _LAP


def _begins(given: Input, place: int) -> bool:
    """Whether a gzip member at that byte holds a record."""
    given.stream.seek(place)
    return WARC.match(beginning(io.BytesIO(given.stream.read(_PEEK)), _LAP)) is not None
