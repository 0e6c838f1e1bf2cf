"""Statements from frames and from attributions, in sentences of our own."""

from __future__ import annotations

import gzip
import json
import sys
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest


@pytest.fixture(scope="module")
def speech(training: dict[str, ModuleType]) -> Iterator[ModuleType]:
    yield import_module("speech")
    sys.modules.pop("speech", None)


def unit(lines: str, name: str = "s1", doc: str = "gum:GUM_news_norland") -> dict[str, Any]:
    """A unit of words as `form/lemma UPOS head relation`, heads from 1."""
    rows = [line.split() for line in lines.strip().splitlines()]
    return {
        "source": doc.split(":")[0],
        "doc": doc,
        "id": name,
        "words": [r[0].rpartition("/")[0] for r in rows],
        "tags": [(r[1], "", "", r[0].rpartition("/")[2]) for r in rows],
        "arcs": [(int(r[2]), r[3]) for r in rows],
    }


def told(found: dict[str, Any]) -> list[tuple[str, ...]]:
    text = lambda words: " ".join(found["words"][i] for i in words)
    return [tuple(text(s[k]) for k in ("speaker", "cue", "content")) for s in found["statements"]]


PLAIN = unit("""
    The/the DET 3 det
    Norland/Norland PROPN 3 compound
    spokeswoman/spokeswoman NOUN 6 nsubj
    Ana/Ana PROPN 3 flat
    Sol/Sol PROPN 3 flat
    said/say VERB 0 root
    that/that SCONJ 9 mark
    dams/dam NOUN 9 nsubj
    hold/hold VERB 6 ccomp
    ./. PUNCT 6 punct
""")
QUOTED = unit("""
    "/" PUNCT 4 punct
    The/the DET 3 det
    dams/dam NOUN 4 nsubj
    hold/hold VERB 8 ccomp
    ,/, PUNCT 4 punct
    "/" PUNCT 4 punct
    he/he PRON 8 nsubj
    said/say VERB 0 root
    ./. PUNCT 8 punct
""")
FIRST_PERSON = unit("""
    I/I PRON 2 nsubj
    said/say VERB 0 root
    dams/dam NOUN 4 nsubj
    hold/hold VERB 2 ccomp
""")
ASKED = unit("""
    He/he PRON 2 nsubj
    said/say VERB 0 root
    dams/dam NOUN 4 nsubj
    hold/hold VERB 2 ccomp
    and/and CCONJ 6 cc
    urged/urge VERB 2 conj
    calm/calm NOUN 6 obj
""")
NOUN = unit("""
    Norland/Norland PROPN 2 nsubj
    said/say VERB 0 root
    the/the DET 4 det
    word/word NOUN 2 obj
""")
ACCORDING = unit("""
    According/accord VERB 4 case
    to/to ADP 1 fixed
    the/the DET 4 det
    mayor/mayor NOUN 7 obl
    ,/, PUNCT 4 punct
    dams/dam NOUN 7 nsubj
    hold/hold VERB 0 root
    ./. PUNCT 7 punct
""")


@pytest.mark.parametrize(
    ("sentence", "frames", "wanted"),
    [
        (PLAIN, [(5, [(0, 5, "ARG0"), (6, 9, "ARG1")])], [("Ana Sol", "said", "dams hold")]),
        (QUOTED, [(7, [(6, 7, "ARG0"), (0, 6, "ARG1")])], [("he", "said", "The dams hold")]),
        (ACCORDING, [], [("mayor", "According to", "dams hold")]),
        (PLAIN, [], None),
        (FIRST_PERSON, [(1, [(0, 1, "ARG0"), (2, 4, "ARG1")])], None),
        (ASKED, [(1, [(0, 1, "ARG0"), (2, 4, "ARG1")])], None),
        (NOUN, [(1, [(0, 1, "ARG0"), (2, 4, "ARG1")])], None),
        (PLAIN, [(5, [(0, 5, "ARG0"), (6, 9, "ARG1"), (9, 10, "C-ARG1")])], None),
    ],
)
def test_frames_of_speech(speech: ModuleType, tmp_path: Path, sentence: Any, frames: Any, wanted: Any) -> None:
    path = tmp_path / "frames.jsonl.gz"
    preds = [{"i": i, "roleset": "say.01", "args": args} for i, args in frames]
    with gzip.open(path, "wt", encoding="utf-8") as file:
        file.write(json.dumps({"sent_id": "s1", "tokens": sentence["words"], "preds": preds}) + "\n")
    found = list(speech.propbank(path, [sentence, sentence | {"id": "other"}]))
    assert [told(u) for u in found] == ([] if wanted is None else [wanted])
    assert all(u["statements_only"] for u in found)


def attributed(path: Path, *relations: str) -> Path:
    with gzip.open(path, "wt", encoding="utf-8") as file:
        file.write("# sent_id = s1\n")
        for i, relation in enumerate(relations, start=1):
            file.write("\t".join([str(i), *"_" * 8, f"Discourse={relation}:1->2" if relation else "_"]) + "\n")
        file.write("\n")
    return path


def test_attributions_of_gum(speech: ModuleType, tmp_path: Path) -> None:
    said = attributed(tmp_path / "gum.gz", "attribution-positive", *[""] * 5, "joint-list_m", *[""] * 3)
    (found,) = speech.gum(said, [PLAIN, PLAIN | {"doc": "gum:GUM_fiction_norland"}])
    assert told(found) == [("Ana Sol", "said", "dams hold")]
    other = attributed(tmp_path / "other.gz", "attribution-negative", *[""] * 9)
    assert list(speech.gum(other, [PLAIN])) == []


def test_statements_join_the_treebank_by_sentence(speech: ModuleType, tmp_path: Path) -> None:
    said = attributed(tmp_path / "gum.gz", "attribution-positive", *[""] * 9)
    first, second = PLAIN | {}, NOUN | {"id": "s2"}
    assert speech.attach([first, second], speech.gum(said, [first, second])) == 1
    assert first["statements_only"] and first["tags"] == PLAIN["tags"] and told(first)
    assert "statements" not in second


@pytest.mark.parametrize(
    ("words", "kept"),
    [
        (": “ Dams hold . ”", "Dams hold ."),
        ("that dams “ hold ” .", "dams “ hold ”"),
        ("dams “ hold . ”", "dams “ hold . ”"),
        (", dams hold ,", "dams hold"),
        ("“ Dams hold . Walls too . ”", ""),
        ("“ ”", ""),
    ],
)
def test_content_is_cut_as_in_communique_events(speech: ModuleType, words: str, kept: str) -> None:
    tokens = words.split()
    lines = "\n".join(f"{w}/{w} {'SCONJ' if w == 'that' else 'X'} 0 root" for w in tokens)
    end = tokens.index(".") if kept == "" and "." in tokens else len(tokens)
    found = speech.clean(speech.Tree(unit(lines)), (0, end))
    assert " ".join(tokens[i] for i in found) == kept
