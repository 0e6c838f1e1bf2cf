"""What a PDF shows."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Shown:
    """The text that pages show, the entries of the Info dictionary (ISO 32000-1, 14.3.3), and the numbers of the pages without
    text."""

    text: str
    said: dict[str, str]
    empty: list[int]
