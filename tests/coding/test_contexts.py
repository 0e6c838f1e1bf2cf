"""The contexts of events: each by its example, read by the whole coder."""

from __future__ import annotations

import pytest

from communique import read
from communique.coding.codebook import read_table
from communique.coding.contexts import FURTHER, HINT, MOST, TELLING, shown_by
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
    assert set(shown_by(["a", "Nuclear", "power"])) == {"cbrn"}
    assert "diplomatic" in shown_by(["the", "peace", "process"])
    assert shown_by([]) == {}


def test_hints_show_less_than_words():
    shown = shown_by(["the", "police", "murder"])
    assert shown["crime"] == pytest.approx(TELLING + FURTHER * HINT)
    assert shown_by(["police"])["crime"] == pytest.approx(HINT)


def test_a_phrase_is_known_by_its_lemmas_or_its_forms():
    assert shown_by(["mass", "shoot"])["crime"] == pytest.approx(HINT)
    assert shown_by(["mass", "shoot"], ["Mass", "shooting"])["crime"] == pytest.approx(TELLING)


def test_states_fight_with_their_armed_forces():
    assert {c for e in read("Russian strikes on Ukraine killed five people.").events for c in e.contexts} == {"military"}


def test_a_phrase_counts_once_and_none_of_its_parts():
    assert set(shown_by(["general", "strike"])) == {"economic"}
    assert shown_by(["army", "army"]) == shown_by(["army"])


def test_a_context_far_behind_the_likeliest_is_left_out():
    (event, *_) = read("The army shelled rebel positions and a bank near the front line.").events
    assert event.contexts == ("military",)


def test_much_of_a_report_speaks_for_its_events():
    text = "Inspectors visited a nuclear plant in Chad. The reactor was stopped. Chad rejected their report."
    about = [e.contexts for e in read(text).events if e.plover == "REJECT"]
    assert about
    assert all("cbrn" in contexts for contexts in about)


def test_no_word_stands_twice_for_a_context():
    for row in TABLE.values():
        words = [*row.get("words", ()), *row.get("hints", ())]
        assert len(words) == len(set(words))
        assert all(word == word.lower() for word in words)
