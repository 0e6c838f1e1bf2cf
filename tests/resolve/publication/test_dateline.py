"""A dateline without its year allows one day of each year, fewer where a weekday stands beside it. All reports are made up."""

from __future__ import annotations

from datetime import date

import pytest

from communique.resolve.publication.clues import read_sentences
from communique.resolve.publication.dateline import dateline
from communique.resolve.publication.dater import PublicationDater
from communique.types.analysis import Analysis
from communique.types.text import Document, Interval, Passage, Span


def report(head: str, body: str) -> Analysis:
    """A report whose passage begins behind its dateline."""
    return Analysis(Document("d", "t", "s", head + body), (Passage((Span(len(head), len(head + body)),)),))


def allowed(head: str, body: str) -> list[date]:
    analysis = report(head, body)
    return [day.start for clue in dateline(analysis, read_sentences(analysis)) for day in clue.days]


@pytest.mark.parametrize(
    "head", ["LIMA, March 3 (AFP) - ", "LIMA, Mar. 3 — ", "LIMA, 3 March - ", "A title of May 5\nLIMA, 3 Mar - "]
)
def test_the_day_of_a_dateline_in_years_that_have_its_weekday(head: str) -> None:
    days = allowed(head, "Peru's president met miners on Monday. They had struck since Friday.")
    assert {day.isoweekday() for day in days} == {1, 2}
    assert {(day.month, day.day) for day in days} == {(3, 3)}
    assert date(2025, 3, 3) in days


def test_without_one_weekday_every_year_may_be_meant() -> None:
    assert len(allowed("LIMA, March 3 - ", "Peru's president met miners.")) == 96
    assert len(allowed("LIMA, March 3 - ", "Miners struck on Monday and met on Friday.")) == 96
    assert {day.year % 4 for day in allowed("LIMA, Feb 29 - ", "Miners struck.")} == {0}


@pytest.mark.parametrize("head", ["LIMA - ", "LIMA, May - ", "LIMA, March 33 - ", "March 3\n"])
def test_no_day_in_the_dateline(head: str) -> None:
    assert allowed(head, "Peru's president met miners on Monday.") == []


def dated(head: str, body: str) -> Interval | None:
    (result,) = PublicationDater()([report(head, body)])
    assert isinstance(result, Analysis)
    return result.document.published.interval


def test_it_narrows_what_else_tells_the_date_and_alone_tells_none() -> None:
    told = "The town marked the 80th anniversary of the landing of 1944 on Thursday."
    assert dated("", told) == Interval(date(2024, 1, 1), date(2025, 1, 1))
    assert dated("CAEN, June 6 - ", told) == Interval(date(2024, 6, 6), date(2024, 6, 7))
    assert dated("CAEN, June 6 - ", "Farmers marched on Thursday.") is None
