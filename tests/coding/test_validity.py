"""From when to when a fact holds: texts read whole, from words to facts."""

from __future__ import annotations

import pytest

from communique.config import Settings
from communique.pipeline.stages import make
from communique.types.analysis import Analysis
from communique.types.text import Document

FRAME = "LIMA, 3 March 2019 - Officials spoke to reporters at length on Sunday about the plan. {} The talks went on for hours."
TEXTS = {
    "Peru has been a member of the Andean Community since 1969.": [("member_of", "1969", None)],
    "Peru belongs to the Andean Community until 5 March 2031.": [("member_of", None, "2031-03-05")],
    "Ana Ruiz was elected as mayor of Lima in May 2015.": [("holds_office", "2015-05", None)],
    "The summit opened in 2015. Peru is an ally of Chile.": [("allied_with", None, None)],
    "Lars Holm, prime minister of Denmark from 2001 to 2005, spoke.": [("holds_office", "2001", "2005")],
}


@pytest.fixture(scope="module")
def told() -> dict[str, Analysis]:
    found: dict[str, Analysis] = {}
    for text in TEXTS:
        flow = iter([Analysis(Document("d", "t", "made-up", FRAME.format(text)))])
        for stage in make(Settings()):
            flow = iter(list(stage(flow)))  # type: ignore[arg-type]
        (analysis,) = flow
        assert isinstance(analysis, Analysis)
        found[text] = analysis
    return found


@pytest.mark.parametrize("text", TEXTS, ids=lambda t: t[:40])
def test_times_of_the_clause_bound_the_fact(text: str, told: dict[str, Analysis]) -> None:
    facts = told[text].facts
    assert TEXTS[text][0] in [(f.predicate, f.begin, f.end) for f in facts]


def test_times_are_no_part_of_an_office(told: dict[str, Analysis]) -> None:
    offices = [f.object for text in TEXTS for f in told[text].facts if f.predicate == "holds_office"]
    assert "prime minister of Denmark" in offices and not any("20" in office for office in offices)
    assert not any("of Lima of" in office for office in offices)
