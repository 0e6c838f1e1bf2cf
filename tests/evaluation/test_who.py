"""Linked mentions: reading the pages and judging what links are resolved to."""

import json
from datetime import date
from pathlib import Path

import pytest

from communique.errors import DataError
from communique.evaluation.current_events import read_item, read_items, read_pages
from communique.evaluation.who import figures, judge, score
from communique.ontology.world import load_world
from communique.types.entities import Actor
from communique.types.text import Span

WIKI = "https://en.wikipedia.org/wiki"
LINE = (
    f'  * [Norwegian]({WIKI}/Norway "N") ships of the *[North Atlantic Treaty Organization]({WIKI}/NATO#History)* leave for '
    f'[Tórshavn]({WIKI}/T%C3%B3rshavn_%28town%29 "Tórshavn (town)") with [Ola Normann]({WIKI}/Ola?action=edit&redlink=1 "O")'
    " [[no](https://no.wikipedia.org/wiki/Ola)]. [(Reuters)](https://reuters.example/a) [(*The Post*)](https://post.example/b)"
)
DAY = date(2025, 1, 2)


def test_an_item_is_text_with_links() -> None:
    item = read_item(LINE, DAY)
    assert item.text == "Norwegian ships of the North Atlantic Treaty Organization leave for Tórshavn with Ola Normann ."
    assert [(span.of(item.text), title) for span, title in item.links] == [
        ("Norwegian", "Norway"),
        ("North Atlantic Treaty Organization", "NATO"),
        ("Tórshavn", "Tórshavn (town)"),
    ]


def test_bullets_without_an_outlet_are_headings() -> None:
    page = f"---\n* [Gulf of Nowhere]({WIKI}/Nowhere)\n{LINE}\n"
    assert [item.text[:9] for item in read_items(page, DAY)] == ["Norwegian"]


def test_pages_are_read_by_day(tmp_path: Path) -> None:
    for name in ("2025-02-01-index.md", "2025-01-31-index.md", "about.md"):
        (tmp_path / name).write_text(name, encoding="utf-8")
    assert [day for day, _ in read_pages(tmp_path)] == [date(2025, 1, 31), date(2025, 2, 1)]
    with pytest.raises(DataError, match="no pages"):
        list(read_pages(tmp_path / "nothing"))


def actor(entry: str | None, country: str | None, *span: int) -> Actor:
    return Actor("a1", "N", "military", country, (Span(*span),), entry=entry)


@pytest.mark.parametrize(
    ("found", "right", "given"),
    [
        (actor("state:NOR", "NOR", 0, 9), True, True),
        (actor("state:SWE", "SWE", 0, 9), False, True),
        (actor(None, "NOR", 0, 15), True, True),
        (actor(None, "SWE", 0, 15), False, False),
        (actor(None, "NOR", 10, 15), False, False),
        (actor(None, "NOR", 0, 9), False, False),
    ],
)
def test_a_link_is_right_where_the_actor_is_of_its_title(found: Actor, right: bool, given: bool) -> None:
    norway = load_world().titled("Norway")
    assert norway is not None
    assert judge(Span(0, 9), norway, [found]) == (right, given)


def test_the_people_of_a_state_are_of_it() -> None:
    norway = load_world().titled("Norway")
    assert norway is not None
    assert judge(Span(0, 10), norway, [actor(None, "NOR", 0, 10)], people=True) == (True, True)


def test_links_are_counted_by_kind() -> None:
    item = read_item(LINE, DAY)
    nato = item.links[1][0]
    counts = score(item, [actor("org:nato", None, nato.start, nato.end)], load_world())
    assert counts["links"] == counts["all"] == 2
    assert (counts["states"], counts["states_right"]) == (1, 0)
    assert (counts["organisations"], counts["organisations_right"]) == (1, 1)
    assert figures(counts)["who_resolved"] == 0.5


def test_an_adjective_linked_to_an_army_names_the_state() -> None:
    item = read_item(f"* An [Israeli]({WIKI}/Israel_Defense_Forces) airstrike. [(AP)](https://ap.example)", DAY)
    counts = score(item, [actor("state:ISR", "ISR", 3, 10)], load_world())
    assert json.loads(json.dumps(counts)) == {
        "all": 1, "all_right": True, "links": 1, "right": True, "given": True, "states": 1, "states_right": True,
    }  # fmt: skip
