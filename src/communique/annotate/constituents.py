"""Constituents around a predicate, from the words' tags and tree: what may be an argument, and what tells its role.

A word near the predicate in the tree stands for the words under it. Its features are those of Gildea and Jurafsky (2002), on
dependencies: the path from the predicate, voice, the head's lemma, prepositions and so on, alone and joined with the
predicate's lemma. They are hashed to 32 bits.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from zlib import crc32

import numpy as np
import numpy.typing as npt

from communique.annotate.arcs import Tree
from communique.models.language import Ints, LanguageModel, Scores
from communique.models.lemmas import lemma_of
from communique.models.roles import Keys

REACH = 4  # arcs from the predicate to the farthest word
FRAME = frozenset({"nsubj", "obj", "iobj", "ccomp", "xcomp", "csubj", "obl"})
LONGEST, FARTHEST, MOST = 6, 8, 3  # words, places and dependents between, beyond which numbers count as alike
FACTOR, SHIFT, SEED = np.uint32(0x9E3779B1), np.uint32(15), 2654435761

# Of the predicate: lemma with particle, tags, voice, which core dependents it has, its governor's lemma, its place there. Of
# the word: path with all of each relation and without subtypes, both with the side; prepositions and conjunctions, lemma, tags,
# morphology, determiner; the span's first and last word and size; how far, and past how many dependents of the predicate;
# the lemma where the path turns.
OWN = ("predicate", "upos", "xpos", "voice", "frame", "governor", "place")
OTHER = ("path", "way", "case", "lemma", "tag", "fine", "feats", "det", "first", "last", "size", "far", "past", "top")
TEMPLATES = tuple(
    template.split()
    for template in (
        "path",
        "path voice upos",
        "path xpos",
        "path fine",
        "path case upos",
        "way tag upos",
        "way predicate",
        "way voice predicate",
        "way case predicate",
        "way lemma",
        "way lemma predicate",
        "way frame voice",
        "way frame voice predicate",
        "way frame case",
        "way first",
        "way last",
        "way size",
        "way far",
        "way past",
        "way place",
        "way governor",
        "way feats",
        "way det",
        "way top",
        "first case predicate",
        "case lemma",
        "lemma tag",
    )
)
_PLACES = [[(OWN + OTHER).index(name) for name in template] for template in TEMPLATES]


@dataclass(frozen=True, slots=True)
class Tagged:
    """The words of a window with tags and trees; `lemmas` in lower case."""

    forms: tuple[str, ...]
    lemmas: tuple[str, ...]
    upos: tuple[str, ...]
    xpos: tuple[str, ...]
    feats: tuple[str, ...]
    tree: Tree


@dataclass(frozen=True, slots=True)
class Constituents:
    """Constituents by predicate and head: `row[k]` which predicate, `head[k]` a word, `[first[k], last[k])` the words it stands
    for, `features[k]` one hash for each of `TEMPLATES`."""

    row: Ints
    head: Ints
    first: Ints
    last: Ints
    features: Keys


def tagged(model: LanguageModel, scores: Scores, words: Sequence[str], tree: Tree) -> Tagged:
    """The words with the network's own tags."""
    upos, xpos, feats, rules = (
        tuple(model.labels[name][k] for k in found.tolist())
        for name, found in (("upos", scores.upos), ("xpos", scores.xpos), ("feats", scores.feats), ("lemma", scores.lemma))
    )
    lemmas = tuple(lemma_of(*word).lower() for word in zip(words, upos, xpos, rules, strict=True))
    return Tagged(tuple(words), lemmas, upos, xpos, feats, tree)


def constituents(words: Tagged, predicates: Sequence[int]) -> Constituents:
    """What stands within `REACH` arcs of each predicate, but for marks; spans stop before the predicate."""
    window = _Window(words)
    found = [(row, *pair) for row, word in enumerate(predicates) for pair in window.around(word)]
    table = np.array(found, np.int64).reshape(-1, 7)
    row, head, path, way, top, first, last = table.T
    columns = np.zeros((len(OWN) + len(OTHER), len(table)), np.uint32)
    columns[: len(OWN)] = np.array([window.own(word) for word in predicates], np.uint32).reshape(-1, len(OWN))[row].T
    own = np.asarray(predicates, np.int64)[row]
    left = head < own
    kids = np.zeros((len(predicates), len(words.forms)), np.int64)
    for at, word in enumerate(predicates):
        kids[at, window.dependents(word)] = 1
    passed = kids.cumsum(1)
    past = np.abs(passed[row, head] - passed[row, own]) - np.where(left, 0, kids[row, head])
    sides = np.array([path, way]) ^ np.where(left, SEED, 0)
    numbers = np.minimum(np.array([last - first, np.abs(head - own), past]).T, (LONGEST, FARTHEST, MOST)).T
    columns[len(OWN) :] = [*sides, *window.codes[:6, head], window.codes[6, first], window.codes[6, last - 1], *numbers, top]
    return Constituents(row, head, first, last, _hashed(columns))


def _hashed(columns: Keys) -> Keys:
    """One hash for each template, of the columns that it joins."""
    keys = np.empty((columns.shape[1], len(TEMPLATES)), np.uint32)
    for at, places in enumerate(_PLACES):
        key = np.full(columns.shape[1], (at + 1) * SEED % 2**32, np.uint32)
        for place in places:
            key = (key ^ columns[place]) * FACTOR
            key ^= key >> SHIFT
        keys[:, at] = key
    return keys


class _Window:
    """A window's trees, and codes of its words: case, lemma, tag, fine tag, morphology, determiner, form."""

    def __init__(self, words: Tagged) -> None:
        self._words = words
        self._heads = words.tree.heads
        self._marks = [upos == "PUNCT" for upos in words.upos]
        self._plain = [dep.partition(":")[0] for dep in words.tree.deps]
        self._steps = [(dep.encode(), plain.encode()) for dep, plain in zip(words.tree.deps, self._plain, strict=True)]
        self._below: list[list[int]] = [[] for _ in self._heads]
        for word, head in enumerate(self._heads):
            if head != word:
                self._below[head].append(word)
        self._under = self._subtrees()
        self._spans: dict[int, tuple[int, int]] = {}
        forms = [form.lower() for form in words.forms]
        rows = ([*map(self._case, range(len(forms)))], words.lemmas, words.upos, words.xpos, words.feats)
        dets = [next(self._with(word, ("det", "nmod:poss")), "") for word in range(len(forms))]
        self.codes: npt.NDArray[np.uint32] = np.array([[*map(_code, row)] for row in (*rows, dets, forms)], np.uint32)

    def dependents(self, word: int) -> list[int]:
        """A word's dependents, but for marks."""
        return [k for k in self._below[word] if not self._marks[k]]

    def own(self, word: int) -> list[int]:
        """The codes of a predicate, as in `OWN`."""
        words, head, deps = self._words, self._heads[word], self._words.tree.deps
        predicate = f"{words.lemmas[word]} {next(self._with(word, ('compound:prt',)), '')} {words.upos[word][0]}"
        voice = any(deps[k].endswith(":pass") for k in self._below[word])
        frame = " ".join(sorted({self._plain[k] for k in self._below[word]} & FRAME))
        place = f"{words.upos[head]} {deps[word]}"
        return [*map(_code, (predicate, words.upos[word], words.xpos[word], "pass" * voice, frame, words.lemmas[head], place))]

    def around(self, word: int) -> Iterator[tuple[int, int, int, int, int, int]]:
        """Words around a predicate: head, codes of the path with and without subtypes, of the lemma where it turns, span."""
        path, way, came, turn = 0, 0, -1, word
        for height in range(REACH + 1):
            ahead = [(turn, crc32(b"|", path), crc32(b"|", way), height)]
            while ahead:
                at, down, plain, arcs = ahead.pop()
                if at != word and not self._marks[at]:
                    top = 0 if turn in (word, at) else int(self.codes[1, turn])
                    yield (at, down, plain, top, *self._span(at, came if at == turn else -1))
                if arcs < REACH:
                    ahead += [
                        (k, crc32(b">" + self._steps[k][0], down), crc32(b">" + self._steps[k][1], plain), arcs + 1)
                        for k in self._below[at]
                        if k != came
                    ]
            if self._heads[turn] == turn:
                return
            path, way = crc32(b"<" + self._steps[turn][0], path), crc32(b"<" + self._steps[turn][1], way)
            came, turn = turn, self._heads[turn]

    def _span(self, word: int, without: int) -> tuple[int, int]:
        """The unbroken run of words under a word around it, without marks at its ends, and without what is under `without`."""
        if without < 0 and word in self._spans:
            return self._spans[word]
        own = self._under[word] & ~(self._under[without] if without >= 0 else 0)
        first = last = word
        while first and own >> (first - 1) & 1:
            first -= 1
        while own >> (last + 1) & 1:
            last += 1
        while first < word and self._marks[first]:
            first += 1
        while last > word and self._marks[last]:
            last -= 1
        if without < 0:
            self._spans[word] = first, last + 1
        return first, last + 1

    def _subtrees(self) -> list[int]:
        """The words under each word and itself, as bits."""
        order = [word for word, head in enumerate(self._heads) if head == word]
        for word in order:
            order += self._below[word]
        under = [1 << word for word in range(len(self._heads))]
        for word in reversed(order):
            under[self._heads[word]] |= under[word]
        return under

    def _with(self, word: int, relations: tuple[str, ...]) -> Iterator[str]:
        """Lemmas of a word's dependents by these relations."""
        return (self._words.lemmas[k] for k in self._below[word] if self._words.tree.deps[k] in relations)

    def _case(self, word: int) -> str:
        return " ".join([*self._with(word, ("case", "mark"))][:2])


def _code(text: str) -> int:
    return crc32(text.encode())
