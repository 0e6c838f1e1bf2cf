"""Feasts and the days on which they fall, computed for any year from the rules of `data/feasts.yaml`.

Easter after Meeus (Astronomical Algorithms, 1998, ch. 8); the Hebrew and the tabular Islamic calendar after Reingold and
Dershowitz (Calendrical Calculations, 2018, ch. 7 and 8); new moons after Meeus, ch. 49, with the largest terms.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache

from communique.resolve.tables import read_book
from communique.resolve.times import calendar
from communique.resolve.times.grammar import Match
from communique.resolve.times.values import Clock, Value, nearest
from communique.types.text import Interval

_HEBREW_EPOCH, _ISLAMIC_EPOCH = -1373427, 227015  # ordinals of the first day of either calendar
_NEW_MOON, _SYNODIC = 2451550.09766, 29.530588861  # Julian date of the first new moon of 2000; days
_ORDINAL_OF_JULIAN = 1721424.5


@dataclass(frozen=True, slots=True)
class Feast:
    """A feast: the calendar and its numbers, how many days it lasts, and by how many days the rule may miss it."""

    names: tuple[str, ...]
    rule: str
    numbers: tuple[int, ...]
    days: int
    margin: int
    example: date


@cache
def load_feasts() -> dict[str, Feast]:
    """The feasts of `data/feasts.yaml` by their key."""
    feasts = {}
    for key, entry in read_book("times", "feasts.yaml")["feasts"].items():
        rule, *numbers = entry["rule"]
        feasts[key] = Feast(
            tuple(entry["names"]), rule, tuple(numbers), entry.get("days", 1), entry.get("margin", 0), entry["example"]
        )
    return feasts


def feast_days(feast: Feast, year: int) -> Iterator[date]:
    """The first days of a feast that lie in a year of the Gregorian calendar: one, or where its own year is shorter none or
    two."""
    yield from (day for day in RULES[feast.rule](year, *feast.numbers) if day.year == year)


def _fixed(year: int, month: int, number: int) -> Iterator[date]:
    yield date(year, month, number)


def _weekday(year: int, month: int, number: int, nth: int, later: int = 0) -> Iterator[date]:
    """The n-th such weekday (Monday is 1) of a month, the last for -1, or a day some days later."""
    yield calendar.nth_weekday(year, month, number, nth) + timedelta(days=later)


def _easter(year: int, later: int) -> Iterator[date]:
    a, (b, c) = year % 19, divmod(year, 100)
    d, e = divmod(b, 4)
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    w = (32 + 2 * e + 2 * i - h - k) % 7
    m = (a + 11 * h + 22 * w) // 451
    month, day = divmod(h + w - 7 * m + 114, 31)
    yield date(year, month, day + 1) + timedelta(days=later)


def _orthodox(year: int, later: int) -> Iterator[date]:
    """Easter of the Julian calendar, by the Gregorian one."""
    d = (19 * (year % 19) + 15) % 30
    e = (2 * (year % 4) + 4 * (year % 7) - d + 34) % 7
    month, day = divmod(d + e + 114, 31)
    yield date(year, month, day + 1) + timedelta(days=later + year // 100 - year // 400 - 2)


def _islamic(year: int, month: int, number: int) -> Iterator[date]:
    about = (year - 622) * 33 // 32
    for islamic in range(about - 1, about + 3):
        months = 29 * (month - 1) + month // 2
        yield date.fromordinal(_ISLAMIC_EPOCH - 1 + number + months + 354 * (islamic - 1) + (3 + 11 * islamic) // 30)


def _elapsed(hebrew: int) -> int:
    months = (235 * hebrew - 234) // 19
    day = 29 * months + (12084 + 13753 * months) // 25920
    return day + 1 if 3 * (day + 1) % 7 < 3 else day


def _new_year(hebrew: int) -> int:
    before, own, after = (_elapsed(hebrew + k) for k in (-1, 0, 1))
    delay = 2 if after - own == 356 else 1 if own - before == 382 else 0
    return _HEBREW_EPOCH + own + delay


def _hebrew(year: int, later: int) -> Iterator[date]:
    """Days from the New Year of autumn; those before it are counted back."""
    yield date.fromordinal(_new_year(year + 3761) + later)


def _kislev(year: int, number: int) -> Iterator[date]:
    """A day of Kislev, which comes after a month of 29 or 30 days."""
    start, after = _new_year(year + 3761), _new_year(year + 3762)
    yield date.fromordinal(start + 30 + (30 if (after - start) % 10 == 5 else 29) + number - 1)


def _new_moons(year: int) -> Iterator[float]:
    """The moments of new moon of a year, in days of the proleptic Gregorian calendar, UT, right to some minutes."""
    for k in range(round((year - 2000) * 12.3685) - 1, round((year - 2000) * 12.3685) + 14):
        sun, moon = (math.radians(a + b * k) for a, b in ((2.5534, 29.1053567), (201.5643, 385.81693528)))
        node = math.radians(160.7108 + 390.67050284 * k)
        shift = -0.4072 * math.sin(moon) + 0.17241 * math.sin(sun) + 0.01608 * math.sin(2 * moon)
        shift += 0.01039 * math.sin(2 * node) + 0.00739 * math.sin(moon - sun) - 0.00514 * math.sin(moon + sun)
        yield _NEW_MOON + _SYNODIC * k + shift - _ORDINAL_OF_JULIAN


def _new_moon(year: int, month: int, number: int, hours: int) -> Iterator[date]:
    """The first new moon on or after a day, on the day that it is so many hours later than in Greenwich."""
    first = date(year, month, number)
    days = (date.fromordinal(math.floor(moment + hours / 24)) for moment in _new_moons(year))
    yield next(day for day in days if day >= first)


RULES: dict[str, Callable[..., Iterator[date]]] = {
    "fixed": _fixed, "weekday": _weekday, "easter": _easter, "orthodox": _orthodox, "islamic": _islamic,
    "hebrew": _hebrew, "kislev": _kislev, "new moon": _new_moon,
}  # fmt: skip


def holiday(match: Match, clock: Clock) -> Value | None:
    """A feast, of the year named or of the one that the tense calls for; its eve is the day before."""
    feast = load_feasts()[match.value("FEAST")]
    year, eve = match.value("YEAR"), match.has("EVE")
    step = match.value("LAST", "NEXT") or 0
    direction = "past" if step < 0 else "future" if step > 0 else clock.direction() or "past"

    def tell(first: date) -> Value:
        if eve:
            return _days(first - timedelta(days=1), 1, 0)
        return _days(first, feast.days, feast.margin)

    def from_day(today: date) -> Value:
        options = [day for k in (-1, 0, 1) for day in feast_days(feast, today.year + k)]
        if match.has("THIS"):
            options = list(feast_days(feast, today.year)) or options
        if step:
            options = [day for day in options if (day > today) == (step > 0)]
        return tell(nearest(options, today, direction))

    if year is not None:
        first = next(feast_days(feast, year), None)
        return tell(first) if first is not None else None
    months = f"XXXX-{feast.numbers[0]:02}-{feast.numbers[1]:02}" if feast.rule == "fixed" and not eve else "XXXX-XX-XX"
    return clock.settle(from_day, months, "day")


def _days(first: date, count: int, margin: int) -> Value:
    around = timedelta(days=margin)
    value = Value(first.isoformat(), Interval(first - around, first + timedelta(days=count) + around), "day")
    if count < 28:
        return value
    return replace(value, timex=f"{first}/{first + timedelta(days=count - 1)}", precision="month")
