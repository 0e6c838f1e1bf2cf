"""The commands that analyse what a desk holds: `series`, `breaks`, `network`, `voices`, `plot`, `plans`, `contradictions`."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Annotated, Any, Literal

import typer

from communique.cli.questions import AllVersions, AsCoded, Form, Options, options_of, signed
from communique.errors import UsageError
from communique.query.questions import filters_of

_Desk = Annotated[str, typer.Option("--desk", metavar="PLACE", help="The desk: a folder, or the address of a bucket.")]
_Format = Annotated[Form, typer.Option(help="How to show the rows.")]
_Out = Annotated[Path | None, typer.Option(metavar="FILE", help="Write them to a file.")]
_Plot = Annotated[Path | None, typer.Option(metavar="FILE", help="Draw them too, as FILE.png or FILE.svg.")]
_By = Annotated[Literal["day", "week", "month", "quarter", "year"], typer.Option(help="The length of a period.")]
_Parties = Annotated[Literal["country", "name"], typer.Option(help="What acts and is acted on.")]
_Total = Annotated[bool, typer.Option("--total", help="All events together, not by who and whom.")]
_Count = Annotated[Literal["events", "incidents"], typer.Option(help="Each telling, or each incident once, after a merge.")]
_Dated = Annotated[bool, typer.Option("--dated", help="Only what has a day of its own, not that of its report.")]
_Domestic = Annotated[bool, typer.Option("--domestic", help="What goes on within one country or party too.")]
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
    counting = {"count": (_Count, "events"), "dated": (_Dated, False)}
    of_series = {"by": (_By, "month")} | counting
    of_pairs = {"parties": (_Parties, "country"), "domestic": (_Domestic, False), "plot": (_Plot, None)}
    beside = {"total": (_Total, False), "beside": (_Beside, None), "spliced": (_Spliced, False)}
    _add(app, _series, "events", of_series | of_pairs | beside | shown)
    _add(app, _breaks, "events", of_series | {"penalty": (_Penalty, None)} | shown)
    _add(app, _network, "events", of_pairs | counting | {"parties_only": (_Nodes, False)} | shown)
    _add(app, _voices, "statements", shown)
    _add(app, _plans, "incidents", shown)
    _add(app, _contradictions, "incidents", shown)
    drawing = typer.Typer(no_args_is_help=True, rich_markup_mode=None, help="Draw events as a PNG or SVG file.")
    app.add_typer(drawing, name="plot")
    into = {"file": (Annotated[Path, typer.Argument(help="The file to draw.")], _NO_DEFAULT)}
    _add(drawing, _timeline, "events", into)
    _add(drawing, _map, "events", into)


def _add(app: typer.Typer, run: Callable[..., None], listing: str, own: Options) -> None:
    """A command with options of its own and all filters of a listing, which choose what is analysed."""
    own = {"desk": (_Desk, _NO_DEFAULT), "as_coded": (AsCoded, False), "all_versions": (AllVersions, False)} | own

    def command(**given: Any) -> None:
        from communique.cli.answers import tell_empty
        from communique.query.desk import OpenDesk

        asked = {name: given.pop(name) for name in own}
        with OpenDesk(asked.pop("desk"), None, asked.pop("as_coded"), asked.pop("all_versions")) as desk:
            run(desk, given, **asked)
            tell_empty(desk.view, listing, given)

    app.command(run.__name__.strip("_"), help=run.__doc__)(signed(command, options_of(filters_of(listing)) | own))


def _series(
    desk: Any,
    filters: dict[str, Any],
    by: Any,
    count: Any,
    dated: bool,
    domestic: bool,
    parties: Any,
    plot: Path | None,
    total: bool,
    beside: Any,
    spliced: bool,
    **shown: Any,
) -> None:
    """Count what happened between whom by period, with its uncertainty."""
    from communique.cli.answers import show_found
    from communique.query.plots import plot_series
    from communique.query.series import series

    events = desk.events(**filters)
    said: list[str] = []
    if beside:
        if parties != "country":
            raise UsageError("series: other data sets have other names; leave out --parties, or --beside")
        laid = desk.beside(
            *beside, by=by, dyads=not total, dated=dated, domestic=domestic, spliced=spliced, count=count, **filters
        )
        found = laid.found
        said += laid.notes
    else:
        found = series(events.counted(count), by, not total, parties, dated, domestic)
    if plot is not None:
        plot_series(found, plot, by)
    show_found(found, **shown, shown=_SHOWN)
    _say([*said, *events.notes(by, not total, parties, dated, domestic, count)])


def _breaks(desk: Any, filters: dict[str, Any], by: Any, count: Any, dated: bool, penalty: float | None, **shown: Any) -> None:
    """Show from when on more or less happened than before."""
    from communique.cli.answers import show_found
    from communique.query.breaks import breaks

    events = desk.events(**filters)
    show_found(breaks(events.counted(count), by, dated, penalty), **shown)
    _say(events.notes(by, False, dated=dated, count=count))


def _network(
    desk: Any,
    filters: dict[str, Any],
    parties: Any,
    count: Any,
    dated: bool,
    domestic: bool,
    plot: Path | None,
    parties_only: bool,
    **shown: Any,
) -> None:
    """Show who acts on whom, and who stands in the middle of it."""
    from communique.cli.answers import show_found
    from communique.query.networks import centralities, edges
    from communique.query.plots import plot_network

    events = desk.events(**filters)
    found = edges(events.counted(count), parties, dated, domestic)
    if plot is not None:
        plot_network(found, plot)
    show_found(centralities(found) if parties_only else found, **shown)
    _say(events.notes("year", True, parties, dated, domestic, count))


def _say(notes: Iterable[str]) -> None:
    for note in notes:
        typer.echo(note, err=True)


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


def _plans(desk: Any, filters: dict[str, Any], **shown: Any) -> None:
    """Show what was planned and promised, and what came of it; filters say what one telling must be."""
    from communique.cli.answers import show_found, tell_unmerged
    from communique.pipeline.accounts import plans_on

    show_found(plans_on(desk.view, filters), **shown)
    tell_unmerged(desk.view)


def _contradictions(desk: Any, filters: dict[str, Any], **shown: Any) -> None:
    """Show on what reports contradict each other, side by side; filters say what one telling must be."""
    from communique.cli.answers import show_found, tell_unmerged
    from communique.pipeline.accounts import contradictions_on

    show_found(contradictions_on(desk.view, filters), **shown)
    tell_unmerged(desk.view)
