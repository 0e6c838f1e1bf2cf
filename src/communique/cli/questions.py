"""The commands that ask a desk: `documents`, `events` … with the filters that each listing takes, `sql`, `search`, `show`."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Annotated, Any, Literal

import typer

from communique.query.questions import LISTED, Filter, filters_of, filters_of_search

Options = dict[str, tuple[Any, Any]]
"""Options of a command by name, each with its type and what it is if it is not given."""
Form = Literal["table", "json", "jsonl", "csv", "parquet"]
_Desk = Annotated[str, typer.Option("--desk", metavar="PLACE", help="The desk: a folder, or the address of a bucket.")]
_Limit = Annotated[int | None, typer.Option(min=0, help="At most so many rows; 50 in a table if not given.")]
_Offset = Annotated[int, typer.Option(min=0, help="Leave out so many first.")]
_Format = Annotated[Form, typer.Option(help="How to show the rows.")]
_Out = Annotated[Path | None, typer.Option(metavar="FILE", help="Write them to a file.")]
_Sort = Annotated[list[str] | None, typer.Option(metavar="COLUMN", help="A column to sort by; -COLUMN from the highest down.")]
_Columns = Annotated[str | None, typer.Option(metavar="LIST", help="Only these columns, as id,status.")]
AsCoded = Annotated[bool, typer.Option("--as-coded", help="Without what people judged.")]
AllVersions = Annotated[bool, typer.Option("--all-versions", help="Older versions of watched reports too.")]
_MERGED = ("stories", "incidents")
_JUDGED = ("events", "actors", "incidents")
_SWITCHES = {"attributed": "--attributed/--vouched", "denied": "--denied/--undenied", "both_ways": "--both-ways"}
_SHOWING: Options = {
    "desk": (_Desk, inspect.Parameter.empty),
    "sort": (_Sort, None),
    "columns": (_Columns, None),
    "limit": (_Limit, None),
    "offset": (_Offset, 0),
    "format": (_Format, "table"),
    "out": (_Out, None),
}
_EACH: Options = {"all_versions": (AllVersions, False)}


_SEARCHED = ("documents", "statements", "events")
_SEARCHING: Options = {
    "words": (Annotated[list[str], typer.Argument(help='Words, "phrases", word*, -word, OR.')], inspect.Parameter.empty),
    "desk": (_Desk, inspect.Parameter.empty),
    "kind": (Annotated[list[str] | None, typer.Option(metavar="KIND", help="Only documents, statements or events.")], None),
    "limit": (Annotated[int, typer.Option(min=0, help="At most so many passages.")], 20),
    "offset": (_Offset, 0),
    "rebuild": (Annotated[bool, typer.Option("--rebuild", help="Make the index anew first.")], False),
    "format": (Annotated[Literal["text", "json"], typer.Option(help="How to show them.")], "text"),
}


def add_questions(app: typer.Typer) -> None:
    """Add the commands to those that there are."""
    for name, help in LISTED.items():
        app.command(name, help=help)(_listing(name))
    app.command()(sql)
    app.command("search", help=_search.__doc__)(signed(_search, _SEARCHING | options_of(filters_of_search())))
    app.command()(show)


def _listing(name: str) -> Callable[..., None]:
    """The command of a listing. Its options are made of `query.questions`, so that it asks what Python can, in its words."""

    def command(**given: Any) -> None:
        from communique.cli.answers import show_rows, tell_empty, tell_undated, tell_unmerged
        from communique.query.desk import OpenDesk

        shown = {key: given.pop(key) for key in _SHOWING}
        versions = given.pop("all_versions")
        with OpenDesk(shown.pop("desk"), None, given.pop("as_coded", False), versions) as desk:
            show_rows(getattr(desk, name)(**given), **shown)
            if name in _MERGED or given.get("story") or given.get("incident"):
                tell_unmerged(desk.view)
            if name == "events":
                tell_undated(desk.view, given)
            tell_empty(desk.view, name, given)

    judged = {"as_coded": (AsCoded, False)} if name in _JUDGED else {}
    return signed(command, options_of(filters_of(name)) | _SHOWING | judged | _EACH)


def signed(run: Callable[..., None], options: Options) -> Callable[..., None]:
    """A function that takes these by keyword, as a command whose options they are."""

    def command(**given: Any) -> None:
        run(**given)

    command.__signature__ = inspect.Signature(  # type: ignore[attr-defined]
        [inspect.Parameter(n, inspect.Parameter.KEYWORD_ONLY, default=d, annotation=t) for n, (t, d) in options.items()]
    )
    command.__annotations__ = {n: t for n, (t, _) in options.items()}
    return command


def options_of(asked: Iterable[Filter]) -> Options:
    """Filters as options of a command, which are not asked for unless they are given."""
    return {f.name: (option_of(f), None) for f in asked}


def option_of(asked: Filter) -> Any:
    """A filter as an option of a command."""
    name = _SWITCHES.get(asked.name, "--" + asked.name.replace("_", "-"))
    kind = list[asked.type] if asked.many else asked.type  # type: ignore[name-defined]
    return Annotated[kind | None, typer.Option(name, metavar=asked.metavar, help=asked.help)]


def sql(
    query: Annotated[str, typer.Argument(help="One SELECT over the tables of the desk; see docs/asking.md.")],
    desk: _Desk,
    sort: _Sort = None,
    columns: _Columns = None,
    limit: _Limit = None,
    offset: _Offset = 0,
    format: _Format = "table",
    out: _Out = None,
    all_versions: AllVersions = False,
) -> None:
    """Ask a desk in SQL, which can only read it."""
    from communique.cli.answers import show_rows
    from communique.query.desk import OpenDesk

    with OpenDesk(desk, all_versions=all_versions) as opened:
        show_rows(opened.sql(query), sort, columns, limit, offset, format, out)


def _search(desk: str, words: list[str], kind: list[str] | None, format: str, **asked: Any) -> None:
    """Search reports, statements and the evidence of events for words, the best first."""
    from communique.cli.answers import show_hits, tell_empty, tell_unmerged
    from communique.query.desk import OpenDesk

    with OpenDesk(desk) as opened:
        show_hits(opened.search(" ".join(words), kind or (), **asked), format)
        filters = {f.name: asked[f.name] for f in filters_of_search() if asked[f.name] is not None}
        tell_empty(opened.view, next(n for n in _SEARCHED if filters.keys() <= {f.name for f in filters_of(n)}), filters)
        if asked["story"] or asked["incident"]:
            tell_unmerged(opened.view)


def show(
    id: Annotated[str, typer.Argument(help="What a listing or a search shows: a document, DOCUMENT/e3, a story, an incident.")],
    desk: _Desk,
    as_coded: AsCoded = False,
    format: Annotated[Literal["text", "json"], typer.Option(help="How to show it.")] = "text",
) -> None:
    """Show what an id stands for: the words of the report, with the evidence marked, and all fields."""
    from communique.cli.answers import show_thing
    from communique.query.desk import OpenDesk

    with OpenDesk(desk, as_coded=as_coded) as opened:
        show_thing(opened.show(id), format)
