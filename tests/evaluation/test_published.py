"""Measuring inferred dates of publication: figures counted by hand, and date lines that are taken out."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from communique import registry
from communique.config import Settings
from communique.errors import DataError
from communique.evaluation.published import dated_reports, evaluate, figures, undated
from communique.pipeline.stages import make
from communique.types.analysis import Analysis
from communique.types.text import Interval


def test_figures_are_those_counted_by_hand():
    day = date(2010, 5, 1)
    told = [
        (day, Interval(date(2010, 1, 1), date(2011, 1, 1))),
        (day, Interval(date(2010, 6, 1), date(2011, 1, 1))),
        (day, Interval(date(2008, 1, 1), date(2012, 1, 1))),
        (day, None),
    ]
    found = figures(told)
    assert found == {
        "reports": 4,
        "given": 0.75,
        "right": pytest.approx(2 / 3),
        "median_days": 365,
        "within_a_year": 0.5,
        "within_a_year_right": 0.25,
    }


def test_nothing_inferred_gives_no_share():
    assert figures([(date(2010, 5, 1), None)])["right"] == 0.0


def test_a_date_line_is_taken_out():
    text = "Boats return to Norland\nMay 14, 2010\nThe boats that were lost in the storm have come home to Norland.\n"
    document = registry.find(registry.SOURCES, "string")(text)
    (clean,) = (stage for stage in make(Settings()) if stage.name == "clean")
    analysis = undated(document, clean)
    assert isinstance(analysis, Analysis)
    assert "2010" not in analysis.document.text and "come home" in analysis.document.text
    assert analysis.document.published.origin == "unknown"


def test_reports_are_read_with_their_day(tmp_path: Path):
    (tmp_path / "a").mkdir()
    (tmp_path / "a/report.txt").write_text("The boats came home.", encoding="utf-8")
    gold = {"document": {"published": {"given": "2010-05-14"}}}
    (tmp_path / "a/gold.json").write_text(json.dumps(gold), encoding="utf-8")
    tml = '<TimeML><DCT><TIMEX3 value="1998-02-13">x</TIMEX3></DCT><TEXT>The boats came home.</TEXT></TimeML>'
    (tmp_path / "b.tml").write_text(tml, encoding="utf-8")
    assert [day for _, day in dated_reports(tmp_path)] == [date(2010, 5, 14), date(1998, 2, 13)]


def test_a_folder_without_reports_says_so(tmp_path: Path):
    with pytest.raises(DataError, match="holds no report with a known day"):
        evaluate(tmp_path)


def test_reports_without_their_date_line(shared: Path):
    """What docs/decisions/0024 says; the tables of offices grow, so that the figures are floors."""
    found = evaluate(shared / "gold")
    assert found["right"] >= 0.95
    assert found["given"] >= 0.5
