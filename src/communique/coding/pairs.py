"""What one side does to another: the type of the act that a text tells between two of its phrases.

The coder asks of a text which events it tells; here both sides are given and an act is sought that joins them, also among the
candidates that are too weak for an event of their own.
"""

from __future__ import annotations

from communique.coding.candidates import Draft, drafts
from communique.coding.forms import mended
from communique.types.analysis import Analysis
from communique.types.reading import Reading
from communique.types.text import Span

UNTOLD = 0.15  # the weight of an act of which a side is not told, or told to be another's
PATTERN_SHARE = 0.3

Ranked = tuple[tuple[str, float], ...]


def types_between(analysis: Analysis, source: Span | None, target: Span | None) -> Ranked:
    """The types of act between a source and a target, spans of the document, with their weights, the heaviest first.

    Types are PLOVER's, YIELD for CONCEDE and RETREAT; weights lie between 0 and 2 and are no probabilities. A side that is
    None is not asked for. Nothing is found where the text has no candidate at all.
    """
    if analysis.reading is None:
        return ()
    reading = mended(analysis.reading)
    found: dict[str, float] = {}
    for draft in drafts(reading):
        sides = (UNTOLD + _holds(reading, draft, "actor", source)) * (UNTOLD + _holds(reading, draft, "recipient", target))
        for name, chance in _types(draft).items():
            found[name] = max(found.get(name, 0.0), chance * sides)
    return tuple(sorted(found.items(), key=lambda pair: -pair[1]))


def _types(draft: Draft) -> dict[str, float]:
    found = dict(draft.network.types) if draft.network is not None else {}
    for name, chance in draft.pattern.types if draft.pattern is not None else ():
        found[name] = found.get(name, 0.0) + PATTERN_SHARE * chance
    return found


def _holds(reading: Reading, draft: Draft, role: str, side: Span | None) -> float:
    """How surely a draft has words of a side in a role."""
    chunks = [c for part in (draft.network, draft.pattern) if part is not None for c in part.arguments if c.label == role]
    if side is None:
        return UNTOLD
    return max((c.score for c in chunks if reading.span(c.first, c.last).overlap(side)), default=0.0)
