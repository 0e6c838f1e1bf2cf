"""Average linkage (Sokal & Michener 1958): two groups of events are joined while the mean of all reasons between them suffices,
so that groups do not chain; what is too far apart is never joined."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from heapq import heapify, heappop, heappush

from communique.merge.reasons import ENOUGH, score
from communique.merge.traits import Traits

BARRED = -30  # tenths of a point; no group holds two events with less
_NEVER = -(10**9)
_SAMPLE = 16  # tellings of a large group that stand for all when it is weighed

Links = Mapping[int, Mapping[int, int]]


def groups(links: Links, traits: Sequence[Traits]) -> Iterator[list[int]]:
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


def _join(links: Links, traits: Sequence[Traits]) -> Iterator[list[int]]:
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
