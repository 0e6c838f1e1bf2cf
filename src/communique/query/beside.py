"""Events of other data sets beside ours: in the shape of our events, so that the same is asked of both, and counted alike."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import chain
from statistics import correlation
from typing import Any, Literal

import pyarrow as pa

from communique.errors import UsageError
from communique.ontology.crosswalk import Act, act_of_cameo, act_of_plover, states_of
from communique.query.conditions import Condition, days_of
from communique.query.counting import Count, Period
from communique.query.filters import conditions
from communique.query.relations import Relation
from communique.query.series import series
from communique.query.view import View

Dataset = Literal["icews", "polecat", "gdelt"]
_OURS = "ours"
# what the others tell of an event too, and what only we tell; nothing else can be asked of both
_BOTH = (
    "actor",
    "recipient",
    "party",
    "dyad",
    "both_ways",
    "country",
    "type",
    "quad",
    "radius",
    "place_country",
    "since",
    "until",
)
_OWN = ("status", "auxiliary", "attributed", "denied", "confidence")
_SIDES = ("actor", "recipient", "party", "dyad")


@dataclass(frozen=True, slots=True)
class _Source:
    """Where a data set has what we ask for: columns of its table; `report` is an expression that tells reports apart, NULL
    where nothing does; `counts` says what a row is."""

    day: str
    code: tuple[str, ...]
    sides: tuple[str, str]
    place: tuple[str, str, str]
    report: str
    counts: str
    act: Callable[..., Act | None]


_SOURCES: dict[str, _Source] = {
    "icews": _Source(
        "event_date",
        ("cameo_code",),
        ("source_country", "target_country"),
        ("country", "latitude", "longitude"),
        "story_id",
        "a dyad counts for each sentence of a story that tells it; reports are stories",
        act_of_cameo,
    ),
    "polecat": _Source(
        "event_date",
        ("event_type", "event_mode"),
        ("actor_country", "recipient_country"),
        ("country", "latitude", "longitude"),
        "NULL",
        "an event counts for each story that tells it; reports are not told apart",
        act_of_plover,
    ),
    "gdelt": _Source(
        "sqldate",
        ("eventcode",),
        ("actor1countrycode", "actor2countrycode"),
        ("actiongeo_countrycode", "actiongeo_lat", "actiongeo_long"),
        "sourceurl",
        "a dyad counts once however many reports tell it; reports are those that told one first",
        act_of_cameo,
    ),
}

_SHAPED = """
WITH codes AS (SELECT unnest(?::VARCHAR[]) AS code, unnest(?::VARCHAR[]) AS plover, unnest(?::INTEGER[]) AS quad,
  unnest(?::DOUBLE[]) AS goldstein),
states AS (SELECT unnest(?::VARCHAR[]) AS cell, string_split(unnest(?::VARCHAR[]), ';') AS countries)
SELECT c.plover, c.quad, c.goldstein, {day} AS when_start, {day} + 1 AS when_end, CAST(NULL AS DATE) AS published_start,
  CAST(NULL AS DATE) AS published_end,
  CAST([] AS VARCHAR[]) AS auxiliary,
  CAST(NULL AS DOUBLE) AS confidence, coalesce(a.countries, []) AS actor_countries,
  coalesce(b.countries, []) AS recipient_countries, CAST([] AS VARCHAR[]) AS actor_sectors,
  CAST([] AS VARCHAR[]) AS recipient_sectors, p.countries[1] AS place_country,
  o.{latitude} AS latitude, o.{longitude} AS longitude
FROM imported_{dataset} AS o JOIN codes AS c ON c.code = {code}
  LEFT JOIN states AS a ON a.cell = o.{actor} LEFT JOIN states AS b ON b.cell = o.{recipient}
  LEFT JOIN states AS p ON p.cell = o.{place}"""


@dataclass(frozen=True, slots=True)
class Beside:
    """A series of several data sets, and what is to be known of how they differ, a line each."""

    found: pa.Table
    notes: tuple[str, ...]


def series_beside(
    view: View,
    filters: Mapping[str, Any],
    ours: Relation,
    datasets: Sequence[Dataset],
    by: Period = "month",
    dyads: bool = True,
    dated: bool = False,
    domestic: bool = False,
    spliced: bool = False,
    count: Count = "events",
) -> Beside:
    """The series of our events (`ours`, those that count, as `counting.counted` gives them) and, put to
    the same filters, of other data sets: the columns of `series` with `dataset` before them, in the order of periods.
    `spliced`: each begins the day after the one before it ends, ours last, so that a series goes on where theirs ends.

    Raises UsageError where a data set was not imported, or where a filter can't be asked of others.
    """
    _check(filters, datasets)
    asked = {name: value for name, value in filters.items() if name not in _OWN}
    ends = {name: _days(view, name)[1] for name in datasets}
    tables: list[pa.Table] = []
    notes: list[str] = []
    after: date | None = None
    for name in sorted(dict.fromkeys(datasets), key=lambda name: ends[name]) if spliced else dict.fromkeys(datasets):
        theirs, said = _theirs(view, name, asked)
        source = _SOURCES[name]
        reports = f"SELECT {source.day} AS day, {source.report} AS report FROM imported_{name}"
        tables.append(_named(name, series(_since(theirs, after), by, dyads, domestic=domestic, reports=reports)))
        notes += said
        after = ends[name] + timedelta(days=1) if spliced else None
    tables.append(_named(_OURS, series(_since(ours, after), by, dyads, dated=dated, domestic=domestic)))
    own = {"events": "an event counts for each report that tells it"}
    once = own.get(count, "an incident counts once, however many reports tell it")
    notes.append(f"{_OURS}: {once}{_statuses(ours)}")
    keys = ("source", "target", "period") if dyads else ("period",)
    found = pa.concat_tables(tables).sort_by([(key, "ascending") for key in (*keys, "dataset")])
    return Beside(found, (*notes, *_agreement(found, keys)))


def _check(filters: Mapping[str, Any], datasets: Iterable[str]) -> None:
    for name in datasets:
        if name not in _SOURCES:
            raise UsageError(f"beside: there is no data set {name!r}; use one of {', '.join(_SOURCES)}")
    given = {name: value for name, value in filters.items() if value not in (None, (), [], False)}
    for name in given:
        if name not in (*_BOTH, *_OWN) and not (name == "place" and "radius" in given):
            raise UsageError(f"beside: {name} can't be asked of other data sets; what can is {', '.join(_BOTH)}")
    for name in given.keys() & _SIDES:
        value = given[name]
        for code in [value] if isinstance(value, str) else chain.from_iterable([v] if isinstance(v, str) else v for v in value):
            if states_of(code) != (code,):
                raise UsageError(f"{name}: other data sets are asked by countries alone, not {code!r}; use ISO 3166-1, as RUS")


def _days(view: View, dataset: str) -> tuple[date, date]:
    """The first day and the last that a data set has events of."""
    day = _SOURCES[dataset].day
    found = view.ask(f"SELECT min({day}) AS first, max({day}) AS last FROM imported_{dataset}").to_pylist()[0]
    if found["last"] is None:
        raise UsageError(f"beside: the desk has no events of {dataset}; take them in with: communique import FILE --desk PLACE")
    return found["first"], found["last"]


def _theirs(view: View, dataset: str, asked: Mapping[str, Any]) -> tuple[Relation, list[str]]:
    """The events of a data set for which the filters hold, in the shape of ours; and what is to be known of them."""
    source = _SOURCES[dataset]
    first, last = _days(view, dataset)
    notes = [f"{dataset}: {first} to {last}; {source.counts}"]
    acts, states = _acts(view, dataset, notes), _states(view, dataset, notes)
    actor, recipient = source.sides
    place, latitude, longitude = source.place
    names = {"actor": actor, "recipient": recipient, "place": place, "latitude": latitude, "longitude": longitude}
    shaped = _SHAPED.format(dataset=dataset, day=source.day, code=_code(source), **names)
    condition = conditions("events", asked) or Condition("true")
    columns = [[act[n] for act in acts.values()] for n in range(len(Act._fields))]
    values = (list(acts), *columns, list(states), list(states.values()), *condition.values)
    return Relation(view, f"SELECT * FROM ({shaped}) AS t WHERE {condition.sql}", values), notes


def _code(source: _Source) -> str:
    return " || '/' || ".join(f"coalesce({column}, '')" for column in source.code)


def _acts(view: View, dataset: str, notes: list[str]) -> dict[str, Act]:
    """What each code of a data set tells of, without those that tell of nothing, which are noted."""
    source = _SOURCES[dataset]
    counts = view.ask(
        f"SELECT {_code(source)} AS code, count(*) AS n FROM imported_{dataset} GROUP BY 1 ORDER BY 1"
    ).to_pylist()
    acts = {row["code"]: source.act(*row["code"].split("/", len(source.code) - 1)) for row in counts}
    if dropped := sum(row["n"] for row in counts if acts[row["code"]] is None):
        notes.append(f"{dataset}: {dropped:,} events of codes that PLOVER has no type for left out, as CAMEO 01 and 02")
    return {code: act for code, act in acts.items() if act is not None}


def _states(view: View, dataset: str, notes: list[str]) -> dict[str, str]:
    """The states that each cell of a data set names, with semicolons between; what names none is noted."""
    source = _SOURCES[dataset]
    cells = " UNION ".join(f"SELECT {column} AS cell FROM imported_{dataset}" for column in (*source.sides, source.place[0]))
    named = view.ask(f"SELECT cell FROM ({cells}) WHERE cell IS NOT NULL ORDER BY 1")["cell"].to_pylist()
    states = {cell: found for cell in named if (found := ";".join(states_of(cell)))}
    if nowhere := [cell for cell in named if cell not in states and cell != "None"]:
        some = ", ".join(nowhere[:3])
        notes.append(f"{dataset}: {len(nowhere):,} names of countries are of no state of ISO 3166, as {some}")
    return states


def _since(events: Relation, day: date | None) -> Relation:
    if day is None:
        return events
    query = f"SELECT * FROM ({events.query}\n) AS t WHERE {days_of('t')[0]} >= ?::DATE"
    return Relation(events.view, query, (*events.values, day), within=events.within)


def _statuses(ours: Relation) -> str:
    found = ours.view.ask(
        f"SELECT status, count(*) AS n FROM ({ours.query}\n) WHERE status NOT IN ('happened', 'ongoing') GROUP BY 1 ORDER BY 1",
        ours.values,
    ).to_pylist()
    told = ", ".join(f"{row['n']:,} {row['status']}" for row in found)
    return f"; among them {told}, which others do not tell apart (see --status)" if told else ""


def _named(name: str, found: pa.Table) -> pa.Table:
    return found.add_column(0, "dataset", pa.array([name] * found.num_rows, pa.string()))


def _agreement(found: pa.Table, keys: Sequence[str]) -> list[str]:
    """How ours and each other data set agree where both have events."""
    counts: dict[str, dict[tuple[Any, ...], float]] = {}
    for row in found.select(["dataset", "events", *keys]).to_pylist():
        counts.setdefault(row["dataset"], {})[tuple(row[key] for key in keys)] = row["events"]
    ours = counts.pop(_OURS, {})
    notes = []
    for name, theirs in counts.items():
        common = sorted(ours.keys() & theirs.keys())
        if not common:
            notes.append(f"{name}: no period in common with ours")
            continue
        mine, others = [ours[key] for key in common], [theirs[key] for key in common]
        alike = ""
        if len(common) > 2 and len(set(mine)) > 1 and len(set(others)) > 1:
            alike = f"; they go together with r = {correlation(mine, others):.2f}"
        notes.append(f"{name}: {len(common):,} counts in common, ours {sum(mine) / sum(others):.2f} times theirs{alike}")
    return notes
