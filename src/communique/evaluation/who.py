"""Linked mentions of the Current Events pages of Wikipedia: `communique evaluate who --data PATH`.

PATH holds `train/wikipedia-current-events/posts-2025.tar.gz` and `train/actors`. Measured are the sourced items of October to
December 2025 (the registry is built from January to September), each read as a report of its day. A link counts where the
registry covers its title: some entry is tied to it (`World.titled`), a person, a state, or an organisation of any kind. Parts
of states, which are places before they are actors, are left out, and so are words without a capital ("police", "soldiers"),
which the link only explains; they are counted in who_with_nouns. A state's adjective or name that is linked to a body of that
state ("an [Israeli] airstrike", linked to its army) names the state.

A link is resolved where an actor whose mention overlaps the linked words has the entry of that title; words linked to a state
that are but a part of an actor's mention ("[Israeli] soldiers"), or a demonym ("[Tongans] vote"), where that actor acts for it.

- who_resolved: share resolved of the links covered; who_persons, who_states, who_organisations: of each kind.
- who_with_nouns: the same with the words without a capital.
- who_precision: share right of the links covered where an actor with an entry stands, or a part of one.
- who_coverage: share that the registry covers of the links to states, heads of state and government, and intergovernmental
  organisations. Which those are is said without the registry. States: titles that are a name of a country by
  datasets/country-codes, the World Factbook or mledoze/countries. Heads: titles that are the name of a leader in the Factbook
  of May 2026 or the two lists of world leaders, or are linked just after the office of one in these pages ("Prime Minister of
  X", X a state). Organisations: those that states take part in by the Factbook, by their titles (`data/igos.tsv`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

from communique import registry
from communique.config import Settings
from communique.evaluation.current_events import Item, read_items, read_pages
from communique.evaluation.heads import Reference
from communique.ontology.entries import Entry
from communique.ontology.world import World, load_world
from communique.pipeline import build
from communique.types.analysis import Failed
from communique.types.entities import Actor
from communique.types.text import Document, Interval, Published, Span

FIRST, LAST = date(2025, 10, 1), date(2025, 12, 31)
POSTS = "train/wikipedia-current-events/posts-2025.tar.gz"


def evaluate(data: Path) -> dict[str, float]:
    """Read the items and score their links. Raises DataError where the pages or the lists are missing."""
    items = [i for day, page in read_pages(data / POSTS) if FIRST <= day <= LAST for i in read_items(page, day)]
    reference = Reference(data / "train/actors", items)
    world = load_world()
    counts: Counter[str] = Counter(covered(items, reference, world))
    for item, record in zip(items, build(Settings()).read(map(document, items)), strict=True):
        counts["failed"] += isinstance(record, Failed)
        counts.update(score(item, () if isinstance(record, Failed) else record.actors, world))
    return figures(counts) | {"items": float(len(items)), "failed": float(counts["failed"])}


def document(item: Item) -> Document:
    """An item as a report of its day."""
    found: Document = registry.find(registry.SOURCES, "string")(item.text)
    return replace(found, published=Published(Interval(item.day, item.day + timedelta(days=1)), "given"))


def covered(items: Iterable[Item], reference: Reference, world: World) -> Counter[str]:
    """How many links go to what the reference has, and how many of these the registry covers."""
    counts: Counter[str] = Counter()
    for item in items:
        for _, title in item.links:
            if kind := reference.kind(title):
                has = world.titled(title) is not None
                counts.update({"reference": 1, "reference_covered": has, kind: 1, f"{kind}_covered": has})
    return counts


def score(item: Item, actors: Iterable[Actor], world: World) -> Counter[str]:
    """The counts of one item's links, given its actors."""
    counts: Counter[str] = Counter()
    for span, title in item.links:
        entry = world.titled(title)
        if entry is None or entry.id.startswith("region:"):
            continue
        words = span.of(item.text)
        state = world.state(entry.country) if entry.country else None
        if entry.kind != "person" and state is not None and any(n.entry == state for n in world.names(words)):
            entry = state
        kind = "persons" if entry.kind == "person" else "states" if entry.id.startswith("state:") else "organisations"
        people = any(n.entry == entry and n.use in ("adjective", "demonym") for n in world.names(words))
        right, given = judge(span, entry, actors, people)
        counts.update({"all": 1, "all_right": right})
        if any(c.isupper() for c in words):
            counts.update({"links": 1, "right": right, "given": given, kind: 1, f"{kind}_right": right})
    return counts


def judge(span: Span, entry: Entry, actors: Iterable[Actor], people: bool = False) -> tuple[bool, bool]:
    """Whether linked words are resolved to the entry, and whether they are resolved at all; `people` says that they are
    an adjective or demonym of a state."""
    right = given = False
    for actor in actors:
        for mention in actor.mentions:
            if mention.overlap(span):
                part = mention != span and mention.start <= span.start and span.end <= mention.end
                of_state = (part or people) and entry.kind == "state" and actor.country == entry.country
                right |= actor.entry == entry.id or of_state
                given |= actor.entry is not None or of_state
    return right, given


def figures(counts: Counter[str]) -> dict[str, float]:
    """The figures out of the counts; none where there is nothing to count."""
    shares = {
        "who_resolved": ("right", "links"),
        "who_persons": ("persons_right", "persons"),
        "who_states": ("states_right", "states"),
        "who_organisations": ("organisations_right", "organisations"),
        "who_with_nouns": ("all_right", "all"),
        "who_precision": ("right", "given"),
        "who_coverage": ("reference_covered", "reference"),
        "who_coverage_states": ("state_covered", "state"),
        "who_coverage_heads": ("head_covered", "head"),
        "who_coverage_igos": ("igo_covered", "igo"),
    }
    return {name: counts[part] / counts[whole] for name, (part, whole) in shares.items() if counts[whole]} | {
        "links": float(counts["links"]),
        "links_in_reference": float(counts["reference"]),
    }
