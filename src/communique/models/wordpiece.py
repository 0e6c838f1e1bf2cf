"""WordPiece over words that are already split (Wu et al. 2016, arXiv:1609.08144; vocabulary of BERT uncased).

A word's pieces don't depend on its neighbours, so each form is cut once and kept.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from itertools import islice
from pathlib import Path

MAX_WORD = 64  # letters of a run that is still cut, and pieces of a word
SHAPES = ("pad", "lower", "title", "upper", "initial", "mixed", "digits", "alphanumeric", "punctuation")
_FOLD = {"‘": "'", "’": "'", "‚": "'", "“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "\xad": "", "…": "..."}


def shape_of(word: str) -> int:
    """The index in `SHAPES` of a word's case and make-up: what an uncased vocabulary does not see."""
    if not any(c.isalnum() for c in word):
        return 8
    if any(c.isdigit() for c in word):
        return 7 if any(c.isalpha() for c in word) else 6
    if word.islower():
        return 1
    if word.isupper():
        return 3 if sum(c.isalpha() for c in word) > 1 else 4
    if word[0].isupper() and word[1:].islower():
        return 2
    return 5 if any(c.isupper() for c in word) else 1


def fold(word: str) -> str:
    """Lower case, no accents, quotation marks straightened: the form that the vocabulary knows."""
    word = "".join(_FOLD.get(c, c) for c in word)
    plain = unicodedata.normalize("NFD", word.lower())
    return "".join(c for c in plain if unicodedata.category(c) not in ("Mn", "Cc", "Cf"))


class WordPieces:
    """Cuts words into vocabulary ids; `vocabulary` is one piece a line, continuing pieces marked `##`."""

    def __init__(self, vocabulary: Iterable[str]) -> None:
        self._ids = {piece.rstrip("\n"): i for i, piece in enumerate(vocabulary)}
        self.unknown, self.start, self.end = self._ids["[UNK]"], self._ids["[CLS]"], self._ids["[SEP]"]
        self._known: dict[str, tuple[int, ...]] = {}

    @classmethod
    def load(cls, path: Path) -> WordPieces:
        """Read a vocabulary file (UTF-8, one piece a line)."""
        with path.open(encoding="utf-8") as lines:
            return cls(lines)

    def __len__(self) -> int:
        return len(self._ids)

    def cut(self, word: str) -> tuple[int, ...]:
        """The ids of a word's pieces, one to `MAX_WORD`: the rest of a long address or a line of dots is left out."""
        found = self._known.get(word)
        if found is None:
            found = self._known[word] = tuple(islice(self._cut(fold(word)), MAX_WORD)) or (self.unknown,)
        return found

    def _cut(self, word: str) -> Iterable[int]:
        run = ""
        for char in [*word, " "]:
            if char.isalnum():
                run += char
                continue
            if run:
                yield from self._longest_match(run)
                run = ""
            if not char.isspace():
                yield self._ids.get(char, self.unknown)

    def _longest_match(self, run: str) -> list[int]:
        if len(run) > MAX_WORD:
            return [self.unknown]
        found, begin = [], 0
        while begin < len(run):
            for end in range(len(run), begin, -1):
                piece = self._ids.get(("##" if begin else "") + run[begin:end])
                if piece is not None:
                    break
            else:
                return [self.unknown]
            found.append(piece)
            begin = end
        return found
