"""What the stages hand on: an `Analysis` that grows, or a `Failed` in its place."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from communique.types.entities import Actor, Place, Time
from communique.types.events import Coding, Event, Fact, Statement
from communique.types.reading import Reading
from communique.types.text import Document, Passage


@dataclass(frozen=True, slots=True)
class Rejected:
    """An event candidate that the coder did not take, and why; shown by `--explain`."""

    trigger_start: int
    trigger_end: int
    plover: str
    score: float
    reason: str


@dataclass(frozen=True, slots=True)
class Analysis:
    """One report on its way through the stages; each stage returns a copy with its own fields filled in."""

    document: Document
    passages: tuple[Passage, ...] = ()
    reading: Reading | None = None
    actors: tuple[Actor, ...] = ()
    places: tuple[Place, ...] = ()
    times: tuple[Time, ...] = ()
    events: tuple[Event, ...] = ()
    statements: tuple[Statement, ...] = ()
    facts: tuple[Fact, ...] = ()
    rejected: tuple[Rejected, ...] = ()
    explanations: tuple[tuple[str, str], ...] = ()
    codings: tuple[Coding, ...] = ()


@dataclass(frozen=True, slots=True)
class Failed:
    """A report that a stage could not do; it passes on in place of the analysis."""

    source: str
    stage: str
    error: Exception


def each(
    analyses: Iterable[Analysis | Failed], stage: str, step: Callable[[Analysis], Analysis]
) -> Iterator[Analysis | Failed]:
    """What a step of a stage makes of each report, in order. A report that it raises an exception for goes on as `Failed` and
    stops none of the others; one that failed before passes."""
    for analysis in analyses:
        if isinstance(analysis, Failed):
            yield analysis
            continue
        try:
            yield step(analysis)
        except Exception as error:
            yield Failed(analysis.document.source, stage, error)
