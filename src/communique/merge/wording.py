"""Texts as copies are told by: words in order, each a function word, a number, a name or a word of content; sentences."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

from communique.types.text import Span

FUNCTION, NUMBER, NAME, CONTENT = range(4)
BLANK = "_"
_LONGEST_HEADLINE = 25
_A_WORD = r"\d+(?:[.,:]\d+)*|[^\W\d_]+(?:['’-][^\W\d_]+)*"
_WORD = re.compile(_A_WORD)
_PIECE = re.compile(_A_WORD + r"|[“”\"„«»]|[.!?…]+(?=\s|[”\"»]|$)|\n")
_OPENING, _QUOTES = frozenset("“„«"), frozenset('“„«”»"')
_MARKS = _QUOTES | frozenset(".!?…\n")
_ABBREVIATED = frozenset("mr mrs ms dr gen col sgt lt sen rep gov st no jan feb mar apr jun jul aug sept oct nov dec".split())


@cache
def words_of(name: str) -> frozenset[str]:
    """A list of words that ships with this package."""
    return frozenset(files("communique.merge").joinpath(f"data/{name}.txt").read_text(encoding="utf-8").split())


@dataclass(frozen=True, slots=True)
class Wording:
    """The words of a `text`: `forms` in lower case without possessive, `kinds`; `quoted` where they stand within quotation
    marks; `sentences` as ranges of words, the headline the first of them where `headline` is not 0, which is how many words it
    has."""

    text: str
    forms: tuple[str, ...]
    kinds: tuple[int, ...]
    quoted: tuple[bool, ...]
    sentences: tuple[tuple[int, int], ...]
    headline: int

    @property
    def body(self) -> tuple[str, ...]:
        """The forms after the headline."""
        return self.forms[self.headline :]

    @property
    def told(self) -> list[int]:
        """The words of the body that are the newsroom's own: none in quotation marks, which every newsroom may have."""
        return [i for i in range(self.headline, len(self.forms)) if not self.quoted[i]]

    @property
    def anchors(self) -> frozenset[str]:
        """Numbers and names of the body: what whoever rewords a text leaves as it is."""
        return frozenset(self.forms[i] for i in range(self.headline, len(self.forms)) if self.kinds[i] in (NUMBER, NAME))

    def span(self, first: int, last: int) -> Span:
        """Where words `[first, last)` stand in the text."""
        places = _places(self.text)
        return Span(places[first][0], places[last - 1][1])

    def skeleton(self, first: int, last: int) -> list[str]:
        """Words `[first, last)` with each word of content left blank."""
        return [
            BLANK if k == CONTENT else "a" if f == "an" else f
            for f, k in zip(self.forms[first:last], self.kinds[first:last], strict=True)
        ]


@lru_cache(maxsize=16)
def _places(text: str) -> list[tuple[int, int]]:
    return [found.span() for found in _WORD.finditer(text)]


@dataclass(slots=True)
class _Scan:
    """Words as they are found, before it is known which are names."""

    words: list[str]
    quoted: list[bool]
    initial: list[bool]
    sentences: list[tuple[int, int]]
    first_line: int = 0


def word(text: str, title: str | None = None) -> Wording:
    """The wording of a text, which may start with its headline: the title, or a short first line that ends like none."""
    scan = _scan(text)
    known = [_known(token) for token in scan.words]
    headline = _headline(text, title, scan)
    body = zip(known[headline:], scan.initial[headline:], strict=True)
    names = {form for (form, _, capital), initial in body if capital and not initial}
    forms = tuple([form for form, _, _ in known])
    kinds = tuple([NAME if capital and kind == CONTENT and form in names else kind for form, kind, capital in known])
    return Wording(text, forms, kinds, tuple(scan.quoted), tuple(scan.sentences), headline)


@lru_cache(maxsize=1 << 16)
def _known(token: str) -> tuple[str, int, bool]:
    """Form and kind of a word, as far as it tells by itself, and whether it has a capital."""
    form = _form(token)
    if form in words_of("function_words"):
        kind = FUNCTION
    else:
        kind = NUMBER if form[0].isdigit() or form in words_of("number_words") else CONTENT
    return form, kind, token[0].isupper()


def _scan(text: str) -> _Scan:
    scan = _Scan([], [], [], [])
    begin, quoting, fresh = 0, False, True
    words, quoted, initial = scan.words, scan.quoted, scan.initial

    for mark in _PIECE.findall(text):
        if mark[0] not in _MARKS:
            words.append(mark)
            quoted.append(quoting)
            initial.append(fresh)
            fresh = False
        elif mark in _QUOTES:
            quoting = not quoting if mark == '"' else mark in _OPENING
            fresh = fresh or quoting
        elif mark == "\n" or not _abbreviated(scan):
            if mark == "\n":
                quoting = False
                scan.first_line = scan.first_line or len(words)
            fresh = True
            if len(words) > begin:
                scan.sentences.append((begin, len(words)))
                begin = len(words)
    if len(words) > begin:
        scan.sentences.append((begin, len(words)))
    return scan


def _abbreviated(scan: _Scan) -> bool:
    last = scan.words[-1].lower() if scan.words else ""
    return last in _ABBREVIATED or (len(last) == 1 and last.isalpha())


def _form(token: str) -> str:
    form = token.lower().replace("’", "'")
    if form[0].isdigit():
        return form.replace(",", "")
    return form[:-2] if form.endswith("'s") else form


def _headline(text: str, title: str | None, scan: _Scan) -> int:
    """How many words the headline has: it is the first line, where that is the title or looks like one."""
    if not 0 < scan.first_line < len(scan.words) or scan.first_line > _LONGEST_HEADLINE:
        return 0
    first = _WORD.search(text)
    line = text[first.start() if first else 0 :].partition("\n")[0].strip()
    if title is not None and _plain(line) == _plain(title):
        return scan.first_line
    return 0 if line.rstrip("”\"'’»)").endswith((".", ":", ",", "…")) else scan.first_line


def _plain(line: str) -> str:
    return " ".join(_form(token) for token in _WORD.findall(line))
