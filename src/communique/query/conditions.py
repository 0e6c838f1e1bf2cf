"""Conditions on the rows of a table: SQL with marks for values, and the values. What comes from outside is always a value."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from difflib import get_close_matches

from communique.errors import UsageError
from communique.ontology.gazetteer import load_gazetteer
from communique.ontology.plover import sectors
from communique.ontology.world import load_world

_EARTH = 6371.0088  # mean radius in km (IUGG)
_ACTING = frozenset({"name", "alias", "seat", "capital"})
_DAY = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")
_POINT = re.compile(r"\s*(-?\d+(?:\.\d+)?)\s*,\s*(-?\d+(?:\.\d+)?)\s*")


@dataclass(frozen=True, slots=True)
class Condition:
    """A condition in DuckDB's SQL; `values` stand for its question marks, in order."""

    sql: str
    values: tuple[object, ...] = ()

    @classmethod
    def join(cls, word: str, parts: Iterable[Condition]) -> Condition:
        """Several conditions with AND or OR between them."""
        found = tuple(parts)
        return cls("(" + f" {word} ".join(p.sql for p in found) + ")", tuple(v for p in found for v in p.values))


@dataclass(frozen=True, slots=True)
class Side:
    """Where a table has the actors of one side: expressions of lists of their names, entries, countries and sectors."""

    names: str
    entries: str
    countries: str
    sectors: str

    @classmethod
    def lists(cls, name: str) -> Side:
        """A side of several actors, as events have."""
        return cls(f"t.{name}_names", f"t.{name}_entries", f"t.{name}_countries", f"t.{name}_sectors")

    @classmethod
    def one(cls, prefix: str) -> Side:
        """A side of one actor; the prefix is that of its columns."""
        return cls(f"[t.{prefix}name]", f"[t.{prefix}entry]", f"[t.{prefix}country]", f"t.{prefix}sectors")


def who(side: Side, name: str) -> Condition:
    """That an actor of the side is meant: by a country (`RUS`), a sector (`MIL`), both (`RUS/MIL`), the id of an entry of the
    registry (`state:RUS`), or a name: the entry that bears it, or any actor in whose name its words stand."""
    asked = name.strip()
    if not asked:
        raise UsageError("actor: an empty name; give a name, a country as RUS, a sector as MIL, or an entry as state:RUS")
    if asked.islower() and all(map(_is_known, asked.upper().split("/"))):  # it may be a name as well: "ben" is BEN and Ben
        return Condition.join("OR", (who(side, asked.upper()), _named(side, asked)))
    country, slash, sector = asked.partition("/")
    if slash and _is_code(country) and sector in sectors():
        return Condition.join("AND", (_has(side.countries, country), _has(side.sectors, sector)))
    if asked in sectors():
        return _has(side.sectors, asked)
    if _is_code(asked) and load_world().state(asked):
        return _has(side.countries, asked)
    if ":" in asked and " " not in asked:
        return _has(side.entries, asked)
    named = _named(side, asked)
    return Condition.join("OR", (_has(side.countries, asked), named)) if _is_code(asked) else named


def country(side: Side, code: str) -> Condition:
    """That an actor of the side acts for a country (ISO 3166-1 alpha-3)."""
    if not _is_code(code.upper()):
        codes = sorted({n.entry.country for n in load_world().names(code) if n.use in _ACTING and n.entry.country})
        meant = f"{' or '.join(codes)} for {code}" if 0 < len(codes) < 4 else "three letters of ISO 3166-1, as RUS"
        raise UsageError(f"country: {code!r} is no code of a country; use {meant}")
    return _has(side.countries, code.upper())


def sector(side: Side, code: str) -> Condition:
    """That an actor of the side belongs to a sector."""
    return _has(side.sectors, one_of("sector", code.upper(), sectors()))


def _is_known(code: str) -> bool:
    return _is_code(code) and (code in sectors() or load_world().state(code) is not None)


def _is_code(text: str) -> bool:
    return len(text) == 3 and text.isascii() and text.isalpha() and text.isupper()


def _has(column: str, value: str) -> Condition:
    return Condition(f"list_contains({column}, ?)", (value,))


def _named(side: Side, name: str) -> Condition:
    """Names are compared where each stands once, and rows then by whole names."""
    entries = sorted({n.entry.id for n in load_world().names(name) if n.use in _ACTING})
    alike = f"{folded('name')} = {folded('?')}" if entries else f"contains({spaced('name')}, {spaced('?')})"
    names = f"(SELECT list(name) FROM (SELECT DISTINCT name FROM actors) WHERE {alike})"
    by_name = Condition(f"list_has_any({side.names}, {names})", (name,))
    if not entries:
        return by_name
    return Condition.join("OR", (Condition(f"list_has_any({side.entries}, ?::VARCHAR[])", (entries,)), by_name))


def folded(text: str) -> str:
    """An expression for a text without case and accents."""
    return f"strip_accents(lower({text}))"


def spaced(text: str) -> str:
    """An expression for the words of a text, without case and accents, a space before and after each."""
    return f"(' ' || trim(regexp_replace({folded(text)}, '[^\\pL\\pN]+', ' ', 'g')) || ' ')"


def contains(texts: Iterable[str], words: str) -> Condition:
    """That the words stand in one of the texts (expressions), in that order, whatever their case and accents."""
    if not words.strip():
        raise UsageError("text: no words; give some that are to stand in the text")
    return Condition.join("OR", (Condition(f"contains({folded(t)}, {folded('?')})", (words.strip(),)) for t in texts))


def one_of(name: str, value: str, allowed: Iterable[str]) -> str:
    """The value, if it is one of those allowed; else UsageError."""
    known = tuple(allowed)
    if value not in known:
        raise UsageError(f"{name}: there is no {value!r}; use {nearest(value, known)}one of {', '.join(known)}")
    return value


def nearest(value: str, known: Iterable[str]) -> str:
    """What is known that is written most like a value, for people, with "or" at its end; empty where nothing is like it."""
    return "".join(f"{one} or " for one in get_close_matches(value, list(known), 2, 0.6))


def period(value: str | date) -> tuple[date, date]:
    """The days of a year, a month or a day (`2019`, `2019-06`, `2019-06-03`), half-open."""
    if isinstance(value, date):
        return value, value + timedelta(days=1)
    found = _DAY.fullmatch(value.strip())
    try:
        if found:
            year, month, day = (int(part) if part else None for part in found.groups())
            start = date(year or 0, month or 1, day or 1)
            if day:
                return start, start + timedelta(days=1)
            if month:
                return start, (start + timedelta(days=31)).replace(day=1)
            return start, date(start.year + 1, 1, 1)
    except (ValueError, OverflowError):
        pass
    raise UsageError(f"date: {value!r} is no day, month or year; write it as 2019-06-03, 2019-06 or 2019")


def since(end: str) -> Callable[[str | date], Condition]:
    """That an interval of days whose end that SQL gives reaches to a date or beyond its first day."""
    return lambda value: Condition(f"{end} > ?::DATE", (period(value)[0],))


def until(start: str) -> Callable[[str | date], Condition]:
    """That an interval of days whose start that SQL gives begins by the last day of a date."""
    return lambda value: Condition(f"{start} < ?::DATE", (period(value)[1],))


def days_of(table: str, marked: bool = True) -> tuple[str, str]:
    """The first day of an event of a table, and the one after its last, as SQL: its own or, unless it is told as long past,
    those of its report. `marked`: whether the table says what is told so, as that of events does."""
    report = f"{table}.published_start", f"coalesce({table}.published_end, {table}.published_start + 1)"
    past = f"list_contains({table}.auxiliary, 'historical') IS TRUE" if marked else "false"
    start, end = (
        f"CASE WHEN {table}.when_start IS NOT NULL THEN {table}.{own} WHEN {past} THEN NULL ELSE {day} END"
        for own, day in zip(("when_start", "when_end"), report, strict=True)
    )
    return f"({start})", f"({end})"


def within(place: str, radius: float) -> Condition:
    """That a row's point lies within so many km of a place: degrees (`38.7,-9.1`) or a name of the gazetteer.

    Great-circle distance by the haversine formula (Sinnott, "Virtues of the haversine", Sky and Telescope 68, 1984).
    """
    latitude, longitude = point(place)
    if not radius > 0:
        raise UsageError(f"radius: {radius} km is no distance; give a number above 0")
    half = "pow(sin(radians(t.latitude - ?) / 2), 2) + cos(radians(t.latitude)) * cos(radians(?)) * "
    distance = f"2 * {_EARTH} * asin(sqrt(least(1.0, {half}pow(sin(radians(t.longitude - ?) / 2), 2))))"
    return Condition(f"({distance} <= ?)", (latitude, latitude, longitude, float(radius)))


def point(place: str) -> tuple[float, float]:
    """Latitude and longitude of a place in degrees: as they are given, or those of the most prominent place of that name."""
    if found := _POINT.fullmatch(place):
        latitude, longitude = float(found[1]), float(found[2])
        if abs(latitude) > 90 or abs(longitude) > 180:
            raise UsageError(f"place: {place} lies nowhere; give latitude (-90 to 90) and longitude (-180 to 180)")
        return latitude, longitude
    known = load_gazetteer().lookup(place.strip().title() if place.islower() else place.strip())
    if not known:
        raise UsageError(f"place: the gazetteer has no {place!r}; give latitude and longitude in degrees, as 38.7,-9.1")
    return known[0].latitude, known[0].longitude
