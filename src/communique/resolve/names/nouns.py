"""The words that resolving reads by: nouns that name people and bodies, titles, first names, prepositions."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import cast

from communique.errors import DataError
from communique.resolve.tables import read_book, read_rows
from communique.types.entities import ActorKind
from communique.types.reading import Reading, Token


@dataclass(frozen=True, slots=True)
class PersonNoun:
    """A noun that names people, a body or a crowd; the head of `data/people.tsv` says what scope and flags mean."""

    noun: str
    kind: ActorKind
    sector: str
    scope: str
    flags: str

    @property
    def is_title(self) -> bool:
        """Whether it can be a person's office or occupation."""
        return "t" in self.flags

    @property
    def is_body(self) -> bool:
        """Whether the singular, too, names a body or crowd."""
        return "c" in self.flags

    @property
    def is_institution(self) -> bool:
        """Whether it is an institution that a state has."""
        return "i" in self.flags


@cache
def person_nouns() -> dict[str, PersonNoun]:
    """Every noun of `data/people.tsv`, by its lemma."""
    rows = read_rows("names", "people.tsv")
    return {noun: PersonNoun(noun, cast(ActorKind, kind), sector, scope, flags) for noun, kind, sector, scope, flags in rows}


@cache
def first_names() -> dict[str, str]:
    """First names in lower case, with the gender that they nearly always tell: Masc or Fem."""
    return {name: gender for gender, names in read_rows("names", "first_names.tsv") for name in names.split()}


@cache
def _lists() -> dict[str, object]:
    return read_book("names", "words.yaml")


@cache
def words(name: str) -> frozenset[str]:
    """One word list of `data/words.yaml`. Raises `DataError` when there is none of that name."""
    found = _lists().get(name)
    if not isinstance(found, list):
        raise DataError(f"resolve/names/data/words.yaml: no list {name!r}")
    return frozenset(found)


@cache
def word_lists(name: str) -> dict[str, list[str]]:
    """The parts of a list in parts of `data/words.yaml`. Raises `DataError` when there is none of that name."""
    found = _lists().get(name)
    if not isinstance(found, dict):
        raise DataError(f"resolve/names/data/words.yaml: no lists {name!r}")
    return found


@cache
def word_map(name: str) -> dict[str, str]:
    """The words of a list in parts, such as `honorifics`, each with the part that has it (Masc, Fem or both)."""
    return {word: part for part, found in word_lists(name).items() for word in found}


def is_plural(token: Token) -> bool:
    """Whether a noun is in the plural."""
    return token.feat("Number") == "Plur" or token.xpos in ("NNS", "NNPS")


def singular(text: str) -> str:
    """The likely singular of a lower-case plural, for words that no lemmatiser knows."""
    for ending, stem in (("men", "man"), ("ies", "y"), ("sses", "ss"), ("ches", "ch"), ("s", "")):
        if text.endswith(ending) and (len(text) > len(ending) + 1 or text == "men") and not text.endswith(("ss", "us")):
            return text[: -len(ending)] + stem
    return text


def base(token: Token) -> str:
    """The dictionary form of a noun, from its own letters where it is a plural (lemmas of a network may be off)."""
    return singular(token.text.lower()) if is_plural(token) else token.lemma.lower()


def is_vague(word: str) -> bool:
    """Whether a modifier tells nothing of which group it is."""
    return word in words("vague_modifiers") or word in words("number_words")


def noun_at(reading: Reading, index: int) -> PersonNoun | None:
    """The entry of the noun at a token: two words ("air force") before one, lemma before form."""
    token, table = reading.tokens[index], person_nouns()
    forms = (token.lemma.lower(), token.text.lower(), singular(token.text.lower()))
    if index > 1 and reading.tokens[index - 1].text == "-" and reading.tokens[index - 2].sentence == token.sentence:
        before = reading.tokens[index - 2].text.lower()
        return next((table[f"{before}-{form}"] for form in forms if f"{before}-{form}" in table), None) or next(
            (table[form] for form in forms if form in table), None
        )
    if index and reading.tokens[index - 1].sentence == token.sentence:
        before = reading.tokens[index - 1].text.lower()
        for form in forms:
            if found := table.get(f"{before} {form}"):
                return found
    return next((table[form] for form in forms if form in table), None)
