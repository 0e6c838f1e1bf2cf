"""The stage that finds a report's places and tells which of the places of that name each is.

What names a place is told by the network's spans and the gazetteer; which one it is, by `choice`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from urllib.parse import urlsplit

from communique.errors import StageError
from communique.ontology.entries import Toponym
from communique.ontology.gazetteer import load_gazetteer
from communique.ontology.names import name_key
from communique.ontology.world import World, load_world
from communique.resolve.names.mentions import Mention
from communique.resolve.places.choice import Choice, Sense, choose
from communique.resolve.places.clues import ClueReader, Clues
from communique.resolve.places.dateline import dateline_places
from communique.resolve.places.toponyms import Lookup, Named, candidates, place_words
from communique.resolve.report.capitals import is_government
from communique.resolve.report.labels import labelled_scene
from communique.resolve.report.scene import Scene
from communique.types.analysis import Analysis, Failed, each
from communique.types.entities import Place
from communique.types.text import Document, Span

_NAME_LENGTH = 4
_KNOWN_WELL = 50_000
_SMALL, _SUPPORT = 15_000, 1.0
_WIDE = frozenset({"country", "continent", "region", "sea"})
_LOCATIVE = frozenset({"in", "at", "near", "outside", "from", "to", "into", "of"})


class PlaceResolver:
    """Finds the places of each report and resolves them to a point, a country and a GeoNames id where it can.

    Reads `reading`; gives `places` with ids p1, p2, ... in order of first mention.
    """

    name = "resolve.places"
    requires = frozenset({"passages", "reading"})
    uses: frozenset[str] = frozenset()
    provides = frozenset({"places"})

    def __init__(self, world: World | None = None, gazetteer: Lookup | None = None) -> None:
        self.world = world if world is not None else load_world()
        self.gazetteer = gazetteer if gazetteer is not None else load_gazetteer()

    def __call__(self, analyses: Iterable[Analysis | Failed]) -> Iterator[Analysis | Failed]:
        """Yield each analysis with its places; a report that fails goes on as `Failed`."""
        return each(analyses, self.name, lambda analysis: replace(analysis, places=self.places(analysis)))

    def places(self, analysis: Analysis) -> tuple[Place, ...]:
        """The places of one report. Raises `StageError` when it has not been read yet."""
        scene = self._scene(analysis)
        written = [Named(s, w, found) for s, w in dateline_places(analysis) if (found := candidates(self.gazetteer, w))]
        named = sorted(self._named(scene), key=lambda n: n.span)
        return self._resolve(analysis.document, scene, [*written, *named], len(written))

    def resolve(self, analysis: Analysis, spans: Iterable[Span]) -> tuple[Place, ...]:
        """The places that given spans of the text name, whether or not the reading would find them; each span is a mention
        of one place; an adjective or a people ("Danish") is one of its country. Raises `StageError` when the report has not
        been read yet."""
        scene, text = self._scene(analysis), analysis.document.text
        words = ((span, " ".join(span.of(text).split())) for span in sorted(set(spans)))
        named = [Named(span, name, self._people(name) or candidates(self.gazetteer, name)) for span, name in words]
        return self._resolve(analysis.document, scene, named)

    def _scene(self, analysis: Analysis) -> Scene:
        if analysis.reading is None:
            raise StageError(f"{analysis.document.source}: places need a reading; put the annotating stage before this one")
        return labelled_scene(analysis.document.text, analysis.reading, self.world)

    def _named(self, scene: Scene) -> Iterator[Named]:
        covered: set[int] = set()
        usual = _usual(scene)
        for mention in scene.mentions:
            covered.update(range(mention.first, mention.last))
            told = mention.label == "LOC" or (not mention.names and scene.words(mention.first, mention.last) in usual)
            if told and not _is_actor_only(scene, mention):
                yield from self._parts(scene, mention)
        i, tokens = 0, scene.reading.tokens
        while i < len(tokens):
            last = self._unseen(scene, i, covered)
            if last is not None:
                yield Named(scene.span(i, last), scene.words(i, last), self._well_known(scene.words(i, last)))
            i = last or i + 1

    def _parts(self, scene: Scene, mention: Mention) -> Iterator[Named]:
        """The places of one span; "Lyon, France" is two."""
        first = mention.first
        for i in range(mention.first, mention.last + 1):
            if i == mention.last or scene.reading.tokens[i].text == ",":
                if i > first:
                    found = candidates(self.gazetteer, scene.words(first, i))
                    if mention.names and all(n.entry.kind not in ("state", "government", "person") for n in mention.names):
                        found = tuple(t for t in found if t.precision in _WIDE)
                    yield Named(scene.span(first, i), scene.words(first, i), found)
                first = i + 1

    def _unseen(self, scene: Scene, first: int, covered: set[int]) -> int | None:
        """Where a place ends that only the gazetteer knows: capitalised words behind a preposition of place or before a noun
        that they modify."""
        tokens = scene.reading.tokens
        token, before = tokens[first], tokens[first - 1] if first else None
        modifies = token.dep == "compound" and tokens[token.head].upos == "NOUN" and token.head > first
        if first in covered or not (modifies or (before is not None and before.text.lower() in _LOCATIVE)):
            return None
        end = first
        while end < len(tokens) and end < first + _NAME_LENGTH and end not in covered and tokens[end].upos == "PROPN":
            end += 1
        return next((last for last in range(end, first, -1) if self._well_known(scene.words(first, last))), None)

    def _well_known(self, words: str) -> tuple[Toponym, ...]:
        found = self.gazetteer.lookup(words)
        return tuple(t for t in found if t.precision not in ("city", "admin2") or t.population >= _KNOWN_WELL)

    def _resolve(self, document: Document, scene: Scene, named: Sequence[Named], written: int = 0) -> tuple[Place, ...]:
        """The places of the names; the first `written` stand in the dateline: they tell which others are meant, and are none
        of the report's own."""
        reader = ClueReader(document.text, named, self.world, self.gazetteer)
        clues = [reader.clues(i) for i in range(len(named))]
        groups = _senses(named, clues)
        senses = [self._sense([(named[i], clues[i]) for i in group]) for group in groups]
        choices = choose([*senses, *self._told(scene)], self._home(document))
        grouped: dict[object, tuple[str, Choice | None, str | None, list[Span]]] = {}
        for sense, group, choice in zip(senses, groups, choices, strict=False):
            spans = [named[i].span for i in group if i >= written]
            if not spans:
                continue
            chosen = choice if choice is not None and _is_founded(choice) else None
            key = _key(chosen.toponym) if chosen is not None else name_key(sense.words)
            entry = grouped.setdefault(key, (sense.words, chosen, _told_country(sense), []))
            entry[3].extend(spans)
        ordered = sorted(grouped.values(), key=lambda g: min(g[3]))
        return tuple(
            _place(f"p{number}", words, choice, country, tuple(sorted(spans)))
            for number, (words, choice, country, spans) in enumerate(ordered, 1)
        )

    def _sense(self, found: Sequence[tuple[Named, Clues]]) -> Sense:
        first = found[0][0]
        merged = Clues(
            frozenset().union(*(c.containers for _, c in found)),
            tuple(inner for _, c in found for inner in c.contains),
            next((c.feature for _, c in found if c.feature), None),
        )
        names = self.world.names(first.words)
        capital_of = frozenset(n.entry.country for n in names if n.use == "capital" and n.entry.country)
        return Sense(first.words, first.toponyms, merged, len(found), capital_of)

    def _told(self, scene: Scene) -> Iterator[Sense]:
        """The countries that the report names by their adjectives or people, which are no places, but tell of them."""
        counts: dict[str, int] = {}
        for mention in scene.known:
            if mention.uses("adjective", "demonym"):
                for code in sorted({n.entry.country for n in mention.names if n.entry.kind == "state" and n.entry.country}):
                    counts[code] = counts.get(code, 0) + 1
        for code, count in counts.items():
            if places := self._country(code):
                yield Sense(code, places, Clues(), count, frozenset())

    def _country(self, code: str) -> tuple[Toponym, ...]:
        entry = self.world.state(code)
        found = self.gazetteer.lookup(entry.name) if entry is not None else ()
        return tuple(t for t in found if t.precision == "country" and t.country == code)

    def _people(self, words: str) -> tuple[Toponym, ...]:
        """The country or region of an adjective or of a people."""
        names = [n for n in self.world.names(words) if n.entry.kind == "state" and n.entry.country]
        if not names:
            return self.gazetteer.lookup(place_words()["peoples"].get(words, ""))
        if any(n.use not in ("adjective", "demonym") for n in names):
            return ()
        return tuple(t for n in names for t in self._country(n.entry.country or ""))

    def _home(self, document: Document) -> str | None:
        """The country of the outlet, by the registry or by the domain of the address."""
        for name in self.world.names(document.publisher) if document.publisher else ():
            if name.entry.country and name.entry.kind != "person":
                return name.entry.country
        host = (urlsplit(document.url).hostname or "") if document.url else ""
        found: str | None = place_words()["domains"].get(host.rsplit(".", 1)[-1])
        return found


def _usual(scene: Scene) -> set[str]:
    """The words that the report has as a place more often than as anything else; one sense per report."""
    counts: dict[str, Counter[bool]] = {}
    for mention in scene.mentions:
        counts.setdefault(scene.words(mention.first, mention.last), Counter())[mention.label == "LOC"] += 1
    return {words for words, found in counts.items() if found[True] > found[False]}


def _is_actor_only(scene: Scene, mention: Mention) -> bool:
    """Seats are actors, never places; so are capitals that stand for their government."""
    if mention.names and all(n.use in ("seat", "adjective", "demonym") for n in mention.names):
        return True
    if scene.reading.tokens[mention.last - 1].upos == "ADJ":
        return True
    return mention.uses("capital") and is_government(scene, mention)


def _senses(named: Sequence[Named], clues: Sequence[Clues]) -> list[list[int]]:
    """The numbers of the mentions that mean one place: those of one name, apart where they are put in different places."""
    groups: dict[str, list[list[int]]] = {}
    for i, place in enumerate(named):
        same = groups.setdefault(name_key(place.words), [])
        told = clues[i].containers
        fits = (g for g in same if not told or all(not clues[j].containers or clues[j].containers & told for j in g))
        group = next(fits, None)
        if group is None:
            same.append([i])
        else:
            group.append(i)
    return [group for same in groups.values() for group in same]


def _is_founded(choice: Choice) -> bool:
    """A small town is taken only where the report speaks of its country or of places near it."""
    place = choice.toponym
    if place.precision != "city" or place.population >= _SMALL or place.geonames is None:
        return True
    return (
        sum(weight for name, weight in choice.reasons if name in ("places around", "lies in what is named with it")) >= _SUPPORT
    )


def _told_country(sense: Sense) -> str | None:
    countries = {country for country, _ in sense.clues.containers}
    return next(iter(countries)) if len(countries) == 1 else None


def _key(place: Toponym) -> object:
    return place.name, place.country, place.latitude, place.longitude


def _place(ident: str, words: str, choice: Choice | None, country: str | None, spans: tuple[Span, ...]) -> Place:
    if choice is None:
        return Place(ident, words, country, spans)
    place = choice.toponym
    return Place(
        id=ident,
        name=place.name,
        country=place.country,
        mentions=spans,
        latitude=place.latitude,
        longitude=place.longitude,
        geonames=place.geonames,
        precision=place.precision,
        why=choice.why,
    )
