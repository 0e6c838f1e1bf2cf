"""Whether a desk has what filters name: ids, codes of countries, modes. What it lacks is told with what is written like it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from communique.errors import UsageError
from communique.ontology.plover import plover_types
from communique.ontology.world import load_world
from communique.query.conditions import nearest
from communique.query.view import View

# the table, its ids as they are shown, and which of them is meant
_IDS = {
    "document": ("documents", "left(id, 12)", "starts_with(id, ?)"),
    "story": ("stories", "story", "story = ?"),
    "incident": ("incidents", "incident", "incident = ?"),
}
_CODES = "SELECT DISTINCT country AS value FROM actors UNION SELECT DISTINCT country AS value FROM places"
_MODES = "SELECT DISTINCT mode AS value FROM events"


def check_known(view: View, asked: Mapping[str, Any]) -> None:
    """Raises UsageError for an id of a document, story or incident that the desk lacks, and for a mode or the code of a country
    that neither it nor the tables have: codebooks and corrections may bring in their own."""
    for name in _IDS:
        for value in _values(asked.get(name)):
            _check_id(view, name, value.strip())
    for name in ("country", "place_country"):
        for value in _values(asked.get(name)):
            _check(view, name, value.upper(), load_world().states, _CODES, "three letters of ISO 3166-1, as RUS")
    modes = {mode for one in plover_types().values() for mode in one.modes}
    for value in _values(asked.get("mode")):
        _check(view, "mode", value.lower(), modes, _MODES, f"one of {', '.join(sorted(modes))}")


def unmerged(view: View) -> int:
    """How many documents came, or were read anew, after the last merge: none of their events is in an incident."""
    count: int = view.ask("SELECT count(*) AS n FROM documents WHERE id NOT IN (SELECT document FROM stories)")["n"][0].as_py()
    return count


def _values(value: Any) -> Iterable[str]:
    if value is None:
        return ()
    return (value,) if isinstance(value, str) else value


def _check_id(view: View, name: str, value: str) -> None:
    table, shown, meant = _IDS[name]
    if view.ask(f"SELECT 1 FROM {table} WHERE {meant} LIMIT 1", (value,)).num_rows:
        return
    if name == "document" and any(one.startswith(value) for one in view.older):
        raise UsageError(
            f"document: {value!r} is an older version of its report; ask with --all-versions, or see communique show"
        )
    known = view.ask(f"SELECT DISTINCT {shown} AS value FROM {table} ORDER BY value")["value"].to_pylist()
    raise UsageError(f"{name}: the desk has no {value!r}; use {nearest(value, known)}an id that `communique {table}` shows")


def _check(view: View, name: str, value: str, known: Collection[str], query: str, otherwise: str) -> None:
    if value in known:
        return
    there = [one for one in view.ask(query)["value"].to_pylist() if one]
    if value not in there:
        raise UsageError(f"{name}: there is no {value!r}; use {nearest(value, sorted({*known, *there}))}{otherwise}")
