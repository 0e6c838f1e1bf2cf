"""The date of publication of a report that tells none, inferred from what its text gives.

Every clue allows some days: an anniversary its year, a date told in the past the days after it. The days that all clues
allow are the answer if they lie within 366 days; otherwise, and when clues contradict one another, the date stays unknown.
A wrong date is worse than none: it would shift every relative time.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import timedelta
from functools import cache

from communique.ontology.world import World, load_world
from communique.resolve.publication.clues import (
    EVER,
    Clue,
    Days,
    Sentence,
    clues,
    load_sayings,
    months_left_out,
    read_sentences,
)
from communique.resolve.publication.dateline import dateline
from communique.resolve.publication.hints import hint_of_days, hints
from communique.resolve.publication.weights import Hint, Weights, days_of, likeliest, prior_of, telling
from communique.types.analysis import Analysis, Failed, each
from communique.types.text import Interval, Published, Span

WIDEST = 366
_FEW = 4
# The years that a report names are mostly, but not surely enough, near its own: alone they tell nothing.
YEAR_HINTS = frozenset({"past day", "past month", "past year", "month ahead", "year ahead", "year", "days"})


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
    """The days on one of which a report came out, with the spans that tell it; unknown where they are too many.

    What leaves only some days rules: where such clues contradict one another, the date is unknown, and where they leave
    a year or less, nothing else is asked. Otherwise all hints are weighed (`weights`).
    """
    told = read_sentences(analysis)
    days, evidence = _ruled(told, analysis.document.text, dateline(analysis, told))
    bounds = hull(days)
    if bounds is None:
        return Published()
    if bounds.end - bounds.start <= timedelta(days=WIDEST):
        return Published(bounds, "inferred", tuple(sorted(set(evidence))))
    found = hints(told, world, analysis.document.text)
    if days != (EVER,):
        found.append(hint_of_days(days, tuple(evidence)))
    return _weighed(found, days)


def _ruled(told: list[Sentence], text: str, more: Iterable[Clue]) -> tuple[Days, list[Span]]:
    """The days that all clues allow, none where they contradict, and the spans of those that narrowed them."""
    days: Days = (EVER,)
    evidence: list[Span] = []
    for clue in _widest_first((*clues(told), *more)):
        left = intersect(days, clue.days)
        if not left:
            return (), []
        if left != days:
            days = left
            evidence.extend(clue.evidence)
    for clue in months_left_out(told, text, hull(days)):
        left = intersect(days, clue.days)
        if left and left != days:
            days = left
            evidence.extend(clue.evidence)
    return days, evidence


def _weighed(found: list[Hint], days: Days) -> Published:
    """The likeliest stretch of months within the days that are left, unless it is too wide or fits badly."""
    answer = load_sayings().answer
    if all(hint.name in YEAR_HINTS for hint in found):
        return Published()
    stretch, fit = likeliest(found, _prior(), answer["mass"])
    interval = hull(intersect((days_of(stretch),), days))
    if interval is None or interval.end - interval.start > timedelta(days=answer["widest"]):
        return Published()
    if fit < answer["misfit"] * max(_FEW, len(found)):
        return Published()
    evidence = {span for hint in telling(found, stretch) for span in hint.evidence}
    return Published(interval, "inferred", tuple(sorted(evidence))) if evidence else Published()


@cache
def _prior() -> Weights:
    answer = load_sayings().answer
    return prior_of(answer["until"], answer["early"], answer["late"], answer["since"])


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
        return each(analyses, self.name, self._dated)

    def _dated(self, analysis: Analysis) -> Analysis:
        if analysis.document.published.origin != "unknown":
            return analysis
        published = infer(analysis, self._world or load_world())
        return replace(analysis, document=replace(analysis.document, published=published))
