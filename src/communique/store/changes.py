"""What changed from one run to another: events gained, lost, and told otherwise, found again by their words in the text."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

import pyarrow as pa
import pyarrow.compute as pc

from communique.errors import UsageError
from communique.store.lake import Lake
from communique.store.tables import Row

# fields that a reader of the record sees; actors by name, since their ids are local to a reading
_COMPARED = (
    *("plover", "mode", "status", "actor_names", "recipient_names", "when_start", "when_end", "place_name", "place_country"),
    *("attributed_names", "denied_names", "contexts", "auxiliary", "cameo", "goldstein", "quad", "amounts", "confidence"),
)
_COLUMNS = ["document", "run", "id", "trigger_start", "trigger_end", "trigger", *_COMPARED]


@dataclass(frozen=True, slots=True)
class Difference:
    """A field, and its value in the one run and the other."""

    field: str
    before: Any
    after: Any


@dataclass(frozen=True, slots=True)
class Change:
    """An event of a document that only the newer run has (gained), only the older (lost), or that both have with other
    fields (changed). `event` is its id in the newer run, where it is lost that in the older."""

    kind: Literal["gained", "lost", "changed"]
    document: str
    event: str
    plover: str
    trigger: str
    fields: tuple[Difference, ...] = ()


@dataclass(frozen=True, slots=True)
class Compared:
    """Two runs, the documents that both have read, and what changed in them."""

    before: str
    after: str
    documents: tuple[str, ...]
    changes: tuple[Change, ...]


def compare(lake: Lake, before: str, after: str) -> Compared:
    """What changed from run `before` to run `after`, each named by its id or the beginning of it. Raises UsageError where there
    is no such run, or no document that both have read."""
    lake.check_there()
    runs = [_run(lake, name) for name in (before, after)]
    read = [_documents(lake, run) for run in runs]
    both = sorted(read[0] & read[1])
    if not both:
        raise UsageError(f"{before}, {after}: no document was read in both runs; `communique desk info` shows the runs")
    events = [_events(lake, run, set(both)) for run in runs]
    changes = [change for document in both for change in _changes(events[0].get(document, []), events[1].get(document, []))]
    return Compared(runs[0], runs[1], tuple(both), tuple(changes))


def _run(lake: Lake, name: str) -> str:
    found = [run for run in lake.rows("runs", ["id"])["id"].to_pylist() if name and run.startswith(name)]
    if name in found:
        return name
    if len(found) != 1:
        said = "several runs begin so; give more of the id" if found else "no such run"
        raise UsageError(f"{name}: {said}; `communique desk info` shows the runs")
    return str(found[0])


def _documents(lake: Lake, run: str) -> set[str]:
    """The documents that a run read and that were entered, whether or not a newer run took their place."""
    by_run = pc.field("run") == run
    # in this order, since a row stands in `superseded` before it leaves `documents`
    return {d for name in ("documents", "superseded") for d in lake.rows(name, ["id"], by_run)["id"].to_pylist()}


def _events(lake: Lake, run: str, documents: set[str]) -> dict[str, list[Row]]:
    rows: pa.Table = lake.rows("events", _COLUMNS, pc.field("run") == run)
    found: dict[str, list[Row]] = {}
    for row in rows.to_pylist():
        if row["document"] in documents:
            found.setdefault(row["document"], []).append(row)
    return found


def _changes(before: list[Row], after: list[Row]) -> Iterator[Change]:
    pairs = _pairs(before, after)
    for old, new in pairs:
        fields = tuple(Difference(name, old[name], new[name]) for name in _COMPARED if old[name] != new[name])
        if fields:
            yield _change("changed", new, fields)
    for kind, rows, side in (("lost", before, 0), ("gained", after, 1)):
        matched = {pair[side]["id"] for pair in pairs}
        yield from (_change(kind, row) for row in rows if row["id"] not in matched)  # type: ignore[arg-type]


def _change(kind: Literal["gained", "lost", "changed"], row: Row, fields: tuple[Difference, ...] = ()) -> Change:
    return Change(kind, row["document"], row["id"], row["plover"], row["trigger"], fields)


def _pairs(before: list[Row], after: list[Row]) -> list[tuple[Row, Row]]:
    """Events whose triggers overlap, the most alike first: those with more of the trigger in common, then of the same type."""
    alike = []
    for i, old in enumerate(before):
        for j, new in enumerate(after):
            common = min(old["trigger_end"], new["trigger_end"]) - max(old["trigger_start"], new["trigger_start"])
            if common > 0:
                length = max(old["trigger_end"], new["trigger_end"]) - min(old["trigger_start"], new["trigger_start"])
                alike.append((-common / length, old["plover"] != new["plover"], old["mode"] != new["mode"], i, j))
    pairs: list[tuple[int, int]] = []
    taken: tuple[set[int], set[int]] = (set(), set())
    for *_, i, j in sorted(alike):
        if i not in taken[0] and j not in taken[1]:
            taken[0].add(i)
            taken[1].add(j)
            pairs.append((i, j))
    return [(before[i], after[j]) for i, j in sorted(pairs)]
