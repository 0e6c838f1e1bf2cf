"""Facts: offices held, alliances, rivalries, trade, membership, who travels with whom.

Offices come from the actors' roles; other relations from `coding/relations.py`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache

from communique.coding import graph
from communique.coding.forms import mended
from communique.coding.relations import relations
from communique.coding.speakers import ActorIndex
from communique.coding.validity import dated
from communique.ontology.world import load_world
from communique.types.analysis import Analysis
from communique.types.entities import Role
from communique.types.events import Fact
from communique.types.text import Span

_TENURE = frozenset({"take", "hold", "assume", "enter", "keep", "remain", "leave", "be", "swear"})
_TAKES_ARTICLE = re.compile(
    r"^(United|Democratic Republic|Republic of the)\b|\b(Republic|Union|Islands|Emirates|Kingdom|States)$"
    r"|^(Netherlands|Philippines|Bahamas|Maldives|Gambia|Comoros|Seychelles)$"
)
_BEFORE_TIMES = frozenset({"in", "on", "at", "from", "since", "until", "till", "between", "to", "for", "after"})
_MUTUAL = frozenset({"allied_with", "rival_of", "trades_with", "borders"})


def facts(analysis: Analysis) -> tuple[Fact, ...]:
    """The facts of a report: first the offices, in the order of the actors, then relations in the order of the text.

    A relation's object is an actor's id, an office or a possession its words. Each fact has evidence spans; the same fact
    told twice is one, with all its evidence.
    """
    found: dict[tuple[str, str, str], Fact] = {}
    told = (*_offices(analysis), *relations(analysis))
    for fact in told if analysis.reading is None else dated(analysis, mended(analysis.reading), told):
        key = (fact.subject, fact.predicate, fact.object)
        mirrored = (fact.object, fact.predicate, fact.subject)
        held = found.get(key) or (found.get(mirrored) if fact.predicate in _MUTUAL else None)
        if held is None:
            found[key] = fact
        else:
            evidence = tuple(dict.fromkeys((*held.evidence, *fact.evidence)))
            known = replace(held, evidence=evidence, begin=held.begin or fact.begin, end=held.end or fact.end)
            found[(held.subject, held.predicate, held.object)] = known
    return tuple(replace(fact, id=f"f{number}") for number, fact in enumerate(found.values(), 1))


def _offices(analysis: Analysis) -> Iterator[Fact]:
    tenures = _tenures(analysis)
    for actor in analysis.actors:
        for number, role in enumerate(actor.roles):
            if role.evidence and role.title.lower() != actor.name.lower():
                more = tenures.get(actor.id, ()) if number == 0 else ()
                yield Fact(
                    "", actor.id, "holds_office", office_name(_in_time(analysis, role)), (*role.evidence, *more),
                    begin=role.begin.isoformat() if role.begin else None, end=role.end.isoformat() if role.end else None,
                    confidence=0.8,
                )  # fmt: skip


def _in_time(analysis: Analysis, role: Role) -> Role:
    """The role without the times in its words ("minister of Chad from 2001 to 2005"), and without its state where its words
    already have a place in it ("mayor of Lima")."""
    span = role.evidence[0]
    first = min((t.span.start for t in analysis.times if span.start < t.span.start < span.end), default=None)
    title = role.title
    if first is not None:
        before = analysis.document.text[span.start : first].split()
        words = title.split()[: len(before)]
        while len(words) > 1 and words[-1].lower() in _BEFORE_TIMES:
            words.pop()
        title = " ".join(words)
    placed = any(
        span.contains(m) and analysis.document.text[: m.start].endswith(" of ") and p.precision != "country"
        for p in analysis.places
        for m in p.mentions
    )
    return replace(role, title=title, of=None if placed else role.of)


def _tenures(analysis: Analysis) -> dict[str, tuple[Span, ...]]:
    """Where the report says of somebody that they took office or are in it; evidence for the first office they have."""
    if analysis.reading is None:
        return {}
    reading = mended(analysis.reading)
    index, found = ActorIndex(reading, analysis.actors), dict[str, tuple[Span, ...]]()
    for token in reading.tokens:
        verb = reading.tokens[token.head]
        if token.lemma.lower() != "office" or token.dep not in {"obj", "obl"} or verb.lemma not in _TENURE:
            continue
        holders = graph.controllers(reading, verb.head) if verb.dep == "xcomp" else graph.surface_subjects(reading, verb.index)
        for actor in (a for h in holders for a in index.of_phrase(h) if a.kind == "person"):
            found[actor.id] = (*found.get(actor.id, ()), Span(min(verb.start, token.start), max(verb.end, token.end)))
    return found


def office_name(role: Role) -> str:
    """An office in full: its title and what it is an office of, by name ("President of Russia")."""
    if role.of is None:
        return role.title
    state = load_world().state(role.of)
    of = state.name if state is not None else role.of
    if of.lower() in role.title.lower() or _tells(role.title, of):
        return role.title
    return f"{role.title} of {'the ' if _TAKES_ARTICLE.search(of) else ''}{of}"


@cache
def _tells(title: str, of: str) -> bool:
    """Whether a title has another name of what it is an office of ("Liberal party house leader")."""
    words, world = title.split(), load_world()
    runs = (" ".join(words[i:j]) for i in range(len(words)) for j in range(i + 1, len(words) + 1))
    return any(name.entry.name == of and name.entry.kind != "state" for run in runs for name in world.names(run))
