"""The contexts of events: each by its example, read by the whole coder."""

from __future__ import annotations

import pytest

from communique import read
from communique.coding.codebook import read_table
from communique.coding.contexts import MOST, load_contexts, shown_by
from communique.ontology.plover import contexts, plover_types, sectors

TABLE = read_table("contexts.yaml")


@pytest.mark.parametrize("context", TABLE)
def test_each_context_by_its_example(context):
    events = read(TABLE[context]["example"]).events
    assert any(context in event.contexts for event in events)
    assert all(len(event.contexts) <= MOST for event in events)


def test_the_table_has_all_contexts_and_no_other():
    assert sorted(TABLE) == sorted(contexts())


def test_types_modes_and_sectors_are_known():
    modes = {mode for found in plover_types().values() for mode in found.modes}
    for row in TABLE.values():
        assert set(row.get("types", ())) <= set(plover_types())
        assert set(row.get("modes", ())) <= modes
        assert set(row.get("sectors", ())) <= set(sectors())


def test_words_and_phrases_show_contexts():
    assert shown_by(["a", "Nuclear", "power"]) == ("cbrn",)
    assert "diplomatic" in shown_by(["the", "peace", "process"])
    assert shown_by([]) == ()
    assert load_contexts().words["nuclear"] == ("cbrn",)
