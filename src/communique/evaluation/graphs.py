"""The event graph on annotated sentences by the network alone: no patterns, no resolution of actors, no rules of the coder.

A candidate is an event where its best type's probability is enough, with its most probable status; every piece of text in a
role is an actor of its own; a statement is taken as it is proposed. Scored as `sentences` does.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from communique.annotate.texts import read_texts
from communique.errors import DataError
from communique.evaluation.sentences import WITH_PRECISION, Told, load, score
from communique.evaluation.tally import Tally
from communique.models.language import LanguageModel
from communique.types.events import Event, Statement, Status
from communique.types.reading import EventCandidate, Reading
from communique.types.text import Span

TYPE_LEAST, ARGUMENT_LEAST = 0.42, 0.5  # chosen on the dev part of communique-events
STATUSES: tuple[Status, ...] = ("happened", "ongoing", "planned", "uncertain", "denied")


def evaluate(path: Path, model: LanguageModel) -> dict[str, float]:
    """`graph_MEASURE` for each measure of `sentences`. Raises DataError where the file has another form."""
    golds = load(path)
    if not golds:
        raise DataError(f"{path}: empty; give annotated sentences, one JSON object a line")
    tally = Tally()
    for gold, reading in zip(golds, read_texts((g["text"] for g in golds), model), strict=True):
        score(gold, told(reading), tally)
    figures = tally.figures(WITH_PRECISION)
    return {f"graph_{key.replace('trigger_type', 'type')}": value for key, value in figures.items()}


def told(reading: Reading) -> Told:
    """The candidates of a reading that are sure enough, in the form that is scored."""
    mentions: dict[str, tuple[Span, ...]] = {}

    def named(first: int, last: int) -> str:
        mentions[f"{first}-{last}"] = (reading.span(first, last),)
        return f"{first}-{last}"

    events = [_event(reading, c, {r: tuple(named(*p) for p in _parts(c, r)) for r in ("actor", "recipient", "source")})
              for c in reading.events if c.types and c.types[0][1] >= TYPE_LEAST]  # fmt: skip
    statements = [
        Statement("", named(s.speaker.first, s.speaker.last), "indirect", reading.span(s.content.first, s.content.last))
        for s in reading.statements
        if s.speaker and s.content
    ]
    return Told(events, statements, mentions)


def _parts(candidate: EventCandidate, role: str) -> Iterator[tuple[int, int]]:
    return ((c.first, c.last) for c in candidate.arguments if c.label == role and c.score >= ARGUMENT_LEAST)


def _event(reading: Reading, candidate: EventCandidate, sides: dict[str, tuple[str, ...]]) -> Event:
    kind = candidate.types[0][0]
    return Event(
        "",
        "CONCEDE" if kind == "YIELD" else kind,
        reading.span(candidate.first, candidate.last),
        (),
        next(s for s in STATUSES if s == candidate.status[0][0]),
        actor=sides["actor"],
        recipient=sides["recipient"],
        attributed_to=sides["source"],
    )
