"""Who, where and when: actors, places, times."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from communique.types.text import Interval, Span

ActorKind = Literal["person", "state", "government", "military", "company", "news agency", "organization", "bloc", "group"]
ResolvedBy = Literal["registry", "report", "unresolved"]


@dataclass(frozen=True, slots=True)
class Role:
    """An office that an actor holds or held: its title in the report's words and what it is an office of."""

    title: str
    of: str | None
    evidence: tuple[Span, ...]
    begin: date | None = None
    end: date | None = None


@dataclass(frozen=True, slots=True)
class Actor:
    """A person, state, body or crowd that the report names.

    `country` is the ISO 3166-1 alpha-3 code of the state it acts for, none for international bodies. A mention
    of several actors at once ("both countries") is a mention of each of them. `entry` is the id that the actor has in the
    registry, as "state:RUS" or "person:xi-jinping".
    """

    id: str
    name: str
    kind: ActorKind
    country: str | None
    mentions: tuple[Span, ...]
    sectors: tuple[str, ...] = ()
    wikidata: str | None = None
    age: int | None = None
    roles: tuple[Role, ...] = ()
    resolved_by: ResolvedBy = "unresolved"
    why: str = ""
    entry: str | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """A place that the report names; the point is as precise as `precision` says, in degrees (WGS 84).

    `why` has the reasons for taking this place among those of its name, with their weights.
    """

    id: str
    name: str
    country: str | None
    mentions: tuple[Span, ...]
    latitude: float | None = None
    longitude: float | None = None
    geonames: int | None = None
    precision: str = "unknown"
    why: str = ""


@dataclass(frozen=True, slots=True)
class Time:
    """A time expression. `timex` is its TIMEX3 value; `interval` the days it covers, none where it stays relative.

    `kind` is date, time, duration or set.
    """

    id: str
    span: Span
    timex: str | None
    interval: Interval | None
    precision: str
    part_of_day: str | None = None
    kind: str = "date"
