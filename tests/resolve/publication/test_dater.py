"""The date of publication is inferred where a text tells it, and stays unknown where it does not."""

import os
from datetime import date
from pathlib import Path

import pytest

from communique.resolve.publication.clues import clues, load_sayings, read_sentences
from communique.resolve.publication.dater import PublicationDater, hull, intersect
from communique.types.analysis import Analysis, Failed
from communique.types.text import Document, Interval, Passage, Published, Span


def analysis_of(text: str, published: Published | None = None) -> Analysis:
    passages, position = [], 0
    for line in text.split("\n"):
        if line:
            passages.append(Passage((Span(position, position + len(line)),)))
        position += len(line) + 1
    return Analysis(Document("d", "t", "s", text, published=published or Published()), tuple(passages))


def dated(text: str) -> Published:
    (result,) = PublicationDater()([analysis_of(text)])
    assert isinstance(result, Analysis)
    return result.document.published


def days(start: str, end: str) -> Interval:
    return Interval(date.fromisoformat(start), date.fromisoformat(end))


TOLD = [
    # anniversaries and counted years
    (
        "Thousands lined the quay as the port marked the 40th anniversary of the 1978 dockers' strike.",
        days("2018-01-01", "2019-01-01"),
    ),
    (
        "The envoys raised a flag to honor sixty years since the two banks of the river made peace in 1951.",
        days("2011-01-01", "2012-01-01"),
    ),
    ("Veterans gathered for the fiftieth anniversary of the landing of June 1944.", days("1994-01-01", "1995-01-01")),
    # a year that the text calls its own
    ("The commission will keep its monitors at the bridge for the rest of 2009.", days("2009-01-01", "2010-01-01")),
    ("The coast guard has stopped ninety boats so far in 2016.", days("2016-01-01", "2017-01-01")),
    ("Nobody has been tried for last year's 2004 raid on the ferry.", days("2005-01-01", "2006-01-01")),
    # bounds from what is told as past and as ahead
    (
        "The dam burst on 3 February 2011.\nEngineers will close the last breach by 30 June 2011.",
        days("2011-02-02", "2011-07-01"),
    ),
    # two dates without a year around the report, with a year from elsewhere
    (
        "Delegates signed a draft on 4 October.\nThe senate will vote on it on 21 October.\n"
        "The city marked the 25th anniversary of the 1988 truce.",
        days("2013-10-04", "2013-10-22"),
    ),
    # a visit reported long before and now at hand
    (
        "On Monday, Queen Ilse of Norland will sail to Sudria for talks on fish.\n"
        "The palace disclosed in July that Queen Ilse would visit Sudria in October.\n"
        "Sudria is honoring 30 years since its coast was freed in 1977.",
        days("2007-09-24", "2007-11-01"),
    ),
    # ... and a month by name that is not "last month"
    (
        "On Monday, Queen Ilse of Norland will sail to Sudria for talks on fish.\n"
        "In August, the palace disclosed that Queen Ilse would visit Sudria in October.\n"
        "Her uncle fell ill late last month.\n"
        "Sudria is honoring 30 years since its coast was freed in 1977.",
        days("2007-10-01", "2007-11-01"),
    ),
    # a weekday with its date, and a year that it is measured against
    (
        "The talks opened on Thursday, May 14.\nThe city marked the 20th anniversary of the 1995 flood.",
        days("2015-03-15", "2015-09-12"),
    ),
]

SILENT = [
    "The prime minister met his neighbours on Tuesday to discuss the harvest.",
    "The two sides signed a truce in 1994 and have kept it since.",
    "In 2005 the city marked the 60th anniversary of the 1945 armistice, and the mayor wept.",
    "The company hopes to build a harbour by 2030.",
    "More than 40 years since the border was drawn in 1960, nobody lives there.",
    "He stayed in prison for the rest of 1987.",
    "In June, the two parties split over the budget, and the coalition fell late last month.",
    "Crowds marked the 10th anniversary of the 1990 vote.\nThe chancellor resigned on 4 March 2012.",
    "“We will leave in 2008,” he said then.",
    "On Friday the minister will fly to Sudria.\nIt was announced in April that trade would grow in May.",
]


@pytest.mark.parametrize(("text", "expected"), TOLD)
def test_a_told_date_is_inferred_with_its_evidence(text, expected):
    published = dated(text)
    assert (published.interval, published.origin) == (expected, "inferred")
    assert published.evidence
    assert all(span.of(text).strip() for span in published.evidence)


@pytest.mark.parametrize("text", SILENT)
def test_a_date_that_is_not_told_stays_unknown(text):
    assert dated(text) == Published()


@pytest.mark.parametrize("pattern", load_sayings().patterns, ids=lambda p: p.name)
def test_each_pattern_reads_its_example(pattern):
    sentence, first, last = pattern.example
    found = [c for c in clues(read_sentences(analysis_of(sentence))) if c.name == pattern.name]
    assert [c.days for c in found] == [(Interval(date(first, 1, 1), date(last + 1, 1, 1)),)]


def test_the_example_of_a_forecast_comes_true_in_its_month():
    sentence, month = load_sayings().examples["forecast"]
    text = f"{load_sayings().examples['imminent']}\n{sentence.replace('the king', 'King Olaf')}".replace(
        "the king", "King Olaf"
    )
    (clue,) = [c for c in clues(read_sentences(analysis_of(text))) if c.name.startswith("forecast")]
    assert {(i.end.month - 2) % 12 + 1 for i in clue.days} == {month}


@pytest.mark.parametrize("origin", ["given", "metadata", "dateline"])
def test_a_known_date_is_left_alone(origin):
    known = Published(days("2001-02-03", "2001-02-04"), origin)
    (result,) = PublicationDater()([analysis_of("They marked the 40th anniversary of the 1978 strike.", known)])
    assert result.document.published is known


def test_failures_pass_and_a_broken_report_fails_alone():
    failed = Failed("a.txt", "clean", ValueError("x"))
    broken = Analysis(Document("d", "t", "b.txt", None))  # type: ignore[arg-type]
    broken = Analysis(broken.document, (Passage((Span(0, 1),)),))
    first, second = PublicationDater()([failed, broken])
    assert first is failed
    assert isinstance(second, Failed) and second.stage == "publication"


def test_days_are_intersected_and_spanned():
    one = (days("2000-01-01", "2001-01-01"), days("2002-01-01", "2003-01-01"))
    other = (days("2000-06-01", "2002-02-01"),)
    assert intersect(one, other) == (days("2000-06-01", "2001-01-01"), days("2002-01-01", "2002-02-01"))
    assert hull(intersect(one, other)) == days("2000-06-01", "2002-02-01")
    assert hull(()) is None


@pytest.mark.skipif("COMMUNIQUE_DATA" not in os.environ, reason="COMMUNIQUE_DATA does not name the annotated data")
def test_seed_report():
    """The seed report names no date; its anniversary, its forecast and its "last month" together tell the month."""
    text = Path(os.environ["COMMUNIQUE_DATA"], "gold/seed/report.txt").read_text(encoding="utf-8")
    lines = [line for line in text.split("\n") if " · " not in line]
    assert dated("\n".join(lines)).interval == days("2024-05-01", "2024-06-01")
