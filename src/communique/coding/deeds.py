"""Whom an answer is to: who condemns "the attack" condemns the attackers, who rejects "the proposal" those who proposed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from communique.coding import graph
from communique.coding.codebook import noun_classes, types_of
from communique.types.events import Event
from communique.types.reading import Reading

ANSWERS = frozenset({"ACCUSE", "REJECT", "SUPPORT", "REQUEST", "THREATEN"})
WORDS = frozenset({"ACCUSE", "REJECT", "REQUEST", "THREATEN", "AGREE"})
MUTUAL = frozenset({"CONSULT", "AGREE"})
SURE = 0.5  # confidence; chosen on the dev part of communique-events and on annotated reports
AGAIN = frozenset({"the", "this", "these", "those", "that", "such"})
ABOUT, OF = frozenset({"for", "of", "to", "at", "over"}), frozenset({"of", "to", "in"})
# Verbs that lay a deed on its doer.
CHARGING = frozenset({"blame", "pin", "attribute", "ascribe", "impute"})
BLAMING = frozenset({"blame", "responsibility"})
STEM = 5  # letters that a verb and its noun share ("propose", "proposal")


def answered(reading: Reading, events: Sequence[Event]) -> tuple[Event, ...]:
    """The events, in the report's order, with what answers tell of the deeds that they answer.

    Who answers a deed is not who did it ("she condemned the attack"). An answer that names no recipient has those who did what
    it answers: the deed that its object names, or takes up from before by the same word, by a noun of the same type or by one
    for any deed ("the move"). What was said and is only taken up again ("denied the accusation") is no event of its own. What
    is blamed on somebody is theirs.
    """
    told = [(event, _head(reading, event)) for event in events]
    taken_up = set[int]()
    for k, (event, head) in enumerate(told):
        if event.plover not in ANSWERS or head is None:
            continue
        objects = tuple(_objects(reading, head))
        for i, (deed, noun) in enumerate(told):
            others = tuple(a for a in deed.actor if a not in event.actor)
            alone = deed.plover in MUTUAL and len(others) < 2  # who calls off talks takes part in them
            if i != k and noun in objects and len(others) < len(deed.actor) and not alone:
                told[i] = replace(deed, actor=others), noun
            if i != k and noun in objects[:1] and deed.plover in WORDS and _is_definite(reading, noun):
                taken_up.add(i)
        if event.plover == "ACCUSE" and event.recipient:
            for i in _laid(reading, head, told):
                told[i] = _done_by(told[i][0], event.recipient), told[i][1]
        if not event.recipient:
            doers = (_doers(reading, event, noun, told) for noun in objects)
            told[k] = replace(event, recipient=next(filter(None, doers), ())), head
    return tuple(event for i, (event, _) in enumerate(told) if i not in taken_up)


def _laid(reading: Reading, charge: int, told: Sequence[tuple[Event, int | None]]) -> Iterator[int]:
    """The deeds, by their place, that a charge lays on somebody: "blamed the raid on Peru", "laid the blame for the raid on
    Peru"."""
    objects = graph.spread(reading, graph.logical_objects(reading, charge))
    if reading.tokens[charge].upos == "VERB" and reading.tokens[charge].lemma in CHARGING:
        laid = objects
    else:
        blame = (i for i in (*objects, charge) if reading.tokens[i].lemma.lower() in BLAMING)
        laid = tuple(i for noun in blame for i in graph.obliques(reading, noun, frozenset({"for"})))
    return (i for i, (deed, noun) in enumerate(told) if noun in laid and deed.plover not in WORDS)


def _done_by(deed: Event, doers: tuple[str, ...]) -> Event:
    """The deed with those who are said to have done it, whom a reader of the clause alone may take for its victims."""
    return replace(deed, actor=deed.actor or doers, recipient=tuple(r for r in deed.recipient if r not in doers))


def in_passing(reading: Reading, event: Event) -> bool:
    """Whether an act is but mentioned: by a noun, with one side or none, and not surely; or words that were said before, of
    nobody to nobody ("the accusation is absurd")."""
    head = _head(reading, event)
    nominal = head is not None and reading.tokens[head].upos == "NOUN"
    if nominal and not event.actor and not event.recipient and event.plover in WORDS - MUTUAL and _is_definite(reading, head):
        return True
    return nominal and not (event.actor and event.recipient) and event.confidence < SURE


def _head(reading: Reading, event: Event) -> int | None:
    """The verb of a trigger, or the noun that the rest of it hangs on."""
    inside = {t.index: t for t in reading.between(event.trigger)}
    verbs = [i for i, t in inside.items() if t.upos == "VERB"]
    nouns = [i for i, t in inside.items() if t.upos == "NOUN" and (t.head not in inside or t.head == i)]
    return next(iter((*verbs, *nouns)), None)


def _objects(reading: Reading, head: int) -> Iterator[int]:
    """The nouns that an answer is about, each with those that it is of or to: "an end to the attacks"."""
    for noun in (*graph.logical_objects(reading, head), *graph.obliques(reading, head, ABOUT)):
        yield noun
        yield from (t.index for t in reading.children(noun, "nmod") if graph.case_of(reading, t.index) in OF)


def _main_deed(reading: Reading, noun: int, before: Sequence[tuple[Event, int | None]]) -> list[Event]:
    """The deed that a word for any deed takes up ("the move"): the one that the last sentence before is chiefly about."""
    if reading.tokens[noun].lemma.lower() not in noun_classes()["deeds"]:
        return []
    last = reading.tokens[noun].sentence - 1
    deeds = [(e, h) for e, h in before if h is not None and reading.tokens[h].sentence == last and e.plover not in ANSWERS]
    return [min(deeds, key=lambda d: len(tuple(graph.ancestors(reading, d[1]))))[0]] if deeds else []


def _is_definite(reading: Reading, noun: int | None) -> bool:
    return noun is not None and any(t.lemma.lower() in AGAIN for t in reading.children(noun, "det"))


def _doers(reading: Reading, answer: Event, noun: int, told: list[tuple[Event, int | None]]) -> tuple[str, ...]:
    token = reading.tokens[noun]
    if token.upos != "NOUN":
        return ()
    before = [(e, h) for e, h in told if h is not None and h <= noun and set(e.actor) - set(answer.actor) and e is not answer]
    same = [e for e, h in before if h == noun]
    if not same and _is_definite(reading, noun):
        stem = token.lemma.lower()[:STEM]
        same = [e for e, h in before if h is not None and reading.tokens[h].lemma.lower()[:STEM] == stem]
        same = same or [e for e, _ in before if e.plover in types_of(token.lemma.lower()) - {answer.plover}]
        same = same or _main_deed(reading, noun, before)
    return tuple(a for a in same[-1].actor if a not in answer.actor) if same else ()
