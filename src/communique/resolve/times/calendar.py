"""Arithmetic on calendar units: the days that a month, week, quarter or decade covers, and steps from one to another.

Units are written as one letter: D day, W week (ISO 8601, Monday first), M month, Q quarter, Y year, E decade, C century.
"""

from __future__ import annotations

from datetime import date, timedelta

from communique.types.text import Interval

PRECISION = {"D": "day", "W": "week", "M": "month", "Q": "quarter", "Y": "year", "E": "decade", "C": "century", "WE": "day"}
_MONTHS = {"M": 1, "Q": 3, "Y": 12, "E": 120, "C": 1200}
_SEASONS = {"SP": 3, "SU": 6, "FA": 9, "WI": 12}
_FIRST, _LAST = 1, 9998


def month_start(year: int, month: int) -> date:
    """The first day of a month; months below 1 or above 12 count into the years before or after.

    Raises ValueError outside the years 1 to 9998.
    """
    year, month = year + (month - 1) // 12, (month - 1) % 12 + 1
    if not _FIRST <= year <= _LAST:
        raise ValueError(f"year {year} lies outside the calendar")
    return date(year, month, 1)


def unit_interval(day: date, unit: str, step: int = 0) -> Interval:
    """The whole unit that holds `day`, or the one `step` units later (`step` may be negative)."""
    if unit == "D":
        start = day + timedelta(days=step)
        return Interval(start, start + timedelta(days=1))
    if unit in ("W", "WE"):
        start = day - timedelta(days=day.weekday()) + timedelta(weeks=step)
        return Interval(start if unit == "W" else start + timedelta(days=5), start + timedelta(days=7))
    size = _MONTHS[unit]
    index = (day.year * 12 + day.month - 1) // size * size + step * size
    return Interval(month_start(0, index + 1), month_start(0, index + size + 1))


def shift(day: date, unit: str, count: float) -> date:
    """The day `count` units later; a day that its month lacks becomes that month's last."""
    if unit in ("D", "W"):
        return day + timedelta(days=round(count * (7 if unit == "W" else 1)))
    if unit not in _MONTHS:
        return day
    first = month_start(day.year, day.month + round(count * _MONTHS[unit]))
    last = month_start(first.year, first.month + 1) - timedelta(days=1)
    return first.replace(day=min(day.day, last.day))


def nth_weekday(year: int, month: int, number: int, nth: int) -> date:
    """The n-th such weekday (Monday is 1) of a month, its last for -1. Raises ValueError where the month has none."""
    first = month_start(year, month)
    if nth < 0:
        last = month_start(year, month + 1) - timedelta(days=1)
        return last - timedelta(days=(last.isoweekday() - number) % 7)
    day = first + timedelta(days=(number - first.isoweekday()) % 7 + 7 * (nth - 1))
    if day.month != first.month:
        raise ValueError(f"{year}-{month:02} has no weekday {number} for the {nth}th time")
    return day


def season_interval(year: int, season: str) -> Interval:
    """The three months of a meteorological season of the northern half of the earth; winter starts in December of `year`."""
    month = _SEASONS[season]
    return Interval(month_start(year, month), month_start(year, month + 3))


def timex(interval: Interval, unit: str) -> str:
    """The TIMEX3 value of a whole unit, named by its first day."""
    day = interval.start
    iso = day.isocalendar()
    return {
        "D": day.isoformat(),
        "W": f"{iso.year}-W{iso.week:02}",
        "WE": f"{iso.year}-W{iso.week:02}-WE",
        "M": f"{day.year:04}-{day.month:02}",
        "Q": f"{day.year:04}-Q{(day.month + 2) // 3}",
        "Y": f"{day.year:04}",
        "E": f"{day.year // 10:03}",
        "C": f"{day.year // 100:02}",
    }[unit]


def narrow(interval: Interval, edge: str | None) -> Interval:
    """The part of an interval that "early", "mid" or "late" leaves: a third of it; of a month ten days."""
    days = (interval.end - interval.start).days
    if edge is None or days < 3:
        return interval
    third = timedelta(days=10 if 28 <= days <= 31 else days // 3)
    if edge == "start":
        return Interval(interval.start, interval.start + third)
    if edge == "end":
        return Interval(interval.end - third, interval.end)
    middle = interval.start + third
    return Interval(middle, middle + third)
