"""Content codings of HTTP (RFC 9110, 8.4.1), undone piece by piece, so that a small answer can't fill the memory or the disk.

gzip and deflate are asked for and undone. Brotli and others are not asked for, and refused where a host sends them unasked:
only recent decoders of Brotli can stop at a limit.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator

from communique.sources.web.wire import Unreachable

ACCEPTED = "gzip, deflate"
_STEP = 1 << 18
_GZIP = 16 + zlib.MAX_WBITS
_MEMBER = b"\x1f\x8b"
_BROKEN = "comes packed in a way that is broken; read it again later"


def unpacked(raw: Iterable[bytes], coding: str, most: int) -> Iterator[bytes]:
    """The body of an answer as it was before its `coding` (the line Content-Encoding), in pieces of at most 256 KiB where
    it was packed. Raises Unreachable when it is larger than `most` bytes, packed or unpacked, or broken."""
    pieces = _undone(_limited(raw, most), coding.strip().casefold())
    return _limited(pieces, most)


def _limited(pieces: Iterable[bytes], most: int) -> Iterator[bytes]:
    size = 0
    for piece in pieces:
        size += len(piece)
        if size > most:
            said = f"larger than {most >> 20} MB" if most >> 20 else f"larger than {most} bytes"
            raise Unreachable(f"{said}; fetch it by other means and give the file")
        yield piece


def _undone(raw: Iterable[bytes], coding: str) -> Iterator[bytes]:
    if coding in {"", "identity"}:
        yield from raw
    elif coding in {"gzip", "x-gzip"}:
        yield from _inflated(raw, _GZIP)
    elif coding == "deflate":
        yield from _deflated(raw)
    else:
        said = f"comes packed as {coding[:40]!r}, which was not asked for"
        raise Unreachable(f"{said}; fetch it by other means and give the file")


def _deflated(raw: Iterable[bytes]) -> Iterator[bytes]:
    """By the RFC it is wrapped as zlib does; some hosts leave the wrapping out. The first two bytes tell."""
    rest = iter(raw)
    first = b""
    while len(first) < 2 and (chunk := next(rest, None)) is not None:
        first += chunk
    wrapped = len(first) >= 2 and first[0] & 15 == 8 and int.from_bytes(first[:2], "big") % 31 == 0

    def whole() -> Iterator[bytes]:
        yield first
        yield from rest

    yield from _inflated(whole(), zlib.MAX_WBITS if wrapped else -zlib.MAX_WBITS)


def _inflated(raw: Iterable[bytes], window: int) -> Iterator[bytes]:
    """Of gzip all members that follow each other; what stands after the end and is none is left aside."""
    decoder = zlib.decompressobj(window)
    begun = False
    try:
        for chunk in raw:
            while chunk:
                if decoder.eof:
                    if window != _GZIP or not _MEMBER.startswith(chunk[:2]):
                        return
                    decoder = zlib.decompressobj(window)
                begun = True
                yield decoder.decompress(chunk, _STEP)
                chunk = decoder.unconsumed_tail or decoder.unused_data
        yield decoder.flush()
    except zlib.error:
        raise Unreachable(_BROKEN) from None
    if begun and not decoder.eof:
        raise Unreachable("breaks off before its end; read it again later")
