"""What a line is like, as readable features: word classes, word order, shape, punctuation.

A feature is a string such as `class:^ reading additional :` (the line begins with a word of reading and one of adding,
then a colon), `word:scroll to` or `shape:ends with full stop`. Quoted speech counts as one word, `"..."`: what a
speaker says about clicking and subscribing says nothing about the line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from importlib.resources import files

import yaml

_QUOTED = re.compile(
    r'^[^“”]*”|"[^"]*(?:"|$)|“[^”]*(?:”|$)|«[^»]*(?:»|$)|(?<!\w)‘[^’]*(?:’(?!\w)|$)|(?<!\w)\'[^\']{3,}\'(?!\w)'
)
_WORD = re.compile(
    r"(?P<quote>\x00)|(?P<link>(?:https?://|www\.)\S+|\S+@[\w-]+\.\w+(?:\.\w+)*|[a-z]+\.\w+/\S+)|(?P<handle>[@#]\w+)"
    r"|(?P<price>[$£€₹¥]\s?\d[\d.,]*|\d+(?:\.\d+)?\s?%)|(?P<clock>\d{1,2}[:.h]\d\d(?![\d.])(?::\d\d)?)|(?P<number>\d[\d.,/-]*)"
    r"|(?P<word>[^\W\d_]+(?:['’.&-][^\W\d_]+)*['’]?)|(?P<mark>\.\.\.|…|--+|\S)"
)
_ENDINGS = ("ing", "ed", "ly", "tion", "s")
_MARKS = {
    "–": "—",
    "-": "-",
    "--": "—",
    "―": "—",
    "…": "...",
    "•": "·",
    "●": "·",
    "∙": "·",
    "»": "›",
    ">": "›",
    "▸": "›",
    "→": "›",
    "’": "'",
}
_HEAD, _TAIL = 18, 6
_CLOSERS = "\"'”’»)]"


@cache
def _vocabulary() -> tuple[dict[str, str], dict[str, str]]:
    """Words by class, and stems (the entries that end in `*`) by class."""
    table = yaml.load(
        files("communique.clean").joinpath("data/vocabulary.yaml").read_text(encoding="utf-8"),
        Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader),
    )
    words: dict[str, str] = {}
    stems: dict[str, str] = {}
    for name, entries in table.items():
        for entry in str(entries).split():
            if entry.endswith("*"):
                stems.setdefault(entry[:-1], name)
            else:
                words.setdefault(entry, name)
    return words, stems


@lru_cache(maxsize=1 << 15)
def word_class(word: str) -> str | None:
    """The vocabulary class of a lower-case word, if it has one."""
    words, stems = _vocabulary()
    found = words.get(word)
    if found:
        return found
    for length in range(len(word), 2, -1):
        found = stems.get(word[:length])
        if found:
            return found
    return None


@lru_cache(maxsize=1 << 15)
def _kind(word: str, first: bool) -> str:
    lower = word.lower().replace("’", "'").rstrip("'")
    found = word_class(lower)
    if found:
        return found
    if word[0].isupper() and not first:
        return "Name"
    if lower.endswith("'s"):
        return "Name" if word[0].isupper() else "word's"
    return next((f"-{e}" for e in _ENDINGS if len(lower) > len(e) + 2 and lower.endswith(e)), "word")


_QUOTES = frozenset("\"'“”«‘")


def unquoted(line: str) -> str:
    """The line with a zero character in place of each quotation."""
    return line if _QUOTES.isdisjoint(line) else _QUOTED.sub("\x00", line)


def tokens(line: str) -> tuple[list[str], list[str]]:
    """The words of a line in lower case, and the class of each; long lines keep their first and last words."""
    masked = unquoted(line)
    shouting = masked.upper() == masked
    words: list[str] = []
    kinds: list[str] = []
    first = True
    for match in _WORD.finditer(masked):
        group = match.lastgroup
        token = match.group()
        if group == "word":
            words.append(token.lower())
            country = token == "US" and not shouting
            kinds.append("Name" if country else _kind(token.lower() if shouting else token, first))
            first = False
        elif group == "mark":
            mark = _MARKS.get(token, token)
            mark = mark if mark.isascii() or mark in "—·›©|" else "sign"
            words.append(mark)
            kinds.append(mark)
            first = first or mark in ".!?:|·›"
        else:
            label = '"..."' if group == "quote" else f"<{group}>"
            words.append(label)
            kinds.append(label)
            first = False
    if len(words) > _HEAD + _TAIL:
        words = [*words[:_HEAD], "~", *words[-_TAIL:]]
        kinds = [*kinds[:_HEAD], "~", *kinds[-_TAIL:]]
    return words, kinds


FRAME = frozenset(
    [
        "advertising",
        "gesture",
        "go_on",
        "below",
        "commerce",
        "subscription",
        "account",
        "letter",
        "social",
        "share",
        "app",
        "player",
        "interface",
        "privacy",
        "legal",
        "picture",
        "editing",
        "related",
        "reading",
        "additional",
        "comments",
        "correction",
        "stamp",
        "self",
        "you",
        "we",
        "get",
    ]
)
_VERBS = frozenset(["said", "be", "have", "modal", "did", "past"])


def sequences(words: list[str], kinds: list[str]) -> Iterator[tuple[str, Iterator[tuple[str, ...]]]]:
    """What stands beside what: words and pairs of words, classes and up to three classes in a row, with `^` and `$` at
    the line's ends."""
    for name, sequence, longest in (("word", words, 2), ("class", kinds, 3)):
        padded = ["^", *sequence, "$"]
        for size in range(1, longest + 1):
            parts = sequence if size == 1 else padded
            yield name, zip(*(parts[k:] for k in range(size)), strict=False)


def _length(count: int) -> str:
    for limit in (1, 2, 3, 5, 8, 12, 18, 25):
        if count <= limit:
            return f"up to {limit}"
    return "many"


def shapes(line: str, kinds: list[str]) -> Iterator[str]:
    """What a line looks like as a whole, and which classes of a page's frame it has."""
    bare = line.rstrip(_CLOSERS)
    last = bare[-1:] or line[-1:]
    sentence = last in ".!?" and not bare.endswith(("...", "…"))
    verb = any(k in _VERBS for k in kinds)
    count = sum(1 for k in kinds if k[0].isalnum() or k[0] == "-")
    frame = sum(1 for k in kinds if k in FRAME)
    length = _length(count)
    yield f"shape:length {length}"
    yield f"shape:ends with {'full stop' if last == '.' and sentence else last if not last.isalnum() else 'word'}"
    yield f"shape:sentence {sentence} verb {verb}"
    yield f"shape:sentence {sentence} length {length}"
    yield f"shape:frame words {min(frame, 4)} sentence {sentence}"
    yield f"shape:frame share {round(4 * frame / count) if count else 'none'}"
    yield f"shape:frame share {round(4 * frame / count) if count else 'none'} length {length}"
    yield f"shape:begins {'lower' if line[0].islower() else 'upper' if line[0].isupper() else 'other'}"
    capitals = [w for w in line.split() if w[:1].isupper()]
    if count > 1 and len(capitals) >= 0.8 * count:
        yield "shape:title case" if line.upper() != line else "shape:all capitals"
    if any(k in ("·", "|", "›", "©", "sign") for k in kinds):
        yield "shape:separator"
    if '"..."' in kinds:
        yield f"shape:quote verb {verb}"
        if all(k == '"..."' or not k[0].isalnum() for k in kinds):
            yield "shape:only a quote"
    yield from (f"has:{k}" for k in set(kinds) if k in FRAME)
    if not verb:
        yield from (f"has:{k} no verb" for k in set(kinds) if k in FRAME)
    if any(k == "third" for k in kinds) and "you" not in kinds and "we" not in kinds:
        yield "shape:third person only"


def features(line: str) -> set[str]:
    """The features of one line (no line breaks, not blank)."""
    line = line.strip()
    words, kinds = tokens(line)
    found = {f"{name}:{' '.join(gram)}" for name, grams in sequences(words, kinds) for gram in grams}
    found.update(shapes(line, kinds))
    return found
