"""The lines of a plain text, and which of them are one paragraph."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from communique.types.text import Span

_LINE = re.compile(r"[^\r\n\v\f\x1c-\x1e\x85\u2028\u2029]+")
_CLOSERS = "\"'”’»)]*"
_STOPS = ".!?…:;"
_NARROW, _WIDE = 38, 130


@dataclass(frozen=True, slots=True)
class Line:
    """A line or, in hard-wrapped text, the lines of one paragraph: their spans without the white space around, and
    their words as one line."""

    spans: tuple[Span, ...]
    text: str


def ends_sentence(text: str) -> bool:
    """Whether a line ends with punctuation that closes a sentence or clause, quotes and brackets aside."""
    return text.rstrip(_CLOSERS)[-1:] in tuple(_STOPS)


def _physical(text: str) -> list[tuple[Span, int]]:
    """Spans of the lines that are not blank, and how many line breaks stand between each and the one before."""
    found = []
    last = 0
    for match in _LINE.finditer(text):
        words = match.group().strip()
        if words:
            start = match.start() + match.group().index(words[0])
            gap = text[last : match.start()].replace("\r\n", "\n")
            found.append(
                (Span(start, start + len(words)), sum(1 for c in gap if not c.isspace() or c in "\n\r\v\f\x85\u2028\u2029"))
            )
            last = match.end()
    return found


def is_wrapped(text: str, lines: list[tuple[Span, int]]) -> bool:
    """Whether lines were broken at a fixed width: most lines that another follows directly are about as wide as the
    widest, and do not end a sentence."""
    inner = [lines[i][0] for i in range(len(lines) - 1) if lines[i + 1][1] < 2]
    if len(inner) < 3:
        return False
    widths = sorted(span.end - span.start for span in inner)
    widest = widths[-1]
    middle = widths[len(widths) // 2]
    if not _NARROW <= widest <= _WIDE or middle < 0.75 * widest:
        return False
    broken = sum(1 for span in inner if not ends_sentence(span.of(text)))
    return broken > 0.6 * len(inner)


def read_lines(text: str) -> list[Line]:
    """The lines of a text that are not blank; in hard-wrapped text, its paragraphs."""
    lines = _physical(text)
    if not is_wrapped(text, lines):
        return [Line((span,), span.of(text)) for span, _ in lines]
    return list(_paragraphs(text, lines))


def _paragraphs(text: str, lines: list[tuple[Span, int]]) -> Iterator[Line]:
    widest = max(span.end - span.start for span, _ in lines)
    block: list[Span] = []
    for span, gap in lines:
        if block and (gap > 1 or _ends_block(text, block[-1], span, widest)):
            yield _joined(text, block)
            block = []
        block.append(span)
    if block:
        yield _joined(text, block)


def _ends_block(text: str, last: Span, following: Span, widest: int) -> bool:
    """A line with room for the next one's first word was broken on purpose."""
    first = following.of(text).split(maxsplit=1)[0]
    return last.end - last.start + len(first) + 8 < widest and not following.of(text)[:1].islower()


def _joined(text: str, spans: list[Span]) -> Line:
    return Line(tuple(spans), " ".join(span.of(text) for span in spans))
