"""A user's codebook: its form, and that what is wrong is told with line, part and what to do. All sentences are made up."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

import pytest

from communique.coding.codebook import TYPES
from communique.coding.userbook import load_userbook, read_userbook
from communique.errors import DataError, UsageError

GOOD = """name: ships
version: "3"
types:
  BLOCKADE:
    definition: Keeps ships from a harbour.
    parent: COERCE
    least: 0.8
    modes: {sea: by ships}
    examples:
    - "[Norland|a] [blocked|t] the [harbour|r]."
    not:
    - "Ice [blocked|t] the harbour."
    patterns:
    - {verb: [blockade], mode: sea, object: ["@places", port], example: "[Norland|a] [blockaded|t] the [port|r]."}
"""


@pytest.fixture
def book(tmp_path: Path) -> Path:
    return tmp_path / "ships.yaml"


def test_a_good_file_is_read_whole(book: Path) -> None:
    book.write_text(GOOD, encoding="utf-8")
    found = load_userbook(book)
    kind = found.types["BLOCKADE"]
    assert found.label == "ships@3" and (kind.parent, kind.least) == ("COERCE", 0.8)
    assert kind.examples[0].text == "Norland blocked the harbour." and kind.examples[0].line == 10
    assert [code for code, _, _ in kind.examples[0].marks] == ["a", "t", "r"]
    assert kind.counterexamples[0].text == "Ice blocked the harbour."
    assert kind.patterns[0].mode == "sea" and "city" in kind.patterns[0].lists["object"]
    assert ("verb", "blockade") in found.index and kind.lines == (14,)


@pytest.mark.parametrize("plover", TYPES)
def test_a_file_of_our_own_codebook_can_be_copied(book: Path, plover: str) -> None:
    own = files("communique.coding") / "data" / "codebook" / f"{plover}.yaml"
    book.write_text(own.read_text(encoding="utf-8"), encoding="utf-8")
    found = load_userbook(book)
    assert list(found.types) == [plover] and found.label == "ships@1" and found.types[plover].patterns


BROKEN = {
    "a key that there is none of": ("version", "verzion", 2, "verzion: no such key; there are description, name"),
    "a key of a type": ("parent:", "parrent:", 6, "BLOCKADE parrent: no such key"),
    "no definition": ("    definition: Keeps ships from a harbour.\n", "", 4, "BLOCKADE: has no definition"),
    "a parent that is no type": ("COERCE", "FORCE", 6, "'FORCE' is none of the sixteen PLOVER types; take one of AGREE"),
    "a least that is none": ("0.8", "80", 7, "80 should be a number above 0, and 1 at most"),
    "no trigger": ("[blocked|t] the [harbour", "blocked the [harbour", 10, "examples 1: no trigger marked; mark the one word"),
    "a mark without a word": ("[harbour|r]", "[ |r]", 10, "a mark has no word in it"),
    "no words": ("[blockade]", "[]", 14, "verb: should be a list of words"),
    "a mode that is no word": ("mode: sea,", "mode: [sea],", 14, "is none of the type's modes"),
    "two triggers": ("[harbour|r]", "[harbour|t]", 10, "2 triggers marked"),
    "a mark that there is none of": ("[harbour|r]", "[harbour|x]", 10, "[harbour|x] is no mark; write [words|t]"),
    "a sentence that is none": ('"Ice [blocked|t] the harbour."', "{ice: 1}", 12, "should be a sentence in quotation marks"),
    "a class that there is none of": ("@places", "@ports", 14, "@ports is no class of nouns; there are @aid"),
    "a key of a pattern": ("mode: sea,", "mood: sea,", 14, "patterns 1, mood: no such key"),
    "a mode that there is none of": ("mode: sea,", "mode: air,", 14, "'air' is none of the type's modes"),
    "verb and noun": ("{verb: [blockade],", "{verb: [blockade], noun: [blockade],", 14, "either verbs or nouns"),
    "words that are no list": ("verb: [blockade]", "verb: blockade", 14, "verb: should be a list of words"),
    "a pattern without example": (', example: "[Norland|a] [blockaded|t] the [port|r]."', "", 14, "has no example"),
    "a place of an argument": ("mode: sea,", "mode: sea, actor: [obj_of],", 14, "'obj_of' is no place of an argument"),
    "nouns that are no words": ("mode: sea,", "mode: sea, prep: {with: [1]},", 14, "prep, with: should be a list of nouns"),
    "modes that are no table": ("{sea: by ships}", "[sea]", 8, "BLOCKADE modes: should be written {name: what it means}"),
    "examples that are none": (
        '    examples:\n    - "[Nor',
        '    examples:\n      a: "[Nor',
        9,
        "examples: should be a list of sentences",
    ),
    "a type twice": ("    parent: COERCE", "    definition: again\n    parent: COERCE", 6, "definition stands here twice"),
    "no types": ("types:", "kinds:", 1, "no types; write types:"),
}


@pytest.mark.parametrize("case", BROKEN)
def test_what_is_wrong_is_told_with_its_line(book: Path, case: str) -> None:
    old, new, line, what = BROKEN[case]
    assert old in GOOD
    book.write_text(GOOD.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(DataError) as caught:
        load_userbook(book)
    assert str(caught.value).startswith(f"{book}:{line}: ") and what in str(caught.value)


def test_all_that_is_wrong_is_told_at_once(book: Path) -> None:
    book.write_text(GOOD.replace("COERCE", "FORCE").replace("0.8", "8"), encoding="utf-8")
    _, troubles = read_userbook(book)
    assert [t.line for t in troubles] == [6, 7]
    with pytest.raises(DataError, match="1 more: communique codebook check"):
        load_userbook(book)


@pytest.mark.parametrize(
    ("content", "what"), [(b"types: [", "no YAML here"), (b"\xff\xfe", "no UTF-8"), (b"", "no types"), (b"- a", "no types")]
)
def test_what_is_no_codebook_at_all(book: Path, content: bytes, what: str) -> None:
    book.write_bytes(content)
    found, troubles = read_userbook(book)
    assert found is None and what in str(troubles[0])


def test_a_file_that_is_not_there(book: Path) -> None:
    with pytest.raises(UsageError, match="name a codebook"):
        load_userbook(book)
