"""JSON-LD with schema.org's words: reports as NewsArticle, events as Action, what is said or disputed as Claim.

Source: schema.org. An Action stands for what the report itself holds for true or planned; what it holds for denied or uncertain
is a Claim alone, so that no reader takes it for an act.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, BinaryIO

from communique.export.arrays import ArrayWriter, filled
from communique.export.exports import Loss, Row, Rows, by_id, document_of
from communique.export.identity import actor_key, actors_of, last_day, source_iri, title_of, uuid_of, words_of

_CLASSES = {
    "person": "Person",
    "state": "Country",
    "government": "GovernmentOrganization",
    "military": "GovernmentOrganization",
    "company": "Corporation",
    "news agency": "NewsMediaOrganization",
}
_ACTIONS = {
    "happened": "CompletedActionStatus",
    "ongoing": "ActiveActionStatus",
    "planned": "PotentialActionStatus",
}


class SchemaOrg:
    """A graph of NewsArticle, Person, Organization and Country, Action, Claim and ClaimReview."""

    name = "jsonld"
    needs = frozenset({"documents", "actors", "events", "statements", "facts"})
    carries = frozenset({"type", "mode", "status", "attribution", "denial", "interval", "place", "evidence"})

    def write(self, documents: Iterable[Rows], out: BinaryIO) -> Loss:
        """Write the documents; see `exports.Export`."""
        loss = Loss(self.name)
        writer = ArrayWriter(out, {"@context": "https://schema.org"}, "@graph")
        for rows in documents:
            loss.documents += 1
            for event in rows.get("events", ()):
                loss.take(event, self.carries)
                loss.drop(f"{event['status']} events told as claims alone", event["status"] not in _ACTIONS)
            loss.drop("facts left out", len(rows.get("facts", ())))
            for node in _nodes(rows):
                writer.add(filled(node))
                loss.written += 1
        writer.close()
        return loss


def _nodes(rows: Rows) -> Iterator[dict[str, Any]]:
    document, actors = document_of(rows), by_id(rows, "actors")
    yield _article(document, actors.values())
    for actor in actors.values():
        yield _actor(actor)
    for event in rows.get("events", ()):
        if event["status"] in _ACTIONS:
            yield _action(event, actors)
        if event["status"] not in _ACTIONS or event["attributed_to"] or event["denied_by"]:
            yield from _disputed(event, actors)
    for statement in rows.get("statements", ()):
        yield _said(statement, actors, {e["id"]: e for e in rows.get("events", ())})


def _article(document: Row, actors: Iterable[Row]) -> dict[str, Any]:
    publisher = {"@type": "Organization", "name": document["publisher"]} if document["publisher"] else None
    return {
        "@id": _id("article", document["id"]),
        "@type": "NewsArticle",
        "url": source_iri(document),
        "headline": document["title"],
        "datePublished": _day(document["published_start"]),
        "inLanguage": document["language"],
        "author": [{"@type": "Person", "name": name} for name in document["byline"] or ()],
        "publisher": publisher,
        "mentions": [_ref(*actor_key(a)) for a in actors],
    }


def _actor(actor: Row) -> dict[str, Any]:
    kind = _CLASSES.get(actor["kind"], "Organization")
    titles = [role["title"] for role in actor["roles"] or ()]
    country = {"@type": "Country", "identifier": actor["country"]} if actor["country"] else None
    where = {"Person": "nationality", "Country": "identifier"}.get(kind, "location")
    return {
        "@id": _id(*actor_key(actor)),
        "@type": kind,
        "name": actor["name"],
        "jobTitle": titles if kind == "Person" else None,
        where: actor["country"] if kind == "Country" else country,
        "sameAs": f"https://www.wikidata.org/entity/{actor['wikidata']}" if actor["wikidata"] else None,
    }


def _action(event: Row, actors: dict[str, Row]) -> dict[str, Any]:
    return {
        "@id": _id("event", event["document"], event["id"]),
        "@type": "Action",
        "additionalType": ":".join(filter(None, ("PLOVER", event["plover"], event["mode"]))),
        "name": title_of(event),
        "description": words_of(event),
        "identifier": f"CAMEO:{event['cameo']}" if event["cameo"] else None,
        "agent": [_ref(*actor_key(a)) for a in actors_of(event, "actor", actors)],
        "participant": [_ref(*actor_key(a)) for a in actors_of(event, "recipient", actors)],
        "startTime": _day(event["when_start"]),
        "endTime": _day(last_day(event["when_end"])),
        "location": _place(event),
        "actionStatus": f"https://schema.org/{_ACTIONS[event['status']]}",
        "subjectOf": _ref("article", event["document"]),
    }


def _disputed(event: Row, actors: dict[str, Row]) -> Iterator[dict[str, Any]]:
    """The claim that an event is, by those who vouch for it, and a review by each who denies it."""
    claim = ("claim", event["document"], event["id"])
    yield {
        "@id": _id(*claim),
        "@type": "Claim",
        "name": title_of(event),
        "text": words_of(event),
        "author": [_ref(*actor_key(a)) for a in actors_of(event, "attributed_to", actors)],
        "about": _ref("event", event["document"], event["id"]) if event["status"] in _ACTIONS else None,
        "appearance": _ref("article", event["document"]),
    }
    for actor in actors_of(event, "denied_by", actors):
        yield {
            "@id": _id("denial", *claim[1:], actor["id"]),
            "@type": "ClaimReview",
            "author": _ref(*actor_key(actor)),
            "itemReviewed": _ref(*claim),
            "reviewBody": "denied",
        }


def _said(statement: Row, actors: dict[str, Row], events: dict[str, Row]) -> dict[str, Any]:
    told = [events[i] for i in statement["events"] or () if i in events and events[i]["status"] in _ACTIONS]
    speaker = actors.get(statement["speaker"] or "")
    return {
        "@id": _id("statement", statement["document"], statement["id"]),
        "@type": "Claim",
        "text": statement["content"],
        "author": _ref(*actor_key(speaker)) if speaker else None,
        "about": [_ref("event", e["document"], e["id"]) for e in told],
        "appearance": _ref("article", statement["document"]),
    }


def _place(event: Row) -> dict[str, Any] | None:
    if not event["place_name"]:
        return None
    point = {"@type": "GeoCoordinates", "latitude": event["latitude"], "longitude": event["longitude"]}
    country = {"@type": "PostalAddress", "addressCountry": event["place_country"]} if event["place_country"] else None
    known = event["latitude"] is not None and event["longitude"] is not None
    return filled({"@type": "Place", "name": event["place_name"], "geo": point if known else None, "address": country})


def _ref(*parts: str) -> dict[str, str]:
    return {"@id": _id(*parts)}


def _id(*parts: str) -> str:
    return f"urn:uuid:{uuid_of(*parts)}"


def _day(day: Any) -> str | None:
    return day.isoformat() if day else None
