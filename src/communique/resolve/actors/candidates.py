"""Which entries of the registry a name may mean, with the weighted reasons for each: states, bodies, people."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from communique.ontology.entries import Entry, Name, Office
from communique.ontology.names import name_sound
from communique.ontology.tables import covers
from communique.ontology.world import World
from communique.resolve.names.comparison import name_parts, plain
from communique.resolve.names.mentions import Mention
from communique.resolve.names.nouns import words
from communique.resolve.offices.holders import HIGH, held, terms, title_candidates
from communique.resolve.reasons import Candidate, Decision, Reason, decide
from communique.resolve.report.drafts import Draft
from communique.resolve.report.scene import Scene

_USE_WEIGHT = {"name": 3.0, "alias": 2.5, "seat": 2.5, "adjective": 2.5, "demonym": 2.5, "capital": 2.0, "surname": 1.5}
_LIKE_WEIGHT = {"order": 2.5, "short": 2.25, "sound": 2.0, "surname sound": 1.0}
LIKE_WORDS = {
    "order": "the words of '{}' in another order",
    "short": "'{}' but for middle names or a short form",
    "sound": "another spelling of '{}'",
    "surname sound": "another spelling of the surname of '{}'",
}
_STATE_BOUND = frozenset({"organization", "government", "military"})
LEAST_BODY, LEAST_PERSON = 0.0, 3.0
# Bodies differ by how often the report names their states, a tenth for each time, so that less must tell them apart.
_BODY_MARGIN = 0.05
_EXCLUDED = -6.0


def body_candidates(scene: Scene, mention: Mention) -> Decision:
    """What a name that is no person's may mean."""
    learned = scene.knowledge.names(scene.words(mention.first, mention.last)) if mention.label != "PERSON" else ()
    names = [n for n in (*mention.names, *learned) if n.entry.kind != "person"]
    return decide((_weigh(scene, mention, n) for n in names), LEAST_BODY, _BODY_MARGIN)


def _another(scene: Scene, mention: Mention, name: Name) -> str | None:
    """Why the name must mean another: the body of a state that the report hardly speaks of ("the Labour Party" of
    a report on Norway), or one whose state stands before it ("the Finnish Security Council" is not the UN's)."""
    if scene.is_generic(name):
        return "may be anybody's, and the report does not name whose it would be"
    if name.entry.kind == "state":
        return None
    if name.entry.country is not None:
        bound = name.entry.kind in _STATE_BOUND and _is_common(scene.world, name)
        rare = bound and 4 * scene.countries[name.entry.country] < sum(scene.countries.values())
        return f"the report hardly speaks of {name.entry.country}" if rare else None
    before = scene.token(mention.first - 1)
    if before is None or not scene.same_sentence(mention.first - 1, mention.first):
        return None
    if before.text.lower() in words("own_government") | words("sub_government") | {"supreme"} and before.text[:1].isupper():
        return f"'{before.text}' stands before it"
    if len(name.text.split()) == 2 and scene.country_in(max(mention.first - 2, 0), mention.first) is not None:
        return "a state stands before it"
    return None


def _is_common(world: World, name: Name) -> bool:
    """Whether bodies of other states may bear the name: it holds a common word for a body ("party") and none for its state."""
    if world.institution(name.text) is None:
        return False
    parts = name.text.replace("-", " ").split()
    own = (n.entry for size in (1, 2) for i in range(len(parts)) for n in world.names(" ".join(parts[i : i + size])))
    return not any(e.kind == "state" and e.country == name.entry.country for e in own)


def _weigh(scene: Scene, mention: Mention, name: Name) -> Candidate:
    entry = name.entry
    reasons = [Reason(f"{name.use} '{name.text}' of {entry.name}", _USE_WEIGHT[name.use])]
    if (source := scene.knowledge.taught(entry.id)) is not None:
        reasons.append(Reason(source, -0.25))
    other = _another(scene, mention, name)
    if other is not None:
        reasons.append(Reason(other, _EXCLUDED))
    before = scene.token(mention.first - 1)
    if name.text.startswith("The ") and (before is None or before.text.lower() != "the"):
        reasons.append(Reason("no 'the' before it", -1.5))
    if not covers(entry.begin, entry.end, scene.when):  # a report may still name what has ended
        reasons.append(Reason("not of the report's time", -1.5))
    if mention.label == ("LOC" if entry.kind == "state" else "ORG"):
        reasons.append(Reason(f"read as {'a place' if entry.kind == 'state' else 'a body'}", 0.5))
    named = scene.countries[entry.country] if entry.country else 0
    if named and entry.kind != "state":
        reasons.append(Reason(f"the report names {entry.country}", 1.0))
    elif named > 1:
        reasons.append(Reason(f"the report names {entry.country} {named} times", min(named, 8) / 10))
    near = scene.country_in(max(mention.first - 3, 0), mention.first)
    if near is not None and near[0] == entry.country and scene.same_sentence(mention.first - 1, mention.first):
        reasons.append(Reason(f"'{near[1]}' stands before it", 1.0))
    return Candidate(entry, tuple(reasons), name.use)


def person_candidates(scene: Scene, draft: Draft) -> Decision:
    """Who of the registry a person of the report may be, by name and circumstances together."""
    written = tuple(dict.fromkeys((draft.name, *(scene.words(a, b) for a, b in draft.spans))))
    found = [*bearers(scene, written)]
    if not any(n.use in ("name", "alias") for n, _ in found):
        found += _office_holders(scene, draft)
    return decide((_weigh_person(scene, draft, n, reason) for n, reason in found), LEAST_PERSON)


def _office_holders(scene: Scene, draft: Draft) -> Iterator[tuple[Name, Reason]]:
    """Those who hold the office that the report gives the person and share a word of the name, as "King Charles" does."""
    own = {name_sound(part) for part in name_parts(draft.name)}
    for role in draft.roles:
        of = role.of or draft.country or scene.main_country()
        for candidate in title_candidates(scene, replace(role, of=of), told=True).candidates:
            entry = candidate.entry
            if own & {name_sound(part) for part in name_parts(entry.name)}:
                yield Name(entry.name, "alias", entry), Reason(f"shares a word with {entry.name}, who holds the office", 2.0)


def bearers(scene: Scene, written: tuple[str, ...]) -> Iterator[tuple[Name, Reason]]:
    """The people who bear one of these names, the first of which is the fullest, and how it stands for each: as a
    table has it, or where no table has any of them, in another spelling."""
    exact = False
    for text in written:
        for name in (*scene.world.names(text), *scene.knowledge.names(text)):
            if name.entry.kind == "person" and _fits(written[0], name.entry):
                exact = True
                yield name, Reason(f"{name.use} '{name.text}' of {name.entry.name}", _USE_WEIGHT[name.use])
    if exact or not written:
        return
    for like in scene.world.spellings.like(written[0]):
        yield like.name, Reason(LIKE_WORDS[like.how].format(like.name.text), _LIKE_WEIGHT[like.how])


def _fits(full: str, entry: Entry) -> bool:
    """A full name in the report must not contradict the entry's: each of its words is in it, or nearly."""
    own, known = name_parts(full), name_parts(entry.name)
    if len(own) < 2:
        return True
    shared = sum(p in known or any(k.startswith(p[:4]) for k in known) for p in own)
    return shared >= 2


def _weigh_person(scene: Scene, draft: Draft, name: Name, by_name: Reason) -> Candidate:
    entry = name.entry
    offices = terms(scene, entry.id)
    office = held(scene.world, offices, scene.when)
    title = _by_title(scene, draft, offices)
    found = [by_name, _by_country(scene, draft, entry, by_name, offices), office, title]
    # A title that the desk has learned of the person says whom it means even where it is none of the highest.
    learned = title is not None and title.weight > 0 and scene.knowledge.terms_of(entry.id)
    if office is not None and (office.weight >= HIGH or learned):
        found.append(_by_family(scene, draft, entry))
    return Candidate(entry, tuple(r for r in found if r is not None), name.use)


def _by_country(scene: Scene, draft: Draft, entry: Entry, by_name: Reason, offices: tuple[Office, ...]) -> Reason | None:
    if draft.country_told and draft.country and entry.country:
        same, full = draft.country == entry.country, by_name.weight >= _USE_WEIGHT["alias"] and " " in draft.name
        if not same and full and scene.countries[entry.country]:
            return Reason(f"acts for {draft.country} by the report's words, which name {entry.country} too", 0.0)
        return Reason(f"{'acts' if same else 'does not act'} for {entry.country} by the report's words", 1.5 if same else -2.5)
    if entry.country and scene.countries[entry.country]:
        return Reason(f"the report names {entry.country}", 1.0)
    bodies = {n.entry.id: n.entry.name for m in scene.known for n in m.names if n.entry.kind not in ("state", "person")}
    body = next((bodies[o.of] for o in offices if o.of in bodies), None)
    if body is not None:
        return Reason(f"the report names {body}", 1.0)
    company = scene.company.get(entry.country or "")
    return Reason(f"named beside {company}, who acts for {entry.country}", 0.5) if company and company != entry.name else None


def _by_family(scene: Scene, draft: Draft, entry: Entry) -> Reason | None:
    """One name alone says more where nobody else bears it, or nobody who acts for another country."""
    if len(name_parts(draft.name)) > 1:
        return None
    others = {n.entry.id: n.entry.country for n in scene.world.names(draft.name) if n.entry.kind == "person"}
    others.pop(entry.id, None)
    if not others:
        return Reason("nobody else of the registry has this name", 0.75)
    if set(others.values()) - {entry.country}:
        return None
    return Reason(f"nobody of another country than {entry.country} has this name", 0.5)


def _by_title(scene: Scene, draft: Draft, offices: tuple[Office, ...]) -> Reason | None:
    full = len(name_parts(draft.name)) > 1
    told = {w for r in draft.roles for w in plain(r.title).split()} - words("title_prefixes") - {"of", "the", "and"}
    classes = {t.title_class for r in draft.roles if (t := scene.world.title(r.title)) is not None and t.title_class}
    for office in offices:
        known = scene.world.title(office.title)
        if told & set(plain(office.title).split()) or (known is not None and known.title_class in classes):
            return Reason(f"the report's title is one that the person held: {office.title} of {office.of}", 1.0)
    return Reason("the report's title is none that the person is known to have held", -0.5) if told and not full else None
