"""Where an event took place, and the words that it rests on."""

from __future__ import annotations

from collections.abc import Iterable

from communique.coding import graph
from communique.coding.candidates import Draft
from communique.types.analysis import Analysis
from communique.types.events import Where
from communique.types.reading import Chunk, Reading
from communique.types.text import Span

LOCATIVE = frozenset({"in", "at", "near", "outside", "to", "into", "across"})
MAX_TRIGGER = 40  # characters, by the record's contract


def _path(reading: Reading, index: int) -> list[int]:
    """The trigger and what governs it, up to its clause's verb."""
    path, at = [index], reading.tokens[index]
    while (
        at.head != at.index
        and at.dep.split(":")[0] in {"obj", "obl", "nmod", "conj", "xcomp", "compound", "amod"}
        and len(path) < 4
    ):
        at = reading.tokens[at.head]
        path.append(at.index)
        if at.upos == "VERB" and at.dep != "xcomp":
            break
    return path


def where_of(analysis: Analysis, reading: Reading, draft: Draft) -> Where | None:
    """The place that is told of an event, in the report's words, with the resolved place."""
    chunks = draft.arguments("where", 0.45) or tuple(place_below(analysis, reading, draft))
    for chunk in chunks:
        span = reading.span(chunk.first, chunk.last)
        for place in analysis.places:
            mention = next((m for m in place.mentions if m.overlap(span)), None)
            if mention is not None:
                return Where(_on_one_line(mention, analysis), place.id)
    for chunk in chunks:
        return Where(_on_one_line(reading.span(chunk.first, chunk.last), analysis))
    return None


def _on_one_line(span: Span, analysis: Analysis) -> str:
    return " ".join(span.of(analysis.document.text).split())


def place_below(analysis: Analysis, reading: Reading, draft: Draft) -> Iterable[Chunk]:
    """The places that hang by a preposition of place on the trigger or on the verbs above it in the clause."""
    for index in _path(reading, draft.head):
        for token in reading.children(index, "obl", "nmod"):
            held = graph.case_of(reading, token.index) in LOCATIVE
            if held and any(m.overlap(token.span) for p in analysis.places for m in p.mentions):
                yield Chunk(token.index, token.index + 1, "where")


def trigger_of(reading: Reading, draft: Draft) -> Span:
    """The trigger's words, cut to its head where they are too long for one."""
    span = reading.span(draft.first, draft.last)
    if span.end - span.start <= MAX_TRIGGER:
        return span
    head = reading.tokens[draft.head].span
    return Span(head.start, min(head.end, head.start + MAX_TRIGGER))


def evidence_of(analysis: Analysis, reading: Reading, draft: Draft) -> tuple[Span, ...]:
    """The words from the first to the last that the event rests on, within the trigger's sentence; in parts where the
    report is cut by a line that was dropped."""
    sentence = reading.sentences[reading.tokens[draft.head].sentence]
    used = {draft.first, draft.last - 1}
    for role in ("actor", "recipient", "when", "where", "source"):
        for chunk in draft.arguments(role):
            # A name is shown with its phrase ("a French official"), so that the words don't break off.
            ends = {chunk.first, chunk.last - 1, _phrase_end(reading, chunk.last - 1)}
            used |= {i for i in ends if sentence.first <= i < sentence.last}
    return parts(analysis, reading, min(used), max(used) + 1)


def _phrase_end(reading: Reading, index: int) -> int:
    """The last word of the nominal that a word names or modifies."""
    token = reading.tokens[index]
    modifies = token.dep.split(":")[0] in {"amod", "compound"} or token.dep in {"nmod:poss", "nmod:desc"}
    return graph.phrase(reading, token.head if modifies else index)[1] - 1


def parts(analysis: Analysis, reading: Reading, first: int, last: int) -> tuple[Span, ...]:
    """Tokens `[first, last)` as spans that cross no dropped line."""
    spans: list[Span] = []
    for token in reading.tokens[first:last]:
        cut = not spans or any(d.span.start >= spans[-1].end and d.span.end <= token.start for d in analysis.document.dropped)
        if cut:
            spans.append(token.span)
        else:
            spans[-1] = Span(spans[-1].start, token.end)
    return tuple(spans)
