"""Lemma rules: how a lemma is made from a form, as a label that a network can learn.

A rule is `case|strip|append`: take the form (lowered when case is `l`, as it is when `k`), cut `strip`
characters from its end, append a string. `went` → `go` is `l|4|go`. After Straka (2018), UDPipe 2.0, simplified to suffixes.
"""

from __future__ import annotations


def rule_of(form: str, lemma: str) -> str:
    """The rule that makes the lemma from the form."""
    case = "k" if lemma[:1].isupper() and form[:1].isupper() else "l"
    base = form if case == "k" else form.lower()
    same = 0
    while same < min(len(base), len(lemma)) and base[same] == lemma[same]:
        same += 1
    return f"{case}|{len(base) - same}|{lemma[same:]}"


def apply_rule(rule: str, form: str) -> str:
    """The lemma that the rule makes of the form; the form itself when it is too short for the rule."""
    case, strip, append = rule.split("|", 2)
    base = form if case == "k" else form.lower()
    cut = int(strip)
    if cut > len(base):
        return base
    return (base[: len(base) - cut] + append) or base
