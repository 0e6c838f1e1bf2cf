"""What the one pass of the network gives for a report.

`annotate/` makes a `Reading`; `resolve/` and `coding/` read it. Token indices count over the whole report.
"""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field

from communique.types.text import Span

LEXICAL = 384  # numbers of a vector that are the word's by itself
ARGUMENT_ROLES = ("actor", "recipient", "where", "when", "source")


@dataclass(frozen=True, slots=True)
class Token:
    """A word with its analysis (Universal Dependencies v2). `head` is the index of its governor, its own index at a root."""

    index: int
    start: int
    end: int
    text: str
    lemma: str
    upos: str
    xpos: str
    feats: str
    head: int
    dep: str
    sentence: int

    @property
    def span(self) -> Span:
        """Where the word stands in the document."""
        return Span(self.start, self.end)

    def feat(self, name: str) -> str | None:
        """The value of a morphological feature, such as `feat("Tense") == "Past"`."""
        for part in self.feats.split("|"):
            key, _, value = part.partition("=")
            if key == name:
                return value
        return None


@dataclass(frozen=True, slots=True)
class Sentence:
    """Tokens `[first, last)`; `passage` is the index of the passage that it stands in."""

    index: int
    first: int
    last: int
    passage: int
    kind: str = "body"


@dataclass(frozen=True, slots=True)
class Chunk:
    """Tokens `[first, last)` with a label and a score between 0 and 1: an entity, or an argument's words."""

    first: int
    last: int
    label: str
    score: float = 1.0


@dataclass(frozen=True, slots=True)
class EventCandidate:
    """A trigger that the event graph proposes: tokens `[first, last)`, type probabilities (PLOVER, with YIELD for
    CONCEDE and RETREAT together), probabilities of status and mode, arguments by role (`ARGUMENT_ROLES`)."""

    first: int
    last: int
    types: tuple[tuple[str, float], ...]
    status: tuple[tuple[str, float], ...]
    mode: tuple[tuple[str, float], ...]
    arguments: tuple[Chunk, ...]


@dataclass(frozen=True, slots=True)
class StatementCandidate:
    """Attributed speech that the network proposes; each part is tokens `[first, last)`."""

    cue: Chunk
    speaker: Chunk | None
    content: Chunk | None


@dataclass(frozen=True, slots=True)
class Frame:
    """A predicate, the token `word`, with its arguments in order, labelled as in PropBank (`ARG0`, `ARGM-TMP` ...)."""

    word: int
    score: float
    arguments: tuple[Chunk, ...]


@dataclass(frozen=True, slots=True)
class Antecedent:
    """The head word `mention` of a mention, and the head word of the earlier mention near by that means the same, none where
    nothing near by was told of it before; `score` is the probability of that choice."""

    mention: int
    antecedent: int | None
    score: float


@dataclass(frozen=True, slots=True)
class Reading:
    """Sentences, tokens with their graph, entity spans and, where the pipeline has it, the event graph.

    `factuality`, where the pipeline has it: for each token whether what it tells took place, from -3 (no) to 3 (yes).
    `antecedents`, where the pipeline has them: one for each mention, in order.
    `vectors`, only where they were asked for: one for each token, the word by itself (`LEXICAL` numbers), then its meaning in
    its place.
    """

    tokens: tuple[Token, ...]
    sentences: tuple[Sentence, ...]
    entities: tuple[Chunk, ...] = ()
    events: tuple[EventCandidate, ...] = ()
    statements: tuple[StatementCandidate, ...] = ()
    has_event_graph: bool = False
    origin: str = "communique"
    _children: tuple[tuple[int, ...], ...] = field(default=(), repr=False, compare=False)
    factuality: tuple[float, ...] = ()
    antecedents: tuple[Antecedent, ...] = ()
    vectors: tuple[array[float], ...] = field(default=(), repr=False, compare=False)

    def __post_init__(self) -> None:
        children: list[list[int]] = [[] for _ in self.tokens]
        for token in self.tokens:
            if token.head != token.index:
                children[token.head].append(token.index)
        object.__setattr__(self, "_children", tuple(tuple(c) for c in children))

    def children(self, index: int, *deps: str) -> tuple[Token, ...]:
        """The dependents of a token, in order; only those with one of the relations when some are named.

        A relation matches with its subtypes: `nsubj` also matches `nsubj:pass`.
        """
        found = (self.tokens[i] for i in self._children[index])
        if not deps:
            return tuple(found)
        return tuple(t for t in found if t.dep in deps or t.dep.split(":")[0] in deps)

    def subtree(self, index: int) -> tuple[int, ...]:
        """The indices of a token and all it governs, sorted."""
        found, stack = [], [index]
        while stack:
            i = stack.pop()
            found.append(i)
            stack.extend(self._children[i])
        return tuple(sorted(found))

    def words(self, sentence: Sentence) -> tuple[Token, ...]:
        """The tokens of a sentence."""
        return self.tokens[sentence.first : sentence.last]

    def span(self, first: int, last: int) -> Span:
        """The document span from token `first` to token `last` (exclusive)."""
        return Span(self.tokens[first].start, self.tokens[last - 1].end)

    def between(self, span: Span) -> Iterator[Token]:
        """The tokens that overlap a document span; found by bisection, as tokens stand in the order of the text."""
        for index in range(bisect_right(self.tokens, span.start, key=lambda t: t.end), len(self.tokens)):
            if self.tokens[index].start >= span.end:
                return
            yield self.tokens[index]
