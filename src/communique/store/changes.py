"""What changed from one run to another: events, statements and facts gained, lost, and told otherwise, found again by their
words in the text."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Literal

import pyarrow.compute as pc

from communique.errors import UsageError
from communique.store.lake import Lake
from communique.store.tables import Row

Told = Literal["event", "statement", "fact"]


def _extent(spans: list[Row]) -> tuple[int, int]:
    return min((s["start"] for s in spans), default=0), max((s["end"] for s in spans), default=0)


@dataclass(frozen=True, slots=True)
class _Claim:
    """How claims of a table are told apart and compared. `place` gives where in the text one stands, from the columns `spans`;
    two are the same only with the same values of `same`, and rather so with those of `alike`. `compared` are the fields that a
    reader of the record sees; actors by name, since their ids are local to a reading."""

    name: Told
    spans: tuple[str, ...]
    place: Callable[[Row], tuple[int, int]]
    type: str
    words: Callable[[Row], str]
    same: tuple[str, ...]
    alike: tuple[str, ...]
    compared: tuple[str, ...]

    @property
    def columns(self) -> list[str]:
        """The columns that are read."""
        return list(dict.fromkeys(("document", "run", "id", self.type, *self.spans, *self.alike, *self.compared)))


_CLAIMS = {
    "events": _Claim(
        "event",
        ("trigger_start", "trigger_end", "trigger"),
        lambda row: (row["trigger_start"], row["trigger_end"]),
        "plover",
        lambda row: str(row["trigger"]),
        (),
        ("plover", "mode"),
        (
            *("plover", "mode", "status", "actor_names", "recipient_names", "when_start", "when_end", "place_name"),
            *("place_country", "attributed_names", "denied_names", "contexts", "auxiliary", "cameo", "goldstein", "quad"),
            *("amounts", "confidence"),
        ),
    ),
    "statements": _Claim(
        "statement",
        ("content_start", "content_end"),
        lambda row: (row["content_start"], row["content_end"]),
        "kind",
        lambda row: str(row["content"]),
        (),
        ("speaker_name", "kind"),
        ("kind", "speaker_name", "speaker_country", "cue", "content", "when_start", "when_end"),
    ),
    "facts": _Claim(
        "fact",
        ("evidence",),
        lambda row: _extent(row["evidence"]),
        "predicate",
        lambda row: f"{row['subject_name']} {row['predicate']} {row['object_name']}",
        ("predicate",),
        ("subject_name", "object_name"),
        ("predicate", "subject_name", "subject_country", "object_name", "object_country", "begin", "end", "confidence"),
    ),
}


@dataclass(frozen=True, slots=True)
class Difference:
    """A field, and its value in the one run and the other."""

    field: str
    before: Any
    after: Any


@dataclass(frozen=True, slots=True)
class Change:
    """An event, statement or fact of a document that only the newer run has (gained), only the older (lost), or that both have
    with other fields (changed). `id`, `type` (of a statement its kind, of a fact its predicate) and `words` are those of the
    newer run, where it is lost those of the older."""

    kind: Literal["gained", "lost", "changed"]
    told: Told
    document: str
    id: str
    type: str
    words: str
    fields: tuple[Difference, ...] = ()


@dataclass(frozen=True, slots=True)
class Compared:
    """Two runs, the documents that both have read, and what changed in them."""

    before: str
    after: str
    documents: tuple[str, ...]
    changes: tuple[Change, ...]


def compare(lake: Lake, before: str, after: str) -> Compared:
    """What changed from run `before` to run `after`, each named by its id or the beginning of it. Raises UsageError where there
    is no such run, or no document that both have read."""
    lake.check_there()
    runs = [_run(lake, name) for name in (before, after)]
    read = [_documents(lake, run) for run in runs]
    both = sorted(read[0] & read[1])
    if not both:
        raise UsageError(f"{before}, {after}: no document was read in both runs; `communique desk info` shows the runs")
    changes: list[Change] = []
    for table, claim in _CLAIMS.items():
        old, new = (_rows(lake, run, table, claim, set(both)) for run in runs)
        changes += (change for one in both for change in _changes(claim, old.get(one, []), new.get(one, [])))
    changes.sort(key=lambda change: change.document)
    return Compared(runs[0], runs[1], tuple(both), tuple(changes))


def _run(lake: Lake, name: str) -> str:
    found = [run for run in lake.rows("runs", ["id"])["id"].to_pylist() if name and run.startswith(name)]
    if name in found:
        return name
    if len(found) != 1:
        said = "several runs begin so; give more of the id" if found else "no such run"
        raise UsageError(f"{name}: {said}; `communique desk info` shows the runs")
    return str(found[0])


def _documents(lake: Lake, run: str) -> set[str]:
    """The documents that a run read and that were entered, whether or not a newer run took their place."""
    by_run = pc.field("run") == run
    # in this order, since a row stands in `superseded` before it leaves `documents`
    return {d for name in ("documents", "superseded") for d in lake.rows(name, ["id"], by_run)["id"].to_pylist()}


def _rows(lake: Lake, run: str, table: str, claim: _Claim, documents: set[str]) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = {}
    for row in lake.rows(table, claim.columns, pc.field("run") == run).to_pylist():
        if row["document"] in documents:
            found.setdefault(row["document"], []).append(row)
    return found


def _changes(claim: _Claim, before: list[Row], after: list[Row]) -> Iterator[Change]:
    pairs = _pairs(claim, before, after)
    for old, new in pairs:
        fields = tuple(Difference(name, old[name], new[name]) for name in claim.compared if old[name] != new[name])
        if fields:
            yield _change(claim, "changed", new, fields)
    for kind, rows, side in (("lost", before, 0), ("gained", after, 1)):
        matched = {pair[side]["id"] for pair in pairs}
        yield from (_change(claim, kind, row) for row in rows if row["id"] not in matched)  # type: ignore[arg-type]


def _change(claim: _Claim, kind: Literal["gained", "lost", "changed"], row: Row, fields: tuple[Difference, ...] = ()) -> Change:
    return Change(kind, claim.name, row["document"], row["id"], row[claim.type], claim.words(row), fields)


def _pairs(claim: _Claim, before: list[Row], after: list[Row]) -> list[tuple[Row, Row]]:
    """Claims whose places in the text overlap, the most alike first: those with more of the place in common, then by fields."""
    alike = []
    for i, old in enumerate(before):
        for j, new in enumerate(after):
            (start, end), (other_start, other_end) = claim.place(old), claim.place(new)
            common = min(end, other_end) - max(start, other_start)
            if common > 0 and all(old[name] == new[name] for name in claim.same):
                length = max(end, other_end) - min(start, other_start)
                alike.append((-common / length, *(old[name] != new[name] for name in claim.alike), i, j))
    pairs: list[tuple[int, int]] = []
    taken: tuple[set[int], set[int]] = (set(), set())
    for *_, i, j in sorted(alike):
        if i not in taken[0] and j not in taken[1]:
            taken[0].add(i)
            taken[1].add(j)
            pairs.append((i, j))
    return [(before[i], after[j]) for i, j in sorted(pairs)]
