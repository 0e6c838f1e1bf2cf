"""Contexts of events, against labels that two annotators gave independently.

`labels` is a file of JSON lines: `report` (a folder of annotated reports), `start`, `end` (offsets of an annotated event),
`first` and `second` (the contexts that each gave). What both gave is asked for; what only one gave counts neither for nor
against. An event that is not found has no contexts.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from communique import registry
from communique.config import Settings
from communique.errors import CommuniqueError, DataError
from communique.evaluation.tally import Count, triggers
from communique.pipeline import build
from communique.types.analysis import Failed
from communique.types.record import Record
from communique.types.text import Document, Interval, Published, Span

Label = Mapping[str, Any]


def evaluate(gold: Path, labels: Path) -> dict[str, float]:
    """F1 of contexts, F1 between the two who labelled, and the share of labelled events that are found.

    Raises DataError where labels or reports are missing or have another form.
    """
    try:
        rows: list[Label] = [json.loads(line) for line in labels.read_text(encoding="utf-8").splitlines() if line.strip()]
        reports = {row["report"]: _document(gold / row["report"]) for row in rows}
    except (OSError, ValueError, KeyError, TypeError, CommuniqueError) as error:
        raise DataError(f"{labels}: no labels of the reports in {gold}: {error}") from None
    read = dict(zip(reports, build(Settings()).read(reports.values()), strict=True))
    said = [contexts_at(read[row["report"]], Span(row["start"], row["end"])) for row in rows]
    return score(rows, said)


def _document(folder: Path) -> Document:
    document: Document = registry.find(registry.SOURCES, "text")(str(folder / "report.txt"))
    published = json.loads((folder / "gold.json").read_text(encoding="utf-8"))["document"]["published"]
    known = published.get("given") or published.get("when_given")
    if known is None:
        return document
    day = date.fromisoformat(known)
    return replace(document, published=Published(Interval(day, day + timedelta(days=1)), "given"))


def contexts_at(record: Record | Failed, place: Span) -> tuple[str, ...] | None:
    """The contexts of the first event with a trigger in a place; none where there is no such event."""
    events = () if isinstance(record, Failed) else record.events
    found = (e for e in events if any(t.overlap(place) for t in triggers(e)))
    event = next(found, None)
    return event.contexts if event is not None else None


def score(rows: Sequence[Label], said: Sequence[tuple[str, ...] | None]) -> dict[str, float]:
    """The figures of contexts given for labelled events."""
    count, agreed, found = Count(), Count(), 0
    for row, given in zip(rows, said, strict=True):
        first, second, own = set(row["first"]), set(row["second"]), set(given or ())
        agreed.right, agreed.wanted, agreed.given = (
            agreed.right + len(first & second), agreed.wanted + len(first), agreed.given + len(second),
        )  # fmt: skip
        count.right += len(own & first & second)
        count.wanted += len(first & second)
        count.given += len(own - (first ^ second))
        found += given is not None
    return {
        "contexts_f1": count.f1() or 0.0,
        "contexts_agreement_f1": agreed.f1() or 0.0,
        "contexts_found": found / (len(rows) or 1),
    }
