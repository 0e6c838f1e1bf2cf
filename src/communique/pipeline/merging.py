"""Merges the documents of a desk: copies, lineages and stories, kept in the table `stories`.

What is in a story stays there. New documents are compared with all of the desk by their sketches, and put beside the stories of
the two months around them; texts are read of those alone that may be copies.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import pyarrow as pa

from communique.merge.copies import Prepared, candidates, compare, likely, sources, verbatim
from communique.merge.lineage import trace
from communique.merge.sketches import names
from communique.merge.stories import WINDOW, tell_stories
from communique.pipeline.sketches import sketches_of
from communique.store.lake import Lake
from communique.store.merged import document_runs, replace_rows, told_documents, told_heads
from communique.store.tables import SCHEMAS, Row
from communique.store.versions import successors_on
from communique.types.stories import Copy, Lineage, Story, Told

_BY_ITSELF: Row = {"copy_of": None, "copy_kind": None}
_LOOKED = 12  # documents of a story, nearest before it, that a new one is compared with
_PREPARED = 4096  # documents whose wording is at hand

Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Merged:
    """What a merge came to: documents on the desk, those that were new to it, stories, and documents that are copies."""

    documents: int
    new: int
    stories: int
    copies: int


def merge_stories(lake: Lake, anew: bool = False) -> Merged:
    """Put the new documents of a desk into stories, or all of them `anew`, and say which are copies of what. Raises UsageError
    where there is no desk, DataError where it can't be read or another merge came between."""
    lake.check_there()
    runs = document_runs(lake)
    kept = [] if anew else lake.rows("stories", SCHEMAS["stories"].names).to_pylist()
    older = successors_on(lake, {row["document"] for row in kept} | runs.keys())
    rows = {row["document"]: _renewed(row, older) for row in kept if row["document"] in runs}
    new = runs.keys() - rows.keys()
    handed_on = {older[d]: row["story"] for row in kept if (d := row["document"]) in older and older[d] in new}
    stale = len(rows) < len(kept) or any(row["run"] != runs[document] for document, row in rows.items())
    if new:
        lake.create()  # a desk of an older version has no table of sketches
        rows |= _Merging(lake, runs, rows, new, handed_on).rows()
    if new or stale:
        table = pa.Table.from_pylist([rows[d] | {"run": runs[d]} for d in sorted(rows)], schema=SCHEMAS["stories"])
        replace_rows(lake, "stories", table)
    stories = {row["story"] for row in rows.values()}
    return Merged(len(runs), len(new), len(stories), sum(row["copy_of"] is not None for row in rows.values()))


def _renewed(row: Row, older: Mapping[str, str]) -> Row:
    """A row of `stories` that names the newest version of what its document was made from."""
    source = older.get(row["copy_of"], row["copy_of"])
    return row | (_BY_ITSELF if source == row["document"] else {"copy_of": source})


class _Merging:
    """A desk with its sketches, the rows of `stories` that are kept, the documents that are new to it, and the stories of those
    that are new versions."""

    def __init__(
        self, lake: Lake, runs: Mapping[str, str], kept: Mapping[str, Row], new: set[str], handed_on: Mapping[str, str]
    ) -> None:
        self._lake = lake
        self._kept = kept
        self._new = new
        self._handed_on = handed_on
        self._sketches = sketches_of(lake, runs)
        self._told = told_heads(lake, runs)
        self._heads = {one.document: one for one in self._told}

    def rows(self) -> dict[str, Row]:
        """The rows of documents whose story or lineage has a new one."""
        copies = [*self._copies_kept(), *self._copies()]
        told = self._about(copies)
        kept = {one.document: self._kept[one.document]["story"] for one in told if one.document in self._kept}
        kept |= self._handed_on
        together = self._inside(copies, told)
        found = [s for s in tell_stories(told, kept, together, self._sketches) if not self._new.isdisjoint(s.documents)]
        copies += self._within(found, copies)
        lineages = [lineage for lineage in trace(self._told, copies) if not self._new.isdisjoint(lineage.documents)]
        return self._rows(found, lineages)

    def _copies_kept(self) -> Iterator[Copy]:
        for document, row in self._kept.items():
            if row["copy_of"] in self._kept:
                yield Copy(document, row["copy_of"], row["copy_kind"], row["likeness"])

    def _copies(self) -> list[Copy]:
        firsts, found = verbatim(self._told, self._new)
        documents = [one.document for one in firsts]
        pairs = candidates([(document, self._sketches[document]) for document in documents], self._new)
        return [*found, *self._compared((documents[left], documents[right]) for left, right in pairs)]

    def _compared(self, pairs: Iterable[Pair]) -> Iterator[Copy]:
        """The copies among pairs of documents, whose texts are read."""
        pairs = list(pairs)
        texts = {one.document: one for one in told_documents(self._lake, {document for pair in pairs for document in pair})}
        prepared = lru_cache(_PREPARED)(lambda document: Prepared(texts[document]))
        for one, other in pairs:
            copy = compare(prepared(one), prepared(other))
            if copy is not None:
                yield copy

    def _about(self, copies: Iterable[Copy]) -> list[Told]:
        """The new documents, their copies, those that came out about the same time, or nobody knows when, and all of their
        stories."""
        near: set[int] = set()
        for one in self._told:
            if one.document in self._new and one.published:
                day = one.published.start.toordinal()
                near.update(range(day - WINDOW.days, day + WINDOW.days + 1))
        about = {
            one.document
            for one in self._told
            if one.document in self._new or not one.published or one.published.start.toordinal() in near
        }
        about |= {end for copy in copies for end in (copy.one, copy.other) if self._new & {copy.one, copy.other}}
        stories = {row["story"] for document, row in self._kept.items() if document in about} | {*self._handed_on.values()}
        about |= {document for document, row in self._kept.items() if row["story"] in stories}
        return [one for one in self._told if one.document in about]

    @staticmethod
    def _inside(copies: Iterable[Copy], told: Iterable[Told]) -> list[Pair]:
        known = {one.document for one in told}
        return [(copy.one, copy.other) for copy in copies if copy.one in known and copy.other in known]

    def _within(self, stories: Sequence[Story], copies: Iterable[Copy]) -> Iterator[Copy]:
        """Copies within stories that share too little for their signatures to meet."""
        linked = {c.other for c in copies} | {c.one for c in copies}
        pairs = (
            (other, document)
            for story in stories
            for n, document in enumerate(story.documents)
            for other in story.documents[max(0, n - _LOOKED) : n]
            if {document, other} & self._new and not {document, other} <= linked
        )
        return self._compared(p for p in pairs if likely(self._sketches[p[0]], self._sketches[p[1]]) or self._credits(*p))

    def _credits(self, one: str, other: str) -> bool:
        """Whether one of two documents names the agency or the outlet that the other is from."""
        return any(
            names(self._sketches[naming], source)
            for naming, named in ((one, other), (other, one))
            for source in sources(self._heads[named])
        )

    def _rows(self, stories: Iterable[Story], lineages: Iterable[Lineage]) -> dict[str, Row]:
        """Rows of stories and of lineages, which may have documents of other stories. `copy_of` is the first document of the
        lineage; kind and likeness are those to the document that the copy was made from, which may itself be a copy."""
        rows: dict[str, Row] = {}
        alike: dict[str, float] = {}
        for story in stories:
            for document, likeness in zip(story.documents, story.likeness, strict=True):
                before = self._kept.get(document, _BY_ITSELF)
                copied = before if before["copy_of"] else _BY_ITSELF | {"likeness": likeness}
                rows[document] = copied | {"story": story.id, "document": document}
                alike[document] = likeness
        for lineage in lineages:
            for document, parent in zip(lineage.documents, lineage.parents, strict=True):
                row = rows.get(document) or self._kept[document]
                made: Row = _BY_ITSELF | {"likeness": alike.get(document, row["likeness"])}
                if parent:
                    made = {"copy_of": lineage.documents[0], "copy_kind": parent.kind, "likeness": parent.likeness}
                rows[document] = row | made
        return rows
