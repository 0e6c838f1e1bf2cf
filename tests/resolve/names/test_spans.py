"""Entity spans are cut to the names in them. All names are made up."""

from __future__ import annotations

import pytest
from tests.resolve.readings import analysis

from communique.resolve.names.mentions import is_office
from communique.resolve.names.spans import clean_spans, proper_runs


def spans(table: str) -> list[tuple[str, str]]:
    read = analysis(table)
    assert read.reading is not None
    text = read.document.text
    return [(read.reading.span(c.first, c.last).of(text), c.label) for c in clean_spans(read.reading, read.reading.entities)]


@pytest.mark.parametrize(
    ("table", "expected"),
    [
        pytest.param(
            "the DET 2 det PERSON\nPresident PROPN 4 nmod PERSON\nof ADP 4 case PERSON\n"
            "Tor PROPN 5 nsubj\nleft/leave VERB 0 root",
            [],
            id="only a title",
        ),
        pytest.param(
            "Secretary PROPN 4 nmod PERSON\nof ADP 3 case PERSON\nState PROPN 1 nmod PERSON\nIda PROPN 6 nsubj PERSON\n"
            "Holm PROPN 4 flat PERSON\nspoke/speak VERB 0 root",
            [("Ida Holm", "PERSON")],
            id="title with of",
        ),
        pytest.param(
            "Mr. PROPN 2 nmod PERSON\nHolm PROPN 4 nsubj PERSON\n's PART 2 case PERSON\nspoke/speak VERB 0 root",
            [("Holm", "PERSON")],
            id="honorific and possessive",
        ),
        pytest.param(
            "Foreign PROPN 2 compound PERSON\nMinistry PROPN 3 nsubj PERSON\nspoke/speak VERB 0 root",
            [("Foreign Ministry", "ORG")],
            id="a body is no person",
        ),
        pytest.param(
            "Karu PROPN 2 compound ORG\nrebels/rebel NOUN+ 3 nsubj ORG\nfled/flee VERB 0 root",
            [("Karu", "ORG")],
            id="fighters are not part of the name",
        ),
    ],
)
def test_clean_spans(table: str, expected: list[tuple[str, str]]) -> None:
    assert spans(table) == expected


def test_proper_nouns_stand_in_for_entities() -> None:
    read = analysis(
        "Minister PROPN 2 nmod\nIda PROPN 4 nsubj\nHolm PROPN 2 flat\nflew/fly VERB 0 root\nto ADP 6 case\nSkarvik PROPN 4 obl"
    )
    assert read.reading is not None
    found = [(read.reading.span(c.first, c.last).of(read.document.text), c.label) for c in proper_runs(read.reading)]
    assert found == [("Minister Ida Holm", "PERSON"), ("Skarvik", "LOC")]


def test_a_day_alone_stands_in_for_nobody() -> None:
    read = analysis("Nurses NOUN+ 2 nsubj\nmarched/march VERB 0 root\non ADP 4 case\nTuesday PROPN 2 obl")
    assert read.reading is not None
    assert list(proper_runs(read.reading)) == []


def test_words_of_an_office_are_no_name() -> None:
    words = ["Prime PROPN 2 compound PERSON*", "Minister PROPN 3 nmod:desc", "Ida PROPN 5 nsubj PERSON*"]
    table = "\n".join([*words, "Holm PROPN 3 flat PERSON", "left VERB 0 root"])
    reading = analysis(table).reading
    assert reading is not None
    assert [is_office(reading, c.first, c.last) for c in reading.entities] == [True, False]
