"""Times: every expression of time in a report, with its TIMEX3 value and the days that it covers."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import timedelta
from functools import partial

from communique.resolve.times.events import ANNIVERSARY, settled
from communique.resolve.times.grammar import Match, cut, find_matches
from communique.resolve.times.guards import stands
from communique.resolve.times.makers import value
from communique.resolve.times.passages import JoinedText
from communique.resolve.times.tense import Direction, Tenses, direction_of_words, direction_told
from communique.resolve.times.values import Clock, Value
from communique.types.analysis import Analysis, Failed, each
from communique.types.entities import Time
from communique.types.text import Interval, Passage, Span

_STORY_REACH = 1200

Ahead = Callable[[], Direction | None]


def find_times(text: str, published: Interval | None = None, passages: Iterable[Passage] | None = None) -> list[Time]:
    """The times of one text, in order, with offsets into it; `published` are the days on one of which it came out, `passages`
    its paragraphs (all of the text is one without them).

    With no publication, or one that leaves several readings, a relative time keeps a relative value and no interval.
    """
    found = _read(passages or (Passage((Span(0, len(text)),)),), text, published, None)
    return list(_number((span, told) for span, told, _ in found))


def read_times(analysis: Analysis, published: Interval | None) -> tuple[tuple[Time, Direction | None], ...]:
    """The times of a report, each with the direction of its clause, read as of some days of publication or none; without those
    that are counted from an event, as they tell nothing that its date does not."""
    tenses = Tenses(analysis.reading) if analysis.reading is not None else None
    found, directions = [], []
    for span, told, direction in _find(analysis.passages, analysis.document.text, published, tenses):
        if told.kind == ANNIVERSARY:
            continue
        found.append((span, told))
        directions.append(direction())
    return tuple(zip(_number(found), directions, strict=True))


def _read(
    passages: Iterable[Passage], text: str, published: Interval | None, tenses: Tenses | None
) -> Iterator[tuple[Span, Value, Ahead]]:
    found = list(_find(passages, text, published, tenses))
    values = settled(text, [(span, told) for span, told, _ in found])
    return ((span, told, ahead) for (span, _, ahead), told in zip(found, values, strict=True) if told is not None)


def _find(
    passages: Iterable[Passage], text: str, published: Interval | None, tenses: Tenses | None
) -> Iterator[tuple[Span, Value, Ahead]]:
    first = published.start if published else None
    last = published.end - timedelta(days=1) if published else None
    story: Value | None = None
    told_at = 0
    for passage in passages:
        joined = JoinedText.of(passage, text)
        for match in find_matches(cut(joined.text), stands):
            span = joined.place(match.start, match.end)
            if span is None:
                continue
            known = story if span.start - told_at < _STORY_REACH else None
            direction = partial(_direction, match, span, tenses)
            found = value(match, Clock(first, last, known, direction))
            if found is None:
                continue
            yield span, found, direction
            if found.interval is not None and found.kind in ("date", "time") and not found.aside:
                story, told_at = found, span.end


def _direction(match: Match, span: Span, tenses: Tenses | None) -> Direction | None:
    text = match.words.text
    found = direction_told(text, match.start) or (tenses.direction(span) if tenses else None)
    return found or direction_of_words(text, Span(match.start, match.end))


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
        return each(analyses, self.name, lambda analysis: replace(analysis, times=tuple(self._times(analysis))))

    @staticmethod
    def _times(analysis: Analysis) -> Iterator[Time]:
        document = analysis.document
        tenses = Tenses(analysis.reading) if analysis.reading is not None else None
        found = _read(analysis.passages, document.text, document.published.interval, tenses)
        return _number((span, told) for span, told, _ in found)
