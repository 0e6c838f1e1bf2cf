"""Finding time expressions: words are put into categories, and patterns over categories are matched.

The words are in `data/words.yaml`, feasts in `data/feasts.yaml`, the patterns in `data/grammar.yaml`. A text becomes
a string with one character for each word or fixed phrase, its category, so that a pattern compiles to an ordinary regular
expression over that string.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache, lru_cache
from typing import Any

from communique.errors import DataError
from communique.resolve.tables import read_book

OTHER = "x"
_LONGEST = 24  # words; no pattern takes more, and a longer run of time words is no text
_GAP = re.compile(r"[\s\-‐‑–]+")
_NUMBER_KINDS = ("N12", "N24", "N31", "N4", "N", "YEAR")
_SHAPES = ("FRACTION", "ISO", "SLASH", "HM", "ORDD", "DECADE", "SHORT", "COMMA", "HYPHEN", "POSS", *_NUMBER_KINDS)
_TOKEN = re.compile(
    r"\s*(?:(?P<WORD>[OoAaPp](?:['’]clock|\.[Mm]\.?)|[^\W\d_]\w*)|(?P<COMMA>,)"
    r"|(?P<ISO>\d{4}-\d\d-\d\d(?:T\d\d:\d\d(?::\d\d)?Z?)?(?![\w-]))"
    r"|(?P<SLASH>\d{1,2}([/.-])\d{1,2}\5(?:\d{4}|\d{2})(?![\w/]))"
    r"|(?P<FRACTION>\d{1,2}/\d{1,2}(?![\w/-]))"
    r"|(?P<HM>\d{1,2}[:.]\d\d(?=\s?[ap]\.?m)|\d{1,2}:\d\d(?![\d:]))"
    r"|(?P<ORDD>\d{1,3}(?:st|nd|rd|th)(?!\w))"
    r"|(?P<DECADE>['’]?\d{1,3}0s(?!\w))"
    r"|(?P<SHORT>['’]\d\d(?!\w))"
    r"|(?P<NUMBER>\d+(?:,\d{3})*(?:\.\d+)?)"
    r"|(?P<POSS>['’]s?(?!\w))|(?P<HYPHEN>[-‐‑–—])|(?P<MARK>[^\w\s]))"
)


@dataclass(frozen=True, slots=True)
class Rule:
    """A pattern with the names of what makes its value and of what guards it; `example` is its own test."""

    name: str
    pattern: re.Pattern[str]
    make: str
    guard: str | None
    skip: str | None
    example: tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Grammar:
    """The compiled rules, and the words by category."""

    words: dict[str, str]
    values: dict[str, Any]
    phrases: dict[str, str]
    openers: frozenset[str]
    phrase: re.Pattern[str]
    letters: dict[str, str]
    rules: tuple[Rule, ...]
    runs: re.Pattern[str]
    cores: frozenset[str]
    guards: dict[str, frozenset[str]]
    dotted: frozenset[str]
    published: Any
    named_days: dict[str, int]


@dataclass(frozen=True, slots=True)
class Words:
    """A text cut into words: where each starts and ends, and the category of each as one character of `kinds`."""

    text: str
    starts: list[int]
    ends: list[int]
    kinds: str

    def word(self, index: int) -> str:
        """The lower-cased word, or nothing outside the text."""
        return self.raw(index).lower()

    def raw(self, index: int) -> str:
        """The word as it is written, or nothing outside the text."""
        return self.text[self.starts[index] : self.ends[index]] if 0 <= index < len(self.starts) else ""


@dataclass(frozen=True, slots=True)
class Match:
    """Words `[first, last)` that a rule matched; `groups` are the named parts of its pattern."""

    rule: Rule
    words: Words
    first: int
    last: int
    groups: dict[str, tuple[int, int]] = field(default_factory=dict)

    @property
    def start(self) -> int:
        """Where the expression starts in the text."""
        return self.words.starts[self.first]

    @property
    def end(self) -> int:
        """Where the expression ends in the text."""
        return self.words.ends[self.last - 1]

    def all(self, *names: str) -> list[int]:
        """The indices of the words of these categories, in order."""
        wanted = _letters_of(names)
        return [i for i in range(self.first, self.last) if self.words.kinds[i] in wanted]

    def has(self, *names: str) -> bool:
        """Whether a word of one of these categories is there."""
        return bool(self.all(*names))

    def value(self, *names: str) -> Any:
        """The value of the first word of one of these categories, None without one."""
        return next((value_of(self.words.raw(i)) for i in self.all(*names)), None)

    def part(self, group: str) -> Match:
        """The named part of the match as a match of its own."""
        first, last = self.groups[group]
        return Match(self.rule, self.words, first, last)


@cache
def _letters_of(names: tuple[str, ...]) -> str:
    letters = load_grammar().letters
    return "".join(letters[n] for n in names)


def value_of(word: str) -> Any:
    """What a time word stands for: the number of a month or weekday, the number that a numeral writes, a code.

    A word that is none gives None.
    """
    values = load_grammar().values
    if word in values:
        return values[word]
    phrase = _plain(word)
    if phrase in values:
        return values[phrase]
    fraction = re.fullmatch(r"(\d+)/([1-9]\d*)", word)
    if fraction:
        return int(fraction[1]) / int(fraction[2])
    digits = re.match(r"['’]?(\d[\d,]*(?:\.\d+)?)", word)
    if not digits:
        return None
    number = float(digits[1].replace(",", ""))
    return int(number) if number.is_integer() else number


def _plain(phrase: str) -> str:
    """A phrase as its key: one kind of apostrophe, single blanks."""
    return _GAP.sub(" ", phrase.replace("’", "'"))


def _spellings(word: str, capital: bool) -> Iterator[str]:
    yield word.capitalize()
    yield word.upper()
    if not capital:
        yield word


@cache
def load_grammar() -> Grammar:
    """The grammar of `data/grammar.yaml` over the words of `data/words.yaml`, compiled.

    Raises DataError when a pattern names a category that is none.
    """
    lexicon, book, feasts = (read_book("times", name) for name in ("words.yaml", "grammar.yaml", "feasts.yaml"))
    letters = {n: chr(0x2460 + i) for i, n in enumerate([*lexicon["words"], *lexicon["phrases"], "FEAST", *_SHAPES])}
    words: dict[str, str] = {}
    values: dict[str, Any] = {}
    for category, entries in lexicon["words"].items():
        for word, value in entries.items():
            for spelling in _spellings(word, category in lexicon["capital"]):
                words[spelling], values[spelling] = letters[category], value
                values[f"{spelling}."] = value
    phrases = {_plain(p): (letters[c], v) for c, entries in lexicon["phrases"].items() for p, v in entries.items()}
    phrases |= {_plain(p): (letters["FEAST"], key) for key, feast in feasts["feasts"].items() for p in feast["names"]}
    spelled = {form: told for phrase, told in phrases.items() for form in {phrase, phrase[0].upper() + phrase[1:]}}
    classes = {name: "".join(letters[n] for n in members) for name, members in lexicon["classes"].items()}
    letters |= classes
    rules = tuple(_compile(entry, book["macros"], letters) for entry in book["rules"])
    return Grammar(
        words, values | {form: value for form, (_, value) in spelled.items()},
        {form: letter for form, (letter, _) in spelled.items()},
        frozenset(re.split(r"[\W_]", form)[0] for form in spelled),
        _any_of(spelled),
        letters, rules,
        re.compile(f"[^{OTHER}]+"),
        frozenset(letters[n] for n in lexicon["cores"]),
        {name: frozenset(entries) for name, entries in lexicon["guards"].items()},
        frozenset(letters[n] for n in ("MABBR", "WDABBR")),
        book["published"], book["named_days"],
    )  # fmt: skip


def _any_of(phrases: Iterable[str]) -> re.Pattern[str]:
    """A pattern for the longest of the phrases, with any apostrophe and any blanks or hyphens between words."""
    forms = (re.escape(p).replace(r"\ ", r"[\s\-‐‑–]+").replace("'", "['’]") for p in sorted(phrases, key=len, reverse=True))
    return re.compile(rf"(?:{'|'.join(forms)})(?!\w)")


def _compile(entry: dict[str, Any], macros: dict[str, str], letters: dict[str, str]) -> Rule:
    pattern = entry["pattern"]
    for name, macro in macros.items():
        pattern = pattern.replace("{" + name + "}", macro)

    def letter(found: re.Match[str]) -> str:
        if found[0] not in letters:
            raise DataError(f"resolve/times/data/grammar.yaml: rule {entry['name']!r} names no category {found[0]!r}")
        return f"[{letters[found[0]]}]"

    pattern = re.sub(r"(?<![?<\w])[A-Z][A-Z0-9]*", letter, pattern)
    sentence, expression, value = entry["example"]
    return Rule(entry["name"], re.compile(pattern.replace(" ", "")), entry["make"], entry.get("guard"), entry.get("skip"),
                (sentence, expression, value))  # fmt: skip


def _number_kind(digits: str) -> str:
    if "," in digits or "." in digits:
        return "N"
    value = int(digits) if len(digits) < 7 else 9999999
    if len(digits) == 4:
        return "YEAR" if 1000 <= value < 2200 else "N4"
    if len(digits) > 2 or value == 0:
        return "N"
    return "N12" if value <= 12 else "N24" if value <= 24 else "N31" if value <= 31 else "N"


def cut(text: str) -> Words:
    """The words of a text with their categories."""
    grammar = load_grammar()
    words, letters = grammar.words, grammar.letters
    dotted, openers = grammar.dotted, grammar.openers
    starts, ends, kinds = [], [], []
    last = 0
    for found in _TOKEN.finditer(text):
        shape = found.lastgroup or ""
        start, end = found.span(shape)
        if start < last:
            continue
        if shape == "WORD":
            kind = words.get(found[shape], OTHER)
            if found[shape] in openers and (phrase := grammar.phrase.match(text, start)):
                end, kind = phrase.end(), grammar.phrases[_plain(phrase[0])]
            if kind in dotted and text[end : end + 1] == ".":
                end += 1
        elif shape == "MARK":
            kind = OTHER
        else:
            kind = letters[_number_kind(found[shape]) if shape == "NUMBER" else shape]
        last = end
        starts.append(start)
        ends.append(end)
        kinds.append(kind)
    return Words(text, starts, ends, "".join(kinds))


def find_matches(words: Words, accept: Callable[[Match], bool]) -> Iterator[Match]:
    """The longest matches from left to right, without overlap, that `accept(match)` agrees to."""
    grammar = load_grammar()
    for run in grammar.runs.finditer(words.kinds):
        if grammar.cores.isdisjoint(run[0]):
            continue
        position, end = run.span()
        while position < end:
            match = _longest(words, position, words.kinds[position : min(end, position + _LONGEST)], accept)
            if match is None:
                position += 1
            else:
                yield match
                position = match.last


def _longest(words: Words, position: int, kinds: str, accept: Callable[[Match], bool]) -> Match | None:
    for rule, skipped, length, groups in _candidates(kinds):
        parts = {name: (position + first, position + last) for name, (first, last) in groups.items()}
        match = Match(rule, words, position + skipped, position + length, parts)
        if accept(match):
            return match
    return None


Candidate = tuple[Rule, int, int, dict[str, tuple[int, int]]]


@lru_cache(maxsize=1 << 14)
def _candidates(kinds: str) -> tuple[Candidate, ...]:
    """The rules that match from the first of these categories on, longest first: how many words each skips and takes."""
    grammar = load_grammar()
    if len(kinds) > 1 and grammar.cores.isdisjoint(kinds):
        return ()
    found: list[Candidate] = []
    for rule in grammar.rules:
        match = rule.pattern.match(kinds)
        if match and match.end():
            skip = grammar.letters[rule.skip] if rule.skip else ""
            skipped = next(i for i, kind in enumerate(kinds) if kind in skip) + 1 if skip else 0
            groups = {name: match.span(name) for name in rule.pattern.groupindex if match.span(name)[0] >= 0}
            found.append((rule, skipped, match.end(), groups))
    return tuple(sorted(found, key=lambda candidate: -candidate[2]))
