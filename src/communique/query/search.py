"""Full-text search over documents, statements and the evidence of events: an index in SQLite (FTS5) beside the tables.

The index holds nothing that the tables do not: it is brought up to date by document before it is asked, and may be deleted at
any time. It has events as they were coded, and of reports the newest versions; those that are rejected are passed over. For a
bucket, or a folder that can't be written, it lies in the user's cache.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from datetime import date
from itertools import islice
from pathlib import Path
from typing import Any, Literal, get_args

from communique.errors import DataError, UsageError
from communique.query.conditions import Condition, one_of
from communique.query.filters import conditions
from communique.query.known import check_known
from communique.query.questions import filters_of
from communique.query.view import View
from communique.store.lake import Lake

HitKind = Literal["document", "statement", "event"]
KINDS: tuple[HitKind, ...] = get_args(HitKind)
FILE = "search.sqlite"
_FORM = 1
_WAIT = 60.0  # seconds for another process that brings the index up to date
_AT_ONCE = 500  # documents
_LOOKED = 1000  # passages that filters are put to at first, and four times as many each time after
_LISTINGS: dict[HitKind, str] = {"document": "documents", "statement": "statements", "event": "events"}
_TABLES = """
CREATE TABLE documents (document TEXT PRIMARY KEY, run TEXT NOT NULL);
CREATE TABLE seen (desk TEXT NOT NULL, version INTEGER NOT NULL);
CREATE TABLE passages (
  number INTEGER PRIMARY KEY, document TEXT NOT NULL, kind TEXT NOT NULL, id TEXT NOT NULL,
  published TEXT, publisher TEXT, title TEXT
);
CREATE INDEX passages_by_document ON passages (document);
CREATE VIRTUAL TABLE words USING fts5 (title, body, tokenize = 'porter unicode61 remove_diacritics 2');
"""
_PASSAGES: dict[HitKind, str] = {
    "document": "SELECT id AS document, '' AS id, published_start, publisher, title, coalesce(title, '') AS head, text AS body "
    "FROM documents WHERE id IN (SELECT unnest(?::VARCHAR[]))",
    "statement": "SELECT s.document, s.id, s.published_start, s.publisher, d.title, coalesce(s.speaker_name, '') AS head, "
    "s.content AS body FROM statements AS s JOIN documents AS d ON d.id = s.document "
    "WHERE s.document IN (SELECT unnest(?::VARCHAR[]))",
    "event": "SELECT e.document, e.id, e.published_start, e.publisher, d.title, '' AS head, "
    "array_to_string(list_transform(e.evidence, lambda s: s.text), ' … ') AS body "
    "FROM coded_events AS e JOIN documents AS d ON d.id = e.document WHERE e.document IN (SELECT unnest(?::VARCHAR[]))",
}
_TERM = re.compile(r'(-?)(?:"([^"]*)"?|([^\s"]+))')
OPEN, CLOSE = "«", "»"


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage that was found: `id` as `communique show` takes it, `score` how well it fits (BM25, higher is better),
    `snippet` its words around what was sought, each place of it between « and »."""

    id: str
    kind: HitKind
    score: float
    published: date | None
    publisher: str | None
    title: str | None
    snippet: str


def search(
    view: View,
    words: str,
    kinds: Iterable[str] = (),
    limit: int = 20,
    offset: int = 0,
    rebuild: bool = False,
    asked: Mapping[str, Any] | None = None,
) -> tuple[Hit, ...]:
    """The passages that fit best, first those with the highest score; only of the kinds given, if any.

    All words must stand in a passage, in any form (`visit` finds `visits`); `"the border"` is a phrase, `bord*` the beginning
    of a word, `one OR other` either, `-word` none of it. Ranked by BM25 (Robertson & Zaragoza, "The Probabilistic Relevance
    Framework: BM25 and Beyond", 2009). `rebuild` makes the index anew. `asked` are filters of the listings of these kinds;
    where none are given, passages of kinds that have not all of the filters are left out. Raises UsageError where no word is
    sought, or a filter can't be asked.
    """
    if limit < 0 or offset < 0:
        raise UsageError("search: limit and offset are counts of passages; give 0 or more")
    sought, named = expression(words), [one_of("kind", k, KINDS) for k in ((kinds,) if isinstance(kinds, str) else kinds)]
    given = {name: value for name, value in (asked or {}).items() if value not in (None, (), [])}
    has = [kind for kind in KINDS if given.keys() <= {f.name for f in filters_of(_LISTINGS[kind])}]
    among = tuple(kind for kind in KINDS if kind in (named or has or ("event",)))
    chosen = {kind: conditions(_LISTINGS[kind], given) for kind in among}
    check_known(view, given)
    with _index(view, rebuild) as index:
        found = index.execute(
            "SELECT p.document, p.kind, p.id, p.published, p.publisher, p.title, -bm25(words, 2.0, 1.0) AS score, p.number "
            "FROM words JOIN passages AS p ON p.number = words.rowid "
            f"WHERE words MATCH ? AND p.kind IN ({', '.join('?' * len(among))}) "
            "AND NOT (p.kind = 'event' AND p.document || '/' || p.id IN (SELECT value FROM json_each(?))) "
            "ORDER BY score DESC, p.document, p.kind, length(p.id), p.id",
            (sought, *among, json.dumps(["/".join(key) for key in view.rejected])),
        )
        rows = list(islice(_held(view, found, chosen) if given else found, offset, offset + limit))
        snippets = _snippets(index, sought, [row[-1] for row in rows])
        return tuple(_hit(*(*about, snippets[number])) for *about, number in rows)


def _snippets(index: sqlite3.Connection, sought: str, numbers: list[int]) -> dict[int, str]:
    """The words that were found in some passages, marked. Of all that fit it would take four times as long as to rank them."""
    asked = (
        f"SELECT rowid, snippet(words, 1, '{OPEN}', '{CLOSE}', '…', 32) FROM words "
        "WHERE words MATCH ? AND rowid IN (SELECT value FROM json_each(?))"
    )
    return dict(index.execute(asked, (sought, json.dumps(numbers))))


def _held(view: View, found: Iterator[Any], chosen: Mapping[HitKind, Condition | None]) -> Iterator[Any]:
    """Those of the passages for which the conditions of their kinds hold, looked up some at a time."""
    parts, values = [], []
    for kind, condition in chosen.items():
        key, id = ("t.id", "''") if kind == "document" else ("t.document", "t.id")
        met = f"SELECT {key}, '{kind}', {id} FROM {_LISTINGS[kind]} AS t WHERE {condition.sql if condition else 'true'}"
        parts.append(f"{met} AND {key} IN (SELECT unnest(?::VARCHAR[]))")
        values.append(condition.values if condition else ())
    size = _LOOKED
    while some := list(islice(found, size)):
        documents = list({row[0] for row in some})
        asked = [value for own in values for value in (*own, documents)]
        there = set(zip(*view.ask(" UNION ALL ".join(parts), asked).to_pydict().values(), strict=True))
        yield from (row for row in some if tuple(row[:3]) in there)
        size *= 4


def expression(words: str) -> str:
    """What is sought as FTS5 has it: every word and phrase quoted, so that nothing in it is taken for a command."""
    wanted: list[str] = []
    barred: list[str] = []
    either = False
    for minus, phrase, word in _TERM.findall(words):
        if word == "OR" and not minus:
            either = bool(wanted)
            continue
        text = phrase or word
        if not any(c.isalnum() for c in text):
            continue
        term = f'"{text.removesuffix("*")}"{"*" if word.endswith("*") else ""}'
        if minus:
            barred.append(term)
        elif either:
            wanted[-1] += f" OR {term}"
        else:
            wanted.append(term)
        either = False
    if not wanted:
        raise UsageError(f"{words!r}: no word to look for; give one at least that is to be there")
    sought = " AND ".join(f"({w})" for w in wanted)
    return f"({sought}) NOT ({' OR '.join(barred)})" if barred else sought


def place_of(lake: Lake) -> Path:
    """Where the index of a desk lies: in its folder, or in the user's cache, by a hash of the desk's address."""
    if lake.folder is not None and os.access(lake.folder, os.W_OK):
        return lake.folder / FILE
    caches = os.environ.get("XDG_CACHE_HOME") or os.environ.get("LOCALAPPDATA") or Path.home() / ".cache"
    place = str(lake.folder.resolve()) if lake.folder else lake.place
    return Path(caches) / "communique" / hashlib.sha256(place.encode()).hexdigest()[:32] / FILE


@contextmanager
def _index(view: View, rebuild: bool) -> Iterator[sqlite3.Connection]:
    path = place_of(view.lake)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with closing(_opened(path)) as index:
            _update(index, view, rebuild)
            yield index
    except (OSError, sqlite3.Error) as error:
        raise DataError(f"{path}: the index can't be read or written ({error}); delete it, or check the disk") from None


def _opened(path: Path) -> sqlite3.Connection:
    """The index, made where there is none; one that is broken, or of another form, is made anew."""
    index = sqlite3.connect(path, timeout=_WAIT, isolation_level=None)
    try:
        index.execute("PRAGMA journal_mode = WAL")
        index.execute("BEGIN IMMEDIATE")
        (form,) = index.execute("PRAGMA user_version").fetchone()
        if form == 0:
            for command in filter(str.strip, _TABLES.split(";")):
                index.execute(command)
            index.execute(f"PRAGMA user_version = {_FORM}")
        index.execute("COMMIT")
    except sqlite3.DatabaseError as error:
        index.close()
        if error.sqlite_errorcode not in (sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CORRUPT):
            raise
        form = None
    if form in (0, _FORM):
        return index
    index.close()
    for name in (path, *(path.with_name(path.name + end) for end in ("-wal", "-shm"))):
        with suppress(FileNotFoundError):
            name.unlink()
    return _opened(path)


def _update(index: sqlite3.Connection, view: View, rebuild: bool) -> None:
    """Take out documents that the desk has no more, or by another run, and put in those that are new, in one transaction."""
    desk, version = view.identity, view.versions["documents"] + view.versions.get("versions", 0)
    seen = index.execute("SELECT desk, version FROM seen").fetchone()
    if not rebuild and seen and seen[0] == desk and seen[1] >= version:
        return
    index.execute("BEGIN IMMEDIATE")
    try:
        had = {} if rebuild else dict(index.execute("SELECT document, run FROM documents"))
        if rebuild:
            for table in ("words", "passages", "documents"):
                index.execute(f"DELETE FROM {table}")
        now = view.ask("SELECT id, run FROM documents ORDER BY id")
        has = {d: r for d, r in zip(now["id"].to_pylist(), now["run"].to_pylist(), strict=True) if d not in view.older}
        for document in [d for d, run in had.items() if has.get(d) != run]:
            _take_out(index, document)
        new = [d for d, run in has.items() if had.get(d) != run]
        for start in range(0, len(new), _AT_ONCE):
            _put_in(index, view, new[start : start + _AT_ONCE])
        index.executemany("INSERT INTO documents VALUES (?, ?)", ((d, has[d]) for d in new))
        index.execute("DELETE FROM seen")
        index.execute("INSERT INTO seen VALUES (?, ?)", (desk, version))
        index.execute("COMMIT")
    except BaseException:
        index.execute("ROLLBACK")
        raise


def _take_out(index: sqlite3.Connection, document: str) -> None:
    index.execute("DELETE FROM words WHERE rowid IN (SELECT number FROM passages WHERE document = ?)", (document,))
    index.execute("DELETE FROM passages WHERE document = ?", (document,))
    index.execute("DELETE FROM documents WHERE document = ?", (document,))


def _put_in(index: sqlite3.Connection, view: View, documents: list[str]) -> None:
    (number,) = index.execute("SELECT coalesce(max(number), 0) FROM passages").fetchone()
    for kind in KINDS:
        for row in view.ask(_PASSAGES[kind], (documents,)).to_pylist():
            number += 1
            day = row["published_start"].isoformat() if row["published_start"] else None
            about = (number, row["document"], kind, row["id"], day, row["publisher"], row["title"])
            index.execute("INSERT INTO passages VALUES (?, ?, ?, ?, ?, ?, ?)", about)
            index.execute("INSERT INTO words (rowid, title, body) VALUES (?, ?, ?)", (number, row["head"], row["body"]))


def _hit(
    document: str, kind: HitKind, id: str, day: str | None, publisher: str | None, title: str | None, score: float, snippet: str
) -> Hit:
    shown = f"{document[:12]}/{id}" if id else document[:12]
    published = date.fromisoformat(day) if day else None
    return Hit(shown, kind, round(score, 4), published, publisher, title, " ".join(snippet.split()))
