"""Whom an answer is to: those who did what its object names."""

from __future__ import annotations

import pytest
from tests.coding.reports import proposed, report

from communique import read
from communique.coding.events import EventCoder
from communique.types.analysis import Analysis

SHELLED = """
Peru NNP 2 nsubj
shelled/shell VBD 0 root
Chile NNP 2 obj
"""
ANSWER = """
Ruiz NNP 2 nsubj
blorped/blorp VBD 0 root
{det} DT 4 det
{noun} NN 2 obj"""


def coded(rows: str, kind: str, *others: tuple[str, str, dict[str, str]]) -> list[tuple[str, list[str], list[str]]]:
    """Type, actors and recipients of the events of a report in which Ruiz blorps something, an event of the given kind."""
    told = [proposed(rows, word, plover, **sides) for word, plover, sides in others]  # type: ignore[arg-type]
    answer = proposed(rows, "blorped", kind, actor="Ruiz")
    analysis = report(rows, *sorted((*told, answer), key=lambda c: c.first), Peru="state", Chile="state", Ruiz="person")
    (found,) = EventCoder()([analysis])
    assert isinstance(found, Analysis)
    names = {a.id: a.name for a in found.actors}
    return [(e.plover, [names[i] for i in e.actor], [names[i] for i in e.recipient]) for e in found.events]


SHELLS = ("shelled", "ASSAULT", {"actor": "Peru", "recipient": "Chile"})


@pytest.mark.parametrize("noun", ["shelling/shelling", "attack/attack"])
def test_who_condemns_what_was_told_before_condemns_those_who_did_it(noun: str) -> None:
    rows = SHELLED + ANSWER.format(det="the/the", noun=noun)
    assert ("ACCUSE", ["Ruiz"], ["Peru"]) in coded(rows, "ACCUSE", SHELLS)


def test_a_word_for_any_deed_takes_up_the_one_that_the_sentence_before_is_about() -> None:
    first = SHELLED.rstrip() + "\nafter/after IN 5 case\nraids/raid NNS 2 obl\nof/of IN 7 case\nChile NNP 5 nmod\n"
    raids = ("raids", "ASSAULT", {"actor": "Chile", "recipient": "Peru"})
    for noun, meant in (("move/move", ["Peru"]), ("weather/weather", [])):
        rows = first + ANSWER.format(det="the/the", noun=noun)
        assert ("ACCUSE", ["Ruiz"], meant) in coded(rows, "ACCUSE", SHELLS, raids)


@pytest.mark.parametrize(("det", "noun"), [("a/a", "attack/attack"), ("the/the", "weather/weather")])
def test_what_was_not_told_before_is_nobodys_deed(det: str, noun: str) -> None:
    assert ("ACCUSE", ["Ruiz"], []) in coded(SHELLED + ANSWER.format(det=det, noun=noun), "ACCUSE", SHELLS)


def test_who_answers_a_deed_is_not_who_did_it() -> None:
    rows = ANSWER.format(det="a/a", noun="shelling/shelling")
    events = coded(rows, "ACCUSE", ("shelling", "ASSAULT", {"actor": "Ruiz"}))
    assert ("ACCUSE", ["Ruiz"], []) in events and not any(
        "Ruiz" in actors for plover, actors, _ in events if plover == "ASSAULT"
    )


def test_a_deed_that_the_object_names_has_its_own_doers() -> None:
    rows = SHELLED + ANSWER.format(det="a/a", noun="offer/offer") + "\nby/by IN 6 case\nChile NNP 4 nmod"
    assert ("REJECT", ["Ruiz"], ["Chile"]) in coded(rows, "REJECT", SHELLS, ("offer", "REQUEST", {"actor": "Chile"}))


def test_what_was_said_and_is_taken_up_again_is_no_event_of_its_own() -> None:
    rows = ANSWER.format(det="the/the", noun="accusation/accusation")
    told = coded(rows, "REJECT", ("accusation", "ACCUSE", {"recipient": "Ruiz"}))
    assert [plover for plover, _, _ in told] == ["REJECT"]
    new = coded(
        ANSWER.format(det="an/a", noun="accusation/accusation"), "REJECT", ("accusation", "ACCUSE", {"recipient": "Ruiz"})
    )
    assert sorted(plover for plover, _, _ in new) == ["ACCUSE", "REJECT"]


@pytest.mark.parametrize(("det", "events"), [("the/the", 0), ("a/a", 1)])
def test_words_that_were_said_before_of_nobody_to_nobody_are_no_event(det: str, events: int) -> None:
    rows = f"{det} DT 2 det\nblorping/blorping NN 4 nsubj\nis/be AUX 4 cop\nabsurd JJ 0 root"
    (found,) = EventCoder()([report(rows, proposed(rows, "blorping", "ACCUSE"), Peru="state")])
    assert isinstance(found, Analysis) and len(found.events) == events


@pytest.mark.parametrize(("score", "sides", "events"), [(0.55, {"actor": "Peru"}, 0), (0.9, {"actor": "Peru"}, 1),
                                                        (0.55, {"actor": "Peru", "recipient": "Chile"}, 1)])  # fmt: skip
def test_an_act_that_a_noun_mentions_in_passing_needs_to_be_surer(score: float, sides: dict[str, str], events: int) -> None:
    rows = "Peru NNP 2 compound\nblorping/blorping NN 4 nsubj\nChile NNP 2 nmod\nwent/go VBD 0 root\non RB 4 advmod"
    analysis = report(rows, proposed(rows, "blorping", {"ASSAULT": score}, **sides), Peru="state", Chile="state")  # type: ignore[arg-type]
    (found,) = EventCoder(explain=True)([analysis])
    assert isinstance(found, Analysis) and len(found.events) == events
    assert events or "in passing" in found.rejected[0].reason


@pytest.mark.parametrize(
    "text",
    [
        "The attack was blamed on Chad by Libya.",
        "Libya blamed the attack on Chad.",
        "The bombing of the port was attributed to Chad by Libya.",
        "Libya pinned the blast on Chad.",
        "The killing was pinned on Chad by Libya.",
        "Libya put the blame for the raid on Chad.",
        "Blame for the attack was laid on Chad by Libya.",
    ],
)
def test_what_is_laid_on_somebody_is_their_deed_and_the_charge_is_against_them(text: str) -> None:
    record = read(text)
    told = {(e.plover, record.names(e.actor), record.names(e.recipient)) for e in record.events}
    assert told == {("ACCUSE", ("Libya",), ("Chad",)), ("ASSAULT", ("Chad",), ())}
