"""What can be asked of a desk: its listings and the filters that each takes. Loads nothing, as commands are made of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

LISTED: Mapping[str, str] = MappingProxyType(
    {
        "documents": "List the reports that were read.",
        "events": "List events: who did what to whom.",
        "statements": "List statements: who said what.",
        "facts": "List facts: offices, alliances, memberships and what else holds.",
        "actors": "List actors: whom each report names.",
        "stories": "List stories, documents about the same thing; filters say what one of them must be.",
        "incidents": "List incidents, happenings with all tellings; filters say what one of them must be.",
    }
)
# the listings whose filters are put to what they are made of
MADE_OF = {"stories": "documents", "incidents": "events"}
# a filter that says more of another, which must be given too
NEEDS = {"both_ways": "dyad", "radius": "place"}


@dataclass(frozen=True, slots=True)
class Filter:
    """A filter: its name, the type of its value, the tables that take it, what it does, in words, and what its value is
    called. `many`: several values may be given, of which one must hold."""

    name: str
    type: Any
    of: tuple[str, ...]
    help: str
    metavar: str | None = None
    many: bool = False


_ALL = ("documents", "events", "statements", "facts", "actors")
_PARTS = _ALL[1:]
_DATED = ("events", "statements")
_SURE = ("events", "facts")
_EVENTS = ("events",)
_KNOWN = (
    Filter("actor", str, _PARTS, "Who acts, speaks or is meant: a name, RUS, MIL, RUS/MIL, state:RUS.", "WHO", True),
    Filter("recipient", str, _EVENTS, "Whom it is done to.", "WHO", True),
    Filter("party", str, _SURE, "Who takes part on either side.", "WHO", True),
    Filter("dyad", tuple[str, str], _EVENTS, "Who acts, and on whom.", "WHO WHOM"),
    Filter("both_ways", bool, _EVENTS, "The dyad in either direction."),
    Filter("country", str, _PARTS, "A country that somebody on either side acts for.", "CODE", True),
    Filter("sector", str, _PARTS, "A sector that somebody on either side belongs to.", "CODE", True),
    Filter("type", str, _EVENTS, "A PLOVER type.", "TYPE", True),
    Filter("quad", int, _EVENTS, "A quad class, 1 to 4.", "NUMBER", True),
    Filter("mode", str, _EVENTS, "A mode.", "MODE", True),
    Filter("context", str, _EVENTS, "A context.", "CONTEXT", True),
    Filter("status", str, _EVENTS, "A status.", "STATUS", True),
    Filter("auxiliary", str, _EVENTS, "historical, hypothetical, or none of them.", "WORD", True),
    Filter("attributed", bool, _SURE, "Only what others vouch for, or only what reports vouch for themselves."),
    Filter("denied", bool, _EVENTS, "Only what somebody denies, or only what nobody does."),
    Filter("kind", str, ("statements", "actors"), "A kind of statement or of actor.", "KIND", True),
    Filter("predicate", str, ("facts",), "A predicate, as holds_office.", "WORD", True),
    Filter("place", str, _EVENTS, "A place by name; with --radius also in degrees, as 38.7,-9.1.", "PLACE"),
    Filter("radius", float, _EVENTS, "Within so many km of the place.", "KM"),
    Filter("place_country", str, _EVENTS, "The country that the place lies in.", "CODE", True),
    Filter("since", str, _DATED, "On this day, month or year, or later: its own or, without any, its report's.", "DATE"),
    Filter("until", str, _DATED, "By this day, month or year: its own or, without any, its report's.", "DATE"),
    Filter("published_since", str, _ALL, "Reported on this day, month or year, or later.", "DATE"),
    Filter("published_until", str, _ALL, "Reported by this day, month or year.", "DATE"),
    Filter("outlet", str, _ALL, "Who published the report, or an agency that it credits.", "NAME", True),
    Filter("confidence", float, _SURE, "At least so sure, from 0 to 1.", "NUMBER"),
    Filter("text", str, ("documents", *_DATED, "facts"), "Words in the trigger, evidence, content or report.", "WORDS"),
    Filter("document", str, _ALL, "Of this document, by its id or how that begins.", "ID", True),
    Filter("story", str, _ALL, "Of this story.", "ID", True),
    Filter("incident", str, _EVENTS, "Of this incident.", "ID", True),
)
FILTERS: Mapping[str, Filter] = MappingProxyType({f.name: f for f in _KNOWN})


def filters_of(listing: str) -> tuple[Filter, ...]:
    """The filters that a listing takes, in the order that they are told in."""
    table = MADE_OF.get(listing, listing)
    return tuple(f for f in _KNOWN if table in f.of)


def filters_of_search() -> tuple[Filter, ...]:
    """The filters that a search takes: those of what it finds, but words and kinds, which it is given otherwise."""
    taken = {f.name for listing in ("documents", "statements", "events") for f in filters_of(listing)} - {"text", "kind"}
    return tuple(f for f in _KNOWN if f.name in taken)
