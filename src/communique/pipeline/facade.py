"""What `communique.read`, `read_many` and `who` do: settings in, one pipeline for each of them kept and used again."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path

from communique import registry
from communique.config import Settings, load
from communique.errors import InputError, UsageError
from communique.pipeline.run import Pipeline, Source, build, record_or_raise
from communique.pipeline.who import who_in_registry, who_in_report
from communique.resolve.actors.inquiry import Answer
from communique.types.analysis import Failed
from communique.types.record import Record
from communique.types.text import Document

_FILE_NAME = re.compile(r"\S+|[^\n]{1,200}\.[A-Za-z0-9]{2,5}")


@lru_cache(maxsize=4)
def _pipeline(settings: Settings) -> Pipeline:
    return build(settings)


def one(source: Source, **settings: object) -> Record:
    """The record of one file, page, document or text. Raises the report's error when it can't be read, UsageError when the
    source holds several reports."""
    if isinstance(source, str) and not _names_file(source):
        source = registry.find(registry.SOURCES, "string")(source)
    results = many([source], **settings)
    found = next(results, None)
    if found is None:
        raise InputError(f"{source}: holds no report")
    if next(results, None) is not None:
        raise UsageError(f"{source}: holds several reports; read them with communique.read_many")
    return record_or_raise(found)


def many(sources: Iterable[Source], **settings: object) -> Iterator[Record | Failed]:
    """A record or a failure for each file or document, in order. Raises UsageError when given a single one."""
    if isinstance(sources, (str, bytes, Path, Document)) or not isinstance(sources, Iterable):
        raise UsageError(f"sources: {type(sources).__name__} is no list of sources; give a list of paths or documents")
    return _pipeline(load(**settings)).read(sources)


def candidates(name: str, report: Source | None, **settings: object) -> tuple[Answer, ...]:
    """Who a name may mean, in a report or, without one, in the registry. Raises the report's error when it can't be read."""
    if report is None:
        return (who_in_registry(name, load(**settings)),)
    return who_in_report(name, report, load(**settings))[1]


def _names_file(text: str) -> bool:
    """Whether a string names a file: one that is there, or by its look: a single word, or one line with a file's ending."""
    if _FILE_NAME.fullmatch(text):
        return True
    if "\n" in text or not 0 < len(text) < 1000:
        return False
    try:
        return Path(text).exists()
    except (OSError, ValueError):  # too long for a name, or with characters that no name has
        return False
