"""Counting and matching that the scorers share.

F1 is the harmonic mean of precision and recall over counts that are summed over all reports (micro average).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, TypeVar

from communique.types.events import Event
from communique.types.record import Record
from communique.types.text import Interval, Span

G = TypeVar("G")
P = TypeVar("P")
YIELD = frozenset({"CONCEDE", "RETREAT"})
_TITLE = re.compile(r"^(the|an?|mr|ms|mrs|dr)\.? ")


@dataclass
class Count:
    """What was right, what was wanted, and what was given."""

    right: int = 0
    wanted: int = 0
    given: int = 0

    def f1(self) -> float | None:
        """2 right / (wanted + given); none where there is nothing to find and nothing was given."""
        return 2 * self.right / (self.wanted + self.given) if self.wanted + self.given else None

    def share(self) -> float | None:
        """right / wanted; none where there is nothing to find."""
        return self.right / self.wanted if self.wanted else None


@dataclass
class Tally:
    """Counts by the name of the measure."""

    counts: dict[str, Count] = field(default_factory=dict)

    def add(self, measure: str, right: int = 0, wanted: int = 0, given: int = 0) -> None:
        """Add to the counts of a measure."""
        count = self.counts.setdefault(measure, Count())
        count.right += right
        count.wanted += wanted
        count.given += given

    def add_sets(self, measure: str, wanted: set[str], given: set[str]) -> None:
        """Add what two sets have in common, and how many each has."""
        self.add(measure, len(wanted & given), len(wanted), len(given))

    def merge(self, other: Tally, measures: Iterable[str]) -> None:
        """Add the counts of another tally, for the measures named."""
        for measure in measures:
            count = other.counts[measure]
            self.add(measure, count.right, count.wanted, count.given)

    def figures(self, with_precision: frozenset[str]) -> dict[str, float]:
        """The figures: `NAME_f1` for measures that have a precision, else the share found; none for measures without data."""
        out: dict[str, float] = {}
        for measure, count in self.counts.items():
            key, value = (f"{measure}_f1", count.f1()) if measure in with_precision else (measure, count.share())
            if value is not None:
                out[key] = value
        return out


def norm(name: object) -> str:
    """A name as it is compared: without case, accents, article, courtesy title, possessive and punctuation."""
    text = str(name or "").replace("’", "'").replace("‘", "'")
    text = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower().strip()
    text = _TITLE.sub("", re.sub(r"'s?$", "", text))
    return re.sub(r"[^a-z0-9]+", " ", text).strip()


class Names:
    """Maps every name that the annotation knows of an actor to one key, and the actors of a record to the same keys."""

    def __init__(self, gold_actors: Iterable[Mapping[str, Any]], record: Record) -> None:
        self._key = {norm(n): norm(a["name"]) for a in gold_actors for n in (a["name"], *a.get("aliases", []))}
        text = record.document.text
        self._actors = {a.id: [a.name, *(m.of(text) for m in a.mentions)] for a in record.actors}

    def of(self, name: object) -> str:
        """The key of a name."""
        return self._key.get(norm(name), norm(name))

    def all(self, names: str | Iterable[str] | None) -> set[str]:
        """The keys of one name or several."""
        return {self.of(n) for n in ([names] if isinstance(names, str) else names or [])}

    def actor(self, reference: str | None) -> str:
        """The key of a record's actor, by the first of its names and mentions that the annotation knows."""
        own = self._actors.get(reference or "")
        if own is None:
            return self.of(reference)
        return self.of(next((n for n in own if norm(n) in self._key), own[0]))

    def actors(self, references: Iterable[str]) -> set[str]:
        """The keys of several actors of the record."""
        return {self.actor(r) for r in references}


def span(part: Mapping[str, Any]) -> Span:
    """The span of an annotated piece."""
    return Span(part["start"], part["end"])


def triggers(event: Event) -> list[Span]:
    """Where an event stands: the triggers of all its tellings."""
    return [event.trigger, *(t.trigger for t in event.tellings)]


def same_days(wanted: Sequence[str], given: Interval | None) -> bool:
    """Whether two intervals of days share at least half of their union."""
    if given is None:
        return False
    a, b = Interval(*(date.fromisoformat(day) for day in wanted)), given
    union = (max(a.end, b.end) - min(a.start, b.start)).days
    shared = (min(a.end, b.end) - max(a.start, b.start)).days
    return union > 0 and shared / union >= 0.5


def pair(wanted: Sequence[G], given: Sequence[P], good: Callable[[G, P], float]) -> tuple[list[tuple[G, P]], set[int]]:
    """Match one to one, best first: the pairs, and the indices of what was given and used.

    `good` says how well two fit, 0 if not at all; of equals the earlier go first.
    """
    ranked = sorted(((good(g, p), -i, -j) for i, g in enumerate(wanted) for j, p in enumerate(given)), reverse=True)
    used_wanted: set[int] = set()
    used_given: set[int] = set()
    out: list[tuple[G, P]] = []
    for value, i, j in ranked:
        if value > 0 and -i not in used_wanted and -j not in used_given:
            used_wanted.add(-i)
            used_given.add(-j)
            out.append((wanted[-i], given[-j]))
    return out, used_given
