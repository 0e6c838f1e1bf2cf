"""Which corpora go into which split."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

spacy = pytest.importorskip("spacy")


@pytest.fixture
def gather(training: dict[str, ModuleType]) -> ModuleType:
    return training["gather"]


def treebank(path: Path, *documents: str) -> None:
    path.parent.mkdir(exist_ok=True)
    with gzip.open(path, "wt", encoding="utf-8") as file:
        for name in documents:
            file.write(f"# newdoc id = {name}\n# sent_id = {name}-1\n1\tRain\train\tNOUN\tNN\t_\t0\troot\t_\t_\n\n")


def test_genres_of_gum_that_are_not_open_stay_out(gather: ModuleType, tmp_path: Path) -> None:
    treebank(tmp_path / "UD_English-EWT/en_ewt-ud-dev.conllu.gz", "weblog-1")
    treebank(tmp_path / "UD_English-GUM/en_gum-ud-dev.conllu.gz", "GUM_news_a", "GUM_fiction_b", "GUM_whow_c", "GUM_speech_d")
    units = list(gather._treebanks(tmp_path, "dev"))
    assert [u["doc"] for u in units] == ["ewt:weblog-1", "gum:GUM_news_a", "gum:GUM_speech_d"]


def test_names_are_measured_on_what_is_not_trained_on(gather: ModuleType, tmp_path: Path) -> None:
    """Of CrossNER's development part the first 120 sentences are for choices, as in evaluation; the others train."""
    names = {"train": 2, "dev": 123, "test": 4}
    (tmp_path / "CrossNER/politics").mkdir(parents=True)
    for split, size in names.items():
        text = "".join(f"{split}{i}\tB-person\nslept\tO\n\n" for i in range(size))
        (tmp_path / f"CrossNER/politics/{split}.txt").write_text(text, encoding="utf-8")
    for folder, file in (("wikigold", "wikigold.conll.txt"), ("WNUT17", "wnut17train.conll")):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / file).write_text("Ana B-person\n", encoding="utf-8")
    (tmp_path / "re3d/Open").mkdir(parents=True)
    (tmp_path / "re3d/Open/documents.json").write_text(json.dumps({"_id": "1", "text": "It rains."}), encoding="utf-8")
    (tmp_path / "re3d/Open/entities.json").write_text("", encoding="utf-8")
    splits: dict[str, list[dict[str, Any]]] = {"train": [], "dev": [], "test": []}
    gather._add_names(tmp_path, spacy.blank("en").tokenizer, splits)
    first = {split: [u["words"][0] for u in units] for split, units in splits.items()}
    assert first["dev"] == [f"dev{i}" for i in range(120)] and first["test"] == [f"test{i}" for i in range(4)]
    assert first["train"] == ["train0", "train1", "dev120", "dev121", "dev122", "Ana", "Ana", "It"]
