"""From markup to paragraphs: NITF, XHTML and HTML bodies as the text that they show."""

from __future__ import annotations

import html
import re
from collections.abc import Collection
from typing import TYPE_CHECKING

from communique.sources.trees import bound

if TYPE_CHECKING:  # lxml is loaded where markup is read, not for a report in plain text
    from lxml.etree import _Element

_BLOCKS = frozenset(
    "abstract address article aside bibliography blockquote block body body.content body.end body.head bq byline caption "
    "center copyrite credit datasource dateline dd distributor div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 h5 "
    "h6 header hl1 hl2 hr html li main media media-caption nav note ol p postaddr pre section table tagline tbody tfoot thead "
    "ul".split()
)
_HIDDEN = frozenset(
    "audio button canvas embed head iframe input math media-metadata media-object media-producer media-reference noscript "
    "object script select style svg template textarea video".split()
)
_ONE = frozenset({"fn", "table"})  # whose blocks make no paragraphs of their own
_MARKUP = re.compile(r"<(?:/?[A-Za-z][\w.:-]{0,30}(?:\s[^<>]*)?/?|!--[^<>]*--|!DOCTYPE[^<>]*)>|&(?:[a-z]{2,8}|#\d{2,6});")
_PLAIN = str.maketrans("\n\t", "  ")  # only breaks and cells of the markup make lines and columns
_SPACE = re.compile(r"[^\S\n]+")
_GAP = re.compile(r"\n(?:[^\S\n]*\n)+")


def paragraphs(root: _Element, leave: Collection[_Element] = ()) -> list[str]:
    """The paragraphs that an element shows, without the elements of `leave`: one for each block, list entry (after "- ") and
    table, of which each row is a line with a tab between cells. A single line break is kept, two part paragraphs; a footnote
    stands in brackets. White space is made single; scripts, forms and embedded media are left out; entities that HTML knows
    are written as characters."""
    page = _Page()
    out = set(leave)
    todo: list[_Element | str | tuple[str]] = [root]
    while todo:
        top = todo.pop()
        if isinstance(top, str):
            page.write(top)
        elif isinstance(top, tuple):
            page.close(top[0])
        elif not isinstance(top.tag, str):
            page.write(html.unescape(top.text or "") if (top.text or "").startswith("&") else "")
        else:
            name = top.tag.rpartition("}")[2].lower()
            if top in out or (name in _HIDDEN and top is not root):
                continue
            page.open(name)
            todo.append((name,))
            for child in reversed(top):
                todo += [child.tail or "", child]
            todo.append(top.text or "")
    return page.end()


def words(element: _Element | None) -> str:
    """What an element shows, on one line."""
    return "" if element is None else " ".join(" ".join(paragraphs(element)).split())


def from_html(text: str, name: str) -> list[str]:
    """The paragraphs of a piece of HTML or XHTML. Raises InputError when it is more than one report may be."""
    from lxml import etree

    data = text.encode("utf-8", "replace").replace(b"\0", b"")
    bound(data, name)
    parser = etree.HTMLParser(no_network=True, remove_comments=True, remove_pis=True, encoding="utf-8")
    try:
        root = etree.fromstring(data, parser)
    except (etree.LxmlError, ValueError):
        return []
    return [] if root is None else paragraphs(root)


def from_plain(text: str) -> list[str]:
    """The paragraphs of plain text, where empty lines part them; lines stay as they are."""
    found = _GAP.split(text.replace("\r\n", "\n").replace("\r", "\n"))
    return [p for part in found if (p := "\n".join(line.rstrip() for line in part.split("\n")).strip())]


def is_markup(text: str) -> bool:
    """Whether a string holds tags or entities."""
    return _MARKUP.search(text[:20_000]) is not None


class _Page:
    """Paragraphs in the making."""

    def __init__(self) -> None:
        self.done: list[str] = []
        self.held: list[str] = []
        self.begin = ""
        self.within = self.verbatim = 0

    def open(self, name: str) -> None:
        if name in {"td", "th"} and self.within:
            self.write("\t", True)
        elif name == "br" or (name == "tr" and self.within):
            self.write("\n", True)
        elif name in _BLOCKS and not self.within:
            self.flush()
        elif name in _BLOCKS and self.held and not self.held[-1][-1:].isspace() and self.held[-1] != " (":
            self.write(" ")
        if name == "fn":
            self.write(" (")
        self.within += name in _ONE
        if name == "li":
            self.begin = "- "
        self.verbatim += name == "pre"

    def close(self, name: str) -> None:
        self.verbatim -= name == "pre"
        self.within -= name in _ONE
        if name == "fn":
            self.write(")")
        if name in _BLOCKS and not self.within:
            self.flush()
        if name == "li":
            self.begin = ""

    def write(self, text: str, exact: bool = False) -> None:
        if text:
            self.held.append(text if exact or self.verbatim else text.translate(_PLAIN))

    def flush(self) -> None:
        if not self.held:
            return
        lines = "".join(self.held).split("\n")
        self.held.clear()
        text = "\n".join(" ".join(line.split()) if "\t" not in line else _row(line) for line in lines)
        for part in _GAP.split(text):
            if part := part.strip():
                self.done.append(self.begin + part)
                self.begin = ""

    def end(self) -> list[str]:
        self.flush()
        return self.done


def _row(line: str) -> str:
    return "\t".join(_SPACE.sub(" ", cell).strip() for cell in line.split("\t")).strip()
