"""Times told from an event: "three months after the invasion", "the tenth anniversary of the coup".

They resolve where the report dates the event: by a date that hangs on its noun ("the invasion of Peru in May 2022", "the 2014
coup", "Monday's vote"), on a verb of the same stem ("invaded Peru in May 2022"), or on a verb of beginning ("the war began in
2014"). Where it tells no date, or several, nothing is guessed: a length stays a length, an anniversary is no time.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from communique.resolve import time_calendar as calendar
from communique.resolve.time_spans import stepped
from communique.resolve.time_values import Value, single, whole
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
    r"([^\W\d_]+) (?:began|started|broke out|took place|happened|occurred|erupted|was held|were held) (?:\w+ ){0,2}$"
)
_UNITS = {"day": "D", "week": "W", "month": "M", "year": "Y"}
_ORDER = "DWMY"
_FURTHEST = 9  # words between a verb and its date


def settled(text: str, found: Sequence[tuple[Span, Value]]) -> tuple[Value | None, ...]:
    """The values of a report's times, those told from an event resolved where it is dated; None for an anniversary that is
    not. `found` are spans of the text with their values, in order."""
    dates: list[tuple[str, Interval, str]] | None = None
    values: list[Value | None] = []
    for number, (span, value) in enumerate(found):
        link = (_OF if value.kind == ANNIVERSARY else _LINK).match(text, span.end) if _counts(value) else None
        if link is None:
            values.append(None if value.kind == ANNIVERSARY else value)
            continue
        if dates is None:
            dates = list(_dates(text, found))
        if value.kind == ANNIVERSARY:
            named = next((v for s, v in found[number + 1 :] if s.start < link.end() + _REACH and v.interval is not None), None)
            values.append(_anniversary(text, value, link.end(), named, dates, found))
        else:
            values.append(_offset(value, link[1].lower(), _event(text, link.end(), dates)))
    return tuple(values)


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


def _anniversary(
    text: str, value: Value, start: int, named: Value | None, dates: Sequence[tuple[str, Interval, str]],
    found: Sequence[tuple[Span, Value]],
) -> Value | None:  # fmt: skip
    """So many years after the event; a day told without its year ("of the May 3 coup") is that of the anniversary itself."""
    period = _PERIOD.fullmatch(value.timex)
    stop = re.compile(r"[.;!?]\s|\n").search(text, start)
    within = min(start + _REACH, stop.start() if stop else len(text))
    near = next(((s, v) for s, v in found if start <= s.start < within and v.interval is not None and v is named), None)
    if near is not None and not re.search(r"\d{4}", near[0].of(text)):
        return replace(near[1], kind="date") if near[1].precision == "day" and re.search(r"\d", near[0].of(text)) else None
    event = (near[1].interval, near[1].precision) if near is not None else _event(text, start, dates)
    if event is None or event[0] is None or period is None or event[1] not in _UNITS:
        return None
    there = calendar.shift(event[0].start, "Y", int(period[1]))
    return single(there) if event[1] == "day" else whole(there, _UNITS[event[1]])


def _event(text: str, start: int, dates: Sequence[tuple[str, Interval, str]]) -> tuple[Interval, str] | None:
    """When the event happened whose noun phrase starts here; None where the report tells no date of it, or several."""
    head = _head(_WORD.findall(text, start, start + _REACH))
    known = [(days, precision) for word, days, precision in dates if head is not None and _related(head, word)]
    if not known or max(d.start for d, _ in known) >= min(d.end for d, _ in known):
        return None
    return min(known, key=lambda date: (date[0].end - date[0].start).days)


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
    if not word.endswith("ed") or len(head) < 5:
        return False
    least = max(4, min(len(head), len(word)) - 3)
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
