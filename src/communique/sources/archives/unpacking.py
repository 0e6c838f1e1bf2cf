"""Unpacks gzip, bzip2, xz and Zstandard piece by piece, and stops what would fill the memory or the disk."""

from __future__ import annotations

import bz2
import contextlib
import io
import lzma
import zlib
from collections.abc import Callable
from typing import BinaryIO, Protocol, cast

from communique.errors import InputError
from communique.sources.inputs import Input, Limits

GZIP = b"\x1f\x8b\x08"
ZSTD = b"\x28\xb5\x2f\xfd"
_BZIP2 = b"BZh"
_XZ = b"\xfd7zXZ\0"
_MAGIC = 16
_STEP = 1 << 16
_MEMORY = 256 << 20


class Broken(Exception):
    """What is packed can't be unpacked further."""


class Exceeded(InputError):
    """So much came out of one file that nothing more is taken from it."""


class Readable(Protocol):
    """What can be read forward."""

    def read(self, size: int = -1, /) -> bytes:
        """At most `size` bytes, as many as come easily where it is negative; none at the end."""
        ...


class _Decompressor(Protocol):
    @property
    def eof(self) -> bool: ...
    @property
    def needs_input(self) -> bool: ...
    @property
    def unused_data(self) -> bytes: ...
    def decompress(self, data: bytes, max_length: int, /) -> bytes: ...


class _Gunzip:
    """One member of a gzip file (RFC 1952), with the methods that bzip2 and xz have."""

    def __init__(self) -> None:
        self._inner = zlib.decompressobj(16 + zlib.MAX_WBITS)

    @property
    def eof(self) -> bool:
        return self._inner.eof

    @property
    def needs_input(self) -> bool:
        return not self._inner.unconsumed_tail

    @property
    def unused_data(self) -> bytes:
        return self._inner.unused_data

    def decompress(self, data: bytes, max_length: int, /) -> bytes:
        return self._inner.decompress(self._inner.unconsumed_tail + data, max_length)


_KINDS: dict[bytes, Callable[[], _Decompressor]] = {
    GZIP: _Gunzip,
    _BZIP2: bz2.BZ2Decompressor,
    _XZ: lambda: lzma.LZMADecompressor(memlimit=_MEMORY),
}


class Forward:
    """A stream read forward from byte `at` on, wherever others that read it have left it."""

    def __init__(self, stream: BinaryIO, at: int = 0) -> None:
        self._stream, self._at = stream, at

    def read(self, size: int = -1, /) -> bytes:
        """At most `size` bytes (64 KiB where it is negative); none at the end."""
        self._stream.seek(self._at)
        found = self._stream.read(size if size >= 0 else _STEP)
        self._at += len(found)
        return found

    def tell(self) -> int:
        """The byte of the stream that is read next."""
        return self._at


class Unpacker:
    """The members of a gzip, bzip2 or xz file, one after the other, read forward from byte `at` of `stream`. `member` is
    the byte at which the one that was read last begins. Raises Broken when a member is damaged, breaks off or is followed
    by what is none; zeros between members are passed over."""

    def __init__(self, stream: BinaryIO, magic: bytes, at: int = 0) -> None:
        self._stream, self._magic = Forward(stream, at), magic
        self._ahead = b""
        self._inner: _Decompressor | None = None
        self.member = at

    def read(self, size: int = -1, /) -> bytes:
        """At most `size` bytes (64 KiB where it is negative), all of one member; none at the end."""
        most = size if size >= 0 else _STEP
        while most:
            if self._inner is None and not self._begin():
                return b""
            found = self._piece(most)
            if found:
                return found
        return b""

    def tell(self) -> int:
        """How much of the stream was read."""
        return self._stream.tell()

    def _begin(self) -> bool:
        while not (ahead := self._ahead.lstrip(b"\0")):
            if not (ahead := self._stream.read()):
                return False
            self._ahead = ahead
        self._ahead = ahead
        self.member = self.tell() - len(self._ahead)
        if len(self._ahead) < len(self._magic):
            self._ahead += self._stream.read()
        if not self._ahead.startswith(self._magic):
            raise Broken("something else follows")
        self._inner = _KINDS[self._magic]()
        return True

    def _piece(self, most: int) -> bytes:
        assert self._inner is not None
        data = b""
        if self._inner.needs_input:
            data = self._ahead or self._stream.read()
            self._ahead = b""
        ended = self._inner.needs_input and not data
        try:
            found = self._inner.decompress(data, most)
        except (zlib.error, lzma.LZMAError, OSError, EOFError, ValueError, MemoryError) as error:
            raise Broken(str(error) or "damaged") from None
        if self._inner.eof:
            self._ahead = self._inner.unused_data
            self._inner = None
        elif ended and not found:
            raise Broken("breaks off before its end")
        return found


class _Zstandard:
    """A Zstandard file (RFC 8878), read forward."""

    def __init__(self, stream: BinaryIO) -> None:
        from fastwarc.stream_io import ZstdReader  # rarely needed, and the standard library has none before Python 3.14

        self._stream = Forward(stream)
        self._inner = ZstdReader(cast("BinaryIO", self._stream))

    def read(self, size: int = -1, /) -> bytes:
        try:
            return self._inner.read(size if size >= 0 else _STEP)
        except (OSError, ValueError) as error:
            raise Broken(str(error)) from None

    def tell(self) -> int:
        return self._stream.tell()


def magic_of(head: bytes) -> bytes | None:
    """The bytes by which the compression of an input is known that begins so; None where it is not compressed."""
    if head.startswith(_BZIP2):
        return _BZIP2 if head[3:4] in b"123456789" and head[4:10] in {b"1AY&SY", b"\x17rE8P\x90"} else None
    return next((magic for magic in (GZIP, _XZ, ZSTD) if head.startswith(magic)), None)


def unpacker(stream: BinaryIO, magic: bytes) -> Unpacker | _Zstandard:
    """What unpacks a stream that begins with `magic`."""
    return _Zstandard(stream) if magic == ZSTD else Unpacker(stream, magic)


def beginning(stream: BinaryIO, size: int) -> bytes:
    """The first bytes of what a stream holds, unpacked where it is packed; fewer where it breaks off or is damaged."""
    magic = magic_of(Forward(stream).read(_MAGIC))
    source: Readable = Forward(stream) if magic is None else unpacker(stream, magic)
    found = b""
    with contextlib.suppress(Broken):  # a head is only a part, and what is damaged is for the reading to say
        while len(found) < size and (piece := source.read(size - len(found))):
            found += piece
    return found


class Metered:
    """Counts what is read from `source`, which is unpacked from `given`. Raises Exceeded when it is too much for the whole
    file, and InputError when it is more than a report may have and than `limits.ratio` times the bytes that `packed` says."""

    def __init__(
        self, source: Readable, name: str, given: Input, limits: Limits, packed: Callable[[], int] | None = None
    ) -> None:
        self._source, self._name, self._limits, self._packed = source, name, limits, packed
        self._meter = given.meter
        if not self._meter.packed:
            self._meter.packed = given.stream.seek(0, io.SEEK_END)
        self.size = 0

    def read(self, size: int = -1, /) -> bytes:
        """As the source reads."""
        self._check()
        found = self._source.read(size)
        self.size += len(found)
        self._meter.unpacked += len(found)
        self._check()
        return found

    def _check(self) -> None:
        limits, meter = self._limits, self._meter
        if meter.unpacked > min(limits.unpacked, max(limits.report, limits.ratio * meter.packed)):
            said = f"unpacks to more than {limits.unpacked >> 30} GB or {limits.ratio} times its size"
            raise Exceeded(f"{self._name}: the file that it came in {said}; unpack by other means what is needed")
        if self._packed is not None and self.size > max(limits.report, limits.ratio * self._packed()):
            raise InputError(f"{self._name}: unpacks to more than {limits.ratio} times its size; unpack it by other means")
