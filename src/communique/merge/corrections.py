"""Corrections: which fields of an event a person may set, how the values are written, and the event with them set."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any, get_args

from communique.errors import UsageError
from communique.ontology.plover import plover_types
from communique.ontology.world import load_world
from communique.types.events import Status
from communique.types.incidents import EventTold, Figure, Party
from communique.types.text import Interval

_FIGURES = (
    "killed", "injured", "detained", "abducted", "released", "expelled", "displaced", "troops", "participants", "weapons",
    "money", "prison term",
)  # fmt: skip
_PARTY = re.compile(r"(?P<name>[^\[\]]+?)\s*(?:\[(?P<entry>[a-z]+:[^\[\]\s]+)\])?")
_NUMBER = re.compile(r"(?P<low>[0-9][0-9_,]*(?:\.[0-9]+)?)(?:-(?P<high>[0-9][0-9_,]*(?:\.[0-9]+)?))?(?P<more>\+?)")


def read_changes(changes: Iterable[str]) -> tuple[tuple[str, str], ...]:
    """Changes as `FIELD=VALUE`, checked. Fields: plover, mode, status, actor, recipient, attributed_to, denied_by (names, set
    apart by `;`, an actor as `Sudria [state:SDR]` where the registry has it), when (a day, or first/last), place, and numbers
    (killed=12, killed=10-15, killed=10+). An empty value clears the field. Raises UsageError naming what can't be set."""
    pairs = [change.partition("=") for change in changes]
    for change, (name, equals, _) in zip(changes, pairs, strict=True):
        if not equals or not name.strip():
            raise UsageError(f"{change}: is no change; write it as FIELD=VALUE")
    found = tuple((name.strip(), value.strip()) for name, _, value in pairs)
    if not found:
        raise UsageError("correct: nothing to correct; write what is right as FIELD=VALUE")
    for name, value in found:
        _checked(name, value)
    return found


def corrected(event: EventTold, changes: Iterable[tuple[str, str]], known: Sequence[Party] = ()) -> EventTold:
    """The event with fields set. Actors are those of the event or the other `known` ones with that id or name, else what the
    registry has. A place that is set has no point and no country: these were those of the other place; so a mode goes that
    the type set is not told with."""
    changes = tuple(changes)
    for name, value in changes:
        set_to = _checked(name, value)
        if name in ("actor", "recipient"):
            set_to = tuple(dict.fromkeys(_known(p, (*event.actor, *event.recipient, *known)) for p in set_to))
        if name in _FIGURES:
            others = tuple(f for f in event.figures if f.kind != name)
            unit = next((f.unit for f in event.figures if f.kind == name), None)
            event = replace(event, figures=(*others, *(replace(f, unit=unit) for f in set_to)))
        elif name == "place":
            gone: Mapping[str, Any] = dict.fromkeys(("place_country", "place_precision", "latitude", "longitude"))
            event = replace(event, place=set_to, **gone)
        elif name == "plover" and set_to != event.plover and "mode" not in dict(changes):
            mode = event.mode if event.mode in plover_types()[set_to].modes else None
            event = replace(event, plover=set_to, mode=mode)
        else:
            event = replace(event, **{name: set_to})
    return event


def _known(party: Party, known: Iterable[Party]) -> Party:
    for other in known:
        if other.entry == party.entry if party.entry else other.name.lower() == party.name.lower():
            return other
    return registered(party)


def registered(party: Party) -> Party:
    """The party with what the registry has on its id, or on the only actor of its name; as it is where that knows neither."""
    entry = load_world().entry(party.entry) if party.entry else load_world().titled(party.name)
    return party if entry is None else Party(party.name, entry.id, entry.country)


def _checked(name: str, value: str) -> Any:
    if name in _FIGURES:
        return _figures(name, value)
    if name not in _READ:
        known = ", ".join((*_READ, *_FIGURES))
        raise UsageError(f"{name}: can't be corrected; there are {known}")
    return _READ[name](value)


def _of(name: str, known: tuple[str, ...]) -> Callable[[str], str]:
    def read(value: str) -> str:
        if value not in known:
            raise UsageError(f"{name}: {value!r} is none; use one of {', '.join(known)}")
        return value

    return read


def _type(value: str) -> str:
    return _of("plover", tuple(plover_types()))(value)


def _parties(value: str) -> tuple[Party, ...]:
    found = []
    for part in filter(None, (p.strip() for p in value.split(";"))):
        told = _PARTY.fullmatch(part)
        if told is None:
            raise UsageError(f"{part}: is no actor; write its name, or its name and registry id as Sudria [state:SDR]")
        entry = told["entry"]
        found.append(Party(told["name"], entry, entry.removeprefix("state:") if entry and entry.startswith("state:") else None))
    return tuple(found)


def _names(value: str) -> tuple[str, ...]:
    return tuple(party.name for party in _parties(value))


def _days(value: str) -> Interval | None:
    if not value:
        return None
    try:
        first, _, last = value.partition("/")
        days = Interval(date.fromisoformat(first), date.fromisoformat(last or first) + timedelta(days=1))
    except (ValueError, OverflowError):
        raise UsageError(f"when: {value!r} is no day; write it as YYYY-MM-DD, or the first and the last as A/B") from None
    if days.start >= days.end:
        raise UsageError(f"when: {value!r} ends before it starts; write the first day and the last as A/B")
    return days


def _figures(kind: str, value: str) -> tuple[Figure, ...]:
    if not value:
        return ()
    told = _NUMBER.fullmatch(value)
    if told is None or (told["high"] and told["more"]):
        raise UsageError(f"{kind}: {value!r} is no number; write it as 12, 10-15 or 10+")
    low, high = (float(n.replace(",", "").replace("_", "")) if n else None for n in (told["low"], told["high"]))
    return (Figure(kind, low, high if high is not None else None if told["more"] else low),)


_READ: dict[str, Callable[[str], Any]] = {
    "plover": _type,
    "mode": lambda value: value or None,
    "status": _of("status", get_args(Status)),
    "actor": _parties,
    "recipient": _parties,
    "when": _days,
    "place": lambda value: value or None,
    "attributed_to": _names,
    "denied_by": _names,
}
