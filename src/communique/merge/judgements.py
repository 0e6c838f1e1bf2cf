"""What people decided: kept beside what the machine said, applied on reading, undone at will.

A judgement is anchored on words (text and trigger span) and found again by the overlap of triggers, so that it stays over
re-runs. Judgements are applied in the order that they were made in; one that is undone is as if it had never been made, and an
undo can itself be undone.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime
from hashlib import sha256
from itertools import count

from communique.errors import UsageError
from communique.merge.corrections import corrected
from communique.merge.incidents import in_order, incident_of, last_report
from communique.types.incidents import Anchor, EventTold, Incident, Judgement, JudgementKind, Party, Reason, Voice
from communique.types.text import Span

Change = tuple[tuple[str, str], ...]


def judge(
    kind: JudgementKind,
    by: str,
    made: datetime,
    why: str,
    anchor: Anchor | None = None,
    other: Anchor | None = None,
    change: Change = (),
    undoes: str | None = None,
) -> Judgement:
    """A judgement with its id, `j` and a hash of all that it says. Raises UsageError when it has no reason, or when it lacks
    or has too much of what its kind needs."""
    if not why.strip():
        raise UsageError(f"{kind}: no reason is given; say why with --why")
    needed = {"merge": (True, True), "undo": (False, False)}.get(kind, (True, False))
    if (anchor is not None, other is not None) != needed or bool(change) != (kind == "correct"):
        raise UsageError(
            f"{kind}: does not fit what it is to judge; name two events to merge, else one, and changes to correct"
        )
    if (undoes is not None) != (kind == "undo"):
        raise UsageError(f"{kind}: name the judgement that is undone, and that alone")
    if anchor is not None and anchor == other:
        raise UsageError("merge: both are the same words; name two events")
    said = repr((kind, by, made.isoformat(), why, anchor, other, change, undoes))
    return Judgement("j" + sha256(said.encode()).hexdigest()[:12], made, by, kind, why, anchor, other, change, undoes)


def standing(judgements: Iterable[Judgement]) -> tuple[Judgement, ...]:
    """The judgements that hold, in the order that they were made in: those that are not undone, without the undoing."""
    ordered = sorted({j.id: j for j in judgements}.values(), key=lambda j: (j.made, j.kind == "undo", j.id))
    undone: set[str] = set()
    for judgement in reversed(ordered):
        if judgement.kind == "undo" and judgement.undoes is not None and judgement.id not in undone:
            undone.add(judgement.undoes)
    return tuple(j for j in ordered if j.kind != "undo" and j.id not in undone)


class Places:
    """Where the anchors of judgements stand among events as they are now: at the trigger that they overlap most."""

    def __init__(self, anchors: Iterable[Anchor]) -> None:
        self._by_text: dict[str, list[Anchor]] = defaultdict(list)
        for anchor in sorted(set(anchors)):
            self._by_text[anchor.text_id].append(anchor)

    def find(self, anchor: Anchor | None) -> Anchor | None:
        """The anchor of the event that is meant; none where nothing is told at these words any more."""
        if anchor is None:
            return None
        span = Span(anchor.start, anchor.end)
        near = self._by_text.get(anchor.text_id, ())
        best = max(near, key=lambda a: (_common(span, a), -abs(a.end - a.start - span.end + span.start)), default=None)
        return best if best is not None and _common(span, best) else None


def _common(span: Span, anchor: Anchor) -> int:
    return span.overlap(Span(anchor.start, anchor.end))


def lost(events: Iterable[EventTold], judgements: Iterable[Judgement]) -> tuple[Judgement, ...]:
    """The judgements that hold, but whose words tell of no event any more: they wait, and change nothing."""
    places = Places(e.anchor for e in events)
    return tuple(j for j in standing(judgements) if None in (places.find(a) for a in (j.anchor, j.other) if a is not None))


def judgements_on(anchors: Iterable[Anchor], held: Iterable[Judgement]) -> dict[Anchor, tuple[Judgement, ...]]:
    """Of judgements that hold those on each of the events with these anchors, in their order; a merge is on both."""
    places = Places(anchors)
    found: dict[Anchor, list[Judgement]] = defaultdict(list)
    for judgement in held:
        for anchor in dict.fromkeys(map(places.find, (judgement.anchor, judgement.other))):
            if anchor is not None:
                found[anchor].append(judgement)
    return {anchor: tuple(made) for anchor, made in found.items()}


def apply_events(events: Iterable[EventTold], judgements: Iterable[Judgement]) -> tuple[EventTold, ...]:
    """The events as judged, in the order given: corrected, marked as confirmed, without those that were rejected."""
    events = tuple(events)
    on = judgements_on((e.anchor for e in events), standing(judgements))
    return tuple(seen for event in events if (seen := judged(event, on.get(event.anchor, ()))) is not None)


def judged(event: EventTold, held: Iterable[Judgement], known: Sequence[Party] = ()) -> EventTold | None:
    """An event as the judgements on it leave it; none where it is rejected. `known` as for `corrected`."""
    for judgement in held:
        if judgement.kind == "reject":
            return None
        if judgement.kind == "correct":
            by = tuple(dict.fromkeys((*event.corrected_by, judgement.by)))
            event = replace(corrected(event, judgement.change, known), corrected_by=by)
        elif judgement.kind == "confirm":
            event = replace(event, confirmed_by=tuple(dict.fromkeys((*event.confirmed_by, judgement.by))))
    return event


def apply(incidents: Iterable[Incident], judgements: Iterable[Judgement], as_of: date | None = None) -> tuple[Incident, ...]:
    """The incidents as judged, in the order of their first reports. Those that no judgement touches are the same objects;
    the others are made anew, with what was decided among the reasons of the tellings. `as_of` as for `incidents_of`."""
    incidents = tuple(incidents)
    events = [t.event for i in incidents for t in i.tellings]
    held = standing(judgements)
    places = Places(e.anchor for e in events)
    on = judgements_on((e.anchor for e in events), (j for j in held if j.kind in ("correct", "confirm", "reject")))
    groups = {t.event.anchor: n for n, i in enumerate(incidents) for t in i.tellings}
    notes = _regroup(groups, places, held)
    touched = {n for n, i in enumerate(incidents) if any(t.event.anchor in on or t.event.anchor in notes for t in i.tellings)}
    touched |= {groups[a] for a in notes}
    kept = [i for n, i in enumerate(incidents) if n not in touched]
    new: dict[int, list[Voice]] = defaultdict(list)
    for n, incident in enumerate(incidents):
        if n in touched:
            for telling in incident.tellings:
                event = judged(telling.event, on.get(telling.event.anchor, ()))
                if event is not None:
                    new[groups[telling.event.anchor]].append(_noted(telling, event, notes.get(telling.event.anchor, [])))
    as_of = as_of or last_report(events)
    return in_order((*kept, *(incident_of(tellings, as_of) for tellings in new.values())))


def _regroup(groups: dict[Anchor, int], places: Places, held: Iterable[Judgement]) -> dict[Anchor, list[Judgement]]:
    """Move anchors between groups as judged; the judgements that moved each."""
    members: dict[int, set[Anchor]] = defaultdict(set)
    for anchor, group in groups.items():
        members[group].add(anchor)
    notes: dict[Anchor, list[Judgement]] = defaultdict(list)
    fresh = count(max(members, default=0) + 1)
    for judgement in held:
        one, two = places.find(judgement.anchor), places.find(judgement.other)
        if judgement.kind == "split" and one is not None and len(members[groups[one]]) > 1:
            members[groups[one]].discard(one)
            groups[one] = next(fresh)
            members[groups[one]] = {one}
            notes[one].append(judgement)
        elif judgement.kind == "merge" and one is not None and two is not None and groups[one] != groups[two]:
            gone = members.pop(groups[two])
            members[groups[one]] |= gone
            groups |= dict.fromkeys(gone, groups[one])
            notes[one].append(judgement)
            notes[two].append(judgement)
    return dict(notes)


def _noted(telling: Voice, event: EventTold, moved: Iterable[Judgement]) -> Voice:
    notes = tuple(Reason(j.kind, 0.0, f"{_DONE[j.kind]} by {j.by}: {j.why}") for j in moved)
    if "split" in (note.name for note in notes):
        return Voice(event, None, notes)
    return Voice(event, telling.likeness, (*telling.reasons, *notes))


_DONE = {"merge": "merged", "split": "split off"}
