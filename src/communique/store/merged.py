"""What merging reads of a desk and writes to it: documents with what their records name, and tables that are put whole in the
place of what was there."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from datetime import date, timedelta
from sys import intern
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
from deltalake import CommitProperties, write_deltalake
from deltalake.exceptions import CommitFailedError

from communique.errors import DataError
from communique.store.lake import Lake
from communique.store.tables import Row
from communique.store.versions import successors_on
from communique.types.incidents import EventTold, Figure, Party
from communique.types.stories import Told
from communique.types.text import Interval, Span

_HEAD = ["id", "text_id", "title", "publisher", "published_start", "published_end", "syndicated_from"]
_DROPPED = '"dropped": '
_AT_ONCE = 256


def document_runs(lake: Lake) -> dict[str, str]:
    """The run that counts of each document, without older versions of reports."""
    rows = lake.rows("documents", ["id", "run"])
    runs = dict(zip(rows["id"].to_pylist(), rows["run"].to_pylist(), strict=True))
    for document in successors_on(lake, runs.keys()):
        del runs[document]
    return runs


def told_heads(lake: Lake, wanted: Collection[str]) -> list[Told]:
    """Documents without their texts and names, in the order in which they came to the desk."""
    heads = lake.rows("documents", [*_HEAD, "read_at"])
    rows = [row for batch in heads.to_batches() for row in batch.to_pylist() if row["id"] in wanted]
    rows.sort(key=lambda row: (row["read_at"], row["id"]))
    return [_told(row) for row in rows]


def told_documents(lake: Lake, wanted: set[str]) -> Iterator[Told]:
    """Documents with their texts, in which what their records drop is blanked."""
    return map(told_row, _texts(lake, wanted))


def told_row(row: Row) -> Told:
    """A row of `documents` with its text, in which what its record drops is blanked."""
    return _told(row, _text(row))


def named_documents(lake: Lake, wanted: set[str]) -> Iterator[Told]:
    """The same with what their records name."""
    runs = document_runs(lake)
    entries: dict[str, list[str]] = defaultdict(list)
    names: dict[str, list[str]] = defaultdict(list)
    days: dict[str, list[str]] = defaultdict(list)
    for document, name, entry in _children(lake, "actors", ["name", "entry"], runs, wanted):
        (entries if entry else names)[document].append(intern(entry or name))
    for document, name in _children(lake, "places", ["name"], runs, wanted):
        names[document].append(intern(name))
    for document, start, precision in _children(lake, "events", ["when_start", "when_precision"], runs, wanted):
        if start and precision == "day":
            days[document].append(intern(start.isoformat()))
    for row in _texts(lake, wanted):
        yield _told(row, _text(row), *(tuple(dict.fromkeys(of.get(row["id"], ()))) for of in (entries, names, days)))


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


def _texts(lake: Lake, wanted: set[str]) -> Iterator[Row]:
    table = lake.table("documents")
    if table is None:
        return
    ids = pa.array(wanted, pa.string())
    with lake.reading():
        for batch in lake.dataset("documents", lake.paths(table)).to_batches(
            columns=[*_HEAD, "text", "record"], batch_size=_AT_ONCE
        ):
            yield from batch.filter(pc.is_in(batch["id"].cast(pa.string()), ids)).to_pylist()


def _children(lake: Lake, name: str, columns: list[str], runs: dict[str, str], wanted: set[str]) -> Iterator[tuple[Any, ...]]:
    rows = lake.rows(name, ["document", "run", *columns], pc.field("document").isin(pa.array(wanted, pa.string())))
    for batch in rows.to_batches(max_chunksize=1 << 14):
        for document, run, *values in zip(*batch.to_pydict().values(), strict=True):
            if runs.get(document) == run:
                yield document, *values


def _told(
    row: Row, text: str = "", entries: tuple[str, ...] = (), names: tuple[str, ...] = (), days: tuple[str, ...] = ()
) -> Told:
    first, last = row["published_start"], row["published_end"]
    return Told(
        document=row["id"],
        text_id=row["text_id"],
        text=text,
        title=row["title"],
        publisher=row["publisher"],
        published=Interval(first, last or first + timedelta(days=1)) if first else None,
        syndicated_from=tuple(row["syndicated_from"] or ()),
        entries=entries,
        names=names,
        days=days,
    )


def _text(row: Row) -> str:
    """The text with spaces where something was dropped, so that offsets stay as they are."""
    text: str = row["text"]
    for span in _dropped(row["record"]):
        text = text[: span["start"]] + " " * (span["end"] - span["start"]) + text[span["end"] :]
    return text


def _dropped(record: str) -> list[Row]:
    """What a record drops, without parsing all of it; quotation marks within its strings are escaped, so the key is found."""
    place = record.find(_DROPPED)
    if place >= 0:
        return list(json.JSONDecoder().raw_decode(record, place + len(_DROPPED))[0])
    return list(json.loads(record)["document"].get("dropped", []))
