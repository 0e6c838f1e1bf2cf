"""Ids and words that several formats share: the same thing has the same id in every export, whenever it is made."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, timedelta
from hashlib import sha1
from urllib.parse import quote
from uuid import UUID

from communique.export.exports import Row, event_id
from communique.ontology.codes import load_codes

SPACE = UUID("7f3c8f1e-5b0e-5d0a-9c56-3f0f1c7a2d41")
"""The namespace of our ids (RFC 9562, version 5)."""


def uuid_of(*parts: str) -> str:
    """The UUID of what the parts name, as `uuid.uuid5` gives it in four times the time; the same parts give the same always."""
    made = bytearray(sha1(SPACE.bytes + "\x1f".join(parts).encode(), usedforsecurity=False).digest()[:16])
    made[6], made[8] = made[6] & 0x0F | 0x50, made[8] & 0x3F | 0x80
    told = made.hex()
    return f"{told[:8]}-{told[8:12]}-{told[12:16]}-{told[16:20]}-{told[20:]}"


def actor_key(actor: Row) -> tuple[str, ...]:
    """What an actor is known by: its entry in the registry, which holds for all reports, else its id within the document:
    two reports may mean two people by one name."""
    if actor["entry"]:
        return ("actor", actor["entry"])
    return ("actor", actor["document"], actor["id"])


def iso2(country: str | None) -> str | None:
    """ISO 3166-1 alpha-2 of a state that is given by alpha-3; none where it has none."""
    return load_codes().code_of(country, "iso2") if country else None


def source_iri(document: Row) -> str:
    """The address of a report; a path is a relative reference, its odd characters escaped (RFC 3986)."""
    return str(document["url"] or quote(document["source"], safe="/:?#[]@!$&'()*+,;=%~"))


def moment_of(moment: datetime) -> str:
    """A moment in UTC to the millisecond (RFC 3339)."""
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def last_day(end: date | None) -> date | None:
    """The last day of a half-open interval."""
    return end - timedelta(days=1) if end else None


def actors_of(event: Row, column: str, actors: dict[str, Row]) -> Iterator[Row]:
    """The rows of the actors that a column of an event names by their ids."""
    yield from (actors[i] for i in event[column] or () if i in actors)


def words_of(event: Row) -> str:
    """The evidence of an event, its parts joined."""
    return " … ".join(span["text"] for span in event["evidence"] or ())


def title_of(event: Row) -> str:
    """An event in a few words, its status in front of all but what happened: `denied ASSAULT: Sudria → Norland`."""
    status = "" if event["status"] == "happened" else f"{event['status']} "
    sides = " → ".join(filter(None, (_listed(event["actor_names"]), _listed(event["recipient_names"]))))
    mode = f" ({event['mode']})" if event["mode"] else ""
    return f"{status}{event['plover']}{mode}: {sides or event['trigger']}"


def circumstances(event: Row) -> list[str]:
    """What else is told of an event, a line each: id, times, place, who vouches, who denies, numbers, contexts, marks."""
    end = last_day(event["when_end"])
    told = {
        "event": event_id(event),
        "when": f"{event['when_start']} to {end}" if event["when_start"] else "",
        "where": event["place_name"] or "",
        "according to": _listed(event["attributed_names"]),
        "denied by": _listed(event["denied_names"]),
        "numbers": _listed(f"{amount['kind']}: {amount['words']}" for amount in event["amounts"] or ()),
        "contexts": _listed(event["contexts"]),
        "marks": _listed(event["auxiliary"]),
    }
    return [f"{name}: {words}" for name, words in told.items() if words]


def _listed(names: Iterable[str] | None) -> str:
    return ", ".join(names or ())
