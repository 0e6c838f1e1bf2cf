"""What must hold of a record: spans lie in the text, ids lead somewhere, and every claim has its evidence."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import fields, is_dataclass
from typing import TYPE_CHECKING, Any

from communique.errors import DataError
from communique.types.text import Interval, Span

if TYPE_CHECKING:
    from communique.types.record import Record

MAX_TRIGGER = 40


def check(record: Record) -> None:
    """Raise a DataError that names the first thing in the record that can't be shown in the text or found by its id."""
    length = len(record.document.text)
    for where, value in _parts(record):
        if isinstance(value, Span) and not 0 <= value.start < value.end <= length:
            raise DataError(f"{where} [{value.start}, {value.end}) does not lie in the text, which has {length} characters")
        if isinstance(value, Interval) and value.start >= value.end:
            raise DataError(f"{where} [{value.start}, {value.end}) is not an interval; it should end after it starts")
    for trouble in _troubles(record):
        raise DataError(trouble)


def _parts(record: Record) -> Iterator[tuple[str, Any]]:
    """Every span and interval, with the path to it, found without recursion into strings and numbers."""
    stack: list[tuple[str, Any]] = [(f.name, getattr(record, f.name)) for f in fields(record)]
    while stack:
        where, value = stack.pop()
        if isinstance(value, Span | Interval):
            yield where, value
        elif isinstance(value, tuple):
            stack.extend((f"{where}[{i}]", v) for i, v in enumerate(value))
        elif is_dataclass(value):
            stack.extend((f"{where}.{f.name}", getattr(value, f.name)) for f in fields(value))


def _troubles(record: Record) -> Iterator[str]:
    ids: dict[str, set[str]] = {}
    for kind in ("actors", "places", "times", "events", "statements", "facts", "codings"):
        ids[kind] = set()
        for thing in getattr(record, kind):
            if thing.id in ids[kind]:
                yield f"{kind} has the id {thing.id!r} twice"
            ids[kind].add(thing.id)
    for where, kind, wanted in _references(record):
        for i in wanted:
            if i is not None and i not in ids[kind]:
                yield f"{where} refers to {i!r}, which is not among the {kind}"
    yield from _without_evidence(record)
    for event in record.events:
        for span in (event.trigger, *(t.trigger for t in event.tellings)):
            if span.end - span.start > MAX_TRIGGER:
                yield f"event {event.id}: trigger [{span.start}, {span.end}) is longer than {MAX_TRIGGER} characters"
        if not 0 <= event.confidence <= 1:
            yield f"event {event.id}: confidence {event.confidence} does not lie between 0 and 1"
    for coding in record.codings:
        if not 0 <= coding.score <= 1:
            yield f"coding {coding.id}: score {coding.score} does not lie between 0 and 1"


def _references(record: Record) -> Iterator[tuple[str, str, Iterable[str | None]]]:
    for e in record.events:
        for name in ("actor", "recipient", "attributed_to", "denied_by"):
            yield f"event {e.id}: {name}", "actors", getattr(e, name)
        yield f"event {e.id}: statement", "statements", (e.statement,)
        yield f"event {e.id}: when", "times", (e.when.time if e.when else None,)
        yield f"event {e.id}: where", "places", (e.where.place if e.where else None,)
    for c in record.codings:
        for name in ("actor", "recipient", "attributed_to"):
            yield f"coding {c.id}: {name}", "actors", getattr(c, name)
        yield f"coding {c.id}: statement", "statements", (c.statement,)
        yield f"coding {c.id}: when", "times", (c.when.time if c.when else None,)
        yield f"coding {c.id}: where", "places", (c.where.place if c.where else None,)
        yield f"coding {c.id}: event", "events", (c.event,)
    for s in record.statements:
        for name in ("speaker", "addressee", "medium"):
            yield f"statement {s.id}: {name}", "actors", (getattr(s, name),)
        yield f"statement {s.id}: within", "statements", (s.within,)
        yield f"statement {s.id}: events", "events", s.events
        yield f"statement {s.id}: when", "times", (s.when.time if s.when else None,)
    for f in record.facts:
        yield f"fact {f.id}: subject", "actors", (f.subject,)
        yield f"fact {f.id}: attributed_to", "actors", f.attributed_to
    if record.explain is not None:
        yield "explain", "events", (reason.event for reason in record.explain.events)


def _without_evidence(record: Record) -> Iterator[str]:
    for event in record.events:
        if not event.evidence or any(not t.evidence for t in event.tellings):
            yield f"event {event.id} has no evidence"
    for coding in record.codings:
        if not coding.evidence:
            yield f"coding {coding.id} has no evidence"
    for fact in record.facts:
        if not fact.evidence:
            yield f"fact {fact.id} has no evidence"
    for actor in record.actors:
        for role in actor.roles:
            if not role.evidence:
                yield f"actor {actor.id}: role {role.title!r} has no evidence"
