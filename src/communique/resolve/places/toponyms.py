"""From the words that name a place to the places of the gazetteer that they may mean."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Protocol

from communique.ontology.entries import Toponym
from communique.resolve.tables import read_book
from communique.types.text import Span

_KNOWN_WELL = 50_000


class Lookup(Protocol):
    """What resolving asks of a gazetteer."""

    def lookup(self, name: str) -> tuple[Toponym, ...]:
        """All places of this name, the most prominent first."""
        ...

    def abbreviated(self, short: str) -> tuple[Toponym, ...]:
        """The states and provinces that are abbreviated so."""
        ...


@dataclass(frozen=True, slots=True)
class Named:
    """Words of a report that name a place, and the places that they may mean."""

    span: Span
    words: str
    toponyms: tuple[Toponym, ...]


@cache
def place_words() -> Mapping[str, Any]:
    """The lists of `data/words.yaml`."""
    return read_book("places", "words.yaml")


@cache
def features() -> Mapping[str, str]:
    """Nouns that tell the kind of a place, each with the kind."""
    return {word: kind for kind, found in place_words()["features"].items() for word in found}


@cache
def _affixes() -> tuple[tuple[str, ...], tuple[str, ...]]:
    front = sorted((f"{word.lower()} " for word in place_words()["front"]), key=len, reverse=True)
    back = sorted((f" {word.lower()}" for word in place_words()["back"]), key=len, reverse=True)
    return tuple(front), tuple(back)


def candidates(gazetteer: Lookup, words: str, inner: bool = True) -> tuple[Toponym, ...]:
    """The places that the words may mean: by the name as it is, as an abbreviation, in another spelling, without what says
    where in or at the place ("northern X", "X International Airport"), or, where `inner` is set, by the longest
    well-known name within. The point of a part is that of the whole, and so is its precision."""
    for form in _forms(words):
        short = gazetteer.abbreviated(form)
        if found := short if form.endswith(".") and short else gazetteer.lookup(form) or short:
            return found
    return _within(gazetteer, words) if inner else ()


def _forms(words: str) -> Iterator[str]:
    yield words
    yield words.removesuffix("'s").removesuffix("’s")
    first, _, rest = words.partition(" ")
    other = place_words()["spelled"].get(first)
    if other and rest:
        yield f"{other} {rest}"
    if len(words) == 2 and words.isupper():
        yield f"{words[0]}.{words[1]}."
    cut = _cut(words)
    while cut is not None:
        yield cut
        cut = _cut(cut)


def _cut(words: str) -> str | None:
    lower = words.lower()
    front, back = _affixes()
    for affix in back:
        if lower.endswith(affix) and len(words) > len(affix):
            return words[: -len(affix)]
    for affix in front:
        if lower.startswith(affix) and len(words) > len(affix):
            return words[len(affix) :]
    return None


def _within(gazetteer: Lookup, words: str) -> tuple[Toponym, ...]:
    parts = words.split()
    for length in range(len(parts) - 1, 0, -1):
        for first in range(len(parts) - length, -1, -1):
            name = " ".join(parts[first : first + length]).strip(",;()")
            if name[:1].isupper():
                known = tuple(t for t in gazetteer.lookup(name) if t.precision != "city" or t.population >= _KNOWN_WELL)
                if known:
                    return known
    return ()
