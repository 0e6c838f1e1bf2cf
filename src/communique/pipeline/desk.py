"""What `communique.open_desk` gives: a desk that is asked, with what takes more than asking."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa

from communique.export.exports import Loss
from communique.pipeline.accounts import contradictions_on, plans_on
from communique.pipeline.audit import Drawn, draw
from communique.pipeline.exporting import export_view
from communique.pipeline.judging import Standing, all_judgements
from communique.query.desk import OpenDesk
from communique.store.changes import Compared, compare


class Desk(OpenDesk):
    """A desk opened for asking, from Python. `export`, `plans` and `contradictions` go by what was there when the desk was
    opened or last refreshed, as questions do; the others by what is there now."""

    def export(self, format: str, path: str | Path, **asked: Any) -> Loss:
        """Write a file in a format of others (docs/exports.md), by keyword with its options and the filters of events; gives
        what was lost. See `communique.pipeline.exporting.export_view`."""
        return export_view(format, self.view, Path(path), **asked)

    def plans(self, as_of: date | None = None, **filters: Any) -> pa.Table:
        """What was planned and promised, and what came of it; filters are those of incidents. See
        `communique.pipeline.accounts.plans_on`."""
        return plans_on(self.view, filters, as_of)

    def contradictions(self, **filters: Any) -> pa.Table:
        """On what reports contradict each other; filters are those of incidents. See
        `communique.pipeline.accounts.contradictions_on`."""
        return contradictions_on(self.view, filters)

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
