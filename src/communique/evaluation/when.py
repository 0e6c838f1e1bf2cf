"""Times measured on TimeML: TimeBank and AQUAINT as TempEval-3 cleaned them (UzZaman et al. 2013, SemEval).

The creation time of each document is given as its date of publication. Spans count strictly (same start and end) and relaxed
(any overlap); a value counts where the spans overlap and the TIMEX3 values are the same. Phrases alone, without their sentence,
are measured on those of timenorm (Bethard 2013, EMNLP).
"""

from __future__ import annotations

import re
import xml.etree.ElementTree as ElementTree
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from communique.errors import DataError
from communique.resolve.times.resolver import find_times
from communique.types.text import Interval, Passage, Span

_DATE = re.compile(r"(\d{4})-?(\d\d)-?(\d\d)")
_PARAGRAPH = re.compile(r"\n\s*\n")


@dataclass(frozen=True, slots=True)
class TimedText:
    """A document of the corpus: its text, when it was published, and the gold spans with their values."""

    name: str
    text: str
    published: Interval | None
    gold: tuple[tuple[Span, str], ...]


def read_timeml(path: Path) -> TimedText:
    """A TimeML file as text and times. Raises DataError when it is no TimeML."""
    try:
        root = ElementTree.parse(path).getroot()
    except ElementTree.ParseError as error:
        raise DataError(f"{path}: not TimeML ({error})") from error
    body = root.find("TEXT")
    if body is None:
        raise DataError(f"{path}: has no TEXT element; expected TimeML")
    parts: list[str] = []
    gold: list[tuple[Span, str]] = []
    _collect(body, parts, gold)
    created = root.find("DCT/TIMEX3")
    found = _DATE.match(created.get("value", "")) if created is not None else None
    day = date(*map(int, found.groups())) if found else None
    return TimedText(path.name, "".join(parts), Interval(day, day + timedelta(days=1)) if day else None, tuple(gold))


def _collect(element: ElementTree.Element, parts: list[str], gold: list[tuple[Span, str]]) -> None:
    """Append the element's text to `parts` and the times in it to `gold`."""
    start = sum(map(len, parts))
    parts.append(element.text or "")
    for child in element:
        _collect(child, parts, gold)
        parts.append(child.tail or "")
    if element.tag == "TIMEX3":
        gold.append((Span(start, sum(map(len, parts))), element.get("value", "")))


def _paragraphs(text: str) -> Iterator[Passage]:
    start = 0
    for blank in (*_PARAGRAPH.finditer(text), None):
        yield Passage((Span(start, blank.start() if blank else len(text)),))
        start = blank.end() if blank else start


def predict(document: TimedText) -> list[tuple[Span, str | None]]:
    """The times that we find in a document of the corpus, whose paragraphs are the passages of a report."""
    return [(t.span, t.timex) for t in find_times(document.text, document.published, _paragraphs(document.text))]


def read_phrases(path: Path) -> list[tuple[Interval, str, str]]:
    """Phrases of timenorm with the day that they were written on and their TIMEX3 values; blocks of lines "phrase, type,
    value", the first of each block the day. Raises DataError where a block has none."""
    phrases = []
    for block in _PARAGRAPH.split(path.read_text(encoding="utf-8").strip()):
        rows = [line.split("\t") for line in block.splitlines()]
        found = _DATE.fullmatch(rows[0][-1])
        if found is None:
            raise DataError(
                f"{path}: {rows[0][-1]!r} is no day; each block starts with the day that its phrases were written on"
            )
        day = date(*map(int, found.groups()))
        phrases += [(Interval(day, day + timedelta(days=1)), row[0], row[-1]) for row in rows[1:]]
    return phrases


def _phrase_value(phrase: str, published: Interval) -> str | None:
    """The value of a phrase alone: that of the longest time in it."""
    times = find_times(phrase, published)
    return max(times, key=lambda t: t.span.end - t.span.start).timex if times else None


def evaluate(data: Path) -> dict[str, float]:
    """Figures over all `.tml` files below a folder: F1 of strict and relaxed spans and of values, and counts; where the folder
    holds the phrases of timenorm too, the share of those (its test part) whose value is right.

    Raises DataError when the folder holds no `.tml` files.
    """
    figures = _evaluate_documents(data)
    files = sorted(data.rglob("timenorm-tsv/test.tsv"))
    phrases = [phrase for file in files for phrase in read_phrases(file)]
    if phrases:
        right = sum(_phrase_value(phrase, published) == value for published, phrase, value in phrases)
        figures |= {"timenorm_phrases": float(len(phrases)), "timenorm_value_accuracy": right / len(phrases)}
    return figures


def _evaluate_documents(data: Path) -> dict[str, float]:
    paths = sorted(data.rglob("*.tml"))
    if not paths:
        raise DataError(f"{data}: holds no .tml files; give the folder of TempEval-3")
    wanted = found = strict = relaxed = right = 0
    for path in paths:
        document = read_timeml(path)
        predicted = predict(document)
        wanted, found = wanted + len(document.gold), found + len(predicted)
        free = list(predicted)
        for span, value in document.gold:
            best = max(free, key=lambda p: (p[0] == span, p[0].overlap(span)), default=None)
            if best is None or not best[0].overlap(span):
                continue
            free.remove(best)
            relaxed += 1
            strict += best[0] == span
            right += best[1] == value
    total = wanted + found or 1
    return {
        "documents": float(len(paths)),
        "times": float(wanted),
        "span_strict_f1": 2 * strict / total,
        "span_relaxed_f1": 2 * relaxed / total,
        "value_f1": 2 * right / total,
        "value_accuracy": right / relaxed if relaxed else 0.0,
        "relaxed_precision": relaxed / (found or 1),
        "relaxed_recall": relaxed / (wanted or 1),
    }
