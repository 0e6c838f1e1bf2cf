"""What units of time mean: relative ("last month"), counted ("two days later"), durations, sets."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from communique.resolve.times import calendar, values
from communique.resolve.times.grammar import Match, value_of
from communique.resolve.times.values import Clock, Value
from communique.types.text import Interval

_RELATIVE = {
    "D": "XXXX-XX-XX", "W": "XXXX-WXX", "WE": "XXXX-WXX-WE", "M": "XXXX-XX", "Q": "XXXX-QX", "Y": "XXXX", "E": "XXX", "C": "XX"
}  # fmt: skip
_YEARS = {"E": 10, "C": 100}
_UNITS = ("UNIT", "LENGTH", "UNITS")
_ORDER = "DWMQYEC"
_COARSER = {"D": "W", "W": "M", "M": "Y", "Y": "E"}
_FEW_UNITS = (2, 6)
_A_FEW = frozenset({"few", "several"})
_SMALLER = {"Y": "6M", "D": "T12H", "H": "30M", "N": "30S"}  # half a unit


def _unit_of(match: Match) -> str:
    unit: str = match.value(*_UNITS)
    return unit


def count_of(match: Match) -> float | None:
    """The number that a phrase tells, None for "a few", "several" and bare plurals."""
    numbers = [value_of(match.words.raw(i)) for i in match.all("NUM", "WNUM", "FEW")]
    if "X" in numbers:
        return None
    half = 0.5 if match.has("HALF") else match.value("FRACTION") or 0.0
    if not numbers and match.has("FRACTION"):
        return float(half)
    if not numbers:
        return 1 + half if match.has("A") or not match.has("UNITS") else None
    if match.has("FEW") and len(numbers) > 1:
        return float(numbers[0] * numbers[1]) + half
    if len(numbers) > 1 and match.has("WNUM") and numbers[0] >= 20 > numbers[1] and not match.has("AND"):
        return float(numbers[0] + numbers[1])
    return float(numbers[0]) + half


def period(count: float | None, unit: str) -> str:
    """The TIMEX3 value of a duration; decades and centuries are told in years, a quarter as three months."""
    if unit in _YEARS and count is not None:
        count, unit = count * _YEARS[unit], "Y"
    elif unit == "Q":
        count, unit = None if count is None else count * 3, "M"
    smaller = _SMALLER.get(unit)
    if smaller is not None and count is not None and 1 < count < 1e6 and count % 1 == 0.5:
        return f"P{'T' * (unit in 'HN')}{int(count)}{'M' if unit == 'N' else unit}{smaller}"
    number = "X" if count is None else f"{count:g}" if count < 1e6 else f"{count:.0f}"
    letter = {"N": "M", "E": "E"}.get(unit, unit)
    return f"PT{number}{letter}" if unit in "HNS" else f"P{number}{letter}"


def relative_unit(match: Match, clock: Clock) -> Value | None:
    """Last month, this week, next year; "the end of the year" is this year's."""
    unit = match.value("UNIT")
    step, edge = match.value("LAST", "NEXT") or 0, match.value("EARLY", "EDGE")
    if unit == "WE":
        return _weekend(match, clock, step)

    def tell(now: date) -> Value:
        # who writes "last week" on a Sunday means the one that just ended
        day = now + timedelta(days=1) if unit == "W" and now.isoweekday() == 7 else now
        return values.whole(day, unit, step, edge)

    return _so_far(match, clock, clock.settle(tell, _RELATIVE[unit], calendar.PRECISION[unit]))


def _so_far(match: Match, clock: Clock, told: Value) -> Value:
    """What is left of a unit that holds the publication by "earlier" or "later": until that day, or from it on. On its
    first day, "earlier this week" means the last days."""
    side, first = match.value("OFFSET"), clock.first
    if side is None or told.interval is None or first is None or first != clock.last:
        return told
    whole, after = told.interval, first + timedelta(days=1)
    if told.precision == "week" and side < 0 and first.isoweekday() in (1, 7):
        return replace(told, interval=Interval(first - timedelta(days=6), after))
    if not whole.start <= first < whole.end:
        return told
    return replace(told, interval=Interval(whole.start, after) if side < 0 else Interval(first, whole.end))


def _weekend(match: Match, clock: Clock, step: int) -> Value:
    """The weekend: the last one, unless "next" or the tense calls for the coming one; on one, that one."""
    ahead = step == 1 or (step == 0 and clock.direction() == "future")

    def tell(now: date) -> Value:
        back = -1 if (step == -1 and now.weekday() >= 5) or (not ahead and now.weekday() < 5 and not match.has("THIS")) else 0
        return values.whole(now, "WE", 1 if step == 1 and now.weekday() >= 5 else back)

    return clock.settle(tell, _RELATIVE["WE"], "day")


def _told(clock: Clock, unit: str) -> date | None:
    """A day of the last time of the story, if that is told at least as finely as the unit."""
    story = clock.story
    if story is None or story.interval is None:
        return None
    other = "Q" if story.precision == "season" else "C"
    told = next((u for u, name in calendar.PRECISION.items() if name == story.precision), other)
    return story.interval.start if _ORDER.index(told) <= _ORDER.index(unit if unit != "WE" else "W") else None


def story_unit(match: Match, clock: Clock) -> Value | None:
    """The next day, the following year, the same week: counted from the last time of the story."""
    unit = match.value("UNIT")
    step = match.value("PREVIOUS", "FOLLOWING", "SAME", "NEXT", "BEFORE")
    day = _told(clock, unit)
    if day is None:
        return Value(_RELATIVE[unit], None, calendar.PRECISION[unit])
    return values.whole(day, unit, step)


def story_weekday(match: Match, clock: Clock) -> Value | None:
    """The following Monday: counted from the last day of the story, else from the publication."""
    number, step = match.value("WEEKDAY"), match.value("PREVIOUS", "FOLLOWING", "NEXT")

    def tell(day: date) -> Value:
        ahead = (number - day.isoweekday()) % 7
        return values.single(day + timedelta(days=(ahead or 7) if step == 1 else ahead - 7))

    day = _told(clock, "D")
    told = tell(day) if day is not None else clock.settle(tell, f"XXXX-WXX-{number}", "day")
    return values.with_part(told, match)


def this_unit(match: Match, clock: Clock) -> Value | None:
    """The week, the year: the one that the story has come to, else that of the publication; of quarters the last
    that is over, whose results are told."""
    unit = match.value("UNIT")
    day = _told(clock, unit)
    if day is not None:
        return values.whole(day, unit)
    if unit == "WE":
        return _weekend(match, clock, 0)
    step = -1 if unit == "Q" and clock.direction() != "future" else 0
    return clock.settle(lambda now: values.whole(now, unit, step), _RELATIVE[unit], calendar.PRECISION[unit])


def latest_unit(match: Match, clock: Clock) -> Value | None:
    """The latest quarter: the last that is over."""
    unit = match.value("UNIT") or "Q"
    return clock.settle(lambda now: values.whole(now, unit, -1), _RELATIVE[unit], calendar.PRECISION[unit])


def stepped(day: date, unit: str, count: float) -> Value:
    """The time `count` units from a day: a day for days, a day give or take three for weeks, else the whole unit."""
    there = calendar.shift(day, unit, count)
    if unit == "W":
        margin = timedelta(days=3)
        return Value(there.isoformat(), Interval(there - margin, there + margin + timedelta(days=1)), "week")
    return values.whole(there, unit)


def year_before(story: Value) -> Value:
    """The same quarter or month of the year before, as results are compared."""
    unit = {"quarter": "Q", "month": "M"}.get(story.precision, "Y")
    if story.interval is None:
        return Value(_RELATIVE[unit], None, story.precision)
    return replace(values.whole(calendar.shift(story.interval.start, "Y", -1), unit), aside=True)


def ago(match: Match, clock: Clock) -> Value | None:
    """Two years ago; a vague count is a past without a date."""
    unit, count = _unit_of(match), count_of(match)
    if count is None:
        return Value("PAST_REF")
    if unit in "HNS":
        return Value(period(count, unit), kind="duration")
    if unit == "Y" and count == 1 and clock.story is not None and clock.story.precision == "quarter":
        return year_before(clock.story)
    return clock.settle(lambda now: stepped(now, unit, -count), _RELATIVE[unit], calendar.PRECISION[unit])


def ahead(match: Match, clock: Clock) -> Value | None:
    """In three weeks: a date ahead where the clause looks ahead, else the time that something took."""
    unit, count = _unit_of(match), count_of(match)
    if count is None or unit in "HNSEC" or clock.direction() != "future" or match.words.word(match.first - 1) != "in":
        return Value(period(count, unit), kind="duration", precision=calendar.PRECISION.get(unit, "unknown"))
    return clock.settle(lambda now: stepped(now, unit, count), _RELATIVE[unit], calendar.PRECISION[unit])


def _a_few_from(day: date, unit: str, sign: int) -> Value:
    """A few days later: from two to six units away, known as finely as the next coarser unit."""
    near, far = (calendar.shift(day, unit, sign * count) for count in _FEW_UNITS)
    first, last = sorted((near, far))
    return Value(period(None, unit), Interval(first, last + timedelta(days=1)), calendar.PRECISION[_COARSER[unit]])


def story_offset(match: Match, clock: Clock) -> Value | None:
    """Two days later, a year earlier, a few days before: counted from the last time of the story; years back from the
    publication without one."""
    unit, count = _unit_of(match), count_of(match)
    sign = match.value("OFFSET", "BEFORE")
    day = _told(clock, unit)
    vague = next((match.words.word(i) for i in match.all("FEW")), None)
    if count is None and day is not None and unit in _COARSER and vague in _A_FEW:
        return _a_few_from(day, unit, sign)
    if count is None or unit in "HNS":
        return Value(period(count, unit), kind="duration")
    if unit == "Y" and sign * count == -1 and clock.story is not None and clock.story.precision == "quarter":
        return year_before(clock.story)
    if day is not None:
        return stepped(day, unit, sign * count)
    if unit == "Y" and sign < 0:
        return clock.settle(lambda now: stepped(now, unit, sign * count), _RELATIVE[unit], "year")
    return Value(_RELATIVE[unit], None, calendar.PRECISION[unit])


def duration(match: Match, clock: Clock) -> Value | None:
    """Six years, a few days, a 30-year pact."""
    unit = _unit_of(match)
    return Value(period(count_of(match), unit), None, calendar.PRECISION.get(unit, "unknown"), kind="duration")


def span_of_units(match: Match, clock: Clock) -> Value | None:
    """The past three weeks: a duration that ends with, or starts from, the publication; "the first two years" has no end."""
    unit, count = _unit_of(match), count_of(match)
    value = Value(period(count, unit), None, calendar.PRECISION.get(unit, "unknown"), kind="duration")
    if count is None and match.has("NEXT") and not match.has("FEW"):
        return Value("FUTURE_REF")
    if count is None or unit in "HNS" or match.has("ORDW") or unit == "WE" or clock.first is None or clock.first != clock.last:
        return value
    after = clock.first + timedelta(days=1)
    if match.has("NEXT"):
        return replace(value, interval=Interval(clock.first, calendar.shift(after, unit, count)))
    return replace(value, interval=Interval(calendar.shift(clock.first, unit, -count), after))


def reference(match: Match, clock: Clock) -> Value | None:
    """Now, recently, soon: no date, only which side of the publication."""
    return Value(match.value("REF", "RECENT", "FUTURE"))


def past_reference(match: Match, clock: Clock) -> Value | None:
    """The past."""
    return Value("PAST_REF")


def present_reference(match: Match, clock: Clock) -> Value | None:
    """These days."""
    return Value("PRESENT_REF")


def periodic(match: Match, clock: Clock) -> Value | None:
    """Weekly, annual."""
    return Value(match.value("SET"), kind="set")


def each_part(match: Match, clock: Clock) -> Value | None:
    """Every morning."""
    part = match.value("PART")
    return Value(f"XXXX-XX-XXT{part}", None, "day", values.PARTS[part], kind="set")


def fiscal_year(match: Match, clock: Clock) -> Value | None:
    """The fiscal year, this, the last or the next: named by the year of the calendar, without days, which differ by state."""
    step = match.value("LAST", "NEXT", "LATEST") or 0
    told = clock.settle(lambda now: values.whole(now, "Y", step), "XXXX", "year")
    return replace(told, interval=None)


def each_unit(match: Match, clock: Clock) -> Value | None:
    """Every two years, twice a week."""
    return Value(period(count_of(match), _unit_of(match)), kind="set")
