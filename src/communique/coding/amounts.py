"""How many and how much: the numbers that belong to events, with their words.

A number is tied to an event by what it counts ("killing at least ten", "12 dead", "2,000 soldiers", "$1.5 billion") and goes to
the nearest event of its sentence that such a number can belong to; how many were killed, injured or driven out may be told in
the sentence behind it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from communique.coding import graph
from communique.coding.counts import TERM, Kind, counted_by, is_increment, is_toll, kinds_of
from communique.coding.numbers import Number, amounts_table, numbers
from communique.types.events import Amount, Event
from communique.types.reading import Reading, Sentence

_REAL = frozenset({"happened", "ongoing"})

Told = Sequence[tuple[Event, int]]


def with_amounts(reading: Reading, events: Sequence[Event]) -> tuple[Event, ...]:
    """The events with the numbers of the sentences that tell them."""
    found: dict[str, list[Amount]] = {}
    triggers: dict[int, list[tuple[Event, int]]] = {}
    for told_of in events:
        for head in _heads(reading, told_of):
            triggers.setdefault(reading.tokens[head].sentence, []).append((told_of, head))
    before: Told = ()
    passage = None
    for sentence in reading.sentences:
        told = triggers.get(sentence.index, [])
        carried = before if sentence.passage == passage and not _is_of_another_time(reading, sentence) else ()
        counted = [(n, kinds_of(reading, n)) for n in numbers(reading, sentence)] if told or carried else []
        whole = {k.name for n, fit in counted for k in fit if is_toll(reading, n, k)}
        for number, fit in counted:
            for kind in fit:
                if kind.name in whole and is_increment(reading, number):
                    break  # "two more bodies, bringing the number of dead to nine": the two are among the nine
                toll = is_toll(reading, number, kind)
                event = _nearest(reading, told, kind, number) or _carried(carried, kind, toll)
                if event is not None:
                    found.setdefault(event.id, []).append(_amount(reading, kind, number))
                    break
        before, passage = told, sentence.passage
    return tuple(replace(e, amounts=_distinct(reading, found[e.id])) if e.id in found else e for e in events)


def _heads(reading: Reading, event: Event) -> Iterator[int]:
    """The first tokens of the triggers of an event's tellings."""
    for span in (event.trigger, *(t.trigger for t in event.tellings)):
        token = next(iter(reading.between(span)), None)
        if token is not None:
            yield token.index


def _nearest(reading: Reading, told: Told, kind: Kind, number: Number) -> Event | None:
    """The event of a sentence that a number belongs to: of the likeliest type; of others only one told in the same clause.
    Money stays in its own of coordinated clauses ("Peru gave ... and Chile lent ...")."""
    place, clause = _island(reading, number.head), _clause(reading, number.head)
    fits = [
        (_clause(reading, head) != clause, kind.types.index(e.plover), abs(head - number.head), e)
        for e, head in told
        if e.plover in kind.types and ((e.plover == kind.types[0] and not kind.heads) or _island(reading, head) == place)
    ]
    if number.unit:
        fits = [f for f in fits if not f[0]]
    return min(fits, key=lambda f: f[:3])[3] if fits else None


def _clause(reading: Reading, index: int) -> int:
    """The verb of the coordinated clause with a subject of its own that a word stands in, or the head of its sentence."""
    for i in graph.ancestors(reading, index):
        token = reading.tokens[i]
        if graph.base(token) in {"conj", "parataxis"} and any(graph.base(t) == "nsubj" for t in reading.children(i)):
            break
    return i


def _island(reading: Reading, index: int) -> int | None:
    """The clause behind a noun ("the operation that killed two") that a word stands in; none outside such clauses."""
    return next((i for i in graph.ancestors(reading, index) if graph.base(reading.tokens[i]) == "acl"), None)


def _is_of_another_time(reading: Reading, sentence: Sentence) -> bool:
    """Whether a sentence tells of another time than the one before it: "two years ago", "in 2004"."""
    words = [t.text.lower() for t in reading.words(sentence)]
    return any(w in amounts_table()["elsewhen"] or (len(w) == 4 and w.isdigit()) for w in words)


def _carried(told: Told, kind: Kind, toll: bool) -> Event | None:
    """The event of the sentence before that a number of a kind such as killed, or any toll, belongs to: the last that it
    fits."""
    fits = [(head, e) for e, head in told if (kind.carried or toll) and e.plover == kind.types[0] and e.status in _REAL]
    return max(fits, key=lambda f: f[0])[1] if fits else None


def _amount(reading: Reading, kind: Kind, number: Number) -> Amount:
    term = counted_by(reading, number).lemma.lower() if kind.counted & TERM else None
    unit = number.unit or (term if term in TERM else None)
    return Amount(kind.name, reading.span(number.first, number.last), _whole(number.low), _whole(number.high), unit)


def _whole(value: float | None) -> float | None:
    """The value without a fraction where it has none, so that ten people are not shown as 10.0."""
    return int(value) if value is not None and value == int(value) else value


def _distinct(reading: Reading, found: list[Amount]) -> tuple[Amount, ...]:
    """Each number once, in the report's order: what another sentence tells again (headline and text) is the same number."""
    kept: list[Amount] = []
    for amount in sorted({a.span: a for a in found}.values(), key=lambda a: a.span):
        told = (a for a in kept if (a.kind, a.low, a.high, a.unit) == (amount.kind, amount.low, amount.high, amount.unit))
        if all(_sentence(reading, a) == _sentence(reading, amount) for a in told):
            kept.append(amount)
    return tuple(kept)


def _sentence(reading: Reading, amount: Amount) -> int:
    return next(reading.between(amount.span)).sentence
