"""What the words right around a place's name say of where it is: "X, Texas", "the Iraqi city of X", "X County"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from communique.ontology.entries import Toponym
from communique.ontology.names import name_key
from communique.ontology.world import World
from communique.resolve.places.toponyms import Lookup, Named, features

_DIVIDED = frozenset({"country", "admin1", "admin2"})
_LINK = re.compile(
    r"^(?:,|,? in|,? near|,? outside|\s?\(|, (?:a|the) [a-z -]{2,30} (?:in|of)|, (?:north|south|east|west)[a-z]*)\s*$"
)
_BEHIND = re.compile(r"^,?\s?(?:in\s|\(|,)?\s?((?:[A-Z][\w'’-]*\.?|[A-Z]\.\s?[A-Z]\.)(?:\s[A-Z][\w'’-]+)?)")
_AHEAD = re.compile(r"((?:[A-Z][\w.’'-]*)(?:\s[A-Z][\w.’'-]*)?)\s(?:[\w-]+\s){0,2}?([a-z]+)\s(?:of|,)\s?$")
_OWNER = re.compile(r"((?:[A-Z][\w.-]*)(?:\s[A-Z][\w.-]*)?)(?:'s?|’s?)\s(?:[a-z-]+\s){0,3}?$")
_WORD = re.compile(r"[\w-]+")
_REACH = 60


@dataclass(frozen=True, slots=True)
class Clues:
    """`containers`: the countries (alpha-3) and divisions (keys, each with its country) that the words put the place in;
    `contains`: the named places that stand in it by the words; `feature`: the kind that a noun beside the name tells."""

    containers: frozenset[tuple[str, str]] = frozenset()
    contains: tuple[Named, ...] = ()
    feature: str | None = None


def lies_in(place: Toponym, container: tuple[str, str]) -> bool:
    """Whether a place lies in a country (its code and "") or a division (its country's code and its key)."""
    country, division = container
    if place.country != country or place.precision == "country":
        return False
    if not division:
        return True
    return place.precision != "admin1" and (place.admin is None or name_key(place.admin) == division)


def area(place: Toponym) -> tuple[str, str] | None:
    """A country or division as a container."""
    if place.country is None or place.precision not in _DIVIDED:
        return None
    return place.country, "" if place.precision == "country" else name_key(place.admin or place.name)


class ClueReader:
    """Reads the clues of one report's places; `named` in the order of the text."""

    def __init__(self, text: str, named: Sequence[Named], world: World, gazetteer: Lookup) -> None:
        self.text, self.named, self.world, self.gazetteer = text, named, world, gazetteer

    def clues(self, number: int) -> Clues:
        """The clues of the place with this number."""
        place = self.named[number]
        containers = {*self._behind(number), *self._ahead(place)}
        inner = self.named[number - 1] if number and self._links(self.named[number - 1], place) else None
        return Clues(frozenset(containers), (inner,) if inner else (), self._feature(place))

    def _links(self, inner: Named, outer: Named) -> bool:
        gap = self.text[inner.span.end : outer.span.start]
        return 0 < len(gap) < _REACH and _LINK.match(" ".join(gap.split())) is not None

    def _behind(self, number: int) -> Iterator[tuple[str, str]]:
        place = self.named[number]
        for further in range(number + 1, min(number + 3, len(self.named))):
            if not self._links(self.named[further - 1], self.named[further]):
                break
            yield from filter(None, map(area, self.named[further].toponyms))
        found = _BEHIND.match(self.text[place.span.end : place.span.end + _REACH])
        if found and found[0][:1] in ", ":
            yield from self._told(found[1])

    def _ahead(self, place: Named) -> Iterator[tuple[str, str]]:
        before = " ".join(self.text[max(place.span.start - _REACH, 0) : place.span.start].split()) + " "
        kind = _AHEAD.search(before)
        if kind and kind[2] in features():
            yield from self._told(kind[1])
        owner = _OWNER.search(before)
        if owner:
            yield from self._told(owner[1])

    def _told(self, words: str) -> Iterator[tuple[str, str]]:
        """The countries and divisions that one or two words name, the two before the one."""
        for form in dict.fromkeys((words, words.rstrip("."), *words.split(" ")[:1], words.split(" ")[-1])):
            states = [n.entry.country for n in self.world.names(form) if n.entry.kind == "state" and n.use != "capital"]
            found = [(country, "") for country in states if country]
            places = self.gazetteer.abbreviated(form) or self.gazetteer.lookup(form)
            found += [a for p in places if p.precision in ("country", "admin1") and (a := area(p))]
            if found:
                yield from found
                return

    def _feature(self, place: Named) -> str | None:
        text, span = self.text, place.span
        after = _WORD.search(text, span.end, span.end + 25)
        before = _WORD.findall(text[max(span.start - 25, 0) : span.start])
        inside = place.words.split()
        words = [inside[-1], inside[0]] if len(inside) > 1 else []
        if after and text[span.end : after.start()] == " ":
            words.append(after[0])
        if before and text[span.start - 1 : span.start] == " ":
            words += before[-2:] if before[-1] == "of" else []
        return next((features()[w.lower()] for w in words if w.lower() in features()), None)
