"""Networks of actors: GraphML and GEXF 1.3. A node is an actor, an edge all that one did to another.

Sources: GraphML Primer (graphdrawing.org); GEXF 1.3 (gexf.net), whose spells tell when an edge was there. Events that are
denied, uncertain, planned or imagined make no edge.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any, BinaryIO
from xml.etree import ElementTree

import networkx

from communique.export.acts import pairs
from communique.export.exports import Loss, Row, Rows, by_id

_TOLD = ("happened", "ongoing")
_NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_GEXF = "http://gexf.net/1.3"
_CARRIES = frozenset({"type", "status"})


@dataclass(slots=True)
class Dyad:
    """What one actor did to another: the sum of Goldstein values and how many there are, types with their counts, days
    `[start, end)`."""

    events: int = 0
    goldstein: float = 0.0
    valued: int = 0
    types: Counter[str] = field(default_factory=Counter)
    days: set[tuple[date, date]] = field(default_factory=set)

    def attributes(self) -> dict[str, float | str]:
        """The attributes of the edge: `weight` is the count of events; types that did not occur are not there."""
        told: dict[str, float | str] = {"weight": self.events}
        if self.valued:
            told["goldstein"] = round(self.goldstein / self.valued, 3)
        if self.days:
            told["first"] = min(start for start, _ in self.days).isoformat()
            told["last"] = (max(end for _, end in self.days) - timedelta(days=1)).isoformat()
        return told | dict(sorted(self.types.items()))

    def spells(self) -> list[tuple[date, date]]:
        """Its days, in order, those that touch put together."""
        merged: list[tuple[date, date]] = []
        for start, end in sorted(self.days):
            if merged and start <= merged[-1][1]:
                merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
            else:
                merged.append((start, end))
        return merged


class Network:
    """Actors and their dyads, gathered from events. An actor that no registry knows is known by name, kind and country."""

    def __init__(self, carries: frozenset[str]) -> None:
        self.carries = carries
        self.nodes: dict[str, dict[str, str]] = {}
        self.dyads: dict[tuple[str, str], Dyad] = {}

    def gather(self, documents: Iterable[Rows], loss: Loss) -> None:
        """Add the events of documents, counting what is left out."""
        for rows in documents:
            loss.documents += 1
            actors = by_id(rows, "actors")
            for event in rows.get("events", ()):
                self._add(event, actors, loss)
        loss.written = len(self.nodes) + len(self.dyads)

    def _add(self, event: Row, actors: dict[str, Row], loss: Loss) -> None:
        if event["status"] not in _TOLD:
            loss.leave(f"{event['status']} events left out")
            return
        if "hypothetical" in (event["auxiliary"] or ()):
            loss.leave("imagined events left out")
            return
        sides = [(a, b) for a, b in pairs(event, actors) if a is not None and b is not None]
        if not sides:
            loss.leave("events without two sides left out")
            return
        loss.take(event, self.carries)
        for a, b in sides:
            dyad = self.dyads.setdefault((self._node(a, loss), self._node(b, loss)), Dyad())
            dyad.events += 1
            dyad.types[event["plover"]] += 1
            if event["goldstein"] is not None:
                dyad.goldstein += event["goldstein"]
                dyad.valued += 1
            if event["when_start"]:
                dyad.days.add((event["when_start"], event["when_end"]))

    def _node(self, actor: Row, loss: Loss) -> str:
        country = actor["country"] or ""
        key = actor["entry"] or f"{actor['kind']}:{actor['name']}:{country}"
        if key not in self.nodes:
            told = {"label": actor["name"], "kind": actor["kind"], "country": country}
            told |= {"sectors": " ".join(actor["sectors"] or ()), "wikidata": actor["wikidata"] or ""}
            self.nodes[key] = {name: _NO_XML.sub(" ", value) for name, value in told.items() if value}
            loss.drop("actors told apart by name, kind and country alone", not actor["entry"])
        return key


class GraphMl:
    """The network as GraphML."""

    name = "graphml"
    needs = frozenset({"documents", "actors", "events"})
    carries = _CARRIES

    def write(self, documents: Iterable[Rows], out: BinaryIO) -> Loss:
        """Write the documents; see `exports.Export`."""
        loss, network = Loss(self.name), Network(self.carries)
        network.gather(documents, loss)
        graph: networkx.DiGraph[str] = networkx.DiGraph()
        for key, told in network.nodes.items():
            graph.add_node(_NO_XML.sub(" ", key), **told)
        for (a, b), dyad in network.dyads.items():
            graph.add_edge(_NO_XML.sub(" ", a), _NO_XML.sub(" ", b), **dyad.attributes())
        for line in networkx.generate_graphml(graph):
            out.write(line.encode() + b"\n")
        return loss


class Gexf:
    """The network as GEXF 1.3, dynamic: an edge has spells, from the first to the last day of each stretch of its events."""

    name = "gexf"
    needs = frozenset({"documents", "actors", "events"})
    carries = _CARRIES | {"interval"}

    def write(self, documents: Iterable[Rows], out: BinaryIO) -> Loss:
        """Write the documents; see `exports.Export`."""
        loss, network = Loss(self.name), Network(self.carries)
        network.gather(documents, loss)
        root = ElementTree.Element("gexf", {"xmlns": _GEXF, "version": "1.3"})
        ElementTree.SubElement(ElementTree.SubElement(root, "meta"), "creator").text = "Communique"
        dynamic = {"defaultedgetype": "directed", "mode": "dynamic", "timeformat": "date", "timerepresentation": "interval"}
        graph = ElementTree.SubElement(root, "graph", dynamic)
        names = _attributes(graph, "node", ({"kind": "", "country": "", "sectors": "", "wikidata": ""},))
        nodes = ElementTree.SubElement(graph, "nodes")
        numbers = {}
        for key, told in network.nodes.items():
            numbers[key] = _NO_XML.sub(" ", key)
            node = ElementTree.SubElement(nodes, "node", {"id": numbers[key], "label": told["label"]})
            _values(node, {name: value for name, value in told.items() if name != "label"}, names)
        told_of = {pair: dyad.attributes() for pair, dyad in network.dyads.items()}
        names = _attributes(graph, "edge", ({k: v for k, v in told.items() if k != "weight"} for told in told_of.values()))
        edges = ElementTree.SubElement(graph, "edges")
        for number, ((a, b), dyad) in enumerate(network.dyads.items()):
            whole = {"id": str(number), "source": numbers[a], "target": numbers[b], "weight": f"{float(dyad.events)}"}
            edge = ElementTree.SubElement(edges, "edge", whole)
            _values(edge, {k: v for k, v in told_of[a, b].items() if k != "weight"}, names)
            _spells(edge, dyad)
        ElementTree.indent(root)
        out.write(ElementTree.tostring(root, encoding="utf-8", xml_declaration=True) + b"\n")
        return loss


def _attributes(graph: ElementTree.Element, kind: str, told: Iterable[dict[str, Any]]) -> dict[str, str]:
    """Declare the attributes of nodes or edges; their ids by name."""
    types: dict[str, str] = {}
    for attributes in told:
        types |= {name: _type(value) for name, value in attributes.items()}
    declared = ElementTree.SubElement(graph, "attributes", {"class": kind, "mode": "static"})
    names = {name: f"{kind}-{name}" for name in sorted(types)}
    for name, ours in names.items():
        ElementTree.SubElement(declared, "attribute", {"id": ours, "title": name, "type": types[name]})
    return names


def _type(value: float | str) -> str:
    return "string" if isinstance(value, str) else "integer" if isinstance(value, int) else "double"


def _values(element: ElementTree.Element, told: dict[str, Any], names: dict[str, str]) -> None:
    values = ElementTree.SubElement(element, "attvalues")
    for name, value in told.items():
        ElementTree.SubElement(values, "attvalue", {"for": names[name], "value": str(value)})


def _spells(edge: ElementTree.Element, dyad: Dyad) -> None:
    if stretches := dyad.spells():
        spells = ElementTree.SubElement(edge, "spells")
        for start, end in stretches:
            last = end - timedelta(days=1)
            ElementTree.SubElement(spells, "spell", {"start": start.isoformat(), "end": last.isoformat()})
