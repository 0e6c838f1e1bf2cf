"""The readers of the training corpora, on files of our own in their forms."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from types import ModuleType

import pytest
import spacy
from spacy.tokenizer import Tokenizer


@pytest.fixture(scope="module")
def tokenizer() -> Tokenizer:
    return spacy.blank("en").tokenizer


def zipped(path: Path, text: str) -> Path:
    with gzip.open(path, "wt", encoding="utf-8") as file:
        file.write(text)
    return path


def jsonl(path: Path, *rows: object) -> Path:
    path.parent.mkdir(exist_ok=True)
    path.write_text("".join(json.dumps(r) + "\n\n" for r in rows), encoding="utf-8")
    return path


TREEBANK = """# newdoc id = GUM_news_norland
# sent_id = GUM_news_norland-1
# text = Premier Ana Sol left Norland.
1\tPremier\tpremier\tPROPN\tNNP\tNumber=Sing\t4\tnsubj\t_\tEntity=(1-person-new-cf1-1-sgl
2\tAna\tAna\tPROPN\tNNP\t_\t1\tflat\t_\t_
3\tSol\tSol\tPROPN\tNNP\t_\t1\tflat\t_\tEntity=1)
3-4\tSol's\t_\t_\t_\t_\t_\t_\t_\t_
4\tleft\tleave\tVERB\tVBD\t_\t0\troot\t_\t_
4.1\tleft\tleave\tVERB\tVBD\t_\t_\t_\t_\t_
5\tNorland\tNorland\tPROPN\tNNP\t_\t4\tobj\t_\tEntity=(2-place-new-cf2-1-sgl)

# newdoc id = GUM_talk_two
# sent_id = GUM_talk_two-1
1\tRain\train\tNOUN\tNN\t_\t0\troot\t_\t_

"""


def test_treebank(corpora: ModuleType, tmp_path: Path) -> None:
    first, second = corpora.conllu(zipped(tmp_path / "a.conllu.gz", TREEBANK), "ewt")
    assert first["words"] == ["Premier", "Ana", "Sol", "left", "Norland"]
    assert first["doc"] == "ewt:GUM_news_norland" and first["source"] == "ewt"
    assert second["doc"] == "ewt:GUM_talk_two" and second["words"] == ["Rain"]
    assert first["tags"][0] == ("PROPN", "NNP", "Number=Sing", "premier") and first["tags"][3] == ("VERB", "VBD", "_", "leave")
    assert first["arcs"] == [(4, "nsubj"), (1, "flat"), (1, "flat"), (0, "root"), (4, "obj")]
    assert first["id"] == "GUM_news_norland-1" and second["id"] == "GUM_talk_two-1"
    assert "entities" not in first and "mentions" not in first


def test_gum_units_carry_names_and_mentions(corpora: ModuleType, tmp_path: Path) -> None:
    first, second = corpora.conllu(zipped(tmp_path / "a.conllu.gz", TREEBANK), "gum")
    assert first["entities"] == ["O", "B-PERSON", "I-PERSON", "O", "B-LOC"]
    assert first["mentions"] == [(0, "person", "1"), (4, "place", "2")]
    assert second["mentions"] == [] and second["entities"] == ["O"]


ENTITIES = """Ana\tB-politician
Sol\tI-politician
met\tO

rebels\tO
in\tO
Norland\tB-country
Sudria\tB-country
"""


def test_entity_columns(corpora: ModuleType, tmp_path: Path) -> None:
    path = tmp_path / "x.txt"
    path.write_text(ENTITIES, encoding="utf-8")
    first, second = corpora.columns(path, "crossner")
    assert (first["words"], first["entities"]) == (["Ana", "Sol", "met"], ["B-PERSON", "I-PERSON", "O"])
    assert second["entities"] == ["O", "O", "B-LOC", "B-LOC"]
    assert first["doc"] != second["doc"]


def test_entity_columns_with_blanks_and_tags_that_only_go_on(corpora: ModuleType, tmp_path: Path) -> None:
    """Older corpora mark a beginning only where two of a kind meet."""
    path = tmp_path / "x.txt"
    path.write_text("Ana I-PER\nSol I-PER\nLima B-LOC\nPeru I-LOC\nSpain B-LOC\nACME I-ORG\n, O", encoding="utf-8")
    (unit,) = corpora.columns(path, "wikigold")
    assert unit["entities"] == ["B-PERSON", "I-PERSON", "B-LOC", "I-LOC", "B-LOC", "B-ORG", "O"]


TEXT = "The minister Ana Sol flew to Norland. Nobody from the Red Guard came with her."


def test_re3d_names_are_cut_down_and_the_unfree_part_is_left_out(
    corpora: ModuleType, tokenizer: Tokenizer, tmp_path: Path
) -> None:
    def entity(words: str, kind: str, **other: object) -> dict[str, object]:
        begin = TEXT.index(words)
        return {"documentId": "1", "begin": begin, "end": begin + len(words), "type": kind, "value": words, **other}

    for part in ("Open report", "BBC Online"):
        jsonl(tmp_path / part / "documents.json", {"_id": "1", "text": TEXT})
        jsonl(
            tmp_path / part / "entities.json",
            entity("The minister Ana Sol", "Person"),
            entity("Norland", "Location"),
            entity("the Red Guard", "Organisation"),
            entity("her", "Person"),
            entity("Nobody", "Quantity"),
            entity("flew", "Location", confidence=0),
        )
    (unit,) = corpora.re3d(tmp_path, tokenizer)
    labels = {w: e for w, e in zip(unit["words"], unit["entities"], strict=True) if e != "O"}
    names = {"Ana": "B-PERSON", "Sol": "I-PERSON", "Norland": "B-LOC", "Red": "B-ORG", "Guard": "I-ORG"}
    assert labels == names | {"The": "?", "Nobody": "?"}


EVENT = {
    "id": "wn-12#3",
    "text": "Norland  attacked Sudria on Monday, a clerk said.",
    "events": [
        {
            "plover": "ASSAULT",
            "alternatives": ["COERCE"],
            "status": "happened",
            "trigger": [9, 17],
            "actor": [[0, 7]],
            "recipient": [[18, 24]],
            "attributed_to": [[36, 43]],
            "when": [25, 34],
        }
    ],
    "statements": [{"cue": [44, 48], "speaker": [36, 43], "content": [0, 34]}],
}


def test_events_become_word_indices(corpora: ModuleType, tokenizer: Tokenizer, tmp_path: Path) -> None:
    """Blanks in a row are no words."""
    (unit,) = corpora.communique_events(jsonl(tmp_path / "x.jsonl", EVENT), tokenizer)
    assert unit["words"] == ["Norland", "attacked", "Sudria", "on", "Monday", ",", "a", "clerk", "said", "."]
    (event,) = unit["events"]
    assert event["words"] == [1] and event["types"] == ["ASSAULT", "COERCE"]
    assert (event["status"], event["mode"]) == ("happened", None)
    assert event["arguments"] == {"actor": [[0]], "recipient": [[2]], "source": [[6, 7]], "when": [[3, 4]]}
    assert unit["statements"] == [{"cue": [8], "speaker": [6, 7], "content": [0, 1, 2, 3, 4]}]
    assert unit["doc"] == "wn:wn-12"
