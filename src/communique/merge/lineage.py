"""Who had a text first: documents that are copies of one another in the order in which they came to be, and how many sources
a story has when each counts once, however often it is reprinted."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date

from communique.types.stories import Copy, Lineage, Rewording, Told


def trace(told: Sequence[Told], copies: Iterable[Copy]) -> list[Lineage]:
    """The lineages of documents, one of its own for each that is no copy, in the order of their first documents.

    Of two documents that was first which surely came out earlier (their intervals of publication do not overlap); else the
    agency's own, where others credit it; else the one that came to the desk first.
    """
    place = {one.document: n for n, one in enumerate(told)}
    linked: dict[int, list[Copy]] = {n: [] for n in range(len(told))}
    for copy in copies:
        one, other = place[copy.one], place[copy.other]
        linked[one].append(copy)
        linked[other].append(copy)
    found = []
    seen: set[int] = set()
    for n in range(len(told)):
        if n not in seen:
            members = _reach(n, linked, place)
            seen |= members
            found.append(_lineage([told[m] for m in sorted(members)], {told[m].document: linked[m] for m in members}))
    return found


def count_sources(lineages: Iterable[Lineage]) -> int:
    """How many sources documents have that are independent of each other: an agency once, a newsroom once, reprints never."""
    return len({lineage.source for lineage in lineages})


def _reach(start: int, linked: Mapping[int, list[Copy]], place: Mapping[str, int]) -> set[int]:
    members, open_ends = {start}, [start]
    while open_ends:
        for copy in linked[open_ends.pop()]:
            for end in (place[copy.one], place[copy.other]):
                if end not in members:
                    members.add(end)
                    open_ends.append(end)
    return members


def _lineage(members: list[Told], linked: Mapping[str, list[Copy]]) -> Lineage:
    credited = {agency.casefold() for one in members for agency in one.syndicated_from}
    ordered = _in_order(members, credited)
    documents = [one.document for one in ordered]
    rank = {document: n for n, document in enumerate(documents)}
    parents = (_parent(document, rank, linked[document]) for document in documents[1:])
    return Lineage(tuple(documents), (None, *parents), _source(ordered, credited))


def _in_order(members: list[Told], credited: set[str]) -> list[Told]:
    """By the last day of publication, which never puts one before another that surely came out earlier; of those that may be
    the first of all, an agency's own comes first."""

    def key(one: Told) -> tuple[date, bool]:
        return (one.published.end if one.published else date.max, not _is_agency(one.publisher, credited))

    ordered = sorted(members, key=key)
    ends = [one.published.end for one in members if one.published]
    may_be_first = [o for o in ordered if not o.published or o.published.start < min(ends)]
    first = min(may_be_first, key=lambda o: (not _is_agency(o.publisher, credited), ordered.index(o)))
    return [first, *(one for one in ordered if one is not first)]


def _parent(document: str, rank: Mapping[str, int], copies: Iterable[Copy]) -> Copy:
    """What a document was made from, as a copy that goes from it: the likest of the earlier ones, and only where it is tied to
    later ones alone the likest of these."""
    turned = (turn(c, document) for c in copies)
    return max(turned, key=lambda c: (rank[c.other] < rank[document], c.likeness, -rank[c.other]))


def turn(copy: Copy, document: str) -> Copy:
    """The copy seen from one of its two documents, as `one`."""
    if copy.one == document:
        return copy
    turned = tuple(Rewording(r.other, r.one, tuple((b, a) for a, b in r.substituted)) for r in copy.rewordings)
    return replace(copy, one=copy.other, other=copy.one, rewordings=turned)


def _source(ordered: Sequence[Told], credited: set[str]) -> str:
    """Whose report the first is: the agency that it credits or is, else one that its copies credit, else its publisher."""
    first = ordered[0]
    if first.syndicated_from:
        return first.syndicated_from[0].casefold()
    if _is_agency(first.publisher, credited):
        return next(a for a in sorted(credited) if a in (first.publisher or "").casefold())
    agencies = [agency.casefold() for one in ordered for agency in one.syndicated_from]
    if agencies:
        return agencies[0]
    return (first.publisher or first.document).casefold()


def _is_agency(publisher: str | None, credited: set[str]) -> bool:
    return publisher is not None and any(agency in publisher.casefold() for agency in credited)
