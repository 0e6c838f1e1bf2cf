"""Which states were members of an organisation or bloc on a day."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from functools import cache
from typing import NamedTuple

from communique.ontology.tables import covers, day, read_rows


class Membership(NamedTuple):
    """A state (ISO 3166-1 alpha-3) as member of an organisation (its id) on the days `[begin, end)`; None is open."""

    organisation: str
    state: str
    begin: date | None
    end: date | None

    def holds(self, on: date | None) -> bool:
        """Whether the state is a member on a day; with no day, whether it has not left."""
        return covers(self.begin, self.end, on)


class Memberships:
    """The members of organisations by date."""

    def __init__(self) -> None:
        self._of: dict[str, list[Membership]] = defaultdict(list)
        self._in: dict[str, list[Membership]] = defaultdict(list)
        for organisation, state, begin, end in read_rows("memberships.tsv"):
            membership = Membership(organisation, state, day(begin), day(end))
            self._of[organisation].append(membership)
            self._in[state].append(membership)

    def members(self, organisation: str, on: date | None = None) -> tuple[str, ...]:
        """The states (alpha-3, in order) that were members of an organisation (`org:nato`) on a day, or are now; none
        where the table does not list its members."""
        return tuple(sorted({m.state for m in self._of.get(organisation, ()) if m.holds(on)}))

    def organisations_of(self, state: str, on: date | None = None) -> tuple[str, ...]:
        """The ids of the organisations, in order, that a state (alpha-3) was a member of on a day, or is now."""
        return tuple(sorted({m.organisation for m in self._in.get(state, ()) if m.holds(on)}))

    def organisations(self) -> tuple[str, ...]:
        """The ids of all organisations whose members are listed, in order."""
        return tuple(sorted(self._of))


@cache
def load_memberships() -> Memberships:
    """The members, read on the first call."""
    return Memberships()
