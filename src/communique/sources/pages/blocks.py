"""The blocks of a page: its paragraphs, headings, list entries, table rows and lines, in the order in which they are shown."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Literal, cast

Kind = Literal["text", "heading", "entry", "row", "lines"]

BLOCK_TAGS = frozenset(
    "address article aside blockquote body caption center dd details dialog dir div dl dt fieldset figcaption figure footer "
    "form frameset h1 h2 h3 h4 h5 h6 header hgroup hr html legend li main menu nav noscript ol p pre search section summary "
    "table tbody td tfoot th thead tr ul amp-accordion amp-carousel amp-ad amp-sidebar".split()
)
HEADINGS = frozenset("h1 h2 h3 h4 h5 h6".split())
_ENTRIES = frozenset("li dt dd".split())
# what these hold is never shown as text, or stands for something that is not there
_UNSHOWN = frozenset(
    "head title script style template noscript iframe frame object embed applet svg canvas audio video map button select "
    "textarea input datalist progress meter amp-ad amp-analytics amp-iframe amp-img amp-state".split()
)
_BREAK = "\u2028"
_SPACE = re.compile("[ \t\r\n\f\v\xa0\u2000-\u200a\u202f\u205f\u3000]+")
_PARTS = re.compile(f"{_BREAK} ?(?:{_BREAK} ?)+")
_INDENTED = re.compile(r"[ \t]{2,}\S")
_BLANK_LINES = re.compile(r"\n[ \t]*(?:\n[ \t]*)+")
# soft hyphens, joiners of nothing and marks of direction have no width: they would only cut words in two
_UNSEEN = dict.fromkeys(
    map(
        ord,
        "\xad\u200b\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2068\u2069\ufeff",
    )
)
_MOST_OF_A_CELL, _LONG_WORD = 40, 12


@dataclass(frozen=True, slots=True, eq=False)
class Block:
    """What is shown in one piece. `element` is the innermost block element around it, `linked` the share of its words that
    are links."""

    text: str
    element: Any
    kind: Kind
    words: int
    linked: float


def read_blocks(root: Any) -> list[Block]:
    """The blocks below an element, those that are not shown left out."""
    return list(_Walk().over(root))


def tidy(text: str) -> str:
    """Text on one line: single spaces, nothing that has no width."""
    return _SPACE.sub(" ", text.translate(_UNSEEN).replace(_BREAK, " ")).strip()


def count_words(text: str) -> int:
    """How many words a text has; where it puts no spaces between them, about."""
    return max(len(text.split()), len(text) // _LONG_WORD)


def is_shown(element: Any, tag: str) -> bool:
    """Whether what an element holds is text of the page. A template is, where it stands for the inside of its parent."""
    return tag not in _UNSHOWN or (tag == "template" and element.get("shadowrootmode") is not None)


def tag_of(element: Any) -> str:
    """The tag in lower case; empty for comments and the like."""
    return element.tag.lower() if isinstance(element.tag, str) else ""


@dataclass(slots=True)
class _Walk:
    """One walk over a tree, without recursion: pages may nest as deep as they like."""

    pieces: list[str] = field(default_factory=list)
    linked: int = 0
    within: list[Any] = field(default_factory=list)
    links: int = 0
    preformatted: int = 0

    def over(self, root: Any) -> Iterator[Block]:
        from lxml import etree

        walk = etree.iterwalk(root, events=("start", "end", "comment", "pi"))
        for event, node in walk:
            element = cast("Any", node)
            tag = tag_of(element)
            if event == "start":
                if not is_shown(element, tag):
                    walk.skip_subtree()
                    continue
                yield from self._enter(element, tag)
                if tag == "table" and (rows := _rows(element)):
                    yield from (Block(row, element, "row", count_words(row), 0.0) for row in rows)
                    walk.skip_subtree()
                    continue
                self._say(element.text)
            else:
                if event == "end":
                    yield from self._leave(element, tag)
                if element is not root:
                    self._say(element.tail)
        yield from self._flush(root)

    def _enter(self, element: Any, tag: str) -> Iterator[Block]:
        if tag in BLOCK_TAGS:
            yield from self._flush(self.within[-1] if self.within else element)
            self.within.append(element)
        elif tag == "br":
            self.pieces.append("\n" if self.preformatted else _BREAK)
        elif tag == "q":
            self.pieces.append("“")
        self.links += _leads_away(element, tag)
        self.preformatted += tag == "pre"

    def _leave(self, element: Any, tag: str) -> Iterator[Block]:
        if not is_shown(element, tag):
            return
        if tag in BLOCK_TAGS:
            yield from self._flush(element)
            self.within.pop()
        elif tag == "q":
            self.pieces.append("”")
        self.links -= _leads_away(element, tag)
        self.preformatted -= tag == "pre"

    def _say(self, text: str | None) -> None:
        if not text:
            return
        said = text.translate(_UNSEEN)
        self.pieces.append(said if self.preformatted else _SPACE.sub(" ", said.replace(_BREAK, " ")))
        if self.links:
            self.linked += len(text.split())

    def _flush(self, element: Any) -> Iterator[Block]:
        if not self.pieces:
            return
        text, linked = "".join(self.pieces), self.linked
        self.pieces, self.linked = [], 0
        kind = self._kind()
        parts = _preformatted(text) if kind == "lines" else _PARTS.split(text)
        share = linked / max(1, len(text.split()))
        for part in parts:
            said = _lines(part) if kind != "heading" else tidy(part)
            if said:
                yield Block(said, element, kind, count_words(said), min(share, 1.0))

    def _kind(self) -> Kind:
        if self.preformatted:
            return "lines"
        for element in reversed(self.within):
            tag = tag_of(element)
            if tag in HEADINGS:
                return "heading"
            if tag in _ENTRIES:
                return "entry"
        return "text"


def _leads_away(element: Any, tag: str) -> bool:
    """Whether it is a link; one to a place on the page itself is only a mark."""
    return tag == "a" and not (element.get("href") or "#").startswith("#")


def _lines(text: str) -> str:
    lines = (_SPACE.sub(" ", line).strip() for line in text.replace(_BREAK, "\n").split("\n"))
    return "\n".join(line for line in lines if line)


def _preformatted(text: str) -> list[str]:
    """Paragraphs of text that is set in lines: parted by blank lines, or, as wires do, by an indented first line."""
    found = []
    for part in _BLANK_LINES.split(text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", "    ")):
        lines = part.split("\n")
        if all(_INDENTED.match(line) for line in lines if line.strip()):
            found.append(part)
            continue
        start = 0
        for i, line in enumerate(lines):
            if i > start and _INDENTED.match(line):
                found.append("\n".join(lines[start:i]))
                start = i
        found.append("\n".join(lines[start:]))
    return found


def _rows(table: Any) -> list[str]:
    """The rows of a table that holds figures or words; none where it is there to lay out the page."""
    rows = [row for row in table.iter("tr", "table") if row is not table]
    if len(rows) < 2 or any(tag_of(row) == "table" for row in rows):
        return []
    lines = []
    for row in rows:
        cells = [tidy(" ".join(cell.itertext())) for cell in row if tag_of(cell) in {"td", "th"}]
        if any(len(cell.split()) > _MOST_OF_A_CELL for cell in cells):
            return []
        lines.append([cell for cell in cells if cell])
    if (
        sum(len(line) > 1 for line in lines) < 2
        or next(table.iter("h1", "h2", "form", "script", "style", "button"), None) is not None
    ):
        return []
    caption = next(table.iter("caption"), None)
    head = [tidy(" ".join(caption.itertext()))] if caption is not None else []
    return head + ["\t".join(line) for line in lines if line]
