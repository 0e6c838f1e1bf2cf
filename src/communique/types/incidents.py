"""What many reports tell of the same happening: events as told, incidents with every telling, judgements on them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from communique.types.events import Status
from communique.types.text import Interval, Span

JudgementKind = Literal["merge", "split", "correct", "reject", "confirm", "undo"]
Verdict = Literal["single", "agreed", "finer", "changed", "contradicted"]
Outcome = Literal[
    "happened", "ongoing", "planned", "uncertain", "denied", "disputed", "called off", "postponed", "no report of it"
]


@dataclass(frozen=True, slots=True)
class Party:
    """An actor as an event of a report has it: its name, its id in the registry ("state:RUS"), its country (ISO3), its kind
    and its sectors (PLOVER)."""

    name: str
    entry: str | None = None
    country: str | None = None
    kind: str | None = None
    sectors: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Figure:
    """A number that belongs to an event: `kind` as killed, injured, money; none where a bound is open."""

    kind: str
    low: float | None
    high: float | None
    unit: str | None = None


@dataclass(frozen=True, slots=True, order=True)
class Anchor:
    """The words that an event hangs on: the text (all verbatim reprints share it) and the span of the trigger in it."""

    text_id: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class EventTold:
    """One event of one report, with what tells it from others.

    `group` names the source that the document goes back to: reprints and copies share it, the document itself where it
    stands alone. `published` and `when` are half-open days. `evidence` are the words that show it. `corrected_by` and
    `confirmed_by` are filled in by judgements.
    """

    document: str
    event: str
    text_id: str
    trigger: Span
    words: str
    plover: str
    status: Status
    group: str
    run: str = ""
    publisher: str | None = None
    published: Interval | None = None
    story: str | None = None
    mode: str | None = None
    actor: tuple[Party, ...] = ()
    recipient: tuple[Party, ...] = ()
    when: Interval | None = None
    place: str | None = None
    place_country: str | None = None
    place_precision: str | None = None
    latitude: float | None = None
    longitude: float | None = None
    attributed_to: tuple[str, ...] = ()
    denied_by: tuple[str, ...] = ()
    figures: tuple[Figure, ...] = ()
    evidence: str = ""
    confidence: float = 0.5
    corrected_by: tuple[str, ...] = ()
    confirmed_by: tuple[str, ...] = ()

    @property
    def anchor(self) -> Anchor:
        """What the event is found again by."""
        return Anchor(self.text_id, self.trigger.start, self.trigger.end)

    @property
    def shown(self) -> str:
        """The id that users see: the first twelve digits of the document's and the event's."""
        return f"{self.document[:12]}/{self.event}"


@dataclass(frozen=True, slots=True)
class Reason:
    """Something that speaks for two events being one happening (positive weight) or against it."""

    name: str
    weight: float
    words: str


@dataclass(frozen=True, slots=True)
class Voice:
    """A telling in an incident: the event, its likeness to the telling that is likest to it, and the reasons for that."""

    event: EventTold
    likeness: float | None = None
    reasons: tuple[Reason, ...] = ()


@dataclass(frozen=True, slots=True)
class Account:
    """What some reports say of one field: the value in words, the events that say so, how many independent sources they
    are, when it was first reported so and who vouches for it, or denies where the value is `denied`. `contradicts` is true
    where another account of the field says what can't be true with it."""

    value: str
    events: tuple[str, ...]
    sources: int
    reported: date | None
    attributed_to: tuple[str, ...] = ()
    contradicts: bool = False


@dataclass(frozen=True, slots=True)
class Field:
    """The accounts of one field side by side.

    `verdict`: a `single` value, several that are `agreed`, or one `finer` than another; `changed` where later reports move on
    from earlier ones (a toll that one voice raises, a plan that is fulfilled); else `contradicted`.
    """

    name: str
    verdict: Verdict
    accounts: tuple[Account, ...]


@dataclass(frozen=True, slots=True)
class Step:
    """A state of an incident's history: from which to which day it was reported so, its own days, and by whom."""

    status: Status
    when: Interval | None
    first: date | None
    last: date | None
    events: tuple[str, ...]
    sources: int
    attributed_to: tuple[str, ...] = ()
    denied_by: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Incident:
    """One happening as all reports together tell it. `sources` counts independent ones, `first` and `last` are the days of
    the first and the last report. `id` is a hash of its first telling's anchor, so that it stays as reports are added."""

    id: str
    plover: str
    mode: str | None
    tellings: tuple[Voice, ...]
    sources: int
    first: date | None
    last: date | None
    outcome: Outcome
    fields: tuple[Field, ...]
    history: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Judgement:
    """A person's word on an event or on two, kept beside what the machine said.

    `anchor` is the event judged, `other` the one that it is merged with. `change` has the fields that a correction sets,
    with their values in words. `undoes` is the id of the judgement that an `undo` takes back.
    """

    id: str
    made: datetime
    by: str
    kind: JudgementKind
    why: str
    anchor: Anchor | None = None
    other: Anchor | None = None
    change: tuple[tuple[str, str], ...] = ()
    undoes: str | None = None
