"""Reads reports to a desk: those that it does not have yet."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from pathlib import Path

from communique.config import Settings
from communique.pipeline.run import Source, build
from communique.store.lake import Lake
from communique.store.writer import Coder, Writer
from communique.types.analysis import Failed
from communique.types.record import Record, version
from communique.types.text import Document


def coder_of(settings: Settings) -> Coder:
    """The coder that the settings make: what its records depend on. A codebook counts by its content. What the desk has learned
    grows with each report, so it counts by whether it is used."""
    book = _content(settings.codebook) if settings.codebook is not None else None
    said = {
        "pipeline": settings.pipeline,
        "published": settings.published.isoformat() if settings.published else None,
        "explain": settings.explain,
        "knowledge": settings.knowledge is not None,
        "codebook": book,
    }
    return Coder(version(), json.dumps({name: value for name, value in said.items() if value}, sort_keys=True))


class DeskReader:
    """Reads reports to the desk at a place. Raises UsageError where none can be kept there.

    `known` counts the reports that the desk had already as they would be read now; they are passed over.
    """

    def __init__(self, place: str, settings: Settings) -> None:
        self._pipeline = build(settings)
        self._writer = Writer(Lake(place), coder_of(settings))
        self.known = 0

    def read(self, sources: Iterable[Source]) -> Iterator[Record | Failed]:
        """A record for each report that was read and is on the desk now, or what went wrong, in order. Records are written in
        batches, so they are told in batches. When the caller stops, or is interrupted, what was read is written first."""
        told: list[Record | Failed] = []
        with self._writer as writer:
            for result in self._pipeline.read(sources, self._is_new):
                told.append(result)
                written = isinstance(result, Record) and writer.add(result)
                if written or not any(isinstance(one, Record) for one in told):
                    yield from told
                    told.clear()
            writer.flush()
            yield from told

    def _is_new(self, document: Document) -> bool:
        known = bool(self._writer.known([document.id]))
        self.known += known
        return not known


def _content(path: Path) -> str | None:
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError:
        return None  # the pipeline says what is wrong with the file
