"""What merging keeps of a document, so that its text is worded once: signatures that copies meet by, and how often each term
is there.

Terms are numbers: a hash of 30 bits, and what kind of term it is. That two terms of a million fall together is rare and
costs a little likeness between two documents.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import lru_cache
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from communique.merge.signatures import WORDS, Signature, anchored, shingles, signature
from communique.merge.wording import CONTENT, FUNCTION, Wording, word
from communique.models.wordpiece import fold
from communique.types.stories import Told

FORM = 1  # of sketches; others are made anew
WORD_TERM, NUMBER_TERM, NAMED_TERM = range(3)
KIND = 30  # bits of a term before its kind
_LEAD = 60  # words at the beginning that tell what it is about
_LEAD_WEIGHT, _NAME_WEIGHT, _ENTRY_WEIGHT, _DAY_WEIGHT = 1.5, 2.5, 3.0, 1.5

Terms = NDArray[np.uint32]
Counts = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Sketch:
    """Signatures of a document's runs of words and of its skeleton; its terms in order, and how often each is there, with
    more for those at the beginning, for names and for actors of the registry."""

    words: Signature
    skeleton: Signature
    terms: Terms
    counts: Counts


def sketch(told: Told, wording: Wording | None = None) -> Sketch:
    """The sketch of a document; its wording is made where it is not given."""
    wording = wording or word(told.text, told.title)
    counted = _count(told, wording)
    order = sorted(counted)
    return Sketch(
        signature(shingles(wording.body, WORDS)),
        signature(anchored(wording)),
        np.array(order, np.uint32),
        np.array([counted[term] for term in order], np.float32),
    )


def names(sketched: Sketch, source: str) -> bool:
    """Whether a document has all words of the name of an agency or outlet."""
    terms = [_term(form) for form in word(source).forms]
    return bool(terms) and bool(np.isin(terms, sketched.terms).all())


def _count(told: Told, wording: Wording) -> dict[int, float]:
    names = wording.anchors
    kept = [f for f, k in zip(wording.forms, wording.kinds, strict=True) if k != FUNCTION and (len(f) > 2 or k != CONTENT)]
    leading = set(wording.forms[:_LEAD])
    found: dict[int, float] = {}
    heaviest: dict[int, float] = {}
    for form, n in Counter(kept).items():
        term = _term(form)
        weight = (_LEAD_WEIGHT if form in leading else 1.0) * (_NAME_WEIGHT if form in names else 1.0)
        found[term] = found.get(term, 0.0) + n
        heaviest[term] = max(heaviest.get(term, 1.0), weight)
    found = {term: n * heaviest[term] for term, n in found.items()}
    found |= {_named(f"entry {entry}"): _ENTRY_WEIGHT for entry in told.entries}
    found |= {_named(f"name {name.casefold()}"): _NAME_WEIGHT for name in told.names}
    return found | {_named(f"day {day}"): _DAY_WEIGHT for day in told.days}


@lru_cache(maxsize=1 << 16)
def _term(form: str) -> int:
    if form[0].isdigit():
        return number_of(form, NUMBER_TERM)
    return number_of(stem(form) if form.isascii() else fold(stem(form)), WORD_TERM)


def _named(term: str) -> int:
    return number_of(term, NAMED_TERM)


def number_of(term: str, kind: int) -> int:
    """The number that a term has."""
    return crc32(term.encode("utf-8", "surrogatepass")) & (1 << KIND) - 1 | kind << KIND


@lru_cache(maxsize=1 << 16)
def stem(form: str) -> str:
    """A word without the commonest endings of English, so that a plural meets its singular."""
    if form.endswith("ies") and len(form) > 4:
        return form[:-3] + "y"
    for ending in ("ing", "ed", "es", "s"):
        if form.endswith(ending) and len(form) - len(ending) > 3 and not form.endswith("ss"):
            return form[: -len(ending)].removesuffix("e")
    return form.removesuffix("e") if len(form) > 4 else form
