"""The language network on public treebanks: `communique evaluate language --data FOLDER`.

The folder holds `UD_English-EWT`, `UD_English-GUM` (CoNLL-U, gzip) and `CrossNER/politics`, in whole or in part.
Measures, on the
test splits, with gold tokens and sentences, in percent: UPOS, UAS and LAS (punctuation counted, CoNLL 2018 without its subtypes
rule: whole labels), lemmas; F1 of sentence boundaries on paragraphs of several sentences; entities PER, ORG, LOC on CrossNER.
"""

from __future__ import annotations

import gzip
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from communique.annotate.words import WordAnalysis, analyse_words
from communique.errors import DataError

GUM_OPEN = frozenset("academic bio conversation court interview news speech textbook vlog voyage".split())
KINDS = {
    "politician": "PERSON",
    "person": "PERSON",
    "politicalparty": "ORG",
    "organisation": "ORG",
    "country": "LOC",
    "location": "LOC",
}
Row = Sequence[str]


def evaluate(data: Path, split: str = "test") -> dict[str, float]:
    """Figures for what the folder holds. Raises DataError when it holds none of the corpora."""
    figures: dict[str, float] = {}
    for name, corpus in (("ewt", "UD_English-EWT/en_ewt-ud"), ("gum", "UD_English-GUM/en_gum-ud")):
        path = data / f"{corpus}-{split}.conllu.gz"
        if path.exists():
            figures |= _treebank(name, list(_sentences(path, name == "gum")))
    path = data / f"CrossNER/politics/{split}.txt"
    if path.exists():
        figures["entities_crossner_f1"] = _entities(path)
    if not figures:
        raise DataError(
            f"{data}: no treebank or entity corpus here; give the folder that holds UD_English-EWT, UD_English-GUM or CrossNER"
        )
    return figures


def _sentences(path: Path, open_only: bool) -> Iterator[list[Row]]:
    rows: list[Row] = []
    take = True
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            if line.startswith("# newdoc id"):
                take = not open_only or line.split("GUM_")[-1].split("_")[0] in GUM_OPEN
            elif line[:1].isdigit():
                columns = line.rstrip("\n").split("\t")
                if columns[0].isdigit():
                    rows.append(columns)
            elif not line.strip() and rows:
                if take:
                    yield rows
                rows = []


def _treebank(name: str, sentences: list[list[Row]]) -> dict[str, float]:
    tally: Counter[str] = Counter()
    for rows, found in zip(sentences, analyse_words([[r[1] for r in rows] for rows in sentences], whole=True), strict=True):
        for row, word in zip(rows, found.words, strict=True):
            head = word.head == int(row[6])
            tally.update(
                words=1, upos=word.upos == row[3], lemma=word.lemma == row[2], uas=head, las=head and word.dep == row[7]
            )
    figures = {f"{name}_{k}": 100 * tally[k] / tally["words"] for k in ("upos", "lemma", "uas", "las")}
    figures[f"{name}_sentences_f1"] = 100 * _boundaries(sentences)
    return figures


def _boundaries(sentences: list[list[Row]], together: int = 5) -> float:
    hits = gold = got = 0
    groups = [sentences[i : i + together] for i in range(0, len(sentences), together)]
    for group, found in zip(groups, analyse_words([[r[1] for rows in g for r in rows] for g in groups]), strict=True):
        starts, at = set(), 0
        for rows in group:
            starts.add(at)
            at += len(rows)
        said = set(found.starts)
        hits, gold, got = hits + len((starts & said) - {0}), gold + len(starts) - 1, got + len(said) - 1
    return 2 * hits / max(1, gold + got)


def _entities(path: Path) -> float:
    sentences: list[list[tuple[str, str]]] = [[]]
    for line in path.read_text(encoding="utf-8").splitlines():
        word, _, tag = line.partition("\t")
        if word:
            sentences[-1].append((word, tag))
        elif sentences[-1]:
            sentences.append([])
    sentences = [s for s in sentences if s]
    hits = gold = got = 0
    for sentence, found in zip(sentences, analyse_words([[w for w, _ in s] for s in sentences], whole=True), strict=True):
        want, have = set(_spans([t for _, t in sentence])), _named(found)
        hits, gold, got = hits + len(want & have), gold + len(want), got + len(have)
    return 200 * hits / max(1, gold + got)


def _spans(tags: Sequence[str]) -> Iterator[tuple[int, int, str]]:
    begin, kind = 0, ""
    for i, tag in enumerate([*tags, "O"]):
        if kind and tag != f"I-{kind}":
            if kind in KINDS:
                yield begin, i, KINDS[kind]
            kind = ""
        if tag.startswith("B-"):
            begin, kind = i, tag[2:]


def _named(found: WordAnalysis) -> set[tuple[int, int, str]]:
    return {(first, last, label) for first, last, label in found.entities if label in {"PERSON", "ORG", "LOC"}}
