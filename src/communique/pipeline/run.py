"""Runs reports through the stages, one after another, here in this process."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

from communique.config import Settings
from communique.errors import InputError, UsageError
from communique.ontology.knowledge import Knowledge, read_knowledge, write_knowledge
from communique.ontology.lessons import learn
from communique.pipeline.stages import Stage, check_order, make
from communique.resolve.actors.resolver import ActorResolver
from communique.sources.inputs import Options
from communique.sources.opener import Opener
from communique.types.analysis import Analysis, Failed
from communique.types.record import Record
from communique.types.record import build as build_record
from communique.types.text import Document

# characters; the longest reads of newspapers have less than half of it, and what is longer is several reports in one file
LONGEST = 250_000

Source = str | Path | Document
Reader = Callable[[str], Iterable[Document | Failed]]
Wanted = Callable[[Document], bool]


class Pipeline:
    """Stages in an order that works. Raises StageError when the order can't work."""

    def __init__(self, stages: Sequence[Stage], reader: Reader, explain: bool = False, knowledge: Path | None = None) -> None:
        check_order(stages)
        self.stages = tuple(stages)
        self._reader = reader
        self._explain = explain
        self._knowledge = knowledge

    def read(self, sources: Iterable[Source], wanted: Wanted | None = None) -> Iterator[Record | Failed]:
        """A record, or what went wrong, for each report of each source that is `wanted`, in order, as soon as it is read.

        A source is a file, a folder, an address (`-`: standard input) or a document. A report that can't be read never
        stops the others. Each goes its way alone: with 8-bit weights, what the network finds in a text depends a little on
        what is run with it. What the records teach is written to the desk's knowledge when all sources are read, for later
        runs to use, so that the order of the reports changes nothing.
        """
        if self._knowledge is None:
            yield from map(self._finish, self.analyse(sources, wanted))
        else:
            yield from self._learning(sources, self._knowledge, wanted)

    def _learning(self, sources: Iterable[Source], path: Path, wanted: Wanted | None) -> Iterator[Record | Failed]:
        """The results, read with what the file has now; what they teach is added to it, also where the reader stops early."""
        learned = self._recall(path)
        try:
            for result in map(self._finish, self.analyse(sources, wanted)):
                if isinstance(result, Record):
                    learned = learn(learned, result)
                yield result
        finally:
            write_knowledge(learned, path)

    def read_one(self, document: Document) -> Record | Failed:
        """The record of one document, or what went wrong. What it teaches is in the desk's knowledge at once."""
        path = self._knowledge
        known = None if path is None else self._recall(path)
        (result,) = map(self._finish, self.analyse([document]))
        if path is not None and known is not None and isinstance(result, Record):
            learned = learn(known, result)
            if learned is not known:
                write_knowledge(learned, path)
        return result

    def _recall(self, path: Path) -> Knowledge:
        learned = read_knowledge(path)
        for stage in self.stages:
            if isinstance(stage, ActorResolver):
                stage.knowledge = learned
        return learned

    def analyse(self, sources: Iterable[Source], wanted: Wanted | None = None) -> Iterator[Analysis | Failed]:
        """What the stages know of each report that is `wanted`, in order, or what went wrong: more than the record shows."""
        for source in sources:
            for result in self.load(source):
                if wanted is not None and isinstance(result, Analysis) and not wanted(result.document):
                    continue
                for stage in self.stages:
                    result = _apply(stage, result)
                yield result

    def load(self, source: Source) -> Iterator[Analysis | Failed]:
        """The reports of a source as the first stage takes them, or what went wrong."""
        if not isinstance(source, (str, Path, Document)):
            kind = type(source).__name__
            said = f"{kind}: no source of a report; give a path or a text (str), a pathlib.Path or a Document"
            yield Failed(kind, "source", UsageError(said))
            return
        try:
            for document in [source] if isinstance(source, Document) else self._reader(str(source)):
                yield document if isinstance(document, Failed) else _begin(document)
        except UsageError:
            raise
        except Exception as error:
            yield Failed(str(source), "source", error)

    def _finish(self, result: Analysis | Failed) -> Record | Failed:
        if isinstance(result, Failed):
            return result
        try:
            return build_record(result, self._explain)
        except Exception as error:
            return Failed(result.document.source, "record", error)


def _begin(document: Document) -> Analysis | Failed:
    if len(document.text) > LONGEST:
        said = f"{len(document.text):,} characters are too long for one report, which may have {LONGEST:,}"
        return Failed(document.source, "source", InputError(f"{document.source}: {said}; split it"))
    return Analysis(document)


def _apply(stage: Stage, analysis: Analysis | Failed) -> Analysis | Failed:
    """What the stage makes of one report; a failure where it breaks off.

    What the user asked for and can't be had (UsageError) is no one report's failure and goes through.
    """
    if isinstance(analysis, Failed):
        return analysis
    try:
        (found,) = stage([analysis])
    except UsageError:
        raise
    except Exception as error:
        return Failed(analysis.document.source, stage.name, error)
    return found


def build(settings: Settings) -> Pipeline:
    """The pipeline that the settings ask for. Raises UsageError or StageError when it can't be had."""
    return Pipeline(make(settings), reader_of(settings), settings.explain, settings.knowledge)


def reader_of(settings: Settings) -> Reader:
    """What opens sources, as the settings say."""
    return Opener(options_of(settings)).open


def options_of(settings: Settings) -> Options:
    """How sources are read, as the settings say."""
    return Options(settings.columns, settings.keep_raw, settings.private_addresses)


def record_or_raise(result: Record | Failed) -> Record:
    """The record; where there is none, the error of the report that failed is raised."""
    if isinstance(result, Record):
        return result
    raise result.error
