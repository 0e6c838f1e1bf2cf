"""Series: how much went on between whom, by day, week, month, quarter or year.

An event whose days are known to a period counts there with the share of its days that lie in it, so that one dated "in May"
adds a thirty-first to each day of May. Each is right only with the chance that its confidence tells; the bounds of `expected`
are those of the sum of independent trials with these chances (Poisson-binomial, normal approximation, 95 %), within 0 and the
number of events. What counts, and on which days, is settled in `query.counting`.
"""

from __future__ import annotations

from typing import get_args

import pyarrow as pa

from communique.errors import UsageError
from communique.query.counting import SIDES, Parties, Period, dated_events, pairs
from communique.query.relations import Relation

_SPREAD = """
WITH dated AS ({dated}), periods AS (
  SELECT *, CAST(unnest(generate_series(date_trunc('{by}', s), date_trunc('{by}', e - 1), INTERVAL {step})) AS DATE) AS period
  FROM dated
), shares AS (
  SELECT *, (least(e, CAST(period + INTERVAL {step} AS DATE)) - greatest(s, period)) / CAST(e - s AS DOUBLE) AS share
  FROM periods WHERE {within}
)"""

_MEASURES = """
  sum(share) AS events, sum(share * confidence) AS expected,
  CASE WHEN sum(share * confidence) IS NOT NULL
    THEN greatest(0, sum(share * confidence) - 1.96 * sqrt(sum(share * confidence * (1 - share * confidence)))) END AS low,
  least(sum(share) FILTER (WHERE confidence IS NOT NULL),
    sum(share * confidence) + 1.96 * sqrt(sum(share * confidence * (1 - share * confidence)))) AS high,
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
    dated: bool = False,
    domestic: bool = False,
    reports: str = "SELECT published_start AS day, id AS report FROM documents",
) -> pa.Table:
    """The series of some events: a row for each period that has any, and with `dyads` for each pair of who acts and on whom.

    Columns: `source`, `target` (with `dyads`), `period` (its first day), `events`, `expected` with `low` and `high`,
    `goldstein` (mean), `cooperation` and `conflict` (sums of positive and negative Goldstein values), the four quad classes,
    `reports` (published in the period in the whole desk) and `per_1000_reports`. `dated` leaves out events without a day of
    their own; `domestic` has what goes on within one party too, as a pair of it with itself; `reports` is a query of another
    volume of reports. Periods without any of the days that the events were asked by (`since`, `until`) are left out. All of the
    events are counted: choose by `counting.counted` before. Raises UsageError for another period or kind of party.
    """
    if by not in get_args(Period) or parties not in SIDES:
        raise UsageError(f"series: by is one of {', '.join(get_args(Period))}, parties one of {', '.join(SIDES)}")
    keys = ("source", "target", "period") if dyads else ("period",)
    rows = pairs("SELECT * FROM shares", parties, domestic) if dyads else "SELECT * FROM shares"
    query = f"""{_spread(events, by, dated)},
    pairs AS ({rows}),
    reports AS (
      SELECT CAST(date_trunc('{by}', day) AS DATE) AS period, nullif(count(DISTINCT report), 0) AS reports
      FROM ({reports}) GROUP BY 1)
    SELECT {", ".join(keys)}, {_MEASURES}, any_value(reports.reports) AS reports,
      1000 * sum(share) / any_value(reports.reports) AS per_1000_reports
    FROM pairs LEFT JOIN reports USING (period) GROUP BY {", ".join(keys)} ORDER BY {", ".join(keys)}"""
    return events.view.ask(query, events.values)


def _spread(events: Relation, by: Period, dated: bool) -> str:
    step = "3 MONTH" if by == "quarter" else f"1 {by.upper()}"
    since, until = events.within
    asked = [f"CAST(period + INTERVAL {step} AS DATE) > DATE '{since}'"] if since else []
    asked += [f"period < DATE '{until}'"] if until else []
    return _SPREAD.format(dated=dated_events(events, by, dated), by=by, step=step, within=" AND ".join(asked) or "true")
