"""What the filters of `communique.query.questions` come down to: a condition for each table that takes them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import partial
from typing import Any, get_args

from communique.errors import UsageError
from communique.ontology.plover import contexts, plover_types
from communique.query.conditions import (
    Condition,
    Side,
    contains,
    country,
    days_of,
    folded,
    one_of,
    period,
    sector,
    since,
    spaced,
    until,
    who,
    within,
)
from communique.query.questions import FILTERS, NEEDS, filters_of
from communique.types.entities import ActorKind
from communique.types.events import StatementKind, Status

Make = Callable[[Any], Condition]


def conditions(table: str, asked: Mapping[str, Any]) -> Condition | None:
    """What rows of the table `t` must hold for the filters that are asked for, those without a value aside; none: nothing.
    Raises UsageError naming a filter that the table has not, or a value that can't be."""
    given = {name: value for name, value in asked.items() if value is not None and value != () and value != []}
    makers, known = _TABLES[table], [f.name for f in filters_of(table)]
    for name in given:
        if name not in known:
            raise UsageError(f"{name}: {table} have no such filter; there are {', '.join(known)}")
    for name, needed in NEEDS.items():
        if given.get(name) and needed not in given:
            raise UsageError(f"{name}: of which {needed}? give a {needed} too")
    for first, last in (("since", "until"), ("published_since", "published_until")):
        if first in given and last in given and period(given[first])[0] >= period(given[last])[1]:
            raise UsageError(f"{first}: {given[first]} comes after {last} {given[last]}, so that nothing fits; exchange them")
    found = []
    if "place" in given and "radius" in given:
        found.append(within(given.pop("place"), float(given.pop("radius"))))
    if given.pop("both_ways", False):
        one, other = _pair(given.pop("dyad"))
        found.append(Condition.join("OR", (_dyad((one, other)), _dyad((other, one)))))
    found += [_any(makers[name], value, FILTERS[name].many) for name, value in given.items()]
    return Condition.join("AND", found) if found else None


def _any(make: Make, value: Any, many: bool) -> Condition:
    several = many and isinstance(value, Iterable) and not isinstance(value, str)
    return Condition.join("OR", map(make, value)) if several else make(value)


def _dyad(pair: Any) -> Condition:
    doer, other = _pair(pair)
    return Condition.join("AND", (who(_ACTOR, doer), who(_RECIPIENT, other)))


def _pair(value: Any) -> tuple[str, str]:
    if isinstance(value, str) or len(tuple(value)) != 2:
        raise UsageError(f"dyad: {value!r} is no pair; give who acts and whom on, as RUS UKR")
    one, other = value
    return str(one), str(other)


def _either(*sides: Callable[[str], Condition]) -> Make:
    return lambda value: Condition.join("OR", (side(value) for side in sides))


def _equal(name: str, column: str, allowed: Iterable[str] = (), upper: bool = False) -> Make:
    known = tuple(allowed)

    def make(value: str) -> Condition:
        word = value.upper() if upper else value.lower()
        return Condition(f"t.{column} = ?", (one_of(name, word, known) if known else word,))

    return make


def _quad(value: Any) -> Condition:
    return Condition("t.quad = ?", (int(one_of("quad", str(value), "1234")),))


def _auxiliary(value: str) -> Condition:
    word = one_of("auxiliary", value.lower(), ("historical", "hypothetical", "none"))
    if word == "none":
        return Condition("coalesce(len(t.auxiliary), 0) = 0")
    return Condition("list_contains(t.auxiliary, ?)", (word,))


def _context(value: str) -> Condition:
    return Condition("list_contains(t.contexts, ?)", (one_of("context", value.lower(), contexts()),))


def _filled(column: str) -> Make:
    return lambda value: Condition(f"coalesce(len(t.{column}), 0) {'>' if value else '='} 0")


def _confidence(value: Any) -> Condition:
    if not 0 <= float(value) <= 1:
        raise UsageError(f"confidence: {value} is none; give a number from 0 to 1")
    return Condition("t.confidence >= ?", (float(value),))


def _place(value: str) -> Condition:
    return Condition(f"contains({spaced('t.place_name')}, {spaced('?')})", (value,))


def _outlet(document: str) -> Make:
    credited = f"list_contains(list_transform(syndicated_from, lambda a: {folded('a')}), {folded('?')})"
    sql = f"({folded('t.publisher')} = {folded('?')} OR t.{document} IN (SELECT id FROM documents WHERE {credited}))"
    return lambda value: Condition(sql, (value, value))


def _document(column: str) -> Make:
    return lambda value: Condition(f"starts_with(t.{column}, ?)", (_told("document", value),))


def _story(column: str) -> Make:
    sql = f"t.{column} IN (SELECT document FROM stories WHERE story = ?)"
    return lambda value: Condition(sql, (_told("story", value),))


def _incident(value: str) -> Condition:
    sql = "(t.document, t.run, t.id) IN (SELECT (document, run, event) FROM incidents WHERE incident = ?)"
    return Condition(sql, (_told("incident", value),))


def _told(name: str, value: str) -> str:
    if not value.strip():
        raise UsageError(f"{name}: an empty id; give one that a listing shows")
    return value.strip()


def _told_in(*texts: str) -> Make:
    return lambda value: contains(texts, value)


_ACTOR, _RECIPIENT, _SPEAKER = Side.lists("actor"), Side.lists("recipient"), Side.one("speaker_")
_SUBJECT, _OBJECT, _SELF = Side.one("subject_"), Side.one("object_"), Side.one("")
_EVIDENCE = "array_to_string(list_transform(t.evidence, lambda s: s.text), ' ')"


def _sides(*sides: Side) -> dict[str, Make]:
    return {
        "country": _either(*(partial(country, side) for side in sides)),
        "sector": _either(*(partial(sector, side) for side in sides)),
    }


def _party(*sides: Side) -> Make:
    return _either(*(partial(who, side) for side in sides))


_REPORTED: dict[str, Make] = {
    "published_since": since("t.published_end"),
    "published_until": until("t.published_start"),
}
_OF_DOCUMENT: dict[str, Make] = {
    **_REPORTED,
    "outlet": _outlet("document"),
    "document": _document("document"),
    "story": _story("document"),
}


def _when(marked: bool) -> dict[str, Make]:
    starts, ends = days_of("t", marked)
    return {"since": since(ends), "until": until(starts)}


_EVENTS: dict[str, Make] = {
    "actor": partial(who, _ACTOR),
    "recipient": partial(who, _RECIPIENT),
    "party": _party(_ACTOR, _RECIPIENT),
    "dyad": _dyad,
    **_sides(_ACTOR, _RECIPIENT),
    "type": _equal("type", "plover", plover_types(), upper=True),
    "quad": _quad,
    "mode": _equal("mode", "mode"),
    "context": _context,
    "status": _equal("status", "status", get_args(Status)),
    "auxiliary": _auxiliary,
    "attributed": _filled("attributed_to"),
    "denied": _filled("denied_by"),
    "place": _place,
    "place_country": _equal("place_country", "place_country", upper=True),
    **_when(marked=True),
    "confidence": _confidence,
    "text": _told_in("t.trigger", _EVIDENCE),
    **_OF_DOCUMENT,
    "incident": _incident,
}
_DOCUMENTS: dict[str, Make] = {
    **_REPORTED,
    "outlet": _outlet("id"),
    "text": _told_in("t.title", "t.text"),
    "document": _document("id"),
    "story": _story("id"),
}
_TABLES: dict[str, dict[str, Make]] = {
    "documents": _DOCUMENTS,
    "events": _EVENTS,
    "statements": {
        "actor": partial(who, _SPEAKER),
        **_sides(_SPEAKER),
        "kind": _equal("kind", "kind", get_args(StatementKind)),
        **_when(marked=False),
        "text": _told_in("t.content"),
        **_OF_DOCUMENT,
    },
    "facts": {
        "actor": partial(who, _SUBJECT),
        "party": _party(_SUBJECT, _OBJECT),
        **_sides(_SUBJECT, _OBJECT),
        "predicate": _equal("predicate", "predicate"),
        "attributed": _filled("attributed_to"),
        "confidence": _confidence,
        "text": _told_in(_EVIDENCE),
        **_OF_DOCUMENT,
    },
    "actors": {
        "actor": partial(who, _SELF),
        **_sides(_SELF),
        "kind": _equal("kind", "kind", get_args(ActorKind)),
        **_OF_DOCUMENT,
    },
}
