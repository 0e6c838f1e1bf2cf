"""The forms that the data tables take once they are loaded."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from communique.types.entities import ActorKind

NameUse = Literal["name", "alias", "demonym", "adjective", "capital", "seat", "surname"]


@dataclass(frozen=True, slots=True)
class Entry:
    """An actor that the registry knows. `id` is unique in the registry (`state:RUS`, `org:nato`, `person:...`); `wikipedia`
    is the title of its article in the English Wikipedia, where it was linked to in the news."""

    id: str
    name: str
    kind: ActorKind
    country: str | None
    sectors: tuple[str, ...] = ()
    wikidata: str | None = None
    begin: date | None = None
    end: date | None = None
    wikipedia: str | None = None


@dataclass(frozen=True, slots=True)
class Name:
    """A name of an entry and how it stands for it. A capital or a city name used as `capital` may mean the place;
    a `seat` (the Kremlin) always means the actor."""

    text: str
    use: NameUse
    entry: Entry


@dataclass(frozen=True, slots=True)
class Office:
    """A term of office: who held which office of which state or organisation, from when to when (None: open or unknown)."""

    holder: Entry
    title: str
    of: str
    begin: date | None
    end: date | None
    source: str

    @property
    def dated(self) -> bool:
        """Whether anything is known of when it was held."""
        return self.begin is not None or self.end is not None


@dataclass(frozen=True, slots=True)
class Toponym:
    """A place that the gazetteer knows, with its point in degrees (WGS 84) and what kind of place it is."""

    name: str
    country: str | None
    latitude: float
    longitude: float
    precision: str
    geonames: int | None = None
    wikidata: str | None = None
    population: int = 0
    admin: str | None = None
