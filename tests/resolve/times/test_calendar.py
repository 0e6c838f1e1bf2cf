"""Calendar units and their borders."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.resolve.times.telling import one_day

from communique.resolve.times import calendar
from communique.resolve.times.resolver import find_times


@given(st.dates(date(1900, 1, 1), date(2100, 1, 1)), st.sampled_from("DWMQYEC"))
def test_a_unit_holds_its_day_and_borders_on_the_next(day, unit):
    interval = calendar.unit_interval(day, unit)
    assert interval.start <= day < interval.end
    assert calendar.unit_interval(day, unit, 1).start == interval.end
    assert calendar.unit_interval(day, unit, -1).end == interval.start


@given(st.dates(date(1950, 1, 1), date(2050, 1, 1)), st.integers(1, 7))
def test_weekdays_lie_within_a_week(day, weekday):
    name = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"][weekday - 1]
    (past,) = find_times(f"They met on {name}.", one_day(day))
    (future,) = find_times(f"They will meet on {name}.", one_day(day))
    assert past.interval.start <= day <= future.interval.start
    assert past.interval.start.isoweekday() == future.interval.start.isoweekday() == weekday
    assert (future.interval.start - past.interval.start).days in (0, 7)


def test_the_end_of_the_calendar_is_no_error():
    assert [t.timex for t in find_times("It will last a thousand years, until 9 May 2199.", one_day())] == [
        "P1000Y",
        "2199-05-09",
    ]
    assert calendar.shift(date(2024, 1, 31), "M", 1) == date(2024, 2, 29)
    with pytest.raises(ValueError, match="outside"):
        calendar.month_start(9999, 1)
