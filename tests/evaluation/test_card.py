"""The model card's table of figures."""

import importlib.util
import tomllib
from pathlib import Path

ROOT = Path(__file__).parents[2]
_spec = importlib.util.spec_from_file_location("card", ROOT / "evaluation/card.py")
card = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(card)
KEYS = {key for row in card.ROWS.values() for key in row.values()}


def test_figures_in_percent_with_what_eight_bits_cost():
    figures = {"ewt_upos": 0.96951, "ewt_las": 0.87999, "gap_f1": 0.7}
    lines = card.table(figures, {"ewt_upos": 0.971, "ewt_las": 0.88}).strip().splitlines()
    assert lines[2:] == ["| UD EWT, gold tokens | UPOS 97.0 (-0.1), LAS 88.0 (+0.0) |", "| pronouns, GAP | F1 70.0 |"]


def test_the_card_shows_what_is_pinned():
    pinned = tomllib.loads((ROOT / "evaluation/pins.toml").read_text(encoding="utf-8"))["language"]
    hidden = {key for key in pinned if key not in KEYS}
    assert hidden <= {"graph_status", "frames_ewt_precision", "frames_ewt_recall"}
    assert {"ewt_raw_las_f1", "gum_newslike_las", "entities_uner_f1", "graph_type_f1"} <= KEYS & set(pinned)


def test_the_card_has_a_place_for_them():
    text = card.CARD.read_text(encoding="utf-8")
    assert "NEW" in card.TABLE.sub("NEW", text)
    assert card.TABLE.sub("", text).count("<!--") == 2
