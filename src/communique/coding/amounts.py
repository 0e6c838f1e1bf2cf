"""How many and how much: the numbers that belong to events, with their words.

A number is tied to an event by what it counts ("killing at least ten", "12 dead", "2,000 soldiers", "$1.5 billion") and goes to
the nearest event of its sentence that such a number can belong to.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from communique.coding import graph
from communique.coding.numbers import Number, amounts_table, numbers
from communique.types.events import Amount, Event
from communique.types.reading import Reading, Sentence, Token

_YEARS = range(1000, 2101)


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of count: the words that tell it and the types of events that it belongs to, the likeliest first."""

    name: str
    verbs: frozenset[str]
    dying: frozenset[str]
    nouns: frozenset[str]
    counted: frozenset[str]
    heads: frozenset[str]
    tolls: frozenset[str]
    types: tuple[str, ...]


@cache
def kinds() -> tuple[Kind, ...]:
    """The kinds, in the order in which they are tried."""
    return tuple(_kind(row) for row in amounts_table()["kinds"])


def _kind(row: dict[str, Any]) -> Kind:
    words = {name: frozenset(row.get(name, ())) for name in ("verbs", "dying", "nouns", "counted", "heads", "tolls")}
    return Kind(row["kind"], **words, types=tuple(row["types"]))


def with_amounts(reading: Reading, events: Sequence[Event]) -> tuple[Event, ...]:
    """The events with the numbers of the sentences that tell them."""
    found: dict[str, list[Amount]] = {}
    for sentence in reading.sentences:
        told = [(e, head) for e in events for head in _heads(reading, e, sentence)]
        if told:
            for number in numbers(reading, sentence):
                for kind in _kinds_of(reading, number):
                    event = _nearest(told, kind, number)
                    if event is not None:
                        found.setdefault(event.id, []).append(_amount(reading, kind, number))
                        break
    return tuple(replace(e, amounts=_distinct(found[e.id])) if e.id in found else e for e in events)


def _heads(reading: Reading, event: Event, sentence: Sentence) -> Iterator[int]:
    """The triggers of an event's tellings that stand in a sentence."""
    for span in (event.trigger, *(t.trigger for t in event.tellings)):
        token = next(iter(reading.between(span)), None)
        if token is not None and token.sentence == sentence.index:
            yield token.index


def _nearest(told: Iterable[tuple[Event, int]], kind: Kind, number: Number) -> Event | None:
    fits = [(kind.types.index(e.plover), abs(head - number.head), e) for e, head in told if e.plover in kind.types]
    return min(fits, key=lambda f: f[:2])[2] if fits else None


def _kinds_of(reading: Reading, number: Number) -> Iterator[Kind]:
    """The kinds that a number may be of, the surest first."""
    if number.unit:
        yield from (k for k in kinds() if k.name == "money")
        return
    token = reading.tokens[number.head]
    if _is_date(token, number):
        return
    counted = _counted(reading, number)
    words = {counted.lemma.lower(), counted.text.lower()}
    for kind in kinds():
        if kind.heads and not any(
            reading.tokens[i].lemma.lower() in kind.heads for i in graph.ancestors(reading, counted.index)
        ):
            continue
        if _is_done(reading, counted, kind) or words & kind.counted:
            yield kind


def _is_date(token: Token, number: Number) -> bool:
    year = token.text.isdigit() and len(token.text) == 4 and number.high is not None and int(number.high) in _YEARS
    return (year and token.dep != "nummod") or token.xpos == "JJ" or token.text.endswith(("st", "nd", "rd", "th", "%"))


def _counted(reading: Reading, number: Number) -> Token:
    """The noun that is counted: what the numeral modifies, or stands behind its "of"; else the numeral itself."""
    token = reading.tokens[number.head]
    while token.head != token.index and (graph.base(token) in {"nummod", "compound", "det"} or _is_second(reading, token)):
        token = reading.tokens[token.head]
    behind = (t for t in reading.children(token.index, "nmod") if graph.case_of(reading, t.index) == "of")
    if number.first <= token.index < number.last:
        return next((t for t in behind if t.index >= number.last), token)
    return token


def _is_second(reading: Reading, token: Token) -> bool:
    """Whether a numeral is the second of a range: "between 20 and 30"."""
    return token.dep == "conj" and token.upos == reading.tokens[token.head].upos == "NUM"


def _is_done(reading: Reading, counted: Token, kind: Kind) -> bool:
    """Whether a verb or noun of the kind governs the counted: as what is done to, as who dies, as its "of"."""
    place = counted
    while graph.base(place) == "nmod" and graph.case_of(reading, place.index) == "of" and place.head != place.index:
        above = reading.tokens[place.head]
        if above.lemma.lower() in kind.nouns:
            return True
        place = above
    if any(t.lemma.lower() in kind.verbs for t in reading.children(counted.index, "acl", "amod") if t.xpos == "VBN"):
        return True
    for token in dict.fromkeys((counted, place)):
        above, relation = reading.tokens[token.head], token.dep
        lemma = above.lemma.lower()
        passive = relation == "nsubj:pass" or (relation == "nsubj" and graph.is_passive(reading, above.index))
        if lemma in kind.verbs and (graph.base(token) == "obj" or passive):
            return True
        if lemma in kind.dying and relation == "nsubj":
            return True
        if graph.base(token) == "obl" and any(t.lemma.lower() in kind.tolls for t in reading.children(above.index, "nsubj")):
            return True
        state = {t.lemma.lower() for t in (above, *reading.children(token.index, "amod", "xcomp"))}
        state |= {t.lemma.lower() for t in reading.children(above.index, "xcomp")} if graph.base(token) == "obj" else set()
        if state & kind.counted and graph.base(token) in {"obj", "nsubj", "nummod", "xcomp"}:
            return True
    return False


def _amount(reading: Reading, kind: Kind, number: Number) -> Amount:
    unit = number.unit or ("year" if "year" in kind.counted else None)
    return Amount(kind.name, reading.span(number.first, number.last), _whole(number.low), _whole(number.high), unit)


def _whole(value: float | None) -> float | None:
    """The value without a fraction where it has none, so that ten people are not shown as 10.0."""
    return int(value) if value is not None and value == int(value) else value


def _distinct(found: list[Amount]) -> tuple[Amount, ...]:
    """Each number once, in the report's order."""
    return tuple(sorted({a.span: a for a in found}.values(), key=lambda a: a.span))
