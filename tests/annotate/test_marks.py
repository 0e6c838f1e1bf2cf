"""Marks and the units that they part off."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from communique.annotate.marks import parted_off


@pytest.mark.parametrize(
    ("heads", "marks", "unit"),
    [
        ([4, 4, 4, 0], " ,  ", 0),  # "Today , they left": on "Today", which is below what stands behind the mark
        ([2, 3, 0], " - ", None),  # the first word hangs on the mark itself: no unit ends before it
        ([2, 0, 4, 2, 2], "    .", 1),  # the last mark hangs on the root
        ([2, 0, 5, 5, 2], "  ,  ", 4),  # "They left , and stayed": on "stayed", which is below "left"
        ([3, 3, 0], "-  ", 2),  # the first mark, on the head of all that is behind it
    ],
)
def test_the_unit_that_a_mark_parts_off(heads: list[int], marks: str, unit: int | None) -> None:
    flags = [mark != " " for mark in marks]
    assert [found for _, found in parted_off(heads, flags, flags)] == ([] if unit is None else [unit])


def test_only_marks_that_are_asked_about() -> None:
    assert list(parted_off([2, 0, 2, 2], [False, False, True, True], [False, False, False, True])) == [(3, 1)]


@given(st.integers(1, 8))
def test_marks_alone_part_nothing_off(size: int) -> None:
    assert not list(parted_off([0, *[1] * (size - 1)], [True] * size, [True] * size))
