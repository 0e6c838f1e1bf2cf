"""What times a text tells, as of a day of publication."""

from datetime import date, timedelta

from communique.resolve.times.resolver import find_times
from communique.types.analysis import Analysis
from communique.types.reading import Reading
from communique.types.text import Document, Interval, Passage, Published, Span

WEDNESDAY = date(2024, 5, 15)


def one_day(day: date = WEDNESDAY) -> Interval:
    return Interval(day, day + timedelta(days=1))


def days(start: str, end: str) -> Interval:
    return Interval(date.fromisoformat(start), date.fromisoformat(end))


def told(text: str, published: Interval | None = None) -> list[tuple[str, str | None]]:
    return [(t.span.of(text), t.timex) for t in find_times(text, published or one_day())]


def analysis_of(text: str, *spans: Span, reading: Reading | None = None) -> Analysis:
    document = Document("d", "t", "s", text, published=Published(one_day(), "given"))
    return Analysis(document, (Passage(spans or (Span(0, len(text)),)),), reading)
