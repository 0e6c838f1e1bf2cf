"""Who disputes an event: whoever denies its act, or the claim that tells of it (`denied_by`).

Also whether an event is long past or only imagined (`auxiliary`), which no status tells.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import cache

from communique.coding import graph
from communique.coding.codebook import read_table
from communique.coding.speakers import ActorIndex
from communique.coding.status import status_of
from communique.types.events import Event
from communique.types.reading import Reading, Token
from communique.types.text import Interval

# An event that ended so long before its report is told as history. PLOVER gives no figure; a quarter of a year is ours.
HISTORY = timedelta(days=91)
_IMAGINED = frozenset({"if", "unless", "would", "could", "might", "in case", "were", "may"})
_ACCUSES = frozenset({"ACCUSE"})


@dataclass(frozen=True, slots=True)
class Disputing:
    """The words that dispute: verbs over a clause or an act, verbs over a claim, and what claims are called."""

    clause: frozenset[str]
    back: frozenset[str]
    claims: frozenset[str]


@cache
def load_disputing() -> Disputing:
    """The words, read once."""
    table: Mapping[str, Mapping[str, Sequence[str]]] = read_table("disputes.yaml")
    return Disputing(frozenset(table["clause"]["words"]), frozenset(table["back"]["words"]), frozenset(table["claims"]))


def with_disputes(index: ActorIndex, events: Sequence[Event]) -> tuple[Event, ...]:
    """The events with those who dispute them: what somebody denies to have happened is denied by them; of an accusation or a
    claim that is denied, the act that it tells."""
    disputed: dict[str, list[str]] = {}
    told: set[str] = set()
    for token in index.reading.tokens:
        words = load_disputing()
        lemma = token.lemma.lower()
        if token.upos != "VERB" or lemma not in words.clause | words.back:
            continue
        who = tuple(a.id for s in graph.logical_subjects(index.reading, token.index) for a in index.of_phrase(s))
        claim = _is_of_claim(index.reading, token)
        denied = _told_before if claim else _denied_act
        event = denied(index.reading, token, who, events) if claim or lemma in words.clause else None
        if who and event is not None:
            disputed.setdefault(event.id, []).extend(who)
            told |= set() if claim else {event.id}
    return tuple(_disputed(e, tuple(dict.fromkeys(disputed[e.id])), e.id in told) if e.id in disputed else e for e in events)


def _disputed(event: Event, who: tuple[str, ...], alone: bool) -> Event:
    """An event that only its denial tells of is denied; one that is told elsewhere stays as it was told."""
    status = (
        "denied"
        if alone and event.status in ("happened", "ongoing", "uncertain") and len(event.tellings) == 0
        else event.status
    )
    return replace(event, denied_by=who, status=status)


def _denied_act(reading: Reading, verb: Token, _: tuple[str, ...], events: Sequence[Event]) -> Event | None:
    """The event told in the clause, gerund or noun that a verb denies."""
    below = reading.children(verb.index, "ccomp", "xcomp", "obj", "advcl")
    inside = {i for child in below for i in reading.subtree(child.index)}
    heads = dict(_triggers(reading, events))
    found = [i for i in sorted(inside) if i in heads and i > verb.index]
    return heads[found[0]] if found else None


def _triggers(reading: Reading, events: Sequence[Event]) -> Iterator[tuple[int, Event]]:
    for event in events:
        for span in (event.trigger, *(t.trigger for t in event.tellings)):
            token = next(iter(reading.between(span)), None)
            if token is not None:
                yield token.index, event


def _is_of_claim(reading: Reading, verb: Token) -> bool:
    words = load_disputing()
    objects = reading.children(verb.index, "obj", "nsubj:pass")
    return verb.lemma.lower() in words.back and any(t.lemma.lower() in words.claims for t in objects)


def _told_before(reading: Reading, verb: Token, who: tuple[str, ...], events: Sequence[Event]) -> Event | None:
    """The last act told before a verb, in its sentence or the one before, that is the denier's or claimed by another; not the
    accusation itself, which was made."""
    found = None
    for index, event in sorted(_triggers(reading, events), key=lambda pair: pair[0]):
        near = index < verb.index and verb.sentence - reading.tokens[index].sentence <= 1
        claimed = bool(set(event.attributed_to) - set(who))
        if near and event.plover not in _ACCUSES and (set(event.actor) & set(who) or claimed):
            found = event
    return found


def with_auxiliary(reading: Reading, events: Sequence[Event], published: Interval | None) -> tuple[Event, ...]:
    """The events with the auxiliary modes of PLOVER that no status tells: `historical` where its own time ended long before the
    report came out, `hypothetical` where it is only imagined."""
    return tuple(replace(e, auxiliary=tuple(_auxiliary(reading, e, published))) for e in events)


def _auxiliary(reading: Reading, event: Event, published: Interval | None) -> Iterator[str]:
    when = event.when.interval if event.when is not None else None
    if when is not None and published is not None and when.end + HISTORY <= published.start:
        yield "historical"
    token = next(iter(reading.between(event.trigger)), None)
    if event.status == "uncertain" and token is not None:
        reason = status_of(reading, token.index)[1].lower()
        if any(f"'{word}'" in reason for word in _IMAGINED):
            yield "hypothetical"
