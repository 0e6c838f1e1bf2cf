"""The sketches of a desk's documents, kept in the table `sketches` so that a text is worded once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import islice

import numpy as np

from communique.merge.sketches import FORM, Sketch, sketch
from communique.store.lake import Lake
from communique.store.merged import named_documents
from communique.store.tables import SCHEMAS

_AT_ONCE = 5000
_PARTS = ("words", "skeleton", "terms", "counts")


def sketches_of(lake: Lake, runs: Mapping[str, str]) -> dict[str, Sketch]:
    """The sketches of all documents, with the runs that they stand by. Those that are not there are made and kept, some
    thousands in a commit, so that a merge that is broken off goes on from there."""
    found = dict(_kept(lake, runs))
    made = ((one.document, sketch(one)) for one in named_documents(lake, runs.keys() - found.keys()))
    while some := dict(islice(made, _AT_ONCE)):
        rows = [
            {"document": document, "run": runs[document], "form": FORM}
            | {part: getattr(one, part).tobytes() for part in _PARTS}
            for document, one in some.items()
        ]
        lake.append("sketches", rows)
        found |= some
    return found


def _kept(lake: Lake, runs: Mapping[str, str]) -> Iterator[tuple[str, Sketch]]:
    for batch in lake.rows("sketches", SCHEMAS["sketches"].names).to_batches(max_chunksize=_AT_ONCE):
        for row in batch.to_pylist():
            if row["form"] == FORM and runs.get(row["document"]) == row["run"]:
                words, skeleton, terms = (np.frombuffer(row[part], np.uint32) for part in _PARTS[:3])
                yield row["document"], Sketch(words, skeleton, terms, np.frombuffer(row["counts"], np.float32))
