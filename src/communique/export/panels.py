"""Directed dyad-month panels: who did how much of what to whom, as CSV with ISO, Correlates of War and Gleditsch-Ward codes.

What is counted: events that happened or go on, once for each pair of a country that acts and another one acted on. An event of
at most 31 days belongs to the month that has most of them (the former, if equal); one that is dated more coarsely is left out.
One without days of its own belongs to the month of publication, unless it is told as long past.
"""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import product
from typing import Any, BinaryIO

from communique.export.exports import Loss, Row, Rows
from communique.ontology.codes import load_codes
from communique.ontology.plover import plover_types

_QUADS = (1, 2, 3, 4)
_LONGEST = 31  # days
_SYSTEMS = ("cow", "gw")
COLUMNS = (
    *("month", "source", "source_cow", "source_gw", "target", "target_cow", "target_gw", "events"),
    *(f"quad{quad}" for quad in _QUADS),
    *(name.lower() for name in plover_types()),
    *("goldstein_mean", "goldstein_events"),
)


@dataclass(slots=True)
class _Cell:
    """A dyad in a month: how many events of each class and type, and the sum of their Goldstein values."""

    counts: dict[str, int] = field(default_factory=dict)
    goldstein: float = 0.0
    valued: int = 0

    def add(self, event: Row) -> None:
        for name in ("events", f"quad{event['quad']}", event["plover"].lower()):
            self.counts[name] = self.counts.get(name, 0) + 1
        if event["goldstein"] is not None:
            self.goldstein += event["goldstein"]
            self.valued += 1


@dataclass(frozen=True)
class DyadMonths:
    """The panel. `zeros` adds rows of zeros for each dyad that has any event, from the first month of the panel to the last."""

    zeros: bool = False
    name = "panel"
    needs = frozenset({"documents", "events"})
    carries = frozenset({"type"})

    def write(self, documents: Iterable[Rows], out: BinaryIO) -> Loss:
        """Write the documents; see `exports.Export`."""
        loss = Loss(self.name)
        cells: dict[tuple[date, str, str], _Cell] = {}
        for rows in documents:
            loss.documents += 1
            for event in rows["events"]:
                for key in _keys(event, self.carries, loss):
                    cells.setdefault(key, _Cell()).add(event)
        text = io.TextIOWrapper(out, encoding="utf-8", newline="", write_through=True)
        lines = csv.DictWriter(text, COLUMNS, restval=0, lineterminator="\n")
        lines.writeheader()
        for key in sorted(_with_zeros(cells) if self.zeros else cells):
            lines.writerow(_row(key, cells.get(key, _Cell())))
            loss.written += 1
        text.detach()
        return loss


def month_of(event: Row) -> date | None:
    """The first day of the month that an event belongs to; none where it belongs to none."""
    start, end = event["when_start"], event["when_end"]
    if start is None and "historical" not in event["auxiliary"]:
        start, end = event["published_start"], event["published_end"]
    if start is None or (end - start).days > _LONGEST:
        return None
    days: Counter[date] = Counter((start + timedelta(n)).replace(day=1) for n in range((end - start).days))
    return max(days, key=lambda month: (days[month], -month.toordinal()))


def _keys(event: Row, carries: frozenset[str], loss: Loss) -> Iterator[tuple[date, str, str]]:
    """The cells that an event counts in; none, and counted, where it is left out."""
    sources, targets = event["actor_countries"], event["recipient_countries"]
    dyads = [(a, b) for a, b in product(sources, targets) if a != b]
    month = month_of(event)
    if event["status"] not in ("happened", "ongoing"):
        loss.leave(f"{event['status']} events left out")
    elif "hypothetical" in event["auxiliary"]:
        loss.leave("imagined events left out")
    elif month is None:
        loss.leave("events of no known month left out")
    elif not dyads:
        loss.leave("events within one country left out" if sources and targets else "events with a side of no country left out")
    else:
        loss.take(event, carries)
        loss.drop("events without days of their own filed under the month of publication", event["when_start"] is None)
        yield from ((month, *dyad) for dyad in dyads)


def _with_zeros(cells: Iterable[tuple[date, str, str]]) -> set[tuple[date, str, str]]:
    keys = set(cells)
    if not keys:
        return keys
    month, last = min(keys)[0], max(keys)[0]
    dyads = {key[1:] for key in keys}
    while month <= last:
        keys.update((month, *dyad) for dyad in dyads)
        month = (month + timedelta(days=31)).replace(day=1)
    return keys


def _row(key: tuple[date, str, str], cell: _Cell) -> dict[str, Any]:
    month, source, target = key
    row: dict[str, Any] = {"month": f"{month:%Y-%m}", "source": source, "target": target, **cell.counts}
    for side, country in (("source", source), ("target", target)):
        row |= {f"{side}_{system}": load_codes().code_of(country, system, month) or "" for system in _SYSTEMS}
    mean = round(cell.goldstein / cell.valued, 3) if cell.valued else ""
    return row | {"goldstein_mean": mean, "goldstein_events": cell.valued}
