"""The network as a component of a spaCy pipeline: sentences, tags, morphology, lemmas, dependencies, entities on the `Doc`.

The event graph has no place on a `Doc`; it travels in `doc.user_data[GRAPH]`, with word indices that leave out space tokens.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import spacy
from spacy.attrs import DEP, HEAD, LEMMA, MORPH, POS, TAG
from spacy.language import Language
from spacy.tokens import Doc, Span

from communique.annotate.graph import Graph, decode
from communique.models.language import MAX_WORDS, LanguageModel, Scores, load_language
from communique.models.lemmas import apply_rule

GRAPH = "communique.graph"
NAME = "communique_language"
ENDS = frozenset(".!?") | {"...", "…"}


@Language.factory(NAME, assigns=["doc.ents", "doc.sents", "token.dep", "token.head", "token.lemma", "token.morph", "token.pos", "token.tag"])
class LanguageComponent:
    """Annotates documents; `threads` as for `LanguageModel`."""

    def __init__(self, nlp: Language, name: str = NAME, threads: int | None = None) -> None:
        self.model = load_language(threads)

    def __call__(self, doc: Doc) -> Doc:
        windows = list(self._windows(doc))
        scores = self.model.read([doc[i].text for i in window] for window in windows)
        self._annotate(doc, [(window, own, decode(self.model, own)) for window, own in zip(windows, scores, strict=True)])
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
                end = next((k for k in range(end - 1, begin + 20, -1) if doc[words[k - 1]].text in ENDS), end)
            yield words[begin:end]
            begin = end

    def _annotate(self, doc: Doc, parts: list[tuple[list[int], Scores, Graph]]) -> None:
        labels, strings = self.model.labels, doc.vocab.strings
        table = np.zeros((len(doc), 6), np.uint64)
        heads = np.zeros(len(doc), np.int64)
        known: dict[str, int] = {}

        def code(text: str) -> int:
            if text not in known:
                known[text] = strings.add(text)
            return known[text]

        ents = []
        for window, scores, graph in parts:
            for k, i in enumerate(window):
                form, upos = doc[i].text, labels["upos"][scores.upos[k]]
                lemma = apply_rule(labels["lemma"][scores.lemma[k]], form)
                feats = labels["feats"][scores.feats[k]]
                morph = doc.vocab.morphology.add("" if feats == "_" else feats)
                table[i] = (code(upos), code(labels["xpos"][scores.xpos[k]]), code(lemma), code(graph.deps[k]), morph, 0)
                heads[i] = window[graph.heads[k]] - i
            ents += [Span(doc, window[c.first], window[c.last - 1] + 1, label=c.label) for c in graph.entities]
        for token in doc:
            if token.is_space:
                heads[token.i] = -1 if token.i else (1 if len(doc) > 1 else 0)
                table[token.i] = (code("SPACE"), code("_SP"), code(token.text), code("dep"), doc.vocab.morphology.add(""), 0)
        table[:, 5] = heads.astype(np.int64).view(np.uint64)
        doc.from_array([POS, TAG, LEMMA, DEP, MORPH, HEAD], table)
        doc.set_ents(ents)
        doc.user_data[GRAPH] = [(window, graph) for window, _, graph in parts]


def our_pipeline(threads: int | None = None) -> Language:
    """The pipeline that ships: spaCy's English tokenizer and the network."""
    nlp = spacy.blank("en")
    nlp.add_pipe(NAME, config={"threads": threads})
    return nlp


def load_pipeline(name: str | None, threads: int | None = None) -> Any:
    """Our pipeline, or the installed spaCy pipeline of that name."""
    return our_pipeline(threads) if name is None else spacy.load(name)


__all__ = ["GRAPH", "LanguageComponent", "load_pipeline", "our_pipeline"]
