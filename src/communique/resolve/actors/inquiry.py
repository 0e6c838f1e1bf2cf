"""Who a name means and why: what `communique who` shows, in a report or in the registry alone."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from communique.ontology.background import Background, background
from communique.ontology.entries import Name, Office
from communique.ontology.knowledge import Knowledge
from communique.ontology.names import name_key
from communique.ontology.world import World
from communique.resolve.actors.candidates import LIKE_WORDS, body_candidates
from communique.resolve.actors.resolver import ActorResolver
from communique.resolve.offices.holders import held, in_term
from communique.resolve.reasons import Candidate, Decision, Reason, decide
from communique.resolve.report.scene import Scene
from communique.types.analysis import Analysis
from communique.types.text import Span


@dataclass(frozen=True, slots=True)
class Answer:
    """Who one actor of a report may be, or who of the registry bears a name: `called` in the report's words or those asked
    for, `quotes` the sentences that name it with where they do, `decision` the candidates, `offices` those of each by the
    id of its entry. `at` is the day that offices were looked at, none for all days. `known` is what the tables know of states
    and organisations, by the id of the entry."""

    called: str
    quotes: tuple[tuple[Span, Span], ...]
    decision: Decision
    offices: dict[str, tuple[Office, ...]]
    at: date | None
    why: str
    known: dict[str, Background] = field(default_factory=dict)

    def to_dict(self, text: str = "") -> dict[str, Any]:
        """The answer as JSON objects; `text` is the report's."""
        taken = self.decision.taken
        return {
            "called": self.called,
            "mentions": [{"start": m.start, "end": m.end, "text": m.of(text)} for _, m in self.quotes],
            "on": str(self.at) if self.at else None,
            "taken": taken.entry.id if taken is not None and self.quotes else None,
            "why": self.why,
            "least": self.decision.least,
            "margin": self.decision.margin,
            "candidates": [
                _candidate(c, self.offices.get(c.entry.id, ())) | self.known.get(c.entry.id, Background()).to_dict()
                for c in self.decision.candidates
            ],
        }


def _candidate(candidate: Candidate, offices: tuple[Office, ...]) -> dict[str, Any]:
    entry = candidate.entry
    return {
        "id": entry.id,
        "name": entry.name,
        "kind": entry.kind,
        "country": entry.country,
        "wikidata": entry.wikidata,
        "weight": candidate.weight,
        "reasons": [{"why": r.words, "weight": r.weight} for r in candidate.reasons],
        "offices": [
            {
                "title": o.title,
                "of": o.of,
                "from": str(o.begin) if o.begin else None,
                "to": str(o.end) if o.end else None,
                "source": o.source,
            }
            for o in offices
        ],
    }


def ask_report(resolver: ActorResolver, analysis: Analysis, name: str) -> tuple[Answer, ...]:
    """Who the actors of a report are that it calls by a name or by words of one, in the order of the report; none where it
    names nobody so. Raises `StageError` when the report has not been read yet."""
    scene = resolver.found(analysis)
    wanted = name_key(name).split()
    answers = []
    for draft in sorted((d for d in scene.drafts if d.spans), key=lambda d: d.first):
        named = [s for s in sorted(draft.spans) if _holds(name_key(scene.words(*s)).split(), wanted)]
        if not named and not (draft.entry is None and _holds(name_key(draft.name).split(), wanted)):
            continue
        decision = draft.decision or _of_body(scene, named) or Decision()
        quotes = tuple(_quote(scene, *s) for s in named or sorted(draft.spans)[:1])
        why = decision.why if decision.candidates else "; ".join(draft.reasons) or "nobody of the registry has this name"
        answers.append(_answer(scene, draft.name, quotes, decision, why))
    return tuple(answers)


def _holds(words: list[str], wanted: list[str]) -> bool:
    return bool(wanted) and any(words[i : i + len(wanted)] == wanted for i in range(len(words) - len(wanted) + 1))


def _of_body(scene: Scene, spans: list[tuple[int, int]]) -> Decision | None:
    mention = next((m for span in spans if (m := scene.at.get(span[0])) is not None), None)
    return body_candidates(scene, mention) if mention is not None and mention.label != "PERSON" else None


def _quote(scene: Scene, first: int, last: int) -> tuple[Span, Span]:
    sentence = scene.reading.sentences[scene.reading.tokens[first].sentence]
    return scene.span(sentence.first, sentence.last), scene.span(first, last)


def _answer(scene: Scene, called: str, quotes: tuple[tuple[Span, Span], ...], decision: Decision, why: str) -> Answer:
    offices = {c.entry.id: _offices(scene.world, scene.knowledge, c.entry.id, scene.when) for c in decision.candidates}
    return Answer(called, quotes, decision, offices, scene.when, why)


def _offices(world: World, knowledge: Knowledge, entry_id: str, on: date | None) -> tuple[Office, ...]:
    terms = dict.fromkeys((*world.terms_of(entry_id), *knowledge.terms_of(entry_id)))
    return tuple(o for o in terms if on is None or (o.dated and in_term(o, on)))


_USES = {"name": 3.0, "alias": 2.5, "surname": 1.5}


def ask_registry(world: World, knowledge: Knowledge, name: str, on: date | None = None) -> Answer:
    """Who of the registry and of what the desk has learned bears a name, with their offices on a day or at any time. Which
    of them a report would mean it does not say."""
    names = (*world.names(name), *knowledge.names(name))
    found = [_listed(world, knowledge, n, Reason(f"{n.use} '{n.text}'", _USES.get(n.use, 2.0)), on) for n in names]
    if not found:
        likes = world.spellings.like(name)
        found = [_listed(world, knowledge, k.name, Reason(LIKE_WORDS[k.how].format(k.name.text), 1.0), on) for k in likes]
    decision = decide(found)
    offices = {c.entry.id: _offices(world, knowledge, c.entry.id, on) for c in decision.candidates}
    count = len(decision.candidates)
    why = {0: "the registry has nobody of this name", 1: "the only one of this name"}.get(
        count, f"{count} have this name; a report decides which it means"
    )
    known = {c.entry.id: background(world, c.entry, on) for c in decision.candidates}
    return Answer(name, (), decision, offices, on, why, known)


def _listed(world: World, knowledge: Knowledge, name: Name, by_name: Reason, on: date | None) -> Candidate:
    office = held(world, _offices(world, knowledge, name.entry.id, None), on) if on is not None else None
    return Candidate(name.entry, (by_name, office) if office is not None else (by_name,), name.use)
