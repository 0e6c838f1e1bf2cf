"""The examples of the tables, marked as `[words|code]`, read by the annotator once a session."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from communique.annotate import Annotator
from communique.coding.codebook import load_codebook, parse_example, read_table
from communique.types.analysis import Analysis
from communique.types.entities import Actor, ActorKind
from communique.types.reading import Reading
from communique.types.text import Document, Passage, Span

MARK = re.compile(r"\[([^|\]]+)\|(\w)\]")
STATUS_TABLES = ("governors", "noun_verbs", "modifiers", "prepositions")


@dataclass(frozen=True)
class Example:
    """A plain sentence with its marks: code, start, end."""

    text: str
    marks: tuple[tuple[str, int, int], ...]

    def span(self, code: str) -> Span:
        return next(Span(start, end) for c, start, end in self.marks if c == code)

    def spans(self, code: str) -> list[Span]:
        return [Span(start, end) for c, start, end in self.marks if c == code]


def unmarked(marked: str) -> Example:
    text, marks, last = "", [], 0
    for match in MARK.finditer(marked):
        text += marked[last : match.start()]
        marks.append((match[2], len(text), len(text) + len(match[1])))
        text += match[1]
        last = match.end()
    return Example(text + marked[last:], tuple(marks))


def analysis_of(text: str, reading: Reading | None = None, actors: Iterable[Actor] = ()) -> Analysis:
    """A report of one passage a line, the first one no headline."""
    spans, offset = [], 0
    for line in text.split("\n"):
        if line:
            spans.append(Passage((Span(offset, offset + len(line)),)))
        offset += len(line) + 1
    return Analysis(Document("d", "t", "example", text), tuple(spans), reading, tuple(actors))


def read_all(texts: Iterable[str]) -> dict[str, Analysis]:
    """Each text with its reading, all in one pass."""
    wanted = list(dict.fromkeys(texts))
    return {a.document.text: a for a in Annotator()(analysis_of(t) for t in wanted) if isinstance(a, Analysis)}


def all_texts() -> list[str]:
    """Every example of every table of the coding layer."""
    entries = load_codebook().types.values()
    texts = [parse_example(p.example)[0] for e in entries for p in (*e.patterns, *e.negatives, *e.modes.values())]
    texts += [parse_example(m.counterexample)[0] for e in entries for m in e.modes.values()]
    status = read_table("status.yaml")
    texts += [unmarked(g["example"]).text for name in STATUS_TABLES for g in status[name]]
    texts += [unmarked(g["negated_example"]).text for name in STATUS_TABLES for g in status[name] if "negated" in g]
    texts += [unmarked(g["example"]).text for g in read_table("speech.yaml")["verbs"]]
    texts += [unmarked(r["example"]).text for r in read_table("relations.yaml")]
    return texts


def named(text: str, *names: str, kind: ActorKind = "person") -> tuple[Actor, ...]:
    """Actors with all the places where their names stand."""
    return tuple(
        Actor(f"a{i}", name, kind, None, tuple(Span(m.start(), m.end()) for m in re.finditer(re.escape(name), text)))
        for i, name in enumerate(names, 1)
    )


def as_kind(actors: Iterable[Actor], kind: ActorKind) -> tuple[Actor, ...]:
    return tuple(replace(a, kind=kind) for a in actors)
