"""Where an event took place, and the words that it rests on."""

from __future__ import annotations

from collections.abc import Iterable

from communique.coding import graph
from communique.coding.candidates import Draft
from communique.types.analysis import Analysis
from communique.types.entities import Place
from communique.types.events import Where
from communique.types.reading import Chunk, Reading
from communique.types.text import Span

ABOUT_ACTS = frozenset({"AGREE", "REQUEST", "THREATEN"})
LOCATIVE = frozenset({"in", "at", "near", "outside", "to", "into", "across"})
WIDE = frozenset({"country", "continent", "region", "sea", "admin1"})
# Acts that happen at one spot.
FORCE = frozenset({"ASSAULT", "PROTEST", "COERCE", "MOBILIZE", "RETREAT"})
# The kinds of place that a common noun takes up again.
AGAIN = {
    **dict.fromkeys(("country", "nation"), frozenset({"country"})),
    **dict.fromkeys(("city", "town", "village", "capital"), frozenset({"city"})),
    **dict.fromkeys(("province", "state", "region"), frozenset({"admin1", "region"})),
}
SCENE_SHARE = 0.6  # of the mentions of towns
OLD_DAYS = 60
MAX_TRIGGER = 40  # characters, by the record's contract


def _path(reading: Reading, index: int) -> list[int]:
    """The trigger and what governs it, up to its clause's verb."""
    path, at = [index], reading.tokens[index]
    while (
        at.head != at.index
        and at.dep.split(":")[0] in {"obj", "obl", "nmod", "conj", "xcomp", "compound", "amod"}
        and len(path) < 4
    ):
        at = reading.tokens[at.head]
        path.append(at.index)
        if at.upos == "VERB" and at.dep != "xcomp":
            break
    return path


def where_of(analysis: Analysis, reading: Reading, draft: Draft) -> Where | None:
    """The place that is told of an event, in the report's words, with the resolved place.

    The network's words for it come first, then a place that the clause ties to the trigger, then the one town that the
    report is about. "The country", "the city" are those named last.
    """
    told = [c for c in draft.arguments("where", 0.45) if not _is_time(analysis, reading, c)]
    for chunk in (*told, *place_below(analysis, reading, draft), *place_beside(analysis, reading, draft)):
        found = _place_at(analysis, reading.span(chunk.first, chunk.last))
        if found is not None:
            found = _innermost(analysis, found)
            return Where(_on_one_line(found[1], analysis), found[0].id)
    again = next((c for c in told if _kind_again(reading, c) is not None), None)
    if again is not None:
        found = _named_last(analysis, reading.span(again.first, again.last).start, _kind_again(reading, again))
    else:
        found = None if told else _scene(analysis, reading, draft)
    if found is not None:
        return Where(_on_one_line(found[1], analysis), found[0].id)
    unplaced = (c for c in told if not _is_person(analysis, reading, c))
    name = next((c for c in unplaced if any(t.upos == "PROPN" for t in reading.tokens[c.first : c.last])), None)
    return Where(_on_one_line(reading.span(name.first, name.last), analysis)) if name is not None else None


def _on_one_line(span: Span, analysis: Analysis) -> str:
    return " ".join(span.of(analysis.document.text).split())


def _is_time(analysis: Analysis, reading: Reading, chunk: Chunk) -> bool:
    span = reading.span(chunk.first, chunk.last)
    return any(t.span.overlap(span) for t in analysis.times) and _place_at(analysis, span) is None


def _is_person(analysis: Analysis, reading: Reading, chunk: Chunk) -> bool:
    span = reading.span(chunk.first, chunk.last)
    return any(a.kind == "person" and any(m.overlap(span) for m in a.mentions) for a in analysis.actors)


def _place_at(analysis: Analysis, span: Span) -> tuple[Place, Span] | None:
    """The first place, of the report's order, that words of the span name, and its words."""
    return next(((p, m) for p in analysis.places for m in p.mentions if m.overlap(span)), None)


def _innermost(analysis: Analysis, found: tuple[Place, Span]) -> tuple[Place, Span]:
    """The first of places that are told one within the other: the town of "Arequipa, Arequipa Province, Peru"."""
    text = analysis.document.text
    before = ((p, m) for p in analysis.places for m in p.mentions if m.end < found[1].start)
    inner = next(((p, m) for p, m in before if text[m.end : found[1].start].strip() == ","), None)
    inside = inner is not None and inner[0].country == found[0].country and inner[0].precision in ("city", "admin2", "admin1")
    return _innermost(analysis, inner) if inner is not None and inside else found


def place_below(analysis: Analysis, reading: Reading, draft: Draft) -> Iterable[Chunk]:
    """The places that hang by a preposition of place on the trigger or on the verbs above it in the clause, by themselves
    or in what hangs so: "in the streets of X"."""
    for index in (*_path(reading, draft.head), *_meant(reading, draft)):
        for token in reading.children(index, "obl", "nmod"):
            if graph.case_of(reading, token.index) in LOCATIVE:
                inner = reading.children(token.index, "nmod", "compound") if token.upos != "PROPN" else ()
                for place in (token, *inner):
                    if _place_at(analysis, place.span) is not None:
                        yield Chunk(place.index, place.index + 1, "where")
                        break


def _meant(reading: Reading, draft: Draft) -> Iterable[int]:
    """The verbs of the act that an offer, a request or a threat is about: it is placed where that act is to be done."""
    below = reading.children(draft.head, "xcomp") if draft.plover in ABOUT_ACTS else ()
    while below:
        yield from (t.index for t in below)
        below = tuple(t for b in below for t in reading.children(b.index, "xcomp"))


def place_beside(analysis: Analysis, reading: Reading, draft: Draft) -> Iterable[Chunk]:
    """A place that stands before a noun as its modifier ("the X bombings"), the town that is done to ("bombed X"), and for
    acts of force where those who act or suffer are ("police in X")."""
    token = reading.tokens[draft.head]
    if token.upos == "NOUN":
        yield from _chunks(t.index for t in reading.children(draft.head, "compound", "nmod") if t.index < draft.head)
    if token.upos == "VERB":
        objects = graph.logical_objects(reading, draft.head)
        yield from _chunks(i for i in objects if _is_local(analysis, reading, i))
        if draft.plover in FORCE:
            for side in (*objects, *graph.surface_subjects(reading, draft.head)):
                inner = (t for t in reading.children(side, "nmod") if graph.case_of(reading, t.index) in LOCATIVE)
                yield from _chunks(t.index for t in inner if _is_local(analysis, reading, t.index))


def _chunks(indices: Iterable[int]) -> Iterable[Chunk]:
    return (Chunk(i, i + 1, "where") for i in indices)


def _is_local(analysis: Analysis, reading: Reading, index: int) -> bool:
    found = _place_at(analysis, reading.tokens[index].span)
    return found is not None and found[0].precision not in WIDE


def _kind_again(reading: Reading, chunk: Chunk) -> frozenset[str] | None:
    """The kinds of place that a common noun takes up again ("the country"); none where it takes up no place."""
    nouns = [t for t in reading.tokens[chunk.first : chunk.last] if t.upos == "NOUN"]
    return AGAIN.get(nouns[-1].lemma.lower()) if nouns else None


def _named_last(analysis: Analysis, before: int, kinds: frozenset[str] | None) -> tuple[Place, Span] | None:
    """The place of one of the kinds that the report names last before an offset."""
    named = [(p, m) for p in analysis.places for m in p.mentions if p.precision in (kinds or ()) and m.end <= before]
    return max(named, key=lambda pair: pair[1].end, default=None)


def _scene(analysis: Analysis, reading: Reading, draft: Draft) -> tuple[Place, Span] | None:
    """For acts of force, the town that the report is about: it opens with it and names hardly another; not where the sentence
    names a place of its own or a time that is long past."""
    if draft.plover not in FORCE or draft.status not in ("happened", "ongoing"):
        return None
    sentence = reading.sentences[reading.tokens[draft.head].sentence]
    whole = reading.span(sentence.first, sentence.last)
    local = [(p, m) for p in analysis.places if p.precision not in WIDE for m in p.mentions]
    if any(whole.contains(m) for p in analysis.places for m in p.mentions) or _tells_of_old(analysis, whole):
        return None
    opening = reading.sentences[min(2, len(reading.sentences) - 1)]
    end = reading.span(opening.first, opening.last).end
    scene = next((p for p, m in sorted(local, key=lambda pair: pair[1]) if m.end <= end), None)
    before = [m for p, m in local if p is scene and m.end <= whole.start]
    if scene is None or len(before) < 2 or len(scene.mentions) < SCENE_SHARE * len(local):
        return None
    return scene, before[-1]


def _tells_of_old(analysis: Analysis, sentence: Span) -> bool:
    published = analysis.document.published.interval
    told = (t.interval for t in analysis.times if sentence.contains(t.span) and t.interval is not None)
    return published is not None and any((published.start - interval.end).days > OLD_DAYS for interval in told)


def trigger_of(reading: Reading, draft: Draft) -> Span:
    """The trigger's words, cut to its head where they are too long for one."""
    span = reading.span(draft.first, draft.last)
    if span.end - span.start <= MAX_TRIGGER:
        return span
    head = reading.tokens[draft.head].span
    return Span(head.start, min(head.end, head.start + MAX_TRIGGER))


def evidence_of(analysis: Analysis, reading: Reading, draft: Draft) -> tuple[Span, ...]:
    """The words from the first to the last that the event rests on, within the trigger's sentence; in parts where the
    report is cut by a line that was dropped."""
    sentence = reading.sentences[reading.tokens[draft.head].sentence]
    used = {draft.first, draft.last - 1}
    for role in ("actor", "recipient", "when", "where", "source"):
        for chunk in draft.arguments(role):
            # A name is shown with its phrase ("a French official"), so that the words don't break off.
            ends = {chunk.first, chunk.last - 1, _phrase_end(reading, chunk.last - 1)}
            used |= {i for i in ends if sentence.first <= i < sentence.last}
    return parts(analysis, reading, min(used), max(used) + 1)


def _phrase_end(reading: Reading, index: int) -> int:
    """The last word of the nominal that a word names or modifies."""
    token = reading.tokens[index]
    modifies = token.dep.split(":")[0] in {"amod", "compound"} or token.dep in {"nmod:poss", "nmod:desc"}
    return graph.phrase(reading, token.head if modifies else index)[1] - 1


def parts(analysis: Analysis, reading: Reading, first: int, last: int) -> tuple[Span, ...]:
    """Tokens `[first, last)` as spans that cross no dropped line."""
    spans: list[Span] = []
    for token in reading.tokens[first:last]:
        cut = not spans or any(d.span.start >= spans[-1].end and d.span.end <= token.start for d in analysis.document.dropped)
        if cut:
            spans.append(token.span)
        else:
            spans[-1] = Span(spans[-1].start, token.end)
    return tuple(spans)
