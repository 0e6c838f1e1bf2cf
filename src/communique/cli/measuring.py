"""`communique evaluate`: the one way that figures are made."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import typer
from rich.console import Console
from rich.table import Table

from communique import registry
from communique.errors import UsageError


def measure(name: str, data: Path, form: str) -> None:
    """Run an evaluation and print its figures. Raises UsageError when there is no such evaluation or no such data."""
    evaluate = registry.find(registry.EVALUATIONS, name)
    if not data.exists():
        raise UsageError(f"{data}: no such file or folder; give the annotated data with --data")
    figures: dict[str, float] = evaluate(data)
    if form == "json":
        typer.echo(json.dumps({"name": name, "commit": commit(), "figures": figures}, indent=1))
        return
    table = Table("figure", title=f"{name} on {data.name}", title_justify="left")
    table.add_column("value", justify="right")
    for key, value in figures.items():
        table.add_row(key, f"{value:.4f}")
    Console(highlight=False).print(table)


def commit() -> str | None:
    """The commit that is measured, marked with + when files differ from it; none outside a checkout."""
    try:
        _git("ls-files", "--error-unmatch", Path(__file__).name)
        return _git("describe", "--always", "--abbrev=40", "--exclude=*", "--dirty=+")
    except (OSError, subprocess.CalledProcessError):
        return None


def _git(*arguments: str) -> str:
    command = ["git", "-C", str(Path(__file__).parent), *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()
