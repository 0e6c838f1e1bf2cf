"""What an auxiliary says of its verb: that it lies ahead, may be, or would have been."""

from __future__ import annotations

from typing import cast

from communique.coding.clauses import has_condition, is_negated
from communique.types.events import Status
from communique.types.reading import Reading, Token

Verdict = tuple[Status, str]

UNREAL: Verdict = ("denied", "'would have'")


def arranged(reading: Reading, index: int) -> Verdict:
    """Of "is to meet": planned; of "was to have met", which says that it came to nothing: denied."""
    perfect = any(t.lemma == "have" for t in reading.children(index, "aux"))
    return ("denied", "'was to have'") if perfect else ("planned", "'be to'")


def by_modal(reading: Reading, index: int, status: str, aux: Token) -> Verdict:
    """Of a modal with its status in the tables ("may": uncertain): that status, unless a condition, a negation or "have"
    changes it."""
    negated = is_negated(reading, index)
    word = aux.lemma.lower()
    if status == "planned" and not negated and has_condition(reading, index):
        return "uncertain", f"'{aux.text}' under a condition"
    if negated and word in {"can", "could", "ca"}:
        return "denied", f"'{aux.text} not'"
    if not negated and any(t.lemma == "have" for t in reading.children(index, "aux")) and word in {"could", "should", "ought"}:
        return "denied", f"'{aux.text} have'"
    return cast(Status, status), f"'{aux.text}'"


def would(reading: Reading, index: int) -> Verdict:
    """Of "would": planned, as what was said to be to come; uncertain under a condition, denied with "have"."""
    if any(t.lemma == "have" for t in reading.children(index, "aux")):
        return UNREAL
    if has_condition(reading, index) or any(t.lemma in {"like", "prefer"} for t in (reading.tokens[index],)):
        return "uncertain", "'would' under a condition"
    return "planned", "'would'"
