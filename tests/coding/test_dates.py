"""When an event took place: the words that tell it, what they can't tell, and other tellings of the same act."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from tests.coding.reports import bombing, one_day, proposed, report, span, told, with_days

from communique import read
from communique.coding.candidates import drafts
from communique.coding.dates import inherited, when_of
from communique.types.analysis import Analysis
from communique.types.entities import Time
from communique.types.events import Event, When
from communique.types.text import Interval, Published


def test_the_time_that_the_network_names() -> None:
    analysis = with_days(bombing(when="on Friday"), Monday="2019-06-03", Friday="2019-05-31")
    assert when_of(*told(analysis)) == When(one_day("2019-05-31"), "day", "t2")


def test_a_time_with_days_goes_before_one_without() -> None:
    analysis = with_days(bombing(when="on Monday after talks on Friday"), Friday="2019-05-31")
    assert analysis.reading is not None
    vague = Time("t9", span(analysis.reading, "on Monday after talks"), None, None, "unknown")
    assert when_of(*told(replace(analysis, times=(vague, *analysis.times)))) == When(one_day("2019-05-31"), "day", "t1")
    assert when_of(*told(replace(analysis, times=(vague,)))) == When(None, "unknown", "t9")


def test_the_time_that_hangs_on_the_trigger() -> None:
    """Not the one that hangs on something else in the sentence, though it is told as well."""
    analysis = with_days(bombing(), Monday="2019-06-03", Friday="2019-05-31")
    assert when_of(*told(analysis)) == When(one_day("2019-06-03"), "day", "t1")
    assert when_of(*told(with_days(bombing(), Friday="2019-05-31"))) is None


def test_how_long_and_how_often_are_no_dates() -> None:
    analysis = with_days(bombing(when="on Monday"), Monday="2019-06-03")
    for kind, interval in (("duration", None), ("set", None), ("set", one_day("2019-06-03"))):
        times = tuple(replace(t, kind=kind, interval=interval) for t in analysis.times)
        assert when_of(*told(replace(analysis, times=times))) is None


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


def test_the_time_that_hangs_on_the_verb_above_and_never_one_of_another_sentence() -> None:
    analysis = report(LIGHT, proposed(LIGHT, "blorps", "CONSULT"))
    assert when_of(*told(with_days(analysis, Monday="2019-06-03"))) == When(one_day("2019-06-03"), "day", "t1")
    assert when_of(*told(with_days(analysis, Friday="2019-06-07"))) is None


def published(analysis: Analysis, day: str = "2019-06-05") -> Analysis:
    return replace(analysis, document=replace(analysis.document, published=Published(one_day(day), "given")))


def test_what_has_happened_does_not_lie_ahead() -> None:
    """A day after the publication is that of something else in the sentence; for a plan it is right."""
    late = published(with_days(bombing(when="on Monday"), Monday="2019-06-10"))
    assert when_of(*told(late)) is None
    assert when_of(*told(published(late, "2019-06-10"))) == When(one_day("2019-06-10"), "day", "t1")
    assert late.reading is not None
    (candidate,) = late.reading.events
    planned = replace(late, reading=replace(late.reading, events=(replace(candidate, status=(("planned", 1.0),)),)))
    assert when_of(*told(planned)) == When(one_day("2019-06-10"), "day", "t1")


def test_how_long_counts_where_its_days_are_known() -> None:
    analysis = with_days(bombing(when="on Monday"), Monday="2019-06-03")
    week = replace(analysis.times[0], kind="duration", timex="P1W", interval=Interval(date(2019, 5, 27), date(2019, 6, 4)))
    assert when_of(*told(replace(analysis, times=(week,)))) == When(week.interval, "day", "t1")


SINCE = """
Peru NNP 3 nsubj
has/have VBZ 3 aux
blorped/blorp VBN 0 root
Chile NNP 3 obj
since/since IN 6 case
May NNP 3 obl"""


def test_since_begins_what_lasts_until_the_publication() -> None:
    analysis = published(with_days(report(SINCE, proposed(SINCE, "blorped", "ASSAULT")), May="2019-05-01"))
    assert when_of(*told(analysis)) == When(Interval(date(2019, 5, 1), date(2019, 6, 6)), "day", "t1")


@pytest.mark.parametrize(
    "rows",
    [
        SINCE.replace("has/have VBZ 3 aux", "then/then RB 3 advmod"),
        SINCE.replace("since/since IN 6", "first/first JJ 3 advmod\nsince/since IN 7").replace("May NNP 3", "May NNP 3"),
    ],
    ids=["a single act", "a comparison"],
)
def test_since_dates_no_single_act_and_no_comparison(rows: str) -> None:
    analysis = published(with_days(report(rows, proposed(rows, "blorped", "ASSAULT")), May="2019-05-01"))
    assert when_of(*told(analysis)) is None


PARIS = """
Peru NNP 2 nsubj
held/hold VBD 0 root
blorps/blorp NNS 2 obj
in/in IN 5 case
Paris NNP 2 obl
on/on IN 7 case
Monday NNP 5 nmod"""


def test_a_time_may_hang_on_the_place_before_it() -> None:
    analysis = with_days(report(PARIS, proposed(PARIS, "held", "CONSULT")), Monday="2019-06-03")
    assert when_of(*told(analysis)) == When(one_day("2019-06-03"), "day", "t1")
    common = PARIS.replace("Paris NNP", "houses NNS")
    analysis = with_days(report(common, proposed(common, "held", "CONSULT")), Monday="2019-06-03")
    assert when_of(*told(analysis)) is None


RELATIVE = """
Peru NNP 2 nsubj
visits/visit VBZ 0 root
Chile NNP 2 obj
in/in IN 5 case
May NNP 2 obl
where/where WRB 8 advmod
it PRP 8 nsubj
blorps/blorp VBZ 3 acl:relcl"""


def test_a_clause_that_tells_what_happens_there_has_the_time_of_the_visit() -> None:
    analysis = with_days(report(RELATIVE, proposed(RELATIVE, "blorps", "CONSULT")), May="2019-05-01")
    assert when_of(*told(analysis)) is None  # it tells of Chile, not of the visit
    trip = RELATIVE.replace("visits/visit VBZ 0 root", "plans/plan VBZ 0 root").replace("Chile NNP 2 obj", "trips NNS 2 obj")
    trip = trip.replace("May NNP 2 obl", "May NNP 3 nmod")
    analysis = with_days(report(trip, proposed(trip, "blorps", "CONSULT")), May="2019-05-01")
    assert when_of(*told(analysis)) == When(one_day("2019-05-01"), "day", "t1")
    other = trip.replace("where/where WRB 8 advmod", "which/which WDT 8 obj")
    assert when_of(*told(with_days(report(other, proposed(other, "blorps", "CONSULT")), May="2019-05-01"))) is None


def test_a_clause_on_the_time_itself() -> None:
    rows = SINCE + "\nwhen/when WRB 9 advmod\nit PRP 9 nsubj\nquorped/quorp VBD 6 acl:relcl"
    analysis = published(with_days(report(rows, proposed(rows, "quorped", "ASSAULT")), May="2019-05-01"))
    assert when_of(*told(analysis)) == When(one_day("2019-05-01"), "day", "t1")


TWICE = """
Peru NNP 2 nsubj
quit/quit VBD 0 root

The/the DT 2 det
quits/quit NNS 3 nsubj
came/come VBD 0 root"""
READING = report(TWICE).reading
assert READING is not None


def telling(words: str, when: When | None = None, **changes: object) -> Event:
    assert READING is not None
    place = span(READING, words)
    return replace(Event("e1", "CONCEDE", place, (place,), "happened", ("a1",), when=when), **changes)  # type: ignore[arg-type]


MONDAY = When(one_day("2019-06-03"), "day", "t1")


def times(*events: Event) -> list[When | None]:
    assert READING is not None
    return [e.when for e in inherited(READING, events, one_day("2019-06-05"))]


def test_another_telling_of_the_same_act_tells_its_time() -> None:
    assert times(telling("quit"), telling("quits", MONDAY)) == [MONDAY, MONDAY]
    assert times(telling("quit"), telling("quits", MONDAY, actor=())) == [MONDAY, MONDAY]
    assert times(telling("quit", plover="RETREAT"), telling("quits", MONDAY)) == [MONDAY, MONDAY]


def test_the_first_of_several_does_not_date_another() -> None:
    reading = report(
        TWICE.replace(
            "The/the DT 2 det\nquits/quit NNS 3 nsubj", "The/the DT 3 det\nfirst/first JJ 3 amod\nquits/quit NNS 4 nsubj"
        )
    ).reading
    assert reading is not None
    places = [span(reading, words) for words in ("quit", "quits")]
    own, other = (
        Event("e1", "CONCEDE", p, (p,), "happened", actor, when=w)
        for p, actor, w in zip(places, (("a1",), ()), (None, MONDAY), strict=True)
    )
    assert inherited(reading, (own, other), one_day("2019-06-05"))[0].when is None


@pytest.mark.parametrize(
    ("event", "other"),
    [
        ({}, {"plover": "ACCUSE"}),
        ({}, {"actor": ("a2",)}),
        ({"status": "planned"}, {}),
        ({"actor": ()}, {}),
        ({"when": When(None, "unknown", "t7")}, {}),
        ({}, {"when": When(one_day("2019-06-09"), "day", "t1")}),
    ],
    ids=["another type", "somebody else", "a plan", "nobody in common", "a time without days", "a time ahead"],
)
def test_what_keeps_a_time_from_another_event(event: dict[str, object], other: dict[str, object]) -> None:
    own = telling("quit", **event)  # type: ignore[arg-type]
    assert times(own, replace(telling("quits", MONDAY), **other))[0] == own.when  # type: ignore[arg-type]


def test_two_times_tell_none() -> None:
    tuesday = When(one_day("2019-06-04"), "day", "t2")
    assert times(telling("quit"), telling("quits", MONDAY), telling("quits", tuesday))[0] is None
    month = When(Interval(date(2019, 6, 1), date(2019, 7, 1)), "month", "t3")
    assert times(telling("quit"), telling("quits", month), telling("quits", MONDAY))[0] == MONDAY


def test_until_dates_not_what_brought_a_state_about() -> None:
    rows = SINCE.replace("since/since", "until/until")
    analysis = published(with_days(report(rows, proposed(rows, "blorped", "ASSAULT", when="until May")), May="2019-05-01"))
    assert when_of(*told(analysis)) is None
    assert analysis.reading is not None
    (candidate,) = analysis.reading.events
    ongoing = replace(analysis, reading=replace(analysis.reading, events=(replace(candidate, status=(("ongoing", 1.0),)),)))
    assert when_of(*told(ongoing)) == When(one_day("2019-05-01"), "day", "t1")


@pytest.mark.parametrize(
    ("kind", "score", "right"), [("ACCUSE", 0.9, False), ("ACCUSE", 0.3, True), ("CONSULT", 0.9, True)], ids=str
)
def test_a_verb_that_tells_another_act_keeps_its_time(kind: str, score: float, right: bool) -> None:
    noun, verb = proposed(LIGHT, "blorps", "CONSULT"), proposed(LIGHT, "held", {kind: score})
    analysis = with_days(report(LIGHT, noun, verb), Monday="2019-06-03")
    assert analysis.reading is not None
    draft = next(d for d in drafts(analysis.reading) if d.plover == "CONSULT" and d.first == noun.first)
    assert (when_of(analysis, analysis.reading, draft) is not None) == right


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Peru postponed talks with Chile to 12 June.", "2024-06-12"),
        ("The talks between Peru and Chile, set for 5 June, were put off to 12 June.", "2024-06-12"),
        ("Peru's foreign minister put off a trip to Chile from 5 June to 12 June.", "2024-06-12"),
        ("Peru and Chile moved their summit from Friday to next Monday.", "2024-06-10"),
        ("Peru postponed on Monday a summit with Chile that had been planned for 5 June.", None),
        ("On Monday, Peru put off the visit of its president to Chile.", None),
    ],
)
def test_what_is_put_off_has_the_day_that_it_is_put_on_alone(text: str, day: str | None) -> None:
    (event,) = (e for e in read(text, published=date(2024, 6, 3)).events if e.plover == "CONSULT")
    assert event.status == "planned"
    assert (event.when and event.when.interval) == (one_day(day) if day else None)
