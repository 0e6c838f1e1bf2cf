"""Kinds of error of the coder, counted by rule from annotations and records; no word of the texts is kept.

- Events: each annotated one is matched with a coded one told by its words, of a right type before others; what is left
  is missed or unwanted, by type and by what the trigger's governing word is (noun, verb, modifier).
- Of matched events of a right type: actor, recipient and source are missing (too few), extra (too many) or wrong (both);
  status, mode, time and place differ from the annotated ones or are not told.
- Statements: content and speaker right, or what is wrong with the one that shares most of the words.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from communique import registry
from communique.config import Settings
from communique.evaluation import reports, sentences
from communique.evaluation.annotated import Annotated, Gold, ReportAnnotated, SentenceAnnotated
from communique.evaluation.tally import YIELD, pair
from communique.pipeline import build
from communique.types.analysis import Analysis
from communique.types.events import Event, Statement
from communique.types.reading import Reading
from communique.types.record import build as build_record
from communique.types.text import Span

MISSED, UNWANTED = "missed", "unwanted"
SIDES = {"actor": "actor", "recipient": "recipient", "attributed_to": "source"}
CIRCUMSTANCES = {"when": "time", "where": "place"}
_MODIFIERS = frozenset({"amod", "acl", "compound", "nmod:poss"})
_CLASSES = {"NOUN": "noun", "PROPN": "noun", "VERB": "verb", "AUX": "verb", "ADJ": "modifier"}


@dataclass
class Mistakes:
    """Pairs of type annotated and type coded (`MISSED` or `UNWANTED` where there is none), and kinds of error, counted."""

    types: Counter[tuple[str, str]] = field(default_factory=Counter)
    kinds: Counter[str] = field(default_factory=Counter)

    def add(self, annotated: Annotated, reading: Reading) -> None:
        """Count the errors of one text."""
        pairs, missed, unwanted = matched(annotated)
        for wanted, given in pairs:
            self._compare(annotated, wanted, given)
        for wanted in missed:
            self.types[label(wanted["plover"]), MISSED] += 1
            self.kinds[f"event missed: {label(wanted['plover'])}, a {word_class(reading, annotated.place(wanted))}"] += 1
        for event in unwanted:
            self.types[UNWANTED, label(event.plover)] += 1
            self.kinds[f"event unwanted: {label(event.plover)}, a {word_class(reading, event.trigger)}"] += 1
        self.kinds.update(statement_errors(annotated))

    def _compare(self, annotated: Annotated, wanted: Gold, given: Event) -> None:
        if given.plover in annotated.types(wanted):
            self.types[label(given.plover), label(given.plover)] += 1
            self.kinds.update(event_errors(annotated, wanted, given))
        else:
            self.types[label(wanted["plover"]), label(given.plover)] += 1
            self.kinds[f"type: {label(given.plover)} for {label(wanted['plover'])}"] += 1


def of_reports(folder: Path) -> Mistakes:
    """The errors on whole reports, each with its day of publication. Raises DataError where there are none."""
    runs = [run for run in reports.runs_in(folder) if run.counts != "published"]
    found = Mistakes()
    for run, analysis in zip(runs, build(Settings()).analyse(run.document() for run in runs), strict=True):
        if isinstance(analysis, Analysis) and analysis.reading is not None:
            found.add(ReportAnnotated(run.gold, build_record(analysis)), analysis.reading)
    return found


def of_sentences(file: Path) -> Mistakes:
    """The errors on annotated sentences. Raises DataError where the file has another form."""
    golds, found = sentences.load(file), Mistakes()
    from_string = registry.find(registry.SOURCES, "string")
    for gold, analysis in zip(golds, build(Settings()).analyse(from_string(g["text"]) for g in golds), strict=True):
        if isinstance(analysis, Analysis) and analysis.reading is not None:
            found.add(SentenceAnnotated(gold, build_record(analysis)), analysis.reading)
    return found


def label(plover: str) -> str:
    """The type as it is counted: CONCEDE and RETREAT are one."""
    return "YIELD" if plover in YIELD else plover


def matched(annotated: Annotated) -> tuple[list[tuple[Gold, Event]], list[Gold], list[Event]]:
    """Annotated events with the coded ones that are told by their words, the missed and the unwanted."""
    events = annotated.record.events

    def right(wanted: Gold, given: Event) -> float:
        if given.plover not in annotated.types(wanted) or not annotated.stands(wanted, given):
            return 0
        wrong = sum(sum(annotated.side(wanted, given, side)) for side in ("actor", "recipient"))
        return 1 + 1 / (1 + wrong)

    pairs, used = pair(annotated.events, events, right)
    found = {id(wanted) for wanted, _ in pairs}
    left = [wanted for wanted in annotated.events if id(wanted) not in found]
    rest = annotated.counted([e for j, e in enumerate(events) if j not in used])
    mistaken, used = pair(left, rest, annotated.stands)
    found = {id(wanted) for wanted, _ in mistaken}
    missed = [wanted for wanted in left if id(wanted) not in found]
    return pairs + mistaken, missed, [e for j, e in enumerate(rest) if j not in used]


def word_class(reading: Reading, place: Span) -> str:
    """What governs the words of an event: "verb", "noun", "modifier" of a noun, "other"."""
    tokens = tuple(reading.between(place))
    inside = {t.index for t in tokens}
    head = next((t for t in tokens if t.head not in inside or t.head == t.index), None)
    if head is None:
        return "other"
    return "modifier" if head.dep in _MODIFIERS else _CLASSES.get(head.upos, "other")


def event_errors(annotated: Annotated, wanted: Gold, given: Event) -> Iterator[str]:
    """The errors of a coded event of a right type, except for its type."""
    for side, name in SIDES.items():
        missing, extra = annotated.side(wanted, given, side)
        if missing or extra:
            yield f"{name} {'wrong' if missing and extra else 'missing' if missing else 'extra'}"
    statuses = annotated.statuses(wanted, given)
    if given.status not in statuses:
        yield f"status: {given.status} for {' or '.join(sorted(statuses))}"
    if wanted.get("mode") and given.plover == wanted["plover"] and given.mode != wanted["mode"]:
        yield f"mode: {given.mode or 'none'} for {wanted['mode']}"
    for kind, name in CIRCUMSTANCES.items():
        if wanted.get(kind) and not annotated.circumstance(wanted, given, kind):
            yield f"{name} {'wrong' if getattr(given, kind) else 'missing'}"


def statement_errors(annotated: Annotated) -> Iterator[str]:
    """The errors of statements."""

    def right(wanted: Gold, given: Statement) -> float:
        shared = _shared(annotated.content(wanted), given)
        return shared if shared >= 0.5 and annotated.speaks(wanted, given) else 0

    statements = annotated.record.statements
    pairs, used = pair(annotated.statements, statements, right)
    found = {id(wanted) for wanted, _ in pairs}
    left = [wanted for wanted in annotated.statements if id(wanted) not in found]
    rest = annotated.counted([s for j, s in enumerate(statements) if j not in used])
    near, used = pair(left, rest, lambda wanted, given: _shared(annotated.content(wanted), given))
    found = {id(wanted) for wanted, _ in near}
    for wanted, given in near:
        yield _near_error(annotated.content(wanted), given)
    for wanted in left:
        if id(wanted) not in found:
            yield "statement missed: no cue or content found"
    yield from ("statement unwanted" for j in range(len(rest)) if j not in used)


def _near_error(content: Span, given: Statement) -> str:
    if _shared(content, given) >= 0.5:
        return "statement: no speaker" if given.speaker is None else "statement: wrong speaker"
    whole = _whole(given)
    return f"statement: content too {'short' if whole.end - whole.start < content.end - content.start else 'long'}"


def _whole(given: Statement) -> Span:
    parts = (given.content, *given.content_spans)
    return Span(min(p.start for p in parts), max(p.end for p in parts))


def _shared(content: Span, given: Statement) -> float:
    """The share of two contents that is the same: 0 where they do not meet."""
    whole = _whole(given)
    return content.overlap(whole) / (max(content.end, whole.end) - min(content.start, whole.start))


def table(found: Mistakes, types: Iterable[str]) -> list[list[str]]:
    """A confusion table: one row for each type annotated, one column for each type coded, with a head row; empty where none."""
    labels = list(dict.fromkeys(label(t) for t in types))
    columns = [*labels, MISSED]
    rows = [[wanted, *(str(found.types[wanted, given] or "") for given in columns)] for wanted in [*labels, UNWANTED]]
    return [["", *columns], *rows]
