"""Codebooks made of marked sentences, read once, for the tests of likeness and codings."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from tests.coding.examples import analysis_of

from communique.annotate import Annotator
from communique.coding.codebook import indexed, parse_example
from communique.coding.codings import BookCoder
from communique.coding.userbook import Marked, UserBook, UserType
from communique.types.analysis import Analysis
from communique.types.reading import Reading


def marked(sentence: str) -> Marked:
    return Marked(*parse_example(sentence), 1)


def readings(sentences: Iterable[str], vectors: bool = True) -> dict[str, Reading]:
    """The readings of marked sentences, by their plain text."""
    texts = dict.fromkeys(parse_example(s)[0] for s in sentences)
    found = Annotator(vectors=vectors)(analysis_of(t) for t in texts)
    return {a.document.text: a.reading for a in found if isinstance(a, Analysis) and a.reading is not None}


def kind(name: str, examples: Iterable[str], against: Iterable[str] = (), parent: str | None = None) -> UserType:
    return UserType(name, "made up", parent, tuple(map(marked, examples)), tuple(map(marked, against)), (), (), None)


def coder(kinds: Iterable[UserType], read: Mapping[str, Reading]) -> BookCoder:
    return BookCoder(UserBook("book", "1", "book.yaml", {k.name: k for k in kinds}, indexed(())), read)
