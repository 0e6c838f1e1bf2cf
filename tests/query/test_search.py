"""Full-text search: what is found and how it is ranked; the index follows the tables and can be thrown away."""

import sqlite3
from dataclasses import replace

import pytest

from communique.errors import UsageError
from communique.query import search
from communique.query.desk import OpenDesk
from communique.query.search import FILE, expression, place_of
from communique.store.lake import Lake
from communique.types.record import build

from .conftest import FIRST, SECOND, keep

A, B = FIRST[:12], SECOND[:12]


def ids(desk, words, **asked):
    return {hit.id for hit in desk.search(words, **asked)}


def test_words_phrases_beginnings_and_words_that_must_not_be_there(desk):
    assert ids(desk, "border") == {f"{d}{part}" for d in (A, B) for part in ("", "/s1", "/e2")}
    assert ids(desk, '"reopen the border"', kinds=["document"]) == {A, B}
    assert ids(desk, '"border the reopen"') == ids(desk, "border nowhere") == set()
    assert (
        ids(desk, "bord*", kinds=["statement"]) == ids(desk, "reopened BÖRDER", kinds=["statement"]) == {f"{A}/s1", f"{B}/s1"}
    )
    assert ids(desk, "Sudria -Lisbon") == {f"{A}/e3", f"{B}/e3"} - ids(desk, "soldiers -denies")
    assert ids(desk, "nowhere OR soldiers", kinds=["event"]) == {f"{A}/e3", f"{B}/e3"}


def test_the_best_come_first_with_their_words_marked(desk):
    hits = desk.search("envoys table")
    assert hits[0].id == B and hits[0].title == "Envoys at the table"
    assert [h.score for h in hits] == sorted((h.score for h in hits), reverse=True)
    (hit, *_) = desk.search("border", kinds=["event"])
    assert hit.snippet == "We will reopen the «border»" and hit.kind == "event"
    assert desk.search("border", limit=2) + desk.search("border", limit=9, offset=2) == desk.search("border")


def test_filters_hold_for_the_kinds_that_have_them(desk):
    assert ids(desk, "border", outlet="Sudria Post") == {B, f"{B}/s1", f"{B}/e2"}
    assert ids(desk, "border", published_until="2019-06-04", story="s77") == {A, f"{A}/s1", f"{A}/e2"}
    assert ids(desk, "border", actor="Ana Sol", document=A) == {f"{A}/s1", f"{A}/e2"}
    assert ids(desk, "border", status="planned") == {f"{A}/e2", f"{B}/e2"} and not ids(desk, "border", status="denied")
    assert ids(desk, "border", kinds=["statement"], country="NRL") == {f"{A}/s1", f"{B}/s1"}
    with pytest.raises(UsageError, match="actor: documents have no such filter"):
        desk.search("border", kinds=["document"], actor="Ana Sol")
    with pytest.raises(UsageError, match="the desk has no 's78'; use s77"):
        desk.search("border", story="s78")
    with pytest.raises(UsageError, match="colour: events have no such filter; there are actor"):
        desk.search("border", colour="red")


def test_pages_of_a_search_with_filters_are_those_of_the_whole(desk, monkeypatch):
    monkeypatch.setattr("communique.query.search._LOOKED", 1)
    whole = desk.search("border", outlet="Sudria Post")
    assert len(whole) == 3 and whole == tuple(hit for hit in desk.search("border") if hit.id.startswith(B))
    pages = (desk.search("border", outlet="Sudria Post", limit=1, offset=n) for n in range(4))
    assert sum(pages, ()) == whole


def test_only_what_is_shown_gets_its_words_marked(desk, monkeypatch):
    marked, real = [], search._snippets
    monkeypatch.setattr(search, "_snippets", lambda index, sought, some: marked.extend(some) or real(index, sought, some))
    (hit,) = desk.search("border", kinds="event", limit=1, offset=1)
    assert len(marked) == 1 and hit.snippet == "We will reopen the «border»"
    assert desk.search("border", limit=0) == () and len(marked) == 1


def test_the_index_follows_the_tables(desk, lake, analysis):
    assert ids(desk, "harbour") == set()
    third = replace(analysis.document, id="eeee" + "0" * 60, text_id="x5", title="A harbour reopens")
    keep(lake, build(replace(analysis, document=third)), "r1")
    assert ids(desk, "harbour") == set()
    desk.refresh()
    assert ids(desk, "harbour", kinds=["document"]) == {"eeee00000000"}
    with sqlite3.connect(lake.folder / FILE) as index:
        assert index.execute("SELECT count(*) FROM documents").fetchone() == (3,)


def test_a_document_that_was_read_again_is_found_by_its_new_reading(desk, lake, analysis):
    assert ids(desk, "soldiers", kinds=["event"]) == {f"{A}/e3", f"{B}/e3"}
    again = replace(analysis, document=replace(analysis.document, id=FIRST), events=analysis.events[:2])
    rows = {name: found for name, found in _rows(build(again)).items() if found and name != "documents"}
    for name, found in rows.items():
        lake.append(name, found)
    table = lake.table("documents")
    table.update(predicate=f"id = '{FIRST}'", new_values={"run": "r2"})
    desk.refresh()
    assert ids(desk, "soldiers", kinds=["event"]) == {f"{B}/e3"}


def _rows(record):
    from communique.store.tables import rows_of

    return rows_of(record, "r2")


def test_an_index_that_is_broken_or_gone_is_made_anew(desk, lake):
    found = ids(desk, "border")
    (lake.folder / FILE).write_bytes(b"no database at all, but long enough to be looked at" * 40)
    assert ids(desk, "border") == found
    (lake.folder / FILE).unlink()
    assert ids(desk, "border") == found == ids(desk, "border", rebuild=True)


def test_an_older_view_does_not_turn_the_index_back(lake, analysis):
    with OpenDesk(lake.place) as before:
        third = replace(analysis.document, id="eeee" + "0" * 60, text_id="x5", title="A harbour reopens")
        keep(lake, build(replace(analysis, document=third)), "r1")
        with OpenDesk(lake.place) as now:
            assert ids(now, "harbour", kinds=["document"])
        assert ids(before, "harbour", kinds=["document"])


def test_the_index_of_a_bucket_lies_in_the_users_cache(lake, monkeypatch, tmp_path):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setattr(Lake, "folder", None)
    with OpenDesk(lake.place) as desk:
        assert ids(desk, "border", kinds=["document"]) == {A, B}
        assert place_of(desk.view.lake).is_relative_to(tmp_path / "cache") and place_of(desk.view.lake).is_file()


def test_what_is_sought_is_never_taken_for_a_command(desk):
    for words in (
        'border"',
        "title:border",
        "NEAR(border 5)",
        "border^2",
        "(border",
        "border AND",
        "* border",
        "{title}: border",
    ):
        desk.search(words)
    assert expression('a "b c" -d e* f OR g') == '(("a") AND ("b c") AND ("e"*) AND ("f" OR "g")) NOT ("d")'
    for words in ("", "-border", "...", '""', "OR"):
        with pytest.raises(UsageError):
            desk.search(words)
    with pytest.raises(UsageError, match="kind"):
        desk.search("border", kinds=["fact"])
    for page in ({"limit": -1}, {"offset": -1}):
        with pytest.raises(UsageError, match="give 0 or more"):
            desk.search("border", **page)
