"""Networks: who acts on whom, and who stands in the middle of it."""

from __future__ import annotations

from typing import Any

import networkx as nx
import pyarrow as pa

from communique.errors import UsageError
from communique.query.counting import SIDES, Parties, dated_events, pairs
from communique.query.relations import Relation


def edges(events: Relation, parties: Parties = "country", dated: bool = False, domestic: bool = False) -> pa.Table:
    """The directed edges of a network, a row for each pair of who acts and on whom: `source`, `target`, `events`, `expected`
    (the sum of their confidences), `goldstein` (mean), `cooperation`, `conflict` (counts by quad class), `first`, `last` day.
    The events are those that a series by year has; `dated` and `domestic` as there. Raises UsageError for another kind of
    party."""
    if parties not in SIDES:
        raise UsageError(f"network: parties is one of {', '.join(SIDES)}")
    query = f"""
    SELECT source, target, count(*) AS events, sum(confidence) AS expected, avg(goldstein) AS goldstein,
      count(*) FILTER (WHERE quad <= 2) AS cooperation, count(*) FILTER (WHERE quad >= 3) AS conflict,
      min(s) AS first, max(s) AS last
    FROM ({pairs(dated_events(events, "year", dated), parties, domestic)})
    GROUP BY source, target ORDER BY events DESC, source, target"""
    return events.view.ask(query, events.values)


def graph(found: pa.Table) -> nx.DiGraph:
    """The network of some edges, as `edges` gives them; `weight` is the expected number of events."""
    network = nx.DiGraph()
    for row in found.to_pylist():
        attributes: dict[str, Any] = {k: v for k, v in row.items() if k not in ("source", "target")}
        network.add_edge(row["source"], row["target"], weight=row["expected"], **attributes)
    return network


def centralities(found: pa.Table) -> pa.Table:
    """A row for each party: `sent` and `received` (expected events), `partners`, `betweenness` (share of the shortest ways that
    lead over it; Brandes 2001, an edge being the shorter the more events it has) and `pagerank` (Brin and Page 1998, by
    weight). The most active come first."""
    network = graph(found)
    for _, _, attributes in network.edges(data=True):
        attributes["length"] = 1 / max(attributes["weight"], 1e-9)
    between = nx.betweenness_centrality(network, weight="length")
    rank = _pagerank(network)
    rows = [
        {
            "party": party,
            "sent": float(network.out_degree(party, weight="weight")),
            "received": float(network.in_degree(party, weight="weight")),
            "partners": len({*network.successors(party), *network.predecessors(party)}),
            "betweenness": between[party],
            "pagerank": rank[party],
        }
        for party in network
    ]
    rows.sort(key=lambda r: (-r["sent"] - r["received"], r["party"]))
    return pa.Table.from_pylist(rows, schema=_NODES)


def _pagerank(network: nx.DiGraph, damping: float = 0.85) -> dict[str, float]:
    """By power iteration; networkx has it for those who have SciPy."""
    out = {party: network.out_degree(party, weight="weight") for party in network}
    rank = dict.fromkeys(network, 1 / max(len(network), 1))
    for _ in range(200):
        idle = sum(rank[party] for party, sent in out.items() if not sent)
        base = (1 - damping + damping * idle) / max(len(network), 1)
        new = dict.fromkeys(network, base)
        for source, target, weight in network.edges(data="weight"):
            new[target] += damping * rank[source] * weight / out[source]
        moved = sum(abs(new[party] - rank[party]) for party in network)
        rank = new
        if moved < 1e-9:
            break
    return rank


_NODES = pa.schema(
    [
        ("party", pa.string()),
        ("sent", pa.float64()),
        ("received", pa.float64()),
        ("partners", pa.int64()),
        ("betweenness", pa.float64()),
        ("pagerank", pa.float64()),
    ]
)
