"""Look up a component by group and name. Built-in components come by the same door as anybody's: entry points."""

from __future__ import annotations

from importlib.metadata import EntryPoint, entry_points
from typing import Any

from communique.errors import UsageError

STAGES = "communique.stages"
SOURCES = "communique.sources"
EVALUATIONS = "communique.evaluations"


def names(group: str) -> tuple[str, ...]:
    """The names of a group's components, sorted."""
    return tuple(sorted(entry_points(group=group).names))


def find(group: str, name: str) -> Any:
    """The component of that name, loaded. Raises UsageError when there is none, or when it can't be loaded."""
    found = tuple(entry_points(group=group, name=name))
    if not found:
        raise UsageError(f"{name}: no such component in {group}; there are: {', '.join(names(group)) or 'none'}")
    return _load(found[0], group)


def _load(entry: EntryPoint, group: str) -> Any:
    try:
        return entry.load()
    except (ImportError, AttributeError) as error:
        raise UsageError(f"{entry.name} of {group} can't be loaded from {entry.value}: {error}") from error
