"""Plain text: from a path, standard input or a string to a `Document`; and what no other format recognises."""

from __future__ import annotations

import codecs
import hashlib
import logging
import re
import sys
import unicodedata
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from charset_normalizer import from_bytes

from communique.errors import InputError
from communique.sources.inputs import Input, Options
from communique.types.text import Document

LARGEST = 64 * 1024 * 1024
_SAMPLE = 1 << 16
_BINARY_SHARE = 0.02
_FEW_BROKEN = 0.02
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_MAGIC = {
    b"%PDF-": "a PDF document",
    b"\x89PNG": "a PNG image",
    b"\xff\xd8\xff": "a JPEG image",
    b"GIF8": "a GIF image",
    b"PK\x03\x04": "a ZIP archive or an office document",
    b"\xd0\xcf\x11\xe0": "an old office document",
    b"\x1f\x8b": "a gzip archive",
    b"BZh": "a bzip2 archive",
    b"\xfd7zXZ": "an xz archive",
    b"7z\xbc\xaf": "a 7z archive",
    b"\x7fELF": "a program",
    b"RIFF": "a media file",
    b"OggS": "a media file",
    b"ID3": "an MP3 file",
    b"SQLite format 3": "an SQLite database",
}
_CONTROLS = bytes(c for c in range(32) if c not in b"\t\n\v\f\r\x1b") + b"\x7f"
_SURROGATE = re.compile("[\ud800-\udfff]")
_log = logging.getLogger(__name__)


def read_text(source: str, data: bytes | None = None) -> Document:
    """A document from the file at `source`, from standard input if it is `-`, or from `data` if that is given (`source`
    then only names it). The text is the decoded input, character for character; a byte order mark is no part of it.

    Raises InputError for a missing or unreadable file, a folder, and input that is empty, binary, too large or in an
    encoding that can't be told.
    """
    if data is None:
        data = _standard_input() if source == "-" else _file(source)
    if len(data) > LARGEST:
        raise InputError(f"{source}: larger than {LARGEST >> 20} MB; split it into one file for each report")
    return from_string(decode(data, source), source)


def from_string(text: str, source: str = "<text>", publisher: str | None = None) -> Document:
    """A document from a string. Raises InputError if it holds nothing but white space, or half of a surrogate pair.

    `id` is a hash of publisher (else source) and text, `text_id` one of the text in NFKC, lower case and single spaces,
    so that reprints share it (SHA-256, first 32 hexadecimal digits).
    """
    if not text.strip():
        raise InputError(f"{source}: empty; give a file or text that holds a report")
    half = _SURROGATE.search(text)
    if half:
        said = f"character {half.start()} is half of a surrogate pair (U+{ord(half[0]):04X})"
        raise InputError(f"{source}: {said}; decode the text again, or take that character out")
    normal = re.sub(r"\s+", " ", unicodedata.normalize("NFKC", text)).strip().casefold()
    return identify(Document("", _digest(normal), source, text, publisher=publisher))


def extracted(text: str, source: str, publisher: str | None = None) -> Document:
    """A document from the text that was taken out of a format: as `from_string`, with \ufffd for null characters, which mean
    nothing there."""
    return from_string(text.replace("\0", "\ufffd"), source, publisher)


def identify(document: Document) -> Document:
    """The document with its `id` made anew, from its publisher (else its source) and its text."""
    return replace(document, id=_digest(f"{document.publisher or document.source}\0{document.text}"))


class PlainText:
    """The format that is left when no other recognises an input."""

    name = "text"

    def recognises(self, head: bytes, name: str, media: str | None) -> float:
        """Hardly, whatever it is."""
        return 0.01

    def read(self, given: Input, options: Options) -> Iterator[Document]:
        """One report. Raises InputError as `read_text` does."""
        document = read_text(given.name, given.read(min(LARGEST, options.limits.report)))
        yield replace(document, format=self.name)


TEXT = PlainText()


def decode(data: bytes, source: str) -> str:
    """The text of some bytes: by byte order mark, as UTF-8, else by the likeliest encoding, which is then logged."""
    if not data:
        raise InputError(f"{source}: empty; give a file or text that holds a report")
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return _strictly(data, encoding, source)
    wide = _wide(data)
    if wide:
        _log.warning("%s: no UTF-8, read as %s", source, wide)
        return _strictly(data, wide, source)
    _refuse_binary(data, source)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return _guessed(data, source)


def _standard_input() -> bytes:
    return sys.stdin.buffer.read(LARGEST + 1)


def _file(source: str) -> bytes:
    if not source:
        raise InputError("the name of the file is empty; give a file or text that holds a report")
    path = Path(source)
    try:
        if path.is_dir():
            raise InputError(f"{source}: a folder; name the files in it, as in {path / '*.txt'}")
        if path.stat().st_size > LARGEST:
            raise InputError(f"{source}: larger than {LARGEST >> 20} MB; split it into one file for each report")
        return path.read_bytes()
    except FileNotFoundError:
        raise InputError(f"{source}: no such file; check the path, or give - to read standard input") from None
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else error
        raise InputError(f"{source}: can't be read ({reason}); check the path and the permissions") from None


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:32]


def _strictly(data: bytes, encoding: str, source: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise InputError(f"{source}: begins as {encoding} but is not so from byte {error.start} on; save it as UTF-8") from None


def _wide(data: bytes) -> str | None:
    """UTF-16 without a mark shows as zeros in every other byte."""
    sample = data[:_SAMPLE]
    half = len(sample) // 2
    if half < 2 or len(data) % 2:
        return None
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    if odd > 0.6 * half and even < 0.05 * half:
        return "utf-16-le"
    if even > 0.6 * half and odd < 0.05 * half:
        return "utf-16-be"
    return None


def _refuse_binary(data: bytes, source: str) -> None:
    kind = next((name for magic, name in _MAGIC.items() if data.startswith(magic)), None)
    if kind in {"a media file", "an MP3 file", "a bzip2 archive"} and b"\0" not in data[:_SAMPLE]:
        kind = None
    sample = data[:_SAMPLE]
    controls = len(sample) - len(sample.translate(None, _CONTROLS))
    if kind is None and controls > _BINARY_SHARE * len(sample):
        kind = "binary data"
    if kind:
        raise InputError(f"{source}: not text but {kind}; give the report as plain text")


def _guessed(data: bytes, source: str) -> str:
    """UTF-8 with broken bytes if most of what is not ASCII is sound UTF-8; else, if few bytes are not ASCII, Windows-1252,
    the usual legacy encoding of English, or mended UTF-8 where that has no such byte; else what charset-normalizer finds."""
    mended = data.decode("utf-8", "replace")
    broken = mended.count("\ufffd")
    high = len(data) - len(data.translate(None, bytes(range(128, 256))))
    mostly_ascii = high < 0.1 * len(data)
    sound = sum(c > "\x7f" for c in mended) - broken
    most_broken = sound if broken <= _FEW_BROKEN * len(mended) else 0.1 * sound
    if broken <= most_broken:
        return _mended(mended, source)
    candidates = ["cp1252"] if mostly_ascii else _likeliest(data)
    for encoding in candidates:
        try:
            text = data.decode(encoding)
        except (UnicodeDecodeError, LookupError):
            continue
        _log.warning("%s: no UTF-8, read as %s", source, encoding)
        return text
    if mostly_ascii:
        return _mended(mended, source)
    raise InputError(f"{source}: in no encoding that can be told; save it as UTF-8")


def _mended(text: str, source: str) -> str:
    _log.warning("%s: UTF-8 with %d broken characters, shown as \ufffd", source, text.count("\ufffd"))
    return text


def _likeliest(data: bytes) -> list[str]:
    best = from_bytes(data[: 4 * _SAMPLE]).best()
    return [best.encoding] if best is not None else []
