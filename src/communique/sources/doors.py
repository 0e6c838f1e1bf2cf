"""The doors: a file, a folder, the standard input. (Addresses come in by `web.py`.)"""

from __future__ import annotations

import os
import re
import stat
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, cast

from communique.errors import InputError
from communique.sources.inputs import Input, Options
from communique.types.analysis import Failed

_IN_MEMORY = 16 << 20
_CHUNK = 1 << 20
_ABOUT = re.compile(
    r"(?i)(?:(?:README|LICEN[CS]E|COPYING|NOTICE|CHANGELOG|CONTRIBUTING)(?:\.(?:md|txt|rst))?|(?:.*\.)?gold\.json|.*\.codebook\.ya?ml)"
)
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+://")


def door(name: str, options: Options) -> Iterator[Input | Failed]:
    """The inputs behind a path, or standard input for `-`; of a folder those of `walk`. Raises InputError when there is
    nothing to open."""
    if name == "-":
        yield Input("-", spool(cast("BinaryIO", sys.stdin.buffer), "-", options.limits.unpacked))
        return
    if not name:
        raise InputError("the name of the file is empty; give a file or text that holds a report")
    if _SCHEME.match(name):
        said = "no address that can be asked; addresses begin with http:// or https://, and files are named by their path"
        raise InputError(f"{name}: {said}")
    path = Path(name)
    try:
        folder = path.is_dir()
    except (OSError, ValueError) as error:
        raise _unreadable(name, error) from None
    if folder:
        yield from _files(path)
    else:
        yield open_file(path)


def open_file(path: Path) -> Input:
    """A file as an input. Raises InputError when it is missing, can't be read, or is no file."""
    try:
        stream = path.open("rb")
        if not stat.S_ISREG(os.fstat(stream.fileno()).st_mode):
            with stream:
                return Input(str(path), spool(stream, str(path), _IN_MEMORY))
    except FileNotFoundError:
        raise InputError(f"{path}: no such file; check the path, or give - to read standard input") from None
    except (OSError, ValueError) as error:
        raise _unreadable(str(path), error) from None
    return Input(str(path), stream)


def spool(stream: BinaryIO, name: str, most: int) -> BinaryIO:
    """What a stream holds, where it can be sought in: in memory, or on the disk when it is large. Raises InputError when there
    is more than `most` bytes of it."""
    kept = tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY)  # noqa: SIM115  # closed by whoever reads the input
    size = 0
    while chunk := stream.read(_CHUNK):
        size += len(chunk)
        if size > most:
            kept.close()
            raise InputError(f"{name}: larger than {most >> 20} MB; split it")
        kept.write(chunk)
    kept.seek(0)
    return cast("BinaryIO", kept)


def tells_of_reports(name: str) -> bool:
    """Whether a file is called as what lies beside reports and is none: a README, a licence, a gold annotation, a codebook."""
    return _ABOUT.fullmatch(name) is not None


def walk(folder: Path) -> Iterator[Path]:
    """Every file in a folder and below, in the order of their names, without hidden ones, links that lead out of it, and what
    tells of reports."""
    for root, folders, files in os.walk(folder, onerror=None):
        folders[:] = sorted(f for f in folders if not f.startswith("."))
        for name in sorted(f for f in files if not f.startswith(".") and not tells_of_reports(f)):
            path = Path(root) / name
            if not path.is_symlink() or path.resolve().is_relative_to(folder.resolve()):
                yield path


def _files(folder: Path) -> Iterator[Input | Failed]:
    found = False
    for path in walk(folder):
        found = True
        try:
            yield open_file(path)
        except InputError as error:
            yield Failed(str(path), "source", error)
    if not found:
        raise InputError(f"{folder}: a folder without files that can be reports; give one that holds some")


def _unreadable(name: str, error: Exception) -> InputError:
    reason = error.strerror if isinstance(error, OSError) and error.strerror else error
    return InputError(f"{name}: can't be read ({reason}); check the path and the permissions")
