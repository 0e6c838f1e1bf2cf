"""Quotations in a report: which words stand between quotation marks, over sentences and paragraphs."""

from __future__ import annotations

from dataclasses import dataclass

from communique.types.reading import Reading, Token

_OPEN = {"“": "”", "„": "”", "«": "»", "``": "''", "‘": "’"}
_EITHER = {'"', "''", "'"}
_TRAILING = frozenset({",", ";", "-", "--", "–", "—"})


@dataclass(frozen=True, slots=True)
class Quote:
    """Words between quotation marks: tokens `[first, last)` without the marks, and the tokens of the marks themselves.

    `close` is the index of the closing mark, or `last` where a paragraph ends without one. A comma before the closing
    mark is left out of the content.
    """

    first: int
    last: int
    open: int
    close: int

    def holds(self, index: int) -> bool:
        """Whether a token stands inside the quotation."""
        return self.open <= index <= self.close


def find_quotes(reading: Reading) -> tuple[Quote, ...]:
    """The outermost quotations of a report, in order. A paragraph that opens with a mark while the last one did not
    close goes on with it; a quotation that never closes ends with its paragraph."""
    found: list[Quote] = []
    start: int | None = None
    closer = ""
    for token in reading.tokens:
        begins = token.index == 0 or passage_of(reading, token.index) != passage_of(reading, token.index - 1)
        if start is not None and begins and not _goes_on(reading, token, closer):
            found.append(_quote(reading, start, token.index, token.index - 1))
            start = None
        if start is None or (token.text in _OPEN and not begins and _OPEN[token.text] == closer):
            closer = _closer(reading, token) or closer
            start = token.index if _closer(reading, token) else start
        elif token.text == closer and not begins and _may_close(reading, token):
            found.append(_quote(reading, start, token.index, token.index))
            start = None
    if start is not None and closer not in {"'", "’"}:
        found.append(_quote(reading, start, len(reading.tokens), len(reading.tokens) - 1))
    return tuple(q for q in found if q.last > q.first)


def passage_of(reading: Reading, index: int) -> int:
    """The index of the passage that a token stands in."""
    return reading.sentences[reading.tokens[index].sentence].passage


def _closer(reading: Reading, token: Token) -> str:
    """The mark that would close a quotation which this token opens, empty when it opens none."""
    if token.text in _OPEN:
        return _OPEN[token.text]
    if token.text not in _EITHER:
        return ""
    if token.text == '"':
        return token.text
    before = reading.tokens[token.index - 1] if token.index else None
    after = reading.tokens[token.index + 1] if token.index + 1 < len(reading.tokens) else None
    apart = before is None or before.end < token.start
    opens = apart and after is not None and after.start == token.end and after.text[:1].isalnum()
    return token.text if opens and token.text != "''" else ""


def _may_close(reading: Reading, token: Token) -> bool:
    """An apostrophe closes only after the word it touches and before a space or a stop."""
    if token.text not in {"'", "’"}:
        return True
    after = reading.tokens[token.index + 1] if token.index + 1 < len(reading.tokens) else None
    before = reading.tokens[token.index - 1]
    free = after is None or after.start > token.end or after.upos == "PUNCT"
    return before.end == token.start and free and not (before.text.endswith("s") and after is not None and after.upos == "NOUN")


def _goes_on(reading: Reading, token: Token, closer: str) -> bool:
    """Whether a quotation left open goes on in the paragraph that begins with a token: it opens with a mark, or it closes
    the quotation before another one opens."""
    if closer in {"'", "’"}:
        return False
    if token.text in _OPEN or token.text == '"':
        return True
    if closer == '"':
        return False
    passage = passage_of(reading, token.index)
    for later in reading.tokens[token.index :]:
        if later.text == closer:
            return True
        if later.text in _OPEN or passage_of(reading, later.index) > passage + 3:
            return False
    return False


def _quote(reading: Reading, start: int, last: int, close: int) -> Quote:
    first = start + 1
    while last > first and reading.tokens[last - 1].text in _TRAILING:
        last -= 1
    return Quote(first, last, start, close)
