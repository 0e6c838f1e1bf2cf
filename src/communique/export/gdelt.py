"""GDELT 2.0: the event table and the table of mentions, tab-separated without a head line.

Columns as in the GDELT Event Database codebook 2.0 (2015). A row is a dyad: an event of several actors gives several. What a
record does not tell is empty: ethnic and religious codes, tone, places of the actors, codes of divisions, GNS and GNIS ids.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from hashlib import sha256
from typing import BinaryIO, NamedTuple
from urllib.parse import urlsplit

from communique.export.acts import Act, acts, cameo_act, code_of, pairs
from communique.export.exports import Loss, Row, Rows, by_id, document_of
from communique.export.lines import lead_of, sentence_at, tabbed
from communique.ontology.cameo_actors import ActorCode
from communique.ontology.codes import load_codes

_ACTOR = ("Code", "Name", "CountryCode", "KnownGroupCode", "EthnicCode", "Religion1Code", "Religion2Code")
_TYPES = ("Type1Code", "Type2Code", "Type3Code")
_PLACE = ("Type", "FullName", "CountryCode", "ADM1Code", "ADM2Code", "Lat", "Long", "FeatureID")
EVENT_COLUMNS = (
    *("GLOBALEVENTID", "SQLDATE", "MonthYear", "Year", "FractionDate"),
    *(f"Actor{n}{column}" for n in (1, 2) for column in (*_ACTOR, *_TYPES)),
    *("IsRootEvent", "EventCode", "EventBaseCode", "EventRootCode", "QuadClass", "GoldsteinScale"),
    *("NumMentions", "NumSources", "NumArticles", "AvgTone"),
    *(f"{whose}Geo_{column}" for whose in ("Actor1", "Actor2", "Action") for column in _PLACE),
    *("DATEADDED", "SOURCEURL"),
)
MENTION_COLUMNS = (
    *(
        "GLOBALEVENTID",
        "EventTimeDate",
        "MentionTimeDate",
        "MentionType",
        "MentionSourceName",
        "MentionIdentifier",
        "SentenceID",
    ),
    *("Actor1CharOffset", "Actor2CharOffset", "ActionCharOffset", "InRawText", "Confidence"),
    *("MentionDocLen", "MentionDocTone", "MentionDocTranslationInfo", "Extras"),
)
_WEB, _CITATION = 1, 2
_COUNTRY, _CITY, _STATE = 1, 4, 5


class _Dyad(NamedTuple):
    act: Act
    first: Row | None
    second: Row | None
    codes: tuple[ActorCode, ActorCode]

    @property
    def id(self) -> int:
        """A number that is the same whenever the same report is coded the same; GDELT's own are numbers too."""
        event = self.act.event
        sides = (side["id"] if side else "" for side in (self.first, self.second))
        return int(sha256("/".join((event["document"], event["id"], *sides)).encode()).hexdigest()[:15], 16)


class GdeltEvents:
    """The event table, 61 columns."""

    name = "gdelt"
    needs = frozenset({"documents", "actors", "places", "events"})
    carries = frozenset({"place", "tellings"})

    def write(self, documents: Iterable[Rows], out: BinaryIO) -> Loss:
        """Write the documents; see `exports.Export`."""
        loss = Loss(self.name)
        for rows in documents:
            for dyad in _dyads(rows, self.carries, loss):
                out.write(tabbed(_event_cells(dyad, rows)))
                loss.written += 1
        return loss


class GdeltMentions:
    """The table of mentions, 16 columns: where in which report an event of the event table is told."""

    name = "gdelt-mentions"
    needs = frozenset({"documents", "actors", "mentions", "events"})
    carries = frozenset({"confidence"})

    def write(self, documents: Iterable[Rows], out: BinaryIO) -> Loss:
        """Write the documents; see `exports.Export`."""
        loss = Loss(self.name)
        for rows in documents:
            for dyad in _dyads(rows, self.carries, loss):
                out.write(tabbed(_mention_cells(dyad, rows)))
                loss.written += 1
        return loss


def quad_class(code: str) -> int:
    """GDELT's class of a CAMEO code by its root: 1 verbal cooperation (01 to 05), 2 material cooperation (06 to 08),
    3 verbal conflict (09 to 13), 4 material conflict (14 to 20)."""
    root = int(code[:2])
    return 1 + (root > 5) + (root > 8) + (root > 13)


def fraction_date(day: date) -> str:
    """The year with the part of it that has passed, in months of 30 days of a year of 365, as GDELT counts it."""
    return f"{day.year + ((day.month - 1) * 30 + day.day) / 365:.4f}"


def _dyads(rows: Rows, carries: frozenset[str], loss: Loss) -> Iterator[_Dyad]:
    actors = by_id(rows, "actors")
    for act in acts(rows, cameo_act, carries, loss):
        found = pairs(act.event, actors)
        loss.drop("events that name nobody left out", not found)
        loss.drop("events told as several dyads", len(found) > 1)
        for first, second in found:
            codes = (code_of(first, act.day), code_of(second, act.day))
            for actor, code in zip((first, second), codes, strict=True):
                loss.drop("actors of dyads without a CAMEO code", actor is not None and not str(code))
            yield _Dyad(act, first, second, codes)


def _event_cells(dyad: _Dyad, rows: Rows) -> list[object]:
    act, document = dyad.act, document_of(rows)
    event, code, day = act.event, act.type, act.day
    return [
        *(dyad.id, f"{day:%Y%m%d}", f"{day:%Y%m}", day.year, fraction_date(day)),
        *_actor_cells(dyad.first, dyad.codes[0]),
        *_actor_cells(dyad.second, dyad.codes[1]),
        int(event["trigger_start"] < lead_of(document["text"])),
        *(code, code[:3], code[:2], quad_class(code), event["goldstein"]),
        *(event["tellings"] or 1, 1, 1, None),
        *[None] * (2 * len(_PLACE)),
        *_place_cells(event, by_id(rows, "places")),
        *(_added(document), document["url"] or document["source"]),
    ]


def _actor_cells(actor: Row | None, code: ActorCode) -> list[object]:
    if actor is None:
        return [None] * (len(_ACTOR) + len(_TYPES))
    types = [*code.types, "", "", ""][: len(_TYPES)]
    return [str(code), actor["name"].upper(), code.country, code.group, None, None, None, *types]


def _place_cells(event: Row, places: dict[str, Row]) -> list[object]:
    place = places.get(event["place"] or "")
    if place is None:
        return [None] * len(_PLACE)
    kind = {"country": _COUNTRY, "admin1": _STATE, "city": _CITY}.get(place["precision"])
    country = load_codes().code_of(place["country"], "fips") if place["country"] else None
    feature = country if kind == _COUNTRY else None
    return [
        kind,
        place["name"],
        country,
        country if kind == _COUNTRY else None,
        None,
        place["latitude"],
        place["longitude"],
        feature,
    ]


def _mention_cells(dyad: _Dyad, rows: Rows) -> list[object]:
    event, document = dyad.act.event, document_of(rows)
    added, at, text = _added(document), event["trigger_start"], document["text"]
    source = document["publisher"] or (urlsplit(document["url"]).hostname if document["url"] else None)
    return [
        *(dyad.id, added, added, _WEB if document["url"] else _CITATION),
        *(source, document["url"] or document["source"], sentence_at(text, at)),
        *(_nearest(side, at, rows) for side in (dyad.first, dyad.second)),
        *(at, 1, round(event["confidence"] * 10) * 10),
        *(len(text), None, None, None),
    ]


def _nearest(actor: Row | None, at: int, rows: Rows) -> int:
    """Where the mention of an actor that is nearest to a place in the text begins; -1 where there is none."""
    starts = [m["start"] for m in rows["mentions"] if actor is not None and m["of"] == actor["id"]]
    return min(starts, key=lambda start: (abs(start - at), start), default=-1)


def _added(document: Row) -> str:
    read: datetime = document["read_at"]
    return f"{read:%Y%m%d%H%M%S}"
