"""The line classifier: patterns with their examples, and what it must never take for a page's frame."""

import math
import re
from collections import Counter
from pathlib import Path

import pytest

from communique.clean import boilerplate
from communique.clean.boilerplate import judge, patterns
from communique.clean.cleaner import clean
from communique.clean.features import features, sequences, shapes, tokens
from communique.errors import DataError
from communique.evaluation.clean import evaluate, whole_reports
from communique.sources.text import from_string
from communique.types.analysis import Analysis

LINES = Path(__file__).parents[2] / "training/data/boilerplate.tsv"


@pytest.mark.parametrize("pattern", patterns(), ids=lambda p: p.name)
def test_pattern_matches_its_example_only(pattern):
    assert pattern.regex.fullmatch(pattern.example)
    assert not pattern.regex.fullmatch(pattern.unlike)
    verdict = judge(pattern.example)
    assert verdict.dropped
    assert verdict.reason in {pattern.reason, next(p.reason for p in patterns() if p.name == verdict.pattern)}


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("Advertisement", "advertisement"),
        ("Sponsored content, keep scrolling to read on", "advertisement"),
        ("Sign up for our free politics newsletter", "advertisement"),
        ("Read more: Tollen dam holds after night of rain", "navigation"),
        ("Share this article on Facebook", "navigation"),
        ("Home › World › Americas", "navigation"),
        ("Photograph: Ines Okafor/Globepix", "caption"),
        ("All rights reserved. Reproduction is forbidden.", "boilerplate"),
        ("This article was updated to correct the name of the river.", "boilerplate"),
        ("We use cookies to improve this website", "boilerplate"),
    ],
)
def test_frame_is_dropped_with_its_reason(line, reason):
    verdict = judge(line)
    assert verdict.dropped
    assert verdict.reason == reason


@pytest.mark.parametrize(
    "line",
    [
        "“Share the water,” the elders sang, “share the salt.”",
        "“Click here,” the clerk told the court, was all it took.",
        "Closed.",
        "Shares fell.",
        "Tollen dam talks collapse",
        "The law forbids parties to buy advertisements in the last week of a campaign.",
        "The newsletter was read by 4,000 officers before police seized it.",
        "Photographs of the dead hung in the hall.",
        "Of the 61 members, 40 were present.",
    ],
)
def test_report_text_is_kept(line):
    assert not judge(line).dropped


def test_blank_and_endless_lines_are_report_text():
    assert judge("  ").score == -math.inf
    assert not judge("Advertisement " * 100).dropped


def test_weights_are_applied_as_they_were_trained():
    line = "Sign up for our newsletter | Tollen"
    words, kinds = tokens(line)
    named = {f"{name}:{' '.join(gram)}" for name, grams in sequences(words, kinds) for gram in grams}
    assert features(line) == named | set(shapes(line, kinds))
    table = boilerplate._weights()
    flat = {f"{name}:{' '.join(gram)}": w for name, grams in table.grams.items() for gram, w in grams.items()} | table.shapes
    values = [flat[f] for f in features(line) if f in flat]
    assert judge(line).score == pytest.approx(sum(values) / len(values) ** 0.5 + table.bias)


def test_shipped_weights_know_the_lines_they_were_trained_on():
    rows = [row.split("\t") for row in LINES.read_text(encoding="utf-8").splitlines()[1:]]
    taken = [kind for kind, text in rows if judge(text).dropped]
    wanted = sum(kind != "report" for kind, _ in rows)
    right = sum(kind != "report" for kind in taken)
    assert right / len(taken) > 0.98
    assert right / wanted > 0.95


def test_no_training_line_stands_twice():
    rows = LINES.read_text(encoding="utf-8").splitlines()[1:]
    texts = [re.sub(r"^\w+\t", "", row) for row in rows]
    assert len(texts) == len(set(texts))


def test_evaluation_counts_what_is_dropped(tmp_path):
    path = tmp_path / "lines.jsonl"
    path.write_text(
        '{"text": "Advertisement", "label": "dropped"}\n'
        '{"text": "Subscribe to our newsletter", "label": "dropped"}\n'
        '{"text": "He resigned.", "label": "report"}\n'
        '{"text": "Advert", "label": "report"}\n'
        '{"text": "The treaty was signed on Friday after a year of talks.", "label": "dropped"}\n'
    )
    figures = evaluate(path)
    alone = {"precision": 2 / 3, "recall": 2 / 3, "f1": 2 / 3, "lines": 5.0}
    assert {key: figures[key] for key in alone} == pytest.approx(alone)
    assert 0 < figures["report_recall"] < 1
    assert 0 < figures["report_precision"] <= 1


def test_whole_reports_have_every_line_and_are_the_same_each_time():
    lines = [(f"Kept {i}.", False) for i in range(6)] + [(f"Dropped {i}", True) for i in range(9)]
    reports = list(whole_reports(lines))
    assert reports == list(whole_reports(lines))
    counts = Counter(line for report in reports for line in report)
    assert {counts[line] for line in lines} == {5}
    assert all(not label for report in reports for _, label in report[:1])


def test_own_reports_lose_nothing():
    for report in whole_reports([("Advertisement", True)]):
        text = "\n".join(line for line, _ in report)
        assert [d.span.of(text) for d in clean(Analysis(from_string(text))).document.dropped] == ["Advertisement"]


@pytest.mark.parametrize("content", ["", "\n\n"])
def test_no_lines_give_no_figures(tmp_path, content):
    path = tmp_path / "lines.jsonl"
    path.write_text(content)
    with pytest.raises(DataError, match="empty"):
        evaluate(path)
