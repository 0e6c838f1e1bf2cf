"""Which events of copies stand in the same sentence: one text's events are put to another's, each to at most one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from communique.merge.reasons import ENOUGH, kin, score
from communique.merge.traits import Traits

_LOOKED = 64  # events of earlier copies that one is put to at most


def align(traits: Sequence[Traits]) -> list[int]:
    """For each event the first one that stands in the same sentence of a copy, itself where there is none."""
    first = list(range(len(traits)))
    copies: dict[str, dict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
    for i, t in enumerate(traits):
        copies[t.group][t.text_id].append(i)
    for texts in copies.values():
        known: list[int] = []
        for events in texts.values():
            taken = _put(traits, known[:_LOOKED], events) if known else {}
            first_of = {i: taken.get(i, i) for i in events}
            for i, one in first_of.items():
                first[i] = one
            known += [i for i in events if i not in taken]
    return first


def _put(traits: Sequence[Traits], known: Sequence[int], events: Sequence[int]) -> dict[int, int]:
    """Events by those that they are put to, the likest first."""
    pairs = [(-points, i, j) for i in events for j in known if (points := _likeness(traits[i], traits[j])) >= ENOUGH]
    found: dict[int, int] = {}
    for _, i, j in sorted(pairs):
        if i not in found and j not in found.values():
            found[i] = j
    return found


def _likeness(a: Traits, b: Traits) -> int:
    """How far two events of copies are told alike, in tenths of a point: as those of reports of their own are; all that is
    told in the same words."""
    if not kin(a.plover, b.plover):
        return 0
    alike = score(replace(a, text_id="", group=""), replace(b, text_id=" ", group=" "))
    return alike + 10 * ENOUGH if a.stem == b.stem and a.words == b.words and a.plover == b.plover else alike
