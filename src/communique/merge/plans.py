"""Plans and promises with what came of them."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from communique.merge.history import denies
from communique.merge.traits import Traits, traits_of
from communique.types.incidents import Incident, Outcome
from communique.types.text import Interval

Kept = Literal["as planned", "on another day", "day not told"]
# what a promise is a promise of, as the type of the deed
_DEEDS = frozenset({"AID", "COOPERATE", "RETREAT", "CONCEDE", "CONSULT", "SUPPORT"})
_WITHIN = timedelta(days=365)
_PLEDGE = re.compile(r"\b(?:pledg|promis|vow|commit|guarante|undert[ao]k|swore|sworn|assur)", re.IGNORECASE)
# "agreed on Monday to lift", "signed a deal under which it will lift", but not "agreed to a truce", "agreed to talks"
_NO_VERB = r"(?!(?:an?|the|this|that|its|his|her|their|our|all|both|each)\b|[a-z]*[^s\W]s\b)"
_ACT_TO_COME = re.compile(rf"[^.;:!?\n]{{0,60}}?\b(?:to {_NO_VERB}[a-z]+|will|would|shall)\b")
_SHARED = 2  # words around both triggers that a promise and its deed have in common


@dataclass(frozen=True, slots=True)
class Plan:
    """An incident that was announced: since when it is known, the days that were named last, those named first where it was
    moved from them, how it stands, and of those that were carried out whether on these days."""

    incident: str
    announced: date | None
    days: Interval | None
    outcome: Outcome
    kept: Kept | None
    moved_from: Interval | None = None


@dataclass(frozen=True, slots=True)
class Promise:
    """A pledge, or an agreement to do something later, and the incidents that may be its fulfilment: later deeds of the same
    sides, told in some of the same words. None: no report of it."""

    incident: str
    deeds: tuple[str, ...]


def plans_of(incidents: Iterable[Incident]) -> tuple[Plan, ...]:
    """The incidents that any report tells of as planned, in the order given, with what came of each."""
    return tuple(_plan(i) for i in incidents if any(step.status == "planned" for step in i.history))


def _plan(incident: Incident) -> Plan:
    planned = [step for step in incident.history if step.status == "planned"]
    done = [step for step in incident.history if step.status in ("happened", "ongoing")]
    named = [step.when for step in planned if step.when]
    days = named[-1] if named else None
    told = [step.when for step in done if step.when]
    kept: Kept | None = None
    if done:
        kept = "day not told"
        if days is not None and told:
            kept = "as planned" if any(_meet(days, when) for when in told) else "on another day"
    moved = days is not None and not _meet(named[0], days)
    return Plan(incident.id, planned[0].first, days, incident.outcome, kept, named[0] if moved else None)


def _meet(one: Interval, other: Interval) -> bool:
    return one.start < other.end and other.start < one.end


def promises_of(incidents: Iterable[Incident]) -> tuple[Promise, ...]:
    """What was promised, in the order given, each with the deeds of the year after that may fulfil it. Agreements that bind
    nobody to an act to come, as a law that is signed or a ceasefire, are none, nor is what only a plan tells of."""
    incidents = tuple(incidents)
    deeds: dict[frozenset[str], list[tuple[date, str, Traits]]] = defaultdict(list)
    for incident in incidents:
        if incident.plover in _DEEDS and incident.first and _is_done(incident):
            traits = traits_of(incident.tellings[0].event)
            if len(traits.sides) > 1:
                deeds[traits.sides].append((incident.first, incident.id, traits))
    for row in deeds.values():
        row.sort(key=lambda deed: deed[:2])
    made = (i for i in incidents if i.plover == "AGREE" and i.first and _is_done(i) and _commits(i))
    return tuple(Promise(i.id, tuple(_deeds(i, deeds))) for i in made)


def _commits(incident: Incident) -> bool:
    """Whether a report of it as done gives somebody's word for an act to come: by a verb of promising, or by what is agreed to
    be done, said after the trigger."""
    told = (t.event for t in incident.tellings if t.event.status in ("happened", "ongoing") and not denies(t.event))
    return any(_PLEDGE.search(e.words) or _ACT_TO_COME.match(e.evidence.partition(e.words)[2]) for e in told)


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
