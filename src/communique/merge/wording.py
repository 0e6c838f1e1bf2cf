"""Texts as copies are told by: words in order, each a function word, a number, a name or a word of content; sentences."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from communique.types.text import Span

FUNCTION, NUMBER, NAME, CONTENT = range(4)
BLANK = "_"
_LONGEST_HEADLINE = 25
_PIECE = re.compile(r"\d+(?:[.,:]\d+)*|[^\W\d_]+(?:['’-][^\W\d_]+)*|[“”\"„«»]|[.!?…]+(?=\s|[”\"»]|$)|\n")
_OPENING, _CLOSING = frozenset("“„«"), frozenset("”»")
_STOPS = frozenset(".!?…")
_ABBREVIATED = frozenset("mr mrs ms dr gen col sgt lt sen rep gov st no jan feb mar apr jun jul aug sept oct nov dec".split())


@cache
def words_of(name: str) -> frozenset[str]:
    """A list of words that ships with this package."""
    return frozenset(files("communique.merge").joinpath(f"data/{name}.txt").read_text(encoding="utf-8").split())


@dataclass(frozen=True, slots=True)
class Wording:
    """The words of a text: `forms` in lower case without possessive, `kinds`, `spans`; `quoted` where they stand within
    quotation marks; `sentences` as ranges of words, the headline the first of them where `headline` is not 0, which is how
    many words it has."""

    forms: tuple[str, ...]
    kinds: tuple[int, ...]
    spans: tuple[Span, ...]
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

    def skeleton(self, first: int, last: int) -> list[str]:
        """Words `[first, last)` with each word of content left blank."""
        return [
            BLANK if k == CONTENT else "a" if f == "an" else f
            for f, k in zip(self.forms[first:last], self.kinds[first:last], strict=True)
        ]


@dataclass(slots=True)
class _Scan:
    """Words as they are found, before it is known which are names."""

    words: list[re.Match[str]]
    quoted: list[bool]
    initial: list[bool]
    sentences: list[tuple[int, int]]
    first_line: int = 0


def word(text: str, title: str | None = None) -> Wording:
    """The wording of a text, which may start with its headline: the title, or a short first line that ends like none."""
    scan = _scan(text)
    forms = [_form(m[0]) for m in scan.words]
    capital = [m[0][0].isupper() for m in scan.words]
    headline = _headline(text, title, scan)
    names = {f for n, f in enumerate(forms) if n >= headline and capital[n] and not scan.initial[n]}
    function, numbers = words_of("function_words"), words_of("number_words")
    kinds = []
    for form, big in zip(forms, capital, strict=True):
        if form in function:
            kinds.append(FUNCTION)
        elif form[0].isdigit() or form in numbers:
            kinds.append(NUMBER)
        else:
            kinds.append(NAME if big and form in names else CONTENT)
    spans = tuple(Span(*m.span()) for m in scan.words)
    return Wording(tuple(forms), tuple(kinds), spans, tuple(scan.quoted), tuple(scan.sentences), headline)


def _scan(text: str) -> _Scan:
    scan = _Scan([], [], [], [])
    begin, quoting, fresh = 0, False, True

    for piece in _PIECE.finditer(text):
        mark = piece[0]
        if mark[0].isalnum():
            scan.words.append(piece)
            scan.quoted.append(quoting)
            scan.initial.append(fresh)
            fresh = False
        elif mark in _OPENING or mark in _CLOSING or mark == '"':
            quoting = not quoting if mark == '"' else mark in _OPENING
            fresh = fresh or quoting
        elif mark == "\n" or (mark[0] in _STOPS and not _abbreviated(scan)):
            if mark == "\n":
                quoting = False
                scan.first_line = scan.first_line or len(scan.words)
            fresh = True
            if len(scan.words) > begin:
                scan.sentences.append((begin, len(scan.words)))
                begin = len(scan.words)
    if len(scan.words) > begin:
        scan.sentences.append((begin, len(scan.words)))
    return scan


def _abbreviated(scan: _Scan) -> bool:
    last = scan.words[-1][0].lower() if scan.words else ""
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
    line = text[scan.words[0].start() : scan.words[scan.first_line].start()].strip()
    line = line.partition("\n")[0].strip()
    if title is not None and _plain(line) == _plain(title):
        return scan.first_line
    return 0 if line.rstrip("”\"'’»)").endswith((".", ":", ",", "…")) else scan.first_line


def _plain(line: str) -> str:
    return " ".join(_form(m[0]) for m in _PIECE.finditer(line) if m[0][0].isalnum())


def content_of(wording: Wording) -> Iterator[tuple[int, str]]:
    """Words of content, names and numbers, with their index."""
    return ((i, f) for i, (f, k) in enumerate(zip(wording.forms, wording.kinds, strict=True)) if k != FUNCTION)
