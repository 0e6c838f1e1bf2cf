"""Series: how much went on between whom, by day, week, month, quarter or year.

An event whose days are known to a period counts there with the share of its days that lie in it, so that one dated "in May"
adds a thirty-first to each day of May. Each is right only with the chance that its confidence tells; the bounds of `expected`
are those of the sum of independent trials with these chances (Poisson-binomial, normal approximation, 95 %).
"""

from __future__ import annotations

from typing import Literal, get_args

import pyarrow as pa

from communique.errors import UsageError
from communique.query.relations import Relation

Period = Literal["day", "week", "month", "quarter", "year"]
Parties = Literal["country", "name"]
LONGEST = 400  # days; what is dated less closely is left out of series, and counted
_SIDES = {"country": ("actor_countries", "recipient_countries"), "name": ("actor_names", "recipient_names")}

_SPREAD = """
WITH told AS (
  SELECT *, coalesce(when_start, {fallback}) AS s, CASE WHEN when_start IS NOT NULL THEN when_end ELSE {fallback} + 1 END AS e
  FROM ({events}
)), dated AS (SELECT * FROM told WHERE s IS NOT NULL AND e > s AND e - s <= {longest:d}),
periods AS (
  SELECT *, CAST(unnest(generate_series(date_trunc('{by}', s), date_trunc('{by}', e - 1), INTERVAL {step})) AS DATE) AS period
  FROM dated
), shares AS (
  SELECT *, (least(e, CAST(period + INTERVAL {step} AS DATE)) - greatest(s, period)) / CAST(e - s AS DOUBLE) AS share
  FROM periods
)"""

_MEASURES = """
  sum(share) AS events, sum(share * confidence) AS expected,
  CASE WHEN sum(share * confidence) IS NOT NULL
    THEN greatest(0, sum(share * confidence) - 1.96 * sqrt(sum(share * confidence * (1 - share * confidence)))) END AS low,
  sum(share * confidence) + 1.96 * sqrt(sum(share * confidence * (1 - share * confidence))) AS high,
  sum(share * goldstein) / nullif(sum(share) FILTER (WHERE goldstein IS NOT NULL), 0) AS goldstein,
  coalesce(sum(share * goldstein) FILTER (WHERE goldstein > 0), 0) AS cooperation,
  coalesce(-sum(share * goldstein) FILTER (WHERE goldstein < 0), 0) AS conflict,
  coalesce(sum(share) FILTER (WHERE quad = 1), 0) AS verbal_cooperation,
  coalesce(sum(share) FILTER (WHERE quad = 2), 0) AS material_cooperation,
  coalesce(sum(share) FILTER (WHERE quad = 3), 0) AS verbal_conflict,
  coalesce(sum(share) FILTER (WHERE quad = 4), 0) AS material_conflict"""


def series(
    events: Relation,
    by: Period = "month",
    dyads: bool = True,
    parties: Parties = "country",
    undated: bool = False,
    reports: str = "SELECT published_start AS day, id AS report FROM documents",
) -> pa.Table:
    """The series of some events: a row for each period that has any, and with `dyads` for each pair of who acts and on whom.

    Columns: `source`, `target` (with `dyads`), `period` (its first day), `events`, `expected` with `low` and `high`,
    `goldstein` (mean), `cooperation` and `conflict` (sums of positive and negative Goldstein values), the four quad classes,
    `reports` (published in the period in the whole desk) and `per_1000_reports`. A pair of one party with itself is left out.
    `undated` puts events without a day on the day of their report; `reports` is a query of another volume of reports. Raises
    UsageError for another period or kind of party.
    """
    if by not in get_args(Period) or parties not in _SIDES:
        raise UsageError(f"series: by is one of {', '.join(get_args(Period))}, parties one of {', '.join(_SIDES)}")
    keys = ("source", "target", "period") if dyads else ("period",)
    pairs = _pairs(*_SIDES[parties]) if dyads else "SELECT * FROM shares"
    query = f"""{_spread(events, by, undated)},
    pairs AS ({pairs}),
    reports AS (
      SELECT CAST(date_trunc('{by}', day) AS DATE) AS period, nullif(count(DISTINCT report), 0) AS reports
      FROM ({reports}) GROUP BY 1)
    SELECT {", ".join(keys)}, {_MEASURES}, any_value(reports.reports) AS reports,
      1000 * sum(share) / any_value(reports.reports) AS per_1000_reports
    FROM pairs LEFT JOIN reports USING (period) GROUP BY {", ".join(keys)} ORDER BY {", ".join(keys)}"""
    return events.view.ask(query, events.values)


def left_out(events: Relation, undated: bool = False) -> int:
    """How many of the events no series counts: those without a day, or dated to more than `LONGEST` days."""
    spread = _spread(events, "day", undated).partition("periods AS")[0].rstrip(", \n")
    found = events.view.ask(f"{spread} SELECT (SELECT count(*) FROM told) - (SELECT count(*) FROM dated) AS n", events.values)
    return int(found["n"][0].as_py())


def _spread(events: Relation, by: Period, undated: bool) -> str:
    fallback = "published_start" if undated else "CAST(NULL AS DATE)"
    step = "3 MONTH" if by == "quarter" else f"1 {by.upper()}"
    return _SPREAD.format(events=events.query, fallback=fallback, longest=LONGEST, by=by, step=step)


def _pairs(actors: str, recipients: str) -> str:
    return f"""SELECT * FROM (
      SELECT *, unnest({recipients}) AS target FROM (SELECT *, unnest({actors}) AS source FROM shares)
    ) WHERE source <> target"""
