"""What dates and times of day mean: TIMEX3 value and days, told from the date of publication and the story so far.

Values follow TIMEX3 (TimeML 1.2.1; ISO 24617-1). Each function makes the value of those rules of `data/grammar.yaml`
that name it.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Literal

from communique.resolve.times import calendar
from communique.resolve.times.grammar import Match, value_of
from communique.types.text import Interval

Direction = Literal["past", "future"]
PARTS = {"MO": "morning", "AF": "afternoon", "EV": "evening", "NI": "night"}


@dataclass(frozen=True, slots=True)
class Value:
    """The meaning of an expression, with the fields of `Time`."""

    timex: str
    interval: Interval | None = None
    precision: str = "unknown"
    part_of_day: str | None = None
    kind: str = "date"
    aside: bool = False  # a time that others are compared with, which the story does not come to


@dataclass(frozen=True, slots=True)
class Clock:
    """Where a reader stands: the first and last day that may be the day of publication, the last resolved time of the
    story, and what says whether the words around an expression look back or ahead."""

    first: date | None
    last: date | None
    story: Value | None
    direction: Callable[[], Direction | None]

    def settle(self, tell: Callable[[date], Value], relative: str, precision: str) -> Value:
        """The value, if every possible day of publication gives the same; the relative value if not."""
        if self.first is not None and self.last is not None:
            first, last = tell(self.first), tell(self.last)
            if first == last:
                return first
        return Value(relative, None, precision)


def single(day: date) -> Value:
    """One day."""
    return Value(day.isoformat(), Interval(day, day + timedelta(days=1)), "day")


def whole(day: date, unit: str, step: int = 0, edge: str | None = None) -> Value:
    """The whole unit that holds the day, or one some steps away; only its early, middle or late part if so said."""
    interval = calendar.unit_interval(day, unit, step)
    return Value(calendar.timex(interval, unit), calendar.narrow(interval, edge), calendar.PRECISION[unit])


def _edge(match: Match) -> str | None:
    edge: str | None = match.value("EARLY", "EDGE")
    return edge


def with_part(value: Value, match: Match) -> Value:
    """The value, of the part of the day that is named with it."""
    part = match.value("PART")
    if part is None:
        return value
    return replace(value, timex=f"{value.timex}T{part}", part_of_day=PARTS[part], kind="time")


def nearest(options: list[date], today: date, direction: Direction | None) -> date:
    """The nearest of some days to another; days on the side that the direction speaks against count three times as far."""

    def distance(day: date) -> int:
        days = (day - today).days
        against = (direction == "past" and days > 0) or (direction == "future" and days < 0)
        return abs(days) * (3 if against else 1)

    return min(options, key=distance)


def iso(match: Match, clock: Clock) -> Value | None:
    """2024-05-16, with or without a time of day."""
    raw = match.words.raw(match.first)
    return replace(single(date.fromisoformat(raw[:10])), timex=raw, kind="time" if "T" in raw else "date")


def slash(match: Match, clock: Clock) -> Value | None:
    """16/5/2024 or 5/16/2024; where both readings are dates, the one nearer to the publication if that tells them apart."""
    a, b, year = (int(part) for part in re.split("[/.-]", match.words.raw(match.first)))
    if year < 100:
        year += 1900 if year > 50 else 2000
    options = []
    for day, month in {(a, b), (b, a)}:
        if 1 <= month <= 12 and 1 <= day <= 31:
            options.append(date(year, month, day))
    if len(options) == 1:
        return single(options[0])
    if not options:
        return None
    relative = f"{year:04}-XX-XX"
    return clock.settle(lambda today: single(nearest(options, today, None)), relative, "day")


def day(match: Match, clock: Clock) -> Value | None:
    """A month and a day of it, with the year or without."""
    month, number, year = match.value("MON"), match.value("DAY", "ORD"), match.value("YEAR")
    if year is not None:
        return single(date(year, month, number))
    date(2024, month, number)
    direction = clock.direction()

    def tell(today: date) -> Value:
        leaps = range(-4, 5) if (month, number) == (2, 29) else range(-1, 2)
        options = [date(y, month, number) for y in (today.year + k for k in leaps) if number < 29 or is_date(y, month, number)]
        return single(nearest(_on_weekday(options, match), today, direction))

    return clock.settle(tell, f"XXXX-{month:02}-{number:02}", "day")


def _on_weekday(options: list[date], match: Match) -> list[date]:
    """Those days that fall on the weekday which is named with them; all, if none does or none is named."""
    number = match.value("WD")
    return [day for day in options if day.isoweekday() == number] or options


def is_date(year: int, month: int, number: int) -> bool:
    """Whether a month has so many days."""
    return number <= calendar.unit_interval(date(year, month, 1), "M").end.toordinal() - date(year, month, 1).toordinal()


def day_range(match: Match, clock: Clock) -> Value | None:
    """A range of days within a month."""
    month, year = match.value("MON"), match.value("YEAR")
    first, last = (value_of(match.words.raw(i)) for i in match.all("DAY"))
    if not 1 <= first < last <= 31:
        return None

    def tell(today: date) -> Value:
        middle = nearest([date(today.year + k, month, first) for k in (-1, 0, 1)], today, clock.direction())
        return between(middle.year)

    def between(year: int) -> Value:
        start, end = date(year, month, first), date(year, month, last)
        return Value(f"{start}/{end}", Interval(start, end + timedelta(days=1)), "day")

    if year is not None:
        return between(year)
    return clock.settle(tell, f"XXXX-{month:02}-{first:02}/XXXX-{month:02}-{last:02}", "day")


def day_of_month(match: Match, clock: Clock) -> Value | None:
    """The 16th: of the month that the clause's tense calls for."""
    number = match.value("ORD")
    if not 1 <= number <= 31:
        return None
    direction = clock.direction() or "past"

    def tell(today: date) -> Value:
        months = [calendar.month_start(today.year, today.month + k) for k in (-2, -1, 0, 1, 2)]
        options = [m.replace(day=number) for m in months if is_date(m.year, m.month, number)]
        return single(nearest(_on_weekday(options, match), today, direction))

    return clock.settle(tell, f"XXXX-XX-{number:02}", "day")


def month(match: Match, clock: Clock) -> Value | None:
    """A month by name, alone, with its year, or with "last", "next", "this"."""
    number, year, edge = match.value("MON"), match.value("YEAR"), _edge(match)
    if year is not None:
        return whole(calendar.month_start(year, number), "M", edge=edge)
    relation = None if match.has("WEEKW", "WEEKEND", "WEEKDAY") else match.value("LAST", "PAST", "NEXT", "THIS")
    direction = clock.direction() or "past"

    def tell(today: date) -> Value:
        if match.has("YEARW") or relation == 0:
            return whole(calendar.month_start(today.year + (relation or 0), number), "M", edge=edge)
        ahead = (number - today.month) % 12
        if relation == 1:
            ahead = ahead or 12
        elif relation == -1 or direction == "past":
            ahead -= 12 if ahead or relation == -1 else 0
        return whole(calendar.month_start(today.year, today.month + ahead), "M", edge=edge)

    return clock.settle(tell, f"XXXX-{number:02}", "month")


def week_of_month(match: Match, clock: Clock) -> Value | None:
    """The first week of February: the week of the month's first day, or so many later; the last is that of its last day."""
    number = match.value("ORDW") or -1
    unit = "WE" if match.has("WEEKEND") else "W"
    told = month(match, clock)
    if told is None or told.interval is None or number > 5:
        return told
    if number < 0:
        return whole(told.interval.end - timedelta(days=1), unit)
    return whole(told.interval.start, unit, number - 1)


def each_month(match: Match, clock: Clock) -> Value | None:
    """Every October."""
    return Value(f"XXXX-{match.value('MON'):02}", None, "month", kind="set")


def year(match: Match, clock: Clock) -> Value | None:
    """A year in four digits."""
    return whole(date(match.value("YEAR"), 1, 1), "Y", edge=_edge(match))


def short_year(match: Match, clock: Clock) -> Value | None:
    """'82: in this century only when that lies before the publication."""
    number = match.value("SHORT")
    latest = clock.last.year if clock.last else 2000
    return whole(date(number + (2000 if number + 2000 <= latest else 1900), 1, 1), "Y")


def decade(match: Match, clock: Clock) -> Value | None:
    """The 1990s, the '90s, the nineties: of the 20th century if no other is named."""
    name = match.value("DECADENAME")
    number = 1900 + name * 10 if name is not None else match.value("DECADE")
    if number < 100:
        number += 1900
    edge = _edge(match)
    if number % 100 == 0 and number < 1900:
        return whole(date(number, 1, 1), "C", edge=edge)
    return whole(date(number, 1, 1), "E", edge=edge)


def century(match: Match, clock: Clock) -> Value | None:
    """The 19th century, counted as the years 1800 to 1899."""
    number = match.value("ORD")
    if not 2 <= number <= 25:
        return None
    return whole(date(number * 100 - 100, 1, 1), "C", edge=_edge(match))


def _quarter(year: int, number: int) -> Value:
    return whole(calendar.month_start(year, number * 3 - 2), "Q")


def quarter(match: Match, clock: Clock) -> Value | None:
    """The first quarter: of the year named, else the latest that has begun, or in a clause that looks ahead the next to end,
    unless it ended last: its results are still to come."""
    number, named = match.value("ORDW", "QUARTERN"), match.value("YEAR")
    number = 4 if number == -1 else number
    if not 1 <= number <= 4:
        return None
    if named is not None:
        return _quarter(named, number)
    step = match.value("REL") if match.has("YEARW") else None
    direction = clock.direction() or "past"

    def tell(today: date) -> Value:
        now = (today.month + 2) // 3
        if step is not None:
            return _quarter(today.year + step, number)
        reported = number == (now - 2) % 4 + 1
        if direction == "past" or reported:
            return _quarter(today.year - (number > now), number)
        return _quarter(today.year + (number < now), number)

    return clock.settle(tell, f"XXXX-Q{number}", "quarter")


def half_year(match: Match, clock: Clock) -> Value | None:
    """The second half of a year."""
    number = match.value("HALFN") or (2 if match.value("ORDW") in (2, -1) or not match.has("ORDW") else 1)
    named, step = match.value("YEAR"), match.value("REL") or 0

    def tell(year: int) -> Value:
        interval = Interval(calendar.month_start(year, 6 * number - 5), calendar.month_start(year, 6 * number + 1))
        return Value(f"{year:04}-H{number}", interval, "year")

    return tell(named) if named is not None else clock.settle(lambda today: tell(today.year + step), f"XXXX-H{number}", "year")


def season(match: Match, clock: Clock) -> Value | None:
    """Spring to winter, of the year named or of the one that the tense calls for."""
    name, named, edge = match.value("SEASON"), match.value("YEAR"), _edge(match)
    direction = "past" if match.has("LAST", "PAST") else "future" if match.has("NEXT") else clock.direction()
    step = match.value("REL") if match.has("YEARW") else None

    def tell(year: int) -> Value:
        return Value(f"{year:04}-{name}", calendar.narrow(calendar.season_interval(year, name), edge), "season")

    def from_day(today: date) -> Value:
        if step is not None or (match.has("THIS") and not match.has("PAST")):
            return tell(today.year + (step or 0))
        spans = [calendar.season_interval(today.year + k, name) for k in (-2, -1, 0, 1, 2)]
        if direction == "future":
            chosen = min(s.start for s in spans if (s.start if match.has("NEXT") else s.end) > today)
        else:
            chosen = max(s.start for s in spans if (s.end if match.has("LAST") else s.start) <= today)
        return tell(chosen.year)

    return tell(named) if named is not None else clock.settle(from_day, f"XXXX-{name}", "season")


def weekday(match: Match, clock: Clock) -> Value | None:
    """A weekday: latest on or before the publication, or next on or after it in a clause that looks ahead."""
    number = match.value("WEEKDAY")
    relation = match.value("LAST", "NEXT", "PAST") or 0
    this = match.has("THIS")
    direction = clock.direction() or ("future" if this else "past")

    def tell(today: date) -> Value:
        ahead = (number - today.isoweekday()) % 7
        if match.has("WEEKW"):
            ahead = number - today.isoweekday() + 7 * relation
        elif relation == 1:
            ahead = ahead or 7
        elif relation == -1 or (direction == "past" and ahead):
            ahead -= 7
        return single(today + timedelta(days=ahead))

    return with_part(clock.settle(tell, f"XXXX-WXX-{number}", "day"), match)


def each_weekday(match: Match, clock: Clock) -> Value | None:
    """Every Friday, on Fridays."""
    return Value(f"XXXX-WXX-{match.value('WEEKDAY', 'WEEKDAYS')}", None, "day", kind="set")


def today(match: Match, clock: Clock) -> Value | None:
    """Today, yesterday, tomorrow."""
    step = match.value("TODAY")
    return with_part(clock.settle(lambda now: single(now + timedelta(days=step)), "XXXX-XX-XX", "day"), match)


def tonight(match: Match, clock: Clock) -> Value | None:
    """Tonight; overnight is the night before the publication unless the clause looks ahead."""
    back = match.words.word(match.last - 1) == "overnight" and clock.direction() != "future"
    value = clock.settle(lambda now: single(now), "XXXX-XX-XX", "day")
    if back and value.interval is not None:
        value = replace(value, interval=Interval(value.interval.start - timedelta(days=1), value.interval.end))
    return replace(value, timex=f"{value.timex}TNI", part_of_day="night", kind="time")


def this_part(match: Match, clock: Clock) -> Value | None:
    """This morning, last night."""
    step = match.value("LAST") or 0
    return with_part(clock.settle(lambda now: single(now + timedelta(days=step)), "XXXX-XX-XX", "day"), match)


def story_day(clock: Clock) -> Value:
    """The day that the story has come to, else that of the publication."""
    if clock.story is not None and clock.story.interval is not None and clock.story.precision == "day":
        start = clock.story.interval.start
        return single(start)
    return clock.settle(single, "XXXX-XX-XX", "day")


def story_part(match: Match, clock: Clock) -> Value | None:
    """The morning, that night, the next morning, the night before: of the day that the story has come to, or the one beside."""
    told, step = story_day(clock), match.value("NEXT", "FOLLOWING", "PREVIOUS", "BEFORE") or 0
    if step and told.interval is not None:
        told = single(told.interval.start + timedelta(days=step))
    return with_part(told, match)


def _hour(told: Match) -> tuple[int, int]:
    """Hour and minute of a clock: 10:30 p.m., 1500, four in the morning, half past nine, a quarter to ten."""
    number = told.value("WNUM")
    digits = re.sub(r"\D", "", next((told.words.raw(i) for i in told.all("HM", "HOUR", "YEAR", "N4")), str(number or 0)))
    hour, minute = (int(digits[:-2]), int(digits[-2:])) if len(digits) > 2 else (int(digits), 0)
    if told.has("HALF"):
        minute = 30
    elif told.has("QUARTERW"):
        hour, minute = (hour, 15) if told.has("PAST") else (hour - 1, 45)
    half, part = told.value("AMPM"), told.value("PART")
    late = half == 12 or part in ("AF", "EV") or (part == "NI" and 6 <= hour < 12)
    if half is not None or part is not None:
        hour = hour % 12 + 12 * late if hour <= 12 else hour
    return hour, minute


def clock_time(match: Match, clock: Clock) -> Value | None:
    """Hours and minutes, on the day named with them or that the story has come to."""
    told = match.part("clock")
    hour, minute = _hour(told)
    if not 0 <= hour <= 24 or minute > 59:
        return None
    at = told.value("NOON") or f"{hour:02}:{minute:02}"
    zone = match.value("ZONE", "PLACETIME") or ""
    value: Value | None = story_day(clock)
    if "date" in match.groups:
        named = match.part("date")
        value = (day if named.has("MON") else today if named.has("TODAY") else weekday)(named, clock)
    return None if value is None else replace(value, timex=f"{value.timex}T{at}{zone}", kind="time")
