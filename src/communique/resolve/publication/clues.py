"""What a report tells of its own date: each clue is a set of days that it allows and the words that say so."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache
from typing import Any

from communique.resolve.publication.weights import Curve
from communique.resolve.tables import read_book
from communique.resolve.times.calendar import month_start, unit_interval
from communique.resolve.times.grammar import cut, load_grammar, value_of
from communique.resolve.times.passages import JoinedText
from communique.resolve.times.resolver import read_times
from communique.resolve.times.tense import Direction, sentences
from communique.types.analysis import Analysis
from communique.types.entities import Time
from communique.types.text import Interval, Span

Days = tuple[Interval, ...]
_YEARS = range(1900, 2101)
EVER = Interval(date(1900, 1, 1), date(2101, 1, 1))
# Every pattern of `data/sayings.yaml` names one.
_YEAR = re.compile(r"\b(?:1[5-9]|20)\d\d\b")
_NEAR = timedelta(days=60)
_LATER = timedelta(days=120)
# What is past where it happened may be tomorrow's date where it is reported.
_TIME_ZONES = timedelta(days=1)
_BETWEEN = timedelta(days=100)
_REACH = 100_000
_MOST_PAIRS = 200
_MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
_OPEN_ENDED = re.compile(
    r"\b(?:will|would|shall|until|till|through|by|plan\w*|schedul\w*|expect\w*|due|target\w*|goal|deadline|election|expir\w*|mandate|term|if|may|might"
    r"|could|should|season|bid|cup|games|olympic\w*)\b",
    re.IGNORECASE,
)
_PAST_BETWEEN = re.compile(r"\b(?:ago|of|from|than|the|\w+ed)\s*$|\b(?:since|after|was|were|had|anniversary)\b")
_CAPITAL = re.compile(r"(?<![.!?“\"] )\b[A-Z][\w’'-]+")


@dataclass(frozen=True, slots=True)
class Clue:
    """The days on which a report may have come out, by what the `evidence` says; clues are weighed in the order of `rank`."""

    name: str
    days: Days
    evidence: tuple[Span, ...]
    rank: int


@dataclass(frozen=True, slots=True)
class Pattern:
    """One entry of `data/sayings.yaml`: years from `low` to `high` after the year that the expression names."""

    name: str
    expression: re.Pattern[str]
    low: int
    high: int
    always: bool
    ahead: bool
    example: tuple[str, int, int]


@dataclass(frozen=True, slots=True)
class Sayings:
    """The patterns of `data/sayings.yaml`, compiled."""

    patterns: tuple[Pattern, ...]
    unless: re.Pattern[str]
    vague: frozenset[str]
    forecast: re.Pattern[str]
    imminent: re.Pattern[str]
    uses: dict[str, frozenset[str]]
    turns: dict[str, re.Pattern[str]]
    curves: dict[str, Curve]
    answer: dict[str, Any]
    ordinal: str
    at_hand: re.Pattern[str]
    examples: dict[str, Any]


@cache
def load_sayings() -> Sayings:
    """What texts say of their date, from `data/sayings.yaml`."""
    book = read_book("publication", "sayings.yaml")

    def compiled(pattern: str) -> re.Pattern[str]:
        for name, macro in book["macros"].items():
            pattern = pattern.replace("{" + name + "}", macro)
        return re.compile(pattern.replace("{month}", _MONTHS), re.IGNORECASE)

    patterns = (
        Pattern(
            e["name"], compiled(e["pattern"]), e["low"], e["high"],
            e.get("always", False), e.get("ahead", False), tuple(e["example"]),
        )
        for e in book["patterns"]
    )  # fmt: skip
    return Sayings(
        tuple(patterns), re.compile("|".join(book["unless"]), re.IGNORECASE), frozenset(book["vague"]),
        compiled(book["forecast"]["pattern"]), compiled(book["imminent"]["pattern"]),
        {use: frozenset(said) for use, said in book["uses"].items()},
        {turn: compiled(said["pattern"]) for turn, said in book["turns"].items()},
        {name: Curve(tuple(map(tuple, c["before"])), tuple(map(tuple, c["after"])), c.get("inside", 0.0))
         for name, c in book["curves"].items()},
        book["answer"], book["macros"]["ordinal"], compiled(book["at_hand"]["pattern"]),
        {name: book[name]["example"] for name in ("forecast", "imminent", "at_hand")}
        | {turn: said["example"] for turn, said in book["turns"].items()},
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of the report with its span in the document and the times in it."""

    text: str
    span: Span
    times: tuple[tuple[Time, Direction | None], ...]


def read_sentences(analysis: Analysis) -> list[Sentence]:
    """The sentences of a report with their times; nothing beyond the first `_REACH` characters, where no report goes on."""
    passages = tuple(p for p in analysis.passages if p.spans and p.spans[-1].end <= _REACH)
    times = read_times(replace(analysis, passages=passages), None)
    starts = [t.span.start for t, _ in times]
    found = []
    for passage in passages:
        joined = JoinedText.of(passage, analysis.document.text)
        for part in sentences(joined.text):
            text = part.of(joined.text)
            span = joined.place(part.start, part.start + len(text.rstrip()))
            if span is not None:
                inside = times[bisect_left(starts, span.start) : bisect_left(starts, span.end)]
                found.append(Sentence(text, span, inside))
    return found


def clues(told: list[Sentence]) -> list[Clue]:
    """All clues of a report's sentences but those that need a year (`months_left_out`)."""
    return [
        *_sayings(told),
        *_bounds(told),
        *_between(told),
        *_dated_weekdays(told),
        *_forecasts(told),
    ]


def count(words: str) -> int:
    """The number that numerals or number words write, as "two", "34th" or "seventy-fifth"; "a hundred" is 100."""
    parts = words.lower().removeprefix("a ").removeprefix("one ")
    return int(sum(value_of(part) or 0 for part in re.split(r"[\s-]+", parts)))


def _sayings(told: list[Sentence]) -> Iterator[Clue]:
    book = load_sayings()
    for sentence in (s for s in told if _YEAR.search(s.text)):
        for pattern in book.patterns:
            found = pattern.expression.search(sentence.text)
            if found is None or (not pattern.always and book.unless.search(sentence.text)):
                continue
            if pattern.ahead and not book.imminent.search(sentence.text):
                continue
            groups = found.groupdict()
            year = int(groups["year"])
            before = re.findall(r"\w+", sentence.text[max(0, found.start() - 30) : found.start()])
            others = {t.timex[:4] for t, _ in sentence.times if t.timex and t.timex[:4].isdigit()} - {str(year)}
            if others or (before and before[-1].lower() in book.vague):
                continue
            year += count(groups["n"]) if groups.get("n") else 0
            if year + pattern.high <= _YEARS[-1] and year + pattern.low >= _YEARS[0]:
                days = Interval(date(year + pattern.low, 1, 1), date(year + pattern.high + 1, 1, 1))
                yield Clue(pattern.name, (days,), (place_in(sentence, Span(*found.span())),), 0)


def place_in(sentence: Sentence, span: Span) -> Span:
    """The document span of words of a sentence; the whole sentence where dropped words cut it."""
    if sentence.span.end - sentence.span.start != len(sentence.text.rstrip()):
        return sentence.span
    return Span(sentence.span.start + span.start, sentence.span.start + span.end)


def _bounds(told: list[Sentence]) -> Iterator[Clue]:
    """The latest explicit date that is told as past, and the earliest that is told as ahead."""
    imminent = load_sayings().imminent
    after: tuple[date, Span] | None = None
    before: tuple[date, Span] | None = None
    for sentence in told:
        dates = [(t, d) for t, d in sentence.times if t.kind != "duration" and t.precision in ("day", "month", "year")]
        explicit = [(t, t.interval, d) for t, d in dates if t.interval]
        for time, interval, direction in explicit:
            back = told_as_past(sentence, direction)
            ahead = direction == "future" and len(explicit) == 1 and _led_to(imminent, sentence, time)
            if back and (after is None or interval.start > after[0]):
                after = (interval.start, time.span)
            elif ahead and (before is None or interval.end < before[0]):
                before = (interval.end, time.span)
    if after is not None and after[0] > EVER.start:
        yield Clue("told as past", (Interval(after[0] - _TIME_ZONES, EVER.end),), (after[1],), 1)
    if before is not None and before[0] > EVER.start:
        yield Clue("told as ahead", (Interval(EVER.start, before[0]),), (before[1],), 1)


def told_as_past(sentence: Sentence, direction: Direction | None) -> bool:
    """Whether a time of this direction is surely past: nothing in its sentence can be about what is to come."""
    return direction == "past" and not _OPEN_ENDED.search(sentence.text)


def _led_to(imminent: re.Pattern[str], sentence: Sentence, time: Time) -> bool:
    """Whether what is told as about to happen runs on to the time, with nothing past and no quotation in between."""
    start = time.span.start - sentence.span.start
    cues = list(imminent.finditer(sentence.text, 0, max(0, start)))
    if not cues or start - cues[-1].end() > 100 or re.search('["“”]', sentence.text):
        return False
    between = sentence.text[cues[-1].end() : start]
    return _PAST_BETWEEN.search(between) is None


def _yearless(time: Time) -> tuple[int, int | None] | None:
    """Month and day of a date without a year, the day None for a month."""
    found = re.fullmatch(r"XXXX-(\d\d)(?:-(\d\d))?", time.timex or "")
    return (int(found[1]), int(found[2]) if found[2] else None) if found else None


def _days_of(month: int, day: int | None, year: int) -> Interval | None:
    try:
        return unit_interval(date(year, month, day or 1), "D" if day else "M")
    except ValueError:
        return None


def _between(told: list[Sentence]) -> Iterator[Clue]:
    """Dates without a year, one told as past and one as ahead, that lie close together: the report stands between them.

    Otherwise the later one would be most of a year ahead, and a newsroom then names the year.
    """
    imminent = load_sayings().imminent
    past, ahead = [], []
    for sentence in told:
        for time, direction in sentence.times:
            when = _yearless(time)
            if when is None or time.kind == "set":
                continue
            if direction == "past" and not _OPEN_ENDED.search(sentence.text):
                past.append((when, time.span))
            elif direction == "future" and imminent.search(sentence.text) and "would" not in sentence.text:
                ahead.append((when, time.span))
    if len(past) * len(ahead) > _MOST_PAIRS:
        return  # a chronicle, not a report of the day
    for (first, one), (last, other) in ((a, b) for a in past for b in ahead):
        days = tuple(_stretch(first, last))
        if days:
            yield Clue("between two dates", days, (one, other), 3)


def _stretch(first: tuple[int, int | None], last: tuple[int, int | None]) -> Iterator[Interval]:
    for year in _YEARS:
        start, end = _days_of(*first, year), _days_of(*last, year)
        if start is not None and end is not None and end.end <= start.start:
            end = _days_of(*last, year + 1)
        if start is not None and end is not None and timedelta(0) < end.end - start.start <= _BETWEEN:
            yield Interval(start.start, end.end)


def _dated_weekdays(told: list[Sentence]) -> Iterator[Clue]:
    """A weekday with its date and no year: only some years have it; the report stands two months before it to four after."""
    letters = load_grammar().letters
    pattern = re.compile(f"[{letters['WD']}](?=[{letters['COMMA']}]?[{letters['MON']}{letters['DAY']}])")
    for sentence in told:
        dates = [(t, when) for t, _ in sentence.times if (when := _yearless(t))]
        if len(dates) != 1 or dates[0][1][1] is None:
            continue
        words = cut(sentence.text)
        weekday = pattern.search(words.kinds)
        if weekday is None:
            continue
        number = value_of(words.raw(weekday.start()))
        possible = (_days_of(*dates[0][1], year) for year in _YEARS)
        days = (Interval(d.start - _NEAR, d.end + _LATER) for d in possible if d and d.start.isoweekday() == number)
        yield Clue("weekday of a date", tuple(days), (dates[0][0].span,), 4)


def _names(sentence: Sentence) -> frozenset[str]:
    return frozenset(re.sub("['’]s?$", "", w) for w in _CAPITAL.findall(sentence.text) if value_of(w) is None)


def _is_coming_weekday(time: Time, direction: Direction | None) -> bool:
    return direction != "past" and (time.timex or "").startswith("XXXX-WXX-") and time.kind != "set"


def _forecasts(told: list[Sentence]) -> Iterator[Clue]:
    """What was reported to come in a month is elsewhere (two shared names) about to come on a weekday: it is that month.

    The weekday lies at most a week ahead, so that the report may stand up to a week before the month.
    """
    book = load_sayings()
    coming = [s for s in told if any(_is_coming_weekday(t, d) for t, d in s.times) and book.imminent.search(s.text)]
    for sentence in told if coming else ():
        found = book.forecast.search(sentence.text)
        if found is None:
            continue
        month = value_of(found["month"].capitalize())
        for other in coming:
            if other is sentence or len(_names(sentence) & _names(other)) < 2:
                continue
            days = (Interval(month_start(year, month) - timedelta(days=7), month_start(year, month + 1)) for year in _YEARS)
            yield Clue("forecast about to come true", tuple(days), (place_in(sentence, Span(*found.span())), other.span), 4)
            break


def months_left_out(told: list[Sentence], text: str, bounds: Interval | None) -> Iterator[Clue]:
    """The months that a report can't stand in because it calls a month by name that it would call "last month" from there.

    `text` is the document's. Counts only for a report that does say "last month" (or "this", "next") elsewhere.
    """
    if bounds is None or bounds.end - bounds.start > timedelta(days=3 * 366):
        return
    times = [t for sentence in told for t, _ in sentence.times]
    for word, step in (("last", 1), ("this", 0), ("next", -1)):
        said = re.compile(rf"\b{word} month\b", re.IGNORECASE)
        relative = [t.span for t in times if t.timex == "XXXX-XX" and said.search(t.span.of(text))]
        named = [(when[0], t.span) for t in times if (when := _yearless(t)) and when[1] is None]
        for month, span in named if relative else ():
            days, start = [], bounds.start
            for year in range(bounds.start.year - 1, bounds.end.year + 2):
                out = month_start(year, month + step)
                if start < out < bounds.end:
                    days.append(Interval(start, out))
                start = max(start, month_start(out.year, out.month + 1)) if out < bounds.end else start
            if start < bounds.end:
                days.append(Interval(start, bounds.end))
            yield Clue(f"not {word} month", tuple(days), (relative[0], span), 5)


__all__ = [
    "EVER",
    "Clue",
    "Days",
    "Sentence",
    "clues",
    "count",
    "load_sayings",
    "months_left_out",
    "place_in",
    "read_sentences",
    "told_as_past",
]
