"""The day and month that a wire's dateline gives without their year: "LIMA, March 3 (AFP) -"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from communique.resolve.publication.clues import Clue, Sentence
from communique.resolve.times.calendar import unit_interval
from communique.types.analysis import Analysis
from communique.types.text import Interval, Span

_NAMES = "January February March April May June July August September October November December".split()
_MONTH = rf"(?P<month>(?:{'|'.join(n[:3] for n in _NAMES)})[a-z]*)\.?"
_DAY = r"(?P<day>\d{1,2})"
_DATE = re.compile(rf"\b(?:{_MONTH} {_DAY}|{_DAY.replace('day', 'day2')} {_MONTH.replace('month', 'month2')})\b")
_WEEKDAY = re.compile(r"XXXX-WXX-([1-7])")
_YEARS = range(1945, 2041)
# What is told of a weekday in the first sentence happened on the dateline's day or the day before.
_BACK = (0, 1)


def dateline(analysis: Analysis, told: Sequence[Sentence]) -> Iterator[Clue]:
    """The days that a dateline without a year allows: its date in those years in which the weekday that the first sentence
    tells of as past is that day or the one before; in all years where it tells of none or of several."""
    body = next((p for p in analysis.passages if p.kind == "body" and p.spans), None)
    if body is None:
        return
    text, start = analysis.document.text, body.spans[0].start
    line = text.rfind("\n", 0, start) + 1
    found = _DATE.search(text, line, start)
    if found is None:
        return
    month = 1 + [n[:3] for n in _NAMES].index((found["month"] or found["month2"])[:3])
    first = next((s for s in told if s.span.start >= start), None)
    weekdays = {int(m[1]) for t, d in (first.times if first else ()) if d == "past" and (m := _WEEKDAY.match(t.timex or ""))}
    days = tuple(_days(month, int(found["day"] or found["day2"]), weekdays if len(weekdays) == 1 else set()))
    if days:
        yield Clue("dateline", days, (Span(*found.span()),), 0)


def _days(month: int, day: int, weekdays: set[int]) -> Iterator[Interval]:
    for year in _YEARS:
        try:
            whole = unit_interval(date(year, month, day), "D")
        except ValueError:
            continue
        near = {(whole.start - timedelta(days=back)).isoweekday() for back in _BACK}
        if not weekdays or weekdays & near:
            yield whole
