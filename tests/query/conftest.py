"""A desk with the report of `tests/conftest.py`, a second one of the same talks, and rows that do not count."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from communique.query.desk import OpenDesk
from communique.store.lake import Lake
from communique.store.tables import rows_of
from communique.types.record import Record, build
from communique.types.text import Interval, Published

FIRST, SECOND = "aaaa11112222" + "0" * 52, "bbbb33334444" + "0" * 52


def reports(analysis) -> tuple[Record, Record]:
    """The sample, and a later report of it in another outlet, by which the talks go on and Sudria is in the registry."""
    sol, sudria, radio = analysis.actors
    met, *others = analysis.events
    first = replace(analysis.document, id=FIRST, publisher="Norland Herald", title="Talks in Lisbon")
    later = Published(Interval(date(2019, 6, 5), date(2019, 6, 6)), "given")
    second = replace(first, id=SECOND, text_id="x2", publisher="Sudria Post", published=later, title="Envoys at the table")
    going_on = replace(met, status="ongoing", confidence=0.95)
    known = (sol, replace(sudria, entry="state:SDR"), radio)
    one = replace(analysis, document=first)
    other = replace(analysis, document=second, actors=known, events=(going_on, *others))
    return build(one), build(other)


def keep(lake: Lake, record: Record, run: str, with_document: bool = True) -> None:
    for name, rows in rows_of(record, run).items():
        if rows and (with_document or name != "documents"):
            lake.append(name, rows)


@pytest.fixture
def lake(tmp_path, analysis) -> Lake:
    lake = Lake(tmp_path / "a desk")
    lake.create()
    first, second = reports(analysis)
    keep(lake, first, "r0", with_document=False)  # a writer that was killed
    keep(lake, first, "r1")
    keep(lake, second, "r1")
    lake.append("stories", [{"story": "s77", "document": d, "run": "r1"} for d in (FIRST, SECOND)])
    lake.append("incidents", [{"incident": "i77", "document": d, "event": "e1", "run": "r1"} for d in (FIRST, SECOND)])
    return lake


@pytest.fixture
def desk(lake):
    with OpenDesk(lake.place) as opened:
        yield opened
