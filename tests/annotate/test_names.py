"""Names from the labels of words, with scores written by hand and the tables that ship."""

from __future__ import annotations

from itertools import pairwise, product
from types import SimpleNamespace
from typing import cast

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from communique.annotate.names import DOUBT, OUTSIDE, PLACE_LEAST, SURE_PERSON, _best, names
from communique.models.language import LanguageModel, Scores

KINDS = ("PERSON", "ORG", "LOC", "MISC")
ENTITY = ("O", *(f"{mark}-{kind}" for kind in KINDS for mark in "BI"))
LABELS = {"entity": list(ENTITY), "upos": ["PROPN", "NOUN"], "mention": ["O", "object", "person", "place", "organization"]}
MODEL = cast(LanguageModel, SimpleNamespace(labels=LABELS))
SHORT = ENTITY[:5]


def found(text: str, sure: float = 0.9, rival: str = "", tags: str = "", mention: str = "person") -> list[str]:
    """Names of a text that is written `word/label`, as `Kind: words`; each label has the probability `sure`, and what is left
    goes to the kind `rival` or is of no name. `tags` has an n for each common noun; each word may head a `mention`."""
    pairs = [token.rpartition("/")[::2] for token in text.split()]
    entity = np.zeros((len(pairs), len(ENTITY)), np.float32)
    for row, (_, label) in zip(entity, pairs, strict=True):
        label = label or "O"
        row[0] = 1 - (sure if label != "O" else 0)
        row[ENTITY.index(label)] = sure if label != "O" else 1
        if rival and label != "O":
            row[[0, ENTITY.index(f"{label[0]}-{rival}")]] = 0, 1 - sure
    upos = np.array([int(tag == "n") for tag in tags.ljust(len(pairs), "p")])
    heads = np.zeros((len(pairs), 5), np.float32)
    heads[:, LABELS["mention"].index(mention)] = 1
    words = [word or label for word, label in pairs]
    read = names(MODEL, cast(Scores, SimpleNamespace(entity=entity, upos=upos, mention=heads)), words)
    return [f"{c.label}: {' '.join(words[c.first : c.last])}" for c in read]


def test_names_side_by_side() -> None:
    assert found("Ana/B-PERSON Sol/B-PERSON Lima/I-PERSON ./O Ida/B-PERSON") == [
        "PERSON: Ana",
        "PERSON: Sol Lima",
        "PERSON: Ida",
    ]
    assert found("It/O rains/O ./O") == []


def test_a_name_of_loose_words_alone_is_none() -> None:
    assert found(",/B-ORG Inc/O ./O") == []


def allowed(labels: tuple[int, ...]) -> bool:
    read = ["O", *(SHORT[i] for i in labels)]
    return all(not b.startswith("I-") or a[2:] == b[2:] for a, b in pairwise(read))


@given(hnp.arrays(np.float32, st.tuples(st.integers(1, 4), st.just(5)), elements=st.floats(np.float32(0.01), 1, width=32)))
def test_labels_are_the_likeliest_that_may_follow_each_other(values: np.ndarray) -> None:
    logs = np.log(values)
    logs[:, 0] += np.log(OUTSIDE)

    def score(labels: tuple[int, ...]) -> float:
        return float(sum(logs[i, label] for i, label in enumerate(labels)))

    best = max(score(labels) for labels in product(range(5), repeat=len(values)) if allowed(labels))
    got = tuple(_best(values, SHORT))
    assert allowed(got)
    assert score(got) == pytest.approx(best, abs=1e-4)


def test_a_name_must_be_likelier_than_none_by_a_margin() -> None:
    edge = OUTSIDE / (1 + OUTSIDE)
    assert found("Sol/B-PERSON", sure=edge - 0.01) == []
    assert found("Sol/B-PERSON", sure=edge + 0.01) == ["PERSON: Sol"]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Capt./B-PERSON Ana/I-PERSON Sol/I-PERSON", "PERSON: Ana Sol"),
        ("General/B-PERSON Sol/I-PERSON", "PERSON: Sol"),
        ("Dr./B-LOC Sol/I-LOC", "PERSON: Sol"),
        ("Lord/B-PERSON Sol/I-PERSON", "PERSON: Lord Sol"),
        ("General/B-ORG Dynamics/I-ORG", "ORG: General Dynamics"),
        ("Guild/B-ORG of/I-ORG Potters/I-ORG and/I-ORG", "ORG: Guild of Potters"),
    ],
)
def test_titles_and_loose_words_are_no_part_of_a_name(text: str, name: str) -> None:
    assert found(text) == [name]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Norland/B-ORG ,/O Inc./O said/O", "ORG: Norland , Inc."),
        ("Norland/B-ORG ,/O Inc./B-ORG said/O", "ORG: Norland , Inc."),
        ("Norland/B-LOC ,/O Inc./O", "LOC: Norland"),
        ("Médecins/B-ORG Sans/O Frontières/B-LOC", "ORG: Médecins Sans Frontières"),
        ("al/B-ORG -/O Shabaab/B-PERSON", "ORG: al - Shabaab"),
    ],
)
def test_what_is_one_name_is_not_cut_apart(text: str, name: str) -> None:
    assert found(text)[:1] == [name]


def test_names_with_a_word_between_them_that_the_registry_has_not_stay_two() -> None:
    assert found("Norland/B-ORG and/O Sutland/B-ORG") == ["ORG: Norland", "ORG: Sutland"]


@pytest.mark.parametrize(
    ("text", "rival", "name"),
    [
        ("North/B-ORG Korea/I-ORG", "", "LOC: North Korea"),
        ("U.S./B-MISC", "", "LOC: U.S."),
        ("Jordan/B-PERSON", "", "PERSON: Jordan"),
        ("US/B-ORG troops/I-ORG", "", "LOC: US"),
        ("US/B-ORG Steel/I-ORG", "", "ORG: US Steel"),
        ("Thai/B-ORG", "", "MISC: Thai"),
        ("Kenyans/B-LOC", "", "MISC: Kenyans"),
        ("Lebanese/B-ORG Christian/I-ORG", "", "MISC: Lebanese Christian"),
        ("UNESCO/B-LOC", "", "ORG: UNESCO"),
        ("Hamburg/B-ORG", "", "ORG: Hamburg"),
        ("Hamburg/B-ORG", "LOC", "LOC: Hamburg"),
    ],
)
def test_kinds_that_the_tables_know(text: str, rival: str, name: str) -> None:
    assert found(text, 0.95 - PLACE_LEAST, rival) == [name]


def test_what_has_no_proper_noun_is_no_name() -> None:
    assert found("board/B-ORG members/I-ORG", tags="nn") == []
    assert found("Board/B-ORG members/I-ORG", tags="pn") == ["ORG: Board members"]


def test_things_are_names_only_where_the_network_is_sure() -> None:
    assert found("Zephyr/B-ORG", DOUBT - 0.01, mention="object") == []
    assert found("Zephyr/B-ORG", DOUBT + 0.01, mention="object") == ["ORG: Zephyr"]
    assert found("Zephyr/B-ORG", DOUBT - 0.01, mention="organization") == ["ORG: Zephyr"]


@pytest.mark.parametrize(
    ("text", "two"),
    [
        ("Denver/B-LOC Colorado/I-LOC", ["LOC: Denver", "LOC: Colorado"]),
        ("denver/B-LOC colorado/I-LOC", ["LOC: denver", "LOC: colorado"]),
        ("Bergen/B-LOC Norway/I-LOC", ["LOC: Bergen", "LOC: Norway"]),
        ("Bergen/B-LOC Colorado/I-LOC Road/I-LOC", ["LOC: Bergen Colorado Road"]),
        ("New/B-LOC Mexico/I-LOC", ["LOC: New Mexico"]),
        ("Bergen/B-LOC Kenya/I-LOC", ["LOC: Bergen Kenya"]),
    ],
)
def test_a_place_and_what_it_lies_in_are_two(text: str, two: list[str]) -> None:
    assert found(text) == two


@pytest.mark.parametrize(("word", "kind"), [("Jordan", "LOC"), ("Reuters", "ORG")])
def test_an_unsure_person_is_what_the_registry_knows_by_that_name(word: str, kind: str) -> None:
    assert found(f"{word}/B-PERSON", sure=SURE_PERSON - 0.05) == [f"{kind}: {word}"]
    assert found(f"{word}/B-PERSON", sure=SURE_PERSON + 0.05) == [f"PERSON: {word}"]
    assert found("Sol/B-PERSON", sure=SURE_PERSON - 0.05) == ["PERSON: Sol"]
