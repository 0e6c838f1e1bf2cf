"""People under spellings that no table has: other word order, middle names left out, short forms, other transliterations."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Literal

from communique.ontology.entries import Name
from communique.ontology.names import LOOSE_PARTICLES, name_key, name_sound
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
    """An index of people by what variant spellings of their names share; made once from the keys of all their names.

    Names are compared when they are asked for, with those alone whose words begin alike: the sounds of all would take a second.
    """

    def __init__(self, keys: Iterable[str], find: Callable[[str], Iterable[Name]]) -> None:
        """`keys` are the keys of people's names, as `name_key` has them, and `find` gives the names of one."""
        self._find = find
        self._full: dict[str, list[str]] = defaultdict(list)
        self._single: dict[str, list[str]] = defaultdict(list)
        self._found: dict[str, tuple[Likely, ...]] = {}
        for key in keys:
            words = key.split()
            if len(words) < 2:
                self._single[_begins(key)].append(key)
            else:
                for block in _blocks(words):
                    self._full[block].append(key)

    def like(self, text: str) -> tuple[Likely, ...]:
        """The people whose name the text spells in another way, each once, the nearest likeness first. A text of one word
        is taken for a surname, and must have five letters at least."""
        if text not in self._found:
            found: dict[str, Likely] = {}
            for likely in self._search(_words(text)):
                found.setdefault(likely.name.entry.id, likely)
            self._found[text] = tuple(found.values())
        return self._found[text]

    def _search(self, words: tuple[str, ...]) -> Iterator[Likely]:
        kept = [w for w in words if w not in LOOSE_PARTICLES]
        if len(kept) < 2:
            sound = name_sound(" ".join(kept))
            heard = max(len(sound), *map(len, kept)) >= _LEAST if kept else False
            for key in self._single.get(_begins(kept[0]), ()) if heard else ():
                if name_sound(key) == sound:
                    yield from (Likely(n, "surname sound") for n in self._find(key) if n.use == "surname")
            return
        keys = dict.fromkeys(key for block in _blocks(words) for key in self._full.get(block, ()))
        ranked = sorted((rank, key) for key in keys if (rank := _likeness(words, _words(key))) is not None)
        for rank, key in ranked:
            yield from (Likely(n, _NEAREST[rank]) for n in self._find(key) if n.use in ("name", "alias"))


_NEAREST: tuple[Likeness, ...] = ("order", "short", "sound")


def _likeness(one: tuple[str, ...], other: tuple[str, ...]) -> int | None:
    """How near two full names are, by the place in `_NEAREST`; none where they are not."""
    if len(one) == len(other) and set(one) == set(other):
        return 0
    if one[-1] == other[-1] and _ends(one) == _ends(other):
        return 1
    return 2 if _sounds(one) & _sounds(other) else None


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


def _blocks(words: Sequence[str]) -> set[str]:
    """Under which first letters a name is kept: of its ends, and of its first two words ("Jong Un", "Jongun"), in any order."""
    kept = [w for w in words if w not in LOOSE_PARTICLES] or words
    given = short_forms().get(kept[0], kept[0])
    first, second, last = _begins(given), _begins(kept[min(1, len(kept) - 1)]), _begins(kept[-1])
    return {first + last if first < last else last + first, first + second if first < second else second + first}


@lru_cache(maxsize=65536)
def _sounds(words: tuple[str, ...]) -> frozenset[str]:
    """The sounds of a name of several words: all in any order, run together, and of its ends alone."""
    sound = name_sound(" ".join(words))
    if " " not in sound:
        return frozenset()
    ends = name_sound(_ends(words))
    return frozenset((_sorted(sound.split()), sound.replace(" ", ""), _sorted(ends.split())))
