"""Which entry of the registry a name means: every reason counts a visible weight, and ties stay open.

The form follows nomenklatura's: a match is a list of weighted reasons that a person can read.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from communique.ontology.entries import Entry, Name, Office
from communique.resolve.mentions import Mention
from communique.resolve.nouns import words
from communique.resolve.persons import name_parts, plain
from communique.resolve.scene import Draft, Scene

_USE_WEIGHT = {"name": 3.0, "alias": 2.5, "seat": 2.5, "adjective": 2.5, "demonym": 2.5, "capital": 2.0, "surname": 1.5}

_STATE_BOUND = frozenset({"organization", "government", "military"})


@dataclass(frozen=True, slots=True)
class Match:
    """An entry with the weight of the reasons for it, and the reasons in words."""

    entry: Entry
    name: Name
    weight: float
    reasons: tuple[str, ...]


def best_match(scene: Scene, mention: Mention) -> Match | None:
    """What a name that is no person's means; none where the registry knows nothing or two entries are as likely."""
    names = [
        n for n in mention.names if n.entry.kind != "person" and not scene.is_generic(n) and not _another(scene, mention, n)
    ]
    return _clear([_weigh(scene, mention, n) for n in names])


def _another(scene: Scene, mention: Mention, name: Name) -> bool:
    """Whether the name must mean another: the body of a state that the report hardly speaks of ("the Labour Party" of
    a report on Norway), or one whose state stands before it ("the Finnish Security Council" is not the UN's)."""
    if name.entry.kind == "state":
        return False
    if name.entry.country is not None:
        return name.entry.kind in _STATE_BOUND and 4 * scene.countries[name.entry.country] < sum(scene.countries.values())
    before = scene.token(mention.first - 1)
    if before is None or not scene.same_sentence(mention.first - 1, mention.first):
        return False
    if before.text.lower() in words("own_government") | words("sub_government") | {"supreme"} and before.text[:1].isupper():
        return True
    return len(mention.names[0].text.split()) == 2 and scene.country_in(max(mention.first - 2, 0), mention.first) is not None


def _clear(matches: list[Match]) -> Match | None:
    ranked = sorted(matches, key=lambda m: -m.weight)
    if not ranked:
        return None
    rivals = [m for m in ranked[1:] if m.entry.id != ranked[0].entry.id]
    return None if rivals and rivals[0].weight >= ranked[0].weight else ranked[0]


def _weigh(scene: Scene, mention: Mention, name: Name) -> Match:
    entry, weight = name.entry, _USE_WEIGHT[name.use]
    reasons = [f"{name.use} '{name.text}' of {entry.name}"]
    before = scene.token(mention.first - 1)
    if name.text.startswith("The ") and (before is None or before.text.lower() != "the"):
        weight -= 1.5
        reasons.append("no 'the' before it")
    if not lived(entry, scene.when):
        weight -= 1.5
        reasons.append("not of the report's time")
    if mention.label == "LOC" and entry.kind == "state":
        weight += 0.5
    if mention.label == "ORG" and entry.kind != "state":
        weight += 0.5
    named = sum(n for c, n in scene.countries.items() if c == entry.country) if entry.country else 0
    if named and entry.kind != "state":
        weight += 1.0
        reasons.append(f"the report names {entry.country}")
    elif named > 1:
        weight += min(named, 8) / 10
    near = scene.country_in(max(mention.first - 3, 0), mention.first)
    if near is not None and near[0] == entry.country and scene.same_sentence(mention.first - 1, mention.first):
        weight += 1.0
        reasons.append(f"'{near[1]}' stands before it")
    return Match(entry, name, weight, tuple(reasons))


def lived(entry: Entry, when: date | None) -> bool:
    """Whether the entry existed on a day; a report may still name what ended, so this only weighs."""
    if when is None:
        return entry.end is None
    return (entry.begin is None or entry.begin <= when) and (entry.end is None or when < entry.end)


def match_person(scene: Scene, draft: Draft) -> Match | None:
    """Who of the registry a person of the report is, when name and circumstances together say so clearly."""
    found: dict[str, Match] = {}
    for written in dict.fromkeys((draft.name, *(scene.words(a, b) for a, b in draft.spans))):
        for name in scene.world.names(written):
            if name.entry.kind == "person" and _fits(draft, name.entry):
                match = _weigh_person(scene, draft, name)
                if match.entry.id not in found or found[match.entry.id].weight < match.weight:
                    found[match.entry.id] = match
    best = _clear(list(found.values()))
    return best if best is not None and best.weight >= 3.0 else None


def _fits(draft: Draft, entry: Entry) -> bool:
    """A full name in the report must not contradict the entry's: each of its words is in it, or nearly."""
    own, known = name_parts(draft.name), name_parts(entry.name)
    if len(own) < 2:
        return True
    shared = sum(p in known or any(k.startswith(p[:4]) for k in known) for p in own)
    return shared >= 2


def _weigh_person(scene: Scene, draft: Draft, name: Name) -> Match:
    entry, weight = name.entry, _USE_WEIGHT[name.use]
    reasons = [f"{name.use} '{name.text}' of {entry.name}"]
    if draft.country_told and draft.country and entry.country:
        same = draft.country == entry.country
        weight += 1.5 if same else -2.5
        reasons.append(f"{'acts' if same else 'does not act'} for {entry.country} by the report's words")
    elif entry.country and scene.countries[entry.country]:
        weight += 1.0
        reasons.append(f"the report names {entry.country}")
    terms = [o for o in scene.world.terms_of(entry.id) if in_term(o, scene.when)]
    if terms:
        weight += 1.0
        reasons.append(f"{terms[0].title} of {terms[0].of} at the time")
    titles = {w for r in draft.roles for w in plain(r.title).split()} - words("title_prefixes") - {"of", "the", "and"}
    if any(titles & set(plain(o.title).split()) for o in scene.world.terms_of(entry.id)):
        weight += 1.0
        reasons.append("the title is one that the person held")
    return Match(entry, name, weight, tuple(reasons))


def in_term(office: Office, when: date | None) -> bool:
    """Whether an office was held on a day; with no day known, whether it is held still."""
    if when is None:
        return office.end is None
    return (office.begin is None or office.begin <= when) and (office.end is None or when < office.end)
