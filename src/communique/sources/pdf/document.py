"""A PDF document read with PDFium: its running text and what it says of itself."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import closing, suppress
from typing import Any, BinaryIO

import pypdfium2 as pdfium

from communique.errors import InputError
from communique.sources.pdf.flow import paragraphs
from communique.sources.pdf.page import Line, read_lines
from communique.sources.pdf.shown import Shown

_MOST_PAGES = 2000
_MOST_ON_PAGE = 100_000
_MOST_CHARACTERS = 1_000_000
_FEWEST_LETTERS = 20
_MOST_UNREADABLE = 0.3
_UNREADABLE = re.compile("[\ufffd\ufffe\uffff\ue000-\uf8ff\x00-\x08\x0e-\x1f]")
_PASSWORD = 4  # FPDF_ERR_PASSWORD


def take(stream: BinaryIO, name: str) -> Shown:
    """What a PDF shows. Raises InputError when it is encrypted or broken, has more than 2,000 pages, 100,000 characters on one
    or a million in all, or pictures of pages in place of text."""
    try:
        with closing(pdfium.PdfDocument(stream)) as file:
            if not len(file):
                raise InputError(f"{name}: a PDF without pages; get a sound copy")
            if len(file) > _MOST_PAGES:
                raise InputError(f"{name}: {len(file)} pages, of which {_MOST_PAGES:,} are read; split it")
            pages, empty = _pages(name, file)
            text = "\n\n".join(paragraphs(pages))
            _check(name, text, len(file))
            return Shown(text, dict(_said(file)), empty)
    except pdfium.PdfiumError as error:
        if getattr(error, "err_code", None) == _PASSWORD:
            raise InputError(f"{name}: encrypted; save it without a password") from None
        raise InputError(f"{name}: a broken PDF ({error}); get a sound copy") from None


def _pages(name: str, file: Any) -> tuple[list[list[list[Line]]], list[int]]:
    """The columns of each page, and the numbers of pages without text."""
    pages, empty, size = [], [], 0
    for number in range(1, len(file) + 1):
        try:
            with closing(file[number - 1]) as page:
                columns = read_lines(page, _MOST_ON_PAGE)
        except pdfium.PdfiumError:
            columns = []
        if columns is None:
            raise InputError(f"{name}: page {number} has more than {_MOST_ON_PAGE:,} characters; no report is so made")
        size += sum(len(line.text) for column in columns for line in column)
        if size > _MOST_CHARACTERS:
            raise InputError(f"{name}: more than {_MOST_CHARACTERS:,} characters up to page {number}; split it")
        pages.append(columns)
        if not columns:
            empty.append(number)
    return pages, empty


def _said(file: Any) -> Iterator[tuple[str, str]]:
    """The entries of the Info dictionary that are sound."""
    for key in file.METADATA_KEYS:
        with suppress(UnicodeDecodeError):  # half of a surrogate pair
            if value := file.get_metadata_value(key):
                yield key, value


def _check(name: str, text: str, pages: int) -> None:
    """Raises InputError where there is no text to read."""
    found = None
    if len(text.strip()) < _FEWEST_LETTERS:
        found = f"its pages ({pages}) show no text, as scanned ones do"
    elif len(_UNREADABLE.findall(text)) > _MOST_UNREADABLE * len(text):
        found = "its fonts do not say which letters they show"
    if found:
        raise InputError(f"{name}: {found}; recognise the text first (OCR), as ocrmypdf does")
