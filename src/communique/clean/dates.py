"""Dates that stand alone or in a dateline: "Tuesday, 4 May 2010", "June 3, 2019", "2024-05-15"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

from communique.types.text import Interval

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
MONTH = (
    r"(?:Jan(?:uary|\.)?|Feb(?:ruary|\.)?|Mar(?:ch|\.)?|Apr(?:il|\.)?|May|Jun[e.]?|Jul[y.]?|Aug(?:ust|\.)?|Sept?(?:ember|\.)?"
    r"|Oct(?:ober|\.)?|Nov(?:ember|\.)?|Dec(?:ember|\.)?)"
)
_WEEKDAY = r"(?:(?:Mon|Tue(?:s)?|Wed(?:nes)?|Thu(?:rs?)?|Fri|Sat(?:ur)?|Sun)(?:day)?\.?,? )?"
_DAY = r"\d{1,2}(?:st|nd|rd|th)?"
_TIME = r"\d{1,2}[:.h]\d\d(?:[:.]\d\d)?(?: ?[ap]\.?m\.?)?(?: ?\(?[A-Z]{2,4}\)?)?|\d{1,2} ?[ap]\.?m\.?(?: [A-Z]{2,4})?"
DATE = (
    rf"{_WEEKDAY}(?:(?P<month>{MONTH}) (?P<day>{_DAY})(?:,? (?P<year>\d{{4}}))?"
    rf"|(?P<day2>{_DAY})(?: of)?[ -](?P<month2>{MONTH})(?:,?[ -](?P<year2>\d{{4}}))?"
    rf"|(?P<iso>\d{{4}}-\d\d-\d\d)|(?P<a>\d{{1,2}})[./](?P<b>\d{{1,2}})[./](?P<year3>(?:19|20)\d\d))"
)
_LABEL = r"(?:(?:(?:first |originally )?published|posted|date|dated|issued|created|released)(?: on)?:? )?"
_LINE = re.compile(rf"{_LABEL}(?:(?:{_TIME})[,|]? )?(?P<date>{DATE})(?:(?:,| -| –| —| \||T| at)? ?(?:{_TIME}))?", re.IGNORECASE)
_FIND = re.compile(DATE, re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Dated:
    """A date and where it stands in its line; no interval where the year is left out or day and month can't be told apart."""

    start: int
    end: int
    interval: Interval | None


def _interval(match: re.Match[str]) -> Interval | None:
    part = match.groupdict()
    try:
        if part["iso"]:
            day = date.fromisoformat(part["iso"])
        elif part["year3"]:
            a, b = int(part["a"]), int(part["b"])
            if a <= 12 and b <= 12 and a != b:
                return None
            day = date(int(part["year3"]), *((b, a) if a > 12 else (a, b)))
        else:
            year = part["year"] or part["year2"]
            if not year:
                return None
            month = _MONTHS.index((part["month"] or part["month2"])[:3].lower()) + 1
            day = date(int(year), month, int(re.sub(r"\D", "", part["day"] or part["day2"])))
        return Interval(day, day + timedelta(days=1))
    except (ValueError, OverflowError):
        return None


def date_line(line: str) -> Dated | None:
    """The date that a line consists of, with a time of day or a word such as "Published" at most."""
    match = _LINE.fullmatch(line.strip())
    if match is None:
        return None
    offset = len(line) - len(line.lstrip())
    return Dated(offset + match.start("date"), offset + match.end("date"), _interval(match))


def find_date(words: str) -> Dated | None:
    """The first date in some words."""
    match = _FIND.search(words)
    return Dated(match.start(), match.end(), _interval(match)) if match else None
