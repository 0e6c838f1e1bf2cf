"""A report of our own wording with everything that a record can hold, and stages that only these tests have."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import pytest

from communique.errors import InputError
from communique.models.language import LanguageModel, load_language
from communique.types.analysis import Analysis, Failed, Rejected
from communique.types.entities import Actor, Place, Role, Time
from communique.types.events import Amount, Event, Fact, Statement, Telling, When, Where
from communique.types.text import Document, Dropped, Interval, Published, Span

TEXT = (
    "LISBON, 3 June 2019 – Premier Ana Sol of Norland met envoys from Sudria in Lisbon on Monday.\n"
    "Advertisement: read on.\n"
    "“We will reopen the border,” Sol told Norland Radio. Sudria denies that two of its soldiers were killed."
)


def at(words: str, text: str = TEXT, nth: int = 0) -> Span:
    """The span of the n-th place where the words stand."""
    start = -1
    for _ in range(nth + 1):
        start = text.index(words, start + 1)
    return Span(start, start + len(words))


def sample() -> Analysis:
    day = Interval(date(2019, 6, 3), date(2019, 6, 4))
    document = Document(
        "d1",
        "x1",
        "sample.txt",
        TEXT,
        published=Published(day, "dateline", (at("3 June 2019"),)),
        dropped=(Dropped(at("Advertisement: read on."), "advertisement"),),
        syndicated_from=("Reuters",),
    )
    sol = Actor(
        "a1",
        "Ana Sol",
        "person",
        "NRL",
        (at("Ana Sol"), at("Sol", nth=1)),
        sectors=("GOV",),
        age=51,
        roles=(Role("Premier", "NRL", (at("Premier Ana Sol"),), begin=date(2018, 1, 1)),),
        resolved_by="report",
        why="named in full",
    )
    sudria = Actor("a2", "Sudria", "state", "SDR", (at("Sudria"),))
    radio = Actor("a3", "Norland Radio", "company", "NRL", (at("Norland Radio"),))
    met = Event(
        "e1",
        "CONSULT",
        at("met"),
        (at("Premier Ana Sol of Norland met envoys from Sudria in Lisbon on Monday"),),
        "happened",
        actor=("a1", "a2"),
        recipient=("a1", "a2"),
        mode="meet",
        contexts=("diplomatic",),
        cameo="040",
        goldstein=1.0,
        quad=1,
        when=When(day, "day", "t1"),
        where=Where("Lisbon", "p1"),
        confidence=0.9,
        coded_by="test@1",
    )
    reopen = Event(
        "e2",
        "AGREE",
        at("reopen"),
        (at("We will reopen the border"),),
        "planned",
        actor=("a1",),
        statement="s1",
        coded_by="test@1",
    )
    killed = Event(
        "e3",
        "ASSAULT",
        at("killed"),
        (at("two of its soldiers were killed"),),
        "denied",
        recipient=("a2",),
        denied_by=("a2",),
        attributed_to=("a3",),
        tellings=(Telling(at("denies"), (at("Sudria denies that"),)),),
        amounts=(Amount("killed", at("two"), low=2, high=2),),
        coded_by="test@1",
    )
    said = Statement("s1", "a1", "quote", at("We will reopen the border"), at("told"), medium="a3", events=("e2",))
    office = Fact("f1", "a1", "holds_office", "Premier of Norland", (at("Premier Ana Sol of Norland"),), begin="2018")
    return Analysis(
        document,
        actors=(sol, sudria, radio),
        places=(Place("p1", "Lisbon", "PRT", (at("Lisbon"),), 38.7, -9.1, 2267057, "city"),),
        times=(Time("t1", at("on Monday"), "2019-06-03", day, "day"),),
        events=(met, reopen, killed),
        statements=(said,),
        facts=(office,),
        rejected=(Rejected(at("border").start, at("border").end, "COERCE", 0.2, "a thing, not an act"),),
        explanations=(("e1", "trigger 'met' is a CONSULT at 0.90"),),
    )


@dataclass
class FakeStage:
    """Applies a function to each report."""

    name: str
    requires: frozenset[str]
    provides: frozenset[str]
    change: Callable[[Analysis], Analysis]

    def __call__(self, analyses: Iterable[Analysis | Failed]) -> Iterator[Analysis | Failed]:
        for analysis in analyses:
            yield analysis if isinstance(analysis, Failed) else self.change(analysis)


def fake_reader(source: str) -> list[Document]:
    """Any file that is there is the sample, under the file's name."""
    if source != "-" and not Path(source).is_file():
        raise InputError(f"{source}: no such file; check the name")
    return [replace(sample().document, source=source)]


def fake_coder(analysis: Analysis) -> Analysis:
    return replace(sample(), document=analysis.document)


@pytest.fixture(scope="session")
def model() -> LanguageModel:
    """The shipped network, the same that the annotator loads."""
    return load_language(None)


@pytest.fixture
def analysis() -> Analysis:
    return sample()


@pytest.fixture
def fake_house(monkeypatch: pytest.MonkeyPatch) -> None:
    """The whole way with a reader and a single stage that are known to these tests alone."""
    from communique.pipeline import run

    stage = FakeStage("coding", frozenset({"document"}), frozenset({"events"}), fake_coder)
    monkeypatch.setattr(run, "make", lambda settings: (stage,))
    monkeypatch.setattr(run, "reader_of", lambda settings: fake_reader)


@pytest.fixture
def stage() -> type[FakeStage]:
    return FakeStage
