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
Signature = NDArray[np.uint32]

_random = np.random.default_rng(_SEED)
_FACTORS = _random.integers(1, 1 << 62, _BANDS * _ROWS, dtype=np.uint64) | np.uint64(1)
_SHIFTS = _random.integers(0, 1 << 62, _BANDS * _ROWS, dtype=np.uint64)
_PLACES = _random.integers(1, 1 << 62, 8, dtype=np.uint64) | np.uint64(1)


@lru_cache(maxsize=1 << 18)
def _hash(form: str) -> int:
    return zlib.crc32(form.encode("utf-8", "surrogatepass")) | zlib.adler32(form.encode("utf-8", "surrogatepass")) << 32


def shingles(forms: Sequence[str], size: int, among: Sequence[bool] | None = None) -> Hashes:
    """Hashes of all runs of `size` forms, each once, sorted; none where there are fewer forms. With `among`, only runs that
    have a form for which it holds."""
    if len(forms) < size:
        return np.empty(0, np.uint64)
    runs = _runs(forms, size)
    return np.unique(runs if among is None else runs[_with(among, size)])


def anchored(wording: Wording) -> Hashes:
    """Hashes of the runs of the body's skeleton that have a number or a name: the same when each other word of content was put
    for another."""
    first = wording.headline
    if len(wording.forms) - first < SKELETON:
        return np.empty(0, np.uint64)
    kept = _with([k in (NUMBER, NAME) for k in wording.kinds[first:]], SKELETON)
    return np.unique(_runs(wording.skeleton(first, len(wording.forms)), SKELETON)[kept])


def _with(among: Sequence[bool], size: int) -> NDArray[np.bool_]:
    windows = np.lib.stride_tricks.sliding_window_view(np.array(among), size)
    return np.asarray(windows.any(axis=1), np.bool_)


def _runs(forms: Sequence[str], size: int) -> Hashes:
    hashes = np.array(list(map(_hash, forms)), np.uint64)
    runs: Hashes = (np.lib.stride_tricks.sliding_window_view(hashes, size) * _PLACES[:size]).sum(axis=1, dtype=np.uint64)
    runs ^= runs >> np.uint64(29)
    mixed: Hashes = runs * _PLACES[7]
    return mixed


def signature(hashes: Hashes) -> Signature:
    """The least of a set's hashes under each of 72 orders; of two sets, the share that is the same is about their Jaccard
    likeness. Empty where the set is."""
    if not len(hashes):
        return np.empty(0, np.uint32)
    least: Signature = ((hashes[None, :] * _FACTORS[:, None] + _SHIFTS[:, None]) >> np.uint64(32)).min(axis=1).astype(np.uint32)
    return least


def meetings(signatures: Sequence[Signature], fresh: NDArray[np.bool_] | None = None) -> Iterator[tuple[int, int]]:
    """Pairs of indices of sets that share a band of three, the lower first, some of them several times; two sets of Jaccard
    likeness J share one with 1-(1-J³)²⁴. Of each pair one is `fresh`, where that is given.

    Where many meet in one bucket, each is paired with the first eight and with the one before it, so that a report that a
    thousand outlets print does not give half a million pairs. Empty sets meet none.
    """
    there = np.array([i for i, s in enumerate(signatures) if len(s)], np.int64)
    if len(there) < 2:
        return
    rows = np.stack([signatures[i] for i in there]).reshape(len(there), _BANDS, _ROWS)
    asked = np.ones(len(there), bool) if fresh is None else fresh[there]
    for n in range(_BANDS):
        band = (rows[:, n].astype(np.uint64) * _PLACES[:_ROWS]).sum(axis=1, dtype=np.uint64)
        yield from ((int(there[i]), int(there[j])) for i, j in _met(band, asked))


def _met(keys: Hashes, asked: NDArray[np.bool_]) -> Iterator[tuple[int, int]]:
    order = np.argsort(keys, kind="stable")
    same = np.concatenate(([False], keys[order[1:]] == keys[order[:-1]]))
    first = np.maximum.accumulate(np.where(same, 0, np.arange(len(keys))))  # of the bucket that each is in
    begin = np.unique(first[asked[order]])
    for n in np.flatnonzero(same & np.isin(first, begin)).tolist():
        start = int(first[n])
        for m in {*range(start, min(start + _PARTNERS, n)), n - 1}:
            if asked[order[m]] or asked[order[n]]:
                yield order[m], order[n]
