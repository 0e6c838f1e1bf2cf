"""When two spellings are the same name: the key that names are looked up by, and the surnames of a full name."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_SPELLING = str.maketrans(
    {
        "’": "'", "‘": "'", "ʼ": "'", "ʻ": "'", "`": "'", "´": "'", ".": None, "-": " ", "–": " ", "‑": " ", "—": " ", "_": " ",
        "ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "đ": "d", "Đ": "D", "ı": "i", "æ": "ae", "Æ": "AE", "ß": "ss", "œ": "oe",
        "ð": "d", "þ": "th", "ə": "e", "Ə": "E",
    }
)  # fmt: skip
_PARTICLES = frozenset(
    {"al", "el", "ul", "bin", "ibn", "ben", "de", "da", "di", "do", "dos", "das", "del", "della", "der", "den"}
)
_PARTICLES |= {"van", "von", "la", "le", "du", "ter", "ten", "bint", "abu", "ould", "y", "af"}
_ARTICLES = frozenset({"al", "el", "ul"})
LOOSE_PARTICLES = _ARTICLES | {"bin", "ibn", "ben", "bint"}
"""Particles that one newsroom writes and another leaves out."""
_SUFFIXES = frozenset(["jr", "sr", "ii", "iii", "iv"])
# Where the family name comes first in English news, and where people are called by the first of their names.
_FAMILY_FIRST = frozenset({"CHN", "TWN", "KOR", "PRK", "MAC"})
_GIVEN_FIRST = frozenset({"ETH", "ERI", "ISL"})
_WORD = re.compile(r"\w+|[^\w\s]")
# What transliterations of one name differ in, in the order applied to a name key: the doubled letters, the vowels of one
# class, the aspirates. Own compilation after the usual romanisations of Arabic, Persian, Russian and Ukrainian.
_SOUNDS = tuple(
    (re.compile(pattern), by)
    for pattern, by in (
        (r"\b(?:abd (?:[aeu]l )?|abd[aeu]l ?)(?=\w)", "abdl"),
        (r"off\b", "ov"),
        (r"sch", "s"),
        (r"\bye", "e"),
        (r"(?<=[aeiou])y(?=[aeiou])", ""),
        (r"d?zh", "j"),
        (r"([kgtdscp])h", r"\1"),
        (r"ck|[qg]", "k"),
        (r"ks", "x"),
        (r"w", "v"),
        (r"(?<=[td])r\b", "er"),
        (r"ee", "i"),
        (r"ae(?=[^aeiou])", "a"),
        (r"oe(?=[^aeiou])", "o"),
        (r"\bebr", "ibr"),
        (r"ue", "u"),
        (r"[ae]", "a"),
        (r"[ou]+", "o"),
        (r"[iyj]\b", "i"),
        (r"y", "i"),
        (r"(?<=[aoi])h\b", ""),
        (r"(.)\1+", r"\1"),
    )
)


def name_key(text: str) -> str:
    """The form that spellings of a name share: no case, diacritics, full stops, hyphens, leading "the" or possessive."""
    if text.isascii():
        text = text.replace(".", "").replace("-", " ").replace("_", " ").replace("`", "'")
    else:
        text = text.translate(_SPELLING)
        text = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    text = text.casefold()
    if "  " in text or text[:1] == " " or text[-1:] == " ":
        text = " ".join(text.split())
    if text.startswith("the ") and len(text) > 4:
        text = text[4:]
    if text.endswith("'s") and len(text) > 3:
        return text[:-2]
    return text[:-1] if text.endswith("s'") else text


def same_case(name: str, text: str) -> bool:
    """Whether a text may be the name, by its capitals: "us" is not US, "polish" not Polish, but NATO is Nato."""
    if name.islower():
        return True
    if text.islower():
        return False
    letters = name.replace(".", "")
    if len(letters) <= 3 and letters.isupper():
        return text.removesuffix("'s").removesuffix("’s").replace(".", "").replace("the ", "").replace("The ", "").isupper()
    return True


def count_words(text: str) -> int:
    """How many tokens a name has when words and punctuation marks are told apart."""
    return 1 if text.isalpha() else len(_WORD.findall(text))


def surnames_of(name: str, country: str | None) -> tuple[str, ...]:
    """What a person is called after the first mention: the family name, with and without its particles.

    Chinese and Korean names begin with the family name, Ethiopians and Icelanders go by the given name.
    """
    words = [w for w in name.split() if w.strip(".,").casefold() not in _SUFFIXES]
    if len(words) < 2:
        return ()
    if country in _FAMILY_FIRST and "-" not in words[0]:
        return (words[0],)
    if country in _GIVEN_FIRST:
        return (words[0],)
    first = len(words) - 1
    while first > 1 and words[first - 1].casefold() in _PARTICLES:
        first -= 1
    found = [words[-1]] if first == len(words) - 1 else [" ".join(words[first:]), words[-1]]
    if words[-1][:3].casefold() in ("al-", "el-"):
        found += [words[-1][3:], "al-" + words[-1][3:]]
    return tuple(dict.fromkeys(found))


@lru_cache(maxsize=65536)
def name_sound(text: str) -> str:
    """The form that transliterations of a name share, its words in order: "Sergei" and "Sergey", "Qaddafi" and "Gadhafi",
    "Mohammed" and "Muhamad", "al-Sisi" and "Sissi", "bin" or none. A rough key: two names with one sound need not be one.
    """
    words = [w.replace("'", "") for w in name_key(text).split()]
    kept = [w for i, w in enumerate(words) if w not in LOOSE_PARTICLES or (i == 0 and w not in _ARTICLES)]
    sound = " ".join(kept if len(kept) > 1 else words if len(words) == 2 and words[0] not in _ARTICLES else kept or words)
    for pattern, by in _SOUNDS:
        sound = pattern.sub(by, sound)
    return sound
