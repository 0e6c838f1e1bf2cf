"""Speech whose speaker stands before or behind it as a label: "NAME: ..." in transcripts, "“...” — NAME" under quotations."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from communique.coding.contents import trim
from communique.coding.quotes import Quote, passage_of
from communique.coding.speakers import ActorIndex
from communique.coding.utterances import Utterance
from communique.types.reading import Reading

_DASHES = frozenset({"—", "–", "―", "-", "--"})
_LABEL = 8  # words of a label
_SPEECH = 4  # words that speech behind a label must have


def labelled(index: ActorIndex, quotes: Sequence[Quote]) -> Iterator[Utterance]:
    """What is labelled with a person's name, quotations first; the actors are the index's."""
    reading = index.reading
    quoted = set()
    for quote in quotes:
        speaker = _behind(index, quote)
        if speaker is None and quote.open and reading.tokens[quote.open - 1].text == ":":
            speaker = _before(index, quote.open - 1)
        if speaker is not None:
            quoted.add(passage_of(reading, quote.open))
            yield Utterance(((quote.first, quote.last),), None, speaker, "quote")
    for sentence in reading.sentences:
        colon = next((t.index for t in reading.words(sentence)[:_LABEL] if t.text == ":"), None)
        if colon is None or sentence.kind == "headline" or sentence.passage in quoted:
            continue
        speaker = _before(index, colon)
        parts = trim(reading, [(colon + 1, _end(reading, colon))])
        if speaker is not None and sum(last - first for first, last in parts) >= _SPEECH:
            yield Utterance(parts, None, speaker, "quote")


def _before(index: ActorIndex, colon: int) -> int | None:
    """The person whose name is all that stands between the beginning of a passage and a colon."""
    reading = index.reading
    first = colon
    while first and passage_of(reading, first - 1) == passage_of(reading, colon):
        first -= 1
    return _person(index, range(first, colon))


def _behind(index: ActorIndex, quote: Quote) -> int | None:
    """The person whose name, after a dash, is all that follows a quotation in its passage, or the one after."""
    reading = index.reading
    dash = quote.close + 1
    if dash >= len(reading.tokens) or reading.tokens[dash].text not in _DASHES:
        return None
    return _person(index, range(dash + 1, _end(reading, dash)))


def _end(reading: Reading, index: int) -> int:
    last = index + 1
    while last < len(reading.tokens) and passage_of(reading, last) == passage_of(reading, index):
        last += 1
    return last


def _person(index: ActorIndex, label: range) -> int | None:
    """The head of the first person in a label without verbs."""
    tokens = [index.reading.tokens[i] for i in label]
    if not tokens or len(tokens) > _LABEL or any(t.upos in {"VERB", "AUX"} for t in tokens):
        return None
    return next((t.index for t in tokens if any(a.kind == "person" for a in index.at(t.index))), None)
