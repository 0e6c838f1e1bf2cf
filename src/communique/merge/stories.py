"""Documents about the same thing: each joins the story that it is likest, or founds one.

Incremental: documents that are in a story stay there, and its id stays. New ones are taken in the order of publication (single
pass, as in topic detection: Allan 2002), then looked at again once all are there, and stories that turn out to be one are
joined. Likeness is the cosine to the sum of the members, less the further apart in time.
"""

from __future__ import annotations

import hashlib
import math
from array import array
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

import numpy as np

from communique.merge.sketches import Sketch, sketch
from communique.merge.vectors import NOTHING, Held, Vector, Weigher
from communique.types.stories import Story, Told
from communique.types.text import Interval

WINDOW = timedelta(days=60)  # how far apart documents of one story may be
# Chosen on texts of our own and on halves of MEANTIME's reports.
JOIN = 0.26  # likeness from which a document joins a story
_NEAR_DAYS = 1  # days apart that cost nothing
_HALF_LIFE = 30.0  # further days that halve a likeness
_UNDATED = 0.8  # what it costs when a day is not known
_PROBES, _CANDIDATES = 30, 12  # terms that candidates are found by, and candidates that are looked at
_COMMON = 400  # stories of one shelf with a term, from which it finds none
_ROUNDS = 2
_NONE = array("i")


@dataclass(slots=True, eq=False)
class _Forming:
    """A story as it grows: the sum of its members' vectors, and the square of that sum's length, with what each alone has."""

    number: int
    members: set[int] = field(default_factory=set)
    sum: Vector = NOTHING
    square: float = 0.0
    first: date | None = None
    last: date | None = None
    shelves: set[int | None] = field(default_factory=set)
    id: str | None = None


def tell_stories(
    told: Sequence[Told],
    kept: Mapping[str, str] | None = None,
    together: Iterable[Sequence[str]] = (),
    sketches: Mapping[str, Sketch] | None = None,
) -> list[Story]:
    """The stories of documents. `kept` has the stories of those that are in one already, by document; `together` has
    documents that go to one story whatever their likeness, as the copies of a text do. `sketches` has those of the documents,
    whose texts are not looked at then, and of others that show how rare terms are. Stories come in the order of their first
    documents, each document in one of them."""
    if sketches is None:
        sketches = {one.document: sketch(one) for one in told}
    return _Teller(told, kept or {}, together, sketches).tell()


class _Teller:
    def __init__(
        self, told: Sequence[Told], kept: Mapping[str, str], together: Iterable[Sequence[str]], sketches: Mapping[str, Sketch]
    ) -> None:
        self._told = sorted(told, key=lambda t: (t.published.start if t.published else date.max, t.document))
        weigher = Weigher(sketches.values())
        self._vectors = [weigher.weigh(sketches[one.document]) for one in self._told]
        self._held = Held(len(weigher))
        self._found_by = np.zeros(len(weigher), bool)
        self._kept = kept
        place = {one.document: n for n, one in enumerate(self._told)}
        self._leader = list(range(len(self._told)))
        groups = [[place[d] for d in group] for group in together]
        same: dict[str, list[int]] = {}
        for n, one in enumerate(self._told):
            same.setdefault(one.text_id, []).append(n)
        for group in (*groups, *same.values()):
            self._tie(group)
        self._forming: dict[int, _Forming] = {}
        self._of: dict[int, _Forming] = {}
        self._with: dict[int | None, dict[int, array[int]]] = {}
        self._next = 0

    def _tie(self, group: Sequence[int]) -> None:
        roots = {self._root(n) for n in group}
        least = min(roots)
        for root in roots:
            self._leader[root] = least

    def _root(self, n: int) -> int:
        while self._leader[n] != n:
            self._leader[n] = self._leader[self._leader[n]]
            n = self._leader[n]
        return n

    def tell(self) -> list[Story]:
        units: dict[int, list[int]] = {}
        for n in range(len(self._told)):
            units.setdefault(self._root(n), []).append(n)
        fixed = self._place_kept(units)
        free = [unit for root, unit in units.items() if root not in fixed]
        for unit in free:
            self._join(unit, self._home(unit) or self._found())
        for _ in range(_ROUNDS):
            self._unite({self._of[unit[0]].number for unit in free})
            if not self._settle(free):
                break
        there = [home for home in self._forming.values() if home.members]
        return [self._story(home) for home in sorted(there, key=lambda home: min(home.members))]

    def _place_kept(self, units: Mapping[int, list[int]]) -> set[int]:
        """Put what is in a story back there, and its copies with it; the units that are placed."""
        stories: dict[str, _Forming] = {}
        placed = set()
        for root, unit in units.items():
            homes = {n: self._kept[self._told[n].document] for n in unit if self._told[n].document in self._kept}
            if not homes:
                continue
            placed.add(root)
            for n in unit:
                name = homes.get(n, next(iter(homes.values())))
                if name not in stories:
                    stories[name] = self._found()
                    stories[name].id = name
                self._join([n], stories[name])
        return placed

    def _found(self) -> _Forming:
        home = _Forming(self._next)
        self._next += 1
        self._forming[home.number] = home
        return home

    def _join(self, unit: Iterable[int], home: _Forming) -> None:
        for n in unit:
            self._of[n] = home
            home.members.add(n)
            days = self._told[n].published
            self._put(home, _shelf(days.start) if days else None, self._vectors[n])
            if days:
                home.first = min(home.first or days.start, days.start)
                home.last = max(home.last or days.end, days.end)

    def _put(self, home: _Forming, shelf: int | None, vector: Vector) -> None:
        """Add a document's vector to its story, which is found by its terms from then on."""
        self._held.hold(vector)
        home.square += 1.0 + 2 * self._held.times(home.sum)
        self._found_by[home.sum.terms] = shelf in home.shelves
        fresh = vector.terms[~self._found_by[vector.terms]]
        self._found_by[home.sum.terms] = False
        home.sum = home.sum.plus(vector)
        home.shelves.add(shelf)
        found = self._with.setdefault(shelf, {})
        for term in fresh.tolist():
            found.setdefault(term, array("i")).append(home.number)

    def _leave(self, unit: Sequence[int]) -> _Forming:
        """Take documents out of their story, which stays, perhaps empty."""
        home = self._of[unit[0]]
        for n in unit:
            home.members.remove(n)
            home.sum = home.sum.plus(self._vectors[n], -1)
            self._held.hold(self._vectors[n])
            home.square -= 1.0 + 2 * self._held.times(home.sum)
        if not home.members:
            home.sum, home.square = Vector(home.sum.terms, np.zeros(len(home.sum.terms))), 0.0  # still found by its terms
        days = [p for n in unit if (p := self._told[n].published)]
        if any(p.start == home.first or p.end == home.last for p in days):
            self._date(home)
        return home

    def _date(self, home: _Forming) -> None:
        days = [p for n in home.members if (p := self._told[n].published)]
        home.first = min((p.start for p in days), default=None)
        home.last = max((p.end for p in days), default=None)

    def _nearest(self, vector: Vector, square: float, days: Interval | None, but: _Forming | None = None) -> _Forming | None:
        """The story that a vector, with the square of its length, is likest, if it is like one at all."""
        best: tuple[float, _Forming | None] = (JOIN, None)
        self._held.hold(vector)
        for home in self._candidates(vector, days):
            if home is but:
                continue
            likeness = self._held.times(home.sum) / math.sqrt(square * max(home.square, 1.0)) * _closeness(days, home)
            if likeness >= best[0]:
                best = (likeness, home)
        return best[1]

    def _candidates(self, vector: Vector, days: Interval | None) -> list[_Forming]:
        """Stories about the same time that share the heaviest terms, those that share the most first."""
        shelves: Iterable[int | None] = self._with
        if days is not None:
            shelves = (None, *range(_shelf(days.start) - 1, _shelf(days.end) + 2))
        found, scores = [], []
        for term, weight in zip(*(column.tolist() for column in vector.heaviest(_PROBES)), strict=True):
            for shelf in shelves:
                numbers = self._with.get(shelf, {}).get(term, _NONE)
                if 0 < len(numbers) <= _COMMON:
                    found.append(np.frombuffer(numbers, np.intc))
                    scores.append(weight)
        if not found:
            return []
        total = np.bincount(np.concatenate(found), np.repeat(scores, [len(numbers) for numbers in found]))
        likely = np.flatnonzero(total)
        likely = likely[np.lexsort((-likely, total[likely]))[::-1][:_CANDIDATES]]
        return [home for number in likely.tolist() if (home := self._forming[number]).members]

    def _unite(self, numbers: Iterable[int]) -> None:
        """Join new stories to the one that they are likest; none that was kept is joined to another."""
        for number in sorted(numbers):
            home = self._forming[number]
            if home.id is not None or not home.members:
                continue
            days = Interval(home.first, home.last) if home.first and home.last else None
            other = self._nearest(home.sum.gathered(), max(home.square, 1.0), days, home)
            if other is not None:
                members = list(home.members)
                self._leave(members)
                self._join(members, other)

    def _settle(self, free: Sequence[Sequence[int]]) -> bool:
        """Look at each new document again, without it where it is; whether one moved."""
        moved = False
        for unit in free:
            home = self._leave(unit)
            best = self._home(unit) or (home if not home.members else self._found())
            moved = moved or best is not home
            self._join(unit, best)
        return moved

    def _home(self, unit: Sequence[int]) -> _Forming | None:
        return self._nearest(self._vectors[unit[0]], 1.0, self._told[unit[0]].published)

    def _story(self, home: _Forming) -> Story:
        members = sorted(home.members)
        likeness = []
        for n in members:
            mine = self._vectors[n]
            self._held.hold(mine)
            shared = self._held.times(home.sum) - self._held.times(mine)
            likeness.append(max(0.0, min(1.0, shared / (len(members) - 1))) if len(members) > 1 else 1.0)
        name = home.id or "s" + hashlib.sha256(self._told[members[0]].text_id.encode()).hexdigest()[:12]
        return Story(name, tuple(self._told[n].document for n in members), tuple(round(v, 4) for v in likeness))


def _shelf(day: date) -> int:
    """Stories are looked for by the window that their days lie in, and by the two next to it."""
    return day.toordinal() // WINDOW.days


def _closeness(days: Interval | None, home: _Forming) -> float:
    """What a likeness is multiplied by for the days that lie between a document and a story."""
    if days is None or home.first is None or home.last is None:
        return _UNDATED
    apart = max((days.start - home.last).days + 1, (home.first - days.end).days + 1, 0)
    return 0.0 if apart > WINDOW.days else 0.5 ** (max(0, apart - _NEAR_DAYS) / _HALF_LIFE)
