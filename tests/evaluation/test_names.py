"""F1 of entities, counted by hand on made-up sentences."""

from __future__ import annotations

from pathlib import Path

import pytest

from communique.annotate.words import WordAnalysis
from communique.errors import DataError
from communique.evaluation import names

CROSSNER = """Ana\tB-politician
Sol\tI-politician
left\tO
Sudria\tB-country

The\tB-election
Greens\tB-politicalparty
won\tO
"""
UNER = """# newdoc id = made-up
# text = Ana\tof Norland
1\tAna\tB-PER\t-\tsomebody
2\tof\tO\t-\t-
3\tNorland\tB-LOC\t-\tsomebody

# sent_id = 2
1\t#\tO\t-\t-
2\tGreens\tB-ORG\t-\tsomebody
3\tGreens\tB-OTH\t-\tsomebody
"""


def file(folder: Path, text: str, name: str = "test.txt") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_right_with_all_their_words_and_kind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Three are sought, for an election counts as none; one of three found is wrong in its kind, one in its words."""
    found = [((0, 2, "PERSON"), (3, 4, "ORG")), ((0, 2, "ORG"), (0, 1, "MISC"))]
    asked = []

    def analyse(texts, whole, model):
        asked.extend(texts)
        return [WordAnalysis((), (0,), f) for f in found]

    monkeypatch.setattr(names, "analyse_words", analyse)
    figures = names.crossner(file(tmp_path, CROSSNER), None)  # type: ignore[arg-type]
    assert asked == [["Ana", "Sol", "left", "Sudria"], ["The", "Greens", "won"]]
    assert figures == {
        "entities_crossner_f1": pytest.approx(2 / 6),
        "entities_crossner_person_f1": 1.0,
        "entities_crossner_org_f1": 0.0,
        "entities_crossner_loc_f1": 0.0,
    }


def test_uner(tmp_path: Path) -> None:
    content = names.load_uner(file(tmp_path, UNER))
    assert [words for words, _ in content] == [["Ana", "of", "Norland"], ["#", "Greens", "Greens"]]
    found = [WordAnalysis((), (0,), ((0, 1, "PERSON"), (2, 3, "LOC"))), WordAnalysis((), (0,), ())]
    assert names.scored("uner", content, found)["entities_uner_f1"] == pytest.approx(2 * 2 / 5)


def test_of_the_dev_part_of_crossner_what_is_not_trained_on(tmp_path: Path) -> None:
    text = "Sol\tO\n\n" * (names.DEV_KEPT + 3)
    assert len(names.load_crossner(file(tmp_path, text, "dev.txt"))) == names.DEV_KEPT
    assert len(names.load_crossner(file(tmp_path, text))) == names.DEV_KEPT + 3


def test_lines_without_tags(tmp_path: Path) -> None:
    with pytest.raises(DataError, match=r"test\.txt: no word and tag"):
        names.load_crossner(file(tmp_path, "Ana Sol left\n"))
