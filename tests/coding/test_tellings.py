"""Which events are one act told several times, and what becomes of them."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.coding.reports import one_day, report, span

from communique import read
from communique.coding.tellings import echoed, united
from communique.types.events import Event, Telling, When, Where
from communique.types.reading import Reading

ROWS = """
Peru NNP 2 nsubj
attacked/attack VBD 0 root
Chile NNP 2 obj

Peru NNP 2 nsubj
attacked/attack VBD 0 root
Chile NNP 2 obj
again/again RB 2 advmod

The/the DT 2 det
raid/raid NN 3 nsubj
failed/fail VBD 0 root

A/a DT 2 det
strike/strike NN 3 nsubj
hit/hit VBD 0 root
Chile NNP 3 obj

It/it PRP 5 nsubj
is/be VBZ 5 cop
the/the DT 5 det
first/first JJ 5 amod
attack/attack NN 0 root

Peru NNP 2 nsubj
struck/strike VBD 0 root
,/, , 6 punct
the/the DT 6 det
third/third JJ 6 amod
ambush/ambush NN 2 appos"""


def reading_of(kind: str = "body") -> Reading:
    """The first sentence is of the given kind."""
    reading = report(ROWS).reading
    assert reading is not None
    return replace(reading, sentences=(replace(reading.sentences[0], kind=kind), *reading.sentences[1:]))


READING = reading_of()


def event(words: str, nth: int = 0, **other: object) -> Event:
    trigger = span(READING, words, nth)
    given = {"status": "happened", "actor": ("a1",), "recipient": ("a2",), **other}
    return Event("e0", "ASSAULT", trigger, (trigger,), **given)  # type: ignore[arg-type]


def day(text: str) -> When:
    return When(one_day(text), "day", "t1")


def count(*events: Event, reading: Reading = READING) -> int:
    return len(united(reading, events))


def test_an_act_is_told_again_in_apposition() -> None:
    (found,) = united(READING, [event("struck", status="planned"), event("ambush", actor=("a9",), recipient=())])
    assert found.status == "planned" and found.actor == ("a1",)


def test_what_an_act_is_said_to_be_tells_it_again() -> None:
    """Whoever is near the noun, and whatever status it seems to have."""
    planned, again = event("hit", status="planned"), event("attack", actor=("a7", "a8"), recipient=())
    (found,) = united(READING, [planned, again])
    assert found.status == "planned" and found.actor == ("a1",) and [t.trigger for t in found.tellings] == [again.trigger]
    assert count(replace(again, trigger=event("raid").trigger), planned) == 2
    other = event("strike", actor=("a3",))
    one, two = united(READING, [planned, other, again])
    assert not one.tellings and [t.trigger for t in two.tellings] == [again.trigger]


def test_what_stands_far_from_an_act_is_not_said_of_it() -> None:
    again = event("attack", actor=("a7", "a8"), recipient=())
    assert count(event("hit", status="planned"), again) == 1
    assert count(event("attacked", status="planned"), again) == 2


FIRST, AGAIN = event("attacked"), event("attacked", 1)


def test_the_same_word_of_the_same_sides_is_one() -> None:
    (found,) = united(READING, [FIRST, AGAIN])
    assert found.id == "e1"
    assert found.trigger == FIRST.trigger and found.tellings == (Telling(AGAIN.trigger, AGAIN.evidence),)


@pytest.mark.parametrize(
    "other",
    [
        {"plover": "ACCUSE"},
        {"status": "planned"},
        {"status": "denied"},
        {"status": "uncertain"},
        {"actor": ("a2",), "recipient": ("a1",)},
        {"recipient": ("a3",)},
        {"when": day("2019-06-05")},
        {"mode": "drone"},
    ],
    ids=str,
)
def test_what_keeps_two_tellings_apart(other: dict[str, object]) -> None:
    first = replace(FIRST, when=day("2019-06-03"), mode="explosives")
    same = replace(AGAIN, when=day("2019-06-03"), mode="explosives")
    assert count(first, same) == 1
    assert count(first, replace(same, **other)) == 2  # type: ignore[arg-type]


def test_nobodys_acts_are_not_one() -> None:
    assert count(replace(FIRST, actor=(), recipient=()), replace(AGAIN, actor=(), recipient=())) == 2


def test_an_act_going_on_is_the_one_that_happened_and_yielding_is_of_one_kind() -> None:
    assert count(FIRST, replace(AGAIN, status="ongoing")) == 1
    assert count(replace(FIRST, plover="RETREAT"), replace(AGAIN, plover="CONCEDE")) == 1


def test_an_unknown_time_or_mode_is_no_difference() -> None:
    assert count(replace(FIRST, when=day("2019-06-03"), mode="drone"), replace(AGAIN, when=When(None, "unknown"))) == 1


def test_other_words_are_another_act_unless_they_point_back() -> None:
    assert count(FIRST, event("strike")) == 2
    assert count(FIRST, event("raid")) == 1
    assert count(FIRST, event("raid", recipient=())) == 2
    assert count(FIRST, event("raid", actor=(), recipient=())) == 1


def test_a_headline_tells_what_the_report_tells() -> None:
    assert count(FIRST, event("strike"), reading=reading_of("headline")) == 1


def test_a_noun_that_its_verb_carries_is_one_with_it() -> None:
    rows = "Peru NNP 2 nsubj\nlaunched/launch VBD 0 root\nstrikes/strike NNS 2 obj\nyesterday/yesterday NN 2 obl"
    reading = report(rows).reading
    assert reading is not None
    verb, noun, beside = (
        replace(FIRST, trigger=span(reading, w), evidence=(span(reading, w),)) for w in ("launched", "strikes", "yesterday")
    )
    assert count(verb, replace(noun, recipient=()), reading=reading) == 1
    assert count(verb, replace(noun, actor=(), recipient=()), reading=reading) == 1
    assert count(verb, replace(noun, recipient=("a3",)), reading=reading) == 2
    assert count(noun, beside, reading=reading) == 2


def test_the_fullest_telling_leads_and_takes_what_the_others_know() -> None:
    bare = replace(FIRST, where=Where("Lima", "p1"), confidence=0.99, contexts=("military",))
    full = replace(
        AGAIN, when=day("2019-06-03"), where=Where("Chile", "p2"), confidence=0.6, contexts=("territory", "military")
    )
    (found,) = united(READING, [bare, full])
    assert found.trigger == full.trigger and found.where == full.where and found.when == full.when
    assert found.contexts == ("military", "territory")
    assert found.confidence == 0.99
    (found,) = united(READING, [replace(FIRST, when=day("2019-06-03")), replace(AGAIN, where=Where("Lima", "p1"))])
    assert found.when == day("2019-06-03") and found.where == Where("Lima", "p1")


def test_what_is_told_once_without_a_source_needs_none() -> None:
    claimed = replace(FIRST, attributed_to=("a3",), when=day("2019-06-03"))
    assert united(READING, [claimed, AGAIN])[0].attributed_to == ()
    assert united(READING, [claimed, replace(AGAIN, attributed_to=("a4",))])[0].attributed_to == ("a3",)


def test_ids_follow_the_order_of_the_report() -> None:
    late = event("strike", when=day("2019-06-03"), actor=("a5",))
    found = united(READING, [late, FIRST, AGAIN])
    assert [(e.id, e.trigger) for e in found] == [("e1", FIRST.trigger), ("e2", late.trigger)]
    assert united(READING, []) == ()


HURT = """
Five NNP 3 nsubj:pass
were/be VBD 3 aux:pass
killed/kill VBN 0 root
and/and CC 5 cc
hurt/hurt VBN 3 conj
in/in IN 7 case
raids/raid NNS 5 obl
and/and CC 9 cc
shelled/shell VBN 3 conj"""


@pytest.mark.parametrize(
    ("plover", "head", "told"), [("ASSAULT", 2, 1), ("COERCE", 2, 0), ("ASSAULT", 8, 0), ("ASSAULT", 6, 0)]
)
def test_what_governs_an_act_tells_of_it_too(plover: str, head: int, told: int) -> None:
    reading = report(HURT).reading
    assert reading is not None
    raids = span(reading, "raids")
    echo = Telling(reading.tokens[head].span, ())
    found = echoed(reading, Event("e1", "ASSAULT", raids, (raids,), "happened"), [(plover, head, echo)])
    assert found.tellings == (echo,) * told


def test_the_first_of_several_is_not_what_was_told() -> None:
    rows = ROWS.replace(
        "The/the DT 2 det\nraid/raid NN 3 nsubj", "The/the DT 3 det\nfirst/first JJ 3 amod\nraid/raid NN 4 nsubj"
    )
    reading = report(rows).reading
    assert reading is not None
    place = span(reading, "raid")
    again = Event("e0", "ASSAULT", place, (place,), "happened", FIRST.actor, FIRST.recipient)
    assert count(FIRST, again, reading=reading) == 2


HEADED = reading_of("headline")


def test_a_headline_tells_the_act_of_the_text_whose_words_lead() -> None:
    head, text = event("attacked", actor=("a7",)), event("hit", status="planned", actor=("a1",))
    (found,) = united(HEADED, [head, text])
    assert (found.actor, found.status, [t.trigger for t in found.tellings]) == (("a1",), "planned", [head.trigger])
    assert count(head, text, reading=READING) == 2
    assert count(head, replace(text, recipient=("a9",)), reading=HEADED) == 2
    assert count(head, text, event("struck", actor=("a3",)), reading=HEADED) == 2


def test_a_headline_lends_the_sides_that_the_text_leaves_out() -> None:
    (found,) = united(HEADED, [event("attacked", recipient=("a2",)), event("attacked", 1, recipient=())])
    assert found.trigger == event("attacked", 1).trigger and found.recipient == ("a2",)


BACK = """
Peru NNP 2 nsubj
raided/raid VBD 0 root
Chile NNP 2 obj

The/the DT 2 det
raid/raid NN 3 nsubj
failed/fail VBD 0 root

The/the DT 3 det
second/second JJ 3 amod
raid/raid NN 4 nsubj
failed/fail VBD 0 root

Peruvian/peruvian JJ 2 amod
raids/raid NNS 3 nsubj
failed/fail VBD 0 root

Peruvian/peruvian JJ 2 amod
raids/raid NNS 3 nsubj
failed/fail VBD 0 root"""


def test_a_bare_noun_of_the_same_word_tells_the_act_whoever_stands_near_it() -> None:
    reading = report(BACK).reading
    assert reading is not None

    def told(words: str, nth: int, **sides: object) -> Event:
        return replace(FIRST, trigger=span(reading, words, nth), **sides)  # type: ignore[arg-type]

    first, bare = told("raided", 0), told("raid", 0, actor=("a7",))
    assert count(first, bare, reading=reading) == 1
    assert count(first, told("raid", 1, actor=("a7",)), reading=reading) == 2
    assert count(told("raids", 0), told("raids", 1, recipient=()), reading=reading) == 1
    assert count(told("raids", 0), told("raids", 1, recipient=("a9",)), reading=reading) == 2


HANGING = """
Talks/talk NNS 3 nsubj:pass
were/be VBD 3 aux:pass
held/hold VBN 0 root
in/in IN 5 case
a/a DT 6 det
siege/siege NN 3 obl"""


@pytest.mark.parametrize(
    ("words", "other"), [("Talks", {"recipient": ()}), ("siege", {"recipient": ()}), ("siege", {"mode": "drone"})]
)
def test_what_hangs_on_an_act_tells_it_again_with_fewer_sides_or_in_another_mode(words: str, other: dict[str, object]) -> None:
    reading = report(HANGING).reading
    assert reading is not None
    held = replace(FIRST, trigger=span(reading, "held"), mode="explosives")
    assert count(held, replace(held, **{"trigger": span(reading, words), "mode": None, **other}), reading=reading) == 1  # type: ignore[arg-type]
    assert count(held, replace(held, trigger=span(reading, "were"), mode="drone"), reading=reading) == 2


@pytest.mark.parametrize(
    ("text", "kind", "triggers"),
    [
        (
            "Ana Ruiz of Peru arrived in Santiago on Tuesday for a two-day official visit.",
            "CONSULT",
            ["arrived", "official visit"],
        ),
        ("Peru and Chile signed an agreement on trade.", "AGREE", ["signed an agreement"]),
    ],
)
def test_the_words_of_one_clause_tell_one_act(text: str, kind: str, triggers: list[str]) -> None:
    (event,) = [e for e in read(text, explain=True).events if e.plover == kind]
    assert [event.trigger.of(text), *(t.trigger.of(text) for t in event.tellings)] == triggers


def test_what_is_refused_is_no_act_beside_the_refusal() -> None:
    assert [e.plover for e in read("Peru refused to recognise Kosovo.").events] == ["REJECT"]


def test_a_similar_act_is_another_one_with_a_time_of_its_own() -> None:
    text = "Peru imposed sanctions on Chile, the ministry said. Peru imposed similar sanctions on Chile in 2016."
    assert [e.when is not None for e in read(text).events if e.plover == "SANCTION"] == [False, True]


def test_a_sanction_that_is_lifted_is_none_beside_the_lifting() -> None:
    assert [e.plover for e in read("China suspended a duty on steel from Peru.").events] == ["RETREAT"]
