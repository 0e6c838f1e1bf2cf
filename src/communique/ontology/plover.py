"""PLOVER types, their quad classes and scores, and the CAMEO code and Goldstein value that follow from them.

Sources: PLOVER manual (Open Event Data Alliance, 2024-02-04); CAMEO code book (Gerner, Schrodt, Yilmaz & Abu-Jabr 2002);
Goldstein, "A Conflict-Cooperation Scale for WEIS Events Data", Journal of Conflict Resolution 36 (1992).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from itertools import product
from types import MappingProxyType
from typing import Any

import yaml

from communique.errors import DataError
from communique.ontology.tables import read_rows, read_text


@dataclass(frozen=True, slots=True)
class PloverType:
    """An event type: quad class 1 to 4, score from -10 to 10, its modes with their scores."""

    name: str
    quad: int
    score: float
    modes: Mapping[str, float]
    needs_recipient: bool


@dataclass(frozen=True, slots=True)
class CameoCode:
    """A CAMEO code of two to four digits with its Goldstein value, from -10 to 10."""

    code: str
    goldstein: float
    name: str


@cache
def plover_types() -> Mapping[str, PloverType]:
    """The sixteen types by name."""
    types = {}
    for name, row in _manual()["types"].items():
        modes = MappingProxyType({mode: float(score) for mode, score in row.get("modes", {}).items()})
        types[name] = PloverType(name, row["quad"], float(row["score"]), modes, bool(row.get("recipient")))
    return MappingProxyType(types)


@cache
def contexts() -> tuple[str, ...]:
    """The contexts that an event may have."""
    return tuple(_manual()["contexts"])


@cache
def sectors() -> Mapping[str, str]:
    """The sector codes with their meaning."""
    return MappingProxyType(dict(_manual()["sectors"]))


@cache
def cameo_codes() -> Mapping[str, CameoCode]:
    """All CAMEO codes by their digits."""
    return MappingProxyType({code: CameoCode(code, float(value), name) for code, value, name in read_rows("cameo.tsv")})


def quad_of(plover: str) -> int:
    """The quad class of a type: 1 verbal cooperation, 2 material cooperation, 3 verbal conflict, 4 material conflict."""
    return _type(plover).quad


def score_of(plover: str, mode: str | None = None) -> float:
    """The PLOVER score of a type with its mode; that of the type alone where the mode has none."""
    found = _type(plover)
    return float(found.modes.get(mode or "", found.score))


def cameo_of(plover: str, mode: str | None, status: str, trigger_lemma: str | None = None) -> CameoCode:
    """The CAMEO code of an event.

    Type, mode and status decide: a visit that is planned is 036 (intent to meet), one that was made 042. The lemma of
    the trigger refines it where the type alone is broad. An event that is denied, uncertain or ongoing has the code of
    the act itself. Raises `DataError` for an unknown type.
    """
    _type(plover)
    wanted = ("planned", "") if status == "planned" else ("",)
    lemma = (trigger_lemma or "").lower()
    table = _choices()
    # A planned act has an intent code where one is listed, else that of the act; the mode says more than the word.
    for s, m, w in product(wanted, dict.fromkeys((mode or "", "")), dict.fromkeys((lemma, ""))):
        if (m or s or w) and (code := table.get((plover, m, s, w))):
            return cameo_codes()[code]
    return cameo_codes()[table[plover, "", "", ""]]


def plover_of(code: str) -> str | None:
    """The PLOVER type that a CAMEO code is filed under, after the mapping of 2021 of openeventdata/PLOVER.

    None for codes that PLOVER drops (roots 01 and 02) and for what is no code."""
    if code[:2] == "08":
        retreat = code[:3] in ("084", "085", "086", "087") or code[:4] in ("0813", "0814")
        return "RETREAT" if retreat else "CONCEDE"
    return next((_FILED[code[:n]] for n in (4, 3, 2) if code[:n] in _FILED), None)


_FILED = {
    "03": "AGREE", "04": "CONSULT", "05": "SUPPORT", "06": "COOPERATE", "07": "AID", "09": "ACCUSE", "10": "REQUEST",
    "11": "ACCUSE", "12": "REJECT", "13": "THREATEN", "14": "PROTEST", "15": "MOBILIZE", "16": "SANCTION", "17": "COERCE",
    "18": "ASSAULT", "19": "ASSAULT", "20": "ASSAULT",
    # embargo or sanctions, destruction of property, violent repression, blockade, occupation
    "163": "COERCE", "1712": "ASSAULT", "175": "ASSAULT", "191": "COERCE", "192": "COERCE",
}  # fmt: skip


@cache
def _manual() -> Mapping[str, Any]:
    loaded: Mapping[str, Any] = yaml.safe_load(read_text("plover.yaml"))
    return loaded


@cache
def _choices() -> dict[tuple[str, str, str, str], str]:
    return {(plover, mode, status, lemma): code for plover, mode, status, lemma, code in read_rows("cameo_of.tsv")}


def _type(plover: str) -> PloverType:
    try:
        return plover_types()[plover]
    except KeyError:
        raise DataError(f"{plover!r} is no PLOVER type; use one of {', '.join(plover_types())}") from None
