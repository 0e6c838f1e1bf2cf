"""Times told from an event: "three months after the invasion", "the tenth anniversary of the coup".

They resolve where the report dates the event: by a date that hangs on its noun ("the invasion of Peru in May 2022", "the 2014
coup", "Monday's vote"), on a verb of the same stem ("invaded Peru in May 2022"), or on a verb of beginning ("the war began in
2014"). Where it tells no date, or several, nothing is guessed: a length stays a length, an anniversary is no time.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from communique.resolve.times import calendar
from communique.resolve.times.spans import stepped
from communique.resolve.times.values import Value, single, whole
from communique.types.text import Interval, Span

ANNIVERSARY = "anniversary"
_REACH = 90
_LINK = re.compile(r"\s+(after|before|into|since)\s+(?=[\w“\"])", re.IGNORECASE)
_OF = re.compile(r"\s+(?:of|since)\s+")
_PERIOD = re.compile(r"P(\d+)([DWMY])")
_WORD = re.compile(r"[^\W\d_][\w’'-]*|[^\w\s]")
_STOP = frozenset(
    "of in on at by near against from for and or that which who whom was were is are has had have began started broke took came"
    " with to into when where as but he she it they we his its their then said says".split()
)
_ARTICLES = frozenset("the a an this that these those".split())
_JOINS = frozenset("of in on at by near against from the a an its his their early late mid".split())
_CLAUSE = frozenset("that which who whom to said says and but as when while , ; : .".split())
_BEGIN = re.compile(
    r"([^\W\d_]+)(?: (?:of|in|on|against|for|by|between) (?:the )?[^\W\d_]+){0,2} (?:began|started|broke out|took place"
    r"|happened|occurred|erupted|was held|were held) (?:\w+ ){0,2}$"
)
_OPENING = re.compile(r"the (?:start|beginning|outbreak|onset) of ", re.IGNORECASE)
_UNITS = {"day": "D", "week": "W", "month": "M", "year": "Y"}
_ORDER = "DWMY"
_STOPS = re.compile(r"[.;!?]\s|\n")
_LEAST = 4  # letters that a noun and a verb of its stem have in common at least
_FURTHEST = 9  # words between a verb and its date


@dataclass(frozen=True, slots=True)
class _Dates:
    """The dates that hang on words: by the word's first letters, the word, the days that all its dates share (none where they
    contradict each other), and the finest of them with its precision."""

    by_start: dict[str, dict[str, tuple[Interval | None, Interval, str]]]

    @classmethod
    def of(cls, told: Iterable[tuple[str, Interval, str]]) -> _Dates:
        """The dates of words, as they are told one after another."""
        starts: dict[str, dict[str, tuple[Interval | None, Interval, str]]] = {}
        for word, days, precision in told:
            words = starts.setdefault(_start(word), {})
            if word not in words:
                words[word] = (days, days, precision)
                continue
            shared, finest, its = words[word]
            finer = (days, precision) if _length(days) < _length(finest) else (finest, its)
            words[word] = (_shared(shared, days), *finer)
        return cls(starts)

    def of_event(self, head: str | None) -> tuple[Interval, str] | None:
        """The one date of an event by its noun."""
        known = [date for word, date in self.by_start.get(_start(head or ""), {}).items() if head and _related(head, word)]
        shared: Interval | None = known[0][0] if known else None
        for date in known[1:]:
            shared = _shared(shared, date[0]) if date[0] is not None else None
        if shared is None:
            return None
        return min(((days, precision) for _, days, precision in known), key=lambda told: _length(told[0]))


def _start(word: str) -> str:
    return word.rstrip("s")[:_LEAST]


def _length(days: Interval) -> int:
    return (days.end - days.start).days


def _shared(one: Interval | None, two: Interval) -> Interval | None:
    if one is None or one.end <= two.start or two.end <= one.start:
        return None
    return Interval(max(one.start, two.start), min(one.end, two.end))


def settled(text: str, found: Sequence[tuple[Span, Value]]) -> tuple[Value | None, ...]:
    """The values of a report's times, those told from an event resolved where it is dated; None for an anniversary that is
    not. `found` are spans of the text with their values, in order."""
    dates: _Dates | None = None
    values: list[Value | None] = []
    for number, (span, value) in enumerate(found):
        link = (_OF if value.kind == ANNIVERSARY else _LINK).match(text, span.end) if _counts(value) else None
        if link is None:
            values.append(None if value.kind == ANNIVERSARY else value)
            continue
        if dates is None:
            dates = _Dates.of(_dates(text, found))
        if value.kind == ANNIVERSARY:
            values.append(_anniversary(text, value, link.end(), _named(text, link.end(), found, number + 1), dates))
        else:
            values.append(_offset(value, link[1].lower(), dates.of_event(_head_at(text, link.end()))))
    return tuple(values)


def _named(text: str, start: int, found: Sequence[tuple[Span, Value]], number: int) -> tuple[Span, Value] | None:
    """The first date that is named in the rest of the sentence, close by; `number` is that of the next time."""
    stop = _STOPS.search(text, start, start + _REACH)
    within = stop.start() if stop else start + _REACH
    while number < len(found) and found[number][0].start < within:
        if found[number][1].interval is not None:
            return found[number]
        number += 1
    return None


def _counts(value: Value) -> bool:
    return value.kind in ("duration", ANNIVERSARY) and value.interval is None and _PERIOD.fullmatch(value.timex) is not None


def _offset(value: Value, side: str, event: tuple[Interval, str] | None) -> Value:
    period = _PERIOD.fullmatch(value.timex)
    if event is None or period is None:
        return value
    days, precision = event
    unit, own = period[2], _UNITS.get(precision)
    if own is None or _ORDER.index(own) > _ORDER.index(unit) or side == "since":
        return value
    return stepped(days.start, unit, -int(period[1]) if side == "before" else int(period[1]))


def _anniversary(text: str, value: Value, start: int, named: tuple[Span, Value] | None, dates: _Dates) -> Value | None:
    """So many years after the event; a day told without its year ("of the May 3 coup") is that of the anniversary itself."""
    period = _PERIOD.fullmatch(value.timex)
    if named is not None and not re.search(r"\d{4}", named[0].of(text)):
        day = named[1].precision == "day" and re.search(r"\d", named[0].of(text))
        return replace(named[1], kind="date") if day else None
    event = (named[1].interval, named[1].precision) if named is not None else dates.of_event(_head_at(text, start))
    if event is None or event[0] is None or period is None or event[1] not in _UNITS:
        return None
    there = calendar.shift(event[0].start, "Y", int(period[1]))
    return single(there) if event[1] == "day" else whole(there, _UNITS[event[1]])


def _head_at(text: str, start: int) -> str | None:
    opening = _OPENING.match(text, start)
    start = opening.end() if opening else start
    return _head(_WORD.findall(text, start, start + _REACH))


def _head(words: Sequence[str]) -> str | None:
    """The last word of a noun phrase, before a preposition, a verb or a mark."""
    last = None
    for word in words[:6]:
        low = word.lower()
        if low in _STOP and low not in _ARTICLES and low not in ("his", "its", "their"):
            break
        if not word[0].isalpha():
            break
        last = low
    return last if last is not None and last not in _ARTICLES else None


def _related(head: str, word: str) -> bool:
    """Whether a word is the noun, in singular or plural, or a verb in -ed of its stem: invasion, invaded."""
    if head.rstrip("s") == word.rstrip("s"):
        return True
    if not word.endswith("ed") or len(head) <= _LEAST:
        return False
    least = max(_LEAST, min(len(head), len(word)) - 3)
    return head[:least] == word[:least]


def _dates(text: str, found: Sequence[tuple[Span, Value]]) -> Iterator[tuple[str, Interval, str]]:
    """The nouns and verbs that a date hangs on, with its days and precision."""
    last = 0
    for span, value in found:
        if value.interval is not None and value.kind in ("date", "time") and value.precision in _UNITS:
            before = text[max(last, span.start - _REACH) : span.start]
            for word in (*_before(before), *_after(text, span, before)):
                yield word, value.interval, value.precision
        last = span.end


def _before(text: str) -> Iterator[str]:
    """The noun that the date hangs on by prepositions and names alone, and verbs in -ed of its clause."""
    begun = _BEGIN.search(" ".join(text.split()) + " ")
    if begun:
        yield begun[1].lower()
    words = _WORD.findall(text)
    noun = True
    for word in list(reversed(words))[:_FURTHEST]:
        low = word.lower()
        if low in _CLAUSE or not word[0].isalpha():
            return
        if low in _JOINS or word[0].isupper():
            continue
        if noun or low.endswith("ed"):
            yield low
        noun = False


def _after(text: str, span: Span, before: str) -> Iterator[str]:
    """The noun that the date stands before: "the 2014 coup", "Monday's vote"."""
    words = _WORD.findall(text, span.end, span.end + _REACH)
    possessive = bool(words) and words[0] in ("'", "’")
    if possessive:
        words = words[2:] if len(words) > 1 and words[1] == "s" else words[1:]
    elif before.split()[-1:] and before.split()[-1].lower() not in _ARTICLES:
        return
    head = _head(words)
    if head is not None:
        yield head
