"""What every export is: rows of documents in, a file of an outside format out, and a count of what that format can't carry.

To add a format: one file with a class that has `name`, `needs`, `carries` and `write`, and an entry point of the group
`communique.exports` that names the class. What a format can be asked for (`zeros` of panels) are the class's keyword arguments.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from inspect import signature
from pathlib import Path
from typing import Any, BinaryIO, Protocol, cast
from uuid import uuid4

from communique import registry
from communique.errors import UsageError

Row = Mapping[str, Any]
Rows = Mapping[str, Sequence[Row]]
"""The rows of one document by table, as `store.tables.rows_of` gives them; `documents` has one, without the column `record`.
A table that an export does not need may be missing, and where events were asked for by a filter, only those are there."""

ASPECTS: Mapping[str, str] = {
    "type": "PLOVER types told by a CAMEO code alone",
    "mode": "modes dropped",
    "contexts": "contexts dropped",
    "status": "statuses other than happened dropped or told as another act",
    "auxiliary": "historical or hypothetical marks dropped",
    "attribution": "attributions dropped",
    "denial": "denials by others dropped",
    "amounts": "amounts dropped",
    "interval": "intervals of more than a day told as a day or a month",
    "place": "places dropped",
    "tellings": "further tellings within a report dropped",
    "evidence": "evidence dropped",
    "confidence": "confidences dropped",
}
"""What an event may have that a format may lack, and the words for its loss."""


@dataclass(slots=True)
class Loss:
    """What an export took in, what it wrote, and what was lost on the way: how many events (or the like) for each reason."""

    format: str
    documents: int = 0
    events: int = 0
    written: int = 0
    lost: Counter[str] = field(default_factory=Counter)

    def drop(self, what: str, number: int = 1) -> None:
        """Count something as lost; `what` says it in the plural, as "actors without a code"."""
        if number:
            self.lost[what] += number

    def leave(self, why: str) -> None:
        """Count an event as taken in and left out whole; `why` says it as "denied events left out"."""
        self.events += 1
        self.drop(why)

    def take(self, event: Row, carries: frozenset[str]) -> None:
        """Count an event as taken in, and those of its `ASPECTS` that the format does not carry as lost."""
        self.events += 1
        for aspect in aspects_of(event) - carries:
            self.lost[ASPECTS[aspect]] += 1

    def lines(self) -> list[str]:
        """The loss report for people, the greatest losses first."""
        head = f"{self.format}: {self.written} rows from {self.events} events of {self.documents} documents"
        lost = sorted(self.lost.items(), key=lambda pair: (-pair[1], pair[0]))
        return [head, *(f"  {number} {what}" for what, number in lost)] if lost else [f"{head}; nothing lost"]

    def to_dict(self) -> dict[str, Any]:
        """The same for programs."""
        counts = {"documents": self.documents, "events": self.events, "written": self.written}
        return {"format": self.format, **counts, "lost": dict(sorted(self.lost.items()))}


class Export(Protocol):
    """An outside format. `needs` are the tables that it reads, `carries` those of `ASPECTS` that it can tell.

    `write` goes over the documents once and keeps no more of them than it must, so that a desk of any size can be exported;
    it writes bytes to `out` in order (which may be a pipe), and gives its loss.
    """

    name: str
    needs: frozenset[str]
    carries: frozenset[str]

    def write(self, documents: Iterable[Rows], out: BinaryIO) -> Loss:
        """Write all documents to an open file, and give what was taken in, written and lost."""
        ...


def aspects_of(event: Row) -> frozenset[str]:
    """Which of `ASPECTS` a row of the table `events` has."""
    start, end = event.get("when_start"), event.get("when_end")
    has = {
        "type": bool(event.get("plover")),
        "mode": bool(event.get("mode")),
        "contexts": bool(event.get("contexts")),
        "status": event.get("status") not in (None, "happened"),
        "auxiliary": bool(event.get("auxiliary")),
        "attribution": bool(event.get("attributed_to")),
        "denial": bool(event.get("denied_by")),
        "amounts": bool(event.get("amounts")),
        "interval": start is not None and end is not None and (end - start).days > 1,
        "place": bool(event.get("place_name")),
        "tellings": (event.get("tellings") or 1) > 1,
        "evidence": bool(event.get("evidence")),
        "confidence": event.get("confidence") is not None,
    }
    return frozenset(aspect for aspect, held in has.items() if held)


def document_of(rows: Rows) -> Row:
    """The row of the document that the rows belong to."""
    return rows["documents"][0]


def by_id(rows: Rows, table: str) -> dict[str, Row]:
    """The rows of a table by the id that they have within their document."""
    return {row["id"]: row for row in rows.get(table, ())}


def event_id(event: Row) -> str:
    """The id that an event is shown by: the first twelve digits of its document's, and its own (`1f0a5c3b9d2e/e3`)."""
    return f"{event['document'][:12]}/{event['id']}"


def load(name: str, **options: Any) -> Export:
    """The export of that name, with what it is asked for. Raises UsageError when there is none, or it has no such option."""
    made = registry.find(registry.EXPORTS, name)
    has = set(signature(made).parameters)
    if unknown := sorted(options.keys() - has):
        raise UsageError(f"{name}: has no option {unknown[0]}; it has {', '.join(sorted(has)) or 'none'}")
    return cast("Export", made(**options))


def write_file(write: Callable[[BinaryIO], Loss], path: Path) -> Loss:
    """Write an export to a file, which is there whole or, where anything goes wrong, as it was before. `write` is given the
    open file.
    Raises UsageError when it can't be written there."""
    draft = path.with_name(f".{path.name}.{uuid4().hex[:8]}.draft")
    try:
        if path.is_dir():
            raise UsageError(f"{path}: is a folder; name a file")
        with _opened(draft, path) as out:
            loss = write(out)
            out.flush()
            os.fsync(out.fileno())
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)
    return loss


def _opened(draft: Path, path: Path) -> BinaryIO:
    try:
        return draft.open("xb")
    except OSError as error:
        said = f"can't be written ({error.strerror or error}); check the folder and the permissions"
        raise UsageError(f"{path}: {said}") from None
