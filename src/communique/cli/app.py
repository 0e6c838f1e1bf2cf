"""The commands. Exit codes: 0 all went well, 1 some reports could not be read, 2 the request could not be met as put."""

from __future__ import annotations

import json
import os
import signal
import sys
from pathlib import Path
from typing import Annotated, Literal, TextIO, cast

import typer

from communique.cli.analyses import add_analyses
from communique.cli.exporting import add_exporting
from communique.cli.judging import add_judging
from communique.cli.questions import add_questions
from communique.errors import CommuniqueError, UsageError

app = typer.Typer(
    add_completion=False,
    pretty_exceptions_enable=False,
    no_args_is_help=True,
    rich_markup_mode=None,
    help="Read news reports and keep a sourced, dated record.",
)


def main() -> None:
    """Run the command line. Output is UTF-8 whatever the locale; a reader that goes away ends it quietly, SIGTERM as an
    interrupt does: what is half-written goes."""
    for stream in (sys.stdout, sys.stderr):
        cast("TextIO", stream).reconfigure(encoding="utf-8", errors="backslashreplace")  # type: ignore[attr-defined]
    before = signal.signal(signal.SIGTERM, lambda number, frame: sys.exit(128 + number))
    try:
        try:
            app()
        finally:
            sys.stdout.flush()  # a full disk shows here, not when Python ends
    except UsageError as error:
        typer.echo(f"communique: {error}", err=True)
        raise SystemExit(2) from None
    except CommuniqueError as error:
        typer.echo(f"communique: {error}", err=True)
        raise SystemExit(1) from None
    except BrokenPipeError:
        _close_output()
        raise SystemExit(141) from None
    except OSError as error:
        _close_output()
        typer.echo(f"communique: {error.strerror or error}; check the disk, the path and the permissions", err=True)
        raise SystemExit(1) from None
    finally:
        signal.signal(signal.SIGTERM, before)


def _close_output() -> None:
    """What is still buffered would raise again when Python flushes it on its way out."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


_PIPELINE = "A spaCy pipeline to use in place of our own."
_EXPLAIN = "Say why each event was coded so, and what was rejected."
_RAW = "Keep the original of each report there."
_CODEBOOK = "Types of your own to code by too; see docs/codebooks.md."
_COLUMNS = "Which columns of a table hold what, as text=body,published=date."
_PRIVATE = "Also ask addresses of private networks."
_KNOWLEDGE = "What the desk has learned; reading adds to it."
_DESK = "The desk: a folder, or the address of a bucket."


def _show_version(asked: bool) -> None:
    if asked:
        from communique.types.record import version

        typer.echo(f"communique {version()}")
        raise typer.Exit


@app.callback()
def _options(
    version: Annotated[bool, typer.Option("--version", callback=_show_version, is_eager=True, help="Say the version.")] = False,
) -> None:
    pass


@app.command()
def read(
    what: Annotated[list[str], typer.Argument(help="Reports to read; - is the standard input.")],
    published: Annotated[str | None, typer.Option(metavar="DATE", help="Day of publication, as YYYY-MM-DD.")] = None,
    format: Annotated[
        Literal["text", "table", "json", "jsonl"] | None, typer.Option(help="How to show the records: text if not given.")
    ] = None,
    desk: Annotated[str | None, typer.Option(metavar="PLACE", help="Keep the records there: a folder or bucket.")] = None,
    pipeline: Annotated[str | None, typer.Option(metavar="NAME", help=_PIPELINE)] = None,
    explain: Annotated[bool, typer.Option("--explain", help=_EXPLAIN)] = False,
    knowledge: Annotated[Path | None, typer.Option(metavar="FILE", help=_KNOWLEDGE)] = None,
    codebook: Annotated[Path | None, typer.Option(metavar="FILE", help=_CODEBOOK)] = None,
    columns: Annotated[str | None, typer.Option(metavar="LIST", help=_COLUMNS)] = None,
    keep_raw: Annotated[Path | None, typer.Option(metavar="FOLDER", help=_RAW)] = None,
    private_addresses: Annotated[bool, typer.Option("--private-addresses", help=_PRIVATE)] = False,
) -> None:
    """Read reports and show their records, in order: files, folders, archives, feeds, addresses."""
    from communique.cli.reading import read_all

    settings = {"published": published, "pipeline": pipeline, "explain": explain, "knowledge": knowledge, "codebook": codebook}
    doors = {"columns": columns, "keep_raw": keep_raw, "private_addresses": private_addresses}
    raise typer.Exit(read_all(what, format, desk, **settings, **doors))


@app.command()
def watch(
    what: Annotated[list[str], typer.Argument(help="Addresses of feeds or pages, folders, files.")],
    desk: Annotated[str, typer.Option(metavar="FOLDER", help="The folder that the desk lies in.")],
    every: Annotated[int, typer.Option(metavar="MINUTES", min=1, help="How often feeds and pages are asked.")] = 15,
    once: Annotated[bool, typer.Option("--once", help="Look once and end.")] = False,
    pipeline: Annotated[str | None, typer.Option(metavar="NAME", help=_PIPELINE)] = None,
    explain: Annotated[bool, typer.Option("--explain", help=_EXPLAIN)] = False,
    knowledge: Annotated[Path | None, typer.Option(metavar="FILE", help=_KNOWLEDGE)] = None,
    codebook: Annotated[Path | None, typer.Option(metavar="FILE", help=_CODEBOOK)] = None,
    columns: Annotated[str | None, typer.Option(metavar="LIST", help=_COLUMNS)] = None,
    keep_raw: Annotated[Path | None, typer.Option(metavar="FOLDER", help=_RAW)] = None,
    private_addresses: Annotated[bool, typer.Option("--private-addresses", help=_PRIVATE)] = False,
) -> None:
    """Follow feeds, pages and folders: new reports once, changed ones as new versions, until told to stop."""
    from communique.cli.watching import watch_all

    settings = {"pipeline": pipeline, "explain": explain, "knowledge": knowledge, "codebook": codebook}
    doors = {"columns": columns, "keep_raw": keep_raw, "private_addresses": private_addresses}
    raise typer.Exit(watch_all(what, desk, every, once, **settings, **doors))


@app.command()
def who(
    name: Annotated[str, typer.Argument(help="A name or words of one.")],
    report: Annotated[str | None, typer.Option(metavar="FILE", help="The report that has the name.")] = None,
    on: Annotated[str | None, typer.Option(metavar="DATE", help="The day of publication or of office, YYYY-MM-DD.")] = None,
    knowledge: Annotated[Path | None, typer.Option(metavar="FILE", help=_KNOWLEDGE)] = None,
    format: Annotated[Literal["table", "json"], typer.Option(help="How to show the candidates.")] = "table",
) -> None:
    """Show who a name may mean, in a report or at all, with the weighted reasons."""
    from communique.cli.asking import ask

    ask(name, report, format, published=on, knowledge=knowledge)


@app.command()
def evaluate(
    name: Annotated[str, typer.Argument(help="What to measure; a name that there is none of lists those there are.")],
    data: Annotated[Path, typer.Option(help="The annotated data to measure on.")],
    gold: Annotated[Path | None, typer.Option(metavar="FOLDER", help="Whole reports, annotated, for coding.")] = None,
    labels: Annotated[Path | None, typer.Option(metavar="FILE", help="Labels of contexts, for coding.")] = None,
    split: Annotated[Literal["dev", "test"] | None, typer.Option(help="The part of the corpora; test unless named.")] = None,
    only: Annotated[list[str] | None, typer.Option(metavar="CORPUS", help="Only this corpus; may be given again.")] = None,
    model: Annotated[Path | None, typer.Option(metavar="FOLDER", help="Another export than the model that ships.")] = None,
    against: Annotated[Path | None, typer.Option(metavar="FOLDER", help="An export to compare it with.")] = None,
    format: Annotated[Literal["table", "json"], typer.Option(help="How to show the figures.")] = "table",
) -> None:
    """Measure on annotated data and show the figures. Corpora and models can be chosen in `language` alone."""
    from communique.cli.measuring import measure

    measure(name, data, format, {"gold": gold, "labels": labels, "split": split, "only": only, "model": model}, against)


codebooks = typer.Typer(no_args_is_help=True, rich_markup_mode=None, help="Codebooks of your own: see docs/codebooks.md.")
app.add_typer(codebooks, name="codebook")


@codebooks.command()
def check(
    file: Annotated[Path, typer.Argument(help="The codebook, a YAML file.")],
    format: Annotated[Literal["table", "json"], typer.Option(help="How to show what was found.")] = "table",
) -> None:
    """Say what is wrong with a codebook, and how well it separates its own examples."""
    from communique.cli.codebooks import check as check_file

    raise typer.Exit(check_file(file, format))


desks = typer.Typer(no_args_is_help=True, rich_markup_mode=None, help="Look after a desk: see docs/desk.md.")
app.add_typer(desks, name="desk")


@desks.command(name="info")
def desk_info(
    desk: Annotated[str, typer.Argument(help=_DESK)],
    format: Annotated[Literal["table", "json"], typer.Option(help="How to show it.")] = "table",
) -> None:
    """Show what a desk holds: rows, files and bytes of its tables, and its runs."""
    from communique.cli.desks import show_account

    show_account(desk, format)


@desks.command(name="check")
def desk_check(desk: Annotated[str, typer.Argument(help=_DESK)]) -> None:
    """Say whether every document is there once, with all the rows that its record has."""
    from communique.cli.desks import check as check_desk

    raise typer.Exit(check_desk(desk))


@desks.command(name="compact")
def desk_compact(desk: Annotated[str, typer.Argument(help=_DESK)]) -> None:
    """Put many small files together to few large ones; others may go on reading and writing."""
    from communique.cli.desks import compact

    compact(desk)


@desks.command(name="vacuum")
def desk_vacuum(
    desk: Annotated[str, typer.Argument(help=_DESK)],
    hours: Annotated[int, typer.Option(min=1, help="Leave alone what is younger than that.")] = 168,
) -> None:
    """Remove rows that belong to no document, and files that no table needs any more."""
    from communique.cli.desks import vacuum

    vacuum(desk, hours)


@app.command()
def diff(
    before: Annotated[str, typer.Argument(metavar="RUN1", help="A run, or the beginning of its id.")],
    after: Annotated[str, typer.Argument(metavar="RUN2", help="A later run.")],
    desk: Annotated[str, typer.Option(metavar="PLACE", help=_DESK)],
    format: Annotated[Literal["text", "json"], typer.Option(help="How to show the changes.")] = "text",
) -> None:
    """Show what changed from one run to another in the documents that both have read."""
    from communique.cli.desks import show_changes

    show_changes(before, after, desk, format)


@app.command()
def merge(
    desk: Annotated[str, typer.Option(metavar="PLACE", help=_DESK)],
    anew: Annotated[bool, typer.Option("--anew", help="Merge all of the desk, not only what is new to it.")] = False,
) -> None:
    """Bring the reports of a desk together: copies, stories, and the incidents that their events tell of."""
    from communique.cli.merging import merge as merge_desk

    merge_desk(desk, anew)


@app.command(name="import")
def import_events(
    files: Annotated[list[Path], typer.Argument(help="Files of ICEWS, POLECAT or GDELT events, as they publish them.")],
    desk: Annotated[str, typer.Option(metavar="PLACE", help=_DESK)],
) -> None:
    """Take events of others into tables of their own, to lay beside those of the desk."""
    from communique.cli.importing import import_files

    raise typer.Exit(import_files(files, desk))


@app.command()
def audit(
    desk: Annotated[str, typer.Option(metavar="PLACE", help=_DESK)],
    sample: Annotated[int, typer.Option(min=1, help="How many events to draw.")],
    by: Annotated[str | None, typer.Option(metavar="NAME", help="Who judges; the name of the user if not given.")] = None,
    seed: Annotated[int, typer.Option(help="Another seed draws other events.")] = 0,
    stratified: Annotated[bool, typer.Option("--stratified", help="As many events of each type.")] = False,
) -> None:
    """Check events drawn at random by hand, and see how many are right."""
    from communique.cli.auditing import audit as audit_desk

    audit_desk(desk, sample, by, seed, stratified)


@app.command()
def schema() -> None:
    """Print the JSON Schema of a record."""
    from communique.types.record import schema as record_schema

    typer.echo(json.dumps(record_schema(), ensure_ascii=False, indent=2))


add_exporting(app)
add_questions(app)
add_analyses(app)
add_judging(app)
