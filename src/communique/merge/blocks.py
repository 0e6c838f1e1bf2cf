"""Pairs of events that may be one happening: those that meet in a block, the next ones by day.

Blocks are two sides, one side where an event names no second, or the place. All blocks are swept at once, as arrays, so that
the pairs of a dyad of which the news are full cost a tenth of a microsecond each, and no step is quadratic.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from communique.merge.reasons import kin
from communique.merge.traits import Traits

SIDES = 6  # of a gathering of more, only so many are looked under
AHEAD = 60  # days that a plan may lie ahead, or be moved by
_LOOKED = 1000  # neighbours of an event in a block that are looked at, and
_WEIGHED = 150  # those that are weighed: the next ones by day
_AT_ONCE = 1 << 20

Numbers = NDArray[np.int64]
Pairs = tuple[Numbers, Numbers]


def reach(t: Traits) -> int:
    """The last day that another event can start on to be the same."""
    if t.planned or t.denied:
        return t.end + AHEAD
    return t.end + (7 if t.guessed or t.end - t.start > 1 else 2)


def pairs(traits: Sequence[Traits]) -> Iterator[Pairs]:
    """Pairs of events as indices, in chunks; a pair may come several times, when it meets in several blocks."""
    if len(traits) > 1:
        yield from _Sweep(traits).pairs()


@dataclass(slots=True)
class _Blocks:
    """Events by block, as two lists of equal length."""

    codes: dict[Hashable, int] = field(default_factory=dict)
    blocks: list[int] = field(default_factory=list)
    events: list[int] = field(default_factory=list)

    def put(self, key: Hashable, event: int) -> None:
        self.blocks.append(self.codes.setdefault(key, len(self.codes)))
        self.events.append(event)


class _Sweep:
    """Events by their places in the order of days; blocks are sorted by these."""

    def __init__(self, traits: Sequence[Traits]) -> None:
        starts = np.array([t.start for t in traits], np.int64)
        order = np.argsort(starts, kind="stable")
        self._place = np.empty(len(traits), np.int64)
        self._place[order] = np.arange(len(traits))
        self._after = np.searchsorted(starts[order], [reach(t) for t in traits], "right")
        names = sorted({t.plover for t in traits})
        self._type = np.array([names.index(t.plover) for t in traits])
        self._kin = np.array([[kin(a, b) for b in names] for a in names])
        codes: dict[frozenset[str], int] = {}
        self._sides_of = np.array([codes.setdefault(t.sides, len(codes)) for t in traits], np.int64)
        self._sides = list(codes)
        self._pairs, self._places = _Blocks(), _Blocks()
        self._narrow, self._wide = _Blocks(), _Blocks()
        self._wide.codes = self._narrow.codes
        for i, t in enumerate(traits):
            if t.start:
                self._put(i, t)

    def _put(self, i: int, t: Traits) -> None:
        sides = sorted(t.sides)[:SIDES]
        for two in combinations(sides, 2):
            self._pairs.put(two, i)
        for side in sides:
            (self._narrow if len(sides) == 1 else self._wide).put(side, i)
        if t.exact_place and t.place:
            self._places.put(t.place, i)

    def pairs(self) -> Iterator[Pairs]:
        pairs, places, narrow, wide = map(self._keys, (self._pairs, self._places, self._narrow, self._wide))
        both = np.sort(np.concatenate((narrow, wide)))
        for sources, targets in ((pairs, pairs), (narrow, both), (wide, narrow)):
            yield from self._sweep(sources, targets)
        for one, other in self._sweep(places, places):
            strange = self._strange(one, other)
            yield one[strange], other[strange]

    def _strange(self, one: Numbers, other: Numbers) -> NDArray[np.bool_]:
        """Where two events share no side."""
        number = len(self._sides)
        kinds, where = np.unique(self._sides_of[one] * number + self._sides_of[other], return_inverse=True)
        return np.array([self._sides[k // number].isdisjoint(self._sides[k % number]) for k in kinds.tolist()], bool)[where]

    def _keys(self, blocks: _Blocks) -> Numbers:
        """Block and place in one number each, in order."""
        each = np.array(blocks.blocks, np.int64) * len(self._place)
        return np.sort(each + self._place[np.array(blocks.events, np.int64)])

    def _sweep(self, sources: Numbers, targets: Numbers) -> Iterator[Pairs]:
        """Each source with the targets after it in its block that its reach has and whose type is kin."""
        events = np.argsort(self._place)
        size = len(events)
        source, target = events[sources % size], events[targets % size]
        first = np.searchsorted(targets, sources, "right")
        last = np.searchsorted(targets, sources // size * size + self._after[source], "left")
        counts = np.clip(last - first, 0, _LOOKED)
        ends = np.cumsum(counts)
        begin = 0
        while begin < len(sources):
            before = ends[begin] - counts[begin]
            end = max(begin + 1, int(np.searchsorted(ends, before + _AT_ONCE, "right")))
            n = counts[begin:end]
            one = np.repeat(np.arange(begin, end), n)
            other = np.arange(len(one)) - np.repeat(ends[begin:end] - n - before, n) + first[one]
            akin = self._kin[self._type[source[one]], self._type[target[other]]]
            one, other = one[akin], other[akin]
            near = np.arange(len(one)) - np.searchsorted(one, one, "left") < _WEIGHED
            yield source[one[near]], target[other[near]]
            begin = end
