"""The codebook's tables are whole, and its examples are proposed as they say."""

from __future__ import annotations

import pytest
from tests.coding.examples import MARK

from communique import read
from communique.coding import codebook
from communique.coding.candidates import Draft, drafts, least_score
from communique.coding.codebook import TYPES, Pattern, load_codebook, noun_classes, parse_example, read_table
from communique.coding.forms import mended, noun_forms, verb_forms
from communique.coding.patterns import mode_of, propose
from communique.errors import DataError
from communique.ontology.plover import cameo_of, plover_of, plover_types
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


@pytest.mark.parametrize("plover", TYPES)
def test_every_type_and_mode_is_told_in_full(plover: str) -> None:
    entry = load_codebook().types[plover]
    assert len(entry.rules) >= 4 and all(len(rule) > 30 for rule in entry.rules)
    assert len(entry.negatives) >= 5
    for negative in entry.negatives:
        assert negative.instead != plover and negative.instead in {None, *TYPES}
    for mode in entry.modes.values():
        assert len(mode.means) > 5 and mode.words
        assert mode.example != mode.counterexample


@pytest.mark.parametrize("plover", TYPES)
def test_cameo_codes_are_filed_under_their_type(plover: str) -> None:
    """PLOVER drops appeals (02), which are requests here."""
    entry = load_codebook().types[plover]
    assert all(plover_of(code) == plover for code in entry.cameo if code != "02")
    for name, mode in entry.modes.items():
        assert cameo_of(plover, name, "happened").code.startswith(mode.cameo), name


def test_classes_that_patterns_name_exist() -> None:
    assert {"people", "troops", "weapons", "deals", "institutions"} <= set(noun_classes())
    for pattern in PATTERNS:
        for words in pattern.lists.values():
            assert not any(w.startswith("@") for w in words)


def test_a_pattern_with_an_unknown_key_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    row = {"verb": ["greet"], "colour": "red", "example": "[Peru|a] [greeted|t] [Chile|r]."}
    table = {"type": "AGREE", "definition": "x", "rules": [], "cameo": [], "not": [], "patterns": [row]}
    monkeypatch.setattr(codebook, "read_table", lambda name: table)
    load_codebook.cache_clear()
    try:
        with pytest.raises(DataError, match="colour"):
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


def _told_at(reading: Reading, example: str) -> Draft | None:
    """The event that the coder makes of the marked word."""
    _, marks = parse_example(example)
    trigger = next(Span(s, e) for code, s, e in marks if code == "t")
    found = (d for d in drafts(reading) if d.score >= least_score(reading))
    return next((d for d in found if _words_at(reading, d.first, d.last).overlap(trigger)), None)


def _reading(examples: dict[str, Analysis], example: str) -> Reading:
    reading = examples[parse_example(example)[0]].reading
    assert reading is not None
    return mended(reading)


def test_what_a_type_is_not_is_not_coded_so(examples: dict[str, Analysis]) -> None:
    """Few may be: a network knows no rule without exception."""
    entries = load_codebook().types.values()
    cases = [(entry.plover, negative) for entry in entries for negative in entry.negatives]
    faults = {}
    for plover, negative in cases:
        draft = _told_at(_reading(examples, negative.example), negative.example)
        yields = ("YIELD",) if {plover, negative.instead} == {"CONCEDE", "RETREAT"} else ()
        if draft is not None and draft.plover in (plover, *({"YIELD"} & {_joined(plover)})) and not yields:
            faults[f"{plover}: {negative.example}"] = draft.reasons
    assert len(faults) <= 0.05 * len(cases), faults


def test_what_a_type_is_not_is_what_is_said_instead(examples: dict[str, Analysis]) -> None:
    cases = [(entry.plover, n) for entry in load_codebook().types.values() for n in entry.negatives if n.instead]
    faults = {}
    for plover, negative in cases:
        draft = _told_at(_reading(examples, negative.example), negative.example)
        if draft is None or draft.plover != _joined(negative.instead or ""):
            faults[f"{plover}: {negative.example}"] = draft.reasons if draft is not None else "nothing"
    assert len(faults) <= 0.1 * len(cases), faults


def _joined(plover: str) -> str:
    return "YIELD" if plover in ("CONCEDE", "RETREAT") else plover


def test_modes_are_told_by_their_examples(examples: dict[str, Analysis]) -> None:
    cases = [(p, name, m) for p, entry in load_codebook().types.items() for name, m in entry.modes.items()]
    faults = {}
    for plover, name, mode in cases:
        for example, wanted in ((mode.example, True), (mode.counterexample, False)):
            reading = _reading(examples, example)
            _, marks = parse_example(example)
            (place,) = (Span(s, e) for code, s, e in marks if code == "t")
            at = [t.index for t in reading.between(place)]
            found = mode_of(reading, EventCandidate(at[0], at[-1] + 1, ((plover, 1.0),), (), (), ()), plover)
            if (found == name) != wanted:
                faults[f"{plover} {name}: {example}"] = found
    assert len(faults) <= 0.05 * len(cases), faults


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


@pytest.mark.parametrize(
    ("text", "kind", "mode"),
    [
        ("Police questioned Omar Haddad on Monday.", "ACCUSE", "investigate"),
        ("China suspended a duty on steel from Peru.", "RETREAT", None),
        ("Protesters set fire to the embassy of Peru.", "ASSAULT", None),
        ("Iran has armed the rebels with rockets.", "AID", None),
    ],
)
def test_a_mode_is_that_of_the_words_meant(text: str, kind: str, mode: str | None) -> None:
    assert [e.mode for e in read(text).events if e.plover == kind] == [mode]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Soldiers killed two kidnappers on Wednesday.", ("ASSAULT", None)),
        ("Gunmen kidnapped two tourists.", ("ASSAULT", "abduct")),
        ("Peru test-fired a ballistic missile on Friday.", ("MOBILIZE", "weapons")),
        ("Niger declared a state of emergency.", ("COERCE", "martial-law")),
        ("President Ana Ruiz called Omar Haddad to discuss grain.", ("CONSULT", "talk")),
        ("President Ana Ruiz called on Omar Haddad to discuss grain.", ("REQUEST", "meet")),
        ("Peru withdrew its troops from Chile.", ("RETREAT", "withdraw")),
        ("Peru shut two airports on Monday.", ("COERCE", None)),
        ("The court acquitted the banker of fraud.", ("RETREAT", "release")),
        ("Chad sent back hundreds of refugees.", ("COERCE", "deport")),
        ("New Delhi suspended mail between the two countries.", ("SANCTION", None)),
        ("The union suspended Chile in May.", ("SANCTION", "expel")),
        ("Peru sent a delegation to Chile.", ("CONSULT", "visit")),
        ("Thousands of students staged protests against the government.", ("PROTEST", "demo")),
    ],
)
def test_kind_and_mode_of_the_one_event_that_a_sentence_tells(text: str, expected: tuple[str, str | None]) -> None:
    assert [(e.plover, e.mode) for e in read(text).events] == [expected]
