"""How like a predicate is to marked examples, in the encoder's space: by the word itself and by what stands around it.

A type is the mean of its examples (nearest class mean, as in Snell et al. 2017, "Prototypical networks for few-shot learning"),
all vectors taken from the mean of ordinary predicates: those of our own codebook's examples (`training/background.py`). The
word and its surroundings are compared apart and joined by their harmonic mean, since either alone misleads: "closed the border"
and "closed the meeting", "closed the border" and "reached the border". What is more like an ordinary predicate than like the
type is none.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from math import exp

import numpy as np
import numpy.typing as npt

from communique.coding.graph import base
from communique.errors import DataError
from communique.types.reading import LEXICAL, Reading

Floats = npt.NDArray[np.float32]
MEANING_SHARE = 0.4  # of the word; the rest is the word by itself
FURTHER = 0.6  # the weight of a word two steps away beside one next to the predicate
# Likeness to chance of being right, logistic. Fitted on the types `choice` of tests/coding/data/fine_types.yaml, as all here
# was chosen on them; LEAST is where those taken are right nine times in ten there.
CALIBRATION = (25.4, -6.4)
LEAST = 0.75
ORDINARY = 0.2  # an ordinary predicate less like a type than this is none of it
_AROUND = frozenset("obj obl nmod compound amod nsubj xcomp acl advcl ccomp advmod".split())
_CLAUSES = frozenset({"advcl", "ccomp"})
_TELLING = frozenset({"NOUN", "ADJ", "VERB", "ADP"})
_CARRIED = frozenset({"obj", "nsubj", "obl", "xcomp"})


@dataclass(frozen=True, slots=True)
class Shape:
    """A predicate's place in the space: rows of unit length, or zero where nothing stands around it."""

    word: Floats
    around: Floats


def shapes_of(reading: Reading, indices: Iterable[int]) -> tuple[Shape, ...]:
    """The shapes of predicates of a reading that has vectors."""
    return tuple(_shape(reading, index) for index in indices)


def raw_shape(reading: Reading, index: int) -> tuple[Floats, Floats | None]:
    """The numbers of the word, and the weighted mean of the words around it, none where there are none."""
    around = dict(_around(reading, index))
    word = np.frombuffer(reading.vectors[index], np.float32)
    if not around:
        return word, None
    rows = np.stack([np.frombuffer(reading.vectors[i], np.float32)[:LEXICAL] for i in around])
    weights = np.fromiter(around.values(), np.float32, len(around))
    mean: Floats = weights @ rows / weights.sum()
    return word, mean


def _shape(reading: Reading, index: int) -> Shape:
    word, around = raw_shape(reading, index)
    middle_word, middle_around = _middle()
    beside = np.zeros(LEXICAL, np.float32) if around is None else _unit(around - middle_around)
    return Shape(_joined(word - middle_word), beside)


def _joined(word: Floats) -> Floats:
    """Both halves of words' vectors at their shares."""
    own, meaning = _unit(word[..., :LEXICAL]), _unit(word[..., LEXICAL:])
    joined: Floats = np.concatenate([own * (1 - MEANING_SHARE) ** 0.5, meaning * MEANING_SHARE**0.5], -1).astype(np.float32)
    return joined


@cache
def _ordinary() -> dict[str, Floats]:
    """Predicates of our own codebook's examples, as they were read."""
    source = files("communique.coding") / "data" / "background.npz"
    try:
        with source.open("rb") as file, np.load(file) as stored:
            return {name: stored[name].astype(np.float32) for name in ("word", "around")}
    except (OSError, KeyError, ValueError) as error:
        raise DataError(f"{source}: can't be read ({error}); install Communique again") from error


@cache
def _middle() -> tuple[Floats, Floats]:
    """The mean of ordinary predicates: of the word, and of what is around it."""
    rows = _ordinary()
    return rows["word"].mean(0), rows["around"].mean(0)


@cache
def background() -> Prototypes:
    """Ordinary predicates, each a set of its own."""
    rows, (word, around) = _ordinary(), _middle()
    return Prototypes(_joined(rows["word"] - word), _unit(rows["around"] - around))


def _unit(values: Floats) -> Floats:
    length = np.linalg.norm(values, axis=-1, keepdims=True)
    unit: Floats = (values / np.maximum(length, 1e-9)).astype(np.float32)
    return unit


def _around(reading: Reading, index: int) -> Iterator[tuple[int, float]]:
    """The words that fill in a predicate, names left out, and of a noun the word that governs it with what fills that in; each
    with its weight."""
    token = reading.tokens[index]
    seen = {index}
    yield from _below(reading, index, 1.0, seen)
    if token.upos == "NOUN" and base(token) in _CARRIED and token.head != index:
        if token.head not in seen:
            yield token.head, 1.0
        seen.add(token.head)
        yield from _below(reading, token.head, FURTHER, seen)


def _below(reading: Reading, index: int, weight: float, seen: set[int]) -> Iterator[tuple[int, float]]:
    for child in reading.children(index):
        if child.index in seen or not (base(child) in _AROUND or child.dep == "compound:prt"):
            continue
        if child.upos in _TELLING:
            seen.add(child.index)
            yield child.index, weight
        if weight == 1.0 and base(child) not in _CLAUSES:
            yield from _below(reading, child.index, FURTHER, seen)


@dataclass(frozen=True, slots=True)
class Prototypes:
    """Sets of examples, each by its mean: unit rows `[sets, numbers]`."""

    word: Floats
    around: Floats

    @classmethod
    def of(cls, sets: Iterable[Sequence[Shape]]) -> Prototypes:
        """The means of sets of shapes; an empty set is like nothing."""
        known = list(sets)
        width = _ordinary()["word"].shape[1]
        word = [np.mean([s.word for s in shapes], 0) if shapes else np.zeros(width) for shapes in known]
        around = [np.mean([s.around for s in shapes], 0) if shapes else np.zeros(LEXICAL) for shapes in known]
        return cls(_unit(np.array(word).reshape(-1, width)), _unit(np.array(around).reshape(-1, LEXICAL)))

    def likeness(self, shape: Shape) -> Floats:
        """How like a shape is to each set, 0 to 1: the harmonic mean of both cosines, 0 where one of them is negative."""
        return self.among(shape.word, shape.around)

    def among(self, words: Floats, arounds: Floats) -> Floats:
        """The same for many shapes, whose parts are columns: `[sets, shapes]`."""
        word, around = self.word @ words, self.around @ arounds
        both: Floats = np.where((word > 0) & (around > 0), 2 * word * around / np.maximum(word + around, 1e-9), 0)
        return both


def strangers(types: Prototypes) -> npt.NDArray[np.bool_]:
    """Which ordinary predicates are none of each type, `[types, predicates]`: what is more like one of them is none either."""
    known = background()
    return types.among(known.word.T, known.around.T) < ORDINARY


def chance(likeness: float) -> float:
    """The chance that a predicate of this likeness to a type belongs to it."""
    slope, offset = CALIBRATION
    return 1 / (1 + exp(-(slope * likeness + offset)))
