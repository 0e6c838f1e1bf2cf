"""Word processors' documents: DOCX (Office Open XML, ECMA-376 part 1) and RTF. A document is one report, unless it is a
vendor's download of many."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, BinaryIO, cast

from communique.errors import InputError
from communique.sources.dispatch import tell
from communique.sources.inputs import Input, Options, part
from communique.sources.text import extracted
from communique.sources.vendors.downloads import lines_of
from communique.sources.vendors.formats import split, vendor_of
from communique.types.analysis import Failed
from communique.types.text import Document

if TYPE_CHECKING:  # lxml is loaded where a document is read, not for a report in plain text
    from lxml.etree import _Element

_SURE = 0.95
_FIRST = re.compile(rb"\[Content_Types\]\.xml|_rels/|docProps/|word/|customXml/")
_MAIN = re.compile(r"word/document\d{0,3}\.xml")
_NOTES = ("word/footnotes.xml", "word/endnotes.xml")
_CORE = "docProps/core.xml"
_LARGEST_CORE = 1 << 20
_UNPACKED, _SMALL = 4, 1 << 20
_PARTS = 10_000
_LEFT_OUT = frozenset("del moveFrom instrText delText delInstrText Fallback pPr txbxContent annotationRef".split())
_BREAKS = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
_BROKEN = (zipfile.BadZipFile, zlib.error, RuntimeError, NotImplementedError, EOFError, OSError, ValueError, KeyError)
_OPENING = 5


class Docx:
    """DOCX: paragraphs, tables and notes; deletions that are only tracked are left out, insertions kept."""

    name = "docx"

    def recognises(self, head: bytes, name: str, media: str | None) -> float:
        """By the first name in the archive, and one of a text document's parts after it, if the head reaches that far."""
        if not head.startswith(b"PK\x03\x04") or not _FIRST.match(head, 30):
            return 0.0
        said = name.lower().endswith((".docx", ".docm", ".dotx")) or "wordprocessingml" in (media or "")
        return _SURE if said or b"word/" in head else 0.0

    def read(self, given: Input, options: Options) -> Iterator[Document | Failed]:
        """The report, or the reports of a vendor's download. Raises InputError for what is no sound DOCX, and for bombs."""
        try:
            with _unzip(given, options) as archive:
                parts = archive.namelist()
                main = next((n for n in parts if _MAIN.fullmatch(n)), None)
                if main is None:
                    raise InputError(f"{given.name}: an archive without the text of a document; open it and save it again")
                pages = _Pages()
                for member in (main, *(n for n in _NOTES if n in parts)):
                    pages.read(part(given, member, cast("BinaryIO", archive.open(member))))
                told = _told(archive, given.name) if _CORE in parts else {}
        except _BROKEN as error:
            if isinstance(error, InputError):
                raise
            raise InputError(f"{given.name}: broken or encrypted ({error}); open it and save it again") from None
        yield from _reports(self.name, given.name, pages.shown, told, pages.title)


class Rtf:
    """RTF: paragraphs, tables and footnotes."""

    name = "rtf"

    def recognises(self, head: bytes, name: str, media: str | None) -> float:
        """By its first group."""
        return _SURE if head.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"{\\rtf") else 0.0

    def read(self, given: Input, options: Options) -> Iterator[Document | Failed]:
        """The report, or the reports of a vendor's download. Raises InputError as `read_rtf` does."""
        from communique.sources.office.rtf import read_rtf

        data = given.read(options.limits.report)
        pages = read_rtf(data[max(0, data.find(b"{")) :], given.name)
        yield from _reports(self.name, given.name, pages.paragraphs, pages.told, None)


def _reports(
    form: str, name: str, paragraphs: Sequence[str], told: dict[str, str], title: str | None
) -> Iterator[Document | Failed]:
    lines = lines_of(paragraphs)
    vendor = vendor_of(lines)
    if vendor is not None:
        yield from split(vendor, lines, name)
        return
    document = extracted("\n\n".join(paragraphs), name)
    called = told.pop("title", "")
    if title is None and called.casefold() in {p.casefold() for p in paragraphs[:_OPENING]}:
        title, called = called, ""
    details = tell([("title", called if called != title else None), *told.items()])
    yield replace(document, format=form, title=title, details=details)


def _unzip(given: Input, options: Options) -> zipfile.ZipFile:
    """The archive. Raises InputError for a bomb: more than is read of a file is never unpacked, whatever it holds."""
    size = given.stream.seek(0, io.SEEK_END)
    given.stream.seek(0)
    limits = options.limits
    if size > limits.report:
        raise InputError(f"{given.name}: larger than {limits.report >> 20} MB; split it into one file for each report")
    archive = zipfile.ZipFile(given.stream)
    members = archive.infolist()
    whole = sum(m.file_size for m in members if m.filename.endswith(".xml"))
    if len(members) > _PARTS or whole > min(_UNPACKED * limits.report, max(_SMALL, limits.ratio * size)):
        raise InputError(f"{given.name}: unpacks to far more than a document holds ({whole >> 20} MB); it may be a bomb")
    return archive


def _told(archive: zipfile.ZipFile, name: str) -> dict[str, str]:
    """What the core properties (ISO/IEC 29500-2) say; a document without sound ones is read all the same."""
    from communique.sources.markup import words
    from communique.sources.trees import first, parse

    if archive.getinfo(_CORE).file_size > _LARGEST_CORE:
        return {}
    try:
        core = parse(archive.read(_CORE), f"{name}#{_CORE}")
    except InputError:
        return {}
    pairs = (("title", "title"), ("author", "creator"), ("created", "created"), ("modified", "modified"))
    said = {key: words(first(core, tag)) for key, tag in pairs}
    return said | {key: said[key][:10] for key in ("created", "modified")}


@dataclass(slots=True)
class _Pages:
    """What the parts of a document show: `title` is its first paragraph where that is styled as one."""

    shown: list[str] = field(default_factory=list)
    title: str | None = None
    cells: list[tuple[Any, list[str]]] = field(default_factory=list)

    def read(self, given: Input) -> None:
        from communique.sources.trees import local, stream

        for element in stream(given, ("p", "tr"), ("body", "tbl", "footnotes", "endnotes")):
            within = [local(a) for a in element.iterancestors()]
            if "Fallback" in within:
                continue
            cell = next((a for a in element.iterancestors() if local(a) == "tc"), None)
            if local(element) == "tr":
                self.row(nested=cell is not None)
            elif said := _say(element):
                if cell is not None:
                    self.cell(cell, said)
                else:
                    self.paragraph(said, element)

    def paragraph(self, said: str, element: _Element) -> None:
        if not self.shown and re.fullmatch(r"(?i)title|heading ?1", _style(element)):
            self.title = " ".join(said.split())
        self.shown.append(said)

    def cell(self, cell: Any, said: str) -> None:
        if not self.cells or self.cells[-1][0] is not cell:
            self.cells.append((cell, []))
        self.cells[-1][1].append(said)

    def row(self, nested: bool) -> None:
        """The end of a row; one of a table in a cell is part of that cell's row."""
        if self.cells and not nested:
            self.shown.append("\t".join("\n".join(said) for _, said in self.cells))
            self.cells.clear()


def _style(element: _Element) -> str:
    from communique.sources.trees import first

    style = first(element, "pPr/pStyle")
    return "" if style is None else next((v for k, v in style.attrib.items() if str(k).endswith("val")), "")


def _say(paragraph: _Element) -> str:
    """The text of a paragraph, its lines tidied."""
    from lxml import etree

    from communique.sources.trees import first, local

    said: list[str] = []
    walk = etree.iterwalk(paragraph, events=("start",))
    for _, node in walk:
        element = cast("_Element", node)
        tag = local(element)
        if tag in _LEFT_OUT or (tag == "r" and _is_hidden(first(element, "rPr/vanish"))):
            walk.skip_subtree()
        elif tag == "t":
            said.append(element.text or "")
        elif tag in _BREAKS:
            said.append(_BREAKS[tag])
    lines = ("\t".join(" ".join(c.split()) for c in line.split("\t")).strip() for line in "".join(said).split("\n"))
    return "\n".join(line for line in lines if line)


def _is_hidden(vanish: _Element | None) -> bool:
    return vanish is not None and not any(v in {"0", "false", "off"} for v in vanish.attrib.values())


DOCX = Docx()
RTF = Rtf()
