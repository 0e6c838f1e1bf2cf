"""The running text of a PDF: what repeats on its pages left out, lines joined to paragraphs, words mended that a line cuts."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from communique.sources.pdf.page import Line

Page = Sequence[Sequence[Line]]

# A line at the edge of a page is a header or footer where it repeats on so many pages, a few points up or down.
_EDGE = 3
_LEAST_PAGES = 2
_LEAST_SHARE = 0.3
_SWAY = 8
_NUMBER = re.compile(r"(?i)(?:page|p\.)?\s*[-–—|\[(]?\s*(?:\d{1,4}|[ivxl]{1,6})(?:\s*(?:/|of|\|)\s*\d{1,4})?\s*[-–—|\])]?")
_APART = 1.6
_SAME_SIZE = 0.12
_WIDER = 1.3
_INDENT = 0.6
_SHORT = 0.2
_ENDED = re.compile(r"[.!?:…][\"”’')\]]*$")
_BULLET = re.compile(r"[•●▪■◦‣·*–—-]\s")
_CUT = re.compile(r"(\w+)[-\u00ad\u2010]$")
_WORDS = re.compile(r"\w+(?:[-\u2010]\w+)*")
# Words before a hyphen that is mostly part of the word.
_FIRST_PARTS = frozenset("self ex non anti pro vice cross long short high low well so all half two three four five six".split())


@dataclass(frozen=True, slots=True)
class _Column:
    """The edges of a column and the usual distance of its baselines, in points."""

    left: float
    right: float
    pitch: float

    @property
    def width(self) -> float:
        return max(self.right - self.left, 1.0)


def paragraphs(pages: Sequence[Page]) -> Iterator[str]:
    """The paragraphs of all pages, in order; one that goes on in the next column or on the next page is joined."""
    columns = [column for page in _without_margins(pages) for column in page if column]
    known = _known_words(line.text for column in columns for line in column)
    text = ""
    last: tuple[Line, _Column] | None = None
    for column in columns:
        shape = _shape(column)
        for at, line in enumerate(column):
            if last is not None:
                begins = _begins(last[0], line, shape) if at else _begins_over(*last, line, shape)
                if begins:
                    yield text
                    text = ""
            text = _append(text, line.text, known)
            last = (line, shape)
    if text:
        yield text


def _without_margins(pages: Sequence[Page]) -> Iterator[list[list[Line]]]:
    """The pages without headers, footers and page numbers."""
    seen: Counter[tuple[str, int, int]] = Counter()
    edges = [_edges(page) for page in pages]
    for edge in edges:
        seen.update({key for line in edge for key in _keys(line)})
    least = max(_LEAST_PAGES, _LEAST_SHARE * len(pages))
    for page, edge in zip(pages, edges, strict=True):
        margins = {line for line in edge if any(seen[key] >= least for key in _keys(line))} | _numbers(edge)
        yield [[line for line in column if line not in margins] for column in page]


def _edges(page: Page) -> list[Line]:
    """The highest and lowest lines of a page."""
    lines = sorted((line for column in page for line in column), key=lambda line: -line.base)
    return lines if len(lines) <= 2 * _EDGE else lines[:_EDGE] + lines[-_EDGE:]


def _keys(line: Line) -> tuple[tuple[str, int, int], ...]:
    """What a line repeats by: its words without numbers, its size, and where it stands, in steps that overlap by half."""
    words = re.sub(r"\d+", "#", line.text.casefold())
    step = int(line.base // _SWAY)
    return tuple((words, round(line.size), s) for s in (step, step + 1))


def _numbers(edge: list[Line]) -> set[Line]:
    """The page number, where it stands apart from the text."""
    if len(edge) < 2:
        return set()
    found = set()
    for line, other in ((edge[0], edge[1]), (edge[-1], edge[-2])):
        if _NUMBER.fullmatch(line.text) and abs(line.base - other.base) > _APART * other.size:
            found.add(line)
    return found


def _shape(column: Sequence[Line]) -> _Column:
    gaps = [a.base - b.base for a, b in pairwise(column) if abs(a.size - b.size) <= _SAME_SIZE * a.size and a.base > b.base]
    usual = median(gaps) if gaps else column[0].size
    # where most lines stand alone, the distance of those in one paragraph is the smaller
    near = [gap for gap in gaps if gap <= usual * 1.05]
    return _Column(
        min(line.left for line in column),
        max(line.right for line in column),
        min(median(near) if near else usual, 2.2 * column[0].size),
    )


def _begins(last: Line, line: Line, column: _Column) -> bool:
    """Whether a line begins a paragraph, after the line above it in its column."""
    if abs(line.size - last.size) > _SAME_SIZE * max(last.size, line.size):
        return True
    if last.base - line.base > _WIDER * column.pitch or _BULLET.match(line.text):
        return True
    middle = (line.left + line.right - last.left - last.right) / 2
    if min(line.left, last.left) > column.left + line.size and abs(middle) < line.size / 2:
        return False
    if line.left > last.left + _INDENT * line.size and line.left > column.left + _INDENT * line.size:
        return not _hangs(last)
    return _is_short(last, column) and bool(_ENDED.search(last.text))


def _begins_over(last: Line, before: _Column, line: Line, column: _Column) -> bool:
    """Whether a line begins a paragraph at the top of a column or page."""
    if abs(line.size - last.size) > _SAME_SIZE * max(last.size, line.size):
        return True
    if _CUT.search(last.text) or line.text[:1].islower():
        return False
    alike = 0.8 < before.width / column.width < 1.25
    indented = line.left > column.left + _INDENT * line.size
    return not alike or (bool(_ENDED.search(last.text)) and (indented or _is_short(last, before)))


def _is_short(line: Line, column: _Column) -> bool:
    return line.right < column.right - _SHORT * column.width


def _hangs(line: Line) -> bool:
    """Whether a line begins with a bullet, under whose words the next lines stand."""
    return _BULLET.match(line.text) is not None


def _known_words(lines: Iterator[str]) -> frozenset[str]:
    """The words that stand within lines, as they are written there."""
    return frozenset(m[0].casefold() for text in lines for m in _WORDS.finditer(text) if m.end() < len(text) - 1)


def _append(text: str, line: str, known: frozenset[str]) -> str:
    """The paragraph with one more line. A hyphen that ends the line before stays where the report has the word with it, and
    goes where it has the word without; else it goes in front of a small letter, but for first parts that mostly keep it."""
    cut = _CUT.search(text)
    if cut is None:
        return f"{text} {line}" if text else line
    rest = _WORDS.match(line)
    first, second = cut[1].casefold(), rest[0].casefold() if rest else ""
    if f"{first}-{second}" in known:
        return f"{text[:-1]}-{line}"
    if first + second in known or (line[:1].islower() and first not in _FIRST_PARTS):
        return text[:-1] + line
    return f"{text[:-1]}-{line}"
