"""How well a user's codebook separates its own examples: each told by the others, its patterns tried on what they are for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from communique.coding.codebook import parse_example
from communique.coding.codings import BookCoder, Known
from communique.coding.likeness import LEAST, Prototypes, chance
from communique.coding.patterns import matches_at
from communique.coding.userbook import Trouble, UserType
from communique.types.text import Span

APART = 0.1  # an example to which the others give a lower score lies apart from them
FEW = 3  # with fewer examples a type is told badly


@dataclass(frozen=True, slots=True)
class Told:
    """An example told by the others: its type, the nearest type and example, and the score that its own type gives it."""

    kind: str
    text: str
    line: int
    nearest: str | None
    score: float
    nearest_score: float
    beside: str | None
    enough: bool


@dataclass(frozen=True, slots=True)
class TypeCheck:
    """A type's figures: examples, how many are nearest to their own type, how many of these also reach its least score."""

    kind: str
    examples: int
    patterns: int
    right: int
    enough: int


@dataclass(frozen=True, slots=True)
class Checked:
    """All that a check found. `troubles` make the file unfit for use; `warnings` are worth a look."""

    source: str
    troubles: tuple[Trouble, ...]
    warnings: tuple[Trouble, ...] = ()
    types: tuple[TypeCheck, ...] = ()
    told: tuple[Told, ...] = ()
    confusions: tuple[tuple[str, str, int], ...] = ()

    @property
    def accuracy(self) -> float | None:
        """The share of examples whose nearest type, told by all the others, is their own; none without examples."""
        return sum(t.right for t in self.types) / len(self.told) if self.told else None

    def to_dict(self) -> dict[str, Any]:
        """The check as JSON objects."""
        return {
            "codebook": self.source,
            "errors": [_note(t) for t in self.troubles],
            "warnings": [_note(t) for t in self.warnings],
            "accuracy": self.accuracy,
            "types": [
                {"type": t.kind, "examples": t.examples, "patterns": t.patterns, "right": t.right, "taken": t.enough}
                for t in self.types
            ],
            "confusions": [{"type": a, "taken_for": b, "examples": n} for a, b, n in self.confusions],
            "examples": [
                {
                    "type": t.kind,
                    "line": t.line,
                    "text": t.text,
                    "score": t.score,
                    "taken": t.enough,
                    "nearest_type": t.nearest,
                    "nearest_score": t.nearest_score,
                    "nearest_wrong_example": t.beside,
                }
                for t in self.told
            ],
        }


def _note(trouble: Trouble) -> dict[str, Any]:
    return {"line": trouble.line, "part": trouble.part, "what": trouble.what}


def checked(source: str, troubles: Sequence[Trouble], coder: BookCoder | None) -> Checked:
    """The check of a codebook; without a coder, where the file could not be made out, its troubles alone."""
    if coder is None:
        return Checked(source, tuple(troubles))
    told = tuple(_told(coder))
    warnings = [*_patterns(coder), *_examples(coder, told)]
    types = []
    for kind in coder.kinds:
        own = [t for t in told if t.kind == kind.name]
        right = [t for t in own if t.nearest == t.kind]
        types.append(TypeCheck(kind.name, len(own), len(kind.patterns), len(right), sum(t.enough for t in right)))
    confused = Counter((t.kind, t.nearest) for t in told if t.nearest not in {None, t.kind})
    confusions = tuple((a, b, n) for (a, b), n in confused.most_common() if b is not None)
    return Checked(source, tuple(troubles), tuple(sorted(warnings, key=lambda w: w.line)), tuple(types), told, confusions)


def _told(coder: BookCoder) -> Iterator[Told]:
    """Each example told by all the others."""
    known = [k for k in coder.examples if k.shape is not None]
    names = [kind.name for kind in coder.kinds]
    leasts = {kind.name: LEAST if kind.least is None else kind.least for kind in coder.kinds}
    for one in known:
        assert one.shape is not None
        others = [k for k in known if k is not one]
        sets = [[k.shape for k in others if k.kind == name and k.shape is not None] for name in names]
        scores = Prototypes.of(sets).likeness(one.shape)
        best = max(range(len(names)), key=lambda i: scores[i])
        wrong = [k for k in others if k.kind != one.kind]
        single = Prototypes.of([k.shape] for k in wrong if k.shape is not None).likeness(one.shape)
        beside = max(range(len(wrong)), key=lambda i: single[i], default=None)
        score = chance(float(scores[names.index(one.kind)]))
        yield Told(
            one.kind,
            one.sentence.text,
            one.sentence.line,
            names[best] if scores[best] > 0 else None,
            round(score, 3),
            round(chance(float(scores[best])), 3),
            wrong[beside].sentence.text if beside is not None else None,
            score >= leasts[one.kind],
        )


def _patterns(coder: BookCoder) -> Iterator[Trouble]:
    """Patterns that don't fire on their own example, or fire on a counter-example of their type."""
    for kind in coder.kinds:
        for i, (pattern, line) in enumerate(zip(kind.patterns, kind.lines, strict=True), 1):
            text, marks = parse_example(pattern.example)
            start, end = next((a, b) for code, a, b in marks if code == "t")
            reading = coder.readings[text]
            heads = [t.index for t in reading.between(Span(start, end))]
            if not any(m.pattern is pattern for h in heads for m in matches_at(reading, h, coder.book.index)):
                yield Trouble(
                    line, f"{kind.name} patterns {i}", f"never fires on its own example “{text}”; check its conditions"
                )
        for known in coder.counterexamples:
            if known.kind == kind.name and _fires(coder, known, kind):
                yield Trouble(known.sentence.line, f"{kind.name} not", f"a pattern fires on “{known.sentence.text}”; narrow it")


def _fires(coder: BookCoder, known: Known, kind: UserType) -> bool:
    return any(m.pattern.plover == kind.name for m in matches_at(known.reading, known.head, coder.book.index))


def _examples(coder: BookCoder, told: Sequence[Told]) -> Iterator[Trouble]:
    counts = Counter(one.kind for one in told)
    for kind in coder.kinds:
        own = [t for t in told if t.kind == kind.name]
        if own and len(own) < FEW:
            line = own[0].line
            yield Trouble(line, f"{kind.name} examples", f"only {len(own)}; likeness needs {FEW} to 5 in differing words")
    for one in told:
        part = f"{one.kind} examples"
        if one.nearest not in {None, one.kind}:
            yield Trouble(one.line, part, f"“{one.text}” is nearer to {one.nearest}; part the two by examples in not:")
        elif one.score < APART and counts[one.kind] > 1:
            yield Trouble(one.line, part, f"“{one.text}” lies apart from the others; add more like it, or a pattern")
