"""The table of lemmas, from words of our own."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from types import ModuleType

import pytest

from communique.models.lemmas import LemmaTable, lemma_of


@pytest.fixture(scope="module")
def maker(training: dict[str, ModuleType]) -> Iterator[ModuleType]:
    yield import_module("lemma_table")
    sys.modules.pop("lemma_table", None)


WORDS = [
    *[("teeth", "NOUN", "NNS", "tooth")] * 2,
    *[("flupped", "VERB", "VBD", "flup")] * 2,
    *[("glonen", "VERB", "VBN", "glo")] * 2,
    *[("mixed", "VERB", "VBN", "mix"), ("mixed", "VERB", "VBN", "mixe")],
    *[("glimse", "VERB", "VB", "glimse")] * 2,
    ("Norland", "PROPN", "NNP", "norland"),
    ("7ths", "NOUN", "NNS", "seventh"),
]


def test_table_holds_what_inflection_misses(maker: ModuleType, tmp_path: Path) -> None:
    found = maker.table(WORDS, [("verb", "outglo"), ("noun", "glass")], ["# kind", "verb\tglo\tglew\tglonen"])
    assert found.exceptions == {
        ("NOUN NNS", "teeth"): "tooth",
        ("VERB VBD", "glew"): "glo",
        ("VERB VBN", "glonen"): "glo",
        ("VERB VBD", "outglew"): "outglo",
        ("VERB VBN", "outglonen"): "outglo",
    }
    assert found.known == {"verb": {"glimse", "outglo"}, "noun": {"glass"}, "quality": set()}
    maker.write(found, tmp_path / "lemmas.tsv")
    again = LemmaTable.load(tmp_path / "lemmas.tsv")
    assert again.exceptions == found.exceptions and again.known["verb"] == found.known["verb"]
    assert lemma_of("Outglew", "VERB", "VBD", "l|0|", again) == "outglo"
