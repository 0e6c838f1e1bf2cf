"""Who speaks, to whom and through what medium: from the words of an attribution to the report's actors."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache

from communique.coding import graph
from communique.coding.codebook import read_table
from communique.types.entities import Actor, ActorKind
from communique.types.reading import Reading
from communique.types.text import Span

TELLING = frozenset({"tell", "inform", "assure", "remind", "warn", "ask", "urge", "reassure"})
_NOUN_LISTS = ("nouns", "documents", "voices", "media", "according", "mouthpieces", "measures")
_PERSONAL = frozenset({"he", "she", "they", "some", "many", "others"})
_PAPER = "a paper speaks; nobody resolved whose it is"
_LONGEST = 80  # characters of an unnamed actor's name
_SPEAKING_FOR = frozenset({"for", "of", "from", "by", "with", "at", "in"})


@dataclass(frozen=True, slots=True)
class Speech:
    """The tables of attribution: what each verb takes, and the classes of nouns."""

    verbs: Mapping[str, frozenset[str]]
    nouns: frozenset[str]
    documents: frozenset[str]
    voices: frozenset[str]
    media: frozenset[str]
    according: frozenset[str]
    mouthpieces: frozenset[str]
    measures: frozenset[str]
    objects: frozenset[tuple[str, ...]]


@cache
def load_speech() -> Speech:
    """The tables of attribution, read once; a verb in several groups takes what the first one says."""
    table = read_table("speech.yaml")
    verbs: dict[str, frozenset[str]] = {}
    for group in table["verbs"]:
        for word in group["words"]:
            verbs.setdefault(word, frozenset(group["takes"]))
    nouns, documents, voices, media, according, mouthpieces, measures = (frozenset(table[name]) for name in _NOUN_LISTS)
    objects = frozenset(tuple(pair.split()) for pair in table["objects"])
    return Speech(verbs, nouns, documents, voices, media, according, mouthpieces, measures, objects)


@dataclass(slots=True)
class ActorIndex:
    """The report's actors by the tokens of their mentions; papers that speak for nobody known are parties to nothing."""

    reading: Reading
    actors: Sequence[Actor]
    _at: dict[int, list[tuple[int, Span, Actor]]] = field(default_factory=dict)
    _starts: dict[int, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._starts = {t.start: t.index for t in self.reading.tokens}
        for actor in self.actors:
            self.add(actor)

    def add(self, actor: Actor) -> None:
        """Take in an actor with all its mentions; one that was taken in before with fewer of them is replaced."""
        if actor.why == _PAPER:
            return
        for mention in actor.mentions:
            index = self._starts.get(mention.start)
            if index is None:
                index = next((t.index for t in self.reading.between(mention)), None)
            while index is not None and index < len(self.reading.tokens) and self.reading.tokens[index].start < mention.end:
                held, known = self._at.setdefault(index, []), (mention.end - mention.start, mention, actor)
                place = next((i for i, (_, span, other) in enumerate(held) if span == mention and other.id == actor.id), None)
                if place is None:
                    held.append(known)
                else:
                    held[place] = known
                index += 1

    def at(self, index: int) -> tuple[Actor, ...]:
        """The actors whose shortest mention covers a token; several where one mention names several at once."""
        held = self._at.get(index, [])
        if not held:
            return ()
        shortest = min(length for length, _, _ in held)
        return tuple(dict.fromkeys(actor for length, _, actor in held if length == shortest))

    def headed(self, index: int) -> tuple[Actor, ...]:
        """The actors with a mention whose head is this token, the longest mention first; else those covering it."""
        held = [h for h in self._at.get(index, []) if self._is_head(index, h[1])]
        if not held:
            return ()
        longest = max(length for length, _, _ in held)
        return tuple(dict.fromkeys(actor for length, _, actor in held if length == longest))

    def _is_head(self, index: int, mention: Span) -> bool:
        token = self.reading.tokens[index]
        head = self.reading.tokens[token.head]
        return token.head == index or not (mention.start <= head.start < mention.end)

    def of_phrase(self, index: int) -> tuple[Actor, ...]:
        """The actors that a nominal stands for: itself, its apposition, or for people and papers that speak for another
        ("a spokesman for the ministry", "the ministry's report") whom they speak for."""
        found = self._named_person(index) or self.headed(index) or self.at(index)
        lemma = self.reading.tokens[index].lemma.lower()
        if found and lemma in load_speech().mouthpieces and lemma in found[0].name.lower():
            return self._spoken_for(index) or found
        if found:
            return found
        reading = self.reading
        for child in reading.children(index, "appos", "flat", "nmod"):
            named = child.upos == "PROPN" and not reading.children(child.index, "case")
            if named or child.dep in {"appos", "flat", "nmod:desc"}:
                found = self.headed(child.index) or self.at(child.index)
                if found and child.dep != "nmod:poss":
                    return found
        return self._spoken_for(index)

    def _named_person(self, index: int) -> tuple[Actor, ...]:
        """The person whom a phrase of titles ends in ("Peru's security chief Ana Ruiz")."""
        if self.reading.tokens[index].upos == "PRON":
            return ()
        first, last = graph.phrase(self.reading, index)
        named = self.at(last - 1)
        person = bool(named) and all(a.kind == "person" for a in named) and last - first > 1
        return named if person else ()

    def _spoken_for(self, index: int) -> tuple[Actor, ...]:
        reading, speech = self.reading, load_speech()
        token = reading.tokens[index]
        if token.upos == "PRON":
            return ()
        lemma = token.lemma.lower()
        following = reading.tokens[index + 1].text.lower() if index + 1 < len(reading.tokens) else ""
        if lemma in speech.mouthpieces and following in _SPEAKING_FOR - {"in", "at", "with"}:
            return next(filter(None, (self.headed(i) for i in range(index + 2, min(index + 8, len(reading.tokens))))), ())
        preferred = [c for c in reading.children(index, "nmod") if graph.case_of(reading, c.index) in _SPEAKING_FOR]
        owners = [c for c in reading.children(index, "nmod") if c.dep == "nmod:poss"]
        near = list(reversed(reading.children(index, "compound", "amod", "nmod:desc")))
        if lemma not in speech.voices | speech.documents and token.upos != "PROPN":
            preferred = []
        for child in (*preferred, *owners, *near):
            found = self.headed(child.index) or self.at(child.index)
            if not found and child in preferred:
                found = self._spoken_for(child.index)
            if found:
                return found
        return ()


def unnamed_at(index: ActorIndex, head: int) -> Span | None:
    """The words for a speaker whom no actor stands for; none where they are not a person's, a body's or a paper's."""
    reading = index.reading
    token = reading.tokens[head]
    if token.upos == "PRON" or token.text.lower() in _PERSONAL:
        return token.span if token.text.lower() in _PERSONAL else None
    if token.upos not in {"NOUN", "PROPN"}:
        return None
    span = reading.span(*graph.phrase(reading, head))
    return span if span.end - span.start <= _LONGEST else token.span


def unnamed_actor(ident: str, mentions: Sequence[Span], reading: Reading, text: str) -> Actor:
    """A new actor, unresolved, under the report's own words."""
    token = next(reading.between(mentions[0]))
    plural = any(t.feat("Number") == "Plur" for t in reading.between(mentions[0]))
    person = token.text.lower() in {"he", "she"}
    kind: ActorKind = "person" if person else "group" if plural else "organization"
    paper = any(t.lemma.lower() in load_speech().documents for t in reading.between(mentions[0]))
    why = _PAPER if paper else "nobody resolved who speaks"
    return Actor(ident, mentions[0].of(text), kind, None, tuple(sorted(mentions)), why=why)


@dataclass(frozen=True, slots=True)
class Hearing:
    """Whom a statement was made to and through what medium, as actor ids."""

    addressee: str | None = None
    medium: str | None = None


def hearing(index: ActorIndex, cue: int) -> Hearing:
    """Addressee and medium of an attribution: "told X that ...", "said to X", "said in an interview with X"."""
    reading = index.reading
    addressee = medium = None
    tells = reading.tokens[cue].lemma in TELLING
    for token in reading.children(cue, "obj", "iobj", "obl"):
        if (token.dep in {"obj", "iobj"} and tells) or graph.case_of(reading, token.index) == "to":
            actor = next(iter(index.of_phrase(token.index)), None)
            if actor is not None and is_medium(index, token.index, actor):
                medium = medium or actor.id
            elif actor is not None:
                addressee = addressee or actor.id
        elif token.lemma.lower() in {"interview", "statement", "conversation", "comment", "remark"}:
            medium = medium or _medium_below(index, token.index)
    return Hearing(addressee, medium)


def _medium_below(index: ActorIndex, noun: int) -> str | None:
    reading = index.reading
    for i in reading.subtree(noun):
        token = reading.tokens[i]
        if token.dep in {"nmod", "obl", "nmod:poss", "compound"}:
            actor = next(iter(index.of_phrase(i)), None)
            if actor is not None and is_medium(index, i, actor):
                return actor.id
    return None


def is_medium(index: ActorIndex, token: int, actor: Actor) -> bool:
    """Whether an actor is a medium: by its kind, or by the nouns of its phrase ("the daily El Faro")."""
    if actor.kind in {"person", "group"}:
        return False
    if actor.kind == "news agency" or "MED" in actor.sectors or "JRN" in actor.sectors:
        return True
    reading = index.reading
    parts = reading.children(token, "compound", "appos", "nmod", "amod", "flat")
    before = (t.index for t in reading.tokens[max(0, token - 2) : token] if t.upos in {"NOUN", "PROPN"})
    near = (token, reading.tokens[token].head, *before, *(c.index for c in parts))
    return any(reading.tokens[i].lemma.lower() in load_speech().media for i in near)


def media_told(index: ActorIndex) -> dict[int, tuple[str, str]]:
    """Where the report says that somebody spoke to a medium: token of the mention to (speaker id, medium id)."""
    reading, found = index.reading, {}
    for token in reading.tokens:
        if token.lemma.lower() == "interview" and token.upos == "NOUN":
            medium = _medium_below(index, token.index)
            verb = graph.clause_head(reading, token.index)
            speakers = [a for s in graph.logical_subjects(reading, verb) for a in index.of_phrase(s)]
            if medium and speakers and speakers[0].id != medium:
                found[token.index] = (speakers[0].id, medium)
    return found
