"""GeoJSON (RFC 7946): a feature for each event, at its place; one without a point has no geometry, as the standard allows."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, BinaryIO

from communique.export.arrays import ArrayWriter, filled
from communique.export.exports import Loss, Row, Rows, by_id, document_of, event_id
from communique.export.identity import last_day, source_iri, words_of

_SAME = (
    *("plover", "mode", "contexts", "cameo", "goldstein", "quad", "status", "auxiliary", "actor_names", "actor_countries"),
    *("actor_sectors", "recipient_names", "recipient_countries", "recipient_sectors", "when_precision", "place_name"),
    *("place_country", "attributed_names", "denied_names", "trigger", "confidence", "coded_by", "publisher", "amounts"),
)


class Features:
    """Events as a FeatureCollection, in WGS 84. The last days of times are told, not the days after."""

    name = "geojson"
    needs = frozenset({"documents", "events", "places"})
    carries = frozenset(
        {"type", "mode", "contexts", "status", "auxiliary", "attribution", "denial", "amounts", "interval", "place"}
        | {"evidence", "confidence"}
    )

    def write(self, documents: Iterable[Rows], out: BinaryIO) -> Loss:
        """Write the documents; see `exports.Export`."""
        loss = Loss(self.name)
        writer = ArrayWriter(out, {"type": "FeatureCollection"}, "features")
        for rows in documents:
            loss.documents += 1
            places = by_id(rows, "places")
            for event in rows.get("events", ()):
                loss.take(event, self.carries)
                feature = _feature(event, places.get(event["place"] or ""), document_of(rows))
                loss.drop("events without a point told without geometry", feature["geometry"] is None)
                writer.add(feature)
                loss.written += 1
        writer.close()
        return loss


def _feature(event: Row, place: Row | None, document: Row) -> dict[str, Any]:
    longitude, latitude = event["longitude"], event["latitude"]
    known = longitude is not None and latitude is not None
    days = (event["when_start"], last_day(event["when_end"]), event["published_start"])
    start, end, published = (day.isoformat() if day else None for day in days)
    told = {name: event[name] for name in _SAME} | {
        "start": start,
        "end": end,
        "published": published,
        "place_precision": place["precision"] if place else None,
        "geonames": place["geonames"] if place else None,
        "title": document["title"],
        "source": source_iri(document),
        "evidence": words_of(event),
    }
    geometry = {"type": "Point", "coordinates": [longitude, latitude]} if known else None
    return {"type": "Feature", "id": event_id(event), "geometry": geometry, "properties": filled(told)}
