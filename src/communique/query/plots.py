"""Plots of series, networks, timelines and maps, as figures of matplotlib (an extra), and as PNG or SVG files by the ending of
their names."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import networkx as nx
import pyarrow as pa

from communique.errors import UsageError
from communique.query.breaks import after
from communique.query.counting import Period
from communique.query.networks import graph

if TYPE_CHECKING:
    from matplotlib.figure import Figure

ENDINGS = (".png", ".svg")
_SIZE = (10, 6)
_APART, _FEW_APART = 2, 0.1  # gaps of so many times the rest, before or after this share of events
_YEAR = timedelta(days=366)
_MOST_LINES, _MOST_PARTIES, _MOST_EVENTS, _FEW = 8, 40, 60, 7
_COLOURS = {1: "#3b7dd8", 2: "#1f9d6b", 3: "#e0902f", 4: "#c8403a", None: "#777777"}
_STYLES = ("-", "--", ":", "-.")
_QUADS = {1: "verbal cooperation", 2: "material cooperation", 3: "verbal conflict", 4: "material conflict"}


def plot_series(found: pa.Table, path: Path | None, by: Period = "month", measure: str = "expected") -> Figure:
    """A line for each dyad of a series, with the bounds of `expected` as a band: the dyads with most events, so many that
    there are eight lines. `by` is the length of its periods; one without a row has no events. Where several data sets stand
    beside each other, each has its own way of drawing, and the events are drawn, as others tell nothing of how sure they are.
    """
    rows = found.to_pylist()
    datasets = list(dict.fromkeys(row.get("dataset") for row in rows))
    measure = measure if datasets in ([None], []) else "events"
    dyads: dict[str, dict[str | None, list[dict[str, Any]]]] = {}
    for row in rows:
        name = f"{row['source']} → {row['target']}" if "source" in row else "all"
        dyads.setdefault(name, {}).setdefault(row.get("dataset"), []).append(row)
    totals = {name: sum(row["events"] for of in dyad.values() for row in of) for name, dyad in dyads.items()}
    weights: dict[date, float] = defaultdict(float)
    for row in rows:
        weights[row["period"]] += row["events"]
    first, last, left = _drawn(weights)
    shown = sorted(dyads, key=lambda name: -totals[name])[: max(1, _MOST_LINES // max(1, len(datasets)))]
    figure, axes = _axes(path)
    every = set[date]()
    for number, name in enumerate(shown):
        for dataset, lines in dyads[name].items():
            lines = [row for row in lines if first <= row["period"] <= last]
            if not lines:
                continue
            days, counts = _without_gaps(lines, by, measure)
            every.update(days)
            label = name if dataset is None else f"{name}, {dataset}"
            style = {"color": f"C{number}", "linestyle": _STYLES[datasets.index(dataset) % len(_STYLES)]}
            axes.plot(days, counts[measure], marker=".", label=label, **style)
            if measure == "expected":
                axes.fill_between(days, counts["low"], counts["high"], color=style["color"], alpha=0.15, linewidth=0)
    axes.set_ylabel(measure.replace("_", " "))
    axes.set_xlabel(left)
    if len(every) <= _FEW:  # of so few days the axis would be marked by hours
        axes.set_xticks(sorted(every), [str(day) for day in sorted(every)])
    return _finish(figure, axes, path, bool(shown))


def _without_gaps(lines: Sequence[dict[str, Any]], by: Period, measure: str) -> tuple[list[date], dict[str, list[float]]]:
    """Every period from the first to the last, and the measures of a line in each, zero where it has no row."""
    known = {row["period"]: row for row in lines}
    days = [min(known)]
    while days[-1] < max(known):
        days.append(after(days[-1], by))
    columns = ("low", "high", measure) if measure == "expected" else (measure,)
    return days, {column: [known[day][column] if day in known else 0.0 for day in days] for column in columns}


def _drawn(counts: Mapping[date, float]) -> tuple[date, date, str]:
    """The first and the last day to draw, of days with their events, and what is left out, in words: at most a tenth of the
    events, where a gap of more than a year and twice the rest sets them apart, as a day of long ago does."""
    days = sorted(counts)
    if not days:
        return date.min, date.max, ""
    few, begin, end = _FEW_APART * sum(counts.values()), 0, len(days) - 1
    for n in range(1, len(days)):
        if sum(counts[day] for day in days[:n]) > few:
            break
        if days[n] - days[n - 1] > max(_YEAR, _APART * (days[end] - days[n])):
            begin = n
    for n in range(len(days) - 2, begin - 1, -1):
        if sum(counts[day] for day in days[n + 1 :]) > few:
            break
        if days[n + 1] - days[n] > max(_YEAR, _APART * (days[n] - days[begin])):
            end = n
    before, after_ = (sum(counts[day] for day in some) for some in (days[:begin], days[end + 1 :]))
    told = [f"{n:g} {where}" for n, where in ((before, f"before {days[begin]}"), (after_, f"after {days[end]}")) if n]
    return days[begin], days[end], f"not drawn: events {', '.join(told)}" if told else ""


def plot_network(found: pa.Table, path: Path | None) -> Figure:
    """The parties of a network's strongest edges; the thicker an edge, the more events, red where conflict prevails."""
    network = graph(found)
    busiest = sorted(network, key=lambda p: -network.degree(p, weight="weight"))[:_MOST_PARTIES]
    network = network.subgraph(busiest)
    figure, axes = _axes(path)
    # the layout of networkx' own for larger networks needs SciPy
    places = nx.circular_layout(network)
    most = max((w for _, _, w in network.edges(data="weight")), default=1.0)
    edges = list(network.edges(data=True))
    colours = [_COLOURS[4] if a["conflict"] > a["cooperation"] else _COLOURS[1] for _, _, a in edges]
    widths = [0.5 + 4 * a["weight"] / most for _, _, a in edges]
    nx.draw_networkx_edges(
        network, places, ax=axes, edge_color=colours, width=widths, alpha=0.6, connectionstyle="arc3,rad=0.1", node_size=500
    )
    nx.draw_networkx_nodes(network, places, ax=axes, node_color="#f2f2f2", edgecolors="#555555", node_size=500)
    nx.draw_networkx_labels(network, places, ax=axes, font_size=8)
    axes.set_axis_off()
    return _finish(figure, axes, path, False)


def plot_timeline(rows: Sequence[dict[str, Any]], path: Path | None) -> Figure:
    """Events on a line of time, coloured by quad class, hollow where they did not happen (yet); the sixty surest."""
    dated = [r for r in rows if r["when_start"]]
    first, last, left = _drawn(Counter(r["when_start"] for r in dated))
    dated = sorted((r for r in dated if first <= r["when_start"] <= last), key=lambda r: -r["confidence"])[:_MOST_EVENTS]
    dated.sort(key=lambda r: (r["when_start"], r["plover"]))
    figure, axes = _axes(path)
    for height, row in enumerate(dated):
        colour = _COLOURS[row["quad"]]
        face = colour if row["status"] in ("happened", "ongoing") else "white"
        axes.plot([row["when_start"], row["when_end"]], [height, height], color=colour, linewidth=1)
        axes.plot([row["when_start"]], [height], "o", color=colour, markerfacecolor=face)
        words = f"{', '.join(row['actor_names'])} {row['plover']} {', '.join(row['recipient_names'])}"
        axes.annotate(words[:70], (row["when_end"], height), xytext=(6, -3), textcoords="offset points", fontsize=7)
    axes.set_yticks([])
    axes.set_xlabel(left)
    _legend(axes, dated)
    return _finish(figure, axes, path, bool(dated))


def plot_map(rows: Sequence[dict[str, Any]], path: Path | None) -> Figure:
    """Events where they took place, in degrees, coloured by quad class; the larger a point, the more events."""
    counts: dict[tuple[float, float, int | None], int] = {}
    for row in rows:
        if row["latitude"] is not None and row["longitude"] is not None:
            key = row["longitude"], row["latitude"], row["quad"]
            counts[key] = counts.get(key, 0) + 1
    figure, axes = _axes(path)
    for (x, y, quad), count in sorted(counts.items(), key=lambda c: -c[1]):
        axes.scatter([x], [y], s=20 + 12 * count, color=_COLOURS[quad], alpha=0.6, linewidths=0)
    axes.set_xlim(-180, 180)
    axes.set_ylim(-90, 90)
    axes.set_xlabel("longitude")
    axes.set_ylabel("latitude")
    axes.grid(alpha=0.3)
    _legend(axes, rows)
    return _finish(figure, axes, path, bool(counts))


def _axes(path: Path | None) -> tuple[Any, Any]:
    if path is not None and path.suffix.lower() not in ENDINGS:
        raise UsageError(f"{path}: plots are written as {' or '.join(ENDINGS)}; give the file such a name")
    try:
        from matplotlib.figure import Figure  # an extra, and a second to load
    except ImportError:
        raise UsageError("plots need matplotlib; install it with: pip install 'communique[plots]'") from None
    figure = Figure(figsize=_SIZE, layout="constrained")
    return figure, figure.add_subplot()


def _legend(axes: Any, rows: Sequence[dict[str, Any]]) -> None:
    for quad in sorted({r["quad"] for r in rows if r["quad"] in _QUADS}):
        axes.plot([], [], "o", color=_COLOURS[quad], label=_QUADS[quad])


def _finish(figure: Any, axes: Any, path: Path | None, legend: bool) -> Figure:
    if legend and axes.get_legend_handles_labels()[0]:
        axes.legend(fontsize=8)
    if path is not None:
        _save(figure, path)
    drawn: Figure = figure
    return drawn


def _save(figure: Any, path: Path) -> None:
    draft = path.with_name(f".{path.name}.draft")
    try:
        figure.savefig(draft, format=path.suffix[1:].lower(), dpi=120)
        draft.replace(path)
    except OSError as error:
        draft.unlink(missing_ok=True)
        raise UsageError(f"{path}: can't be written ({error.strerror}); check the folder and the disk") from None
