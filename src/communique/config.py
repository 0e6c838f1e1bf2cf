"""Settings: read once at the edge, then passed in."""

from __future__ import annotations

import os
import re
from datetime import date, datetime
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from communique.errors import UsageError

PREFIX = "COMMUNIQUE_"
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


class Settings(BaseModel):
    """How reports are read.

    `published` is the day of publication of all of them, where it is known; `pipeline` the name of another spaCy
    pipeline; `threads` how many the network may use (none: as many as there are cores); `explain` keeps why;
    `knowledge` is the file of what the desk has learned, read before the reports and added to after them; `codebook` the
    file of the user's own types, which the reports are coded by too.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    published: Annotated[date | None, BeforeValidator(_day)] = None
    pipeline: str | None = None
    threads: int | None = Field(default=None, ge=1)
    explain: bool = False
    knowledge: Path | None = None
    codebook: Path | None = None


def load(**given: object) -> Settings:
    """The settings that are given, and for those that are not, the environment's (`COMMUNIQUE_PIPELINE`,
    `COMMUNIQUE_THREADS`, `COMMUNIQUE_KNOWLEDGE`, `COMMUNIQUE_CODEBOOK`). Raises UsageError naming what can't be used."""
    values = {k: v for k in ("pipeline", "threads", "knowledge", "codebook") if (v := os.environ.get(PREFIX + k.upper()))}
    values |= {k: v for k, v in given.items() if v is not None}  # type: ignore[misc]
    try:
        return Settings.model_validate(values)
    except ValidationError as error:
        first = error.errors()[0]
        name = ".".join(str(part) for part in first["loc"])
        raise UsageError(f"{name}: {first['input']!r} {first['msg'].removeprefix('Value error, ')}") from None
