"""Named entities: F1 of spans that are right with all their words and their kind, one of PERSON, ORG, LOC.

Corpora of other kinds are collapsed to these three; what is of no such kind (elections, events) is neither sought nor counted.
The words and sentences are the corpus's.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from communique.annotate.words import WordAnalysis, analyse_words
from communique.errors import DataError
from communique.evaluation.tally import Tally
from communique.models.language import LanguageModel

KINDS = {
    "politician": "PERSON",
    "person": "PERSON",
    "politicalparty": "ORG",
    "organisation": "ORG",
    "country": "LOC",
    "location": "LOC",
    "PER": "PERSON",
    "ORG": "ORG",
    "LOC": "LOC",
}
SOUGHT = frozenset(KINDS.values())
DEV_KEPT = 120  # as `training/language/` splits that part
Tagged = tuple[list[str], list[str]]


def crossner(path: Path, model: LanguageModel) -> dict[str, float]:
    """F1 on CrossNER (Liu et al. 2021)."""
    return figures("crossner", load_crossner(path), model)


def uner(path: Path, model: LanguageModel) -> dict[str, float]:
    """F1 on Universal NER (Mayhew et al. 2024)."""
    return figures("uner", load_uner(path), model)


def load_crossner(path: Path) -> list[Tagged]:
    """Sentences of CrossNER: a word and its BIO tag on each line. Of its dev part the first sentences, as the others are
    trained on."""
    content = list(sentences(path, 0, 1))
    return content[:DEV_KEPT] if path.stem == "dev" else content


def load_uner(path: Path) -> list[Tagged]:
    """Sentences of UNER: index, word, BIO tag and two more columns on each line."""
    return list(sentences(path, 1, 2))


def sentences(path: Path, word: int, tag: int) -> Iterator[Tagged]:
    """Words and tags of each sentence, from the columns of these numbers. Raises DataError where lines lack them."""
    words, tags = list[str](), list[str]()
    for line in [*path.read_text(encoding="utf-8").splitlines(), ""]:
        columns = line.split("\t")
        if not line.strip():
            if words:
                yield words, tags
            words, tags = [], []
        elif line.startswith("# "):
            continue
        elif len(columns) <= max(word, tag):
            raise DataError(f"{path}: no word and tag, with tabs between, in the line {line!r}; mend that line")
        else:
            words.append(columns[word])
            tags.append(columns[tag])


def figures(name: str, content: Sequence[Tagged], model: LanguageModel) -> dict[str, float]:
    """Figures of a model on sentences with their tags."""
    return scored(name, content, analyse_words([words for words, _ in content], whole=True, model=model))


def scored(name: str, content: Sequence[Tagged], found: Iterable[WordAnalysis]) -> dict[str, float]:
    """`entities_NAME_f1`, and the same for each kind, of what was found in each sentence."""
    tally = Tally()
    for (_, tags), analysis in zip(content, found, strict=True):
        want = set(spans(tags))
        have = {e for e in analysis.entities if e[2] in SOUGHT}
        for key, kinds in (("", SOUGHT), *((f"_{kind.lower()}", {kind}) for kind in sorted(SOUGHT))):
            wanted, given = {e for e in want if e[2] in kinds}, {e for e in have if e[2] in kinds}
            tally.add(f"entities_{name}{key}", len(wanted & given), len(wanted), len(given))
    return tally.figures(frozenset(tally.counts))


def spans(tags: Sequence[str]) -> Iterator[tuple[int, int, str]]:
    """The spans (first, last, kind) of BIO tags, of the kinds that are sought."""
    begin, kind = 0, ""
    for i, tag in enumerate([*tags, "O"]):
        if kind and tag != f"I-{kind}":
            if kind in KINDS:
                yield begin, i, KINDS[kind]
            kind = ""
        if tag.startswith("B-"):
            begin, kind = i, tag[2:]
