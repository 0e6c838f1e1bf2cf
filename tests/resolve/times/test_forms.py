"""Further forms of times: ranges, halves, parts of days, quarters, and what only looks like them."""

from datetime import date

import pytest
from tests.resolve.times.telling import days, one_day, told

from communique.resolve.times.resolver import find_times
from communique.types.text import Interval


@pytest.mark.parametrize(
    ("text", "value", "interval"),
    [
        ("It rained earlier this month.", "2024-05", ("2024-05-01", "2024-05-16")),
        ("It will rain later this year.", "2024", ("2024-05-15", "2025-01-01")),
        ("It rained at the turn of the century.", "2000", ("1995-01-01", "2005-01-01")),
        ("It rained in the first half of last year.", "2023-H1", ("2023-01-01", "2023-07-01")),
        ("It rained in the last ten days of March.", "2024-03-22/2024-03-31", ("2024-03-22", "2024-04-01")),
        ("It rained from November to February 2023.", "2022-11/2023-02", ("2022-11-01", "2023-03-01")),
        ("It will rain from Thursday to Saturday.", "2024-05-16/2024-05-18", ("2024-05-16", "2024-05-19")),
        ("It rained on 5/14.", "2024-05-14", ("2024-05-14", "2024-05-15")),
        ("It rained since 9/11.", "2001-09-11", ("2001-09-11", "2001-09-12")),
        ("The ban takes effect on Friday.", "2024-05-17", ("2024-05-17", "2024-05-18")),
        ("He fell ill in the run-up to June's vote.", "2024-06", ("2024-06-01", "2024-07-01")),
        ("It rained half past nine.", None, None),
        ("It rained at half past nine.", "2024-05-15T09:30", ("2024-05-15", "2024-05-16")),
        ("It rained at a quarter to ten.", "2024-05-15T09:45", ("2024-05-15", "2024-05-16")),
        ("It rained at 4 in the afternoon.", "2024-05-15T16:00", ("2024-05-15", "2024-05-16")),
        ("It rained at 14:00 Moscow time.", "2024-05-15T14:00+03:00", ("2024-05-15", "2024-05-16")),
        ("It rained for two and a half years.", "P2Y6M", None),
        ("It rained for 2 1/2 hours.", "PT2H30M", None),
        ("He was sworn in two weeks ago today.", "2024-05-01", ("2024-05-01", "2024-05-02")),
    ],
)
def test_further_forms(text, value, interval):
    found = [(t.timex, t.interval) for t in find_times(text, one_day())]
    assert found == ([] if value is None else [(value, days(*interval) if interval else None)])


@pytest.mark.parametrize(
    ("text", "value", "interval"),
    [
        ("It will rain from Monday until Wednesday.", "2024-05-20/2024-05-22", ("2024-05-20", "2024-05-23")),
        ("It rained on Friday 13 September.", "2024-09-13", ("2024-09-13", "2024-09-14")),
        ("It rained on Friday, September 15th.", "2023-09-15", ("2023-09-15", "2023-09-16")),
        ("It rained in the first half of this month.", "2024-05", ("2024-05-01", "2024-05-16")),
        ("It will rain in the spring of next year.", "2025-SP", ("2025-03-01", "2025-06-01")),
        ("It rained in the winter of 2023-24.", "2023-WI", ("2023-12-01", "2024-03-01")),
        ("It rained in 2023's final quarter.", "2023-Q4", ("2023-10-01", "2024-01-01")),
        ("It rained on 01-09-1939.", "1939-09-01", ("1939-09-01", "1939-09-02")),
        ("More than ten years later, it rained.", "XXXX", None),
        ("It rained on the night of Saturday to Monday.", None, None),
    ],
)
def test_forms_that_hang_together(text, value, interval):
    found = [(t.timex, t.interval) for t in find_times(text, one_day())]
    assert found[:1] == ([] if value is None else [(value, days(*interval) if interval else None)])


def test_earlier_this_week_on_its_first_day_means_the_days_before():
    (found,) = find_times("It rained earlier this week.", one_day(date(2024, 5, 13)))
    assert (found.timex, found.interval) == ("2024-W20", days("2024-05-07", "2024-05-14"))


@pytest.mark.parametrize(
    "text",
    [
        "He visited Easter Island.", "Ramadan Kadyrov spoke.", "Dawn Smith spoke.", "It ran 24/7 with a 50/50 chance.",
        "They came at the same time and then left.", "As soon as he came, they left.",
    ],
)  # fmt: skip
def test_what_only_looks_like_one_of_the_further_forms(text):
    assert told(text) == []


def test_results_are_those_of_the_last_quarter_and_compare_with_its_like():
    october = one_day(date(2023, 10, 26))
    assert told("The firm expects to report a loss for the third quarter.", october) == [("the third quarter", "2023-Q3")]
    text = "It lost $4 in the third quarter, against $3 a year earlier."
    assert told(text, october)[-1] == ("a year earlier", "2022-Q3")
    assert told("It lost $4 in the quarter.", october) == [("the quarter", "2023-Q3")]


def test_a_fiscal_year_has_no_days_of_its_own():
    (found,) = find_times("Spending will fall in the current fiscal year.", one_day())
    assert (found.timex, found.interval, found.precision) == ("2024", None, "year")


@pytest.mark.parametrize(
    "text",
    [
        "It was the first visit in two years.",
        "They suffered the deadliest attack in two years.",
        "He won for the third time in two years.",
    ],
)
def test_how_long_it_has_been_is_no_time_ahead(text: str) -> None:
    (found,) = find_times(text, Interval(date(2024, 5, 15), date(2024, 5, 16)))
    assert (found.kind, found.timex, found.interval) == ("duration", "P2Y", None)
