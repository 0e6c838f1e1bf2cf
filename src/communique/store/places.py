"""Where desks lie: folders and buckets as users name them, those refused at the start that delta-rs would take for others."""

from __future__ import annotations

import os
import re
from pathlib import Path
from urllib.parse import unquote

from communique.errors import UsageError

BUCKETS = ("s3", "s3a", "gs", "az", "abfs", "abfss")
# of the first question to a bucket, so that one that can't be reached is told soon; later ones are tried for minutes
IMPATIENT = {"connect_timeout": "3s", "timeout": "4s", "max_retries": "1"}
_ADDRESS = re.compile(r"([A-Za-z][A-Za-z0-9+.-]+)://(.*)", re.DOTALL)
# delta-rs 1.6 takes paths for URLs: it fails at some signs, decodes %20, and cuts keys off at # and ?
_ODD = re.compile(r"[]\[^|\\\x00-\x1f\x7f\ud800-\udfff]|%[0-9A-Fa-f]{2}")
_ODD_KEY = re.compile(_ODD.pattern + r"|[%?#]|(?<=/)\.{0,2}(?=/)")
_COLOURS = re.compile(r"\x1b\[[0-9;]*m")
_REFUSED = re.compile(r"<Code>(.*?)</Code>")


def place_of(given: str) -> str:
    """A place as the tables are looked up in: the path of a folder, `~` being the home and the address of a file its path, or
    the address of a bucket, without a slash at the end. Raises UsageError where it is none of these, or has signs in it that
    lead elsewhere."""
    address = _ADDRESS.fullmatch(given)
    kind = address[1].lower() if address else "file"
    if kind == "file":
        return _folder(given, unquote(_local(given, address[2])) if address else given)
    if kind not in BUCKETS or not address:
        raise UsageError(f"{given}: no place for a desk; name a folder, or a bucket as s3://, gs:// or az://")
    place = f"{kind}://{address[2].rstrip('/')}"
    if not re.match(r"[^/]+", address[2]):
        raise UsageError(f"{given}: names no bucket; put it after the two slashes")
    if odd := _ODD_KEY.search(place.partition("://")[2] + "/"):
        raise UsageError(f"{given}: no desk can have {odd[0] or '//'!r} in its address; choose another")
    return place


def in_bucket(place: str) -> bool:
    """Whether a place that `place_of` gave is in a bucket."""
    return bool(_ADDRESS.match(place))


def _local(given: str, rest: str) -> str:
    host, slash, path = rest.partition("/")
    if not slash or host not in ("", "localhost"):
        raise UsageError(f"{given}: names no folder of this machine; write file:/// and the whole path")
    return slash + path


def _folder(given: str, path: str) -> str:
    if not path:
        raise UsageError("desk: no place is named; name a folder, or the address of a bucket")
    if path == "~" or path.startswith(("~/", "~" + os.sep)):
        path = os.path.expanduser(path)
    # links are followed by delta-rs, too; realpath refuses null characters, which are looked for before
    odd = _ODD.search(Path(path).as_posix()) or _ODD.search(Path(os.path.realpath(path)).as_posix())
    if odd:
        raise UsageError(f"{given}: no desk can lie in a folder with {odd[0]!r} in its path; choose another")
    return path.rstrip("/") or "/"


def told(error: Exception) -> str:
    """What an error of the disk, the network or delta-rs says, in one line."""
    return error.strerror if isinstance(error, OSError) and error.strerror else cause(str(error))


def cause(said: str) -> str:
    """The last of a chain of errors of delta-rs, which is the first cause; of what a bucket answers only the code."""
    last = _COLOURS.sub("", said).split("↳")[-1]
    return " ".join(_REFUSED.findall(last) or last.split())
