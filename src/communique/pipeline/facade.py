"""What `communique.read` and `communique.read_many` do: settings in, one pipeline for each of them kept and used again."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path

from communique import registry
from communique.config import Settings, load
from communique.pipeline.run import Pipeline, Source, build, record_or_raise
from communique.types.analysis import Failed
from communique.types.record import Record

_FILE_NAME = re.compile(r"\S*|[^\n]{1,200}\.[A-Za-z0-9]{2,5}")


@lru_cache(maxsize=4)
def _pipeline(settings: Settings) -> Pipeline:
    return build(settings)


def one(source: Source, **settings: object) -> Record:
    """The record of one file, document or text. Raises the report's error when it can't be read."""
    if isinstance(source, str) and not _names_file(source):
        source = registry.find(registry.SOURCES, "string")(source)
    return record_or_raise(next(many([source], **settings)))


def many(sources: Iterable[Source], **settings: object) -> Iterator[Record | Failed]:
    """A record or a failure for each file or document, in order."""
    return _pipeline(load(**settings)).read(sources)


def _names_file(text: str) -> bool:
    """Whether a string names a file: one that is there, or by its look: a single word, or one line with a file's ending."""
    if _FILE_NAME.fullmatch(text):
        return True
    return "\n" not in text and len(text) < 1000 and Path(text).exists()
