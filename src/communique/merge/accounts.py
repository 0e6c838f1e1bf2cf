"""What reports agree and disagree on, field by field, with the reports that say so laid side by side."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations
from typing import Generic, Literal, TypeVar

from communique.merge.history import denies, disputed, names, sources
from communique.merge.reasons import bounds, distance
from communique.types.incidents import Account, EventTold, Field, Figure, Party, Verdict
from communique.types.text import Interval

Relation = Literal["finer", "changed", "contradicted"]
_AROUND = 25.0  # kilometres that two names of one place may lie apart
_AHEAD = ("planned", "uncertain")
_DONE = ("happened", "ongoing")
V = TypeVar("V")


@dataclass(frozen=True, slots=True)
class _Side(Generic[V]):
    """One value with the events that tell it, by the day that it was first reported."""

    value: V
    words: str
    events: tuple[EventTold, ...]
    reported: date
    by: tuple[str, ...]


def fields_of(events: Sequence[EventTold]) -> tuple[Field, ...]:
    """The fields that any of the events, in the order of their reports, tells of: `happened`, `who`, `to whom`, `when`,
    `where`, each kind of number, `vouched by` and `denied by`."""
    found = [
        _field("happened", list(_statuses(events)), _of_statuses),
        _field("who", _parties(events, lambda e: e.actor), _of_parties),
        _field("to whom", _parties(events, lambda e: e.recipient), _of_parties),
        _field("when", [(e, e.when, _days(e.when), ()) for e in events if e.when], _of_days),
        _field("where", [(e, _Place.of(e), e.place, ()) for e in events if e.place], _of_places),
        *_numbers(events),
        _names("vouched by", events, lambda e: e.attributed_to),
        _names("denied by", events, lambda e: e.denied_by),
    ]
    return tuple(field for field in found if field is not None)


_Told = tuple[EventTold, V, str, tuple[str, ...]]


def _field(name: str, told: Sequence[_Told[V]], relate: Callable[[_Side[V], _Side[V]], Relation]) -> Field | None:
    """The field with the values that were told, most sources first, and how they relate: by the worst of all pairs."""
    if not told:
        return None
    sides = _sides(told)
    relations: dict[Relation, list[_Side[V]]] = defaultdict(list)
    for pair in combinations(sides, 2):
        relations[relate(*sorted(pair, key=lambda s: s.reported))] += pair
    verdict: Verdict = "agreed" if len({e.group for e, *_ in told}) > 1 else "single"
    worst: tuple[Relation, ...] = ("finer", "changed", "contradicted")
    for worse in worst:
        if worse in relations:
            verdict = worse
    apart = relations.get("contradicted", ())
    return Field(name, verdict, tuple(_account(s, any(s is other for other in apart)) for s in sides))


def _sides(told: Iterable[_Told[V]]) -> list[_Side[V]]:
    by_value: dict[V, list[_Told[V]]] = defaultdict(list)
    for one in told:
        by_value[one[1]].append(one)
    sides = []
    for value, same in by_value.items():
        first, _, words, _ = same[0]
        events = tuple(dict.fromkeys(e for e, *_ in same))
        sides.append(_Side(value, words, events, _reported(first), names(by for *_, by in same)))
    return sorted(sides, key=lambda s: (-sources(s.events), s.reported, s.words))


def _account(side: _Side[V], contradicts: bool) -> Account:
    reported = side.reported if side.reported > date.min else None
    return Account(side.words, tuple(e.shown for e in side.events), sources(side.events), reported, side.by, contradicts)


def _reported(event: EventTold) -> date:
    return event.published.start if event.published else date.min


def _statuses(events: Iterable[EventTold]) -> Iterator[_Told[str]]:
    """What each report says, and beside it who denies that."""
    for e in events:
        if denies(e):
            yield e, "denied", "denied", e.denied_by or e.attributed_to
            continue
        yield e, e.status, e.status, e.attributed_to
        if e.denied_by:
            yield e, "denied", "denied", e.denied_by


def _of_statuses(one: _Side[str], two: _Side[str]) -> Relation:
    both = {one.value, two.value}
    if "denied" in both:
        denied, other = (one, two) if one.value == "denied" else (two, one)
        return "contradicted" if other.value in _DONE and disputed(other.events, denied.events) else "changed"
    if "planned" in both and both & set(_DONE):
        return "changed"
    return "finer"


def _parties(events: Iterable[EventTold], of: Callable[[EventTold], tuple[Party, ...]]) -> list[_Told[frozenset[Party]]]:
    """Parties are the same under any name by their entry; what no registry knows goes by its name."""
    told: list[_Told[frozenset[Party]]] = []
    for event in events:
        if parties := of(event):
            known = frozenset(Party("" if p.entry else p.name.lower(), p.entry, p.country) for p in parties)
            told.append((event, known, ", ".join(p.name for p in parties), ()))
    return told


def _of_parties(one: _Side[frozenset[Party]], two: _Side[frozenset[Party]]) -> Relation:
    """A person and the country it acts for do not contradict each other, nor does a name that says no country."""
    countries, others = ({p.country for p in side.value} for side in (one, two))
    if None in countries or None in others or countries & others or one.value & two.value:
        return "finer"
    return "contradicted"


def _days(days: Interval) -> str:
    last = date.fromordinal(days.end.toordinal() - 1)
    return days.start.isoformat() if last == days.start else f"{days.start} to {last}"


def _of_days(one: _Side[Interval], two: _Side[Interval]) -> Relation:
    if one.value.start < two.value.end and two.value.start < one.value.end:
        return "finer"
    ahead = [all(e.status in _AHEAD for e in side.events) for side in (one, two)]
    return "changed" if ahead[0] and one.reported < two.reported else "contradicted"


@dataclass(frozen=True, slots=True)
class _Place:
    """A place as it is compared: a name is the same however the article stands."""

    name: str
    country: str | None
    precision: str | None
    point: tuple[float, float] | None

    @classmethod
    def of(cls, event: EventTold) -> _Place:
        point = (event.latitude, event.longitude) if event.latitude is not None and event.longitude is not None else None
        name = (event.place or "").lower().removeprefix("the ")
        return cls(name, event.place_country, event.place_precision, point)


def _of_places(one: _Side[_Place], two: _Side[_Place]) -> Relation:
    a, b = one.value, two.value
    if a.name == b.name:
        return "finer"  # of one happening: the same town, found in one country by one and in another by the other
    if a.country and b.country and a.country != b.country:
        return "contradicted"
    exact = a.precision == b.precision == "city"
    return "contradicted" if exact and a.point and b.point and distance(a.point, b.point) > _AROUND else "finer"


def _numbers(events: Sequence[EventTold]) -> Iterator[Field | None]:
    """Each kind of number; who denies a thing vouches for none, and is heard only where nobody else gives any."""
    by_kind: dict[str, list[_Told[Figure]]] = defaultdict(list)
    witnesses = [e for e in events if not denies(e)]
    for event in witnesses if any(e.figures for e in witnesses) else events:
        for figure in event.figures:
            name = figure.kind + (f" ({figure.unit})" if figure.unit else "")
            by_kind[name].append((event, figure, _figure(figure), event.attributed_to))
    for name in sorted(by_kind):
        yield _field(name, by_kind[name], _of_figures)


def _figure(figure: Figure) -> str:
    low, high = (None if n is None else f"{n:,.0f}" if n == int(n) else f"{n:,g}" for n in (figure.low, figure.high))
    if low is not None and low == high:
        return low
    if low is None:
        return f"at most {high}" if high is not None else "some"
    return f"at least {low}" if high is None else f"{low} to {high}"


def _of_figures(one: _Side[Figure], two: _Side[Figure]) -> Relation:
    (low, high), (least, most) = bounds(one.value), bounds(two.value)
    if low <= most and least <= high:
        return "finer"
    raised = one.reported < two.reported and low < least
    return "changed" if raised and not _voices(one).isdisjoint(_voices(two)) else "contradicted"


def _voices(side: _Side[Figure]) -> set[str]:
    """Who gives a number: those whom it is attributed to, and the outlets that tell it."""
    return {*side.by, *(e.publisher or e.group for e in side.events)}


def _names(name: str, events: Iterable[EventTold], of: Callable[[EventTold], tuple[str, ...]]) -> Field | None:
    """Several may vouch or deny; they add to each other."""
    return _field(name, [(e, who, who, ()) for e in events for who in of(e)], lambda one, two: "finer")
