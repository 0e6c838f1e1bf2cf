"""What `communique.open_desk` gives: a desk that is asked, with what takes more than asking."""

from __future__ import annotations

from datetime import date, timedelta
from getpass import getuser
from pathlib import Path
from typing import Any

import pyarrow as pa

from communique.errors import UsageError
from communique.export.exports import Loss
from communique.pipeline.accounts import contradictions_on, plans_on
from communique.pipeline.audit import Drawn, draw
from communique.pipeline.exporting import export_view
from communique.pipeline.incidents import MergedIncidents, merge_incidents
from communique.pipeline.judging import Standing, all_judgements, judge_on, merge_on, split_on, undo_on
from communique.pipeline.merging import Merged, merge_stories
from communique.query.conditions import period
from communique.query.desk import OpenDesk
from communique.store.changes import Compared, compare
from communique.types.incidents import Judgement, JudgementKind


class Desk(OpenDesk):
    """A desk opened for asking, from Python. `export`, `plans` and `contradictions` go by what was there when the desk was
    opened or last refreshed, as questions do; the others by what is there now."""

    def export(self, format: str, path: str | Path, **asked: Any) -> Loss:
        """Write a file in a format of others (docs/exports.md), by keyword with its options and the filters of events; gives
        what was lost. See `communique.pipeline.exporting.export_view`."""
        return export_view(format, self.view, Path(path), **asked)

    def plans(self, as_of: str | date | None = None, **filters: Any) -> pa.Table:
        """What was planned and promised, and what came of it by the end of a day, a month or a year (`2019-06`); filters are
        those of incidents. See `communique.pipeline.accounts.plans_on`."""
        return plans_on(self.view, filters, period(as_of)[1] - timedelta(days=1) if as_of else None)

    def contradictions(self, **filters: Any) -> pa.Table:
        """On what reports contradict each other; filters are those of incidents. See
        `communique.pipeline.accounts.contradictions_on`."""
        return contradictions_on(self.view, filters)

    def merge(self, anew: bool = False) -> tuple[Merged, MergedIncidents]:
        """Merge what is new to the desk, or all of it `anew`, and see it from now on: documents to stories, then events to
        incidents. Raises DataError where another merge came between."""
        told = merge_stories(self.view.lake, anew)
        found = merge_incidents(self.view.lake, anew)
        self.refresh()
        return told, found

    def judge(self, kind: JudgementKind, *what: str, why: str, by: str | None = None, **change: str) -> list[Judgement]:
        """Judge, and see the desk so from now on: `merge` events or incidents to one, `split` events off, `correct` an event
        with the fields of `change`, `reject` or `confirm` it, or `undo` a judgement; all by the ids that listings show. `by` is
        the user if not given. Raises UsageError where the desk lacks one of them, or a field can't be set so."""
        lake, who = self.view.lake, by or getuser()
        if kind in ("merge", "split"):
            if change or not what:
                raise UsageError(f"judge: {kind} takes ids of events and changes no field; name them, or use correct")
            made = (merge_on if kind == "merge" else split_on)(lake, what, who, why)
        elif kind not in ("correct", "reject", "confirm", "undo") or len(what) != 1 or bool(change) != (kind == "correct"):
            told = "one event with FIELD=VALUE for correct, one event for reject or confirm, one judgement for undo"
            raise UsageError(f"judge: {kind} can't be judged so; give {told}, several events for merge or split")
        elif kind == "undo":
            made = undo_on(lake, what[0], who, why)
        else:
            made = judge_on(lake, kind, what[0], who, why, [f"{field}={value}" for field, value in change.items()])
        self.refresh()
        return made

    def judgements(self) -> list[Standing]:
        """Every judgement in the order that they were made in, with whether it holds."""
        return all_judgements(self.view.lake)

    def sample(self, size: int, seed: int = 0, stratified: bool = False) -> list[Drawn]:
        """Events drawn at random with their words, for a check by hand; see `communique.pipeline.audit`, where `record` keeps
        answers and `precision` tells what follows."""
        return draw(self.view.lake, size, seed, stratified)

    def diff(self, before: str, after: str) -> Compared:
        """What changed from one run to another; see `communique.store.changes.compare`."""
        return compare(self.view.lake, before, after)
