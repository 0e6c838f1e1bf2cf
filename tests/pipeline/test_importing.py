"""Event files of others in tables of a desk: whole, once, and without what can't be read."""

import gzip
import subprocess
import sys
from datetime import date

import pytest
from typer.testing import CliRunner

from communique.cli.app import app
from communique.errors import InputError
from communique.ontology.datasets import ICEWS
from communique.pipeline.importing import import_events
from communique.store.compaction import compact
from communique.store.lake import Lake

LINE = (
    "7\t2024-03-04\tAna Sol\tGOV\tNorland\tMake a visit\t042\t1.9\tSudria\t\tSudria\t9\t1\tHerald\tPorta\t\t\t"
    "Norland\t59.9\t10.7\n"
)
HEAD = "\t".join(ICEWS) + "\n"


def test_a_file_comes_whole_and_once(tmp_path):
    path, lake, bad = tmp_path / "events.tab", Lake(tmp_path / "desk"), []
    path.write_text(HEAD + LINE + "no line\n" + LINE, encoding="utf-8")
    done = import_events(path, lake, bad.append)
    assert (done.dataset, done.rows, done.bad, done.known) == ("icews", 2, 1, False)
    assert [b.line for b in bad] == [3]
    columns = ["line", "file_name", "event_date", "cameo_code", "intensity", "target_sectors"]
    told = lake.rows("imported_icews", columns).to_pylist()
    assert [row["line"] for row in told] == [2, 4]
    assert tuple(told[0].values()) == (2, "events.tab", date(2024, 3, 4), "042", 1.9, None)
    path.rename(tmp_path / "renamed.tab")
    again = import_events(tmp_path / "renamed.tab", lake, bad.append)
    assert again.known and lake.rows("imported_icews", ["line"]).num_rows == 2


def test_many_rows_are_one_commit(tmp_path):
    path, lake = tmp_path / "events.tab", Lake(tmp_path / "desk")
    path.write_text(HEAD + LINE * 45_000, encoding="utf-8")
    assert import_events(path, lake, print).rows == 45_000
    table = lake.table("imported_icews")
    assert lake.rows("imported_icews", ["line"]).num_rows == 45_000 and len(table.history()) <= 2


def test_a_file_that_breaks_off_leaves_nothing(tmp_path):
    path, lake = tmp_path / "events.tab.gz", Lake(tmp_path / "desk")
    lines = "".join(LINE.replace("9\t1", f"{n * 7919}\t1") for n in range(60_000))
    whole = gzip.compress((HEAD + lines).encode())
    path.write_bytes(whole[: len(whole) // 2 + len(whole) // 4])
    with pytest.raises(InputError, match=r"events\.tab\.gz: can't be read .* whole"):
        import_events(path, lake, print)
    assert lake.rows("imported_icews", ["line"]).num_rows == 0
    path.write_bytes(whole)
    assert import_events(path, lake, print).rows == 60_000


def test_two_at_once_take_a_file_in_once(tmp_path):
    path, place, others = tmp_path / "events.tab", tmp_path / "desk", []
    path.write_text(HEAD + LINE + "no line\n", encoding="utf-8")

    def meanwhile(bad):  # a process of its own: threads of one wait for each other where there is one core
        code = "from communique.cli import main; main()"
        command = [sys.executable, "-c", code, "import", str(path), "--desk", str(place)]
        others.append(subprocess.run(command, capture_output=True, text=True, check=False))

    done = import_events(path, Lake(place), meanwhile)
    assert done.known and others[0].returncode == 1, others  # a line was left out
    assert Lake(place).rows("imported_icews", ["line"]).num_rows == 1


def test_a_file_is_known_when_the_desk_was_tidied(tmp_path):
    lake = Lake(tmp_path / "desk")
    for name in ("a.tab", "b.tab"):
        (tmp_path / name).write_text(HEAD + LINE.replace("Porta", name), encoding="utf-8")
        import_events(tmp_path / name, lake, print)
    assert compact(lake) == 1
    lake.table("imported_icews").create_checkpoint()
    assert import_events(tmp_path / "a.tab", lake, print).known
    assert lake.rows("imported_icews", ["line"]).num_rows == 2


def test_a_file_without_a_line_is_told(tmp_path):
    path = tmp_path / "events.tab"
    path.write_text(HEAD + "no line\n", encoding="utf-8")
    with pytest.raises(InputError, match="no line that can be read"):
        import_events(path, Lake(tmp_path / "desk"), lambda bad: None)


def test_the_command_names_bad_lines_and_counts_all(tmp_path):
    path = tmp_path / "events.tab"
    path.write_text(HEAD + LINE + "no line\n" * 25, encoding="utf-8")
    done = CliRunner().invoke(app, ["import", str(path), "--desk", str(tmp_path / "desk")])
    assert done.exit_code == 1
    assert f"{path}, line 3: has 1 cells, not 20; left out" in done.stderr and "line 23" not in done.stderr
    assert f"{path}: 5 more lines left out" in done.stderr
    assert done.stdout == f"{path}: 1 rows into imported_icews, 25 lines left out\n"
    again = CliRunner().invoke(app, ["import", str(path), "--desk", str(tmp_path / "desk")])
    assert again.exit_code == 0 and "already" in again.stdout


def test_a_file_that_cannot_be_read_leaves_the_others_alone(tmp_path):
    good, desk = tmp_path / "events.tab", str(tmp_path / "desk")
    good.write_text(HEAD + LINE, encoding="utf-8")
    (tmp_path / "other.txt").write_text("no events\n", encoding="utf-8")
    done = CliRunner().invoke(app, ["import", str(tmp_path / "other.txt"), str(good), "--desk", desk])
    assert done.exit_code == 1 and "other.txt: no event file" in done.stderr
    assert done.stdout == f"{good}: 1 rows into imported_icews, 0 lines left out\n"
