"""Treebanks in CoNLL-U (Universal Dependencies v2) and what is measured on them.

Two ways. With gold tokens and sentences: the shares of words with the right UPOS, lemma, head (UAS), and head and relation
(LAS). End to end from the raw paragraphs: F1 of words that stand at the same characters and have the right UPOS, and so on,
as the CoNLL 2018 shared task counts (Zeman et al. 2018), written anew in `aligned`. Relations are compared whole, with
their subtypes; that task cut these off, and `las_universal` does the same, to be held against published figures.
"""

from __future__ import annotations

import gzip
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from communique.annotate.texts import read_texts
from communique.annotate.words import WordAnalysis, analyse_words
from communique.errors import DataError
from communique.evaluation.aligned import AlignedWord, align
from communique.evaluation.tally import Tally
from communique.models.language import LanguageModel
from communique.types.reading import Reading

GUM_OPEN = frozenset("academic bio conversation court interview news speech textbook vlog voyage".split())
NEWSLIKE = frozenset({"interview", "news", "speech"})
SHARES = ("upos", "lemma", "uas", "las", "las_universal")


@dataclass(frozen=True, slots=True)
class Word:
    """A row of CoNLL-U; `head` is 1 + the index of the governor in its sentence, 0 at a root."""

    form: str
    lemma: str
    upos: str
    head: int
    dep: str


@dataclass(frozen=True, slots=True)
class Surface:
    """What stands in the text for the words `[first, last)`: one of them, or several written as one ("don't")."""

    form: str
    first: int
    last: int
    space_after: bool


@dataclass(frozen=True, slots=True)
class Sentence:
    """A tree. `genre` is GUM's, `opens` tells whether a paragraph begins with it."""

    words: tuple[Word, ...]
    surface: tuple[Surface, ...]
    genre: str
    opens: bool

    @property
    def text(self) -> str:
        """The sentence as it is written, with the space after it."""
        return "".join(s.form + " " * s.space_after for s in self.surface)


def load(path: Path) -> list[Sentence]:
    """The sentences of a file (CoNLL-U, gzip). Raises DataError where it has another form."""
    found: list[Sentence] = []
    genre, opens, rows = "", True, list[list[str]]()
    try:
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            for line in lines:
                if line.startswith("# newdoc"):
                    genre, opens = line.partition("GUM_")[2].partition("_")[0], True
                elif line.startswith("# newpar"):
                    opens = True
                elif line[:1].isdigit():
                    rows.append(line.rstrip("\n").split("\t"))
                elif not line.strip() and rows:
                    found.append(_sentence(rows, genre, opens))
                    rows, opens = [], False
    except (OSError, ValueError, IndexError) as error:
        raise DataError(f"{path}: no CoNLL-U, compressed with gzip ({error}); give the treebank as it is published") from None
    return [*found, _sentence(rows, genre, opens)] if rows else found


def _sentence(rows: list[list[str]], genre: str, opens: bool) -> Sentence:
    words, surface, joined = list[Word](), list[Surface](), 0
    for row in rows:
        spaced = "SpaceAfter=No" not in row[9].split("|")
        if "-" in row[0]:
            first, last = map(int, row[0].split("-"))
            surface.append(Surface(row[1], first - 1, last, spaced))
            joined = last
        elif row[0].isdigit():
            if len(words) >= joined:
                surface.append(Surface(row[1], len(words), len(words) + 1, spaced))
            words.append(Word(row[1], row[2], row[3], int(row[6]), row[7]))
    return Sentence(tuple(words), tuple(surface), genre, opens)


def paragraphs(sentences: Iterable[Sentence]) -> list[list[Sentence]]:
    """The sentences by paragraph."""
    found: list[list[Sentence]] = []
    for sentence in sentences:
        if sentence.opens or not found:
            found.append([])
        found[-1].append(sentence)
    return found


def ewt(path: Path, model: LanguageModel) -> dict[str, float]:
    """Figures on UD English EWT, with gold tokens and from raw text."""
    sentences = load(path)
    return tagged("ewt", sentences, analyse(sentences, model)) | raw("ewt", sentences, partial(read_texts, model=model))


def gum(path: Path, model: LanguageModel) -> dict[str, float]:
    """Figures on the genres of UD English GUM whose text may be used commercially: all, newslike ones together, each."""
    sentences = [s for s in load(path) if s.genre in GUM_OPEN]
    found = analyse(sentences, model)
    figures = tagged("gum", sentences, found)
    genres = sorted({s.genre for s in sentences})
    for name, some in (("gum_newslike", NEWSLIKE), *((f"gum_{genre}", {genre}) for genre in genres)):
        chosen = [(s, f) for s, f in zip(sentences, found, strict=True) if s.genre in some]
        if chosen:
            figures |= tagged(name, [s for s, _ in chosen], [f for _, f in chosen], only=("las",))
    read = partial(read_texts, model=model)
    news = [s for s in sentences if s.genre == "news"]
    return figures | raw("gum", sentences, read) | (raw("gum_news", news, read) if news else {})


def analyse(sentences: Sequence[Sentence], model: LanguageModel) -> list[WordAnalysis]:
    """Each sentence read alone, with its gold tokens."""
    return analyse_words([[w.form for w in s.words] for s in sentences], whole=True, model=model)


def tagged(
    name: str, sentences: Sequence[Sentence], found: Sequence[WordAnalysis], only: Sequence[str] = SHARES
) -> dict[str, float]:
    """Shares of words that are right, by the name of the measure."""
    tally = Tally()
    for sentence, analysis in zip(sentences, found, strict=True):
        for gold, word in zip(sentence.words, analysis.words, strict=True):
            for measure, good in _right(gold, word.upos, word.lemma, word.head == gold.head, word.dep).items():
                tally.add(f"{name}_{measure}", good, 1)
    return {k: v for k, v in tally.figures(frozenset()).items() if k.removeprefix(f"{name}_") in only}


def _right(gold: Word, upos: str, lemma: str, head: bool, dep: str) -> dict[str, bool]:
    universal = dep.partition(":")[0] == gold.dep.partition(":")[0]
    return {
        "upos": upos == gold.upos,
        "lemma": lemma == gold.lemma,
        "uas": head,
        "las": head and dep == gold.dep,
        "las_universal": head and universal,
    }


def raw(name: str, sentences: Iterable[Sentence], read: Callable[[Iterable[str]], Iterator[Reading]]) -> dict[str, float]:
    """F1 end to end: the words themselves, what is said of them, whole sentences, and where sentences begin.

    What goes in is the text of one paragraph at a time. `sentences` counts a sentence that begins and ends where a gold one
    does, as CoNLL 2018; `boundaries` the beginnings inside paragraphs, so that what the paragraph tells is no merit.
    """
    tally = Tally()
    groups = paragraphs(sentences)
    texts = ["".join(s.text for s in group) for group in groups]
    for group, text, reading in zip(groups, texts, read(texts), strict=True):
        _score_raw(name, group, text, reading, tally)
    return tally.figures(frozenset(tally.counts))


def _score_raw(name: str, group: list[Sentence], text: str, reading: Reading, tally: Tally) -> None:
    places = _Places(text)
    words, golds, ends = _gold(group)
    given = [AlignedWord(t.text, places.of(t.start), places.of(t.end)) for t in reading.tokens]
    pairs = align(words, given)
    back = {j: i for i, j in pairs}
    tally.add(f"{name}_raw_words", len(pairs), len(words), len(given))
    for i, j in pairs:
        token, (gold, governor) = reading.tokens[j], golds[i]
        head = governor is None if token.head == j else governor is not None and back.get(token.head) == governor
        for measure, good in _right(gold, token.upos, token.lemma, head, token.dep).items():
            tally.add(f"{name}_raw_{measure}", good)
    for measure in SHARES:
        tally.add(f"{name}_raw_{measure}", 0, len(words), len(given))
    said = [given[s.last - 1].end for s in reading.sentences]
    whole, seen = set(zip([0, *ends], ends, strict=False)), set(zip([0, *said], said, strict=False))
    tally.add(f"{name}_raw_sentences", len(whole & seen), len(whole), len(seen))
    tally.add(f"{name}_raw_boundaries", len({*ends[:-1]} & {*said[:-1]}), len(ends) - 1, len(said) - 1)


def _gold(group: list[Sentence]) -> tuple[list[AlignedWord], list[tuple[Word, int | None]], list[int]]:
    """A paragraph's words by their characters; each with the index of its governor, none at a root; where sentences end."""
    words: list[AlignedWord] = []
    golds: list[tuple[Word, int | None]] = []
    ends: list[int] = []
    at = 0
    for sentence in group:
        base = len(words)
        for surface in sentence.surface:
            begin, at = at, at + len("".join(surface.form.split()))
            joined = surface.last - surface.first > 1
            for word in sentence.words[surface.first : surface.last]:
                words.append(AlignedWord("".join(word.form.split()), begin, at, joined))
                golds.append((word, base + word.head - 1 if word.head else None))
        ends.append(at)
    return words, golds, ends


class _Places:
    """Offsets in a text as counts of the characters before them that are no spaces."""

    def __init__(self, text: str) -> None:
        self._before = [0]
        for character in text:
            self._before.append(self._before[-1] + (not character.isspace()))

    def of(self, offset: int) -> int:
        """How many characters that are no spaces stand before the offset."""
        return self._before[offset]
