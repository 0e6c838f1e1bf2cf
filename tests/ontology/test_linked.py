"""What the Current Events pages of Wikipedia name, and bodies of states by what they are called at home."""

import pytest

from communique.ontology.tables import read_rows
from communique.ontology.world import World, load_world


@pytest.mark.parametrize(
    ("title", "entry"),
    [
        ("Georgia (country)", "state:GEO"),
        ("Republic of Ireland", "state:IRL"),
        ("United States Department of State", "inst:USA:state-department"),
        ("Russian Armed Forces", "inst:RUS:russian-armed-forces"),
        ("Donald Trump", "person:donald-trump"),
        ("Angela Merkel", "person:angela-merkel"),
        ("Nintendo", "company:nintendo"),
    ],
)
def test_a_title_leads_to_its_entry(title: str, entry: str) -> None:
    found = load_world().titled(title)
    assert found is not None
    assert found.id == entry


@pytest.mark.parametrize("title", ["Georgia (U.S. state)", "Shell (projectile)", "Ruritania", "Flood"])
def test_a_title_of_something_else_leads_nowhere(title: str) -> None:
    assert load_world().titled(title) is None


def test_every_title_is_of_an_entry_that_carries_its_main_one() -> None:
    world = load_world()
    first: dict[str, str] = {}
    for title, key, _ in read_rows("wikipedia.tsv"):
        first.setdefault(key, title)
    for key, title in first.items():
        entry = world.entry(key)
        assert entry is not None, key
        assert entry.wikipedia == title


def test_linked_words_are_no_other_entrys_name() -> None:
    world = World(linked=False)
    for _, key, aliases in read_rows("wikipedia.tsv"):
        for alias in filter(None, aliases.split("|")):
            assert {n.entry.id for n in world.names(alias) if n.use in ("name", "alias")} <= {key}, alias


@pytest.mark.parametrize(
    ("country", "words", "entry"),
    [
        ("ISR", "Israeli forces", "inst:ISR:idf"),
        ("ISR", "Israeli military", "inst:ISR:idf"),
        ("PHL", "Philippine Senate", "inst:PHL:senate-of-the-philippines"),
        ("LTU", "Lithuania's parliament", "inst:LTU:seimas"),
        ("KOR", "South Korea's National Assembly", "inst:KOR:national-assembly"),
        ("NGA", "Nigerian police", "inst:NGA:nigeria-police-force"),
    ],
)
def test_a_body_is_found_by_what_its_state_calls_it(country: str, words: str, entry: str) -> None:
    found = load_world().bodies.find(country, words)
    assert found is not None
    assert found.id == entry


@pytest.mark.parametrize(("country", "words"), [("ISR", "Israeli soldiers"), ("ISR", "Israel"), ("AND", "Andorran navy")])
def test_other_words_are_no_body(country: str, words: str) -> None:
    assert load_world().bodies.find(country, words) is None
