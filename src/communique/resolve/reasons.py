"""Decisions by weighted reasons: the candidates, why each, and which is taken.

The form follows nomenklatura's: a match is a list of reasons with weights that a person can read, and ties stay open.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from communique.ontology.entries import Entry

MARGIN = 0.25
"""By how much the best candidate must lead before it is taken, unless less is said."""


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a name means an entry, in words, and what that weighs; below 0 it speaks against it."""

    words: str
    weight: float


@dataclass(frozen=True, slots=True)
class Candidate:
    """An entry that a name may mean, with the reasons for and against it. `use` is how the name stands for it."""

    entry: Entry
    reasons: tuple[Reason, ...]
    use: str = "name"

    @property
    def weight(self) -> float:
        """What the reasons weigh together."""
        return round(sum(r.weight for r in self.reasons), 3)

    @property
    def words(self) -> tuple[str, ...]:
        """The reasons in words, without weights."""
        return tuple(r.words for r in self.reasons)


@dataclass(frozen=True, slots=True)
class Decision:
    """The candidates for one name, each entry once, the heaviest first; what the best of them must weigh and by
    how much it must lead."""

    candidates: tuple[Candidate, ...] = ()
    least: float = 0.0
    lead: float = MARGIN

    @property
    def margin(self) -> float | None:
        """By how much the first candidate leads the second; none where there are not two."""
        if len(self.candidates) < 2:
            return None
        return round(self.candidates[0].weight - self.candidates[1].weight, 3)

    @property
    def taken(self) -> Candidate | None:
        """The candidate that is taken: the first, if it weighs enough and leads clearly."""
        if not self.candidates or self.candidates[0].weight < self.least:
            return None
        return self.candidates[0] if self.margin is None or self.margin >= self.lead else None

    @property
    def why(self) -> str:
        """How it was decided, in words."""
        if not self.candidates:
            return "the registry has nobody of this name"
        first = self.candidates[0]
        if first.weight < self.least:
            return f"below the threshold: {first.entry.name} weighs {first.weight:g}, {self.least:g} are needed"
        if self.margin is None:
            return f"{first.entry.name}: the only candidate, weighs {first.weight:g}"
        if self.margin < self.lead:
            tied = [c.entry.name for c in self.candidates if first.weight - c.weight < self.lead]
            return f"a tie, left open: {', '.join(tied)}"
        return f"{first.entry.name}: weighs {first.weight:g}, {self.margin:g} more than the next"


def decide(candidates: Iterable[Candidate], least: float = 0.0, lead: float = MARGIN) -> Decision:
    """Rank candidates; of those with one entry, the heaviest stays. Equal weights keep the order given."""
    best: dict[str, Candidate] = {}
    for candidate in candidates:
        known = best.get(candidate.entry.id)
        if known is None or known.weight < candidate.weight:
            best[candidate.entry.id] = candidate
    return Decision(tuple(sorted(best.values(), key=lambda c: -c.weight)), least, lead)
