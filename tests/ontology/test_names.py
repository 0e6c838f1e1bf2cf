"""When spellings are the same name."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from communique.ontology.names import name_key, same_case, surnames_of


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Côte d’Ivoire", "Cote d'Ivoire"),
        ("the Kremlin", "Kremlin"),
        ("Russia's", "Russia"),
        ("the Philippines'", "Philippines"),
        ("al-Qaeda", "Al Qaeda"),
        ("U.S.", "US"),
        ("Erdoğan", "Erdogan"),
        ("Jonas Gahr Støre", "Jonas Gahr Store"),
    ],
)
def test_spellings_share_a_key(one: str, other: str) -> None:
    assert name_key(one) in (name_key(other), name_key(other) + "s")


@given(st.text(max_size=40))
def test_a_key_of_any_text_is_made(text: str) -> None:
    assert isinstance(name_key(text), str)


@pytest.mark.parametrize(
    ("name", "text", "same"),
    [
        ("US", "us", False),
        ("US", "US", True),
        ("US", "U.S.", True),
        ("WHO", "Who", False),
        ("NATO", "Nato", True),
        ("Polish", "polish", False),
    ],
)
def test_capitals_tell_names_from_words(name: str, text: str, same: bool) -> None:
    assert same_case(name, text) is same


@pytest.mark.parametrize(
    ("name", "country", "surnames"),
    [
        ("Angela Merkel", "DEU", ("Merkel",)),
        ("Xi Jinping", "CHN", ("Xi",)),
        ("Moon Jae-in", "KOR", ("Moon",)),
        ("Ursula von der Leyen", "DEU", ("von der Leyen", "Leyen")),
        ("Abiy Ahmed", "ETH", ("Abiy",)),
        ("Teodoro Locsin Jr.", "PHL", ("Locsin",)),
        ("Pelé", "BRA", ()),
    ],
)
def test_surnames_follow_the_custom_of_the_country(name: str, country: str, surnames: tuple[str, ...]) -> None:
    assert surnames_of(name, country) == surnames
