"""Candidates for copies among many texts: MinHash signatures (Broder 1997, SEQUENCES) cut into bands (Leskovec, Rajaraman and
Ullman, Mining of Massive Datasets, ch. 3), so that like texts meet in a bucket and no others need be compared."""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from communique.merge.wording import NAME, NUMBER, Wording

WORDS, SKELETON = 3, 4  # how many words a shingle has
_BANDS, _ROWS = 24, 3
_PARTNERS = 8
_SEED = 7

Hashes = NDArray[np.uint64]

_random = np.random.default_rng(_SEED)
_FACTORS = _random.integers(1, 1 << 62, _BANDS * _ROWS, dtype=np.uint64) | np.uint64(1)
_SHIFTS = _random.integers(0, 1 << 62, _BANDS * _ROWS, dtype=np.uint64)
_PLACES = _random.integers(1, 1 << 62, 8, dtype=np.uint64) | np.uint64(1)


@lru_cache(maxsize=1 << 18)
def _hash(form: str) -> int:
    return zlib.crc32(form.encode("utf-8", "surrogatepass")) | zlib.adler32(form.encode("utf-8", "surrogatepass")) << 32


def shingles(forms: Sequence[str], size: int) -> Hashes:
    """Hashes of all runs of `size` forms, each once, sorted; none where there are fewer forms."""
    if len(forms) < size:
        return np.empty(0, np.uint64)
    return np.unique(_runs(forms, size))


def anchored(wording: Wording) -> Hashes:
    """Hashes of the runs of the body's skeleton that have a number or a name: the same when each other word of content was put
    for another."""
    first = wording.headline
    if len(wording.forms) - first < SKELETON:
        return np.empty(0, np.uint64)
    fixed = np.array([k in (NUMBER, NAME) for k in wording.kinds[first:]])
    kept = np.lib.stride_tricks.sliding_window_view(fixed, SKELETON).any(axis=1)
    return np.unique(_runs(wording.skeleton(first, len(wording.forms)), SKELETON)[kept])


def _runs(forms: Sequence[str], size: int) -> Hashes:
    hashes = np.fromiter((_hash(f) for f in forms), np.uint64, len(forms))
    runs: Hashes = (np.lib.stride_tricks.sliding_window_view(hashes, size) * _PLACES[:size]).sum(axis=1, dtype=np.uint64)
    runs ^= runs >> np.uint64(29)
    mixed: Hashes = runs * _PLACES[7]
    return mixed


def bands(hashes: Hashes) -> Hashes:
    """The bands of a set's signature, one number for each; two sets of Jaccard likeness J share one with 1-(1-J³)²⁴."""
    least = ((hashes[None, :] * _FACTORS[:, None] + _SHIFTS[:, None]) >> np.uint64(32)).min(axis=1)
    rows = least.reshape(_BANDS, _ROWS)
    keys: Hashes = (rows * _PLACES[:_ROWS]).sum(axis=1, dtype=np.uint64)
    return keys


def meetings(keys: Sequence[Hashes | None]) -> Iterator[tuple[int, int]]:
    """Pairs of indices of sets that share a band, the lower first, some of them several times.

    Where many meet in one bucket, each is paired with the first eight and with the one before it, so that a report that a
    thousand outlets print does not give half a million pairs. Sets without bands meet none.
    """
    there = [i for i, k in enumerate(keys) if k is not None]
    if len(there) < 2:
        return
    table = np.stack([k for k in keys if k is not None])
    for band in table.T:
        order = np.argsort(band, kind="stable")
        cuts = np.flatnonzero(np.diff(band[order])) + 1
        for bucket in np.split(order, cuts):
            if len(bucket) < 2:
                continue
            members = [there[i] for i in bucket]
            for n, one in enumerate(members):
                for other in {*members[: min(n, _PARTNERS)], *members[n - 1 : n]}:
                    yield other, one
