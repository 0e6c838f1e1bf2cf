"""What one side does to another: the type of the act that a text tells between two of its phrases.

The coder asks of a text which events it tells; here both sides are given and an act is sought that joins them, also among the
candidates that are too weak for an event of their own. As in the dictionary coders, what is meant to be done counts as what
CAMEO files it under: a visit that is planned is an intent to cooperate, an attack that is planned a threat.
"""

from __future__ import annotations

from communique.coding import graph
from communique.coding.candidates import Draft, drafts
from communique.coding.forms import mended
from communique.coding.patterns import YIELDS, code_lemma, mode_of
from communique.ontology.plover import cameo_of, plover_of
from communique.types.analysis import Analysis
from communique.types.reading import Reading
from communique.types.text import Span

UNTOLD = 0.15  # the weight of an act of which a side is not told, or told to be another's
EMBEDDED = 0.5  # the share that is left to an act within another: to agree to a release is no release
GOVERNS = 0.3  # the score from which a candidate governs what stands below it
PATTERN_SHARE = 0.3
FORCE = frozenset({"ASSAULT", "COERCE"})

Ranked = tuple[tuple[str, float], ...]


def types_between(analysis: Analysis, source: Span | None, target: Span | None) -> Ranked:
    """The types of act between a source and a target, spans of the document, with their weights, the heaviest first.

    Types are PLOVER's, YIELD for CONCEDE and RETREAT; weights lie between 0 and 2 and are no probabilities. A side that is
    None is not asked for. Nothing is found where the text has no candidate at all.
    """
    if analysis.reading is None:
        return ()
    reading = mended(analysis.reading)
    candidates = drafts(reading)
    governing = {d.head for d in candidates if d.score >= GOVERNS}
    found: dict[str, float] = {}
    for draft in candidates:
        sides = (UNTOLD + _holds(reading, draft, "actor", source)) * (UNTOLD + _holds(reading, draft, "recipient", target))
        above = (i for i in graph.ancestors(reading, draft.head) if i != draft.head)
        share = EMBEDDED if any(i in governing for i in above) else 1.0
        for name, chance in _types(reading, draft).items():
            found[name] = max(found.get(name, 0.0), chance * sides * share)
    return tuple(sorted(found.items(), key=lambda pair: -pair[1]))


def _types(reading: Reading, draft: Draft) -> dict[str, float]:
    told = dict(draft.network.types) if draft.network is not None else {}
    for name, chance in draft.pattern.types if draft.pattern is not None else ():
        told[name] = told.get(name, 0.0) + PATTERN_SHARE * chance
    found: dict[str, float] = {}
    for name, chance in told.items():
        filed = _filed(reading, name, draft)
        found[filed] = max(found.get(filed, 0.0), chance)
    return found


def _filed(reading: Reading, name: str, draft: Draft) -> str:
    """The type that CAMEO's code of the act lies under. Force that was used stays what it was: of attacks, blockades and
    occupations the two manuals draw the bounds differently."""
    if name in FORCE and draft.status != "planned":
        return name
    plover = "CONCEDE" if name == "YIELD" else name
    candidate = draft.pattern or draft.network
    mode = mode_of(reading, candidate, plover) if candidate is not None and name != "YIELD" else None
    filed = plover_of(cameo_of(plover, mode, draft.status, code_lemma(reading, draft.head)).code) or name
    return "YIELD" if filed in YIELDS else filed


def _holds(reading: Reading, draft: Draft, role: str, side: Span | None) -> float:
    """How surely a draft has words of a side in a role."""
    chunks = [c for part in (draft.network, draft.pattern) if part is not None for c in part.arguments if c.label == role]
    if side is None:
        return UNTOLD
    return max((c.score for c in chunks if reading.span(c.first, c.last).overlap(side)), default=0.0)
