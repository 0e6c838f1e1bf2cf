"""JSON documents that hold one long array, written as it comes."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, BinaryIO

_JSON = json.JSONEncoder(ensure_ascii=False, allow_nan=False, separators=(",", ":"))


class ArrayWriter:
    """A JSON object with the members `head` and, as its last one or before the members of `close`, an array `name`."""

    def __init__(self, out: BinaryIO, head: Mapping[str, Any], name: str) -> None:
        self._out = out
        self._count = 0
        opening = encode(head)[:-1]
        out.write(opening + (b"," if head else b"") + encode(name) + b":[")

    def add(self, member: Mapping[str, Any]) -> None:
        """Write the next member of the array, on a line of its own."""
        self._out.write((b",\n" if self._count else b"\n") + encode(member))
        self._count += 1

    def close(self, tail: Mapping[str, Any] | None = None) -> None:
        """End the array and the object; `tail` has members that are known only now."""
        self._out.write(b"\n]" + (b"," + encode(tail)[1:] if tail else b"}") + b"\n")


def encode(value: object) -> bytes:
    """JSON in UTF-8."""
    return _JSON.encode(value).encode("utf-8", "backslashreplace")


def filled(members: Mapping[str, Any]) -> dict[str, Any]:
    """The members that say something: without None, empty words and empty lists."""
    return {name: value for name, value in members.items() if value is not None and value != "" and value != []}
