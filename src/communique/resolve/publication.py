"""The date of publication of a report that tells none, inferred from what its text gives.

Every clue allows some days: an anniversary its year, a date told in the past the days after it. The days that all clues
allow are the answer if they lie within 366 days; otherwise, and when clues contradict one another, the date stays unknown.
A wrong date is worse than none: it would shift every relative time.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import timedelta

from communique.ontology.world import World, load_world
from communique.resolve.publication_clues import EVER, Clue, Days, clues, months_left_out, read_sentences
from communique.types.analysis import Analysis, Failed
from communique.types.text import Interval, Published, Span

WIDEST = 366


def intersect(one: Days, other: Days) -> Days:
    """The days that both sets hold; a set of days is sorted intervals without overlap."""
    found: list[Interval] = []
    i = j = 0
    while i < len(one) and j < len(other):
        start, end = max(one[i].start, other[j].start), min(one[i].end, other[j].end)
        if start < end:
            found.append(Interval(start, end))
        if one[i].end < other[j].end:
            i += 1
        else:
            j += 1
    return tuple(found)


def hull(days: Days) -> Interval | None:
    """The smallest interval around a set of days."""
    return Interval(days[0].start, days[-1].end) if days else None


def infer(analysis: Analysis, world: World) -> Published:
    """The days on one of which a report came out, with the spans that tell it; unknown where they are more than `WIDEST`."""
    days: Days = (EVER,)
    evidence: list[Span] = []
    told = read_sentences(analysis)
    for clue in _widest_first(clues(told, world)):
        left = intersect(days, clue.days)
        if not left and clue.name == "term of office":
            continue  # a table may lack a term, so that it must not outweigh what the text says
        if not left:
            return Published()
        if left != days:
            days = left
            evidence.extend(clue.evidence)
    for clue in months_left_out(told, analysis.document.text, hull(days)):
        left = intersect(days, clue.days)
        if left and left != days:
            days = left
            evidence.extend(clue.evidence)
    interval = hull(days)
    if interval is None or interval.end - interval.start > timedelta(days=WIDEST):
        return Published()
    return Published(interval, "inferred", tuple(sorted(set(evidence))))


def _widest_first(found: Iterable[Clue]) -> list[Clue]:
    """Clues in the order in which they narrow, so that only those that are needed stand as evidence."""
    return sorted({(c.name, c.days): c for c in found}.values(), key=lambda clue: (clue.rank, clue.evidence))


class PublicationDater:
    """The stage that infers the date of publication of reports that tell none; all others pass unchanged."""

    name = "publication"
    requires = frozenset({"passages"})
    uses = frozenset({"reading"})
    provides = frozenset({"document"})

    def __init__(self, world: World | None = None) -> None:
        """`world` knows who held which office when; the built-in registry by default, read when a report needs it."""
        self._world = world

    def __call__(self, analyses: Iterable[Analysis | Failed]) -> Iterator[Analysis | Failed]:
        """Each analysis, its document dated where its text allows; a failure for a report that can't be done."""
        for analysis in analyses:
            if isinstance(analysis, Failed) or analysis.document.published.origin != "unknown":
                yield analysis
                continue
            try:
                yield replace(
                    analysis, document=replace(analysis.document, published=infer(analysis, self._world or load_world()))
                )
            except Exception as error:
                yield Failed(analysis.document.source, self.name, error)
