"""The type of act between a given source and target: the sentences of Hu et al. (2024, ACL), ZSP/PLV.

A table with tabs: `marked_sentence` with `<s>source</s>` and `<t>target</t>`, `gold_root` the PLOVER type, one of fifteen, with
YIELD for CONCEDE and RETREAT together. Macro F1 is the mean of the types' F1, as its authors give it.
"""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from pathlib import Path

from communique import registry
from communique.coding.pairs import types_between
from communique.config import Settings
from communique.errors import DataError
from communique.pipeline import build
from communique.types.analysis import Failed
from communique.types.text import Span

_MARK = re.compile(r"(</?[st]>)")
NONE = "none"


@dataclass(frozen=True, slots=True)
class Dyad:
    """A sentence with its two sides, none where it is not marked, and the type of the act between them."""

    text: str
    source: Span | None
    target: Span | None
    plover: str


def load(path: Path) -> list[Dyad]:
    """The sentences of a table. Raises DataError where it has another form."""
    try:
        with path.open(encoding="utf-8", newline="") as lines:
            rows = [(row["marked_sentence"], row["gold_root"]) for row in csv.DictReader(lines, delimiter="\t")]
    except (OSError, KeyError, UnicodeDecodeError) as error:
        raise DataError(f"{path}: no table with the columns marked_sentence and gold_root ({error})") from None
    return [parse(marked, plover) for marked, plover in rows if marked and plover]


def parse(marked: str, plover: str) -> Dyad:
    """A marked sentence as text and spans."""
    text, places = "", {}
    for part in _MARK.split(marked):
        if _MARK.fullmatch(part):
            places[part] = len(text)
        else:
            text += part
    return Dyad(text, _side(places, "s"), _side(places, "t"), plover)


def _side(places: dict[str, int], name: str) -> Span | None:
    begin, end = places.get(f"<{name}>"), places.get(f"</{name}>")
    return Span(begin, end) if begin is not None and end is not None else None


def evaluate(path: Path) -> dict[str, float]:
    """Macro F1 and accuracy of the types, and F1 of each type."""
    dyads = load(path)
    from_string = registry.find(registry.SOURCES, "string")
    said = []
    for dyad, analysis in zip(dyads, build(Settings()).analyse(from_string(d.text) for d in dyads), strict=True):
        ranked = () if isinstance(analysis, Failed) else types_between(analysis, dyad.source, dyad.target)
        said.append(ranked[0][0] if ranked else NONE)
    return score([d.plover for d in dyads], said)


def score(wanted: list[str], given: list[str]) -> dict[str, float]:
    """Figures of types given for types wanted."""
    figures: dict[str, float] = {}
    for name in sorted(set(wanted)):
        right = sum(w == g == name for w, g in zip(wanted, given, strict=True))
        figures[name.lower()] = 2 * right / (wanted.count(name) + given.count(name))
    right = sum(w == g for w, g in zip(wanted, given, strict=True))
    summary = {"dyads_macro_f1": sum(figures.values()) / (len(figures) or 1), "dyads_accuracy": right / (len(wanted) or 1)}
    return summary | {f"dyads_{name}_f1": value for name, value in figures.items()}
