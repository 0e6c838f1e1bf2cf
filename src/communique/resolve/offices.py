"""Offices of the registry and of what the desk has learned: who holds which on the day of the report, and what that weighs."""

from __future__ import annotations

from datetime import date

from communique.ontology.entries import Office
from communique.resolve.reasons import Reason
from communique.resolve.scene import Scene

HEADS = frozenset({"president", "prime-minister", "chancellor", "monarch", "supreme-leader", "secretary-general", "pope"})
_HIGH = frozenset(
    {"vice-president", "foreign-minister", "defence-minister", "interior-minister", "finance-minister", "crown-prince"}
)
HIGH = 0.75
"""What holding one of these or a head's office weighs at least."""
_LONG_BEFORE = 365 * 3  # days


def in_term(office: Office, when: date | None) -> bool:
    """Whether an office was held on a day; with no day known, whether it is held still."""
    if when is None:
        return office.end is None
    return (office.begin is None or office.begin <= when) and (office.end is None or when < office.end)


def terms(scene: Scene, entry_id: str) -> tuple[Office, ...]:
    """The terms of office of a person, those of the registry before those that the desk has learned."""
    return (*scene.world.terms_of(entry_id), *scene.knowledge.terms_of(entry_id))


def held(scene: Scene, offices: tuple[Office, ...]) -> Reason | None:
    """What the offices of a person say: the highest held on the day of the report, else one held before it or after it."""
    now = [(_height(scene, o), o) for o in offices if in_term(o, scene.when) and (o.begin or o.end)]
    if now:
        height, office = max(now, key=lambda pair: pair[0])
        return Reason(f"{described(office)}, held at the time", height)
    if scene.when is None:
        return None
    past = [o for o in offices if o.end is not None and o.end <= scene.when]
    heads = [o for o in past if _height(scene, o) >= 1]
    if heads:
        return Reason(f"{described(heads[-1])}, before the report", 0.5)
    begins = [o.begin for o in offices if o.begin is not None]
    if not past and begins and (min(begins) - scene.when).days > _LONG_BEFORE:
        return Reason("in office only years after the report", -0.5)
    return None


def _height(scene: Scene, office: Office) -> float:
    known = scene.world.title(office.title)
    of_state = known.title_class if known is not None else None
    # What a report says weighs less than a table that was checked.
    less = 0.25 if office.source.startswith("learned") else 0.0
    return (1.0 if of_state in HEADS else HIGH if of_state in _HIGH else 0.5) - less


def described(office: Office) -> str:
    """An office in words, with its term and, where a report taught it, from which."""
    days = f" {office.begin or ''}–{office.end or ''}" if office.begin or office.end else ""
    learned = f" ({office.source})" if office.source.startswith("learned") else ""
    return f"{office.title} of {office.of}{days}{learned}"
