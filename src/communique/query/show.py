"""From an id to the words: what a thing of the desk is, and the passages of reports that show it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from communique.errors import UsageError
from communique.query.accounts import incidents_in, lineage_in
from communique.query.listings import listed
from communique.query.view import View
from communique.types.incidents import Incident, Judgement
from communique.types.text import Span

_TABLES = {"a": "actors", "p": "places", "t": "times", "e": "events", "s": "statements", "f": "facts"}
_PART = re.compile(r"([0-9A-Za-z]+)/(([aptesf])[0-9]+)")
_NAMED = {"documents": "document", "actors": "actor", "places": "place", "times": "time", "events": "event"} | {
    "statements": "statement",
    "facts": "fact",
    "stories": "story",
    "incidents": "incident",
}
_VERSIONS = """SELECT report, number, left(document, 12) AS document, first FROM versions
WHERE report IN (SELECT report FROM versions WHERE document = ?) ORDER BY report, number"""
_LEAST = 4  # digits that a document may be named by
_AROUND = 600  # code points of a passage to either side of what it shows


@dataclass(frozen=True, slots=True)
class Shown:
    """A passage of a document: `text` is what stands at `span`, `marked` the places in it that show the thing, `trigger`
    the words that carry an event. Offsets are code points into the document's text."""

    document: str
    span: Span
    text: str
    marked: tuple[Span, ...]
    trigger: Span | None = None


@dataclass(frozen=True, slots=True)
class Thing:
    """What an id stands for: its kind, all its fields, the document it is from (without its text), the passages that show
    it, and the ids of what belongs to it: of a document's events, of a story's documents, of an incident's events.
    `judgements` are those on an event, or on the events of an incident; `versions` are those of the report, where there are
    several (`report`, `number`, `document`, `first`: when it was found)."""

    id: str
    kind: str
    fields: Mapping[str, Any]
    document: Mapping[str, Any] | None
    passages: tuple[Shown, ...]
    members: tuple[str, ...] = ()
    judgements: tuple[Judgement, ...] = ()
    incident: Incident | None = None
    lineage: tuple[Mapping[str, Any], ...] = ()
    versions: tuple[Mapping[str, Any], ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """The thing as JSON objects; days and moments stay Python's."""
        passages = [
            {"document": p.document, "start": p.span.start, "end": p.span.end, "text": p.text}
            | {"marked": [{"start": s.start, "end": s.end} for s in p.marked]}
            | {"trigger": {"start": p.trigger.start, "end": p.trigger.end} if p.trigger else None}
            for p in self.passages
        ]
        own: dict[str, Any] = {"id": self.id, "kind": self.kind, "fields": dict(self.fields)}
        document = dict(self.document) if self.document is not None else None
        judgements = [
            {"id": j.id, "kind": j.kind, "by": j.by, "made": j.made, "why": j.why, "change": dict(j.change)}
            for j in self.judgements
        ]
        own |= {"document": document, "passages": passages, "members": list(self.members), "judgements": judgements}
        if self.incident is not None:
            own["accounts"] = [asdict(field) for field in self.incident.fields]
            own["history"] = [asdict(step) for step in self.incident.history]
        parts = {"lineage": self.lineage, "versions": self.versions}
        return own | {name: list(map(dict, rows)) for name, rows in parts.items() if rows}


def show(view: View, id: str) -> Thing:
    """What an id of a listing or of a search stands for, or of an older version of a report; an event that is rejected as it
    was coded. Raises UsageError where the desk has no such thing, or several."""
    asked = id.strip()
    document = asked.partition("/")[0]
    if not view.all_versions and len(document) >= _LEAST and any(one.startswith(document) for one in view.older):
        with view.with_older() as whole:
            return show(whole, id)
    if part := _PART.fullmatch(asked):
        return _part(view, part[1], part[2], _TABLES[part[3]])
    for listing in ("stories", "incidents"):
        (table, key) = (listing, _NAMED[listing])
        if view.ask(f"SELECT 1 FROM {table} WHERE {key} = ? LIMIT 1", (asked,)).num_rows:
            return _group(view, listing, asked)
    return _document(view, asked)


def _document(view: View, asked: str) -> Thing:
    row = _row_of(view, asked)
    own = view.ask("SELECT id FROM events WHERE document = ? ORDER BY length(id), id", (row["id"],))["id"].to_pylist()
    short = row["id"][:12]
    text = row.pop("text")
    row.pop("record")
    whole = Span(0, len(text))
    members = tuple(f"{short}/{e}" for e in own)
    return Thing(short, "document", row, None, (Shown(short, whole, text, ()),), members, versions=_versions(view, row["id"]))


def _part(view: View, document: str, id: str, table: str) -> Thing:
    about = _row_of(view, document)
    short = about["id"][:12]
    judgements = view.judgements_on(about["id"], id) if table == "events" else ()
    rows = "coded_events" if (about["id"], id) in view.rejected else table
    found = view.ask(f"SELECT * FROM {rows} WHERE document = ? AND id = ?", (about["id"], id)).to_pylist()
    if not found:
        raise UsageError(f"{document}/{id}: that document has no such {_NAMED[table]}; see communique show {short}")
    text = about.pop("text")
    about.pop("record")
    marked, trigger = _evidence(view, table, found[0])
    fields = {"id": f"{short}/{id}"} | {name: value for name, value in found[0].items() if name != "id"}
    shown = passages(short, text, marked, trigger)
    versions = _versions(view, about["id"])
    return Thing(f"{short}/{id}", _NAMED[table], fields, about, shown, judgements=judgements, versions=versions)


def _versions(view: View, document: str) -> tuple[Mapping[str, Any], ...]:
    found = view.ask(_VERSIONS, (document,)).to_pylist()
    return tuple(found) if len(found) > 1 else ()


def _group(view: View, listing: str, id: str) -> Thing:
    """A story with its documents, or an incident with the words of each event."""
    rows = [row for row in listed(view, listing, {_NAMED[listing]: id}).rows() if row["id"] == id]
    if not rows:
        raise UsageError(f"{id}: none of its reports is on the desk any more; list what there is with communique {listing}")
    members = tuple(rows[0].pop("members"))
    if listing == "stories":
        return Thing(id, _NAMED[listing], rows[0], None, (), members, lineage=lineage_in(view, id))
    things = [show(view, m) for m in members]
    told = tuple(p for thing in things for p in thing.passages)
    judgements = tuple(dict.fromkeys(j for thing in things for j in thing.judgements))
    (incident,) = incidents_in(view, [id])
    fields = rows[0] | {"sources": incident.sources, "outcome": incident.outcome}
    return Thing(id, _NAMED[listing], fields, None, told, members, judgements, incident)


def _row_of(view: View, document: str) -> dict[str, Any]:
    """The row of the document whose id begins so."""
    found: list[dict[str, Any]] = []
    if document.isalnum():
        found = view.ask("SELECT * FROM documents WHERE starts_with(id, ?) ORDER BY id LIMIT 2", (document,)).to_pylist()
    exact = [row for row in found if row["id"] == document]
    if not exact and (not found or len(document) < _LEAST):
        raise UsageError(f"{document}: the desk has no document of that id; list what there is with communique documents")
    if not exact and len(found) > 1:
        raise UsageError(f"{document}: several documents have an id that begins so; give more of it")
    return (exact or found)[0]


def _evidence(view: View, table: str, row: Mapping[str, Any]) -> tuple[tuple[Span, ...], Span | None]:
    if table == "events":
        return _spans(row["evidence"]), Span(row["trigger_start"], row["trigger_end"])
    if table == "facts":
        return _spans(row["evidence"]), None
    if table == "statements":
        return (Span(row["content_start"], row["content_end"]),), None
    if table == "times":
        return (Span(row["start"], row["end"]),), None
    query = 'SELECT "start", "end" FROM mentions WHERE document = ? AND "of" = ? ORDER BY "start", "end"'
    return _spans(view.ask(query, (row["document"], row["id"])).to_pylist()), None


def _spans(rows: Iterable[Mapping[str, Any]]) -> tuple[Span, ...]:
    return tuple(Span(row["start"], row["end"]) for row in rows)


def passages(document: str, text: str, marked: Iterable[Span], trigger: Span | None) -> tuple[Shown, ...]:
    """The paragraphs that spans stand in, one for those that share it; long ones are cut at some distance."""
    found: list[tuple[Span, list[Span]]] = []
    for span in sorted(marked):
        around = _paragraph(text, span)
        if found and around.start < found[-1][0].end:
            before, spans = found[-1]
            found[-1] = (Span(before.start, max(before.end, around.end)), [*spans, span])
        else:
            found.append((around, [span]))
    return tuple(
        Shown(document, around, around.of(text), tuple(spans), trigger if trigger and around.contains(trigger) else None)
        for around, spans in found
    )


def _paragraph(text: str, span: Span) -> Span:
    start = max(text.rfind("\n", 0, span.start) + 1, span.start - _AROUND)
    end = text.find("\n", span.end)
    return Span(start, min(end if end >= 0 else len(text), span.end + _AROUND))
