"""Reading the data files of a part of resolve/: books in YAML and tab-separated tables with `#` comments."""

from __future__ import annotations

from importlib import resources
from typing import Any

import yaml

from communique.errors import DataError


def read_text(part: str, name: str) -> str:
    """The text of `data/NAME` of a part, such as `times`. Raises `DataError` when it is missing."""
    try:
        return resources.files(f"communique.resolve.{part}").joinpath("data", name).read_text(encoding="utf-8")
    except OSError as error:
        raise DataError(f"resolve/{part}/data/{name}: the data file is missing; install the package again") from error


def read_rows(part: str, name: str) -> list[list[str]]:
    """The rows of a table of a part without comments and head, each as wide as the head."""
    lines = [line.split("\t") for line in read_text(part, name).split("\n") if line and line[0] != "#"]
    width = len(lines[0])
    return [(row + [""] * width)[:width] for row in lines[1:]]


def read_book(part: str, name: str) -> dict[str, Any]:
    """The mapping in a YAML file of a part. Raises `DataError` when it holds none."""
    content = yaml.load(read_text(part, name), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    if not isinstance(content, dict):
        raise DataError(f"resolve/{part}/data/{name}: expected a mapping at the top")
    return content
