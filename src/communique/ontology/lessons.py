"""What a record teaches: offices that its report states outright, and the acronyms of bodies that it explains."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

from communique.ontology.knowledge import Knowledge, Lesson, add, unsure_words
from communique.ontology.names import name_key
from communique.ontology.world import World
from communique.types.entities import Actor, Role
from communique.types.record import Record
from communique.types.text import Span

_STOP = re.compile(r"(?<=[a-z]{3})[.!?][\"”’)]*\s|\n")
_WORD = re.compile(r"\w+")
_BEFORE, _AFTER, _NEAR = 4, 3, 60  # words before and behind, characters between a title and the name
_CAPITALS = re.compile(r"[A-Z][\w.'’-]*(?: [A-Z][\w.'’-]*)*")
_ACRONYM = re.compile(r"[A-Z][A-Za-z-]{0,8}[A-Z]")


def learn(knowledge: Knowledge, record: Record) -> Knowledge:
    """The knowledge with what a record's report states: who holds which office of which state or body, and what a body
    is called for short. Nothing where the day of publication is not known to the day, or from what is hedged, denied,
    attributed to somebody, past or hoped for; nothing that the tables have already."""
    published = record.document.published.interval
    if published is None or published.end - published.start > timedelta(days=1):
        return knowledge
    return add(knowledge, (*_offices(knowledge, record), *_aliases(record)))


def _offices(knowledge: Knowledge, record: Record) -> Iterator[Lesson]:
    for actor in record.actors:
        if actor.kind != "person" or len(actor.name.split()) < 2 or not actor.name[:1].isupper():
            continue
        for role in actor.roles:
            of = _of(knowledge, role.of)
            span = next((s for s in role.evidence if of and _stated(knowledge.world, record, actor, role, s)), None)
            if span is None or not _is_office(knowledge, role.title):
                continue
            told = _lesson(record, "office", actor.name, role.title, of, span)
            lesson = replace(told, country=actor.country, begin=role.begin, end=role.end)
            if not _in_tables(knowledge, lesson):
                yield lesson


def _lesson(record: Record, kind: str, name: str, title: str, of: str | None, span: Span) -> Lesson:
    document = record.document
    published = document.published.interval
    assert published is not None
    words = span.of(document.text)
    return Lesson(kind, name, title, of, published.start, document.text_id, document.source, words, span.start, span.end)


def _of(knowledge: Knowledge, of: str | None) -> str | None:
    """The code of the state, or the registry's id of the body, that an office is of."""
    if of is None or of in knowledge.world.states:
        return of
    bodies = {n.entry.id for n in knowledge.world.names(of) if n.entry.kind != "person" and n.use in ("name", "alias")}
    return next(iter(bodies)) if len(bodies) == 1 else None


def _is_office(knowledge: Knowledge, title: str) -> bool:
    known = knowledge.world.title(title)
    return known is not None and not known.former and (known.title_class is not None or "GOV" in known.sectors)


def _in_tables(knowledge: Knowledge, lesson: Lesson) -> bool:
    offices = knowledge.world.offices(knowledge.class_of(lesson.title), lesson.of, lesson.seen)
    return any(name_key(o.holder.name) == name_key(lesson.name) for o in offices)


def _stated(world: World, record: Record, actor: Actor, role: Role, title: Span) -> bool:
    """Whether the report itself says at this place, of a name of several words and in so many words, that it holds the office
    of the state or body: nothing near makes it unsure, and it is no part of what somebody else says."""
    text, sentence = record.document.text, _sentence(record.document.text, title)
    near = (m for m in actor.mentions if sentence.contains(m) and not m.overlap(title) and _gap(m, title) <= _NEAR)
    names = [m for m in near if _is_name(actor, m.of(text))]
    if not names or any(s.content.contains(title) for s in record.statements):
        return False
    name = min(names, key=lambda m: _gap(m, title))
    around = Span(min(name.start, title.start), max(name.end, title.end))
    if _is_unsure(text, sentence, around):
        return False
    if role.of not in world.states:
        return True
    others = (a for a in record.actors if a.id != actor.id and a.country == role.of and a.kind in ("state", "person"))
    return _names_state(world, sentence.of(text), role.of) or any(sentence.contains(m) for a in others for m in a.mentions)


def _names_state(world: World, sentence: str, code: str | None) -> bool:
    """Whether a sentence has a name, adjective or seat of a state, of up to three words that begin with a capital."""
    for match in _CAPITALS.finditer(sentence):
        words = match.group().split()
        for first in range(len(words)):
            for last in range(first + 1, min(first + 3, len(words)) + 1):
                names = world.names(" ".join(words[first:last]))
                if any(n.entry.kind == "state" and n.entry.country == code and n.use != "capital" for n in names):
                    return True
    return False


def _is_name(actor: Actor, words: str) -> bool:
    return len(words.split()) > 1 and name_key(words).split()[-1] in name_key(actor.name).split()


def _gap(one: Span, other: Span) -> int:
    return max(other.start - one.end, one.start - other.end, 0)


def _sentence(text: str, span: Span) -> Span:
    """The sentence around a span, by stops behind a word of three small letters, and by lines."""
    start = max((m.end() for m in _STOP.finditer(text, 0, span.start)), default=0)
    end = _STOP.search(text, span.end)
    return Span(start, end.start() if end else len(text))


def _is_unsure(text: str, sentence: Span, around: Span) -> bool:
    before, behind = _words(text[sentence.start : around.start])[-_BEFORE:], _words(text[around.end : sentence.end])[:_AFTER]
    near = f" {' '.join((*before, *_words(around.of(text)), *behind))} "
    return any(f" {word} " in near for word in unsure_words())


def _words(text: str) -> list[str]:
    """The words in lower case, but for the month of May, which is not the verb."""
    return [word if word == "May" else word.lower() for word in _WORD.findall(text)]


def _aliases(record: Record) -> Iterator[Lesson]:
    text = record.document.text
    for actor in record.actors:
        if actor.kind in ("person", "state") or len(actor.name.split()) < 2 or actor.resolved_by == "registry":
            continue
        for short in actor.mentions:
            words = short.of(text)
            opens = text[: short.start].rstrip().endswith(("(", "[")) and text[short.end : short.end + 1] in (")", "]")
            if opens and _ACRONYM.fullmatch(words):
                told = _lesson(record, "alias", actor.name, words, None, short)
                yield replace(told, country=actor.country, actor_kind=actor.kind)
                break
