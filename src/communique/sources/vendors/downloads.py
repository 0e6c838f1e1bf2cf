"""What the vendors' downloads have in common: lines, whatever file they came in, and the reports among them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from textwrap import dedent
from typing import Protocol

from communique.errors import InputError
from communique.sources.days import day
from communique.sources.dispatch import Dispatch
from communique.types.text import Document

_MONTH = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]{0,6}\.?"
_WEEKDAY = r"(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day,? )?"
_DAY = re.compile(rf"(?i)\b(?:{_MONTH} \d{{1,2}},? \d{{4}}|\d{{1,2}} {_MONTH},? \d{{4}}|\d{{4}}-\d\d-\d\d)\b")
_DATED = re.compile(rf"(?i){_WEEKDAY}(?:{_MONTH} (?:\d{{1,2}},? )?\d{{4}}|\d{{1,2}} {_MONTH},? \d{{4}}|\d{{4}}-\d\d-\d\d)\b")
_WEEKDAY_AFTER = re.compile(r"(?i)[\s,]*(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b)?")
_COPYRIGHT = re.compile(r"(?i)\(?(?:copyright\b|\(c\)|©)|all rights reserved\b")
_LANGUAGES = {
    name: code
    for pair in "english:en french:fr german:de spanish:es italian:it portuguese:pt dutch:nl russian:ru arabic:ar chinese:zh "
    "japanese:ja korean:ko polish:pl turkish:tr ukrainian:uk hebrew:he persian:fa swedish:sv danish:da norwegian:no "
    "finnish:fi czech:cs hungarian:hu romanian:ro greek:el bulgarian:bg indonesian:id malay:ms thai:th hindi:hi".split()
    for name, code in [pair.split(":")]
}
_ENDED = re.compile(r"[.!?:][”’\"')\]]*\s*$")
_FURTHER_IN = ("  ", "\t")
_WIDEST, _RAGGED, _USUALLY = 110, 3, 0.6
_OFF, _OFF_WORDS = 2.0, 40
_LONGEST_HEAD = 1000


@dataclass(frozen=True, slots=True)
class Download:
    """One report of a download: its place in the file, counted from 1, and how many words the vendor says it has."""

    number: int
    dispatch: Dispatch
    words: int | None = None

    def document(self, source: str, form: str) -> Document:
        """The document. Raises InputError with number and title where the text is missing, or is half or twice as long as the
        vendor says: then a report was cut, or two run into one."""
        name = f"{source}#{self.number}"
        called = f'report {self.number} ("{(self.dispatch.title or "without a title")[:200]}")'
        own = sum(len(p.split()) for p in self.dispatch.paragraphs)
        if not own:
            raise InputError(f"{name}: {called} has no text, only what is said about it; download its full text")
        told = self.words or own
        if abs(own - told) > _OFF_WORDS and not told / _OFF <= own <= told * _OFF:
            said = f"has {own} words, {told} by the vendor's count"
            raise InputError(f"{name}: {called} {said}; download it again, or alone")
        return self.dispatch.document(name, form)


class Vendor(Protocol):
    """One vendor of news: tells its downloads by their marks and parts them into reports."""

    name: str

    def marked(self, lines: Sequence[str]) -> bool:
        """Whether lines bear marks that only this vendor's downloads bear."""
        ...

    def split(self, lines: Sequence[str]) -> Iterator[Download]:
        """The reports, in order; lists of contents, search pages and closing pages are none."""
        ...


def lines_of(paragraphs: Iterable[str]) -> list[str]:
    """The lines of paragraphs, an empty one after each paragraph."""
    return [line for p in paragraphs for line in (*p.split("\n"), "")]


def blocks_of(lines: Iterable[str]) -> list[list[str]]:
    """Lines that stand together, as empty lines part them."""
    found: list[list[str]] = [[]]
    for line in lines:
        if line.strip():
            found[-1].append(line.rstrip())
        elif found[-1]:
            found.append([])
    return found if found[-1] else found[:-1]


def paragraphs_of(lines: Iterable[str]) -> tuple[str, ...]:
    """The paragraphs of a body: one for each line, or, where lines are cut at a width, one for what stands together or
    begins further in."""
    blocks = blocks_of(dedent("\n".join(lines)).split("\n"))
    if not _is_wrapped(blocks):
        return tuple(" ".join(line.split()) for b in blocks for line in b)
    found: list[str] = []
    for block in blocks:
        for i, line in enumerate(block):
            if i == 0 or line.startswith(_FURTHER_IN):
                found.append(" ".join(line.split()))
            else:
                found[-1] += " " + " ".join(line.split())
    return tuple(found)


def _is_wrapped(blocks: Sequence[Sequence[str]]) -> bool:
    """Whether lines are cut at a width: few end as a sentence does, and the next word would not have fitted into them."""
    cut = [(line, below) for b in blocks for line, below in pairwise(b) if not below.startswith(_FURTHER_IN)]
    widest = max((len(line) for b in blocks for line in b), default=0)
    if not cut or widest > _WIDEST:
        return False
    ended = sum(_ENDED.search(line) is not None for line, _ in cut)
    full = sum(len(line) + 1 + len(below.split(maxsplit=1)[0]) > widest - _RAGGED for line, below in cut)
    return ended < len(cut) / 2 and full >= _USUALLY * len(cut)


def day_in(text: str | None) -> date | None:
    """The first day that a line names in full: "May 15, 2024", "15 May 2024" or "2024-05-15"."""
    found = _DAY.search((text or "")[:_LONGEST_HEAD])
    return day(found[0]) if found else None


def is_dated(line: str) -> bool:
    """Whether a line begins with a date, be it only a month and a year."""
    return _DATED.match(line.strip()[:_LONGEST_HEAD]) is not None


def after_date(line: str) -> str:
    """What a line says after the date that it begins with and the weekday: "Late Edition" of "May 15, 2024 Wednesday, Late
    Edition"; all of it where it begins with none."""
    said = line.strip()
    found = _DATED.match(said[:_LONGEST_HEAD])
    return _WEEKDAY_AFTER.sub("", said[found.end() :], count=1).strip(" ,;") if found else said


def is_copyright(line: str) -> bool:
    """Whether a line begins as a notice of copyright does."""
    return _COPYRIGHT.match(line.strip()[:_LONGEST_HEAD]) is not None


def language_code(name: str | None) -> str | None:
    """The code of a language that is named in English: "ENGLISH", "English; Spanish"."""
    found = re.match(r"\s*([A-Za-z]+)", name or "")
    return _LANGUAGES.get(found[1].lower()) if found else None


def count_in(text: str | None) -> int | None:
    """The first number in a text: 1512 in "1,512 words"."""
    found = re.search(r"\d[\d,. ]{0,9}", (text or "")[:_LONGEST_HEAD])
    return int(re.sub(r"\D", "", found[0])) if found else None
