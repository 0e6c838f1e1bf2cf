"""Days as tables write them."""

from datetime import UTC, date, datetime

import pytest

from communique.sources.days import day


@pytest.mark.parametrize(
    "words",
    [
        "2024-05-15",
        "2024-05-15T23:10:00+02:00",
        "2024-05-15 10:00:00.123",
        "2024-05-15Z",
        "2024/5/15",
        "20240515",
        "20240515T101112Z",
        "20240515101112",
        "1715767200",
        "1715767200.5",
        "1715767200000",
        1715767200,
        1715767200000,
        1715767200000000,
        20240515,
        "Wed, 15 May 2024 10:00:00 GMT",
        "Wed May 15 10:20:30 +0000 2024",
        "May 15, 2024",
        "Wednesday, May 15th, 2024, 10:30 am",
        "15. May 2024",
        "15-May-2024",
        "15 May 2024 at 7 pm",
        "15/05/2024",
        "05/15/2024 10:00",
        "15.05.2024",
        date(2024, 5, 15),
        datetime(2024, 5, 15, 23, tzinfo=UTC),
    ],
)
def test_days_in_the_forms_of_tables(words):
    assert day(words) == date(2024, 5, 15)


@pytest.mark.parametrize(
    "words",
    [
        *("03/04/2024", "2024", "2024-05", "2024-13-01", "2024-02-30", "May 2024", "yesterday", "", "15 May 24", "x" * 200),
        *(
            "2024-05-15 to 2024-05-20",
            "45000",
            45000,
            7,
            True,
            None,
            float("nan"),
            float("inf"),
            10**400,
            "9" * 70,
            ["2024-05-15"],
        ),
        *(date.max, date(1, 1, 1), "99999999", "15 Maya 2024"),
    ],
)
def test_what_names_no_day(words):
    assert day(words) is None
