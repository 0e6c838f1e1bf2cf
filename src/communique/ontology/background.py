"""What the tables know of a state or organisation on a day: its codes elsewhere, members, memberships, holders of offices."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from communique.ontology.codes import SYSTEMS, load_codes
from communique.ontology.entries import Entry, Office
from communique.ontology.memberships import load_memberships
from communique.ontology.world import World


@dataclass(frozen=True, slots=True)
class Background:
    """Codes by system, the members' alpha-3 codes, the organisations that it belongs to by name, and the terms of office."""

    codes: tuple[tuple[str, str], ...] = ()
    members: tuple[str, ...] = ()
    member_of: tuple[str, ...] = ()
    held_by: tuple[Office, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """As a JSON object."""
        return {
            "codes": dict(self.codes),
            "members": list(self.members),
            "member_of": list(self.member_of),
            "held_by": [{"title": o.title, "name": o.holder.name} for o in self.held_by],
        }


def background(world: World, entry: Entry, on: date | None = None) -> Background:
    """What is known of an entry on a day, or now; nothing of people."""
    if entry.kind == "person":
        return Background()
    of = entry.country if entry.kind == "state" else entry.id
    held = tuple(dict.fromkeys(o for o in world.offices(None, of, on) if _is_held(o, on))) if of else ()
    if entry.kind != "state" or entry.country is None:
        return Background((), load_memberships().members(entry.id, on), (), held)
    found = ((system, load_codes().code_of(entry.country, system, on)) for system in SYSTEMS)
    joined = (world.entry(key) for key in load_memberships().organisations_of(entry.country, on))
    return Background(
        tuple((system, code) for system, code in found if code), (), tuple(e.name for e in joined if e is not None), held
    )


def _is_held(office: Office, on: date | None) -> bool:
    """Whether an office that ran on a day, if one is given, is known to be held then, or still. Of a term without days nothing
    is known."""
    return office.dated and (on is not None or office.end is None)
