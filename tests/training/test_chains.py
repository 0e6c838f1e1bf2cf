"""Mentions, chains and links, on sentences of our own in the forms of GUM and GAP."""

from __future__ import annotations

import gzip
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
import spacy
from spacy.tokenizer import Tokenizer


@pytest.fixture(scope="module")
def tokenizer() -> Tokenizer:
    return spacy.blank("en").tokenizer


def row(i: int, word: str, upos: str, head: int, entity: str) -> list[str]:
    return [str(i), word, word, upos, "_", "_", str(head), "dep", "_", f"Entity={entity}" if entity else "_"]


def test_mentions_by_their_head(chains: ModuleType) -> None:
    """ "Ida, the mayor, and Olaf said it rained; that hurt": the group and the clause stand for no word."""
    rows = [
        row(1, "Ida", "PROPN", 8, "(3-person-new-nn-cf1-1-coref(1-person-new-nn-cf2-1-coref"),
        row(2, ",", "PUNCT", 4, ""),
        row(3, "the", "DET", 4, "(1-person-giv:act-nn-cf2-2-appos"),
        row(4, "mayor", "NOUN", 1, "1)1)"),
        row(5, ",", "PUNCT", 7, ""),
        row(6, "and", "CCONJ", 7, ""),
        row(7, "Olaf", "PROPN", 1, "(2-person-new-nn-cf3-1-sgl)3)"),
        row(8, "said", "VERB", 0, ""),
        row(9, "it", "PRON", 10, "(4-event-new-nn-cf4-2-disc"),
        row(10, "rained", "VERB", 8, "4)"),
    ]
    found = chains.gum(rows)
    assert found["mentions"] == [(0, "person", "1"), (3, "person", "1"), (6, "person", "2")]
    assert found["apart"] == [3]


TEXT = "Ida Holm met Eva Sund in Ostby. Later she left with Una Berg."
COLUMNS = "ID Text Pronoun Pronoun-offset A A-offset A-coref B B-offset B-coref URL".split()


def gap(chains: ModuleType, tokenizer: Tokenizer, folder: Path, text: str, *names: tuple[str, str]) -> list[dict[str, Any]]:
    (a, a_right), (b, b_right) = names
    cells = ["t-1", text, "she", text.index("she"), a, text.index(a), a_right, b, text.index(b), b_right, "x"]
    with gzip.open(folder / "gap.tsv.gz", "wt", encoding="utf-8") as file:
        file.write("\t".join(COLUMNS) + "\n" + "\t".join(map(str, cells)) + "\n")
    return list(chains.gap(folder / "gap.tsv.gz", tokenizer))


def test_a_pronoun_is_linked_to_its_name(chains: ModuleType, tokenizer: Tokenizer, tmp_path: Path) -> None:
    (unit,) = gap(chains, tokenizer, tmp_path, TEXT, ("Ida Holm", "FALSE"), ("Eva Sund", "TRUE"))
    assert unit["links"] == [(9, [3], [0, 1])] and unit["doc"] == "gap:t-1"


def test_a_name_behind_is_linked_back(chains: ModuleType, tokenizer: Tokenizer, tmp_path: Path) -> None:
    (unit,) = gap(chains, tokenizer, tmp_path, TEXT, ("Ida Holm", "FALSE"), ("Una Berg", "TRUE"))
    assert unit["links"] == [(12, [9], [])]


def test_no_right_name_no_unit(chains: ModuleType, tokenizer: Tokenizer, tmp_path: Path) -> None:
    assert gap(chains, tokenizer, tmp_path, TEXT, ("Ida Holm", "FALSE"), ("Una Berg", "FALSE")) == []


def test_long_texts_are_cut_to_the_sentences_around(chains: ModuleType, tokenizer: Tokenizer, tmp_path: Path) -> None:
    text = "It rained on. " * 50 + TEXT + " It rained on." * 50
    (unit,) = gap(chains, tokenizer, tmp_path, text, ("Ida Holm", "FALSE"), ("Eva Sund", "TRUE"))
    assert " ".join(unit["words"]) == "Ida Holm met Eva Sund in Ostby . Later she left with Una Berg ."


def test_of_names_too_far_apart_the_nearer_stays(chains: ModuleType, tokenizer: Tokenizer, tmp_path: Path) -> None:
    text = "Ida Holm left. " + "It rained on. " * 50 + "Eva Sund came, and she sang."
    (unit,) = gap(chains, tokenizer, tmp_path, text, ("Ida Holm", "FALSE"), ("Eva Sund", "TRUE"))
    assert unit["words"][:2] == ["Eva", "Sund"] and unit["links"] == [(5, [0], [])]
