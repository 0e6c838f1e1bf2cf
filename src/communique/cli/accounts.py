"""What reports say together, shown: an incident field by field and over time, the documents of a story by whence they come."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from communique.cli.views import COLOURS, SYMBOLS, days, number, words
from communique.types.incidents import Account, Field, Incident, Step

_VERDICTS = {"contradicted": "bold red", "changed": "yellow"}


def show_incident(incident: Incident, console: Console) -> None:
    """Print its status over time, then each field with what is said of it, by how many sources and whom, and since when."""
    told = f"\n{number(incident.sources, 'independent source')}, as of the last report: {incident.outcome}"
    console.print(Text(told, style="bold"))
    console.print(Text("\nStatus over time", style="bold underline"))
    for step in incident.history:
        console.print(Padding.indent(_step(step), 2))
    console.print(Text("\nAccounts", style="bold underline"))
    for field in incident.fields:
        console.print(Padding.indent(_field(field), 2))
        for account in field.accounts:
            console.print(Padding.indent(_account(account, _marks(field)), 4))
    console.print()


def _step(step: Step) -> Text:
    parts = [f"for {days(step.when)}" if step.when else "", f"reported {_between(step.first, step.last)}"]
    parts += [number(step.sources, "source"), _by("according to", step.attributed_to), _by("denied by", step.denied_by)]
    head = Text(f"{SYMBOLS[step.status]} {step.status}", style=COLOURS[step.status])
    return head.append("  " + _joined((*parts, ", ".join(step.events))), style="default")


def _between(first: date | None, last: date | None) -> str:
    if first is None:
        return "on an unknown day"
    return str(first) if last in (None, first) else f"{first} to {last}"


def _field(field: Field) -> Text:
    style = _VERDICTS.get(field.verdict, "dim")
    return Text(field.name, style="cyan").append(f"  {field.verdict}", style=style)


def _marks(field: Field) -> bool:
    """Whether some of its accounts contradict each other and others do not, so that it is worth saying which."""
    return len({a.contradicts for a in field.accounts}) > 1


def _account(account: Account, marked: bool) -> Text:
    by = _by("" if account.value == "denied" else "according to", account.attributed_to)
    parts = [number(account.sources, "source"), f"by {by}" if account.value == "denied" and by else by]
    parts += [f"since {account.reported}" if account.reported else ""]
    parts += ["contradicts another" if marked and account.contradicts else "", ", ".join(account.events)]
    return Text(words(account.value), style="bold").append("  " + _joined(parts), style="not bold")


def _by(cue: str, names: Sequence[str]) -> str:
    return f"{cue} {words(', '.join(names))}".strip() if names else ""


def _joined(parts: Iterable[str]) -> str:
    return " · ".join(part for part in parts if part)


_MADE = {
    "exact": "reprint of",
    "trimmed": "shortened from",
    "retitled": "reprint under another headline of",
    "reworded": "reworded from",
    "machine-reworded": "reworded word by word from",
}


def show_lineage(lineage: Sequence[Mapping[str, Any]], console: Console) -> None:
    """Print the documents of a story from the first to the last, each with outlet, headline and what it was made from."""
    console.print(Text("\nWho had it first, and who made theirs from whose", style="bold underline"))
    for row in lineage:
        credited = ", ".join(row["syndicated_from"] or ())
        parts = [str(row["published_start"] or "on an unknown day"), words(row["publisher"] or "")]
        parts += [f"credits {words(credited)}" if credited else "", words(row["title"] or "")]
        console.print(Padding.indent(Text(row["document"], style="bold").append("  " + _joined(parts), style="not bold"), 2))
        console.print(Padding.indent(_made(row), 4))
    console.print()


def _made(row: Mapping[str, Any]) -> Text:
    if row["copy_of"] is None:
        return Text("told by itself", style="green")
    return Text(f"{_MADE[row['copy_kind']]} {row['copy_of']} ({row['likeness']:.0%} of its words)", style="yellow")
