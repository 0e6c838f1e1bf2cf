"""Events of a desk: a relation that can be drawn."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, fields
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from communique.errors import UsageError
from communique.query.counting import Count, Parties, Period, counted, notes
from communique.query.networks import edges
from communique.query.plots import plot_map, plot_network, plot_series, plot_timeline
from communique.query.relations import Relation
from communique.query.series import series

if TYPE_CHECKING:
    from matplotlib.figure import Figure

Plot = Literal["series", "network", "timeline", "map"]


@dataclass(frozen=True, slots=True)
class Events(Relation):
    """Events that filters choose; `asked` are the names of these."""

    asked: tuple[str, ...] = ()

    @classmethod
    def of(cls, relation: Relation, asked: Collection[str] = ()) -> Events:
        """A relation of events as such."""
        return cls(**{field.name: getattr(relation, field.name) for field in fields(Relation)}, asked=tuple(asked))

    def counted(self, count: Count = "events") -> Relation:
        """Those that series and networks count; see `query.counting.counted`."""
        return counted(self, count, self.asked)

    def notes(
        self,
        by: Period = "month",
        dyads: bool = True,
        parties: Parties = "country",
        dated: bool = False,
        domestic: bool = False,
        count: Count = "events",
    ) -> list[str]:
        """What is to be known of such a series, a line each; see `query.counting.notes`."""
        return notes(self, by, dyads, parties, dated, domestic, count, self.asked)

    def plot(
        self,
        kind: Plot = "series",
        path: str | Path | None = None,
        by: Period = "month",
        dyads: bool = True,
        parties: Parties = "country",
        dated: bool = False,
        domestic: bool = False,
        count: Count = "events",
    ) -> Figure:
        """Draw them, to a PNG or SVG file too where one is named; gives matplotlib's figure. Series and networks are of all
        that count, as `query.series.series` and `query.networks.edges` have them, timelines and maps of those of the page.
        Raises UsageError for another kind or ending, or without matplotlib."""
        to = None if path is None else Path(path)
        if kind == "series":
            return plot_series(series(self.counted(count), by, dyads, parties, dated, domestic), to, by)
        if kind == "network":
            return plot_network(edges(self.counted(count), parties, dated, domestic), to)
        if kind == "timeline":
            return plot_timeline(self.rows(), to)
        if kind == "map":
            return plot_map(self.rows(), to)
        raise UsageError(f"plot: {kind!r} is no kind of plot; there are series, network, timeline, map")
