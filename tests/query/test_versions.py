"""Of a watched report the newest version is asked, the older ones where that is wanted."""

from datetime import UTC, date, datetime

import pytest

from communique.errors import UsageError
from communique.query.desk import OpenDesk

from .conftest import FIRST, SECOND

A, B = FIRST[:12], SECOND[:12]


@pytest.fixture
def changed(lake):
    """The desk of `conftest`, its second report being a newer version of the first."""
    rows = [{"report": "herald.example/talks", "number": n, "document": d} for n, d in ((1, FIRST), (2, SECOND))]
    lake.append("versions", [row | {"first": datetime(2019, 6, 2 + row["number"], tzinfo=UTC)} for row in rows])
    return lake


@pytest.fixture
def desk(changed):
    with OpenDesk(changed.place) as opened:
        yield opened


@pytest.fixture
def whole(changed):
    with OpenDesk(changed.place, all_versions=True) as opened:
        yield opened


@pytest.mark.parametrize("listing", ["documents", "events", "statements", "facts", "actors"])
def test_listings_have_the_newest_version(desk, whole, listing):
    newest, all_of_them = ({row["id"][:12] for row in getattr(one, listing)().rows()} for one in (desk, whole))
    assert newest == {B} and all_of_them == {A, B}


def test_counts_are_of_the_newest_version(desk, whole):
    for newest, all_of_them in zip(*([one.stories(), one.incidents()] for one in (desk, whole)), strict=True):
        assert [row["documents"] for row in newest.rows()] == [1]
        assert [row["documents"] for row in all_of_them.rows()] == [2]
    counts = [
        one.sql("SELECT (SELECT count(*) FROM events) AS e, (SELECT count(*) FROM mentions) AS m").rows()[0]
        for one in (desk, whole)
    ]
    assert counts[1] == {name: 2 * n for name, n in counts[0].items()}
    assert [one.series(by="year", dyads=False, status="denied")["events"].to_pylist() for one in (desk, whole)] == [[1], [2]]
    assert [one.sql("SELECT count(*) AS n FROM versions").rows() for one in (desk, whole)] == [[{"n": 2}]] * 2


def test_a_search_finds_the_newest_version(lake, desk):
    with OpenDesk(lake.place, all_versions=True) as whole:
        for one in (whole, desk, whole):
            assert {hit.id[:12] for hit in one.search("border")} == {B}


def test_the_index_follows_when_a_report_changes(lake):
    with OpenDesk(lake.place) as desk:
        assert {hit.id[:12] for hit in desk.search("border")} == {A, B}
        lake.append("versions", [{"report": "r", "number": n, "document": d} for n, d in ((1, FIRST), (2, SECOND))])
        assert desk.refresh()
        assert {hit.id[:12] for hit in desk.search("border")} == {B}


def test_an_older_version_is_shown_with_those_of_its_report(desk):
    for id in (A, f"{A}/e1", FIRST):
        thing = desk.show(id)
        assert thing.id.startswith(A)
        assert [(v["number"], v["document"]) for v in thing.versions] == [(1, A), (2, B)]
    assert desk.show(A).document is None and desk.show(A).fields["published_start"] == date(2019, 6, 3)
    assert desk.show(B).to_dict()["versions"][0]["report"] == "herald.example/talks"
    with pytest.raises(UsageError, match="is an older version of its report; ask with --all-versions"):
        desk.events(document=A)


def test_a_newer_version_that_was_not_seen_yet_takes_nothing_away(lake):
    lake.append("versions", [{"report": "r", "number": n, "document": d} for n, d in ((1, FIRST), (2, "f" * 64))])
    with OpenDesk(lake.place) as desk:
        assert desk.documents().count() == 2
