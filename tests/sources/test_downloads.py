"""Lines, days and counts, as the vendors write them."""

import pytest

from communique.sources.vendors.downloads import (
    after_date,
    count_in,
    day_in,
    is_copyright,
    is_dated,
    language_code,
    paragraphs_of,
)


def test_lines_cut_at_a_width_are_put_together_and_others_are_paragraphs():
    cut = [
        "Norland reopened its northern border to lorries from",
        "Sudria on Monday, nine months after it was shut.",
        "",
    ]
    assert paragraphs_of([*cut, "It rained."]) == (f"{cut[0]} {cut[1]}", "It rained.")
    assert paragraphs_of(["  Norland reopened its border to lorries from", "Sudria.", "  It rained."]) == (
        "Norland reopened its border to lorries from Sudria.",
        "It rained.",
    )
    assert paragraphs_of(["Norland reopened its border.", "It rained in Lagona.", "Talks go on."]) == (
        "Norland reopened its border.",
        "It rained in Lagona.",
        "Talks go on.",
    )


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("January 11, 2010 Monday", "2010-01-11"),
        ("Wednesday, 15 May 2024", "2024-05-15"),
        ("Norhaven [Norhaven]15 May 2024: A.3.", "2024-05-15"),
        ("2024-05-16", "2024-05-16"),
        ("Sept. 3, 1998", "1998-09-03"),
        ("February 30, 2010", None),
        ("May 2024", None),
        ("", None),
    ],
)
def test_days(text, day):
    assert str(day_in(text)) == str(day)


def test_counts():
    assert [count_in(t) for t in ("1,512 words", "295 words", "none", None)] == [
        1512,
        295,
        None,
        None,
    ]


def test_lines_that_begin_with_a_date():
    dates = ("May 2024", "15 May 2024", "Monday, May 13, 2024", "2024-05-13")
    assert [is_dated(t) for t in (*dates, "Mayor of Kesten", "May Day")] == [True] * 4 + [False] * 2
    assert after_date("May 15, 2024 Wednesday, Late Edition") == "Late Edition"
    assert after_date("May 15, 2024") == ""


def test_notices_of_copyright_and_languages():
    notices = ("Copyright 2024 A", "(c) 2024 A", "© A", "All Rights Reserved")
    assert [is_copyright(t) for t in (*notices, "Copyrights")] == [True] * 4 + [False]
    assert [language_code(t) for t in ("ENGLISH", "French; English", "Norse", "", None)] == ["en", "fr", None, None, None]
