"""How many points two events can have at most, for many pairs at once: few of the pairs that meet are worth weighing.

Types, modes, sides, days, places, triggers, words and stories are counted nearly as `reasons` does, numbers and plans by the
most that they can give. Sets of actors are bits of one number: no bit shared is none shared. Of pairs that meet on a busy day
all but one in twenty fall below `ENOUGH` so.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from communique.merge.reasons import ENOUGH, points
from communique.merge.traits import BITS, Traits

Whole = NDArray[np.int64]
Bits = NDArray[np.uint64]
_HALF, _QUARTER = np.uint64(0x5555555555555555), np.uint64(0x3333333333333333)
_NIBBLE, _ONES = np.uint64(0x0F0F0F0F0F0F0F0F), np.uint64(0x0101010101010101)


class Bounds:
    """Traits as columns, of which pairs are picked."""

    def __init__(self, traits: Sequence[Traits]) -> None:
        self._plover = self._column("plover", traits)
        self._mode = self._column("mode", traits)
        self._place = self._column("place", traits)
        self._country = self._column("place_country", traits)
        self._stem = self._column("stem", traits)
        self._story = self._column("story", traits)
        self._text = self._column("text_id", traits)
        self._group = self._column("group", traits)
        self._start = np.array([t.start for t in traits])
        self._end = np.array([t.end for t in traits])
        flags = [(t.guessed, t.exact_place, t.mutual, t.known, bool(t.figures), t.moved or t.denied) for t in traits]
        columns = np.array(flags, bool).reshape(-1, 6).T
        self._guessed, self._exact, self._mutual, self._known, self._figures, self._changes = columns
        self._actor, _ = _bits([t.actor for t in traits])
        self._recipient, _ = _bits([t.recipient for t in traits])
        self._actor_countries, _ = _bits([t.actor_countries for t in traits])
        self._recipient_countries, _ = _bits([t.recipient_countries for t in traits])
        self._keys, self._keys_clear = _bits([t.actor | t.recipient for t in traits])
        self._among, self._among_clear = _bits([t.sides for t in traits])
        self._point = np.array([t.point or (np.nan, np.nan) for t in traits], np.float64).reshape(-1, 2)
        words = b"".join(t.words.to_bytes(BITS // 8, "little") for t in traits)
        self._words = np.frombuffer(words, np.uint64).reshape(-1, BITS // 64)
        self._number = _ones(self._words)

    @staticmethod
    def _column(name: str, traits: Sequence[Traits]) -> Whole:
        """Numbers for the values, below 0 where there is none."""
        codes: dict[Hashable, int] = {None: -1, "": -1}
        return np.array([codes.setdefault(getattr(t, name), len(codes)) for t in traits], np.int64)

    def worth(self, one: Whole, other: Whole) -> tuple[Whole, Whole]:
        """The pairs that may have enough points."""
        most = self._acts(one, other) + self._days(one, other) + self._places(one, other) + self._rest(one, other)
        may = most + points("both sides") + points("words") >= ENOUGH
        one, other, most = one[may], other[may], most[may]
        most += self._sides(one, other)
        may = most + points("words") >= ENOUGH
        one, other, most = one[may], other[may], most[may]
        may = most + self._told(one, other) >= ENOUGH
        return one[may], other[may]

    def _acts(self, a: Whole, b: Whole) -> Whole:
        same = self._plover[a] == self._plover[b]
        modes = (self._mode[a] >= 0) & (self._mode[b] >= 0)
        mode = np.where(self._mode[a] == self._mode[b], points("mode"), points("other mode"))
        return np.where(same, points("type") + np.where(modes, mode, 0), points("kin types"))

    def _sides(self, a: Whole, b: Whole) -> Whole:
        actors = self._side(a, b, self._actor, self._actor_countries)
        recipients = self._side(a, b, self._recipient, self._recipient_countries)
        turned = self._actor_countries[a] & self._recipient_countries[b] != 0
        turned &= self._recipient_countries[a] & self._actor_countries[b] != 0
        found = actors + recipients
        other = np.minimum(actors, recipients) == points("actor other")
        found = np.where(turned & other, np.maximum(found, points("sides turned")), found)
        mutual = np.flatnonzero(self._mutual[a] | self._mutual[b])
        found[mutual] = self._both(a[mutual], b[mutual])
        return found

    def _side(self, a: Whole, b: Whole, keys: Bits, countries: Bits) -> Whole:
        there = (keys[a] != 0) & (keys[b] != 0)
        same = keys[a] & keys[b] != 0
        known = (countries[a] != 0) & (countries[b] != 0)
        near = np.where(countries[a] & countries[b] != 0, points("actor country"), points("actor other"))
        return np.where(there, np.where(same, points("actor same"), np.where(known, near, points("actor of one sector"))), 0)

    def _both(self, a: Whole, b: Whole) -> Whole:
        keys = self._shared(self._keys, self._keys_clear, a, b)
        sides = self._shared(self._among, self._among_clear, a, b)
        shared = np.maximum(keys, sides)
        apart = (self._among[a] & ~self._among[b] != 0) & (self._among[b] & ~self._among[a] != 0)
        one = points("one side") + np.where(apart, points("another side"), 0)
        none = np.where(self._known[a] & self._known[b], points("no side"), 0)
        two = np.where(keys >= 2, points("both sides"), points("both countries"))
        found = np.where(shared >= 2, two, np.where(shared == 1, np.maximum(one, none), none))
        return np.where((self._among[a] != 0) & (self._among[b] != 0), found, 0)

    @staticmethod
    def _shared(bits: Bits, clear: NDArray[np.bool_], a: Whole, b: Whole) -> Whole:
        """How many members two sets share at most. Where each of one has a bit of its own, no more than shared bits."""
        shared = _ones(bits[a] & bits[b])
        return np.where(clear[a] | clear[b] | (shared == 0), shared, 2)

    def _days(self, a: Whole, b: Whole) -> Whole:
        start, end = np.maximum(self._start[a], self._start[b]), np.minimum(self._end[a], self._end[b])
        gap = start - end + 1
        wide = np.maximum(self._end[a] - self._start[a], self._end[b] - self._start[b])
        told = np.select(
            [gap > 1, gap > 0, wide <= 1],
            [points("other time"), points("next day"), points("same day")],
            points("same days"),
        )
        told = np.where(self._changes[a] | self._changes[b], np.maximum(told, points("called off before")), told)
        guessed = np.where(gap > 2, points("called off before"), points("reported together"))
        return np.where(self._guessed[a] | self._guessed[b], guessed, told)

    def _rest(self, a: Whole, b: Whole) -> Whole:
        found = np.where(self._figures[a] & self._figures[b], points("number"), 0)
        found += np.where(self._stem[a] == self._stem[b], points("trigger"), 0)
        stories = (self._story[a] >= 0) & (self._story[b] >= 0)
        found += np.where(stories, np.where(self._story[a] == self._story[b], points("story"), points("other story")), 0)
        same = (self._text[a] == self._text[b]) | (self._group[a] == self._group[b])
        return found + np.where(same, points("told again"), 0)

    def _places(self, a: Whole, b: Whole) -> Whole:
        exact = self._exact[a] & self._exact[b]
        (north, east), (lat, lon) = self._point[a].T, self._point[b].T
        way = 111.2 * np.hypot(north - lat, ((east - lon + 180) % 360 - 180) * np.cos(np.radians((north + lat) / 2)))
        far = np.select([np.isnan(way), way <= 10, way <= 50], [0, points("place"), points("near")], points("other place"))
        known = (self._country[a] >= 0) & (self._country[b] >= 0)
        country = np.where(self._country[a] == self._country[b], points("place's country"), points("other country"))
        return np.where(exact, np.where(self._place[a] == self._place[b], points("place"), far), np.where(known, country, 0))

    def _told(self, a: Whole, b: Whole) -> Whole:
        fewer = np.minimum(self._number[a], self._number[b])
        shared = _ones(self._words[a] & self._words[b])
        found = np.select(
            [(shared >= 2) & (2 * shared >= fewer), 4 * shared >= fewer, shared > 0],
            [points("words"), points("some words"), points("few words")],
            points("other words"),
        )
        few = np.where(shared > 0, points("a word"), points("no word"))
        return np.where(fewer < 3, np.where(fewer > 0, few, 0), found)


def _bits(sets: Sequence[frozenset[str]]) -> tuple[Bits, NDArray[np.bool_]]:
    """Sets as one bit of 64 for each member, and whether no two members of a set have the same."""
    known: dict[frozenset[str], int] = {}
    for one in sets:
        if one not in known:
            bits = 0
            for key in one:
                bits |= 1 << crc32(key.encode("utf-8", "surrogatepass")) % 64
            known[one] = bits
    clear = {one for one, bits in known.items() if bits.bit_count() == len(one)}
    return np.array([known[one] for one in sets], np.uint64), np.array([one in clear for one in sets], bool)


def _ones(words: Bits) -> Whole:
    """How many bits are set, in all of a row."""
    n = words - (words >> np.uint64(1) & _HALF)
    n = (n & _QUARTER) + (n >> np.uint64(2) & _QUARTER)
    n = ((n + (n >> np.uint64(4)) & _NIBBLE) * _ONES) >> np.uint64(56)
    counts: Whole = n.astype(np.int64) if n.ndim == 1 else n.sum(axis=1, dtype=np.int64)
    return counts
