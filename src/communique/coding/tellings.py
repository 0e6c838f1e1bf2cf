"""One happening, one event: tellings of the same act within a report become one event with several places."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from communique.coding.graph import base
from communique.types.events import Event, Telling
from communique.types.reading import Reading

YIELDS = frozenset({"CONCEDE", "RETREAT"})
ORDINALS = frozenset("first second third fourth fifth sixth seventh eighth ninth tenth latest last only".split())
OTHERS = frozenset("first second third fourth fifth previous earlier former other last past original".split())
REALIS = frozenset({"happened", "ongoing"})
CLOSE = frozenset({"obl", "obj", "nmod", "compound", "xcomp", "acl", "advcl", "amod"})
_NEAR = 2  # sentences from an act to the "it" that stands for it


def united(reading: Reading, events: Sequence[Event]) -> tuple[Event, ...]:
    """The events with those that tell the same act joined; the fullest telling leads, ids are made anew in its order."""
    groups: list[list[Event]] = []
    for event in events:
        alike = [g for g in groups if any(_same(reading, other, event) for other in g)]
        if not alike:
            groups.append([event])
        elif _named_again(reading, event):
            max(alike, key=lambda g: g[-1].trigger).append(event)  # "it" is what was told last
        else:
            alike[0].append(event)
    joined = sorted((_join(group) for group in groups), key=lambda e: e.trigger)
    return tuple(replace(e, id=f"e{n}") for n, e in enumerate(joined, 1))


def _same(reading: Reading, a: Event, b: Event) -> bool:
    if a.plover != b.plover and not {a.plover, b.plover} <= YIELDS:
        return False
    if a.mode != b.mode and a.mode and b.mode:
        return False
    if _apart(a, b):
        return False
    if a.trigger < b.trigger and _named_again(reading, b) and _back(reading, a, b) <= _NEAR:
        return True
    if a.status != b.status and not {a.status, b.status} <= REALIS:
        return False
    first, second = set(a.actor), set(b.actor)
    third, fourth = set(a.recipient), set(b.recipient)
    alike = _lemma(reading, a) == _lemma(reading, b)
    if first == second and third == fourth:
        told_again = alike or _points_back(reading, b) or _in_headline(reading, a) or _hangs_on(reading, a, b)
        return told_again and bool(first or third)
    # A nominal that names fewer of those involved points back ("the attack").
    fewer = second <= first and fourth <= third
    return fewer and (alike or not (second or fourth)) and (_points_back(reading, b) or _hangs_on(reading, a, b))


def _back(reading: Reading, a: Event, b: Event) -> int:
    """How many sentences the first event stands before the second."""
    one, two = (next(reading.between(e.trigger), None) for e in (a, b))
    return two.sentence - one.sentence if one is not None and two is not None else 0


def _apart(a: Event, b: Event) -> bool:
    one, two = (e.when.interval if e.when else None for e in (a, b))
    return one is not None and two is not None and (one.end <= two.start or two.end <= one.start)


def _lemma(reading: Reading, event: Event) -> str:
    token = next(reading.between(event.trigger), None)
    return token.lemma.lower()[:5] if token is not None else ""


def _points_back(reading: Reading, event: Event) -> bool:
    token = next((t for t in reading.between(event.trigger) if t.upos == "NOUN"), None)
    if token is None:
        return False
    if any(t.lemma.lower() in OTHERS for t in reading.children(token.index, "amod")):
        return False
    return any(t.lemma.lower() in {"the", "this", "these", "those", "that"} for t in reading.children(token.index, "det"))


def _named_again(reading: Reading, event: Event) -> bool:
    """Whether the event is but what another is said to be: "It is the first such trip", "flew to Lima, the first visit by …".
    Who takes part, and whether it came about, is what that one tells."""
    token = next(reading.between(event.trigger), None)
    if token is None or token.upos != "NOUN":
        return False
    if any(reading.children(token.index, "cop")):
        return any(t.lemma.lower() in {"it", "this", "that"} for t in reading.children(token.index, "nsubj"))
    before = [
        reading.tokens[i] for i in range(max(0, token.index - 4), token.index) if reading.tokens[i].sentence == token.sentence
    ]
    lemmas = [t.lemma.lower() for t in before]
    return any(lemmas[i : i + 2] == [",", "the"] and lemmas[i + 2] in ORDINALS for i in range(len(lemmas) - 2))


def _hangs_on(reading: Reading, a: Event, b: Event) -> bool:
    """Whether one trigger is governed by the other: "killed in a bombing", "launched an attack"."""
    one, two = (next(reading.between(e.trigger), None) for e in (a, b))
    if one is None or two is None or one.sentence != two.sentence:
        return False
    return any(x.head == y.index and base(x) in CLOSE for x, y in ((one, two), (two, one)))


def echoed(reading: Reading, event: Event, echoes: Iterable[tuple[str, int, Telling]]) -> Event:
    """The event with those echoes, each with its type and its trigger's head, that tell its outcome or its deed in a word of
    their own: of the same type, and one governs the other ("killed in an airstrike", also "killed and others hurt in")."""
    heads = [t for t in reading.between(event.trigger) if t.upos in {"VERB", "NOUN", "PROPN"}]
    told = tuple(
        telling for plover, head, telling in echoes
        if plover == event.plover and any(_below(reading, t.index, head) or _below(reading, head, t.index) for t in heads)
    )  # fmt: skip
    return replace(event, tellings=(*event.tellings, *told)) if told else event


def _below(reading: Reading, index: int, above: int) -> bool:
    """Whether a word hangs on another one, or on one that is coordinated with it."""
    token = reading.tokens[index]
    if index == above or base(token) not in CLOSE:
        return False
    while token.head != token.index:
        token = reading.tokens[token.head]
        if token.index == above:
            return True
        if base(token) != "conj":
            return False
    return False


def _in_headline(reading: Reading, event: Event) -> bool:
    token = next(reading.between(event.trigger), None)
    return token is not None and reading.sentences[token.sentence].kind == "headline"


def _fullness(event: Event) -> tuple[int, float]:
    told = len(event.actor) + len(event.recipient) + (event.when is not None) + (event.where is not None)
    return told, event.confidence


def _join(group: Sequence[Event]) -> Event:
    lead = max(group, key=_fullness)
    rest = [e for e in group if e is not lead]
    if not rest:
        return lead
    return replace(
        lead,
        when=lead.when or next((e.when for e in rest if e.when), None),
        where=lead.where or next((e.where for e in rest if e.where), None),
        contexts=_merged(e.contexts for e in group),
        attributed_to=lead.attributed_to if all(e.attributed_to for e in group) else (),
        tellings=tuple(Telling(e.trigger, e.evidence) for e in rest),
        confidence=max(e.confidence for e in group),
    )


def _merged(tuples: Iterable[tuple[str, ...]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(x for t in tuples for x in t))
