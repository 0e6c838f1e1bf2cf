"""Names under spellings that no table has: sounds, word order, short forms."""

from __future__ import annotations

import pytest

from communique.ontology.entries import Entry, Name
from communique.ontology.names import name_key, name_sound, surnames_of
from communique.ontology.spellings import Spellings, short_forms
from communique.ontology.world import load_world


@pytest.mark.parametrize(
    "spellings",
    [
        "Mohammed bin Salman|Muhammad ibn Salman|Mohamed Salman",
        "Sergei Lavrov|Sergey Lavroff|Sergej Lavrov",
        "Aleksandr Lukashenko|Alexander Lukashenko|Aleksander Lukašenko",
        "Zelensky|Zelenskyy|Zelenskiy|Zelenskyi",
        "Muammar Gaddafi|Moammar Gadhafi|Muammar al-Qaddafi|Moamer Kadhafi",
        "Abdel Fattah el-Sisi|Abdul Fattah al-Sissi|Abdelfattah Sisi",
        "Bashar al-Assad|Bashar Assad|Bashar el-Asad",
        "Dmitry Medvedev|Dmitri Medvedev|Dmitriy Medvedev",
        "Kassym-Jomart Tokayev|Kasym-Zhomart Tokaev",
        "Yevgeny Prigozhin|Evgeny Prigozhin|Evgeniy Prigozhin",
        "Gerhard Schröder|Gerhard Schroeder",
        "Hussein|Husayn|Hossein|Hussain",
        "Ibrahim Raisi|Ebrahim Raeisi",
        "Ali Khamenei|Ali Khamene’i",
    ],
)
def test_transliterations_sound_alike(spellings: str) -> None:
    assert len({name_sound(s) for s in spellings.split("|")}) == 1


@pytest.mark.parametrize("pair", ["Mahmoud|Mohammed", "Putin|Patton", "Li|Lee Kuan", "Omar|Amir", "Ben Wallace|Wallace"])
def test_other_names_do_not(pair: str) -> None:
    one, other = pair.split("|")
    assert name_sound(one) != name_sound(other)


def _person(name: str, country: str = "RUS") -> Entry:
    return Entry(f"person:{name}", name, "person", country)


KNOWN = (
    _person("Orbán Viktor", "HUN"),
    _person("William Henry Ward", "USA"),
    _person("Sergey Ivanovich Petrenko"),
    _person("Jo Li", "CHN"),
    _person("Tam Wei-ling", "CHN"),
)


@pytest.fixture(scope="module")
def spellings() -> Spellings:
    names = [(e.name, Name(e.name, "name", e)) for e in KNOWN]
    names += [(surname, Name(surname, "surname", e)) for e in KNOWN for surname in surnames_of(e.name, e.country)]
    found: dict[str, list[Name]] = {}
    for text, name in names:
        found.setdefault(name_key(text), []).append(name)
    return Spellings(found, lambda key: found.get(key, ()))


@pytest.mark.parametrize(
    ("text", "name", "how"),
    [
        ("Viktor Orban", "Orbán Viktor", "order"),
        ("Bill Ward", "William Henry Ward", "short"),
        ("William H. Ward Jr.", "William Henry Ward", "short"),
        ("Sergei Petrenko", "Sergey Ivanovich Petrenko", "sound"),
        ("Ivan Petrenko", "Sergey Ivanovich Petrenko", None),
        ("Sergej Ivanovich Petrenko", "Sergey Ivanovich Petrenko", "sound"),
        ("Wei-ling Tam", "Tam Wei-ling", "order"),
        ("Tam Weiling", "Tam Wei-ling", "sound"),
        ("Petrenco", "Sergey Ivanovich Petrenko", None),
        ("Petrienko", "Sergey Ivanovich Petrenko", None),
        ("Pyetrenko", "Sergey Ivanovich Petrenko", None),
        ("Pettrenko", "Sergey Ivanovich Petrenko", "surname sound"),
        ("el-Pettrenko", "Sergey Ivanovich Petrenko", "surname sound"),
        ("Li", "Jo Li", None),
    ],
)
def test_variants_are_found_with_how(spellings: Spellings, text: str, name: str, how: str | None) -> None:
    found = {f.name.entry.name: f.how for f in spellings.like(text)}
    assert found.get(name) == how


def test_each_person_is_found_once(spellings: Spellings) -> None:
    assert [f.name.entry.name for f in spellings.like("Viktor Orbán")] == ["Orbán Viktor"]


def test_the_registry_is_searched_by_spelling() -> None:
    found = load_world().spellings.like("Viktor Orbaan")
    assert "Viktor Orbán" in [f.name.entry.name for f in found]


def test_short_forms_are_of_other_names() -> None:
    assert all(short != full and " " not in full for short, full in short_forms().items())
