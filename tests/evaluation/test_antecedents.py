"""Figures of antecedents and factuality, counted by hand on what a made-up network says."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import numpy as np
import pytest

from communique.errors import DataError
from communique.evaluation import antecedents, factuality
from communique.models.language import Floats, LanguageModel


class Model:
    """Says of each word what `said` holds: its chance to head a mention of a person, its antecedent's form, its factuality."""

    labels = {"mention": ["O", "person"]}  # noqa: RUF012

    def __init__(self, most: int = 99, **said: Any) -> None:
        self.said, self.most = said, most

    def fits(self, words: Sequence[str]) -> bool:
        return len(words) <= self.most

    def read(self, windows: Iterable[Sequence[str]]) -> Iterator[Any]:
        for words in windows:
            chances = np.array([self.said.get("mention", {}).get(w, 0.0) for w in words], np.float32)
            rows = np.zeros((len(words), len(words) + 1), np.float32)
            for i, word in enumerate(words):
                wanted = self.said.get("links", {}).get(word)
                rows[i, words.index(wanted) + 1 if wanted in words else 0] = 9.0
            values = np.array([self.said.get("factuality", {}).get(w, 0.0) for w in words], np.float32)
            mention = np.stack([1 - chances, chances], 1)
            yield SimpleNamespace(mention=mention, coref_row=rows, coref_column=rows.T, factuality=values)

    def links(self, kind: str, rows: Floats, columns: Floats) -> Floats:
        assert kind == "coref" and len(columns) == rows.shape[1]
        return rows[:, None]


def model(most: int = 99, **said: Any) -> LanguageModel:
    return cast(LanguageModel, Model(most, **said))


def zipped(path: Path, text: str) -> Path:
    with gzip.open(path, "wt", encoding="utf-8") as file:
        file.write(text)
    return path


PERSONAL = "Number=Sing|Person=3|PronType=Prs"
# form, UPOS, features, governor, Entity
SENTENCES = [
    [
        ("Ida", "PROPN", "_", 2, "(1-person-new-s-cf1-1-coref)"),
        ("won", "VERB", "_", 0, ""),
        ("Olaf", "PROPN", "_", 2, "(2-person)"),
    ],
    [
        ("She", "PRON", PERSONAL, 2, "(1-person-giv-s-cf1-1-ana)"),
        ("beat", "VERB", "_", 0, ""),
        ("him", "PRON", PERSONAL, 2, "(2-person)"),
    ],
    [
        ("Holm", "PROPN", "_", 4, "(1-person-giv-s-cf1-1-coref"),
        (",", "PUNCT", "_", 3, ""),
        ("mayor", "NOUN", "_", 1, "(1-person-giv-s-cf1-1-appos)1)"),
        ("bowed", "VERB", "_", 0, ""),
    ],
]


def treebank(name: str) -> str:
    lines = [f"# newdoc id = {name}"]
    for sentence in SENTENCES:
        for i, (form, upos, feats, head, entity) in enumerate(sentence, 1):
            lines.append(f"{i}\t{form}\t_\t{upos}\t_\t{feats}\t{head}\t_\t_\t{'Entity=' + entity if entity else '_'}")
        lines.append("")
    return "\n".join(lines) + "\n"


SAID = {
    "mention": {"Ida": 0.9, "She": 0.9, "him": 0.9, "Holm": 0.9, "mayor": 0.9, "bowed": 0.9, "Olaf": 0.4},
    "links": {"She": "Ida", "him": "Ida", "Holm": "She", "mayor": "Holm", "bowed": "Ida"},
}


def test_gum(tmp_path: Path) -> None:
    """Of two pronouns one is right. Of repeats one is wanted, two are given, since an apposition counts for neither."""
    path = zipped(tmp_path / "x.conllu.gz", treebank("GUM_news_x") + treebank("GUM_fiction_y"))
    figures = antecedents.gum(path, model(**SAID))
    assert figures["gum_pronouns"] == 1 / 2
    assert figures["gum_repeats_f1"] == pytest.approx(2 * 1 / (1 + 2))
    assert figures["gum_mentions_f1"] == pytest.approx(2 * 5 / (6 + 6))


def test_what_stands_in_another_window_is_not_asked_for(tmp_path: Path) -> None:
    """With windows of one sentence nothing has been told of before, and the links that are given are wrong."""
    figures = antecedents.gum(zipped(tmp_path / "x.conllu.gz", treebank("GUM_news_x")), model(most=4, **SAID))
    assert "gum_pronouns" not in figures
    assert figures.get("gum_repeats_f1") is None


TEXT = "Ida Holm met Eva Sund. Later she left, as Una Berg saw."
COLUMNS = "ID Text Pronoun Pronoun-offset A A-offset A-coref B B-offset B-coref URL".split()


def gap(path: Path, *examples: tuple[str, str, str, str]) -> Path:
    rows = [COLUMNS]
    for a, a_right, b, b_right in examples:
        cells = ("t", TEXT, "she", TEXT.index("she"), a, TEXT.index(a), a_right, b, TEXT.index(b), b_right, "x")
        rows.append([*map(str, cells)])
    return zipped(path, "".join("\t".join(row) + "\n" for row in rows))


@pytest.mark.parametrize(
    ("links", "f1"),
    [
        ({"she": "Eva"}, 2 * 2 / (3 + 2)),
        ({"she": "Later", "Later": "Eva"}, 2 * 2 / (3 + 2)),  # by way of another mention
        ({"she": "Ida", "Una": "she"}, 2 * 1 / (3 + 4)),  # a name behind that goes back to the pronoun
        ({}, 0.0),
    ],
)
def test_gap(tmp_path: Path, links: dict[str, str], f1: float) -> None:
    path = gap(
        tmp_path / "x.tsv.gz",
        ("Ida Holm", "FALSE", "Eva Sund", "TRUE"),
        ("Eva Sund", "TRUE", "Ida Holm", "FALSE"),
        ("Ida Holm", "FALSE", "Una Berg", "TRUE"),
    )
    likely = {"Ida": 0.9, "Later": 0.9, "Eva": 0.9, "she": 0.9, "Una": 0.9}
    assert antecedents.gap(path, model(mention=likely, links=links)) == {"gap_f1": pytest.approx(f1)}


def test_factuality_is_correlated_at_the_words_of_targets(tmp_path: Path) -> None:
    sentence = {"text": "Rain fell . Go !", "targets": [{"span1": [1, 2], "label": 3}, {"span1": [3, 4], "label": -2}]}
    other = {"text": "They may win", "targets": [{"span1": [2, 3], "label": 0.5}]}
    path = zipped(tmp_path / "x.jsonl.gz", json.dumps(sentence) + "\n" + json.dumps(other) + "\n")
    said = {"fell": 1.5, "Go": -1.0, "win": 0.25, "Rain": 3.0}
    assert factuality.uds(path, model(factuality=said)) == {"factuality_uds_pearson": pytest.approx(1.0)}
    said["Go"] = 2.0
    expected = np.corrcoef([1.5, 2.0, 0.25], [3, -2, 0.5])[0, 1]
    assert factuality.uds(path, model(most=3, factuality=said))["factuality_uds_pearson"] == pytest.approx(expected)


def test_files_of_another_form(tmp_path: Path) -> None:
    path = zipped(tmp_path / "x.gz", "nothing\n")
    for measure in (factuality.uds, antecedents.gap):
        with pytest.raises(DataError, match="as it is published"):
            measure(path, model())
    (tmp_path / "plain").write_text("1\t2\n", encoding="utf-8")
    with pytest.raises(DataError, match="as published"):
        antecedents.gum(tmp_path / "plain", model())
    one = zipped(tmp_path / "one.gz", '{"text": "Go !", "targets": []}\n')
    with pytest.raises(DataError, match="too few"):
        factuality.uds(one, model())
