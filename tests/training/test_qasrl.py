"""PropBank's frame files and QA-SRL questions, in their forms, on sentences of our own."""

from __future__ import annotations

import csv
import gzip
import importlib
import io
import tarfile
import zipfile
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

FRAMES = """<frameset><predicate lemma="invade"><roleset id="invade.01"><aliases>
<alias pos="v">invade</alias><alias pos="n">invasion</alias></aliases>
<roles><role f="PAG" n="0"/><role f="PPT" n="1"/></roles>
<example src="web"><text>Norland 's quick invasion of Sudland ended</text><propbank><rel relloc="3">invasion</rel>
<arg type="ARG0" start="0" end="1">Norland 's</arg><arg type="ARG1" start="4" end="5">of Sudland</arg>
<arg type="ARGM-PNC" start="2" end="2">quick</arg></propbank></example>
<example><text>Sudland feared an invasion of Norland</text><propbank><rel relloc="3">invasion</rel>
<arg type="ARG1" start="4" end="5">of Norland</arg></propbank></example>
<example><text>Words out of step</text><propbank><rel relloc="0">Words</rel>
<arg type="ARG1" start="1" end="2">of step</arg></propbank></example></roleset></predicate></frameset>"""
SEND = """<frameset><predicate lemma="send"><roleset id="send.01"><aliases><alias pos="v">send</alias></aliases>
<roles><role f="PAG" n="0"/><role f="PPT" n="1"/><role f="GOL" n="2"/></roles></roleset></predicate></frameset>"""
FALL = """<frameset><predicate lemma="fall"><roleset id="fall.01"><aliases><alias pos="v">fall</alias></aliases>
<roles><role f="PPT" n="1"/></roles></roleset></predicate></frameset>"""
QUESTION = dict.fromkeys(("obj", "obj2", "subj", "prep", "aux", "noun", "answer"), "") | {"is_passive": "False", "word": "3"}
SENT = "On Monday Norland sent two doctors to Sudland by boat to help the wounded .".split()


@pytest.fixture(scope="module")
def rolesets(training: dict[str, ModuleType]) -> ModuleType:
    return importlib.import_module("rolesets")


@pytest.fixture(scope="module")
def qasrl(training: dict[str, ModuleType]) -> ModuleType:
    return importlib.import_module("qasrl")


@pytest.fixture(scope="module")
def read(rolesets: ModuleType, tmp_path_factory: pytest.TempPathFactory) -> tuple[Any, list[Any]]:
    path = tmp_path_factory.mktemp("frames") / "frames.tar.gz"
    with tarfile.open(path, "w:gz") as archive:
        for name, text in {"invade": FRAMES, "send": SEND, "fall": FALL, "broken": "<frameset>"}.items():
            info = tarfile.TarInfo(f"frames/{name}.xml")
            info.size = len(text)
            archive.addfile(info, io.BytesIO(text.encode()))
    known, examples = rolesets.read(path)
    known.add(SENT, 3, "send.01", [(2, 3, "ARG0"), (4, 6, "ARG1"), (6, 8, "ARG2")], False)
    return known, examples


def test_frame_files(read: tuple[Any, list[Any]]) -> None:
    """Roles, nouns with their verb, and examples whose words are where the file says."""
    known, examples = read
    assert [(e.words[e.word], e.noun, len(e.arguments)) for e in examples] == [("invasion", True, 3), ("invasion", True, 1)]
    assert known.lemma("Invasion") == "invade" and known.lemma("sent") == "send" and known.lemma("unseen") == "unseen"
    assert known.first_role("send") == "ARG0" and known.first_role("fall") == "ARG1" and known.first_role("unseen") is None
    assert known.role_with("send", "GOL") == "ARG2" and known.role_with("fall", "GOL") is None
    assert {"invasion", "invasions"} <= known.nouns


def test_labels_of_a_place_where_most_agree(rolesets: ModuleType, read: tuple[Any, list[Any]]) -> None:
    known = read[0]
    assert known.label("invade", "of") == "ARG1"
    assert known.label("send", "to") is None and known.label("send", "to", least=1) == "ARG2"
    assert known.label("send", "subject", least=1) == "ARG0" and known.label("send", "object", least=1) == "ARG1"


@pytest.mark.parametrize(
    ("sentence", "word", "arguments", "expected"),
    [
        ("Prices fell sharply", 1, [(0, 1, "ARG1"), (2, 3, "ARGM-MNR")], [("alone", "ARG1")]),
        ("Rebels were beaten by farmers", 2, [(0, 1, "ARG1"), (3, 5, "ARG0")], [("by", "ARG0"), ("passive", "ARG1")]),
        ("They were beating farmers", 2, [(0, 1, "ARG0"), (3, 4, "ARG1")], [("object", "ARG1"), ("subject", "ARG0")]),
    ],
)
def test_places(rolesets: ModuleType, sentence: str, word: int, arguments: Any, expected: Any) -> None:
    assert list(rolesets.places(sentence.split(), word, arguments, False)) == expected


def test_examples_as_units_without_held_out_sentences(rolesets: ModuleType, read: tuple[Any, list[Any]]) -> None:
    """The old label of purposes gets its new name; a sentence held out is found by its letters, also inside another."""
    examples = read[1]
    units = list(rolesets.units(examples, [["``", "Sudland", "feared", "an", "invasion", "of", "Norland", "'s", "army", "."]]))
    (unit,) = units
    assert unit["words"][3] == "invasion" and unit["frames_open"]
    assert unit["frames"][0]["arguments"] == [(0, 2, "ARG0"), (2, 3, "ARGM-PRP"), (4, 6, "ARG1")]


@pytest.mark.parametrize(
    ("asked", "label"),
    [
        ({"wh": "who", "obj": "someone"}, "ARG0"),
        ({"wh": "what", "subj": "someone"}, "ARG1"),
        ({"wh": "who", "is_passive": "True"}, "ARG1"),
        ({"wh": "who", "is_passive": "True", "obj": "something"}, "ARG2"),
        ({"wh": "who", "subj": "someone", "obj": "something", "prep": "to"}, "ARG2"),
        ({"wh": "who", "subj": "something", "is_passive": "True", "prep": "by"}, "ARG0"),
        ({"wh": "what", "subj": "someone", "prep": "about"}, None),
        ({"wh": "what", "verb": "fell"}, None),
        ({"wh": "what", "verb": "fall"}, "ARG1"),
        ({"wh": "who", "verb": "unseen", "is_passive": "True"}, None),
        ({"wh": "when"}, "ARGM-TMP"),
        ({"wh": "how much"}, None),
    ],
)
def test_roles_of_participants(qasrl: ModuleType, read: tuple[Any, list[Any]], asked: dict[str, str], label: str) -> None:
    assert qasrl.role(QUESTION | {"verb": "send"} | asked, read[0], SENT, (4, 6)) == label


@pytest.mark.parametrize(
    ("wh", "answer", "label"),
    [
        ("why", "to help the wounded", "ARGM-PRP"),
        ("how", "by boat", "ARGM-MNR"),
        ("why", "the wounded", None),
        ("how", "the wounded", None),
        ("where", "by boat", None),
        ("where", "On Monday", "ARGM-LOC"),
    ],
)
def test_roles_of_circumstances(qasrl: ModuleType, read: tuple[Any, list[Any]], wh: str, answer: str, label: str) -> None:
    begin = " ".join(SENT).index(answer)
    first = " ".join(SENT)[:begin].count(" ")
    span = first, first + answer.count(" ") + 1
    assert qasrl.role(QUESTION | {"verb": "send", "wh": wh}, read[0], SENT, span) == label


def test_units_of_questions(qasrl: ModuleType, read: tuple[Any, list[Any]]) -> None:
    """Answers of one question joined, the noun's preposition and 's taken in, what lies far off left unknown."""
    sentence = "The Norland ministers said on Friday that Norland 's surprise invasion of Sudland and Estland was over ."
    rows = [
        {"wh": "who", "obj": "something", "answer_range": "7:8"},
        {"wh": "what", "subj": "someone", "answer_range": "12:13~!~14:15"},
        {"wh": "when", "subj": "someone", "obj": "something", "answer_range": "5:6"},
        {"wh": "how", "answer_range": "9:10"},
        {"wh": "", "answer_range": ""},
    ]
    base = QUESTION | {"qasrl_id": "n:1", "sentence": sentence, "word": "10", "verb": "invade", "noun": "invasion"}
    strange = base | {"qasrl_id": "n:2", "noun": "ministers", "word": "2"}
    held = base | {"qasrl_id": "n:3"}
    (unit,) = qasrl.units([*(base | row for row in rows), strange, held], read[0], {"n:3"})
    (frame,) = unit["frames"]
    assert frame["word"] == 10 and unit["frames_open"] and unit["source"] == "qasrl"
    assert frame["arguments"] == [(7, 9, "ARG0"), (9, 10, "ARGM-ADJ"), (11, 15, "ARG1")]
    assert 5 in frame["unknown"] and not set(frame["unknown"]) & {7, 8, 9, 10, 11, 12, 13, 14}


def test_files(qasrl: ModuleType, tmp_path: Path) -> None:
    """QANom's zip of splits and QA-SRL's sentences beside its questions."""

    def table(*rows: dict[str, str]) -> str:
        text = io.StringIO()
        writer = csv.DictWriter(text, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
        return text.getvalue()

    noun = {
        "qasrl_id": "n:1",
        "sentence": "A raid .",
        "target_idx": "1",
        "noun": "raid",
        "verb_form": "raid",
        "is_verbal": "True",
    }
    with zipfile.ZipFile(tmp_path / "nom.zip", "w") as archive:
        archive.writestr("annot.train.csv", table(noun, noun | {"is_verbal": "False"}))
        archive.writestr("annot.test.csv", table(noun | {"qasrl_id": "n:9"}))
    assert [(r["qasrl_id"], r["word"], r["verb"]) for r in qasrl.qanom(tmp_path / "nom.zip", ["train"])] == [
        ("n:1", "1", "raid")
    ]
    for name, rows in {
        "x.dev.gold": {"qasrl_id": "v:1", "verb_idx": "1", "verb": "left"},
        "x.dev.sentences": {"qasrl_id": "v:1", "tokens": "They left ."},
    }.items():
        with gzip.open(tmp_path / f"{name}.csv.gz", "wt", encoding="utf-8") as file:
            file.write(table(rows))
    (row,) = qasrl.qasrl(tmp_path)
    assert (row["sentence"], row["word"], row["noun"]) == ("They left .", "1", "")
