"""ICEWS: the event file of the Integrated Crisis Early Warning System as its Dataverse has it, 20 columns with a head line.

Columns as in the files of 2018 (andybega/icews). ICEWS ended in April 2023; a series of it can go on with these. A row is
a dyad; sectors are told in words, countries by their English names.
"""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import sha256
from typing import BinaryIO

from communique.export.acts import Act, acts, cameo_act, pairs
from communique.export.exports import Loss, Row, Rows, by_id, document_of
from communique.export.lines import sentence_at, tabbed
from communique.ontology.plover import cameo_codes, sectors
from communique.ontology.world import load_world

_SIDE = ("Name", "Sectors", "Country")
COLUMNS = (
    *("Event ID", "Event Date", *(f"Source {column}" for column in _SIDE), "Event Text", "CAMEO Code", "Intensity"),
    *(*(f"Target {column}" for column in _SIDE), "Story ID", "Sentence Number", "Publisher"),
    *("City", "District", "Province", "Country", "Latitude", "Longitude"),
)


class Icews:
    """The ICEWS event file."""

    name = "icews"
    needs = frozenset({"documents", "actors", "places", "events"})
    carries = frozenset({"place"})

    def write(self, documents: Iterable[Rows], out: BinaryIO) -> Loss:
        """Write the documents; see `exports.Export`."""
        loss = Loss(self.name)
        out.write(tabbed(COLUMNS))
        for rows in documents:
            actors = by_id(rows, "actors")
            for act in acts(rows, cameo_act, self.carries, loss):
                found = [(a, b) for a, b in pairs(act.event, actors) if a and b]
                loss.drop("events without a source or a target left out", not found)
                loss.drop("events told as several dyads", len(found) > 1)
                for source, target in found:
                    out.write(tabbed(_cells(act, source, target, rows)))
                    loss.written += 1
        return loss


def place_cells(place: Row | None) -> tuple[str | None, ...]:
    """City, district, province and country of a place, each where that is what the place is; the country by its code."""
    if place is None:
        return (None,) * 4
    named = {place["precision"]: place["name"]}
    return (*(named.get(kind) for kind in ("city", "admin2", "admin1")), place["country"])


def country_name(code: str | None) -> str | None:
    """The English name of a country by its ISO 3166-1 alpha-3 code, the code itself where there is none."""
    state = load_world().state(code) if code else None
    return state.name if state else code


def _cells(act: Act, source: Row, target: Row, rows: Rows) -> list[object]:
    event, document = act.event, document_of(rows)
    place = by_id(rows, "places").get(event["place"] or "")
    *within, country = place_cells(place)
    return [
        *(_number(event["document"], event["id"], source["id"], target["id"]), act.day.isoformat(), *_side(source)),
        *(cameo_codes()[act.type].name, act.type, event["goldstein"], *_side(target)),
        *(_number(event["document"]), sentence_at(document["text"], event["trigger_start"]), document["publisher"]),
        *(*within, country_name(country)),
        *((place["latitude"], place["longitude"]) if place else (None, None)),
    ]


def _side(actor: Row) -> tuple[object, ...]:
    words = sectors()
    named = ",".join(words[s].capitalize() for s in actor["sectors"] or () if s in words and s != "UNK")
    return actor["name"], named, country_name(actor["country"])


def _number(*parts: str) -> int:
    """ICEWS numbers its events and stories; these are the same whenever the same report is coded the same."""
    return int(sha256("/".join(parts).encode()).hexdigest()[:12], 16)
