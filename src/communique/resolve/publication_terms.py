"""What the offices named in a report's lead tell of its date: it stands within a term of each holder who is called by one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta

from communique.ontology.entries import Office
from communique.ontology.world import World
from communique.types.text import Interval

_NAMED = re.compile(r"[A-Z][\w’'-]*\.?(?: (?:(?:of|for|and|al|bin|de|von|van) )?[A-Z][\w’'-]*\.?){1,7}")
# Tables and newsrooms differ by some weeks on when a term began.
_SLACK = timedelta(days=45)


def terms_told(
    sentence: str, world: World, former: frozenset[str], ever: Interval
) -> Iterator[tuple[tuple[Interval, ...], re.Match[str]]]:
    """For each "President Ada Lind" of a sentence the days of that person's terms in such an office, and where it stands.

    Holders whom the words call former, and people of whom the world knows no such term, tell nothing.
    """
    for found in _NAMED.finditer(sentence):
        before = re.findall(r"\w+", sentence[max(0, found.start() - 30) : found.start()])
        words = found[0].split(" ")
        if (before and before[-1].lower() in former) or former & {part for w in words for part in w.lower().split("-")}:
            continue
        days = _terms(words, world, ever)
        if days:
            yield days, found


def _terms(words: list[str], world: World, ever: Interval) -> tuple[Interval, ...]:
    for first in range(1, len(words) - 1):
        title = world.title(" ".join(words[:first]))
        if title is None or title.title_class is None:
            continue
        holders = {
            n.entry.id for n in world.names(" ".join(words[first:])) if n.entry.kind == "person" and n.use in ("name", "alias")
        }
        terms = [o for holder in holders for o in world.terms_of(holder) if _class(o, world) == title.title_class]
        if terms:
            return _merged([_days(o.begin, o.end, ever) for o in terms])
    return ()


def _class(office: Office, world: World) -> str | None:
    title = world.title(office.title)
    return title.title_class if title else None


def _days(begin: date | None, end: date | None, ever: Interval) -> Interval:
    return Interval(begin - _SLACK if begin else ever.start, end + _SLACK if end else ever.end)


def _merged(days: list[Interval]) -> tuple[Interval, ...]:
    """The same days as sorted intervals without overlap."""
    merged: list[Interval] = []
    for interval in sorted(days, key=lambda i: i.start):
        if merged and interval.start <= merged[-1].end:
            merged[-1] = Interval(merged[-1].start, max(merged[-1].end, interval.end))
        else:
            merged.append(interval)
    return tuple(merged)
