"""What a report tells of its actors before it is said who they are: actors in the making, and the titles by their names."""

from __future__ import annotations

from dataclasses import dataclass, field

from communique.ontology.entries import Entry
from communique.resolve.reasons import Decision
from communique.types.entities import ActorKind, ResolvedBy, Role


@dataclass(slots=True, eq=False)
class Draft:
    """An actor in the making. `spans` are its mentions by token, in the order found; `key` tells groups apart;
    `decision` says who of the registry it may be, where that was asked."""

    name: str
    kind: ActorKind
    country: str | None = None
    entry: Entry | None = None
    sectors: list[str] = field(default_factory=list)
    spans: list[tuple[int, int]] = field(default_factory=list)
    roles: list[Role] = field(default_factory=list)
    reasons: list[str] = field(default_factory=list)
    resolved_by: ResolvedBy = "unresolved"
    age: int | None = None
    gender: str | None = None
    plural: bool = False
    key: tuple[str, ...] = ()
    country_told: bool = False
    scopes: set[str] = field(default_factory=set)
    decision: Decision | None = None

    def add(self, first: int, last: int) -> None:
        """Note one more mention, tokens `[first, last)`."""
        if (first, last) not in self.spans:
            self.spans.append((first, last))

    def because(self, reason: str) -> None:
        """Note a reason for the reading, once."""
        if reason not in self.reasons:
            self.reasons.append(reason)

    @property
    def first(self) -> int:
        """The first token that names the actor."""
        return min(s for s, _ in self.spans)


@dataclass(frozen=True, slots=True)
class Title:
    """An office in the report's words, tokens `[first, last)`; `of` is a country code or the name of a body."""

    first: int
    last: int
    head: int
    text: str
    of: str | None
    country: str | None
    sector: str
    reason: str
