"""What the reports of an incident say together, and where the documents of a story come from."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from communique.merge.copies import Prepared, compare
from communique.merge.incidents import in_order, incident_of
from communique.query.view import View
from communique.store.merged import event_told, told_row
from communique.store.tellings import sources_of
from communique.types.incidents import Incident, Party, Voice
from communique.types.stories import Told

_REWORDED = ("reworded", "machine-reworded")
_EVENTS = """
SELECT e.*, i.incident, i.likeness
FROM incidents AS i JOIN events AS e ON e.document = i.document AND e.run = i.run AND e.id = i.event"""
_CHOSEN = f"{_EVENTS} WHERE i.incident IN (SELECT unnest(?::VARCHAR[]))"
_OF_THEIRS = "document IN (SELECT unnest(?::VARCHAR[]))"
_ACTORS = f"SELECT document, id, name, entry, country FROM actors WHERE {_OF_THEIRS}"
_PLACES = f"SELECT document, id, precision FROM places WHERE {_OF_THEIRS}"
_STORIES = f"""SELECT story, document, copy_of FROM stories
WHERE story IN (SELECT story FROM stories WHERE {_OF_THEIRS})"""
_TEXTS = "SELECT * FROM documents WHERE id IN (SELECT unnest(?::VARCHAR[]))"
_LAST = "SELECT max(published_start) AS last FROM events"
_LINEAGE = """
SELECT d.id AS document, d.published_start, d.publisher, d.syndicated_from, coalesce(d.title, d.source) AS title, s.copy_of,
  s.copy_kind, s.likeness
FROM stories AS s JOIN documents AS d ON d.id = s.document WHERE s.story = ?
ORDER BY d.published_start NULLS LAST, s.copy_of IS NOT NULL, d.id"""


def incidents_in(view: View, ids: Collection[str] | None = None, as_of: date | None = None) -> tuple[Incident, ...]:
    """The incidents of some ids, or all, as the view has them: fields side by side, history and outcome as of a day, that of
    the desk's last report if none is given. Those that the desk lacks are left out."""
    rows = (view.ask(_EVENTS) if ids is None else view.ask(_CHOSEN, (sorted(ids),))).to_pylist()
    documents = sorted({row["document"] for row in rows})
    actors = view.ask(_ACTORS, (documents,)).to_pylist()
    parties = {(a["document"], a["id"]): Party(a["name"], a["entry"], a["country"]) for a in actors}
    precisions = {(p["document"], p["id"]): p["precision"] for p in view.ask(_PLACES, (documents,)).to_pylist()}
    stories, sources = sources_of(view.ask(_STORIES, (documents,)).to_pylist())
    voices: dict[str, list[Voice]] = defaultdict(list)
    for row in rows:
        document = row["document"]
        precision, group = precisions.get((document, row["place"])), sources.get(document, document)
        told = event_told(row, parties, precision, group, stories.get(document))
        voices[row["incident"]].append(Voice(told, row["likeness"]))
    day = as_of or view.ask(_LAST)["last"][0].as_py()
    return in_order(replace(incident_of(told, day), id=id) for id, told in voices.items())


def lineage_in(view: View, story: str) -> tuple[Mapping[str, Any], ...]:
    """The documents of a story from the first to the last: when and where each came out, whom it credits, and which one it was
    made from (`copy_of`), how (`copy_kind`), with which share of its words (`likeness`). One without is told by itself.
    `rewordings` has the sentences that say the same in other words: `start`, `end` and `text` in the document, the same with
    `of_` in the one that it was made from, and where words were put one for one, these (`substituted`)."""
    rows = view.ask(_LINEAGE, (story,)).to_pylist()
    pairs = [(row["document"], row["copy_of"]) for row in rows if row["copy_kind"] in _REWORDED]
    texts = view.ask(_TEXTS, (sorted({document for pair in pairs for document in pair}),)).to_pylist() if pairs else ()
    told = {row["id"]: (row["text"], told_row(row)) for row in texts}
    for row in rows:
        pair = (row["document"], row["copy_of"])
        row["rewordings"] = _rewordings(*(told[d] for d in pair)) if pair in pairs and told.keys() >= set(pair) else []
        row |= {"document": row["document"][:12], "copy_of": row["copy_of"] and row["copy_of"][:12]}
    return tuple(rows)


def _rewordings(one: tuple[str, Told], other: tuple[str, Told]) -> list[dict[str, Any]]:
    (text, own), (source, made_from) = one, other
    copy = compare(Prepared(own), Prepared(made_from))
    return [
        {"start": r.one.start, "end": r.one.end, "text": r.one.of(text)}
        | {"of_start": r.other.start, "of_end": r.other.end, "of_text": r.other.of(source)}
        | {"substituted": [list(pair) for pair in r.substituted]}
        for r in (copy.rewordings if copy else ())
    ]
