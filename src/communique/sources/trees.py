"""XML, parsed so that it can do no harm: no DTD is loaded, no address is asked, no entity may be declared, and what one report
takes is bounded in bytes and in marks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, BinaryIO

from communique.errors import InputError

if TYPE_CHECKING:  # lxml is loaded where XML is read, not for a report in plain text
    from lxml.etree import _Element

    from communique.sources.inputs import Input

LARGEST = 16 << 20
MARKS = 1_000_000
_RULES = {
    "resolve_entities": False,
    "no_network": True,
    "load_dtd": False,
    "dtd_validation": False,
    "huge_tree": False,
    "remove_comments": True,
    "remove_pis": True,
}
_ENTITY = tuple("<!ENTITY".encode(e) for e in ("ascii", "utf-16-le", "utf-16-be"))
_PROLOG = re.compile(r"(?s)\s*(?:<\?.*?\?>|<!--.*?-->|<!DOCTYPE[^\[>]*(?:\[[^\]]*\]\s*)?>)")
_ROOT = re.compile(r"\s*<(?:[\w.-]+:)?([\w.-]+)")


def root_of(head: bytes) -> str | None:
    """The local name of the first element, when the bytes begin as XML does."""
    text = head.decode(_encoding(head), "replace").removeprefix("\ufeff").removeprefix("\xef\xbb\xbf")
    if text.lstrip()[:1] != "<":
        return None
    at = 0
    while passed := _PROLOG.match(text, at):
        at = passed.end()
    found = _ROOT.match(text, at)
    return found[1] if found else None


def _encoding(head: bytes) -> str:
    if head[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return "utf-16"
    return "utf-16-be" if head[:1] == b"\0" else "utf-16-le" if head[1:2] == b"\0" else "latin-1"


def parse(data: bytes, name: str) -> _Element:
    """The root of a document. Raises InputError for what is no XML, declares entities or is larger than one report may be."""
    from lxml import etree

    bound(data, name)
    if any(e in data for e in _ENTITY):
        raise _entities(name)
    try:
        root = etree.fromstring(data, etree.XMLParser(**_RULES))
    except (etree.LxmlError, ValueError, LookupError) as error:
        raise broken(name, error) from None
    if _declares(root):
        raise _entities(name)
    return root


def stream(given: Input, tags: tuple[str, ...], within: tuple[str, ...]) -> Iterator[_Element]:
    """Each element of these local names, complete, in the order in which they end; it is emptied when the next is asked for,
    and what stands before it in an element of `within` is let go. Raises InputError as `parse` does, with what came before
    already given."""
    from lxml import etree

    if any(e in given.head() for e in _ENTITY):
        raise _entities(given.name)
    given.stream.seek(0)
    gauge = _Gauge(given.stream, given.name)
    found = etree.iterparse(gauge, events=("end",), tag=[f"{{*}}{t}" for t in tags], **_RULES)
    first = True
    try:
        for _, element in found:
            if first and _declares(element):
                raise _entities(given.name)
            first = False
            yield element
            gauge.reset()
            _let_go(element, within)
    except (etree.LxmlError, ValueError, LookupError) as error:
        raise broken(given.name, error) from None


def bound(data: bytes, name: str) -> None:
    """Raises InputError when this is more than one report may be: the tree of many small marks takes a hundred times their
    bytes."""
    if len(data) > LARGEST:
        raise InputError(f"{name}: one report of more than {LARGEST >> 20} MB; split it")
    if data.count(b"<") + data.count(b"=") > MARKS:
        raise InputError(f"{name}: one report with more than {MARKS:,} marks; split it")


def broken(name: str, error: Exception) -> InputError:
    """What to say of markup that can't be parsed; the error has line and column."""
    said = " ".join(str(error).replace(", try XML_PARSE_HUGE", "").split())[:200]
    return InputError(f"{name}: not well-formed XML ({said}); ask its sender for a sound copy")


def local(element: _Element) -> str:
    """The name of an element without its namespace; empty for what is no element."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def every(element: _Element | None, path: str) -> list[_Element]:
    """The elements at a path of local names, whatever their namespace."""
    return [] if element is None else element.findall(_anywhere(path))


def first(element: _Element | None, path: str) -> _Element | None:
    """The first element at a path of local names, whatever its namespace."""
    return None if element is None else element.find(_anywhere(path))


def value(element: _Element | None, path: str, attribute: str) -> str:
    """An attribute of the first element at a path that has it; else empty."""
    return next((v for e in every(element, path) if (v := e.get(attribute))), "")


def _anywhere(path: str) -> str:
    return "/".join(step if step in {"", ".", "*"} else f"{{*}}{step}" for step in path.split("/"))


def _declares(element: _Element) -> bool:
    dtd = element.getroottree().docinfo.internalDTD
    return dtd is not None and any(True for _ in dtd.iterentities())


def _entities(name: str) -> InputError:
    return InputError(f"{name}: declares entities, which can hold bombs or files of this machine; take the declarations out")


def _let_go(element: _Element, within: tuple[str, ...]) -> None:
    element.clear()
    parent = element.getparent()
    if parent is not None and local(parent) in within:
        while element.getprevious() is not None:
            del parent[0]


class _Gauge:
    """A stream that measures what was read since the last report, and refuses to go beyond what one may be."""

    def __init__(self, source: BinaryIO, name: str) -> None:
        self.source, self.name = source, name
        self.reset()

    def reset(self) -> None:
        self.size = self.marks = 0

    def read(self, size: int = -1) -> bytes:
        chunk = self.source.read(size)
        self.size += len(chunk)
        self.marks += chunk.count(b"<") + chunk.count(b"=")
        if self.size > LARGEST or self.marks > MARKS:
            raise InputError(f"{self.name}: one report of more than {LARGEST >> 20} MB or {MARKS:,} marks; split it")
        return chunk
