"""What many reports together say: plans and promises with what came of them, and where reports contradict each other."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

import pyarrow as pa

from communique.merge.history import names
from communique.merge.plans import plans_of, promises_of
from communique.merge.rivals import rivals_of
from communique.query.accounts import incidents_in
from communique.query.listings import listed
from communique.query.view import View
from communique.types.incidents import Account, Incident

_PLANS = pa.schema(
    [
        ("incident", pa.string()),
        ("plover", pa.string()),
        ("actor", pa.list_(pa.string())),
        ("recipient", pa.list_(pa.string())),
        ("kind", pa.string()),
        ("announced", pa.date32()),
        ("planned_start", pa.date32()),
        ("planned_end", pa.date32()),
        ("moved_from", pa.date32()),
        ("outcome", pa.string()),
        ("kept", pa.string()),
        ("deeds", pa.list_(pa.string())),
    ]
)
_CONTRADICTIONS = pa.schema(
    [
        ("incident", pa.string()),
        ("plover", pa.string()),
        ("actor", pa.list_(pa.string())),
        ("recipient", pa.list_(pa.string())),
        ("field", pa.string()),
        ("said", pa.list_(pa.string())),
        ("events", pa.list_(pa.list_(pa.string()))),
    ]
)


def plans_on(view: View, asked: Mapping[str, Any] | None = None, as_of: date | None = None) -> pa.Table:
    """A row for each plan (`kind` plan: announced when, for which days, the first of the days that it was moved from, its
    outcome, and whether kept on its days) and each promise (`kind` promise: the incidents that may be its fulfilment, as
    `deeds`) of a desk; only of incidents for which the filters `asked` hold, which are those of incidents. `as_of` is the day
    that days are past by (none: that of the last report)."""
    incidents = incidents_in(view, as_of=as_of)
    known = {i.id: i for i in incidents}
    chosen = _chosen(view, asked or {})
    rows: list[dict[str, Any]] = []
    for plan in plans_of(incidents):
        days = {"planned_start": plan.days.start, "planned_end": plan.days.end} if plan.days else {}
        found = {"kind": "plan", "announced": plan.announced, "outcome": plan.outcome, "kept": plan.kept}
        found |= {"moved_from": plan.moved_from.start} if plan.moved_from else {}
        rows.append(_parties(known[plan.incident]) | found | days)
    for promise in promises_of(incidents):
        own = known[promise.incident]
        outcome = "happened" if promise.deeds else "no report of it"
        rows.append(
            _parties(own) | {"kind": "promise", "announced": own.first, "outcome": outcome, "deeds": list(promise.deeds)}
        )
    return pa.Table.from_pylist([row for row in rows if chosen is None or row["incident"] in chosen], schema=_PLANS)


def contradictions_on(view: View, asked: Mapping[str, Any] | None = None) -> pa.Table:
    """A row for each field in which the reports of an incident contradict each other: `said` has what each side says with the
    number of independent sources and who vouches or denies, `events` the events that say so, side by side. What contradicts no
    other account is left out. Two incidents that lay one act at rival doors are laid side by side as the field `author`, in a
    row of the earlier one. Filters as for `plans_on`."""
    incidents = incidents_in(view)
    chosen = _chosen(view, asked or {})
    rows = [
        _parties(incident) | {"field": field.name, "said": list(map(_said, sides)), "events": [list(a.events) for a in sides]}
        for incident in incidents
        if chosen is None or incident.id in chosen
        for field in incident.fields
        if (sides := [a for a in field.accounts if a.contradicts])
    ]
    for pair in rivals_of(incidents):
        if chosen is None or chosen & {incident.id for incident in pair}:
            events = [[voice.event.shown for voice in incident.tellings] for incident in pair]
            rows.append(_parties(pair[0]) | {"field": "author", "said": list(map(_author, pair)), "events": events})
    return pa.Table.from_pylist(rows, schema=_CONTRADICTIONS)


def _chosen(view: View, asked: Mapping[str, Any]) -> set[str] | None:
    """The incidents for which filters hold; none where nothing is asked for."""
    given = {name: value for name, value in asked.items() if value not in (None, (), [])}
    return set(listed(view, "incidents", given).pick("id").arrow()["id"].to_pylist()) if given else None


def _parties(incident: Incident) -> dict[str, Any]:
    return {
        "incident": incident.id,
        "plover": incident.plover,
        "actor": list(dict.fromkeys(_names(incident, "actor"))),
        "recipient": list(dict.fromkeys(_names(incident, "recipient"))),
    }


def _names(incident: Incident, side: str) -> Iterator[str]:
    for voice in incident.tellings:
        parties: Iterable[Any] = getattr(voice.event, side)
        yield from (party.name for party in parties)


def _said(account: Account) -> str:
    by = f", by {', '.join(account.attributed_to)}" if account.attributed_to else ""
    return f"{account.value} ({account.sources} source{'s' if account.sources != 1 else ''}{by})"


def _author(incident: Incident) -> str:
    """Whom an incident has as its author, as `_said` tells it."""
    by = names(voice.event.attributed_to for voice in incident.tellings)
    return _said(Account(", ".join(dict.fromkeys(_names(incident, "actor"))), (), incident.sources, incident.first, by))
