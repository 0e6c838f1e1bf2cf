"""PDF (ISO 32000): the text that its pages show, in the order in which it is read, as one report. Bookmarks don't part it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from communique.sources.days import day
from communique.sources.inputs import Input, Options
from communique.sources.pdf.apart import Reader
from communique.sources.text import extracted
from communique.types.text import Detail, Document

_MAGIC = re.compile(rb"(?:\A|[\r\n\0 ]|\xef\xbb\xbf)%PDF-\d\.\d")
_OBJECT = re.compile(rb"\d \d+ obj\b")
_MAGIC_WITHIN = 1024
_LARGEST = 256 << 20
_STAMP = re.compile(r"(?:D:)?(\d{4})(\d\d)(\d\d)")
_NO_TITLE = re.compile(
    r"(?i)(?:microsoft word - .*|untitled.*|document\s*\d*|slide \d+|.*\.(?:docx?|indd|pdf|qxp|tex|odt|pages|html?|rtf))"
)
_PERSON = re.compile(r"[A-ZÀ-Þ][\w'’.-]*(?: [\w'’.-]+)+")
_DETAILS = (("Subject", "subject"), ("Keywords", "keywords"))
_LONGEST_DETAIL = 500
_READER = Reader()


class Pdf:
    """A PDF document as one report, press reviews of many reports too."""

    name = "pdf"

    def recognises(self, head: bytes, name: str, media: str | None) -> float:
        """By the mark of its first line, which some writers put other bytes before."""
        if head.startswith(b"%PDF-"):
            return 1.0
        found = _MAGIC.search(head, 0, _MAGIC_WITHIN)
        return 0.9 if found and _OBJECT.search(head) else 0.0

    def read(self, given: Input, options: Options) -> Iterator[Document]:
        """One report. Raises InputError when the file is encrypted or broken, is too long for one report, takes too long, or
        has pictures of pages in place of text."""
        shown = _READER.take(given.read(_LARGEST), given.name)
        yield _described(extracted(shown.text, given.name), shown.said, shown.empty)


PDF = Pdf()


def _described(document: Document, said: dict[str, str], empty: list[int]) -> Document:
    """The document with what the file says of itself. The day when the file was made is no day of publication."""
    title = " ".join(said.get("Title", "").split())
    authors = re.split(r"\s*[;,\n]\s*|\s+and\s+|\s+&\s+", said.get("Author", ""))
    details = [
        Detail(key, words[:_LONGEST_DETAIL]) for name, key in _DETAILS if (words := " ".join(said.get(name, "").split()))
    ]
    for name, key in (("CreationDate", "created"), ("ModDate", "modified")):
        stamp = _STAMP.match(said.get(name, ""))
        made = day("".join(stamp.groups())) if stamp else None
        if made:
            details.append(Detail(key, made.isoformat()))
    if empty:
        details.append(Detail("pages without text", ", ".join(map(str, empty))[:_LONGEST_DETAIL]))
    return replace(
        document,
        format=PDF.name,
        title=title if title and not _NO_TITLE.fullmatch(title) else None,
        byline=tuple(dict.fromkeys(a.strip() for a in authors if _PERSON.fullmatch(a.strip()))),
        details=tuple(details),
    )
