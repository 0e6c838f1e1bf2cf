"""A desk opened for asking, from Python: `communique.open_desk` gives one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any

import pyarrow as pa

from communique.config import load
from communique.query.beside import Beside, Dataset, series_beside
from communique.query.breaks import breaks
from communique.query.counting import Count, Parties, Period
from communique.query.events import Events, Plot
from communique.query.listings import listed
from communique.query.networks import edges
from communique.query.relations import Relation
from communique.query.search import Hit, search
from communique.query.series import series
from communique.query.show import Thing, show
from communique.query.sql import select
from communique.query.view import View
from communique.query.voices import voices
from communique.store.lake import Lake


class OpenDesk:
    """The desk at a place, as it was when it was opened or last refreshed; used in a `with` statement, or closed at the end.

    Listings take the filters of the commands of the same names, by keyword (docs/asking.md), and give relations, which ask
    the desk when their rows are wanted. Judgements are applied unless all is asked for `as_coded`; of a watched report the
    newest version counts, or with `all_versions` each. Raises UsageError where there is no desk.
    """

    def __init__(
        self,
        place: str | Path,
        options: Mapping[str, str] | None = None,
        as_coded: bool = False,
        all_versions: bool = False,
    ) -> None:
        self.view = View(Lake(place, options), load().threads, as_coded, all_versions=all_versions)

    def __enter__(self) -> OpenDesk:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the desk."""
        self.view.close()

    def refresh(self) -> bool:
        """See what was written since; whether anything was."""
        return self.view.refresh()

    def documents(self, **filters: Any) -> Relation:
        """The reports that were read."""
        return listed(self.view, "documents", filters)

    def events(self, **filters: Any) -> Events:
        """Who did what to whom."""
        asked = [name for name, value in filters.items() if value not in (None, (), [])]
        return Events.of(listed(self.view, "events", filters), asked)

    def statements(self, **filters: Any) -> Relation:
        """Who said what."""
        return listed(self.view, "statements", filters)

    def facts(self, **filters: Any) -> Relation:
        """Offices, alliances, memberships and what else holds."""
        return listed(self.view, "facts", filters)

    def actors(self, **filters: Any) -> Relation:
        """Whom each report names."""
        return listed(self.view, "actors", filters)

    def stories(self, **filters: Any) -> Relation:
        """Documents about the same thing; filters say what one of them must be."""
        return listed(self.view, "stories", filters)

    def incidents(self, **filters: Any) -> Relation:
        """Happenings with all tellings; filters say what one of them must be."""
        return listed(self.view, "incidents", filters)

    def series(
        self,
        by: Period = "month",
        dyads: bool = True,
        parties: Parties = "country",
        dated: bool = False,
        domestic: bool = False,
        count: Count = "events",
        **filters: Any,
    ) -> pa.Table:
        """How much went on between whom, by period; see `communique.query.counting` and `communique.query.series.series`."""
        return series(self.events(**filters).counted(count), by, dyads, parties, dated, domestic)

    def beside(
        self,
        *datasets: Dataset,
        by: Period = "month",
        dyads: bool = True,
        dated: bool = False,
        domestic: bool = False,
        spliced: bool = False,
        count: Count = "events",
        **filters: Any,
    ) -> Beside:
        """The same with the series of other data sets that were imported; see `communique.query.beside.series_beside`."""
        ours = self.events(**filters).counted(count)
        return series_beside(self.view, filters, ours, datasets, by, dyads, dated, domestic, spliced, count)

    def breaks(
        self,
        by: Period = "month",
        dated: bool = False,
        penalty: float | None = None,
        count: Count = "events",
        **filters: Any,
    ) -> pa.Table:
        """From when on more or less went on; see `communique.query.breaks.breaks`."""
        return breaks(self.events(**filters).counted(count), by, dated, penalty)

    def network(
        self,
        parties: Parties = "country",
        dated: bool = False,
        domestic: bool = False,
        count: Count = "events",
        **filters: Any,
    ) -> pa.Table:
        """Who acts on whom; see `communique.query.networks.edges`, and `centralities` there."""
        return edges(self.events(**filters).counted(count), parties, dated, domestic)

    def voices(self, **filters: Any) -> pa.Table:
        """Who says what about whom; the filters are those of statements."""
        return voices(self.statements(**filters))

    def plot(self, kind: Plot, path: str | Path, **filters: Any) -> None:
        """Draw events to a PNG or SVG file. Raises UsageError for another kind or ending."""
        self.events(**filters).plot(kind, path)

    def sql(self, query: str, values: Sequence[object] = ()) -> Relation:
        """The rows of one SELECT over the desk's tables; values stand for its question marks."""
        return select(self.view, query, values)

    def search(
        self, words: str, kinds: Iterable[str] = (), limit: int = 20, offset: int = 0, rebuild: bool = False, **filters: Any
    ) -> tuple[Hit, ...]:
        """The passages that fit words best, of those for which the filters of their listings hold; see
        `communique.query.search.search`."""
        return search(self.view, words, kinds, limit, offset, rebuild, filters)

    def show(self, id: str) -> Thing:
        """What an id stands for, with the words that show it."""
        return show(self.view, id)
