"""Offices of the registry and of what the desk has learned: who holds which on the day of the report, what that weighs,
and whom a title alone means."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

from communique.ontology.entries import Entry, Office
from communique.ontology.knowledge import SOLE, unsure_words
from communique.ontology.tables import covers
from communique.ontology.world import World
from communique.resolve.reasons import Candidate, Decision, Reason, decide
from communique.resolve.report.drafts import Draft
from communique.resolve.report.scene import Scene
from communique.types.entities import Role

HEADS = frozenset({"president", "prime-minister", "chancellor", "monarch", "secretary-general", "pope", "commission-president"})
_HIGH = frozenset({"vice-president", "foreign-minister", "defence-minister", "interior-minister", "finance-minister"})
_HIGH |= {"crown-prince", "council-president", "high-representative"}
HIGH = 0.75
"""What holding one of these or a head's office weighs at least."""
_LONG_BEFORE, _LONG_AGO = 365 * 3, 365 * 10  # days


def in_term(office: Office, when: date | None) -> bool:
    """Whether an office was held on a day; with no day known, whether it is held still."""
    return covers(office.begin, office.end, when)


def terms(scene: Scene, entry_id: str) -> tuple[Office, ...]:
    """The terms of office of a person, those of the registry before those that the desk has learned."""
    return (*scene.world.terms_of(entry_id), *scene.knowledge.terms_of(entry_id))


def held(world: World, offices: tuple[Office, ...], when: date | None) -> Reason | None:
    """What the offices of a person say: the highest held on the day of the report, else one held before it or after it."""
    now = [(_height(world, o), o) for o in offices if in_term(o, when) and (o.begin or o.end)]
    if now:
        height, office = max(now, key=lambda pair: pair[0])
        return Reason(f"{described(office)}, held at the time", height)
    if when is None:
        return None
    past = [o for o in offices if o.end is not None and o.end <= when]
    heads = [o for o in past if _height(world, o) >= 1]
    if heads:
        last = max(heads, key=lambda o: o.end or date.min)
        recent = last.end is not None and (when - last.end).days < _LONG_AGO
        return Reason(f"{described(last)}, before the report", 0.5 if recent else 0.25)
    begins = [o.begin for o in offices if o.begin is not None]
    if not past and begins and (min(begins) - when).days > _LONG_BEFORE:
        return Reason("in office only years after the report", -0.5)
    return None


def _height(world: World, office: Office) -> float:
    known = world.title(office.title)
    of_state = known.title_class if known is not None else None
    # What a report says weighs less than a table that was checked.
    less = 0.25 if office.source.startswith("learned") else 0.0
    if of_state == "supreme-leader":
        return 1.25 - less
    return (1.0 if of_state in HEADS else HIGH if of_state in _HIGH else 0.5) - less


def country_of(scene: Scene, entry: Entry) -> str | None:
    """The country that a person of the registry acts for on the day of the report: of the office held then, none where that
    is an office of an international body."""
    now = [o for o in terms(scene, entry.id) if in_term(o, scene.when) and o.begin is not None]
    if not now:
        return entry.country
    highest = max(now, key=lambda o: (_height(scene.world, o), o.begin or date.min)).of
    body = scene.world.entry(highest)
    return highest if highest in scene.world.states else body.country if body is not None else entry.country


def sectors_of(scene: Scene, entry: Entry) -> tuple[str, ...]:
    """The sectors that a person of the registry stands for on the day of the report: those of the offices held then, which in
    a body are the body's; else all that the registry has."""
    now = [o for o in terms(scene, entry.id) if in_term(o, scene.when) and o.begin is not None]
    return tuple(dict.fromkeys(s for o in now for s in _sectors(scene.world, o))) or entry.sectors


def _sectors(world: World, office: Office) -> tuple[str, ...]:
    body, title = world.entry(office.of), world.title(office.title)
    return body.sectors if body is not None else title.sectors if title is not None else ()


def described(office: Office) -> str:
    """An office in words, with its term and, where a report taught it, from which."""
    days = f" {office.begin or ''}–{office.end or ''}" if office.begin or office.end else ""
    learned = f" ({office.source})" if office.source.startswith("learned") else ""
    return f"{office.title} of {office.of}{days}{learned}"


_LEAST_TITLE = 3.0
_CHANGE = timedelta(days=7)
_INDEFINITE = frozenset({"a", "an", "another", "any", "no", "some", "every", "each", "one"})
_YEAR = re.compile(r"(?:19|20)\d\d")


def title_candidates(scene: Scene, role: Role, told: bool) -> Decision:
    """Who a title alone means: those who hold the office on the day of the report. `told` says whether the words by the
    title name the state or body that the office is of. Nobody where no day is known."""
    title = scene.world.title(role.title)
    of = "VAT" if title is not None and title.title_class == "pope" else body_of(scene, role.of)
    told = told or of == "VAT" or (of is not None and of not in scene.world.states)
    if title is None or title.former or title.title_class not in SOLE or of is None or scene.when is None:
        return Decision(least=_LEAST_TITLE)
    if title.text == "secretary of state" and of != "USA":  # elsewhere a junior office that many hold
        return Decision(least=_LEAST_TITLE)
    of_words = f"the words say whose office it is: {role.of}"
    by_owner = Reason(of_words, 1.5) if told else Reason(f"the report is mostly about {role.of}", 0.5)
    # Around a change of office the words may mean the old holder or the new one.
    days = (scene.when, scene.when - _CHANGE)
    found = [(o, 2.0) for day in days for o in scene.world.offices(title.title_class, of, day)]
    found += [(o, 1.9) for day in days for o in scene.knowledge.offices(title.title_class, of, day)]
    return decide(
        (Candidate(o.holder, (Reason(f"{described(o)}, held at the time", w), by_owner), "title") for o, w in found),
        _LEAST_TITLE,
    )


def body_of(scene: Scene, of: str | None) -> str | None:
    """The code of a state or the registry's id of a body whose office a role is."""
    if of is None or of in scene.world.states or scene.world.entry(of) is not None:
        return of
    bodies = {n.entry.id for n in scene.world.names(of) if n.entry.kind != "person" and n.use in ("name", "alias")}
    return next(iter(bodies)) if len(bodies) == 1 else None


def find_holders(scene: Scene) -> None:
    """Tie the people that the report names by a title alone ("the French president") to who holds the office on its day:
    they are one with whom the report names elsewhere, or keep the report's words as their name."""
    for draft, role in list(_untied(scene)):
        draft.decision = title_candidates(scene, role, draft.country_told)
        match = draft.decision.taken
        if match is None:
            continue
        named = next((d for d in scene.drafts if d.entry is not None and d.entry.id == match.entry.id), None)
        if named is not None:
            named.spans = sorted({*named.spans, *draft.spans})
            named.because(f"'{role.title}': {match.words[0]}")
            scene.drafts.remove(draft)
            continue
        draft.entry, draft.resolved_by = match.entry, "registry"
        draft.reasons[:0] = (f"{match.entry.name} by the title alone", *match.words)
        draft.country = draft.country or country_of(scene, match.entry)


def _untied(scene: Scene) -> Iterator[tuple[Draft, Role]]:
    for draft in scene.drafts:
        # "the Pope" is written as a name is
        title = draft.key[:1] == ("group",) or any(r.title.lower() == draft.name.lower() for r in draft.roles)
        unnamed = draft.kind == "person" and draft.entry is None and title and not draft.plural
        if unnamed and draft.roles and not any(_loose(scene, *span) for span in draft.spans):
            yield draft, _whose(scene, draft)


def _whose(scene: Scene, draft: Draft) -> Role:
    """The office, with the state or body that stands before it where the title's own words do not say whose it is."""
    role, first = draft.roles[0], min(draft.spans)[0]
    if role.of is not None:
        return role
    body = scene.body_in(first - 1, first)
    of = body.id if body is not None else draft.country if draft.country_told else None
    draft.country_told |= body is not None
    return replace(role, of=of)


def _loose(scene: Scene, first: int, last: int) -> bool:
    """Whether the words name any holder or one of another time: "a president", "the next president", "in 1999"."""
    before = scene.token(first - 1)
    if before is not None and before.text.lower() in _INDEFINITE:
        return True
    sentence = scene.reading.sentences[scene.reading.tokens[first].sentence]
    tokens = scene.reading.words(sentence)
    if any(_YEAR.fullmatch(t.text) and scene.when is not None and int(t.text) != scene.when.year for t in tokens):
        return True
    return any(t.text.lower() in unsure_words() for t in scene.reading.tokens[max(first - 1, 0) : last])
