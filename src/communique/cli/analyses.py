"""The commands that analyse what a desk holds: `series`, `breaks`, `network`, `voices`, `plot`, `plans`, `contradictions`."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any, Literal

import typer

from communique.cli.questions import AsCoded, Form, option_of
from communique.errors import UsageError
from communique.query.questions import filters_of

_Desk = Annotated[str, typer.Option("--desk", metavar="PLACE", help="The desk: a folder, or the address of a bucket.")]
_Format = Annotated[Form, typer.Option(help="How to show the rows.")]
_Out = Annotated[Path | None, typer.Option(metavar="FILE", help="Write them to a file.")]
_Plot = Annotated[Path | None, typer.Option(metavar="FILE", help="Draw them too, as FILE.png or FILE.svg.")]
_By = Annotated[Literal["day", "week", "month", "quarter", "year"], typer.Option(help="The length of a period.")]
_Parties = Annotated[Literal["country", "name"], typer.Option(help="What acts and is acted on.")]
_Total = Annotated[bool, typer.Option("--total", help="All events together, not by who and whom.")]
_Undated = Annotated[bool, typer.Option("--undated", help="Count events without a day on that of their report.")]
_Beside = Annotated[list[str] | None, typer.Option(metavar="DATASET", help="Lay icews, polecat or gdelt beside.")]
_Spliced = Annotated[bool, typer.Option("--spliced", help="With --beside: each from where the one before ends, ours last.")]
_Nodes = Annotated[bool, typer.Option("--parties-only", help="The parties with their centralities, not the edges.")]
_Penalty = Annotated[float | None, typer.Option(min=0, metavar="NUMBER", help="What a further change point costs.")]
_SHOWN = (
    *("dataset", "source", "target", "period", "events", "expected", "low", "high"),
    *("goldstein", "cooperation", "conflict", "reports"),
)
_NO_DEFAULT = inspect.Parameter.empty


def add_analyses(app: typer.Typer) -> None:
    """Add the commands to those that there are."""
    shown = {"format": (_Format, "table"), "out": (_Out, None)}
    of_series = {"by": (_By, "month"), "undated": (_Undated, False)}
    of_pairs = {"parties": (_Parties, "country"), "plot": (_Plot, None)}
    beside = {"total": (_Total, False), "beside": (_Beside, None), "spliced": (_Spliced, False)}
    _add(app, _series, "events", of_series | of_pairs | beside | shown)
    _add(app, _breaks, "events", of_series | {"penalty": (_Penalty, None)} | shown)
    _add(app, _network, "events", of_pairs | {"parties_only": (_Nodes, False)} | shown)
    _add(app, _voices, "statements", shown)
    app.command()(plans)
    app.command()(contradictions)
    drawing = typer.Typer(no_args_is_help=True, rich_markup_mode=None, help="Draw events as a PNG or SVG file.")
    app.add_typer(drawing, name="plot")
    into = {"file": (Annotated[Path, typer.Argument(help="The file to draw.")], _NO_DEFAULT)}
    _add(drawing, _timeline, "events", into)
    _add(drawing, _map, "events", into)


def _add(app: typer.Typer, run: Callable[..., None], listing: str, own: dict[str, tuple[Any, Any]]) -> None:
    """A command with options of its own and all filters of a listing, which choose what is analysed."""
    own = {"desk": (_Desk, _NO_DEFAULT), "as_coded": (AsCoded, False)} | own

    def command(**given: Any) -> None:
        from communique.query.desk import OpenDesk

        asked = {name: given.pop(name) for name in own}
        with OpenDesk(asked.pop("desk"), as_coded=asked.pop("as_coded")) as desk:
            run(desk, given, **asked)

    options = {f.name: (option_of(f), None) for f in filters_of(listing)} | own
    command.__signature__ = inspect.Signature(  # type: ignore[attr-defined]
        [inspect.Parameter(n, inspect.Parameter.KEYWORD_ONLY, default=d, annotation=t) for n, (t, d) in options.items()]
    )
    command.__annotations__ = {n: t for n, (t, _) in options.items()}
    app.command(run.__name__.strip("_"), help=run.__doc__)(command)


def _series(
    desk: Any,
    filters: dict[str, Any],
    by: Any,
    undated: bool,
    parties: Any,
    plot: Path | None,
    total: bool,
    beside: Any,
    spliced: bool,
    **shown: Any,
) -> None:
    """Count what went on between whom by period, with its uncertainty."""
    from communique.cli.answers import show_found
    from communique.query.plots import plot_series
    from communique.query.series import left_out, series

    events = desk.events(**filters)
    if beside:
        if parties != "country":
            raise UsageError("series: other data sets have other names; leave out --parties, or --beside")
        laid = desk.beside(*beside, by=by, dyads=not total, undated=undated, spliced=spliced, **filters)
        found, notes = laid.found, laid.notes
    else:
        found, notes = series(events, by, not total, parties, undated), ()
    if plot is not None:
        plot_series(found, plot)
    show_found(found, **shown, shown=_SHOWN)
    for note in notes:
        typer.echo(note, err=True)
    if without := left_out(events, undated):
        typer.echo(f"{without:,} events are in no period: they have no day, or are dated to more than 400", err=True)


def _breaks(desk: Any, filters: dict[str, Any], by: Any, undated: bool, penalty: float | None, **shown: Any) -> None:
    """Show from when on more or less went on than before."""
    from communique.cli.answers import show_found
    from communique.query.breaks import breaks

    show_found(breaks(desk.events(**filters), by, undated, penalty), **shown)


def _network(desk: Any, filters: dict[str, Any], parties: Any, plot: Path | None, parties_only: bool, **shown: Any) -> None:
    """Show who acts on whom, and who stands in the middle of it."""
    from communique.cli.answers import show_found
    from communique.query.networks import centralities, edges
    from communique.query.plots import plot_network

    found = edges(desk.events(**filters), parties)
    if plot is not None:
        plot_network(found, plot)
    show_found(centralities(found) if parties_only else found, **shown)


def _voices(desk: Any, filters: dict[str, Any], **shown: Any) -> None:
    """Show who says what about whom."""
    from communique.cli.answers import show_found
    from communique.query.voices import voices

    show_found(voices(desk.statements(**filters)), **shown)


def _timeline(desk: Any, filters: dict[str, Any], file: Path) -> None:
    """Draw events on a line of time."""
    from communique.query.plots import plot_timeline

    plot_timeline(desk.events(**filters).rows(), file)


def _map(desk: Any, filters: dict[str, Any], file: Path) -> None:
    """Draw events where they took place."""
    from communique.query.plots import plot_map

    plot_map(desk.events(**filters).rows(), file)


def plans(desk: _Desk, format: _Format = "table", out: _Out = None) -> None:
    """Show what was planned and promised, and what came of it."""
    from communique.cli.answers import show_found
    from communique.pipeline.accounts import plans_on
    from communique.store.lake import Lake

    show_found(plans_on(Lake(desk)), format, out)


def contradictions(desk: _Desk, format: _Format = "table", out: _Out = None) -> None:
    """Show on what reports contradict each other, side by side."""
    from communique.cli.answers import show_found
    from communique.pipeline.accounts import contradictions_on
    from communique.store.lake import Lake

    show_found(contradictions_on(Lake(desk)), format, out)
