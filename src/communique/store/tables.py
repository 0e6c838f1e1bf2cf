"""The tables of a desk: their columns, and the rows that a record gives.

Offsets are code points into the text of the document. A row belongs to a `run` (one reading of some reports by one version
of the coder); rows count only where `documents` has their document with that run. Lists of ids keep the record's ids; beside
them stand the names, countries and sectors that questions are asked by, so that no question needs a join.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import Any

import pyarrow as pa

from communique.ontology.datasets import DATASETS, column_of, table_of
from communique.types.entities import Actor, Place
from communique.types.events import Event, Fact, Statement, When
from communique.types.record import Record
from communique.types.text import Span

Row = dict[str, Any]

_SPANS = pa.list_(pa.struct([("start", pa.int32()), ("end", pa.int32()), ("text", pa.string())]))
_STRINGS = pa.list_(pa.string())
_MOMENT = pa.timestamp("us", tz="UTC")
_OF_DOCUMENT: list[tuple[str, pa.DataType]] = [
    ("document", pa.string()),
    ("text_id", pa.string()),
    ("run", pa.string()),
    ("id", pa.string()),
    ("publisher", pa.string()),
    ("published_start", pa.date32()),
    ("published_end", pa.date32()),
]
_WHEN: list[tuple[str, pa.DataType]] = [
    ("when_start", pa.date32()),
    ("when_end", pa.date32()),
    ("when_precision", pa.string()),
]


def _schema(*columns: tuple[str, pa.DataType]) -> pa.Schema:
    return pa.schema([*_OF_DOCUMENT, *columns])


SCHEMAS: dict[str, pa.Schema] = {
    "documents": pa.schema(
        [
            ("id", pa.string()),
            ("text_id", pa.string()),
            ("run", pa.string()),
            ("source", pa.string()),
            ("url", pa.string()),
            ("publisher", pa.string()),
            ("title", pa.string()),
            ("byline", _STRINGS),
            ("language", pa.string()),
            ("published_start", pa.date32()),
            ("published_end", pa.date32()),
            ("published_origin", pa.string()),
            ("syndicated_from", _STRINGS),
            ("format", pa.string()),
            ("raw", pa.string()),
            ("text", pa.string()),
            ("record", pa.string()),
            ("read_at", _MOMENT),
        ]
    ),
    "actors": _schema(
        ("name", pa.string()),
        ("kind", pa.string()),
        ("country", pa.string()),
        ("sectors", _STRINGS),
        ("entry", pa.string()),
        ("wikidata", pa.string()),
        ("resolved_by", pa.string()),
        (
            "roles",
            pa.list_(pa.struct([("title", pa.string()), ("of", pa.string()), ("start", pa.date32()), ("end", pa.date32())])),
        ),
        ("why", pa.string()),
    ),
    "mentions": _schema(("of", pa.string()), ("start", pa.int32()), ("end", pa.int32()), ("words", pa.string())),
    "places": _schema(
        ("name", pa.string()),
        ("country", pa.string()),
        ("latitude", pa.float64()),
        ("longitude", pa.float64()),
        ("geonames", pa.int64()),
        ("precision", pa.string()),
    ),
    "times": _schema(
        ("start", pa.int32()),
        ("end", pa.int32()),
        ("words", pa.string()),
        ("timex", pa.string()),
        ("interval_start", pa.date32()),
        ("interval_end", pa.date32()),
        ("precision", pa.string()),
    ),
    "events": _schema(
        ("plover", pa.string()),
        ("mode", pa.string()),
        ("contexts", _STRINGS),
        ("cameo", pa.string()),
        ("goldstein", pa.float64()),
        ("quad", pa.int8()),
        ("status", pa.string()),
        ("auxiliary", _STRINGS),
        ("actor", _STRINGS),
        ("actor_names", _STRINGS),
        ("actor_countries", _STRINGS),
        ("actor_sectors", _STRINGS),
        ("actor_entries", _STRINGS),
        ("recipient", _STRINGS),
        ("recipient_names", _STRINGS),
        ("recipient_countries", _STRINGS),
        ("recipient_sectors", _STRINGS),
        ("recipient_entries", _STRINGS),
        *_WHEN,
        ("place", pa.string()),
        ("place_name", pa.string()),
        ("place_country", pa.string()),
        ("latitude", pa.float64()),
        ("longitude", pa.float64()),
        ("attributed_to", _STRINGS),
        ("attributed_names", _STRINGS),
        ("denied_by", _STRINGS),
        ("denied_names", _STRINGS),
        ("statement", pa.string()),
        ("trigger_start", pa.int32()),
        ("trigger_end", pa.int32()),
        ("trigger", pa.string()),
        ("evidence", _SPANS),
        ("tellings", pa.int32()),
        (
            "amounts",
            pa.list_(
                pa.struct(
                    [
                        ("kind", pa.string()),
                        ("low", pa.float64()),
                        ("high", pa.float64()),
                        ("unit", pa.string()),
                        ("words", pa.string()),
                    ]
                )
            ),
        ),
        ("confidence", pa.float64()),
        ("coded_by", pa.string()),
    ),
    "statements": _schema(
        ("speaker", pa.string()),
        ("speaker_name", pa.string()),
        ("speaker_country", pa.string()),
        ("speaker_sectors", _STRINGS),
        ("speaker_entry", pa.string()),
        ("addressee", pa.string()),
        ("medium", pa.string()),
        ("kind", pa.string()),
        ("cue", pa.string()),
        ("content_start", pa.int32()),
        ("content_end", pa.int32()),
        ("content", pa.string()),
        *_WHEN,
        ("events", _STRINGS),
        ("within", pa.string()),
    ),
    "facts": _schema(
        ("subject", pa.string()),
        ("subject_name", pa.string()),
        ("subject_country", pa.string()),
        ("subject_sectors", _STRINGS),
        ("subject_entry", pa.string()),
        ("predicate", pa.string()),
        ("object", pa.string()),
        ("object_name", pa.string()),
        ("object_country", pa.string()),
        ("object_sectors", _STRINGS),
        ("object_entry", pa.string()),
        ("begin", pa.string()),
        ("end", pa.string()),
        ("attributed_to", _STRINGS),
        ("evidence", _SPANS),
        ("confidence", pa.float64()),
    ),
    "runs": pa.schema([("id", pa.string()), ("version", pa.string()), ("started", _MOMENT), ("settings", pa.string())]),
    "versions": pa.schema(
        [(name, pa.string()) for name in ("report", "document", "text_id", "source", "supersedes")]
        + [("number", pa.int32()), ("first", _MOMENT)]
    ),
    "judgements": pa.schema(
        [
            ("id", pa.string()),
            ("made", _MOMENT),
            ("by", pa.string()),
            ("kind", pa.string()),
            ("text_id", pa.string()),
            ("trigger_start", pa.int32()),
            ("trigger_end", pa.int32()),
            ("other_text_id", pa.string()),
            ("other_start", pa.int32()),
            ("other_end", pa.int32()),
            ("change", pa.string()),
            ("why", pa.string()),
            ("undoes", pa.string()),
        ]
    ),
    "stories": pa.schema(
        [
            ("story", pa.string()),
            ("document", pa.string()),
            ("run", pa.string()),
            ("copy_of", pa.string()),
            ("copy_kind", pa.string()),
            ("likeness", pa.float64()),
        ]
    ),
    "sketches": pa.schema(
        [
            ("document", pa.string()),
            ("run", pa.string()),
            ("form", pa.int8()),
            ("words", pa.binary()),
            ("skeleton", pa.binary()),
            ("terms", pa.binary()),
            ("counts", pa.binary()),
        ]
    ),
    "incidents": pa.schema(
        [
            ("incident", pa.string()),
            ("document", pa.string()),
            ("event", pa.string()),
            ("run", pa.string()),
            ("likeness", pa.float64()),
            ("why", pa.string()),
        ]
    ),
}
# rows of documents as older runs left them, kept when a newer run takes their place
SCHEMAS["superseded"] = SCHEMAS["documents"]
# event files of others, by the SHA-256 of the file and the number of the line
_KINDS = {"text": pa.string(), "whole": pa.int64(), "number": pa.float64(), "day": pa.date32()}
SCHEMAS |= {
    table_of(dataset): pa.schema(
        [("file", pa.string()), ("file_name", pa.string()), ("line", pa.int64())]
        + [(column_of(name), _KINDS[kind]) for name, kind in columns.items()]
    )
    for dataset, columns in DATASETS.items()
}
# rows count only where `documents` has their document with their run
OF_DOCUMENTS = frozenset(name for name, schema in SCHEMAS.items() if {"document", "run"} <= set(schema.names))
# written with every document, before it
CHILDREN = ("actors", "mentions", "places", "times", "events", "statements", "facts")


def rows_of(record: Record, run: str, read_at: datetime | None = None) -> dict[str, list[Row]]:
    """The rows of a record, by table; `documents` has one."""
    document = record.document
    days = document.published.interval
    common = {
        "document": document.id,
        "text_id": document.text_id,
        "run": run,
        "publisher": document.publisher,
        "published_start": days.start if days else None,
        "published_end": days.end if days else None,
    }
    known = {a.id: a for a in record.actors}
    rows: dict[str, list[Row]] = {name: [] for name in CHILDREN}
    rows["documents"] = [_document(record, run, read_at or datetime.now(UTC))]
    for actor in record.actors:
        rows["actors"].append(common | actor_columns(actor))
    named: tuple[Actor | Place, ...] = (*record.actors, *record.places)
    for thing in named:
        for n, span in enumerate(thing.mentions):
            place = {"start": span.start, "end": span.end, "words": span.of(document.text)}
            rows["mentions"].append(common | {"id": f"{thing.id}.{n}", "of": thing.id} | place)
    for p in record.places:
        point = {"latitude": p.latitude, "longitude": p.longitude, "geonames": p.geonames, "precision": p.precision}
        rows["places"].append(common | {"id": p.id, "name": p.name, "country": p.country} | point)
    for t in record.times:
        inside = {
            "interval_start": t.interval.start if t.interval else None,
            "interval_end": t.interval.end if t.interval else None,
        }
        words = {"start": t.span.start, "end": t.span.end, "words": t.span.of(document.text)}
        rows["times"].append(common | {"id": t.id, "timex": t.timex, "precision": t.precision} | inside | words)
    rows["events"] = [common | _event(e, record, known) for e in record.events]
    rows["statements"] = [common | _statement(s, record, known) for s in record.statements]
    rows["facts"] = [common | _fact(f, document.text, known) for f in record.facts]
    return rows


def _document(record: Record, run: str, read_at: datetime) -> Row:
    d = record.document
    days = d.published.interval
    same = ("id", "text_id", "source", "url", "publisher", "title", "language", "format", "raw", "text")
    return {name: getattr(d, name) for name in same} | {
        "run": run,
        "byline": list(d.byline),
        "published_start": days.start if days else None,
        "published_end": days.end if days else None,
        "published_origin": d.published.origin,
        "syndicated_from": list(d.syndicated_from),
        "record": record.to_json(),
        "read_at": read_at,
    }


def actor_columns(a: Actor) -> Row:
    """The columns of `actors` that an actor fills, besides those of its document."""
    same = ("id", "name", "kind", "country", "entry", "wikidata", "resolved_by", "why")
    roles = [{"title": r.title, "of": r.of, "start": r.begin, "end": r.end} for r in a.roles]
    return {name: getattr(a, name) for name in same} | {"sectors": list(a.sectors), "roles": roles}


def _event(e: Event, record: Record, known: dict[str, Actor]) -> Row:
    text = record.document.text
    place = next((p for p in record.places if e.where and p.id == e.where.place), None)
    same = ("id", "plover", "mode", "cameo", "goldstein", "quad", "status", "statement", "confidence", "coded_by")
    amounts = [{"kind": a.kind, "low": a.low, "high": a.high, "unit": a.unit, "words": a.span.of(text)} for a in e.amounts]
    return (
        {name: getattr(e, name) for name in same}
        | {"contexts": list(e.contexts), "auxiliary": list(e.auxiliary), "amounts": amounts}
        | side_columns("actor", [known[i] for i in e.actor])
        | side_columns("recipient", [known[i] for i in e.recipient])
        | _when(e.when)
        | {"place": e.where.place if e.where else None, "place_name": e.where.name if e.where else None}
        | {"place_country": place.country if place else None}
        | {"latitude": place.latitude if place else None, "longitude": place.longitude if place else None}
        | {"attributed_to": list(e.attributed_to), "attributed_names": _names(e.attributed_to, known)}
        | {"denied_by": list(e.denied_by), "denied_names": _names(e.denied_by, known)}
        | {"trigger_start": e.trigger.start, "trigger_end": e.trigger.end, "trigger": e.trigger.of(text)}
        | {"evidence": _spans(e.evidence, text), "tellings": 1 + len(e.tellings)}
    )


def _statement(s: Statement, record: Record, known: dict[str, Actor]) -> Row:
    text = record.document.text
    same = ("id", "speaker", "addressee", "medium", "kind", "within")
    return (
        {name: getattr(s, name) for name in same}
        | _one("speaker", known.get(s.speaker or ""))
        | {"cue": s.cue.of(text) if s.cue else None, "events": list(s.events)}
        | {"content_start": s.content.start, "content_end": s.content.end, "content": s.content.of(text)}
        | _when(s.when)
    )


def _fact(f: Fact, text: str, known: dict[str, Actor]) -> Row:
    same = ("id", "subject", "predicate", "object", "begin", "end", "confidence")
    told = known.get(f.object)
    return (
        {name: getattr(f, name) for name in same}
        | _one("subject", known.get(f.subject))
        | _one("object", told)
        | {"object_name": told.name if told else f.object, "attributed_to": list(f.attributed_to)}
        | {"evidence": _spans(f.evidence, text)}
    )


def _one(name: str, actor: Actor | None) -> Row:
    return {
        f"{name}_name": actor.name if actor else None,
        f"{name}_country": actor.country if actor else None,
        f"{name}_sectors": list(actor.sectors) if actor else [],
        f"{name}_entry": actor.entry if actor else None,
    }


def side_columns(name: str, actors: Sequence[Actor]) -> Row:
    """The columns of `events` that the actors of a side fill; `name` is actor or recipient."""
    return {
        name: [a.id for a in actors],
        f"{name}_names": [a.name for a in actors],
        f"{name}_countries": list(dict.fromkeys(a.country for a in actors if a.country)),
        f"{name}_sectors": list(dict.fromkeys(s for a in actors for s in a.sectors)),
        f"{name}_entries": [a.entry for a in actors if a.entry],
    }


def _names(ids: Iterable[str], known: dict[str, Actor]) -> list[str]:
    return [known[i].name for i in ids]


def _when(when: When | None) -> Row:
    days = when.interval if when else None
    return {
        "when_start": days.start if days else None,
        "when_end": days.end if days else None,
        "when_precision": when.precision if when else None,
    }


def _spans(spans: Iterable[Span], text: str) -> list[Row]:
    return [{"start": s.start, "end": s.end, "text": s.of(text)} for s in spans]
