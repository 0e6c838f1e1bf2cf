"""World knowledge: which actors there are, what they are called, who held which office when.

The tables are read once; `load_world()` gives the one `World`. Their sources are listed in `data/SOURCES.md`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from functools import cache, cached_property
from typing import get_args

from communique.errors import DataError
from communique.ontology.bodies import StateBodies
from communique.ontology.entries import Entry, Name, NameUse, Office
from communique.ontology.names import count_words, name_key, same_case, surnames_of
from communique.ontology.officials import MinorOfficials, person_id
from communique.ontology.spellings import Spellings
from communique.ontology.tables import day, day_after, read_rows
from communique.ontology.titles import Title, Titles
from communique.types.entities import ActorKind

ACTOR_TABLES = ("regions", "institutions", "organisations", "groups", "companies")
OFFICIAL_TABLES = ("officials.tsv", "officials_west.tsv", "officials_east.tsv")
# The surer a way of standing for an actor, the earlier it comes among several readings of one name.
_RANK: dict[NameUse, int] = {"name": 0, "alias": 1, "seat": 2, "capital": 3, "adjective": 4, "demonym": 5, "surname": 6}
_KINDS: dict[str, ActorKind] = {kind: kind for kind in get_args(ActorKind)}
_SURE = frozenset({"name", "alias"})
_MARKS: dict[str, NameUse] = {"adj": "adjective", "dem": "demonym", "cap": "capital", "seat": "seat"}


class World:
    """The registry of actors, offices, titles and institution words."""

    def __init__(self, linked: bool = True) -> None:
        """`linked` says whether what the Current Events pages of Wikipedia name is taken in."""
        self._entries: dict[str, Entry] = {}
        self._names: dict[str, list[Name]] = defaultdict(list)
        self._terms: dict[str, list[Office]] = defaultdict(list)
        self._held: dict[str, list[Office]] = defaultdict(list)
        self._titles = Titles()
        self._minor = MinorOfficials()
        self._titled: dict[str, str] = {}
        self._articles: dict[str, str] = {}
        self.max_name_words = self._minor.max_name_words
        """How many tokens the longest name has, words and punctuation marks told apart."""
        articles = read_rows("wikipedia.tsv") if linked else []
        for title, key, _ in articles:
            self._titled[title] = key
            self._articles.setdefault(key, title)
        self._load_states()
        for table in ACTOR_TABLES:
            self._load_actors(f"{table}.tsv")
        self._load_seats()
        self._load_people()
        if linked:
            self._load_linked(articles)
        for found in self._names.values():
            found.sort(key=lambda n: _RANK[n.use])

    def names(self, text: str) -> tuple[Name, ...]:
        """All names that equal the text but for case, diacritics, full stops, hyphens, a leading "the" and a possessive;
        the surest first. A name that is written with capitals is not found by a text without any."""
        key = name_key(text)
        found = self._names.get(key) or self._minor.names(key)
        return tuple(n for n in found if same_case(n.text, text)) if found else ()

    def entry(self, entry_id: str) -> Entry | None:
        """The actor with this id."""
        return self._entries.get(entry_id) or self._minor.entry(entry_id)

    def titled(self, title: str) -> Entry | None:
        """The actor that the article of this title of the English Wikipedia is about: as the table of titles has it, else
        the only actor of that name, where the title has nothing in brackets."""
        key = self._titled.get(title)
        if key is not None:
            return self.entry(key)
        found = {n.entry.id: n.entry for n in self.names(title) if n.use in _SURE} if "(" not in title else {}
        return next(iter(found.values())) if len(found) == 1 else None

    def entries(self) -> Iterator[Entry]:
        """All actors of the registry but the officials that no list gives a title."""
        return iter(self._entries.values())

    def state(self, code: str) -> Entry | None:
        """The state or territory with this ISO 3166-1 alpha-3 code."""
        return self._entries.get(f"state:{code}")

    def institution(self, head: str) -> tuple[ActorKind, tuple[str, ...]] | None:
        """Kind and sectors of an institution by its name or head word, as "foreign ministry" or "the Iranian navy"."""
        return self._titles.institution(head)

    def title(self, words: str) -> Title | None:
        """The title that the words are or end in, as "president", "former Foreign Minister" or "ministers of finance"."""
        return self._titles.title(words)

    def offices(self, title_class: str | None, of: str | None, on: date | None) -> tuple[Office, ...]:
        """The terms of office of a class ("president", "foreign-minister", ...) in a state (ISO alpha-3) or organisation
        (its id) that ran on a day; none of the three narrows when it is None. The latest first."""
        pool = self._held.get(of, []) if of else [o for terms in self._held.values() for o in terms]
        found = [
            office
            for office in pool
            if (title_class is None or self._class_of(office.title) == title_class) and (on is None or in_office(office, on))
        ]
        return tuple(sorted(found, key=lambda o: o.begin or date.min, reverse=True))

    def terms_of(self, person_id: str) -> tuple[Office, ...]:
        """The terms of office of a person, by the id of its entry."""
        return tuple(self._terms.get(person_id, ())) or self._minor.terms_of(person_id)

    @cached_property
    def states(self) -> Mapping[str, Entry]:
        """States and territories by their ISO 3166-1 alpha-3 code."""
        return {e.country: e for e in self._entries.values() if e.id.startswith("state:") and e.country}

    @cached_property
    def spellings(self) -> Spellings:
        """The people of the registry but the minor officials, by what variant spellings of their names share."""
        return Spellings(n for found in self._names.values() for n in found if n.entry.kind == "person")

    @cached_property
    def bodies(self) -> StateBodies:
        """Governments' and armies' bodies by what they are called within their state."""
        own: dict[str, set[str]] = defaultdict(set)
        for key, found in self._names.items():
            for name in found:
                if name.entry.kind == "state" and name.entry.country and name.use != "capital":
                    own[name.entry.country].update(key.split(" "))
        return StateBodies(
            (n for found in self._names.values() for n in found), {code: frozenset(words) for code, words in own.items()}
        )

    def _class_of(self, title: str) -> str | None:
        found = self._titles.title(title)
        return found.title_class if found else None

    def _add(self, entry: Entry) -> Entry:
        if entry.id in self._entries:
            raise DataError(f"ontology: two entries have the id {entry.id}; give one of them another id")
        if entry.id in self._articles:
            entry = replace(entry, wikipedia=self._articles[entry.id])
        self._entries[entry.id] = entry
        return entry

    def _call(self, text: str, use: NameUse, entry: Entry) -> None:
        same = self._names[name_key(text)]
        if not same or not any(n.entry is entry and (n.use == use or n.use in _SURE) for n in same):
            same.append(Name(text, use, entry))
            self.max_name_words = max(self.max_name_words, count_words(text))

    def _load_states(self) -> None:
        for code, name, aliases, adjectives, demonyms, capitals, wikidata, begin, end in read_rows("states.tsv"):
            entry = self._add(Entry(f"state:{code}", name, "state", code, (), wikidata or None, day(begin), day(end)))
            self._call(name, "name", entry)
            lists: tuple[tuple[str, NameUse], ...] = (
                (aliases, "alias"),
                (adjectives, "adjective"),
                (demonyms, "demonym"),
                (capitals, "capital"),
            )
            for cell, use in lists:
                for text in filter(None, cell.split("|")):
                    self._call(text, use, entry)

    def _load_actors(self, table: str) -> None:
        for key, name, kind, country, sectors, aliases, begin, end in read_rows(table):
            entry = self._add(Entry(key, name, _KINDS[kind], country or None, _codes(sectors), None, day(begin), day(end)))
            self._call(name, "name", entry)
            for alias in filter(None, aliases.split("|")):
                mark, _, marked = alias.partition(":")
                use = _MARKS.get(mark)
                self._call(marked if use else alias, use or "alias", entry)

    def _load_seats(self) -> None:
        uses: dict[str, NameUse] = {"seat": "seat", "capital": "capital", "adjective": "adjective", "alias": "alias"}
        for text, entry_id, use in read_rows("seats.tsv"):
            if entry_id not in self._entries:
                raise DataError(f"ontology/data/seats.tsv: {text!r} stands for {entry_id}, which no table has")
            self._call(text, uses[use], self._entries[entry_id])

    def _load_people(self) -> None:
        listed = read_rows("people.tsv.gz")
        self._load_officials({row[0]: row[4] for row in listed})
        for key, name, country, sectors, wikidata, aliases, surnames in listed:
            person = self._entries.get(key)
            if person is None:
                person = self._add(Entry(key, name, "person", country or None, _codes(sectors), wikidata or None))
                self._call(name, _use_of(name), person)
            for alias in filter(None, aliases.split("|")):
                self._call(alias, "alias", person)
            self._call_surnames(person, surnames)
        for key, title, of, begin, end, source in read_rows("offices.tsv.gz"):
            self._hold(Office(self._entries[key], title, of, day(begin), day_after(end), source))

    def _load_officials(self, wikidata: Mapping[str, str]) -> None:
        rows: dict[str, list[list[str]]] = {}
        for row in (row for table in OFFICIAL_TABLES for row in read_rows(table)):
            rows.setdefault(row[0], []).append(row)
        for name, terms in rows.items():
            titles = [self._titles.title(row[2]) for row in terms]
            sectors = tuple(dict.fromkeys(code for title in titles if title for code in title.sectors))
            key, of = person_id(name), terms[0][1]
            country = self._entries[of].country if ":" in of else of
            person = self._add(Entry(key, name, "person", country, sectors, wikidata.get(key) or None))
            self._call(name, _use_of(name), person)
            for alias in filter(None, (alias for term in terms for alias in term[5].split("|"))):
                self._call(alias, "alias", person)
            self._call_surnames(person, next((term[6] for term in terms if term[6]), ""))
            for _, of, title, begin, end, _, _ in terms:
                self._hold(Office(person, title, of, day(begin), day_after(end), "own compilation"))

    def _load_linked(self, articles: list[list[str]]) -> None:
        for key, name, kind, country, sectors, surnames in read_rows("linked.tsv"):
            if key not in self._entries:
                entry = self._add(Entry(key, name, _KINDS[kind], country or None, _codes(sectors)))
                self._call(name, "name", entry)
                if kind == "person":
                    self._call_surnames(entry, surnames)
        for _, key, aliases in articles:
            for alias in filter(None, aliases.split("|")):
                self._call(alias, "alias", self._known(key, "wikipedia.tsv"))
        for key, title, of, begin, end, source in read_rows("linked_offices.tsv"):
            self._hold(Office(self._known(key, "linked_offices.tsv"), title, of, day(begin), day_after(end), source))

    def _known(self, key: str, table: str) -> Entry:
        if key not in self._entries:
            raise DataError(f"ontology/data/{table}: {key} is in no table; run training/tables/build_linked.py again")
        return self._entries[key]

    def _call_surnames(self, person: Entry, surnames: str) -> None:
        if surnames != "-":
            for surname in tuple(filter(None, surnames.split("|"))) or surnames_of(person.name, person.country):
                self._call(surname, "surname", person)

    def _hold(self, office: Office) -> None:
        self._terms[office.holder.id].append(office)
        self._held[office.of].append(office)


def in_office(office: Office, on: date) -> bool:
    """Whether a term ran on a day; an unknown begin or end is taken as open."""
    return (office.begin is None or office.begin <= on) and (office.end is None or on < office.end)


def _use_of(name: str) -> NameUse:
    # One word ("Hussein", or a family name that a list has alone) can't tell two people of that name apart.
    return "name" if " " in name else "surname"


def _codes(cell: str) -> tuple[str, ...]:
    return tuple(filter(None, cell.split(",")))


@cache
def load_world() -> World:
    """The registry, read on the first call."""
    return World()
