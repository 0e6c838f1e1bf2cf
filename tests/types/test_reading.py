"""Finding tokens by where they stand."""

from hypothesis import given
from hypothesis import strategies as st

from communique.types.reading import Reading, Token
from communique.types.text import Span


def _reading(gaps):
    tokens, place = [], 0
    for index, (gap, length) in enumerate(gaps):
        place += gap
        tokens.append(Token(index, place, place + length, "w" * length, "w", "X", "X", "_", index, "root", 0))
        place += length
    return Reading(tuple(tokens), ())


@given(st.lists(st.tuples(st.integers(0, 3), st.integers(1, 5)), max_size=12), st.integers(0, 60), st.integers(1, 20))
def test_tokens_between_are_all_that_overlap(gaps, start, length):
    reading, span = _reading(gaps), Span(start, start + length)
    assert list(reading.between(span)) == [t for t in reading.tokens if t.span.overlap(span)]
