"""World knowledge: which actors there are, what they are called, who held which office when.

The registry is read once; `load_world()` gives the one `World`. The sources of its tables are listed in `data/SOURCES.md`.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import cache, cached_property
from itertools import chain
from typing import get_args

from communique.ontology.bodies import StateBodies
from communique.ontology.entries import Entry, Name, NameUse, Office
from communique.ontology.gather import Registry, read_registry
from communique.ontology.names import name_key, same_case
from communique.ontology.officials import MinorOfficials
from communique.ontology.spellings import Spellings
from communique.ontology.tables import covers, day, day_after
from communique.ontology.titles import Title, Titles
from communique.types.entities import ActorKind

_KINDS: dict[str, ActorKind] = {kind: kind for kind in get_args(ActorKind)}
_USES: dict[str, NameUse] = {use: use for use in get_args(NameUse)}
_MARK = re.compile(r"\W")
_HEAD = 3  # letters that names are told apart by before they are looked up
_SURE = frozenset({"name", "alias"})


class World:
    """The registry of actors, offices, titles and institution words."""

    def __init__(self, registry: Registry | None = None) -> None:
        """`registry` has the rows, those of the tables unless others are given; each is made an object when it is asked for."""
        self._rows = registry if registry is not None else read_registry()
        self._entries: dict[str, Entry] = {}
        self._names: dict[str, tuple[Name, ...]] = {}
        self._terms: dict[str, tuple[Office, ...]] = {}
        self._titles = Titles()
        self._minor = MinorOfficials()
        self.max_name_words = max(self._minor.max_name_words, self._rows.max_name_words)
        """How many tokens the longest name has, words and punctuation marks told apart."""

    def names(self, text: str) -> tuple[Name, ...]:
        """All names that equal the text but for case, diacritics, full stops, hyphens, a leading "the" and a possessive;
        the surest first. A name that is written with capitals is not found by a text without any."""
        key = name_key(text)
        found = self._named(key) or self._minor.names(key)
        return tuple(n for n in found if same_case(n.text, text)) if found else ()

    def longest(self, text: str) -> int:
        """How many tokens, words and punctuation marks told apart, a name has at most that begins as the text does."""
        key = name_key(text)
        return self.max_name_words if len(key) < _HEAD or key == "the" else self._longest.get(key[:_HEAD], 0)

    @cached_property
    def _longest(self) -> dict[str, int]:
        longest: dict[str, int] = {}
        for key in chain(self._rows.names, self._minor.keys):
            head, tokens = key[:_HEAD], 1 + 2 * len(_MARK.findall(key))
            if longest.get(head, 0) < tokens:
                longest[head] = tokens
        return longest

    def entry(self, entry_id: str) -> Entry | None:
        """The actor with this id."""
        return self._entry(entry_id) if entry_id in self._rows.entries else self._minor.entry(entry_id)

    def titled(self, title: str) -> Entry | None:
        """The actor that the article of this title of the English Wikipedia is about: as the table of titles has it, else
        the only actor of that name, where the title has nothing in brackets."""
        key = self._rows.titled.get(title)
        if key is not None:
            return self.entry(key)
        found = {n.entry.id: n.entry for n in self.names(title) if n.use in _SURE} if "(" not in title else {}
        return next(iter(found.values())) if len(found) == 1 else None

    def entries(self) -> Iterator[Entry]:
        """All actors of the registry but the officials that no list gives a title."""
        return map(self._entry, self._rows.entries)

    def state(self, code: str) -> Entry | None:
        """The state or territory with this ISO 3166-1 alpha-3 code."""
        key = f"state:{code}"
        return self._entry(key) if key in self._rows.entries else None

    def institution(self, head: str) -> tuple[ActorKind, tuple[str, ...]] | None:
        """Kind and sectors of an institution by its name or head word, as "foreign ministry" or "the Iranian navy"."""
        return self._titles.institution(head)

    def title(self, words: str) -> Title | None:
        """The title that the words are or end in, as "president", "former Foreign Minister" or "ministers of finance"."""
        return self._titles.title(words)

    def offices(self, title_class: str | None, of: str | None, on: date | None) -> tuple[Office, ...]:
        """The terms of office of a class ("president", "foreign-minister", ...) in a state (ISO alpha-3) or organisation
        (its id) that ran on a day; none of the three narrows when it is None. The latest first."""
        holders = self._holders.get(of, ()) if of else self._rows.offices
        found = [
            office
            for holder in holders
            for office in self.terms_of(holder)
            if of in (None, office.of)
            and (title_class is None or self._class_of(office.title) == title_class)
            and (on is None or in_office(office, on))
        ]
        return tuple(sorted(found, key=lambda o: o.begin or date.min, reverse=True))

    def terms_of(self, person_id: str) -> tuple[Office, ...]:
        """The terms of office of a person, by the id of its entry."""
        if person_id not in self._terms:
            cells = self._rows.offices.get(person_id, "").split("\t")
            rows = (cells[i : i + 5] for i in range(0, len(cells) - 4, 5))
            holder = self.entry(person_id)
            self._terms[person_id] = tuple(
                Office(holder, title, of, day(begin), day_after(end), source)
                for title, of, begin, end, source in rows
                if holder
            ) or self._minor.terms_of(person_id)
        return self._terms[person_id]

    @cached_property
    def states(self) -> Mapping[str, Entry]:
        """States and territories by their ISO 3166-1 alpha-3 code."""
        found = (self._entry(key) for key in self._rows.entries if key.startswith("state:"))
        return {state.country: state for state in found if state.country}

    @cached_property
    def spellings(self) -> Spellings:
        """The people of the registry but the minor officials, by what variant spellings of their names share."""
        return Spellings((key for key, row in self._rows.names.items() if "\tperson:" in row), self._named)

    @cached_property
    def bodies(self) -> StateBodies:
        """Governments' and armies' bodies by what they are called within their state."""
        return StateBodies(
            lambda country: (n for key in self._acting.get(country, ()) for n in self._named(key) if n.entry.country == country)
        )

    @cached_property
    def _acting(self) -> Mapping[str, Iterable[str]]:
        """The keys of the names of states, and of bodies and groups that act for one, by the state."""
        found: dict[str, dict[str, None]] = defaultdict(dict)
        for key, row in self._rows.names.items():
            if "\tinst:" in row or "\tgroup:" in row or "\tstate:" in row:
                for entry in row.split("\t")[2::3]:
                    found[self._rows.entries[entry].split("\t", 3)[2]][key] = None
        return found

    @cached_property
    def _holders(self) -> Mapping[str, tuple[str, ...]]:
        found: dict[str, dict[str, None]] = defaultdict(dict)
        for holder, row in self._rows.offices.items():
            for of in row.split("\t")[1::5]:
                found[of][holder] = None
        return {of: tuple(holders) for of, holders in found.items()}

    def _entry(self, key: str) -> Entry:
        made = self._entries.get(key)
        if made is None:
            name, kind, country, sectors, wikidata, begin, end, wikipedia = self._rows.entries[key].split("\t")
            codes, days = tuple(filter(None, sectors.split(","))), (day(begin), day(end))
            made = Entry(key, name, _KINDS[kind], country or None, codes, wikidata or None, *days, wikipedia or None)
            self._entries[key] = made
        return made

    def _named(self, key: str) -> tuple[Name, ...]:
        made = self._names.get(key)
        if made is None:
            row = self._rows.names.get(key)
            if row is None:
                return ()
            cells = row.split("\t")
            rows = (cells[i : i + 3] for i in range(0, len(cells), 3))
            made = tuple(Name(text, _USES[use], self._entry(entry)) for use, text, entry in rows)
            self._names[key] = made
        return made

    def _class_of(self, title: str) -> str | None:
        found = self._titles.title(title)
        return found.title_class if found else None


def in_office(office: Office, on: date) -> bool:
    """Whether a term ran on a day; an unknown begin or end is taken as open."""
    return covers(office.begin, office.end, on)


@cache
def load_world() -> World:
    """The registry, read on the first call."""
    return World()
