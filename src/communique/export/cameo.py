"""CAMEO dyad files as TABARI and PETRARCH write them: date, source, target, code, name of the code and id, tab-separated.

Source: TABARI's event lines, and `PETRwriter.py` of PETRARCH2. Dates are YYYYMMDD; ids are those of our events, so that
`communique show` finds the words.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import BinaryIO

from communique.export.acts import acts, cameo_act, code_of, pairs
from communique.export.exports import Loss, Rows, by_id, event_id
from communique.export.lines import tabbed
from communique.ontology.plover import cameo_codes


class CameoDyads:
    """The dyad file; a dyad of actors with the same code is no dyad for it."""

    name = "cameo"
    needs = frozenset({"documents", "actors", "events"})
    carries: frozenset[str] = frozenset()

    def write(self, documents: Iterable[Rows], out: BinaryIO) -> Loss:
        """Write the documents; see `exports.Export`."""
        loss = Loss(self.name)
        for rows in documents:
            actors = by_id(rows, "actors")
            for act in acts(rows, cameo_act, self.carries, loss):
                found = [(a, b) for a, b in pairs(act.event, actors) if a and b]
                loss.drop("events without a source or a target left out", not found)
                coded = [(str(code_of(a, act.day)), str(code_of(b, act.day))) for a, b in found]
                lines = dict.fromkeys((a, b) for a, b in coded if a and b and a != b)
                loss.drop(
                    "events of actors without a CAMEO code, or with one and the same, left out", bool(found) and not lines
                )
                for source, target in lines:
                    name = cameo_codes()[act.type].name
                    out.write(tabbed((f"{act.day:%Y%m%d}", source, target, act.type, name, event_id(act.event))))
                    loss.written += 1
        return loss
