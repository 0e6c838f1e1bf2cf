"""What ranges, parts of longer units and days beside others mean: "from March to June", "the first half of 2018"."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from communique.resolve.times import calendar, spans, values
from communique.resolve.times.events import ANNIVERSARY
from communique.resolve.times.grammar import Match, load_grammar, value_of
from communique.resolve.times.values import Clock, Value
from communique.types.text import Interval

_DAY = timedelta(days=1)
_NINE_ELEVEN = date(2001, 9, 11)


def between(match: Match, clock: Clock) -> Value | None:
    """From one date, month, year or weekday to another; the year of the second is that of the first as well."""
    first, second = (match.part(name) for name in sorted(match.groups))
    if first.has("WEEKDAY") and not first.has("MON") and clock.direction() == "future":
        return _weekdays_ahead(first, second, clock)
    last = _end(first, second, clock)
    if last is None or last.interval is None:
        return last and Value(f"{_bare(first, clock)}/{last.timex}", None, last.precision)
    start = _start(first, last, clock)
    if start is None or start.interval is None or start.interval.start >= last.interval.end:
        return None
    return Value(f"{start.timex}/{last.timex}", Interval(start.interval.start, last.interval.end), last.precision)


def _weekdays_ahead(first: Match, second: Match, clock: Clock) -> Value | None:
    """The next of the first weekday, and the second after it."""
    start = values.weekday(first, clock)
    if start is None or start.interval is None:
        return start and Value(f"{start.timex}/XXXX-WXX-{second.value('WEEKDAY')}", None, "day")
    length = (second.value("WEEKDAY") - first.value("WEEKDAY")) % 7
    end = start.interval.start + timedelta(days=length)
    return Value(f"{start.timex}/{end}", Interval(start.interval.start, end + _DAY), "day")


def _one(part: Match, clock: Clock) -> Value | None:
    if part.has("WEEKDAY") and not part.has("MON"):
        return values.weekday(part, clock)
    if not part.has("MON"):
        return values.year(part, clock)
    return values.day(part, clock) if part.has("DAY", "ORD") else values.month(part, clock)


def _bare(part: Match, clock: Clock) -> str:
    told = _one(part, replace(clock, first=None, last=None))
    return told.timex if told is not None else "XXXX"


def _end(first: Match, second: Match, clock: Clock) -> Value | None:
    """The second part; two figures after a year are the last of a year ("2011-14")."""
    if second.has("YEAR") or not first.has("YEAR") or first.has("MON"):
        return _one(second, clock)
    year, short = first.value("YEAR"), value_of(second.words.raw(second.first))
    return values.whole(date(year // 100 * 100 + short, 1, 1), "Y")


def _start(first: Match, last: Value, clock: Clock) -> Value | None:
    """The first part, the latest such one that begins before the second ends."""
    if first.has("YEAR") or not last.interval:
        return _one(first, clock)
    end = last.interval.end - _DAY
    if first.has("WEEKDAY"):
        return values.single(end - timedelta(days=(end.isoweekday() - first.value("WEEKDAY")) % 7))
    month, number = first.value("MON"), first.value("DAY", "ORD")
    for year in (end.year, end.year - 1):
        day = date(year, month, number or 1)
        if day <= end:
            return values.single(day) if number else values.whole(day, "M")
    return None


def nth_weekday(match: Match, clock: Clock) -> Value | None:
    """The second Tuesday of March."""
    nth = match.value("ORDW", "LAST")
    month = values.month(match, clock)
    if month is None or month.interval is None:
        return Value(f"XXXX-{match.value('MON'):02}-XX", None, "day")
    start = month.interval.start
    return values.single(calendar.nth_weekday(start.year, start.month, match.value("WEEKDAY"), nth))


def slashed_day(match: Match, clock: Clock) -> Value | None:
    """14/05 or 5/14, in the year that the tense calls for; 9/11 is the day of 2001."""
    raw = match.words.raw(match.first)
    a, b = (int(part) for part in raw.split("/"))
    if raw == "9/11" and match.words.word(match.first - 1) != "on":
        return values.single(_NINE_ELEVEN)
    pairs = {(m, d) for d, m in ((a, b), (b, a)) if 1 <= m <= 12 and 1 <= d <= 31}
    direction = clock.direction()

    def tell(today: date) -> Value:
        years = (today.year - 1, today.year, today.year + 1)
        options = [date(y, m, d) for y in years for m, d in pairs if values.is_date(y, m, d)]
        return values.single(values.nearest(options, today, direction))

    return clock.settle(tell, "XXXX-XX-XX", "day") if pairs else None


def named_day(match: Match, clock: Clock) -> Value | None:
    """The September 11 attacks: the day that they are known by, where the report is surely from after it."""
    month, number = match.value("MON"), match.value("DAY", "ORD")
    known = date(load_grammar().named_days[f"{month}-{number}"], month, number)
    if clock.first is None or clock.first < known:
        return values.day(match, clock)
    return values.single(known)


def spelled_year(match: Match, clock: Clock) -> Value | None:
    """Nineteen ninety-six."""
    parts = [value_of(match.words.raw(i)) for i in match.all("WNUM")]
    return values.whole(date(parts[0] * 100 + sum(parts[1:]), 1, 1), "Y")


def turn(match: Match, clock: Clock) -> Value | None:
    """The turn of the century or year that is nearest: five years, or one month, before it and after."""
    century = match.has("CENTURYW")

    def tell(today: date) -> Value:
        unit = "C" if century else "Y"
        here = calendar.unit_interval(today, unit)
        at = here.start if (today - here.start) < (here.end - today) else here.end
        reach = 60 if century else 1
        around = Interval(calendar.shift(at, "M", -reach), calendar.shift(at, "M", reach))
        return Value(f"{at.year:04}" if century else f"{at:%Y-%m}", around, "decade" if century else "month")

    return clock.settle(tell, "XX00" if century else "XXXX-01", "decade" if century else "month")


def _named_period(part: Match, clock: Clock) -> Value | None:
    if part.has("MON"):
        return values.month(part, clock)
    if part.has("YEAR"):
        return values.year(part, clock)
    step = part.value("REL") or 0
    return clock.settle(lambda now: values.whole(now, "Y", step), "XXXX", "year")


def part_of(match: Match, clock: Clock) -> Value | None:
    """The first three months of a year, the last ten days of a month."""
    told = _named_period(match.part("of"), clock)
    head = Match(match.rule, match.words, match.first, match.groups["of"][0])
    unit, count = head.value("UNITS", "LENGTH"), spans.count_of(head)
    last = head.has("LAST") or head.value("ORDW") == -1
    if count is None or told is None or told.interval is None or unit not in "DWMY" or (not last and head.value("ORDW") != 1):
        return Value(spans.period(count, unit), None, calendar.PRECISION.get(unit, "unknown"), kind="duration")
    whole = told.interval
    days = Interval(calendar.shift(whole.end, unit, -count), whole.end) if last else Interval(
        whole.start, calendar.shift(whole.start, unit, count)
    )  # fmt: skip
    if days.start < whole.start or days.end > whole.end:
        return None
    return Value(_span_timex(days, unit), days, calendar.PRECISION[unit])


def half_month(match: Match, clock: Clock) -> Value | None:
    """The first half of May: its first fifteen days."""
    first = match.value("ORDW") == 1
    if match.has("MON"):
        told = values.month(match, clock)
    else:
        step = match.value("REL") or 0
        told = clock.settle(lambda now: values.whole(now, "M", step), "XXXX-XX", "month")
    if told is None or told.interval is None:
        return told
    middle = told.interval.start.replace(day=16)
    return replace(told, interval=Interval(told.interval.start, middle) if first else Interval(middle, told.interval.end))


def months_to(match: Match, clock: Clock) -> Value | None:
    """The three months to March, March among them."""
    count, last = spans.count_of(match), values.month(match, clock)
    if match.value("UNITS") != "M" or count is None or last is None or last.interval is None:
        return None
    days = Interval(calendar.shift(last.interval.start, "M", 1 - count), last.interval.end)
    return Value(f"{days.start:%Y-%m}/{last.timex}", days, "month")


def week_of_day(match: Match, clock: Clock) -> Value | None:
    """The week of June 3: the one that holds the day."""
    told = values.day(match, clock)
    return values.whole(told.interval.start, "W") if told is not None and told.interval is not None else told


def _span_timex(days: Interval, unit: str) -> str:
    months = (days.end.year - days.start.year) * 12 + days.end.month - days.start.month
    if unit == "M" and months == 3 and days.start.month % 3 == 1:
        return calendar.timex(days, "Q")
    if unit == "M" and months == 6 and days.start.month % 6 == 1:
        return f"{days.start.year:04}-H{1 + days.start.month // 7}"
    name = "M" if unit == "M" else "Y" if unit == "Y" else "D"
    return f"{calendar.timex(days, name)}/{calendar.timex(Interval(days.end - _DAY, days.end), name)}"


def year_ago(match: Match, clock: Clock) -> Value | None:
    """The year-ago quarter: a year before the period that the story has come to, else before the publication."""
    if clock.story is not None and clock.story.interval is not None and clock.story.precision in ("quarter", "month"):
        return spans.year_before(clock.story)
    return clock.settle(lambda now: values.whole(now, "Y", -1), "XXXX", "year")


def _named_day(match: Match, clock: Clock) -> Value | None:
    if "date" not in match.groups:
        return values.story_day(clock)
    named = match.part("date")
    tell = values.day if named.has("MON") else values.today if named.has("TODAY") else values.weekday
    return tell(named, clock)


def dawn(match: Match, clock: Clock) -> Value | None:
    """The early hours of Tuesday, dawn: of the day named, else of the one that the story has come to."""
    told, code = _named_day(match, clock), match.value("SMALLHOURS", "DAWN")
    part = values.PARTS[code]
    return told and replace(told, timex=f"{told.timex}T{code}", part_of_day=part, kind="time")


def part_of_day(match: Match, clock: Clock) -> Value | None:
    """The night of 12 May."""
    told, code = _named_day(match, clock), match.value("PART")
    return told and replace(told, timex=f"{told.timex}T{code}", part_of_day=values.PARTS[code], kind="time")


def _two_days(match: Match, clock: Clock) -> Value | None:
    if match.has("MON"):
        return values.day_range(match, clock)
    told, names = values.weekday(match, clock), [value_of(match.words.raw(i)) for i in match.all("WEEKDAY")]
    if told is None or told.interval is None or (names[0] + 1) % 7 != names[1] % 7:
        return None
    first = date.fromisoformat(told.timex[:10])
    return replace(told, timex=f"{first}/", interval=Interval(first, first + 2 * _DAY))


def night_between(match: Match, clock: Clock) -> Value | None:
    """The night of 12-13 May: both days, named by the first."""
    told, code = _two_days(match, clock), match.value("PART")
    return told and replace(told, timex=f"{told.timex.partition('/')[0]}T{code}", part_of_day=values.PARTS[code], kind="time")


def beside_today(match: Match, clock: Clock) -> Value | None:
    """The day before yesterday, the day after tomorrow."""
    step = match.value("TODAY") + match.value("BEFORE")
    return clock.settle(lambda now: values.single(now + timedelta(days=step)), "XXXX-XX-XX", "day")


def beside_unit(match: Match, clock: Clock) -> Value | None:
    """The week after next, the month before last."""
    unit = match.value("UNIT")
    step = match.value("LAST", "NEXT") + match.value("BEFORE")
    return clock.settle(lambda now: values.whole(now, unit, step), "XXXX", calendar.PRECISION[unit])


def _anchor(match: Match, clock: Clock) -> Value | None:
    return values.today(match, clock) if match.has("TODAY") else values.weekday(match, clock)


def ago_to_the_day(match: Match, clock: Clock) -> Value | None:
    """Two years ago today."""
    return _counted_from(match, clock, -1)


def from_day(match: Match, clock: Clock) -> Value | None:
    """A week from Friday."""
    return _counted_from(match, clock, 1)


def _counted_from(match: Match, clock: Clock, sign: int) -> Value | None:
    told, unit, count = _anchor(match, clock), match.value("UNITS", "LENGTH"), spans.count_of(match)
    if told is None or told.interval is None or count is None or unit in "HNS":
        return Value("XXXX-XX-XX", None, "day")
    return values.single(calendar.shift(told.interval.start, unit, sign * count))


def story_time(match: Match, clock: Clock) -> Value | None:
    """Since then, at that time: what the story has come to."""
    story = clock.story
    return replace(story, part_of_day=None) if story is not None else Value("PAST_REF")


def each_other(match: Match, clock: Clock) -> Value | None:
    """Every other week, every third year."""
    number, unit = match.value("OTHER", "ORDW"), match.value("LENGTH", "WEEKEND")
    return Value(spans.period(float(number), "W" if unit in (None, "WE") else unit), kind="set")


def anniversary(match: Match, clock: Clock) -> Value | None:
    """The tenth anniversary of something whose day the report may tell elsewhere: so many years after it (events.py)."""
    count = match.value("ORD") or spans.count_of(match)
    return None if count is None else Value(f"P{count:.0f}Y", None, "year", kind=ANNIVERSARY)
