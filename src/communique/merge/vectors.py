"""What a document is about, as weighted terms: words, names, actors, days (TF-IDF; Salton and Buckley 1988)."""

from __future__ import annotations

import heapq
import math
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files

from communique.merge.wording import NAME, NUMBER, content_of, word
from communique.models.wordpiece import fold
from communique.types.stories import Told

Vector = dict[str, float]

_TERMS = 150  # of a document that are kept, the heaviest
_LEAD = 60  # words at the beginning that tell what it is about
_LEAD_WEIGHT, _NAME_WEIGHT, _ENTRY_WEIGHT, _DAY_WEIGHT = 1.5, 2.5, 3.0, 1.5
_PRIOR = 300  # documents that what is known of English counts for, beside those of the desk
_SMALL = 30  # documents of a desk on which a term that one has alone counts for half
_LENGTH = 300  # words of a usual report
_RARE = 3e-3  # share of reports with a word that no vocabulary has
_NUMBER = 1e-2  # with a number, any one
_RARE_ENTRY = 1e-2  # and with an actor of the registry, any one


class Terms:
    """How much the terms of documents weigh: those that are rare on the desk and in English say more.

    How often English has a word is read off its place in the network's vocabulary, which is in order of frequency: the
    n-th word makes up about 1/(10n) of a text (Zipf 1949).
    """

    def __init__(self, told: Iterable[Told] = ()) -> None:
        self._with: Counter[str] = Counter()
        self._documents = 0
        for one in told:
            self._with.update(_count(one).keys())
            self._documents += 1

    def weigh(self, one: Told) -> Vector:
        """The heaviest terms of a document that another has too, with their weights; empty where it has none.

        The vector is of length 1 together with what no other has, which counts the less the larger the desk: among many
        documents it is detail (the name of a witness), among few it may be what the document is about.
        """
        weights = {term: self._weight(term, n) for term, n in _count(one).items()}
        shared = {term: w for term, w in weights.items() if self._with[term] > 1}
        heavy = heapq.nlargest(_TERMS, shared, key=lambda term: (shared[term], term))
        alone = sum(w * w for term, w in weights.items() if term not in shared) * _SMALL / (_SMALL + self._documents)
        length = math.sqrt(alone + sum(shared[term] ** 2 for term in heavy))
        return {term: shared[term] / length for term in heavy}

    def _weight(self, term: str, times: float) -> float:
        expected = _expected(term)
        share = (self._with[term] + _PRIOR * expected) / (self._documents + _PRIOR)
        return (1 + math.log(times)) * -math.log(min(share, 1.0))


def _count(one: Told) -> Mapping[str, float]:
    """How often each term is there, with more for those at the beginning, for names and for actors of the registry."""
    wording = word(one.text, one.title)
    names = set(wording.anchors)
    counts: Counter[str] = Counter()
    weights: dict[str, float] = {}
    for n, form in content_of(wording):
        if len(form) > 2 or wording.kinds[n] in (NAME, NUMBER):
            term = stem(form) if wording.kinds[n] != NUMBER else form
            counts[term] += 1
            weight = (_LEAD_WEIGHT if n < _LEAD else 1.0) * (_NAME_WEIGHT if form in names else 1.0)
            weights[term] = max(weights.get(term, 1.0), weight)
    told = {term: n * weights[term] for term, n in counts.items()}
    told |= {f"entry {entry}": _ENTRY_WEIGHT for entry in one.entries}
    told |= {f"name {name.casefold()}": _NAME_WEIGHT for name in one.names}
    return told | {f"day {day}": _DAY_WEIGHT for day in one.days}


@cache
def stem(form: str) -> str:
    """A word without the commonest endings of English, so that a plural meets its singular."""
    if form.endswith("ies") and len(form) > 4:
        return form[:-3] + "y"
    for ending in ("ing", "ed", "es", "s"):
        if form.endswith(ending) and len(form) - len(ending) > 3 and not form.endswith("ss"):
            return form[: -len(ending)].removesuffix("e")
    return form.removesuffix("e") if len(form) > 4 else form


@cache
def _ranks() -> Mapping[str, int]:
    pieces = files("communique.models").joinpath("language/vocab.txt").read_text(encoding="utf-8").split("\n")
    whole = [p for p in pieces[pieces.index("the") :] if p.isalpha()]
    ranks: dict[str, int] = {}
    for rank, piece in enumerate(whole, 1):
        ranks.setdefault(stem(piece), rank)
    return ranks


@cache
def _expected(term: str) -> float:
    """The share of reports that have a term, by what is known of English."""
    if " " in term:
        return _RARE_ENTRY
    if term[0].isdigit():
        return _NUMBER
    rank = _ranks().get(fold(term))
    return max(_RARE, 1 - math.exp(-_LENGTH / (10 * rank))) if rank else _RARE
