"""Types of events on the sentences that test PETRARCH (Norris, Schrodt and Beieler 2017, JOSS).

XML of `Sentence` elements with `EventCoding` elements (`eventcode`: CAMEO) and `Text`. Sentences count whose codes have a root
that PLOVER keeps (03 to 20): most of their actors are invented, so that nothing but the act can be known. Right is the coder's
surest event where its type, or the type that its CAMEO code is filed under, is one of the sentence's (the records code some
intents as intents, others as the act); a sentence without any event is wrong.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from communique import registry
from communique.config import Settings
from communique.errors import DataError
from communique.evaluation.tally import YIELD
from communique.ontology.plover import plover_of
from communique.pipeline import build
from communique.types.analysis import Failed
from communique.types.events import Event

_SENTENCE = re.compile(r"<Sentence\b.*?</Sentence>", re.DOTALL)
_CODE = re.compile(r'<EventCoding\b[^>]*\beventcode\s*=\s*"(\d{3,4})[A-Z]?"')
_TEXT = re.compile(r"<Text>(.*?)</Text>", re.DOTALL)
_ENTITIES = {"&amp;": "&", "&lt;": "<", "&gt;": ">", "&quot;": '"', "&apos;": "'"}


@dataclass(frozen=True, slots=True)
class Coded:
    """A sentence and the PLOVER types of its gold codes."""

    text: str
    types: frozenset[str]


def load(path: Path) -> list[Coded]:
    """The sentences with a code that PLOVER keeps. Raises DataError where there is none."""
    try:
        found = list(_sentences(path.read_text(encoding="utf-8", errors="replace")))
    except OSError as error:
        raise DataError(f"{path}: can't be read ({error})") from None
    if not found:
        raise DataError(f"{path}: holds no Sentence with Text and EventCoding of a known code; give PETRARCH's test records")
    return found


def _sentences(text: str) -> Iterator[Coded]:
    # The file is no well-formed XML: it has bare ampersands and comments within comments.
    for match in _SENTENCE.finditer(text):
        types = frozenset(plover for code in _CODE.findall(match[0]) if (plover := plover_of(code)))
        words = _TEXT.search(match[0])
        if types and words:
            plain = " ".join(words[1].split())
            for entity, character in _ENTITIES.items():
                plain = plain.replace(entity, character)
            yield Coded(plain, types | YIELD if types & YIELD else types)


def evaluate(path: Path) -> dict[str, float]:
    """The share of sentences whose surest event has a right type, and the share that has any event."""
    coded = load(path)
    from_string = registry.find(registry.SOURCES, "string")
    right = told = 0
    for gold, record in zip(coded, build(Settings()).read(from_string(c.text) for c in coded), strict=True):
        events = () if isinstance(record, Failed) else record.events
        told += bool(events)
        right += bool(events) and bool(_types(max(events, key=lambda e: e.confidence)) & gold.types)
    count = len(coded)
    return {"petrarch_type_accuracy": right / count, "petrarch_any_event": told / count, "petrarch_sentences": float(count)}


def _types(event: Event) -> set[str]:
    return {event.plover, plover_of(event.cameo or "") or event.plover}
