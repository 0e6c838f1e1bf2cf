"""CAMEO codes of actors: of whom they act for and what they are there, as RUSMIL, IGOEUREEC or USABUS.

Source: CAMEO code book 1.1b3 (Schrodt 2012), chapter 3; codes of organisations as PETRARCH's dictionaries have them.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache

from communique.ontology.codes import load_codes
from communique.ontology.tables import read_rows

# PLOVER's sector codes as CAMEO roles: what CAMEO calls MED is the media, and health is HLH. Sectors that CAMEO has no role for
# (parties, religion, prisoners, social) are not here.
_ROLES = {
    **{role: role for role in ("COP", "GOV", "JUD", "LEG", "MIL", "OPP", "REB", "SPY", "UAF")},
    **{role: role for role in ("AGR", "BUS", "CRM", "CVL", "EDU", "ELI", "LAB", "REF")},
    "PRM": "UAF",
    "JRN": "MED",
    "MED": "HLH",
}
_INTERNATIONAL = ("IGO", "NGO", "MNC")
# what an actor is that has a state and no sector; CAMEO takes civilians for all who have no other role
_OF_KIND = {"government": "GOV", "military": "MIL", "company": "BUS", "news agency": "MED"}


@dataclass(frozen=True, slots=True)
class ActorCode:
    """A CAMEO code by its parts: `country` (or region), `group` and `types` (roles, IGO and the like); empty where none."""

    country: str = ""
    group: str = ""
    types: tuple[str, ...] = ()

    def __str__(self) -> str:
        """The parts as one: international types come first, and then country, roles and group."""
        first = "".join(t for t in self.types if t in _INTERNATIONAL)
        return first + self.country + "".join(t for t in self.types if t not in _INTERNATIONAL) + self.group


def actor_code(kind: str, country: str | None, sectors: Iterable[str], entry: str | None, on: date | None) -> ActorCode:
    """The code of an actor by its kind, its country (ISO 3166-1 alpha-3), its sectors (PLOVER) and its entry in the registry,
    on a day. Empty for who has neither a country nor an international type nor a role."""
    if entry in _groups():
        return _groups()[entry]
    held = tuple(sectors)
    state = load_codes().code_of(country, "cameo", on) if country else None
    roles = tuple(dict.fromkeys(_ROLES[s] for s in held if s in _ROLES))
    if state is None:
        return ActorCode(types=tuple(s for s in _INTERNATIONAL if s in held) + roles)
    if kind != "state" and not roles:
        roles = (_OF_KIND.get(kind, "CVL"),)
    return ActorCode(country=state, types=roles)


@cache
def _groups() -> dict[str, ActorCode]:
    return {
        entry: ActorCode(region, group, tuple(filter(None, (kind, *roles.split(" ")))))
        for entry, kind, region, roles, group in read_rows("cameo_actors.tsv")
    }
