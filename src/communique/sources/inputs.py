"""What comes in, before and while it is found out what it is."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO, Protocol

from communique.errors import InputError
from communique.types.analysis import Failed
from communique.types.text import Detail, Document, Published

HEAD = 1 << 14
_CHUNK = 1 << 20


@dataclass(frozen=True, slots=True)
class Limits:
    """How much is taken in: bytes of one report, of a file that holds many, and of all that is unpacked from one file;
    parts of one archive; archives within archives. `ratio`: how much larger than packed something may be unpacked."""

    report: int = 64 << 20
    unpacked: int = 16 << 30
    parts: int = 1_000_000
    depth: int = 4
    ratio: int = 200


@dataclass(slots=True)
class Meter:
    """Counts, in bytes, what is unpacked from one file with all archives within it, and how large that file is itself."""

    packed: int = 0
    unpacked: int = 0


@dataclass(frozen=True, slots=True)
class Options:
    """How inputs are read: the columns of tables (`text`, `title`, `url`, `published`, `publisher`, `byline`, `id` → the
    table's name for it), where originals are kept, whether private addresses may be asked, and the limits."""

    columns: tuple[tuple[str, str], ...] = ()
    keep_raw: Path | None = None
    private: bool = False
    limits: Limits = field(default_factory=Limits)


@dataclass(frozen=True, slots=True)
class Given:
    """What is known of a report before it is opened, from the feed, page or archive that it came by. What the report itself
    says goes before it."""

    url: str | None = None
    title: str | None = None
    publisher: str | None = None
    published: Published | None = None
    byline: tuple[str, ...] = ()
    syndicated_from: tuple[str, ...] = ()
    details: tuple[Detail, ...] = ()


@dataclass(frozen=True, slots=True)
class Input:
    """Bytes that came in. `name` is what errors and `Document.source` call it; `stream` can seek and stands at its
    beginning; `media` and `charset` are what the sender says, which may be wrong; `depth` counts the archives around it,
    `meter` what is unpacked from the outermost."""

    name: str
    stream: BinaryIO
    media: str | None = None
    charset: str | None = None
    given: Given = field(default_factory=Given)
    depth: int = 0
    meter: Meter = field(default_factory=Meter, repr=False, compare=False)
    _digests: list[str] = field(default_factory=list, repr=False, compare=False)

    def head(self, size: int = HEAD) -> bytes:
        """The first bytes; the stream stays where it is."""
        at = self.stream.tell()
        self.stream.seek(0)
        found = self.stream.read(size)
        self.stream.seek(at)
        return found

    def read(self, most: int) -> bytes:
        """All bytes. Raises InputError when there are more than `most`."""
        self.stream.seek(0)
        found = self.stream.read(most + 1)
        if len(found) > most:
            raise InputError(f"{self.name}: larger than {most >> 20} MB; split it into one file for each report")
        return found

    def digest(self) -> str:
        """SHA-256 of all bytes, in hexadecimal digits; the stream stays where it is. Taken once: a table asks for each row."""
        if not self._digests:
            at, found = self.stream.tell(), hashlib.sha256()
            self.stream.seek(0)
            while chunk := self.stream.read(_CHUNK):
                found.update(chunk)
            self.stream.seek(at)
            self._digests.append(found.hexdigest())
        return self._digests[0]


@dataclass(frozen=True, slots=True)
class Link:
    """An address that stands for a report. `instead` is what is taken where it can't be had."""

    url: str
    given: Given = field(default_factory=Given)
    instead: Document | None = None


Found = Document | Input | Link | Failed


class Format(Protocol):
    """One format: tells whether something is of it, and what it holds."""

    name: str

    def recognises(self, head: bytes, name: str, media: str | None) -> float:
        """How sure it is, from 0 to 1, by the first `HEAD` bytes; name and media type may only decide what these leave open."""
        ...

    def read(self, given: Input, options: Options) -> Iterator[Found]:
        """The reports, or further inputs and addresses, one at a time. Raises InputError where it can't go on; what it
        yielded before stays. A part that can't be read is yielded as `Failed`."""
        ...


def part(outer: Input, name: str, content: bytes | BinaryIO, **fields: object) -> Input:
    """An input within another; what is given of the outer one holds for it unless `given` is passed."""
    stream = io.BytesIO(content) if isinstance(content, bytes) else content
    known = {"given": outer.given, "depth": outer.depth + 1, "meter": outer.meter} | fields
    return Input(f"{outer.name}#{name}", stream, **known)  # type: ignore[arg-type]
