"""The events of a desk as they are merged, read in one order, so that some are picked by looking at few columns of all."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from sys import intern
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from communique.store.lake import Lake
from communique.store.merged import document_runs, event_told
from communique.store.tables import Row
from communique.types.incidents import EventTold, Party

_COLUMNS = [
    *("document", "run", "id", "text_id", "publisher", "published_start", "published_end", "plover", "mode", "status", "actor"),
    *("recipient", "when_start", "when_end", "place", "place_name", "place_country", "latitude", "longitude"),
    *("attributed_names", "denied_names", "trigger_start", "trigger_end", "trigger", "evidence", "amounts", "confidence"),
]
_AT_ONCE = 1 << 14

Chosen = NDArray[np.bool_]


class Tellings:
    """The events of a desk as it stood when this was made. What is picked is given as a mask over all rows."""

    def __init__(self, lake: Lake) -> None:
        self._lake = lake
        runs = document_runs(lake)
        self._documents, self._runs = pa.array(runs, pa.string()), pa.array(runs.values(), pa.string())
        table = lake.table("events")
        self._paths = lake.paths(table) if table is not None else []
        self._stories, self._sources = lineage(lake)

    def columns(self, names: list[str]) -> pa.Table:
        """Columns of all rows."""
        return self._lake.read_files("events", self._paths, names)

    def standing(self, rows: pa.Table) -> Chosen:
        """Rows, with `document` and `run`, that belong to a document as it stands now."""
        run = self._runs.take(pc.index_in(rows["document"], self._documents).combine_chunks())
        return np.asarray(pc.fill_null(pc.equal(run, rows["run"]), False))

    def copies(self, sources: Iterable[str]) -> list[str]:
        """The documents that go back to these, and these themselves."""
        wanted = set(sources)
        return sorted(wanted | {document for document, source in self._sources.items() if source in wanted})

    def told(self, chosen: Chosen) -> Iterator[EventTold]:
        """The events that are chosen, in the order of the rows."""
        documents = pc.unique(self.columns(["document"]).filter(chosen)["document"])
        parties, precisions = self._parties(documents), self._precisions(documents)
        begin = 0
        with self._lake.reading():
            for batch in self._lake.dataset("events", self._paths).to_batches(columns=_COLUMNS, batch_size=_AT_ONCE):
                picked = chosen[begin : begin + len(batch)]
                begin += len(batch)
                for row in batch.filter(picked).to_pylist() if picked.any() else ():
                    row |= {name: intern(row[name]) for name in ("document", "run", "text_id")}
                    document = row["document"]
                    precision = precisions.get((document, row["place"]))
                    group = self._sources.get(document, document)
                    yield event_told(row, parties, precision, group, self._stories.get(document))

    def evidence(self, chosen: Chosen) -> dict[tuple[str, int, int], str]:
        """The words that show each of the events that are chosen, by text and trigger."""
        rows = self.columns(["text_id", "trigger_start", "trigger_end", "evidence"]).filter(chosen)
        return {
            (text, start, end): " ".join(span["text"] for span in spans or ())
            for batch in rows.to_batches(_AT_ONCE)
            for text, start, end, spans in zip(*batch.to_pydict().values(), strict=True)
        }

    def _parties(self, documents: pa.Array) -> dict[tuple[str, str], Party]:
        parties = {}
        same: dict[tuple[Any, ...], Party] = {}
        for row in self._rows("actors", ["id", "name", "entry", "country", "kind", "sectors"], documents):
            key = (row["name"], row["entry"], row["country"], row["kind"], tuple(row["sectors"] or ()))
            parties[row["document"], row["id"]] = same.setdefault(key, Party(*key))
        return parties

    def _precisions(self, documents: pa.Array) -> dict[tuple[str, str], str]:
        places = self._rows("places", ["id", "precision"], documents)
        return {(row["document"], row["id"]): row["precision"] for row in places}

    def _rows(self, name: str, columns: list[str], documents: pa.Array) -> Iterator[Row]:
        rows = self._lake.rows(name, ["document", "run", *columns], pc.field("document").isin(documents))
        for batch in rows.filter(self.standing(rows)).to_batches(_AT_ONCE):
            for row in batch.to_pylist():
                yield row | {"document": intern(row["document"]), "id": intern(row["id"])}


def lineage(lake: Lake) -> tuple[dict[str, str], dict[str, str]]:
    """The story of each document, and the document that it was first taken from, which stands for its source."""
    return sources_of(lake.rows("stories", ["story", "document", "copy_of"]).to_pylist())


def sources_of(rows: Sequence[Row]) -> tuple[dict[str, str], dict[str, str]]:
    """The same of rows of `stories`, all of a story or none."""
    parents = {r["document"]: r["copy_of"] for r in rows if r["copy_of"]}
    sources = {}
    for document in parents:
        first, seen = document, {document}
        while first in parents and parents[first] not in seen:
            first = parents[first]
            seen.add(first)
        sources[document] = first
    return {r["document"]: r["story"] for r in rows}, sources
