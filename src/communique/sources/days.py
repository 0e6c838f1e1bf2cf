"""The day that a value of a table names, as far as it names one."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = (
    r"(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)\.?"
)
_WEEKDAY = r"(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*\.?,?\s+)?"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th|\.)?"
_YEAR = r"(?P<year>\d{4})"
_HOUR = r"(?:\s*(?:[T,|–-]|at)?\s*\d{1,2}(?:[:.h]\d\d|\s*[ap]\.?m).{0,40})?"
_FORMS = tuple(
    re.compile(form, re.IGNORECASE)
    for form in (
        rf"{_YEAR}(?P<sign>[-/.])(?P<number>\d{{1,2}})(?P=sign)(?P<day>\d{{1,2}})(?:Z|[+-]\d\d:?\d\d|{_HOUR})",
        rf"{_WEEKDAY}{_DAY}(?:\s+of)?[\s/-]*{_MONTH},?[\s/-]*{_YEAR}{_HOUR}",
        rf"{_WEEKDAY}{_MONTH}[\s-]*{_DAY},?[\s-]+{_YEAR}{_HOUR}",
        rf"{_WEEKDAY}{_MONTH}\s+{_DAY}\s+\d\d:\d\d(?::\d\d)?(?:\s+[A-Z+\d]{{3,5}})?\s+{_YEAR}",
        rf"(?P<a>\d{{1,2}})(?P<sign>[-/.])(?P<b>\d{{1,2}})(?P=sign){_YEAR}{_HOUR}",
    )
)
_STAMP = re.compile(r"((?:19|20)\d\d)([01]\d)([0-3]\d)(?:T?\d{4}(?:\d\d)?Z?)?")
_NUMBER = re.compile(r"-?\d{9,20}(?:\.\d+)?")
_LONGEST = 80
# Seconds since 1970 that are taken for a report's: 1973 to 2099. Milli-, micro- and nanoseconds have three digits more each.
_SECONDS = (100_000_000, 4_102_444_800)
_EARLIEST = 1600


def day(value: object) -> date | None:
    """The day that a value names: a date or datetime, ISO 8601, RFC 5322, `YYYYMMDD`, seconds to nanoseconds since 1970 (in
    UTC), or English words such as "15 May 2024". A datetime gives the day of its own clock. None where it names none, and
    for 03/04/2024, which is read in two ways."""
    if isinstance(value, date):
        found: date | None = value.date() if isinstance(value, datetime) else value
    elif isinstance(value, bool):
        return None
    elif isinstance(value, (int, float)):
        found = _numbered(value) if abs(value) < 1e20 else None
    else:
        found = _worded(value.strip()) if isinstance(value, str) and len(value) <= _LONGEST else None
    return found if found is not None and found.year >= _EARLIEST and found < date.max else None


def _numbered(number: int | float) -> date | None:
    stamp = _STAMP.fullmatch(str(int(number)))
    if stamp is not None:
        return _date(int(stamp[1]), int(stamp[2]), int(stamp[3]))
    for unit in (1, 1_000, 1_000_000, 1_000_000_000):
        if _SECONDS[0] <= number / unit < _SECONDS[1]:
            return datetime.fromtimestamp(number / unit, UTC).date()
    return None


def _worded(words: str) -> date | None:
    if not words.isascii():
        words = words.replace("\u202f", " ").replace("\xa0", " ")
    stamp = _STAMP.fullmatch(words)
    if stamp is not None:
        return _date(int(stamp[1]), int(stamp[2]), int(stamp[3]))
    if _NUMBER.fullmatch(words):
        return _numbered(float(words))
    match = next((m for form in _FORMS if (m := form.fullmatch(words))), None)
    return _matched(match.groupdict()) if match else None


def _matched(part: dict[str, str | None]) -> date | None:
    year = int(part["year"] or 0)
    if "a" in part:
        a, b = int(part["a"] or 0), int(part["b"] or 0)
        if a <= 12 and b <= 12 and a != b:
            return None
        return _date(year, *((b, a) if a > 12 else (a, b)))
    named = part.get("month")
    month = _MONTHS.index(named[:3].lower()) + 1 if named else int(part["number"] or 0)
    return _date(year, month, int(part["day"] or 0))


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
