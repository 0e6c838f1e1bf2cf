"""The lines of a PDF page in the order in which they are read: glyphs joined to pieces of lines, columns found by the white
between them."""

from __future__ import annotations

import ctypes
import math
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby, pairwise
from statistics import median
from typing import Any

# In units of the height of the letters: how far apart glyphs of one word, words of one piece and baselines of one line may be.
_WORD = 0.3
_PIECE = 0.9
_BASELINE = 0.35
_GUTTER = 0.6
_FEWEST_LINES = 3
_SHORTEST_COLUMN = 12
_MOST_SPANNING = 0.4
_HYPHEN = 0x02  # what PDFium gives for a hyphen that ends a line
_UPRIGHT = 0.15  # radians
_DEEPEST = 4
# Where letters are set one by one there may be as many pieces as letters; no page of columns is so made.
_MOST_PIECES = 5000
_EDGES = 60


@dataclass(frozen=True, slots=True)
class Line:
    """A line, or a piece of one: its words, edges and baseline in points from the lower left corner of the page as it is shown,
    and the height of its letters."""

    text: str
    left: float
    right: float
    base: float
    size: float


@dataclass(slots=True)
class _Glyph:
    char: str
    left: float
    right: float
    base: float
    size: float
    spaced: bool


def read_lines(page: Any, most: int) -> list[list[Line]] | None:
    """The columns of a page, each with its lines from top to bottom; none where it has more than `most` characters."""
    textpage = page.get_textpage()
    try:
        if textpage.count_chars() > most:
            return None
        pieces = list(_pieces(_glyphs(page, textpage)))
    finally:
        textpage.close()
    return [lines for column in _columns(pieces, 0) if (lines := _joined(column))]


def _glyphs(page: Any, textpage: Any) -> Iterator[_Glyph]:
    """The glyphs that stand upright on the page as it is shown, in the order in which they are drawn; spaces left out."""
    import pypdfium2.raw as pdfium

    turn, rotation = _turned(page), page.get_rotation()
    x, y, box = ctypes.c_double(), ctypes.c_double(), pdfium.FS_RECTF()
    along = x if rotation in (90, 270) else y
    base, upright, spaced = None, True, False
    for at in range(textpage.count_chars()):
        code = pdfium.FPDFText_GetUnicode(textpage.raw, at)
        if code != _HYPHEN and (code <= 0x20 or code == 0xA0):
            spaced = True
            continue
        placed = pdfium.FPDFText_GetCharOrigin(textpage.raw, at, x, y)
        if not (placed and pdfium.FPDFText_GetLooseCharBox(textpage.raw, at, box)):
            continue
        if along.value != base:
            base = along.value
            upright = _is_upright(pdfium.FPDFText_GetCharAngle(textpage.raw, at), rotation)
        if not upright:
            continue
        (x0, y0), (x1, y1) = turn(box.left, box.bottom), turn(box.right, box.top)
        char = "-" if code == _HYPHEN else "" if 0xD800 <= code <= 0xDFFF else chr(code)
        yield _Glyph(char, min(x0, x1), max(x0, x1), turn(x.value, y.value)[1], abs(y1 - y0), spaced)
        spaced = False


def _is_upright(angle: float, rotation: int) -> bool:
    apart = (angle + math.radians(rotation)) % math.tau  # both are clockwise
    return min(apart, math.tau - apart) < _UPRIGHT


def _turned(page: Any) -> Any:
    """What takes a point of the page to where it is shown, for pages that are shown turned (clockwise, in degrees)."""
    width, height = page.get_mediabox()[2:]
    return {
        0: lambda x, y: (x, y),
        90: lambda x, y: (y, width - x),
        180: lambda x, y: (width - x, height - y),
        270: lambda x, y: (height - y, x),
    }[page.get_rotation() % 360]


def _pieces(glyphs: Iterator[_Glyph]) -> Iterator[Line]:
    """Glyphs that follow each other on one baseline, with spaces where there is white between them."""
    run: list[_Glyph] = []
    for glyph in glyphs:
        if run and not _follows(run[-1], glyph):
            yield _piece(run)
            run = []
        run.append(glyph)
    if run:
        yield _piece(run)


def _follows(last: _Glyph, glyph: _Glyph) -> bool:
    size = max(last.size, glyph.size, 1)
    return abs(last.base - glyph.base) <= _BASELINE * size and -_PIECE * size < glyph.left - last.right < _PIECE * size


def _piece(run: list[_Glyph]) -> Line:
    size = median(g.size for g in run)
    text = run[0].char
    for last, glyph in pairwise(run):
        text += (" " if glyph.spaced or glyph.left - last.right > _WORD * size else "") + glyph.char
    return Line(text, run[0].left, max(g.right for g in run), median(g.base for g in run), size)


def _columns(pieces: list[Line], depth: int) -> Iterator[list[Line]]:
    """The pieces of each column, in the order of reading. What goes over several columns, as a headline does, is read before
    the columns below it."""
    cut = _gutter(pieces) if depth < _DEEPEST else None
    if cut is None:
        yield pieces
        return
    downwards = sorted(pieces, key=lambda p: -p.base)
    for over, group in groupby(downwards, key=lambda p: p.left < cut < p.right):
        band = list(group)
        if over:
            yield band
        else:
            for side in ([p for p in band if p.right <= cut], [p for p in band if p.left >= cut]):
                yield from _columns(side, depth + 1) if side else ()


def _gutter(pieces: list[Line]) -> float | None:
    """Where white parts two columns: the place that fewest pieces go over, with several lines of running text on both sides,
    beside each other."""
    if not 2 * _FEWEST_LINES <= len(pieces) <= _MOST_PIECES:
        return None
    size = median(p.size for p in pieces)
    edges = Counter(round(p.left) for p in pieces).most_common(_EDGES)
    best = None
    for cut in (edge - _GUTTER * size / 2 for edge, lines in edges if lines >= _FEWEST_LINES):
        left = [p for p in pieces if p.right <= cut]
        right = [p for p in pieces if p.left >= cut]
        over = len(pieces) - len(left) - len(right)
        if over > _MOST_SPANNING * len(pieces) or not _beside(left, right):
            continue
        white = min(p.left for p in right) - max(p.right for p in left)
        if white >= _GUTTER * size and (best is None or (over, -white) < best[0]):
            best = ((over, -white), (min(p.left for p in right) + max(p.right for p in left)) / 2)
    return best[1] if best else None


def _beside(left: list[Line], right: list[Line]) -> bool:
    """Whether both sides have running text, over the same height of the page."""
    if min(len(left), len(right)) < _FEWEST_LINES:
        return False
    if min(median(len(p.text) for p in left), median(len(p.text) for p in right)) < _SHORTEST_COLUMN:
        return False
    top = min(max(p.base for p in side) for side in (left, right))
    bottom = max(min(p.base for p in side) for side in (left, right))
    return all(sum(bottom <= p.base <= top for p in s) >= _FEWEST_LINES for s in (left, right))


def _joined(pieces: list[Line]) -> list[Line]:
    """Lines from top to bottom, of the pieces that stand on one baseline."""
    lines: list[list[Line]] = []
    for piece in sorted(pieces, key=lambda p: -p.base):
        if lines and abs(lines[-1][0].base - piece.base) <= _BASELINE * max(lines[-1][0].size, piece.size):
            lines[-1].append(piece)
        else:
            lines.append([piece])
    return [_line(sorted(parts, key=lambda p: p.left)) for parts in lines]


def _line(parts: list[Line]) -> Line:
    size = max(p.size for p in parts)
    text = parts[0].text
    for last, part in pairwise(parts):
        text += (" " if part.left - last.right > _WORD * size else "") + part.text
    return Line(text, parts[0].left, max(p.right for p in parts), median(p.base for p in parts), size)
