"""The stage that finds a report's actors: from names, nouns and pronouns to who they are."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import timedelta

from communique.errors import StageError
from communique.ontology.knowledge import Knowledge
from communique.ontology.world import World, load_world
from communique.resolve.actors.bodies import find_bodies
from communique.resolve.actors.candidates import person_candidates
from communique.resolve.actors.groups import find_groups
from communique.resolve.actors.institutions import tie_institutions
from communique.resolve.actors.persons import find_people, follow_owners, settle_countries
from communique.resolve.coreference.pairs import resolve_pairs
from communique.resolve.coreference.pronouns import resolve_pronouns
from communique.resolve.names.comparison import name_parts
from communique.resolve.offices.holders import country_of, find_holders, sectors_of
from communique.resolve.report.drafts import Draft
from communique.resolve.report.labels import labelled_scene
from communique.resolve.report.scene import Scene
from communique.types.analysis import Analysis, Failed, each
from communique.types.entities import Actor
from communique.types.text import Span

# Publication within some years says nothing of who held an office on the day.
_CLOSE = timedelta(days=366)


class ActorResolver:
    """Finds the actors of each report: people, states, bodies and crowds, with all their mentions.

    Reads `reading`, and `places` where they are known; gives `actors` with ids a1, a2, ... in order of first mention.
    """

    name = "resolve.actors"
    requires = frozenset({"passages", "reading"})
    uses = frozenset({"places", "times"})
    provides = frozenset({"actors"})

    def __init__(self, world: World | None = None, knowledge: Knowledge | None = None) -> None:
        self.world = world if world is not None else load_world()
        self.knowledge = knowledge if knowledge is not None else Knowledge((), self.world)

    def __call__(self, analyses: Iterable[Analysis | Failed]) -> Iterator[Analysis | Failed]:
        """Yield each analysis with its actors; a report that fails goes on as `Failed`."""
        return each(analyses, self.name, lambda analysis: replace(analysis, actors=self.actors(analysis)))

    def actors(self, analysis: Analysis) -> tuple[Actor, ...]:
        """The actors of one report. Raises `StageError` when it has not been read yet."""
        return _actors(self.found(analysis))

    def found(self, analysis: Analysis) -> Scene:
        """The working view of one report with all its actors found. Raises `StageError` when it has not been read yet."""
        if analysis.reading is None:
            raise StageError(f"{analysis.document.source}: actors need a reading; put the annotating stage before this one")
        scene = set_scene(analysis, self.world, self.knowledge)
        find_people(scene)
        recognise(scene)
        find_bodies(scene)
        settle_countries(scene)
        resolve_pairs(scene)
        find_groups(scene)
        find_holders(scene)
        tie_institutions(scene)
        resolve_pronouns(scene)
        return scene


def set_scene(analysis: Analysis, world: World, knowledge: Knowledge) -> Scene:
    """The working view of a report that has been read, with its names, before anybody is found. What the report itself
    has taught is left out of the knowledge."""
    assert analysis.reading is not None
    text, reading, published = analysis.document.text, analysis.reading, analysis.document.published.interval
    close = published is not None and published.end - published.start <= _CLOSE
    when = published.end - timedelta(days=1) if published is not None and close else None
    return labelled_scene(text, reading, world, analysis.places, when, knowledge.without(analysis.document.text_id))


def recognise(scene: Scene) -> None:
    """Tie the people to the registry where name and circumstances say clearly who it is; those that are left are looked
    at again with the company that they are in."""
    left = [d for d in scene.drafts if d.kind == "person" and not _tie(scene, d)]
    known = [d.entry for d in scene.drafts if d.entry is not None and d.entry.country]
    scene.company = {e.country: e.name for e in reversed(known) if e.country}
    follow_owners(scene)
    for draft in left:
        if not _tie(scene, draft):
            draft.resolved_by = "report" if draft.roles or draft.country else "unresolved"
    _unite(scene)


def _tie(scene: Scene, draft: Draft) -> bool:
    draft.decision = person_candidates(scene, draft)
    match = draft.decision.taken
    if match is None:
        return False
    draft.entry, draft.resolved_by = match.entry, "registry"
    draft.reasons[:0] = match.words
    if not draft.country_told:
        draft.country = country_of(scene, match.entry)
    draft.sectors.extend(s for s in sectors_of(scene, match.entry) if s not in draft.sectors)
    if len(name_parts(draft.name)) == 1 and len(match.entry.name.split()) > 1:
        draft.name = match.entry.name
    return True


def _unite(scene: Scene) -> None:
    """Make one of the drafts that turned out to be the same person of the registry."""
    kept: dict[str, Draft] = {}
    for draft in list(scene.drafts):
        if draft.entry is None:
            continue
        first = kept.setdefault(draft.entry.id, draft)
        if first is not draft:
            first.spans = sorted({*first.spans, *draft.spans})
            first.roles.extend(r for r in draft.roles if r not in first.roles)
            first.name = max(first.name, draft.name, key=lambda n: len(n.split()))
            scene.drafts.remove(draft)


def _actors(scene: Scene) -> tuple[Actor, ...]:
    drafts = sorted((d for d in scene.drafts if d.spans), key=lambda d: (d.first, -max(b for a, b in d.spans if a == d.first)))
    return tuple(_actor(scene, f"a{number}", draft) for number, draft in enumerate(drafts, 1))


def _actor(scene: Scene, ident: str, draft: Draft) -> Actor:
    spans: list[Span] = sorted({scene.span(a, b) for a, b in draft.spans})
    return Actor(
        id=ident,
        name=draft.name,
        kind=draft.kind,
        country=draft.country,
        mentions=tuple(spans),
        sectors=tuple(draft.sectors),
        wikidata=draft.entry.wikidata if draft.entry is not None else None,
        age=draft.age,
        roles=tuple(draft.roles),
        resolved_by=draft.resolved_by,
        why="; ".join(draft.reasons) or "named in the report",
        entry=draft.entry.id if draft.entry is not None else None,
    )
