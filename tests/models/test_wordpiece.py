"""Words cut into the vocabulary's pieces, and the shape of what an uncased vocabulary does not see."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from communique.models.wordpiece import MAX_WORD, SHAPES, WordPieces, fold, shape_of

VOCABULARY = [
    "[PAD]",
    "[UNK]",
    "[CLS]",
    "[SEP]",
    "un",
    "##able",
    "##a",
    "##ble",
    "unab",
    "cafe",
    "o",
    "s",
    "u",
    "'",
    '"',
    ".",
    "-",
    "f",
]
PIECES = WordPieces(VOCABULARY)


def cut(word: str) -> list[str]:
    return [VOCABULARY[i] for i in PIECES.cut(word)]


@pytest.mark.parametrize(
    ("word", "pieces"),
    [
        ("un", ["un"]),
        ("unaable", ["un", "##a", "##able"]),
        ("CAFE", ["cafe"]),
        ("Café", ["cafe"]),
        ("Cafe\u0301", ["cafe"]),
        ("U.S.", ["u", ".", "s", "."]),
        ("F-un", ["f", "-", "un"]),
        ("’s", ["'", "s"]),
        ("‘", ["'"]),
        ("“", ['"']),
        ("»", ['"']),
        ("…", [".", ".", "."]),
        ("u\xadn", ["un"]),
        ("u\u200dn", ["un"]),
        ("%", ["[UNK]"]),
        ("unxx", ["[UNK]"]),
        ("un%un", ["un", "[UNK]", "un"]),
        ("\xad", ["[UNK]"]),
        ("北京", ["[UNK]"]),
        ("👍", ["[UNK]"]),
    ],
)
def test_cuts(word: str, pieces: list[str]) -> None:
    assert cut(word) == pieces


def test_longest_piece_first_even_where_a_shorter_one_would_get_further() -> None:
    """ "unab" leaves "le", which is no piece: the whole run is unknown, as in WordPiece."""
    assert cut("unable") == ["[UNK]"]
    assert WordPieces(p for p in VOCABULARY if p != "unab").cut("unable") == (4, 5)


def test_a_run_of_letters_that_is_too_long_is_one_unknown() -> None:
    assert cut("un" + "a" * (MAX_WORD - 2)) == ["un"] + ["##a"] * (MAX_WORD - 2)
    assert cut("un" + "a" * (MAX_WORD - 1)) == ["[UNK]"]
    assert cut("a" * 10_000 + ".s") == ["[UNK]", ".", "s"]


def test_a_word_has_no_more_pieces_than_fit_into_a_window() -> None:
    assert cut("s-" * 1000) == ["s", "-"] * (MAX_WORD // 2)


def test_lines_and_file_give_the_same(tmp_path) -> None:
    path = tmp_path / "vocab.txt"
    path.write_text("\n".join(VOCABULARY) + "\n", encoding="utf-8")
    loaded = WordPieces.load(path)
    assert len(loaded) == len(PIECES)
    assert loaded.cut("Unaable") == PIECES.cut("unaable")
    assert (loaded.unknown, loaded.start, loaded.end) == (1, 2, 3)


@given(st.text(min_size=1, max_size=80))
def test_every_word_has_pieces_of_the_vocabulary(word: str) -> None:
    found = PIECES.cut(word)
    assert found and all(0 <= i < len(VOCABULARY) for i in found)
    assert PIECES.cut(word) == found


@given(st.text(min_size=1, max_size=30))
def test_pieces_put_together_are_the_word(word: str) -> None:
    """Without its blanks and unless a part is unknown or left out."""
    pieces = cut(word)
    if "[UNK]" not in pieces and len(pieces) < MAX_WORD:
        assert "".join(p.removeprefix("##") for p in pieces) == "".join(fold(word).split())


@pytest.mark.parametrize(
    ("word", "shape"),
    [
        ("paris", "lower"),
        ("Paris", "title"),
        ("Élan", "title"),
        ("NATO", "upper"),
        ("U.S.", "upper"),
        ("A", "initial"),
        ("J.", "initial"),
        ("McDonald", "mixed"),
        ("iPhone", "mixed"),
        ("O'Neill", "mixed"),
        ("1989", "digits"),
        ("3,000", "digits"),
        ("F-16", "alphanumeric"),
        ("4th", "alphanumeric"),
        ("--", "punctuation"),
        ("“", "punctuation"),
        ("👍", "punctuation"),
        ("北京", "lower"),
    ],
)
def test_shapes(word: str, shape: str) -> None:
    assert SHAPES[shape_of(word)] == shape


@given(st.text(min_size=1, max_size=12))
def test_no_word_has_the_shape_of_padding(word: str) -> None:
    assert SHAPES[shape_of(word)] != "pad"
