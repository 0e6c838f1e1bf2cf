"""The type of the act between two given sides, also where it is too weak for an event."""

from __future__ import annotations

import pytest

from communique.coding.pairs import UNTOLD, types_between
from communique.types.analysis import Analysis
from communique.types.reading import Chunk, EventCandidate, Reading, Sentence, Token
from communique.types.text import Document, Span

TEXT = "Norland praised Sudria , which shelled Estria"
STATUS = (("happened", 1.0),)


def analysis(*events):
    tokens, at = [], 0
    for i, word in enumerate(TEXT.split()):
        tokens.append(Token(i, at, at + len(word), word, word, "X", "_", "_", i, "dep", 0))
        at += len(word) + 1
    reading = Reading(tuple(tokens), (Sentence(0, 0, len(tokens), 0),), (), events, (), True)
    return Analysis(Document("d", "t", "a source", TEXT), reading=reading)


def event(word, kind, chance, actor, recipient):
    arguments = (Chunk(actor, actor + 1, "actor", 0.9), Chunk(recipient, recipient + 1, "recipient", 0.9))
    return EventCandidate(word, word + 1, ((kind, chance),), STATUS, (), arguments)


PRAISE, SHELLING = event(1, "SUPPORT", 0.6, 0, 2), event(5, "ASSAULT", 0.9, 2, 6)
NORLAND, SUDRIA, ESTRIA = Span(0, 7), Span(16, 22), Span(39, 45)


@pytest.mark.parametrize(
    ("source", "target", "wanted"), [(NORLAND, SUDRIA, "SUPPORT"), (SUDRIA, ESTRIA, "ASSAULT"), (SUDRIA, None, "ASSAULT")]
)
def test_the_act_that_joins_both_sides_comes_first(source, target, wanted):
    assert types_between(analysis(PRAISE, SHELLING), source, target)[0][0] == wanted


def test_a_weak_candidate_between_the_sides_outweighs_a_sure_one_elsewhere():
    weak = event(1, "REJECT", 0.3, 0, 2)
    ranked = types_between(analysis(weak, SHELLING), NORLAND, SUDRIA)
    assert ranked[0] == ("REJECT", pytest.approx(0.3 * (UNTOLD + 0.9) ** 2))
    assert ranked[1] == ("ASSAULT", pytest.approx(0.9 * UNTOLD**2))


def test_nothing_where_there_is_no_candidate_or_no_reading():
    assert types_between(analysis(), NORLAND, SUDRIA) == ()
    assert types_between(Analysis(Document("d", "t", "a source", TEXT)), NORLAND, SUDRIA) == ()


def test_an_act_that_is_planned_is_filed_as_an_intent_or_a_threat():
    planned = (("planned", 0.9), ("happened", 0.1))
    visit = EventCandidate(1, 2, (("CONSULT", 0.8),), planned, (), PRAISE.arguments)
    attack = EventCandidate(5, 6, (("ASSAULT", 0.8),), planned, (), SHELLING.arguments)
    assert types_between(analysis(visit), NORLAND, SUDRIA)[0][0] == "AGREE"
    assert types_between(analysis(attack), SUDRIA, ESTRIA)[0][0] == "THREATEN"


def test_force_that_was_used_keeps_its_type():
    blockade = EventCandidate(5, 6, (("ASSAULT", 0.8),), STATUS, (), PRAISE.arguments)
    assert types_between(analysis(blockade), NORLAND, SUDRIA)[0][0] == "ASSAULT"
