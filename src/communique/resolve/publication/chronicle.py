"""Names that the news has had only since some month, or only for a while: what a report calls by them tells its time."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from communique.resolve.publication.clues import Sentence, load_sayings
from communique.resolve.publication.weights import Hint, month, weigh
from communique.resolve.tables import read_rows
from communique.types.text import Span

_WORD = re.compile(r"\w+")
_LOOKS_BACK = re.compile(r"\b(?:19|20)\d\d\b|\b(?:anniversary|years (?:ago|since|after|later|earlier|before)|decades?)\b")
# What stands before a table's name: whether it is of a day or a few weeks, and of a thing that was news only for that while.
_MARKS = {"*": "brief", "~": "passing"}
_TABLES = ("heard.tsv", "chronicle.tsv")


@dataclass(frozen=True, slots=True)
class Heard:
    """The stretches of months `[begin, end)` in which the news has a thing by one of its names, and the curve that weighs them.

    `row` tells the things apart: several names of one thing count once.
    """

    row: int
    months: tuple[tuple[int, int | None], ...]
    curve: str


@cache
def load_heard() -> dict[str, Heard]:
    """Every name of `data/heard.tsv` and `data/chronicle.tsv`, from its first letter on, with what it stands for."""
    table: dict[str, Heard] = {}
    for number, (names, begins, ends) in enumerate(row for name in _TABLES for row in read_rows("publication", name)):
        last = [month(end) + 1 for end in ends.split()]
        first = [month(begin) for begin in begins.split()]
        months = tuple(zip(first, [*last, None][: len(first)], strict=True))
        heard = Heard(number, months, _MARKS.get(names[0], "heard"))
        table.update({name.lstrip("#"): heard for name in names.lstrip("*~").split("|")})
    return table


@cache
def _sizes() -> dict[str, tuple[int, ...]]:
    """How many words the names have that begin with a word, the most first."""
    sizes: dict[str, set[int]] = {}
    for name in load_heard():
        words = _WORD.findall(name)
        sizes.setdefault(words[0], set()).add(len(words))
    return {word: tuple(sorted(found, reverse=True)) for word, found in sizes.items()}


def heard(told: Sequence[Sentence], text: str, taken: Sequence[Span] = ()) -> Iterator[Hint]:
    """A hint for each thing that sentences name, but where another hint has `taken` the words.

    Of a thing that a sentence with a year tells of, only its beginning counts: the sentence may look back.
    """
    best: dict[int, tuple[bool, Heard, Span]] = {}
    for sentence in told:
        back = _LOOKS_BACK.search(sentence.text) is not None
        for found, span in _named(text, sentence.span):
            known = best.get(found.row)
            if not any(span.start < t.end and t.start < span.end for t in taken) and (known is None or known[0] > back):
                best[found.row] = (back, found, span)
    curves = load_sayings().curves
    for back, found, span in best.values():
        months = ((found.months[0][0], None),) if back else found.months
        yield Hint("heard", weigh(curves["heard" if back else found.curve], months), (span,))


def _named(text: str, within: Span) -> Iterator[tuple[Heard, Span]]:
    """The longest names of the tables at each word of a part of a text."""
    table, sizes = load_heard(), _sizes()
    words = list(_WORD.finditer(text, within.start, within.end))
    free = 0
    for first, word in enumerate(words):
        begin = word.start()
        if first < free or word[0] not in sizes or text[begin - 1 : begin] in ("-", "–"):
            continue
        for size in sizes[word[0]]:
            if first + size > len(words):
                continue
            end = words[first + size - 1].end()
            found = table.get(text[begin:end].replace("’", "'"))
            if found is not None:
                free = first + size
                yield found, Span(begin, end)
                break
