"""Reports written by hand, with what the network would have proposed of them: words name tokens, tables name trees."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from tests.coding.trees import tree

from communique.coding.candidates import Draft, drafts
from communique.types.analysis import Analysis
from communique.types.entities import Actor, ActorKind, Place, Time
from communique.types.reading import Chunk, EventCandidate, Reading
from communique.types.text import Document, Interval, Passage, Span

Scores = dict[str, float]


def report(rows: str, *candidates: EventCandidate, **states: ActorKind) -> Analysis:
    """A report of one row a word, sentences parted by a blank line, with an event graph; `Peru="state"` makes an actor."""
    reading = replace(tree(rows), events=candidates, has_event_graph=True)
    text = " ".join(t.text for t in reading.tokens)
    spans = [Span(reading.tokens[s.first].start, reading.tokens[s.last - 1].end) for s in reading.sentences]
    actors = tuple(actor(reading, f"a{i}", name.replace("_", " "), kind) for i, (name, kind) in enumerate(states.items(), 1))
    return Analysis(Document("d", "t", "made-up", text), tuple(Passage((s,)) for s in spans), reading, actors)


def at(reading: Reading, words: str, nth: int = 0) -> tuple[int, int]:
    """The tokens `[first, last)` where the words stand for the n-th time."""
    parts = words.split()
    texts = [t.text for t in reading.tokens]
    found = [i for i in range(len(texts)) if texts[i : i + len(parts)] == parts]
    return found[nth], found[nth] + len(parts)


def span(reading: Reading, words: str, nth: int = 0) -> Span:
    return reading.span(*at(reading, words, nth))


def actor(reading: Reading, key: str, name: str, kind: ActorKind) -> Actor:
    """An actor with a mention wherever its name stands."""
    count = " ".join(t.text for t in reading.tokens).count(name)
    return Actor(key, name, kind, None, tuple(span(reading, name, k) for k in range(count)))


def proposed(
    rows: str | Reading, trigger: str, kind: str | Scores, status: str | Scores = "happened", mode: str = "none", nth: int = 0,
    **arguments: str | tuple[str, float],
) -> EventCandidate:  # fmt: skip
    """What the network proposes at the trigger's words; names stand for a score of 0.9, arguments for words by role."""
    reading = rows if isinstance(rows, Reading) else tree(rows)
    chunks = []
    for role, words in arguments.items():
        name, score = (words, 0.9) if isinstance(words, str) else words
        chunks.append(Chunk(*at(reading, name), role, score))
    first, last = at(reading, trigger, nth)
    return EventCandidate(first, last, ranked(kind), ranked(status), ((mode, 0.9),), tuple(chunks))


def ranked(scores: str | Scores) -> tuple[tuple[str, float], ...]:
    table = {scores: 0.9} if isinstance(scores, str) else scores
    return tuple(sorted(table.items(), key=lambda s: -s[1]))


def with_places(analysis: Analysis, **countries: str) -> Analysis:
    """With a place wherever its name stands: `Lima="PER"`."""
    assert analysis.reading is not None
    places = [
        Place(f"p{i}", name, country, (span(analysis.reading, name),)) for i, (name, country) in enumerate(countries.items(), 1)
    ]
    return replace(analysis, places=tuple(places))


def with_days(analysis: Analysis, **days: str) -> Analysis:
    """With a time expression of one day for each word: `Monday="2019-06-03"`."""
    assert analysis.reading is not None
    times = [
        Time(f"t{i}", span(analysis.reading, word), day, one_day(day), "day") for i, (word, day) in enumerate(days.items(), 1)
    ]
    return replace(analysis, times=tuple(times))


def one_day(day: str) -> Interval:
    start = date.fromisoformat(day)
    return Interval(start, start + timedelta(days=1))


BOMBING = """
Peru NNP 3 nsubj
has/have AUX 3 aux
blorped/blorp VBD 0 root
Chile NNP 3 obj
near/near IN 6 case
Lima NNP 3 obl
on/on IN 8 case
Monday NNP 3 obl
after/after IN 10 case
talks/talk NNS 3 obl
on/on IN 12 case
Friday NNP 10 nmod"""


def bombing(**arguments: str | tuple[str, float]) -> Analysis:
    candidate = proposed(BOMBING, "blorped", "ASSAULT", **arguments)  # type: ignore[arg-type]
    return report(BOMBING, candidate, Peru="state", Chile="state")


def told(analysis: Analysis) -> tuple[Analysis, Reading, Draft]:
    """The report with its first network candidate."""
    assert analysis.reading is not None
    return analysis, analysis.reading, next(d for d in drafts(analysis.reading) if d.network)
