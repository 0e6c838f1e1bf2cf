"""Reading this layer's tables on what happened when."""

from __future__ import annotations

from datetime import date
from functools import cache
from importlib import resources

from communique.resolve.publication_weights import month_of


def rows(name: str) -> list[list[str]]:
    """The rows of a table under `data/` without comments and head, each as wide as the head."""
    text = (resources.files("communique.resolve") / "data" / name).read_text(encoding="utf-8")
    lines = [line.split("\t") for line in text.splitlines() if line and line[0] != "#"]
    return [[*cells, *[""] * (len(lines[0]) - len(cells))] for cells in lines[1:]]


@cache
def month(text: str) -> int:
    """The index of a month that is written `2024-05`."""
    return month_of(date(int(text[:4]), int(text[5:7]), 1))
