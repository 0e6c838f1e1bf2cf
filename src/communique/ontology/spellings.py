"""People under spellings that no table has: other word order, middle names left out, short forms, other transliterations."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Literal

from communique.ontology.entries import Name
from communique.ontology.names import LOOSE_PARTICLES, name_key, name_sound, surnames_of
from communique.ontology.tables import read_rows

Likeness = Literal["order", "short", "sound", "surname sound"]

_SUFFIXES = frozenset({"jr", "sr", "ii", "iii", "iv", "junior", "senior"})
_FIRST = (
    dict.fromkeys("aeiy", "a") | dict.fromkeys("ou", "o") | dict.fromkeys("kgqc", "k") | dict.fromkeys("jzd", "j") | {"w": "v"}
)
_LEAST = 5  # letters: shorter surnames sound alike too often


@dataclass(frozen=True, slots=True)
class Likely:
    """A name of the registry that a spelling resembles, and how.

    `order`: the same words in another order; `short`: the same but for middle names, initials or a short form of the
    given name; `sound`: another transliteration; `surname sound`: of the surname alone.
    """

    name: Name
    how: Likeness


@cache
def short_forms() -> dict[str, str]:
    """Short given names in lower case, with the full ones: bill → william."""
    return {short: name_key(full) for short, full in read_rows("nicknames.tsv")}


class Spellings:
    """An index of people by what variant spellings of their names share; made once from all their names.

    Sounds are made when they are asked for, of the names whose words begin alike, as all of them would take half a second.
    """

    def __init__(self, people: Iterable[Name]) -> None:
        self._exact: dict[tuple[Likeness, str], list[Name]] = defaultdict(list)
        self._blocks: dict[frozenset[str], list[Name]] = defaultdict(list)
        self._surnames: dict[str, list[tuple[str, Name]]] = defaultdict(list)
        self._found: dict[str, tuple[Likely, ...]] = {}
        for name in people:
            words = _words(name.text)
            if len(words) < 2:
                continue
            self._exact["order", _sorted(words)].append(name)
            self._exact["short", _ends(words)].append(name)
            for block in _blocks(words):
                self._blocks[block].append(name)
            # The official short name of a person is its own alias, so surnames are taken from full names alone.
            for surname in surnames_of(name.text, name.entry.country) if name.use == "name" else ():
                self._surnames[_begins(name_key(surname).split()[-1])].append((surname, name))

    def like(self, text: str) -> tuple[Likely, ...]:
        """The people whose name the text spells in another way, each once, the nearest likeness first. A text of one word
        is taken for a surname, and must have five letters at least."""
        if text not in self._found:
            found: dict[str, Likely] = {}
            for likely in self._search(text):
                found.setdefault(likely.name.entry.id, likely)
            self._found[text] = tuple(found.values())
        return self._found[text]

    def _search(self, text: str) -> Iterator[Likely]:
        words = _words(text)
        kept = [w for w in words if w not in LOOSE_PARTICLES]
        if len(kept) < 2:
            sound = name_sound(text)
            for surname, name in (
                self._surnames.get(_begins(kept[0]), ()) if kept and max(len(sound), len(kept[0])) >= _LEAST else ()
            ):
                if name_sound(surname) == sound:
                    yield Likely(name, "surname sound")
            return
        keys: tuple[tuple[Likeness, str], ...] = (("order", _sorted(words)), ("short", _ends(words)))
        for how, key in keys:
            yield from (Likely(name, how) for name in self._exact.get((how, key), ()))
        own = _sounds(words)
        for block in _blocks(words):
            for name in self._blocks.get(block, ()):
                if own & _sounds(_words(name.text)):
                    yield Likely(name, "sound")


@lru_cache(maxsize=65536)
def _words(text: str) -> tuple[str, ...]:
    """The words of a name as they are compared, without "Jr." and the like."""
    return tuple(w for w in name_key(text).replace("'", "").replace(",", "").split() if w not in _SUFFIXES)


def _sorted(words: Iterable[str]) -> str:
    return " ".join(sorted(words))


def _ends(words: tuple[str, ...]) -> str:
    return f"{short_forms().get(words[0], words[0])} {words[-1]}"


def _begins(word: str) -> str:
    """The class of letters that a word's sound begins with."""
    return _FIRST.get(word[:1], word[:1])


def _blocks(words: tuple[str, ...]) -> set[frozenset[str]]:
    """Under which first letters a name is kept: of its ends, and of its first two words ("Jong Un", "Jongun")."""
    kept = [w for w in words if w not in LOOSE_PARTICLES] or list(words)
    first = _begins(kept[0])
    return {frozenset((first, _begins(kept[-1]))), frozenset((first, _begins(kept[min(1, len(kept) - 1)])))}


@lru_cache(maxsize=65536)
def _sounds(words: tuple[str, ...]) -> frozenset[str]:
    """The sounds of a name of several words: all in any order, run together, and of its ends alone."""
    sound = name_sound(" ".join(words))
    if " " not in sound:
        return frozenset()
    ends = name_sound(_ends(words))
    return frozenset((_sorted(sound.split()), sound.replace(" ", ""), _sorted(ends.split())))
