"""The stage that finds a report's places and tells which of the places of that name each is.

Candidates are weighed by population, the countries that the report names, what contains them in the report's words
("Stockton, California") and feature words ("province"), the heuristics of Leidner (2007), "Toponym Resolution in Text".
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from math import log10

from communique.errors import StageError
from communique.ontology.entries import Toponym
from communique.ontology.gazetteer import Gazetteer, load_gazetteer
from communique.ontology.world import World, load_world
from communique.resolve.capitals import is_government
from communique.resolve.mentions import Mention, name_mentions
from communique.resolve.nouns import word_map
from communique.resolve.persons import plain, relabelled
from communique.resolve.scene import Scene
from communique.types.analysis import Analysis, Failed
from communique.types.entities import Place
from communique.types.reading import Reading
from communique.types.text import Span

_NAME_LENGTH = 4
_WIDE = frozenset({"country", "continent", "region", "sea"})


@dataclass(frozen=True, slots=True)
class _Named:
    """Tokens `[first, last)` that may name a place, with what the gazetteer has under their words."""

    first: int
    last: int
    toponyms: tuple[Toponym, ...]


class PlaceResolver:
    """Finds the places of each report and resolves them to a point, a country and a GeoNames id where it can.

    Reads `reading`; gives `places` with ids p1, p2, ... in order of first mention.
    """

    name = "resolve.places"
    requires = frozenset({"passages", "reading"})
    uses: frozenset[str] = frozenset()
    provides = frozenset({"places"})

    def __init__(self, world: World | None = None, gazetteer: Gazetteer | None = None) -> None:
        self.world = world if world is not None else load_world()
        self.gazetteer = gazetteer if gazetteer is not None else load_gazetteer()

    def __call__(self, analyses: Iterable[Analysis | Failed]) -> Iterator[Analysis | Failed]:
        """Yield each analysis with its places; a report that fails goes on as `Failed`."""
        for analysis in analyses:
            if isinstance(analysis, Failed):
                yield analysis
                continue
            try:
                yield replace(analysis, places=self.places(analysis))
            except Exception as error:  # one bad report must not stop the rest
                yield Failed(analysis.document.source, self.name, error)

    def places(self, analysis: Analysis) -> tuple[Place, ...]:
        """The places of one report. Raises `StageError` when it has not been read yet."""
        if analysis.reading is None:
            raise StageError(f"{analysis.document.source}: places need a reading; put the annotating stage before this one")
        text, reading = analysis.document.text, analysis.reading
        mentions, known = name_mentions(text, reading, self.world)
        scene = Scene(text, reading, self.world, mentions, known)
        scene = Scene(text, reading, self.world, relabelled(scene), known)
        named = sorted(self._named(scene), key=lambda n: n.first)
        chosen = [(n, _choose(scene, named, n)) for n in named]
        return _places(scene, chosen)

    def _named(self, scene: Scene) -> Iterator[_Named]:
        covered: set[int] = set()
        for mention in scene.mentions:
            covered.update(range(mention.first, mention.last))
            if mention.label == "LOC" and not _is_actor_only(scene, mention):
                yield from self._parts(scene, mention)
        i, tokens = 0, scene.reading.tokens
        while i < len(tokens):
            found = self._unseen(scene, i, covered)
            if found is not None:
                yield found
                i = found.last
            else:
                i += 1

    def _parts(self, scene: Scene, mention: Mention) -> Iterator[_Named]:
        """The places of one span; "Lyon, France" is two."""
        first = mention.first
        for i in range(mention.first, mention.last + 1):
            if i == mention.last or scene.reading.tokens[i].text == ",":
                if i > first:
                    yield _Named(first, i, self._lookup(scene, first, i, mention))
                first = i + 1

    def _lookup(self, scene: Scene, first: int, last: int, mention: Mention) -> tuple[Toponym, ...]:
        written = scene.words(first, last)
        found = self.gazetteer.lookup(written)
        if first == mention.first and last == mention.last:
            states = [n.entry for n in mention.names if n.entry.kind == "state" and n.use in ("name", "alias")]
            for entry in states:
                same = [t for t in self.gazetteer.lookup(entry.name) if t.precision == "country" and t.country == entry.country]
                found = (*same, *(t for t in found if t not in same))
            if mention.names and all(n.entry.kind not in ("state", "government", "person") for n in mention.names):
                found = tuple(t for t in found if t.precision in _WIDE)
        return found

    def _unseen(self, scene: Scene, first: int, covered: set[int]) -> _Named | None:
        """A place that only the gazetteer knows: capitalised words behind a preposition of place."""
        tokens = scene.reading.tokens
        before = tokens[first - 1] if first else None
        if (
            first in covered
            or before is None
            or before.text.lower() not in ("in", "at", "near", "outside", "from", "to", "into", "of")
        ):
            return None
        end = first
        while end < len(tokens) and end < first + _NAME_LENGTH and end not in covered and tokens[end].upos == "PROPN":
            end += 1
        for last in range(end, first, -1):
            found = tuple(
                t for t in self.gazetteer.lookup(scene.words(first, last)) if t.precision != "city" or t.population >= 50_000
            )
            if found:
                return _Named(first, last, found)
        return None


def _is_actor_only(scene: Scene, mention: Mention) -> bool:
    """Seats are actors, never places; so are capitals that stand for their government."""
    if mention.names and all(n.use in ("seat", "adjective", "demonym") for n in mention.names):
        return True
    if scene.reading.tokens[mention.last - 1].upos == "ADJ":
        return True
    return mention.uses("capital") and is_government(scene, mention)


def _choose(scene: Scene, named: list[_Named], place: _Named) -> Toponym | None:
    container = _container(scene, named, place)
    feature = _feature(scene.reading, place)
    holds = _holds(scene, named, place)
    weighed = [
        (
            _weight(scene, t, container, feature)
            + (6.0 if t.precision in ("admin1", "region") and t.country in holds else 0.0),
            t.population,
            -i,
            t,
        )
        for i, t in enumerate(place.toponyms)
    ]
    return max(weighed, key=lambda w: w[:3])[3] if weighed else None


def _weight(scene: Scene, toponym: Toponym, container: tuple[str, ...], feature: str | None) -> float:
    weight = log10(toponym.population + 10)
    total = sum(scene.countries.values())
    if toponym.country and total:
        weight += 4.0 * scene.countries[toponym.country] / total + (1.5 if scene.countries[toponym.country] else 0.0)
    if container and toponym.precision != "country" and ({toponym.country or "", plain(toponym.admin or "")} & set(container)):
        weight += 6.0
    if toponym.precision in _WIDE:
        weight += 5.0
    if (feature is not None and toponym.precision == feature) or (feature == "region" and toponym.precision == "admin1"):
        weight += 3.0
    return weight


def _container(scene: Scene, named: list[_Named], place: _Named) -> tuple[str, ...]:
    """The countries and regions that the words name as what the place lies in: "X, Y", "X in Y", "the Y city of X"."""
    found: list[str] = []
    for other in named:
        gap = scene.words(place.last, other.first) if place.last < other.first <= place.last + 4 else ""
        if gap in (",", "in", ", in") or (gap.startswith(",") and gap.endswith(",") and len(gap.split()) == 3):
            found.extend(t.country for t in other.toponyms if t.precision in ("country", "admin1", "region") and t.country)
            found.append(plain(scene.words(other.first, other.last)))
    behind = scene.country_in(place.last, min(place.last + 4, len(scene.reading.tokens)))
    start = max(place.first - 5, 0)
    before = scene.country_in(start, place.first) if scene.same_sentence(start, place.first) else None
    if behind is not None and scene.words(place.last, place.last + 1) in (",", "in"):
        found.append(behind[0])
    if before is not None and any(
        scene.reading.tokens[i].lemma.lower() in word_map("features") for i in range(start, place.first)
    ):
        found.append(before[0])
    return tuple(found)


def _holds(scene: Scene, named: list[_Named], place: _Named) -> set[str | None]:
    """The countries of the cities that stand before a comma and may lie in a region of this name: "Lyon, Auvergne"."""
    inner = next((n for n in named if n.last + 1 == place.first and scene.reading.tokens[n.last].text == ","), None)
    name = plain(scene.words(place.first, place.last))
    if inner is None:
        return set()
    return {t.country for t in inner.toponyms if t.precision == "city" and (t.admin is None or plain(t.admin) == name)}


def _feature(reading: Reading, place: _Named) -> str | None:
    around = [
        reading.tokens[i].lemma.lower()
        for i in (place.last, place.last - 1, place.first - 1, place.first - 2)
        if 0 <= i < len(reading.tokens)
    ]
    return next((word_map("features")[w] for w in around if w in word_map("features")), None)


def _places(scene: Scene, chosen: list[tuple[_Named, Toponym | None]]) -> tuple[Place, ...]:
    grouped: dict[object, tuple[Toponym | None, list[Span], str, str | None]] = {}
    for place, toponym in chosen:
        written = scene.words(place.first, place.last)
        key = (toponym.name, toponym.country, toponym.latitude, toponym.longitude) if toponym is not None else plain(written)
        told = _told_country(scene, place) if toponym is None else None
        entry = grouped.setdefault(key, (toponym, [], written, told))
        entry[1].append(scene.span(place.first, place.last))
    return tuple(_place(f"p{number}", *parts) for number, parts in enumerate(grouped.values(), 1))


def _told_country(scene: Scene, place: _Named) -> str | None:
    after = scene.token(place.last)
    if place.first in scene.known_at:
        return None
    if after is None or after.text.lower() not in (",", "in") or not scene.same_sentence(place.first, place.last):
        return None
    behind = scene.country_in(place.last + 1, min(place.last + 3, len(scene.reading.tokens)))
    return behind[0] if behind is not None else None


def _place(ident: str, toponym: Toponym | None, spans: list[Span], written: str, country: str | None) -> Place:
    if toponym is None:
        return Place(ident, written, country, tuple(spans))
    return Place(
        id=ident,
        name=toponym.name,
        country=toponym.country,
        mentions=tuple(spans),
        latitude=toponym.latitude,
        longitude=toponym.longitude,
        geonames=toponym.geonames,
        precision=toponym.precision,
    )
