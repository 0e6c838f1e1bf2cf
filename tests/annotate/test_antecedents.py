"""Mentions and antecedents out of made-up scores: word states that hold their own scores."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any, cast

import numpy as np

from communique.annotate.antecedents import antecedents, mention_heads
from communique.models.language import Floats, LanguageModel, Scores

WORDS = "Ida met Olaf ; she left".split()


class Model:
    """A row's state is its row of the table of links."""

    labels = {"mention": ["O", "person", "place"]}  # noqa: RUF012

    def links(self, kind: str, rows: Floats, columns: Floats) -> Floats:
        assert kind == "coref" and len(columns) == len(WORDS) + 1
        return rows[:, None, :]


def scores(mention: dict[int, tuple[float, float]], links: dict[tuple[int, int | None], float]) -> Scores:
    """`mention`: the chances of a person and of a place; `links`: (word, antecedent) and its score."""
    chances = np.array([[1 - sum(mention.get(i, (0, 0))), *mention.get(i, (0, 0))] for i in range(len(WORDS))], np.float32)
    table = np.zeros((len(WORDS), len(WORDS) + 1), np.float32)
    for (word, other), value in links.items():
        table[word, 0 if other is None else other + 1] = value
    found: Any = SimpleNamespace(mention=chances, coref_row=table, coref_column=np.zeros((len(WORDS) + 1, 1), np.float32))
    return cast(Scores, found)


MODEL = cast(LanguageModel, Model())
ALL = {0: (0.9, 0.0), 2: (0.4, 0.5), 4: (0.8, 0.1)}


def test_heads_with_kind_and_antecedent() -> None:
    ida, olaf, she = mention_heads(MODEL, scores(ALL, {(4, 0): 5.0, (4, 2): 1.0, (2, None): 2.0}))
    assert [(m.word, m.kind, m.antecedent) for m in (ida, olaf, she)] == [
        (0, "person", None),
        (2, "place", None),
        (4, "person", 0),
    ]
    assert abs(olaf.score - 0.9) < 1e-6 and ida.chance == 1.0 and 0.95 < she.chance < 1.0


def test_an_antecedent_is_an_earlier_likely_mention() -> None:
    """Neither the word itself, nor a later one, nor one that is no mention, however high its score."""
    given = scores(ALL, {(2, 2): 9.0, (2, 4): 9.0, (2, 1): 9.0, (2, 0): 1.0})
    assert [choice for choice, _ in antecedents(MODEL, given, [2])] == [0]


def test_words_that_are_asked_for_need_be_no_likely_mention() -> None:
    given = scores({0: (0.9, 0.0)}, {(5, 0): 3.0})
    assert [m.word for m in mention_heads(MODEL, given)] == [0]
    assert [choice for choice, _ in antecedents(MODEL, given, [5, 1])] == [0, None]


def test_nothing_to_link() -> None:
    assert mention_heads(MODEL, scores({}, {})) == () and antecedents(MODEL, scores({}, {}), []) == []
