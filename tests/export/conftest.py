"""A report of our own wording as rows of the desk's tables, with every status that an event may have. The states are invented,
and have codes of real ones, so that codes can be looked up."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from communique.store.tables import rows_of
from communique.types.entities import Actor, Place, Role, Time
from communique.types.events import Amount, Event, Telling, When, Where
from communique.types.record import Record
from communique.types.text import Document, Interval, Published, Span

READ = datetime(2026, 11, 26, 12, 30, 15, tzinfo=UTC)
TEXT = (
    "Talks under fire\n"
    "PORTA, 4 March 2024 – Premier Ana Sol of Norland met the envoys of Sudria and Westria in Porta on Monday. "
    "Sol will visit Sudria next week and Norland plans to send troops, an aide said.\n"
    "Sudrian drones killed at least 12 people and injured 30 in Norland over the weekend of 2 March, the Norland army said; "
    "Sudria denies it. Norland may expel the envoy. Rebels in Westria would attack if provoked.\n"
    "The United Nations gave Westria aid in February; in 1990 Sudria had occupied Porta. Police in Norland detained a rebel."
)


def at(words: str, nth: int = 0) -> Span:
    start = -1
    for _ in range(nth + 1):
        start = TEXT.index(words, start + 1)
    return Span(start, start + len(words))


def days(start: tuple[int, int, int], end: tuple[int, int, int], precision: str = "day", time: str | None = None) -> When:
    return When(Interval(date(*start), date(*end)), precision, time)


def _event(id: str, plover: str, trigger: str, words: str, status: str = "happened", **more: object) -> Event:
    told = {"confidence": 0.84, "coded_by": "test@1"} | more
    return Event(id, plover, at(trigger), (at(words),), status, **told)  # type: ignore[arg-type]


def record() -> Record:
    day = Interval(date(2024, 3, 4), date(2024, 3, 5))
    document = Document(
        "d1f0a5c3b9d2e7",
        "x1",
        "talks.txt",
        TEXT,
        url="https://herald.example/talks",
        publisher="The Norland Herald",
        title="Talks under fire",
        published=Published(day, "dateline", (at("4 March 2024"),)),
    )
    premier = Role("Premier", "NOR", (at("Premier Ana Sol"),), begin=date(2022, 1, 1))
    actors = (
        Actor("a1", "Ana Sol", "person", "NOR", (at("Ana Sol"), at("Sol", 1)), ("GOV",), "Q1", roles=(premier,)),
        Actor("a2", "Sudria", "state", "SWE", (at("Sudria"), at("Sudria", 1)), entry="state:SWE"),
        Actor("a3", "Westria", "state", "FIN", (at("Westria"),), entry="state:FIN"),
        Actor("a4", "Norland", "state", "NOR", (at("Norland"), at("Norland", 1)), entry="state:NOR"),
        Actor("a5", "the Norland army", "military", "NOR", (at("the Norland army"),), ("MIL",)),
        Actor("a6", "Rebels in Westria", "group", "FIN", (at("Rebels in Westria"),), ("REB",)),
        Actor("a7", "United Nations", "organization", None, (at("United Nations"),), ("IGO",), entry="org:un"),
        Actor("a8", "Police in Norland", "government", "NOR", (at("Police in Norland"),), ("COP",)),
        Actor("a9", "a rebel", "person", None, (at("a rebel"),)),
    )
    places = (
        Place("p1", "Porta", "NOR", (at("Porta"),), 59.91, 10.75, 3143244, "city"),
        Place("p2", "Norland", "NOR", (at("Norland", 2),), 60.5, 8.5, 3144096, "country"),
    )
    meeting, sides = "met the envoys of Sudria and Westria in Porta on Monday", ("a1", "a2", "a3")
    killed = "killed at least 12 people and injured 30"
    events = (
        _event(
            "e1",
            "CONSULT",
            "met",
            meeting,
            actor=sides,
            recipient=sides,
            mode="meet",
            contexts=("diplomatic",),
            cameo="040",
            goldstein=1.0,
            quad=1,
            when=days((2024, 3, 4), (2024, 3, 5), time="t1"),
            where=Where("Porta", "p1"),
        ),
        _event(
            "e2",
            "CONSULT",
            "visit",
            "Sol will visit Sudria next week",
            "planned",
            actor=("a1",),
            recipient=("a2",),
            mode="visit",
            cameo="036",
            goldstein=4.0,
            quad=1,
            when=days((2024, 3, 11), (2024, 3, 18), "week"),
        ),
        _event(
            "e3",
            "MOBILIZE",
            "send troops",
            "Norland plans to send troops",
            "planned",
            actor=("a4",),
            mode="troops",
            cameo="152",
            goldstein=-7.2,
            quad=4,
        ),
        _event(
            "e4",
            "ASSAULT",
            "killed",
            killed,
            actor=("a2",),
            recipient=("a4",),
            mode="drone",
            contexts=("military", "terrorism"),
            cameo="195",
            goldstein=-10.0,
            quad=4,
            when=days((2024, 3, 2), (2024, 3, 4)),
            where=Where("Norland", "p2"),
            attributed_to=("a5",),
            denied_by=("a2",),
            tellings=(Telling(at("fire"), (at("Talks under fire"),)),),
            amounts=(Amount("killed", at("at least 12"), 12.0), Amount("injured", at("30"), 30.0, 30.0)),
        ),
        _event(
            "e5",
            "SANCTION",
            "expel",
            "Norland may expel the envoy",
            "uncertain",
            actor=("a4",),
            recipient=("a2",),
            mode="expel",
            cameo="161",
            goldstein=-4.0,
            quad=4,
        ),
        _event(
            "e6",
            "ASSAULT",
            "attack",
            "Rebels in Westria would attack if provoked",
            auxiliary=("hypothetical",),
            actor=("a6",),
            cameo="190",
            goldstein=-10.0,
            quad=4,
        ),
        _event(
            "e7",
            "AID",
            "gave",
            "The United Nations gave Westria aid in February",
            actor=("a7",),
            recipient=("a3",),
            cameo="070",
            goldstein=7.0,
            quad=2,
            when=days((2024, 2, 1), (2024, 3, 1), "month"),
        ),
        _event(
            "e8",
            "COERCE",
            "occupied",
            "in 1990 Sudria had occupied Porta",
            auxiliary=("historical",),
            actor=("a2",),
            cameo="192",
            recipient=("a4",),
            goldstein=-9.5,
            quad=4,
            when=days((1990, 1, 1), (1991, 1, 1), "year"),
        ),
        _event(
            "e9",
            "COERCE",
            "detained",
            "Police in Norland detained a rebel",
            actor=("a8",),
            recipient=("a9",),
            mode="arrest",
            cameo="173",
            goldstein=-5.0,
            quad=4,
        ),
        _event("e10", "ASSAULT", "killed", killed, "denied", actor=("a2",), cameo="195", goldstein=-10.0, quad=4),
        _event("e11", "SUPPORT", "said", "an aide said", quad=1),
    )
    time = Time("t1", at("on Monday"), "2024-03-04", day, "day")
    return Record("0.1.0", document, actors=actors, places=places, times=(time,), events=events)


@pytest.fixture
def rows() -> dict[str, list[dict[str, object]]]:
    """The rows of the report."""
    return rows_of(record(), "r1", READ)


@pytest.fixture
def undated() -> dict[str, list[dict[str, object]]]:
    """The same report, its day of publication unknown."""
    whole = record()
    return rows_of(replace(whole, document=replace(whole.document, published=Published())), "r1", READ)
