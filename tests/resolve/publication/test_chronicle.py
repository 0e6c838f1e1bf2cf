"""Names that were in the news for a while: the tables, and how texts are looked through for them."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date
from itertools import pairwise

import pytest

from communique.resolve.publication import chronicle
from communique.resolve.publication.chronicle import Heard, heard, load_heard
from communique.resolve.publication.clues import Sentence
from communique.resolve.publication.weights import first_day, month
from communique.resolve.tables import read_rows
from communique.types.text import Span

TABLES = ("heard.tsv", "chronicle.tsv")


def sentences_of(*texts: str) -> tuple[list[Sentence], str]:
    whole = " ".join(texts)
    return [Sentence(t, Span(whole.index(t), whole.index(t) + len(t)), ()) for t in texts], whole


def best_months(text: str) -> list[date]:
    (found,) = heard(*sentences_of(text))
    best = found.weights.max()
    return [first_day(i) for i in range(len(found.weights)) if found.weights[i] == best]


def test_every_name_stands_once():
    counted = Counter(
        n for table in TABLES for names, *_ in read_rows("publication", table) for n in names.lstrip("*~").split("|")
    )
    assert [name for name, times in counted.items() if times > 1] == []
    assert [name for name in counted if not re.fullmatch(r"#?\w(?:.*\w)?", name)] == []


def test_months_are_in_order():
    for names, begins, ends in (row for table in TABLES for row in read_rows("publication", table)):
        first, last = begins.split(), ends.split()
        assert first and len(first) - len(last) in (0, 1), names
        assert all(month(a) <= month(b) for a, b in zip(first, last, strict=False)), names
        assert all(month(b) < month(a) for b, a in zip(last, first[1:], strict=False)), names


def test_the_chronicle_is_sorted_and_has_every_year():
    begins = [begin.split()[0] for _, begin, _ in read_rows("publication", "chronicle.tsv")]
    assert all(a <= b for a, b in pairwise(begins))
    counted = Counter(int(b[:4]) for b in begins)
    assert all(counted[year] >= 25 for year in range(1990, 2026))


@pytest.fixture
def table(monkeypatch):
    """Names of our own in place of the tables."""
    months = ((month("2010-03"), month("2010-06")), (month("2014-01"), month("2014-02")))
    names = {
        "Operation Rook": Heard(1, months, "passing"),
        "Rook's army": Heard(1, months, "passing"),
        "Operation": Heard(2, ((month("2001-01"), None),), "heard"),
    }
    monkeypatch.setattr(chronicle, "load_heard", lambda: names)
    chronicle._sizes.cache_clear()
    yield
    chronicle._sizes.cache_clear()


@pytest.mark.usefixtures("table")
def test_a_name_is_of_each_time_in_which_it_was_news():
    assert best_months("Operation Rook went on.") == [date(2010, 3, 1), date(2010, 4, 1), date(2010, 5, 1), date(2014, 1, 1)]


@pytest.mark.usefixtures("table")
def test_names_of_one_thing_count_once_and_the_longest_counts():
    found = list(heard(*sentences_of("Operation Rook failed.", "Rook’s army left.")))
    assert [h.evidence for h in found] == [(Span(0, 14),)]


@pytest.mark.usefixtures("table")
@pytest.mark.parametrize("text", ["Counter-Operation Rooks came.", "A cooperation."])
def test_parts_of_words_are_no_names(text):
    assert list(heard(*sentences_of(text))) == []


@pytest.mark.usefixtures("table")
def test_a_sentence_that_looks_back_tells_the_beginning_only():
    months = best_months("Operation Rook of 2010 is remembered.")
    assert months[0] == date(2010, 3, 1) and months[-1] > date(2030, 1, 1)


@pytest.mark.usefixtures("table")
def test_words_that_another_hint_took_tell_nothing():
    assert list(heard(*sentences_of("Operation Rook went on."), [Span(10, 14)])) == []


def test_the_tables_are_large():
    assert len(load_heard()) > 10000
