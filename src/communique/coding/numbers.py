"""Numbers in a report's words, with their bounds: "at least ten", "between 20 and 30", "dozens", "$1.5 billion"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from communique.coding.codebook import read_table
from communique.types.reading import Reading, Sentence, Token

_DIGITS = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?")
_GLUED = re.compile(r"(\D*?)((?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?)(k|m|mn|bn)?", re.IGNORECASE)
_LONGEST_BOUND = 3


@dataclass(frozen=True, slots=True)
class Number:
    """A number in tokens `[first, last)` with its bounds, none where open.

    `head` is its last numeral, `unit` an ISO 4217 code, or the word where several states have a currency of that name.
    """

    first: int
    last: int
    head: int
    low: float | None
    high: float | None
    unit: str | None = None


@cache
def amounts_table() -> Mapping[str, Any]:
    """The table of numbers and of what is counted."""
    table: Mapping[str, Any] = read_table("amounts.yaml")
    return table


def numbers(reading: Reading, sentence: Sentence) -> Iterator[Number]:
    """The numbers of a sentence in order, ranges as one; years, dates and ordinals among them, which the caller tells apart."""
    at, tokens = sentence.first, reading.tokens
    while at < sentence.last:
        found = _number(tokens, at, sentence.last)
        if found is None or _is_nobody(tokens, found, sentence.first):
            at += 1
            continue
        ranged = _range(tokens, found, sentence.last)
        found = ranged or _bounded(tokens, found, sentence.first)
        yield found
        at = found.last


def _number(tokens: tuple[Token, ...], first: int, end: int) -> Number | None:
    """The number that begins at a token, with its currency."""
    at, unit = first, _currency(tokens[first])
    if unit and at + 1 < end:
        at += 1
    read = _value(tokens, at, end)
    if read is None:
        return None
    value, last, glued = read
    vague = value < 0
    unit = (unit if at > first else None) or glued
    head = last - 1
    if last < end and (after := _currency(tokens[last])) and tokens[last].text.isalpha():
        unit, last = unit or after, last + 1
    elif last + 1 < end and unit is None and (after := _currency_of(tokens[last], tokens[last + 1])):
        unit, last = after, last + 2
    return Number(first, last, head, abs(value), None if vague else value, unit)


def _is_nobody(tokens: tuple[Token, ...], found: Number, begin: int) -> bool:
    """ "no one", "one another": words for people, not numbers."""
    if tokens[found.head].text.lower() != "one":
        return False
    return tokens[found.head].upos == "PRON" or (found.first > begin and tokens[found.first - 1].text.lower() == "no")


def _value(tokens: tuple[Token, ...], at: int, end: int) -> tuple[float, int, str | None] | None:
    """A number's value, the token behind it and a currency that is written with it; negative: the least that it says."""
    table, start = amounts_table(), at
    total, current, seen, unit = 0.0, 0.0, False, None
    while at < end:
        word = tokens[at].text.lower()
        glued = _GLUED.fullmatch(word)
        if word in ("a", "an") and not seen and at + 1 < end and tokens[at + 1].text.lower() in table["scales"]:
            current = 1.0
        elif glued and not (seen and current):
            current = float(glued[2].replace(",", "")) * table["scales"].get((glued[3] or "").lower(), 1)
            unit = table["currencies"].get(glued[1]) if glued[1] else unit
            if glued[1] and unit is None:
                break
            seen = True
        elif (parts := _spelled(word)) is not None:
            current, seen = current + parts, True
            at += _is_compound(tokens, at, end)
        elif seen and _is_half(tokens, at, end):
            current, at = current + 0.5, at + 2
        elif word in table["scales"] and (seen or current) and (len(word) > 2 or tokens[at].start == tokens[at - 1].end):
            scale = table["scales"][word]
            current, total = ((current or 1) * scale, total) if scale < 1000 else (0.0, total + (current or 1) * scale)
            seen = True
        elif not (word == "and" and seen and current >= 100 and at + 1 < end and _spelled(tokens[at + 1].text.lower())):
            break
        at += 1
    if seen:
        return total + current, at, unit
    return _vague(tokens, start, end)


def _is_compound(tokens: tuple[Token, ...], at: int, end: int) -> bool:
    """Whether a hyphen stands between tens and ones, as in "twenty - six"."""
    first = _spelled(tokens[at].text.lower()) or 0
    second = _spelled(tokens[at + 2].text.lower()) if at + 2 < end and tokens[at + 1].text == "-" else None
    return first >= 20 and second is not None and 0 < second < 10


def _is_half(tokens: tuple[Token, ...], at: int, end: int) -> bool:
    return at + 2 < end and [t.text.lower() for t in tokens[at : at + 3]] == ["and", "a", "half"]


def _spelled(word: str) -> float | None:
    words = amounts_table()["words"]
    if all(part in words for part in word.split("-")):
        return float(sum(words[part] for part in word.split("-")))
    return None


def _vague(tokens: tuple[Token, ...], at: int, end: int) -> tuple[float, int, str | None] | None:
    """ "dozens", "hundreds", "tens of thousands", "several hundred": the least they say, as a negative number."""
    table, token = amounts_table(), tokens[at]
    if token.text.lower() in table["several"] and at + 1 < end and tokens[at + 1].text.lower() in table["vague"]:
        return -float(table["vague"][tokens[at + 1].text.lower()]), at + 2, None
    plural = token.text.lower().endswith("s") and token.text.lower()[:-1]
    if not plural or (plural not in table["vague"] and plural != "ten"):
        return None
    behind = tokens[at + 2].text.lower()[:-1] if at + 2 < end and tokens[at + 1].text.lower() == "of" else ""
    if behind in table["vague"] and tokens[at + 2].text.lower().endswith("s"):
        return -2.0 * {"ten": 10}.get(plural, table["scales"].get(plural, 1)) * table["scales"][behind], at + 3, None
    return (-float(table["vague"][plural]), at + 1, None) if plural in table["vague"] else None


def _currency(token: Token) -> str | None:
    currencies = amounts_table()["currencies"]
    found: str | None = currencies.get(token.text.lower()) or currencies.get(token.lemma.lower())
    return found


def _currency_of(state: Token, name: Token) -> str | None:
    """The currency of a state by its name and what stands before it ("US dollars"), the name alone for a state unknown here."""
    found, word = _currency(name), name.lemma.lower()
    if found is None or not name.text.isalpha() or not (state.upos in {"ADJ", "PROPN"} or state.text.isupper()):
        return None
    national: str | None = amounts_table()["national"].get(word, {}).get(state.text.lower())
    return national or (word if state.text[:1].isupper() else found)


def _range(tokens: tuple[Token, ...], low: Number, end: int) -> Number | None:
    """ "20 to 30", "between 20 and 30", "20-30"."""
    if low.last + 1 >= end or low.high is None:
        return None
    before = tokens[low.first - 1].text.lower() if low.first else ""
    joined = tokens[low.last].text.lower()
    if joined not in ("to", "-", "–") and not (joined == "and" and before == "between"):
        return None
    high = _number(tokens, low.last + 1, end)
    if high is None or high.high is None or high.high <= low.high:
        return None
    first = low.first - 1 if before in ("between", "from") else low.first
    scale = _scale(tokens[high.head]) if _scale(tokens[low.head]) == 1 else 1
    least = low.high * scale if low.high * scale < high.high else low.low
    return Number(first, high.last, high.head, least, high.high, high.unit or low.unit)


def _scale(token: Token) -> float:
    """What a word multiplies the numbers before it by: "20 to 30 million" are twenty millions at least."""
    return float(amounts_table()["scales"].get(token.text.lower(), 1))


def _bounded(tokens: tuple[Token, ...], number: Number, begin: int) -> Number:
    """The number with the words before it that bound it."""
    table = amounts_table()
    for length in range(_LONGEST_BOUND, 0, -1):
        first = number.first - length
        if first < begin:
            continue
        words = " ".join(t.text.lower() for t in tokens[first : number.first])
        for group, low, high in (
            ("at_least", number.low, None),
            ("at_most", None, number.low),
            ("about", number.low, number.high),
        ):
            if words in table[group]:
                return Number(first, number.last, number.head, low, high, number.unit)
    return number
