"""Plans and promises with what came of them."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import product
from typing import Literal

from communique.merge.history import denies
from communique.merge.traits import content_of, traits_of
from communique.types.incidents import EventTold, Incident, Outcome, Voice
from communique.types.text import Interval

Kept = Literal["as planned", "on another day", "day not told"]
# what a promise is a promise of, as the type of the deed
_DEEDS = frozenset({"AID", "COOPERATE", "RETREAT", "CONCEDE", "CONSULT", "SUPPORT"})
_DONE = ("happened", "ongoing")
_WITHIN = timedelta(days=365)
_PLEDGE = re.compile(r"\b(?:pledg|promis|vow|commit|guarante|undert[ao]k|swore|sworn|assur)", re.IGNORECASE)
# "agreed on Monday to lift", "signed a deal under which it will lift", but not "agreed to a truce", "agreed to talks"
_NO_VERB = r"(?!(?:an?|the|this|that|its|his|her|their|our|all|both|each)\b|[a-z]*[^s\W]s\b)"
_ACT_TO_COME = re.compile(rf"[^.;:!?\n]{{0,60}}?\b(?:to {_NO_VERB}[a-z]+|will|would|shall)\b")
_SHARED = 2  # words and numbers that a promise and its deed have in common


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
    states, told in some of the same words, or named by the promise. None: no report of it."""

    incident: str
    deeds: tuple[str, ...]


def plans_of(incidents: Iterable[Incident]) -> tuple[Plan, ...]:
    """The incidents that any report tells of as planned, in the order given, with what came of each."""
    return tuple(_plan(i) for i in incidents if any(step.status == "planned" for step in i.history))


def _plan(incident: Incident) -> Plan:
    planned = [step for step in incident.history if step.status == "planned"]
    done = [step for step in incident.history if step.status in _DONE]
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
    deeds = [_Deed.of(i) for i in incidents if i.plover in _DEEDS and i.first and _is_done(i)]
    by_word: _ByWord = defaultdict(list)
    for deed in sorted(deeds, key=lambda d: (d.incident.first or date.min, d.incident.id)):
        for key in product(deed.countries, deed.content):
            by_word[key].append(deed)
    ahead: dict[str, list[tuple[EventTold, Incident]]] = defaultdict(list)
    for incident in incidents:
        for event in map(_event, incident.tellings):
            if event.status == "planned":
                ahead[event.document].append((event, incident))
    made = ((i, _named(i, ahead)) for i in incidents if i.plover == "AGREE" and i.first and _is_done(i))
    return tuple(Promise(i.id, tuple(_deeds(i, acts, by_word))) for i, acts in made if acts or _commits(i))


def _named(promise: Incident, ahead: Mapping[str, Sequence[tuple[EventTold, Incident]]]) -> list[tuple[EventTold, Incident]]:
    """What reports of a promise as made tell in the same words to be to come, with the incidents that it is in."""
    made = (e for e in map(_event, promise.tellings) if e.status in _DONE and e.evidence)
    return [(act, i) for e in made for act, i in ahead.get(e.document, ()) if e.evidence in act.evidence and i is not promise]


def _commits(incident: Incident) -> bool:
    """Whether a report of it as done gives somebody's word for an act to come: by a verb of promising, or by what is agreed to
    be done, said after the trigger."""
    told = (t.event for t in incident.tellings if t.event.status in _DONE and not denies(t.event))
    return any(_PLEDGE.search(e.words) or _ACT_TO_COME.match(e.evidence.partition(e.words)[2]) for e in told)


def _is_done(incident: Incident) -> bool:
    return incident.outcome in ("happened", "ongoing", "disputed")


@dataclass(frozen=True, slots=True)
class _Deed:
    """A promise or a deed with what is compared: who acts and whom it is for, as countries or, without, entries and names;
    the words of its first telling that are not their names, and its amounts of money."""

    incident: Incident
    actor: frozenset[str]
    recipient: frozenset[str]
    countries: frozenset[str]
    content: frozenset[str]

    @classmethod
    def of(cls, incident: Incident) -> _Deed:
        event = next((e for e in map(_event, incident.tellings) if e.status in _DONE), incident.tellings[0].event)
        traits = traits_of(event)
        actor = traits.actor_countries or traits.actor
        recipient = traits.recipient_countries or traits.recipient
        return cls(incident, actor, recipient, actor | recipient, content_of(event))

    def may_fulfil(self, promise: _Deed) -> bool:
        """Whether it is of the states, or other parties, of a promise: whoever acts for a state acts as it. For whom it is may
        be left open by either."""
        if self.actor == self.recipient or promise.actor == promise.recipient:
            return len(self.countries & promise.countries) > 1
        for_others = self.recipient and promise.recipient
        return bool(self.actor & promise.actor) and (not for_others or bool(self.recipient & promise.recipient))


def _event(voice: Voice) -> EventTold:
    return voice.event


_ByWord = dict[tuple[str, str], list[_Deed]]
"""Deeds from the first to the last, by a country of theirs and a word or number."""


def _deeds(promise: Incident, acts: Sequence[tuple[EventTold, Incident]], by_word: _ByWord) -> Iterator[str]:
    """Later deeds that tell of the same thing, or that the promise itself names as what is to come."""
    made = _Deed.of(promise)
    first = _began(made)
    shared = Counter[str]()
    deeds: dict[str, _Deed] = {}
    for word in made.content.union(*(content_of(act) for act, _ in acts)):
        met: dict[str, _Deed] = {}
        for country in made.countries:
            row = by_word.get((country, word), ())
            later = row[bisect_right(row, first, key=_began) : bisect_right(row, first + _WITHIN, key=_began)]
            met |= {deed.incident.id: deed for deed in later}
        shared.update(met.keys())
        deeds |= met
    found = {id: _began(deeds[id]) for id, words in shared.items() if words >= _SHARED and deeds[id].may_fulfil(made)}
    found |= {i.id: i.first or first for _, i in acts if i.plover in _DEEDS and _is_done(i)}
    yield from sorted(found, key=lambda incident: (found[incident], incident))


def _began(deed: _Deed) -> date:
    return deed.incident.first or date.min
