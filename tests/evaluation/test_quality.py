"""The page of figures and errors."""

import importlib.util
from collections import Counter
from pathlib import Path

import pytest

from communique import registry
from communique.evaluation.mistakes import Mistakes

ROOT = Path(__file__).parents[2]
_spec = importlib.util.spec_from_file_location("quality", ROOT / "evaluation/quality.py")
quality = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(quality)


def test_the_page_has_a_place_for_each_part():
    page = quality.PAGE.read_text(encoding="utf-8")
    for part in quality.PARTS:
        new = quality.written(page, part, "NEW", "abc-dirty")
        assert f"<!-- part: {part} -->\n\nMeasured at commit abc-dirty.\n\nNEW\n\n<!-- end of {part} -->" in new


def test_a_page_without_the_place():
    with pytest.raises(ValueError, match="no place for who"):
        quality.written("# Quality\n", "who", "NEW", "abc")


def test_figures_and_counts():
    found = {"f1": 0.70449, "reports": 24.0, "text_dropped": 0.0, "report_text_dropped": 0.0, "exact": 1.0}
    shown = [row.split(" | ")[1].removesuffix(" |") for row in quality.figures(found).splitlines()[2:]]
    assert shown == ["0.704", "24", "0.000", "0", "1.000"]


def test_the_coders_figures_side_by_side():
    text = quality.coder_figures({"dyads_f1": 0.5, "dev_actor_f1": 0.8, "seed_actor_f1": 0.9, "sentences_actor_f1": 0.7})
    assert "| actor_f1 | 0.900 | 0.800 | 0.700 |" in text
    assert "| dyads_f1 | 0.500 |" in text


def test_errors_the_most_frequent_first():
    text = quality.errors(Mistakes(Counter({("AID", "AID"): 3}), Counter({"actor wrong": 1, "actor missing": 4})))
    assert "5 errors of 2 kinds; the 2 most frequent:" in text
    assert text.splitlines()[-2:] == ["| actor missing | 4 |", "| actor wrong | 1 |"]


def test_every_part_is_an_evaluation_that_there_is():
    assert set(quality.PARTS) - {"errors"} <= set(registry.names(registry.EVALUATIONS))


def test_the_commit_and_whether_something_was_changed(monkeypatch):
    monkeypatch.setattr(quality, "git", lambda *words: "abc" if words[0] == "rev-parse" else "")
    assert quality.commit() == "abc"
    monkeypatch.setattr(quality, "git", lambda *words: "abc" if words[0] == "rev-parse" else "M src/communique/cli/app.py")
    assert quality.commit() == "abc-dirty"
