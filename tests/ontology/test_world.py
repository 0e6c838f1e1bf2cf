"""The registry of actors, offices, titles and institution words."""

from datetime import date

import pytest

from communique.ontology.plover import sectors
from communique.ontology.tables import day_after, read_rows
from communique.ontology.world import in_office, load_world

FORMER = {"SUN", "YUG", "SCG", "CSK", "DDR", "ZAR", "YMD", "VDR", "RHO", "DHY", "HVO", "ANT"}
# City states whose capital has their own name, and territories without people of their own.
NO_CAPITAL = {"SGP", "MCO", "DJI", "LUX", "SMR", "VAT", "GIB", "HKG", "MAC", "TKL"}


@pytest.mark.parametrize(
    ("text", "use", "entry"),
    [
        ("United States", "name", "state:USA"),
        ("U.S.", "alias", "state:USA"),
        ("DRC", "alias", "state:COD"),
        ("Burma", "alias", "state:MMR"),
        ("Türkiye", "alias", "state:TUR"),
        ("Russian", "adjective", "state:RUS"),
        ("Britons", "demonym", "state:GBR"),
        ("Argentinian", "adjective", "state:ARG"),
        ("Soviet", "adjective", "state:SUN"),
        ("Kiev", "capital", "state:UKR"),
        ("Pretoria", "capital", "state:ZAF"),
        ("the Kremlin", "seat", "state:RUS"),
        ("Downing Street", "seat", "state:GBR"),
        ("the Élysée", "seat", "state:FRA"),
        ("the Pentagon", "seat", "inst:USA:defense-department"),
        ("Quai d'Orsay", "seat", "inst:FRA:foreign-ministry"),
        ("Capitol Hill", "seat", "inst:USA:congress"),
        ("Knesset", "name", "inst:ISR:knesset"),
        ("Nato", "name", "org:nato"),
        ("the West", "name", "org:west"),
        ("IAEA", "alias", "org:iaea"),
        ("Daesh", "alias", "group:is"),
        ("Hizbollah", "alias", "group:hezbollah"),
        ("Tamil Tigers", "alias", "group:ltte"),
        ("GAZP.MM", "alias", "company:gazprom"),
        ("Xinhua", "name", "agency:xinhua"),
        ("Vladimir Putin", "name", "person:vladimir-putin"),
        ("Zelensky", "alias", "person:volodymyr-zelenskyy"),
        ("Xi", "surname", "person:xi-jinping"),
        ("Sisi", "surname", "person:abdel-fattah-el-sisi"),
        ("South Ossetia", "name", "region:south-ossetia"),
    ],
)
def test_a_name_leads_to_its_entry(text: str, use: str, entry: str) -> None:
    assert (use, entry) in [(n.use, n.entry.id) for n in load_world().names(text)]


@pytest.mark.parametrize("text", ["us", "who", "polish", "turkey", "it", "Ruritania", ""])
def test_a_word_is_no_name(text: str) -> None:
    assert load_world().names(text) == ()


def test_brussels_is_a_state_and_a_bloc() -> None:
    assert {n.entry.id for n in load_world().names("Brussels")} == {"state:BEL", "org:eu"}


def test_international_bodies_have_no_country() -> None:
    for key in ("org:un", "org:eu", "org:nato", "org:west", "agency:reuters", "group:al-qaeda"):
        entry = load_world().entry(key)
        assert entry is not None
        assert entry.country is None


def test_every_sovereign_state_has_adjective_and_capital() -> None:
    for code, _, _, adjectives, demonyms, capitals, *_ in read_rows("states.tsv"):
        if adjectives and demonyms and code not in NO_CAPITAL | FORMER:
            assert capitals, code
    world = load_world()
    for code in ("NOR", "BTN", "TLS", "SSD", "XKX", "TWN", "PSE", "MKD", "SWZ", "CPV"):
        names = [n for n in world.names(world.states[code].name) if n.entry is world.states[code]]
        assert names, code


def test_former_states_have_ends() -> None:
    for code in FORMER:
        assert load_world().states[code].end is not None


def test_every_entry_has_known_sectors() -> None:
    for entry in load_world().entries():
        assert set(entry.sectors) <= set(sectors()), entry.id


@pytest.mark.parametrize(
    ("title_class", "of", "on", "holder"),
    [
        ("president", "FRA", date(2004, 5, 1), "Jacques Chirac"),
        ("president", "USA", date(2017, 1, 20), "Donald Trump"),
        ("president", "USA", date(2017, 1, 19), "Barack Obama"),
        ("prime-minister", "GBR", date(2023, 1, 1), "Rishi Sunak"),
        ("foreign-minister", "RUS", date(2010, 1, 1), "Sergey Lavrov"),
        ("chancellor", "DEU", date(2012, 1, 1), "Angela Merkel"),
        ("secretary-general", "org:un", date(2005, 1, 1), "Kofi Annan"),
        ("prime-minister", "IRL", date(2009, 1, 1), "Brian Cowen"),
        ("monarch", "CAN", date(2000, 1, 1), "Elizabeth II"),
        ("president", "CIV", date(2018, 1, 1), "Alassane Ouattara"),
    ],
)
def test_who_held_an_office_on_a_day(title_class: str, of: str, on: date, holder: str) -> None:
    assert [o.holder.name for o in load_world().offices(title_class, of, on)] == [holder]


def test_terms_of_a_person_are_listed() -> None:
    world = load_world()
    assert [(o.title, o.of) for o in world.terms_of("person:ban-ki-moon")] == [
        ("foreign minister", "KOR"),
        ("secretary-general", "org:un"),
    ]
    (minor,) = world.terms_of("person:zyta-gilowska")
    assert minor.of == "POL"
    assert in_office(minor, date(2007, 1, 1))
    assert world.entry("person:zyta-gilowska") == minor.holder


def test_every_office_is_of_something_known_and_ends_after_it_begins() -> None:
    world = load_world()
    offices = world.offices(None, None, None)
    assert len(offices) > 2500
    for office in offices:
        assert world.state(office.of) or world.entry(office.of), office
        assert world.title(office.title), office
        assert office.begin is None or office.end is None or office.begin < office.end, office


def test_a_month_as_an_end_covers_the_month() -> None:
    assert day_after("2013-12") == date(2014, 1, 1)
    assert day_after("2013-02") == date(2013, 3, 1)
    assert day_after("2013-02-07") == date(2013, 2, 7)


@pytest.mark.parametrize(
    ("words", "title_class", "former"),
    [
        ("President", "president", False),
        ("former Foreign Minister", "foreign-minister", True),
        ("foreign ministers", "foreign-minister", False),
        ("Minister of Finance", "finance-minister", False),
        ("ex-president", "president", True),
        ("British Foreign Secretary", "foreign-minister", False),
        ("prime minister of Ruritania", "prime-minister", False),
        ("activist", None, False),
    ],
)
def test_titles_are_read(words: str, title_class: str | None, former: bool) -> None:
    title = load_world().title(words)
    assert title is not None
    assert (title.title_class, title.former) == (title_class, former)


def test_what_is_no_title_is_none() -> None:
    assert load_world().title("the green house") is None
    assert load_world().institution("the green house") is None


@pytest.mark.parametrize("row", read_rows("institution_heads.tsv"), ids=lambda row: row[0])
def test_every_institution_head_is_found_in_its_example(row: list[str]) -> None:
    _, kind, codes, example = row
    assert load_world().institution(example) == (kind, tuple(filter(None, codes.split(","))))


@pytest.mark.parametrize("row", read_rows("titles.tsv"), ids=lambda row: row[0])
def test_every_spelling_of_a_title_is_read(row: list[str]) -> None:
    text, title_class, codes, _, aliases = row
    for spelling in (text, *filter(None, aliases.split("|"))):
        title = load_world().title(f"{spelling[0].upper()}{spelling[1:]}")
        assert title is not None
        assert (title.title_class or "", ",".join(title.sectors)) == (title_class, codes)
