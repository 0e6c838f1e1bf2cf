"""Communique reads news reports and keeps a sourced, dated record of who did what to whom, and who says so."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from communique.pipeline.desk import Desk
    from communique.resolve.actors.inquiry import Answer
    from communique.types.analysis import Failed
    from communique.types.record import Record
    from communique.types.text import Document

__all__ = ["open_desk", "read", "read_many", "who"]


def read(
    path_or_text: str | Path | Document,
    published: date | str | None = None,
    pipeline: str | None = None,
    explain: bool = False,
    codebook: str | Path | None = None,
) -> Record:
    """Read one report: a file, or its text when the string is no file and doesn't look like the name of one.

    A string with a line end is always text, and so is `communique.sources.text.from_string(text)`, a `Document`.
    `published` is its day of publication, where known; `pipeline` names a spaCy pipeline to use in place of our own;
    `explain` keeps why each event was coded so; `codebook` is a file of types of your own (docs/codebooks.md). Raises
    InputError when the report can't be read, UsageError when a setting can't be used or the source is of another type,
    DataError when something is wrong with the codebook.
    """
    from communique.pipeline.facade import one

    return one(path_or_text, published=published, pipeline=pipeline, explain=explain, codebook=codebook)


def read_many(
    sources: Iterable[str | Path | Document],
    published: date | str | None = None,
    pipeline: str | None = None,
    explain: bool = False,
    codebook: str | Path | None = None,
) -> Iterator[Record | Failed]:
    """Read files or documents in one go: a record or a `Failed` for each, in order. Settings as for `read`."""
    from communique.pipeline.facade import many

    return many(sources, published=published, pipeline=pipeline, explain=explain, codebook=codebook)


def open_desk(
    place: str | Path, options: Mapping[str, str] | None = None, as_coded: bool = False, all_versions: bool = False
) -> Desk:
    """Open the desk in a folder, or at the address of a bucket (`s3://…`, with `options` for its storage), for asking
    (docs/asking.md); `as_coded` without what people judged, `all_versions` with older versions of watched reports. Raises
    UsageError where there is none."""
    from communique.pipeline.desk import Desk

    return Desk(place, options, as_coded, all_versions)


def who(
    name: str, report: str | Path | None = None, on: date | str | None = None, knowledge: str | Path | None = None
) -> tuple[Answer, ...]:
    """Who a name may mean, with the weighted reasons: in the registry, at a day of office or at any time, or in a report, for
    each actor that it calls so; `on` is its day of publication then. Raises what reading the report raises."""
    from communique.pipeline.facade import candidates

    return candidates(name, report, published=on, knowledge=knowledge)
