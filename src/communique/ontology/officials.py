"""Officials that are known by name, state and time alone: thousands of them, so that each is made only when it is asked for."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property

from communique.ontology.entries import Entry, Name, Office
from communique.ontology.names import name_key
from communique.ontology.tables import day, day_after, read_text


def person_id(name: str) -> str:
    """The id that a person of this name has in the registry."""
    return "person:" + name_key(name).replace(" ", "-").replace("'", "")


class MinorOfficials:
    """Ministers and other officials of 1998 to 2014 after the PETRARCH actor dictionary."""

    def __init__(self) -> None:
        lines = read_text("officials.tsv.gz").split("\n")
        self._rows = dict(line.split("\t", 1) for line in lines[2:] if line)
        self.max_name_words = max(key.count(" ") for key in self._rows) + 1
        """How many words the longest name has."""

    @property
    def keys(self) -> Iterable[str]:
        """The keys of all names."""
        return self._rows

    def names(self, key: str) -> tuple[Name, ...]:
        """The names with this key."""
        row = self._rows.get(key)
        return (Name(row.split("\t", 1)[0], "name", _entry(row)),) if row else ()

    def entry(self, entry_id: str) -> Entry | None:
        """The official with this id."""
        key = self._keys.get(entry_id)
        return _entry(self._rows[key]) if key else None

    def terms_of(self, entry_id: str) -> tuple[Office, ...]:
        """The span of an official's time in government."""
        key = self._keys.get(entry_id)
        if key is None:
            return ()
        _, country, _, begin, end = self._rows[key].split("\t")
        return (Office(_entry(self._rows[key]), "official", country, day(begin), day_after(end), "PETRARCH CountryInfo 2014"),)

    @cached_property
    def _keys(self) -> dict[str, str]:
        return {person_id(row.split("\t", 1)[0]): key for key, row in self._rows.items()}


def _entry(row: str) -> Entry:
    name, country, sectors, _, _ = row.split("\t")
    return Entry(person_id(name), name, "person", country, tuple(filter(None, sectors.split(","))))
