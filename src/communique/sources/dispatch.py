"""What the agencies' formats have in common: a report with its lines, instants, names and notes, before it is a document."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from communique.errors import InputError
from communique.sources.text import extracted
from communique.types.text import Detail, Document, Interval, Published

_DAY = re.compile(r"\s*([0-9]{4})-?([0-9]{2})-?([0-9]{2})(?![0-9])")
_BY = re.compile(r"(?i)^(?:written |reported |reporting )?by\b:?\s*")
_IN = re.compile(r"\s+in\s+[A-Z][^,;]*?(?=$|[,;]|\s+and\s)")
_BETWEEN = re.compile(r"(?i)\s*(?:[,;/|]|\s&\s|\sand\s)\s*(?:and\s+)?")
_HOUSE = re.compile(
    r"(?i)\b(?:agency|associated|bureau|chief|correspondents?|editors?|journal|news|newsroom|post|press|radio|reporters?|"
    r"service|staff|times|tv|writers?)\b"
)
_UNFIT = re.compile("[\ud800-\udfff\0]")
_NEARLY = 0.9
_LONGEST = 1000  # characters of a byline


@dataclass(frozen=True, slots=True)
class Dispatch:
    """A report as an agency sends it. `published` is the day by the clock of whoever wrote it."""

    paragraphs: tuple[str, ...] = ()
    title: str | None = None
    subheads: tuple[str, ...] = ()
    byline: tuple[str, ...] = ()
    publisher: str | None = None
    url: str | None = None
    language: str | None = None
    published: date | None = None
    details: tuple[Detail, ...] = ()

    def document(self, source: str, form: str) -> Document:
        """The document: headline and lines below it first, unless the text begins with them. Raises InputError when there
        is no text at all."""
        heads = [h for h in (self.title, *self.subheads) if h]
        opening = {_bare(p) for p in self.paragraphs[: len(heads)]}
        text = "\n\n".join([*(h for h in heads if _bare(h) not in opening), *self.paragraphs])
        if not text:
            raise InputError(f"{source}: no headline, text or description; nothing can be read from it")
        document = extracted(text, source, fit(self.publisher))
        published = document.published
        if self.published is not None:
            published = Published(Interval(self.published, self.published + timedelta(days=1)), "metadata")
        return replace(
            document,
            format=form,
            title=fit(self.title),
            byline=tuple(b for name in self.byline if (b := fit(name))),
            url=fit(self.url),
            language=_language(self.language) or document.language,
            published=published,
            details=self.details,
        )


def tell(pairs: Iterable[tuple[str, str | None]]) -> tuple[Detail, ...]:
    """Details of these keys and values on one line; each once, empty ones left out."""
    return tuple(dict.fromkeys(Detail(key, fitting) for key, value in pairs if (fitting := fit(value))))


def fit(text: str | None) -> str | None:
    """A text on one line, halves of surrogate pairs and null characters replaced; None when nothing is left."""
    return " ".join(_UNFIT.sub("\ufffd", text).split()) or None if text else None


def day(instant: str | None) -> date | None:
    """The day of an instant in ISO 8601, extended or basic, by the clock that it was written by."""
    found = _DAY.match(instant or "")
    try:
        return date(int(found[1]), int(found[2]), int(found[3])) if found else None
    except ValueError:
        return None


def published_on(instants: Iterable[str | None], embargo: str | None = None) -> date | None:
    """The day of the first instant that can be read; the day on which the embargo ends when that is later, since the report
    is not to be read before."""
    first = next((d for i in instants if (d := day(i))), None)
    ends = day(embargo)
    return max(first, ends) if first and ends else first or ends


def names(byline: str | None) -> tuple[str, ...]:
    """The people of a byline: "By Ana Sol in Norhaven and BO LUND, Norland Press" names Ana Sol and Bo Lund."""
    text = _IN.sub("", _BY.sub("", (fit(byline) or "")[:_LONGEST]))
    found = [n.strip(" .") for n in _BETWEEN.split(text)]
    people = [n for n in found if n and not _HOUSE.search(n)] or [n for n in found[:1] if n]
    return tuple(dict.fromkeys(n.title() if n.isupper() and len(n) > 4 else n for n in people))


def fullest(renditions: Sequence[Sequence[str]]) -> tuple[str, ...]:
    """Of several renditions of one text the first that has nearly all of it; those with paragraphs go before."""
    sizes = [sum(map(len, r)) for r in renditions]
    most = max(sizes, default=0)
    return next((tuple(r) for r, size in zip(renditions, sizes, strict=True) if r and size >= _NEARLY * most), ())


def _bare(text: str) -> str:
    return re.sub(r"\W+", "", text).casefold()


def _language(tag: str | None) -> str | None:
    found = re.match(r"[A-Za-z]{2,3}(?=$|[-_])", tag or "")
    return found[0].lower() if found else None
