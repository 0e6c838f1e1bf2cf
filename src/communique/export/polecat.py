"""POLECAT: the event file of the Dataverse (doi:10.7910/DVN/AJGVIT), 40 columns with a head line.

A row is an event. What it has several of is joined with semicolons, in the same order in all columns of a side; `None` stands
where one of them is wanting. Types, modes and scores are PLOVER's, and what lies ahead is told as its manual says.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, BinaryIO

from communique.export.acts import Act, acts, office_of, plover_act, publication_day
from communique.export.exports import Loss, Row, Rows, by_id, document_of, event_id
from communique.export.icews import country_name, place_cells
from communique.export.lines import tabbed
from communique.ontology.codes import load_codes
from communique.ontology.plover import quad_of, score_of
from communique.ontology.world import load_world

_NONE = "None"
_QUADS = ("", "VERBAL COOPERATION", "MATERIAL COOPERATION", "VERBAL CONFLICT", "MATERIAL CONFLICT")


def _side_columns(side: str) -> tuple[str, ...]:
    named = (f"{side} Name", f"{side} Country", f"{side} COW", f"Primary {side} Sector", f"{side} Sectors", f"{side} Title")
    return (*named, f"{side} Name Raw", f"Wikipedia {side} ID")


COLUMNS = (
    *("Event ID", "Event Date", "Event Type", "Event Mode", "Intensity", "Quad Code", "Contexts"),
    *_side_columns("Actor"),
    *_side_columns("Recipient"),
    *("Placename", "City", "District", "Province", "Country", "Latitude", "Longitude", "GeoNames ID", "Raw Placename"),
    *("Feature Type", "Source", "Publication Date", "Story People", "Story Organizations", "Story Locations"),
    *("Language", "Version"),
)


class Polecat:
    """The POLECAT event file."""

    name = "polecat"
    needs = frozenset({"documents", "actors", "mentions", "places", "events"})
    carries = frozenset({"type", "mode", "contexts", "place"})

    def write(self, documents: Iterable[Rows], out: BinaryIO) -> Loss:
        """Write the documents; see `exports.Export`."""
        loss = Loss(self.name)
        out.write(tabbed(COLUMNS))
        for rows in documents:
            for act in acts(rows, plover_act, self.carries, loss):
                out.write(tabbed(_cells(act, rows)))
                loss.drop("modes of types told otherwise dropped", act.mode is None and act.event["mode"] is not None)
                loss.written += 1
        return loss


def _cells(act: Act, rows: Rows) -> list[object]:
    event, document = act.event, document_of(rows)
    actors, published = by_id(rows, "actors"), publication_day(event)
    return [
        *(event_id(event), act.day.isoformat(), act.type, act.mode, score_of(act.type, event["mode"] if act.mode else None)),
        *(_QUADS[quad_of(act.type)], ";".join(event["contexts"] or ())),
        *_side([actors[i] for i in event["actor"] if i in actors], act.day, rows),
        *_side([actors[i] for i in event["recipient"] if i in actors], act.day, rows),
        *_place(event, rows),
        *(document["publisher"], published.isoformat() if published else None, *_story(rows)),
        *(document["language"], event["coded_by"]),
    ]


def _side(actors: Sequence[Row], day: date, rows: Rows) -> list[str]:
    codes, held = load_codes(), [list(actor["sectors"] or ()) for actor in actors]
    return [
        _joined([actor["name"] for actor in actors]),
        _joined([actor["country"] for actor in actors]),
        _joined([codes.code_of(actor["country"], "cow", day) if actor["country"] else None for actor in actors]),
        _joined([sectors[0] if sectors else None for sectors in held]),
        _joined(["|".join(sectors) for sectors in held]),
        _joined([office_of(actor, day) for actor in actors]),
        _joined([_words(actor, rows) for actor in actors]),
        _joined([_article(actor) for actor in actors]),
    ]


def _joined(values: Sequence[Any]) -> str:
    return ";".join(str(value).replace(";", ",") if value else _NONE for value in values) or _NONE


def _words(actor: Row, rows: Rows) -> str | None:
    """The words by which the report names an actor first."""
    named = [(m["start"], m["words"]) for m in rows["mentions"] if m["of"] == actor["id"]]
    return min(named)[1] if named else None


def _article(actor: Row) -> str | None:
    entry = load_world().entry(actor["entry"]) if actor["entry"] else None
    return entry.wikipedia if entry else None


def _place(event: Row, rows: Rows) -> list[object]:
    place = by_id(rows, "places").get(event["place"] or "")
    if place is None:
        return [None] * 8 + [event["place_name"], None]
    *within, country = place_cells(place)
    point = (place["latitude"], place["longitude"], place["geonames"])
    return [place["name"], *within, country_name(country), *point, event["place_name"], place["precision"]]


def _story(rows: Rows) -> tuple[str, str, str]:
    """Who and what the report names: people, bodies, places."""
    people = [a["name"] for a in rows["actors"] if a["kind"] == "person"]
    bodies = [a["name"] for a in rows["actors"] if a["kind"] not in ("person", "state")]
    return ";".join(people), ";".join(bodies), ";".join(p["name"] for p in rows["places"])
