"""Months weighed by what a report tells: each hint says how likely every month is to tell it, and together they give the date.

The naive form of Bayes' rule over the months from `FIRST` on: the logarithms of the hints' weights add up, and the shortest
stretch of months that holds most of the whole is the answer. The weights stand in `data/sayings.yaml`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

import numpy as np
from numpy.typing import NDArray

from communique.types.text import Interval, Span

FIRST = 1945
LAST = 2040
_MONTHS = np.arange((LAST - FIRST) * 12, dtype=np.float64)
Weights = NDArray[np.float64]
Steps = Sequence[tuple[float, float]]


@dataclass(frozen=True, slots=True)
class Curve:
    """The weights (logarithms) of the months before, in and after a stretch of time, by the distance in months.

    `before` and `after` are steps: up to so many months away, the weight; the last step counts for all beyond.
    """

    before: Steps
    after: Steps
    inside: float = 0.0


@dataclass(frozen=True, slots=True)
class Hint:
    """What one thing in the report says about each month, and the words that say it."""

    name: str
    weights: Weights
    evidence: tuple[Span, ...]


def month_of(day: date) -> int:
    """The index of a day's month; before `FIRST` it is negative."""
    return (day.year - FIRST) * 12 + day.month - 1


@cache
def month(text: str) -> int:
    """The index of a month that is written `2024-05`."""
    return month_of(date(int(text[:4]), int(text[5:7]), 1))


def first_day(month: int) -> date:
    """The first day of the month with this index."""
    return date(FIRST + month // 12, month % 12 + 1, 1)


def weigh(curve: Curve, stretches: Sequence[tuple[int | None, int | None]]) -> Weights:
    """The weight of each month by the nearest of some stretches of months `[begin, end)`, None where one is open."""
    best = np.full_like(_MONTHS, -np.inf)
    for begin, end in stretches:
        weights = np.full_like(_MONTHS, curve.inside)
        if begin is not None:
            _step(weights, begin - _MONTHS, curve.before)
        if end is not None:
            _step(weights, _MONTHS - end + 1, curve.after)
        np.maximum(best, weights, out=best)
    return best


def _step(weights: Weights, distance: Weights, steps: Steps) -> None:
    if not steps:
        return
    away = distance > 0
    bounds, values = zip(*steps, strict=True)
    index = np.minimum(np.searchsorted(bounds, distance[away]), len(values) - 1)
    weights[away] = np.asarray(values, dtype=np.float64)[index]


def likeliest(hints: Sequence[Hint], prior: Weights, mass: float) -> tuple[tuple[int, int], float]:
    """The shortest stretch of months `[begin, end)` that holds `mass` of the whole, and the best month's summed weight."""
    told = sum((h.weights for h in hints), np.zeros_like(_MONTHS))
    total = told + prior
    chances = np.exp(total - total.max())
    held = np.concatenate(([0.0], np.cumsum(chances / chances.sum())))
    ends = np.searchsorted(held, held[:-1] + mass - 1e-12)
    ends = np.where(ends < len(held), ends, 10 * len(held))
    begin = int(np.argmin(ends - np.arange(len(ends))))
    return (begin, int(ends[begin])), float(told.max())


def telling(hints: Sequence[Hint], stretch: tuple[int, int], flank: int = 24) -> list[Hint]:
    """The hints that set a stretch of months apart from the `flank` months before it or after it."""
    begin, end = stretch
    found = []
    for hint in hints:
        inside = float(hint.weights[begin:end].max())
        around = (hint.weights[max(0, begin - flank) : begin], hint.weights[end : end + flank])
        if any(len(part) and inside - float(part.mean()) > 0.5 for part in around):
            found.append(hint)
    return found


def prior_of(until: date, early: float, late: float, since: int) -> Weights:
    """Weights before all hints: even from the year `since` to `until`, less by `early` a year before, by `late` after."""
    before = np.minimum(0.0, _MONTHS - (since - FIRST) * 12) / 12 * early
    after = np.maximum(0.0, _MONTHS - month_of(until)) / 12 * late
    return before - after


def days_of(stretch: tuple[int, int]) -> Interval:
    """The days of a stretch of months."""
    return Interval(first_day(stretch[0]), first_day(stretch[1]))
