"""Kinds of error, found in made-up records of one sentence."""

from __future__ import annotations

from collections import Counter
from datetime import date

import pytest

from communique.evaluation import mistakes
from communique.evaluation.annotated import ReportAnnotated, SentenceAnnotated
from communique.types.entities import Actor, Place, Time
from communique.types.events import Event, Statement, When, Where
from communique.types.reading import Reading, Sentence, Token
from communique.types.record import Record
from communique.types.text import Document, Interval, Span

TEXT = "Peru attacked Chad on Monday in Lima, Norway said after talks."
DAYS = Interval(date(2024, 5, 13), date(2024, 5, 14))


def at(words: str) -> Span:
    return Span(TEXT.index(words), TEXT.index(words) + len(words))


def pair_of(words: str) -> list[int]:
    return [at(words).start, at(words).end]


# word, class, index of the governor, relation
WORDS = [
    ("Peru", "PROPN", 1, "nsubj"), ("attacked", "VERB", 1, "root"), ("Chad", "PROPN", 1, "obj"), ("Monday", "PROPN", 1, "obl"),
    ("Lima", "PROPN", 1, "obl"), ("Norway", "PROPN", 6, "nsubj"), ("said", "VERB", 1, "parataxis"), ("talks", "NOUN", 6, "obl"),
]  # fmt: skip
READING = Reading(
    tuple(
        Token(i, at(word).start, at(word).end, word, word.lower(), upos, "_", "_", head, dep, 0)
        for i, (word, upos, head, dep) in enumerate(WORDS)
    ),
    (Sentence(0, 0, len(WORDS), 0),),
)
ACTORS = tuple(Actor(f"a{i}", name, "state", None, (at(name),)) for i, name in enumerate(("Peru", "Chad", "Norway"), start=1))
ATTACK = Event("e1", "ASSAULT", at("attacked"), (at("Peru attacked Chad"),), "happened", ("a1",), ("a2",))
SAID = Statement("s1", "a3", "indirect", at("Peru attacked Chad on Monday in Lima"), at("said"))
WANTED = {
    "trigger": pair_of("attacked"), "plover": "ASSAULT", "status": "happened", "actor": [pair_of("Peru")],
    "recipient": [pair_of("Chad")],
}  # fmt: skip
SPOKEN = {"content": pair_of("Peru attacked Chad on Monday in Lima"), "speaker": pair_of("Norway")}


def record(*events: Event, statements: tuple[Statement, ...] = ()) -> Record:
    places = (Place("p1", "Lima", "PER", (at("Lima"),)), Place("p2", "Oslo", "NOR", ()))
    return Record(
        "0",
        Document("d", "t", "made up", TEXT),
        ACTORS,
        places,
        (Time("t1", at("Monday"), "2024-05-13", DAYS, "day"),),
        events,
        statements,
    )


def found(events=(), wanted=(), statements=(), spoken=()) -> mistakes.Mistakes:
    counted = mistakes.Mistakes()
    gold = {"text": TEXT, "events": list(wanted), "statements": list(spoken)}
    counted.add(SentenceAnnotated(gold, record(*events, statements=tuple(statements))), READING)
    return counted


def changed(**parts) -> Event:
    fields = {name: getattr(ATTACK, name) for name in ATTACK.__dataclass_fields__}
    return Event(**fields | parts)


def test_what_is_right_is_no_error():
    counted = found([ATTACK], [WANTED], [SAID], [SPOKEN])
    assert counted.kinds == Counter()
    assert counted.types == Counter({("ASSAULT", "ASSAULT"): 1})


@pytest.mark.parametrize(
    ("given", "wanted", "kind"),
    [
        (changed(actor=()), {}, "actor missing"),
        (changed(actor=("a1", "a3")), {}, "actor extra"),
        (changed(recipient=("a3",)), {}, "recipient wrong"),
        (changed(attributed_to=("a3",)), {}, "source extra"),
        (ATTACK, {"attributed_to": [pair_of("Norway")]}, "source missing"),
        (changed(status="planned"), {}, "status: planned for happened"),
        (ATTACK, {"mode": "aerial"}, "mode: none for aerial"),
        (ATTACK, {"when": pair_of("Monday")}, "time missing"),
        (ATTACK, {"where": pair_of("Lima")}, "place missing"),
        (changed(where=Where("Oslo", "p2")), {"where": pair_of("Lima")}, "place wrong"),
    ],
)
def test_what_is_wrong_with_an_event_of_the_right_type(given, wanted, kind):
    assert found([given], [WANTED | wanted]).kinds == Counter({kind: 1})


def test_time_and_place_that_are_right():
    given = changed(when=When(DAYS, "day", "t1"), where=Where("Lima", "p1"))
    assert found([given], [WANTED | {"when": pair_of("Monday"), "where": pair_of("Lima")}]).kinds == Counter()


def test_events_of_another_type_missed_and_unwanted():
    talks = changed(id="e2", plover="CONSULT", trigger=at("talks"), evidence=(at("talks"),))
    assert found([changed(plover="COERCE")], [WANTED]).kinds == Counter({"type: COERCE for ASSAULT": 1})
    assert found([], [WANTED]).kinds == Counter({"event missed: ASSAULT, a verb": 1})
    assert found([talks]).kinds == Counter({"event unwanted: CONSULT, a noun": 1})
    assert found([talks], [WANTED]).types == Counter({("ASSAULT", mistakes.MISSED): 1, (mistakes.UNWANTED, "CONSULT"): 1})


def test_an_alternative_type_is_right_and_yields_are_one():
    given = changed(plover="RETREAT")
    counted = found([given], [WANTED | {"plover": "REJECT", "alternatives": ["CONCEDE"]}])
    assert counted.types == Counter({("YIELD", "YIELD"): 1})


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        (Statement("s1", "a1", "indirect", SAID.content, SAID.cue), "statement: wrong speaker"),
        (Statement("s1", None, "indirect", SAID.content, SAID.cue), "statement: no speaker"),
        (Statement("s1", "a3", "indirect", at("Chad"), SAID.cue), "statement: content too short"),
        (Statement("s1", "a3", "indirect", at("talks"), SAID.cue), None),
    ],
)
def test_statements_that_are_wrong(said, kind):
    apart = Counter({"statement missed: no cue or content found": 1, "statement unwanted": 1})
    assert found(statements=[said], spoken=[SPOKEN]).kinds == (Counter({kind: 1}) if kind else apart)


def test_a_content_that_is_too_long():
    kinds = found(statements=[SAID], spoken=[SPOKEN | {"content": pair_of("Lima")}]).kinds
    assert kinds == Counter({"statement: content too long": 1})


def test_what_governs_the_words_of_an_event():
    assert mistakes.word_class(READING, at("Peru attacked Chad")) == "verb"
    assert mistakes.word_class(READING, at("talks")) == "noun"
    assert mistakes.word_class(READING, at(",")) == "other"


def test_whole_reports_by_names_with_optional_words():
    wanted = {
        "plover": "ASSAULT", "status": "happened", "actor": ["Peru"], "recipient": ["Norway"], "start": 0, "end": 18,
        "when": ["2024-05-13", "2024-05-14"],
    }  # fmt: skip
    optional = {"start": at("talks").start, "end": at("talks").end}
    gold = {"document": {}, "actors": [{"name": "Peru"}], "events": [wanted], "statements": [], "optional": [optional]}
    talks = changed(id="e2", plover="CONSULT", trigger=at("talks"), evidence=(at("talks"),))
    counted = mistakes.Mistakes()
    counted.add(ReportAnnotated(gold, record(changed(status="ongoing"), talks)), READING)
    assert counted.kinds == Counter({"recipient wrong": 1, "status: ongoing for happened": 1, "time missing": 1})


def test_the_table_has_a_row_for_each_type_and_one_for_the_unwanted():
    rows = mistakes.table(found([changed(plover="COERCE")], [WANTED]), ["ASSAULT", "COERCE", "CONCEDE", "RETREAT"])
    assert rows[0] == ["", "ASSAULT", "COERCE", "YIELD", "missed"]
    assert rows[1] == ["ASSAULT", "", "1", "", ""]
    assert [row[0] for row in rows[1:]] == ["ASSAULT", "COERCE", "YIELD", "unwanted"]
