"""Feasts and the days on which they fall."""

from datetime import date

import pytest

from communique.resolve.times.feasts import feast_days, load_feasts
from communique.resolve.times.resolver import find_times


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
