"""Names in the mentions of GUM, on sentences of our own in its form."""

from __future__ import annotations

from types import ModuleType

import pytest

# form, UPOS, XPOS, governor, relation, Entity
Row = tuple[str, str, str, int, str, str]


def rows(*words: Row) -> list[list[str]]:
    cells = lambda form, upos, xpos, head, relation, entity: [form, form, upos, xpos, "_", str(head), relation, "_", entity]
    return [[str(i), *cells(*word[:5], f"Entity={word[5]}" if word[5] else "_")] for i, word in enumerate(words, 1)]


def name(word: str, head: int, relation: str, entity: str = "") -> Row:
    return word, "PROPN", "NNP", head, relation, entity


def labels(training: dict[str, ModuleType], *words: Row) -> str:
    found: list[str] = training["names"].gum_names(rows(*words))
    assert all(not b.startswith("I-") or a[2:] == b[2:] for a, b in zip(["O", *found], found, strict=False))
    return " ".join(found)


def test_article_title_and_verb_are_no_part(training: dict[str, ModuleType]) -> None:
    found = labels(
        training,
        ("The", "DET", "DT", 3, "det", "(1-organization-new"),
        name("Norland", 3, "compound", "(2-place-new)"),
        name("Bank", 4, "nsubj", "1)"),
        ("paid", "VERB", "VBD", 0, "root", ""),
        name("Dr.", 6, "nmod:desc", "(3-person-new"),
        name("Sol", 4, "obj", "3)"),
        name("Friday", 4, "obl", "(5-time-new)"),
        ("Dutch", "ADJ", "JJ", 9, "amod", "(6-abstract-new"),
        ("debts", "NOUN", "NNS", 4, "obj", "6)"),
    )
    assert found == "O B-ORG I-ORG O O B-PERSON O ? O"


def test_an_outer_name_keeps_the_names_in_it(training: dict[str, ModuleType]) -> None:
    found = labels(
        training,
        ("the", "DET", "DT", 2, "det", "(1-organization-new"),
        name("Bank", 0, "root"),
        ("of", "ADP", "IN", 4, "case", ""),
        name("Norland", 2, "nmod", "(2-place-new)1)"),
    )
    assert found == "O B-ORG I-ORG I-ORG"


def test_and_joins_below_the_head_alone(training: dict[str, ModuleType]) -> None:
    """One ministry of two concerns, but two countries."""
    ministry = labels(
        training,
        name("Ministry", 0, "root", "(1-organization-new"),
        ("of", "ADP", "IN", 3, "case", ""),
        name("Trade", 1, "nmod"),
        ("and", "CCONJ", "CC", 5, "cc", ""),
        name("Fisheries", 3, "conj", "1)"),
    )
    assert ministry == "B-ORG I-ORG I-ORG I-ORG I-ORG"
    countries = labels(
        training,
        name("Norland", 0, "root", "(1-place-new(2-place-new)"),
        ("and", "CCONJ", "CC", 3, "cc", ""),
        name("Sudria", 1, "conj", "(3-place-new)1)"),
    )
    assert countries == "B-LOC O B-LOC"


def test_a_place_in_a_place_is_two_but_a_title_of_wikipedia_is_one(training: dict[str, ModuleType]) -> None:
    words = (name("Ostby", 0, "root"), (",", "PUNCT", ",", 3, "punct", ""), name("Norland", 1, "nmod", "(2-place-new)1)"))
    place = (*words[0][:5], "(1-place-new-nn-cf1-1-sgl-Ostby%2C_Norland")
    school = (*words[0][:5], "(1-organization-new-nn-cf1-1-sgl-Ostby%2C_Norland_%28school%29")
    assert labels(training, place, *words[1:]) == "B-LOC O B-LOC"
    assert labels(training, school, *words[1:]) == "B-ORG I-ORG I-ORG"


def test_the_title_of_the_article_shows_a_name_that_is_not_the_head(training: dict[str, ModuleType]) -> None:
    """ "the northern isle of Lund", of which Wikipedia knows as "Lund"; but not where the words are of another name."""
    article = "(1-place-new-nn-cf1-1-sgl-Lund_%28isle%29"
    before = (
        ("northern", "ADJ", "JJ", 2, "amod", article),
        ("isle", "NOUN", "NN", 0, "root", ""),
        ("of", "ADP", "IN", 4, "case", ""),
    )
    assert labels(training, *before, name("Lund", 2, "nmod", "1)")) == "O O O B-LOC"
    hall = name("Lund", 5, "compound", "(2-place-new"), name("Hall", 2, "nmod", "2)1)")
    assert labels(training, *before, *hall) == "O O O B-LOC I-LOC"


def test_a_name_behind_a_common_noun(training: dict[str, ModuleType]) -> None:
    found = labels(
        training,
        ("singer", "NOUN", "NN", 0, "root", "(1-person-new"),
        name("Ana", 1, "flat"),
        name("Sol", 1, "flat"),
        ("-", "PUNCT", "HYPH", 5, "punct", ""),
        name("Lund", 3, "flat", "1)"),
    )
    assert found == "O B-PERSON I-PERSON I-PERSON I-PERSON"


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ((("We", "PRON", "PRP", 0, "root", "(1-person-new)"),), "a pronoun"),
        ((("a", "DET", "DT", 2, "det", "(1-person-new"), name("Norlander", 0, "root", "1)")), "one of a people"),
        ((("Norlanders", "PROPN", "NNPS", 0, "root", "(1-person-new)"),), "a people"),
        ((name("Speaker", 0, "root", "(1-person-new)"),), "an office"),
        ((name("Figure", 0, "root", "(1-abstract-new)"),), "nothing that Wikipedia knows"),
    ],
)
def test_no_name(training: dict[str, ModuleType], words: tuple[Row, ...], why: str) -> None:
    assert "B-" not in labels(training, *words), why


def test_what_is_left_open(training: dict[str, ModuleType]) -> None:
    """Capitals at the head of a sentence are no sign; offices and days in their mentions are no names."""
    found = training["names"].gum_names(
        [
            ["1", "Other", "other", "ADJ", "JJ", "_", "2", "amod", "_", "_"],
            ["2", "Norlandic", "Norlandic", "ADJ", "JJ", "_", "3", "amod", "_", "_"],
            ["3", "songs", "song", "NOUN", "NNS", "_", "0", "root", "_", "_"],
            ["4", "Minister", "minister", "PROPN", "NNP", "_", "3", "dep", "_", "Entity=(1-person)"],
            ["5", "March", "March", "PROPN", "NNP", "_", "3", "dep", "_", "Entity=(2-time)"],
            ["6", "Łask", "Łask", "PROPN", "NNP", "_", "3", "dep", "_", "Entity=(3-place)"],
        ]
    )
    assert found == ["O", "?", "O", "O", "O", "B-LOC"]


def test_names_with_particles(training: dict[str, ModuleType]) -> None:
    great = labels(
        training,
        name("Olaf", 0, "root", "(1-person-new"),
        ("the", "DET", "DT", 3, "det", ""),
        ("Great", "ADJ", "NNP", 1, "amod", "1)"),
        name("Ida", 0, "root", "(2-person-new"),
        ("II", "ADJ", "JJ", 4, "amod", "2)"),
    )
    assert great == "B-PERSON I-PERSON I-PERSON B-PERSON I-PERSON"
