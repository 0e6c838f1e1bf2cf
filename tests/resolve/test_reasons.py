"""Decisions by weighted reasons: ranking, margin, ties, threshold."""

from __future__ import annotations

from communique.ontology.entries import Entry
from communique.resolve.reasons import Candidate, Decision, Reason, decide


def candidate(name: str, *weights: float) -> Candidate:
    return Candidate(Entry(f"person:{name}", name, "person", "PER"), tuple(Reason(f"weighs {w}", w) for w in weights))


def test_the_heaviest_is_taken_with_its_margin() -> None:
    decision = decide([candidate("Sol", 1.5, 1.0), candidate("Luna", 3.0, 1.0, -0.5)], least=3.0)
    assert [c.entry.name for c in decision.candidates] == ["Luna", "Sol"]
    assert decision.taken is decision.candidates[0] and decision.margin == 1.0
    assert decision.why == "Luna: weighs 3.5, 1 more than the next"


def test_a_tie_stays_open() -> None:
    decision = decide([candidate("Sol", 3.0), candidate("Luna", 3.1), candidate("Mar", 1.0)], least=2.0)
    assert decision.taken is None
    assert decision.why == "a tie, left open: Luna, Sol"
    assert decide([candidate("Sol", 3.0), candidate("Luna", 3.1)], lead=0.05).taken is not None


def test_too_little_is_not_enough() -> None:
    decision = decide([candidate("Sol", 1.5)], least=3.0)
    assert decision.taken is None and decision.margin is None
    assert decision.why == "below the threshold: Sol weighs 1.5, 3 are needed"


def test_an_entry_counts_once_by_its_heaviest() -> None:
    decision = decide([candidate("Sol", 1.5), candidate("Sol", 3.0)])
    assert [c.weight for c in decision.candidates] == [3.0]
    assert decision.why == "Sol: the only candidate, weighs 3"


def test_nobody_is_no_decision() -> None:
    assert Decision().taken is None and Decision().margin is None
    assert decide([]).why == "the registry has nobody of this name"
