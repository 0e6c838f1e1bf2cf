"""Merges the documents of a desk: copies, lineages and stories, kept in the table `stories`.

What is in a story stays there. New documents are looked at beside those that came out within two months of them; the rest of
the desk is not read.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import pyarrow as pa

from communique.merge.copies import Prepared, compare, find_copies
from communique.merge.lineage import trace
from communique.merge.stories import WINDOW, tell_stories
from communique.store.lake import Lake
from communique.store.merged import Days, document_days, document_runs, replace_rows, told_documents
from communique.store.tables import SCHEMAS, Row
from communique.types.stories import Copy, Lineage, Story, Told

_BY_ITSELF: Row = {"copy_of": None, "copy_kind": None}
_LOOKED = 12  # documents of a story, nearest before it, that a new one is compared with


@dataclass(frozen=True, slots=True)
class Merged:
    """What a merge came to: documents on the desk, those that were new to it, stories, and documents that are copies."""

    documents: int
    new: int
    stories: int
    copies: int


def merge_stories(lake: Lake) -> Merged:
    """Put the new documents of a desk into stories, and say which are copies of what. Raises UsageError where there is no
    desk, DataError where it can't be read or another merge came between."""
    lake.check_there()
    runs = document_runs(lake)
    rows = {row["document"]: row for row in _kept(lake) if row["document"] in runs}
    new = runs.keys() - rows.keys()
    stale = any(row["run"] != runs[document] for document, row in rows.items())
    if new:
        rows |= _merge(lake, new, rows)
    if new or stale:
        table = pa.Table.from_pylist([rows[d] | {"run": runs[d]} for d in sorted(rows)], schema=SCHEMAS["stories"])
        replace_rows(lake, "stories", table)
    stories = {row["story"] for row in rows.values()}
    return Merged(len(runs), len(new), len(stories), sum(row["copy_of"] is not None for row in rows.values()))


def _kept(lake: Lake) -> list[Row]:
    kept: list[Row] = lake.rows("stories", ["story", "document", "run", "copy_of", "copy_kind", "likeness"]).to_pylist()
    return kept


def _merge(lake: Lake, new: set[str], kept: Mapping[str, Row]) -> dict[str, Row]:
    told = told_documents(lake, _about(new, document_days(lake)))
    known = {one.document for one in told}
    stories = {document: row["story"] for document, row in kept.items() if document in known}
    copies = [*_copies_kept(kept, known), *find_copies(told, new)]
    found = tell_stories(told, stories, [(c.one, c.other) for c in copies])
    copies += _within(found, told, new, copies)
    return {row["document"]: row for row in _rows(found, trace(told, copies))}


def _about(new: set[str], days: Days) -> set[str]:
    """The new documents and those that came out about the same time, or nobody knows when."""
    near: set[date] = set()
    for document in new:
        start, _ = days[document]
        if start is not None:
            near |= {date.fromordinal(start.toordinal() + n) for n in range(-WINDOW.days, WINDOW.days + 1)}
    return new | {document for document, (start, _) in days.items() if start is None or start in near}


def _copies_kept(kept: Mapping[str, Row], known: set[str]) -> Iterator[Copy]:
    for document, row in kept.items():
        if row["copy_of"] in known and document in known:
            yield Copy(document, row["copy_of"], row["copy_kind"], row["likeness"])


def _within(stories: Sequence[Story], told: Sequence[Told], new: set[str], copies: Iterable[Copy]) -> Iterator[Copy]:
    """Copies within stories that share too little for their signatures to meet."""
    prepared = {one.document: Prepared(one) for one in told}
    linked = {c.other for c in copies} | {c.one for c in copies}
    for story in stories:
        for n, document in enumerate(story.documents):
            for other in story.documents[max(0, n - _LOOKED) : n]:
                if {document, other} & new and not {document, other} <= linked:
                    copy = compare(prepared[other], prepared[document])
                    if copy is not None:
                        yield copy


def _rows(stories: Iterable[Story], lineages: Iterable[Lineage]) -> Iterator[Row]:
    """Rows of stories. `copy_of` is the first document of the lineage; kind and likeness are those to the document that the
    copy was made from, which may itself be a copy."""
    copied = {
        document: (lineage.documents[0], parent)
        for lineage in lineages
        for document, parent in zip(lineage.documents, lineage.parents, strict=True)
        if parent is not None
    }
    for story in stories:
        for document, likeness in zip(story.documents, story.likeness, strict=True):
            first, copy = copied.get(document, (None, None))
            made = (
                {"copy_of": first, "copy_kind": copy.kind, "likeness": copy.likeness}
                if copy
                else _BY_ITSELF | {"likeness": likeness}
            )
            yield {"story": story.id, "document": document} | made
