"""The incidents of a desk: made from its events, kept in the table `incidents`, read with judgements applied.

A merge weighs the events of documents that are new to the incidents against those that they meet. The incidents that they are
linked with are grouped anew with them; all others stay as they are.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from communique.merge.gathering import Gathering
from communique.merge.incidents import in_order, incident_of, last_report, name
from communique.merge.judgements import apply
from communique.merge.traits import common_words, traits_of
from communique.pipeline.neighbours import KEYS, meeting
from communique.store.judgements import kept
from communique.store.lake import Lake
from communique.store.merged import replace_rows
from communique.store.tables import SCHEMAS
from communique.store.tellings import Chosen, Tellings
from communique.types.incidents import EventTold, Incident, Reason, Voice

_SAMPLE = 20_000  # events that show which words are common

Place = tuple[str, str, str]
"""Where an event stands: document, run, id."""


@dataclass(frozen=True, slots=True)
class MergedIncidents:
    """What a merge came to: events of the desk, those that were new to it, and the incidents that all of them tell of."""

    events: int
    new: int
    incidents: int


def merge_incidents(lake: Lake, anew: bool = False) -> MergedIncidents:
    """Bring the events of a desk together to incidents: those that are new to it, or all of them `anew`. Stories should be
    merged before: copies count as one source. Raises UsageError where there is no desk, DataError where another merge came
    between."""
    lake.check_there()
    merging = _Merging(lake, anew)
    new = merging.new
    if anew or new.any() or merging.stale:
        replace_rows(lake, "incidents", merging.rows())
    rows = lake.rows("incidents", ["incident"])
    return MergedIncidents(len(rows), int(new.sum()), len(pc.unique(rows["incident"])))


class _Merging:
    """A desk with what is new to its incidents. `stale` are those that hold rows of no document as it stands."""

    def __init__(self, lake: Lake, anew: bool) -> None:
        self._desk = Tellings(lake)
        rows = lake.rows("incidents", SCHEMAS["incidents"].names)
        self._kept = rows.slice(0, 0) if anew else rows
        standing = self._desk.standing(self._kept)
        self.stale = set(self._kept["incident"].filter(pa.array(~standing)).to_pylist())
        self._kept = self._kept.filter(standing)
        self._heads = self._desk.columns(["document", "run", "id"])
        self._standing = self._desk.standing(self._heads)
        self.new: Chosen = self._standing & ~self._of(self._kept["document"])

    def rows(self) -> pa.Table:
        """All rows of `incidents` as they are to be."""
        gathering: Gathering[Place] = Gathering(self._common)
        if not len(self._kept):
            for event in self._desk.told(self.new):
                gathering.add(event, _place(event))
            return _rows(gathering)
        fresh = list(self._desk.told(self.new))
        touched = pa.array(self.stale | self._linked(fresh), pa.string())
        again = self._kept.filter(pc.is_in(self._kept["incident"], touched))
        places = set(zip(*(again[n].to_pylist() for n in ("document", "run", "event")), strict=True))
        for event in fresh:
            gathering.add(event, _place(event))
        for event in self._desk.told(self._standing & self._of(again["document"])):
            if _place(event) in places:
                gathering.add(event, _place(event))
        others = self._kept.filter(pc.invert(pc.is_in(self._kept["incident"], touched)))
        return pa.concat_tables([others, _rows(gathering)])

    def _linked(self, fresh: Sequence[EventTold]) -> set[str]:
        """The incidents with events that new ones have enough points with."""
        if not fresh:
            return set()
        copies = self._of(pa.array(self._desk.copies(event.group for event in fresh), pa.string()))
        near = copies | meeting(self._desk.columns(KEYS), [traits_of(event) for event in fresh])
        near &= self._standing & ~self.new
        gathering: Gathering[Place] = Gathering(self._common)
        for event in (*fresh, *self._desk.told(near)):
            gathering.add(event, _place(event))
        linked = set(gathering.linked({event.anchor for event in fresh}))
        rows = self._kept.filter(pc.is_in(self._kept["document"], pa.array({d for d, _, _ in linked}, pa.string()))).to_pylist()
        return {row["incident"] for row in rows if (row["document"], row["run"], row["event"]) in linked}

    @cached_property
    def _common(self) -> frozenset[str]:
        """Words that so many events are told with that they tell none from another: of all events, or of those of a share of
        documents, which is the same as the desk grows, by ids, which are as good as drawn."""
        share = _SAMPLE / max(1, int(self._standing.sum()))
        drawn = np.asarray(pc.less(self._heads["document"], f"{int(share * 16**8):08x}")) if share < 1 else True
        return common_words(self._desk.evidence(self._standing & drawn).values())

    def _of(self, documents: pa.Array | pa.ChunkedArray) -> Chosen:
        """The rows of events that are of some documents."""
        return np.asarray(pc.is_in(self._heads["document"], pc.unique(documents)))


def _place(event: EventTold) -> Place:
    return event.document, event.run, event.event


def _rows(gathering: Gathering[Place]) -> pa.Table:
    columns: dict[str, list[object]] = {name: [] for name in SCHEMAS["incidents"].names}
    for tellings in gathering.groups():
        incident = name(min(telling.order for telling in tellings)[1])
        for telling in tellings:
            document, run, event = telling.told
            why = "; ".join(f"{reason.weight:+.1f} {reason.words}" for reason in telling.reasons) or None
            for column, value in zip(columns, (incident, document, event, run, telling.likeness, why), strict=True):
                columns[column].append(value)
    return pa.table(columns, schema=SCHEMAS["incidents"])


def read_incidents(lake: Lake, as_of: date | None = None) -> tuple[Incident, ...]:
    """The incidents of a desk as they were merged last, with judgements applied. Events that came later are not in them.
    `as_of` is the day as of which plans are overdue; that of the last report if not given."""
    lake.check_there()
    placed = {(r["document"], r["run"], r["event"]): r for r in lake.rows("incidents", SCHEMAS["incidents"].names).to_pylist()}
    events = [e for e in told_events(lake) if _place(e) in placed]
    voices: dict[str, list[Voice]] = defaultdict(list)
    for event in events:
        row = placed[_place(event)]
        voices[row["incident"]].append(Voice(event, row["likeness"], tuple(_reasons(row["why"]))))
    as_of = as_of or last_report(events)
    return apply(in_order(incident_of(told, as_of) for told in voices.values()), kept(lake), as_of)


def _reasons(why: str | None) -> Iterator[Reason]:
    for part in why.split("; ") if why else ():
        weight, _, words = part.partition(" ")
        yield Reason("weighed", float(weight), words)


def told_events(lake: Lake, documents: Collection[str] | None = None) -> list[EventTold]:
    """The events of a desk, or of some of its documents, as they are merged."""
    desk = Tellings(lake)
    heads = desk.columns(["document", "run"])
    chosen = desk.standing(heads)
    if documents is not None:
        chosen &= np.asarray(pc.is_in(heads["document"], pa.array(sorted(documents), pa.string())))
    return list(desk.told(chosen))
