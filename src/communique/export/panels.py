"""Directed dyad-month panels: who did how much of what to whom, as CSV with ISO, Correlates of War and Gleditsch-Ward codes.

What is counted: events that happened or go on, once for each pair of a country that acts and another one acted on. An event of
at most 31 days belongs to the month that has most of them (the former, if equal); one that is dated more coarsely is left out.
One without days of its own belongs to the month of publication, unless it is told as long past.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import Any, BinaryIO

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from communique.export.batches import ASPECT_COLUMNS, TableExport, as_mask, count_aspects
from communique.export.exports import Loss
from communique.ontology.codes import load_codes
from communique.ontology.plover import plover_types, quad_of

_QUADS = (1, 2, 3, 4)
_LONGEST = np.timedelta64(31, "D")
_SYSTEMS = ("cow", "gw")
_MANY = 500_000  # counts that wait to be put together
_KEY = ["month", "source", "target", "plover", "quad"]
_SUMS = ["events", "valued", "goldstein"]
_SIDES = {"source": "actor_countries", "target": "recipient_countries"}
_OWN = {*_SIDES.values(), "published_start", "published_end", "quad", "goldstein"}
COLUMNS = (
    *("month", "source", "source_cow", "source_gw", "target", "target_cow", "target_gw", "events"),
    *(f"quad{quad}" for quad in _QUADS),
    *(name.lower() for name in plover_types()),
    *("goldstein_mean", "goldstein_events"),
)
_COUNTED = {name: n for n, name in enumerate(COLUMNS[7:-2])}
Dyad = tuple[str, str]
Array = np.ndarray[Any, np.dtype[Any]]


class DyadMonths(TableExport):
    """The panel. `zeros` adds rows of zeros for each dyad that has any event, from the first month of the panel to the last.
    What is kept of events are counts by month, dyad, type and class."""

    name = "panel"
    carries = frozenset({"type"})
    table = "events"
    columns = tuple(sorted(_OWN | ASPECT_COLUMNS))

    def __init__(self, zeros: bool = False) -> None:
        self.zeros = zeros

    def write_batches(self, batches: Iterable[pa.RecordBatch], out: BinaryIO, loss: Loss) -> Loss:
        """Write the panel of events; see `batches.TableExport`."""
        counts = _summed(_grouped(_counted(events, self.carries, loss)) for events in batches)
        text = io.TextIOWrapper(out, encoding="utf-8", newline="", write_through=True)
        lines = csv.writer(text, lineterminator="\n")
        lines.writerow(COLUMNS)
        for rows in _months(counts, self.zeros) if counts is not None else ():
            lines.writerows(rows)
            loss.written += len(rows)
        text.detach()
        return loss


def months_of(events: pa.RecordBatch) -> Array:
    """The month that each event belongs to (`datetime64[M]`); no time (NaT) where it belongs to none."""
    start, end, published, after = (
        events.column(name).to_numpy(zero_copy_only=False).astype("datetime64[D]")
        for name in ("when_start", "when_end", "published_start", "published_end")
    )
    undated = np.isnat(start) & ~_marked(events, "historical")
    start, end = np.where(undated, published, start), np.where(undated, after, end)
    first = start.astype("datetime64[M]")
    # a third month has two of the days at most
    second, third = ((first + n).astype("datetime64[D]") for n in (1, 2))
    later = np.minimum(end, third) - second > np.minimum(end, second) - start
    return np.where(end - start <= _LONGEST, first + later, np.datetime64("NaT", "M"))


def _marked(events: pa.RecordBatch, mark: str) -> Array:
    """Which events have an auxiliary mark."""
    marks = events.column("auxiliary")
    found = np.zeros(len(events), bool)
    found[pc.list_parent_indices(marks).to_numpy()[as_mask(pc.equal(pc.list_flatten(marks), mark))]] = True
    return found


def _counted(events: pa.RecordBatch, carries: frozenset[str], loss: Loss) -> pa.RecordBatch:
    """The events that count, with their `month`; the others are counted as left out, each for one reason."""
    months, status = months_of(events), events.column("status")
    sides = [pc.fill_null(pc.list_value_length(events.column(name)), 0).to_numpy() for name in _SIDES.values()]
    apart = np.zeros(len(events), bool)
    apart[_pairs(events)["event"].to_numpy()] = True
    untold = sorted(set(status.unique().to_pylist()) - {"happened", "ongoing"})
    reasons = [
        *((f"{one} events left out", as_mask(pc.equal(status, one))) for one in untold),
        ("imagined events left out", _marked(events, "hypothetical")),
        ("events of no known month left out", np.isnat(months)),
        ("events with a side of no country left out", (sides[0] == 0) | (sides[1] == 0)),
        ("events within one country left out", ~apart),
    ]
    left = np.zeros(len(events), bool)
    for why, which in reasons:
        loss.drop(why, int((which & ~left).sum()))
        left |= which
    loss.events += len(events)
    counted = events.append_column("month", pa.array(months.astype("datetime64[D]"))).filter(pa.array(~left))
    loss.lost.update(count_aspects(counted, carries))
    undated = counted.column("when_start").null_count
    loss.drop("events without days of their own filed under the month of publication", undated)
    return counted


def _pairs(events: pa.RecordBatch) -> pa.Table:
    """Each pair of a country that acts (`source`) and another one acted on (`target`), with the number of its `event`."""
    source, target = (
        pa.table({"event": pc.list_parent_indices(events.column(name)), side: pc.list_flatten(events.column(name))})
        for side, name in _SIDES.items()
    )
    both = source.join(target, "event", join_type="inner", use_threads=False)
    return both.filter(pc.not_equal(both["source"], both["target"]))


def _grouped(events: pa.RecordBatch) -> pa.Table:
    """How many events there are by `_KEY` (`events`), how many have a Goldstein value (`valued`), and the sum of these."""
    pairs = _pairs(events)
    rows = pa.table(events.select(["month", "plover", "quad", "goldstein"])).take(pairs["event"])
    rows = rows.append_column("source", pairs["source"]).append_column("target", pairs["target"])
    counts = rows.group_by(_KEY, use_threads=False).aggregate([([], "count_all"), ("goldstein", "count"), ("goldstein", "sum")])
    return counts.rename_columns([*_KEY, "events", "valued", "goldstein"])


def _summed(parts: Iterable[pa.Table]) -> pa.Table | None:
    """Counts put together, so that there is one for each key; none where there are no parts."""
    whole, waiting = None, list[pa.Table]()
    for part in parts:
        waiting.append(part)
        if sum(map(len, waiting)) > max(_MANY, len(whole or ())):
            whole, waiting = _sum(whole, waiting), []
    return _sum(whole, waiting) if waiting else whole


def _sum(whole: pa.Table | None, parts: list[pa.Table]) -> pa.Table:
    rows = pa.concat_tables([whole, *parts] if whole is not None else parts)
    summed = rows.group_by(_KEY, use_threads=False).aggregate([(name, "sum") for name in _SUMS])
    return summed.rename_columns([*_KEY, *_SUMS])


def _months(counts: pa.Table, zeros: bool) -> Iterator[list[list[object]]]:
    """The rows of the panel, month by month."""
    counts = counts.sort_by([(name, "ascending") for name in _KEY])
    every = sorted(set(zip(counts["source"].to_pylist(), counts["target"].to_pylist(), strict=True))) if zeros else None
    starts = pc.unique(counts["month"]).to_pylist()
    for month in _between(starts) if zeros else starts:
        yield _rows(month, counts.filter(pc.equal(counts["month"], month)), every)


def _between(months: list[date]) -> Iterator[date]:
    """The months from the first to the last."""
    month = months[0] if months else date.max
    while months and month <= months[-1]:
        yield month
        month = (month + timedelta(days=31)).replace(day=1)


def _rows(month: date, counts: pa.Table, every: list[Dyad] | None) -> list[list[object]]:
    """The rows of a month: those of all dyads that are asked for, else of those that have events."""
    found: list[Dyad] = list(zip(counts["source"].to_pylist(), counts["target"].to_pylist(), strict=True))
    dyads = every if every is not None else list(dict.fromkeys(found))
    places = {dyad: n for n, dyad in enumerate(dyads)}
    row, events = np.array([places[dyad] for dyad in found], int), counts["events"].to_numpy()
    types, quads = counts["plover"].to_pylist(), counts["quad"].to_pylist()
    kinds = (
        np.zeros(len(row), int),
        np.array([_COUNTED[f"quad{quad or quad_of(name)}"] for name, quad in zip(types, quads, strict=True)], int),
        np.array([_COUNTED[name.lower()] for name in types], int),
    )
    shape = (len(dyads), len(_COUNTED))
    told = sum(np.bincount(row * shape[1] + kind, events, shape[0] * shape[1]).astype(int) for kind in kinds)
    valued, goldstein = (np.bincount(row, counts[name].fill_null(0).to_numpy(), shape[0]) for name in ("valued", "goldstein"))
    sums = zip(goldstein.tolist(), valued.tolist(), strict=True)
    means = [round(total / number, 3) if number else "" for total, number in sums]
    codes = {country: _codes(country, month) for country in {c for dyad in dyads for c in dyad}}
    return [
        [f"{month:%Y-%m}", source, *codes[source], target, *codes[target], *numbers, mean, int(number)]
        for (source, target), numbers, mean, number in zip(
            dyads, np.reshape(told, shape).tolist(), means, valued.tolist(), strict=True
        )
    ]


def _codes(country: str, month: date) -> list[str]:
    return [load_codes().code_of(country, system, month) or "" for system in _SYSTEMS]
