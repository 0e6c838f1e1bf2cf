"""What is known of documents together: which are copies of which, and which are about the same thing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from communique.types.text import Interval, Span

CopyKind = Literal["exact", "trimmed", "retitled", "reworded", "machine-reworded"]


@dataclass(frozen=True, slots=True)
class Told:
    """A document as it is merged: its text, where spans that are no report text may be blanked, and what its record names.

    `entries` are ids of the registry, `names` those of actors and places that are in none, `days` the days of its events in
    ISO 8601. Order among several is that in which they came to the desk.
    """

    document: str
    text_id: str
    text: str
    title: str | None = None
    publisher: str | None = None
    published: Interval | None = None
    syndicated_from: tuple[str, ...] = ()
    entries: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    days: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Rewording:
    """A sentence that stands in both texts in other words: its spans in `one` and `other`, and the terms that were put in
    place of others, in order."""

    one: Span
    other: Span
    substituted: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Copy:
    """Two documents of which one was made from the other; `likeness` is the share of the shorter one's words that the other
    has too, in the same order or put one for one, from 0 to 1. Rewordings go from `one` to `other`."""

    one: str
    other: str
    kind: CopyKind
    likeness: float
    rewordings: tuple[Rewording, ...] = ()


@dataclass(frozen=True, slots=True)
class Lineage:
    """Documents that go back to one: `documents` from the first to the last, `parents` what each but the first was
    made from, `source` whose report it is: an agency, else the publisher of the first, else the first document's id."""

    documents: tuple[str, ...]
    parents: tuple[Copy | None, ...]
    source: str


@dataclass(frozen=True, slots=True)
class Story:
    """Documents about the same thing, in the order of publication, each with its likeness to the others from 0 to 1."""

    id: str
    documents: tuple[str, ...]
    likeness: tuple[float, ...]
