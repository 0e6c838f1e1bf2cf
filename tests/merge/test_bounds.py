"""Pairs that are left out before they are weighed would not have had enough points."""

from __future__ import annotations

from dataclasses import replace
from random import Random

import numpy as np
import pytest
from tests.merge.happenings import STATES, reports

from communique.merge.blocks import pairs, reach
from communique.merge.bounds import Bounds
from communique.merge.reasons import ENOUGH, score
from communique.merge.traits import traits_of
from communique.types.incidents import Party


def crowded(seed):
    """Made events, some of them with many sides, plans without a day, or next to nothing known."""
    random = Random(seed)
    events, _ = reports(seed, 30)
    more = [Party(s[0], f"state:{c}", c) for c, s in STATES.items()] + [Party(f"Bloc {n}", f"bloc:{n}") for n in range(80)]
    for event in random.sample(events, 40):
        sides = tuple(random.sample(more, random.randint(2, 7)))
        kind = random.choice(("CONSULT", "AGREE", "ASSAULT"))
        event = replace(event, text_id=f"{event.text_id}+", plover=kind, actor=sides, recipient=sides[: random.randint(0, 7)])
        events.append(replace(event, when=random.choice((None, event.when)), status=random.choice(("planned", "happened"))))
    return [traits_of(event) for event in events]


def linked(pairs, traits):
    return {tuple(sorted(p)) for p in pairs if score(traits[p[0]], traits[p[1]]) >= ENOUGH}


@pytest.mark.parametrize("seed", range(4))
def test_no_pair_with_enough_points_is_left_out(seed):
    traits = crowded(seed)
    one, other = (side.ravel() for side in np.meshgrid(np.arange(len(traits)), np.arange(len(traits))))
    akin = [(a, b) for a, b in zip(one.tolist(), other.tolist(), strict=True) if linked([(a, b)], traits)]
    left = set(zip(*(side.tolist() for side in Bounds(traits).worth(one, other)), strict=True))
    assert len(akin) > 300 and set(akin) <= left
    assert len(left) < len(one) / 8


@pytest.mark.parametrize("seed", range(2))
def test_events_of_two_sides_meet_where_their_days_can_be_the_same(seed):
    traits = sorted(crowded(seed), key=lambda t: t.start)
    met = {pair for one, other in pairs(traits) for pair in zip(one.tolist(), other.tolist(), strict=True)}
    every = {(i, j) for j in range(len(traits)) for i in range(j) if traits[i].start and traits[j].start <= reach(traits[i])}
    missed = linked(every, traits) - met
    few = {i for i, t in enumerate(traits) if len(t.sides) <= 6}
    assert not [p for p in missed if few.issuperset(p) and len(traits[p[0]].sides & traits[p[1]].sides) > 1]
    assert all(traits[i].start <= traits[j].start for i, j in met)


def test_events_alone_meet_none():
    assert not list(pairs([])) and not list(pairs(crowded(0)[:1]))
