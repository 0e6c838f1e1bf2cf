"""Accounts of one act that name rival authors and so stay two incidents: A says that B shelled a town, B says that A did."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from communique.types.incidents import EventTold, Incident, Party

_BLAMED = ("ASSAULT", "COERCE", "MOBILIZE")  # types that each of two sides may lay at the other's door
_APART = timedelta(days=1)


def rivals_of(incidents: Iterable[Incident]) -> Iterator[tuple[Incident, Incident]]:
    """Pairs of incidents of one type, town and day, give or take one, of which one is vouched for by whom the other has as its
    author, and names another author; the earlier first: by day, then by first report."""
    at: dict[tuple[str, str], list[tuple[date, date, str, Incident]]] = defaultdict(list)
    for incident in incidents:
        event = incident.tellings[0].event
        if incident.plover in _BLAMED and event.place and event.place_precision == "city" and (day := _day(event)):
            at[incident.plover, event.place.lower()].append((day, incident.first or day, incident.id, incident))
    for row in at.values():
        row.sort(key=lambda told: told[:3])
        for n, (day, _, _, one) in enumerate(row):
            for *_, other in row[n + 1 : bisect_left(row, day + _APART + timedelta(days=1), key=lambda told: told[0])]:
                if _blames(one, other) or _blames(other, one):
                    yield one, other


def _day(event: EventTold) -> date | None:
    days = event.when or event.published
    return days.start if days else None


def _blames(one: Incident, other: Incident) -> bool:
    """Whether the author that `one` has vouches for `other`, in which somebody else is the author."""
    for told in (t.event for t in one.tellings):
        for rival in (t.event for t in other.tellings):
            if told.actor and rival.actor and not _keys(told.actor) & _keys(rival.actor) and _vouches(told.actor, rival):
                return True
    return False


def _vouches(authors: Iterable[Party], rival: EventTold) -> bool:
    """Whether one of the authors is whom an event is attributed to, by its name, or by its state where that is no author of the
    event."""
    acting = {p.country for p in rival.actor}
    said = set(rival.attributed_to)
    states = {p.country for p in (*rival.actor, *rival.recipient) if p.name in said and p.country}
    return any(p.name in said or (p.country in states and p.country not in acting) for p in authors)


def _keys(parties: Iterable[Party]) -> set[str]:
    return {p.entry or p.name.lower() for p in parties}
