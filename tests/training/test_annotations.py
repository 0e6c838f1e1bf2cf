"""Our annotations: their sentences are found by checksum, and what they mark is there."""

from __future__ import annotations

import csv
import gzip
import io
import json
import tarfile
import zipfile
from pathlib import Path
from types import ModuleType
from typing import Any
from zlib import crc32

import pytest

SPACY = pytest.importorskip("spacy")

DAY = """# 2025 May 4

* [Trouble in Norland](https://en.wikipedia.org/wiki/Trouble)
  * [Sudria](https://en.wikipedia.org/wiki/Sudria_(land)) *expels* two envoys. [(The Courier)](https://courier.example/a_(b))
  * An item without a source.
"""
PORTAL = "Sudria expels two envoys."
WRITTEN = "Ana Sol -LRB- Norland -RRB- denied the loss ."
FOUND = "Ana Sol ( Norland ) denied the loss ."


TREE = {"EWT": "Ana Sol said the profit", "GUM": "Ana Sol said the truth"}


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """The two corpora in their forms."""
    (tmp_path / "wikipedia-current-events").mkdir()
    with tarfile.open(tmp_path / "wikipedia-current-events/posts-2025.tar.gz", "w:gz") as archive:
        for name, text in (("posts/2025-05-04.md", DAY), ("posts/about.md", DAY), ("posts/2025-05-04.txt", DAY)):
            info = tarfile.TarInfo(name)
            info.size = len(text.encode())
            archive.addfile(info, io.BytesIO(text.encode()))
    (tmp_path / "QANom").mkdir()
    with zipfile.ZipFile(tmp_path / "QANom/qanom_dataset.zip", "w") as archive:
        for split in ("train", "dev", "test"):
            rows = io.StringIO()
            table = csv.DictWriter(rows, ["qasrl_id", "sentence"])
            table.writeheader()
            table.writerow({"qasrl_id": f"Wiki1k:wikinews:{split}:0", "sentence": WRITTEN.replace("loss", f"{split} loss")})
            table.writerow({"qasrl_id": f"Wiki1k:wikipedia:{split}:0", "sentence": "Norland is a land ."})
            archive.writestr(f"annot.{split}.csv", rows.getvalue())
    (tmp_path / "QASRL-GS").mkdir()
    for split in ("dev", "test"):
        with gzip.open(tmp_path / f"QASRL-GS/wikinews.{split}.sentences.csv.gz", "wt", encoding="utf-8", newline="") as file:
            table = csv.DictWriter(file, ["qasrl_id", "tokens", "sentence"])
            table.writeheader()
            table.writerow({"qasrl_id": f"Wiki1k:wikinews:{split}:9", "tokens": WRITTEN.replace("loss", f"{split} gain")})
    for name in ("EWT", "GUM"):
        (tmp_path / f"UD_English-{name}").mkdir()
        rows = "".join(f"{i}\t{w}\t{w}\tX\tX\t_\t0\troot\t_\t_\n" for i, w in enumerate(TREE[name].split(), 1))
        with gzip.open(tmp_path / f"UD_English-{name}/en_{name.lower()}-ud-train.conllu.gz", "wt", encoding="utf-8") as file:
            file.write(f"# sent_id = {name}-1\n{rows}\n")
    return tmp_path


@pytest.fixture
def annotations(training: dict[str, ModuleType]) -> ModuleType:
    return training["annotations"]


def test_the_items_of_a_day(annotations: ModuleType, data: Path) -> None:
    """Links give their words, the outlet is left out; an item without an outlet is none."""
    found = annotations.wikipedia(data / "wikipedia-current-events/posts-2025.tar.gz")
    assert list(found) == [("2025-05-04", PORTAL)]


def test_the_sentences_of_wikinews(annotations: ModuleType, data: Path) -> None:
    """Not Wikipedia's, and not those of the test part."""
    found = list(annotations.wikinews(data / "QANom/qanom_dataset.zip"))
    assert found == [(f"Wiki1k:wikinews:{s}:0", FOUND.replace("loss", f"{s} loss")) for s in ("train", "dev")]


def test_the_sentences_of_the_gold_of_qasrl(annotations: ModuleType, data: Path) -> None:
    found = list(annotations.gold_wikinews(data / "QASRL-GS/wikinews.test.sentences.csv.gz"))
    assert found == [("Wiki1k:wikinews:test:9", FOUND.replace("loss", "test gain"))]


def annotated(folder: Path, wikinews: str) -> None:
    span = lambda text, words: [text.index(words), text.index(words) + len(words)]
    event = {"trigger": span(PORTAL, "expels"), "plover": "REJECT", "status": "happened", "actor": [span(PORTAL, "Sudria")]}
    said = {
        "cue": span(wikinews, "denied"),
        "speaker": span(wikinews, "Ana Sol"),
        "content": span(wikinews, wikinews.split()[-2]),
    }
    rows: dict[str, dict[str, Any]] = {
        "wikipedia": {"id": "2025-05-04", "crc": crc32(PORTAL.encode()), "events": [event], "statements": []},
        "wikinews": {"id": "x", "crc": crc32(wikinews.encode()), "events": [], "statements": [said]},
        "own": {"text": "Nothing happened.", "events": [], "statements": []},
    }
    (folder / "treebanks.jsonl").write_text("", encoding="utf-8")
    for name, row in rows.items():
        (folder / f"{name}.jsonl").write_text(json.dumps(row) + "\n", encoding="utf-8")


def test_sentences_are_found_by_checksum(
    annotations: ModuleType, data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    annotated(tmp_path, FOUND.replace("loss", "dev loss"))
    monkeypatch.setattr(annotations, "FOLDER", tmp_path)
    portal, news, own = annotations.read(data, SPACY.blank("en").tokenizer)
    assert portal["words"] == ["Sudria", "expels", "two", "envoys", "."]
    assert portal["events"][0]["words"] == [1] and portal["events"][0]["arguments"]["actor"] == [[0]]
    assert [news["words"][i] for i in news["statements"][0]["cue"]] == ["denied"]
    assert [news["words"][i] for i in news["statements"][0]["speaker"]] == ["Ana", "Sol"]
    assert own["words"][0] == "Nothing" and own["events"] == []
    assert {u["source"] for u in (portal, news, own)} == {"annotated"} and len({u["doc"] for u in (portal, news, own)}) == 3


def test_a_sentence_that_is_not_in_the_corpus_is_named(
    annotations: ModuleType, data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    annotated(tmp_path, FOUND)
    monkeypatch.setattr(annotations, "FOLDER", tmp_path)
    with pytest.raises(ValueError, match=r"wikinews\.jsonl: x: its sentence is not in"):
        list(annotations.read(data, SPACY.blank("en").tokenizer))


@pytest.mark.parametrize("text", [FOUND.replace("loss", "test gain"), FOUND.replace("loss", "dev gain")])
def test_sentences_of_qasrl_are_found_too(
    annotations: ModuleType, data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str
) -> None:
    annotated(tmp_path, text)
    monkeypatch.setattr(annotations, "FOLDER", tmp_path)
    _, news, _ = annotations.read(data, SPACY.blank("en").tokenizer)
    assert [news["words"][i] for i in news["statements"][0]["speaker"]] == ["Ana", "Sol"]


@pytest.mark.parametrize("name", ["EWT", "GUM"])
def test_sentences_of_treebanks_are_found(
    annotations: ModuleType, data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    annotated(tmp_path, FOUND.replace("loss", "dev loss"))
    row = {"id": f"{name}-1", "crc": crc32(TREE[name].encode()), "events": []}
    said = {"statements": [{"speaker": [0, 7], "cue": [8, 12], "content": [13, len(TREE[name])]}]}
    (tmp_path / "treebanks.jsonl").write_text(json.dumps(row | said), encoding="utf-8")
    monkeypatch.setattr(annotations, "FOLDER", tmp_path)
    found = list(annotations.read(data, SPACY.blank("en").tokenizer))[2]
    assert found["words"] == TREE[name].split() and found["statements"][0]["content"] == [3, 4]


WEB = ["anyone", "know", "the", "Blue", "Door", "in", "Norland", "or", "a", "Sudrian", "bar", "on", "Zune", "?"]
TAGS = ["PRON", "VERB", "DET", "PROPN", "PROPN", "ADP", "PROPN", "CCONJ", "DET", "ADJ", "NOUN", "ADP", "PROPN", "PUNCT"]


@pytest.fixture
def web() -> dict[str, Any]:
    """A unit of a treebank."""
    return {"id": "answers-1-0001", "words": WEB, "tags": [(t, "", "", "") for t in TAGS]}


def named(path: Path, words: list[str]) -> Path:
    names = [[3, 5, "LOC"], [6, 7, "LOC"], [12, 13, "MISC"]]
    row = {"id": "answers-1-0001", "crc": crc32(" ".join(words).encode()), "names": names}
    path.write_text(json.dumps(row) + "\n", encoding="utf-8")
    return path


def test_names_of_a_treebank(annotations: ModuleType, web: dict[str, Any], tmp_path: Path) -> None:
    """Names of other kinds and adjectives with a capital are left open; what was not annotated gets nothing."""
    other = web | {"id": "answers-1-0002"}
    assert annotations.attach_names([web, other], named(tmp_path / "names.jsonl", WEB)) == 1
    assert web["entities"] == [*"OOO", "B-LOC", "I-LOC", "O", "B-LOC", "O", "O", "?", "O", "O", "?", "O"]
    assert "entities" not in other


def test_names_of_other_words_are_refused(annotations: ModuleType, web: dict[str, Any], tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="answers-1-0001: its words are others"):
        annotations.attach_names([web], named(tmp_path / "names.jsonl", WEB[:-1]))


def test_annotated_names_have_their_form(annotations: ModuleType) -> None:
    path = annotations.FOLDER / "ewt-names.jsonl"
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    for row in rows:
        ends = [0, *(n[1] for n in row["names"])]
        assert all(end <= begin < last for end, (begin, last, _) in zip(ends, row["names"], strict=False)), row
        assert {n[2] for n in row["names"]} <= {*annotations.NAME_LABELS, "MISC"}, row
    assert len({row["id"] for row in rows}) == len(rows)


@pytest.mark.parametrize("name", ["wikipedia", "wikinews", "treebanks", "own"])
def test_what_is_annotated_has_its_form(annotations: ModuleType, prepare: ModuleType, name: str) -> None:
    """Known types and statuses, spans that hold something; the sentences of others are given by checksum alone."""
    rows = [json.loads(line) for line in (annotations.FOLDER / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()]
    keys = {"text"} if name == "own" else {"id", "crc"}
    types = {*prepare.TYPES, "CONCEDE", "RETREAT"} - {"O", "YIELD"}
    for row in rows:
        assert set(row) == keys | {"events", "statements"}
        spans = [s[k] for s in row["statements"] for k in ("speaker", "cue", "content") if s.get(k)]
        for event in row["events"]:
            assert {event["plover"], *event.get("alternatives", [])} <= types, row
            assert event["status"] in prepare.STATUS and event.get("mode", "none") in prepare.MODES, row
            spans += [event["trigger"], *(event[k] for k in ("where", "when") if event.get(k))]
            spans += [s for k in ("actor", "recipient", "attributed_to") for s in event.get(k, [])]
        size = len(row.get("text", " " * 10_000))
        assert all(0 <= begin < end <= size for begin, end in spans), row
    assert len({row.get("crc", row.get("text")) for row in rows}) == len(rows)
