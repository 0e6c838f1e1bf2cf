"""Why filters let nothing through: which of them does so by itself, and what the desk has that is written like its value."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from communique.query.conditions import Condition, folded
from communique.query.filters import conditions
from communique.query.listings import LISTINGS
from communique.query.questions import NEEDS
from communique.query.view import View

_ALIKE = 0.8  # Jaro-Winkler similarity, from 0 to 1
_MOST = 3
_ACTORS = "SELECT DISTINCT name AS value FROM actors"
_NAMES = {
    "outlet": "SELECT DISTINCT publisher AS value FROM documents UNION SELECT unnest(syndicated_from) FROM documents",
    "place": "SELECT DISTINCT place_name AS value FROM events",
    "predicate": "SELECT DISTINCT predicate AS value FROM facts",
    **dict.fromkeys(("actor", "recipient", "party", "dyad"), _ACTORS),
}


def why_empty(view: View, listing: str, asked: Mapping[str, Any]) -> tuple[str, ...]:
    """What keeps all rows of a listing out, a line each: filters that let nothing through by themselves, with up to three names
    of the desk that are written most like what they ask for (Jaro-Winkler similarity). Nothing where rows are let through, or
    no filter is given."""
    table = LISTINGS[listing].of
    given = {name: value for name, value in asked.items() if value not in (None, (), [])}
    if not given or _lets_through(view, table, given):
        return ()
    alone = [
        f"{name}: nothing on the desk fits {_told(value)}{_nearest(view, name, value)}"
        for name, value in given.items()
        if name not in NEEDS and not _lets_through(view, table, {name: value} | _with(name, given))
    ]
    return tuple(alone or ["nothing fits all filters at once, though each by itself lets something through"])


def undated(view: View, asked: Mapping[str, Any]) -> int:
    """How many of the events that filters let through have no days of their own."""
    condition = conditions("events", asked) or Condition("true")
    query = f"SELECT count(*) AS n FROM events AS t WHERE t.when_start IS NULL AND {condition.sql}"
    count: int = view.ask(query, condition.values)["n"][0].as_py()
    return count


def _with(name: str, given: Mapping[str, Any]) -> dict[str, Any]:
    """The filters that say more of a filter."""
    return {more: given[more] for more, of in NEEDS.items() if of == name and more in given}


def _lets_through(view: View, table: str, given: Mapping[str, Any]) -> bool:
    condition = conditions(table, given) or Condition("true")
    return bool(view.ask(f"SELECT 1 FROM {table} AS t WHERE {condition.sql} LIMIT 1", condition.values).num_rows)


def _told(value: Any) -> str:
    return " or ".join(map(repr, _values(value))) if not isinstance(value, tuple) else " and ".join(map(repr, value))


def _values(value: Any) -> Iterable[Any]:
    return value if isinstance(value, (list, tuple)) else (value,)


def _nearest(view: View, name: str, value: Any) -> str:
    if name not in _NAMES:
        return ""
    asked = [str(one) for one in _values(value) if len(str(one)) > 3]  # codes are like many names
    found = list(dict.fromkeys(one for own in asked for one in _names_like(view, name, own)))
    same = [one for one in found if one.casefold() in {own.casefold() for own in asked}]
    if same:
        return f"; {', '.join(same)} is on the desk, but stands in no such place"
    return f"; it has {', '.join(found[:_MOST])}" if found else ""


def _names_like(view: View, name: str, asked: str) -> Iterator[str]:
    # as a whole, or to one of its words, as surnames are asked for
    words = f"list_transform(string_split({folded('value')}, ' '), lambda w: jaro_winkler_similarity(w, {folded('?')}))"
    near = f"greatest(jaro_winkler_similarity({folded('value')}, {folded('?')}), list_max({words}))"
    query = f"SELECT value FROM ({_NAMES[name]}) WHERE {near} >= {_ALIKE} ORDER BY {near} DESC, value LIMIT {_MOST}"
    yield from view.ask(query, (asked,) * 4)["value"].to_pylist()
