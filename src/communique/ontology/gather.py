"""Gathering the tables of actors into one registry, and keeping it as one file that is quick to read."""

from __future__ import annotations

import gzip
import zlib
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple, get_args

from communique.errors import DataError
from communique.ontology.entries import NameUse
from communique.ontology.names import count_words, name_key, surnames_of
from communique.ontology.officials import person_id
from communique.ontology.tables import read_bytes, read_rows, read_text
from communique.ontology.titles import Titles
from communique.types.entities import ActorKind

ACTOR_TABLES = ("regions.tsv", "institutions.tsv", "organisations.tsv", "groups.tsv", "companies.tsv")
OFFICIAL_TABLES = ("officials.tsv", "officials_west.tsv", "officials_east.tsv")
LINKED_TABLES = ("wikipedia.tsv", "linked.tsv", "linked_offices.tsv")
TABLES = ("states.tsv", *ACTOR_TABLES, "seats.tsv", "titles.tsv", *OFFICIAL_TABLES, "people.tsv.gz", "offices.tsv.gz")
INDEX = "registry.gz"
# The surer a way of standing for an actor, the earlier it comes among several readings of one name.
_RANK: dict[NameUse, int] = {"name": 0, "alias": 1, "seat": 2, "capital": 3, "adjective": 4, "demonym": 5, "surname": 6}
_SURE = frozenset({"name", "alias"})
_KINDS = frozenset(get_args(ActorKind))
_MARKS: dict[str, NameUse] = {"adj": "adjective", "dem": "demonym", "cap": "capital", "seat": "seat"}
_USES: dict[str, NameUse] = {"seat": "seat", "capital": "capital", "adjective": "adjective", "alias": "alias"}


class EntryRow(NamedTuple):
    """An entry as the tables write it."""

    name: str
    kind: str
    country: str = ""
    sectors: str = ""
    wikidata: str = ""
    begin: str = ""
    end: str = ""
    wikipedia: str = ""


@dataclass
class Registry:
    """All actors, names and offices as rows of text: entries by id; by key of a name its `use`, text and entry id, over and
    over, the surest first; by holder the title, state or body, begin, end and source of each term, over and over."""

    entries: dict[str, str] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    offices: dict[str, str] = field(default_factory=dict)
    titled: dict[str, str] = field(default_factory=dict)
    max_name_words: int = 0


def read_registry() -> Registry:
    """The registry: from its file where that is made of the tables as they are, else from the tables."""
    head, *sections = read_text(INDEX).split("\n#\n")
    made_of, most = head.split("\t")
    if made_of != fingerprint():
        return Gatherer().registry
    entries, names, offices, titled = (dict(line.split("\t", 1) for line in s.split("\n") if line) for s in sections)
    return Registry(entries, names, offices, titled, int(most))


def packed(registry: Registry) -> bytes:
    """The registry as its file, the same bytes for the same tables."""
    tables = (registry.entries, registry.names, registry.offices, registry.titled)
    sections = ("\n".join(f"{key}\t{row}" for key, row in rows.items()) for rows in tables)
    text = "\n#\n".join((f"{fingerprint()}\t{registry.max_name_words}", *sections))
    return gzip.compress(text.encode("utf-8"), mtime=0)


def fingerprint() -> str:
    """A checksum of the tables that the registry is made of."""
    sum_of = 0
    for table in (*TABLES, *LINKED_TABLES):
        sum_of = zlib.crc32(read_bytes(table), sum_of)
    return f"{sum_of:08x}"


class Gatherer:
    """Gathers the tables; `linked` says whether what the Current Events pages of Wikipedia name is taken in.

    Raises `DataError` where tables contradict each other.
    """

    def __init__(self, linked: bool = True) -> None:
        self.registry = Registry()
        self._rows: dict[str, EntryRow] = {}
        self._names: dict[str, list[tuple[NameUse, str, str]]] = defaultdict(list)
        self._offices: dict[str, list[str]] = defaultdict(list)
        self._titles = Titles()
        self._states()
        for table in ACTOR_TABLES:
            self._actors(table)
        self._seats()
        self._people()
        if linked:
            self._linked()
        self._finish()

    def _finish(self) -> None:
        made = self.registry
        made.entries = {key: "\t".join(row) for key, row in self._rows.items()}
        made.offices = {holder: "\t".join(rows) for holder, rows in self._offices.items()}
        for key, found in self._names.items():
            found.sort(key=lambda n: _RANK[n[0]])
            made.names[key] = "\t".join(cell for name in found for cell in name)
            made.max_name_words = max(made.max_name_words, *(count_words(text) for _, text, _ in found))

    def _add(self, key: str, row: EntryRow) -> None:
        if key in self._rows:
            raise DataError(f"ontology: two entries have the id {key}; give one of them another id")
        if row.kind not in _KINDS:
            raise DataError(f"ontology: {key} is of the kind {row.kind!r}, which there is not")
        self._rows[key] = row

    def _call(self, text: str, use: NameUse, entry: str) -> None:
        same = self._names[name_key(text)]
        if not any(known == entry and (u == use or u in _SURE) for u, _, known in same):
            same.append((use, text, entry))

    def _states(self) -> None:
        for code, name, aliases, adjectives, demonyms, capitals, wikidata, begin, end in read_rows("states.tsv"):
            key = f"state:{code}"
            self._add(key, EntryRow(name, "state", code, "", wikidata, begin, end))
            self._call(name, "name", key)
            lists: Mapping[NameUse, str] = {
                "alias": aliases, "adjective": adjectives, "demonym": demonyms, "capital": capitals,
            }  # fmt: skip
            for use, cell in lists.items():
                self._call_all(cell, use, key)

    def _call_all(self, cell: str, use: NameUse, key: str) -> None:
        for text in filter(None, cell.split("|")):
            self._call(text, use, key)

    def _actors(self, table: str) -> None:
        for key, name, kind, country, sectors, aliases, begin, end in read_rows(table):
            self._add(key, EntryRow(name, kind, country, sectors, "", begin, end))
            self._call(name, "name", key)
            for alias in filter(None, aliases.split("|")):
                mark, _, marked = alias.partition(":")
                use = _MARKS.get(mark)
                self._call(marked if use else alias, use or "alias", key)

    def _seats(self) -> None:
        for text, key, use in read_rows("seats.tsv"):
            self._call(text, _USES[use], self._known(key, f"seats.tsv: {text!r} stands for {key}"))

    def _people(self) -> None:
        listed = read_rows("people.tsv.gz")
        self._officials({row[0]: row[4] for row in listed})
        for key, name, country, sectors, wikidata, aliases, surnames in listed:
            if key not in self._rows:
                self._add(key, EntryRow(name, "person", country, sectors, wikidata))
                self._call(name, _use_of(name), key)
            elif not self._rows[key].country:
                # Our own tables may have but the office in an organisation of somebody who also leads a state.
                self._rows[key] = self._rows[key]._replace(country=country)
            self._call_all(aliases, "alias", key)
            self._call_surnames(key, surnames)
        self._hold_all("offices.tsv.gz")

    def _officials(self, wikidata: Mapping[str, str]) -> None:
        people: dict[str, list[list[str]]] = {}
        for table in OFFICIAL_TABLES:
            for row in read_rows(table):
                people.setdefault(row[0], []).append(row)
        sectors = {title: self._sectors(title) for title in {row[2] for terms in people.values() for row in terms}}
        for name, terms in people.items():
            key, of = person_id(name), terms[0][1]
            country = self._rows[of].country if ":" in of else of
            codes = dict.fromkeys(code for term in terms for code in sectors[term[2]])
            self._add(key, EntryRow(name, "person", country, ",".join(codes), wikidata.get(key, "")))
            self._call(name, _use_of(name), key)
            for term in terms:
                self._call_all(term[5], "alias", key)
            self._call_surnames(key, next((term[6] for term in terms if term[6]), ""))
            self._offices[key] += [
                "\t".join((title, of, begin, end, "own compilation")) for _, of, title, begin, end, *_ in terms
            ]

    def _sectors(self, title: str) -> tuple[str, ...]:
        found = self._titles.title(title)
        return found.sectors if found else ()

    def _linked(self) -> None:
        for key, name, kind, country, sectors, surnames in read_rows("linked.tsv"):
            if key not in self._rows:
                self._add(key, EntryRow(name, kind, country, sectors))
                self._call(name, "name", key)
                if kind == "person":
                    self._call_surnames(key, surnames)
        for title, key, aliases in read_rows("wikipedia.tsv"):
            self._known(key, f"wikipedia.tsv: {title!r} is of {key}")
            self.registry.titled[title] = key
            if not self._rows[key].wikipedia:
                self._rows[key] = self._rows[key]._replace(wikipedia=title)
            self._call_all(aliases, "alias", key)
        self._hold_all("linked_offices.tsv")

    def _hold_all(self, table: str) -> None:
        for key, *term in read_rows(table):
            self._offices[self._known(key, f"{table}: {key} holds an office")].append("\t".join(term))

    def _known(self, key: str, told: str) -> str:
        if key not in self._rows:
            raise DataError(f"ontology/data/{told}, which no table has; make the tables again (SOURCES.md)")
        return key

    def _call_surnames(self, key: str, surnames: str) -> None:
        if surnames != "-":
            row = self._rows[key]
            own: Iterable[str] = filter(None, surnames.split("|"))
            for surname in tuple(own) or surnames_of(row.name, row.country or None):
                self._call(surname, "surname", key)


def _use_of(name: str) -> NameUse:
    # One word ("Hussein", or a family name that a list has alone) can't tell two people of that name apart.
    return "name" if " " in name else "surname"
