"""An incident over time: planned in March, confirmed on the 14th, happened on the 16th, denied by one side."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date
from itertools import groupby

from communique.types.events import Status
from communique.types.incidents import EventTold, Outcome, Step

# of reports of one day, what lies ahead is told before what is past
_RANK = {"uncertain": 0, "planned": 1, "ongoing": 2, "happened": 3, "denied": 4}
_DONE = ("happened", "ongoing")
_DENIAL = re.compile(r"\b(?:den(?:y|ies|ied|ying|ial)|reject|dismiss|refut|disput|disavow|repudiat)", re.IGNORECASE)
PUT_OFF = re.compile(
    r"\b(?:postpon|reschedul|adjourn|defer|delay|put(?:ting)? (?:off|back)|push(?:ed|ing)? back|br(?:ought|ing) forward)",
    re.IGNORECASE,
)


def history_of(events: Sequence[EventTold]) -> tuple[Step, ...]:
    """The steps in the order of the reports; a step lasts while reports tell the same status and days."""
    ordered = sorted(events, key=lambda e: (_reported(e), _RANK[_status(e)], _days(e), e.anchor, e.document, e.event))
    return tuple(_step(list(same)) for _, same in groupby(ordered, key=lambda e: (_status(e), e.when)))


def _status(event: EventTold) -> Status:
    return "denied" if denies(event) else event.status


def _step(events: Sequence[EventTold]) -> Step:
    days = [e.published.start for e in events if e.published]
    return Step(
        _status(events[0]),
        events[0].when,
        min(days, default=None),
        max(days, default=None),
        tuple(e.shown for e in events),
        sources(events),
        names(e.attributed_to for e in events),
        names(e.denied_by for e in events),
    )


def outcome_of(events: Sequence[EventTold], as_of: date | None) -> Outcome:
    """How it stands as of a day. What one side denies once it has begun is `disputed`; a plan that was denied later is
    `postponed` or `called off`, unless other days were named for it; a plan whose days had passed by then, with no report that
    it was carried out, is `no report of it`."""
    denied = [e for e in events if denies(e)]
    done = [e for e in events if e.status in _DONE and not denies(e)]
    planned = [e for e in events if e.status == "planned" and not denies(e)]
    if done:
        if disputed(done, denied) or any(e.denied_by for e in done):
            return "disputed"
        last = max(_reported(e) for e in done)
        return "happened" if any(e.status == "happened" and _reported(e) == last for e in done) else "ongoing"
    if denied:
        if not planned:
            return "denied"
        planned = [e for e in planned if _announces(e) and all(_outlives(e, denial) for denial in denied)]
        if not planned:
            return "postponed" if PUT_OFF.search(max(denied, key=_reported).evidence) else "called off"
    if not planned:
        return "uncertain"
    ends = [e.when.end for e in planned if e.when]
    return "no report of it" if ends and as_of is not None and max(ends) <= as_of else "planned"


def denies(event: EventTold) -> bool:
    """Whether its words tell of it as denied: by its status, or as what somebody rejects and nobody vouches for."""
    if event.status == "denied":
        return True
    told_so = bool(event.denied_by) and not event.attributed_to
    return told_so and _DENIAL.search(event.evidence.partition(event.words)[0]) is not None


def disputed(done: Sequence[EventTold], denied: Iterable[EventTold]) -> bool:
    """Whether any of the denials came when it had begun: what is called off before may take place all the same, later."""
    begun = min(min(_reported(e), e.when.start if e.when else date.max) for e in done)
    return any(e.published is None or e.published.end > begun for e in denied)


def _announces(event: EventTold) -> bool:
    """Whether what is planned lay ahead when the report came out; after its days, the plan alone is told of."""
    return event.when is None or event.when.end > _reported(event)


def _outlives(plan: EventTold, denial: EventTold) -> bool:
    """Whether a plan is newer than a denial, or names days after those that are denied: days that lay ahead of the denial, not
    that on which it was made."""
    ahead = denial.when is not None and denial.when.start > _reported(denial)
    moved = ahead and plan.when is not None and denial.when is not None and plan.when.start >= denial.when.end
    return moved or _reported(plan) > _reported(denial)


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
