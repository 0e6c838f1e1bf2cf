"""`communique who`: the candidates for a name with their reasons, as a table or as JSON."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date

from rich.console import Console
from rich.table import Table
from rich.text import Text

from communique.cli.views import quote_from, words
from communique.config import load
from communique.ontology.background import Background
from communique.pipeline.who import who_in_registry, who_in_report
from communique.resolve.actors.inquiry import Answer


def ask(name: str, report: str | None, form: str, **given: object) -> None:
    """Print who a name means, in a report or in the registry. Raises what reading the report raises."""
    settings = load(**given)
    text = ""
    answers: tuple[Answer, ...]
    if report is None:
        answers = (who_in_registry(name, settings),)
    else:
        document, answers = who_in_report(name, report, settings)
        text = document.text
    if form == "json":
        print(json.dumps({"name": name, "answers": [a.to_dict(text) for a in answers]}, ensure_ascii=False, indent=2))
        return
    console = Console(highlight=False)
    if not answers:
        console.print(Text(f"the report names nobody as {words(name)}"))
    for answer in answers:
        _show(answer, text, console if console.is_terminal else Console(highlight=False, width=120))


def _show(answer: Answer, text: str, console: Console) -> None:
    console.print(Text(words(answer.called), style="bold underline"))
    for sentence, mention in answer.quotes:
        console.print(quote_from(text, (sentence,), mention))
    if answer.decision.candidates:
        console.print(_table(answer))
    console.print(Text(words(answer.why), style="bold"))
    for line in _known(answer):
        console.print(Text(line))
    console.print()


def _known(answer: Answer) -> Iterator[str]:
    """What is known of the states and organisations among the candidates, a line for each kind of thing."""
    for candidate in answer.decision.candidates:
        known = answer.known.get(candidate.entry.id, Background())
        lists = {
            "codes": [f"{system} {code}" for system, code in known.codes],
            f"{len(known.members)} members{_on(answer.at)}": known.members,
            f"member{_on(answer.at)} of": known.member_of,
            f"in office{_on(answer.at) or ' now'}": [f"{o.holder.name} ({o.title})" for o in known.held_by],
        }
        yield from (f"{candidate.entry.name}, {what}: {', '.join(told)}" for what, told in lists.items() if told)


def _table(answer: Answer) -> Table:
    table = Table("candidate", "country", "weight", "why", "offices" + _on(answer.at))
    taken = answer.decision.taken if answer.quotes else None
    for candidate in answer.decision.candidates:
        reasons = "\n".join(f"{r.weight:+.2f} {words(r.words)}" for r in candidate.reasons)
        offices = answer.offices.get(candidate.entry.id, ())
        held = "\n".join(f"{o.title} of {o.of} {o.begin or ''}–{o.end or ''}" for o in offices)
        style = "bold" if candidate is taken else ""
        cells = (candidate.entry.name, candidate.entry.country or "", f"{candidate.weight:.2f}", reasons, held)
        table.add_row(*(Text(cell) for cell in cells), style=style)
    return table


def _on(day: date | None) -> str:
    return f" on {day}" if day is not None else ""
