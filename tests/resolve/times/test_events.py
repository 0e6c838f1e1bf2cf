"""Times told from events that the report dates."""

from datetime import date

import pytest
from tests.resolve.times.telling import days, one_day, told

from communique.resolve.times.resolver import find_times


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


def test_a_day_that_an_act_is_named_by_has_its_own_year():
    assert told("The attackers of the January 6 riot were freed.") == [("January 6", "2021-01-06")]
    assert told("The January 6 riot shook the town.", one_day(date(2015, 2, 1))) == [("January 6", "2015-01-06")]
    assert told("The January 6 vote was close.") == [("January 6", "2024-01-06")]
    assert told("They strolled over the Christmas market.") == []
