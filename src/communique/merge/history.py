"""An incident over time: planned in March, confirmed on the 14th, happened on the 16th, denied by one side."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from itertools import groupby

from communique.types.incidents import EventTold, Outcome, Step

# of reports of one day, what lies ahead is told before what is past
_RANK = {"uncertain": 0, "planned": 1, "ongoing": 2, "happened": 3, "denied": 4}
_DONE = ("happened", "ongoing")


def history_of(events: Sequence[EventTold]) -> tuple[Step, ...]:
    """The steps in the order of the reports; a step lasts while reports tell the same status and days."""
    ordered = sorted(events, key=lambda e: (_reported(e), _RANK[e.status], _days(e), e.anchor, e.document, e.event))
    return tuple(_step(list(same)) for _, same in groupby(ordered, key=lambda e: (e.status, e.when)))


def _step(events: Sequence[EventTold]) -> Step:
    days = [e.published.start for e in events if e.published]
    return Step(
        events[0].status,
        events[0].when,
        min(days, default=None),
        max(days, default=None),
        tuple(e.shown for e in events),
        sources(events),
        names(e.attributed_to for e in events),
        names(e.denied_by for e in events),
    )


def outcome_of(events: Sequence[EventTold], as_of: date | None) -> Outcome:
    """How it stands as of a day. What one side denies is `disputed`; a plan that was denied later is `called off`; a plan
    whose days had passed by then, with no report that it was carried out, is `no report of it`."""
    done = [e for e in events if e.status in _DONE]
    denied = [e for e in events if e.status == "denied"]
    planned = [e for e in events if e.status == "planned"]
    if done:
        if denied or any(e.denied_by for e in done):
            return "disputed"
        last = max(_reported(e) for e in done)
        return "happened" if any(e.status == "happened" and _reported(e) == last for e in done) else "ongoing"
    if denied and (not planned or max(map(_reported, denied)) >= max(map(_reported, planned))):
        return "called off" if planned else "denied"
    if not planned:
        return "uncertain"
    ends = [e.when.end for e in planned if e.when]
    return "no report of it" if ends and as_of is not None and max(ends) <= as_of else "planned"


def sources(events: Sequence[EventTold]) -> int:
    """How many independent sources tell them: reprints and copies of one report are one."""
    return len({e.group for e in events})


def names(lists: Iterable[Iterable[str]]) -> tuple[str, ...]:
    """Names of several lists, each once, in the order of the alphabet."""
    return tuple(sorted({name for one in lists for name in one}))


def _reported(event: EventTold) -> date:
    return event.published.start if event.published else date.min


def _days(event: EventTold) -> tuple[date, date]:
    return (event.when.start, event.when.end) if event.when else (date.max, date.max)
