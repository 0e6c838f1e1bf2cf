"""`communique import`: event files of others, and which of their lines can't be read."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path

from communique.cli.views import words
from communique.errors import InputError
from communique.ontology.datasets import table_of
from communique.pipeline.importing import import_events
from communique.sources.tables.datasets import BadLine
from communique.store.lake import Lake

_NAMED = 20


def import_files(paths: Iterable[Path], place: str) -> int:
    """Take files into a desk, one after the other; one that can't be read is told of and leaves the others alone. The exit
    code: 1 when a file or a line could not be read."""
    code = 0
    for path in paths:
        try:
            code |= _import(path, place)
        except InputError as error:
            code = 1
            print(f"communique: {error}", file=sys.stderr)
    return code


def _import(path: Path, place: str) -> int:
    """Take a file in, name the first lines that can't be read and count all."""
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
