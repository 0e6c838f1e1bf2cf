"""Bodies that the report calls by a common noun and their state, tied to the registry: "the Philippine Senate"."""

from __future__ import annotations

import re

from communique.ontology.entries import Entry
from communique.resolve.report.drafts import Draft
from communique.resolve.report.scene import Scene

_KINDS = frozenset({"government", "military", "organization", "group"})
_BODIES = _KINDS | {"bloc", "company"}
_LEADING = re.compile(r"^(?:(?:the|pro|anti)\b[-\w]* )+", re.IGNORECASE)
_TRAILING = re.compile(r" (?:of|party|movement|group)\b|$")


def tie_institutions(scene: Scene) -> None:
    """Give the drafts of bodies whose state is known the entry that the registry has for them, where it is the only one of that
    name in the state. What turns out to be a body that the report also calls by its name is one with it."""
    named = {d.entry.id: d for d in scene.drafts if d.entry is not None}
    for draft in list(scene.drafts):
        if draft.entry is not None or draft.kind not in _KINDS:
            continue
        entry = _entry(scene, draft)
        if entry is None:
            continue
        same = named.setdefault(entry.id, draft)
        if same is draft:
            draft.entry, draft.resolved_by = entry, "registry"
        else:
            same.spans = sorted({*same.spans, *draft.spans})
            scene.drafts.remove(draft)
        same.because(f"the only body of {entry.country or 'its name'} that is called so is {entry.name}")


def _entry(scene: Scene, draft: Draft) -> Entry | None:
    for text in dict.fromkeys((draft.name, *(scene.words(a, b) for a, b in draft.spans))):
        found = scene.world.bodies.find(draft.country, text) if draft.country is not None else None
        found = found or _within(scene, text)
        if found is not None:
            return found
    return None


def _within(scene: Scene, text: str) -> Entry | None:
    """The body whose name of several words stands in a longer one, before "party" or "of ..." and behind "pro-...":
    "pro-European Party of Progress of Ruritania"."""
    rest = _LEADING.sub("", text)
    for stop in (m.start() for m in reversed(list(_TRAILING.finditer(rest)))):
        found = {n.entry.id: n.entry for n in scene.world.names(rest[:stop]) if n.use in ("name", "alias") and " " in n.text}
        if len(found) == 1:
            entry = next(iter(found.values()))
            return entry if entry.kind in _BODIES else None
    return None
