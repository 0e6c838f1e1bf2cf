"""A user's codebook made ready: its marked sentences read as reports are."""

from __future__ import annotations

from pathlib import Path

from communique import registry
from communique.coding.codings import BookCoder
from communique.coding.separation import Checked, checked
from communique.coding.userbook import UserBook, read_userbook
from communique.config import Settings
from communique.types.analysis import Analysis, Failed
from communique.types.reading import Reading
from communique.types.text import Document, Passage, Span


def book_of(book: UserBook, settings: Settings) -> BookCoder:
    """The coder by a codebook, with the pipeline that the settings name."""
    texts = dict.fromkeys(s.text for kind in book.types.values() for s in kind.sentences())
    annotate = registry.find(registry.STAGES, "annotate")(settings.pipeline, settings.threads, vectors=True)
    readings: dict[str, Reading] = {}
    for found in annotate(Analysis(_document(book, t), (Passage((Span(0, len(t)),)),)) for t in texts):
        if isinstance(found, Failed):
            raise found.error
        if found.reading is not None:
            readings[found.document.text] = found.reading
    return BookCoder(book, readings)


def check_book(path: Path, settings: Settings) -> Checked:
    """What is wrong with the codebook in a file, and how well it separates its own examples. Raises UsageError when there is no
    such file."""
    book, troubles = read_userbook(path)
    return checked(str(path), troubles, book_of(book, settings) if book is not None else None)


def _document(book: UserBook, text: str) -> Document:
    return Document("", "", book.source, text)
