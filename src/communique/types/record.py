"""The record: what reading one report gives, in Python and as JSON."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version as installed_version
from typing import TYPE_CHECKING, Any, cast

from communique.errors import DataError, UsageError
from communique.types import codec
from communique.types.analysis import Analysis
from communique.types.check import check
from communique.types.entities import Actor, Place, Time
from communique.types.events import Coding, Event, Fact, Statement
from communique.types.text import Document, Span

if TYPE_CHECKING:
    import pandas


@dataclass(frozen=True, slots=True)
class Reason:
    """Why an event was coded as it was, in words."""

    event: str
    why: str


@dataclass(frozen=True, slots=True)
class Candidate:
    """An event that was thought of and not taken: its trigger, type and score, and the reason."""

    trigger: Span
    plover: str
    score: float
    reason: str


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why each event was coded so, and which candidates were rejected."""

    events: tuple[Reason, ...] = ()
    rejected: tuple[Candidate, ...] = ()


@dataclass(frozen=True, slots=True)
class Record:
    """What reading one report gives: the document with actors, places, times, events, statements and facts, and
    what a codebook of the user's own finds (`codings`).

    Checked when it is made: spans lie in the text, ids lead somewhere, every claim has its evidence; DataError if not.
    """

    version: str
    document: Document
    actors: tuple[Actor, ...] = ()
    places: tuple[Place, ...] = ()
    times: tuple[Time, ...] = ()
    events: tuple[Event, ...] = ()
    statements: tuple[Statement, ...] = ()
    facts: tuple[Fact, ...] = ()
    explain: Explanation | None = None
    codings: tuple[Coding, ...] = ()

    def __post_init__(self) -> None:
        check(self)

    def to_dict(self) -> dict[str, Any]:
        """The record as JSON objects; `explain` is there only when it was asked for."""
        out = cast("dict[str, Any]", codec.dump(self, self.document.text))
        if self.explain is None:
            del out["explain"]
        return out

    def to_json(self, indent: int | None = None) -> str:
        """The record as JSON text, on one line unless `indent` is given."""
        return json.dumps(self.to_dict(), ensure_ascii=False, indent=indent, allow_nan=False)

    @classmethod
    def from_dict(cls, form: Any) -> Record:
        """The record that JSON objects stand for. Raises DataError naming the key that has another form."""
        document = form.get("document") if isinstance(form, dict) else None
        text = document.get("text") if isinstance(document, dict) else None
        if not isinstance(text, str):
            raise DataError("a record should be an object with document.text; this is none")
        return cast("Record", codec.load(cls, form, text))

    @classmethod
    def from_json(cls, text: str) -> Record:
        """The record that JSON text stands for. Raises DataError when it is no JSON or no record."""
        try:
            form = json.loads(text)
        except ValueError as error:
            raise DataError(f"not a record: {error}") from None
        return cls.from_dict(form)

    def names(self, ids: tuple[str, ...]) -> tuple[str, ...]:
        """The names of actors, in the order of their ids."""
        known = {a.id: a.name for a in self.actors}
        return tuple(known[i] for i in ids)

    def rows(self) -> list[dict[str, Any]]:
        """One flat row for each event, in the order of the report; several names are lists."""
        text = self.document.text
        return [
            {
                "source": self.document.source,
                "event": e.id,
                "plover": e.plover,
                "mode": e.mode,
                "status": e.status,
                "actor": list(self.names(e.actor)),
                "recipient": list(self.names(e.recipient)),
                "start": e.when.interval.start if e.when and e.when.interval else None,
                "end": e.when.interval.end if e.when and e.when.interval else None,
                "where": e.where.name if e.where else None,
                "attributed_to": list(self.names(e.attributed_to)),
                "cameo": e.cameo,
                "goldstein": e.goldstein,
                "quad": e.quad,
                "trigger": e.trigger.of(text),
                "evidence": " … ".join(span.of(text) for span in e.evidence),
                "confidence": e.confidence,
            }
            for e in self.events
        ]

    def to_frame(self) -> pandas.DataFrame:
        """The events as a pandas table, one row each. Raises UsageError where pandas is not installed."""
        try:
            import pandas
        except ImportError:
            raise UsageError("to_frame() needs pandas; install it with: pip install 'communique[frames]'") from None
        return pandas.DataFrame(self.rows(), columns=list(_COLUMNS))


_COLUMNS = (
    *("source", "event", "plover", "mode", "status", "actor", "recipient", "start", "end", "where", "attributed_to"),
    *("cameo", "goldstein", "quad", "trigger", "evidence", "confidence"),
)


@cache
def version() -> str:
    """The version of Communique that is installed."""
    return installed_version("communique")


def build(analysis: Analysis, explain: bool = False) -> Record:
    """The record of an analysed report, checked. Raises DataError naming what does not stand in the text."""
    explanation = None
    if explain:
        explanation = Explanation(
            tuple(Reason(event, why) for event, why in analysis.explanations),
            tuple(Candidate(Span(r.trigger_start, r.trigger_end), r.plover, r.score, r.reason) for r in analysis.rejected),
        )
    return Record(
        version(),
        analysis.document,
        analysis.actors,
        analysis.places,
        analysis.times,
        analysis.events,
        analysis.statements,
        analysis.facts,
        explanation,
        analysis.codings,
    )


def schema() -> dict[str, Any]:
    """The JSON Schema of a record."""
    return codec.schema(Record, "Communique record")
