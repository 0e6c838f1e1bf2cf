"""`communique desk` and `communique diff`: what a desk holds, whether it is whole, and what a newer run changed."""

from __future__ import annotations

import json
import sys
from collections import Counter
from dataclasses import asdict
from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from communique.cli.views import number, words
from communique.store import upkeep
from communique.store.changes import Change, compare
from communique.store.compaction import compact as compact_tables
from communique.store.lake import Lake

_SIGNS = {"gained": ("+", "green"), "lost": ("-", "red"), "changed": ("~", "yellow")}


def show_account(place: str, form: str) -> None:
    """Print what a desk holds."""
    found = upkeep.account(Lake(place))
    if form == "json":
        print(json.dumps(asdict(found), ensure_ascii=False, indent=2, default=str))
        return
    console = _console()
    tables = Table("table")
    for head in ("rows", "not counted", "files", "MB"):
        tables.add_column(head, justify="right")
    for name, size in found.tables.items():
        tables.add_row(name, f"{size.rows:,}", f"{size.hidden:,}", f"{size.files:,}", f"{size.bytes / 1e6:,.1f}")
    console.print(tables)
    runs = Table("run", "version", "settings", "started", "documents")
    for run in found.runs:
        started = f"{run.started:%Y-%m-%d %H:%M}"
        runs.add_row(run.id, *map(_plain, (run.version, run.settings)), started, f"{run.documents:,}")
    console.print(runs)
    if found.first is not None:
        console.print(Text(f"published from {found.first} to {found.last}"))


def check(place: str) -> int:
    """Print what is wrong with a desk, a line each; the exit code: 0, or 1 when something is."""
    found = upkeep.troubles(Lake(place))
    for trouble in found:
        print(f"{place}: {words(trouble)}; read its report anew, to another desk", file=sys.stderr)
    if not found:
        print("the desk is whole")
    return 1 if found else 0


def compact(place: str) -> None:
    """Put small files together and say how many fewer there are."""
    lake = Lake(place)
    lake.check_there()
    print(f"{number(compact_tables(lake), 'file')} fewer; the old ones stay for those who read them until `vacuum`")


def vacuum(place: str, hours: int) -> None:
    """Remove what belongs to nothing and say how much it was."""
    rows, files = upkeep.vacuum(Lake(place), hours)
    print(f"removed {number(rows, 'row')} without a document and {number(files, 'file')} that no table needs")


def show_changes(before: str, after: str, place: str, form: str) -> None:
    """Print what changed from one run to another."""
    found = compare(Lake(place), before, after)
    if form == "json":
        print(json.dumps(asdict(found), ensure_ascii=False, indent=2, default=str))
        return
    console = _console()
    for change in found.changes:
        console.print(_change(change))
    console.print(Text(f"{number(len(found.documents), 'document')} read in both runs", style="bold"))
    for told in ("event", "statement", "fact"):
        counts = Counter[str](change.kind for change in found.changes if change.told == told)
        console.print(Text(f"{told}s: " + ", ".join(f"{counts[kind]} {kind}" for kind in _SIGNS), style="bold"))


def _change(change: Change) -> Text:
    sign, colour = _SIGNS[change.kind]
    out = Text(f"{sign} {words(change.document[:12])}/{change.id} {words(change.type)} ", style=colour)
    out.append(f"“{words(change.words)}”")
    for one in change.fields:
        out.append(f"\n    {one.field}: {_value(one.before)} → {_value(one.after)}", style="not bold default")
    return out


def _value(value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(_value(v["words"] if isinstance(v, dict) else v) for v in value) or "none"
    return "none" if value is None else words(f"{value:g}" if isinstance(value, float) else str(value))


def _plain(said: str) -> Text:
    return Text(words(said))


def _console() -> Console:
    console = Console(highlight=False)
    return console if console.is_terminal else Console(highlight=False, width=120)
