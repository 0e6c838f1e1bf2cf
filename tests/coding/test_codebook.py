"""The codebook's tables are whole, and its examples are proposed as they say."""

from __future__ import annotations

import pytest
from tests.coding.examples import MARK

from communique.coding import codebook
from communique.coding.codebook import TYPES, Pattern, load_codebook, noun_classes, parse_example, read_table
from communique.coding.forms import mended, noun_forms, verb_forms
from communique.coding.patterns import propose
from communique.errors import DataError
from communique.ontology.plover import plover_types
from communique.types.analysis import Analysis
from communique.types.reading import EventCandidate, Reading
from communique.types.text import Span

PATTERNS = [p for entry in load_codebook().types.values() for p in entry.patterns]


def test_every_plover_type_has_a_definition_and_patterns() -> None:
    assert set(TYPES) == set(plover_types())
    for entry in load_codebook().types.values():
        assert len(entry.definition) > 60
        assert len(entry.patterns) >= 7


def test_modes_are_those_of_the_ontology() -> None:
    for plover, entry in load_codebook().types.items():
        if plover != "CONSULT":  # ours are finer than PLOVER's
            assert set(entry.modes) == set(plover_types()[plover].modes), plover


@pytest.mark.parametrize("pattern", PATTERNS, ids=lambda p: p.example[:50])
def test_an_example_marks_a_word_of_its_pattern(pattern: Pattern) -> None:
    text, marks = parse_example(pattern.example)
    triggers = [text[s:e].lower() for code, s, e in marks if code == "t"]
    assert len(triggers) == 1
    irregular = read_table("irregular.yaml")
    heads = {words[0] if pattern.part == "verb" else words[-1] for words in pattern.words}
    forms = {f for w in heads for f in (w, *verb_forms(w), *noun_forms(w), *irregular.get(w, ()))}
    assert set(triggers[0].split()) & forms
    assert not MARK.search(text)


def test_classes_that_patterns_name_exist() -> None:
    assert {"people", "troops", "weapons", "deals", "institutions"} <= set(noun_classes())
    for pattern in PATTERNS:
        for words in pattern.lists.values():
            assert not any(w.startswith("@") for w in words)


def test_a_pattern_with_an_unknown_key_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    row = {"verb": ["greet"], "colour": "red", "example": "[Peru|a] [greeted|t] [Chile|r]."}
    monkeypatch.setattr(codebook, "read_table", lambda name: {"type": "AID", "definition": "x", "patterns": [row]})
    load_codebook.cache_clear()
    try:
        with pytest.raises(DataError, match=r"AGREE.yaml|colour"):
            load_codebook()
    finally:
        monkeypatch.undo()
        load_codebook.cache_clear()


def test_a_missing_table_says_what_to_do() -> None:
    with pytest.raises(DataError, match="reinstall"):
        codebook.read_table("none.yaml")


def _words_at(reading: Reading, first: int, last: int) -> Span:
    return Span(reading.tokens[first].start, reading.tokens[last - 1].end)


def _fault(pattern: Pattern, reading: Reading) -> str | None:
    """What of the example the patterns did not propose."""
    _, marks = parse_example(pattern.example)
    trigger = next(Span(s, e) for code, s, e in marks if code == "t")
    found = next((c for c in propose(reading) if _words_at(reading, c.first, c.last).overlap(trigger)), None)
    if found is None:
        return "trigger"
    if found.types[0][0] != ("YIELD" if pattern.plover in ("CONCEDE", "RETREAT") else pattern.plover):
        return f"type {found.types[0]}"
    if pattern.mode and (not found.mode or found.mode[0][0] != pattern.mode):
        return f"mode {found.mode}"
    for code, start, end in marks:
        for role in {"a": ("actor",), "r": ("recipient",), "b": ("actor", "recipient"), "t": ()}[code]:
            if not _filled(found, reading, role, Span(start, end)):
                return role
    return None


def _filled(candidate: EventCandidate, reading: Reading, role: str, span: Span) -> bool:
    return any(a.label == role and _words_at(reading, a.first, a.last).overlap(span) for a in candidate.arguments)


def test_examples_are_proposed_with_type_mode_and_arguments(examples: dict[str, Analysis]) -> None:
    """The annotator may misread a sentence here and there; more than five in a hundred is the patterns' fault."""
    faults = {}
    for pattern in PATTERNS:
        reading = examples[parse_example(pattern.example)[0]].reading
        assert reading is not None
        fault = _fault(pattern, mended(reading))
        if fault:
            faults[f"{pattern.plover}: {pattern.example}"] = fault
    assert len(faults) <= 0.05 * len(PATTERNS), faults
