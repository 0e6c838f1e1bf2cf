"""From an id to the words."""

import io

import pytest
from rich.console import Console
from tests.merge.conftest import PAIRS, read_happening

from communique.cli.accounts import show_lineage
from communique.errors import UsageError
from communique.query.desk import OpenDesk
from communique.query.show import passages
from communique.store.lake import Lake
from communique.types.text import Span

from .conftest import FIRST, SECOND

A = FIRST[:12]
RECORD = '{"document": {"dropped": []}}'


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


def test_an_incident_is_told_field_by_field_and_over_time(desk):
    thing = desk.show("i77")
    assert thing.fields["sources"] == 2 and thing.fields["outcome"] == "ongoing"
    steps = [(step.status, step.first.isoformat(), step.sources) for step in thing.incident.history]
    assert steps == [("happened", "2019-06-03", 1), ("ongoing", "2019-06-05", 1)]
    fields = {field.name: field for field in thing.incident.fields}
    assert {e for account in fields["who"].accounts for e in account.events} == set(thing.members)
    told = thing.to_dict()
    assert told["history"][0]["status"] == "happened" and {f["name"] for f in told["accounts"]} == fields.keys()
    assert desk.show("s77").to_dict().keys() >= {"lineage"} and "accounts" not in desk.show(A).to_dict()


def test_a_story_says_who_had_it_first_and_what_is_a_copy_of_what(lake):
    lake.append(
        "stories",
        [
            {"story": "s78", "document": FIRST, "run": "r1"},
            {"story": "s78", "document": SECOND, "run": "r1", "copy_of": FIRST, "copy_kind": "reworded", "likeness": 0.8},
        ],
    )
    with OpenDesk(lake.place) as desk:
        first, second = desk.show("s78").lineage
        assert (first["document"], first["copy_of"], first["publisher"]) == (A, None, "Norland Herald")
        assert (second["copy_of"], second["copy_kind"], second["likeness"]) == (A, "reworded", 0.8)
        assert desk.show("i77").incident.sources == 1


def test_a_copy_is_laid_beside_what_it_was_made_from_sentence_by_sentence(tmp_path):
    told = read_happening(PAIRS / "ferry.txt")
    lake = Lake(str(tmp_path / "desk"))
    lake.create()
    first, *others = (told[kind] for kind in ("original", "reworded", "machine", "trimmed"))
    rows = [{"id": t.document, "text_id": t.text_id, "run": "r1", "text": t.text, "record": RECORD} for t in (first, *others)]
    lake.append("documents", [row | {"title": t.title} for row, t in zip(rows, (first, *others), strict=True)])
    copies = zip(others, ("reworded", "machine-reworded", "trimmed"), strict=True)
    made = [{"document": t.document, "copy_of": first.document, "copy_kind": kind, "likeness": 0.8} for t, kind in copies]
    lake.append("stories", [{"story": "s79", "run": "r1"} | row for row in ({"document": first.document}, *made)])
    with OpenDesk(lake.place) as desk:
        lines = {row["copy_kind"]: row["rewordings"] for row in desk.show("s79").lineage}
    assert lines[None] == lines["trimmed"] == [] and len(lines["reworded"]) > 2 and len(lines["machine-reworded"]) > 2
    for made_so, kind in (("reworded", "reworded"), ("machine-reworded", "machine")):
        for line in lines[made_so]:
            assert told[kind].text[line["start"] : line["end"]] == line["text"] != line["of_text"]
            assert first.text[line["of_start"] : line["of_end"]] == line["of_text"]
    own, source = lines["machine-reworded"][0]["substituted"][0]
    assert own in lines["machine-reworded"][0]["text"].lower() and source in lines["machine-reworded"][0]["of_text"].lower()
    console = Console(file=io.StringIO(), width=120)
    show_lineage(
        [
            {"copy_kind": None, "copy_of": None, "title": "", "publisher": "", "published_start": None, "document": "a"}
            | {"syndicated_from": [], "rewordings": lines["reworded"][:1]}
        ],
        console,
    )
    shown = " ".join(console.file.getvalue().split())
    assert lines["reworded"][0]["text"].split()[0] in shown and lines["reworded"][0]["of_text"].split()[-1] in shown
