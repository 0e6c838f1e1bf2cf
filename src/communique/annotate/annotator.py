"""The stage that reads passages."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cache
from typing import Any

import spacy
from spacy.tokens import Doc

from communique.annotate.clearnlp import named, universal
from communique.annotate.component import GRAPH, VECTORS, our_pipeline
from communique.errors import StageError, UsageError
from communique.types.analysis import Analysis, Failed
from communique.types.reading import Antecedent, Chunk, EventCandidate, Reading, Sentence, StatementCandidate, Token
from communique.types.text import Passage

OURS = "communique"


class Annotator:
    """Stage: passages → reading. `pipeline` names a spaCy pipeline to use in place of ours; it must parse and tag.
    `vectors` asks for the words' vectors too, which only ours has."""

    name = "annotate"
    requires = frozenset({"passages"})
    provides = frozenset({"reading"})

    def __init__(self, pipeline: str | None = None, threads: int | None = None, vectors: bool = False) -> None:
        self.pipeline, self.threads, self.vectors = pipeline, threads, vectors

    def __call__(self, analyses: Iterable[Analysis | Failed]) -> Iterator[Analysis | Failed]:
        """One reading for each analysis, in order."""
        nlp = _pipeline(self.pipeline, self.threads, self.vectors)
        for analysis in analyses:
            if isinstance(analysis, Failed):
                yield analysis
                continue
            try:
                docs = list(nlp.pipe(text_of(analysis, passage) for passage in analysis.passages))
                yield replace(analysis, reading=reading_of(analysis, docs, self.pipeline or OURS))
            except Exception as error:
                yield Failed(analysis.document.source, self.name, error)


@cache
def _pipeline(name: str | None, threads: int | None, vectors: bool) -> Any:
    if name is None:
        return our_pipeline(threads, vectors)
    try:
        nlp = spacy.load(name)
    except OSError as error:
        raise UsageError(
            f"{name}: no such spaCy pipeline is installed; install it, or leave --pipeline out to use ours"
        ) from error
    probe = nlp("Ministers met on Monday.")
    missing = [what for key, what in (("DEP", "dependencies"), ("POS", "UPOS")) if not probe.has_annotation(key)]
    if missing:
        raise UsageError(
            f"{name}: this spaCy pipeline does not parse and tag: it gives no {' and no '.join(missing)}; "
            "name one that does, or leave --pipeline out"
        )
    return nlp


def text_of(analysis: Analysis, passage: Passage) -> str:
    """The words of a passage with one space where its spans meet; no line ends."""
    text = " ".join(span.of(analysis.document.text) for span in passage.spans)
    return text.translate(_BLANKS)


_BLANKS = {ord(c): " " for c in "\n\r\t\v\f\x85\u2028\u2029\xa0"}


def reading_of(analysis: Analysis, docs: list[Doc], origin: str) -> Reading:
    """One reading from the spaCy documents of an analysis' passages, with offsets into the report."""
    tokens: list[Token] = []
    sentences: list[Sentence] = []
    entities: list[Chunk] = []
    events: list[EventCandidate] = []
    statements: list[StatementCandidate] = []
    factuality: dict[int, float] = {}
    antecedents: list[Antecedent] = []
    vectors: dict[int, array[float]] = {}
    graphs = False
    for number, (passage, doc) in enumerate(zip(analysis.passages, docs, strict=True)):
        index = _add_tokens(passage, doc, number, tokens, sentences)
        for ent in doc.ents:
            inside = [index[t.i] for t in ent if t.i in index]
            if inside:
                entities.append(Chunk(inside[0], inside[-1] + 1, ent.label_))
        for window, graph in doc.user_data.get(GRAPH, ()):
            graphs = True
            at = [index[i] for i in window]
            events += [_moved_event(e, at) for e in graph.events]
            statements += [_moved_statement(s, at) for s in graph.statements]
            factuality.update(zip(at, graph.factuality, strict=False))
            antecedents += [_moved_antecedent(a, at) for a in graph.antecedents]
        for window, rows in doc.user_data.get(VECTORS, ()):
            vectors.update((index[i], array("f", row.tobytes())) for i, row in zip(window, rows, strict=True))
    if not tokens:
        raise StageError(f"{analysis.document.source}: no words to read")
    if origin != OURS:
        tokens = universal(tokens, sentences)
        entities = [chunk for entity in entities if (chunk := named(entity))]
    return Reading(
        tuple(tokens),
        tuple(sentences),
        tuple(entities),
        tuple(events),
        tuple(statements),
        graphs or origin == OURS,
        origin,
        factuality=tuple(factuality[i] for i in range(len(tokens))) if len(factuality) == len(tokens) else (),
        antecedents=tuple(antecedents),
        vectors=tuple(vectors[i] for i in range(len(vectors))),
    )


def _add_tokens(passage: Passage, doc: Doc, number: int, tokens: list[Token], sentences: list[Sentence]) -> dict[int, int]:
    starts, offset = [], 0
    for span in passage.spans:
        starts.append((offset, span.start))
        offset += span.end - span.start + 1

    def place(i: int) -> int:
        base, start = next((b, s) for b, s in reversed(starts) if b <= i)
        return start + i - base

    index: dict[int, int] = {}
    for token in doc:
        if not token.is_space:
            index[token.i] = len(tokens) + len(index)
    for sent in doc.sents:
        words = [t for t in sent if t.i in index]
        if not words:
            continue
        sentences.append(Sentence(len(sentences), index[words[0].i], index[words[-1].i] + 1, number, passage.kind))
        for t in words:
            head = index.get(t.head.i, index[t.i])
            feats = str(t.morph) or "_"
            start = place(t.idx)
            tokens.append(
                Token(
                    index[t.i],
                    start,
                    place(t.idx + len(t) - 1) + 1,
                    t.text,
                    t.lemma_,
                    t.pos_,
                    t.tag_,
                    feats,
                    head,
                    t.dep_,
                    len(sentences) - 1,
                )
            )
    return index


def _moved(chunk: Chunk, at: list[int]) -> Chunk:
    return replace(chunk, first=at[chunk.first], last=at[chunk.last - 1] + 1)


def _moved_event(event: EventCandidate, at: list[int]) -> EventCandidate:
    arguments = tuple(_moved(a, at) for a in event.arguments)
    return replace(event, first=at[event.first], last=at[event.last - 1] + 1, arguments=arguments)


def _moved_antecedent(link: Antecedent, at: list[int]) -> Antecedent:
    before = None if link.antecedent is None else at[link.antecedent]
    return replace(link, mention=at[link.mention], antecedent=before)


def _moved_statement(said: StatementCandidate, at: list[int]) -> StatementCandidate:
    parts = {name: part and _moved(part, at) for name, part in (("speaker", said.speaker), ("content", said.content))}
    return StatementCandidate(_moved(said.cue, at), **parts)
