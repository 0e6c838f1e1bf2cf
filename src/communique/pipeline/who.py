"""What `communique who` asks: one name, in a report or in the registry."""

from __future__ import annotations

from communique.config import Settings
from communique.errors import UsageError
from communique.ontology.knowledge import Knowledge
from communique.ontology.world import load_world
from communique.pipeline.run import Pipeline, Source, reader_of
from communique.pipeline.stages import knowledge_of, make
from communique.resolve.actors.inquiry import Answer, ask_registry, ask_report
from communique.resolve.actors.resolver import ActorResolver
from communique.types.analysis import Failed
from communique.types.text import Document


def who_in_registry(name: str, settings: Settings) -> Answer:
    """Who of the registry bears a name, with their offices on the day that the settings give, or at any time."""
    return ask_registry(load_world(), knowledge_of(settings) or Knowledge(), name, settings.published)


def who_in_report(name: str, source: Source, settings: Settings) -> tuple[Document, tuple[Answer, ...]]:
    """Who the actors of a report are that it calls by a name, and the report as it was read. Raises the report's error
    when it can't be read."""
    stages = make(settings)
    resolver = next(s for s in stages if isinstance(s, ActorResolver))
    before = Pipeline(stages[: stages.index(resolver)], reader_of(settings))
    analysis, *more = before.analyse([source])
    if more:
        raise UsageError(f"{source}: holds {1 + len(more)} reports; name a file with one")
    if isinstance(analysis, Failed):
        raise analysis.error
    return analysis.document, ask_report(resolver, analysis, name)
