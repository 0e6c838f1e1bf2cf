"""The functions that rules of `data/grammar.yaml` name as what makes their values."""

from __future__ import annotations

from collections.abc import Callable

from communique.resolve.times import ranges, spans, values
from communique.resolve.times.feasts import holiday
from communique.resolve.times.grammar import Match
from communique.resolve.times.values import Clock, Value

Maker = Callable[[Match, Clock], Value | None]
MAKERS: dict[str, Maker] = {
    maker.__name__: maker
    for maker in (
        values.iso, values.slash, values.day, values.day_range, values.day_of_month, values.month,
        values.week_of_month, values.each_month, values.year, values.short_year, values.decade, values.century,
        values.quarter, values.half_year, values.season, values.weekday,
        values.each_weekday, values.today, values.tonight, values.this_part, values.story_part, values.clock_time,
        spans.relative_unit, spans.story_unit, spans.story_weekday, spans.this_unit, spans.latest_unit, spans.ago, spans.ahead,
        spans.story_offset, spans.duration, spans.span_of_units, spans.reference, spans.past_reference,
        spans.present_reference, spans.periodic, spans.each_unit, spans.each_part, spans.fiscal_year,
        ranges.between, ranges.nth_weekday, ranges.slashed_day, ranges.named_day, ranges.spelled_year, ranges.turn,
        ranges.part_of, ranges.year_ago, ranges.dawn, ranges.part_of_day, ranges.night_between, ranges.beside_today,
        ranges.beside_unit, ranges.ago_to_the_day, ranges.from_day, ranges.story_time, ranges.each_other,
        ranges.anniversary, ranges.half_month, ranges.months_to, ranges.week_of_day, holiday,
    )
}  # fmt: skip


def value(match: Match, clock: Clock) -> Value | None:
    """The value of a match, None when it is no date that the calendar knows (30 February)."""
    try:
        return MAKERS[match.rule.make](match, clock)
    except (ValueError, OverflowError):
        return None
