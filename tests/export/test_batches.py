"""Batches give the same rows and the same losses as rows do one by one."""

from collections import Counter

import pyarrow as pa
import pytest

from communique.export.batches import count_aspects, rows_of_batch
from communique.export.exports import ASPECTS, aspects_of
from communique.store.tables import CHILDREN, SCHEMAS


@pytest.mark.parametrize("table", [*CHILDREN, "documents"])
def test_rows_are_those_that_arrow_gives(table, rows):
    nothing = dict.fromkeys(SCHEMAS[table].names)
    batch = pa.RecordBatch.from_pylist([nothing, *rows[table], nothing], schema=SCHEMAS[table])
    for part in (batch, batch.slice(1, 2), batch.slice(0, 0)):
        assert rows_of_batch(part) == part.to_pylist()


@pytest.mark.parametrize("carries", [frozenset(), frozenset({"evidence", "place"})])
def test_aspects_are_counted_as_for_each_event(rows, carries):
    events = [*rows["events"], dict.fromkeys(SCHEMAS["events"].names), rows["events"][0] | {"mode": "", "contexts": []}]
    each = Counter(ASPECTS[aspect] for event in events for aspect in aspects_of(event) - carries)
    assert count_aspects(pa.RecordBatch.from_pylist(events, schema=SCHEMAS["events"]), carries) == each
    assert len(each) == len(ASPECTS) - len(carries)
