"""Further forms of times: feasts, ranges, parts of days, and times told from events that the report dates."""

from datetime import date, timedelta

import pytest

from communique.resolve.times.feasts import feast_days, load_feasts
from communique.resolve.times.resolver import find_times
from communique.types.text import Interval, Passage, Span

WEDNESDAY = date(2024, 5, 15)


def one_day(day: date = WEDNESDAY) -> Interval:
    return Interval(day, day + timedelta(days=1))


def days(start: str, end: str) -> Interval:
    return Interval(date.fromisoformat(start), date.fromisoformat(end))


def told(text: str, published: Interval | None = None) -> list[tuple[str, str | None]]:
    return [(t.span.of(text), t.timex) for t in find_times(text, published or one_day())]


@pytest.mark.parametrize("key", load_feasts())
def test_each_feast_falls_on_the_day_of_its_example(key):
    feast = load_feasts()[key]
    assert feast.example in set(feast_days(feast, feast.example.year))
    for name in feast.names:
        found = find_times(f"They signed it on {name} {feast.example.year}.")
        assert [t.timex[:10] for t in found] == [feast.example.isoformat()]


@pytest.mark.parametrize(
    ("key", "days"),
    [
        ("easter", ["2021-04-04", "2022-04-17", "2023-04-09", "2025-04-20", "2026-04-05", "2038-04-25", "1818-03-22"]),
        ("orthodox easter", ["2021-05-02", "2022-04-24", "2023-04-16", "2025-04-20", "2026-04-12"]),
        ("passover", ["2021-03-28", "2022-04-16", "2023-04-06", "2025-04-13", "2026-04-02"]),
        ("rosh hashanah", ["2021-09-07", "2022-09-26", "2023-09-16", "2025-09-23"]),
        ("hanukkah", ["2021-11-29", "2022-12-19", "2023-12-08", "2025-12-15"]),
        ("lunar new year", ["2021-02-12", "2022-02-01", "2023-01-22", "2025-01-29", "2026-02-17"]),
        ("thanksgiving", ["2021-11-25", "2022-11-24", "2023-11-23"]),
    ],
)
def test_moveable_feasts_of_other_years(key, days):
    feast = load_feasts()[key]
    assert [day.isoformat() for d in days for day in feast_days(feast, int(d[:4]))] == days


def test_a_lunar_year_may_hold_a_feast_twice_or_be_told_with_a_margin():
    assert [d.isoformat() for d in feast_days(load_feasts()["islamic new year"], 2008)] == ["2008-01-10", "2008-12-29"]
    (found,) = find_times("They agreed on a truce for Eid al-Fitr 2022.")
    assert found.interval.start <= date(2022, 5, 2) < found.interval.end  # as most states kept it


@pytest.mark.parametrize(
    ("text", "value", "interval"),
    [
        ("They invaded Peru in March 2022. Two months after the invasion it left.", "2022-05", ("2022-05-01", "2022-06-01")),
        (
            "The raid on Lima on 24 May 2022 failed. Two days before the raid he fled.",
            "2022-05-22",
            ("2022-05-22", "2022-05-23"),
        ),
        ("The 2014 coup was bloodless. Ten years after the coup, he died.", "2024", ("2024-01-01", "2025-01-01")),
        ("The siege of Lima began in 2014. Five years into the siege, talks were held.", "2019", ("2019-01-01", "2020-01-01")),
        ("War broke out in 2014. Five years after the start of the war, it ended.", "2019", ("2019-01-01", "2020-01-01")),
        ("The siege began in 2014. Five years into the siege, talks were held.", "2019", ("2019-01-01", "2020-01-01")),
        ("They fought over Monday's vote. A day after the vote, he left.", "2024-05-14", ("2024-05-14", "2024-05-15")),
        ("They met on the second anniversary of the raid of 24 May 2022.", "2024-05-24", ("2024-05-24", "2024-05-25")),
    ],
)
def test_a_time_told_from_an_event_that_the_report_dates(text, value, interval):
    assert (value, days(*interval)) in [(t.timex, t.interval) for t in find_times(text, one_day())]


@pytest.mark.parametrize(
    "text",
    [
        "Two days after the raid, he left.",
        "The raid on Monday killed five. The raid of 3 March killed six. Two days after the raid, he left.",
        "The 2014 raid was bloodless. Two days after the raid, he left.",
        "They met in 2014. Two days after the raid, he left.",
        "Ministers were told that the raid had failed, and met in March. Two days after the raid, he left.",
    ],
    ids=["no date", "two dates", "a date too coarse", "another's date", "a date of another clause"],
)
def test_a_length_stays_a_length_where_the_event_has_no_one_date(text):
    (length,) = [t for t in find_times(text, one_day()) if t.kind == "duration"]
    assert (length.timex, length.interval) == ("P2D", None)


def test_an_anniversary_of_what_has_no_date_is_no_time():
    assert told("On the tenth anniversary of the raid, bells rang.") == []
    assert told("Bells rang for the first anniversary of the May 12 raid.")[0] == ("the first anniversary", "2024-05-12")


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


def test_paragraphs_share_one_story():
    text = "They met on 2 May 2019.\nThe next day they quarrelled."
    passages = [Passage((Span(0, 23),)), Passage((Span(24, len(text)),))]
    assert [t.timex for t in find_times(text, one_day(), passages)] == ["2019-05-02", "2019-05-03"]


def test_a_year_ago_does_not_become_the_story():
    text = "It lost $4 in the third quarter of 2023, against $3 a year ago. Sales fell from those of a year ago."
    assert told(text)[1:] == [("a year ago", "2022-Q3"), ("a year ago", "2022-Q3")]


def test_a_fiscal_year_has_no_days_of_its_own():
    (found,) = find_times("Spending will fall in the current fiscal year.", one_day())
    assert (found.timex, found.interval, found.precision) == ("2024", None, "year")


def test_a_day_that_an_act_is_named_by_has_its_own_year():
    assert told("The attackers of the January 6 riot were freed.") == [("January 6", "2021-01-06")]
    assert told("The January 6 riot shook the town.", one_day(date(2015, 2, 1))) == [("January 6", "2015-01-06")]
    assert told("The January 6 vote was close.") == [("January 6", "2024-01-06")]
    assert told("They strolled over the Christmas market.") == []


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
