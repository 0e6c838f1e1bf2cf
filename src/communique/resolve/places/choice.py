"""Which of the places of a name is meant: reasons with weights, and what the other places of the report make likely.

The heuristics are those of Leidner (2007), "Toponym Resolution in Text": population, what contains a place in the report's
words, the nouns beside it, one sense per report, and spatial minimality. The last is done for all names at once: each name
lends weight to the candidates of the others that are near its own likely ones, a few rounds over (a mean field).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import log10

import numpy as np
import numpy.typing as npt

from communique.ontology.entries import Toponym
from communique.ontology.names import name_key
from communique.resolve.places.clues import Clues, area, lies_in
from communique.resolve.places.toponyms import Named, place_words

# What a name is worth by population alone where the tables have none, as the logarithm to base 10.
_UNCOUNTED = {"city": 2.7, "admin1": 6.0, "admin2": 5.0, "building": 5.5, "river": 6.3}
_WIDE, _UNKNOWN = 7.5, 5.5
# A name that a division shares with a city is more often the city.
_KIND = {"country": 1.5, "admin1": -0.6, "admin2": -0.6}
_CAPITAL, _CONTAINED, _CONTAINS, _FEATURE, _OTHER_FEATURE = 1.0, 6.0, 3.0, 2.5, -1.0
# How much a place speaks for others: for those in the country it is, in the same country, in the same division, and near.
_IN_COUNTRY, _SAME_COUNTRY, _IN_DIVISION, _SAME_DIVISION, _NEAR = 1.0, 0.4, 1.0, 0.5, 1.0
_NEAR_KM, _AROUND, _HALFWAY = 150.0, 5.0, 2.0
_ROUNDS, _SHARPNESS = 4, 1.5
EARTH_KM = 6371.0
Reason = tuple[str, float]
Matrix = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Sense:
    """One name as the report uses it: its candidates, what the words say, how often it stands there."""

    words: str
    toponyms: tuple[Toponym, ...]
    clues: Clues
    count: int
    capital_of: frozenset[str]


@dataclass(frozen=True, slots=True)
class Choice:
    """The place chosen, its reasons with their weights, and by how much it leads the next one."""

    toponym: Toponym
    reasons: tuple[Reason, ...]
    lead: float

    @property
    def why(self) -> str:
        """The reasons in words."""
        told = ", ".join(f"{name} {weight:+.1f}" for name, weight in self.reasons if abs(weight) >= 0.05)
        return f"{told}; leads by {self.lead:.1f}" if self.lead != float("inf") else f"{told}; the only one of this name"


def choose(senses: Sequence[Sense], home: str | None = None) -> list[Choice | None]:
    """The choice for each sense; none for one without candidates. `home` is the report's own country (alpha-3)."""
    owner = np.array([i for i, sense in enumerate(senses) for _ in sense.toponyms], dtype=np.intp)
    flat = [t for sense in senses for t in sense.toponyms]
    if not flat:
        return [None] * len(senses)
    reasons = [reasons_of(sense, t) for sense in senses for t in sense.toponyms]
    own = np.array([sum(weight for _, weight in found) for found in reasons])
    around = _around(senses, owner, flat, own, home)
    total = own + around
    chosen: list[Choice | None] = []
    for i in range(len(senses)):
        places = np.flatnonzero(owner == i)
        if not len(places):
            chosen.append(None)
            continue
        order = places[np.argsort(-total[places], kind="stable")]
        best = int(order[0])
        lead = float(total[order[0]] - total[order[1]]) if len(order) > 1 else float("inf")
        chosen.append(Choice(flat[best], (*reasons[best], ("places around", float(around[best]))), lead))
    return chosen


def reasons_of(sense: Sense, place: Toponym) -> list[Reason]:
    """What speaks for a candidate by itself and the words beside the name."""
    found = [("population", prominence(place)), (place.precision, _KIND.get(place.precision, 0.0))]
    if place.country in sense.capital_of and place.precision == "city":
        found.append(("capital", _CAPITAL))
    if any(lies_in(place, container) for container in sense.clues.containers):
        found.append(("lies in what is named with it", _CONTAINED))
    if any(_holds(place, inner) for inner in sense.clues.contains):
        found.append(("holds what is named before it", _CONTAINS))
    if sense.clues.feature is not None:
        fits = place.precision in place_words()["kinds"][sense.clues.feature]
        found.append((f"said to be a {sense.clues.feature}", _FEATURE if fits else _OTHER_FEATURE))
    return found


def prominence(place: Toponym) -> float:
    """The logarithm of how many people live there, a guess by its kind where that is not known."""
    if place.population:
        return log10(place.population + 10)
    if place.precision in ("region", "sea", "continent"):
        return _WIDE
    if place.precision == "city" and place.geonames is None:
        return _UNKNOWN
    return _UNCOUNTED.get(place.precision, _UNKNOWN)


def _holds(place: Toponym, inner: Named) -> bool:
    container = area(place)
    return container is not None and any(lies_in(t, container) for t in inner.toponyms)


def _around(
    senses: Sequence[Sense], owner: npt.NDArray[np.intp], flat: Sequence[Toponym], own: Matrix, home: str | None
) -> Matrix:
    """What the other names lend each candidate, up to `_AROUND`."""
    speaks = _speaks(flat)
    speaks[owner[:, None] == owner[None, :]] = 0.0
    counts = np.array([1.0 + log10(sense.count) for sense in senses])[owner]
    at_home = np.array([0.5 if home and t.country == home else 0.0 for t in flat])
    lent = np.zeros(len(flat))
    for _ in range(_ROUNDS):
        likely = _likely(owner, own + lent, len(senses))
        told = speaks.T @ (likely * counts) + at_home
        lent = _AROUND * told / (told + _HALFWAY)
    return lent


def _likely(owner: npt.NDArray[np.intp], score: Matrix, senses: int) -> Matrix:
    """How likely each candidate is among those of its name."""
    best = np.full(senses, -np.inf)
    np.maximum.at(best, owner, score)
    weight = np.exp(_SHARPNESS * (score - best[owner]))
    total = np.zeros(senses)
    np.add.at(total, owner, weight)
    return np.asarray(weight / total[owner], dtype=np.float64)


def _speaks(flat: Sequence[Toponym]) -> Matrix:
    """How much each candidate (row) speaks for each other (column)."""
    countries = _numbers([t.country for t in flat])
    divisions = _numbers([(t.country, name_key(t.admin)) if t.admin else None for t in flat])
    kinds = [t.precision for t in flat]
    is_country, is_division = (np.array([k == kind for k in kinds]) for kind in ("country", "admin1"))
    is_point = np.array([k not in ("country", "admin1", "continent") for k in kinds])
    same_country = (countries[:, None] == countries[None, :]) & (countries >= 0)[:, None]
    same_division = (divisions[:, None] == divisions[None, :]) & (divisions >= 0)[:, None]
    found = same_country * np.where(is_country, _IN_COUNTRY, _SAME_COUNTRY)[:, None]
    found = found + same_division * np.where(is_division, _IN_DIVISION, _SAME_DIVISION)[:, None]
    near = np.exp(-kilometres(flat) / _NEAR_KM) * is_point[:, None] * is_point[None, :]
    return np.asarray(found + _NEAR * near, dtype=np.float64)


def _numbers(values: Sequence[object]) -> npt.NDArray[np.intp]:
    """A number for each value, the same for the same; -1 for none."""
    known: dict[object, int] = {}
    return np.array([-1 if v is None else known.setdefault(v, len(known)) for v in values], dtype=np.intp)


def kilometres(places: Sequence[Toponym]) -> Matrix:
    """The great-circle distances between places (haversine), in kilometres."""
    latitude = np.radians([t.latitude for t in places])
    longitude = np.radians([t.longitude for t in places])
    half = (
        np.sin((latitude[:, None] - latitude[None, :]) / 2) ** 2
        + np.cos(latitude)[:, None] * np.cos(latitude)[None, :] * np.sin((longitude[:, None] - longitude[None, :]) / 2) ** 2
    )
    return np.asarray(2 * EARTH_KM * np.arcsin(np.sqrt(np.clip(half, 0, 1))), dtype=np.float64)
