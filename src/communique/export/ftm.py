"""FollowTheMoney entities, one JSON object a line (model of version 4): articles, who is named in them, events, links.

An entity comes again with each report that tells of it, under the same id: fragments, as `ftm aggregate` puts together.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any, BinaryIO

from communique.export.arrays import encode, filled
from communique.export.exports import Loss, Row, Rows, by_id, document_of, event_id
from communique.export.identity import (
    actor_key,
    actors_of,
    circumstances,
    iso2,
    last_day,
    source_iri,
    title_of,
    uuid_of,
    words_of,
)

SCHEMATA = {
    "person": "Person",
    "state": "PublicBody",
    "government": "PublicBody",
    "military": "PublicBody",
    "company": "Company",
    "news agency": "Company",
    "organization": "Organization",
    "bloc": "Organization",
    "group": "Organization",
}
_LANGUAGES = {"en": "eng"}


class FtmEntities:
    """Article; Person, Organization, PublicBody, Company; Mention; Event with its proof, and Documentation that links it to
    its article; UnknownLink for facts between two actors."""

    name = "ftm"
    needs = frozenset({"documents", "actors", "mentions", "events", "statements", "facts"})
    carries = frozenset(
        {"type", "mode", "contexts", "status", "auxiliary", "attribution", "denial", "amounts", "interval", "place", "evidence"}
    )

    def write(self, documents: Iterable[Rows], out: BinaryIO) -> Loss:
        """Write the documents; see `exports.Export`."""
        loss = Loss(self.name)
        for rows in documents:
            loss.documents += 1
            for event in rows.get("events", ()):
                loss.take(event, self.carries)
            loss.drop("statements left out", len(rows.get("statements", ())))
            for entity in _entities(rows, loss):
                out.write(encode(entity) + b"\n")
                loss.written += 1
        return loss


def _entities(rows: Rows, loss: Loss) -> Iterator[dict[str, Any]]:
    document, actors = document_of(rows), by_id(rows, "actors")
    article = _id("article", document["id"])
    yield _article(article, document)
    for actor in actors.values():
        yield _actor(actor)
    yield from _mentions(rows, actors, article)
    for event in rows.get("events", ()):
        yield _event(event, actors, article)
        linked = {"document": article, "entity": _event_id(event), "role": "told in", "summary": words_of(event)}
        yield _entity(_id("documentation", *_named(event)), "Documentation", linked)
    for fact in rows.get("facts", ()):
        if fact["object"] not in actors:
            loss.drop("facts whose object is no actor left out")
            continue
        yield _link(fact, actors, article)


def _article(ours: str, document: Row) -> dict[str, Any]:
    path = document["source"].replace("\\", "/").rstrip("/").rpartition("/")[2]
    members = {
        "title": document["title"],
        "fileName": path or document["source"],
        "author": document["byline"],
        "publisher": document["publisher"],
        "publishedAt": _day(document["published_start"]),
        "sourceUrl": source_iri(document) if document["url"] else None,
        "language": _LANGUAGES.get(document["language"]),
        "bodyText": document["text"],
    }
    return _entity(ours, "Article", members)


def _actor(actor: Row) -> dict[str, Any]:
    schema = SCHEMATA[actor["kind"]]
    titles = [role["title"] for role in actor["roles"] or ()]
    members = {
        "name": actor["name"],
        "country": _country(actor),
        "wikidataId": actor["wikidata"],
        "position": titles if schema == "Person" else None,
        "sector": None if schema == "Person" else actor["sectors"],
    }
    return _entity(_actor_id(actor), schema, members)


def _mentions(rows: Rows, actors: dict[str, Row], article: str) -> Iterator[dict[str, Any]]:
    """One for each way that the report calls an actor."""
    named = {(m["of"], m["words"]): None for m in rows.get("mentions", ()) if m["of"] in actors}
    for of, words in named:
        actor = actors[of]
        members = {
            "document": article,
            "name": words,
            "resolved": _actor_id(actor),
            "detectedSchema": SCHEMATA[actor["kind"]],
            "contextCountry": _country(actor),
        }
        yield _entity(_id("mention", actor["document"], of, words), "Mention", members)


def _event(event: Row, actors: dict[str, Row], article: str) -> dict[str, Any]:
    members = {
        "name": title_of(event),
        "startDate": _day(event["when_start"]),
        "endDate": _day(last_day(event["when_end"])),
        "location": event["place_name"],
        "country": iso2lower(event["place_country"]),
        "organizer": [_actor_id(a) for a in actors_of(event, "actor", actors)],
        "involved": [_actor_id(a) for a in actors_of(event, "recipient", actors)],
        "proof": article,
        "summary": words_of(event),
        "notes": circumstances(event),
        "keywords": [event["plover"], event["status"], *filter(None, [event["mode"]]), *(event["contexts"] or ())],
        "recordId": event_id(event),
        "publisher": event["publisher"],
    }
    return _entity(_event_id(event), "Event", members)


def _link(fact: Row, actors: dict[str, Row], article: str) -> dict[str, Any]:
    members = {
        "subject": _actor_id(actors[fact["subject"]]),
        "object": _actor_id(actors[fact["object"]]),
        "role": fact["predicate"],
        "startDate": fact["begin"],
        "endDate": fact["end"],
        "proof": article,
        "summary": words_of(fact),
    }
    return _entity(_id("link", *_named(fact)), "UnknownLink", members)


def _entity(ours: str, schema: str, members: dict[str, Any]) -> dict[str, Any]:
    properties = {name: value if isinstance(value, list) else [value] for name, value in filled(members).items()}
    return {"id": ours, "schema": schema, "properties": properties}


def iso2lower(country: str | None) -> str | None:
    """A country as FollowTheMoney writes it."""
    code = iso2(country)
    return code.lower() if code else None


def _country(actor: Row) -> str | None:
    return iso2lower(actor["country"])


def _named(claim: Row) -> tuple[str, str]:
    return claim["document"], claim["id"]


def _actor_id(actor: Row) -> str:
    return _id(*actor_key(actor))


def _event_id(event: Row) -> str:
    return _id("event", *_named(event))


def _id(*parts: str) -> str:
    return uuid_of(*parts).replace("-", "")


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None
