"""`communique judge` and `communique judgements`: what people decide on events and incidents, and what they decided."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict
from getpass import getuser
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

if TYPE_CHECKING:
    from communique.types.incidents import Judgement

_Desk = Annotated[str, typer.Option(metavar="PLACE", help="The desk: a folder, or the address of a bucket.")]
_Why = Annotated[str, typer.Option(metavar="TEXT", help="The reason, kept with it.")]
_By = Annotated[str | None, typer.Option(metavar="NAME", help="Who judges; the name of the user if not given.")]
_Event = Annotated[str, typer.Argument(help="The event, as DOCUMENT/e3.")]

judging = typer.Typer(no_args_is_help=True, rich_markup_mode=None, help="Judge events and incidents; each can be undone.")


@judging.command()
def merge(
    what: Annotated[list[str], typer.Argument(help="Events or incidents that are one happening.")],
    desk: _Desk,
    why: _Why,
    by: _By = None,
) -> None:
    """Say that events or incidents are one happening."""
    _told(_desk().merge_on(_lake(desk), what, by or getuser(), why))


@judging.command()
def split(
    events: Annotated[list[str], typer.Argument(help="Events that belong to another happening, all to the same.")],
    desk: _Desk,
    why: _Why,
    by: _By = None,
) -> None:
    """Say that events do not belong to the incident that they are in."""
    _told(_desk().split_on(_lake(desk), events, by or getuser(), why))


@judging.command()
def correct(
    event: _Event,
    changes: Annotated[list[str], typer.Argument(metavar="FIELD=VALUE...", help="What is right.")],
    desk: _Desk,
    why: _Why,
    by: _By = None,
) -> None:
    """Set fields of an event: status=denied, when=2024-05-16, actor="Sudria [state:SDR]; gunmen", killed=10-15."""
    _told(_desk().judge_on(_lake(desk), "correct", event, by or getuser(), why, changes))


@judging.command()
def reject(event: _Event, desk: _Desk, why: _Why, by: _By = None) -> None:
    """Say that the report tells of no such event."""
    _told(_desk().judge_on(_lake(desk), "reject", event, by or getuser(), why))


@judging.command()
def confirm(event: _Event, desk: _Desk, why: _Why, by: _By = None) -> None:
    """Say that an event is right."""
    _told(_desk().judge_on(_lake(desk), "confirm", event, by or getuser(), why))


@judging.command()
def undo(
    judgement: Annotated[str, typer.Argument(help="The id of a judgement; also of an undoing.")],
    desk: _Desk,
    why: _Why,
    by: _By = None,
) -> None:
    """Take a judgement back: it is as if it had never been made."""
    _told(_desk().undo_on(_lake(desk), judgement, by or getuser(), why))


def judgements(
    desk: _Desk, format: Annotated[Literal["table", "json"], typer.Option(help="How to show them.")] = "table"
) -> None:
    """Show every judgement of a desk, who made it, when and why, and whether it holds."""
    found = _desk().all_judgements(_lake(desk))
    if format == "json":
        print(json.dumps([asdict(s) for s in found], ensure_ascii=False, indent=2, default=str))
        return
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    from communique.cli.views import words

    table = Table("id", "made", "by", "judgement", "event", "why", "state")
    for s in found:
        j = s.judgement
        said = " ".join((j.kind, *(f"{name}={value}" for name, value in j.change), *filter(None, (j.undoes,))))
        cells = (j.id, f"{j.made:%Y-%m-%d %H:%M}", j.by, said, s.event or "", j.why, s.state)
        table.add_row(*(Text(words(cell)) for cell in cells))
    console = Console(highlight=False)
    (console if console.is_terminal else Console(highlight=False, width=160)).print(table)


def _desk() -> Any:
    """What judges; it loads the tables' libraries, which other commands are spared."""
    from communique.pipeline import judging as found

    return found


def _lake(place: str) -> Any:
    from communique.store.lake import Lake

    return Lake(place)


def _told(made: Iterable[Judgement]) -> None:
    for judgement in made:
        print(f"{judgement.id}  {judgement.kind}")


def add_judging(app: typer.Typer) -> None:
    """Give an app the commands."""
    app.add_typer(judging, name="judge")
    app.command()(judgements)
