"""Write `people.tsv.gz`, `offices.tsv.gz` and `officials.tsv.gz`: who held which office, merged from public lists.

    python training/tables/build_people.py DATA OUT

DATA is the folder of the public lists, OUT that of the tables, which holds our own `officials.tsv` already: a person or
a term that stands there is not written again. The same person under two spellings is one where state, family name and time
agree.
"""

from __future__ import annotations

import csv
import gzip
import sys
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path

from people_sources import Term, congress, factbook, mended, petrarch, reign, wikidata

from communique.ontology.gather import OFFICIAL_TABLES
from communique.ontology.names import name_key, surnames_of
from communique.ontology.titles import Titles

# Lists that spell names in their own way, so that one person may stand in them under another spelling.
LOOSE = {"REIGN", "World Factbook 2026-05", "Wikidata", "PETRARCH CountryInfo 2014"}
COMMON = {"bin", "ibn", "abd", "abdul", "abdel", "mohamed", "mohammed", "muhammad", "mohammad", "ahmed", "ahmad", "hamad"}
COMMON |= {"nahyan", "sabah", "thani", "maktoum", "khalifa", "jaber"}
# Where a list leaves an end open, it says only that the term ran on when the list was made.
LIST_ENDS = {"REIGN": "2021-03", "Wikidata": "2022-10"}
# Offices that one person at a time holds in a state.
SINGLE = {"president", "prime-minister", "chancellor", "monarch", "supreme-leader", "governor-general"}
LEADERS = {"president", "prime-minister", "chancellor", "monarch", "supreme-leader", "party-leader", "crown-prince", None}


@dataclass
class Person:
    """A person on the way to the table."""

    name: str
    country: str
    own: bool = False
    wikidata: str = ""
    sectors: str = "GOV"
    aliases: list[str] = field(default_factory=list)
    terms: list[Term] = field(default_factory=list)

    def spellings(self) -> set[str]:
        """All spellings, as keys."""
        return {name_key(n) for n in (self.name, *self.aliases)}


class People:
    """All persons so far, found again by spelling or by state, office and time."""

    def __init__(self, titles: Titles) -> None:
        self.titles = titles
        self.all: list[Person] = []
        self._monarchs: dict[str, Person] = {}
        self._of_bodies: dict[str, Person] = {}
        self._of: dict[str, list[Person]] = {}
        self._by_key: dict[tuple[str, str], Person] = {}
        self._by_word: dict[tuple[str, str], list[Person]] = {}

    def add(self, person: Person) -> Person:
        """Take in a person and make it findable."""
        self.all.append(person)
        self._of.setdefault(person.country, []).append(person)
        self.index(person)
        return person

    def index(self, person: Person) -> None:
        """Make all spellings of a person findable."""
        for key in person.spellings():
            if any(self.class_of(term) == "monarch" for term in person.terms):
                self._monarchs.setdefault(key, person)
            self._by_key.setdefault((person.country, key), person)
            if ":" in person.country:
                self._of_bodies.setdefault(key, person)
            for word in key.split(" "):
                same = self._by_word.setdefault((person.country, word), [])
                if person not in same:
                    same.append(person)

    def find(self, term: Term) -> Person | None:
        """The person that a term is of: by spelling, else by a word of the name and the same office at the same time, else by
        an office that began in the same month (two spellings of one name)."""
        if self.class_of(term) == "monarch" and (person := self._monarchs.get(name_key(term.name))):
            return person
        for spelling in (term.name, *term.aliases):
            if person := self._by_key.get((term.country, name_key(spelling))) or self._of_bodies.get(name_key(spelling)):
                return person
        if term.source not in LOOSE:
            return None
        words = [w for w in name_key(term.name).split(" ") if len(w) > 2 and w not in COMMON]
        if len(words) > 1 and (person := self._fuller(words, term)):
            return person
        for word in words:
            for person in self._by_word.get((term.country, word), []):
                if any(self.same_office(term, known) for known in person.terms):
                    return person
        return self._same_start(term)

    def _fuller(self, words: list[str], term: Term) -> Person | None:
        """A person of the state with all these words in one spelling and an office of the same class, at whatever time."""
        for person in self._by_word.get((term.country, words[0]), []):
            if any(set(words) <= set(key.split(" ")) for key in person.spellings()):
                offices = {self.class_of(known) for known in person.terms}
                if self.class_of(term) in offices or (term.source == "REIGN" and offices <= LEADERS):
                    return person
        return None

    def _same_start(self, term: Term) -> Person | None:
        if len(term.begin) < 7 or term.source == "REIGN":
            return None
        for person in self._of.get(term.country, []):
            for known in person.terms:
                if known.begin[:7] == term.begin[:7] and self.class_of(known) == self.class_of(term) is not None:
                    return person
        return None

    def same_office(self, one: Term, other: Term) -> bool:
        """Whether two terms are of one office at one time; the list of leaders does not tell offices of leaders apart."""
        begins, ends = (one.begin or "1900", other.begin or "1900"), (one.end or "2099", other.end or "2099")
        classes = self.class_of(one), self.class_of(other)
        same = classes[0] == classes[1] or ("REIGN" in (one.source, other.source) and set(classes) <= LEADERS)
        return one.country == other.country and same and max(begins) < min(ends)

    def class_of(self, term: Term) -> str | None:
        """The class of the office that a term is of."""
        title = self.titles.title(term.title)
        return title.title_class if title else None


def own(out: Path) -> Iterable[Person]:
    """The persons of our own table."""
    people: dict[str, Person] = {}
    lines = [line for table in OFFICIAL_TABLES for line in (out / table).read_text(encoding="utf-8").splitlines()]
    head = next(line for line in lines if line[:1] != "#")
    rows = (line for line in lines if line[:1] != "#" and line != head)
    for row in csv.DictReader(rows, head.split("\t"), delimiter="\t", quoting=csv.QUOTE_NONE):
        person = people.setdefault(row["name"], Person(row["name"], row["of"], own=True))
        person.aliases += [a for a in (row["aliases"] or "").split("|") if a]
        person.terms.append(Term(row["name"], row["of"], row["title"], row["begin"] or "", row["end"] or "", "own compilation"))
    for person in people.values():
        # Other lists know those who served an organisation by their state.
        person.country = next((term.country for term in person.terms if ":" not in term.country), person.country)
    return people.values()


def merge(people: People, terms: Iterable[Term]) -> None:
    """Lay the terms of one list over the persons known."""
    for term in terms:
        if people.titles.title(term.title) is None:
            continue
        person = people.find(term)
        if person is None:
            person = people.add(Person(term.name, term.country, sectors=term.sectors))
        elif name_key(term.name) not in person.spellings() and term.full_name and term.source != "REIGN":
            person.aliases.append(term.name)
        if ":" in person.country:
            person.country = term.country
        person.wikidata = person.wikidata or term.wikidata
        person.aliases += [a for a in term.aliases if name_key(a) not in person.spellings()]
        _hold(people, person, term)
        people.index(person)


def _hold(people: People, person: Person, term: Term) -> None:
    """Add a term to a person, or let it say that one known still runs."""
    same = next((known for known in person.terms if people.same_office(term, known)), None)
    if same is None:
        person.terms.append(replace(term, end=term.end or LIST_ENDS.get(term.source, "")))
    elif not term.end and term.source not in LIST_ENDS and same.end == LIST_ENDS.get(same.source):
        begin = term.begin if term.begin.startswith(same.begin) else same.begin
        person.terms[person.terms.index(same)] = replace(same, begin=begin, end="")


def join_ends(people: People) -> None:
    """Let a term that a list ends or begins by month or year meet the one before or after it in the same office, where that
    one's day is known and lies in the same month or year."""
    chains: dict[tuple[str, str], list[tuple[Person, int]]] = {}
    for person in people.all:
        for number, term in enumerate(person.terms):
            office = people.class_of(term)
            if office in SINGLE:
                chains.setdefault((term.country, office), []).append((person, number))
    for chain in chains.values():
        for person, number in chain:
            term = person.terms[number]
            days = [p.terms[i].begin for p, i in chain if p is not person and len(p.terms[i].begin) == 10]
            if 4 <= len(term.end) < 10:
                end = min((d for d in days if d.startswith(term.end) and d > term.begin), default=term.end)
                person.terms[number] = replace(term, end=end)
        for person, number in chain:
            term = person.terms[number]
            ends = [p.terms[i].end for p, i in chain if p is not person and len(p.terms[i].end) > len(term.begin)]
            if 4 <= len(term.begin) < 10:
                begin = max((d for d in ends if d.startswith(term.begin) and d < (term.end or "2099")), default=term.begin)
                person.terms[number] = replace(term, begin=begin)


def complete(terms: Iterable[Term], officials: Iterable[Term]) -> Iterable[Term]:
    """Give the terms that have only a family name the full name, where just one official of that state and time has it."""
    by_word: dict[tuple[str, str], list[Term]] = {}
    for official in officials:
        by_word.setdefault((official.country, name_key(official.name).split(" ")[-1]), []).append(official)
    for term in terms:
        named = [
            o.name
            for o in by_word.get((term.country, name_key(term.name).split(" ")[-1]), [])
            if max(o.begin, term.begin) < min(o.end or "2099", term.end or "2099")
        ]
        full = not term.full_name and len(set(named)) == 1
        yield replace(term, name=named[0], full_name=True) if full else term


def write(path: Path, head: str, rows: Iterable[tuple[str, ...]]) -> None:
    """Write a table, gzipped so that the same rows always give the same bytes."""
    text = "# See SOURCES.md\n" + head + "\n" + "".join("\t".join(row) + "\n" for row in rows)
    with path.open("wb") as raw, gzip.GzipFile(fileobj=raw, mode="wb", mtime=0, filename="") as file:
        file.write(text.encode())


def main(data_path: str, out_path: str) -> None:
    """Read the lists and write the three tables."""
    data, out = Path(data_path), Path(out_path)
    people = People(Titles())
    for person in own(out):
        people.add(person)
    officials = list(petrarch(data))
    for terms in (mended(wikidata(data)), mended(factbook(data)), congress(data), complete(mended(reign(data)), officials)):
        merge(people, terms)
    join_ends(people)
    rows, offices, taken = [], [], set()
    for person in people.all:
        key = "person:" + name_key(person.name).replace(" ", "-").replace("'", "")
        if not person.own and key in taken:
            key += f"-{person.country.lower()}"
        if key in taken and not person.own:
            continue
        taken.add(key)
        country = "" if ":" in person.country else person.country
        aliases = "|".join(dict.fromkeys(a for a in person.aliases if a != person.name))
        surnames = "" if surnames_of(person.name, country) else "-"
        mine = [t for t in person.terms if t.source != "own compilation"]
        if mine or person.wikidata:
            rows.append((key, person.name, country, person.sectors, person.wikidata, aliases, surnames))
            offices += [(key, t.title, t.country, t.begin, t.end, t.source) for t in mine]
    write(out / "people.tsv.gz", "id\tname\tcountry\tsectors\twikidata\taliases\tsurnames", rows)
    write(out / "offices.tsv.gz", "id\ttitle\tof\tbegin\tend\tsource", offices)
    others = [(t, name_key(n)) for t in officials if people.find(t) is None for n in (t.name, *t.aliases)]
    unique = {key: (key, t.name, t.country, t.sectors, t.begin, t.end) for t, key in reversed(others)}
    write(out / "officials.tsv.gz", "key\tname\tcountry\tsectors\tbegin\tend", (unique[k] for k in sorted(unique)))
    print(len(rows), "people", len(offices), "offices", len(unique), "names of other officials")


if __name__ == "__main__":
    main(*sys.argv[1:3])
