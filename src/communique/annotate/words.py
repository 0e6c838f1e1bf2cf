"""Words that are already split, through the network: for treebanks, where the tokens are given."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from communique.annotate.graph import Graph, decode
from communique.models.language import MAX_WORDS, LanguageModel, Scores, load_language
from communique.models.lemmas import lemma_of


@dataclass(frozen=True, slots=True)
class WordTag:
    """A word's tags; `head` is 1 + the index of its governor, 0 at a root, as in CoNLL-U."""

    upos: str
    lemma: str
    head: int
    dep: str


@dataclass(frozen=True, slots=True)
class WordAnalysis:
    """Words with tags, the indices at which sentences start, entities as (first, last, label)."""

    words: tuple[WordTag, ...]
    starts: tuple[int, ...]
    entities: tuple[tuple[int, int, str], ...]


def analyse_words(
    texts: Sequence[Sequence[str]], whole: bool = False, model: LanguageModel | None = None
) -> list[WordAnalysis]:
    """The analysis of each list of words. With `whole`, each list is held to be one sentence."""
    model = model or load_language()
    cuts = [list(cut(model, words)) for words in texts]
    scores = model.read(part for parts in cuts for part in parts)
    return [_joined(model, parts, [next(scores) for _ in parts], whole) for parts in cuts]


def cut(model: LanguageModel, words: Sequence[str]) -> Iterator[Sequence[str]]:
    """The words in parts that go into one pass each, as long as can be."""
    begin = 0
    while begin < len(words):
        end = min(len(words), begin + MAX_WORDS)
        while end - begin > 1 and not model.fits(words[begin:end]):
            end -= 1
        yield words[begin:end]
        begin = end


def _joined(model: LanguageModel, parts: list[Sequence[str]], scores: list[Scores], whole: bool) -> WordAnalysis:
    words: list[WordTag] = []
    starts: list[int] = []
    entities: list[tuple[int, int, str]] = []
    for part, own in zip(parts, scores, strict=True):
        graph: Graph = decode(model, own, part, whole)
        base = len(words)
        starts += [base + i for i in graph.starts]
        entities += [(base + c.first, base + c.last, c.label) for c in graph.entities]
        for i, form in enumerate(part):
            upos = model.labels["upos"][own.upos[i]]
            lemma = lemma_of(form, upos, model.labels["xpos"][own.xpos[i]], model.labels["lemma"][own.lemma[i]])
            head = 0 if graph.heads[i] == i else base + graph.heads[i] + 1
            words.append(WordTag(upos, lemma, head, graph.deps[i]))
    return WordAnalysis(tuple(words), tuple(starts), tuple(entities))
