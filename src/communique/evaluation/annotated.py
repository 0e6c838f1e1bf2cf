"""What is annotated, whole reports and sentences, in one form: what the counts of errors need to know of either."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Protocol, TypeVar

from communique.evaluation import reports, sentences
from communique.evaluation.tally import Names, norm, same_days, span, triggers
from communique.types.events import Event, Statement
from communique.types.record import Record
from communique.types.text import Span

Gold = Mapping[str, Any]
C = TypeVar("C", Event, Statement)


class Annotated(Protocol):
    """The annotation of one text, held against its record."""

    record: Record
    events: Sequence[Gold]
    statements: Sequence[Gold]

    def types(self, wanted: Gold) -> set[str]:
        """The types that are right."""
        ...

    def place(self, wanted: Gold) -> Span:
        """The words that tell of an event."""
        ...

    def stands(self, wanted: Gold, event: Event) -> bool:
        """Whether an event is told by the words of an annotated one."""
        ...

    def statuses(self, wanted: Gold, event: Event) -> set[str]:
        """The statuses that are right for an event of its type."""
        ...

    def side(self, wanted: Gold, event: Event, side: str) -> tuple[int, int]:
        """How many of a side (`actor`, `recipient`, `attributed_to`) are missing, and how many are too many."""
        ...

    def circumstance(self, wanted: Gold, event: Event, kind: str) -> bool:
        """Whether an annotated time (`when`) or place (`where`) is the event's."""
        ...

    def content(self, wanted: Gold) -> Span:
        """The words of an annotated statement."""
        ...

    def speaks(self, wanted: Gold, statement: Statement) -> bool:
        """Whether a statement's speaker is the annotated one."""
        ...

    def counted(self, given: Sequence[C]) -> list[C]:
        """Those of the unmatched that count as unwanted."""
        ...


class ReportAnnotated:
    """A whole report (`evaluation/reports.py`)."""

    def __init__(self, gold: Gold, record: Record) -> None:
        self.gold, self.record, self.events, self.statements = gold, record, gold["events"], gold["statements"]
        self._names = Names(gold["actors"], record)

    def types(self, wanted: Gold) -> set[str]:
        """The types of all pairs of type and status that are right."""
        return {plover for plover, _ in reports.readings(wanted)}

    def place(self, wanted: Gold) -> Span:
        """The annotated span."""
        return span(wanted)

    def stands(self, wanted: Gold, event: Event) -> bool:
        """Whether a trigger of the event stands, at least half of it, in the annotated span."""
        return reports.stands_in(event, span(wanted))

    def statuses(self, wanted: Gold, event: Event) -> set[str]:
        """The statuses that are right with the event's type."""
        return {status for plover, status in reports.readings(wanted) if plover == event.plover}

    def side(self, wanted: Gold, event: Event, side: str) -> tuple[int, int]:
        """Missing and too many by who they are: an actor under any of its names is one."""
        want, got = reports.sides(wanted, event, self._names, side)
        return len(want - got), len(got - want)

    def circumstance(self, wanted: Gold, event: Event, kind: str) -> bool:
        """A time by the same days, a place by one of its names."""
        if kind == "when":
            return same_days(wanted["when"], event.when.interval if event.when else None)
        return norm(wanted["where"]) in reports.place_names(event, self.record)

    def content(self, wanted: Gold) -> Span:
        """The annotated span."""
        return span(wanted)

    def speaks(self, wanted: Gold, statement: Statement) -> bool:
        """Whether the speaker is the annotated one or one that may stand for it."""
        speakers = self._names.all([wanted["speaker"]]) | self._names.all(wanted.get("speaker_also"))
        return bool(self._names.actor(statement.speaker) in speakers)

    def counted(self, given: Sequence[C]) -> list[C]:
        """Those that fall to no optional span of their own."""
        return reports.unexcused(given, self.gold)


class SentenceAnnotated:
    """A sentence (`evaluation/sentences.py`)."""

    def __init__(self, gold: Gold, record: Record) -> None:
        self.record, self.events, self.statements = record, gold["events"], gold["statements"]
        self._told = sentences.told(record)
        self._circumstances: dict[str, Mapping[str, Sequence[Span]]] = {
            "when": {t.id: (t.span,) for t in record.times},
            "where": {p.id: p.mentions for p in record.places},
        }

    def types(self, wanted: Gold) -> set[str]:
        """The annotated types, several where the sentence leaves it open."""
        return sentences.types_of(wanted)

    def place(self, wanted: Gold) -> Span:
        """The trigger."""
        return Span(*wanted["trigger"])

    def stands(self, wanted: Gold, event: Event) -> bool:
        """Whether one of the event's triggers overlaps the annotated one."""
        return any(t.overlap(self.place(wanted)) for t in triggers(event))

    def statuses(self, wanted: Gold, event: Event) -> set[str]:
        """The one annotated status, whatever the type."""
        return {wanted["status"]}

    def side(self, wanted: Gold, event: Event, side: str) -> tuple[int, int]:
        """Missing and too many by whether their mentions touch the annotated words."""
        want, got = wanted.get(side, []), getattr(event, side)
        found = sum(any(self._told.touches(r, w) for r in got) for w in want)
        return len(want) - found, sum(not any(self._told.touches(r, w) for w in want) for r in got)

    def circumstance(self, wanted: Gold, event: Event, kind: str) -> bool:
        """Whether a mention of the event's time or place overlaps the annotated words."""
        own = (event.when and event.when.time) if kind == "when" else (event.where and event.where.place)
        return any(m.overlap(Span(*wanted[kind])) for m in self._circumstances[kind].get(own or "", ()))

    def content(self, wanted: Gold) -> Span:
        """The annotated words."""
        return Span(*wanted["content"])

    def speaks(self, wanted: Gold, statement: Statement) -> bool:
        """Whether a mention of the speaker touches the annotated words."""
        return self._told.touches(statement.speaker, wanted["speaker"])

    def counted(self, given: Sequence[C]) -> list[C]:
        """All: a sentence is annotated whole."""
        return list(given)
