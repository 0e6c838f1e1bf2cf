"""The incidents of a desk: made from its events, kept in the table `incidents`, read with judgements applied."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

import pyarrow as pa
import pyarrow.compute as pc

from communique.merge.incidents import gather, identity, in_order, incident_of, last_report
from communique.merge.judgements import apply
from communique.store.judgements import kept
from communique.store.lake import Lake
from communique.store.merged import document_runs, event_told, replace_rows
from communique.store.tables import SCHEMAS, Row
from communique.types.incidents import EventTold, Incident, Party, Reason, Voice

_COLUMNS = [
    *("document", "run", "id", "text_id", "publisher", "published_start", "published_end", "plover", "mode", "status", "actor"),
    *("recipient", "when_start", "when_end", "place", "place_name", "place_country", "latitude", "longitude"),
    *("attributed_names", "denied_names", "trigger_start", "trigger_end", "trigger", "evidence", "amounts", "confidence"),
]


@dataclass(frozen=True, slots=True)
class MergedIncidents:
    """What a merge came to: the events of the desk, and the incidents that they tell of."""

    events: int
    incidents: int


def merge_incidents(lake: Lake) -> MergedIncidents:
    """Bring the events of a desk together to incidents, in place of those that were there. Stories should be merged
    before: copies count as one source. Raises UsageError where there is no desk, DataError where another merge came between."""
    lake.check_there()
    groups = gather(told_events(lake))
    replace_rows(lake, "incidents", _rows(groups))
    return MergedIncidents(sum(map(len, groups)), len(groups))


def read_incidents(lake: Lake, as_of: date | None = None) -> tuple[Incident, ...]:
    """The incidents of a desk as they were merged last, with judgements applied. Events that came later are not in them.
    `as_of` is the day as of which plans are overdue; that of the last report if not given."""
    lake.check_there()
    placed = {(r["document"], r["run"], r["event"]): r for r in lake.rows("incidents", SCHEMAS["incidents"].names).to_pylist()}
    events = [e for e in told_events(lake) if (e.document, e.run, e.event) in placed]
    voices: dict[str, list[Voice]] = defaultdict(list)
    for event in events:
        row = placed[event.document, event.run, event.event]
        voices[row["incident"]].append(Voice(event, row["likeness"], tuple(_reasons(row["why"]))))
    as_of = as_of or last_report(events)
    return apply(in_order(incident_of(told, as_of) for told in voices.values()), kept(lake), as_of)


def _reasons(why: str | None) -> Iterator[Reason]:
    for part in why.split("; ") if why else ():
        weight, _, words = part.partition(" ")
        yield Reason("weighed", float(weight), words)


def told_events(lake: Lake, documents: Sequence[str] | None = None) -> list[EventTold]:
    """The events of a desk, or of some of its documents, as they are merged."""
    runs = document_runs(lake)
    where = None if documents is None else pc.field("document").isin(pa.array(documents, pa.string()))
    parties: dict[tuple[str, str], Party] = {}
    for a in lake.rows("actors", ["document", "run", "id", "name", "entry", "country"], where).to_pylist():
        if runs.get(a["document"]) == a["run"]:
            parties[a["document"], a["id"]] = Party(a["name"], a["entry"], a["country"])
    places = {
        (p["document"], p["id"]): p["precision"]
        for p in lake.rows("places", ["document", "run", "id", "precision"], where).to_pylist()
        if runs.get(p["document"]) == p["run"]
    }
    stories, sources = _lineage(lake)
    told = []
    for row in lake.rows("events", _COLUMNS, where).to_pylist():
        document = row["document"]
        if runs.get(document) == row["run"]:
            group, precision = sources.get(document, document), places.get((document, row["place"]))
            told.append(event_told(row, parties, precision, group, stories.get(document)))
    return told


def _lineage(lake: Lake) -> tuple[dict[str, str], dict[str, str]]:
    """The story of each document, and the document that it was first taken from, which stands for its source."""
    rows = lake.rows("stories", ["story", "document", "copy_of"]).to_pylist()
    parents = {r["document"]: r["copy_of"] for r in rows if r["copy_of"]}
    sources = {}
    for document in parents:
        first, seen = document, {document}
        while first in parents and parents[first] not in seen:
            first = parents[first]
            seen.add(first)
        sources[document] = first
    return {r["document"]: r["story"] for r in rows}, sources


def _rows(groups: Iterable[tuple[Voice, ...]]) -> Iterator[Row]:
    for voices in groups:
        incident = identity(voice.event for voice in voices)
        for voice in voices:
            why = "; ".join(f"{reason.weight:+.1f} {reason.words}" for reason in voice.reasons) or None
            yield {
                "incident": incident,
                "document": voice.event.document,
                "event": voice.event.event,
                "run": voice.event.run,
                "likeness": voice.likeness,
                "why": why,
            }
