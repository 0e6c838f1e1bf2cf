"""Events of many reports become incidents: the same happening, told by many.

Candidates meet in `blocks`; those that can have enough points (`bounds`) are weighed by `reasons`, and grouped by `linkage`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from hashlib import sha256

from communique.merge.accounts import fields_of
from communique.merge.gathering import Gathering, order
from communique.merge.history import history_of, outcome_of, sources
from communique.merge.traits import common_words
from communique.types.incidents import Anchor, EventTold, Incident, Voice


def incidents_of(events: Iterable[EventTold], as_of: date | None = None) -> tuple[Incident, ...]:
    """The incidents that events tell of, each event in exactly one, in the order of their first reports. `as_of` is the day
    as of which plans are overdue; the day of the last report if not given. The order of the events does not matter."""
    events = tuple(events)
    as_of = as_of or last_report(events)
    return in_order(incident_of(tellings, as_of) for tellings in gather(events))


def in_order(incidents: Iterable[Incident]) -> tuple[Incident, ...]:
    """Incidents by the day of their first report, those without one first."""
    return tuple(sorted(incidents, key=lambda i: (i.first or date.min, i.id)))


def last_report(events: Iterable[EventTold]) -> date | None:
    """The day of the last report of any of the events."""
    return max((e.published.start for e in events if e.published), default=None)


def incident_of(tellings: Iterable[Voice], as_of: date | None = None) -> Incident:
    """The incident that these tellings make up: type and mode by the most independent sources, accounts of every field, and
    its history. Raises ValueError when there are none."""
    told = tuple(sorted(tellings, key=lambda t: order(t.event)))
    if not told:
        raise ValueError("an incident has at least one telling")
    events = tuple(t.event for t in told)
    days = [e.published.start for e in events if e.published]
    history = history_of(events)
    kind = _most((e.plover, e.group) for e in events)
    return Incident(
        identity(events),
        kind,
        _most((e.mode, e.group) for e in events if e.mode and e.plover == kind) or None,
        told,
        sources(events),
        min(days, default=None),
        max(days, default=None),
        outcome_of(events, as_of),
        fields_of(events),
        history,
    )


def identity(events: Iterable[EventTold]) -> str:
    """The id of the incident with these tellings: `i` and twelve digits, from the anchor of the first."""
    return name(min(events, key=order).anchor)


def name(first: Anchor) -> str:
    """The id of the incident whose first telling has this anchor."""
    return "i" + sha256(f"{first.text_id}:{first.start}:{first.end}".encode()).hexdigest()[:12]


def _most(told: Iterable[tuple[str, str]]) -> str:
    """Of values with their sources, that which most sources have; of as many, the first in the alphabet."""
    groups: dict[str, set[str]] = defaultdict(set)
    for value, group in told:
        groups[value].add(group)
    return min(groups, key=lambda v: (-len(groups[v]), v), default="")


def gather(events: Iterable[EventTold]) -> tuple[tuple[Voice, ...], ...]:
    """The tellings of each incident with the reasons for them, in an order that does not depend on that of the events."""
    events = tuple(events)
    gathering: Gathering[EventTold] = Gathering(common_words({event.anchor: event.evidence for event in events}.values()))
    for event in events:
        gathering.add(event, event)
    return tuple(tuple(Voice(t.told, t.likeness, t.reasons) for t in tellings) for tellings in gathering.groups())
