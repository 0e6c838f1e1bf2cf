"""Which stages a report goes through, and whether their order can work."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Protocol, cast

from communique import registry
from communique.coding.userbook import load_userbook
from communique.config import Settings
from communique.errors import StageError, UsageError
from communique.ontology.knowledge import Knowledge, read_knowledge
from communique.pipeline.codebooks import book_of
from communique.types.analysis import Analysis, Failed

ORDER = ("clean", "annotate", "publication", "times", "places", "actors", "coding")


class Stage(Protocol):
    """A step on a report's way: it fills in what it `provides` from what it `requires`, and passes failures on."""

    name: str
    requires: frozenset[str]
    provides: frozenset[str]

    def __call__(self, analyses: Iterable[Analysis | Failed]) -> Iterator[Analysis | Failed]:
        """One result for each analysis, in the same order."""
        ...


def make(settings: Settings) -> tuple[Stage, ...]:
    """The stages of `ORDER`, made as the settings say. Raises UsageError when one of them can't be had."""
    options: dict[str, dict[str, Any]] = {
        "clean": {"published": settings.published},
        "annotate": {"pipeline": settings.pipeline, "threads": settings.threads},
        "actors": {"knowledge": knowledge_of(settings)},
        "coding": {"explain": settings.explain},
    }
    if settings.codebook is not None:
        options["annotate"]["vectors"] = True
        options["coding"]["book"] = book_of(load_userbook(settings.codebook), settings)
    return tuple(cast("Stage", registry.find(registry.STAGES, name)(**options.get(name, {}))) for name in ORDER)


def knowledge_of(settings: Settings) -> Knowledge | None:
    """What the desk has learned, none where the settings name no file. Raises UsageError when there is no folder for it,
    DataError when the file holds something else."""
    if settings.knowledge is None:
        return None
    if not settings.knowledge.absolute().parent.is_dir():
        raise UsageError(f"{settings.knowledge}: there is no such folder to keep what is learned; make it first")
    return read_knowledge(settings.knowledge)


def check_order(stages: Sequence[Stage]) -> None:
    """Raise a StageError when a stage requires what none before it provides."""
    there = {"document"}
    for stage in stages:
        missing = stage.requires - there
        if missing:
            raise StageError(
                f"stage {stage.name!r} requires {', '.join(sorted(missing))}, which no stage before it provides; "
                f"put the one that does before it"
            )
        there |= stage.provides
