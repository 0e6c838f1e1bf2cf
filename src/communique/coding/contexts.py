"""What events are about: the 37 contexts of PLOVER, from the words that tell of them, their type and who is involved."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from communique.coding import graph
from communique.coding.codebook import read_table
from communique.types.entities import Actor
from communique.types.events import Event
from communique.types.reading import Reading, Token
from communique.types.text import Span

MOST = 3
# A context is given where it has `LEAST`, and at least `NEAR` of what the likeliest has.
LEAST, NEAR = 0.5, 0.5
# What speaks for a context: a word in the event's clause, and each further one (hints less); a word elsewhere in its sentence;
# how much of the report it takes up, most at `OFTEN_SHARE`; its type or mode; the sector of who is involved; that states deal
# with each other, or fight. Chosen on half of the labelled events and checked on the other half, both ways; F1 changes little
# around them.
TELLING, FURTHER, BESIDE, OFTEN, TYPE, SECTOR, STATES = 1.0, 0.3, 0.5, 1.2, 0.7, 0.3, 0.7
HINT, OFTEN_SHARE = 0.4, 0.6
_STATELY = frozenset({"state", "government"})
_DEALINGS = frozenset({"CONSULT", "AGREE", "SUPPORT", "ACCUSE", "REQUEST", "REJECT", "THREATEN", "COOPERATE", "SANCTION"})
_LONGEST = 4

Strengths = dict[str, float]


@dataclass(frozen=True, slots=True)
class Shown:
    """What shows each context: contexts by word (lemmas, a phrase as one) with their strength, by type or mode, by sector."""

    words: Mapping[str, tuple[tuple[str, float], ...]]
    kinds: Mapping[str, tuple[str, ...]]
    sectors: Mapping[str, tuple[str, ...]]


@cache
def load_contexts() -> Shown:
    """The table of contexts, read once."""
    table: Mapping[str, Mapping[str, Any]] = read_table("contexts.yaml")
    words: dict[str, Strengths] = {}
    for column, strength in (("hints", HINT), ("words", 1.0)):
        for word, contexts in _turned(table, column).items():
            words.setdefault(word, {}).update(dict.fromkeys(contexts, strength))
    return Shown({w: tuple(s.items()) for w, s in words.items()}, _turned(table, "types", "modes"), _turned(table, "sectors"))


def _turned(table: Mapping[str, Mapping[str, Any]], *columns: str) -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for context, row in table.items():
        for word in (w for column in columns for w in row.get(column, ())):
            found.setdefault(word, []).append(context)
    return {word: tuple(contexts) for word, contexts in found.items()}


def shown_by(lemmas: Iterable[str], words: Iterable[str] = ()) -> Strengths:
    """How strongly a sequence of lemmas shows each context: the strength of the first of its words, and less for each further
    one. Of phrases that begin at a word the longest counts, and no part of it; what is said again counts once. `words`, one for
    each lemma, are the forms in the text: a phrase may be known by either."""
    rows, known = [[w.lower() for w in row] for row in (lemmas, words) if row], load_contexts().words
    found: dict[str, list[float]] = {}
    at, seen = 0, set[str]()
    while at < len(rows[0] if rows else ()):
        sizes = range(min(_LONGEST, len(rows[0]) - at), 0, -1)
        grams = (" ".join(row[at : at + n]) for n in sizes for row in rows)
        gram = next((g for g in grams if g in known), "")
        for context, strength in known.get(gram, ()) if gram not in seen else ():
            found.setdefault(context, []).append(strength)
        seen.add(gram)
        at += gram.count(" ") + 1
    return {c: max(s) * TELLING + FURTHER * (sum(s) - max(s)) for c, s in found.items()}


def with_contexts(reading: Reading, actors: Sequence[Actor], events: Sequence[Event]) -> tuple[Event, ...]:
    """The events with their contexts, the likeliest first, `MOST` at most."""
    by_sentence = [_shown_in(reading.words(s)) for s in reading.sentences]
    topics = _topics(by_sentence)
    known = {a.id: a for a in actors}
    return tuple(replace(e, contexts=_contexts(reading, known, e, by_sentence, topics)) for e in events)


def _topics(by_sentence: Sequence[Strengths]) -> Strengths:
    """What much of a report is about, by how much of it that is."""
    found: Strengths = {}
    for strengths in by_sentence if len(by_sentence) > 1 else ():
        _add(found, {c: min(s, 1.0) / len(by_sentence) for c, s in strengths.items()})
    return {c: OFTEN * min(share / OFTEN_SHARE, 1.0) for c, share in found.items()}


def _shown_in(tokens: Sequence[Token]) -> Strengths:
    return shown_by([t.lemma for t in tokens], [t.text for t in tokens])


def _contexts(
    reading: Reading, actors: Mapping[str, Actor], event: Event, by_sentence: Sequence[Strengths], topics: Strengths
) -> tuple[str, ...]:
    score = _strengths(reading, actors, event, by_sentence, topics)
    least = max(LEAST, NEAR * max(score.values(), default=0.0))
    return tuple(sorted((c for c in score if score[c] >= least), key=lambda c: -score[c])[:MOST])


def _strengths(
    reading: Reading, actors: Mapping[str, Actor], event: Event, by_sentence: Sequence[Strengths], topics: Strengths
) -> Strengths:
    table = load_contexts()
    told = (_head(reading, span) for span in (event.trigger, *(t.trigger for t in event.tellings)))
    heads = [head for head in told if head is not None]
    clause = sorted({i for head in heads for i in _clause(reading, head)})
    score = _shown_in([reading.tokens[i] for i in clause])
    beside = [by_sentence[reading.tokens[h].sentence] for h in heads]
    for context in {c for strengths in beside for c in strengths}:
        whole = max(strengths.get(context, 0.0) for strengths in beside)
        score[context] = max(score.get(context, 0.0), BESIDE * whole)
    _add(score, topics)
    kinds = (c for kind in (event.plover, event.mode or "") for c in table.kinds.get(kind, ()))
    _add(score, dict.fromkeys(kinds, TYPE))
    sides = [actors[i] for i in (*event.actor, *event.recipient) if i in actors]
    sectors = {s for a in sides for s in a.sectors}
    _add(score, dict.fromkeys((c for s in sectors for c in table.sectors.get(s, ())), SECTOR))
    if event.plover in _DEALINGS and len({a.country for a in sides if _is_stately(a)}) > 1:
        _add(score, {"diplomatic": STATES})
    if event.plover == "ASSAULT" and any(i in actors and actors[i].kind == "state" for i in event.actor):
        _add(score, {"military": STATES})
    return score


def _head(reading: Reading, span: Span) -> int | None:
    """The word of a trigger that governs the others."""
    tokens = tuple(reading.between(span))
    inside = {t.index for t in tokens}
    return next((t.index for t in tokens if t.head not in inside or t.head == t.index), None)


def _clause(reading: Reading, head: int) -> Iterable[int]:
    """The tokens of the clause that a trigger stands in, of the clauses it governs and of its own."""
    top = graph.clause_head(reading, head)
    return reading.subtree(top)


def _add(score: Strengths, more: Mapping[str, float]) -> None:
    for context, weight in more.items():
        score[context] = score.get(context, 0.0) + weight


def _is_stately(actor: Actor) -> bool:
    """Whether an actor deals for a state, or for states together."""
    return (
        actor.kind in _STATELY
        or actor.kind == "bloc"
        or (actor.kind == "person" and "GOV" in actor.sectors)
        or (actor.kind == "organization" and "IGO" in actor.sectors)
    )
