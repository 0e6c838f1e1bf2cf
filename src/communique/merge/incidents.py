"""Events of many reports become incidents: the same happening, told by many.

Candidates meet in blocks (two sides, one side where an event names no second, or the place), by their days, so that no step is
quadratic. Pairs are weighed by `reasons`, and grouped by average linkage (Sokal & Michener 1958): two groups are
joined while the mean of all reasons between them suffices, so that groups do not chain; what is too far apart is never joined.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from hashlib import sha256
from heapq import heapify, heappop, heappush
from itertools import combinations

from communique.merge.accounts import fields_of
from communique.merge.history import history_of, outcome_of, sources
from communique.merge.reasons import ENOUGH, compare, kin, score
from communique.merge.traits import Traits, common_words, traits_of
from communique.types.incidents import Anchor, EventTold, Incident, Reason, Voice

BARRED = -30  # tenths of a point; no group holds two events with less
_NEVER = -(10**9)
_SIDES = 6  # of a gathering of more, only so many are looked under
_LOOKED = 1000  # neighbours of an event in a block that are looked at, and
_WEIGHED = 150  # those that are weighed: the next ones by day
_SAMPLE = 16  # tellings of a large group that stand for all when it is weighed
_AHEAD = 60  # days that a plan without a day may lie ahead
_VERBATIM = Reason("verbatim", 0.0, "the same words in the same text")


def incidents_of(events: Iterable[EventTold], as_of: date | None = None) -> tuple[Incident, ...]:
    """The incidents that events tell of, each event in exactly one, in the order of their first reports. `as_of` is the day
    as of which plans are overdue; the day of the last report if not given. The order of the events does not matter."""
    events = tuple(events)
    as_of = as_of or last_report(events)
    return in_order(incident_of(tellings, as_of) for tellings in gather(events))


def in_order(incidents: Iterable[Incident]) -> tuple[Incident, ...]:
    """Incidents by the day of their first report, those without one first."""
    return tuple(sorted(incidents, key=lambda i: (i.first or date.min, i.id)))


def last_report(events: Iterable[EventTold]) -> date | None:
    """The day of the last report of any of the events."""
    return max((e.published.start for e in events if e.published), default=None)


def incident_of(tellings: Iterable[Voice], as_of: date | None = None) -> Incident:
    """The incident that these tellings make up: type and mode by the most independent sources, accounts of every field, and
    its history. Raises ValueError when there are none."""
    told = tuple(sorted(tellings, key=lambda t: _order(t.event)))
    if not told:
        raise ValueError("an incident has at least one telling")
    events = tuple(t.event for t in told)
    days = [e.published.start for e in events if e.published]
    history = history_of(events)
    kind = _most((e.plover, e.group) for e in events)
    return Incident(
        identity(events),
        kind,
        _most((e.mode, e.group) for e in events if e.mode and e.plover == kind) or None,
        told,
        sources(events),
        min(days, default=None),
        max(days, default=None),
        outcome_of(events, as_of),
        fields_of(events),
        history,
    )


def identity(events: Iterable[EventTold]) -> str:
    """The id of the incident with these tellings: `i` and twelve digits, from the anchor of the first."""
    first = min(events, key=_order).anchor
    return "i" + sha256(f"{first.text_id}:{first.start}:{first.end}".encode()).hexdigest()[:12]


def _most(told: Iterable[tuple[str, str]]) -> str:
    """Of values with their sources, that which most sources have; of as many, the first in the alphabet."""
    groups: dict[str, set[str]] = defaultdict(set)
    for value, group in told:
        groups[value].add(group)
    return min(groups, key=lambda v: (-len(groups[v]), v), default="")


def _day(event: EventTold) -> date:
    return event.published.start if event.published else date.max


def _order(event: EventTold) -> tuple[date, Anchor, str, str]:
    return _day(event), event.anchor, event.document, event.event


def gather(events: Iterable[EventTold]) -> tuple[tuple[Voice, ...], ...]:
    """The tellings of each incident with the reasons for them, in an order that does not depend on that of the events."""
    nodes = _nodes(events)
    common = common_words([node[0] for node in nodes])
    traits = [traits_of(node[0], common) for node in nodes]
    links: dict[int, dict[int, int]] = defaultdict(dict)
    for i, j in candidates(traits):
        points = score(traits[i], traits[j])
        if points >= ENOUGH:
            links[i][j] = links[j][i] = points
    return tuple(tuple(_tellings(group, nodes, traits, links)) for group in _groups(links, traits))


def _nodes(events: Iterable[EventTold]) -> list[list[EventTold]]:
    """Events that are one without weighing: of verbatim reprints the same words. The earliest first; then by anchor."""
    same: dict[Anchor, list[EventTold]] = defaultdict(list)
    for event in events:
        same[event.anchor].append(event)
    return [sorted(same[anchor], key=_order) for anchor in sorted(same)]


def candidates(traits: Sequence[Traits]) -> Iterator[tuple[int, int]]:
    """Pairs of events that may be one happening, as indices, each once."""
    pairs: dict[tuple[str, ...], list[int]] = defaultdict(list)
    narrow: dict[str, list[int]] = defaultdict(list)
    wide: dict[str, list[int]] = defaultdict(list)
    places: dict[str, list[int]] = defaultdict(list)
    for i, t in enumerate(traits):
        if not t.start:
            continue
        sides = sorted(t.sides)[:_SIDES]
        for two in combinations(sides, 2):
            pairs[two].append(i)
        for side in sides:
            (narrow if len(sides) == 1 else wide)[side].append(i)
        if t.exact_place and t.place:
            places[t.place].append(i)
    for key, block in pairs.items():
        for i, j in _sweep(block, traits):
            if len(traits[i].sides) == 2 or tuple(sorted(traits[i].sides & traits[j].sides)[:2]) == key:
                yield i, j
    for side, block in narrow.items():
        few = set(block)
        yield from ((i, j) for i, j in _sweep(block + wide.get(side, []), traits, few) if i in few or j in few)
    for block in places.values():
        yield from ((i, j) for i, j in _sweep(block, traits) if not traits[i].sides & traits[j].sides)


def _sweep(block: list[int], traits: Sequence[Traits], few: set[int] | None = None) -> Iterator[tuple[int, int]]:
    """Pairs of a block whose days can be the same, the earlier first. Where `few` are given, one of them is in each pair."""
    if len(block) < 2:
        return
    ordered = sorted(block, key=lambda i: (traits[i].start, i))
    second = ordered if few is None else [i for i in ordered if i in few]
    at = 0
    for n, i in enumerate(ordered):
        if few is None or i in few:
            following, first = ordered, n + 1
        else:
            while at < len(second) and _key(traits, second[at]) < _key(traits, i):
                at += 1
            following, first = second, at
        reach, weighed = _reach(traits[i]), 0
        for j in following[first : first + _LOOKED]:
            if traits[j].start > reach or weighed == _WEIGHED:
                break
            if kin(traits[i].plover, traits[j].plover):
                weighed += 1
                yield i, j


def _key(traits: Sequence[Traits], i: int) -> tuple[int, int]:
    return traits[i].start, i


def _reach(t: Traits) -> int:
    """The last day that another event can start on to be the same."""
    if t.guessed:
        return t.end + (_AHEAD if t.planned else 7)
    return t.end + (7 if t.planned or t.end - t.start > 1 else 2)


def _groups(links: dict[int, dict[int, int]], traits: Sequence[Traits]) -> Iterator[list[int]]:
    """The groups of events, the whole of each linked part taken by itself; those without links stand alone."""
    seen: set[int] = set()
    for start in range(len(traits)):
        if start in seen:
            continue
        part, stack = [], [start]
        seen.add(start)
        while stack:
            i = stack.pop()
            part.append(i)
            fresh = links[i].keys() - seen if i in links else ()
            seen.update(fresh)
            stack.extend(fresh)
        yield from _join({i: links[i] for i in part}, traits) if len(part) > 1 else [part]


def _join(links: dict[int, dict[int, int]], traits: Sequence[Traits]) -> Iterator[list[int]]:
    """Average linkage over one linked part; a group goes by its smallest index, so that ties fall the same way each time."""
    members = {i: [i] for i in links}
    near = {i: dict(others) for i, others in links.items()}
    heap = [(-float(points), i, j) for i, others in links.items() for j, points in others.items() if i < j]
    heapify(heap)
    while heap:
        negative, i, j = heappop(heap)
        if i not in near or j not in near[i] or near[i][j] / (len(members[i]) * len(members[j])) != -negative:
            continue  # one of them was joined with another meanwhile
        one, two = near.pop(i), near.pop(j)
        near[i] = {}
        for k in sorted((one.keys() | two.keys()) - {i, j}):
            total = _between(members[i], members[k], one.get(k), traits) + _between(members[j], members[k], two.get(k), traits)
            near[k].pop(j, None)
            near[i][k] = near[k][i] = max(total, _NEVER)
            mean = near[i][k] / ((len(members[i]) + len(members[j])) * len(members[k]))
            if mean >= ENOUGH:
                heappush(heap, (-mean, min(i, k), max(i, k)))
        members[i] = sorted(members[i] + members.pop(j))
    yield from members.values()


def _between(one: list[int], two: list[int], known: int | None, traits: Sequence[Traits]) -> int:
    """The sum of the reasons between two groups, estimated from some of their tellings where there are many."""
    if known is not None:
        return known
    some, others = one[:_SAMPLE], two[:_SAMPLE]
    total = 0
    for i in some:
        for j in others:
            points = score(traits[i], traits[j])
            if points < BARRED:
                return _NEVER
            total += points
    return total * len(one) * len(two) // (len(some) * len(others))


def _tellings(
    group: list[int], nodes: list[list[EventTold]], traits: Sequence[Traits], links: Mapping[int, Mapping[int, int]]
) -> Iterator[Voice]:
    """Each event with the reasons that bind it to the likest other one."""
    members = set(group)
    for i in group:
        linked = {j: points for j, points in links.get(i, {}).items() if j in members}
        others = linked or {j: score(traits[i], traits[j]) for j in group if j != i}
        best = min(others, key=lambda j: (-others[j], j), default=None)
        reasons = compare(traits[i], traits[best]) if best is not None else ()
        if len(nodes[i]) > 1:
            reasons = (_VERBATIM, *reasons)
        likeness = others[best] / 10 if best is not None else None
        yield from (Voice(event, likeness, reasons) for event in nodes[i])
