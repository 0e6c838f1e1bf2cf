"""Networks of actors: GraphML and GEXF 1.3. A node is an actor, an edge all that one did to another.

Sources: GraphML Primer (graphdrawing.org); GEXF 1.3 (gexf.net), whose spells tell when an edge was there. Events that are
denied, uncertain, planned or imagined make no edge.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import BinaryIO
from xml.etree import ElementTree

from communique.export.acts import pairs
from communique.export.exports import Loss, Row, Rows, by_id

_TOLD = ("happened", "ongoing")
_NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_GRAPHML, _GEXF = "http://graphml.graphdrawing.org/xmlns", "http://gexf.net/1.3"
_XML = b'<?xml version="1.0" encoding="utf-8"?>\n'
_LONG = {"integer": "long"}
_CARRIES = frozenset({"type", "status"})
Told = Mapping[str, float | str]
"""Attributes of a node or an edge."""


@dataclass(slots=True)
class Dyad:
    """What one actor did to another: the sum of Goldstein values and how many there are, types with their counts, days
    `[start, end)`."""

    events: int = 0
    goldstein: float = 0.0
    valued: int = 0
    types: Counter[str] = field(default_factory=Counter)
    days: set[tuple[date, date]] = field(default_factory=set)

    def attributes(self) -> Told:
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

    def told(self) -> Iterator[Told]:
        """The attributes of all edges."""
        return (dyad.attributes() for dyad in self.dyads.values())

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
        out.write(_XML + f'<graphml xmlns="{_GRAPHML}">\n'.encode())
        keys = {"node": _keys(out, "node", network.nodes.values()), "edge": _keys(out, "edge", network.told())}
        out.write(b'<graph edgedefault="directed">\n')
        for ours, told in network.nodes.items():
            _write(out, "node", {"id": _clean(ours)}, (_data(keys["node"][name], value) for name, value in told.items()))
        for (a, b), dyad in network.dyads.items():
            sides = {"source": _clean(a), "target": _clean(b)}
            _write(out, "edge", sides, (_data(keys["edge"][name], value) for name, value in dyad.attributes().items()))
        out.write(b"</graph>\n</graphml>\n")
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
        out.write(_XML + f'<gexf xmlns="{_GEXF}" version="1.3">\n<meta><creator>Communique</creator></meta>\n'.encode())
        out.write(b'<graph defaultedgetype="directed" mode="dynamic" timeformat="date" timerepresentation="interval">\n')
        _attributes(out, "node", ({"kind": "", "country": "", "sectors": "", "wikidata": ""},))
        out.write(b"<nodes>\n")
        for key, told in network.nodes.items():
            named = {"id": _clean(key), "label": told["label"]}
            _write(out, "node", named, (_values("node", {name: value for name, value in told.items() if name != "label"}),))
        out.write(b"</nodes>\n")
        _attributes(out, "edge", network.told())
        out.write(b"<edges>\n")
        for number, ((a, b), dyad) in enumerate(network.dyads.items()):
            whole = {"id": str(number), "source": _clean(a), "target": _clean(b), "weight": f"{float(dyad.events)}"}
            told_of = {name: value for name, value in dyad.attributes().items() if name != "weight"}
            _write(out, "edge", whole, (_values("edge", told_of), *_spells(dyad)))
        out.write(b"</edges>\n</graph>\n</gexf>\n")
        return loss


def _clean(text: str) -> str:
    return _NO_XML.sub(" ", text)


def _write(out: BinaryIO, name: str, attributes: dict[str, str], children: Iterable[ElementTree.Element]) -> None:
    """Write an element on a line of its own: a tree of all of them would be many times as large as the network."""
    element = ElementTree.Element(name, attributes)
    element.extend(children)
    out.write(ElementTree.tostring(element, encoding="utf-8") + b"\n")


def _keys(out: BinaryIO, kind: str, told: Iterable[Told]) -> dict[str, str]:
    """Declare the attributes of nodes or edges in GraphML; their ids by name."""
    types = _types(told)
    for name, type in types.items():
        declared = {"id": f"{kind}-{name}", "for": kind, "attr.name": name, "attr.type": _LONG.get(type, type)}
        _write(out, "key", declared, ())
    return {name: f"{kind}-{name}" for name in types}


def _data(key: str, value: float | str) -> ElementTree.Element:
    element = ElementTree.Element("data", {"key": key})
    element.text = str(value)
    return element


def _attributes(out: BinaryIO, kind: str, told: Iterable[Told]) -> None:
    """Declare the attributes of nodes or edges in GEXF."""
    types = {name: type for name, type in _types(told).items() if name != "weight"}
    declared = ({"id": f"{kind}-{name}", "title": name, "type": type} for name, type in types.items())
    children = (ElementTree.Element("attribute", one) for one in declared)
    _write(out, "attributes", {"class": kind, "mode": "static"}, children)


def _types(told: Iterable[Told]) -> dict[str, str]:
    types: dict[str, str] = {}
    for attributes in told:
        types |= {name: _type(value) for name, value in attributes.items()}
    return dict(sorted(types.items()))


def _type(value: float | str) -> str:
    return "string" if isinstance(value, str) else "integer" if isinstance(value, int) else "double"


def _values(kind: str, told: Told) -> ElementTree.Element:
    values = ElementTree.Element("attvalues")
    for name, value in told.items():
        ElementTree.SubElement(values, "attvalue", {"for": f"{kind}-{name}", "value": str(value)})
    return values


def _spells(dyad: Dyad) -> Iterator[ElementTree.Element]:
    if stretches := dyad.spells():
        spells = ElementTree.Element("spells")
        for start, end in stretches:
            last = end - timedelta(days=1)
            ElementTree.SubElement(spells, "spell", {"start": start.isoformat(), "end": last.isoformat()})
        yield spells
