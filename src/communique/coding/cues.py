"""The cue tables of status: which words say that a thing has happened, is planned, uncertain or denied (`data/status.yaml`)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from communique.coding.codebook import read_table


@dataclass(frozen=True, slots=True)
class Cues:
    """The cue tables: word to status (`same` and `going on` mean: as the governor), and plain word lists.

    `negated`: what a negated governor, or verb over the noun of an act, says of it where that is not the mere reverse. Together
    with `governors` they are the signatures of Nairn, Condoravdi and Karttunen (2006): "failed to" is -, "did not fail to" +.
    """

    governors: Mapping[tuple[str, str], str]
    negated: Mapping[tuple[str, str], str]
    noun_verbs: Mapping[str, str]
    modifiers: Mapping[str, str]
    prepositions: Mapping[str, str]
    modals: Mapping[str, str]
    lists: Mapping[str, frozenset[str]]


@cache
def load_cues() -> Cues:
    """The cue tables, read once."""
    table = read_table("status.yaml")
    governors: dict[tuple[str, str], str] = {}
    negated: dict[tuple[str, str], str] = {}
    for group in table["governors"]:
        for word in group["words"]:
            governors.setdefault((group["part"], word), group["status"])
            if "negated" in group:
                negated[group["part"], word] = group["negated"]
    for group in table["noun_verbs"]:
        negated.update((("noun verb", word), group["negated"]) for word in group["words"] if "negated" in group)
    flat = {
        name: {word: group["status"] for group in reversed(table[name]) for word in group["words"]}
        for name in ("noun_verbs", "modifiers", "prepositions")
    }
    modals = {word: status for status, words in table["modals"].items() for word in words}
    names = (
        "conditions",
        "negations",
        "later",
        "motion",
        "appointments",
        "occurrences",
        "lasting",
        "sure",
        "doubts",
        "parts",
        "appeals",
        "halts",
        "claims",
        "rejects",
        "evidence",
        "ordinals",
        "definite",
        "unplanning",
        "cancelling",
        "moving",
    )
    return Cues(governors, negated, flat["noun_verbs"], flat["modifiers"], flat["prepositions"], modals,
                {name: frozenset(table[name]) for name in names})  # fmt: skip
