"""Change points: from when on more or less went on than before.

Optimal partitioning with pruning (PELT; Killick, Fearnhead and Eckley 2012, doi:10.1080/01621459.2012.737745) of counts that
are Poisson within a segment; each further segment costs a penalty, by default twice the logarithm of the number of periods.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date
from itertools import pairwise
from math import log

import numpy as np
import pyarrow as pa

from communique.errors import UsageError
from communique.query.counting import Period
from communique.query.relations import Relation
from communique.query.series import series


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of periods that are alike: its first day, the first day after it, how many periods, and the mean a period."""

    start: date
    end: date
    periods: int
    mean: float


def segments(starts: Sequence[date], counts: Sequence[float], by: Period, penalty: float | None = None) -> tuple[Segment, ...]:
    """The segments of a series; periods without a row count as zero. `starts` are first days of periods, in order; `counts`
    are not negative. Raises UsageError where they are not of one length, or out of order."""
    if len(starts) != len(counts) or any(a >= b for a, b in pairwise(starts)):
        raise UsageError("change points: a series has one count for each period, in order")
    if not starts:
        return ()
    days = [starts[0]]
    while days[-1] < starts[-1]:
        days.append(after(days[-1], by))
    known = dict(zip(starts, counts, strict=True))
    values = np.array([known.get(day, 0.0) for day in days])
    bounds = _partition(values, 2 * log(max(len(values), 2)) if penalty is None else penalty)
    ends = [*days, after(days[-1], by)]
    return tuple(Segment(days[a], ends[b], b - a, float(values[a:b].mean())) for a, b in pairwise(bounds))


def after(day: date, by: Period) -> date:
    """The first day of the next period."""
    if by in ("day", "week"):
        return date.fromordinal(day.toordinal() + (1 if by == "day" else 7))
    months = day.year * 12 + day.month - 1 + {"month": 1, "quarter": 3, "year": 12}[by]
    return date(months // 12, months % 12 + 1, 1)


def _partition(values: np.ndarray[tuple[int], np.dtype[np.float64]], penalty: float) -> list[int]:
    """The bounds of the segments, 0 and the length among them."""
    size = len(values)
    sums = np.concatenate([[0.0], values.cumsum()])
    best = np.full(size + 1, np.inf)
    best[0] = -penalty
    last = np.zeros(size + 1, dtype=int)
    open_ = np.array([0])
    for end in range(1, size + 1):
        total, length = sums[end] - sums[open_], end - open_
        cost = best[open_] + _cost(total, length)
        chosen = int(cost.argmin())
        best[end], last[end] = cost[chosen] + penalty, open_[chosen]
        open_ = np.append(open_[cost <= best[end]], end)
    bounds = [size]
    while bounds[-1] > 0:
        bounds.append(int(last[bounds[-1]]))
    return bounds[::-1]


def _cost(
    total: np.ndarray[tuple[int], np.dtype[np.float64]], length: np.ndarray[tuple[int], np.dtype[np.int64]]
) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    """Twice the negative log-likelihood of Poisson counts at their mean, without what all segments share."""
    mean = np.maximum(total / length, 1e-12)
    return np.asarray(-2 * (total * np.log(mean) - total))


def breaks(events: Relation, by: Period, dated: bool = False, penalty: float | None = None) -> pa.Table:
    """The segments of the series of some events, all pairs together: `start`, `end`, `periods`, `mean` (events a period).
    `dated` leaves out events without a day of their own."""
    found = series(events, by, dyads=False, dated=dated).to_pydict()
    rows = [asdict(s) for s in segments(found["period"], found["events"], by, penalty)]
    return pa.Table.from_pylist(rows, schema=_SEGMENTS)


_SEGMENTS = pa.schema([("start", pa.date32()), ("end", pa.date32()), ("periods", pa.int64()), ("mean", pa.float64())])
