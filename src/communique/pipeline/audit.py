"""A hand check of events drawn at random: which are drawn, what was answered, and the precision that follows.

An answer is kept as a judgement of the desk: `reject` where no such event is told there, else `confirm`; all three answers
stand in its reason. What is drawn from are the events as judged but for answers, so that what was found wrong counts. Draws go
by a hash of the words that an event hangs on: the same seed draws the same events again, on a desk that has grown too but for
new ones among them, and whoever breaks off goes on where he stopped.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from itertools import zip_longest
from math import sqrt
from typing import Any

from communique.merge.judgements import judge, standing
from communique.query.view import View
from communique.store.judgements import keep, kept
from communique.store.lake import Lake
from communique.types.incidents import Anchor, Judgement

QUESTIONS = ("type", "sides", "status")
_WORDS = {True: "yes", False: "no", None: "unsure"}
_MEANING = {words: answer for answer, words in _WORDS.items()}
_REASON = re.compile("audit: " + ", ".join(f"{question} (yes|no|unsure)" for question in QUESTIONS))
_Z = 1.959964  # of the normal distribution, for 95 %
_KEY = ("document", "run", "id", "text_id", "trigger_start", "trigger_end", "plover")

Answers = Mapping[str, bool | None]
"""Whether each of `QUESTIONS` is right; None where that can't be told, or was not asked."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """An event that was drawn: its row, that of its document, and the words that it hangs on."""

    event: Mapping[str, Any]
    document: Mapping[str, Any]
    anchor: Anchor


@dataclass(frozen=True, slots=True)
class Precision:
    """How many of those that could be judged are right, with the 95 % interval of Wilson's score (both from 0 to 1)."""

    right: int
    judged: int
    low: float
    high: float


def draw(lake: Lake, sample: int, seed: int, stratified: bool) -> list[Drawn]:
    """Events of a desk drawn at random without return, verbatim reprints once, in the order that they are to be asked in;
    with `stratified`, as many of each type as far as there are. All events, in some order, where there are fewer."""
    with View(lake, ignored=lambda judgement: _answers(judgement) is not None) as view:
        return list(_drawn(view, sample, seed, stratified))


def _drawn(view: View, sample: int, seed: int, stratified: bool) -> Iterator[Drawn]:
    counted = view.ask(f"SELECT {', '.join(_KEY)} FROM events")
    strata: dict[str, dict[Anchor, tuple[Any, ...]]] = defaultdict(dict)
    for row in sorted(zip(*(counted[name].to_pylist() for name in _KEY), strict=True)):
        strata[row[-1] if stratified else ""].setdefault(Anchor(*row[3:6]), row[:3])
    orders = [sorted(found, key=lambda anchor: _chance(anchor, seed)) for _, found in sorted(strata.items())]
    rounds = (anchor for row in zip_longest(*orders) for anchor in row if anchor is not None)
    chosen = [anchor for anchor, _ in zip(rounds, range(sample), strict=False)]
    where = {anchor: key for found in strata.values() for anchor, key in found.items()}
    return _rows(view, {anchor: where[anchor] for anchor in chosen})


def _chance(anchor: Anchor, seed: int) -> bytes:
    return sha256(f"{seed} {anchor.text_id} {anchor.start} {anchor.end}".encode()).digest()


def _rows(view: View, chosen: Mapping[Anchor, tuple[Any, ...]]) -> Iterator[Drawn]:
    ids = sorted({document for document, _, _ in chosen.values()})
    columns = ("evidence", "mode", "status", "actor_names", "recipient_names", "trigger", "publisher", "published_start")
    named = "IN (SELECT unnest(?::VARCHAR[]))"
    events = view.ask(f"SELECT {', '.join((*_KEY, *columns))} FROM events WHERE document {named}", (ids,)).to_pylist()
    texts = view.ask(f"SELECT id, run, title, source, text FROM documents WHERE id {named}", (ids,)).to_pylist()
    by_key, by_document = {(e["document"], e["run"], e["id"]): e for e in events}, {(d["id"], d["run"]): d for d in texts}
    for anchor, key in chosen.items():
        yield Drawn(by_key[key], by_document[key[:2]], anchor)


def record(lake: Lake, drawn: Drawn, answers: Answers, by: str) -> None:
    """Keep the answers on an event; nothing where it can't be told whether there is one, so that it is asked again."""
    is_there = answers["type"]
    if is_there is None:
        return
    why = "audit: " + ", ".join(f"{question} {_WORDS[answers.get(question)]}" for question in QUESTIONS)
    keep(lake, judge("confirm" if is_there else "reject", by, datetime.now(UTC), why, drawn.anchor))


def answered(lake: Lake, by: str) -> dict[Anchor, Answers]:
    """What somebody answered in audits of this desk, as far as it was not undone; of several answers on an event the last. An
    event that was corrected since is open again."""
    found: dict[Anchor, Answers] = {}
    for judgement in standing(kept(lake)):
        if judgement.kind == "correct" and judgement.anchor is not None:
            found.pop(judgement.anchor, None)
        elif judgement.by == by and judgement.anchor is not None and (answers := _answers(judgement)):
            found[judgement.anchor] = answers
    return found


def _answers(judgement: Judgement) -> Answers | None:
    told = _REASON.fullmatch(judgement.why)
    return {q: _MEANING[words] for q, words in zip(QUESTIONS, told.groups(), strict=True)} if told else None


def precision(sample: Iterable[Drawn], answers: Mapping[Anchor, Answers], question: str) -> dict[str, Precision]:
    """By type and, under `all`, of the whole sample; types without a judged event are not there. That of all is a figure for
    the desk only where the sample is not stratified."""
    found: dict[str, list[bool]] = defaultdict(list)
    for drawn in sample:
        answer = answers.get(drawn.anchor, {}).get(question)
        if answer is not None:
            found[drawn.event["plover"]].append(answer)
            found["all"].append(answer)
    return {name: wilson(sum(found[name]), len(found[name])) for name in sorted(found, key=lambda name: (name == "all", name))}


def wilson(right: int, judged: int) -> Precision:
    """The score interval (Wilson, "Probable Inference, the Law of Succession, and Statistical Inference", JASA 22, 1927)."""
    share, square = right / judged, _Z**2
    centre = (share + square / (2 * judged)) / (1 + square / judged)
    half = _Z * sqrt(share * (1 - share) / judged + square / (4 * judged**2)) / (1 + square / judged)
    return Precision(right, judged, max(0.0, centre - half), min(1.0, centre + half))
