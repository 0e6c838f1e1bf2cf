"""The word lists and tables of resolve/ are whole, and load fast."""

from __future__ import annotations

import time
from typing import get_args

import pytest

from communique.errors import DataError
from communique.resolve.names import nouns
from communique.resolve.tables import read_rows
from communique.types.entities import ActorKind
from communique.types.reading import Token

SECTORS = {"COP", "GOV", "JUD", "LEG", "MIL", "PTY", "REB", "SPY", "UAF", "UNK", "AGR", "BUS"}
SECTORS |= {"CRM", "CVL", "EDU", "ELI", "JRN", "LAB", "MED", "REF", "OPP", "REL", "SOC", "NGO"}


def test_every_noun_has_a_kind_a_sector_and_a_scope() -> None:
    table = nouns.person_nouns()
    assert len(table) > 400
    for noun in table.values():
        assert noun.kind in get_args(ActorKind) and noun.kind not in ("person", "state"), noun
        assert noun.sector in SECTORS and noun.scope in ("state", "local", "open"), noun
        assert set(noun.flags) <= set("tcspri") and noun.noun == noun.noun.lower(), noun


def test_no_noun_is_listed_twice() -> None:
    rows = [row[0] for row in read_rows("names", "people.tsv")]
    assert len(rows) == len(set(rows))


def test_first_names_tell_one_gender() -> None:
    rows = dict(read_rows("names", "first_names.tsv"))
    assert not set(rows["Masc"].split()) & set(rows["Fem"].split())


@pytest.mark.parametrize(
    ("plural", "singular"),
    [
        ("gunmen", "gunman"),
        ("deputies", "deputy"),
        ("bosses", "boss"),
        ("coaches", "coach"),
        ("rebels", "rebel"),
        ("police", "police"),
    ],
)
def test_singular(plural: str, singular: str) -> None:
    assert nouns.singular(plural) == singular


def test_unknown_lists_are_named() -> None:
    with pytest.raises(DataError, match="no list 'nonsense'"):
        nouns.words("nonsense")
    with pytest.raises(DataError, match="no lists 'nonsense'"):
        nouns.word_lists("nonsense")


def test_tables_load_fast() -> None:
    for cached in (nouns.person_nouns, nouns.first_names, nouns._lists, nouns.words, nouns.word_lists, nouns.word_map):
        cached.cache_clear()
    start = time.process_time()
    nouns.person_nouns(), nouns.first_names(), nouns.words("speech_verbs"), nouns.word_map("honorifics")
    assert time.process_time() - start < 0.3


def test_plurals_are_read_from_their_letters() -> None:
    assert nouns.base(Token(0, 0, 7, "nations", "natiy", "NOUN", "NNS", "Number=Plur", 0, "root", 0)) == "nation"
    assert nouns.base(Token(0, 0, 3, "men", "man", "NOUN", "NNS", "Number=Plur", 0, "root", 0)) == "man"
