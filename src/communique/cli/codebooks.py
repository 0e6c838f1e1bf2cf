"""`communique codebook check`: what is wrong with a codebook, and how well it separates its own examples."""

from __future__ import annotations

import json
from pathlib import Path

from rich.console import Console
from rich.table import Table
from rich.text import Text

from communique.cli.views import words
from communique.coding.separation import Checked
from communique.coding.userbook import Trouble
from communique.config import load
from communique.pipeline.codebooks import check_book


def check(file: Path, form: str, **given: object) -> int:
    """Print the check in the form asked for; the exit code: 0, or 1 when the file can't be used as it stands."""
    found = check_book(file, load(**given))
    if form == "json":
        print(json.dumps(found.to_dict(), ensure_ascii=False, indent=2))
    else:
        console = Console(highlight=False)
        _show(found, console if console.is_terminal else Console(highlight=False, width=120))
    return 1 if found.troubles else 0


def _show(found: Checked, console: Console) -> None:
    for kind, troubles, style in (("error", found.troubles, "bold red"), ("warning", found.warnings, "yellow")):
        for trouble in troubles:
            console.print(_line(found.source, kind, trouble, style))
    if found.types:
        console.print(_table(found))
    if found.accuracy is not None:
        right = sum(t.right for t in found.types)
        told = f"{right} of {len(found.told)} examples ({found.accuracy:.2f}) are nearest to their own type, told by the others"
        console.print(Text(told, style="bold"))
    if not found.troubles:
        console.print(Text("nothing wrong with the file"))


def _line(source: str, kind: str, trouble: Trouble, style: str) -> Text:
    line = Text(words(f"{source}:{trouble.line}:"), style="dim").append(f" {kind}: ", style=style)
    return line.append(words(f"{trouble.part}: {trouble.what}" if trouble.part else trouble.what), style="not dim")


def _table(found: Checked) -> Table:
    table = Table("type", title=words(found.source), title_justify="left")
    for head in ("examples", "nearest to it", "taken", "patterns"):
        table.add_column(head, justify="right")
    table.add_column("taken for")
    for kind in found.types:
        wrong = ", ".join(f"{other} ({n})" for own, other, n in found.confusions if own == kind.kind)
        numbers = (kind.examples, kind.right, kind.enough, kind.patterns)
        table.add_row(Text(words(kind.kind)), *map(str, numbers), Text(words(wrong)))
    return table
