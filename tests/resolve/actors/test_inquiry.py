"""Who a name means: in a report, with its words, or in the registry. All reports are made up."""

from __future__ import annotations

from datetime import date

from tests.resolve.readings import VISIT, analysis

from communique.ontology.knowledge import Knowledge, Lesson
from communique.ontology.world import load_world
from communique.resolve.actors.inquiry import ask_registry, ask_report
from communique.resolve.actors.resolver import ActorResolver

SPRING = date(2024, 4, 8)

MEETING = """
Lavrov PROPN 2 nsubj PERSON
met/meet VERB 0 root
Ana PROPN 2 obj PERSON
Quispe PROPN 3 flat PERSON
in ADP 6 case
Oslo PROPN 2 obl LOC
. PUNCT 2 punct

Quispe PROPN 2 nsubj PERSON
slept/sleep VERB 0 root
. PUNCT 2 punct
"""


def test_a_report_answers_in_its_own_words(resolver: ActorResolver) -> None:
    read = analysis(MEETING, SPRING)
    (answer,) = ask_report(resolver, read, "Lavrov")
    text = read.document.text
    ((sentence, mention),) = answer.quotes
    assert sentence.of(text).startswith("Lavrov met Ana Quispe") and mention.of(text) == "Lavrov"
    assert answer.decision.taken is not None and answer.decision.taken.entry.name == "Sergey Lavrov"
    assert answer.at == SPRING and "the only candidate" in answer.why
    assert [o.title for o in answer.offices["person:sergey-lavrov"]] == ["foreign minister"]


def test_any_words_of_a_name_find_it(resolver: ActorResolver) -> None:
    (answer,) = ask_report(resolver, analysis(MEETING, SPRING), "quispe")
    assert answer.called == "Ana Quispe" and len(answer.quotes) == 2
    assert [a.called for a in ask_report(resolver, analysis(VISIT), "Luis Rojas")] == ["Luis Rojas"]
    assert ask_report(resolver, analysis(MEETING, SPRING), "Berg") == ()
    assert ask_report(resolver, analysis(MEETING, SPRING), "  ") == ()


def test_states_and_bodies_answer_too(resolver: ActorResolver) -> None:
    (answer,) = ask_report(resolver, analysis(VISIT), "Chile")
    taken = answer.decision.taken
    assert taken is not None and taken.entry.id == "state:CHL"


def test_the_answer_as_json_has_reasons_and_weights(resolver: ActorResolver) -> None:
    read = analysis(MEETING, SPRING)
    (answer,) = ask_report(resolver, read, "Lavrov")
    form = answer.to_dict(read.document.text)
    assert (form["taken"], form["on"], form["least"], form["margin"]) == ("person:sergey-lavrov", "2024-04-08", 3.0, None)
    assert form["mentions"] == [{"start": 0, "end": 6, "text": "Lavrov"}]
    (candidate,) = form["candidates"]
    assert candidate["weight"] == sum(r["weight"] for r in candidate["reasons"]) >= 3
    assert candidate["offices"][0]["of"] == "RUS"


def test_the_registry_lists_all_who_bear_a_name() -> None:
    answer = ask_registry(load_world(), Knowledge(), "Kim", SPRING)
    first, *rest = answer.decision.candidates
    assert first.entry.name == "Kim Jong-un" and len(rest) > 3
    assert answer.quotes == () and "a report decides which it means" in answer.why
    assert [o.title for o in answer.offices[first.entry.id]] == ["supreme leader"]
    assert answer.to_dict()["taken"] is None


def test_the_registry_knows_other_spellings_and_what_was_learned() -> None:
    spelt = ask_registry(load_world(), Knowledge(), "Gadhafy")
    assert "Muammar Gaddafi" in {c.entry.name for c in spelt.decision.candidates}
    lesson = Lesson("office", "Eva Lund", "defence minister", "NOR", SPRING, "d", "x.txt", "words", 0, 5, country="NOR")
    (known,) = ask_registry(load_world(), Knowledge([lesson]), "Eva Lund", SPRING).decision.candidates
    assert "learned from x.txt" in known.words[1]
    assert ask_registry(load_world(), Knowledge(), "Xyzzy Plugh").why == "the registry has nobody of this name"


def test_a_term_of_unknown_days_is_held_on_no_day() -> None:
    at_all, on_a_day = (ask_registry(load_world(), Knowledge(), "John Garang", on) for on in (None, date(2024, 3, 4)))
    assert "politician" in [o.title for o in at_all.offices["person:john-garang"]]
    assert on_a_day.offices["person:john-garang"] == ()
