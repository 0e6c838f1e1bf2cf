"""PLOVER: one JSON object a line, with the fields of the manual's table (openeventdata/PLOVER, manual of 2024-02-04).

The collapses of the manual are made here, as in POLECAT. Other than POLECAT, PLOVER has auxiliary modes (`future`,
`hypothetical`, `negation`, `historical`), so that no event need be left out for its status.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import timedelta
from typing import Any, BinaryIO

from communique.export.acts import collapse, office_of, plover_mode, publication_day
from communique.export.exports import Loss, Row, Rows, by_id, document_of, event_id
from communique.export.icews import place_cells
from communique.export.lines import sentence_at
from communique.ontology.plover import quad_of, score_of

_JSON = json.JSONEncoder(ensure_ascii=False)
_EMPTY: tuple[object, ...] = (None, "", [], {})
_CODEBOOK = "PLOVER 2024-02-04"
_AUXILIARY = {"planned": "future", "uncertain": "hypothetical", "denied": "negation"}
_INTERNATIONAL = {"org:un": "UNO", "org:eu": "EUR"}
_TYPES = ("IGO", "NGO", "MNC")
_SIZES = {"killed": "dead", "injured": "injured", "detained": "arrested"}
_RESOLUTIONS = {"building": 5, "city": 4, "admin2": 3, "admin1": 2, "country": 1}


class PloverLines:
    """PLOVER records as JSON lines."""

    name = "plover"
    needs = frozenset({"documents", "actors", "places", "events"})
    carries = frozenset({"type", "mode", "contexts", "status", "auxiliary", "amounts", "interval", "place", "evidence"})

    def write(self, documents: Iterable[Rows], out: BinaryIO) -> Loss:
        """Write the documents; see `exports.Export`."""
        loss = Loss(self.name)
        for rows in documents:
            loss.documents += 1
            for event in rows["events"]:
                line = _line(event, rows, loss)
                if line is None:
                    continue
                loss.take(event, self.carries)
                loss.drop("amounts dropped other than numbers of dead, injured and arrested", _other_amounts(event))
                out.write(_JSON.encode(line).encode() + b"\n")
                loss.written += 1
        return loss


def _line(event: Row, rows: Rows, loss: Loss) -> dict[str, Any] | None:
    """The fields of an event; none, and counted, where no day is known, which PLOVER requires."""
    collapsed = collapse(event)
    start, end = (None, None) if collapsed else (event["when_start"], event["when_end"])
    day = start or publication_day(event)
    if day is None or (start is None and "historical" in event["auxiliary"]):
        loss.leave("events of no known day left out")
        return None
    loss.drop("planned or imagined events told as what was stated", collapsed is not None)
    loss.drop("events without days of their own filed under the day of publication", start is None and not collapsed)
    actors, document, name = by_id(rows, "actors"), document_of(rows), collapsed or event["plover"]
    mode = None if collapsed else plover_mode(event)
    whole: dict[str, Any] = {
        "id": event_id(event),
        "date": day.isoformat(),
        "enddate": (end - timedelta(days=1)).isoformat() if end else None,
        "actor": [_entity(actors[i], event, loss) for i in event["actor"] if i in actors],
        "recipient": [_entity(actors[i], event, loss) for i in event["recipient"] if i in actors],
        "event": [name],
        "event_loc": _location(event, rows),
        "event_text": event["trigger"],
        "quad_code": quad_of(name),
        "event_scale": score_of(name, event["mode"] if mode else None),
        "mode": [*filter(None, [mode]), *_auxiliary(event, collapsed)],
        "context": list(event["contexts"] or ()),
        "text": " … ".join(span["text"] for span in event["evidence"] or ()),
        "text_info": _text_info(event, document),
        "size": _size(event),
        "cite_info": _citation(document, event),
        "coder": "Communique",
        "coded_date": f"{document['read_at']:%Y-%m-%d}",
        "coded_time": f"{document['read_at']:%H:%M:%S}",
    }
    return {key: value for key, value in whole.items() if key == "actor" or value not in _EMPTY}


def _auxiliary(event: Row, collapsed: str | None) -> list[str]:
    """The auxiliary modes of an event; what the collapsed type says already is not said again."""
    told = [] if collapsed else [_AUXILIARY.get(event["status"])]
    marks = [mark for mark in event["auxiliary"] or () if not (collapsed and mark == "hypothetical")]
    return list(dict.fromkeys(filter(None, (*told, *marks))))


def _entity(actor: Row, event: Row, loss: Loss) -> dict[str, Any]:
    sectors = list(actor["sectors"] or ())
    code = actor["country"] or _INTERNATIONAL.get(actor["entry"] or "") or next((s for s in sectors if s in _TYPES), None)
    loss.drop("actors of events without a country or an international code", code is None)
    day = event["when_start"] or event["published_start"]
    return _filled(
        {
            "code": code,
            "sector": next((s for s in sectors if s not in _TYPES), None),
            "entity_text": actor["name"],
            "identifier_id": actor["wikidata"],
            "office": office_of(actor, day) if day else None,
        }
    )


def _location(event: Row, rows: Rows) -> dict[str, Any] | None:
    place = by_id(rows, "places").get(event["place"] or "")
    if place is None:
        return {"extracted_place": event["place_name"]} if event["place_name"] else None
    city, district, province, country = place_cells(place)
    whole = {"extracted_place": event["place_name"], "resolved_place": place["name"], "geonameid": place["geonames"]}
    whole |= {"lat": place["latitude"], "lon": place["longitude"], "city": city, "district": district, "province": province}
    return _filled(whole | {"country_code": country, "resolution": _RESOLUTIONS.get(place["precision"])})


def _text_info(event: Row, document: Row) -> dict[str, Any]:
    start, end = event["trigger_start"], event["trigger_end"]
    return {"sequence": sentence_at(document["text"], start), "start": start, "end": end}


def _size(event: Row) -> dict[str, float] | None:
    amounts = [(_SIZES[a["kind"]], a["low"]) for a in event["amounts"] or () if a["kind"] in _SIZES and a["low"] is not None]
    return dict(amounts) or None


def _other_amounts(event: Row) -> int:
    return sum(a["kind"] not in _SIZES or a["low"] is None for a in event["amounts"] or ())


def _citation(document: Row, event: Row) -> dict[str, Any]:
    whole = {name: document[name] for name in ("url", "title", "language")}
    told = {"citation": document["source"], "publication": document["publisher"]}
    return _filled(whole | told | {"coder": event["coded_by"], "codebook": _CODEBOOK})


def _filled(whole: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in whole.items() if value not in _EMPTY}
