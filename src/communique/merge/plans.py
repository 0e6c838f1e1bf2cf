"""Plans and promises with what came of them."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from communique.merge.traits import Traits, traits_of
from communique.types.incidents import Incident, Outcome
from communique.types.text import Interval

Kept = Literal["as planned", "on another day", "day not told"]
# what a promise is a promise of, as the type of the deed
_DEEDS = frozenset({"AID", "COOPERATE", "RETREAT", "CONCEDE", "CONSULT", "SUPPORT"})
_WITHIN = timedelta(days=365)
_SHARED = 2  # words around both triggers that a promise and its deed have in common


@dataclass(frozen=True, slots=True)
class Plan:
    """An incident that was announced: since when it is known, the days that were named last, how it stands, and of those that
    were carried out whether on these days."""

    incident: str
    announced: date | None
    days: Interval | None
    outcome: Outcome
    kept: Kept | None


@dataclass(frozen=True, slots=True)
class Promise:
    """An agreement or pledge, and the incidents that may be its fulfilment: later deeds of the same sides, told in some of the
    same words. None: no report of it."""

    incident: str
    deeds: tuple[str, ...]


def plans_of(incidents: Iterable[Incident]) -> tuple[Plan, ...]:
    """The incidents that any report tells of as planned, in the order given, with what came of each."""
    return tuple(_plan(i) for i in incidents if any(step.status == "planned" for step in i.history))


def _plan(incident: Incident) -> Plan:
    planned = [step for step in incident.history if step.status == "planned"]
    done = [step for step in incident.history if step.status in ("happened", "ongoing")]
    days = next((step.when for step in reversed(planned) if step.when), None)
    told = [step.when for step in done if step.when]
    kept: Kept | None = None
    if done:
        kept = "day not told"
        if days is not None and told:
            met = any(days.start < when.end and when.start < days.end for when in told)
            kept = "as planned" if met else "on another day"
    return Plan(incident.id, planned[0].first, days, incident.outcome, kept)


def promises_of(incidents: Iterable[Incident]) -> tuple[Promise, ...]:
    """The agreements that were made, in the order given, each with the deeds of the year after that may fulfil it."""
    incidents = tuple(incidents)
    deeds: dict[frozenset[str], list[tuple[date, str, Traits]]] = defaultdict(list)
    for incident in incidents:
        if incident.plover in _DEEDS and incident.first and _is_done(incident):
            traits = traits_of(incident.tellings[0].event)
            if len(traits.sides) > 1:
                deeds[traits.sides].append((incident.first, incident.id, traits))
    for row in deeds.values():
        row.sort(key=lambda deed: deed[:2])
    made = (i for i in incidents if i.plover == "AGREE" and i.first and _is_done(i))
    return tuple(Promise(i.id, tuple(_deeds(i, deeds))) for i in made)


def _is_done(incident: Incident) -> bool:
    return incident.outcome in ("happened", "ongoing", "disputed")


def _deeds(promise: Incident, deeds: dict[frozenset[str], list[tuple[date, str, Traits]]]) -> Iterator[str]:
    assert promise.first is not None
    traits = traits_of(promise.tellings[0].event)
    row = deeds.get(traits.sides, [])
    for first, incident, deed in row[bisect_right(row, promise.first, key=lambda d: d[0]) :]:
        if first > promise.first + _WITHIN:
            return
        if (traits.words & deed.words).bit_count() >= _SHARED:
            yield incident
