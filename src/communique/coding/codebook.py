"""The codebook: what each of the sixteen PLOVER types is, and the words that usually tell of it.

The types follow the PLOVER manual of 2024 (openeventdata/PLOVER); definitions, rules and patterns are our own. A pattern
names verbs or nouns, where their arguments stand and what must hold around them; its `example` marks trigger (t), actor (a),
recipient (r) or both (b) in brackets. Every example, of a pattern, of a mode, or of what a type is not, is a test.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Literal

import yaml

from communique.errors import DataError

TYPES = (
    "AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT", "REQUEST",
    "ACCUSE", "REJECT", "THREATEN", "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT",
)  # fmt: skip

LISTS = ("actor", "recipient", "both", "object", "subject", "except", "clause", "clause_verb", "needs", "light", "of",
          "also", "except_modifier", "except_clause", "beside")  # fmt: skip
KEYS = {*LISTS, "verb", "noun", "mode", "weight", "prep", "prep_not", "example", "object_text"}
_MARK = re.compile(r"\[([^|\]]+)\|([tarb])\]")


@dataclass(frozen=True, slots=True)
class Pattern:
    """Words that tell of an event of one type, with the places of its arguments and the conditions on its surroundings.

    `slots` holds for actor, recipient and both the places to look in, in order; `lists` the other conditions, classes
    already written out; `prepositions` which nouns must stand with which preposition.
    """

    plover: str
    part: Literal["verb", "noun"]
    words: tuple[tuple[str, ...], ...]
    mode: str | None
    weight: float
    also: tuple[str, ...]
    slots: Mapping[str, tuple[str, ...]]
    lists: Mapping[str, frozenset[str]]
    prepositions: Mapping[str, frozenset[str]]
    example: str

    @property
    def strictness(self) -> float:
        """How much its conditions say: of two patterns that fit, the stricter one tells more."""
        total = 1.0 if self.prepositions else 0.0
        for name in ("object", "subject", "clause", "clause_verb", "of", "beside", "object_text"):
            if self.lists.get(name):
                total += 0.3 if self.lists[name] == {"name"} else 1.0
        return total + 0.3 * len(self.lists.get("needs", ()))


@dataclass(frozen=True, slots=True)
class Mode:
    """A mode of a type: what it means, the CAMEO codes that it lies under, lemmas around an event that show it, a marked
    sentence that has it and one of the same type that has another."""

    means: str
    cameo: tuple[str, ...]
    words: frozenset[str]
    example: str
    counterexample: str


@dataclass(frozen=True, slots=True)
class Negative:
    """A marked sentence whose trigger tells of no event of a type, the type that it tells of instead, if of any, and where
    words alone show it the pattern of what is not meant."""

    example: str
    instead: str | None
    pattern: Pattern | None


@dataclass(frozen=True, slots=True)
class TypeEntry:
    """A PLOVER type: its definition, rules of use, the CAMEO codes (or what they begin with) that it takes in, what it is
    not, its modes and its patterns, whose examples are what it is."""

    plover: str
    definition: str
    rules: tuple[str, ...]
    cameo: tuple[str, ...]
    negatives: tuple[Negative, ...]
    modes: Mapping[str, Mode]
    patterns: tuple[Pattern, ...]


# Patterns by part of speech and the lemma they are found by: a verb's first, a noun's last word.
Index = Mapping[tuple[str, str], tuple[tuple[Pattern, tuple[str, ...]], ...]]


@dataclass(frozen=True, slots=True)
class Codebook:
    """All types, their patterns, and the patterns of what they are not; `instead` tells what the latter are, by their
    examples."""

    types: Mapping[str, TypeEntry]
    index: Index
    exclusions: Index
    instead: Mapping[str, str | None]


@cache
def table_loader() -> Any:
    """YAML's safe loader, but "on" and "no" are the words that they are here, not truth values."""
    fast = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    rules = fast.yaml_implicit_resolvers.items()
    resolvers = {first: [rule for rule in found if rule[0] != "tag:yaml.org,2002:bool"] for first, found in rules}
    return type("TableLoader", (fast,), {"yaml_implicit_resolvers": resolvers})


def read_table(name: str) -> Any:
    """A YAML table of this layer, by its path below `coding/data`. Raises `DataError` when it can't be read."""
    source = files("communique.coding") / "data" / name
    try:
        return yaml.load(source.read_text(encoding="utf-8"), Loader=table_loader())
    except (OSError, yaml.YAMLError) as error:
        raise DataError(f"{source}: can't be read as YAML ({error}); reinstall Communique or mend the file") from error


@cache
def noun_classes() -> Mapping[str, frozenset[str]]:
    """The noun classes that patterns name with an @."""
    return {name: frozenset(words) for name, words in read_table("codebook/classes.yaml").items()}


@cache
def load_codebook() -> Codebook:
    """The codebook, read once. Raises `DataError` for a pattern with an unknown key or type."""
    types = {plover: _type_entry(plover, read_table(f"codebook/{plover}.yaml")) for plover in TYPES}
    negatives = [n for entry in types.values() for n in entry.negatives]
    return Codebook(
        types,
        indexed(pattern for entry in types.values() for pattern in entry.patterns),
        indexed(n.pattern for n in negatives if n.pattern is not None),
        {n.example: n.instead for n in negatives},
    )


def indexed(patterns: Iterable[Pattern]) -> Index:
    """The patterns by the word that they are found by."""
    index: dict[tuple[str, str], list[tuple[Pattern, tuple[str, ...]]]] = {}
    for pattern in patterns:
        for words in pattern.words:
            key = words[0] if pattern.part == "verb" else words[-1]
            index.setdefault((pattern.part, key), []).append((pattern, words))
    return {k: tuple(v) for k, v in index.items()}


@cache
def types_of(noun: str) -> frozenset[str]:
    """The types of act that a noun, by its lemma, may name."""
    return frozenset(pattern.plover for pattern, _ in load_codebook().index.get(("noun", noun), ()))


def _type_entry(plover: str, table: Mapping[str, Any]) -> TypeEntry:
    if table["type"] != plover:
        raise DataError(f"codebook/{plover}.yaml is headed {table['type']}; name the file after its type")
    modes = {name: _mode(row) for name, row in table.get("modes", {}).items()}
    negatives = tuple(_negative(plover, row) for row in table["not"])
    patterns = tuple(pattern_of(plover, modes, row) for row in table["patterns"])
    definition = " ".join(table["definition"].split())
    return TypeEntry(plover, definition, tuple(table["rules"]), tuple(table["cameo"]), negatives, modes, patterns)


def _negative(plover: str, row: Mapping[str, Any]) -> Negative:
    words = {key: value for key, value in row.items() if key != "instead"}
    pattern = pattern_of(plover, {}, words) if "verb" in row or "noun" in row else None
    return Negative(row["example"], None if row["instead"] == "none" else row["instead"], pattern)


def _mode(row: Mapping[str, Any]) -> Mode:
    return Mode(row["means"], tuple(row["cameo"]), frozenset(row["words"]), row["example"], row["not"])


def pattern_of(plover: str, modes: Mapping[str, object], row: Mapping[str, Any]) -> Pattern:
    """The pattern of a row of a table. Raises `DataError` for an unknown key or mode."""
    unknown = set(row) - KEYS
    if unknown or row.get("mode", next(iter(modes), None)) not in {*modes, None}:
        raise DataError(f"codebook/{plover}.yaml: {row.get('example')!r} has an unknown key {sorted(unknown)} or mode")
    part: Literal["verb", "noun"] = "verb" if "verb" in row else "noun"
    slots = {role: tuple(row[role]) for role in ("actor", "recipient", "both") if role in row}
    if "both" not in slots:
        slots.setdefault("actor", ("subj",) if part == "verb" else ("agent",))
        slots.setdefault("recipient", ("obj",) if part == "verb" else ("of",))
    lists = {k: _written_out(row[k]) for k in (*LISTS, "object_text") if k in row and k not in slots and k != "also"}
    prepositions = {prep: _written_out(nouns) for prep, nouns in row.get("prep", {}).items()}
    if "prep_not" in row:
        lists["prep_not"] = frozenset(row["prep_not"])
    return Pattern(
        plover, part, tuple(w for word in row[part] for w in _spellings(word, part)), row.get("mode"),
        row.get("weight", 0.7), tuple(row.get("also", ())), slots, lists, prepositions, row["example"],
    )  # fmt: skip


def _written_out(names: list[str]) -> frozenset[str]:
    found: set[str] = set()
    for name in names:
        found.update(noun_classes()[name[1:]] if name.startswith("@") else [name])
    return frozenset(found)


def _spellings(word: str, part: str) -> Iterator[tuple[str, ...]]:
    """A hyphenated noun may be one token or several; hyphens between tokens are passed over when matching."""
    yield tuple(word.split())
    if part == "noun" and "-" in word:
        yield tuple(word.replace("-", " ").split())


def parse_example(example: str) -> tuple[str, tuple[tuple[str, int, int], ...]]:
    """The plain sentence of a marked example and its marks: code (t, a, r, b), start, end."""
    text, marks, last = "", [], 0
    for match in _MARK.finditer(example):
        text += example[last : match.start()]
        marks.append((match[2], len(text), len(text) + len(match[1])))
        text += match[1]
        last = match.end()
    return text + example[last:], tuple(marks)
