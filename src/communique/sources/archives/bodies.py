"""Undoes what HTTP does to the body of an answer (RFC 9112 section 7.1, RFC 9110 section 8.4), as it stands in an archive."""

from __future__ import annotations

import io
import re
import zlib

from communique.errors import InputError
from communique.sources.archives.unpacking import GZIP, Broken, Readable, Unpacker

_SIZE = re.compile(rb"[ \t]*([0-9A-Fa-f]{1,15})[ \t]*(?:;[^\r\n]{0,4096})?\r?\n")
_MOST_CODINGS = 3
_STEP = 1 << 16


def decode_body(body: bytes, transfer: str, content: str, most: int) -> tuple[bytes, bool]:
    """The body as the page's author sent it, and whether it is whole. `transfer` and `content` are the lines
    Transfer-Encoding and Content-Encoding; archives often keep them when they have undone what they say, so a body that does
    not look so is left as it is. Raises InputError, without a name, when it has more than `most` bytes, is damaged, or coded
    in a way that isn't known."""
    whole = True
    codings = [c for line in (content, transfer) for c in re.split(r"[,\s]+", line.lower()) if c and c != "identity"]
    if len(codings) > _MOST_CODINGS:
        raise InputError(f"its body is coded {len(codings)} times over")
    for coding in reversed(codings):
        body, all_of_it = _joined(body) if coding == "chunked" else _unpacked(body, coding, most)
        whole = whole and all_of_it
    return body, whole


def _joined(body: bytes) -> tuple[bytes, bool]:
    """The chunks of a body put together, and whether the last one is there."""
    pieces: list[bytes] = []
    at = 0
    while size := _SIZE.match(body, at):
        start, length = size.end(), int(size[1], 16)
        if not length:
            return b"".join(pieces), True
        pieces.append(body[start : start + length])
        at = start + length
        at += 2 if body.startswith(b"\r\n", at) else body.startswith(b"\n", at)
    return (b"".join(pieces), False) if pieces else (body, True)


def _unpacked(body: bytes, coding: str, most: int) -> tuple[bytes, bool]:
    source, size = _reader(body, coding), 0
    pieces: list[bytes] = []
    try:
        while piece := source.read(_STEP):
            pieces.append(piece)
            size += len(piece)
            if size > most:
                raise InputError(f"its body unpacks to more than {most >> 20} MB")
    except (Broken, OSError, ValueError, zlib.error):
        return (b"".join(pieces), False) if pieces else (body, True)
    return b"".join(pieces), True


def _reader(body: bytes, coding: str) -> Readable:
    if coding in {"gzip", "x-gzip"}:
        return Unpacker(io.BytesIO(body), GZIP)
    if coding == "deflate":
        return _Deflated(body)
    from fastwarc import stream_io  # rarely needed; the standard library has neither

    if coding == "br":
        return stream_io.BrotliReader(io.BytesIO(body))
    if coding == "zstd":
        return stream_io.ZstdReader(io.BytesIO(body))
    raise InputError(f"its body is coded as {coding[:40]!r}, which isn't known")


class _Deflated:
    """What is packed as deflate: wrapped as zlib does by the standard, bare from some hosts."""

    def __init__(self, body: bytes) -> None:
        wrapped = body[:1] and body[0] & 15 == 8 and int.from_bytes(body[:2], "big") % 31 == 0
        self._inner = zlib.decompressobj(zlib.MAX_WBITS if wrapped else -zlib.MAX_WBITS)
        self._body = body

    def read(self, size: int = -1, /) -> bytes:
        if self._inner.eof:
            return b""
        found = self._inner.decompress(self._body, size)
        self._body = self._inner.unconsumed_tail
        if not found and not self._inner.eof:
            raise Broken("breaks off before its end")
        return found
