"""Whole reports, annotated by reading: `communique evaluate reports --data FOLDER`.

The folder holds one folder per report, with `report.txt` and `gold.json` (offsets into it). Measures, summed over all reports:

- events_f1: the trigger of a telling stands (at least half of it) in the annotated words, and the type is one of those that
  are right; CONCEDE and RETREAT are one. Predictions in a span marked optional do not count, one for each;
  in events_strict_f1 they count as wrong.
- actor_f1, recipient_f1, attributed_to_f1: names, over matched events. The other side of two-sided acts is not wrong.
- status, mode, when, where: the share that is right of the matched events that have one; status_other_f1: those whose
  status is not "happened". A time is right when the intervals share half of their union.
- statements_f1: contents share half of their union, and the speaker is right. facts, actors, roles, ages: the share found.
- dropped_f1: over characters that are not white space; report_text_dropped: how many that are report text were dropped.
- published: the share of undated reports whose day of publication is inferred rightly.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any, TypeVar

from communique import registry
from communique.config import Settings
from communique.errors import DataError
from communique.evaluation.tally import YIELD, Names, Tally, norm, pair, same_days, span, triggers
from communique.pipeline import build
from communique.types.analysis import Failed
from communique.types.events import Event, Fact, Statement
from communique.types.record import Record
from communique.types.text import Document, Interval, Published, Span

Gold = Mapping[str, Any]
C = TypeVar("C", Event, Statement)

TWO_SIDED = frozenset({"CONSULT", "AGREE", "COOPERATE", "ASSAULT"})
SYMMETRIC = frozenset({"allied_with", "rival_of", "trades_with", "borders"})
WITH_PRECISION = frozenset(
    {"events", "events_strict", "actor", "recipient", "status_other", "attributed_to", "statements", "dropped"}
)


@dataclass(frozen=True, slots=True)
class Run:
    """One reading of a report: with its day of publication or without, and which of the measures count."""

    folder: Path
    gold: Gold
    day: date | None
    counts: str

    def document(self) -> Document:
        """The report, with its day of publication where it counts."""
        document: Document = registry.find(registry.SOURCES, "text")(str(self.folder / "report.txt"))
        if self.day is None:
            return document
        return replace(document, published=Published(Interval(self.day, self.day + timedelta(days=1)), "given"))


def evaluate(data: Path) -> dict[str, float]:
    """Read and score every report under a folder. Raises DataError where there is none."""
    runs = list(runs_in(data))
    if not runs:
        raise DataError(f"{data}: holds no gold.json; give a folder with one folder for each annotated report")
    total, failed, dropped = Tally(), 0, 0
    for run, record in zip(runs, build(Settings()).read(run.document() for run in runs), strict=True):
        if isinstance(record, Failed):
            failed += 1
            continue
        tally = score(run.gold, record)
        total.merge(
            tally, [m for m in tally.counts if run.counts == "all" or (m == "published") == (run.counts == "published")]
        )
        dropped += 0 if run.counts == "published" else tally.counts["dropped"].given - tally.counts["dropped"].right
    return total.figures(WITH_PRECISION) | {
        "report_text_dropped": dropped,
        "reports": len({run.folder for run in runs}),
        "failed": failed,
    }


def runs_in(data: Path) -> Iterator[Run]:
    """A report whose day is known, but must be inferred, is read twice: without it for the day alone, with it for the rest."""
    for file in sorted(data.rglob("gold.json")):
        gold = json.loads(file.read_text(encoding="utf-8"))
        published = gold["document"]["published"]
        given, known = published.get("given"), published.get("when_given")
        if given or not known:
            yield Run(file.parent, gold, date.fromisoformat(given) if given else None, "all")
        else:
            yield Run(file.parent, gold, date.fromisoformat(known), "rest")
            yield Run(file.parent, gold, None, "published")


def score(gold: Gold, record: Record) -> Tally:
    """Score one record against the annotation of its report."""
    tally, names = Tally(), Names(gold["actors"], record)
    _score_actors(gold, record, names, tally)
    _score_events(gold, record, names, tally)
    _score_statements(gold, record, names, tally)
    _score_facts(gold, record, names, tally)
    _score_dropped(gold, record, tally)
    must = gold["document"]["published"].get("must_infer")
    if must:
        tally.add("published", same_days(must["interval"], record.document.published.interval), 1)
    return tally


def _score_actors(gold: Gold, record: Record, names: Names, tally: Tally) -> None:
    for wanted in gold["actors"]:
        same = [a for a in record.actors if names.actor(a.id) == names.of(wanted["name"])]
        tally.add("actors", bool(same) and {a.country for a in same} == {wanted.get("country")}, 1)
        titles = [set(norm(f"{r.title} {r.of or ''}").split()) for a in same for r in a.roles]
        for role in wanted.get("roles", []):
            words = set(norm(role).split()) - {"of", "for", "the"}
            tally.add("roles", any(2 * len(words & t) > len(words) for t in titles), 1)
        if wanted.get("age"):
            tally.add("ages", any(a.age == wanted["age"] for a in same), 1)


def readings(wanted: Gold) -> set[tuple[str, str]]:
    """The pairs of type and status that are right for an annotated event."""
    pairs = {(wanted["plover"], wanted["status"])}
    for other in wanted.get("alternatives", []):
        pairs.add((other["plover"], other["status"]) if isinstance(other, dict) else (other, wanted["status"]))
    pairs |= {(plover, status) for plover, _ in pairs for status in wanted.get("status_also", [])}
    return pairs | {(one, status) for plover, status in pairs if plover in YIELD for one in YIELD}


def stands_in(event: Event, place: Span) -> bool:
    """Whether a trigger of an event stands, at least half of it, in annotated words."""
    return any(2 * t.overlap(place) >= t.end - t.start for t in triggers(event))


def _score_events(gold: Gold, record: Record, names: Names, tally: Tally) -> None:
    def good(wanted: Gold, given: Event) -> float:
        if given.plover not in {t for t, _ in readings(wanted)} or not stands_in(given, span(wanted)):
            return 0
        sides = sum(names.actors(getattr(given, side)) == names.all(wanted[side]) for side in ("actor", "recipient"))
        return 1 + sides + 0.5 * bool(given.plover == wanted["plover"])

    matched, used = pair(gold["events"], record.events, good)
    rest = [e for j, e in enumerate(record.events) if j not in used]
    tally.add("events", len(matched), len(gold["events"]), len(matched) + len(unexcused(rest, gold)))
    tally.add("events_strict", len(matched), len(gold["events"]), len(record.events))
    for wanted, given in matched:
        _score_event(wanted, given, record, names, tally)


def unexcused(given: Sequence[C], gold: Gold) -> list[C]:
    """Those of the unmatched events or statements that do not fall to an optional span of their own."""
    open_places = [span(o) for o in gold.get("optional", [])]
    left = []
    for one in given:
        fits = (p for p in open_places if (stands_in(one, p) if isinstance(one, Event) else one.content.overlap(p)))
        place = next(fits, None)
        if place is None:
            left.append(one)
        else:
            open_places.remove(place)
    return left


def sides(wanted: Gold, given: Event, names: Names, side: str) -> tuple[set[str], set[str]]:
    """Who is wanted as a side of a matched event, and who is given there and counts."""
    if side == "attributed_to":
        return names.all(wanted.get(side)), names.actors(given.attributed_to)
    other = "recipient" if side == "actor" else "actor"
    want, got = names.all(wanted[side]), names.actors(getattr(given, side))
    also = names.all(wanted.get(f"{side}_also")) | (names.all(wanted[other]) if wanted["plover"] in TWO_SIDED else set())
    return want, got - (also - want)


def _score_event(wanted: Gold, given: Event, record: Record, names: Names, tally: Tally) -> None:
    for side in ("actor", "recipient", "attributed_to"):
        tally.add_sets(side, *sides(wanted, given, names, side))
    right = (given.plover, given.status) in readings(wanted)
    tally.add("status", right, 1)
    other_given = given.status != "happened"
    other_wanted = wanted["status"] != "happened" or (right and other_given)
    tally.add("status_other", right and other_given, other_wanted, other_given)
    if wanted.get("mode") and given.plover == "CONSULT":
        tally.add("mode", wanted["mode"] == given.mode, 1)
    if wanted.get("when"):
        tally.add("when", same_days(wanted["when"], given.when.interval if given.when else None), 1)
    if wanted.get("where"):
        tally.add("where", norm(wanted["where"]) in place_names(given, record), 1)


def place_names(event: Event, record: Record) -> set[str]:
    """The names of an event's place, as they are compared."""
    if event.where is None:
        return set()
    places = [p for p in record.places if p.id == event.where.place]
    mentions = [m.of(record.document.text) for p in places for m in p.mentions]
    return {norm(n) for n in (event.where.name, *(p.name for p in places), *mentions) if n}


def _score_statements(gold: Gold, record: Record, names: Names, tally: Tally) -> None:
    def good(wanted: Gold, given: Statement) -> float:
        parts = [given.content, *given.content_spans]
        whole, place = Span(min(p.start for p in parts), max(p.end for p in parts)), span(wanted)
        shared = place.overlap(whole) / (max(place.end, whole.end) - min(place.start, whole.start))
        speakers = names.all([wanted["speaker"]]) | names.all(wanted.get("speaker_also"))
        return shared if shared >= 0.5 and names.actor(given.speaker) in speakers else 0

    matched, used = pair(gold["statements"], record.statements, good)
    rest = unexcused([s for j, s in enumerate(record.statements) if j not in used], gold)
    tally.add("statements", len(matched), len(gold["statements"]), len(matched) + len(rest))


def _score_facts(gold: Gold, record: Record, names: Names, tally: Tally) -> None:
    def good(wanted: Gold, given: Fact) -> float:
        if given.predicate not in {wanted["predicate"], *wanted.get("predicate_also", [])}:
            return 0
        if not any(span(wanted).overlap(s) for s in given.evidence):
            return 0
        a, b = names.actor(given.subject), names.actor(given.object)
        subject, thing = names.of(wanted["subject"]), names.of(wanted.get("object"))
        turned = given.predicate in SYMMETRIC and _alike(a, thing) and _alike(b, subject)
        return 1 if (a == subject and _alike(b, thing)) or turned else 0

    wanted = gold.get("facts", [])
    matched, _ = pair(wanted, record.facts, good)
    tally.add("facts", len(matched), len(wanted))


def _alike(a: str, b: str) -> bool:
    """Whether two names are the same, or one has all the words of the other."""
    if not a or not b:
        return a == b
    return set(a.split()) <= set(b.split()) or set(b.split()) <= set(a.split())


def _score_dropped(gold: Gold, record: Record, tally: Tally) -> None:
    text = record.document.text
    lines = gold["document"].get("not_report_text", [])
    junk = {i for line in lines for m in re.finditer(re.escape(line), text) for i in range(*m.span())}
    dropped = {i for d in record.document.dropped for i in range(d.span.start, d.span.end)}
    junk, dropped = ({i for i in chars if not text[i].isspace()} for chars in (junk, dropped))
    tally.add("dropped", len(junk & dropped), len(junk), len(dropped))
