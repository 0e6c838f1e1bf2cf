"""Numbers that belong to events: each kind by its examples, read by the whole coder."""

from __future__ import annotations

import pytest

from communique import read
from communique.coding.amounts import with_amounts
from communique.coding.counts import kinds
from communique.coding.numbers import amounts_table, numbers
from communique.types.reading import Reading, Sentence, Token

EXAMPLES = [(row["kind"], example) for row in amounts_table()["kinds"] for example in row["examples"]]


def marked(text: str) -> tuple[str, str]:
    return text.replace("[", "").replace("]", ""), text[text.index("[") + 1 : text.index("]")]


@pytest.mark.parametrize(("kind", "example"), EXAMPLES, ids=[e["text"] for _, e in EXAMPLES])
def test_each_kind_by_its_examples(kind, example):
    text, words = marked(example["text"])
    record = read(text)
    (found,) = [a for e in record.events for a in e.amounts]
    assert (found.kind, found.span.of(record.document.text)) == (kind, words)
    assert (found.low, found.high, found.unit) == (example.get("low"), example.get("high"), example.get("unit"))


def test_every_kind_has_an_example():
    assert {kind for kind, _ in EXAMPLES} == {kind.name for kind in kinds()}


def reading(text: str) -> Reading:
    tokens, at = [], 0
    for i, word in enumerate(text.split()):
        tokens.append(Token(i, at, at + len(word), word, word.lower(), "NUM", "CD", "_", i, "root", 0))
        at += len(word) + 1
    return Reading(tuple(tokens), (Sentence(0, 0, len(tokens), 0),))


@pytest.mark.parametrize(
    ("words", "low", "high", "unit"),
    [
        ("two hundred and five", 205, 205, None),
        ("twenty-five", 25, 25, None),
        ("1,250", 1250, 1250, None),
        ("a dozen", 12, 12, None),
        ("hundreds of thousands", 200_000, None, None),
        ("dozens", 24, None, None),
        ("no fewer than three", 3, None, None),
        ("from 20 to 30", 20, 30, None),
        ("$ 2 million", 2_000_000, 2_000_000, "USD"),
        ("€5bn", 5e9, 5e9, "EUR"),
        ("three thousand yen", 3000, 3000, "JPY"),
        ("less than 40", None, 40, None),
        ("$ 20 - 30 million", 20e6, 30e6, "USD"),
        ("20 to 30 thousand", 20_000, 30_000, None),
        ("several hundred", 200, None, None),
        ("seven and a half", 7.5, 7.5, None),
        ("twenty - six", 26, 26, None),
        ("300 kroner", 300, 300, "krone"),
    ],
)
def test_numbers_in_words_and_digits(words, low, high, unit):
    text = reading(words)
    (found,) = numbers(text, text.sentences[0])
    assert (found.first, found.last) == (0, len(text.tokens))
    assert (found.low, found.high, found.unit) == (low, high, unit)


def test_words_that_are_no_numbers():
    text = reading("Hundreds-Strong marchers and a million-year-old k")
    assert list(numbers(text, text.sentences[0])) == []


@pytest.mark.parametrize(
    "text",
    [
        "Police arrested protesters in 2019.",
        "The army shelled the town on 12 May for a third time.",
        "Police in Chad arrested a 16-year-old suspect on Friday.",
        "Police arrested the minister, aged 54, at his home.",
        "The army of Chad shelled a village 20 kilometres from the border.",
        "Norway imposed a 25% tariff on steel from Peru.",
        "The attack was one of the worst of the war in Chad.",
        "The parliament of Norway voted 120 to 43 to condemn Peru.",
        "No one was killed in the attack on Lima.",
        "The 27-nation bloc imposed sanctions on Chad.",
        "Resolution 1701 demands that rebels disarm.",
        "The army killed the group's number two, Ali Hassan.",
    ],
)
def test_what_counts_nothing(text):
    assert [a for e in read(text).events for a in e.amounts] == []


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Four people were killed in two airstrikes on Lima.", {("killed", 4, 4)}),
        ("Two of the three attackers were killed by police.", {("killed", 2, 2)}),
        ("The bombing killed between 20 and 30 people.", {("killed", 20, 30)}),
        ("Up to 20 soldiers are feared dead after the attack on the base.", {("killed", None, 20)}),
        ("An airstrike hit the port, bringing the death toll to 63.", {("killed", 63, 63)}),
        ("Four people were killed, and 25 more injured, in the attack on Lima.", {("killed", 4, 4), ("injured", 25, 25)}),
        ("The fighting killed 25 Chadian and 17 Libyan soldiers.", {("killed", 25, 25), ("killed", 17, 17)}),
        ("The judge jailed the 54-year-old minister for 12 years.", {("prison term", 12, 12)}),
        ("Hamas released 33 hostages on Sunday.", {("released", 33, 33)}),
        ("Tens of thousands marched in Lima against the government.", {("participants", 20_000, None)}),
        ("The company was fined £1.2m by Norway.", {("money", 1_200_000, 1_200_000)}),
        ("In 2019, rebels killed 2,019 civilians in Chad.", {("killed", 2019, 2019)}),
    ],
)
def test_what_is_counted(text, wanted):
    assert {(a.kind, a.low, a.high) for e in read(text).events for a in e.amounts} == wanted


@pytest.mark.parametrize(
    ("words", "unit"), [("US dollars", "USD"), ("Australian dollars", "AUD"), ("Fijian dollars", "dollar")]
)
def test_whose_money_it_is(words, unit):
    record = read(f"Peru gave Chile 30 million {words} in aid.")
    assert [(a.low, a.unit) for e in record.events for a in e.amounts] == [(30_000_000, unit)]
    assert [record.names(e.recipient) for e in record.events] == [("Chile",)]


def test_money_stays_in_its_clause():
    events = read("Norway gave Chad 2 million euros and Peru lent Mali 3 million euros.").events
    assert [[a.low for a in e.amounts] for e in events] == [[2_000_000], [3_000_000]]


def test_the_next_sentence_may_tell_how_many():
    attack = next(e for e in read("Rebels attacked the base on Monday. Four soldiers died.").events if e.trigger.start < 30)
    assert [(a.kind, a.low) for a in attack.amounts] == [("killed", 4)]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (
            "A rocket hit a school in Lima, killing three people. "
            "Divers found two more bodies, bringing the number of dead to five.",
            [("killed", 3), ("killed", 5)],
        ),
        ("Police arrested marchers in Lima. Police put the number of arrests at 32.", [("detained", 32)]),
        ("Rebels bombed a market in the town. The death toll passed 30 on Monday.", [("killed", 30)]),
        ("The navy shelled the town, killing two people. Three more people died on Monday.", [("killed", 2), ("killed", 3)]),
        ("Rebels attacked a village, killing two soldiers and two policemen.", [("killed", 2), ("killed", 2)]),
    ],
    ids=["more among the whole", "put at", "passed", "more without a whole", "two of two sorts"],
)
def test_wholes_and_what_comes_to_them(text, wanted):
    assert [(a.kind, a.low) for e in read(text).events for a in e.amounts] == wanted


def test_a_number_told_again_is_one():
    text = "Sudria army shelling kills 12 in Karsk\n\nThe army of Peru shelled a village of Chile on Sunday, killing 12 people."
    (event,) = [e for e in read(text).events if e.plover == "ASSAULT" and e.tellings]
    assert [(a.kind, a.low) for a in event.amounts] == [("killed", 12)]


def test_a_sentence_of_another_time_tells_nothing_of_the_one_before():
    text = "Rebels attacked the base on Monday. Two years ago, 12 people died in a flood."
    assert [a for e in read(text).events for a in e.amounts] == []


def test_no_events_no_amounts():
    assert with_amounts(reading("ten dead"), ()) == ()
