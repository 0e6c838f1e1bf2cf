"""STIX 2.1 (OASIS Standard of 10 June 2021): reports, who they name, where, and the events in them, as one bundle.

An event is an `incident`, whose own properties stand in an extension that the bundle defines; who acts and who is acted on are
`relationship` objects. Ids are UUIDs of version 5 in our namespace, so that a second export has the same. What many reports
share (actors of the registry, countries) has one fixed time of creation: it follows from tables, not from a report.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any, BinaryIO

from communique.export.arrays import ArrayWriter, filled
from communique.export.exports import Loss, Row, Rows, by_id, document_of, event_id
from communique.export.identity import (
    actor_key,
    actors_of,
    circumstances,
    iso2,
    last_day,
    moment_of,
    title_of,
    uuid_of,
    words_of,
)

Members = dict[str, Any]

_SINCE = "2026-01-01T00:00:00.000Z"
_CLASSES = {"person": "individual", "group": "group"}
_SECTORS = {"GOV": "government", "MIL": "defense", "AGR": "agriculture", "EDU": "education"}
_EXTENSION = f"extension-definition--{uuid_of('stix', 'extension-definition', 'event')}"
_OURSELVES = f"identity--{uuid_of('stix', 'identity', 'communique')}"
_SCHEMA = (
    "An act as political event data tell it: event (its id), plover (type), mode, contexts, cameo, goldstein, quad, status "
    "(happened, ongoing, planned, uncertain or denied by the report), start and end (its first and last day), "
    "place, evidence (the words)."
)


class StixBundle:
    """Identity, location, report, incident and relationship objects in a bundle."""

    name = "stix"
    needs = frozenset({"documents", "actors", "events", "statements", "facts"})
    carries = frozenset(
        {"type", "mode", "contexts", "status", "auxiliary", "attribution", "denial", "amounts", "interval", "place", "evidence"}
        | {"confidence"}
    )

    def write(self, documents: Iterable[Rows], out: BinaryIO) -> Loss:
        """Write the documents; see `exports.Export`."""
        loss, shared = Loss(self.name), set[str]()
        head = {"type": "bundle", "id": f"bundle--{uuid_of('stix', 'bundle')}"}
        writer = ArrayWriter(out, head, "objects")
        for rows in documents:
            loss.documents += 1
            loss.drop("statements left out", len(rows.get("statements", ())))
            loss.drop("facts left out", len(rows.get("facts", ())))
            for event in rows.get("events", ()):
                loss.take(event, self.carries)
            first = [*_definitions()] if not shared else []
            own = set[str]()
            for one in (*first, *_objects(rows, loss)):
                seen = shared if one["created"] == _SINCE else own
                if one["id"] not in seen:
                    seen.add(one["id"])
                    writer.add(one)
                    loss.written += 1
        writer.close()
        return loss


def _definitions() -> Iterator[Members]:
    yield _object("identity", _OURSELVES, _SINCE, {"name": "Communique", "identity_class": "system"})
    told = {"name": "political event", "schema": _SCHEMA, "version": "1.0.0", "extension_types": ["property-extension"]}
    yield _object("extension-definition", _EXTENSION, _SINCE, told)


def _objects(rows: Rows, loss: Loss) -> Iterator[Members]:
    document, actors = document_of(rows), by_id(rows, "actors")
    made = moment_of(document["read_at"])
    named: list[str] = []
    for actor in actors.values():
        identity = _identity(actor, made, loss)
        yield identity
        named.append(identity["id"])
        if country := iso2(actor["country"]):
            place = _country(country)
            yield place
            yield _relationship(identity["id"], "located-at", place["id"], identity["created"])
    for event in rows.get("events", ()):
        incident = _incident(event, made)
        yield incident
        named.append(incident["id"])
        yield from _links(event, incident["id"], actors, made)
    if named:
        yield _report(document, list(dict.fromkeys(named)), made, loss)
    else:
        loss.drop("reports that name nobody and tell no event left out")


def _identity(actor: Row, made: str, loss: Loss) -> Members:
    sectors = [_SECTORS[s] for s in actor["sectors"] or () if s in _SECTORS]
    loss.drop("sectors of actors that STIX has no word for dropped", len(actor["sectors"] or ()) - len(sectors))
    known = {"source_name": "wikidata", "external_id": actor["wikidata"]}
    members = {
        "name": actor["name"],
        "identity_class": _CLASSES.get(actor["kind"], "organization"),
        "sectors": sectors,
        "labels": [actor["kind"].replace(" ", "-")],
        "external_references": [known] if actor["wikidata"] else [],
    }
    return _object("identity", _identity_id(actor), _SINCE if actor["entry"] else made, members)


def _country(code: str) -> Members:
    return _object("location", f"location--{uuid_of('stix', 'location', code)}", _SINCE, {"name": code, "country": code})


def _incident(event: Row, made: str) -> Members:
    start, end = _day(event["when_start"]), _day(last_day(event["when_end"]))
    same = ("plover", "mode", "contexts", "cameo", "goldstein", "quad", "status")
    told = {name: event[name] for name in same} | {"event": event_id(event), "start": start, "end": end}
    told |= {"place": event["place_name"], "evidence": words_of(event)}
    members = {
        "name": title_of(event),
        "description": "\n".join((words_of(event), *circumstances(event))),
        "confidence": round(100 * event["confidence"]) if event["confidence"] is not None else None,
        "labels": [event["plover"].lower(), event["status"]],
        "extensions": {_EXTENSION: {"extension_type": "property-extension"} | filled(told)},
    }
    return _object("incident", f"incident--{uuid_of('stix', 'incident', event['document'], event['id'])}", made, members)


def _links(event: Row, incident: str, actors: dict[str, Row], made: str) -> Iterator[Members]:
    """Who acts, who is acted on, who vouches, who denies, and where."""
    kinds = {"actor": "attributed-to", "recipient": "targets", "attributed_to": "vouched-for-by", "denied_by": "denied-by"}
    for column, kind in kinds.items():
        for actor in actors_of(event, column, actors):
            yield _relationship(incident, kind, _identity_id(actor), made)
    code, (latitude, longitude) = iso2(event["place_country"]), (event["latitude"], event["longitude"])
    known = latitude is not None and longitude is not None
    if not (code or known):
        return
    point = {"latitude": latitude, "longitude": longitude} if known else {}
    parts = ("place", event["place_name"], code or "", str(latitude), str(longitude))
    members = {"name": event["place_name"], "country": code} | point
    place = _object("location", f"location--{uuid_of('stix', *parts)}", _SINCE, members)
    yield place
    yield _relationship(incident, "located-at", place["id"], made)


def _report(document: Row, named: list[str], made: str, loss: Loss) -> Members:
    published = document["published_start"]
    loss.drop("reports of no known day told as of when they were read", published is None)
    source = {"source_name": document["publisher"] or "report"}
    source |= {"url": document["url"]} if document["url"] else {"description": document["source"]}
    members = {
        "name": document["title"] or document["source"],
        "published": f"{published}T00:00:00.000Z" if published else made,
        "object_refs": named,
        "external_references": [source],
        "lang": document["language"],
    }
    return _object("report", f"report--{uuid_of('stix', 'report', document['id'])}", made, members)


def _relationship(source: str, kind: str, target: str, made: str) -> Members:
    ours = f"relationship--{uuid_of('stix', source, kind, target)}"
    return _object("relationship", ours, made, {"relationship_type": kind, "source_ref": source, "target_ref": target})


def _object(kind: str, ours: str, made: str, members: Members) -> Members:
    common = {"type": kind, "spec_version": "2.1", "id": ours, "created": made, "modified": made}
    creator = {} if ours == _OURSELVES else {"created_by_ref": _OURSELVES}
    return common | creator | filled(members)


def _identity_id(actor: Row) -> str:
    return f"identity--{uuid_of('stix', *actor_key(actor))}"


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None
