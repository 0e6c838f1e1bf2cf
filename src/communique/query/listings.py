"""What can be listed of a desk: documents, events, statements, facts, actors, stories, incidents."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from communique.query.conditions import Condition, period
from communique.query.filters import conditions
from communique.query.known import check_known
from communique.query.relations import Relation
from communique.query.view import View

_SHOWN_ID = "left(t.document, 12) || '/' || t.id AS id, * EXCLUDE (id)"
_BY_REPORT = ('"published_start" DESC', '"document"', 'length("id")', '"id"')


@dataclass(frozen=True, slots=True)
class Listing:
    """A listing: its rows as SQL, where `{where}` stands for the condition; `of` is the table whose rows the filters are put
    to, `shown` what a table for people has,
    `ties` the order of pages."""

    select: str
    of: str
    shown: tuple[str, ...]
    ties: tuple[str, ...]


_STORIES = """
SELECT s.story AS id, count(*) AS documents, count(*) FILTER (WHERE s.copy_of IS NULL) AS originals,
  count(DISTINCT d.publisher) AS outlets, min(d.published_start) AS first, max(d.published_start) AS last,
  first(coalesce(d.title, d.source) ORDER BY d.published_start, d.id) AS title,
  list_sort(list_distinct(list(d.publisher))) AS publishers, list(left(d.id, 12) ORDER BY d.published_start, d.id) AS members
FROM stories AS s JOIN documents AS d ON d.id = s.document
WHERE s.story IN (SELECT m.story FROM stories AS m JOIN documents AS t ON t.id = m.document WHERE {where})
GROUP BY s.story"""

_TOLD = (
    *("plover", "mode", "quad", "actor_names", "actor_countries", "recipient_names", "recipient_countries"),
    *("when_start", "when_end", "place_name", "place_country", "latitude", "longitude", "trigger"),
)
# what an incident is, is said by the telling that is surest
_SUREST = ", ".join(f'first(e."{c}" ORDER BY e.confidence DESC, e.document, length(e.id), e.id) AS "{c}"' for c in _TOLD)
_INCIDENTS = f"""
SELECT i.incident AS id, {_SUREST}, count(*) AS tellings, count(DISTINCT e.document) AS documents,
  count(DISTINCT coalesce(s.copy_of, e.document)) AS originals, count(DISTINCT e.publisher) AS outlets,
  list_sort(list_distinct(list(e.status))) AS statuses,
  min(e.published_start) AS first, max(e.published_start) AS last, max(e.confidence) AS confidence,
  list(left(e.document, 12) || '/' || e.id ORDER BY e.published_start, e.document, length(e.id), e.id) AS members
FROM incidents AS i JOIN events AS e ON e.document = i.document AND e.run = i.run AND e.id = i.event
  LEFT JOIN (SELECT document, any_value(copy_of) AS copy_of FROM stories GROUP BY document) AS s ON s.document = e.document
WHERE i.incident IN (
  SELECT m.incident FROM incidents AS m JOIN events AS t ON t.document = m.document AND t.run = m.run AND t.id = m.event
  WHERE {{where}})
GROUP BY i.incident"""

LISTINGS: dict[str, Listing] = {
    "documents": Listing(
        "SELECT left(t.id, 12) AS id, t.id AS document, * EXCLUDE (id, text, record) FROM documents AS t WHERE {where}",
        "documents",
        ("id", "published_start", "publisher", "title", "source"),
        ('"published_start" DESC', '"document"'),
    ),
    "events": Listing(
        f"SELECT {_SHOWN_ID} FROM events AS t WHERE {{where}}",
        "events",
        (
            "id",
            "plover",
            "mode",
            "status",
            "actor_names",
            "recipient_names",
            "when_start",
            "place_name",
            "trigger",
            "confidence",
        ),
        _BY_REPORT,
    ),
    "statements": Listing(
        f"SELECT {_SHOWN_ID} FROM statements AS t WHERE {{where}}",
        "statements",
        ("id", "published_start", "publisher", "speaker_name", "cue", "content"),
        _BY_REPORT,
    ),
    "facts": Listing(
        f"SELECT {_SHOWN_ID} FROM facts AS t WHERE {{where}}",
        "facts",
        ("id", "subject_name", "predicate", "object_name", "begin", "end", "confidence"),
        _BY_REPORT,
    ),
    "actors": Listing(
        f"SELECT {_SHOWN_ID} FROM actors AS t WHERE {{where}}",
        "actors",
        ("id", "name", "kind", "country", "sectors", "entry", "resolved_by"),
        _BY_REPORT,
    ),
    "stories": Listing(
        _STORIES,
        "documents",
        ("id", "documents", "originals", "outlets", "first", "last", "title"),
        ('"last" DESC', '"id"'),
    ),
    "incidents": Listing(
        _INCIDENTS,
        "events",
        (
            "id",
            "plover",
            "actor_names",
            "recipient_names",
            "when_start",
            "place_name",
            "statuses",
            "tellings",
            "originals",
            "last",
        ),
        ('"last" DESC', '"id"'),
    ),
}


def listed(view: View, name: str, asked: Mapping[str, Any]) -> Relation:
    """The rows of a listing for which all filters hold. Raises UsageError for a filter that it has not, or a value
    that can't be or that the desk does not know."""
    listing = LISTINGS[name]
    condition = conditions(listing.of, asked) or Condition("true")
    check_known(view, asked)
    query = listing.select.format(where=condition.sql)
    since, until = (period(asked[name]) if asked.get(name) else None for name in ("since", "until"))
    within = (since[0] if since else None, until[1] if until else None)
    return Relation(view, query, condition.values, listing.ties, listing.shown, within=within)
