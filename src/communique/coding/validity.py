"""From when to when a fact holds, by the times that its clause tells: "since 2012", "from 2001 to 2005", "until May"."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import timedelta

from communique.coding import graph
from communique.types.analysis import Analysis
from communique.types.entities import Time
from communique.types.events import Fact
from communique.types.reading import Reading, Token

_FROM = frozenset({"since", "from", "after", "between"})
_TO = frozenset({"until", "till", "to", "through", "up to"})
# Verbs that tell how an office or a tie begins and how it ends, whose time is that day.
_BEGINS = frozenset(
    "become elect reelect re-elect appoint name inaugurate install choose join found form take assume enter sign forge begin "
    "establish accede swear".split()
)
_ENDS = frozenset("leave quit resign retire step end dissolve expire withdraw lose oust".split())
ONE_DAY = timedelta(days=1)
# ISO 8601 leaves off what is not known: a year has 4 characters, a month 7.
_LENGTH = {"year": 4, "month": 7}
_UP = frozenset({"obj", "obl", "xcomp", "nsubj", "nmod", "appos", "conj", "acl", "flat"})


@dataclass(frozen=True, slots=True)
class Validity:
    """The first and the last day, month or year of a fact in ISO 8601, none where it is not told."""

    begin: str | None = None
    end: str | None = None


def dated(analysis: Analysis, reading: Reading, facts: Iterable[Fact]) -> Iterator[Fact]:
    """The facts with the times that the clauses of their evidence tell, where they have none."""
    times = [t for t in analysis.times if t.interval is not None and t.kind == "date"]
    for fact in facts:
        if not times or fact.begin or fact.end:
            yield fact
            continue
        found = _validity(reading, times, fact)
        yield replace(fact, begin=found.begin, end=found.end)


def _validity(reading: Reading, times: list[Time], fact: Fact) -> Validity:
    begin = end = None
    for span in fact.evidence:
        inside = {t.index for t in reading.between(span)}
        heads = [i for i in inside if reading.tokens[i].head not in inside or reading.tokens[i].head == i]
        for anchor in dict.fromkeys(a for h in heads for a in _anchors(reading, h)):
            for first, last in _told(reading, times, reading.tokens[anchor]):
                begin, end = begin or first, end or last
    return Validity(begin, end)


def _anchors(reading: Reading, head: int) -> Iterator[int]:
    """The word that tells of a fact and, of a noun, the verb that makes somebody what it says ("was elected president")."""
    yield head
    token = reading.tokens[head]
    above = reading.tokens[token.head]
    if graph.base(token) in _UP and above.lemma.lower() in _BEGINS | _ENDS:
        yield above.index


def _told(reading: Reading, times: list[Time], anchor: Token) -> Iterator[tuple[str | None, str | None]]:
    """Begin and end by each time that hangs on a word."""
    verb = anchor.lemma.lower()
    for child in reading.children(anchor.index, "obl", "nmod"):
        time = next((t for t in times if t.span.overlap(child.span)), None)
        case = graph.case_of(reading, child.index)
        if time is None:
            continue
        if case in _FROM | _TO and _is_range(time):
            yield _first(time), _last(time)
        elif case in _FROM:
            yield _first(time), None
        elif case in _TO:
            yield None, _last(time)
        elif verb in _BEGINS and case in {"", "in", "on", "at"}:
            yield _first(time), None
        elif verb in _ENDS and case in {"", "in", "on", "at"}:
            yield None, _last(time)


def _is_range(time: Time) -> bool:
    """Whether a time names its first and its last year, month or day ("2001 to 2005")."""
    last = _last(time)
    return last is not None and last != _first(time)


def _first(time: Time) -> str | None:
    return time.interval.start.isoformat()[: _LENGTH.get(time.precision, 10)] if time.interval is not None else None


def _last(time: Time) -> str | None:
    if time.interval is None:
        return None
    return (time.interval.end - ONE_DAY).isoformat()[: _LENGTH.get(time.precision, 10)]
