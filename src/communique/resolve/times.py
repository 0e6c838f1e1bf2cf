"""Times: every expression of time in a report, with its TIMEX3 value and the days that it covers."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import timedelta

from communique.resolve.tense import Direction, Tenses, direction_of_words
from communique.resolve.time_grammar import Match, Words, cut, find_matches
from communique.resolve.time_guards import stands
from communique.resolve.time_spans import value
from communique.resolve.time_values import Clock, Value
from communique.types.analysis import Analysis, Failed
from communique.types.entities import Time
from communique.types.reading import Reading
from communique.types.text import Interval, Passage, Span

_STORY_REACH = 1200
_BLANK = re.compile(r"\s*")


def find_times(text: str, published: Interval | None = None) -> list[Time]:
    """The times of one text, in order, with offsets into it; `published` are the days on one of which it came out.

    With no publication, or one that leaves several readings, a relative time keeps a relative value and no interval.
    """
    return list(_number(_read((Passage((Span(0, len(text)),)),), text, published, None)))


def _read(passages: Iterable[Passage], text: str, published: Interval | None, tenses: Tenses | None) -> Iterator[tuple[Span, Value]]:
    first = published.start if published else None
    last = published.end - timedelta(days=1) if published else None
    story: Value | None = None
    told_at = 0
    for passage in passages:
        joined, places = _join(passage, text)
        for match in find_matches(cut(joined), stands):
            span = _place(match, places, text)
            if span is None:
                continue
            known = story if span.start - told_at < _STORY_REACH else None
            found = value(match, Clock(first, last, known, lambda m=match, s=span: _direction(m, s, tenses)))  # type: ignore[misc]
            if found is None:
                continue
            yield span, found
            if found.interval is not None and found.kind in ("date", "time"):
                story, told_at = found, span.end


def _direction(match: Match, span: Span, tenses: Tenses | None) -> Direction | None:
    found = tenses.direction(span) if tenses else None
    return found or direction_of_words(match.words.text, Span(match.start, match.end))


def _join(passage: Passage, text: str) -> tuple[str, list[tuple[int, Span]]]:
    """The passage as one string, and where in it each of its spans starts."""
    parts, places, length = [], [], 0
    for span in passage.spans:
        places.append((length, span))
        parts.append(span.of(text))
        length += span.end - span.start + 1
    return " ".join(parts), places


def _place(match: Match, places: list[tuple[int, Span]], text: str) -> Span | None:
    """The span of a match in the document, None when dropped words stand within it."""
    start = end = 0
    for offset, span in places:
        if offset <= match.start:
            start = span.start + match.start - offset
        if offset < match.end:
            end = span.start + match.end - offset
    if len(places) > 1:
        inside = [s for _, s in places if start < s.start < end]
        for span in inside:
            before = max(s.end for _, s in places if s.end <= span.start)
            if _BLANK.fullmatch(text, before, span.start) is None:
                return None
    return Span(start, end)


def _number(found: Iterable[tuple[Span, Value]]) -> Iterator[Time]:
    for number, (span, told) in enumerate(found, 1):
        yield Time(f"t{number}", span, told.timex, told.interval, told.precision, told.part_of_day, told.kind)


class TimeResolver:
    """The stage that finds a report's times and resolves them against its date of publication."""

    name = "times"
    requires = frozenset({"passages"})
    uses = frozenset({"reading"})
    provides = frozenset({"times"})

    def __call__(self, analyses: Iterable[Analysis | Failed]) -> Iterator[Analysis | Failed]:
        """Each analysis with its times; a failure for a report that can't be done."""
        for analysis in analyses:
            if isinstance(analysis, Failed):
                yield analysis
                continue
            try:
                yield replace(analysis, times=tuple(self._times(analysis, analysis.reading)))
            except Exception as error:
                yield Failed(analysis.document.source, self.name, error)

    @staticmethod
    def _times(analysis: Analysis, reading: Reading | None) -> Iterator[Time]:
        document = analysis.document
        tenses = Tenses(reading) if reading is not None else None
        return _number(_read(analysis.passages, document.text, document.published.interval, tenses))


__all__ = ["TimeResolver", "Words", "find_times"]
