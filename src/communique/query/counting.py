"""What counts, of some events: what happened or goes on, once for each telling or each incident, on the days it is known to.

One rule of days holds for series, networks, filters and the panel: an event is of its own days or, where it has none, of those
of its report, unless it is told as long past. What has no day at all, and what is dated to more than a month, or to more than
a period where that is longer, is left out.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Literal

from communique.errors import UsageError
from communique.query.conditions import days_of
from communique.query.relations import Relation

Count = Literal["events", "incidents"]
Parties = Literal["country", "name"]
Period = Literal["day", "week", "month", "quarter", "year"]
LONGEST = {"day": 31, "week": 31, "month": 31, "quarter": 92, "year": 366}
"""How many days an event may be dated to, to count in such periods."""

SIDES = {"country": ("actor_countries", "recipient_countries"), "name": ("actor_names", "recipient_names")}

_STATUS = "status IN ('happened', 'ongoing')"
_REAL = "list_contains(auxiliary, 'hypothetical') IS NOT TRUE"
_MEMBERS = """
SELECT c.*, coalesce(i.incident, c.document || '/' || c.id) AS incident, coalesce(s.copy_of, c.document) AS original
FROM ({events}
) AS c
  LEFT JOIN incidents AS i ON i.document = c.document AND i.run = c.run AND i.event = split_part(c.id, '/', -1)
  LEFT JOIN (SELECT document, any_value(copy_of) AS copy_of FROM stories GROUP BY document) AS s ON s.document = c.document"""
_ONCE = """
SELECT * EXCLUDE (incident, original, vouched, surest) REPLACE (surest AS confidence) FROM (
  SELECT *, max(confidence) OVER (PARTITION BY incident) AS surest,
    count(DISTINCT original) OVER (PARTITION BY incident, plover, list_sort(actor_names),
      list_sort(recipient_names)) AS vouched
  FROM ({members})
) QUALIFY row_number() OVER (PARTITION BY incident ORDER BY
  len(actor_countries) > 0 AND len(recipient_countries) > 0 DESC NULLS LAST,
  (when_end - when_start <= 31) IS TRUE DESC, vouched DESC, published_start NULLS LAST, document, length(id), id) = 1"""


def counted(events: Relation, count: Count = "events", asked: Collection[str] = ()) -> Relation:
    """Those of the events that count: what happened or goes on, unless `status` is among the filters `asked`, and is not
    imagined, unless `auxiliary` is.

    With `incidents` each incident counts once, however many reports tell it. It is what the telling says that knows most (both
    sides, a day of its own); of several such, what most reports say that are no copies of each other; of these, the first. Its
    confidence is that of the surest telling. Raises UsageError where the desk was never merged.
    """
    held = [rule for name, rule in (("status", _STATUS), ("auxiliary", _REAL)) if name not in asked]
    query = f"SELECT * FROM ({events.query}\n) WHERE {' AND '.join(held)}" if held else events.query
    if count == "incidents":
        _check_merged(events)
        query = _ONCE.format(members=_MEMBERS.format(events=query))
    elif count != "events":
        raise UsageError(f"count: {count!r} can't be counted; count events or incidents")
    return Relation(events.view, query, events.values, within=events.within)


def dated_events(events: Relation, by: Period, dated: bool = False) -> str:
    """A query of the events that have days close enough for such periods: `s` is the first, `e` the one after the last.
    `dated`: of those with days of their own alone."""
    return f"SELECT * FROM ({_days(events, dated)}) WHERE e - s BETWEEN 1 AND {LONGEST[by]:d}"


def pairs(query: str, parties: Parties, domestic: bool = False) -> str:
    """A query of the same rows, once for each pair of one who acts (`source`) and another one acted on (`target`); with
    `domestic` also for the only party of what goes on within it."""
    actors, recipients = SIDES[parties]
    within = f"source <> target OR {_within(parties)}" if domestic else "source <> target"
    return f"""SELECT * FROM (
      SELECT *, unnest({recipients}) AS target FROM (SELECT *, unnest({actors}) AS source FROM ({query}))
    ) WHERE {within}"""


def notes(
    events: Relation,
    by: Period,
    dyads: bool = True,
    parties: Parties = "country",
    dated: bool = False,
    domestic: bool = False,
    count: Count = "events",
    asked: Collection[str] = (),
) -> list[str]:
    """What is to be known of a count of events, a line each: how many were left out, each for one reason, and how many stand
    on the day of their report. The words name options of the commands."""
    chosen = counted(events, count, asked)
    kinds = _kinds(chosen, by, dyads, parties, dated, domestic)
    told = {
        "day": "without a day",
        "wide": f"dated to more than {LONGEST[by]} days",
        "side": f"with a side of no {parties}",
        "within": f"within one {parties} (--domestic counts them)",
    }
    left = [*_not_real(events, asked), *(f"{kinds[why]:,} {words}" for why, words in told.items() if why in kinds)]
    lines = [f"left out: {', '.join(left)}"] if left else []
    if "undated" in kinds:
        lines.append(
            f"{kinds['undated']:,} {count} without a day of their own stand on that of their report (--dated leaves them out)"
        )
    return [*lines, *(_of_incidents(events, chosen, asked) if count == "incidents" else ())]


def _not_real(events: Relation, asked: Collection[str]) -> list[str]:
    """What did not happen, or not yet, or is imagined."""
    cases = {
        "status": f"WHEN ({_STATUS}) IS NOT TRUE THEN coalesce(status, 'of no status')",
        "auxiliary": f"WHEN NOT ({_REAL}) THEN 'imagined'",
    }
    held = [case for name, case in cases.items() if name not in asked]
    if not held:
        return []
    query = f"SELECT CASE {' '.join(held)} END AS why, count(*) AS n FROM ({events.query}\n) GROUP BY 1 ORDER BY 2 DESC, 1"
    found = {row["why"]: row["n"] for row in events.view.ask(query, events.values).to_pylist() if row["why"]}
    how = {"imagined": "--auxiliary hypothetical counts them"}
    how |= dict.fromkeys([why for why in found if why != "imagined"][-1:], "choose others by --status")
    return [f"{n:,} {why}" + (f" ({how[why]})" if why in how else "") for why, n in found.items()]


def _kinds(events: Relation, by: Period, dyads: bool, parties: Parties, dated: bool, domestic: bool) -> dict[str, int]:
    """How many of the events that count have no day, or no pair, or the day of their report."""
    actors, recipients = SIDES[parties]
    without = f"WHEN (len({actors}) > 0 AND len({recipients}) > 0) IS NOT TRUE THEN 'side'" if dyads else ""
    within = f"WHEN {_within(parties)} THEN 'within'" if dyads and not domestic else ""
    query = f"""SELECT CASE WHEN (e > s) IS NOT TRUE THEN 'day' WHEN e - s > {LONGEST[by]:d} THEN 'wide' {without} {within}
      WHEN when_start IS NULL THEN 'undated' END AS why, count(*) AS n FROM ({_days(events, dated)}) GROUP BY 1"""
    return {row["why"]: row["n"] for row in events.view.ask(query, events.values).to_pylist() if row["why"]}


def _of_incidents(events: Relation, chosen: Relation, asked: Collection[str]) -> list[str]:
    """How many events the incidents are, and how many are in none."""
    told = counted(events, "events", asked)
    lines = [f"{told.count():,} events are {chosen.count():,} incidents"] if told.count() else []
    apart = f"SELECT count(*) AS n FROM ({_MEMBERS.format(events=told.query)}) WHERE incident = document || '/' || id"
    if after := _one(told, apart):
        lines.append(f"{after:,} events came after the last merge and count each by itself; bring them in by communique merge")
    return lines


def _days(events: Relation, dated: bool) -> str:
    starts, ends = ("when_start", "when_end") if dated else days_of("t")
    return f"SELECT *, {starts} AS s, {ends} AS e FROM ({events.query}\n) AS t"


def _within(parties: Parties) -> str:
    return f"len(list_distinct(list_concat({', '.join(SIDES[parties])}))) = 1"


def _check_merged(events: Relation) -> None:
    place = events.view.lake.place
    if not _one(Relation(events.view, ""), "SELECT count(*) AS n FROM incidents"):
        raise UsageError(
            f"{place}: the desk was never merged, so that it has no incidents; run: communique merge --desk {place}"
        )


def _one(events: Relation, query: str) -> int:
    return int(events.view.ask(query, events.values)["n"][0].as_py())
