"""Judgements on a desk: made on events and incidents by their ids, kept, shown with whether they hold."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal

import pyarrow as pa
import pyarrow.compute as pc

from communique.errors import UsageError
from communique.merge.corrections import read_changes
from communique.merge.judgements import judge, lost, standing
from communique.pipeline.incidents import read_incidents, told_events
from communique.store.judgements import keep, kept
from communique.store.lake import Lake
from communique.store.merged import document_runs
from communique.types.incidents import Anchor, Judgement, JudgementKind

State = Literal["holds", "undone", "its words tell of no event", "on an older version of the report"]


@dataclass(frozen=True, slots=True)
class Standing:
    """A judgement and whether it holds; the event that its words tell of now, as `DOCUMENT/e3`, if there is one."""

    judgement: Judgement
    state: State
    event: str | None


def merge_on(lake: Lake, what: Sequence[str], by: str, why: str) -> list[Judgement]:
    """Judge that events or incidents are one. Raises UsageError when they are fewer than two, or the desk lacks one of them."""
    if len(what) < 2:
        raise UsageError("merge: name two events or incidents at least")
    first, *others = _anchors(lake, what)
    return _keep(lake, [judge("merge", by, datetime.now(UTC), why, first, other) for other in others])


def split_on(lake: Lake, events: Sequence[str], by: str, why: str) -> list[Judgement]:
    """Judge that events do not belong to the incident that they are in; several make up one of their own. Raises UsageError
    where the desk lacks one of them."""
    first, *others = _anchors(lake, events, only_events=True)
    made = [judge("split", by, datetime.now(UTC), why, anchor) for anchor in (first, *others)]
    return _keep(lake, [*made, *(judge("merge", by, datetime.now(UTC), why, first, other) for other in others)])


def judge_on(lake: Lake, kind: JudgementKind, event: str, by: str, why: str, changes: Sequence[str] = ()) -> list[Judgement]:
    """Correct (with changes as `FIELD=VALUE`), reject or confirm an event. Raises UsageError where the desk lacks it, or a
    field can't be set so."""
    change = read_changes(changes) if kind == "correct" else ()
    (anchor,) = _anchors(lake, [event], only_events=True)
    return _keep(lake, [judge(kind, by, datetime.now(UTC), why, anchor, change=change)])


def undo_on(lake: Lake, id: str, by: str, why: str) -> list[Judgement]:
    """Undo a judgement, or an undoing. Raises UsageError where the desk has none of that id."""
    lake.check_there()
    if id not in {j.id for j in kept(lake)}:
        raise UsageError(f"{id}: no judgement of this desk; see communique judgements")
    return _keep(lake, [judge("undo", by, datetime.now(UTC), why, undoes=id)])


def all_judgements(lake: Lake) -> list[Standing]:
    """Every judgement of a desk in the order that they were made in. Raises UsageError where there is no desk."""
    lake.check_there()
    made = sorted(kept(lake), key=lambda j: (j.made, j.id))
    texts = {anchor.text_id for j in made for anchor in (j.anchor, j.other) if anchor is not None}
    documents = _documents(lake, texts)
    runs = document_runs(lake)
    events = told_events(lake, documents.keys() & runs.keys())
    older = texts - {text for document, text in documents.items() if document in runs}
    hold, gone = ({j.id for j in some} for some in (standing(made), lost(events, made)))
    undone = {j.undoes for j in made} - hold
    found = []
    for j in made:
        holds = j.id in hold or (j.kind == "undo" and j.id not in undone)
        state: State = "holds" if holds else "undone"
        if holds and j.id in gone:
            on = {anchor.text_id for anchor in (j.anchor, j.other) if anchor is not None}
            state = "on an older version of the report" if on & older else "its words tell of no event"
        place = None if j.anchor is None else next((e.shown for e in events if _meets(e.anchor, j.anchor)), None)
        found.append(Standing(j, state, place))
    return found


def _meets(one: Anchor, other: Anchor) -> bool:
    return one.text_id == other.text_id and one.start < other.end and other.start < one.end


def _documents(lake: Lake, texts: set[str]) -> dict[str, str]:
    """The documents with these texts, and the text of each."""
    rows = lake.rows("documents", ["id", "text_id"], pc.field("text_id").isin(pa.array(sorted(texts), pa.string())))
    return dict(zip(rows["id"].to_pylist(), rows["text_id"].to_pylist(), strict=True))


def _keep(lake: Lake, made: list[Judgement]) -> list[Judgement]:
    for judgement in made:
        keep(lake, judgement)
    return made


def _anchors(lake: Lake, ids: Sequence[str], only_events: bool = False) -> list[Anchor]:
    lake.check_there()
    return [_incident(lake, i) if i.startswith("i") and not only_events else _event(lake, i) for i in ids]


def _event(lake: Lake, id: str) -> Anchor:
    document, slash, event = id.partition("/")
    if not slash or len(document) < 4 or not event:
        raise UsageError(f"{id}: is no event; name it as DOCUMENT/e3, as communique events shows it")
    ids = lake.rows("documents", ["id"], pc.starts_with(pc.field("id"), document))["id"].to_pylist()
    if len(ids) > 1:
        raise UsageError(f"{id}: {len(ids)} documents have ids that begin so; give more of its digits")
    found = [e.anchor for e in told_events(lake, ids) if e.event == event] if ids else []
    if not found:
        raise UsageError(f"{id}: the desk has no such event; see communique events")
    return found[0]


def _incident(lake: Lake, id: str) -> Anchor:
    for incident in read_incidents(lake):
        if incident.id == id:
            return incident.tellings[0].event.anchor
    raise UsageError(f"{id}: the desk has no such incident; see communique incidents, or communique merge for new reports")
