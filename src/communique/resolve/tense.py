"""Whether a clause looks back or ahead: from the verb that governs an expression, else from the words around it."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from typing import Literal

from communique.types.reading import Reading, Token
from communique.types.text import Span

Direction = Literal["past", "future"]
_AHEAD = frozenset(["will", "shall", "'ll", "’ll", "would", "may", "might", "could", "should", "must", "wo", "'d"])
_SAYING = frozenset(["say", "tell", "report", "write", "add", "note", "claim", "announce", "state", "mark"])
_REACH = 220
_CUE = re.compile(
    r"\b(?:(?P<future>(?:will|shall|won['’]t|would|may|might|could|should|must|(?:is|are|was|were) to)"
    r"(?: not| also| now| then| be| have| been)*(?: [a-z]+)?"
    r"|to be [a-z]+|plan(?:s|ned|ning)?|schedul(?:ed|es)|expect(?:s|ed)?|due|slated|set to|going to"
    r"|upcoming|hop(?:es|ing)|intends?|aims?|begins?|starts?|opens?|expires?|until|deadline|ahead of)"
    r"|(?P<past>was|were|had|did|said|told|has|have|been|came|went|met|took|made|held|gave|left|began|became|saw|found|sent|won|lost|rose|fell"
    r"|fought|spoke|shot|struck|broke|brought|led|put|ran|hit|fled|flew|wrote|sold|bought|paid|grew|got|quit|cut|kept|sought|swore|drew|burst"
    r"|drove|threw|chose|sank|rode|stole|taught|caught|thought|felt|stood|lay|spread|shut|swept|rang|after"
    r"|since|following|[a-z]{2,}ed))\b|['’](?P<will>ll)\b",
    re.IGNORECASE,
)
_DEADLINE = re.compile(r"\b(?:by|until|till)\s(?:\w+\s)?$", re.IGNORECASE)
_DEADLINE_DISTANCE = 2.0
_SENTENCE_END = re.compile(r"[.!?][\"”’)]*\s+(?=[A-Z\"“‘(])|\n")
_NO_END = re.compile(
    r"\b(?:[A-Z]|Mrs?|Ms|Dr|St|Gen|Sen|Rep|Gov|Lt|Col|Jan|Feb|Mar|Apr|Aug|Sept?|Oct|Nov|Dec|U\.S|a\.m|p\.m)\.\s+$"
)


def direction_of_words(text: str, span: Span) -> Direction | None:
    """Which way the nearest verb in the expression's sentence points; a comma between counts as four words,
    a deadline ("by", "until") as a verb two words off."""
    start, end = sentence_bounds(text, span)
    deadline = _DEADLINE.search(text, start, span.start)
    best: tuple[float, Direction] | None = (_DEADLINE_DISTANCE, "future") if deadline else None
    for cue in _CUE.finditer(text, start, end):
        if cue.start() < span.end and span.start < cue.end():
            continue
        before = cue.end() <= span.start
        between = text[cue.end() : span.start] if before else text[span.end : cue.start()]
        distance = between.count(" ") + 4 * between.lstrip(", ").count(",") + (0 if before else 0.5)
        found: Direction = "past" if cue["past"] else "future"
        if best is None or distance < best[0]:
            best = (distance, found)
    return best[1] if best else None


def sentence_bounds(text: str, span: Span) -> tuple[int, int]:
    """Where the sentence around a span starts and ends, looking at most a few lines far."""
    start, end = max(0, span.start - _REACH), min(len(text), span.end + _REACH)
    for stop in _SENTENCE_END.finditer(text, start, span.start):
        if not _NO_END.search(text, start, stop.end()):
            start = stop.end()
    for stop in _SENTENCE_END.finditer(text, span.end, end):
        if not _NO_END.search(text, max(0, stop.start() - 8), stop.end()):
            return start, stop.start() + 1
    return start, end


def sentences(text: str) -> Iterator[Span]:
    """The sentences of a passage, by their punctuation."""
    start = 0
    for stop in _SENTENCE_END.finditer(text):
        if not _NO_END.search(text, start, stop.end()):
            yield Span(start, stop.end())
            start = stop.end()
    if start < len(text):
        yield Span(start, len(text))


class Tenses:
    """Directions of clauses, read from a reading's tokens."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        self._starts = [t.start for t in reading.tokens]

    def direction(self, span: Span) -> Direction | None:
        """Which way the verb points that governs the words of a document span; None without such a verb."""
        index = bisect_left(self._starts, span.end) - 1
        tokens = self._reading.tokens
        if index < 0 or tokens[index].end <= span.start:
            return None
        token, seen = tokens[index], 0
        while seen < 30:
            if token.start < span.start or token.start >= span.end:
                verbal = token.upos in ("VERB", "AUX") or self._reading.children(token.index, "cop")
                found = self._verb(token) if verbal else None
                if found is not None:
                    return found
            if token.head == token.index:
                return None
            token, seen = tokens[token.head], seen + 1
        return None

    def _verb(self, verb: Token) -> Direction | None:
        """The direction of one predicate from its auxiliaries and form; None for a bare participle."""
        helpers = self._reading.children(verb.index, "aux", "cop")
        if any(h.text.lower() in _AHEAD or h.lemma in _AHEAD for h in helpers):
            return "future"
        if verb.xpos == "VBD" or any(h.feat("Tense") == "Past" or h.lemma == "have" for h in helpers):
            return "past"
        if verb.feat("VerbForm") == "Inf":
            marked = any(m.text.lower() == "to" for m in self._reading.children(verb.index, "mark", "aux"))
            return "future" if marked else None
        if helpers:
            return "future" if verb.xpos == "VBG" or verb.upos != "VERB" else "past"
        if verb.xpos in ("VBZ", "VBP"):
            return "past" if verb.lemma in _SAYING else "future"
        return None
