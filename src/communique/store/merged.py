"""What merging reads of a desk and writes to it: documents with what their records name, and tables that are put whole in the
place of what was there."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from typing import Any

import pyarrow as pa
from deltalake import CommitProperties, write_deltalake
from deltalake.exceptions import CommitFailedError

from communique.errors import DataError
from communique.store.lake import Lake
from communique.store.tables import Row
from communique.types.incidents import EventTold, Figure, Party
from communique.types.stories import Told
from communique.types.text import Interval, Span

_SAID = ("id", "text_id", "title", "publisher", "published_start", "published_end", "syndicated_from", "text", "record")
_AT_ONCE = 256

Days = dict[str, tuple[date | None, date | None]]


def document_runs(lake: Lake) -> dict[str, str]:
    """The run that counts of each document."""
    rows = lake.rows("documents", ["id", "run"])
    return dict(zip(rows["id"].to_pylist(), rows["run"].to_pylist(), strict=True))


def document_days(lake: Lake) -> Days:
    """The interval of publication of each document."""
    rows = lake.rows("documents", ["id", "published_start", "published_end"]).to_pydict()
    return dict(zip(rows["id"], zip(rows["published_start"], rows["published_end"], strict=True), strict=True))


def told_documents(lake: Lake, wanted: set[str]) -> list[Told]:
    """Documents as they are merged, in the order in which they came to the desk; what their records drop is blanked."""
    runs = document_runs(lake)
    entries: dict[str, list[str]] = defaultdict(list)
    names: dict[str, list[str]] = defaultdict(list)
    days: dict[str, list[str]] = defaultdict(list)
    for row in _children(lake, "actors", ["name", "entry"], runs, wanted):
        (entries if row["entry"] else names)[row["document"]].append(row["entry"] or row["name"])
    for row in _children(lake, "places", ["name"], runs, wanted):
        names[row["document"]].append(row["name"])
    for row in _children(lake, "events", ["when_start", "when_precision"], runs, wanted):
        if row["when_start"] and row["when_precision"] == "day":
            days[row["document"]].append(row["when_start"].isoformat())
    table = lake.table("documents")
    found: list[tuple[Any, Told]] = []
    if table is None:
        return []
    for batch in table.to_pyarrow_dataset().to_batches(columns=[*_SAID, "read_at"], batch_size=_AT_ONCE):
        for row in batch.to_pylist():
            if row["id"] in wanted:
                told = _told(row, *(tuple(dict.fromkeys(of[row["id"]])) for of in (entries, names, days)))
                found.append((row["read_at"], told))
    found.sort(key=lambda pair: (pair[0], pair[1].document))
    return [told for _, told in found]


def event_told(
    row: Row, parties: Mapping[tuple[str, str], Party], precision: str | None, group: str, story: str | None = None
) -> EventTold:
    """A row of `events` as events are merged. `parties` has the actors by document and id, `precision` is that of its place,
    `group` and `story` as `EventTold` has them."""
    document = row["document"]
    same = ("document", "text_id", "run", "publisher", "plover", "mode", "status", "place_country", "latitude", "longitude")
    return EventTold(
        event=row["id"],
        trigger=Span(row["trigger_start"], row["trigger_end"]),
        words=row["trigger"],
        group=group,
        story=story,
        published=_interval(row["published_start"], row["published_end"]),
        actor=tuple(parties[document, a] for a in row["actor"] or ()),
        recipient=tuple(parties[document, a] for a in row["recipient"] or ()),
        when=_interval(row["when_start"], row["when_end"]),
        place=row["place_name"],
        place_precision=precision,
        attributed_to=tuple(row["attributed_names"] or ()),
        denied_by=tuple(row["denied_names"] or ()),
        figures=tuple(Figure(a["kind"], a["low"], a["high"], a["unit"]) for a in row["amounts"] or ()),
        evidence=" ".join(span["text"] for span in row["evidence"] or ()),
        confidence=row["confidence"],
        **{name: row[name] for name in same},
    )


def _interval(start: date | None, end: date | None) -> Interval | None:
    return Interval(start, end) if start is not None and end is not None else None


def replace_rows(lake: Lake, name: str, rows: pa.Table) -> None:
    """Put rows in the place of all that a table has, in one commit. Raises DataError where another process changed it."""
    # tried once: delta-rs 1.6 would write over a table that was compacted meanwhile, and leave both
    once = CommitProperties(max_commit_retries=0)
    with lake.writing():
        try:
            write_deltalake(lake.writable(name), rows, mode="overwrite", commit_properties=once)
        except CommitFailedError:
            raise DataError(f"{lake.place}: {name} was changed by another process at the same time; merge again") from None


def _children(lake: Lake, name: str, columns: list[str], runs: dict[str, str], wanted: set[str]) -> Iterator[Row]:
    for batch in lake.rows(name, ["document", "run", *columns]).to_batches(max_chunksize=1 << 14):
        for row in batch.to_pylist():
            if row["document"] in wanted and runs.get(row["document"]) == row["run"]:
                yield row


def _told(row: Row, entries: tuple[str, ...], names: tuple[str, ...], days: tuple[str, ...]) -> Told:
    first, last = row["published_start"], row["published_end"]
    return Told(
        document=row["id"],
        text_id=row["text_id"],
        text=_blanked(row["text"], json.loads(row["record"])["document"].get("dropped", [])),
        title=row["title"],
        publisher=row["publisher"],
        published=Interval(first, last or first + timedelta(days=1)) if first else None,
        syndicated_from=tuple(row["syndicated_from"] or ()),
        entries=entries,
        names=names,
        days=days,
    )


def _blanked(text: str, dropped: Iterable[Row]) -> str:
    """The text with spaces where something was dropped, so that offsets stay as they are."""
    for span in dropped:
        text = text[: span["start"]] + " " * (span["end"] - span["start"]) + text[span["end"] :]
    return text
