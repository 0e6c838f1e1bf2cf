"""The Current Events pages of the English Wikipedia as sourced items with links on their mentions.

A page is the Markdown of one day; an item is a bullet that cites at least one outlet, as `[(Reuters)](https://...)`.
"""

from __future__ import annotations

import re
import tarfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from urllib.parse import unquote

from communique.errors import DataError
from communique.types.text import Span

_PAGE = re.compile(r"(\d{4})-(\d\d)-(\d\d)-index\.md$")
_LINK = re.compile(r"\[((?:[^\[\]]|\[[^\[\]]*\])*)\]\((https?://[^\s)]+)(?: \"(?:[^\"\\]|\\.)*\")?\)")
_BULLET = re.compile(r"^\s*[*-] ")
_LANGUAGE = re.compile(r"\[\[[a-z-]{2,12}\]\([^)]*\)\]")
_EMPHASIS = re.compile(r"(?<!\\)[*_]{1,3}")
_ARTICLE = "https://en.wikipedia.org/wiki/"


@dataclass(frozen=True, slots=True)
class Item:
    """A sourced item: its day, its text without markup, and where its text links to which article (by title)."""

    day: date
    text: str
    links: tuple[tuple[Span, str], ...]


def read_pages(path: Path) -> Iterator[tuple[date, str]]:
    """The pages of an archive (`.tar.gz`) or a folder, by day. Raises `DataError` when there is none."""
    found: list[tuple[date, str]] = []
    if path.is_dir():
        files = ((file, _PAGE.search(file.name)) for file in path.rglob("*-index.md"))
        found += [(date(*map(int, day.groups())), file.read_text(encoding="utf-8")) for file, day in files if day]
    elif path.is_file():
        with tarfile.open(path) as archive:
            for member in archive:
                match, file_ = _PAGE.search(member.name), archive.extractfile(member)
                if match and file_:
                    found.append((date(*map(int, match.groups())), file_.read().decode("utf-8")))
    if not found:
        raise DataError(f"{path}: no pages of Current Events; expected an archive or a folder of YYYY-MM-DD-index.md")
    yield from sorted(found, key=lambda page: page[0])


def read_items(page: str, day: date) -> Iterator[Item]:
    """The items of a page in order."""
    for line in page.split("\n"):
        if _BULLET.match(line) and any(_is_outlet(link[1], link[2]) for link in _LINK.finditer(line)):
            yield read_item(line, day)


def read_item(line: str, day: date) -> Item:
    """A bullet as an item; links to articles that do not exist yet are text."""
    line = _LANGUAGE.sub("", _BULLET.sub("", line, count=1))
    text, links, end = "", [], 0
    for link in _LINK.finditer(line):
        text += _plain(line[end : link.start()])
        end = link.end()
        label, url = _plain(link[1]), link[2]
        if url.startswith(_ARTICLE):
            if "redlink=1" not in url:
                links.append((Span(len(text), len(text) + len(label)), article(url)))
            text += label
        elif not _is_outlet(link[1], url):
            text += label
    text += _plain(line[end:])
    return Item(day, text.rstrip(), tuple(links))


def article(url: str) -> str:
    """The title of the article that an address of the English Wikipedia is of."""
    return unquote(url[len(_ARTICLE) :]).replace("_", " ").partition("#")[0]


def _is_outlet(label: str, url: str) -> bool:
    return label.startswith("(") and not url.startswith(_ARTICLE)


def _plain(text: str) -> str:
    return re.sub(r"\\(.)", r"\1", _EMPHASIS.sub("", text))
