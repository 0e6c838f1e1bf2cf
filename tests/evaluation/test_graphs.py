"""The network's candidates as events and statements, in the form that is scored."""

from __future__ import annotations

import json

import pytest

from communique.errors import DataError
from communique.evaluation import graphs
from communique.types.reading import Chunk, EventCandidate, Reading, Sentence, StatementCandidate, Token
from communique.types.text import Span

TEXT = "Norland shelled Sudria , Ana said"
STATUS = (("planned", 0.6), ("happened", 0.4))


def reading(events=(), statements=()):
    tokens, at = [], 0
    for i, word in enumerate(TEXT.split()):
        tokens.append(Token(i, at, at + len(word), word, word, "X", "_", "_", i, "dep", 0))
        at += len(word) + 1
    return Reading(tuple(tokens), (Sentence(0, 0, len(tokens), 0),), (), tuple(events), tuple(statements), True)


def event(kind, probability, *arguments):
    return EventCandidate(1, 2, ((kind, probability), ("AID", 0.01)), STATUS, (("none", 1.0),), arguments)


def test_sure_candidates_become_events():
    sure = event("ASSAULT", 0.9, Chunk(0, 1, "actor", 0.8), Chunk(2, 3, "recipient", 0.6), Chunk(4, 5, "source", 0.7))
    told = graphs.told(reading([sure, event("COERCE", graphs.TYPE_LEAST - 0.01)]))
    (found,) = told.events
    assert (found.plover, found.status, found.trigger.of(TEXT)) == ("ASSAULT", "planned", "shelled")
    assert told.touches(*found.actor, [0, 3])
    assert told.touches(*found.recipient, [16, 22])
    assert told.touches(*found.attributed_to, [25, 28])
    assert not told.touches(*found.actor, [16, 22])


def test_unsure_arguments_and_those_of_other_roles_are_left_out():
    told = graphs.told(reading([event("YIELD", 0.9, Chunk(0, 1, "actor", 0.4), Chunk(2, 3, "where", 0.9))]))
    (found,) = told.events
    assert (found.plover, found.actor, found.recipient) == ("CONCEDE", (), ())


def test_statements_with_speaker_and_content():
    cue = Chunk(5, 6, "cue", 0.9)
    whole = StatementCandidate(cue, Chunk(4, 5, "speaker"), Chunk(0, 3, "content"))
    told = graphs.told(reading(statements=[whole, StatementCandidate(cue, None, Chunk(0, 3, "content"))]))
    (found,) = told.statements
    assert found.content == Span(0, 22)
    assert told.touches(found.speaker, [25, 28])


def test_scored_by_hand(tmp_path, monkeypatch):
    """Two sentences: one with its event and statement found, but the recipient missed; one with a false alarm."""
    gold = {"trigger": [8, 15], "plover": "ASSAULT", "status": "planned", "actor": [[0, 7]], "recipient": [[16, 22]]}
    said = {"speaker": [25, 28], "content": [0, 22]}
    lines = [{"text": TEXT, "events": [gold], "statements": [said]}, {"text": TEXT, "events": [], "statements": []}]
    path = tmp_path / "dev.jsonl"
    path.write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    found = event("ASSAULT", 0.9, Chunk(0, 1, "actor", 0.8))
    statement = StatementCandidate(Chunk(5, 6, "cue"), Chunk(4, 5, "speaker"), Chunk(0, 3, "content"))
    readings = [reading([found], [statement]), reading([event("AID", 0.9)])]
    monkeypatch.setattr(graphs, "read_texts", lambda texts, model: iter(readings if list(texts) == [TEXT, TEXT] else []))
    figures = graphs.evaluate(path, None)
    assert figures == {
        "graph_trigger_f1": pytest.approx(2 / 3),
        "graph_type_f1": pytest.approx(2 / 3),
        "graph_actor_f1": 1.0,
        "graph_recipient_f1": 0.0,
        "graph_status": 1.0,
        "graph_status_other_f1": 1.0,
        "graph_statements_f1": 1.0,
    }


def test_no_sentences(tmp_path):
    path = tmp_path / "dev.jsonl"
    path.write_text("", encoding="utf-8")
    with pytest.raises(DataError, match="empty"):
        graphs.evaluate(path, None)
