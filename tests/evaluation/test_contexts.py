"""Contexts against two annotators's labels, by hand."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from communique.errors import DataError
from communique.evaluation import contexts
from communique.ontology.plover import contexts as known

LABELS = Path(__file__).parent / "data/contexts.jsonl"


def test_what_only_one_gave_counts_neither_way():
    rows = [{"first": ["military", "territory"], "second": ["military"]}, {"first": ["cbrn"], "second": ["cbrn"]}]
    figures = contexts.score(rows, [("military", "territory", "crime"), None])
    assert figures["contexts_f1"] == pytest.approx(2 * 1 / (2 + 2))
    assert figures["contexts_agreement_f1"] == pytest.approx(2 * 2 / (3 + 2))
    assert figures["contexts_found"] == 0.5


def test_the_labels_that_we_keep_are_contexts():
    rows = [json.loads(line) for line in LABELS.read_text(encoding="utf-8").splitlines()]
    assert len(rows) == 100
    assert {c for row in rows for side in ("first", "second") for c in row[side]} <= set(known())
    assert contexts.score(rows, [()] * 100)["contexts_agreement_f1"] > 0.8


def test_labels_of_reports_that_are_not_there(tmp_path):
    with pytest.raises(DataError, match="labels"):
        contexts.evaluate(tmp_path, LABELS)


def test_measured_on_a_report_of_our_own(tmp_path):
    report = tmp_path / "one"
    report.mkdir()
    text = "Rebels shelled the army's base near the front line.\n"
    (report / "report.txt").write_text(text, encoding="utf-8")
    (report / "gold.json").write_text('{"document": {"published": {"given": "2024-05-15"}}}', encoding="utf-8")
    labels = tmp_path / "labels.jsonl"
    row = {"report": "one", "start": 7, "end": 14, "first": ["military"], "second": ["military"]}
    labels.write_text(json.dumps(row) + "\n", encoding="utf-8")
    figures = contexts.evaluate(tmp_path, labels)
    assert (figures["contexts_found"], figures["contexts_f1"]) == (1.0, 1.0)
