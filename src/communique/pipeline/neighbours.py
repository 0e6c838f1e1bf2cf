"""Which of all events may meet new ones, told by a few columns of the table: they have a side or a place in common with one,
and days that can be the same. No event that `merge.blocks` would pair with a new one is left out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from communique.merge.blocks import AHEAD, reach
from communique.merge.traits import Traits

KEYS = [
    *("actor_countries", "recipient_countries", "actor_entries", "recipient_entries", "actor_names", "recipient_names"),
    *("place_name", "status", "when_start", "when_end", "published_start"),
]
_DAYS = 1 << 22  # more than there are days in the calendar
Numbers = NDArray[np.int64]


def meeting(rows: pa.Table, new: Sequence[Traits]) -> NDArray[np.bool_]:
    """The rows, with columns KEYS, that may meet one of the new events."""
    days: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for t in (t for t in new if t.start):
        for key in t.sides | ({f"in {t.place}"} if t.place else set()):
            days[key].append((t.start, reach(t)))
    keys = pa.array(sorted(days), pa.string())
    spans = np.array([(n, *span) for n, key in enumerate(keys.to_pylist()) for span in sorted(days[key])], np.int64).reshape(
        -1, 3
    )
    first, last = _days(rows)
    found = np.zeros(len(rows), bool)
    for events, names in _named(rows):
        codes = np.asarray(pc.fill_null(pc.index_in(names, keys), -1), np.int64)
        events, codes = events[codes >= 0], codes[codes >= 0]
        found[events[_overlap(codes, first[events], last[events], spans)]] = True
    return found


def _named(rows: pa.Table) -> list[tuple[Numbers, pa.Array]]:
    """Rows with the names of their sides and places, as `Traits` has them."""
    named = []
    for column in KEYS[:6]:
        lists = rows[column].combine_chunks()
        names = pc.list_flatten(lists)
        named.append(
            (np.asarray(pc.list_parent_indices(lists), np.int64), pc.utf8_lower(names) if "names" in column else names)
        )
    places = pc.replace_substring_regex(pc.utf8_lower(rows["place_name"].combine_chunks()), "^(the )?", "in ")
    return [*named, (np.arange(len(rows)), places)]


def _days(rows: pa.Table) -> tuple[Numbers, Numbers]:
    """First days of events and the last that another can start on, never earlier than `reach` has it."""
    when, until, published = (_ordinals(rows[name]) for name in KEYS[8:])
    told = (when > 0) & (until > 0)
    first = np.where(told, when, published)
    last = np.where(told, until, published + 1)
    ahead = np.asarray(pc.fill_null(pc.is_in(rows["status"], pa.array(["planned", "denied"])), False))
    return first, np.where(first > 0, last + np.where(ahead, AHEAD, 7), 0)


def _ordinals(days: pa.ChunkedArray) -> Numbers:
    """Days as Python counts them; 0 where there is none."""
    numbers = pc.add(days.cast(pa.int32()).cast(pa.int64()), date(1970, 1, 1).toordinal())
    return np.asarray(pc.fill_null(numbers, 0))


def _overlap(codes: Numbers, first: Numbers, last: Numbers, spans: Numbers) -> NDArray[np.bool_]:
    """Where days from `first` to `last` overlap a span of the same code; spans are sorted by code and first day."""
    if not len(spans):
        return np.zeros(len(codes), bool)
    starts = spans[:, 0] * _DAYS + spans[:, 1]
    latest = np.maximum.accumulate(spans[:, 0] * _DAYS + spans[:, 2])
    before = np.searchsorted(starts, codes * _DAYS + last, "right") - 1
    there: NDArray[np.bool_] = (before >= 0) & (latest[before] >= codes * _DAYS + first)
    return there
