"""`communique import`: an event file of others, and which of its lines can't be read."""

from __future__ import annotations

import sys
from pathlib import Path

from communique.cli.views import words
from communique.ontology.datasets import table_of
from communique.pipeline.importing import import_events
from communique.sources.datasets import BadLine
from communique.store.lake import Lake

_NAMED = 20


def import_file(path: Path, place: str) -> int:
    """Take a file into a desk, name the first lines that can't be read and count all; the exit code: 1 when there are such."""
    named = 0

    def complain(bad: BadLine) -> None:
        nonlocal named
        named += 1
        if named <= _NAMED:
            print(f"{path}, line {bad.line}: {words(bad.why)}; left out", file=sys.stderr)

    done = import_events(path, Lake(place), complain)
    if done.bad > _NAMED:
        print(f"{path}: {done.bad - _NAMED} more lines left out", file=sys.stderr)
    if done.known:
        print(f"{path}: is in {table_of(done.dataset)} already; nothing changed")
    else:
        print(f"{path}: {done.rows} rows into {table_of(done.dataset)}, {done.bad} lines left out")
    return 1 if done.bad else 0
