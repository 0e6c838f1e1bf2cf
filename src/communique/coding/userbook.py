"""A user's own codebook: fine types with definitions, marked examples, counter-examples and patterns, read from YAML.

A type is written as the types of our own codebook are (`coding/data/codebook/`), and a file of one of those can be copied. What
is wrong with a file is told all at once, each thing with its line.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from communique.coding.codebook import (
    KEYS,
    LISTS,
    TYPES,
    Index,
    Pattern,
    indexed,
    noun_classes,
    parse_example,
    pattern_of,
    table_loader,
)
from communique.errors import DataError, UsageError

_BOOK_KEYS = {"name", "version", "description", "types"}
_TYPE_KEYS = {"definition", "parent", "examples", "not", "patterns", "modes", "least", "rules", "cameo"}
_NAME = re.compile(r"[A-Za-z][\w-]*")
_SLOT = re.compile(r"[a-z]+( [a-z]+)*(\.[a-z]+)*")
_MARKED = re.compile(r"\[[^|\]]*\|[^\]]*\]?")
_GOOD_MARK = re.compile(r"\[[^|\]]+\|[tarb]\]")
_ROLES = ("actor", "recipient", "both")


@dataclass(frozen=True, slots=True)
class Trouble:
    """Something wrong with a codebook: the line (from 1), the part, and what to do about it."""

    line: int
    part: str
    what: str

    def __str__(self) -> str:
        return f"{self.line}: {self.part + ': ' if self.part else ''}{self.what}"


@dataclass(frozen=True, slots=True)
class Marked:
    """A sentence with its marks (code t, a, r or b, start, end), and the line of the file that has it."""

    text: str
    marks: tuple[tuple[str, int, int], ...]
    line: int


@dataclass(frozen=True, slots=True)
class UserType:
    """A type of a user's codebook; `least` is the score that likeness to its examples needs, ours where it is none."""

    name: str
    definition: str
    parent: str | None
    examples: tuple[Marked, ...]
    counterexamples: tuple[Marked, ...]
    patterns: tuple[Pattern, ...]
    lines: tuple[int, ...]
    least: float | None

    def sentences(self) -> Iterator[Marked]:
        """All its marked sentences: examples, counter-examples, and what its patterns give."""
        yield from self.examples
        yield from self.counterexamples
        for pattern, line in zip(self.patterns, self.lines, strict=True):
            yield Marked(*parse_example(pattern.example), line)


@dataclass(frozen=True, slots=True)
class UserBook:
    """A user's codebook, and its patterns by the words that they are found by."""

    name: str
    version: str
    source: str
    types: Mapping[str, UserType]
    index: Index

    @property
    def label(self) -> str:
        """Name and version, as the record has them."""
        return f"{self.name}@{self.version}"


def load_userbook(path: Path) -> UserBook:
    """The codebook in a file. Raises UsageError when there is no such file, DataError naming file, line and part of the first
    thing that is wrong with it."""
    book, troubles = read_userbook(path)
    if book is None or troubles:
        more = f" ({len(troubles) - 1} more: communique codebook check {path})" if len(troubles) > 1 else ""
        raise DataError(f"{path}:{troubles[0]}{more}")
    return book


def read_userbook(path: Path) -> tuple[UserBook | None, tuple[Trouble, ...]]:
    """The codebook in a file, none where it can't be made out, and all that is wrong with it, by line. Raises UsageError when
    the file can't be read."""
    try:
        text = path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return None, (Trouble(1, "", "this is no UTF-8 text; save the file as UTF-8"),)
    except OSError as error:
        raise UsageError(f"{path}: {error.strerror}; name a codebook, a YAML file with types") from error
    loader = table_loader()(text)
    try:
        node = loader.get_single_node()
        lines: dict[tuple[str | int, ...], int] = {(): 1}
        twice = tuple(_walk(node, (), lines)) if node is not None else ()
        table = loader.construct_document(node) if node is not None else None
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        return None, (Trouble(mark.line + 1 if mark else 1, "", f"no YAML here ({error.problem}); mend what stands before it"),)
    except yaml.YAMLError as error:
        return None, (Trouble(1, "", f"no YAML: {error}"),)
    finally:
        loader.dispose()
    source = _Source(path, lines, list(twice))
    book = source.book(table)
    return book, tuple(sorted(source.troubles, key=lambda t: t.line))


def _walk(node: Any, at: tuple[str | int, ...], lines: dict[tuple[str | int, ...], int]) -> Iterator[Trouble]:
    """Notes the line of each part; a key that stands twice would hide the one before."""
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            path = (*at, str(key.value))
            if path in lines:
                yield Trouble(
                    key.start_mark.line + 1, _told(at), f"{key.value} stands here twice; join the two or name one anew"
                )
            lines[path] = key.start_mark.line + 1
            yield from _walk(value, path, lines)
    elif isinstance(node, yaml.SequenceNode):
        for i, value in enumerate(node.value):
            lines[(*at, i)] = value.start_mark.line + 1
            yield from _walk(value, (*at, i), lines)


def _words(value: Any, least: int) -> bool:
    """Whether it is a list of words, at least so many."""
    return isinstance(value, list) and len(value) >= least and all(isinstance(word, str) and word.strip() for word in value)


def _told(at: tuple[str | int, ...]) -> str:
    """A part in words: the type, then the list and the number of the entry in it."""
    names = at[1:] if at and at[0] == "types" else at
    return ", ".join(f"{n + 1}" if isinstance(n, int) else n for n in names).replace(", ", " ", 2).strip()


@dataclass(slots=True)
class _Source:
    """A file while it is read: the lines of its parts, and what was found to be wrong."""

    path: Path
    lines: Mapping[tuple[str | int, ...], int]
    troubles: list[Trouble] = field(default_factory=list)

    def wrong(self, at: tuple[str | int, ...], what: str) -> None:
        known = next(at[:n] for n in range(len(at), -1, -1) if at[:n] in self.lines)
        self.troubles.append(Trouble(self.lines[known], _told(at), what))

    def book(self, table: Any) -> UserBook | None:
        if isinstance(table, Mapping) and "type" in table and "types" not in table:
            kind = str(table["type"])
            types = {kind: self.type(("",), kind, {k: v for k, v in table.items() if k not in {"type", "name", "version"}})}
        elif isinstance(table, Mapping) and isinstance(table.get("types"), Mapping) and table["types"]:
            self.unknown((), table, _BOOK_KEYS)
            types = {str(name): self.type(("types", str(name)), str(name), entry) for name, entry in table["types"].items()}
        else:
            self.wrong((), "no types; write types: with a name, a definition and examples for each")
            return None
        found = {name: kind for name, kind in types.items() if kind is not None}
        name, version = str(table.get("name", self.path.stem)), str(table.get("version", "1"))
        return UserBook(name, version, str(self.path), found, indexed(p for kind in found.values() for p in kind.patterns))

    def unknown(self, at: tuple[str | int, ...], table: Mapping[str, Any], known: Iterable[str]) -> None:
        for key in table:
            if key not in known:
                self.wrong((*at, str(key)), f"no such key; there are {', '.join(sorted(known))}")

    def type(self, at: tuple[str | int, ...], name: str, table: Any) -> UserType | None:
        """The type that a table describes, none where it describes none; what is wrong with it is noted."""
        if not isinstance(table, Mapping):
            self.wrong(at, "should have a definition and examples or patterns below it")
            return None
        at = () if at == ("",) else at
        if not _NAME.fullmatch(name):
            self.wrong(at, f"{name!r} is no name for a type; use letters, digits, - and _")
        self.unknown(at, table, _TYPE_KEYS)
        definition = table.get("definition")
        if not isinstance(definition, str) or not definition.strip():
            self.wrong(at, "has no definition; say in words what belongs to it")
        parent, least = table.get("parent"), table.get("least")
        if parent is not None and parent not in TYPES:
            self.wrong(
                (*at, "parent"), f"{parent!r} is none of the sixteen PLOVER types; take one of {', '.join(TYPES)}, or none"
            )
        if least is not None and not (isinstance(least, (int, float)) and 0 < least <= 1):
            self.wrong((*at, "least"), f"{least!r} should be a number above 0, and 1 at most")
            least = None
        patterns = tuple(self.patterns(at, name, table))
        kind = UserType(
            name,
            " ".join(str(definition).split()),
            parent if parent in TYPES else None,
            tuple(self.sentences((*at, "examples"), table.get("examples", []))),
            tuple(
                self.sentences(
                    (*at, "not"), [n.get("example") if isinstance(n, Mapping) else n for n in self.rows(at, "not", table)]
                )
            ),
            tuple(p for p, _ in patterns),
            tuple(line for _, line in patterns),
            float(least) if least is not None else None,
        )
        if not table.get("examples") and not table.get("patterns"):
            self.wrong(at, "has neither examples nor patterns; nothing would ever be taken for it")
        return kind

    def rows(self, at: tuple[str | int, ...], key: str, table: Mapping[str, Any]) -> list[Any]:
        rows = table.get(key, [])
        if isinstance(rows, list):
            return rows
        self.wrong((*at, key), "should be a list, each entry behind a dash")
        return []

    def sentences(self, at: tuple[str | int, ...], rows: Any) -> Iterator[Marked]:
        if not isinstance(rows, list):
            self.wrong(at, "should be a list of sentences, each behind a dash")
            return
        for i, row in enumerate(rows):
            if self.marked((*at, i), row):
                yield Marked(*parse_example(row), self.lines.get((*at, i), 1))

    def marked(self, at: tuple[str | int, ...], row: Any) -> bool:
        """Whether it is a sentence with one trigger, and marks that are known."""
        if not isinstance(row, str):
            self.wrong(at, 'should be a sentence in quotation marks with the trigger marked: "Rebels [attacked|t] the town."')
            return False
        bad = next((m[0] for m in _MARKED.finditer(row) if not _GOOD_MARK.fullmatch(m[0])), None)
        if bad is not None:
            self.wrong(at, f"{bad} is no mark; write [words|t] for the trigger, a for actor, r for recipient, b for both")
            return False
        text, marks = parse_example(row)
        codes = Counter(code for code, _, _ in marks)
        if any(not any(c.isalpha() for c in text[a:b]) for _, a, b in marks):
            self.wrong(at, "a mark has no word in it; put the word in: [word|t]")
            return False
        if codes["t"] != 1:
            many = "no trigger" if not codes["t"] else f"{codes['t']} triggers"
            self.wrong(at, f"{many} marked; mark the one word that tells of the act as [word|t]")
        return codes["t"] == 1

    def patterns(self, at: tuple[str | int, ...], name: str, table: Mapping[str, Any]) -> Iterator[tuple[Pattern, int]]:
        modes = table.get("modes") or {}
        if not isinstance(modes, Mapping):
            self.wrong((*at, "modes"), "should be written {name: what it means}")
            modes = {}
        for i, row in enumerate(self.rows(at, "patterns", table)):
            here, before = (*at, "patterns", i), len(self.troubles)
            if not isinstance(row, Mapping):
                self.wrong(here, "should be written {verb: [...], example: ...} or {noun: [...], example: ...}")
                continue
            self.pattern(here, row, modes)
            if len(self.troubles) == before:
                yield pattern_of(name, modes, row), self.lines.get(here, 1)

    def pattern(self, at: tuple[str | int, ...], row: Mapping[str, Any], modes: Mapping[str, Any]) -> None:
        """Notes all that is wrong with a pattern's row."""
        self.unknown(at, row, KEYS)
        if ("verb" in row) == ("noun" in row):
            self.wrong(at, "should name either verbs or nouns: verb: [...] or noun: [...]")
        for key in ("verb", "noun", "prep_not", "object_text", *LISTS):
            if key in row and not _words(row[key], least=key in {"verb", "noun"}):
                self.wrong((*at, key), "should be a list of words in square brackets")
            else:
                self.classes((*at, key), row.get(key, []))
        for slot in (s for role in _ROLES if isinstance(row.get(role), list) for s in row[role]):
            if not _SLOT.fullmatch(str(slot)):
                self.wrong(at, f"{slot!r} is no place of an argument; take subj, obj, iobj, agent, a preposition, or obj.of")
        for preposition, nouns in row["prep"].items() if isinstance(row.get("prep"), Mapping) else ():
            if not _words(nouns, least=1):
                self.wrong((*at, "prep", str(preposition)), "should be a list of nouns in square brackets, or [any]")
            else:
                self.classes((*at, "prep"), nouns)
        if "prep" in row and not isinstance(row["prep"], Mapping):
            self.wrong((*at, "prep"), "should be written {with: [noun, ...]}")
        if not isinstance(row.get("weight", 0.7), (int, float)) or not 0 < row.get("weight", 0.7) <= 1:
            self.wrong((*at, "weight"), f"{row['weight']!r} should be a number above 0, and 1 at most")
        if row.get("mode") not in (None, *modes):
            self.wrong((*at, "mode"), f"{row['mode']!r} is none of the type's modes; add it to modes: with what it means")
        if "example" not in row:
            self.wrong(at, "has no example; add a sentence in which it should fire")
        else:
            self.marked((*at, "example"), row["example"])

    def classes(self, at: tuple[str | int, ...], words: Iterable[str]) -> None:
        for word in words:
            if isinstance(word, str) and word.startswith("@") and word[1:] not in noun_classes():
                self.wrong(at, f"{word} is no class of nouns; there are {', '.join('@' + c for c in sorted(noun_classes()))}")
