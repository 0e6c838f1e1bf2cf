"""Which language a report is in (py3langid, after Lui and Baldwin 2012: naive Bayes on byte n-grams)."""

from __future__ import annotations

import csv
import unicodedata
from functools import cache
from importlib.resources import files

_SAMPLE = 6000
_FEWEST_LETTERS = 60
_FEWEST_WORDS = 12
_FEWEST_WORDS_OF_OTHERS = 6
_MARGIN = 10.0  # nats between the likeliest language and English; below it the identifier is often wrong on names and lists
_ENGLISH = frozenset(
    [
        "the",
        "of",
        "and",
        "to",
        "in",
        "that",
        "for",
        "with",
        "was",
        "is",
        "on",
        "said",
        "by",
        "has",
        "have",
        "will",
        "from",
        "are",
        "were",
        "his",
        "its",
        "not",
        "at",
        "as",
        "an",
        "a",
    ]
)
# the others are words of German, Dutch, Spanish or Danish as well
_ENGLISH_ALONE = _ENGLISH - {"in", "was", "is", "of", "an", "a", "as", "on", "will", "for", "not", "at", "has", "are"}
_PLAINLY = 0.22
_CLEARLY_NOT = 0.1
_FEWEST_SMALL = 6
_FEWEST_LETTERS_OF_SCRIPT = 20


@cache
def _names() -> dict[str, str]:
    with files("communique.clean").joinpath("data/languages.csv").open(encoding="utf-8") as file:
        return {row["code"]: row["name"] for row in csv.DictReader(file)}


def _is_latin(letter: str) -> bool:
    return letter.isascii() or unicodedata.name(letter, "").startswith(("LATIN", "FULLWIDTH LATIN"))


def _rank(text: str) -> tuple[str, float]:
    """The likeliest language, and by how many nats it is likelier than English."""
    from py3langid import rank  # type: ignore[import-untyped]  # a second to load, which plainly English reports are spared

    scores = rank(text)
    return scores[0][0], float(scores[0][1]) - float(dict(scores)["en"])


def _without_names(text: str) -> str:
    """The words that begin small, where they are enough to tell a language by: a short English text full of Polish names is
    likelier Polish, letter by letter."""
    small = [word for word in text.split() if word[:1].islower()]
    return " ".join(small) if len(small) >= _FEWEST_WORDS else text


def _of_short(words: list[str], text: str) -> str:
    """English, unless no word is English alone and another language is far likelier; headlines are often without one."""
    if len(words) < _FEWEST_WORDS_OF_OTHERS or not _ENGLISH_ALONE.isdisjoint(words):
        return "English"
    code, margin = _rank(text)
    return _names().get(code, code) if code != "en" and margin > 2 * _MARGIN else "English"


def detect(text: str) -> str:
    """The English name of the language of a text. A text too short or too mixed to tell is taken for English, unless
    it is written in another script."""
    middle = len(text) // 2
    sample = text if len(text) <= 2 * _SAMPLE else f"{text[:_SAMPLE]} {text[middle : middle + _SAMPLE]}"
    words = sample.lower().split()
    common = sum(word in _ENGLISH for word in words) / max(1, len(words))
    letters = [c for c in sample if c.isalpha()] if common <= _PLAINLY or len(words) < _FEWEST_WORDS else []
    if not letters:
        return "English"
    latin = sum(map(_is_latin, letters)) >= 0.5 * len(letters)
    if latin and (len(letters) < _FEWEST_LETTERS or len(words) < _FEWEST_WORDS):
        return _of_short(words, sample)
    code, margin = _rank(_without_names(sample) if latin else sample)
    if latin and (code == "en" or margin < _MARGIN or (common > _CLEARLY_NOT and margin < 3 * _MARGIN)):
        return "English"
    return _names().get(code, code) if code != "en" else "another script than English"


def foreign(line: str) -> str | None:
    """The language of a line of an English report if it is plainly another: in another script, or without one word that is
    English alone and far likelier another language by its words that begin small. A list of names is no other language."""
    words = line.lower().split()
    if not _ENGLISH_ALONE.isdisjoint(words):
        return None
    if not line.isascii():
        letters = [c for c in line if c.isalpha()]
        if len(letters) >= _FEWEST_LETTERS_OF_SCRIPT and sum(map(_is_latin, letters)) < 0.5 * len(letters):
            code, _ = _rank(line)
            return _names().get(code, code) if code != "en" else "another script than English"
    small = [word for word in line.split() if word[:1].islower()]
    if len(small) < _FEWEST_SMALL or sum(map(_ENGLISH.__contains__, words)) > _CLEARLY_NOT * len(words):
        return None
    code, margin = _rank(" ".join(small))
    return _names().get(code, code) if code != "en" and margin > 3 * _MARGIN else None
