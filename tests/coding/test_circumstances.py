"""Where an event took place, its trigger and the words that it rests on."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

import pytest
from tests.coding.reports import BOMBING, bombing, proposed, report, span, told, with_days, with_places

from communique import read
from communique.coding.circumstances import MAX_TRIGGER, evidence_of, parts, trigger_of, where_of
from communique.types.analysis import Analysis
from communique.types.entities import Place
from communique.types.events import Where
from communique.types.text import Dropped, Interval, Published, Span

LIGHT = """
Peru NNP 2 nsubj
held/hold VBD 0 root
blorps/blorp NNS 2 obj
on/on IN 5 case
Monday NNP 2 obl

It PRP 2 nsubj
rained/rain VBD 0 root
on/on IN 4 case
Friday NNP 2 obl"""


def test_the_place_that_the_network_names_with_what_it_is() -> None:
    analysis = with_places(bombing(where="near Lima"), Lima="PER")
    assert where_of(*told(analysis)) == Where("Lima", "p1")
    assert where_of(*told(replace(analysis, places=()))) == Where("near Lima", None)


def test_a_place_that_a_line_break_cuts_in_two_is_named_on_one_line() -> None:
    analysis = bombing(where="near Lima")
    text = analysis.document.text.replace("near Lima", "near\nLima")
    broken = replace(analysis, document=replace(analysis.document, text=text))
    mention = Span(text.index("near\nLima"), text.index("near\nLima") + 9)
    place = Place("p1", "Near Lima", "PER", (mention,))
    assert where_of(*told(replace(broken, places=(place,)))) == Where("near Lima", "p1")
    assert where_of(*told(broken)) == Where("near Lima", None)


def test_the_place_that_hangs_on_the_trigger() -> None:
    assert where_of(*told(with_places(bombing(), Lima="PER"))) == Where("Lima", "p1")
    assert where_of(*told(bombing())) is None
    assert where_of(*told(with_places(bombing(), Friday="PER"))) is None


STREETS = """
Rebels NNS 2 nsubj
blorped/blorp VBD 0 root
guards/guard NNS 2 obj
in/in IN 6 case
the DT 6 det
streets/street NNS 2 obl
of/of IN 8 case
Lima NNP 6 nmod"""
BOMBED = """
Rebels NNS 2 nsubj
blorped/blorp VBD 0 root
Lima NNP 2 obj"""
MODIFIED = """
Rebels NNS 2 nsubj
recalled/recall VBD 0 root
the DT 5 det
Lima NNP 5 compound
blorps/blorp NNS 2 obj"""
SUFFERERS = """
Police NNS 4 nsubj
in/in IN 3 case
Lima NNP 1 nmod
blorped/blorp VBD 0 root
rebels/rebel NNS 4 obj"""


def city(analysis: Analysis, *names: str, precision: str = "city") -> Analysis:
    assert analysis.reading is not None
    text = analysis.document.text
    places = tuple(
        Place(f"p{i}", n, "PER", tuple(Span(m.start(), m.end()) for m in re.finditer(n, text)), 0.0, 0.0, precision=precision)
        for i, n in enumerate(names, 1)
    )
    return replace(analysis, places=places)


@pytest.mark.parametrize(
    ("rows", "trigger", "kind"),
    [
        (STREETS, "blorped", "ASSAULT"),
        (BOMBED, "blorped", "ASSAULT"),
        (MODIFIED, "blorps", "ASSAULT"),
        (SUFFERERS, "blorped", "COERCE"),
    ],
)
def test_a_town_beside_the_trigger_is_where_it_was(rows: str, trigger: str, kind: str) -> None:
    assert where_of(*told(city(report(rows, proposed(rows, trigger, kind)), "Lima"))) == Where("Lima", "p1")


def test_a_country_that_is_done_to_is_no_place_of_the_act_and_police_speak_from_anywhere() -> None:
    assert where_of(*told(city(report(BOMBED, proposed(BOMBED, "blorped", "ASSAULT")), "Lima", precision="country"))) is None
    assert where_of(*told(city(report(SUFFERERS, proposed(SUFFERERS, "blorped", "REQUEST")), "Lima"))) is None


AGAIN = """
Lima NNP 3 nsubj
was/be VBD 3 cop
calm/calm JJ 0 root

Rebels NNS 2 nsubj
blorped/blorp VBD 0 root
guards/guard NNS 2 obj
in/in IN 6 case
the DT 6 det
city/city NN 2 obl"""


def test_the_city_is_the_one_named_last() -> None:
    analysis = report(AGAIN, proposed(AGAIN, "blorped", "ASSAULT", where="the city"))
    assert where_of(*told(city(analysis, "Lima"))) == Where("Lima", "p1")
    assert where_of(*told(city(analysis, "Lima", precision="country"))) is None


def test_a_time_is_no_place() -> None:
    analysis = with_days(bombing(where="Monday"), Monday="2019-06-03")
    assert where_of(*told(analysis)) is None


def test_a_person_is_no_place() -> None:
    analysis = report(BOMBING, proposed(BOMBING, "blorped", "ASSAULT", where="Chile"), Peru="state", Chile="person")
    assert where_of(*told(analysis)) is None


SCENE = """
Lima NNP 2 nsubj
woke/wake VBD 0 root

Crowds NNS 2 nsubj
filled/fill VBD 0 root
Lima NNP 2 obj

Police NNS 2 nsubj
blorped/blorp VBD 0 root
rebels/rebel NNS 2 obj
on/on IN 5 case
Monday NNP 2 obl"""


def test_an_act_of_force_was_in_the_one_town_that_the_report_is_about() -> None:
    analysis = city(report(SCENE, proposed(SCENE, "blorped", "COERCE")), "Lima")
    assert where_of(*told(analysis)) == Where("Lima", "p1")
    assert where_of(*told(city(report(SCENE, proposed(SCENE, "blorped", "REQUEST")), "Lima"))) is None
    assert where_of(*told(city(report(SCENE, proposed(SCENE, "blorped", "COERCE", status="planned")), "Lima"))) is None
    published = Published(Interval(date(2019, 9, 1), date(2019, 9, 2)), "given")
    old = replace(analysis, document=replace(analysis.document, published=published))
    assert where_of(*told(with_days(old, Monday="2019-06-03"))) is None


def test_trigger_is_the_candidates_words() -> None:
    _, reading, draft = told(bombing())
    assert trigger_of(reading, draft) == span(reading, "blorped")


def test_a_trigger_is_never_longer_than_the_record_allows() -> None:
    long = "x" * 50
    rows = f"Peru NNP 2 nsubj\nblorped/blorp VBD 0 root\nquietly-and-{long} RB 2 advmod\n{long} NN 2 obj"
    for words, text in ((f"blorped quietly-and-{long}", "blorped"), (long, "x" * MAX_TRIGGER)):
        analysis, reading, draft = told(report(rows, proposed(rows, words, "ASSAULT")))
        found = trigger_of(reading, draft)
        assert found.of(analysis.document.text) == text
        assert found.end - found.start <= MAX_TRIGGER


def evidence(analysis: Analysis) -> list[str]:
    return [s.of(analysis.document.text) for s in evidence_of(*told(analysis))]


def test_evidence_reaches_from_the_first_to_the_last_word_told() -> None:
    assert evidence(bombing()) == ["blorped"]
    assert evidence(bombing(actor="Peru", where="Lima")) == ["Peru has blorped Chile near Lima"]
    assert evidence(bombing(actor=("Peru", 0.4), recipient="Chile")) == ["blorped Chile"]


def test_evidence_stays_within_the_sentence() -> None:
    assert evidence(report(LIGHT, proposed(LIGHT, "blorps", "CONSULT", actor="Peru", when="Friday"))) == ["Peru held blorps"]


CUT = """
Peru NNP 2 nsubj
blorped/blorp VBD 0 root
Chile NNP 2 obj
today NN 2 obl"""


def test_evidence_never_crosses_a_dropped_line() -> None:
    analysis = report(CUT, proposed(CUT, "blorped", "ASSAULT", actor="Peru", recipient="Chile", when="today"))
    assert analysis.reading is not None
    text = "Peru blorped\nBuy shoes.\nBuy hats.\nChile\nBuy soap.\ntoday"
    starts = [text.index(t.text) for t in analysis.reading.tokens]
    tokens = [replace(t, start=s, end=s + len(t.text)) for t, s in zip(analysis.reading.tokens, starts, strict=True)]
    lines = [Span(text.index(line), text.index(line) + len(line)) for line in ("Buy shoes.", "Buy hats.", "Buy soap.")]
    document = replace(analysis.document, text=text, dropped=tuple(Dropped(s, "advertisement") for s in lines))
    cut = Analysis(document, analysis.passages, replace(analysis.reading, tokens=tuple(tokens)))
    assert evidence(cut) == ["Peru blorped", "Chile", "today"]
    assert [s.of(text) for s in parts(cut, told(cut)[1], 0, 2)] == ["Peru blorped"]


def test_an_offer_is_placed_where_what_is_offered_is_to_be_done():
    record = read("Peru offered to help train the police in Lagos.")
    (offer,) = [e for e in record.events if e.plover == "AGREE"]
    assert offer.where is not None and offer.where.name == "Lagos"


def test_of_places_one_within_the_other_the_town_counts():
    record = read("The presidents of Norway and Peru met in Arequipa, Arequipa Province, Peru.")
    assert record.events[0].where is not None and record.events[0].where.name == "Arequipa"
