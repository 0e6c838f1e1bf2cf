"""When an event took place: the time that its words tell, or that another telling of the same event tells."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import timedelta

from communique.coding import graph
from communique.coding.candidates import Draft
from communique.coding.clauses import with_particle
from communique.coding.cues import load_cues
from communique.coding.tellings import OTHERS, is_another
from communique.types.analysis import Analysis
from communique.types.entities import Time
from communique.types.events import Event, When
from communique.types.reading import Chunk, Reading, Token
from communique.types.text import Interval, Span

_ABOVE = frozenset({"obj", "obl", "nmod", "conj", "xcomp", "compound", "amod"})
_TIME = frozenset({"obl", "advmod", "nmod", "obj", "compound"})
_WHERE = frozenset({"where", "when", "which"})  # "talks in May, where ...", "a raid, in which ..."
_COMPARED = frozenset({"first", "only", "worst", "biggest", "largest", "deadliest", "highest", "lowest", "most", "least"})
_ENDS = frozenset({"until", "till", "up to"})
_ONTO = frozenset({"to", "until", "till", "for"})
_DAY = timedelta(days=1)
_HELPERS = frozenset({"have", "has", "had", "'ve", "having"})
_YIELDS = frozenset({"CONCEDE", "RETREAT"})
_REALIS = frozenset({"happened", "ongoing"})
_NEAR = 8  # words before "since" that may hold "the first ..."
_STEPS = 1.5
_SURE = 0.5  # the score of a trigger's type that makes another event of it
_STEM = 5


def when_of(analysis: Analysis, reading: Reading, draft: Draft) -> When | None:
    """The time that is told of an event: the network's words for it, else a time expression that hangs on the trigger, on
    the verbs above it in the clause, or on what its clause further tells of ("talks in May, where ...").

    "Since" begins what lasts until the publication, and dates no single act; "until" ends a state, and dates not what brought
    it about; what has happened has no time after the publication. What is put off has the day that it is put on alone.
    """
    mover = _mover(reading, draft)
    if mover is not None:
        new = next((day for t in analysis.times if (day := _new_day(reading, mover, t)) is not None), None)
        put_off = load_cues().lists["unplanning"] | load_cues().lists["cancelling"]
        if new is not None or with_particle(reading, mover) in put_off:
            return new
    for chunk in draft.arguments("when", 0.4):
        found = [t for t in _told(analysis, reading, chunk) if _fits(analysis, draft, t)]
        if found:
            best = max(found, key=lambda pair: (pair.interval is not None, pair.span.overlap(_span(reading, chunk))))
            return _when(analysis, reading, draft, best)
    sentence = reading.sentences[reading.tokens[draft.head].sentence]
    whole = reading.span(sentence.first, sentence.last)
    near = [t for t in analysis.times if whole.contains(t.span) and _is_date(t) and t.interval and _fits(analysis, draft, t)]
    path = _own(reading, draft, _path(reading, draft.head))
    trigger = reading.tokens[draft.head].start
    ranked = sorted((_steps(reading, path, t), abs(t.span.start - trigger), t.id) for t in near)
    if not ranked or ranked[0][0] > _STEPS:
        return None
    return _when(analysis, reading, draft, next(t for t in near if t.id == ranked[0][2]))


def _mover(reading: Reading, draft: Draft) -> Token | None:
    """The verb that puts the act on another day ("postponed the talks", "the talks were put off"), none where none does."""
    above = _path(reading, draft.head)
    path = [reading.tokens[i] for i in (*above, reading.tokens[above[-1]].head) if i != draft.head]
    verb = next((t for t in path if t.upos == "VERB"), None)
    if verb is None or not set(above) & set(graph.logical_objects(reading, verb.index)):
        return None
    return verb if with_particle(reading, verb) in load_cues().lists["moving"] else None


def _new_day(reading: Reading, verb: Token, time: Time) -> When | None:
    """The time where it says to when a verb moves its object ("to 12 June"); of a span the last day ("from 5 to 12 June")."""
    objects = graph.logical_objects(reading, verb.index)
    for token in _heads(reading, time):
        onto = token.index > verb.index and graph.case_of(reading, token.index) in _ONTO
        if onto and (token.head == verb.index or token.head in objects):
            interval, inside = time.interval, token.index > next(reading.between(time.span)).index
            if inside and interval is not None and time.precision == "day":
                interval = Interval(max(interval.start, interval.end - _DAY), interval.end)
            return When(interval, time.precision, time.id)
    return None


def _span(reading: Reading, chunk: Chunk) -> Span:
    return reading.span(chunk.first, chunk.last)


def _is_date(time: Time) -> bool:
    return time.kind in {"date", "time"}


def _told(analysis: Analysis, reading: Reading, chunk: Chunk) -> list[Time]:
    """The times in an argument's words; a duration counts where its days are known ("over the past week")."""
    span = _span(reading, chunk)
    return [t for t in analysis.times if t.span.overlap(span) and (_is_date(t) or (t.kind == "duration" and t.interval))]


def _fits(analysis: Analysis, draft: Draft, time: Time) -> bool:
    """Whether an event of this status can have the time: what has happened can't lie after the publication."""
    published = analysis.document.published.interval
    if draft.status != "happened" or time.interval is None or published is None:
        return True
    return time.interval.start < published.end


def _when(analysis: Analysis, reading: Reading, draft: Draft, time: Time) -> When | None:
    heads = _heads(reading, time)
    before = reading.tokens[heads[0].index - 1] if heads and heads[0].index else None
    marked = any(graph.case_of(reading, h.index) == "since" for h in heads) or (
        before is not None and before.text.lower() == "since"
    )
    marked = marked and not any(h.index in _path(reading, draft.head) for h in heads)
    marked = marked or any(t.lemma.lower() == "since" for t in reading.children(draft.head, "advmod"))
    if draft.status == "happened" and any(graph.case_of(reading, h.index) in _ENDS for h in heads):
        return None
    if not marked:
        return When(time.interval, time.precision, time.id)
    if time.interval is None or not _lasts(reading, draft) or _compared(reading, heads):
        return None
    published = analysis.document.published.interval
    end = max(time.interval.end, published.end) if published is not None else time.interval.end
    return When(Interval(time.interval.start, end), time.precision, time.id)


def _lasts(reading: Reading, draft: Draft) -> bool:
    """Whether the clause tells of a state that goes on: by the status, or a perfect ("has led a campaign since 2014")."""
    if draft.status == "ongoing":
        return True
    path = _path(reading, draft.head)
    return any(t.text.lower() in _HELPERS for i in path for t in reading.children(i, "aux"))


def _compared(reading: Reading, heads: Sequence[Token]) -> bool:
    """Whether "since" only bounds a comparison: "the first visit since 1990"."""
    first = heads[0].index
    words = (reading.tokens[i] for i in range(max(0, first - _NEAR), first))
    return any(t.lemma.lower() in _COMPARED for t in words if t.sentence == heads[0].sentence)


def _path(reading: Reading, index: int) -> list[int]:
    """The trigger and what governs it, up to its clause's verb, and what a relative clause of place or time hangs on."""
    path, at = [index], reading.tokens[index]
    while at.head != at.index and len(path) < 4:
        if graph.base(at) not in _ABOVE and not _retold(reading, at):
            break
        stop = at.upos == "VERB" and at.dep != "xcomp" and len(path) > 1 and not _retold(reading, at)
        if stop:
            break
        at = reading.tokens[at.head]
        path.append(at.index)
    return path


def _own(reading: Reading, draft: Draft, path: list[int]) -> list[int]:
    """The path as far as it stays with the event: a verb that tells another kind of act keeps its time ("condemned the attack
    on Monday")."""
    for step, index in enumerate(path[1:], 1):
        if graph.base(reading.tokens[path[step - 1]]) == "conj":
            continue
        others = (e.types[0] for e in reading.events if e.types and e.first <= index < e.last)
        if any(kind != draft.plover and score >= _SURE for kind, score in others):
            return path[:step]
    return path


def _retold(reading: Reading, token: Token) -> bool:
    """Whether a relative clause tells what happened at or in what it hangs on."""
    if token.dep != "acl:relcl":
        return False
    return any(t.lemma.lower() in _WHERE for t in reading.children(token.index, "advmod", "obl"))


def _heads(reading: Reading, time: Time) -> list[Token]:
    inside = list(reading.between(time.span))
    indices = {t.index for t in inside}
    return [t for t in inside if t.head not in indices or t.head == t.index]


def _steps(reading: Reading, path: list[int], time: Time) -> float:
    """How many arcs lie between a time expression's head and the path, half an arc more over a name ("in Paris on Monday");
    99 when it hangs elsewhere."""
    for token in _heads(reading, time):
        if token.index in path[1:]:
            return 0.5  # "in January, when she was expelled"
        if graph.base(token) not in _TIME or token.head == token.index:
            return 99
        above = reading.tokens[token.head]
        if above.index in path:
            return path.index(above.index)
        if above.upos == "PROPN" and graph.base(above) in {"obl", "nmod"} and above.head in path:
            return path.index(above.head) + 0.5
        return 99
    return 99


def inherited(reading: Reading, events: Sequence[Event], published: Interval | None) -> tuple[Event, ...]:
    """The events, those without a time with that of another telling of the same act: of the same type and in the same word
    ("resigned", "his resignation on Monday"), with nobody in it who contradicts; only where the report tells but one time."""
    return tuple(_dated(reading, event, events, published) if event.when is None else event for event in events)


def _dated(reading: Reading, event: Event, events: Sequence[Event], published: Interval | None) -> Event:
    others = (e for e in events if not is_another(reading, e))
    times = [e.when for e in others if e.when is not None and e.when.interval is not None and _same_act(reading, event, e)]
    spans = [w.interval for w in times if w.interval is not None]
    if not spans or max(i.start for i in spans) >= min(i.end for i in spans):
        return event
    finest = min(range(len(spans)), key=lambda n: spans[n].end - spans[n].start)
    if event.status in _REALIS and published is not None and spans[finest].start >= published.end:
        return event
    return replace(event, when=times[finest])


def _same_act(reading: Reading, event: Event, other: Event) -> bool:
    """Whether another event that has a time may be the same act: its type and word, and somebody in common; or it names
    nobody and points back ("The blast occurred on Monday")."""
    if event.plover != other.plover and not {event.plover, other.plover} <= _YIELDS:
        return False
    if event.status not in _REALIS and event.status != other.status:
        return False
    if not _stems(reading, event) & _stems(reading, other):
        return False
    pairs = [(set(event.actor), set(other.actor)), (set(event.recipient), set(other.recipient))]
    if any(a and b and not a & b for a, b in pairs):
        return False
    return any(a & b for a, b in pairs) or (not any(b for _, b in pairs) and _definite(reading, other))


def _words(reading: Reading, event: Event) -> Iterator[Token]:
    for trigger in (event.trigger, *(t.trigger for t in event.tellings)):
        yield from (t for t in reading.between(trigger) if t.upos in {"NOUN", "VERB"})


def _stems(reading: Reading, event: Event) -> set[str]:
    return {t.lemma.lower()[:_STEM] for t in _words(reading, event)}


def _definite(reading: Reading, event: Event) -> bool:
    """Whether the event's noun points back to what was told: "the blast", not "the first blast"."""
    return any(
        d.lemma.lower() in {"the", "this"}
        for t in _words(reading, event)
        for d in reading.children(t.index, "det")
        if not any(a.lemma.lower() in OTHERS for a in reading.children(t.index, "amod"))
    )
