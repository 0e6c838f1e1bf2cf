"""Figures on treebanks, counted by hand on made-up words."""

from __future__ import annotations

import gzip
from collections.abc import Sequence
from pathlib import Path

import pytest

from communique.annotate.words import WordAnalysis, WordTag
from communique.errors import DataError
from communique.evaluation import treebanks
from communique.types.reading import Reading, Token
from communique.types.reading import Sentence as Read

HELD = """# newdoc id = held-1
# newpar
# sent_id = 1
# text = Norland voted, can't it
1\tNorland\tNorland\tPROPN\tNNP\t_\t2\tnsubj:outer\t_\t_
2\tvoted\tvote\tVERB\tVBD\t_\t0\troot\t_\tSpaceAfter=No
3\t,\t,\tPUNCT\t,\t_\t2\tpunct\t_\t_
4-5\tcan't\t_\t_\t_\t_\t_\t_\t_\t_
4\tca\tcan\tAUX\tMD\t_\t2\taux\t_\t_
5\tn't\tnot\tPART\tRB\t_\t2\tadvmod\t_\t_

# sent_id = 2
1\tRebels\trebel\tNOUN\tNNS\t_\t2\tnsubj\t_\t_
2\tleft\tleave\tVERB\tVBD\t_\t0\troot\t_\tMark=1|SpaceAfter=No
2.1\tgone\tgo\tVERB\tVBN\t_\t_\t_\t_\t_
3\t.\t.\tPUNCT\t.\t_\t2\tpunct\t_\t_

# newpar
1\tSilence\tsilence\tNOUN\tNN\t_\t0\troot\t_\t_
"""


def treebank(folder: Path, text: str, name: str = "bank.conllu.gz") -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    with gzip.open(path, "wt", encoding="utf-8") as file:
        file.write(text)
    return path


def test_sentences_paragraphs_and_text(tmp_path: Path) -> None:
    found = treebanks.load(treebank(tmp_path, HELD))
    assert [[w.form for w in s.words] for s in found] == [
        ["Norland", "voted", ",", "ca", "n't"],
        ["Rebels", "left", "."],
        ["Silence"],
    ]
    texts = ["".join(s.text for s in group) for group in treebanks.paragraphs(found)]
    assert texts == ["Norland voted, can't Rebels left. ", "Silence "]


def test_words_right(tmp_path: Path) -> None:
    """Nine words: one wrong tag, one wrong lemma, one wrong head; a relation wrong in its subtype and one altogether."""
    said = [
        (
            WordTag("PROPN", "Norland", 2, "nsubj"),
            WordTag("VERB", "voted", 0, "root"),
            WordTag("PUNCT", ",", 2, "punct"),
            WordTag("AUX", "can", 2, "cop"),
            WordTag("ADV", "not", 3, "advmod"),
        ),
        (WordTag("NOUN", "rebel", 2, "nsubj"), WordTag("VERB", "leave", 0, "root"), WordTag("PUNCT", ".", 2, "punct")),
        (WordTag("NOUN", "silence", 0, "root"),),
    ]
    sentences = treebanks.load(treebank(tmp_path, HELD))
    figures = treebanks.tagged("held", sentences, [WordAnalysis(words, (0,), ()) for words in said])
    assert {k: round(9 * v, 6) for k, v in figures.items()} == {
        "held_upos": 8,
        "held_lemma": 8,
        "held_uas": 8,
        "held_las": 6,
        "held_las_universal": 7,
    }


def reading(*sentences: Sequence[tuple[str, int, int, str, str]]) -> Reading:
    """Tokens as (text, start, head in the sentence, UPOS and relation); lemmas are the forms."""
    tokens: list[Token] = []
    read: list[Read] = []
    for number, words in enumerate(sentences):
        base = len(tokens)
        for text, start, head, upos, dep in words:
            at = len(tokens)
            tokens.append(Token(at, start, start + len(text), text, text, upos, "_", "_", base + head, dep, number))
        read.append(Read(number, base, len(tokens), 0))
    return Reading(tuple(tokens), tuple(read))


def test_end_to_end_by_characters(tmp_path: Path) -> None:
    """The first paragraph is cut one word too late; "voted" and its comma are one word.

    Gold are nine words, given eight: seven the same. "Rebels" hangs on "left" rightly; "n't" and "ca" hang on a word that
    is none, so wrong; so does "Norland".
    """
    given = [
        reading(
            [
                ("Norland", 0, 1, "PROPN", "nsubj"),
                ("voted,", 8, 1, "VERB", "root"),
                ("ca", 15, 1, "AUX", "aux"),
                ("n't", 17, 1, "PART", "advmod"),
                ("Rebels", 21, 1, "NOUN", "dep"),
            ],
            [("left", 28, 0, "VERB", "root"), (".", 32, 0, "PUNCT", "punct")],
        ),
        reading([("Silence", 0, 0, "NOUN", "root")]),
    ]
    asked: list[str] = []

    def read(texts):
        asked.extend(texts)
        return iter(given)

    figures = treebanks.raw("held", treebanks.load(treebank(tmp_path, HELD)), read)
    assert asked == ["Norland voted, can't Rebels left. ", "Silence "]
    assert {k: round(v, 4) for k, v in figures.items()} == {
        "held_raw_words_f1": round(2 * 7 / 17, 4),
        "held_raw_upos_f1": round(2 * 7 / 17, 4),
        "held_raw_lemma_f1": round(2 * 2 / 17, 4),  # Norland and the full stop, for all other lemmas differ from their forms
        "held_raw_uas_f1": round(2 * 3 / 17, 4),  # left, the full stop, Silence
        "held_raw_las_f1": round(2 * 3 / 17, 4),
        "held_raw_las_universal_f1": round(2 * 3 / 17, 4),
        "held_raw_sentences_f1": round(2 * 1 / 6, 4),  # Silence
        "held_raw_boundaries_f1": 0.0,
    }


def test_the_shipped_network_end_to_end(tmp_path: Path) -> None:
    plain = """# newdoc id = plain
1\tShe\tshe\tPRON\tPRP\t_\t2\tnsubj\t_\t_
2\tleft\tleave\tVERB\tVBD\t_\t0\troot\t_\t_
3\tParis\tParis\tPROPN\tNNP\t_\t2\tobj\t_\tSpaceAfter=No
4\t.\t.\tPUNCT\t.\t_\t2\tpunct\t_\t_

1\tThey\tthey\tPRON\tPRP\t_\t2\tnsubj\t_\t_
2\tstayed\tstay\tVERB\tVBD\t_\t0\troot\t_\tSpaceAfter=No
3\t.\t.\tPUNCT\t.\t_\t2\tpunct\t_\t_

"""
    from communique.models.language import load_language

    figures = treebanks.ewt(treebank(tmp_path, plain), load_language())
    assert set(figures.values()) == {1.0}
    assert {"ewt_las", "ewt_raw_las_f1", "ewt_raw_boundaries_f1"} <= set(figures)


def test_of_gum_only_the_genres_that_are_free(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    row = "1\t{}\t_\tX\t_\t_\t0\troot\t_\t_\n\n"
    text = "".join(
        f"# newdoc id = GUM_{genre}_a\n" + "".join(row.format(form) for form in forms)
        for genre, *forms in (("news", "News", "More"), ("reddit", "Posts"), ("vlog", "Talk"))
    )
    asked: list[list[str]] = []

    def analyse(texts: Sequence[Sequence[str]], whole: bool, model: object) -> list[WordAnalysis]:
        asked.extend(list(t) for t in texts)
        deps = {"News": "root", "More": "dep", "Talk": "dep"}
        return [WordAnalysis((WordTag("X", "_", 0, deps[t[0]]),), (0,), ()) for t in texts]

    monkeypatch.setattr(treebanks, "analyse_words", analyse)
    read: list[list[str]] = []

    def read_texts(texts, model):
        read.append(list(texts))
        return (reading(*([(w, text.index(w), 0, "X", "root")] for w in text.split())) for text in read[-1])

    monkeypatch.setattr(treebanks, "read_texts", read_texts)
    figures = treebanks.gum(treebank(tmp_path, text), None)  # type: ignore[arg-type]
    assert asked == [["News"], ["More"], ["Talk"]]
    assert read == [["News More ", "Talk "], ["News More "]]
    assert figures["gum_las"] == pytest.approx(1 / 3)
    assert figures["gum_news_las"] == figures["gum_newslike_las"] == 0.5
    assert figures["gum_vlog_las"] == 0
    assert figures["gum_news_raw_las_f1"] == 1


@pytest.mark.parametrize(
    "content", [b"no gzip", gzip.compress(b"1\tonly\n\n"), gzip.compress(b"1\ta\tb\tX\t_\t_\tx\tdep\t_\t_\n\n")]
)
def test_no_treebank(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "bank.gz"
    path.write_bytes(content)
    with pytest.raises(DataError, match=r"bank\.gz: no CoNLL-U"):
        treebanks.load(path)
