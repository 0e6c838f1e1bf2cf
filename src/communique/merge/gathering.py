"""Events come together one by one; what is compared of each is kept, not the event."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Generic, TypeVar

import numpy as np
from numpy.typing import NDArray

from communique.merge.alignment import align
from communique.merge.blocks import pairs
from communique.merge.bounds import Bounds
from communique.merge.linkage import Links, groups
from communique.merge.reasons import ENOUGH, compare, score
from communique.merge.traits import Traits, traits_of
from communique.types.incidents import Anchor, EventTold, Reason

_VERBATIM = Reason("verbatim", 0.0, "the same words in the same text")
_ALIGNED = Reason("aligned", 0.0, "the same sentence in copies of one text")

T = TypeVar("T")
Order = tuple[date, Anchor, str, str]


def order(event: EventTold) -> Order:
    """What events are sorted by: the day of their report, then what never changes."""
    return event.published.start if event.published else date.max, event.anchor, event.document, event.event


@dataclass(frozen=True, slots=True)
class Telling(Generic[T]):
    """An event in its group: what it was given as, its likeness to the telling that is likest to it, and the reasons."""

    told: T
    order: Order
    likeness: float | None
    reasons: tuple[Reason, ...]


@dataclass(slots=True)
class _Node(Generic[T]):
    """Events that are one without weighing, as the same words of verbatim reprints are; traits are those of the earliest."""

    traits: Traits
    first: Order
    told: list[tuple[Order, T]] = field(default_factory=list)


class Gathering(Generic[T]):
    """Events to be grouped. Words that are `common` tell none from another."""

    def __init__(self, common: frozenset[str]) -> None:
        self._common = common
        self._nodes: dict[Anchor, _Node[T]] = {}

    def add(self, event: EventTold, told: T) -> None:
        """Take in an event, which comes back in its group as `told`."""
        place = order(event)
        node = self._nodes.get(event.anchor)
        if node is None:
            node = self._nodes[event.anchor] = _Node(traits_of(event, self._common), place)
        elif place < node.first:
            node.traits, node.first = traits_of(event, self._common), place
        node.told.append((place, told))

    def linked(self, fresh: Collection[Anchor]) -> Iterator[T]:
        """All events that hang on these anchors, stand in the same sentence of a copy, or have enough points with one that
        does."""
        united, traits = self._united()
        new = np.array([not anchors.isdisjoint(fresh) for anchors in united], bool)
        for i in _links(traits, new).keys() | set(np.flatnonzero(new).tolist()):
            yield from (told for anchor in united[i] for _, told in self._nodes[anchor].told)

    def groups(self) -> Iterator[list[Telling[T]]]:
        """The groups, in an order that does not depend on that in which events were taken in; the same holds for what is in
        them."""
        united, traits = self._united()
        links = _links(traits)
        for group in groups(links, traits):
            yield list(self._tellings(group, united, traits, links))

    def _united(self) -> tuple[list[set[Anchor]], list[Traits]]:
        """Anchors that stand in the same sentence of copies, with the traits of the earliest of them."""
        anchors = sorted(self._nodes, key=lambda anchor: (self._nodes[anchor].first, anchor))
        united: dict[Anchor, set[Anchor]] = {}
        for anchor, first in zip(anchors, align([self._nodes[anchor].traits for anchor in anchors]), strict=True):
            united.setdefault(anchors[first], set()).add(anchor)
        return [united[first] for first in sorted(united)], [self._nodes[first].traits for first in sorted(united)]

    def _tellings(
        self, group: list[int], united: Sequence[set[Anchor]], traits: Sequence[Traits], links: Links
    ) -> Iterator[Telling[T]]:
        """Each event with the reasons that bind it to the likest other one."""
        members = set(group)
        for i in group:
            linked = {j: points for j, points in links.get(i, {}).items() if j in members}
            others = linked or {j: score(traits[i], traits[j]) for j in group if j != i}
            best = min(others, key=lambda j: (-others[j], j), default=None)
            reasons = compare(traits[i], traits[best]) if best is not None else ()
            told = sorted((pair for anchor in united[i] for pair in self._nodes[anchor].told), key=lambda pair: pair[0])
            if len(told) > 1:
                reasons = (_VERBATIM if len(united[i]) == 1 else _ALIGNED, *reasons)
            likeness = others[best] / 10 if best is not None else None
            yield from (Telling(one, place, likeness, reasons) for place, one in told)


def _links(traits: Sequence[Traits], fresh: NDArray[np.bool_] | None = None) -> dict[int, dict[int, int]]:
    """The pairs that have enough points, by both; of each pair one is `fresh`, where that is given."""
    bounds = Bounds(traits)
    links: dict[int, dict[int, int]] = {}
    for one, other in pairs(traits):
        if fresh is not None:
            asked = fresh[one] | fresh[other]
            one, other = one[asked], other[asked]
        for i, j in zip(*(side.tolist() for side in bounds.worth(one, other)), strict=True):
            points = score(traits[i], traits[j])
            if points >= ENOUGH:
                links.setdefault(i, {})[j] = points
                links.setdefault(j, {})[i] = points
    return links
