"""Likeness tells fine types that nothing was chosen on from three to five examples each."""

from __future__ import annotations

import random
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import yaml
from tests.coding.books import coder, kind, readings

from communique.coding.codebook import parse_example
from communique.coding.likeness import LEAST, Prototypes, background, chance, shapes_of
from communique.types.reading import Reading

TYPES: dict[str, Any] = yaml.safe_load((Path(__file__).parent / "data/fine_types.yaml").read_text(encoding="utf-8"))


@cache
def read() -> dict[str, Reading]:
    return readings([*(s for part in ("choice", "test") for own in TYPES[part].values() for s in own), *TYPES["none"]])


def told(part: str, count: int, draws: int = 4) -> tuple[float, float]:
    """Precision and recall of sentences' types, `count` examples a type, the rest and sentences of none told by them."""
    right = found = gold = 0
    for seed in range(draws):
        drawn = {name: random.Random(seed).sample(own, len(own)) for name, own in TYPES[part].items()}
        book = coder((kind(name, own[:count]) for name, own in drawn.items()), read())
        rest = [(s, {name}) for name, own in drawn.items() for s in own[count:]] + [(s, set()) for s in TYPES["none"]]
        for sentence, want in rest:
            have = {f.kind.name for f in book.find(read()[parse_example(sentence)[0]])}
            right, found, gold = right + len(have & want), found + len(have), gold + len(want)
    return right / found, right / gold


@pytest.mark.parametrize(("count", "recall"), [(3, 0.27), (4, 0.35), (5, 0.41)])
def test_types_that_nothing_was_chosen_on(count: int, recall: float) -> None:
    """As chosen: precision 0.90, 0.89, 0.87, recall 0.30, 0.39, 0.45, F1 0.45, 0.54, 0.59."""
    precision, found = told("test", count)
    assert precision >= 0.8 and found >= recall


def test_the_types_that_the_threshold_was_chosen_on() -> None:
    precision, found = told("choice", 4)
    assert precision >= 0.9 and found >= 0.35


def test_chance_is_calibrated_at_the_threshold() -> None:
    assert chance(0.1) < 0.05 < LEAST < 0.95 < chance(0.4)


def test_likeness_of_a_sentence_to_itself_and_to_what_has_the_word_alone() -> None:
    border, shop, reach = read_all(
        "Norland [closed|t] its border.", "The shop [closed|t] its doors.", "Troops [reached|t] the border."
    )
    types = Prototypes.of([[border]])
    assert float(types.likeness(border)[0]) == pytest.approx(1, abs=1e-5)
    assert chance(float(types.likeness(shop)[0])) < 0.95 and chance(float(types.likeness(reach)[0])) < LEAST
    assert not Prototypes.of([[]]).likeness(border).any()


def read_all(*sentences: str) -> list[Any]:
    found = readings(sentences)
    out = []
    for sentence in sentences:
        text, marks = parse_example(sentence)
        reading = found[text]
        out += shapes_of(reading, [t.index for t in reading.tokens if t.start == marks[0][1]])
    return out


def test_ordinary_predicates_are_rows_of_unit_length() -> None:
    known = background()
    for rows in (known.word, known.around):
        assert len(rows) > 300 and np.allclose(np.linalg.norm(rows, axis=1), 1, atol=1e-3)
