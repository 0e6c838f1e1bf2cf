"""A passage read as one string, and the way back from it to the document."""

from __future__ import annotations

import re
from dataclasses import dataclass

from communique.types.text import Passage, Span

_BLANK = re.compile(r"\s*")


@dataclass(frozen=True, slots=True)
class JoinedText:
    """The text of a passage, its spans joined by single spaces; `pieces` tells where each starts in it."""

    text: str
    pieces: tuple[tuple[int, Span], ...]
    document: str

    @classmethod
    def of(cls, passage: Passage, document: str) -> JoinedText:
        """The passage of a document's text."""
        pieces, length = [], 0
        for span in passage.spans:
            pieces.append((length, span))
            length += span.end - span.start + 1
        return cls(" ".join(span.of(document) for span in passage.spans), tuple(pieces), document)

    def place(self, start: int, end: int) -> Span | None:
        """The document span of the words from `start` to `end` here, None when dropped words stand between them."""
        first = last = 0
        for offset, span in self.pieces:
            if offset <= start:
                first = span.start + start - offset
            if offset < end:
                last = span.start + end - offset
        for (_, before), (_, after) in zip(self.pieces, self.pieces[1:], strict=False):
            if first < after.start < last and _BLANK.fullmatch(self.document, before.end, after.start) is None:
                return None
        return Span(first, last)
