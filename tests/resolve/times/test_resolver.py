"""Expressions of time are found, and resolved against the date of publication without guessing."""

import pytest
from tests.resolve.times.telling import analysis_of, days, one_day, told

from communique.resolve.times.resolver import TimeResolver, find_times
from communique.types.analysis import Analysis, Failed
from communique.types.text import Document, Passage, Span


@pytest.mark.parametrize(
    ("text", "value", "interval"),
    [
        # weekdays by the tense of the clause; the day of publication itself on the same weekday
        ("The two sides met on Thursday.", "2024-05-09", days("2024-05-09", "2024-05-10")),
        ("On Thursday, the king will go abroad.", "2024-05-16", days("2024-05-16", "2024-05-17")),
        ("The ministry said on Wednesday that it had paid.", "2024-05-15", days("2024-05-15", "2024-05-16")),
        ("The cabinet will meet on Wednesday.", "2024-05-15", days("2024-05-15", "2024-05-16")),
        ("They parted last Wednesday.", "2024-05-08", days("2024-05-08", "2024-05-09")),
        ("They meet next Wednesday.", "2024-05-22", days("2024-05-22", "2024-05-23")),
        ("They parted on Monday last week.", "2024-05-06", days("2024-05-06", "2024-05-07")),
        # months
        ("In May, the two sides agreed on a truce.", "2024-05", days("2024-05-01", "2024-06-01")),
        ("In June, the two sides agreed on a truce.", "2023-06", days("2023-06-01", "2023-07-01")),
        ("The accord will expire in April.", "2025-04", days("2025-04-01", "2025-05-01")),
        ("The envoy fell ill late last month.", "2024-04", days("2024-04-21", "2024-05-01")),
        ("The bridge was closed in mid-February.", "2024-02", days("2024-02-11", "2024-02-21")),
        # dates without a year, where the nearest is meant even if the tense is not plain
        ("The ban was to end on May 20.", "2024-05-20", days("2024-05-20", "2024-05-21")),
        ("A court freed him on December 28.", "2023-12-28", days("2023-12-28", "2023-12-29")),
        # periods
        ("It rained in early 2019.", "2019", days("2019-01-01", "2019-05-02")),
        ("It rained in the 1990s.", "199", days("1990-01-01", "2000-01-01")),
        ("It rained this week.", "2024-W20", days("2024-05-13", "2024-05-20")),
        ("It rained in the past two weeks.", "P2W", days("2024-05-01", "2024-05-16")),
        ("It rained two days ago.", "2024-05-13", days("2024-05-13", "2024-05-14")),
        ("It rained in the winter of 2014.", "2014-WI", days("2014-12-01", "2015-03-01")),
        ("It rained from 3 to 5 March 2020.", "2020-03-03/2020-03-05", days("2020-03-03", "2020-03-06")),
        ("It rained on Monday. A few days before, it had snowed.", "PXD", days("2024-05-07", "2024-05-12")),
        ("It rained on Monday. Several weeks later it snowed.", "PXW", days("2024-05-27", "2024-06-25")),
        ("It rained for six years.", "P6Y", None),
        ("It rained two and a half years ago.", "2021", days("2021-01-01", "2022-01-01")),
    ],
)
def test_a_day_of_publication_resolves(text, value, interval):
    found = find_times(text, one_day())
    assert (found[-1].timex, found[-1].interval) == (value, interval)


@pytest.mark.parametrize(
    ("text", "value", "interval"),
    [
        ("They met on Thursday.", "XXXX-WXX-4", None),
        ("They met yesterday.", "XXXX-XX-XX", None),
        ("They met last week.", "XXXX-WXX", None),
        ("The envoy fell ill late last month.", "2024-04", days("2024-04-21", "2024-05-01")),
        ("In March, the two sides agreed on a truce.", "2024-03", days("2024-03-01", "2024-04-01")),
        ("They met last year.", "2023", days("2023-01-01", "2024-01-01")),
        ("They met on 4 May.", "2024-05-04", days("2024-05-04", "2024-05-05")),
    ],
)
def test_a_month_of_publication_resolves_only_what_it_settles(text, value, interval):
    (found,) = find_times(text, days("2024-05-01", "2024-06-01"))
    assert (found.timex, found.interval) == (value, interval)


def test_a_month_is_not_told_by_a_publication_on_both_sides_of_it():
    (found,) = find_times("In March, the two sides agreed on a truce.", days("2024-02-01", "2024-04-01"))
    assert (found.timex, found.interval) == ("XXXX-03", None)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("on Thursday", "XXXX-WXX-4"),
        ("last month", "XXXX-XX"),
        ("in March", "XXXX-03"),
        ("on 16 May", "XXXX-05-16"),
        ("tonight", "XXXX-XX-XXTNI"),
    ],
)
def test_without_a_publication_relative_times_stay_relative(text, value):
    (found,) = find_times(f"They met {text}.")
    assert (found.timex, found.interval) == (value, None)


@pytest.mark.parametrize(
    "text",
    ["May 16, 2019", "16 May 2019", "2019-05-16", "16/5/2019", "5/16/2019", "Thursday, May 16, 2019", "the 16th of May, 2019"],
)
def test_full_dates_need_no_publication(text):
    (found,) = find_times(f"They met on {text}.")
    assert (found.span.of(f"They met on {text}."), found.timex, found.interval) == (
        text,
        "2019-05-16",
        days("2019-05-16", "2019-05-17"),
    )


def test_a_day_that_no_calendar_has_is_no_time():
    assert told("It rained on 30 February 2020.") == []


def test_the_story_anchors_what_follows():
    text = "They met on 2 May 2019. The next day they quarrelled. A week later they parted. It began a few days before the war."
    assert told(text) == [
        ("2 May 2019", "2019-05-02"),
        ("The next day", "2019-05-03"),
        ("A week later", "2019-05-10"),
        ("a few days", "PXD"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Mrs May will go to Paris, said the aide.",
        "They may march on the capital.",
        "Some 2000 troops crossed the river.",
        "The fall of the city was near.",
        "The Sunday Herald wrote so.",
        "Fans remember Black Monday.",
        "It lost 3:2.",
        "He paid $1990 for it.",
        "The China Daily wrote so.",
        "The 16th president of the club spoke.",
    ],
)
def test_words_that_only_look_like_times(text):
    assert told(text) == []


def test_an_evening_has_its_part_of_day():
    (found,) = find_times("They will talk on Thursday evening.", one_day())
    assert (found.part_of_day, found.kind, found.precision) == ("evening", "time", "day")


def test_a_set_and_a_duration_have_their_kinds():
    found = find_times("They met every Friday for three hours.", one_day())
    assert [(t.kind, t.timex) for t in found] == [("set", "XXXX-WXX-5"), ("duration", "PT3H")]


def test_an_expression_is_read_across_a_line_break_but_not_across_dropped_words():
    text = "They met on May\n16, 2019."
    (result,) = TimeResolver()([analysis_of(text, Span(0, 15), Span(16, len(text)))])
    assert [(t.span.of(text), t.timex) for t in result.times] == [("May\n16, 2019", "2019-05-16")]
    text = "They met on May\nBuy now!\n16, 2019."
    (result,) = TimeResolver()([analysis_of(text, Span(0, 15), Span(25, len(text)))])
    assert all("Buy" not in t.span.of(text) for t in result.times)


def test_only_passages_are_read():
    text = "Updated on Monday.\nThey met on Friday."
    (result,) = TimeResolver()([analysis_of(text, Span(19, len(text)))])
    assert [(t.id, t.span.of(text)) for t in result.times] == [("t1", "Friday")]


def test_failures_pass_and_a_broken_report_fails_alone():
    failed = Failed("a.txt", "clean", ValueError("x"))
    broken = Analysis(Document("d", "t", "b.txt", None), (Passage((Span(0, 1),)),))  # type: ignore[arg-type]
    first, second = TimeResolver()([failed, broken])
    assert first is failed
    assert isinstance(second, Failed) and second.stage == "times"


def test_paragraphs_share_one_story():
    text = "They met on 2 May 2019.\nThe next day they quarrelled."
    passages = [Passage((Span(0, 23),)), Passage((Span(24, len(text)),))]
    assert [t.timex for t in find_times(text, one_day(), passages)] == ["2019-05-02", "2019-05-03"]


def test_a_year_ago_does_not_become_the_story():
    text = "It lost $4 in the third quarter of 2023, against $3 a year ago. Sales fell from those of a year ago."
    assert told(text)[1:] == [("a year ago", "2022-Q3"), ("a year ago", "2022-Q3")]
