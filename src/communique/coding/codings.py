"""A report coded by a user's own codebook: predicates that its patterns fit, or that are like the examples of a type."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from communique.coding import frames
from communique.coding.arguments import Cast, sides
from communique.coding.candidates import Draft, draft_of
from communique.coding.circumstances import evidence_of, trigger_of, where_of
from communique.coding.codebook import Pattern
from communique.coding.dates import when_of
from communique.coding.graph import ancestors
from communique.coding.likeness import LEAST, Prototypes, Shape, background, chance, shapes_of, strangers
from communique.coding.patterns import Match, candidate_of, matches_at
from communique.coding.userbook import Marked, UserBook, UserType
from communique.types.analysis import Analysis
from communique.types.events import Coding, Event
from communique.types.reading import EventCandidate, Reading
from communique.types.text import Span

PARENT_LEAST = 0.1  # the share that the network must give a type's parent
_YIELDS = frozenset({"CONCEDE", "RETREAT"})
_APART = frozenset({"conj", "parataxis", "advcl", "acl:relcl"})
_PLACES = (
    "subj",
    "obj",
    "agent",
    "with",
    "between",
    "against",
    "to",
    "from",
    "of",
    "on",
    "for",
    "at",
    "in",
    "into",
    "by",
    "over",
)
_PLACES_OF_NOUNS = ("agent", "with", "between", "against", "to", "from", "of", "on", "for", "in", "into", "by", "over")
_USUAL = {"verb": {"actor": ("subj",), "recipient": ("obj",)}, "noun": {"actor": ("agent",), "recipient": ("of",)}}


@dataclass(frozen=True, slots=True)
class Known:
    """A marked sentence as it was read: whose example it is, the trigger's head and its place in the encoder's space."""

    kind: str
    sentence: Marked
    reading: Reading
    head: int
    shape: Shape | None


@dataclass(frozen=True, slots=True)
class Found:
    """A predicate that is of a user's type: why, how sure, and where its arguments stand."""

    head: int
    kind: UserType
    score: float
    by: Literal["pattern", "likeness"]
    why: str
    match: Match
    learned: frozenset[str]


class BookCoder:
    """Codes readings by a user's codebook. `readings` holds the book's marked sentences as they were read, by their text;
    without vectors patterns alone are matched."""

    def __init__(self, book: UserBook, readings: Mapping[str, Reading]) -> None:
        self.book, self.readings = book, readings
        self.kinds = tuple(book.types.values())
        self.examples = tuple(k for t in self.kinds for k in known_of(t.name, t.examples, readings))
        self.counterexamples = tuple(k for t in self.kinds for k in known_of(t.name, t.counterexamples, readings))
        self._nouns = frozenset(_noun(k) for k in self.examples)
        self._slots = {kind.name: _slots([k for k in self.examples if k.kind == kind.name]) for kind in self.kinds}
        self._types = Prototypes.of([k.shape for k in self.examples if k.kind == t.name and k.shape] for t in self.kinds)
        self._single = Prototypes.of([k.shape] if k.shape else [] for k in self.examples)
        self._strangers = strangers(self._types) if any(k.shape for k in self.examples) else None
        self._against = Prototypes.of([k.shape] if k.shape else [] for k in self.counterexamples)

    def find(self, reading: Reading) -> tuple[Found, ...]:
        """The predicates of a reading that are of one of the types, in order; of nested ones of a type the surest alone."""
        found = []
        for token in reading.tokens:
            matches = matches_at(reading, token.index, self.book.index)
            if matches:
                found.append(self._by_pattern(matches[0]))
        taken = {f.head for f in found}
        if reading.vectors and self.examples:
            rest = [i for i in self.predicates(reading) if i not in taken]
            likely = (self._by_likeness(reading, i, s) for i, s in zip(rest, shapes_of(reading, rest), strict=True))
            found += [f for f in likely if f is not None]
        kept: list[Found] = []
        for one in sorted(found, key=lambda f: (f.by != "pattern", -f.score)):
            if not any(k.kind is one.kind and _nested(reading, k.head, one.head) for k in kept):
                kept.append(one)
        return tuple(sorted(kept, key=lambda f: f.head))

    def predicates(self, reading: Reading) -> Iterator[int]:
        """Verbs, and nouns that the network takes for acts or that are the trigger of an example."""
        acts = {i for e in reading.events for i in range(e.first, e.last)}
        for token in reading.tokens:
            if token.upos == "VERB" or (token.upos == "NOUN" and (token.index in acts or token.lemma.lower() in self._nouns)):
                yield token.index

    def _by_pattern(self, match: Match) -> Found:
        pattern = match.pattern
        words = ", ".join(dict.fromkeys(" ".join(w) for w in pattern.words))
        why = f"the pattern of {pattern.part}s {words}"
        kind = self.book.types[pattern.plover]
        return Found(match.site.head, kind, float(pattern.weight), "pattern", why, match, frozenset(match.filled))

    def _by_likeness(self, reading: Reading, index: int, shape: Shape) -> Found | None:
        likeness = self._types.likeness(shape)
        for k in likeness.argsort()[::-1]:
            kind, score = self.kinds[k], chance(float(likeness[k]))
            if score < (kind.least if kind.least is not None else LEAST):
                continue
            if not self._refused(int(k), float(likeness[k]), shape) and _has_parent(reading, index, kind.parent):
                return self._like(reading, index, kind, score, shape)
        return None

    def _refused(self, k: int, likeness: float, shape: Shape) -> bool:
        """Whether a shape is more like a counter-example of the type, or like an ordinary predicate that is none of it."""
        against = zip(self._against.likeness(shape), self.counterexamples, strict=True)
        if any(a >= likeness for a, known in against if known.kind == self.kinds[k].name):
            return True
        ordinary = background().likeness(shape)
        return self._strangers is not None and bool((ordinary[self._strangers[k]] > likeness).any())

    def _like(self, reading: Reading, index: int, kind: UserType, score: float, shape: Shape) -> Found:
        single = self._single.likeness(shape)
        nearest = max((i for i, k in enumerate(self.examples) if k.kind == kind.name), key=lambda i: single[i])
        why = f"like “{self.examples[nearest].sentence.text}” ({single[nearest]:.2f})"
        part: Literal["verb", "noun"] = "verb" if reading.tokens[index].upos == "VERB" else "noun"
        learned = self._slots[kind.name].get(part, {})
        slots = learned if "both" in learned else {**_USUAL[part], **learned}
        pattern = Pattern(kind.name, part, (), None, score, (), slots, {}, {}, "")
        light = frames.light_verb(reading, index, frozenset()) if part == "noun" else None
        site = frames.Site(reading, index, index + 1, index, part, light)
        roles = frozenset({"actor", "recipient"} if "both" in learned else learned)
        return Found(
            index, kind, round(score, 3), "likeness", why, Match(site, pattern, frames.arguments(site, pattern)), roles
        )


def known_of(kind: str, sentences: Iterable[Marked], readings: Mapping[str, Reading]) -> Iterator[Known]:
    """The sentences with their triggers found in the readings."""
    for sentence in sentences:
        reading = readings[sentence.text]
        start, end = next((a, b) for code, a, b in sentence.marks if code == "t")
        inside = [t for t in reading.between(Span(start, end)) if t.upos != "PUNCT"]
        head = next((t for t in inside if t.upos in {"VERB", "NOUN"}), inside[0]).index
        shape = shapes_of(reading, [head])[0] if reading.vectors else None
        yield Known(kind, sentence, reading, head, shape)


def _noun(known: Known) -> str:
    token = known.reading.tokens[known.head]
    return token.lemma.lower() if token.upos == "NOUN" else ""


def _slots(examples: Sequence[Known]) -> dict[str, dict[str, tuple[str, ...]]]:
    """By verbs and nouns the places in which the examples' marks stand for each role, the most frequent first."""
    counts: dict[str, dict[str, Counter[str]]] = {"verb": {}, "noun": {}}
    for known in examples:
        part = "verb" if known.reading.tokens[known.head].upos == "VERB" else "noun"
        light = frames.light_verb(known.reading, known.head, frozenset()) if part == "noun" else None
        site = frames.Site(known.reading, known.head, known.head + 1, known.head, part, light)
        for code, start, end in known.sentence.marks:
            role = {"a": "actor", "r": "recipient", "b": "both"}.get(code)
            for place in _PLACES if part == "verb" else _PLACES_OF_NOUNS:
                heads = (known.reading.tokens[i].span for i in frames.fill(site, place))
                if role and any(head.overlap(Span(start, end)) for head in heads):
                    counts[part].setdefault(role, Counter())[place] += 1
                    break
    return {part: {role: tuple(p for p, _ in n.most_common()) for role, n in roles.items()} for part, roles in counts.items()}


def _has_parent(reading: Reading, index: int, parent: str | None) -> bool:
    if parent is None:
        return True
    network = _proposed(reading, index)
    return network is not None and dict(network.types).get("YIELD" if parent in _YIELDS else parent, 0.0) >= PARENT_LEAST


def _proposed(reading: Reading, index: int) -> EventCandidate | None:
    return next((e for e in reading.events if e.first <= index < e.last), None)


def _nested(reading: Reading, one: int, other: int) -> bool:
    """Whether one of two words stands below the other within its clause: they tell of one act."""
    for low, high in ((one, other), (other, one)):
        path = [low, *ancestors(reading, low)]
        if high in path:
            return not any(reading.tokens[i].dep in _APART for i in path[: path.index(high)])
    return False


def codings(analysis: Analysis, cast: Cast, coder: BookCoder, vouched: Callable[[Event], Event]) -> tuple[Coding, ...]:
    """What the codebook finds in a report, with arguments, status, time and place as events have them. `vouched` says of an
    event who vouches for it."""
    found: list[Coding] = []
    for one in coder.find(cast.reading):
        draft = _draft(cast.reading, one)
        actor, recipient = sides(cast, draft, None)
        event = vouched(
            Event(
                "c0",
                draft.plover,
                trigger_of(cast.reading, draft),
                evidence_of(analysis, cast.reading, draft),
                draft.status,
                tuple(a.id for a in actor),
                tuple(a.id for a in recipient),
                when=when_of(analysis, cast.reading, draft),
                where=where_of(analysis, cast.reading, draft),
            )
        )
        found.append(_coding(len(found) + 1, coder.book, one, event))
    return tuple(found)


def _coding(number: int, book: UserBook, one: Found, event: Event) -> Coding:
    return Coding(
        f"c{number}",
        book.label,
        one.kind.name,
        event.trigger,
        event.evidence,
        event.status,
        one.by,
        one.score,
        one.why,
        mode=one.match.pattern.mode,
        actor=event.actor,
        recipient=event.recipient,
        when=event.when,
        where=event.where,
        attributed_to=event.attributed_to,
        statement=event.statement,
    )


def _draft(reading: Reading, one: Found) -> Draft:
    """The candidate as the coder's own are: the network's words for the roles that neither pattern nor examples give."""
    network = _proposed(reading, one.head)
    given = {role for role in one.learned if one.match.filled.get(role)}
    if network is not None:
        network = replace(network, arguments=tuple(a for a in network.arguments if a.label not in given))
    draft = draft_of(reading, network, candidate_of((one.match,)))
    site = one.match.site
    plover = one.kind.parent or (network.types[0][0] if network is not None and network.types else "")
    return replace(draft, first=site.first, last=site.last, head=site.head, plover=plover)


def linked(found: Iterable[Coding], events: Sequence[Event]) -> tuple[Coding, ...]:
    """The codings with the event that the same words tell of."""
    triggers = [(span, e.id) for e in events for span in (e.trigger, *(t.trigger for t in e.tellings))]
    return tuple(replace(c, event=next((i for span, i in triggers if span.overlap(c.trigger)), None)) for c in found)
