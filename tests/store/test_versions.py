"""Which document of a report counts: the newest, wherever it stands."""

from dataclasses import replace

import pytest

from communique.store.desk import Desk
from communique.store.journal import Version
from communique.store.merged import document_runs
from communique.store.versions import successors
from communique.store.writer import Coder
from communique.types.record import build

CODER = Coder("0.0.0", "{}")


def rows(*told):
    return [{"report": report, "number": number, "document": document} for report, number, document in told]


@pytest.mark.parametrize(
    ("versions", "older"),
    [
        ([], {}),
        ([("a", 1, "d1")], {}),
        ([("a", 1, "d1"), ("a", 2, "d2")], {"d1": "d2"}),
        ([("a", 3, "d3"), ("a", 1, "d1"), ("a", 2, "d2")], {"d1": "d3", "d2": "d3"}),
        ([("a", 1, "d1"), ("a", 2, "d2"), ("b", 1, "d1")], {}),
        ([("a", 1, "d1"), ("a", 2, "d2"), ("b", 1, "d1"), ("b", 2, "d3")], {"d1": "d3"}),
        ([("a", 1, "d1"), ("a", 2, "gone")], {}),
    ],
)
def test_the_newest_counts_and_what_is_the_newest_anywhere(versions, older):
    assert successors(rows(*versions), {"d1", "d2", "d3"}) == older


@pytest.fixture
def report(analysis):
    """What makes the record of a text of the sample."""
    return lambda number: build(replace(analysis, document=replace(analysis.document, id=f"d{number}", text_id=f"x{number}")))


def test_versions_stand_in_the_desk_once_there_are_several(tmp_path, report):
    with Desk(tmp_path / "desk", CODER) as desk:
        desk.keep(report(1), "a.txt", 10.0)
        desk.keep(report(1), "b.txt", 11.0)
        desk.keep(report(7), "c.txt", 12.0)
        assert not len(desk.lake.rows("versions", ["report"]))
        desk.keep(report(2), "a.txt", 20.0)
        assert set(document_runs(desk.lake)) == {"d1", "d2", "d7"}, "the text still stands in b.txt"
        desk.keep(report(3), "b.txt", 30.0)
        assert set(document_runs(desk.lake)) == {"d2", "d3", "d7"}
        found = desk.lake.rows("versions", ["report", "number", "document", "supersedes"]).to_pylist()
    told = {(row["report"], row["number"]): (row["document"], row["supersedes"]) for row in found}
    assert told == {
        ("a.txt", 1): ("d1", None), ("a.txt", 2): ("d2", "d1"), ("b.txt", 1): ("d1", None), ("b.txt", 2): ("d3", "d1"),
    }  # fmt: skip
    assert len(found) == len(told)


def test_what_a_killed_watcher_left_is_entered_by_the_next(tmp_path, report):
    with Desk(tmp_path / "desk", CODER) as desk:
        desk.keep(report(1), "a.txt", 10.0)
        desk.writer.add(report(2))
        desk.journal.add(Version("a.txt", 2, "x2", "d2", "a.txt", "d1", 20.0))
        assert set(document_runs(desk.lake)) == {"d1", "d2"}
    for _ in range(2):
        with Desk(tmp_path / "desk", CODER) as desk:
            assert set(document_runs(desk.lake)) == {"d2"}
            assert len(desk.lake.rows("versions", ["report"])) == 2
