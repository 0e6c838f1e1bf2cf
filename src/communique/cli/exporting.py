"""`communique export`: writes a format and reports what it could not carry on the standard error."""

from __future__ import annotations

import inspect
import sys
from pathlib import Path
from typing import Annotated, Any

import typer

from communique.cli.questions import Options, options_of, signed
from communique.errors import UsageError
from communique.query.questions import FILTERS

_NO_DEFAULT = inspect.Parameter.empty
_OWN: Options = {
    "format": (
        Annotated[str, typer.Argument(help="The format; a name that there is none of lists those there are.")],
        _NO_DEFAULT,
    ),
    "out": (Annotated[Path, typer.Option(metavar="FILE", help="The file to write; - is the standard output.")], _NO_DEFAULT),
    "desk": (Annotated[str | None, typer.Option(metavar="PLACE", help="The desk to export.")], None),
    "records": (
        Annotated[Path | None, typer.Option(metavar="FILE", help="Records, as read --format jsonl has them; without filters.")],
        None,
    ),
}
_OPTIONS: Options = {
    "zeros": (Annotated[bool, typer.Option("--zeros", help="Of panels: rows for months without events too.")], False),
    "table": (Annotated[str | None, typer.Option(help="Of csv and parquet: which table; events if not given.")], None),
    "safe": (Annotated[bool, typer.Option("--safe", help="Of csv: disarm what a spreadsheet takes for a formula.")], False),
    "all_versions": (Annotated[bool, typer.Option("--all-versions", help="Of desks: older versions of reports too.")], False),
    "as_coded": (Annotated[bool, typer.Option("--as-coded", help="Of desks: without what people judged.")], False),
}


def add_exporting(app: typer.Typer) -> None:
    """Give an app the command. Its filters are made of `query.questions`, as those of listings are."""

    def command(format: str, out: Path, desk: str | None, records: Path | None, **asked: Any) -> None:
        options = {name: asked.pop(name) for name in _OPTIONS}
        filters = {name: value for name, value in asked.items() if value is not None}
        export(format, desk, records, out, filters | {name: value for name, value in options.items() if value})

    told = "Write events in a format of others, and say what it can't carry: see docs/exports.md."
    app.command("export", help=told)(signed(command, _OWN | options_of(FILTERS.values()) | _OPTIONS))


def export(format: str, desk: str | None, records: Path | None, out: Path, asked: dict[str, Any]) -> None:
    """Export a desk, or a file of records, to a file, or to the standard output for `-`, with what the format is asked for and
    the filters that choose from the desk."""
    from communique.pipeline.exporting import export_desk, export_records

    target = None if str(out) == "-" else out
    if desk is not None and records is None:
        loss = export_desk(format, desk, target, **asked)
    elif records is not None and desk is None:
        loss = export_records(format, records, target, **asked)
    else:
        raise UsageError("export: name what to export: either a desk with --desk, or a file of records with --records")
    print(*loss.lines(), sep="\n", file=sys.stderr)
