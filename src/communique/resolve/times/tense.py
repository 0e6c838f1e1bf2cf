"""Whether a clause looks back or ahead: from the verb that governs an expression, else from the words around it."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Literal

from communique.resolve.tables import read_book
from communique.types.reading import Reading, Token
from communique.types.text import Span

Direction = Literal["past", "future"]
_AHEAD = frozenset(["will", "shall", "'ll", "’ll", "would", "may", "might", "could", "should", "must", "wo", "'d"])
_SAYING = frozenset(["say", "tell", "report", "write", "add", "note", "claim", "announce", "state", "mark"])
_REACH = 220
_WORD = re.compile(r"['’]ll\b|[^\W\d_]+(?:['’]t\b)?|,")
_DEADLINE = re.compile(r"\b(?:by|until|till)\s(?:\w+\s)?$", re.IGNORECASE)
_NEAR = 120
_SINCE = re.compile(r"\bsince\b[^.,;:\d]*$", re.IGNORECASE)
_SET_FOR = re.compile(
    r"\b(?:set|sets|fixed|slated|planned|call(?:s|ed)?|due|book(?:s|ed)?|(?:re)?schedul(?:es?|ed)|conven(?:es?|ed)|summon(?:s|ed)"
    r"|postpon(?:es?|ed)|delay(?:s|ed)|adjourn(?:s|ed)|mov(?:es|ed))\b[^.,;:]{0,60}\bfor (?:the )?$",
    re.IGNORECASE,
)
_BETWEEN = r"\b[^.,;:]{0,60}?\b"
_AHEAD_OF = re.compile(r"\b(?:ahead of|run-up to|upcoming|in time for|preparations? for)(?: the| a)?\s$", re.IGNORECASE)
_DEADLINE_DISTANCE = 2.0
_SENTENCE_END = re.compile(r"[.!?][\"”’)]*\s+(?=[A-Z\"“‘(])|\n")
_NO_END = re.compile(
    r"\b(?:[A-Z]|Mrs?|Ms|Dr|St|Gen|Sen|Rep|Gov|Lt|Col|Jan|Feb|Mar|Apr|Aug|Sept?|Oct|Nov|Dec|U\.S|a\.m|p\.m)\.\s+$"
)


@dataclass(frozen=True, slots=True)
class Cues:
    """The words of `data/tense.yaml`, each with its list; `pairs` holds those of two words by their first, `shifted` fits
    what moves or calls for an event and ends right before its day."""

    words: dict[str, str]
    pairs: dict[str, dict[str, str]]
    between: frozenset[str]
    shifted: re.Pattern[str]
    examples: tuple[tuple[str, Direction], ...]
    told: tuple[tuple[str, Direction | None], ...]


@cache
def load_cues() -> Cues:
    """The words that look back or ahead."""
    book = read_book("times", "tense.yaml")
    words: dict[str, str] = {}
    pairs: dict[str, dict[str, str]] = {}
    for name in ("modals", "ahead", "back"):
        for cue in book[name]:
            first, _, second = cue.partition(" ")
            for spelling in (first,) if first == "may" else (first, first.capitalize()):
                if second:
                    pairs.setdefault(spelling, {})[second] = name
                else:
                    words[spelling] = name
    moves, gatherings = ("|".join(book[name]) for name in ("moves", "gatherings"))
    shifted = re.compile(
        rf"\b(?:(?:{moves}){_BETWEEN}(?:to|until|till)|call(?:s|ed|ing)? for (?:[\w-]+ ){{0,4}}?(?:{gatherings}){_BETWEEN}on)"
        r" (?:the )?$",
        re.IGNORECASE,
    )
    examples, told = (tuple((text, direction) for text, direction in book[name]) for name in ("examples", "told"))
    return Cues(words, pairs, frozenset(book["between"]), shifted, examples, told)


def direction_of_words(text: str, span: Span) -> Direction | None:
    """Which way the nearest verb in the expression's sentence points; a comma between counts as four words,
    a deadline ("by", "until") as a verb two words off."""
    start, end = sentence_bounds(text, span)
    best: tuple[float, Direction] | None = None
    before = _WORD.findall(text, start, span.start)
    if _DEADLINE.search(text, max(start, span.start - 24), span.start):
        best = (_DEADLINE_DISTANCE, "future")
    for _, last, found in _find_cues(before):
        gap = before[last:]
        while gap and gap[-1] == ",":
            gap.pop()
        distance = float(len(gap) + 3 * gap.count(","))
        if best is None or distance <= best[0]:
            best = (distance, found)
    after = _WORD.findall(text, span.end, end)
    while after and after[0] == ",":
        del after[0]
    for first, _, found in _find_cues(after):
        distance = first + 3 * after[:first].count(",") + 0.5
        if best is None or distance < best[0]:
            best = (distance, found)
    return best[1] if best else None


def direction_told(text: str, start: int) -> Direction | None:
    """Which way the words right before an expression point, whatever the verb: "since" back, "set for", "ahead of",
    "postponed to" on."""
    before = text[max(0, start - _NEAR) : start]
    if _SINCE.search(before):
        return "past"
    return "future" if _SET_FOR.search(before) or _AHEAD_OF.search(before) or load_cues().shifted.search(before) else None


def _find_cues(words: list[str]) -> Iterator[tuple[int, int, Direction]]:
    """The cues among words: first and last (exclusive) index, and direction."""
    cues = load_cues()
    single, pairs = cues.words, cues.pairs
    position, count = 0, len(words)
    while position < count:
        first, word = position, words[position]
        position += 1
        kind = single.get(word)
        if word in pairs and position < count and words[position] in pairs[word]:
            kind = pairs[word][words[position]]
            position += 1
        if kind == "modals":
            while position < count and words[position] in cues.between:
                position += 1
            position += position < count and words[position] != ","
        if kind == "back" or (kind is None and word[-2:] == "ed" and len(word) > 3 and word.islower()):
            yield first, position, "past"
        elif kind is not None:
            yield first, position, "future"


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
        if not _NO_END.search(text, max(start, stop.end() - 8), stop.end()):
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
