"""The working view of one report while its actors are found: mentions, drafts of actors, countries, and who stands where."""

from __future__ import annotations

from collections import Counter
from datetime import date
from functools import cached_property

from communique.ontology.entries import Entry, Name
from communique.ontology.knowledge import Knowledge
from communique.ontology.world import World
from communique.resolve.names.mentions import Mention, slice_text
from communique.resolve.report.drafts import Draft, Title
from communique.types.entities import Place
from communique.types.reading import Reading, Token
from communique.types.text import Span

_GENERIC = frozenset({"Security Council", "General Assembly", "Secretariat", "Commission", "Council", "Human Rights Council"})


class Scene:
    """One report while its actors are found. Everything is by token index over the whole report."""

    def __init__(
        self,
        text: str,
        reading: Reading,
        world: World,
        mentions: tuple[Mention, ...],
        known: tuple[Mention, ...],
        places: tuple[Place, ...] = (),
        when: date | None = None,
        knowledge: Knowledge | None = None,
    ) -> None:
        self.text, self.reading, self.world = text, reading, world
        people = {i for m in mentions if m.label == "PERSON" for i in range(m.first, m.last)}
        self.mentions, self.places, self.when = mentions, places, when
        self.known = tuple(m for m in known if m.first not in people or any(n.entry.kind == "person" for n in m.names))
        self.drafts: list[Draft] = []
        self.at = {i: m for m in mentions for i in range(m.first, m.last)}
        self.links = {link.mention: link for link in reading.antecedents}
        self.known_at = {i: m for m in self.known for i in range(m.first, m.last)}
        self.at_person = {i: m for i, m in self.at.items() if m.label == "PERSON"}
        self.taken: set[int] = set()
        self.titles: set[int] = set()
        self.institutions: set[int] = set()
        self.governments: dict[str, str] = {}
        self.relations: list[tuple[Title, Mention]] = []
        self.knowledge = knowledge if knowledge is not None else Knowledge((), world)
        self.company: dict[str, str] = {}
        self.third: frozenset[str] | None = None
        self.owned: list[tuple[Draft, Mention]] = []

    def words(self, first: int, last: int) -> str:
        """The report's words from token `first` to `last` (exclusive)."""
        return slice_text(self.text, self.reading, first, last)

    def token(self, index: int) -> Token | None:
        """The token at an index, none outside of the report."""
        return self.reading.tokens[index] if 0 <= index < len(self.reading.tokens) else None

    def same_sentence(self, a: int, b: int) -> bool:
        """Whether both tokens exist and stand in one sentence."""
        tokens = self.reading.tokens
        return 0 <= a < len(tokens) and 0 <= b < len(tokens) and tokens[a].sentence == tokens[b].sentence

    def head(self, first: int, last: int) -> int:
        """The token of `[first, last)` whose governor lies outside; the last one when the parse has none."""
        outside = [
            i for i in range(first, last) if not first <= self.reading.tokens[i].head < last or self.reading.tokens[i].head == i
        ]
        return outside[0] if outside else last - 1

    def span(self, first: int, last: int) -> Span:
        """The document span of tokens `[first, last)`."""
        return self.reading.span(first, last)

    def draft_at(self, index: int) -> Draft | None:
        """The actor that a token names, the one with the shortest mention first."""
        found = [(b - a, d) for d in self.drafts for a, b in d.spans if a <= index < b]
        return min(found, key=lambda pair: pair[0])[1] if found else None

    def draft_of(self, entry: Entry) -> Draft:
        """The draft of a registry entry, made when there is none yet."""
        found = next((d for d in self.drafts if d.entry is not None and d.entry.id == entry.id), None)
        if found is None:
            sectors = [s for s in entry.sectors if s]
            found = Draft(entry.name, entry.kind, entry.country, entry, sectors, resolved_by="registry", country_told=True)
            if found.country is None and "CVL" in entry.sectors:
                found.country = self.main_country(0.5)
            self.drafts.append(found)
        return found

    def draft_of_state(self, country: str) -> Draft | None:
        """The draft of the state with this alpha-3 code; none where the registry has no such state."""
        entry = self.state(country)
        return self.draft_of(entry) if entry is not None else None

    def state(self, country: str) -> Entry | None:
        """The registry's entry of the state with this ISO 3166-1 alpha-3 code."""
        return self.world.state(country)

    def country_in(self, first: int, last: int) -> tuple[str, str] | None:
        """The first state that the words of `[first, last)` name, as (alpha-3 code, words): name, adjective or seat."""
        i = first
        while i < last:
            known = self.known_at.get(i)
            if known is not None:
                for name in known.names:
                    if name.entry.kind == "state" and name.entry.country and name.use != "capital":
                        return name.entry.country, self.words(known.first, known.last)
                i = known.last
            else:
                i += 1
        return None

    def body_in(self, first: int, last: int) -> Entry | None:
        """The first body with a country, not a state and not a person, that the words of `[first, last)` name; of several
        states' bodies of one name that of the state that the report names most, none where it names none of them."""
        for i in range(first, last):
            names = self.known_at[i].names if i in self.known_at else ()
            found = [n.entry for n in names if n.entry.kind not in ("state", "person") and not self.is_generic(n)]
            if found:
                best = max(found, key=lambda e: self.countries[e.country or ""])
                told = self.countries[best.country or ""] or len({e.country for e in found}) == 1
                return best if told else None
        return None

    def written_small(self, first: int, last: int) -> Entry | None:
        """The institution of a state that the report names whose proper name is written small in tokens `[first, last)`."""
        written = self.words(first, last)
        if not written.islower():
            return None
        names = (n for n in self.world.names(written.title()) if n.entry.kind in ("government", "military"))
        found = {n.entry.id: n.entry for n in names if n.entry.country and self.countries[n.entry.country]}
        return next(iter(found.values())) if len(found) == 1 else None

    def is_generic(self, name: Name) -> bool:
        """Whether a body's name may as well be another's: the United Nations' Security Council, where the report never
        names the United Nations."""
        if name.use != "alias" or name.entry.country is not None or name.text not in _GENERIC:
            return False
        return not any(n.entry.name == "United Nations" for m in self.known for n in m.names)

    @cached_property
    def countries(self) -> Counter[str]:
        """How often the report names each country: as state, by adjective, capital or place. A capital's name that is another
        town's here ("Paris, Texas") counts for that town's country."""
        found: Counter[str] = Counter()
        elsewhere = {m: p.country for p in self.places if p.country for m in p.mentions}
        for mention in self.known:
            town = elsewhere.get(self.span(mention.first, mention.last)) if mention.uses("capital") else None
            codes = {town} if town else {n.entry.country for n in mention.names if n.entry.country and n.entry.kind == "state"}
            if len(codes) == 1:
                found.update(codes)
        covered = set(self.known_at)
        for place in self.places:
            if place.country:
                spans = [m for m in place.mentions if not any(t.index in covered for t in self.reading.between(m))]
                found[place.country] += len(spans)
        return +found

    def main_country(self, share: float = 0.0) -> str | None:
        """The country that the report names most, when at least `share` of all country names are its own."""
        if not self.countries:
            return None
        ranked = self.countries.most_common(2)
        code, count = ranked[0]
        if len(ranked) > 1 and ranked[1][1] == count:
            code = self._first_named({c for c, n in self.countries.items() if n == count}) or code
        return code if count >= share * sum(self.countries.values()) else None

    def _first_named(self, codes: set[str]) -> str | None:
        for mention in self.known:
            for name in mention.names:
                if name.entry.country in codes and name.entry.kind == "state":
                    return name.entry.country
        return None

    def country_before(self, index: int) -> str | None:
        """The country that the paragraph names last before a token: in the token's own sentence the nearest, in an earlier
        one the first."""
        sentence = self.reading.sentences[self.reading.tokens[index].sentence]
        passage, ranges = sentence.passage, [range(index - 1, sentence.first - 1, -1)]
        while sentence.index and self.reading.sentences[sentence.index - 1].passage == passage:
            sentence = self.reading.sentences[sentence.index - 1]
            ranges.append(range(sentence.first, sentence.last))
        named = (n.entry for r in ranges for i in r if i in self.known_at for n in self.known_at[i].names)
        return next((e.country for e in named if e.kind == "state" and e.country), None)

    def sentence_country(self, index: int) -> str | None:
        """The country that a token's sentence names, when it names just one."""
        sentence = self.reading.sentences[self.reading.tokens[index].sentence]
        codes = {
            n.entry.country
            for i in range(sentence.first, sentence.last)
            for n in (self.known_at[i].names if i in self.known_at else ())
            if n.entry.kind == "state" and n.entry.country
        }
        span = self.span(sentence.first, sentence.last)
        codes |= {p.country for p in self.places if p.country and any(m.overlap(span) for m in p.mentions)}
        return next(iter(codes)) if len(codes) == 1 else None
