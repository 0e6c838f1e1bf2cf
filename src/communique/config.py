"""Settings: read once at the edge, then passed in."""

from __future__ import annotations

import os
import re
from datetime import date, datetime
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from communique.errors import UsageError

PREFIX = "COMMUNIQUE_"
Column = Literal["text", "title", "url", "published", "publisher", "byline", "id"]
_FROM_ENVIRONMENT = ("pipeline", "threads", "knowledge", "codebook", "keep_raw")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def _day(value: object) -> object:
    """Days are written YYYY-MM-DD, a datetime gives its day; pydantic alone would also take a number of seconds."""
    if isinstance(value, datetime):
        return value.date()
    if value is None or isinstance(value, date):
        return value
    try:
        if isinstance(value, str) and _DAY.fullmatch(value):
            return date.fromisoformat(value)
    except ValueError:
        pass
    raise ValueError("is no day; write it as YYYY-MM-DD")


def _columns(value: object) -> object:
    """Columns are written `text=body,published=date`, or given as a dict."""
    if isinstance(value, dict):
        return tuple(value.items())
    if not isinstance(value, str):
        return value
    pairs = [part.partition("=") for part in value.split(",")]
    if not all(key.strip() and equals and name.strip() for key, equals, name in pairs):
        raise ValueError("is no list of columns; write it as text=body,published=date")
    return tuple((key.strip(), name.strip()) for key, _, name in pairs)


class Settings(BaseModel):
    """How reports are read.

    `published` is the day of publication of all of them, where it is known; `pipeline` the name of another spaCy
    pipeline; `threads` how many the network may use (none: as many as there are cores); `explain` keeps why;
    `knowledge` is the file of what the desk has learned, read before the reports and added to after them; `codebook` the
    file of the user's own types, which the reports are coded by too; `columns` says which columns of a table hold what
    (`text=body,published=date`), `keep_raw` is a folder that originals are kept in, `private_addresses` allows to ask
    addresses of private networks.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    published: Annotated[date | None, BeforeValidator(_day)] = None
    pipeline: str | None = None
    threads: int | None = Field(default=None, ge=1)
    explain: bool = False
    knowledge: Path | None = None
    codebook: Path | None = None
    columns: Annotated[tuple[tuple[Column, str], ...], BeforeValidator(_columns)] = ()
    keep_raw: Path | None = None
    private_addresses: bool = False


def load(**given: object) -> Settings:
    """The settings that are given, and for those that are not, the environment's (`COMMUNIQUE_PIPELINE`,
    `COMMUNIQUE_THREADS`, `COMMUNIQUE_KNOWLEDGE`, `COMMUNIQUE_CODEBOOK`, `COMMUNIQUE_KEEP_RAW`). Raises UsageError naming
    what can't be used."""
    values = {name: value for name in _FROM_ENVIRONMENT if (value := os.environ.get(PREFIX + name.upper()))}
    values |= {k: v for k, v in given.items() if v is not None}  # type: ignore[misc]
    try:
        return Settings.model_validate(values)
    except ValidationError as error:
        first = error.errors()[0]
        name = ".".join(str(part) for part in first["loc"])
        raise UsageError(f"{name}: {first['input']!r} {first['msg'].removeprefix('Value error, ')}") from None
