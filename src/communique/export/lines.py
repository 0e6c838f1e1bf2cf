"""Lines of tab-separated files, and where sentences begin."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable
from functools import lru_cache

_SPACE = str.maketrans({"\t": " ", "\n": " ", "\r": " "})
_END = re.compile(r"[.!?][\"'”’)]*\s+(?=[\"'“‘(]?[A-Z0-9])|\n\s*")
_STOPPED = (".", "!", "?", "”", '"', "’")


def tabbed(cells: Iterable[object]) -> bytes:
    """A line of a tab-separated file in UTF-8: None is empty; tabs and line breaks within a cell become spaces."""
    words = ["" if cell is None else str(cell) for cell in cells]
    line = "\t".join(words)
    if line.count("\t") >= len(words) or "\n" in line or "\r" in line:
        line = "\t".join(word.translate(_SPACE) for word in words)
    return line.encode() + b"\n"


def sentence_at(text: str, offset: int) -> int:
    """The number, from 1, of the sentence that an offset lies in. Sentences end at a line's end, or at a full stop, exclamation
    or question mark before a capital or a number; abbreviations before names count as ends too."""
    return bisect_right(_starts(text), offset)


def lead_of(text: str) -> int:
    """Where the first paragraph ends, headlines before it included: lines that end in no stop are headlines."""
    end = 0
    for line in text.splitlines(keepends=True):
        end += len(line)
        if line.rstrip().endswith(_STOPPED):
            break
    return end


@lru_cache(maxsize=8)
def _starts(text: str) -> tuple[int, ...]:
    return (0, *(match.end() for match in _END.finditer(text)))
