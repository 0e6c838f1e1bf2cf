"""What events are about: the 37 contexts of PLOVER, from the words that tell of them, their type and who is involved."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from communique.coding import graph
from communique.coding.codebook import read_table
from communique.types.entities import Actor
from communique.types.events import Event
from communique.types.reading import Reading, Token

LEAST, MOST = 0.6, 3
# What speaks for a context: a word in the event's clause, and each further one; a word elsewhere in its sentence, or in much of
# the report (a share of its sentences); its type or mode; the sector of who is involved; that states deal with each other.
TELLING, FURTHER, BESIDE, OFTEN, TYPE, SECTOR, STATES = 1.0, 0.3, 0.5, 0.6, 0.6, 0.5, 0.7
OFTEN_SHARE = 0.3
_STATELY = frozenset({"state", "government"})
_DEALINGS = frozenset({"CONSULT", "AGREE", "SUPPORT", "ACCUSE", "REQUEST", "REJECT", "THREATEN", "COOPERATE", "SANCTION"})
_LONGEST = 3


@dataclass(frozen=True, slots=True)
class Shown:
    """What shows each context: contexts by word (lemmas, a phrase as one), by type or mode, by sector."""

    words: Mapping[str, tuple[str, ...]]
    kinds: Mapping[str, tuple[str, ...]]
    sectors: Mapping[str, tuple[str, ...]]


@cache
def load_contexts() -> Shown:
    """The table of contexts, read once."""
    table: Mapping[str, Mapping[str, Any]] = read_table("contexts.yaml")
    return Shown(_turned(table, "words"), _turned(table, "types", "modes"), _turned(table, "sectors"))


def _turned(table: Mapping[str, Mapping[str, Any]], *columns: str) -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for context, row in table.items():
        for word in (w for column in columns for w in row.get(column, ())):
            found.setdefault(word, []).append(context)
    return {word: tuple(contexts) for word, contexts in found.items()}


def shown_by(words: Iterable[str]) -> tuple[str, ...]:
    """The contexts that a sequence of lemmas shows, in the order in which they come up."""
    return tuple(_counts(words))


def _counts(words: Iterable[str]) -> Counter[str]:
    """How many different words and phrases show each context."""
    lemmas, known = [w.lower() for w in words], load_contexts().words
    grams = dict.fromkeys(" ".join(lemmas[i : i + n]) for i in range(len(lemmas)) for n in range(_LONGEST, 0, -1))
    return Counter(c for gram in grams for c in known.get(gram, ()))


def with_contexts(reading: Reading, actors: Sequence[Actor], events: Sequence[Event]) -> tuple[Event, ...]:
    """The events with their contexts, the likeliest first, `MOST` at most."""
    by_sentence = [shown_by(_forms(reading.words(s))) for s in reading.sentences]
    often = Counter(c for contexts in by_sentence for c in contexts)
    least = max(2.0, OFTEN_SHARE * len(by_sentence))
    topics = {c for c, count in often.items() if count >= least}
    known = {a.id: a for a in actors}
    return tuple(replace(e, contexts=_contexts(reading, known, e, by_sentence, topics)) for e in events)


def _forms(tokens: Iterable[Token]) -> list[str]:
    return [t.lemma for t in tokens]


def _contexts(
    reading: Reading, actors: Mapping[str, Actor], event: Event, by_sentence: Sequence[tuple[str, ...]], topics: set[str]
) -> tuple[str, ...]:
    table, score = load_contexts(), dict[str, float]()
    told = (next(iter(reading.between(span)), None) for span in (event.trigger, *(t.trigger for t in event.tellings)))
    heads = [token.index for token in told if token is not None]
    clause = sorted({i for head in heads for i in _clause(reading, head)})
    for context, count in _counts(_forms(reading.tokens[i] for i in clause)).items():
        _add(score, [context], TELLING + FURTHER * (count - 1))
    _add(score, {c for h in heads for c in by_sentence[reading.tokens[h].sentence]} - set(score), BESIDE)
    _add(score, topics, OFTEN)
    for kind in {event.plover, event.mode or ""}:
        _add(score, table.kinds.get(kind, ()), TYPE)
    sides = [actors[i] for i in (*event.actor, *event.recipient) if i in actors]
    sectors = {s for a in sides for s in a.sectors}
    _add(score, {c for s in sectors for c in table.sectors.get(s, ())}, SECTOR)
    if event.plover in _DEALINGS and len({a.country for a in sides if _is_stately(a)}) > 1:
        _add(score, ["diplomatic"], STATES)
    ranked = sorted((c for c in score if score[c] >= LEAST), key=lambda c: -score[c])
    return tuple(ranked[:MOST])


def _clause(reading: Reading, head: int) -> Iterable[int]:
    """The tokens of the clause that a trigger stands in, of the clauses it governs and of its own."""
    top = graph.clause_head(reading, head)
    return reading.subtree(top)


def _add(score: dict[str, float], contexts: Iterable[str], weight: float) -> None:
    for context in contexts:
        score[context] = score.get(context, 0.0) + weight


def _is_stately(actor: Actor) -> bool:
    """Whether an actor deals for a state, or for states together."""
    return (
        actor.kind in _STATELY
        or actor.kind == "bloc"
        or (actor.kind == "person" and "GOV" in actor.sectors)
        or (actor.kind == "organization" and "IGO" in actor.sectors)
    )
