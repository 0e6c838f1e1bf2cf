"""`communique evaluate`: the one way that figures are made."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Mapping
from inspect import signature
from pathlib import Path
from typing import Any

import typer
from rich.console import Console
from rich.table import Table

from communique import registry
from communique.errors import UsageError

Figures = dict[str, float]


def measure(name: str, data: Path, form: str, options: Mapping[str, Any], against: Path | None = None) -> None:
    """Run an evaluation and print its figures, beside those of the model `against` where one is named.

    Raises UsageError when there is no such evaluation or no such data, or where it has no such option.
    """
    evaluate = registry.find(registry.EVALUATIONS, name)
    given = {key: value for key, value in options.items() if value}
    known = signature(evaluate).parameters
    if strange := [key for key in (*given, *(["model"] if against else [])) if key not in known]:
        raise UsageError(f"--{strange[0]}: the evaluation {name} has no such option; leave it out")
    for path in (data, *(p for p in (given.get("model"), given.get("gold"), given.get("labels"), against) if p)):
        if not path.exists():
            raise UsageError(f"{path}: no such file or folder; give the annotated data with --data, a model with --model")
    figures: Figures = evaluate(data, **given)
    other: Figures | None = evaluate(data, **given | {"model": against}) if against else None
    if form == "json":
        compared = {} if other is None else {"against": other}
        typer.echo(json.dumps({"name": name, "commit": commit(), "figures": figures, **compared}, indent=1))
        return
    Console(highlight=False).print(_table(f"{name} on {data.name}", figures, other))


def _table(title: str, figures: Figures, other: Figures | None) -> Table:
    table = Table("figure", title=title, title_justify="left")
    for head in ("value",) if other is None else ("value", "against", "difference"):
        table.add_column(head, justify="right")
    for key, value in figures.items():
        beside = () if other is None else (f"{other[key]:.4f}", f"{value - other[key]:+.4f}") if key in other else ("", "")
        table.add_row(key, f"{value:.4f}", *beside)
    return table


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
