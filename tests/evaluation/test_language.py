"""Figures on treebanks and entities: counted by hand on made-up words, and the shipped network on plain ones."""

from __future__ import annotations

import gzip
from collections.abc import Sequence
from pathlib import Path

import pytest

from communique.annotate.words import WordAnalysis, WordTag
from communique.errors import DataError
from communique.evaluation import language

HELD = """# newdoc id = held-1
# sent_id = 1
1\tNorland\tNorland\tPROPN\tNNP\t_\t2\tnsubj\t_\t_
2\tvoted\tvote\tVERB\tVBD\t_\t0\troot\t_\t_
3-4\tcan't\t_\t_\t_\t_\t_\t_\t_\t_
3\tca\tcan\tAUX\tMD\t_\t2\taux\t_\t_
4\tn't\tnot\tPART\tRB\t_\t2\tadvmod\t_\t_

1\tRebels\trebel\tNOUN\tNNS\t_\t2\tnsubj\t_\t_
2\tleft\tleave\tVERB\tVBD\t_\t0\troot\t_\t_
2.1\tgone\tgo\tVERB\tVBN\t_\t_\t_\t_\t_

"""


def treebank(folder: Path, name: str, text: str) -> None:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    with gzip.open(path, "wt", encoding="utf-8") as file:
        file.write(text)


def test_words_right_in_percent(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Six words: one wrong tag, one wrong lemma, one wrong head, one right head with the wrong relation."""
    said = [
        (
            WordTag("PROPN", "Norland", 2, "nsubj"),
            WordTag("VERB", "voted", 0, "root"),
            WordTag("AUX", "can", 2, "cop"),
            WordTag("ADV", "not", 3, "advmod"),
        ),
        (WordTag("NOUN", "rebel", 2, "nsubj"), WordTag("VERB", "leave", 0, "root")),
    ]
    asked = []

    def analyse(texts: Sequence[Sequence[str]], whole: bool = False) -> list[WordAnalysis]:
        asked.append((texts, whole))
        if whole:
            return [WordAnalysis(words, (0,), ()) for words in said]
        return [WordAnalysis(said[0] + said[1], (0, 4, 5), ())]

    monkeypatch.setattr(language, "analyse_words", analyse)
    treebank(tmp_path, "UD_English-EWT/en_ewt-ud-test.conllu.gz", HELD)
    figures = language.evaluate(tmp_path)
    assert asked[0] == ([["Norland", "voted", "ca", "n't"], ["Rebels", "left"]], True)
    assert asked[1] == ([["Norland", "voted", "ca", "n't", "Rebels", "left"]], False)
    assert {k: round(v, 2) for k, v in figures.items()} == {
        "ewt_upos": 83.33,
        "ewt_lemma": 83.33,
        "ewt_uas": 83.33,
        "ewt_las": 66.67,
        "ewt_sentences_f1": 66.67,  # one boundary, found, and one that is none
    }


def test_of_gum_only_the_genres_that_are_free(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    row = "1\t{}\t_\tX\t_\t_\t0\troot\t_\t_\n\n"
    text = (
        f"# newdoc id = GUM_news_a\n{row.format('News')}{row.format('More')}# newdoc id = GUM_reddit_b\n{row.format('Posts')}"
    )
    asked: list[list[str]] = []

    def analyse(texts: Sequence[Sequence[str]], whole: bool = False) -> list[WordAnalysis]:
        asked.extend(list(t) for t in texts)
        return [WordAnalysis((WordTag("X", "_", 0, "root"),) * len(t), (0,), ()) for t in texts]

    monkeypatch.setattr(language, "analyse_words", analyse)
    treebank(tmp_path, "UD_English-GUM/en_gum-ud-test.conllu.gz", text)
    assert language.evaluate(tmp_path)["gum_upos"] == 100
    assert asked == [["News"], ["More"], ["News", "More"]]


ENTITIES = """Ana\tB-politician
Sol\tI-politician
left\tO
Sudria\tB-country

The\tB-election
Greens\tB-politicalparty
won\tO
"""


def test_entities_are_right_with_all_their_words_and_kind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Three are sought, for an election counts as none; two of three found are right."""
    found = [
        ((0, 2, "PERSON"), (3, 4, "ORG")),
        ((1, 2, "ORG"), (0, 1, "MISC")),
    ]
    monkeypatch.setattr(language, "analyse_words", lambda texts, whole: [WordAnalysis((), (0,), f) for f in found])
    path = tmp_path / "CrossNER/politics/test.txt"
    path.parent.mkdir(parents=True)
    path.write_text(ENTITIES, encoding="utf-8")
    assert language.evaluate(tmp_path) == {"entities_crossner_f1": pytest.approx(200 * 2 / 6)}


PLAIN = """# newdoc id = plain
1\tShe\tshe\tPRON\tPRP\t_\t2\tnsubj\t_\t_
2\tleft\tleave\tVERB\tVBD\t_\t0\troot\t_\t_
3\tParis\tParis\tPROPN\tNNP\t_\t2\tobj\t_\t_
4\t.\t.\tPUNCT\t.\t_\t2\tpunct\t_\t_

1\tThey\tthey\tPRON\tPRP\t_\t2\tnsubj\t_\t_
2\tstayed\tstay\tVERB\tVBD\t_\t0\troot\t_\t_
3\t.\t.\tPUNCT\t.\t_\t2\tpunct\t_\t_

"""


def test_the_shipped_network_knows_plain_words(tmp_path: Path) -> None:
    treebank(tmp_path, "UD_English-EWT/en_ewt-ud-dev.conllu.gz", PLAIN)
    assert set(language.evaluate(tmp_path, split="dev").values()) == {100.0}


def test_a_folder_without_corpora(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="no treebank or entity corpus here") as caught:
        language.evaluate(tmp_path)
    assert str(tmp_path) in str(caught.value)
