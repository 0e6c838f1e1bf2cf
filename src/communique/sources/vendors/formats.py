"""The vendors' downloads, recognised by content and parted into reports, whatever kind of file they came in; as plain text and
HTML they are formats of their own."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from communique.errors import InputError
from communique.sources.inputs import Input, Options
from communique.sources.text import decode
from communique.sources.vendors.downloads import Vendor, lines_of
from communique.sources.vendors.factiva import FACTIVA
from communique.sources.vendors.nexis import NEXIS
from communique.sources.vendors.proquest import PROQUEST
from communique.types.analysis import Failed
from communique.types.text import Document

VENDORS: tuple[Vendor, ...] = (NEXIS, FACTIVA, PROQUEST)
_TEXT, _PAGE = 0.9, 0.97
_PAGES = {
    "nexis": re.compile(rb"(?i)<!-- LXNComment |<a name=\"?DOC_ID_\d|<DOCFULL>|\b\d{1,6} of \d{1,6} DOCUMENTS?<"),
    "factiva": re.compile(
        rb"(?i)<title>\s*(?:Dow Jones )?Factiva\s*</title>|class=\"article [a-z]{2}Article\"|class='[a-z]{2}Headline'"
    ),
    "proquest": re.compile(rb"(?i)<a name=\"?DocID_|ProQuest document link</a>|Report Information from ProQuest"),
}
_MARKUP = re.compile(rb"(?:\xef\xbb\xbf)?\s*<(?:\?xml|!doctype html|html|head|body|div|meta|table|a |p\b|!--)", re.IGNORECASE)
_CHARSET = re.compile(rb"(?i)<meta[^>]{0,200}charset=[\"']?([\w-]{2,40})")
_OTHERS = (b"{\\rtf", b"PK\x03\x04", b"%PDF", b"{", b"[")
_TABLES = ("table", "thead", "tbody", "tfoot", "tr", "td", "th")


@dataclass(frozen=True, slots=True)
class VendorDownload:
    """The downloads of one vendor as plain text or HTML."""

    vendor: Vendor

    @property
    def name(self) -> str:
        """The name of the vendor."""
        return self.vendor.name

    def recognises(self, head: bytes, name: str, media: str | None) -> float:
        """Surely, where the head bears the vendor's marks."""
        if _MARKUP.match(head):
            return _PAGE if _PAGES[self.name].search(head) else 0.0
        wide = head[:2] in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
        if (b"\0" in head and not wide) or head.lstrip().startswith(_OTHERS):
            return 0.0
        lines = head.decode("utf-16" if wide else "utf-8", "replace").removeprefix("\ufeff").splitlines()
        return _TEXT if self.vendor.marked(lines) else 0.0

    def read(self, given: Input, options: Options) -> Iterator[Document | Failed]:
        """The reports. Raises InputError where there is none."""
        data = given.read(options.limits.report)
        lines = page_lines(data, given.name) if _MARKUP.match(data) else decode(data, given.name).splitlines()
        yield from split(self.vendor, lines, given.name)


def vendor_of(lines: Sequence[str]) -> Vendor | None:
    """The vendor whose marks these lines bear, if any."""
    return next((v for v in VENDORS if v.marked(lines)), None)


def split(vendor: Vendor, lines: Sequence[str], name: str) -> Iterator[Document | Failed]:
    """The reports of a download, `Failed` in place of those without text and those cut. Raises InputError where there is
    none at all."""
    found = False
    for download in vendor.split(lines):
        found = True
        try:
            yield download.document(name, vendor.name)
        except InputError as error:
            yield Failed(f"{name}#{download.number}", "source", error)
    if not found:
        said = f"begins as a download of {vendor.name} does, but holds no report"
        raise InputError(f"{name}: {said}; download the full text of the reports, not their list")


def page_lines(data: bytes, name: str) -> list[str]:
    """The lines that a page shows, the cells of tables each by itself. Raises InputError when it is too large to be parsed."""
    from lxml import etree  # for pages only

    from communique.sources.markup import paragraphs
    from communique.sources.trees import bound

    text = _decode_page(data, name).encode("utf-8", "replace").replace(b"\0", b"")
    bound(text, name)
    try:
        root = etree.fromstring(
            text, etree.HTMLParser(no_network=True, remove_comments=True, remove_pis=True, encoding="utf-8")
        )
    except (etree.LxmlError, ValueError):
        root = None
    if root is None:
        raise InputError(f"{name}: no HTML that can be parsed; download it again, or as text")
    for cell in root.iter(*_TABLES):
        cell.tag = "div"
    return lines_of(paragraphs(root))


def _decode_page(data: bytes, name: str) -> str:
    said = _CHARSET.search(data[:4096])
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        if said is None:
            return decode(data, name)
    try:
        return data.decode(said[1].decode("ascii"), "replace")
    except LookupError:
        return decode(data, name)


NEXIS_DOWNLOAD = VendorDownload(NEXIS)
FACTIVA_DOWNLOAD = VendorDownload(FACTIVA)
PROQUEST_DOWNLOAD = VendorDownload(PROQUEST)
