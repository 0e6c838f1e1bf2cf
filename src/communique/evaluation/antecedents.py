"""Antecedents of pronouns and of repeated names and nouns: on GUM, in windows of its documents, and on GAP.

GUM counts head words. A pronoun of the third person that has an antecedent in its window is right where the word chosen heads
a mention of its chain. For names and nouns, links are counted: wanted are those that have been told of before in the window,
given those that the network finds to be mentions with an antecedent. Appositions and predicates are nobody's links, but may
be an antecedent. GAP counts names as Webster et al. (2018): F1 of the names that a pronoun means.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from communique.annotate.antecedents import antecedents, mention_heads
from communique.annotate.component import our_pipeline
from communique.evaluation import mentions
from communique.evaluation.gap import MOST_WORDS, Example, Passage, passage, read
from communique.evaluation.mentions import Mention, Row
from communique.evaluation.tally import Tally
from communique.evaluation.treebanks import GUM_OPEN
from communique.models.language import LanguageModel, Scores

Sentences = list[list[Row]]


def gum(path: Path, model: LanguageModel) -> dict[str, float]:
    """Figures on the genres of GUM whose text may be used commercially: heads of mentions, pronouns, repeats."""
    windows = [
        w for doc, sentences in mentions.documents(path) if doc.split("_")[1] in GUM_OPEN for w in _windows(model, sentences)
    ]
    tally = Tally()
    found = model.read([[row[1] for rows in window for row in rows] for window in windows])
    for window, scores in zip(windows, found, strict=True):
        _score(window, model, scores, tally)
    return tally.figures(frozenset({"gum_mentions", "gum_repeats"}))


def _windows(model: LanguageModel, sentences: Sentences) -> Iterator[Sentences]:
    """Consecutive sentences, as many as one pass takes; one that is too long alone is left out."""
    window: Sentences = []
    for rows in sentences:
        if window and not model.fits([row[1] for own in (*window, rows) for row in own]):
            yield window
            window = []
        if window or model.fits([row[1] for row in rows]):
            window.append(rows)
    if window:
        yield window


def _score(window: Sentences, model: LanguageModel, scores: Scores, tally: Tally) -> None:
    rows, gold = _joined(window)
    earlier = {word: {o for o, other in gold.items() if o < word and other.chain == own.chain} for word, own in gold.items()}
    aside = {word for word, own in gold.items() if own.aside}
    pronouns = sorted(word for word, found in earlier.items() if found and _third_person(rows[word]))
    for word, (choice, _) in zip(pronouns, antecedents(model, scores, pronouns), strict=True):
        tally.add("gum_pronouns", choice in earlier[word], 1)
    found = mention_heads(model, scores)
    tally.add("gum_mentions", sum(m.word in gold and gold[m.word].kind == m.kind for m in found), len(gold), len(found))
    nominal = {word for word, row in enumerate(rows) if row[3] != "PRON"} - aside
    wanted = {word for word in nominal if earlier.get(word)}
    links = [(m.word, m.antecedent) for m in found if m.antecedent is not None and m.word in nominal]
    tally.add("gum_repeats", sum(choice in earlier.get(word, ()) for word, choice in links), len(wanted), len(links))


def _joined(window: Sentences) -> tuple[list[Row], dict[int, Mention]]:
    """The words of a window and the mentions by their head words."""
    rows: list[Row] = []
    gold: dict[int, Mention] = {}
    for sentence in window:
        gold |= {len(rows) + head: mention for head, mention in mentions.mention_heads(sentence).items()}
        rows += sentence
    return rows, gold


def _third_person(row: Row) -> bool:
    return row[3] == "PRON" and {"Person=3", "PronType=Prs"} <= set(row[5].split("|"))


def gap(path: Path, model: LanguageModel) -> dict[str, float]:
    """F1 on GAP: a name is given where the pronoun goes back to one of its words, if by way of other mentions.

    A name behind the pronoun is given where both go back to the same mention.
    """
    tokenizer = our_pipeline().tokenizer
    examples = read(path)
    passages = [
        _passage(model, example, [(t.text, t.idx) for t in tokenizer(example.text) if not t.is_space]) for example in examples
    ]
    tally = Tally()
    for example, found, scores in zip(examples, passages, model.read(p.words for p in passages), strict=True):
        given = _meant(found, model, scores)
        both = sum(a and b for a, b in zip(given, example.right, strict=True))
        tally.add("gap", both, sum(example.right), sum(given))
    return tally.figures(frozenset({"gap"}))


def _passage(model: LanguageModel, example: Example, tokens: list[tuple[str, int]]) -> Passage:
    """As much of an example as one pass takes."""
    sizes = (passage(example, tokens, most) for most in range(MOST_WORDS, 0, -10))
    return next(found for found in sizes if model.fits(found.words))


def _meant(found: Passage, model: LanguageModel, scores: Scores) -> list[bool]:
    starts = [span[0] for span in found.names if span]
    words = sorted({found.pronoun, *starts, *(m.word for m in mention_heads(model, scores))})
    before = {word: choice for word, (choice, _) in zip(words, antecedents(model, scores, words), strict=True)}
    pronoun = _back(found.pronoun, before)
    given = []
    for span in found.names:
        behind = span is not None and span[0] > found.pronoun and _back(span[0], before)[-1] == pronoun[-1]
        given.append(behind or (span is not None and any(word in range(*span) for word in pronoun)))
    return given


def _back(word: int, before: Mapping[int, int | None]) -> list[int]:
    """The word, its antecedent, the antecedent of that, and so on."""
    path = [word]
    while (choice := before.get(path[-1])) is not None:
        path.append(choice)
    return path
