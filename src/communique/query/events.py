"""Events of a desk: a relation that can be drawn."""

from __future__ import annotations

from dataclasses import dataclass, fields
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from communique.errors import UsageError
from communique.query.networks import edges
from communique.query.plots import plot_map, plot_network, plot_series, plot_timeline
from communique.query.relations import Relation
from communique.query.series import Parties, Period, series

if TYPE_CHECKING:
    from matplotlib.figure import Figure

Plot = Literal["series", "network", "timeline", "map"]


@dataclass(frozen=True, slots=True)
class Events(Relation):
    """Events that filters choose."""

    @classmethod
    def of(cls, relation: Relation) -> Events:
        """A relation of events as such."""
        return cls(**{field.name: getattr(relation, field.name) for field in fields(Relation)})

    def plot(
        self,
        kind: Plot = "series",
        path: str | Path | None = None,
        by: Period = "month",
        dyads: bool = True,
        parties: Parties = "country",
        undated: bool = False,
    ) -> Figure:
        """Draw them, to a PNG or SVG file too where one is named; gives matplotlib's figure. Series and networks are of all
        events and as `query.series.series` and `query.networks.edges` count them, timelines and maps of those of the page.
        Raises UsageError for another kind or ending, or without matplotlib."""
        to = None if path is None else Path(path)
        if kind == "series":
            return plot_series(series(self, by, dyads, parties, undated), to)
        if kind == "network":
            return plot_network(edges(self, parties), to)
        if kind == "timeline":
            return plot_timeline(self.rows(), to)
        if kind == "map":
            return plot_map(self.rows(), to)
        raise UsageError(f"plot: {kind!r} is no kind of plot; there are series, network, timeline, map")
