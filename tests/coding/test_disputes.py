"""Who disputes an event, by the examples of the table; which events are past or imagined."""

from __future__ import annotations

from datetime import date

import pytest

from communique import read
from communique.coding.codebook import read_table
from communique.coding.disputes import load_disputing

TABLE = read_table("disputes.yaml")
EXAMPLES = [example for group in ("clause", "back", "nouns", "false", "said") for example in TABLE[group]["examples"]]


def parts(marked: str) -> tuple[str, dict[str, str]]:
    found, text = {}, ""
    for piece in marked.replace("]", "[").split("["):
        words, _, code = piece.partition("|")
        text += words
        if code:
            found[code] = words
    return text, found


@pytest.mark.parametrize("marked", EXAMPLES)
def test_each_example_is_disputed_by_its_denier(marked):
    text, marks = parts(marked)
    record = read(text)
    (event,) = [e for e in record.events if e.trigger.of(text) == marks["t"]]
    assert all(e is event or not e.denied_by for e in record.events)
    assert record.names(event.denied_by) == (marks["d"],)


@pytest.mark.parametrize("marked", TABLE["clause"]["examples"])
def test_what_only_its_denial_tells_of_is_denied(marked):
    text, marks = parts(marked)
    (event,) = [e for e in read(text).events if e.trigger.of(text) == marks["t"]]
    assert event.status == "denied"


def test_an_accusation_that_is_denied_was_made():
    record = read("Chile accused Peru of bombing its port. Peru denied the accusation.")
    accused = [e for e in record.events if e.plover == "ACCUSE"]
    assert accused and {(e.status, e.denied_by) for e in accused} == {("happened", ())}


def test_words_are_listed_once():
    words = load_disputing()
    assert words.clause < words.back


@pytest.mark.parametrize(
    ("text", "auxiliary"),
    [
        ("Peru shelled Chile in March 1994.", ("historical",)),
        ("Peru shelled Chile on Monday.", ()),
        ("If Peru attacked Chile, Bolivia would protest.", ("hypothetical",)),
    ],
)
def test_past_and_imagined_events(text, auxiliary):
    record = read(text, published=date(2024, 5, 15))
    assert record.events[0].auxiliary == auxiliary


@pytest.mark.parametrize(
    "text",
    [
        "Peru did not deny that it had attacked the port.",
        "Peru can not deny that it attacked the port.",
        "Peru denied visas to Chilean officials.",
        "Peru rejected the plan of Chile.",
    ],
)
def test_nobody_disputes(text):
    assert all(e.denied_by == () for e in read(text).events)


def test_who_denies_a_part_in_an_act_does_not_deny_the_act():
    record = read("Peru denied responsibility for the attack on the port.")
    attacks = [e for e in record.events if e.plover == "ASSAULT"]
    assert [(e.status, record.names(e.denied_by)) for e in attacks] == [("happened", ("Peru",))]


def test_nobody_vouches_for_what_they_deny():
    (event,) = [e for e in read("Brazil denied planning an attack on Bolivia.").events if e.plover == "ASSAULT"]
    assert (event.status, event.attributed_to, len(event.denied_by)) == ("denied", (), 1)


def test_who_says_that_others_did_not_act_is_not_their_denier():
    record = read("Chile has not allowed journalists into the town, the union said, a claim that the ministry called false.")
    (event,) = [e for e in record.events if e.status == "denied"]
    assert (record.names(event.attributed_to), record.names(event.denied_by)) == (("union",), ("ministry",))


@pytest.mark.parametrize(
    "text",
    [
        "Peru praised the deal. Chile rejected the deal.",
        "Peru helped Chile rebuild the port, Bolivia said. Peru denies wrongdoing.",
        "Peru lent Chile a ship, Bolivia said.\n\nPeru denied that.",
        "Peru lent Chile a ship, Bolivia said. Peru denied reports that the pact lets the navy use the harbour.",
    ],
    ids=["no claim", "no guilt", "another paragraph", "another claim"],
)
def test_what_is_turned_down_disputes_no_other_act(text):
    assert not any(e.denied_by for e in read(text).events)
