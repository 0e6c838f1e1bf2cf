"""The network as a component of a spaCy pipeline: sentences, tags, morphology, lemmas, dependencies, entities on the `Doc`.

The event graph has no place on a `Doc`; it travels in `doc.user_data[GRAPH]`, with word indices that leave out space tokens.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from spacy.attrs import DEP, HEAD, LEMMA, MORPH, POS, TAG
from spacy.language import Language
from spacy.tokens import Doc, Span, Token

from communique.annotate.graph import Graph, decode
from communique.annotate.tokens import english
from communique.models.language import MAX_WORDS, Scores, load_language
from communique.models.lemmas import lemma_of

GRAPH = "communique.graph"
VECTORS = "communique.vectors"
NAME = "communique_language"
_Row = tuple[str, str, str, str, str, int]  # UPOS, XPOS, lemma, relation, features, offset of the governor
ENDS = frozenset(".!?") | {"...", "…"}
QUOTES = frozenset({'"', "”", "’", "''"})


@Language.factory(
    NAME, assigns=["doc.ents", "doc.sents", "token.dep", "token.head", "token.lemma", "token.morph", "token.pos", "token.tag"]
)
class LanguageComponent:
    """Annotates documents; `threads` as for `LanguageModel`. With `vectors`, `doc.user_data[VECTORS]` holds for each window
    its words' indices and vectors: the word by itself, then its meaning in its place."""

    def __init__(self, nlp: Language, name: str = NAME, threads: int | None = None, vectors: bool = False) -> None:
        self.model = load_language(threads)
        self.vectors = vectors

    def __call__(self, doc: Doc) -> Doc:
        windows = list(self._windows(doc))
        words = [[doc[i].text for i in window] for window in windows]
        parts = []
        for window, own, scores in zip(windows, words, self.model.read(words, self.vectors), strict=True):
            joined = [i > 0 and not doc[i - 1].whitespace_ and not doc[i - 1].is_space for i in window]
            parts.append((window, scores, decode(self.model, scores, own, joined=joined)))
        self._annotate(doc, parts)
        if self.vectors:
            doc.user_data[VECTORS] = [
                (window, np.hstack([s.lexical, s.meaning])) for window, s, _ in parts if s.lexical is not None
            ]
        return doc

    def _windows(self, doc: Doc) -> Iterator[list[int]]:
        """Indices of the words of each window: the whole text, or pieces of it cut where sentences seem to end."""
        words = [t.i for t in doc if not t.is_space]
        if words and self.model.fits([doc[i].text for i in words]):
            yield words
            return
        begin = 0
        while begin < len(words):
            end = min(len(words), begin + MAX_WORDS)
            while end - begin > 1 and not self.model.fits([doc[i].text for i in words[begin:end]]):
                end -= max(1, (end - begin) // 8)
            if end < len(words):
                end = next((k for k in range(end - 1, begin + 20, -1) if _ends(doc, words[k - 1])), end)
            yield words[begin:end]
            begin = end

    def _annotate(self, doc: Doc, parts: list[tuple[list[int], Scores, Graph]]) -> None:
        words: list[_Row] = [_space(token) for token in doc]
        ents = []
        for window, scores, graph in parts:
            for k, i in enumerate(window):
                words[i] = self._row(doc[i].text, scores, graph, k, window[graph.heads[k]] - i)
            ents += [Span(doc, window[c.first], window[c.last - 1] + 1, label=c.label) for c in graph.entities]
        add, morph = doc.vocab.strings.add, doc.vocab.morphology.add
        table = np.array([[*map(add, row[:4]), morph(row[4]), 0] for row in words], np.uint64).reshape(-1, 6)
        table[:, 5] = np.array([row[5] for row in words], np.int64).view(np.uint64)
        doc.from_array([POS, TAG, LEMMA, DEP, MORPH, HEAD], table)  # type: ignore[arg-type]
        doc.set_ents(ents)
        doc.user_data[GRAPH] = [(window, graph) for window, _, graph in parts]

    def _row(self, form: str, scores: Scores, graph: Graph, k: int, head: int) -> _Row:
        labels = self.model.labels
        upos, xpos = labels["upos"][scores.upos[k]], labels["xpos"][scores.xpos[k]]
        lemma = lemma_of(form, upos, xpos, labels["lemma"][scores.lemma[k]])
        feats = labels["feats"][scores.feats[k]]
        return upos, xpos, lemma, graph.deps[k], feats.strip("_"), head


def _ends(doc: Doc, index: int) -> bool:
    """Whether a sentence seems to end with this word: a stop, or the mark that closes a quotation behind it, and a space."""
    stop = index - 1 if doc[index].text in QUOTES and index else index
    return doc[stop].text in ENDS and (bool(doc[index].whitespace_) or index + 1 == len(doc) or doc[index + 1].is_space)


def _space(token: Token) -> _Row:
    """A space hangs on the word before it; the first one, on the word behind."""
    return "SPACE", "_SP", token.text, "dep", "", -1 if token.i else min(1, len(token.doc) - 1)


def our_pipeline(threads: int | None = None, vectors: bool = False) -> Language:
    """The pipeline that ships: the tokenizer and the network."""
    nlp = english()
    nlp.add_pipe(NAME, config={"threads": threads, "vectors": vectors})
    return nlp
