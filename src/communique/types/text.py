"""Text and where it came from: spans, intervals, documents."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Literal

Origin = Literal["given", "metadata", "dateline", "inferred", "unknown"]
DropReason = Literal["advertisement", "navigation", "caption", "boilerplate"]


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Half-open code-point offsets `[start, end)` into a document's text."""

    start: int
    end: int

    def of(self, text: str) -> str:
        """The words that the span covers."""
        return text[self.start : self.end]

    def overlap(self, other: Span) -> int:
        """How many code points both spans cover."""
        return max(0, min(self.end, other.end) - max(self.start, other.start))

    def contains(self, other: Span) -> bool:
        """Whether the other span lies within this one."""
        return self.start <= other.start and other.end <= self.end


@dataclass(frozen=True, slots=True)
class Interval:
    """A half-open interval of days `[start, end)`."""

    start: date
    end: date


@dataclass(frozen=True, slots=True)
class Dropped:
    """A span that is not report text, kept aside with its reason."""

    span: Span
    reason: DropReason


@dataclass(frozen=True, slots=True)
class Published:
    """When the report was published, and how that is known; no interval when it is not known."""

    interval: Interval | None = None
    origin: Origin = "unknown"
    evidence: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of report text that is read as one: a paragraph or a headline.

    Several spans where a line break or a dropped line cuts a sentence in two; they are read as if one
    space stood between them.
    """

    spans: tuple[Span, ...]
    kind: Literal["headline", "body"] = "body"


@dataclass(frozen=True, slots=True)
class Detail:
    """Something that the source says of a report and no other field has: `embargo`, `ticker`, `correction`, `place`, …"""

    key: str
    value: str


@dataclass(frozen=True, slots=True)
class Document:
    """A report as we hold it; the text is immutable and every span points into it.

    `format` is what it came as, `raw` the SHA-256 of the bytes that it was taken from.
    """

    id: str
    text_id: str
    source: str
    text: str
    url: str | None = None
    publisher: str | None = None
    title: str | None = None
    byline: tuple[str, ...] = ()
    language: str = "en"
    published: Published = field(default_factory=Published)
    dropped: tuple[Dropped, ...] = ()
    syndicated_from: tuple[str, ...] = ()
    format: str | None = None
    raw: str | None = None
    details: tuple[Detail, ...] = ()
