"""From lines of report text to passages: headlines told from paragraphs, and cut sentences put together."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from communique.clean.features import word_class
from communique.clean.lines import Line, ends_sentence
from communique.types.text import Passage, Span

Kind = Literal["headline", "body"]
_HEADLINE_WORDS, _SUBHEAD_WORDS = 24, 9
_ITEM = re.compile(r"[(\[]?(?:[a-z]|[ivx]{1,4}|\d{1,3})[.)\]] |[-–—•*·▪] ?")
_LOWER_NAME = re.compile(
    r"[a-z]+[A-Z]|(?:al|el|as|ad|an|ar|at|ash|az)-[A-Z]|(?:de|da|von|van|der|den|bin|ibn|di|du|la|le) (?:\w+ )?[A-Z]"
)
_OPENERS = "\"'“‘«([…. "
_DANGLING = {"article", "preposition", "conjunction", "be", "have", "modal"}


@dataclass(frozen=True, slots=True)
class Kept:
    """A line of report text; `cut` says that lines which are none stood between it and the one before, `skip` how
    much of its beginning (a dateline) is not part of the passage."""

    line: Line
    cut: bool = False
    skip: int = 0


def _goes_on(text: str) -> bool:
    """Whether a line begins in the middle of a sentence."""
    if _ITEM.match(text) or _LOWER_NAME.match(text):
        return False
    return text.lstrip(_OPENERS)[:1].islower() or text[:2] in (", ", "; ")


def _breaks_off(text: str, cut: bool) -> bool:
    """Whether a line that another follows ends in the middle of a sentence."""
    if ends_sentence(text):
        return False
    bare = text.rstrip("\"'”’»)]")
    last = bare.rsplit(maxsplit=1)[-1].lower() if bare.split() else ""
    return (
        bare.endswith((",", "—", "–", " -")) or word_class(last) in _DANGLING or (cut and len(text.split()) >= _SUBHEAD_WORDS)
    )


def _is_title(text: str, words: int) -> bool:
    bare = text.rstrip("\"'”’»)]")
    return (
        len(text.split()) <= words and not bare.endswith((".", ",", ";", "…")) and text[:1] not in "-•*" and not _goes_on(text)
    )


def _kind(kept: Sequence[Kept], i: int, headed: bool) -> Kind:
    text = kept[i].line.text
    if i + 1 == len(kept) or (kept[i].skip and i) or _goes_on(kept[i + 1].line.text):
        return "body"
    if i == 0 or (headed and i < 3):
        is_head = _is_title(text, _HEADLINE_WORDS) and not text.endswith(":") and (i == 0 or i + 2 < len(kept))
        return "headline" if is_head and not _breaks_off(text, False) else "body"
    before = kept[i - 1].line.text
    ends = text.rstrip("\"'”’»)]")[-1:]
    is_head = (
        _is_title(text, _SUBHEAD_WORDS) and (ends.isalnum() or ends == "?") and text[:1].isalnum() and ends_sentence(before)
    )
    return "headline" if is_head and not kept[i + 1].cut and len(kept[i + 1].line.text) > 2 * len(text) else "body"


def _spans(kept: Kept) -> tuple[Span, ...]:
    first, *rest = kept.line.spans
    return (Span(first.start + kept.skip, first.end), *rest)


def build(kept: Sequence[Kept]) -> tuple[Passage, ...]:
    """The passages that lines of report text make. A line that begins in lower case, or that follows one which breaks
    off, is read with the passage before it, even if that ended in a full stop."""
    found: list[Passage] = []
    headed = True
    for i, line in enumerate(kept):
        kind = _kind(kept, i, headed)
        headed = headed and kind == "headline"
        last = found[-1] if found else None
        text = line.line.text
        joins = last is not None and last.kind == "body" and not line.skip and not _ITEM.match(text)
        if joins and last is not None and (_goes_on(text) or (kind == "body" and _breaks_off(kept[i - 1].line.text, line.cut))):
            found[-1] = Passage((*last.spans, *_spans(line)), "body")
        else:
            found.append(Passage(_spans(line), kind))
    return tuple(found)
