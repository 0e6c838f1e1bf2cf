"""`communique merge` says what came of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from typer.testing import CliRunner

from communique.cli.app import app
from communique.errors import UsageError
from communique.store.lake import Lake
from communique.store.tables import rows_of
from communique.types.record import build


def test_a_desk_is_merged_and_counted(tmp_path, analysis):
    lake = Lake(tmp_path / "desk")
    lake.create()
    for number in range(3):
        document = replace(analysis.document, id=f"{number:040x}")
        for name, rows in rows_of(build(replace(analysis, document=document)), "r1", datetime.now(UTC)).items():
            lake.append(name, rows)
    done = CliRunner().invoke(app, ["merge", "--desk", str(tmp_path / "desk")])
    assert done.exit_code == 0
    assert done.output.splitlines()[:3] == ["documents: 3, 3 of them new", "stories: 1", "copies: 2"]
    assert done.output.splitlines()[3].startswith("events: ")
    assert len(lake.rows("stories", ["document"])) == 3


def test_no_desk(tmp_path):
    done = CliRunner().invoke(app, ["merge", "--desk", str(tmp_path / "nowhere")])
    assert isinstance(done.exception, UsageError)
