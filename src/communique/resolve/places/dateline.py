"""Where a report was written: the places of its dateline, "PARIS, Texas (AP) -"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from communique.types.analysis import Analysis
from communique.types.text import Span

_LONGEST = 100
_END = re.compile(r"\s*(?:\(|--|[-–—](?:\s|$)|,?\s*\d|$)")
_NAME = re.compile(r"\s*,?\s*([^\W\d_][^\d,()–—]*?)(?=\s*(?:,|\(|--|\s-|[–—]|\d|$))")
_PARTS = 2


def dateline_places(analysis: Analysis) -> Iterator[tuple[Span, str]]:
    """The town of the report's dateline and the division or state behind it, with their spans; nothing without a dateline.
    It stands in the line that the text starts in and is no part of its passages."""
    body = next((p for p in analysis.passages if p.kind == "body" and p.spans), None)
    if body is None:
        return
    text, end = analysis.document.text, body.spans[0].start
    position = text.rfind("\n", 0, end) + 1
    if not 0 < end - position <= _LONGEST:
        return
    for _ in range(_PARTS):
        found = _NAME.match(text, position, end)
        if found is None or text[found.end() : end].lstrip()[:1].isdigit():  # "July 29"
            return
        yield Span(*found.span(1)), found[1]
        position = found.end()
        if _END.match(text, position, end):
            return
