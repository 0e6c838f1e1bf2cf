"""What reports say together, shown: an incident field by field and over time, the documents of a story by whence they come."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from difflib import SequenceMatcher
from typing import Any

from rich.console import Console
from rich.padding import Padding
from rich.table import Column, Table
from rich.text import Text

from communique.cli.views import COLOURS, SYMBOLS, days, number, words
from communique.types.incidents import Account, Field, Incident, Step

_PUNCTUATION = re.compile(r"[^\w’'-]+")
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
    """Print the documents of a story from the first to the last, each with outlet, headline and what it was made from; beside
    its sentences in other words those that they were made from."""
    console.print(Text("\nWho had it first, and who made theirs from whose", style="bold underline"))
    for row in lineage:
        credited = ", ".join(row["syndicated_from"] or ())
        parts = [str(row["published_start"] or "on an unknown day"), words(row["publisher"] or "")]
        parts += [f"credits {words(credited)}" if credited else "", words(row["title"] or "")]
        console.print(Padding.indent(Text(row["document"], style="bold").append("  " + _joined(parts), style="not bold"), 2))
        console.print(Padding.indent(_made(row), 4))
        for rewording in row["rewordings"]:
            console.print(Padding.indent(_side_by_side(rewording), 6))
    console.print()


def _made(row: Mapping[str, Any]) -> Text:
    if row["copy_of"] is None:
        return Text("told by itself", style="green")
    return Text(f"{_MADE[row['copy_kind']]} {row['copy_of']} ({row['likeness']:.0%} of its words)", style="yellow")


def _side_by_side(rewording: Mapping[str, Any]) -> Table:
    """A sentence and the one that it was made from, the words in bold in which they differ."""
    own, source = (words(rewording[key]).split(" ") for key in ("text", "of_text"))
    one, other = ([_PUNCTUATION.sub("", w).lower() for w in said] for said in (own, source))
    blocks = SequenceMatcher(None, one, other, autojunk=False).get_matching_blocks()
    kept = [{start + n for start, n in ((b[side], n) for b in blocks for n in range(b.size))} for side in (0, 1)]
    table = Table.grid(Column(ratio=1), Column(ratio=1), padding=(0, 2), expand=True)
    table.add_row(_with_marks(own, kept[0]), _with_marks(source, kept[1]))
    return table


def _with_marks(said: Sequence[str], kept: Collection[int]) -> Text:
    marked = (Text(word, style="" if n in kept else "bold yellow") for n, word in enumerate(said))
    return Text(" ").join(marked)
