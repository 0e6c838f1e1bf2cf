"""Annotated sentences: `communique evaluate sentences --data SENTENCES.jsonl`.

One JSON object a line, with text, events (trigger, plover, status, actor, recipient, attributed_to as `[start, end]` spans)
and statements (speaker, content). Each sentence is read as a report of its own. Measures, summed over all sentences:

- trigger_f1: the triggers overlap; trigger_type_f1: and the type is right or an alternative (CONCEDE and RETREAT are one).
- actor_f1, recipient_f1, attributed_to_f1: over matched events, a mention of the actor overlaps the annotated span.
- status: the share right of those with the right type; status_other_f1: of those that are not "happened".
- calibration_error: how far an event's confidence lies from the share of events of such confidence that have the right type,
  on average, in ten bins of equal width (Naeini et al. 2015, AAAI).
- statements_f1: contents share half of their union, and a mention of the speaker overlaps the annotated speaker.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from communique import registry
from communique.config import Settings
from communique.errors import DataError
from communique.evaluation.tally import YIELD, Tally, triggers
from communique.pipeline import build
from communique.types.analysis import Failed
from communique.types.events import Event, Statement
from communique.types.record import Record
from communique.types.text import Span

Gold = Mapping[str, Any]

WITH_PRECISION = frozenset({"trigger", "trigger_type", "actor", "recipient", "attributed_to", "status_other", "statements"})


def evaluate(data: Path) -> dict[str, float]:
    """Read and score every sentence of a file. Raises DataError where the file has another form."""
    golds = load(data)
    from_string = registry.find(registry.SOURCES, "string")
    tally, failed = Tally(), 0
    sure: list[tuple[float, bool]] = []
    for gold, record in zip(golds, build(Settings()).read(from_string(g["text"]) for g in golds), strict=True):
        failed += isinstance(record, Failed)
        found = Told() if isinstance(record, Failed) else told(record)
        right = {given.id for wanted, given in _match(gold["events"], found.events) if given.plover in types_of(wanted)}
        sure += [(event.confidence, event.id in right) for event in found.events]
        score(gold, found, tally)
    figures = tally.figures(WITH_PRECISION) | {"calibration_error": calibration_error(sure)}
    return figures | {"sentences": len(golds), "failed": failed}


def calibration_error(sure: Sequence[tuple[float, bool]]) -> float:
    """The expected error of confidences, each with whether it was right: 0 is best, 1 worst; 0 where there are none."""
    bins: dict[int, list[tuple[float, bool]]] = {}
    for confidence, right in sure:
        bins.setdefault(min(int(10 * confidence), 9), []).append((confidence, right))
    return sum(abs(sum(c - r for c, r in held)) for held in bins.values()) / (len(sure) or 1)


def load(data: Path) -> list[Gold]:
    """The annotated sentences of a file. Raises DataError where it has another form."""
    try:
        golds = [json.loads(line) for line in data.read_text(encoding="utf-8").splitlines() if line.strip()]
        return [g for g in golds if (g["text"], g["events"], g["statements"])]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise DataError(
            f"{data}: not annotated sentences, one JSON object a line with text, events, statements: {error}"
        ) from None


@dataclass(frozen=True, slots=True)
class Told:
    """What is scored of a sentence: events and statements, and where each actor that they name is mentioned."""

    events: Sequence[Event] = ()
    statements: Sequence[Statement] = ()
    mentions: Mapping[str, Sequence[Span]] = field(default_factory=dict)

    def touches(self, reference: str | None, wanted: Sequence[int]) -> bool:
        """Whether a mention of an actor overlaps an annotated span."""
        return any(m.overlap(Span(*wanted)) for m in self.mentions.get(reference or "", ()))


def told(record: Record) -> Told:
    """What is scored of a record."""
    return Told(record.events, record.statements, {a.id: a.mentions for a in record.actors})


def score(gold: Gold, found: Told, tally: Tally) -> None:
    """Add one sentence to the tally; a sentence that could not be read counts for what it holds."""
    matched = _match(gold["events"], found.events)
    right = [(g, p) for g, p in matched if p.plover in types_of(g)]
    tally.add("trigger", len(matched), len(gold["events"]), len(found.events))
    tally.add("trigger_type", len(right), len(gold["events"]), len(found.events))
    for wanted, given in matched:
        for side in ("actor", "recipient", "attributed_to"):
            want, got = wanted.get(side, []), getattr(given, side)
            tally.add(side, sum(any(found.touches(r, w) for r in got) for w in want), len(want), len(got))
    for wanted, given in right:
        same, other_wanted, other_given = (
            wanted["status"] == given.status,
            wanted["status"] != "happened",
            given.status != "happened",
        )
        tally.add("status", same, 1)
        tally.add("status_other", same and other_wanted, other_wanted, other_given)
    _score_statements(gold, found, tally)


def types_of(event: Gold) -> set[str]:
    """The types that are right for an annotated event."""
    kinds = {event["plover"], *event.get("alternatives", [])}
    return kinds | YIELD if kinds & YIELD else kinds


def _match(wanted: Sequence[Gold], given: Sequence[Event]) -> list[tuple[Gold, Event]]:
    """Each annotated event with the first free one whose trigger overlaps, one of the right type before others."""
    left, out = list(given), []
    for gold in wanted:
        hits = [e for e in left if any(t.overlap(Span(*gold["trigger"])) for t in triggers(e))]
        if hits:
            best = max(hits, key=lambda e: e.plover in types_of(gold))
            left.remove(best)
            out.append((gold, best))
    return out


def _score_statements(gold: Gold, told: Told, tally: Tally) -> None:
    left, found = list(told.statements), 0
    for wanted in gold["statements"]:
        place = Span(*wanted["content"])
        for statement in left:
            content = statement.content
            union = max(content.end, place.end) - min(content.start, place.start)
            if 2 * content.overlap(place) >= union and told.touches(statement.speaker, wanted["speaker"]):
                left.remove(statement)
                found += 1
                break
    tally.add("statements", found, len(gold["statements"]), len(told.statements))
