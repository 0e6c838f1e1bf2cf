"""Annotated sentences: `communique evaluate sentences --data SENTENCES.jsonl`.

One JSON object a line, with text, events (trigger, plover, status, actor, recipient, attributed_to as `[start, end]` spans)
and statements (speaker, content). Each sentence is read as a report of its own. Measures, summed over all sentences:

- trigger_f1: the triggers overlap; trigger_type_f1: and the type is right or an alternative (CONCEDE and RETREAT are one).
- actor_f1, recipient_f1, attributed_to_f1: over matched events, a mention of the actor overlaps the annotated span.
- status: the share right of those with the right type; status_other_f1: of those that are not "happened".
- statements_f1: contents share half of their union, and a mention of the speaker overlaps the annotated speaker.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from communique import registry
from communique.config import Settings
from communique.errors import DataError
from communique.evaluation.tally import YIELD, Tally, triggers
from communique.pipeline import build
from communique.types.analysis import Failed
from communique.types.events import Event
from communique.types.record import Record
from communique.types.text import Span

Gold = Mapping[str, Any]

WITH_PRECISION = frozenset({"trigger", "trigger_type", "actor", "recipient", "attributed_to", "status_other", "statements"})


def evaluate(data: Path) -> dict[str, float]:
    """Read and score every sentence of a file. Raises DataError where the file has another form."""
    golds = _load(data)
    from_string = registry.find(registry.SOURCES, "string")
    tally, failed = Tally(), 0
    for gold, record in zip(golds, build(Settings()).read(from_string(g["text"]) for g in golds), strict=True):
        failed += isinstance(record, Failed)
        score(gold, None if isinstance(record, Failed) else record, tally)
    return tally.figures(WITH_PRECISION) | {"sentences": len(golds), "failed": failed}


def _load(data: Path) -> list[Gold]:
    try:
        golds = [json.loads(line) for line in data.read_text(encoding="utf-8").splitlines() if line.strip()]
        return [g for g in golds if (g["text"], g["events"], g["statements"])]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise DataError(
            f"{data}: not annotated sentences, one JSON object a line with text, events, statements: {error}"
        ) from None


class _Touching:
    """Whether a mention of a record's actor overlaps an annotated span."""

    def __init__(self, record: Record | None) -> None:
        self._mentions = {a.id: a.mentions for a in record.actors} if record else {}

    def __call__(self, reference: str | None, wanted: Sequence[int]) -> bool:
        return any(m.overlap(Span(*wanted)) for m in self._mentions.get(reference or "", ()))


def score(gold: Gold, record: Record | None, tally: Tally) -> None:
    """Add one sentence to the tally; a sentence without a record counts for what it holds."""
    touches = _Touching(record)
    events = record.events if record else ()
    matched = _match(gold["events"], events)
    right = [(g, p) for g, p in matched if p.plover in _types(g)]
    tally.add("trigger", len(matched), len(gold["events"]), len(events))
    tally.add("trigger_type", len(right), len(gold["events"]), len(events))
    for wanted, given in matched:
        for side in ("actor", "recipient", "attributed_to"):
            want, got = wanted.get(side, []), getattr(given, side)
            tally.add(side, sum(any(touches(r, w) for r in got) for w in want), len(want), len(got))
    for wanted, given in right:
        same, other_wanted, other_given = (
            wanted["status"] == given.status,
            wanted["status"] != "happened",
            given.status != "happened",
        )
        tally.add("status", same, 1)
        tally.add("status_other", same and other_wanted, other_wanted, other_given)
    _score_statements(gold, record, touches, tally)


def _types(event: Gold) -> set[str]:
    kinds = {event["plover"], *event.get("alternatives", [])}
    return kinds | YIELD if kinds & YIELD else kinds


def _match(wanted: Sequence[Gold], given: Sequence[Event]) -> list[tuple[Gold, Event]]:
    """Each annotated event with the first free one whose trigger overlaps, one of the right type before others."""
    left, out = list(given), []
    for gold in wanted:
        hits = [e for e in left if any(t.overlap(Span(*gold["trigger"])) for t in triggers(e))]
        if hits:
            best = max(hits, key=lambda e: e.plover in _types(gold))
            left.remove(best)
            out.append((gold, best))
    return out


def _score_statements(gold: Gold, record: Record | None, touches: _Touching, tally: Tally) -> None:
    given = record.statements if record else ()
    left, found = list(given), 0
    for wanted in gold["statements"]:
        place = Span(*wanted["content"])
        for statement in left:
            content = statement.content
            union = max(content.end, place.end) - min(content.start, place.start)
            if 2 * content.overlap(place) >= union and touches(statement.speaker, wanted["speaker"]):
                left.remove(statement)
                found += 1
                break
    tally.add("statements", found, len(gold["statements"]), len(given))
