"""Times: every rule reads its example; any words give sound times, fast."""

from datetime import date
from itertools import pairwise
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.resolve.times.telling import days, one_day, told

from communique.resolve.times.grammar import load_grammar
from communique.resolve.times.guards import GUARDS
from communique.resolve.times.makers import MAKERS
from communique.resolve.times.resolver import find_times

GRAMMAR = load_grammar()


@pytest.mark.parametrize("rule", GRAMMAR.rules, ids=lambda r: r.name)
def test_each_rule_reads_its_example(rule):
    sentence, expression, value = rule.example
    assert (expression, value) in told(sentence, one_day(GRAMMAR.published))


def test_rules_and_functions_belong_together():
    assert {r.make for r in GRAMMAR.rules} == set(MAKERS)
    assert {r.guard for r in GRAMMAR.rules if r.guard} == set(GUARDS)


PIECES = st.lists(
    st.sampled_from(
        [
            *GRAMMAR.words,
            "x",
            ",",
            ".",
            "-",
            "'s",
            "2019",
            "16",
            "3:30",
            "1990s",
            "16th",
            "99",
            "0500",
            "1,200",
            "2019-05-16",
            "9/11/2001",
            "\n",
            "’",
        ]
    ),
    max_size=14,
)


@given(PIECES, st.sampled_from([None, one_day(), days("2024-05-01", "2024-06-01"), one_day(date(2024, 2, 29))]))
def test_any_words_give_ordered_spans_and_sound_intervals(pieces, published):
    text = " ".join(pieces)
    found = find_times(text, published)
    assert all(a.span.end <= b.span.start for a, b in pairwise(found))
    for time in found:
        assert 0 <= time.span.start < time.span.end <= len(text)
        assert time.span.of(text).strip() == time.span.of(text)
        assert time.timex
        assert time.interval is None or time.interval.start < time.interval.end


@given(st.text(max_size=80))
def test_any_text_is_read(text):
    assert all(t.span.of(text) for t in find_times(text, one_day()))


@pytest.mark.parametrize(
    "unit",
    [
        "May 3 ",
        "On Monday in May he said he may go. ",
        "1990s ",
        "a b ",
        "Two days after the raid of 3 May 2014. ",
        "the tenth anniversary of the raid ",
    ],
)
def test_time_grows_with_the_text_and_no_faster(unit):
    def seconds(text):
        started = process_time()
        find_times(text, one_day())
        return process_time() - started

    short, long = (min(seconds(unit * (size // len(unit))) for _ in range(2)) for size in (2_000, 16_000))
    assert long < 30 * short + 0.2
