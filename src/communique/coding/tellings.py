"""One happening, one event: tellings of the same act within a report become one event with several places."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from communique.coding.circumstances import MAX_TRIGGER
from communique.coding.frames import light_verbs
from communique.coding.graph import base
from communique.types.events import Event, Telling
from communique.types.reading import Reading, Token
from communique.types.text import Span

YIELDS = frozenset({"CONCEDE", "RETREAT"})
ORDINALS = frozenset("first second third fourth fifth sixth seventh eighth ninth tenth latest last only".split())
OTHERS = frozenset("first second third fourth fifth previous earlier former other last past original".split())
MORE = frozenset({"another", "similar"})
REALIS = frozenset({"happened", "ongoing"})
CLOSE = frozenset({"obl", "obj", "nmod", "compound", "xcomp", "acl", "advcl", "amod"})
_NEAR = 2  # sentences from an act to the "it" that stands for it


def united(reading: Reading, events: Sequence[Event]) -> tuple[Event, ...]:
    """The events with those that tell the same act joined; the fullest telling leads, ids are made anew in its order."""
    groups: list[list[Event]] = []
    for event in events:
        alike = [g for g in groups if any(_same(reading, other, event) for other in g)]
        alike = alike or [g for g in groups if len(g) == 1 and _sums_up(reading, g[0], event)][:1]
        if not alike:
            groups.append([event])
        elif _named_again(reading, event):
            max(alike, key=lambda g: g[-1].trigger).append(event)  # "it" is what was told last
        else:
            alike[0].append(event)
    joined = sorted((_join(reading, group) for group in groups), key=lambda e: e.trigger)
    return tuple(replace(e, id=f"e{n}") for n, e in enumerate(joined, 1))


def _same(reading: Reading, a: Event, b: Event) -> bool:
    if a.plover != b.plover and not {a.plover, b.plover} <= YIELDS:
        return False
    hangs = _hangs_on(reading, a, b)
    if a.mode != b.mode and a.mode and b.mode and not hangs:
        return False
    if _apart(a, b) or (a.trigger < b.trigger and not hangs and is_another(reading, b)):
        return False
    if a.trigger < b.trigger and _named_again(reading, b) and _back(reading, a, b) <= _NEAR:
        return True
    if a.status != b.status and not {a.status, b.status} <= REALIS:
        return False
    first, second = set(a.actor), set(b.actor)
    third, fourth = set(a.recipient), set(b.recipient)
    alike = _lemma(reading, a) == _lemma(reading, b)
    if alike and (_is_bare(reading, b) or (first == second and first and _are_nouns(reading, a, b) and fourth <= third)):
        return True
    if first == second and third == fourth:
        told_again = alike or _points_back(reading, b) or _in_headline(reading, a) or hangs
        return told_again and bool(first or third)
    # A nominal that names fewer of those involved points back ("the attack").
    fewer = second <= first and fourth <= third
    return fewer and (hangs or ((alike or not (second or fourth)) and _points_back(reading, b)))


def _back(reading: Reading, a: Event, b: Event) -> int:
    """How many sentences the first event stands before the second."""
    one, two = (next(reading.between(e.trigger), None) for e in (a, b))
    return two.sentence - one.sentence if one is not None and two is not None else 0


def _apart(a: Event, b: Event) -> bool:
    one, two = (e.when.interval if e.when else None for e in (a, b))
    return one is not None and two is not None and (one.end <= two.start or two.end <= one.start)


def _head(reading: Reading, event: Event) -> Token | None:
    """The verb of a trigger, or the noun that the rest of it hangs on."""
    inside = {t.index: t for t in reading.between(event.trigger)}
    nouns = (t for t in inside.values() if t.upos == "NOUN" and (t.head not in inside or t.head == t.index))
    return next((t for t in (*(t for t in inside.values() if t.upos == "VERB"), *nouns, *inside.values())), None)


def _lemma(reading: Reading, event: Event) -> str:
    token = _head(reading, event)
    return token.lemma.lower()[:5] if token is not None else ""


def _are_nouns(reading: Reading, *events: Event) -> bool:
    return all(token is not None and token.upos == "NOUN" for token in (_head(reading, e) for e in events))


def _is_bare(reading: Reading, event: Event) -> bool:
    """Whether a noun takes up an act that was told, saying nothing more of it ("the attack")."""
    token = _head(reading, event)
    if token is None or token.upos != "NOUN" or not _points_back(reading, event):
        return False
    return not reading.children(token.index, "nmod", "compound", "amod", "acl", "nummod")


def _sums_up(reading: Reading, a: Event, b: Event) -> bool:
    """Whether a headline tells an act of the text: of its type, with one side the same and none that says otherwise."""
    if not _in_headline(reading, a) or _in_headline(reading, b) or _apart(a, b) or is_another(reading, b):
        return False
    if a.plover != b.plover and not {a.plover, b.plover} <= YIELDS:
        return False
    if set(a.recipient) & set(b.recipient):
        return True
    same = bool(set(a.actor) & set(b.actor)) or not (a.actor or a.recipient)
    return same and (_lemma(reading, a) == _lemma(reading, b) or not (a.recipient or b.recipient))


def is_another(reading: Reading, event: Event) -> bool:
    """Whether an act is told as one more beside those told before: "another raid", "imposed similar sanctions"."""
    inside = list(reading.between(event.trigger))
    objects = [o for t in inside if t.upos == "VERB" for o in reading.children(t.index, "obj")]
    nouns = (t for t in (*inside, *objects) if t.upos == "NOUN")
    return any(m.lemma.lower() in MORE for t in nouns for m in reading.children(t.index, "amod", "det"))


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
    one, two = _head(reading, a), _head(reading, b)
    if one is None or two is None or one.sentence != two.sentence:
        return False
    return any(x.head == y.index and (base(x) in CLOSE or x.dep == "nsubj:pass") for x, y in ((one, two), (two, one)))


def _carried(reading: Reading, lead: Event, rest: Sequence[Event]) -> list[Event]:
    """Those tellings that are of one trigger with the lead's, light verb and noun, where it is not too long for one."""
    found = [e for e in rest if _carries(reading, e, lead) or _carries(reading, lead, e)]
    whole = _whole((lead, *found))
    return found if whole.end - whole.start <= MAX_TRIGGER else []


def _whole(events: Sequence[Event]) -> Span:
    return Span(min(e.trigger.start for e in events), max(e.trigger.end for e in events))


def _carries(reading: Reading, a: Event, b: Event) -> bool:
    """Whether the first event's trigger is but the light verb of the second one's noun ("signed an agreement")."""
    verb, noun = _head(reading, a), _head(reading, b)
    if verb is None or noun is None or verb.lemma not in light_verbs():
        return False
    return noun.head == verb.index and noun.upos == "NOUN" and noun.dep in {"obj", "nsubj:pass"}


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


def _join(reading: Reading, group: Sequence[Event]) -> Event:
    """One event of several tellings: the fullest in the text leads, before the headline, which says in short who acts."""
    lead = max(group, key=lambda e: (not _in_headline(reading, e), _fullness(e)))
    rest = [e for e in group if e is not lead]
    if not rest:
        return lead
    carried = _carried(reading, lead, rest)
    elsewhere = [e for e in rest if not _hangs_on(reading, lead, e)]
    attributed = next((e.attributed_to for e in (lead, *rest) if e.attributed_to and e not in elsewhere), ())
    attributed = attributed if all(e.attributed_to for e in elsewhere) else ()
    return replace(
        lead,
        trigger=_whole((lead, *carried)),
        actor=lead.actor or next((e.actor for e in rest if e.actor), ()),
        recipient=lead.recipient or next((e.recipient for e in rest if e.recipient), ()),
        when=lead.when or next((e.when for e in rest if e.when), None),
        where=lead.where or next((e.where for e in rest if e.where), None),
        contexts=_merged(e.contexts for e in group),
        attributed_to=attributed,
        tellings=tuple(Telling(e.trigger, e.evidence) for e in rest if e not in carried),
        confidence=max(e.confidence for e in group),
    )


def _merged(tuples: Iterable[tuple[str, ...]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(x for t in tuples for x in t))
