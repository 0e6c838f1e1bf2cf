"""What the Current Events pages of Wikipedia name, and bodies of states by what they are called at home."""

import pytest

from communique.ontology.gather import INDEX, Gatherer, fingerprint, read_registry
from communique.ontology.tables import read_rows, read_text
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
    world = World(Gatherer(linked=False).registry)
    for _, key, aliases in read_rows("wikipedia.tsv"):
        for alias in filter(None, aliases.split("|")):
            assert {n.entry.id for n in world.names(alias) if n.use in ("name", "alias")} <= {key}, alias


@pytest.mark.parametrize(
    ("country", "words", "name"),
    [
        ("ISR", "Israeli forces", "Israel Defense Forces"),
        ("ISR", "Israeli military", "Israel Defense Forces"),
        ("PHL", "Philippine Senate", "Senate of the Philippines"),
        ("LTU", "Lithuania's parliament", "Seimas"),
        ("KOR", "South Korea's National Assembly", "National Assembly of South Korea"),
        ("NGA", "Nigerian police", "Nigeria Police Force"),
    ],
)
def test_a_body_is_found_by_what_its_state_calls_it(country: str, words: str, name: str) -> None:
    found = load_world().bodies.find(country, words)
    assert found is not None
    assert found.name == name


@pytest.mark.parametrize(("country", "words"), [("ISR", "Israeli soldiers"), ("ISR", "Israel"), ("AND", "Andorran navy")])
def test_other_words_are_no_body(country: str, words: str) -> None:
    assert load_world().bodies.find(country, words) is None


def test_the_registry_is_made_of_the_tables_as_they_are() -> None:
    made_of = read_text(INDEX).partition("\t")[0]
    assert made_of == fingerprint(), "run: python training/tables/build_registry.py src/communique/ontology/data"


def test_the_registry_comes_back_as_it_was_gathered() -> None:
    made, found = Gatherer().registry, read_registry()
    for rows, read in zip((made.entries, made.names, made.offices), (found.entries, found.names, found.offices), strict=True):
        assert rows.keys() == read.keys()
    assert made.names["united states"] == found.names["united states"]
    assert made.max_name_words == found.max_name_words
