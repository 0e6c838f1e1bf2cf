"""`communique read`: sources in, records out, errors one a line."""

from __future__ import annotations

import gc
import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING

from rich.console import Console
from rich.progress import Progress

from communique.cli.views import line, number, show_table, show_text
from communique.config import Settings, load
from communique.errors import CommuniqueError
from communique.pipeline import build
from communique.types.analysis import Failed
from communique.types.record import Record

if TYPE_CHECKING:
    from communique.pipeline.keeping import DeskReader


def read_all(what: list[str], form: str | None, desk: str | None, **given: object) -> int:
    """Read each source, to the desk where one is named, and print its record in the form asked for; without one a line for each
    that is on the desk now. The exit code: 0, or 1 when some could not be read."""
    # Loading makes many objects that all stay; looking through them again and again took a tenth of the start.
    gc.disable()
    settings = load(**given)
    reader = _keeping(desk, settings) if desk is not None else None
    results = reader.read(what) if reader is not None else build(settings).read(what)
    failed = _print(_with_progress(results, len(what)), form or ("text" if reader is None else "line"))
    if reader is not None and reader.known:
        print(f"{number(reader.known, 'report')} of these the desk had already", file=sys.stderr)
    return 1 if failed else 0


def _keeping(desk: str, settings: Settings) -> DeskReader:
    from communique.pipeline.keeping import DeskReader  # half a second of tables' libraries, which other readings are spared

    return DeskReader(desk, settings)


def _print(results: Iterator[Record | Failed], form: str) -> int:
    failed = 0
    for result in results:
        if not gc.isenabled():
            gc.freeze()
            gc.enable()
        if isinstance(result, Failed):
            print(complaint(result), file=sys.stderr, flush=True)
            failed += 1
        else:
            show(result, form)
    return failed


def show(record: Record, form: str) -> None:
    """Print one record to the standard output."""
    if form == "line":
        print(line(record), flush=True)
    elif form == "json":
        print(record.to_json(indent=2))
    elif form == "jsonl":
        print(record.to_json(), flush=True)
    elif form == "table":
        show_table(record, _console())
    else:
        show_text(record, _console())


def complaint(failed: Failed) -> str:
    """One line: which report, what is wrong with it, what to do."""
    said = " ".join(str(failed.error).split())
    if not isinstance(failed.error, CommuniqueError):
        said = f"{failed.stage} failed with {type(failed.error).__name__}: {said}; please report this with the text"
    return said if said.startswith(failed.source) else f"{failed.source}: {said}"


def _with_progress(results: Iterator[Record | Failed], total: int) -> Iterator[Record | Failed]:
    if total < 2 or not sys.stderr.isatty():
        yield from results
        return
    console = Console(stderr=True)
    with Progress(console=console, transient=True, redirect_stdout=False, redirect_stderr=False) as progress:
        task = progress.add_task("reading", total=total)
        for result in results:
            progress.advance(task)
            progress.stop()  # so that what is printed meanwhile never runs into the bar
            yield result
            progress.start()


def _console() -> Console:
    """A console for the standard output: the terminal's width, or 120 columns where it is none."""
    console = Console(highlight=False)
    return console if console.is_terminal else Console(highlight=False, width=120)
