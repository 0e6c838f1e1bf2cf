"""What a desk answers, shown: rows, passages that were found, one thing with its words."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from itertools import pairwise
from pathlib import Path
from typing import Any

import pyarrow as pa
from rich.console import Console
from rich.markup import escape
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from communique.cli.accounts import show_incident, show_lineage
from communique.cli.views import words
from communique.query.empty import undated, why_empty
from communique.query.formats import Found, cell, check_form, plain, save, write
from communique.query.known import unmerged
from communique.query.relations import Relation
from communique.query.search import Hit
from communique.query.show import Shown, Thing
from communique.query.view import View

_ROWS = 50  # of a table, unless a limit is given
_OPEN, _CLOSE = "«", "»"


def show_rows(
    relation: Relation,
    sort: list[str] | None,
    columns: str | None,
    limit: int | None,
    offset: int,
    format: str,
    out: Path | None,
) -> None:
    """Print rows, or write them to a file: sorted, paged, in the form asked for."""
    check_form(format, out)
    if sort:
        relation = relation.sort(*sort)
    if columns:
        relation = relation.pick(*(c.strip() for c in columns.split(",")))
    if format == "table":
        _show_table(relation.page(_ROWS if limit is None else limit, offset))
    elif out is not None:
        save(relation.page(limit, offset).ordered(), format, out)
    else:
        write(relation.page(limit, offset).ordered(), format, sys.stdout)


def tell_unmerged(view: View) -> None:
    """Say on the standard error how many reports stories and incidents are without, if any."""
    if count := unmerged(view):
        reports = "1 report is" if count == 1 else f"{count:,} reports are"
        print(
            f"{reports} newer than the last merge, and in no story or incident; communique merge brings them in",
            file=sys.stderr,
        )


def tell_empty(view: View, listing: str, asked: Mapping[str, Any]) -> None:
    """Say on the standard error why filters let nothing of a listing through, if they do not."""
    for line in why_empty(view, listing, asked):
        print(words(line), file=sys.stderr)


def tell_undated(view: View, asked: Mapping[str, Any]) -> None:
    """Say on the standard error how many events stand on the days of their report where days are asked for, if any."""
    if (asked.get("since") or asked.get("until")) and (count := undated(view, asked)):
        told = "1 event without days of its own stands" if count == 1 else f"{count:,} events without days of their own stand"
        print(f"{told} on those of the report", file=sys.stderr)


def show_found(found: pa.Table, format: str, out: Path | None, shown: tuple[str, ...] = ()) -> None:
    """Print the rows of an analysis, or write them to a file, in the form asked for; of a table for people only the columns
    `shown`, if any are named."""
    check_form(format, out)
    if format != "table":
        if out is not None:
            save(Found(found), format, out)
        else:
            write(Found(found), format, sys.stdout)
        return
    found = found.select([name for name in found.column_names if not shown or name in shown])
    table = Table(*(escape(name.replace("_", " ")) for name in found.column_names))
    for row in found.slice(0, _ROWS).to_pylist():
        table.add_row(*(Text(words(_rounded(value))) for value in row.values()))
    _console(160).print(table)
    if found.num_rows > _ROWS:
        print(f"{_ROWS:,} of {found.num_rows:,} rows; see all with --format csv", file=sys.stderr)


def _rounded(value: object) -> str:
    return f"{value:.2f}" if isinstance(value, float) else cell(value, ", ")


def _show_table(relation: Relation) -> None:
    if not relation.picked and relation.shown:
        relation = relation.pick(*relation.shown)
    rows = relation.rows()
    table = Table(*(escape(words(c).replace("_", " ")) for c in relation.picked or relation.columns))
    for row in rows:
        table.add_row(*(Text(words(cell(value, ", "))) for value in row.values()))
    _console(160).print(table)
    total = relation.count()
    if total > len(rows):
        print(f"{len(rows):,} of {total:,} rows; see others with --limit and --offset", file=sys.stderr)


def show_hits(hits: Iterable[Hit], format: str) -> None:
    """Print passages that were found, the best first."""
    found = list(hits)
    if format == "json":
        print(json.dumps([plain(asdict(hit)) for hit in found], ensure_ascii=False, indent=2))
        return
    console = _console(120)
    if not found:
        console.print("nothing found")
    for hit in found:
        about = [hit.kind, str(hit.published or ""), words(hit.publisher or ""), words(hit.title or "")]
        console.print(Text(hit.id, style="bold").append("  " + " · ".join(a for a in about if a), style="not bold dim"))
        console.print(Padding.indent(Text(words(hit.snippet)), 2))


def show_thing(thing: Thing, format: str) -> None:
    """Print what an id stands for, its words first."""
    if format == "json":
        print(json.dumps(plain(thing.to_dict()), ensure_ascii=False, indent=2))
        return
    console = _console(120)
    console.print(Text(thing.id, style="bold").append(f"  {thing.kind}", style="not bold"))
    if thing.document is not None:
        about = (thing.document[key] for key in ("title", "publisher", "published_start", "source"))
        console.print(Text(" · ".join(words(str(a)) for a in about if a), style="dim"))
    for version in thing.versions:
        console.print(Text(_version(version, thing), style="dim"))
    for passage in thing.passages:
        console.print()
        if thing.kind == "incident":
            console.print(Text(passage.document, style="dim"))
        console.print(_marked(passage))
    console.print()
    for name, value in thing.fields.items():
        if value not in (None, []):
            console.print(Text(f"{name}: ", style="cyan").append(words(cell(value, ", ")), style="default"))
    for j in thing.judgements:
        said = " ".join((j.kind, *(f"{name}={value}" for name, value in j.change)))
        told = f"{said} by {j.by}, {j.made:%Y-%m-%d %H:%M}: {j.why} ({j.id})"
        console.print(Text("judged: ", style="cyan").append(words(told), style="default"))
    if thing.incident is not None:
        show_incident(thing.incident, console)
    if thing.lineage:
        show_lineage(thing.lineage, console)
    elif thing.members:
        console.print(Text("holds: ", style="cyan").append(", ".join(thing.members), style="default"))


def _version(version: Mapping[str, Any], thing: Thing) -> str:
    this = " (this one)" if thing.id.startswith(version["document"]) else ""
    return f"version {version['number']}, found {version['first']:%Y-%m-%d %H:%M}: {version['document']}{this}"


def _marked(passage: Shown) -> Text:
    """The passage, line by line, the evidence between « and » and the trigger set off."""
    marks: dict[int, str] = {}
    for span in passage.marked:
        marks[span.start] = marks.get(span.start, "") + _OPEN
        marks[span.end] = _CLOSE + marks.get(span.end, "")
    trigger = passage.trigger
    edges = sorted({passage.span.start, passage.span.end, *marks, *((trigger.start, trigger.end) if trigger else ())})
    out = Text(marks.get(edges[0], ""))
    for start, end in pairwise(edges):
        piece = passage.text[start - passage.span.start : end - passage.span.start]
        out.append(_printable(piece), style="bold reverse" if trigger and trigger.start <= start < trigger.end else "")
        out.append(marks.get(end, ""))
    return out


def _printable(text: str) -> str:
    return "".join(c if c == "\n" or c.isprintable() else " " for c in text)


def _console(width: int) -> Console:
    """A console for the standard output: the terminal's width, or so many columns where it is none."""
    console = Console(highlight=False)
    return console if console.is_terminal else Console(highlight=False, width=width)
