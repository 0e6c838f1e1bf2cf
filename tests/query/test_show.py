"""From an id to the words."""

import pytest

from communique.errors import UsageError
from communique.query.show import passages
from communique.types.text import Span

from .conftest import FIRST, SECOND

A = FIRST[:12]


def marked(thing):
    return [[p.text[s.start - p.span.start : s.end - p.span.start] for s in p.marked] for p in thing.passages]


@pytest.mark.parametrize(
    ("part", "kind", "words"),
    [
        ("e1", "event", [["Premier Ana Sol of Norland met envoys from Sudria in Lisbon on Monday"]]),
        ("s1", "statement", [["We will reopen the border"]]),
        ("f1", "fact", [["Premier Ana Sol of Norland"]]),
        ("a1", "actor", [["Ana Sol"], ["Sol"]]),
        ("p1", "place", [["Lisbon"]]),
        ("t1", "time", [["on Monday"]]),
    ],
)
def test_the_words_that_show_a_thing_are_marked_in_their_paragraph(desk, part, kind, words):
    thing = desk.show(f"{A}/{part}")
    assert (thing.id, thing.kind, marked(thing)) == (f"{A}/{part}", kind, words)
    assert thing.fields["document"] == FIRST and thing.document["title"] == "Talks in Lisbon"
    assert all("\n" not in p.text for p in thing.passages)


def test_an_event_has_its_trigger_and_all_fields(desk):
    thing = desk.show(f"{A}/e1")
    (passage,) = thing.passages
    assert passage.text[passage.trigger.start - passage.span.start : passage.trigger.end - passage.span.start] == "met"
    (row,) = desk.events(document=A, type="CONSULT").rows()
    assert thing.fields == row
    assert thing.to_dict()["passages"][0]["trigger"] == {"start": 49, "end": 52}


def test_documents_stories_and_incidents_lead_to_what_they_hold(desk):
    document = desk.show(A)
    assert document.kind == "document" and document.members == (f"{A}/e1", f"{A}/e2", f"{A}/e3")
    assert document.passages[0].text.startswith("LISBON, 3 June 2019") and "text" not in document.fields
    assert desk.show(FIRST).id == desk.show(A[:6]).id == A
    assert desk.show("s77").members == (A, SECOND[:12])
    incident = desk.show("i77")
    assert incident.members == (f"{A}/e1", f"{SECOND[:12]}/e1") and len(incident.passages) == 2


@pytest.mark.parametrize("id", ["", "zz", "a", f"{A}/e9", "cccc0000/e1", "s1", "x' OR '1", "%", f"{A}/x1"])
def test_what_the_desk_has_not_is_said(desk, id):
    with pytest.raises(UsageError, match=r"no document|no such|none of"):
        desk.show(id)


def test_spans_of_one_paragraph_stand_in_one_passage_and_long_ones_are_cut():
    text = "One. Two.\nThree " + "x" * 2000 + " end."
    first, second = passages("d", text, [Span(10, 15), Span(0, 3), Span(5, 8)], None)
    assert first.text == "One. Two." and first.marked == (Span(0, 3), Span(5, 8))
    assert second.span == Span(10, 615)
