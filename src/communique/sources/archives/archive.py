"""Archives: zip, tar (plain or compressed), and single files compressed with gzip, bzip2, xz or Zstandard.

zip by PKWARE's APPNOTE 6.3, tar as POSIX.1-2001 (ustar, pax), GNU and the seventh edition write it. Nothing is ever written
to disk under a member's name.
"""

from __future__ import annotations

import re
import stat
import tarfile
import zipfile
from collections.abc import Iterator
from typing import BinaryIO, cast

from communique.errors import InputError
from communique.sources.archives.unpacking import Broken, Exceeded, Forward, Metered, Readable, beginning, magic_of, unpacker
from communique.sources.doors import spool, tells_of_reports
from communique.sources.inputs import Found, Input, Options, part
from communique.types.analysis import Failed

_BLOCK = 512
_HEADERS = 4 << 20
_STEP = 1 << 20
_ZIP = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
_ENTRY = 46  # the least that a file takes in the list of a zip archive
_LOCAL = 30  # and before its content
_UNIX = 3
_ENCRYPTED = 1
_JUNK = {"__macosx", "thumbs.db", "desktop.ini", "ehthumbs.db"}
_DRIVE = re.compile(r"[A-Za-z]:")
_COMPRESSED = re.compile(r"(?i)\.(gz|bz2|xz|zst)$")


class Archive:
    """Archives and compressed files: each file in them is a further input, in the order in which they stand there. Folders,
    hidden files and what operating systems leave behind are passed over; links, devices, encrypted members and names that
    lead out of the archive are refused, each on its own."""

    name = "archive"

    def recognises(self, head: bytes, name: str, media: str | None) -> float:
        """By the first bytes. No more than 0.6: office documents are zip archives too, and know better."""
        if head.startswith(_ZIP) or magic_of(head) is not None or _is_tar(head[:_BLOCK]):
            return 0.6
        return 0.0

    def read(self, given: Input, options: Options) -> Iterator[Found]:
        """The members. Raises InputError where the archive can't be read on, or holds no file."""
        if given.head(4).startswith(_ZIP):
            found = _zip_members(given, options)
        elif _is_tar(beginning(given.stream, _BLOCK)):
            found = _tar_members(given, options)
        else:
            found = _single(given, options)
        count = 0
        for member in found:
            count += 1
            if count > options.limits.parts:
                raise InputError(f"{given.name}: more than {options.limits.parts:,} files in it; unpack it by other means")
            yield member
        if not count:
            raise InputError(f"{given.name}: an archive without files; give one that holds reports")


ARCHIVE = Archive()


def _single(given: Input, options: Options) -> Iterator[Found]:
    """What one compressed file holds; where it breaks off, what came before."""
    name = _COMPRESSED.sub("", re.split(r"[/\\#]", given.name)[-1]) or "content"
    source = _Mild(_unpacked(given, options))
    stream = spool(cast("BinaryIO", source), f"{given.name}#{name}", options.limits.unpacked)
    if source.size or source.broken is None:
        yield part(given, name, stream)
    if source.broken is not None:
        raise InputError(f"{given.name}: {source.broken} after {source.size:,} unpacked bytes; get the file once more")


def _unpacked(given: Input, options: Options) -> Metered:
    """What a file holds, once its compression, if any, is undone."""
    magic = magic_of(given.head())
    if magic is None:
        return Metered(Forward(given.stream), given.name, given, options.limits)
    source = unpacker(given.stream, magic)
    return Metered(source, given.name, given, options.limits, source.tell)


class _Mild:
    """Ends where its source breaks, and keeps what broke."""

    def __init__(self, source: Readable) -> None:
        self._source = source
        self.size = 0
        self.broken: Broken | None = None

    def read(self, size: int = -1, /) -> bytes:
        try:
            found = self._source.read(size)
        except Broken as error:
            self.broken = error
            return b""
        self.size += len(found)
        return found


def _zip_members(given: Input, options: Options) -> Iterator[Found]:
    try:
        archive = zipfile.ZipFile(cast("BinaryIO", _Careful(given.stream, _ENTRY * options.limits.parts)))
        members = archive.infolist()
        overlapping = _overlapping(members)
    except InputError as error:
        raise InputError(f"{given.name}: {error}") from None
    except Exception as error:  # the standard library raises a dozen kinds over a damaged list
        said = f"its list of files is missing or broken ({_told(error)})"
        raise InputError(f"{given.name}: {said}; get it once more, or mend it with zip -FF") from None
    for index, member in enumerate(members):
        name = clean(member.filename)
        if name.endswith("/") or _is_junk(name):
            continue
        refused = _refused(name) or _refused_in_zip(member) or ("it overlaps another" if index in overlapping else None)
        if refused:
            yield _failed(given, name, refused)
            continue
        try:
            with archive.open(member) as packed:
                source = Metered(packed, f"{given.name}#{name}", given, options.limits, lambda m=member: m.compress_size)  # type: ignore[misc]
                stream = spool(cast("BinaryIO", source), f"{given.name}#{name}", options.limits.unpacked)
        except Exceeded:
            raise
        except InputError as error:
            yield Failed(f"{given.name}#{name}", "source", error)
        except Exception as error:  # as above, over a damaged member
            yield _failed(given, name, f"it can't be unpacked ({_told(error)})")
        else:
            yield part(given, name, stream)


class _Careful:
    """A stream that is read in pieces of some size at most: the library takes the list of files whole."""

    def __init__(self, stream: BinaryIO, most: int) -> None:
        self._stream, self._most = stream, most
        self.seek, self.tell = stream.seek, stream.tell

    def read(self, size: int = -1, /) -> bytes:
        if size > self._most:
            raise InputError(f"its list of files has {size >> 20} MB; unpack it by other means")
        return self._stream.read(size)

    def seekable(self) -> bool:
        return True


def _overlapping(members: list[zipfile.ZipInfo]) -> set[int]:
    """Which of the members share bytes of the file with another; in honest archives none does."""
    found: set[int] = set()
    end, last = 0, -1
    for index in sorted(range(len(members)), key=lambda i: members[i].header_offset):
        member = members[index]
        if member.header_offset < end:
            found |= {last, index}
        stop = member.header_offset + _LOCAL + member.compress_size
        if stop > end:
            end, last = stop, index
    return found


def _refused_in_zip(member: zipfile.ZipInfo) -> str | None:
    if member.flag_bits & _ENCRYPTED:
        return "it is encrypted; unpack it with its password"
    kind = stat.S_IFMT(member.external_attr >> 16)
    if member.create_system == _UNIX and kind not in {0, stat.S_IFREG, stat.S_IFDIR}:
        return "it is a link or a device"
    return None


def _tar_members(given: Input, options: Options) -> Iterator[Found]:
    tape = _Tape(_unpacked(given, options))
    archive: tarfile.TarFile | None = None
    while True:
        try:
            tape.allowed = _HEADERS
            archive = archive or tarfile.TarFile(fileobj=cast("BinaryIO", tape), encoding="utf-8")
            member = archive.next()
            archive.members.clear()  # type: ignore[attr-defined]  # it would keep all of them
        except InputError:
            raise
        except Exception as error:  # the standard library raises many kinds over a damaged header
            raise _broken(given, tape, _told(error)) from None
        if member is None:
            break
        name = clean(member.name)
        if member.isdir() or _is_junk(name):
            continue
        refused = _refused(name) or _refused_in_tar(member)
        yield _failed(given, name, refused) if refused else part(given, name, _content(given, options, tape, member.size, name))
    if tape.block.strip(b"\0"):
        raise _broken(given, tape, "neither a file nor the end")


def _content(given: Input, options: Options, tape: _Tape, size: int, name: str) -> BinaryIO:
    """The bytes of the member that the tape stands at. Raises InputError when the archive breaks off within it."""
    source = _Content(tape, size)
    try:
        stream = spool(cast("BinaryIO", source), f"{given.name}#{name}", options.limits.unpacked)
    except Broken as error:
        raise _broken(given, tape, f"{error}, within {name}") from None
    if source.left:
        stream.close()
        raise _broken(given, tape, f"breaks off within {name}")
    return stream


class _Tape:
    """A tar archive, read forward. The library reads headers with `read`: no more than `allowed` bytes, so that one that
    says to be endless does not fill the memory. `block` is what it read last."""

    def __init__(self, source: Readable) -> None:
        self._source = source
        self._at = 0
        self.allowed = _HEADERS
        self.block = b""

    def read(self, size: int = -1, /) -> bytes:
        if not 0 <= size <= self.allowed:
            raise Broken(f"a header of more than {_HEADERS >> 20} MB")
        self.allowed -= size
        self.block = self.take(size)
        return self.block

    def take(self, size: int) -> bytes:
        """The next bytes; fewer only at the end."""
        pieces, wanted = [], size
        while wanted and (piece := self._source.read(wanted)):
            pieces.append(piece)
            wanted -= len(piece)
        self._at += size - wanted
        return b"".join(pieces)

    def seek(self, place: int, /) -> int:
        if place < self._at:
            raise Broken("a size below zero")
        while self._at < place and self.take(min(_STEP, place - self._at)):
            pass
        return self._at

    def tell(self) -> int:
        return self._at


class _Content:
    """The next `left` bytes of a tape."""

    def __init__(self, tape: _Tape, left: int) -> None:
        self._tape, self.left = tape, left

    def read(self, size: int = -1, /) -> bytes:
        found = self._tape.take(min(self.left, size if size >= 0 else _STEP))
        self.left -= len(found)
        return found


def _refused_in_tar(member: tarfile.TarInfo) -> str | None:
    if member.issym() or member.islnk():
        return "it is a link"
    if member.issparse():
        return "it is stored with holes; pack it as an ordinary file"
    return None if member.isreg() else "it is a device, or no file"


def _is_tar(block: bytes) -> bool:
    """Whether a block is a header of tar: its checksum is right."""
    try:
        return bool(block.strip(b"\0")) and tarfile.TarInfo.frombuf(block, "utf-8", "surrogateescape") is not None
    except Exception:  # whatever the library finds wrong with it
        return False


def clean(name: str) -> str:
    """A name as it can be shown and written: what can't be printed is replaced."""
    return "".join(c if c.isprintable() else "\ufffd" for c in name).removeprefix("./")


def _refused(name: str) -> str | None:
    """Why a name is none of a file within the archive."""
    if not name:
        return "it has no name"
    steps = re.split(r"[/\\]", name)
    if ".." in steps or not steps[0] or _DRIVE.match(name):
        return "its name leads out of the archive"
    return None


def _is_junk(name: str) -> bool:
    steps = re.split(r"[/\\]", name)
    return tells_of_reports(steps[-1]) or any(s.lower() in _JUNK or (s.startswith(".") and s not in {".", ".."}) for s in steps)


def _failed(given: Input, name: str, why: str) -> Failed:
    return Failed(f"{given.name}#{name}", "source", InputError(f"{given.name}#{name}: {why}"))


def _broken(given: Input, tape: _Tape, why: str) -> InputError:
    return InputError(f"{given.name}: broken at byte {tape.tell():,} of what is unpacked ({why}); get it once more")


def _told(error: Exception) -> str:
    return clean(str(error))[:200] or type(error).__name__
