"""GAP (Webster et al. 2018): passages of Wikipedia with a pronoun and two names, either of which it may stand for, or none."""

from __future__ import annotations

import csv
import gzip
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from communique.errors import DataError

MOST_WORDS = 150
_ENDS = frozenset(".!?")


@dataclass(frozen=True, slots=True)
class Example:
    """A text with character spans of the pronoun and of the names; `right[i]` tells whether the pronoun means `names[i]`."""

    id: str
    text: str
    pronoun: tuple[int, int]
    names: tuple[tuple[int, int], ...]
    right: tuple[bool, ...]


@dataclass(frozen=True, slots=True)
class Passage:
    """The words to read; the pronoun's index; the words of each name, begin and end, none for one that was cut off."""

    words: tuple[str, ...]
    pronoun: int
    names: tuple[tuple[int, int] | None, ...]


def read(path: Path) -> list[Example]:
    """The examples of a file (TSV, gzip). Raises DataError where it has another form or none."""
    try:
        with gzip.open(path, "rt", encoding="utf-8", newline="") as lines:
            found = [_example(row) for row in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise DataError(f"{path}: no GAP examples, compressed with gzip ({error}); give the file as it is published") from None
    if not found:
        raise DataError(f"{path}: not one GAP example here; give the file as it is published")
    return found


def _example(row: Mapping[str, str]) -> Example:
    right = row["A-coref"] == "TRUE", row["B-coref"] == "TRUE"
    return Example(row["ID"], row["Text"], _span(row, "Pronoun"), (_span(row, "A"), _span(row, "B")), right)


def _span(row: Mapping[str, str], name: str) -> tuple[int, int]:
    begin = int(row[f"{name}-offset"])
    return begin, begin + len(row[name])


def passage(example: Example, tokens: Sequence[tuple[str, int]], most: int = MOST_WORDS) -> Passage:
    """The words of an example, given as (form, offset) without spaces: all, or, of more than `most`, the sentences around.

    Names are left out, the farthest first, where even the sentences from the first to the last of the three are too many.
    """
    pronoun, _ = _cover(tokens, example.pronoun)
    spans = [_cover(tokens, name) for name in example.names]
    begin, end = (0, len(tokens)) if len(tokens) <= most else _around(tokens, pronoun, spans, most)
    kept = [(a - begin, b - begin) if begin <= a and b <= end else None for a, b in spans]
    return Passage(tuple(form for form, _ in tokens[begin:end]), pronoun - begin, tuple(kept))


def _cover(tokens: Sequence[tuple[str, int]], span: tuple[int, int]) -> tuple[int, int]:
    inside = [i for i, (form, at) in enumerate(tokens) if at < span[1] and at + len(form) > span[0]]
    return inside[0], inside[-1] + 1


def _around(tokens: Sequence[tuple[str, int]], pronoun: int, spans: list[tuple[int, int]], most: int) -> tuple[int, int]:
    starts = [0, *(i + 1 for i, (form, _) in enumerate(tokens) if form in _ENDS), len(tokens)]
    near = sorted(spans, key=lambda s: abs(s[0] - pronoun))
    for count in range(len(near), -1, -1):
        first = min([pronoun, *(a for a, _ in near[:count])])
        last = max([pronoun + 1, *(b for _, b in near[:count])])
        begin, end = max(s for s in starts if s <= first), min(s for s in starts if s >= last)
        if end - begin <= most:
            return begin, end
        if last - first <= most:
            return first, min(last, first + most)
    return max(0, pronoun - most // 2), min(len(tokens), pronoun + most // 2)
