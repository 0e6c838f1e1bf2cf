"""What happened and what was said: events, statements, facts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from communique.types.text import Interval, Span

Status = Literal["happened", "ongoing", "planned", "uncertain", "denied"]
StatementKind = Literal["quote", "indirect", "mixed"]


@dataclass(frozen=True, slots=True)
class Telling:
    """A place in the report that tells of an event: the trigger (at most 40 characters) and the words around it."""

    trigger: Span
    evidence: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class When:
    """The time of an event: days, precision, and the id of the time expression if one tells it."""

    interval: Interval | None
    precision: str
    time: str | None = None


@dataclass(frozen=True, slots=True)
class Where:
    """The place of an event: the report's words, and the id of the resolved place if there is one."""

    name: str
    place: str | None = None


@dataclass(frozen=True, slots=True)
class Amount:
    """A number that belongs to an event: how many were killed, detained, how much money, with its words."""

    kind: str
    span: Span
    low: float | None = None
    high: float | None = None
    unit: str | None = None


@dataclass(frozen=True, slots=True)
class Event:
    """A political act of one of the sixteen PLOVER types. `actor`, `recipient`, `attributed_to` and `denied_by` hold
    actor ids; `confidence` lies between 0 and 1; `coded_by` names component and version."""

    id: str
    plover: str
    trigger: Span
    evidence: tuple[Span, ...]
    status: Status
    actor: tuple[str, ...] = ()
    recipient: tuple[str, ...] = ()
    mode: str | None = None
    contexts: tuple[str, ...] = ()
    cameo: str | None = None
    goldstein: float | None = None
    quad: int | None = None
    when: When | None = None
    where: Where | None = None
    attributed_to: tuple[str, ...] = ()
    denied_by: tuple[str, ...] = ()
    statement: str | None = None
    topics: tuple[str, ...] = ()
    tellings: tuple[Telling, ...] = ()
    auxiliary: tuple[str, ...] = ()
    amounts: tuple[Amount, ...] = ()
    confidence: float = 0.5
    coded_by: str = ""


@dataclass(frozen=True, slots=True)
class Coding:
    """An act of a type of the user's own codebook, `codebook` its name and version. `by` says what it was matched by and `why`
    which pattern, or which example is nearest; `score` lies between 0 and 1; `event` is the event of the same words."""

    id: str
    codebook: str
    type: str
    trigger: Span
    evidence: tuple[Span, ...]
    status: Status
    by: Literal["pattern", "likeness"]
    score: float
    why: str
    mode: str | None = None
    actor: tuple[str, ...] = ()
    recipient: tuple[str, ...] = ()
    when: When | None = None
    where: Where | None = None
    attributed_to: tuple[str, ...] = ()
    statement: str | None = None
    event: str | None = None


@dataclass(frozen=True, slots=True)
class Statement:
    """Attributed speech. `within` is the id of the statement that it is told in, `events` the events it tells."""

    id: str
    speaker: str | None
    kind: StatementKind
    content: Span
    cue: Span | None = None
    content_spans: tuple[Span, ...] = ()
    addressee: str | None = None
    medium: str | None = None
    when: When | None = None
    events: tuple[str, ...] = ()
    within: str | None = None


@dataclass(frozen=True, slots=True)
class Fact:
    """A relation or role that holds over time. `subject` is an actor id, `object` an actor id or a literal."""

    id: str
    subject: str
    predicate: str
    object: str
    evidence: tuple[Span, ...]
    begin: str | None = None
    end: str | None = None
    attributed_to: tuple[str, ...] = ()
    confidence: float = 0.5
