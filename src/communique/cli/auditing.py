"""`communique audit`: show events in their words, take answers, show how many are right."""

from __future__ import annotations

from collections.abc import Callable
from getpass import getuser

from rich.console import Console
from rich.table import Table
from rich.text import Text

from communique.cli.views import quote_from, words
from communique.pipeline.audit import QUESTIONS, Answers, Drawn, answered, draw, precision, record
from communique.store.lake import Lake
from communique.types.incidents import Anchor
from communique.types.text import Span

_ANSWERS: dict[str, bool | None] = {"y": True, "n": False, "?": None}


class _Enough(Exception):
    """No more is to be asked."""


def audit(place: str, sample: int, by: str | None, seed: int, stratified: bool, ask: Callable[[str], str] = input) -> None:
    """Ask about the events of a sample that `by` has not answered yet until `ask` gives "q", and print the precision."""
    lake, who, console = Lake(place), by or getuser(), Console(highlight=False)
    drawn = draw(lake, sample, seed, stratified)
    done = answered(lake, who)
    console.print(Text(f"{len(drawn)} events drawn, {sum(d.anchor in done for d in drawn)} answered by {words(who)} before"))
    try:
        for number, one in enumerate(drawn, 1):
            if one.anchor in done:
                continue
            _show(one, f"{number}/{len(drawn)}", console)
            record(lake, one, _asked(one, ask), who)
    except _Enough:
        console.print(Text("stopped; the same command goes on from here"))
    _figures(drawn, answered(lake, who), stratified, console)


def _show(drawn: Drawn, number: str, console: Console) -> None:
    event, document = drawn.event, drawn.document
    source = " · ".join(words(str(part)) for part in (event["publisher"], event["published_start"], document["title"]) if part)
    console.print(
        Text(f"\n{number}  {event['document'][:12]}/{event['id']}  {source or words(document['source'])}", style="bold")
    )
    spans = [Span(part["start"], part["end"]) for part in event["evidence"]]
    console.print(quote_from(document["text"], spans, Span(drawn.anchor.start, drawn.anchor.end)))


def _asked(drawn: Drawn, ask: Callable[[str], str]) -> Answers:
    """The answers; where there is no event of the type, its sides and status are not asked for."""
    event = drawn.event
    sides = (", ".join(event[f"{side}_names"] or ()) or "nobody" for side in ("actor", "recipient"))
    told = {
        "type": event["plover"] + (f" ({event['mode']})" if event["mode"] else ""),
        "sides": words(" → ".join(sides)),
        "status": event["status"],
    }
    answers: dict[str, bool | None] = {}
    for question in QUESTIONS:
        answers[question] = _answer(f"{question}: {told[question]} [y/n/?/q] ", ask)
        if not answers["type"]:
            break
    return answers


def _answer(prompt: str, ask: Callable[[str], str]) -> bool | None:
    while True:
        try:
            given = ask(prompt).strip().lower()
        except (EOFError, KeyboardInterrupt):
            raise _Enough from None
        if given == "q":
            raise _Enough
        if given in _ANSWERS:
            return _ANSWERS[given]


def _figures(drawn: list[Drawn], answers: dict[Anchor, Answers], stratified: bool, console: Console) -> None:
    table = Table("right", "of", title="precision, with 95 % intervals (Wilson)", title_justify="left")
    for head in ("judged", "precision", "interval"):
        table.add_column(head, justify="right")
    for question in QUESTIONS:
        for name, found in precision(drawn, answers, question).items():
            if stratified and name == "all":
                continue  # types are drawn alike often, so it would not be the desk's
            share, interval = found.right / found.judged, f"{found.low:.2f}–{found.high:.2f}"
            table.add_row(question, name, f"{found.right}/{found.judged}", f"{share:.2f}", interval)
    console.print(table if table.row_count else Text("nothing was judged yet"))
