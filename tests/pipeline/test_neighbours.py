"""What may meet a new event is found by columns; none that would be weighed is left out."""

from __future__ import annotations

from dataclasses import replace
from random import Random

import pyarrow as pa
import pytest
from tests.merge.happenings import reports

from communique.merge.blocks import pairs
from communique.merge.traits import traits_of
from communique.pipeline.neighbours import KEYS, meeting
from communique.store.tables import SCHEMAS
from communique.types.incidents import Party


def rows(events):
    """The columns of events, as the table has them."""
    made = []
    for e in events:
        sides = {
            f"{side}_{column}": [value for party in told if (value := getattr(party, name))]
            for side, told in (("actor", e.actor), ("recipient", e.recipient))
            for column, name in (("names", "name"), ("entries", "entry"), ("countries", "country"))
        }
        days = {"when_start": e.when.start if e.when else None, "when_end": e.when.end if e.when else None}
        days["published_start"] = e.published.start if e.published else None
        made.append(sides | days | {"place_name": e.place, "status": e.status})
    return pa.Table.from_pylist(made, schema=pa.schema([SCHEMAS["events"].field(name) for name in KEYS]))


@pytest.mark.parametrize("seed", range(4))
def test_whatever_meets_a_new_event_is_found(seed):
    random = Random(seed)
    events, _ = reports(seed + 40, 80)
    bare = [replace(e, actor=(Party("Officials"),), recipient=(), when=None, place="The Old Port") for e in events[:20]]
    plans = [replace(e, status="planned", when=None) for e in events[20:40]]
    events = [replace(e, text_id=f"t{n}") for n, e in enumerate((*events, *bare, *plans))]
    random.shuffle(events)
    traits = [traits_of(e) for e in events]
    new = set(random.sample(range(len(events)), 9))
    met = {
        other
        for one, two in pairs(traits)
        for pair in zip(one.tolist(), two.tolist(), strict=True)
        for n, other in (pair, pair[::-1])
        if n in new
    }
    found = set(meeting(rows(events), [traits[n] for n in new]).nonzero()[0].tolist())
    assert met and met <= found
    assert len(found) < 0.7 * len(events)


def test_an_event_without_days_meets_none():
    events = [replace(reports(1, 5)[0][0], when=None, published=None)]
    assert not meeting(rows(events * 2), [traits_of(events[0])]).any()
