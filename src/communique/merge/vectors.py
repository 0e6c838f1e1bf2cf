"""What a document is about, as weighted terms: words, names, actors, days (TF-IDF; Salton and Buckley 1988)."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

from communique.merge.sketches import KIND, NUMBER_TERM, WORD_TERM, Sketch, Terms, number_of, stem

_TERMS = 150  # of a document that are kept, the heaviest
_PRIOR = 300  # documents that what is known of English counts for, beside those of the desk
_SMALL = 30  # documents of a desk on which a term that one has alone counts for half
_LENGTH = 300  # words of a usual report
_RARE = 3e-3  # share of reports with a word that no vocabulary has
_NUMBER = 1e-2  # with a number, any one
_RARE_ENTRY = 1e-2  # and with an actor of the registry, any one

_LOOSE = 4096  # terms of a sum, below which they are never gathered

Places = NDArray[np.int64]
Weights = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Vector:
    """Weights of terms, by their places in a `Weigher`; the weight of a term that is there several times is the sum. `once` is
    how many stood there when each was there once."""

    terms: Places
    weights: Weights
    once: int = 0

    def plus(self, other: Vector, sign: int = 1) -> Vector:
        """The sum, or the difference where `sign` is -1."""
        terms = np.concatenate((self.terms, other.terms))
        summed = Vector(terms, np.concatenate((self.weights, sign * other.weights)), self.once)
        return summed if len(terms) < max(_LOOSE, 2 * self.once) else summed.gathered()

    def gathered(self) -> Vector:
        """The same with each term once."""
        terms, place = np.unique(self.terms, return_inverse=True)
        return Vector(terms, np.bincount(place, self.weights, len(terms)).astype(np.float64), len(terms))

    def heaviest(self, most: int) -> tuple[Places, Weights]:
        """So many terms with their weights, the heaviest first; each must be there once."""
        order = np.lexsort((self.terms, self.weights))[::-1][:most]
        return self.terms[order], self.weights[order]


NOTHING = Vector(np.empty(0, np.int64), np.empty(0))


class Held:
    """A vector that many are multiplied with, laid out over all terms."""

    def __init__(self, terms: int) -> None:
        self._weights = np.zeros(terms)
        self._terms = NOTHING.terms

    def hold(self, vector: Vector) -> None:
        """Take this vector, which has each term once, in the place of the one before."""
        self._weights[self._terms] = 0.0
        self._terms = vector.terms
        self._weights[vector.terms] = vector.weights

    def times(self, other: Vector) -> float:
        """The inner product."""
        return float(self._weights[other.terms] @ other.weights)


class Weigher:
    """How much the terms of documents weigh: those that are rare on the desk and in English say more.

    How often English has a word is read off its place in the network's vocabulary, which is in order of frequency: the
    n-th word makes up about 1/(10n) of a text (Zipf 1949).
    """

    def __init__(self, sketches: Iterable[Sketch]) -> None:
        terms = [one.terms for one in sketches]
        self._terms, self._with = np.unique(np.concatenate(terms or [np.empty(0, np.uint32)]), return_counts=True)
        share = (self._with + _PRIOR * _expected(self._terms)) / (len(terms) + _PRIOR)
        self._rarity = -np.log(np.minimum(share, 1.0))
        self._detail = _SMALL / (_SMALL + len(terms))

    def weigh(self, one: Sketch) -> Vector:
        """The heaviest terms of a document that another has too; none where it has none. It is of those that the weigher was
        made of.

        The vector is of length 1 together with what no other has, which counts the less the larger the desk: among many
        documents it is detail (the name of a witness), among few it may be what the document is about.
        """
        place = np.searchsorted(self._terms, one.terms)
        weights = (1 + np.log(one.counts.astype(np.float64))) * self._rarity[place]
        shared = self._with[place] > 1
        alone = float((weights[~shared] ** 2).sum()) * self._detail
        terms, weights = Vector(place[shared], weights[shared]).heaviest(_TERMS)
        return Vector(terms, weights / (math.sqrt(alone + float(weights @ weights)) or 1.0))

    def __len__(self) -> int:
        return len(self._terms)


def _expected(terms: Terms) -> Weights:
    """The share of reports that have a term, by what is known of English."""
    known, shares = _english()
    place = np.searchsorted(known, terms)
    place[place == len(known)] = 0
    words = np.where(known[place] == terms, shares[place], _RARE)
    kind = terms >> np.uint32(KIND)
    return np.select([kind == WORD_TERM, kind == NUMBER_TERM], [words, np.full(len(terms), _NUMBER)], _RARE_ENTRY)


@cache
def _english() -> tuple[Terms, Weights]:
    """Words of English as terms in order, and the share of reports that have each."""
    pieces = files("communique.models").joinpath("language/vocab.txt").read_text(encoding="utf-8").split("\n")
    whole = [p for p in pieces[pieces.index("the") :] if p.isalpha()]
    ranks: dict[int, int] = {}
    for rank, piece in enumerate(whole, 1):
        ranks.setdefault(number_of(stem(piece), WORD_TERM), rank)
    terms = sorted(ranks)
    shares = [max(_RARE, 1 - math.exp(-_LENGTH / (10 * ranks[term]))) for term in terms]
    return np.array(terms, np.uint32), np.array(shares)
