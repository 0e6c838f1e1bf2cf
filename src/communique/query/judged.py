"""A desk as it was judged: rows that stand in the place of those that were coded.

Rows are looked up for the texts that judgements are on alone; all others are read as they are.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace

import duckdb
import pyarrow as pa

from communique.merge.corrections import registered
from communique.merge.incidents import incident_of
from communique.merge.judgements import apply, judged, judgements_on
from communique.ontology.plover import cameo_of, quad_of
from communique.ontology.world import load_world
from communique.store.judgements import EVENTS
from communique.store.merged import event_told
from communique.store.tables import SCHEMAS, Row, actor_columns, side_columns
from communique.types.entities import Actor
from communique.types.incidents import Anchor, EventTold, Figure, Judgement, Party, Reason, Voice
from communique.types.text import Interval, Span

Key = tuple[str, str]
"""An event: the id of its document, and its own."""

CODED = frozenset({"events", "actors", "incidents"})
"""The tables that judgements change; `coded_events` and so on have them as they were coded and merged."""

_MARKS = pa.schema(
    [("document", pa.string()), ("id", pa.string()), ("confirmed_by", pa.list_(pa.string())), ("gone", pa.bool_())]
)
_NOBODY = "CAST([] AS VARCHAR[])"
_VIEWS = f"""
CREATE TABLE marks (document VARCHAR, id VARCHAR, confirmed_by VARCHAR[], gone BOOLEAN);
CREATE TABLE corrected_events AS SELECT *, {_NOBODY} AS corrected_by, {_NOBODY} AS confirmed_by FROM coded_events LIMIT 0;
CREATE TABLE added_actors AS SELECT * FROM coded_actors LIMIT 0;
CREATE TABLE regrouped AS SELECT incident FROM coded_incidents LIMIT 0;
CREATE TABLE judged_incidents AS SELECT * FROM coded_incidents LIMIT 0;
CREATE VIEW events AS SELECT e.*, {_NOBODY} AS corrected_by, coalesce(m.confirmed_by, {_NOBODY}) AS confirmed_by
  FROM coded_events AS e LEFT JOIN marks AS m ON m.document = e.document AND m.id = e.id WHERE m.gone IS NOT TRUE
  UNION ALL SELECT * FROM corrected_events;
CREATE VIEW actors AS SELECT * FROM coded_actors UNION ALL SELECT * FROM added_actors;
CREATE VIEW incidents AS SELECT * FROM coded_incidents WHERE incident NOT IN (SELECT incident FROM regrouped)
  UNION ALL SELECT * FROM judged_incidents;
"""
_ASKED = "IN (SELECT unnest(?::VARCHAR[]))"
_ANCHORS = f"SELECT document, id, text_id, trigger_start, trigger_end FROM coded_events WHERE text_id {_ASKED}"
_EVENTS_OF = f"SELECT * FROM coded_events WHERE document {_ASKED} ORDER BY document, length(id), id"
_ACTORS = f"""SELECT document, id, name, kind, country, sectors, wikidata, entry FROM coded_actors WHERE document {_ASKED}
ORDER BY document, length(id), id"""
_PLACES = f"SELECT document, id, name, country, latitude, longitude FROM places WHERE document {_ASKED}"
_MEMBERS = """WITH touched AS MATERIALIZED (SELECT incident FROM coded_incidents SEMI JOIN moved USING (document, event)),
members AS MATERIALIZED (SELECT * FROM coded_incidents WHERE incident IN (SELECT incident FROM touched))
SELECT i.*, e.text_id, e.trigger_start, e.trigger_end, e.trigger, e.plover, e.status, e.published_start, e.published_end
FROM members AS i JOIN coded_events AS e ON e.document = i.document AND e.run = i.run AND e.id = i.event"""
_OF_DOCUMENT = ("document", "text_id", "run", "publisher", "published_start", "published_end")


def apply_judgements(connection: duckdb.DuckDBPyConnection, held: Iterable[Judgement]) -> dict[Key, tuple[Judgement, ...]]:
    """Make the views of the tables in `CODED`, as judged, of those as coded; the judgements on each event that has any."""
    held = tuple(held)
    connection.execute(_VIEWS)
    texts = sorted({anchor.text_id for j in held for anchor in (j.anchor, j.other) if anchor is not None})
    if not texts:
        return {}
    anchors = {(row[0], row[1]): Anchor(*row[2:]) for row in connection.execute(_ANCHORS, [texts]).fetchall()}
    by_anchor = judgements_on(anchors.values(), held)
    on = {key: by_anchor[anchor] for key, anchor in anchors.items() if anchor in by_anchor}
    _insert(connection, "marks", pa.Table.from_pylist([_mark(key, made) for key, made in on.items()], schema=_MARKS))
    _correct(connection, {key: made for key, made in on.items() if any(j.kind == "correct" for j in made)})
    _regroup(connection, anchors, [j for j in held if j.kind in ("merge", "split", "reject")])
    return on


def _mark(key: Key, made: Iterable[Judgement]) -> Row:
    """Who confirmed an event, and whether it is rejected or stands corrected elsewhere."""
    kinds = {j.kind for j in made}
    confirmed_by = list(dict.fromkeys(j.by for j in made if j.kind == "confirm"))
    return {"document": key[0], "id": key[1], "confirmed_by": confirmed_by, "gone": not kinds.isdisjoint(("reject", "correct"))}


def _correct(connection: duckdb.DuckDBPyConnection, on: Mapping[Key, tuple[Judgement, ...]]) -> None:
    """Add the events that are corrected, and the actors that are named in this way."""
    if not on:
        return
    documents = sorted({document for document, _ in on})
    casts: dict[str, _Cast] = defaultdict(_Cast)
    for row in _rows(connection, _ACTORS, documents):
        casts[row["document"]].add(_actor(row))
    places: dict[str, dict[str, Row]] = defaultdict(dict)
    for row in _rows(connection, _PLACES, documents):
        places[row["document"]].setdefault(row["name"].lower(), row)
    events, actors = [], []
    for row in _rows(connection, _EVENTS_OF, documents):
        made = on.get((row["document"], row["id"]))
        if made is None:
            continue
        cast = casts[row["document"]]
        told = event_told(row, {(row["document"], a.id): _party(a) for a in cast.actors}, None, row["document"])
        seen = judged(told, made, [_party(a) for a in cast.actors])
        if seen is not None:
            before = len(cast.actors)
            events.append(_corrected(row, told, seen, cast, places[row["document"]]))
            common = {name: row[name] for name in _OF_DOCUMENT}
            actors += [common | actor_columns(actor) for actor in cast.actors[before:]]
    _insert(connection, "corrected_events", pa.Table.from_pylist(events, schema=EVENTS))
    _insert(connection, "added_actors", pa.Table.from_pylist(actors, schema=SCHEMAS["actors"]))


class _Cast:
    """The actors of a document, with those that corrections name."""

    def __init__(self) -> None:
        self.actors: list[Actor] = []

    def add(self, actor: Actor) -> Actor:
        self.actors.append(actor)
        return actor

    def of(self, parties: Iterable[Party]) -> list[Actor]:
        """Their actors; who is not there is added, as the registry has them."""
        return [next((a for a in self.actors if _party(a) == party), None) or self.add(self._new(party)) for party in parties]

    def named(self, names: Iterable[str]) -> list[Actor]:
        """The actors of these names."""
        known = {a.name.lower(): _party(a) for a in reversed(self.actors)}
        return self.of(known.get(name.lower()) or registered(Party(name)) for name in names)

    def _new(self, party: Party) -> Actor:
        number = 1 + max((int(a.id[1:]) for a in self.actors), default=0)
        new = Actor(f"a{number}", party.name, "group", party.country, (), why="named in a correction", entry=party.entry)
        entry = load_world().entry(party.entry) if party.entry else None
        if entry is None:
            return replace(new, kind="state") if party.entry and party.entry.startswith("state:") else new
        return replace(new, kind=entry.kind, sectors=entry.sectors, wikidata=entry.wikidata, resolved_by="registry")


def _actor(row: Row) -> Actor:
    same = {name: row[name] for name in ("id", "name", "kind", "country", "wikidata", "entry")}
    return Actor(**same, mentions=(), sectors=tuple(row["sectors"] or ()))


def _party(actor: Actor) -> Party:
    return Party(actor.name, actor.entry, actor.country)


def _corrected(row: Row, before: EventTold, after: EventTold, cast: _Cast, places: Mapping[str, Row]) -> Row:
    """The row with what was corrected, and what depends on it."""
    new = row | {"corrected_by": list(after.corrected_by), "confirmed_by": list(after.confirmed_by)}
    new |= {"plover": after.plover, "mode": after.mode, "status": after.status, "quad": quad_of(after.plover)}
    planned = "planned" in (before.status, after.status) and before.status != after.status
    if (before.plover, before.mode) != (after.plover, after.mode) or planned:
        code = cameo_of(after.plover, after.mode, after.status, row["trigger"])
        new |= {"cameo": code.code, "goldstein": code.goldstein}
    if before.actor != after.actor:
        new |= side_columns("actor", cast.of(after.actor))
    if before.recipient != after.recipient:
        new |= side_columns("recipient", cast.of(after.recipient))
    if before.attributed_to != after.attributed_to:
        new |= _named("attributed_to", "attributed_names", cast.named(after.attributed_to))
    if before.denied_by != after.denied_by:
        new |= _named("denied_by", "denied_names", cast.named(after.denied_by))
    if before.when != after.when:
        start, end = (after.when.start, after.when.end) if after.when else (None, None)
        one_day = start is not None and end is not None and (end - start).days == 1
        new |= {"when_start": start, "when_end": end, "when_precision": "day" if one_day else None}
    if before.place != after.place:
        place = places.get((after.place or "").lower(), {})
        new |= {"place": place.get("id"), "place_name": after.place, "place_country": place.get("country")}
        new |= {"latitude": place.get("latitude"), "longitude": place.get("longitude")}
    if before.figures != after.figures:
        new["amounts"] = _amounts(row["amounts"] or (), after.figures)
    return new


def _named(column: str, names: str, actors: Iterable[Actor]) -> Row:
    found = tuple(actors)
    return {column: [a.id for a in found], names: [a.name for a in found]}


def _amounts(told: Iterable[Row], figures: Iterable[Figure]) -> list[Row]:
    """The numbers in the report's words where it has them."""
    words = {(a["kind"], a["low"], a["high"]): a["words"] for a in told}
    return [
        {"kind": f.kind, "low": f.low, "high": f.high, "unit": f.unit, "words": words.get((f.kind, f.low, f.high), _words(f))}
        for f in figures
    ]


def _words(figure: Figure) -> str:
    low, high = (f"{n:.15g}" if n is not None else "" for n in (figure.low, figure.high))
    return low if low == high else f"{low}-{high}" if high else f"{low}+"


def _regroup(connection: duckdb.DuckDBPyConnection, anchors: Mapping[Key, Anchor], moving: Iterable[Judgement]) -> None:
    """Put the events of incidents that judgements change to the incidents that they belong to."""
    moving = tuple(moving)
    on = judgements_on(anchors.values(), moving)
    keys = [{"document": document, "event": id} for (document, id), anchor in anchors.items() if anchor in on]
    if not keys:
        return
    connection.register("moved", pa.Table.from_pylist(keys))
    voices: dict[str, list[Voice]] = defaultdict(list)
    for row in _rows(connection, _MEMBERS):
        voices[row["incident"]].append(_voice(row))
    connection.unregister("moved")
    before = {name: incident_of(told) for name, told in voices.items()}
    after = set(apply(before.values(), moving))
    gone = [{"incident": name} for name, incident in before.items() if incident not in after]
    rows = [_member(incident.id, voice) for incident in after.difference(before.values()) for voice in incident.tellings]
    _insert(connection, "regrouped", pa.Table.from_pylist(gone, schema=pa.schema([("incident", pa.string())])))
    _insert(connection, "judged_incidents", pa.Table.from_pylist(rows, schema=SCHEMAS["incidents"]))


def _voice(row: Row) -> Voice:
    """A member of an incident, with what tells which telling was the first."""
    start, end = row["published_start"], row["published_end"]
    same = {name: row[name] for name in ("document", "event", "run", "text_id", "plover", "status")}
    event = EventTold(
        **same,
        trigger=Span(row["trigger_start"], row["trigger_end"]),
        words=row["trigger"],
        group=row["document"],
        published=Interval(start, end) if start and end else None,
    )
    return Voice(event, row["likeness"], (Reason("weighed", 0.0, row["why"]),) if row["why"] else ())


def _member(incident: str, voice: Voice) -> Row:
    own = {"document": voice.event.document, "event": voice.event.event, "run": voice.event.run}
    why = "; ".join(reason.words for reason in voice.reasons) or None
    return {"incident": incident, **own, "likeness": voice.likeness, "why": why}


def _rows(connection: duckdb.DuckDBPyConnection, query: str, documents: list[str] | None = None) -> list[Row]:
    rows: list[Row] = connection.sql(query, params=None if documents is None else [documents]).to_arrow_table().to_pylist()
    return rows


def _insert(connection: duckdb.DuckDBPyConnection, table: str, rows: pa.Table) -> None:
    connection.register("new_rows", rows)
    connection.execute(f"INSERT INTO {table} SELECT * FROM new_rows")
    connection.unregister("new_rows")
