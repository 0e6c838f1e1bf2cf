"""Look up a component by group and name. Built-in components come by the same door as anybody's: entry points."""

from __future__ import annotations

from functools import cache
from importlib.metadata import EntryPoint, EntryPoints, entry_points
from typing import Any

from communique.errors import UsageError

STAGES = "communique.stages"
SOURCES = "communique.sources"
FORMATS = "communique.formats"
EVALUATIONS = "communique.evaluations"
EXPORTS = "communique.exports"


@cache
def _installed(group: str) -> EntryPoints:
    """The entry points of a group; finding them reads the metadata of every package that is installed."""
    return entry_points(group=group)


def names(group: str) -> tuple[str, ...]:
    """The names of a group's components, sorted."""
    return tuple(sorted(_installed(group).names))


def find(group: str, name: str) -> Any:
    """The component of that name, loaded. Raises UsageError when there is none, or when it can't be loaded."""
    found = tuple(_installed(group).select(name=name))
    if not found:
        raise UsageError(f"{name}: no such component in {group}; there are: {', '.join(names(group)) or 'none'}")
    return _load(found[0], group)


def _load(entry: EntryPoint, group: str) -> Any:
    try:
        return entry.load()
    except (ImportError, AttributeError) as error:
        raise UsageError(f"{entry.name} of {group} can't be loaded from {entry.value}: {error}") from error
