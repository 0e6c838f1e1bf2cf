"""Numbers that belong to events: each kind by its examples, read by the whole coder."""

from __future__ import annotations

import pytest

from communique import read
from communique.coding.amounts import amounts_table, kinds, with_amounts
from communique.coding.numbers import numbers
from communique.types.reading import Reading, Sentence, Token

EXAMPLES = [(row["kind"], example) for row in amounts_table()["kinds"] for example in row["examples"]]


def marked(text: str) -> tuple[str, str]:
    return text.replace("[", "").replace("]", ""), text[text.index("[") + 1 : text.index("]")]


@pytest.mark.parametrize(("kind", "example"), EXAMPLES, ids=[e["text"] for _, e in EXAMPLES])
def test_each_kind_by_its_examples(kind, example):
    text, words = marked(example["text"])
    record = read(text)
    (found,) = [a for e in record.events for a in e.amounts]
    assert (found.kind, found.span.of(record.document.text)) == (kind, words)
    assert (found.low, found.high, found.unit) == (example.get("low"), example.get("high"), example.get("unit"))


def test_every_kind_has_an_example():
    assert {kind for kind, _ in EXAMPLES} == {kind.name for kind in kinds()}


def reading(text: str) -> Reading:
    tokens, at = [], 0
    for i, word in enumerate(text.split()):
        tokens.append(Token(i, at, at + len(word), word, word.lower(), "NUM", "CD", "_", i, "root", 0))
        at += len(word) + 1
    return Reading(tuple(tokens), (Sentence(0, 0, len(tokens), 0),))


@pytest.mark.parametrize(
    ("words", "low", "high", "unit"),
    [
        ("two hundred and five", 205, 205, None),
        ("twenty-five", 25, 25, None),
        ("1,250", 1250, 1250, None),
        ("a dozen", 12, 12, None),
        ("hundreds of thousands", 200_000, None, None),
        ("dozens", 24, None, None),
        ("no fewer than three", 3, None, None),
        ("from 20 to 30", 20, 30, None),
        ("$ 2 million", 2_000_000, 2_000_000, "USD"),
        ("€5bn", 5e9, 5e9, "EUR"),
        ("three thousand yen", 3000, 3000, "JPY"),
        ("less than 40", None, 40, None),
    ],
)
def test_numbers_in_words_and_digits(words, low, high, unit):
    text = reading(words)
    (found,) = numbers(text, text.sentences[0])
    assert (found.first, found.last) == (0, len(text.tokens))
    assert (found.low, found.high, found.unit) == (low, high, unit)


def test_words_that_are_no_numbers():
    text = reading("Hundreds-Strong marchers and a million-year-old k")
    assert list(numbers(text, text.sentences[0])) == []


@pytest.mark.parametrize(
    "text", ["Police arrested protesters in 2019.", "The army shelled the town on 12 May for a third time."]
)
def test_years_days_and_ordinals_count_nothing(text):
    assert [a for e in read(text).events for a in e.amounts] == []


def test_no_events_no_amounts():
    assert with_amounts(reading("ten dead"), ()) == ()
