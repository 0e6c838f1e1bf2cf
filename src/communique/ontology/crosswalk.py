"""The codes of other data sets in ours: PLOVER types with CAMEO's Goldstein values, states by ISO 3166-1 alpha-3.

CAMEO comes to PLOVER by the mapping of 2021 (`plover.plover_of`), which drops roots 01 and 02; the quad class is PLOVER's, in
which yielding is verbal (CONCEDE) or material cooperation (RETREAT). Some ICEWS files lack leading zeros of codes
(zacharyst.com, 2015-04-12). GDELT has FIPS 10-4 codes for places and CAMEO codes for the states of actors.
"""

from __future__ import annotations

from typing import NamedTuple

from communique.ontology.codes import load_codes
from communique.ontology.plover import cameo_codes, cameo_of, plover_of, plover_types, quad_of
from communique.ontology.world import load_world

_MODES = {"third-party": "mediate", "multilateral": "meet", "phone": "talk"}
_AS_ISO = {"Congo": "COG", "Holy See (Vatican City State)": "VAT"}  # in ISO 3166; our registry takes the first for either Congo


class Act(NamedTuple):
    """A PLOVER type with its quad class, and the Goldstein value of its CAMEO code."""

    plover: str
    quad: int
    goldstein: float


def act_of_cameo(code: str) -> Act | None:
    """What a CAMEO code tells of; none for what PLOVER drops and for what is no code."""
    known = code if code in cameo_codes() and len(code) > 2 else f"0{code}" if f"0{code}" in cameo_codes() else code
    plover = plover_of(known) if known in cameo_codes() else None
    return Act(plover, quad_of(plover), cameo_codes()[known].goldstein) if plover else None


def act_of_plover(type: str, mode: str | None) -> Act | None:
    """What a PLOVER type with its mode tells of; none where it is no type."""
    name = type.strip().upper()
    if name not in plover_types():
        return None
    told = (mode or "").strip().lower()
    return Act(name, quad_of(name), cameo_of(name, _MODES.get(told, told) or None, "happened").goldstein)


def states_of(cell: str) -> tuple[str, ...]:
    """The states that a cell names, each once: by names or codes, with semicolons between; without those that ISO 3166-1 has
    no code for."""
    return tuple(dict.fromkeys(state for part in cell.split(";") if (state := _state(part.strip()))))


def _state(name: str) -> str | None:
    if name in _AS_ISO:
        return _AS_ISO[name]
    if len(name) == 2:
        return load_codes().state_of("fips", name)
    if len(name) == 3 and name.isupper():
        return name if load_world().state(name) else load_codes().state_of("cameo", name)
    plain = name.partition(" (")[0]
    ordered = " ".join(reversed(plain.split(", ")))  # Micronesia, Federated States of
    states = [n for n in load_world().names(ordered) if n.entry.kind == "state"]
    surest = [n for n in states if n.use == "name"] or states
    return surest[0].entry.id.partition(":")[2] if surest else None
