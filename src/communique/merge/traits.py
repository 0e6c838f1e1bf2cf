"""What of an event is compared with others, made once for each: sides, days, place, numbers and the words around it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache
from zlib import crc32

from communique.merge.history import PUT_OFF
from communique.merge.wording import words_of
from communique.ontology.tables import read_rows
from communique.types.incidents import EventTold, Figure, Party

_MUTUAL = frozenset({"CONSULT", "AGREE", "COOPERATE"})
_WORD = re.compile(r"[a-z]{3,}")
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?"
_DATE = re.compile(rf"\b(?:{_MONTH} \d{{1,2}}|\d{{1,2}} {_MONTH}|(?:19|20)\d\d)\b")
_ENDING = re.compile(r"(?:ations?|ements?|ments?|ings?|ions?|ed|es|e|s)$")
_FEW, _SHARE = 50, 0.05  # events, and share of them, that a word is not common in
BITS = 512  # few of some twenty words fall together


@dataclass(frozen=True, slots=True)
class Traits:
    """What is compared of an event, made once.

    Days are ordinals, half-open; `guessed` says that they come from the day of the report, none being told; both 0 where that
    is unknown too. `moved` is what is planned for other days than it was; `denied` what was by the day of the report, perhaps
    called off by then. Sectors are PLOVER's, but those of states; `persons` says that each party is one that is known. `sides`
    are the countries, and the registry's entries that have none; names only where there is nothing else, and then they are not
    `known`. `words` is a set of the words around the trigger, one bit for each (a Bloom filter of one hash), without those that
    any report of such an act has, and those of its sides, its place and whom it quotes."""

    plover: str
    mode: str | None
    planned: bool
    moved: bool
    denied: bool
    actor: frozenset[str]
    recipient: frozenset[str]
    actor_countries: frozenset[str]
    recipient_countries: frozenset[str]
    actor_sectors: frozenset[str]
    recipient_sectors: frozenset[str]
    persons: bool
    sides: frozenset[str]
    known: bool
    mutual: bool
    start: int
    end: int
    guessed: bool
    published: int | None
    point: tuple[float, float] | None
    place: str | None
    place_country: str | None
    exact_place: bool
    figures: tuple[Figure, ...]
    stem: str
    words: int
    story: str | None
    text_id: str
    group: str


def common_words(evidence: Iterable[str]) -> frozenset[str]:
    """Stems that so many events are told with that they tell none from another; given is the evidence of each."""
    counts: Counter[str] = Counter()
    events = 0
    for words in evidence:
        counts.update(_stems(words))
        events += 1
    most = max(_FEW, _SHARE * events)
    return frozenset(word for word, n in counts.items() if n > most)


def _stems(words: str) -> set[str]:
    dull = words_of("dull_words") | words_of("number_words")
    return {stem(w) for w in _WORD.findall(words.lower()) if w not in dull}


@cache
def _adjectives() -> dict[str, frozenset[str]]:
    """What is of a country, and those who are, by the stems of these words: "Syrian", "Syrians"."""
    return {
        code: frozenset(_stems(" ".join((name, adjectives, demonyms)).replace("|", " ")))
        for code, name, _, adjectives, demonyms, *_ in read_rows("states.tsv")
    }


def content_of(event: EventTold) -> frozenset[str]:
    """What the words of an event tell beside its parties: stems and numbers, without the days of dates."""
    said = _DATE.sub(" ", event.evidence.lower())
    return frozenset(_stems(said) | set(_NUMBER.findall(said))) - _names_of(event)


def _names_of(event: EventTold) -> set[str]:
    """The stems that its parties, their countries and whom it quotes are named by."""
    parties = (*event.actor, *event.recipient)
    named = _stems(" ".join([*(p.name for p in parties), *event.attributed_to]))
    for country in {p.country for p in parties} | {event.place_country}:
        named |= _adjectives().get(country or "", frozenset())
    return named


def traits_of(event: EventTold, common: frozenset[str] = frozenset()) -> Traits:
    """What of an event is compared; words that are `common` tell nothing."""
    published = event.published.start.toordinal() if event.published else None
    start, end = published or 0, (published or 0) + 1
    if event.when:
        start, end = event.when.start.toordinal(), event.when.end.toordinal()
    actor, recipient = _keys(event.actor), _keys(event.recipient)
    broad = event.place_precision not in (None, "city", "unknown")
    point = (event.latitude, event.longitude) if event.latitude is not None and event.longitude is not None else None
    parties = (*event.actor, *event.recipient)
    named = _names_of(event) | _stems(f"{event.place or ''} {event.words}")
    sides, known = _sides_of(parties)
    mutual = known and (actor == recipient or (event.plover in _MUTUAL and len(actor | recipient) > 1))
    return Traits(
        event.plover,
        event.mode,
        event.status == "planned",
        event.status == "planned" and PUT_OFF.search(event.evidence) is not None,
        event.status == "denied" and (event.when is None or published is None or start <= published),
        actor,
        recipient,
        _countries(event.actor),
        _countries(event.recipient),
        _sectors(event.actor),
        _sectors(event.recipient),
        all((p.entry or "").startswith("person:") for p in parties),
        sides,
        known,
        mutual,
        start,
        end,
        event.when is None,
        published,
        point,
        event.place.lower().removeprefix("the ") if event.place else None,
        event.place_country,
        not broad and event.place is not None,
        event.figures,
        stem(event.words.lower().split()[-1]) if event.words.strip() else "",
        _bits(_stems(event.evidence) - named - common),
        event.story,
        event.text_id,
        event.group,
    )


@lru_cache(maxsize=100_000)
def stem(word: str) -> str:
    """A word without the endings that its forms differ in; crude, as both sides get the same."""
    shorter = _ENDING.sub("", word)
    if len(shorter) < 3:
        return word
    return shorter[:-1] if len(shorter) > 3 and shorter[-1] == shorter[-2] else shorter


def _keys(parties: Iterable[Party]) -> frozenset[str]:
    return _same(frozenset([p.entry or p.name.lower() for p in parties]))


def _countries(parties: Iterable[Party]) -> frozenset[str]:
    return _same(frozenset([p.country for p in parties if p.country]))


def _sectors(parties: Iterable[Party]) -> frozenset[str]:
    return _same(frozenset([sector for p in parties if p.kind != "state" for sector in p.sectors]))


def _sides_of(parties: tuple[Party, ...]) -> tuple[frozenset[str], bool]:
    known = frozenset(p.country or p.entry or "" for p in parties) - {""}
    return _same(known or frozenset(p.name.lower() for p in parties)), bool(known)


@lru_cache(maxsize=1 << 16)
def _same(names: frozenset[str]) -> frozenset[str]:
    """One set for all that are equal: of a million events, few have sides of their own."""
    return names


def _bits(words: Iterable[str]) -> int:
    found = 0
    for word in words:
        found |= 1 << crc32(word.encode()) % BITS
    return found
